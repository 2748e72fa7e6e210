//! The dictionaries' TOML files as they are written; `docs/DICTIONARIES.md` says what each key means.

use crate::Error;
use serde::{Deserialize, Serialize};

/// What one file, or all files together, say. Any file may hold any of the tables.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sources {
    /// `[[country]]`.
    pub country: Vec<Country>,
    /// `[[actor]]`.
    pub actor: Vec<NamedActor>,
    /// `[[agent]]`.
    pub agent: Vec<Agent>,
    /// `[[modifier]]`.
    pub modifier: Vec<Modifier>,
    /// `[[unidentified]]`.
    pub unidentified: Vec<Unidentified>,
    /// `[[apart]]`.
    pub apart: Vec<Nouns>,
    /// `[[counting]]`.
    pub counting: Vec<Counting>,
    /// `[[individuals]]`.
    pub individuals: Vec<Nouns>,
    /// `[[collectives]]`.
    pub collectives: Vec<Nouns>,
    /// `[[naming]]`.
    pub naming: Vec<Naming>,
    /// `[[local]]`.
    pub local: Vec<Local>,
    /// `[[siding]]`.
    pub siding: Vec<Counting>,
    /// `[[office]]`.
    pub office: Vec<Office>,
    /// `[[holder]]`.
    pub holder: Vec<Holder>,
    /// `[[figure]]`.
    pub figure: Vec<Figure>,
}

/// A state with its names, its seat and its forces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-3.
    pub iso3: String,
    /// ISO 3166-1 alpha-2.
    pub iso2: String,
    /// Gleditsch-Ward number.
    pub gw: Option<u32>,
    /// As news calls it.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Names that it shares with another state and bears only in a report that names it otherwise: 'Congo'.
    pub short: Vec<String>,
    /// Adjectives and nouns for its people.
    pub demonyms: Vec<String>,
    /// The capital's common name.
    pub capital: String,
    /// Other names that mean the government.
    pub seats: Vec<String>,
    /// Words that do so after 'the' in a report about the country: 'the Centre'.
    pub short_seats: Vec<String>,
    /// Names of the armed forces.
    pub forces: Vec<String>,
    /// Names of the police.
    pub police: Vec<String>,
    /// UCDP Actor number of the government.
    pub ucdp_gov: Option<u32>,
}

/// A named organisation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NamedActor {
    /// Unique, lower case.
    pub id: String,
    /// The name that claims carry.
    pub name: String,
    /// One of the words of [`crate::ActorKind`].
    pub kind: String,
    /// CAMEO-like.
    pub code: String,
    /// Home country.
    pub country: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// Countries that it acts in.
    pub active: Vec<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Names that others share or that are words, which mean it only in a report that names one of its countries; `name` may be one of them.
    pub short: Vec<String>,
    /// Year, month or day.
    pub since: String,
    /// Empty while it exists.
    pub until: String,
    /// Times in which it was something else: a rebel group that governed.
    pub phases: Vec<Phase>,
    /// Whom it belongs to, came from …
    pub relations: Vec<Relation>,
    /// UCDP Actor number.
    pub ucdp: Option<u32>,
    /// Where these facts are from.
    pub source: String,
}

/// What an actor was for a time, where that is not what its row says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Phase {
    /// Year, month or day.
    pub since: String,
    /// Empty while it lasts.
    pub until: String,
    /// One of the words of [`crate::ActorKind`].
    pub kind: String,
    /// CAMEO-like.
    pub code: String,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
}

/// What an entry is to another one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Relation {
    /// A relation type of the claim: `affiliated_with`, `part_of` …
    #[serde(rename = "type")]
    pub type_: String,
    /// The other entry's id.
    pub to: String,
    /// Year, month or day; empty where unknown.
    pub since: String,
    /// Empty while it holds.
    pub until: String,
}

/// Common nouns for people and bodies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Agent {
    /// Lemmas, or words as they stand where they have no singular in use.
    pub nouns: Vec<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// Can be stationed and counted as strength.
    pub force: bool,
    /// As for actors, or `government`, `civilian`, `person`, `body`.
    pub kind: String,
    /// An actor only with a nationality, a name or another modifier.
    pub needs_modifier: bool,
    /// Names people one by one; left out, the kind decides.
    pub people: Option<bool>,
    /// A thing that stands for those it belongs to: 'an army base'.
    pub metonym: bool,
    /// Ends the entry id of a state's body: `ner-defence`. Left out, a ministry takes the first word of its first noun.
    pub suffix: String,
}

/// Words that add sectors to the noun they stand before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Modifier {
    /// Lemmas.
    pub words: Vec<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// The kind that a vague body becomes by it; left out, the sectors decide.
    pub kind: String,
}

/// Nouns for attackers whom nobody has named.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Unidentified {
    /// Lemmas.
    pub nouns: Vec<String>,
}

/// Nouns that have something in common which `docs/DICTIONARIES.md` names under `words.toml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Nouns {
    /// Lemmas.
    pub nouns: Vec<String>,
}

