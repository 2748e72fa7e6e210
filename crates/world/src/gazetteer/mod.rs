//! Names → places.
//!
//! A [`Gazetteer`] is a compiled file ([`compile`] writes it; it is used as it lies in memory), the codebook's hand-made regions, and any
//! country files that a user lays over them. It answers three questions:
//!
//! * which places bear this name: [`Gazetteer::lookup`], [`Gazetteer::lookup_fuzzy`];
//! * which words around a name belong to the place phrase, and what they say of its precision: [`Gazetteer::phrase`];
//! * which of the candidates the report means: [`Gazetteer::resolve`], for all names of one report together.
//!
//! Invariants: no I/O; nothing fails on a text; the same names and context give the same places.
//!
//! ```no_run
//! # use griot_world::gazetteer::{Gazetteer, PlaceContext, PlaceName};
//! let gazetteer = Gazetteer::shipped();
//! let context = PlaceContext { countries: vec![("MLI".into(), 3)], dateline: None };
//! let places = gazetteer.resolve(&[PlaceName::new("Tombouctou")], &context);
//! assert_eq!(places[0].as_ref().map(|p| p.name.as_str()), Some("Timbuktu"));
//! ```

mod entry;
mod error;
mod fold;
mod format;
mod fuzzy;
pub mod geonames;
mod phrase;
mod regions;
mod resolve;
mod support;

pub use entry::{Class, Entry};
pub use error::Error;
pub use fold::fold;
pub use format::compile;
pub use phrase::{PlacePhrase, Relation};
pub use resolve::{NAMED, OTHERS, PlaceContext, PlaceName, Ranked, distance_km};

use format::Table;
use fuzzy::{Near, sound_alike, word_by_word};
use griot_types::SmolStr;
use regions::{Regions, Words};
use std::collections::HashMap;

/// The gazetteer that comes with Griot.
static COMPILED: &[u8] = include_bytes!("../../../../models/gazetteer.bin");
/// The regions that come with Griot.
static REGIONS: &str = include_str!("../../../../codebook/regions.toml");

/// A place that bears the name asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The common English name.
    pub name: SmolStr,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// What sort of place it is.
    pub class: Class,
    /// GeoNames feature code: `PPL`, `MRSH`.
    pub code: SmolStr,
    /// Inhabitants, to three digits and a half; of first-level units those of their towns; 0 where unknown.
    pub population: u32,
    /// The country, or the first of several; empty on the high seas.
    pub country: SmolStr,
    /// Further countries that a region lies in.
    pub also: Vec<SmolStr>,
    /// The first-level unit it lies in.
    pub admin1: Option<SmolStr>,
    /// How far it reaches from its point, in km; 0 for points and where unknown.
    pub radius: f32,
    /// UCDP's where_prec for something that happened there.
    pub precision: u8,
    /// Letters by which the name asked for differs from the place's.
    pub edits: u8,
    /// Whether the two, though they differ, sound alike: 'Diabaly' and 'Diabali'.
    pub sounds_alike: bool,
    /// Whether the name asked for is its main name, and not another of its names.
    pub is_main_name: bool,
}

impl Candidate {
    /// The first-level unit that it lies in or is.
    pub fn unit(&self) -> Option<&SmolStr> {
        if self.class == Class::Admin1 { Some(&self.name) } else { self.admin1.as_ref() }
    }

    /// Whether it lies, at least in part, in a country.
    pub fn is_in(&self, country: &str) -> bool {
        self.country == country || self.also.iter().any(|other| other == country)
    }
}

/// Names and what they stand for.
pub struct Gazetteer {
    table: Table,
    /// Places beyond the compiled ones: regions, then overlays.
    extra: Vec<Entry>,
    /// Folded names of `extra` (at or above the table's length) and further names of compiled rows.
    names: HashMap<String, Vec<u32>>,
    /// Common English names of compiled rows that have another.
    common: HashMap<u32, SmolStr>,
    /// English names of first-level units.
    units: HashMap<String, SmolStr>,
    /// Better points of countries.
    points: HashMap<SmolStr, (f64, f64)>,
    words: Words,
}

