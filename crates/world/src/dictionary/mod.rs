//! The dictionaries: who the words stand for.
//!
//! [`source`] holds the TOML as it is written, [`compile`] makes one binary of it, and [`Dictionary`] is that binary opened: entries,
//! [`Names`] for proper names, [`Lexicon`] for common nouns. `docs/DICTIONARIES.md` describes the files.

mod check;
mod entry;
pub mod fold;
mod index;
mod lexicon;
mod names;
mod namesakes;
pub mod source;
mod term;

pub use entry::{ActorKind, Entry, EntryRelation};
pub use index::{Names, Sense, Target};
pub use lexicon::{Addition, Lexicon, Noun};
pub use namesakes::Namesakes;
pub use term::{day_of, within};

use crate::Error;
use griot_types::{SmolStr, sha256};
use index::Index;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use source::{Country, Sources};

/// The first bytes of a compiled dictionary; the last is the format's version.
const MAGIC: &[u8] = b"griot dictionary 3\n";

#[derive(Serialize, Deserialize)]
struct Compiled {
    version: String,
    sources: Sources,
    index: Index,
}

/// All dictionaries, ready for use.
pub struct Dictionary {
    version: String,
    sources: Sources,
    entries: Vec<Entry>,
    by_id: FxHashMap<SmolStr, u32>,
    by_country: FxHashMap<SmolStr, u32>,
    names: Names,
    lexicon: Lexicon,
}

/// Compiles named TOML texts to the bytes that [`Dictionary::open`] reads. The same texts in the same order give the same bytes.
///
/// # Errors
/// Where a text is no dictionary, or the dictionaries contradict each other; with file and line.
pub fn compile(files: &[(String, String)]) -> Result<Vec<u8>, Error> {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.append(source::parse(name, text)?);
    }
    check::check(&sources, files)?;
    let entries = entries(&sources);
    names::check(&entries, files)?;
    let version = version_of(files);
    let index = Index::build(&sources, &entries);
    let mut bytes = MAGIC.to_vec();
    let body = postcard::to_stdvec(&Compiled { version, sources, index })
        .map_err(|error| Error::at("dictionary", 1, format!("cannot be compiled: {error}")))?;
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// Sixteen hexadecimal digits that change with every byte of the files.
fn version_of(files: &[(String, String)]) -> String {
    let mut all = String::new();
    for (name, text) in files {
        all.push_str(name);
        all.push('\n');
        all.push_str(text);
    }
    sha256(all.as_bytes())["sha256:".len()..][..16].to_owned()
}

impl Dictionary {
    /// Opens what [`compile`] made.
    ///
    /// # Errors
    /// Where the bytes are of another format.
    pub fn open(bytes: &[u8]) -> Result<Dictionary, Error> {
        let wrong = |why: &str| Error::at("dictionary.bin", 1, why);
        let body = bytes.strip_prefix(MAGIC).ok_or_else(|| wrong("is not of this version's format"))?;
        let compiled: Compiled = postcard::from_bytes(body).map_err(|e| wrong(&e.to_string()))?;
        Dictionary::assemble(compiled).ok_or_else(|| wrong("has a broken index"))
    }

    /// Lays further files over these.
    ///
    /// # Errors
    /// As [`compile`].
    pub fn overlay(self, files: &[(String, String)]) -> Result<Dictionary, Error> {
        let mut sources = self.sources;
        for (name, text) in files {
            sources.overlay(source::parse(name, text)?);
        }
        check::check(&sources, files)?;
        let version = format!("{}+{}", self.version, version_of(files));
        let index = Index::build(&sources, &entries(&sources));
        Dictionary::assemble(Compiled { version, sources, index }).ok_or_else(|| Error::at("dictionary", 1, "cannot be indexed"))
    }

    fn assemble(compiled: Compiled) -> Option<Dictionary> {
        let Compiled { version, sources, index } = compiled;
        let entries = entries(&sources);
        let by_id = entries.iter().enumerate().filter(|(_, e)| !e.phase).map(|(i, e)| (e.id.clone(), i as u32)).collect();
        let by_country = sources.country.iter().enumerate().map(|(i, c)| (SmolStr::from(&c.iso3), i as u32)).collect();
        let lexicon = Lexicon::build(&sources);
        Some(Dictionary { version, sources, entries, by_id, by_country, names: index.open()?, lexicon })
    }