/// Words that count what follows them and are no part of its name: 'several thousand villagers' are villagers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Counting {
    /// Lemmas, and words as they stand.
    pub words: Vec<String>,
}

/// Words by which a group is given a name of its own: 'a group calling itself the Army of the Just'.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Naming {
    /// What stands before the name.
    pub phrases: Vec<String>,
    /// Small words that may stand inside a name.
    pub inside: Vec<String>,
}

/// Words that make a body one of a part of the country: 'the provincial government'.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Local {
    /// As they stand before the noun.
    pub words: Vec<String>,
    /// The countries, alpha-3, in which they do; none for everywhere.
    pub countries: Vec<String>,
}

/// A public office.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Office {
    /// What its holder is called.
    pub titles: Vec<String>,
    /// Ends the entry id: `fra-president`.
    pub suffix: String,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
}

/// Who held an office, and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Holder {
    /// Full name.
    pub name: String,
    /// Short names.
    pub short: Vec<String>,
    /// Other spellings of the full name.
    pub aliases: Vec<String>,
    /// An office's suffix.
    pub office: String,
    /// ISO 3166-1 alpha-3, or none where `body` is given.
    pub country: Option<String>,
    /// An actor's id.
    pub body: Option<String>,
    /// Day, month or year.
    pub from: String,
    /// Empty while it lasts.
    pub until: String,
    /// Where these facts are from.
    pub source: String,
}

/// A public person without a state's office: a leader of an armed group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Figure {
    /// Full name.
    pub name: String,
    /// Short names.
    pub short: Vec<String>,
    /// Other spellings of the full name.
    pub aliases: Vec<String>,
    /// An actor's id.
    pub body: Option<String>,
    /// ISO 3166-1 alpha-3, where there is no body.
    pub country: Option<String>,
    /// PLOVER sectors, where there is no body.
    pub sectors: Vec<String>,
    /// What the person is to the body: `leader`.
    pub role: String,
    /// Day, month or year.
    pub from: String,
    /// Empty while it lasts.
    pub until: String,
    /// Where these facts are from.
    pub source: String,
}

/// Reads one file.
///
/// # Errors
/// Where the text is no TOML, or has a key or a type of value that the format does not know; with the line.
pub fn parse(name: &str, text: &str) -> Result<Sources, Error> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        Error::at(name, line, error.message())
    })
}

/// The line, from 1, that byte `at` stands in.
pub fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count()
}

impl Sources {
    /// Lays `other` over these: the same `iso3`, `id`, first noun, first word, suffix or name (with the same start) replaces, the rest is added.
    pub fn overlay(&mut self, other: Sources) {
        fn lay<T, K: PartialEq>(base: &mut Vec<T>, over: Vec<T>, key: impl Fn(&T) -> K) {
            // Only what stood there before is replaced: one file may hold several rows with one key, such as two terms of a holder.
            let before = base.len();
            for row in over {
                match base[..before].iter().position(|old| key(old) == key(&row)) {
                    Some(at) => base[at] = row,
                    None => base.push(row),
                }
            }
        }
        lay(&mut self.country, other.country, |c| c.iso3.clone());
        lay(&mut self.actor, other.actor, |a| a.id.clone());
        lay(&mut self.agent, other.agent, |a| a.nouns.first().cloned());
        lay(&mut self.modifier, other.modifier, |m| m.words.first().cloned());
        lay(&mut self.unidentified, other.unidentified, |u| u.nouns.first().cloned());
        lay(&mut self.apart, other.apart, |a| a.nouns.first().cloned());
        lay(&mut self.individuals, other.individuals, |n| n.nouns.first().cloned());
        lay(&mut self.collectives, other.collectives, |n| n.nouns.first().cloned());
        lay(&mut self.counting, other.counting, |c| c.words.first().cloned());
        lay(&mut self.naming, other.naming, |n| n.phrases.first().cloned());
        lay(&mut self.local, other.local, |l| l.words.first().cloned());
        lay(&mut self.siding, other.siding, |c| c.words.first().cloned());
        lay(&mut self.office, other.office, |o| o.suffix.clone());
        lay(&mut self.holder, other.holder, |h| (h.name.clone(), h.from.clone()));
        lay(&mut self.figure, other.figure, |f| (f.name.clone(), f.body.clone()));
    }

    /// Adds what another file of the same folder says.
    pub fn append(&mut self, mut other: Sources) {
        self.country.append(&mut other.country);
        self.actor.append(&mut other.actor);
        self.agent.append(&mut other.agent);
        self.modifier.append(&mut other.modifier);
        self.unidentified.append(&mut other.unidentified);
        self.apart.append(&mut other.apart);
        self.individuals.append(&mut other.individuals);
        self.collectives.append(&mut other.collectives);
        self.counting.append(&mut other.counting);
        self.naming.append(&mut other.naming);
        self.local.append(&mut other.local);
        self.siding.append(&mut other.siding);
        self.office.append(&mut other.office);
        self.holder.append(&mut other.holder);
        self.figure.append(&mut other.figure);
    }
}