impl Gazetteer {
    /// The gazetteer that comes with Griot.
    ///
    /// # Panics
    /// Never in a build whose tests pass: the two files are part of the binary and a test reads them.
    pub fn shipped() -> Gazetteer {
        match Table::from_static(COMPILED).and_then(|table| Gazetteer::new(table, REGIONS, "codebook/regions.toml")) {
            Ok(gazetteer) => gazetteer,
            Err(error) => panic!("the gazetteer in the binary cannot be read: {error}"),
        }
    }

    /// A gazetteer of one's own: a compiled file and a regions file.
    ///
    /// # Errors
    /// The compiled file is not one; the regions file has a line that cannot be read.
    pub fn from_parts(compiled: Vec<u8>, regions_toml: &str) -> Result<Gazetteer, Error> {
        Gazetteer::new(Table::from_vec(compiled)?, regions_toml, "regions.toml")
    }

    /// The shipped gazetteer with a regions file of one's own in place of the shipped one.
    ///
    /// # Errors
    /// The regions file has a line that cannot be read.
    pub fn with_regions(regions_toml: &str, file: &str) -> Result<Gazetteer, Error> {
        Gazetteer::new(Table::from_static(COMPILED)?, regions_toml, file)
    }

    fn new(table: Table, regions_toml: &str, file: &str) -> Result<Gazetteer, Error> {
        let regions = Regions::read(regions_toml, file)?;
        let mut gazetteer = Gazetteer {
            table,
            extra: Vec::new(),
            names: HashMap::new(),
            common: HashMap::new(),
            units: HashMap::new(),
            points: HashMap::new(),
            words: regions.phrases,
        };
        for region in &regions.region {
            gazetteer.add(region.entry());
        }
        for (alias, name) in regions.aliases.iter().chain(&regions.common) {
            let best = gazetteer.best_known(name);
            gazetteer.names.entry(fold(alias)).or_default().extend(best);
            if let (Some(row), true) = (best, regions.common.contains_key(alias)) {
                gazetteer.common.insert(row, alias.into());
            }
        }
        gazetteer.units = regions.units;
        gazetteer.points = regions.points;
        Ok(gazetteer)
    }

    /// The country of a name, else the capital, else the most populous place; a unit has more people than the town it is called after, and
    /// counts a tenth.
    fn best_known(&self, name: &str) -> Option<u32> {
        let folded = fold(name);
        let rows = self.rows(&folded).into_iter().filter_map(|row| Some((row, self.candidate(row, &folded, 0)?)));
        let people = |c: &Candidate| if c.class == Class::Admin1 { c.population / 10 } else { c.population };
        let rank = |c: &Candidate| (c.class == Class::Country, c.class == Class::Capital, people(c));
        rows.max_by_key(|(row, c)| (rank(c), std::cmp::Reverse(*row))).map(|(row, _)| row)
    }

    /// Lays a country file in GeoNames' 19 columns over the gazetteer; a place that is there already (same id) is replaced.
    /// Gives the number of places read.
    ///
    /// # Errors
    /// A line that cannot be read; then nothing has been laid over. `file` is the name for the message.
    pub fn overlay(&mut self, text: &str, file: &str) -> Result<usize, Error> {
        let lines = geonames::read(text, file, |alpha2| self.table.alpha3(alpha2))?;
        let count = lines.len();
        lines.into_iter().for_each(|line| self.add(line.entry));
        Ok(count)
    }

