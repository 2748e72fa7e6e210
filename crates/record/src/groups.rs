//! Answers in groups: how many entries each actor, pair of actors, place, country, type, month or year has, and what their tolls come to.

use crate::decisions::Rulings;
use crate::derive::{date, type_of};
use crate::error::Result;
use crate::question::Question;
use crate::store::Record;
use griot_types::{Date, Kind, Type};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::BTreeMap;
use std::str::FromStr;

/// From so many entries on, what they are joined to is read for all at once.
const MANY: usize = 2000;

/// What answers are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Each actor at either end.
    Actor,
    /// Each pair of actors at the two ends, whichever of them did it.
    Dyad,
    /// Each place.
    Place,
    /// Each country.
    Country,
    /// Each type.
    Type,
    /// Each month in which they begin.
    Month,
    /// Each year.
    Year,
}

impl FromStr for By {
    type Err = String;
    fn from_str(words: &str) -> std::result::Result<By, String> {
        Ok(match words {
            "actor" => By::Actor,
            "dyad" => By::Dyad,
            "place" => By::Place,
            "country" => By::Country,
            "type" => By::Type,
            "month" => By::Month,
            "year" => By::Year,
            _ => return Err(format!("'{words}' is not one of: actor, dyad, place, country, type, month, year")),
        })
    }
}

/// The entries that have one thing in common. An entry with several actors or places counts in the group of each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// What they have in common, in words; `null` for those of which it is not told, or may not be listed: private persons have no group.
    pub group: Option<String>,
    /// The ids of its actors, the GeoNames id of its place.
    pub ids: Vec<String>,
    /// Of figures, what they measure.
    #[serde(rename = "type")]
    pub type_: Option<Type>,
    /// How many entries.
    pub entries: usize,
    /// The first day on which one of them begins.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
    /// Of incidents' tolls, the sum of the lower bounds.
    pub low: Option<f64>,
    /// Of their best numbers.
    pub best: Option<f64>,
    /// Of their upper bounds.
    pub high: Option<f64>,
    /// How many of the entries are in no sum: running tallies, parts of another, rises and falls, what is without a number.
    pub left_out: usize,
}

/// What groups are told apart by, in the order of time and of names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Words(String),
    Actors(Vec<i64>),
    Place(i64),
    Untold,
}

/// An entry's own columns.
struct Row {
    type_: Type,
    first: Option<Date>,
    country: Option<String>,
}

impl Group {
    fn new(type_: Option<Type>) -> Group {
        Group { group: None, ids: Vec::new(), type_, entries: 0, first: None, last: None, low: None, best: None, high: None, left_out: 0 }
    }

    fn take(&mut self, day: Option<Date>, sum: Option<[f64; 3]>) {
        self.entries += 1;
        self.first = [self.first, day].into_iter().flatten().min();
        self.last = self.last.max(day);
        let Some(sum) = sum else {
            self.left_out += usize::from(self.type_.is_some());
            return;
        };
        for (all, one) in [&mut self.low, &mut self.best, &mut self.high].into_iter().zip(sum) {
            *all = Some(all.unwrap_or(0.0) + one);
        }
    }
}

