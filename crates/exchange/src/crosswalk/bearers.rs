//! Who of the dictionaries bears a name or a number, and on which days.

use super::Who;
use griot_types::Date;
use griot_world::dictionary::{Target, day_of, fold, within};
use griot_world::{ActorKind, Dictionary, Entry};
use rustc_hash::FxHashMap;

/// Relations by which an actor came of another.
const CAME_OF: [&str; 2] = ["successor_of", "splinter_of"];
/// By which one is a branch of another.
const BRANCH_OF: [&str; 2] = ["part_of", "affiliated_with"];

/// The dictionaries, by number and by relation.
pub struct Bearers<'w> {
    pub dictionary: &'w Dictionary,
    numbers: FxHashMap<u32, &'w Entry>,
    /// Those who name an entry in a relation, by its id.
    kin: FxHashMap<&'w str, Vec<&'w Entry>>,
    /// What some were for a time, by id.
    phases: FxHashMap<&'w str, Vec<&'w Entry>>,
}

/// A name in the form in which spellings meet.
pub fn spell(name: &str) -> String {
    fold::fold(name)
}

/// Whether an entry existed on a day; on none, whether it exists.
pub fn exists(entry: &Entry, day: Option<Date>) -> bool {
    day.map_or(entry.until.is_empty(), |day| within(&day_of(day), &entry.since, &entry.until))
}

/// Whether it is at home or acts in a country.
pub fn is_near(entry: &Entry, country: Option<&str>) -> bool {
    country.is_some_and(|country| entry.country.iter().chain(&entry.active).any(|one| one == country))
}

/// Words for a day on which an entry did not exist.
pub fn outside(entry: &Entry, day: Option<Date>) -> Option<String> {
    let day = day.filter(|day| !exists(entry, Some(*day)))?;
    let before = !entry.since.is_empty() && day_of(day).as_str() < entry.since.as_str();
    Some(if before { format!("a day before its start, {}", entry.since) } else { format!("a day after its end, {}", entry.until) })
}

impl<'w> Bearers<'w> {
    pub fn new(dictionary: &'w Dictionary) -> Bearers<'w> {
        let mut all = Bearers { dictionary, numbers: FxHashMap::default(), kin: FxHashMap::default(), phases: FxHashMap::default() };
        for entry in dictionary.entries() {
            if entry.phase {
                all.phases.entry(entry.id.as_str()).or_default().push(entry);
                continue;
            }
            for relation in &entry.relations {
                all.kin.entry(relation.to.as_str()).or_default().push(entry);
            }
            // A state bears its government's number, too, and UCDP means the government.
            let state = entry.kind == ActorKind::State;
            if let Some(number) = entry.ucdp.filter(|_| !state) {
                all.numbers.entry(number).or_insert(entry);
            }
        }
        all
    }

    /// The bearer of UCDP's number.
    pub fn numbered(&self, number: u32) -> Option<&'w Entry> {
        self.numbers.get(&number).copied()
    }

    /// All who bear a name at any time; by a name that others share only those of the country.
    pub fn bearing(&self, name: &str, country: Option<&str>) -> Vec<&'w Entry> {
        let capitals = fold::in_capitals(name);
        let mut found: Vec<&Entry> = Vec::new();
        for sense in self.dictionary.names().get(&spell(name)) {
            let Target::Entry(at) = sense.target else { continue };
            let Some(entry) = self.dictionary.entry_at(at).filter(|entry| !entry.phase) else { continue };
            if (capitals || !sense.capitals) && (!sense.near || is_near(entry, country)) && !found.iter().any(|one| one.id == entry.id) {
                found.push(entry);
            }
        }
        found
    }

    /// A state by one of its names.
    pub fn state(&self, name: &str) -> Option<&'w str> {
        let states = self.bearing(name, None).into_iter().filter(|entry| entry.kind == ActorKind::State);
        states.filter_map(|entry| entry.country.as_deref()).next()
    }

    /// An entry as an answer; its code is that of the day.
    pub fn who(&self, entry: &Entry, day: Option<Date>) -> Who {
        let phases = self.phases.get(entry.id.as_str()).into_iter().flatten();
        let then = phases.copied().find(|phase| exists(phase, day)).map_or(&entry.code, |phase| &phase.code);
        Who {
            id: entry.id.to_string(),
            name: entry.name.clone(),
            code: then.to_string(),
            since: entry.since.to_string(),
            until: entry.until.to_string(),
        }
    }

    /// Those of a day from whom an entry came or which it became.
    pub fn kin(&self, entry: &Entry, day: Option<Date>) -> Vec<&'w Entry> {
        let of = |words: &str| CAME_OF.contains(&words) || words == "part_of";
        let forwards =
            entry.relations.iter().filter(|relation| of(&relation.type_)).filter_map(|relation| self.dictionary.entry(&relation.to));
        let names = |other: &Entry| other.relations.iter().any(|relation| relation.to == entry.id && of(&relation.type_));
        let backwards = self.kin.get(entry.id.as_str()).into_iter().flatten().copied().filter(|other| names(other));
        let mut found: Vec<&Entry> = forwards.chain(backwards).filter(|other| exists(other, day)).collect();
        found.dedup_by(|a, b| a.id == b.id);
        found
    }

    /// Branches of an actor of no one country that are at home in this one on that day.
    pub fn branches(&self, entry: &Entry, country: Option<&str>, day: Option<Date>) -> Vec<String> {
        let Some(country) = country.filter(|_| entry.country.is_none()) else { return Vec::new() };
        let day_words = day.map(day_of);
        let is_branch = |other: &Entry| {
            other.relations.iter().any(|relation| {
                relation.to == entry.id
                    && BRANCH_OF.contains(&relation.type_.as_str())
                    && day_words.as_ref().is_none_or(|day| within(day, &relation.since, &relation.until))
            })
        };
        let all = self.kin.get(entry.id.as_str()).into_iter().flatten();
        let here = all.filter(|other| is_near(other, Some(country)) && exists(other, day) && is_branch(other));
        let mut ids: Vec<String> = here.map(|other| other.id.to_string()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}