    fn add(&mut self, entry: Entry) {
        let row = self.table.len() + self.extra.len() as u32;
        for name in entry.aliases.iter().chain([&entry.name]) {
            let rows = self.names.entry(fold(name)).or_default();
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
        self.extra.push(entry);
    }

    /// The places that bear a name; case, diacritics, hyphens and apostrophes do not count ([`fold`]).
    pub fn lookup(&self, name: &str) -> impl Iterator<Item = Candidate> {
        let folded = fold(name);
        let mut found: Vec<Candidate> = Vec::new();
        for row in self.rows(&folded) {
            if let Some(candidate) = self.candidate(row, &folded, 0) {
                found.retain(|other| other.geonames.is_none() || other.geonames != candidate.geonames);
                found.push(candidate);
            }
        }
        found.into_iter()
    }

    /// The places in the given countries (alpha-3; none for everywhere) whose name is one edit away (from five letters on) or two (from
    /// eight on) and begins with the same letter. Nearest first; exact names are not among them.
    pub fn lookup_fuzzy(&self, name: &str, countries: &[&str]) -> Vec<Candidate> {
        let folded = fold(name);
        let Some(near) = Near::new(&folded) else { return Vec::new() };
        // Edits, whether it sounds otherwise, row.
        let mut matches: Vec<(u8, bool, u32)> = Vec::new();
        for (other, rows) in self.table.search(near.clone()) {
            let edits = near.edits(&other);
            if !word_by_word(&folded, &other) {
                continue;
            }
            let differs = !sound_alike(&folded, &other);
            matches.extend(rows.into_iter().map(|row| (edits, differs, row)));
        }
        for (other, rows) in &self.names {
            if other.as_bytes().first() == folded.as_bytes().first() && other.len().abs_diff(folded.len()) <= 2 {
                let edits = near.edits(other);
                if near.allows(edits) && word_by_word(&folded, other) {
                    let differs = !sound_alike(&folded, other);
                    matches.extend(rows.iter().map(|&row| (edits, differs, row)));
                }
            }
        }
        matches.sort_unstable();
        let mut seen = std::collections::HashSet::new();
        matches.retain(|&(edits, _, row)| edits > 0 && seen.insert(row));
        let found = matches
            .into_iter()
            .filter_map(|(edits, differs, row)| Some(Candidate { sounds_alike: !differs, ..self.candidate(row, &folded, edits)? }));
        found.filter(|c| countries.is_empty() || countries.iter().any(|country| c.is_in(country))).collect()
    }

    /// Whether any place bears the name.
    pub fn knows(&self, name: &str) -> bool {
        !self.rows(&fold(name)).is_empty()
    }

    /// The country of an alpha-3 code.
    pub fn country(&self, alpha3: &str) -> Option<Candidate> {
        let row = self.table.find(&format::country_key(alpha3)).into_iter().next()?;
        self.candidate(row, "", 0)
    }

    fn rows(&self, folded: &str) -> Vec<u32> {
        let mut rows = self.table.find(folded);
        rows.extend(self.names.get(folded).into_iter().flatten());
        rows
    }

    fn candidate(&self, row: u32, folded: &str, edits: u8) -> Option<Candidate> {
        if let Some(entry) = row.checked_sub(self.table.len()).and_then(|extra| self.extra.get(extra as usize)) {
            return Some(from_entry(entry, folded, edits));
        }
        let common = self.common.get(&row);
        let row = self.table.row(row)?;
        let class = Class::of(row.feature, row.code);
        let english = |unit: &str| self.units.get(unit).cloned().unwrap_or_else(|| unit.into());
        let name = match common {
            Some(name) => name.clone(),
            None if class == Class::Admin1 => english(row.name),
            None => row.name.into(),
        };
        let better = if class == Class::Country { self.points.get(row.country) } else { None };
        let (latitude, longitude) = better.copied().unwrap_or((row.latitude, row.longitude));
        Some(Candidate {
            is_main_name: fold(row.name) == folded || fold(&name) == folded,
            name,
            geonames: Some(row.geonames).filter(|&id| id > 0),
            latitude,
            longitude,
            class,
            code: row.code.into(),
            population: row.population,
            country: row.country.into(),
            also: Vec::new(),
            admin1: Some(row.admin1).filter(|name| !name.is_empty()).map(english),
            radius: 0.0,
            precision: class.precision(),
            edits,
            sounds_alike: edits == 0,
        })
    }
}

fn from_entry(entry: &Entry, folded: &str, edits: u8) -> Candidate {
    let class = Class::of(entry.feature, &entry.code);
    Candidate {
        name: entry.name.as_str().into(),
        geonames: Some(entry.geonames).filter(|&id| id > 0),
        latitude: entry.latitude,
        longitude: entry.longitude,
        class,
        code: entry.code.clone(),
        population: entry.population,
        country: entry.countries.first().cloned().unwrap_or_default(),
        also: entry.countries.iter().skip(1).cloned().collect(),
        admin1: entry.admin1.as_deref().map(SmolStr::from),
        radius: entry.radius,
        precision: entry.precision.unwrap_or(class.precision()),
        edits,
        sounds_alike: edits == 0,
        is_main_name: fold(&entry.name) == folded || class == Class::Region,
    }
}

#[cfg(test)]
mod tests;