impl Record {
    /// The answers to a question about one kind of entry, in groups: those with most entries first, months and years in their order. Only tolls are
    /// added up, of incidents alone; how strong forces are is not.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn groups(&self, question: &Question, kind: Kind, by: By) -> Result<Vec<Group>> {
        let mut filter = question.filter.clone();
        filter.kind = Some(kind);
        let found = self.find(&filter, None)?;
        let rows = self.rows_of(&found, kind)?;
        let joined = match by {
            By::Actor | By::Dyad => self.ends_of(&found, kind)?,
            By::Place => self.joined_to(&found, kind, "SELECT entry, place, 0 FROM entry_place")?,
            _ => FxHashMap::default(),
        };
        let rulings = Rulings::read(self, &self.scope)?;
        let mut groups: BTreeMap<(Key, Option<Type>), Group> = BTreeMap::new();
        for n in found {
            let Some(row) = rows.get(&n) else { continue };
            let of = (kind == Kind::Figure).then_some(row.type_);
            let sum = if of.is_some_and(is_toll) { self.toll(n, &rulings, question)? } else { None };
            for key in keys(by, row, joined.get(&n).map_or(&[], Vec::as_slice)) {
                groups.entry((key, of)).or_insert_with(|| Group::new(of)).take(row.first, sum);
            }
        }
        let mut answers = groups
            .into_iter()
            .map(|((key, _), group)| {
                let (words, ids) = self.named(&key)?;
                Ok(Group { group: words, ids, ..group })
            })
            .collect::<Result<Vec<Group>>>()?;
        if matches!(by, By::Month | By::Year) {
            answers.sort_by_key(|group| group.group.is_none());
        } else {
            answers.sort_by(|a, b| {
                (a.group.is_none(), b.entries, &a.group, &a.ids, a.type_).cmp(&(b.group.is_none(), a.entries, &b.group, &b.ids, b.type_))
            });
        }
        answers.truncate(question.limit.unwrap_or(usize::MAX));
        Ok(answers)
    }

    /// Low, best and high of a toll that may be added to others.
    fn toll(&self, n: i64, rulings: &Rulings, question: &Question) -> Result<Option<[f64; 3]>> {
        let entry = self.entry(n, rulings, &question.rule)?;
        Ok(entry.incident_number())
    }

    fn rows_of(&self, found: &[i64], kind: Kind) -> Result<FxHashMap<i64, Row>> {
        let read = |row: &rusqlite::Row| {
            let type_ = type_of(row.get(1)?);
            let first = if row.get::<_, bool>(3)? { date(row.get(2)?) } else { None };
            Ok((row.get::<_, i64>(0)?, type_.map(|type_| Row { type_, first, country: None }), row.get::<_, Option<String>>(4)?))
        };
        let sql = "SELECT n, type, first, dated, country FROM entry WHERE";
        let all = if found.len() < MANY {
            let one = format!("{sql} n = ?1");
            found.iter().map(|n| self.rows(&one, [n], read)).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect()
        } else {
            self.rows(&format!("{sql} kind = ?1"), [kind as i64], read)?
        };
        Ok(all.into_iter().filter_map(|(n, row, country)| Some((n, Row { country, ..row? }))).collect())
    }

    /// What entries are joined to: pairs of a number and a side.
    fn joined_to(&self, found: &[i64], kind: Kind, sql: &str) -> Result<FxHashMap<i64, Vec<(i64, i64)>>> {
        let read = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, (row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)));
        let mut joined: FxHashMap<i64, Vec<(i64, i64)>> = FxHashMap::default();
        if found.len() < MANY {
            let one = format!("{sql} WHERE entry = ?1");
            for n in found {
                for (entry, pair) in self.rows(&one, [n], read)? {
                    joined.entry(entry).or_default().push(pair);
                }
            }
            return Ok(joined);
        }
        let wanted: FxHashSet<i64> = found.iter().copied().collect();
        for (entry, pair) in self.rows(&format!("{sql} WHERE kind = ?1"), [kind as i64], read)? {
            if wanted.contains(&entry) {
                joined.entry(entry).or_default().push(pair);
            }
        }
        Ok(joined)
    }

    /// The actors at both ends that a list may hold.
    fn ends_of(&self, found: &[i64], kind: Kind) -> Result<FxHashMap<i64, Vec<(i64, i64)>>> {
        let listed: FxHashSet<i64> = self.rows("SELECT n FROM actor WHERE public = 1", [], |row| row.get(0))?.into_iter().collect();
        let mut ends = self.joined_to(found, kind, "SELECT entry, actor, side FROM entry_actor")?;
        ends.values_mut().for_each(|pairs| pairs.retain(|(actor, side)| *side < 2 && listed.contains(actor)));
        Ok(ends)
    }

    /// A group's words and ids.
    fn named(&self, key: &Key) -> Result<(Option<String>, Vec<String>)> {
        Ok(match key {
            Key::Words(words) => (Some(words.clone()), Vec::new()),
            Key::Untold => (None, Vec::new()),
            Key::Place(n) => {
                let sql = "SELECT name, country, geonames FROM place WHERE n = ?1";
                let read = |row: &rusqlite::Row| {
                    let country = row.get::<_, Option<String>>(1)?.map_or_else(String::new, |country| format!(", {country}"));
                    Ok((row.get::<_, String>(0)? + &country, row.get::<_, Option<i64>>(2)?))
                };
                let (name, id) = self.row(sql, [n], read)?.unwrap_or_default();
                (Some(name), id.map(|id| id.to_string()).into_iter().collect())
            }
            Key::Actors(numbers) => {
                let sql = "SELECT name, id FROM actor WHERE n = ?1";
                let mut ends = Vec::new();
                for n in numbers {
                    ends.extend(self.row(sql, [n], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?);
                }
                ends.sort();
                let names: Vec<&str> = ends.iter().map(|(name, _)| name.as_str()).collect();
                (Some(names.join(" – ")), ends.iter().filter_map(|(_, id)| id.clone()).collect())
            }
        })
    }
}

/// The groups of an entry, each once.
fn keys(by: By, row: &Row, joined: &[(i64, i64)]) -> Vec<Key> {
    let of = |side: i64| joined.iter().filter(move |(_, s)| *s == side).map(|(number, _)| *number);
    let mut keys: Vec<Key> = match by {
        By::Actor => joined.iter().map(|(number, _)| Key::Actors(vec![*number])).collect(),
        By::Dyad => of(0).flat_map(|a| of(1).map(move |b| Key::Actors(vec![a.min(b), a.max(b)]))).collect(),
        By::Place => joined.iter().map(|(number, _)| Key::Place(*number)).collect(),
        By::Country => row.country.clone().map(Key::Words).into_iter().collect(),
        By::Type => vec![Key::Words(row.type_.to_string())],
        By::Month => row.first.map(|day| Key::Words(format!("{:04}-{:02}", day.year(), day.month()))).into_iter().collect(),
        By::Year => row.first.map(|day| Key::Words(format!("{:04}", day.year()))).into_iter().collect(),
    };
    keys.sort();
    keys.dedup();
    if keys.is_empty() {
        keys.push(Key::Untold);
    }
    keys
}

/// Whether counts of incidents of this measure add up. A force that is counted twice is no larger for it.
fn is_toll(type_: Type) -> bool {
    use Type::{Abducted, Attacks, Casualties, Detained, Displaced, Freed, Injured, Killed, Missing};
    matches!(type_, Killed | Injured | Casualties | Missing | Abducted | Detained | Freed | Displaced | Attacks)
}
