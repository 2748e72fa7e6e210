//! Which of several actors of one name a report means: who existed on its day, and whose countries it names.

use super::{ActorKind, Dictionary, Entry, Sense, Target, fold, within};
use griot_types::SmolStr;
use std::collections::BTreeMap;

/// A country's name takes at most this many words.
const LONGEST: usize = 6;

/// What tells namesakes apart in one report.
pub struct Namesakes<'a> {
    dictionary: &'a Dictionary,
    /// The day of publication as the dictionaries write it.
    today: Option<String>,
    /// How often the whole text names each country: by name, people, capital or an actor at home there.
    about: BTreeMap<SmolStr, u32>,
}

impl<'a> Namesakes<'a> {
    /// For a report with this text and day.
    pub fn new(dictionary: &'a Dictionary, text: &str, today: Option<String>) -> Namesakes<'a> {
        Namesakes { dictionary, today, about: about(dictionary, text) }
    }

    /// Whether a name can have this sense in the report.
    pub fn allows(&self, sense: &Sense) -> bool {
        let Target::Entry(at) = sense.target else { return true };
        let Some(entry) = self.dictionary.entry_at(at) else { return false };
        let in_its_phase = !entry.phase || self.today.as_deref().is_some_and(|t| within(t, &entry.since, &entry.until));
        in_its_phase && (!sense.near || self.names(entry) > 0)
    }

    /// The greater the likelier: who exists before who does not, what somebody was at the time before what it is otherwise, then by how often
    /// the report names its countries.
    pub fn weight(&self, target: Target) -> (bool, bool, u32) {
        let Target::Entry(at) = target else { return (true, false, 0) };
        let Some(entry) = self.dictionary.entry_at(at) else { return (false, false, 0) };
        let exists = match self.today.as_deref() {
            Some(today) => within(today, &entry.since, &entry.until),
            None => entry.until.is_empty(),
        };
        (exists, entry.phase, self.names(entry))
    }

    /// How often the report names the countries of an actor; that of its home counts double.
    fn names(&self, entry: &Entry) -> u32 {
        let count = |country: &SmolStr| self.about.get(country).copied().unwrap_or(0);
        entry.country.as_ref().map_or(0, |c| count(c) * 2) + entry.active.iter().map(count).sum::<u32>()
    }
}

/// How often a text names each country.
fn about(dictionary: &Dictionary, text: &str) -> BTreeMap<SmolStr, u32> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|w| !w.is_empty()).collect();
    let mut about = BTreeMap::new();
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
        // Those who share a name each count once, so that it tells nothing of them.
        let mut found: Vec<SmolStr> =
            senses.iter().filter(|s| !s.near && (capitals || !s.capitals)).filter_map(|s| home(dictionary, s.target)).collect();
        found.sort_unstable();
        found.dedup();
        for country in found {
            *about.entry(country).or_insert(0) += 1;
        }
        at += count;
    }
    about
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
