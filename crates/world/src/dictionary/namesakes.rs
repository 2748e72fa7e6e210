//! Which of several actors of one name a report means: who existed on its day, and whose countries it names.

use super::{ActorKind, Dictionary, Entry, Sense, Target, fold, source::Holder, within};
use crate::gazetteer::{Candidate, Class, Gazetteer};
use griot_types::SmolStr;
use std::collections::{BTreeMap, BTreeSet};

/// A country's name takes at most this many words.
const LONGEST: usize = 6;

/// What tells namesakes apart in one report.
pub struct Namesakes<'a> {
    dictionary: &'a Dictionary,
    /// The day of publication as the dictionaries write it.
    today: Option<String>,
    /// How often the whole text names each country: by name, people, capital or an actor at home there.
    about: BTreeMap<SmolStr, u32>,
    /// The same without acronyms, which are no evidence for themselves.
    spelt_out: BTreeMap<SmolStr, u32>,
    /// Full names of office-holders whom it names in full or with a title.
    told: BTreeSet<&'a str>,
}

impl<'a> Namesakes<'a> {
    /// For a report with this text and day.
    pub fn new(dictionary: &'a Dictionary, text: &str, today: Option<String>) -> Namesakes<'a> {
        let mut namesakes = Namesakes { dictionary, today, about: BTreeMap::new(), spelt_out: BTreeMap::new(), told: BTreeSet::new() };
        namesakes.look_through(text);
        namesakes
    }

    /// The country (alpha-3) of the first- or second-level unit of this name: the only one, or the one that the report names most.
    pub fn unit(&self, gazetteer: &Gazetteer, name: &str) -> Option<&'a str> {
        let is_unit = |c: &Candidate| {
            c.also.is_empty() && (matches!(c.class, Class::Admin1 | Class::Admin2) || c.class == Class::Region && c.precision <= 4)
        };
        let units: Vec<Candidate> = gazetteer.lookup(name).filter(is_unit).collect();
        let named = |c: &Candidate| self.about.get(&c.country).copied().unwrap_or(0);
        let only = units.first().is_some_and(|first| first.class == Class::Admin1 && units.iter().all(|c| c.country == first.country));
        let likeliest = units.iter().max_by_key(|c| named(c)).filter(|c| named(c) > 0 || only)?;
        self.dictionary.country(&likeliest.country).map(|c| c.iso3.as_str())
    }

    /// Whether a name can have this sense in the report.
    pub fn allows(&self, sense: &Sense) -> bool {
        if let (Target::Seat(at), true) = (sense.target, sense.near) {
            return self.dictionary.country_at(at).is_some_and(|c| self.about.contains_key(c.iso3.as_str()));
        }
        let holder = |at: u32| self.dictionary.sources().holder.get(at as usize);
        match sense.target {
            Target::Holder(at) => return holder(at).is_some_and(|h| self.is_meant(h)),
            Target::HolderShort(at) => return holder(at).is_some_and(|h| self.is_meant_by_surname(h)),
            _ => {}
        }
        let Target::Entry(at) = sense.target else { return true };
        let Some(entry) = self.dictionary.entry_at(at) else { return false };
        let in_its_phase = !entry.phase || self.today.as_deref().is_some_and(|t| within(t, &entry.since, &entry.until));
        in_its_phase && (!(sense.near || sense.capitals && self.is_foreign(entry)) || self.names(entry) > 0)
    }

    /// Whether a full name can be that of an office-holder: of one in office, or of one whose country the report names. Others share the names of
    /// prime ministers of long ago.
    fn is_meant(&self, holder: &Holder) -> bool {
        let Some(country) = &holder.country else { return true };
        self.in_office(holder, &holder.until) || self.told.contains(holder.name.as_str()) || self.about.contains_key(country.as_str())
    }

    /// A surname alone is an office-holder's where the full name or the title stands in the report, or where nobody else who governs on its day, or
    /// did a year before, bears it.
    fn is_meant_by_surname(&self, holder: &Holder) -> bool {
        if self.told.contains(holder.name.as_str()) {
            return true;
        }
        let lately = |h: &Holder| self.in_office(h, &a_year_after(&h.until));
        let namesake = |h: &Holder| h.name != holder.name && h.short.iter().any(|s| holder.short.contains(s)) && lately(h);
        lately(holder) && !self.dictionary.sources().holder.iter().any(namesake)
    }

    fn in_office(&self, holder: &Holder, until: &str) -> bool {
        self.today.as_deref().map_or(holder.until.is_empty(), |today| within(today, &holder.from, until))
    }

    /// Whether the report is about other countries than those of an armed group or a party: its acronym is then likely somebody else's.
    fn is_foreign(&self, entry: &Entry) -> bool {
        let shares = matches!(entry.kind, ActorKind::Group | ActorKind::Militia | ActorKind::Party);
        let mut homes = entry.country.iter().chain(&entry.active).peekable();
        shares && homes.peek().is_some() && !self.spelt_out.is_empty() && !homes.any(|c| self.spelt_out.contains_key(c))
    }

