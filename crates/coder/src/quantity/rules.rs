//! How words count, read from `codebook/counting.toml`.

use griot_types::{Bound, SmolStr};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The rules that ship with the program.
const SHIPPED: &str = include_str!("../../../../codebook/counting.toml");

/// Why counting rules could not be read.
#[derive(Debug)]
pub struct CountingError(String);

impl std::fmt::Display for CountingError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the counting rules are not valid: {}", self.0)
    }
}

impl std::error::Error for CountingError {}

/// What words are worth under one rule set.
pub struct CountingRules {
    /// Phrases before a number with what they say of it, `None` for nothing; longest first.
    pub(super) before: Vec<(Vec<SmolStr>, Option<Bound>)>,
    /// Phrases after a number.
    pub(super) after: Vec<(Vec<SmolStr>, Bound)>,
    pub(super) numbers: HashMap<SmolStr, f64>,
    pub(super) scales: HashMap<SmolStr, f64>,
    pub(super) suffixes: HashMap<SmolStr, f64>,
    pub(super) fractions: HashMap<SmolStr, f64>,
    /// 'dozens'.
    pub(super) plurals: HashMap<SmolStr, f64>,
    /// 'several'.
    pub(super) few: HashMap<SmolStr, f64>,
    /// Symbols and words of money; longest first.
    pub(super) currencies: Vec<(Vec<SmolStr>, SmolStr)>,
    pub(super) measures: HashSet<SmolStr>,
    pub(super) labels: HashSet<SmolStr>,
    pub(super) months: HashSet<SmolStr>,
    /// Nouns before 'at' and a number that is no hour: 'put the toll at 14'.
    pub(super) tolls: HashSet<SmolStr>,
    pub(super) strength: HashSet<SmolStr>,
    pub(super) change: HashSet<SmolStr>,
    /// By how many percent something changes that doubles or is halved.
    pub(super) multiples: HashMap<SmolStr, f64>,
    pub(super) groups: HashSet<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "version")]
    _version: String,
    before: Before,
    after: After,
    numbers: HashMap<SmolStr, f64>,
    scales: HashMap<SmolStr, f64>,
    suffixes: HashMap<SmolStr, f64>,
    fractions: HashMap<SmolStr, f64>,
    sets: BTreeMap<String, Set>,
    currencies: BTreeMap<String, SmolStr>,
    not_counted: NotCounted,
    joined: Joined,
    groups: Groups,
    change: Change,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    more_than: Vec<String>,
    less_than: Vec<String>,
    about: Vec<String>,
    plain: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct After {
    more_than: Vec<String>,
    less_than: Vec<String>,
    about: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    plurals: HashMap<SmolStr, f64>,
    few: HashMap<SmolStr, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotCounted {
    measures: HashSet<SmolStr>,
    labels: HashSet<SmolStr>,
    months: HashSet<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joined {
    tolls: HashSet<SmolStr>,
    strength: HashSet<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Groups {
    nouns: HashSet<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    words: HashSet<SmolStr>,
    multiples: HashMap<SmolStr, f64>,
}

impl CountingRules {
    /// Reads rules in the form of `codebook/counting.toml` and takes the rule set `set` (`default`, `acled`) of them.
    ///
    /// # Errors
    /// The text is not TOML, lacks a table or has one that is not known, or has no such rule set.
    pub fn from_toml(text: &str, set: &str) -> Result<Self, CountingError> {
        let mut file: File = toml::from_str(text).map_err(|e| CountingError(e.to_string()))?;
        let known = || file.sets.keys().cloned().collect::<Vec<_>>().join(", ");
        let known = known();
        let Set { plurals, few } =
            file.sets.remove(set).ok_or_else(|| CountingError(format!("there is no rule set '{set}', only {known}")))?;
        let mut before = phrases(file.before.more_than, Some(Bound::MoreThan));
        before.extend(phrases(file.before.less_than, Some(Bound::LessThan)));
        before.extend(phrases(file.before.about, Some(Bound::About)));
        before.extend(phrases(file.before.plain, None));
        let mut after = phrases(file.after.more_than, Bound::MoreThan);
        after.extend(phrases(file.after.less_than, Bound::LessThan));
        after.extend(phrases(file.after.about, Bound::About));
        let mut currencies: Vec<_> = file.currencies.into_iter().map(|(name, code)| (words(&name), code)).collect();
        before.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        after.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        currencies.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        Ok(CountingRules {
            before,
            after,
            numbers: file.numbers,
            scales: file.scales,
            suffixes: file.suffixes,
            fractions: file.fractions,
            plurals,
            few,
            currencies,
            measures: file.not_counted.measures,
            labels: file.not_counted.labels,
            months: file.not_counted.months,
            tolls: file.joined.tolls,
            strength: file.joined.strength,
            change: file.change.words,
            multiples: file.change.multiples,
            groups: file.groups.nouns,
        })
    }

    /// By how many percent a thing has changed that did what the word says: 'doubled', 'halved'.
    pub fn multiple(&self, lemma: &str) -> Option<f64> {
        self.multiples.get(lemma).copied()
    }

    /// The shipped rules under another rule set.
    ///
    /// # Errors
    /// There is no such rule set.
    pub fn shipped(set: &str) -> Result<Self, CountingError> {
        Self::from_toml(SHIPPED, set)
    }
}

impl Default for CountingRules {
    /// The shipped rules under the rule set `default`.
    fn default() -> Self {
        Self::shipped("default").expect("the shipped counting rules are read by the tests")
    }
}

fn words(phrase: &str) -> Vec<SmolStr> {
    phrase.split_whitespace().map(SmolStr::from).collect()
}

fn phrases<B: Copy>(list: Vec<String>, bound: B) -> Vec<(Vec<SmolStr>, B)> {
    list.iter().map(|phrase| (words(phrase), bound)).collect()
}
