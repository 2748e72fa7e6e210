//! Which actor of the dictionaries a name in a table of others means, on its day.
//!
//! * [`Crosswalk::tell`] answers for one name; [`table`] for all names of an imported table.
//! * [`shapes`] are the ways in which tables write names, which `codebook/crosswalk.toml` holds.

mod bearers;
mod shapes;
mod table;

pub use table::{Dyad, Line, Walked, table};

use crate::countries::{self, Scheme};
use crate::error::{Error, Result};
use bearers::{Bearers, spell};
use griot_types::Date;
use griot_world::{Dictionary, Entry, World};
use serde::Serialize;
use shapes::{Filled, Is, Rules, Shape, Slot, years};

/// The rules that the program carries.
static RULES: &str = include_str!("../../../../codebook/crosswalk.toml");

/// A name in a table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The sort of table.
    pub sort: &'a str,
    /// As it stands there.
    pub name: &'a str,
    /// UCDP's number of it.
    pub number: Option<u32>,
    /// The row's first day.
    pub day: Option<Date>,
    /// The row's country, alpha-3.
    pub country: Option<&'a str>,
}

/// How sure it is who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// One of the dictionaries' actors.
    Actor,
    /// Several together, all of them told.
    Actors,
    /// People of some sort, who have no name: civilians, rioters, unidentified armed men.
    Sort,
    /// The name's only bearer did not exist on that day; with it those it came from or became.
    Outside,
    /// Several bear the name on that day.
    Ambiguous,
    /// Nobody in the dictionaries.
    Unknown,
}

/// By what it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// UCDP's number.
    Number,
    /// The dictionary's own name.
    Name,
    /// Another name of the dictionary.
    Alias,
    /// A state's name in a shape for its government, army or police.
    State,
    /// A shape for people of some sort.
    Shape,
    /// Each name of a list.
    List,
}

/// An actor of the dictionaries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Who {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its code on that day.
    pub code: String,
    /// Its start; empty where unknown.
    pub since: String,
    /// Its end; empty while it exists.
    pub until: String,
}

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Told {
    /// How sure that is.
    pub outcome: Outcome,
    /// By what.
    pub how: Option<How>,
    /// The actor, all of several, or those who may be meant; of a sort of people the one whose they are.
    pub actors: Vec<Who>,
    /// The code; of a sort of people their country and PLOVER's sectors.
    pub code: Option<String>,
    /// Branches of the actor at home in the row's country on that day: UCDP's 'IS' in Mali has its Sahel Province there.
    pub there: Vec<String>,
    /// What does not agree.
    pub note: Option<String>,
}

impl Told {
    fn nobody(note: Option<String>) -> Told {
        Told { outcome: Outcome::Unknown, how: None, actors: Vec::new(), code: None, there: Vec::new(), note }
    }

    /// Whether it is an actor, or several together.
    pub fn is_actor(&self) -> bool {
        matches!(self.outcome, Outcome::Actor | Outcome::Actors)
    }

    /// Whether it is known who is meant, be they people of some sort.
    pub fn is_known(&self) -> bool {
        self.is_actor() || self.outcome == Outcome::Sort
    }
}

/// Names of others to actors of the dictionaries.
pub struct Crosswalk<'w> {
    bearers: Bearers<'w>,
    rules: Rules,
}

impl<'w> Crosswalk<'w> {
    /// With the rules that the program carries.
    ///
    /// # Errors
    /// The rules are no TOML of this form.
    pub fn new(world: &'w World) -> Result<Crosswalk<'w>> {
        let rules = toml::from_str(RULES).map_err(|error| Error::Asked(format!("codebook/crosswalk.toml: {error}")))?;
        Ok(Crosswalk { bearers: Bearers::new(world.dictionary()), rules })
    }

    fn dictionary(&self) -> &'w Dictionary {
        self.bearers.dictionary
    }

