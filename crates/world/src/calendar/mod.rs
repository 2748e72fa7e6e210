//! Phrases of time to days.
//!
//! [`Calendar::read`] finds the phrases of one sentence ('on Friday', 'since 2015', 'the first half of 2023') and lays them on the calendar as the
//! claim's contract wants them: relative ones count from the publication date, partial ones are completed from it, backwards unless their clause
//! looks ahead. What cannot be resolved keeps its words and has no days.
//!
//! * `words`: the vocabulary, from `codebook/calendar.toml`.
//! * `lexer`: a sentence's words with their meanings. `times`: phrases without preposition. `grammar`: phrases with theirs.
//! * `feast`: holidays that move. `timex`: the values of TimeML. `periods`: what is said of time beside dates.
//! * `phrase`: what phrases say. `tense`: their clause. `resolve`: their days.

mod feast;
mod grammar;
mod lexer;
mod periods;
mod phrase;
mod resolve;
mod tense;
#[cfg(test)]
mod tests;
mod times;
mod timex;
mod words;

pub use phrase::TimeKind;
pub use timex::Timex;
pub use words::CalendarError;

use griot_types::{Date, NameKind, Precision, Sentence, Time};
use lexer::Lexer;
use phrase::{Expr, Phrase};
use resolve::{Days, Look};
use words::Words;

/// The vocabulary that ships with the program.
const SHIPPED: &str = include_str!("../../../../codebook/calendar.toml");

/// Reads phrases of time.
pub struct Calendar {
    words: Words,
}

/// A phrase of time in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// Its first token, the preposition where it has one.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// Its days, with the report's words.
    pub time: Time,
    /// How the words stand to those days.
    pub kind: TimeKind,
    /// The verb or predicate whose clause it stands in, by the tree.
    pub clause: Option<usize>,
    /// The same in TimeML's terms: one value, two for a range, none where no value can be told.
    pub timex: Vec<Timex>,
}

impl Calendar {
    /// Reads a vocabulary in the form of `codebook/calendar.toml`.
    ///
    /// # Errors
    /// The text is not TOML, lacks a table or has one that is not known, or its lists are not as long as the calendar's.
    pub fn from_toml(text: &str) -> Result<Self, CalendarError> {
        Ok(Calendar { words: Words::from_toml(text)? })
    }

    /// The phrases of time in `sentence`, in order, none overlapping. `text` is the report's text, `today` its publication date.
    ///
    /// With no `today` only what names its year is resolved. Phrases inside the name of a person or an organisation are left out.
    pub fn read(&self, text: &str, sentence: &Sentence, today: Option<Date>) -> Vec<TimeMention> {
        self.read_after(text, sentence, today, &mut Anchor::default())
    }

    /// What the sentence says of time beside the phrases of `mentions`, which [`Calendar::read`] found in it: lengths, rates, hours of the day
    /// and words such as 'recently', each with its TimeML value. None of them dates an act by itself.
    pub fn periods(&self, text: &str, sentence: &Sentence, today: Option<Date>, mentions: &[TimeMention]) -> Vec<Timex> {
        let lexer = Lexer::new(&self.words, text, sentence);
        // 'two days after the raid' is a phrase without a day; its length is told here.
        let valued = mentions.iter().filter(|mention| !mention.timex.is_empty());
        let taken: Vec<(usize, usize)> = valued.map(|mention| (mention.first, mention.end)).collect();
        let named = mentions.iter().find(|mention| mention.time.precision == Some(Precision::Day)).and_then(|mention| mention.time.start);
        lexer.periods(&taken, named.or(today))
    }

    /// The same for the sentences of one report in order: 'the same day' and 'three days later' count from the time that `anchor` carries from
    /// sentence to sentence.
    pub fn read_after(&self, text: &str, sentence: &Sentence, today: Option<Date>, anchor: &mut Anchor) -> Vec<TimeMention> {
        let lexer = Lexer::new(&self.words, text, sentence);
        if !lexer.worth_reading() {
            return Vec::new();
        }
        let mut mentions = Vec::new();
        let mut named: Vec<Days> = Vec::new();
        for phrase in lexer.phrases() {
            if in_a_name(sentence, phrase.first, phrase.end) {
                continue;
            }
            let (clause, tense) = tense::clause(&self.words, sentence, phrase.first, phrase.end);
            let nearest = named.last().copied().or(anchor.0);
            let (kind, days) = resolve::resolve(phrase.frame, &phrase.expr, today, tense, nearest);
            if matches!(kind, TimeKind::At | TimeKind::Anchored) && days.start.is_some() {
                named.push(days);
            }
            let words = sentence.cover(phrase.first, phrase.end).of(text).to_owned();
            let time = Time { text: words, start: days.start, end: days.end, precision: days.precision };
            let timex = timexes(&lexer, &phrase, today, resolve::look(phrase.frame, tense), days);
            mentions.push(TimeMention { first: phrase.first, end: phrase.end, time, kind, clause, timex });
        }
        // Of the times of a sentence the earliest is the act's: what is said is said later.
        if let Some(earliest) = named.into_iter().min_by_key(|days| days.start) {
            *anchor = Anchor(Some(earliest));
        }
        mentions
    }
}

/// TimeML's values of a phrase, with the part of the day that its last word names.
fn timexes(lexer: &Lexer, phrase: &Phrase, today: Option<Date>, look: Look, resolved: Days) -> Vec<Timex> {
    let one = |first: usize, end: usize, expr: &Expr| {
        let value = timex::value(expr, today, look, resolved)?;
        let is_day = value.len() == 10 && value.starts_with(|c: char| c.is_ascii_digit());
        let part = (first..end).find_map(|t| lexer.part_of_day(t)).filter(|_| is_day);
        Some(Timex { first, end, value: part.map_or(value.clone(), |part| format!("{value}T{part}").into()) })
    };
    match (&phrase.expr, phrase.joint) {
        (Expr::Range(from, to), Some((joint, after))) => {
            one(phrase.core, joint, from).into_iter().chain(one(after, phrase.end, to)).collect()
        }
        // '3 to 5 May' is one phrase of two days.
        (Expr::Range(from, to), None) => {
            let middle = (phrase.core + 1).min(phrase.end);
            one(phrase.core, middle, from).into_iter().chain(one(middle, phrase.end, to)).collect()
        }
        (expr, _) => one(phrase.core, phrase.end, expr).into_iter().collect(),
    }
}

/// The time that the next sentence may count from. Start each report with a new one.
#[derive(Clone, Debug, Default)]
pub struct Anchor(Option<Days>);

impl Default for Calendar {
    /// The shipped vocabulary.
    fn default() -> Self {
        Self::from_toml(SHIPPED).expect("the shipped calendar is read by the tests")
    }
}

/// Whether the phrase is a part of a longer name: the 23 March Movement.
fn in_a_name(sentence: &Sentence, first: usize, end: usize) -> bool {
    sentence.names.iter().any(|name| {
        let (from, to) = (name.first as usize, name.end as usize);
        name.kind != NameKind::Place && from < end && end <= to && (to > end || from < first)
    })
}
