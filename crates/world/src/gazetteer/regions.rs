//! The hand-made part of the gazetteer: regions that no register bounds, further names, and the words of place phrases.

use super::{Entry, Error};
use griot_types::SmolStr;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// `codebook/regions.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Regions {
    /// Places.
    #[serde(default)]
    pub region: Vec<Region>,
    /// Further names for places of the compiled gazetteer: the new name to the known one.
    #[serde(default)]
    pub aliases: BTreeMap<String, String>,
    /// Common English names: the name to print to the gazetteer's own.
    #[serde(default)]
    pub common: BTreeMap<String, String>,
    /// English names of first-level units: the gazetteer's own to the name to print.
    #[serde(default)]
    pub units: HashMap<String, SmolStr>,
    /// Points (degrees north and east) of countries, alpha-3, whose register's point is far from what maps use.
    #[serde(default)]
    pub points: HashMap<SmolStr, (f64, f64)>,
    /// The words around names.
    #[serde(default)]
    pub phrases: Words,
}

/// A region.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Region {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    /// Degrees north and east.
    at: (f64, f64),
    /// km
    radius: f32,
    /// ISO 3166-1 alpha-3; none for the high seas.
    countries: Vec<SmolStr>,
    /// where_prec
    precision: u8,
    /// Where the facts are from.
    #[allow(dead_code)]
    source: String,
}

/// The words that place phrases are built with, lower case; of several words where it says so. Each list is explained in the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Words {
    pub near: Vec<String>,
    pub located: Vec<String>,
    /// Verbs whose object, where it is a name, is mostly a place's.
    pub taken: Vec<String>,
    pub parts: Vec<String>,
    pub directions: Vec<String>,
    pub lengths: Vec<String>,
    pub borders: Vec<String>,
    pub border_with: Vec<String>,
    pub coasts: Vec<String>,
    pub towns: Vec<String>,
    pub sites: Vec<String>,
    pub settlements: Vec<String>,
    pub ways: Vec<String>,
    pub unit: Vec<Unit>,
}

/// A word for an administrative unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unit {
    pub words: Vec<String>,
    /// where_prec: 4 first level, 3 below, 5 for words that may mean a loose area.
    pub precision: u8,
    /// Countries where the word has another level, with that level's where_prec.
    #[serde(default)]
    pub except: BTreeMap<SmolStr, u8>,
}

impl Regions {
    /// Reads the file.
    pub fn read(text: &str, file: &str) -> Result<Regions, Error> {
        let at = |line: usize, cause: String| Error::Line { file: file.to_owned(), line, cause };
        let regions: Regions = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.as_bytes()[..offset].iter().filter(|&&b| b == b'\n').count() + 1;
            at(line, error.message().to_owned())
        })?;
        for region in &regions.region {
            if let Err(cause) = region.check() {
                let head = format!("name = \"{}\"", region.name);
                let line = text.lines().position(|line| line.trim() == head).map_or(1, |index| index + 1);
                return Err(at(line, cause));
            }
        }
        Ok(regions)
    }
}

impl Region {
    fn check(&self) -> Result<(), String> {
        let (latitude, longitude) = self.at;
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return Err(format!("the point {latitude}, {longitude} is not on Earth"));
        }
        if !(1..=7).contains(&self.precision) {
            return Err(format!("the precision {} is none of 1 to 7", self.precision));
        }
        match self.countries.iter().find(|code| code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase())) {
            Some(code) => Err(format!("'{code}' is no alpha-3 country code")),
            None => Ok(()),
        }
    }

    /// The region as a place of the gazetteer.
    pub fn entry(&self) -> Entry {
        Entry {
            geonames: 0,
            name: self.name.clone(),
            aliases: self.aliases.clone(),
            latitude: self.at.0,
            longitude: self.at.1,
            feature: '*',
            code: "RGN".into(),
            population: 0,
            countries: self.countries.clone(),
            admin1: None,
            radius: self.radius,
            precision: Some(self.precision),
        }
    }
}