    /// Who a name means.
    pub fn tell(&self, asked: &Asked) -> Told {
        let asked = Asked { name: asked.name.trim(), ..*asked };
        if let Some(entry) = asked.number.and_then(|number| self.bearers.numbered(number)) {
            return self.by_number(entry, &asked);
        }
        if let Some(told) = self.by_name(&asked) {
            return told;
        }
        let shapes = self.rules.shape.iter().filter(|shape| shape.tables.iter().any(|sort| sort == asked.sort));
        if let Some(told) = shapes.flat_map(|shape| shape.names.iter().map(move |names| (shape, names))).find_map(|(shape, names)| {
            let filled = names.fill(asked.name, &|slot, words| self.fits(slot, words))?;
            self.by_shape(shape, &filled, &asked)
        }) {
            return told;
        }
        self.by_list(&asked).unwrap_or_else(|| Told::nobody(None))
    }

    fn by_number(&self, entry: &'w Entry, asked: &Asked) -> Told {
        let mut told = self.actor(entry, How::Number, asked);
        // A number that was mistyped, or an entry that bears another's.
        let other = self.by_name(&Asked { number: None, ..*asked }).filter(|other| other.outcome == Outcome::Actor);
        if let Some(other) = other.filter(|other| other.actors.iter().all(|who| who.id != entry.id)) {
            let names: Vec<&str> = other.actors.iter().map(|who| who.id.as_str()).collect();
            told.note = Some(format!("by its name it would be {}", names.join(", ")));
        }
        told
    }

    /// `None` where nobody bears the name.
    fn by_name(&self, asked: &Asked) -> Option<Told> {
        let borne = self.bearers.bearing(asked.name, asked.country);
        let on_the_day: Vec<&Entry> = borne.iter().copied().filter(|entry| bearers::exists(entry, asked.day)).collect();
        let how = |entry: &Entry| if spell(&entry.name) == spell(asked.name) { How::Name } else { How::Alias };
        match (on_the_day.as_slice(), borne.as_slice()) {
            ([only], _) => Some(self.actor(only, how(only), asked)),
            ([], []) => None,
            ([], [only]) => {
                let mut all = vec![*only];
                all.extend(self.bearers.kin(only, asked.day));
                Some(self.several(Outcome::Outside, Some(how(only)), &all, asked.day, bearers::outside(only, asked.day)))
            }
            ([], all) => Some(self.several(Outcome::Outside, None, all, asked.day, Some("none of them existed on that day".into()))),
            (all, _) => {
                let near: Vec<&Entry> = all.iter().copied().filter(|entry| bearers::is_near(entry, asked.country)).collect();
                Some(match near.as_slice() {
                    [only] => self.actor(only, how(only), asked),
                    _ => self.several(Outcome::Ambiguous, None, all, asked.day, None),
                })
            }
        }
    }

    fn by_shape(&self, shape: &Shape, filled: &Filled, asked: &Asked) -> Option<Told> {
        let slot = |wanted: Slot| filled.iter().find(|(slot, _)| *slot == wanted).map(|(_, words)| *words);
        let country = slot(Slot::Country).or(slot(Slot::Place)).and_then(|words| self.country(words));
        let outside = slot(Slot::Years)
            .and_then(years)
            .zip(asked.day)
            .filter(|((first, last), day)| day.year() < *first || last.is_some_and(|last| day.year() > last));
        let note = outside.map(|_| format!("a day outside {}", slot(Slot::Years).unwrap_or_default()));
        let mut told = match shape.is {
            Is::State => {
                let entry = self.dictionary().entry(&format!("{}-{}", country?.to_lowercase(), shape.part))?;
                self.actor(entry, How::State, asked)
            }
            Is::Sort => {
                let home = country.or(if slot(Slot::Place).is_some() { None } else { asked.country }).unwrap_or("---");
                let sectors = shape.sectors.concat();
                let whose = slot(Slot::Name).and_then(|name| self.by_name(&Asked { name, number: None, ..*asked }));
                Told {
                    outcome: Outcome::Sort,
                    how: Some(How::Shape),
                    actors: whose.filter(Told::is_actor).map(|told| told.actors).unwrap_or_default(),
                    // Attackers whom nobody has named are UAF alone, wherever they are.
                    code: Some(if sectors == "UAF" { sectors } else { format!("{home}{sectors}") }),
                    there: Vec::new(),
                    note: None,
                }
            }
            Is::Named => self.one_of(filled, &Asked { country: country.or(asked.country), ..*asked })?,
        };
        told.note = told.note.or(note);
        Some(told)
    }

