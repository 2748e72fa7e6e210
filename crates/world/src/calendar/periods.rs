//! What a sentence says of time beside its dates: how long ('a 27-year war', 'a four day truce'), how often ('weekly', 'every year', '200 a
//! day'), at what hour ('18:00 UTC', '4 a.m.') and now, before or after ('currently', 'recently', 'soon'). None of it names a day by itself.

use super::{
    Timex,
    lexer::Lexer,
    timex::period,
    words::{Reference, Unit},
};
use griot_types::{Date, SmolStr};

impl Lexer<'_> {
    /// All of them in order; none overlaps the tokens of `taken`. The hour of a day counts on `day`.
    pub fn periods(&self, taken: &[(usize, usize)], day: Option<Date>) -> Vec<Timex> {
        let mut found: Vec<Timex> = Vec::new();
        let mut i = 0;
        while i < self.len() {
            if let Some((_, end)) = taken.iter().find(|(first, end)| (*first..*end).contains(&i)) {
                i = *end;
                continue;
            }
            match self.period(i, day).filter(|timex| !taken.iter().any(|(first, end)| *first < timex.end && timex.first < *end)) {
                Some(timex) => {
                    i = timex.end;
                    found.push(timex);
                }
                None => i += 1,
            }
        }
        found
    }

    fn period(&self, i: usize, day: Option<Date>) -> Option<Timex> {
        let (end, value) = self
            .clock(i, day)
            .or_else(|| self.offset(i))
            .or_else(|| self.modifier(i))
            .or_else(|| self.rate(i))
            .or_else(|| self.reference(i).map(|(end, value)| (end, value.into())))?;
        Some(Timex { first: i, end, value })
    }

    /// '27-year', 'four-week', 'a 20 year low': a stretch before the noun that it measures.
    fn modifier(&self, i: usize) -> Option<(usize, SmolStr)> {
        // Some tokenizers leave the hyphens inside the word.
        if let Some((number, unit)) = self.low(i).split_once('-') {
            let count = number.parse().ok().or_else(|| self.words.sense(number).number.map(i32::from))?;
            let unit = unit.strip_suffix("-long").unwrap_or(unit);
            return self.words.sense(unit).unit.map(|unit| (i + 1, period(count.unsigned_abs(), unit).into()));
        }
        let (at, count) = self.count(i)?;
        let hyphen = self.is(at, &["-", "–"]);
        let at = at + usize::from(hyphen);
        let unit = self.sense(at).unit.filter(|_| self.singular(at))?;
        let old = self.is(at + 1, &["old"]) || self.is(at + 1, &["-"]) && self.is(at + 2, &["old"]);
        let measures = hyphen || count > 1 && self.noun(at + 1);
        (measures && !old).then(|| (at + 1, period(count.unsigned_abs(), unit).into()))
    }

    /// 'five years after the coup', 'two days before': so long, counted from something that is no time.
    fn offset(&self, i: usize) -> Option<(usize, SmolStr)> {
        let (at, count) = self.count(i)?;
        let unit = self.sense(at).unit?;
        self.is(at + 1, &["after", "before"]).then(|| (at + 1, period(count.unsigned_abs(), unit).into()))
    }

    /// 'annual', 'every week', '200 people a day'.
    fn rate(&self, i: usize) -> Option<(usize, SmolStr)> {
        if let Some(value) = self.words.sets.get(self.low(i)) {
            return Some((i + 1, value.clone()));
        }
        let unit = self.sense(i + 1).unit.filter(|unit| *unit >= Unit::Hour && self.singular(i + 1))?;
        let each = self.is(i, &["every", "each", "per"]);
        // 'a day' after a number or what is counted is a rate; at the start of a clause it is a day.
        let counted = i > 0 && self.is(i, &["a", "an"]) && self.counted_before(i);
        (each || counted).then(|| (i + 2, period(1, unit).into()))
    }

    /// Whether a number stands in the two words before.
    fn counted_before(&self, i: usize) -> bool {
        (i.saturating_sub(2)..i).any(|at| self.low(at).starts_with(|c: char| c.is_ascii_digit()) || self.sense(at).number.is_some())
    }

    /// '18:00 UTC', '0800 GMT', '6:40 p.m.', '4 a.m.'.
    fn clock(&self, i: usize, day: Option<Date>) -> Option<(usize, SmolStr)> {
        let word = self.low(i).to_owned();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let mut at = i + 1;
        let (hour, minute) = match word.split_once([':', '.']) {
            Some((hour, minute)) if is_number(hour) && minute.len() == 2 && is_number(minute) => (hour.to_owned(), minute.to_owned()),
            None if is_number(&word) && self.is(at, &[":"]) && self.touches(at) && is_number(self.low(at + 1)) => {
                at += 2;
                (word, self.low(at - 1).to_owned())
            }
            None if is_number(&word) && word.len() == 4 => (word[..2].to_owned(), word[2..].to_owned()),
            None if is_number(&word) && word.len() <= 2 => (word, "00".to_owned()),
            _ => return None,
        };
        let whole = !self.low(i).contains([':', '.']) && at == i + 1;
        let (mut hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
        let half = self.low(at).replace('.', "");
        let named = matches!(half.as_str(), "am" | "pm");
        if named {
            hour = hour % 12 + if half == "pm" { 12 } else { 0 };
            at += 1;
        }
        let zone = self.is(at, &["utc", "gmt"]);
        let end = at + usize::from(zone);
        // A number alone is no time of day.
        if hour > 23 || minute > 59 || whole && !named && !zone {
            return None;
        }
        let day = day.map_or("XXXX-XX-XX".to_owned(), |day| day.to_string());
        Some((end, format!("{day}T{hour:02}:{minute:02}{}", if zone { "Z" } else { "" }).into()))
    }

    /// 'currently', 'recently', 'the future'.
    fn reference(&self, i: usize) -> Option<(usize, &'static str)> {
        let at = i + usize::from(self.is(i, &["the"]));
        let reference = self.words.references.get(self.low(at))?;
        // 'future' and 'past' alone are adjectives of other things, and 'the now' is rare.
        let noun = self.is(at, &["future", "past", "present"]);
        if noun && (at == i || self.noun(at + 1) || self.count(at + 1).is_some() || self.sense(at + 1).unit.is_some()) {
            return None;
        }
        let value = match reference {
            Reference::Past => "PAST_REF",
            Reference::Present => "PRESENT_REF",
            Reference::Future => "FUTURE_REF",
        };
        Some((at + 1, value))
    }
}