    /// How often the report names a country.
    pub fn country(&self, iso3: &str) -> u32 {
        self.about.get(iso3).copied().unwrap_or(0)
    }

    /// Whether the sense is the surname of one who governs, on the report's day, a country that the report names.
    pub fn governs(&self, sense: &Sense) -> bool {
        let Target::HolderShort(at) = sense.target else { return false };
        let holder = self.dictionary.sources().holder.get(at as usize);
        holder.is_some_and(|h| {
            self.today.is_some() && self.in_office(h, &h.until) && h.country.as_deref().is_some_and(|c| self.country(c) > 0)
        })
    }

    /// The greater the likelier: who exists before who does not, then by how often the report names its countries, then what somebody was
    /// at the time before what it is otherwise.
    pub fn weight(&self, target: Target) -> (bool, u32, bool) {
        let Target::Entry(at) = target else { return (true, 0, false) };
        let Some(entry) = self.dictionary.entry_at(at) else { return (false, 0, false) };
        let exists = match self.today.as_deref() {
            Some(today) => within(today, &entry.since, &entry.until),
            None => entry.until.is_empty(),
        };
        (exists, self.names(entry), entry.phase)
    }

    /// Counts the countries that a text names and collects the office-holders whom it names in full or with a title.
    fn look_through(&mut self, text: &str) {
        let dictionary = self.dictionary;
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|w| !w.is_empty()).collect();
        let mut at = 0;
        while at < words.len() {
            if !fold::has_capital(words[at]) {
                at += 1;
                continue;
            }
            let folded: Vec<String> = words[at..words.len().min(at + LONGEST)].iter().map(|w| fold::fold(w)).collect();
            let mut longest = None;
            dictionary.names().walk(folded.iter().map(String::as_str), |count, senses| longest = Some((count, senses)));
            let Some((count, senses)) = longest else {
                at += 1;
                continue;
            };
            let capitals = words[at..at + count].iter().all(|w| fold::in_capitals(w));
            // Those who share a name each count once, so that it tells nothing of them. A name that somebody bears as a short one tells nothing
            // either.
            let told = senses.iter().filter(|s| (capitals || !s.capitals) && !senses.iter().any(|other| other.near));
            let mut found: Vec<SmolStr> = told.filter_map(|s| home(dictionary, s.target)).collect();
            found.sort_unstable();
            found.dedup();
            for country in found {
                if !capitals {
                    *self.spelt_out.entry(country.clone()).or_insert(0) += 1;
                }
                *self.about.entry(country).or_insert(0) += 1;
            }
            let titled = at > 0 && is_title(dictionary, words[at - 1]);
            self.told.extend(
                senses
                    .iter()
                    .filter_map(|sense| match sense.target {
                        Target::Holder(n) => dictionary.sources().holder.get(n as usize),
                        Target::HolderShort(n) if titled => dictionary.sources().holder.get(n as usize),
                        _ => None,
                    })
                    .map(|holder| holder.name.as_str()),
            );
            at += count;
        }
    }

    /// How often the report names the countries of an actor; that of its home counts double.
    fn names(&self, entry: &Entry) -> u32 {
        let count = |country: &SmolStr| self.about.get(country).copied().unwrap_or(0);
        entry.country.as_ref().map_or(0, |c| count(c) * 2) + entry.active.iter().map(count).sum::<u32>()
    }
}

/// The same day, month or year a year later.
fn a_year_after(date: &str) -> String {
    match date.split_at_checked(4).and_then(|(year, rest)| Some((year.parse::<u32>().ok()? + 1, rest))) {
        Some((year, rest)) => format!("{year}{rest}"),
        None => date.to_owned(),
    }
}

/// Whether a word before a name is the title of one who holds an office.
fn is_title(dictionary: &Dictionary, word: &str) -> bool {
    dictionary.lexicon().word(&word.to_lowercase()).is_some_and(|noun| noun.kind == ActorKind::Person && !noun.sectors.is_empty())
}

/// The country that naming this names.
fn home(dictionary: &Dictionary, target: Target) -> Option<SmolStr> {
    match target {
        Target::Demonym(at) | Target::Capital(at) | Target::Seat(at) => dictionary.country_at(at).map(|c| SmolStr::from(&c.iso3)),
        // Peoples live in many countries, and papers write of all.
        Target::Entry(at) => dictionary.entry_at(at).filter(|e| !matches!(e.kind, ActorKind::Civilian | ActorKind::Media))?.country.clone(),
        Target::Holder(at) => dictionary.sources().holder.get(at as usize)?.country.as_ref().map(SmolStr::from),
        Target::HolderShort(_) | Target::Figure(_) | Target::FigureShort(_) => None,
    }
}