    /// The one actor that the names in a shape are names of; names that nobody bears do not count.
    fn one_of(&self, filled: &Filled, asked: &Asked) -> Option<Told> {
        let names = filled.iter().filter(|(slot, _)| *slot == Slot::Name).map(|(_, name)| *name);
        let found: Vec<Told> = names.filter_map(|name| self.by_name(&Asked { name, number: None, ..*asked })).collect();
        let sure: Vec<&Told> = found.iter().filter(|told| told.outcome == Outcome::Actor).collect();
        match sure.as_slice() {
            [] => found.into_iter().next(),
            [first, rest @ ..] if rest.iter().all(|told| told.actors == first.actors) => Some((*first).clone()),
            several => {
                let mut actors: Vec<Who> = several.iter().flat_map(|told| told.actors.clone()).collect();
                actors.dedup();
                Some(Told {
                    outcome: Outcome::Ambiguous,
                    how: None,
                    actors,
                    code: None,
                    there: Vec::new(),
                    note: Some("its names mean different actors".into()),
                })
            }
        }
    }

    fn by_list(&self, asked: &Asked) -> Option<Told> {
        let list =
            self.rules.list.iter().find(|list| list.tables.iter().any(|sort| sort == asked.sort) && asked.name.contains(&list.between))?;
        let each: Vec<(&str, Told)> =
            asked.name.split(list.between.as_str()).map(|name| (name.trim(), self.tell(&Asked { name, number: None, ..*asked }))).collect();
        let unknown: Vec<&str> = each.iter().filter(|(_, told)| !told.is_actor()).map(|(name, _)| *name).collect();
        let actors: Vec<Who> = each.iter().filter(|(_, told)| told.is_actor()).flat_map(|(_, told)| told.actors.clone()).collect();
        if unknown.is_empty() {
            return Some(Told { outcome: Outcome::Actors, how: Some(How::List), actors, code: None, there: Vec::new(), note: None });
        }
        Some(Told { actors, ..Told::nobody(Some(format!("not told: {}", unknown.join(", ")))) })
    }

    fn fits(&self, slot: Slot, words: &str) -> bool {
        match slot {
            Slot::Years => years(words).is_some(),
            Slot::Country => self.country(words).is_some(),
            Slot::Place | Slot::Name | Slot::Words => true,
        }
    }

    /// A state by its name: in the tables of others, else in the dictionaries.
    fn country(&self, words: &str) -> Option<&'w str> {
        let known = |alpha3: &str| self.dictionary().country(alpha3).map(|country| country.iso3.as_str());
        countries::find(Scheme::Name, words).and_then(|codes| known(&codes.alpha3)).or_else(|| self.bearers.state(words))
    }

    fn actor(&self, entry: &'w Entry, how: How, asked: &Asked) -> Told {
        let who = self.bearers.who(entry, asked.day);
        let there = self.bearers.branches(entry, asked.country, asked.day);
        let note = bearers::outside(entry, asked.day);
        Told { outcome: Outcome::Actor, how: Some(how), code: Some(who.code.clone()), actors: vec![who], there, note }
    }

    fn several(&self, outcome: Outcome, how: Option<How>, all: &[&'w Entry], day: Option<Date>, note: Option<String>) -> Told {
        let actors = all.iter().map(|entry| self.bearers.who(entry, day)).collect();
        Told { outcome, how, actors, code: None, there: Vec::new(), note }
    }
}

#[cfg(test)]
mod tests;