    /// Changes with every byte of the sources.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The entry with this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).and_then(|i| self.entries.get(*i as usize))
    }

    /// The entry with this number, as in [`Target::Entry`].
    pub fn entry_at(&self, number: u32) -> Option<&Entry> {
        self.entries.get(number as usize)
    }

    /// All entries: those of the countries, the named actors, then what some of these were for a time.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The country with this alpha-3 code.
    pub fn country(&self, iso3: &str) -> Option<&Country> {
        self.by_country.get(iso3).and_then(|i| self.country_at(*i))
    }

    /// The country with this number, as in [`Target::Demonym`].
    pub fn country_at(&self, number: u32) -> Option<&Country> {
        self.sources.country.get(number as usize)
    }

    /// What the files say, after all overlays.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Proper names.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Common nouns and modifiers.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}

/// How many entries each country makes; they come first.
const PER_COUNTRY: usize = 4;

fn smol(list: &[String]) -> Vec<SmolStr> {
    list.iter().map(SmolStr::from).collect()
}

/// The entries that the sources define: for each country the state, its government, its army and its police, then the named actors.
fn entries(sources: &Sources) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(sources.country.len() * PER_COUNTRY + sources.actor.len());
    for country in &sources.country {
        entries.extend(of_country(country));
    }
    for actor in &sources.actor {
        entries.push(Entry {
            id: SmolStr::from(&actor.id),
            name: actor.name.clone(),
            kind: ActorKind::from_word(&actor.kind).unwrap_or(ActorKind::Body),
            code: SmolStr::from(&actor.code),
            country: actor.country.as_ref().map(SmolStr::from),
            sectors: smol(&actor.sectors),
            active: smol(&actor.active),
            aliases: actor.aliases.clone(),
            short: actor.short.clone(),
            since: SmolStr::from(&actor.since),
            until: SmolStr::from(&actor.until),
            relations: actor
                .relations
                .iter()
                .map(|r| EntryRelation {
                    type_: SmolStr::from(&r.type_),
                    to: SmolStr::from(&r.to),
                    since: SmolStr::from(&r.since),
                    until: SmolStr::from(&r.until),
                })
                .collect(),
            ucdp: actor.ucdp,
            phase: false,
        });
    }
    let first = sources.country.len() * PER_COUNTRY;
    for (i, actor) in sources.actor.iter().enumerate() {
        for phase in &actor.phases {
            let was = entries[first + i].clone();
            entries.push(Entry {
                kind: ActorKind::from_word(&phase.kind).unwrap_or(was.kind),
                code: SmolStr::from(&phase.code),
                sectors: smol(&phase.sectors),
                since: SmolStr::from(&phase.since),
                until: SmolStr::from(&phase.until),
                phase: true,
                ..was
            });
        }
    }
    entries
}

/// Whether an entry is a state's government, army or police, which bear the state's name: that is the state's alone to be found by.
fn bears_the_states_name(entry: &Entry) -> bool {
    let part = entry.country.as_deref().and_then(|c| entry.id.strip_prefix(c.to_lowercase().as_str()));
    matches!(part, Some("-gov" | "-mil" | "-cop"))
}

/// A state, its government, its army and its police.
fn of_country(country: &Country) -> [Entry; PER_COUNTRY] {
    let lower = country.iso3.to_lowercase();
    let iso3 = SmolStr::from(&country.iso3);
    let make = |suffix: &str, sector: &str, kind, name: String, aliases: &[String], ucdp| Entry {
        id: if suffix.is_empty() { lower.as_str().into() } else { format!("{lower}-{suffix}").into() },
        name,
        kind,
        code: format!("{iso3}{sector}").into(),
        country: Some(iso3.clone()),
        sectors: if sector.is_empty() { vec![] } else { vec![sector.into()] },
        active: vec![iso3.clone()],
        aliases: aliases.to_vec(),
        short: if suffix.is_empty() { country.short.clone() } else { vec![] },
        since: "".into(),
        until: "".into(),
        relations: vec![],
        ucdp,
        phase: false,
    };
    let name = &country.name;
    [
        make("", "", ActorKind::State, name.clone(), &country.aliases, country.ucdp_gov),
        make("gov", "GOV", ActorKind::Government, format!("Government of {name}"), &[], country.ucdp_gov),
        make("mil", "MIL", ActorKind::Military, name.clone(), &country.forces, country.ucdp_gov),
        make("cop", "COP", ActorKind::Police, name.clone(), &country.police, None),
    ]
}
