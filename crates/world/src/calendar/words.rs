//! The vocabulary of dates, read from `codebook/calendar.toml`.

use super::feast::Feast;
use griot_types::SmolStr;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Why a calendar could not be read.
#[derive(Debug)]
pub struct CalendarError(String);

impl std::fmt::Display for CalendarError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the calendar is not valid: {}", self.0)
    }
}

impl std::error::Error for CalendarError {}

/// What a stretch of time is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Where words without a date point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reference {
    Past,
    Present,
    Future,
}

/// A third of a month, a year or a decade, or a half of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    Early,
    Mid,
    Late,
    FirstHalf,
    SecondHalf,
}

/// All that one word can mean in a date. Few words mean more than one thing; the grammar asks for the one that it needs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sense {
    /// 1 to 12.
    pub month: Option<u8>,
    /// Whether that month is a common word too.
    pub ambiguous: bool,
    /// 1 is Monday.
    pub weekday: Option<u8>,
    /// 1 to 31.
    pub ordinal: Option<u8>,
    /// 'ten'.
    pub number: Option<u16>,
    /// 'years'.
    pub unit: Option<Unit>,
    /// 'last', 'this', 'next'.
    pub shift: Option<i8>,
    /// 'yesterday'.
    pub day: Option<i8>,
    /// 'morning'.
    pub day_part: bool,
    /// 'early'.
    pub part: Option<Part>,
    /// First and last month.
    pub season: Option<(u8, u8)>,
    /// Whether a holiday's name starts with it.
    pub holiday: bool,
}

/// A holiday's words and when it is.
pub(super) struct Holiday {
    pub words: Vec<SmolStr>,
    pub feast: Feast,
}

/// The vocabulary of dates.
pub(super) struct Words {
    senses: HashMap<SmolStr, Sense>,
    pub holidays: Vec<Holiday>,
    pub day_first: bool,
    /// Words for how often, with TimeML's value.
    pub sets: HashMap<SmolStr, SmolStr>,
    pub references: HashMap<SmolStr, Reference>,
    pub achieved: HashSet<SmolStr>,
    pub prospective: HashSet<SmolStr>,
    pub intending: HashSet<SmolStr>,
    /// Nouns for acts that nobody announces.
    pub unannounced: HashSet<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "version")]
    _version: String,
    day_first: bool,
    months: Vec<Vec<SmolStr>>,
    ambiguous_months: Vec<SmolStr>,
    weekdays: Vec<Vec<SmolStr>>,
    ordinals: Vec<Vec<SmolStr>>,
    numbers: BTreeMap<SmolStr, u16>,
    units: BTreeMap<SmolStr, Vec<SmolStr>>,
    shifts: BTreeMap<SmolStr, i8>,
    days: BTreeMap<SmolStr, i8>,
    day_parts: Vec<SmolStr>,
    parts: BTreeMap<SmolStr, Part>,
    seasons: BTreeMap<SmolStr, (u8, u8)>,
    holidays: BTreeMap<String, String>,
    sets: HashMap<SmolStr, SmolStr>,
    references: HashMap<SmolStr, Reference>,
    tense: Tense,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tense {
    achieved: HashSet<SmolStr>,
    prospective: HashSet<SmolStr>,
    intending: HashSet<SmolStr>,
    unannounced: HashSet<SmolStr>,
}

impl Words {
    /// Reads the file's text and checks that lists are as long as the calendar wants them.
    pub fn from_toml(text: &str) -> Result<Self, CalendarError> {
        let file: File = toml::from_str(text).map_err(|e| CalendarError(e.to_string()))?;
        for (name, list, length) in [("months", &file.months, 12), ("weekdays", &file.weekdays, 7), ("ordinals", &file.ordinals, 31)] {
            if list.len() != length {
                return Err(CalendarError(format!("{name} has {} entries, not {length}", list.len())));
            }
        }
        let mut senses: HashMap<SmolStr, Sense> = HashMap::new();
        let mut put = |word: &SmolStr, set: &dyn Fn(&mut Sense)| set(senses.entry(word.to_lowercase().into()).or_default());
        for (number, words) in (1..).zip(&file.months) {
            words.iter().for_each(|w| put(w, &|s| s.month = Some(number)));
        }
        file.ambiguous_months.iter().for_each(|w| put(w, &|s| s.ambiguous = true));
        for (number, words) in (1..).zip(&file.weekdays) {
            words.iter().for_each(|w| put(w, &|s| s.weekday = Some(number)));
        }
        for (number, words) in (1..).zip(&file.ordinals) {
            words.iter().for_each(|w| put(w, &|s| s.ordinal = Some(number)));
        }
        file.numbers.iter().for_each(|(w, n)| put(w, &|s| s.number = Some(*n)));
        for (name, words) in &file.units {
            let unit = toml::Value::String(name.to_string()).try_into::<Unit>().map_err(|e| CalendarError(e.to_string()))?;
            words.iter().for_each(|w| put(w, &|s| s.unit = Some(unit)));
        }
        file.shifts.iter().for_each(|(w, n)| put(w, &|s| s.shift = Some(*n)));
        file.days.iter().for_each(|(w, n)| put(w, &|s| s.day = Some(*n)));
        file.day_parts.iter().for_each(|w| put(w, &|s| s.day_part = true));
        file.parts.iter().for_each(|(w, p)| put(w, &|s| s.part = Some(*p)));
        file.seasons.iter().for_each(|(w, months)| put(w, &|s| s.season = Some(*months)));
        let mut holidays = Vec::new();
        for (name, day) in &file.holidays {
            let feast = Feast::read(day)
                .ok_or_else(|| CalendarError(format!("'{day}' is no day of the year, of Easter or of the Islamic year")))?;
            // The tokenizer parts the possessive from its word.
            let name = name.replace("'s", " 's").replace('-', " - ");
            let words: Vec<SmolStr> = name.split_whitespace().map(SmolStr::from).collect();
            if let Some(first) = words.first() {
                put(first, &|s| s.holiday = true);
            }
            holidays.push(Holiday { words, feast });
        }
        let Tense { achieved, prospective, intending, unannounced } = file.tense;
        let (sets, references) = (file.sets, file.references);
        Ok(Words { senses, holidays, day_first: file.day_first, sets, references, achieved, prospective, intending, unannounced })
    }

    /// What a lower-case word can mean.
    pub fn sense(&self, word: &str) -> Sense {
        self.senses.get(word).copied().unwrap_or_default()
    }
}
