//! A sentence's words with what they can mean in a date, and the small questions that the grammar asks of them.

use super::words::{Sense, Words};
use griot_types::{Deprel, Sentence, SmolStr, Upos, Xpos};

/// One sentence under the grammar. All arguments are token numbers; a number beyond the end has no word and no meaning.
pub(super) struct Lexer<'a> {
    pub words: &'a Words,
    pub sentence: &'a Sentence,
    text: &'a str,
    lower: Vec<SmolStr>,
    senses: Vec<Sense>,
}

impl<'a> Lexer<'a> {
    /// Looks every word up.
    pub fn new(words: &'a Words, text: &'a str, sentence: &'a Sentence) -> Self {
        let mut lower: Vec<SmolStr> = sentence.tokens.iter().map(|t| lower(t.span.of(text))).collect();
        // Taken for an abbreviation, a sentence's last word keeps the full stop: 'on New Year's Eve.'
        if let Some(last) = lower.last_mut()
            && let Some(bare) = last.strip_suffix('.').filter(|bare| bare.len() > 2 && !bare.contains('.'))
        {
            *last = bare.into();
        }
        let senses = lower.iter().map(|word| words.sense(word)).collect();
        Lexer { words, sentence, text, lower, senses }
    }

    /// Whether any word can be the middle of a date: most sentences end here.
    pub fn worth_reading(&self) -> bool {
        self.senses.iter().zip(&self.lower).any(|(s, word)| {
            let anchor = s.month.is_some() || s.weekday.is_some() || s.unit.is_some() || s.day.is_some() || s.season.is_some();
            anchor
                || s.day_part
                || s.holiday
                || word.starts_with(|c: char| c.is_ascii_digit() || c == '\'' || c == '’')
                || word.starts_with("mid-")
                || matches!(word.as_str(), "overnight" | "weekend" | "q1" | "q2" | "q3" | "q4")
        })
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.lower.len()
    }

    /// The word in lower case; empty beyond the end.
    pub fn low(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", |w| w.as_str())
    }

    /// Whether the word is one of `words`.
    pub fn is(&self, i: usize, words: &[&str]) -> bool {
        self.lower.get(i).is_some_and(|w| words.contains(&w.as_str()))
    }

    /// What the word can mean.
    pub fn sense(&self, i: usize) -> Sense {
        self.senses.get(i).copied().unwrap_or_default()
    }

    /// Whether the report writes it with a capital.
    pub fn capital(&self, i: usize) -> bool {
        self.sentence.tokens.get(i).is_some_and(|t| t.span.of(self.text).starts_with(char::is_uppercase))
    }

    /// Whether no space parts it from the word before.
    pub fn touches(&self, i: usize) -> bool {
        i > 0 && self.sentence.tokens.get(i).is_some_and(|t| t.span.start == self.sentence.tokens[i - 1].span.end)
    }

    fn upos(&self, i: usize) -> Option<Upos> {
        self.sentence.tokens.get(i).map(|t| t.upos)
    }

    /// Whether the tagger takes it for a noun or a name.
    pub fn noun(&self, i: usize) -> bool {
        matches!(self.upos(i), Some(Upos::Noun | Upos::Propn))
    }

    /// Whether the tagger takes it for a verb: 'will last two years'.
    pub fn verb(&self, i: usize) -> bool {
        matches!(self.upos(i), Some(Upos::Verb | Upos::Aux))
    }

    /// Whether it determines the noun after it ('that day') and is no pronoun or conjunction.
    pub fn det(&self, i: usize) -> bool {
        self.upos(i) == Some(Upos::Det)
    }

    /// Whether a word for a unit stands in the singular. Units form their plural regularly.
    pub fn singular(&self, i: usize) -> bool {
        let word = self.low(i);
        !(word.ends_with('s') || word.ends_with("ies"))
    }

    /// TimeML's letters for the part of the day that the word names, if it is one of the four that TimeML has.
    pub fn part_of_day(&self, i: usize) -> Option<&'static str> {
        self.sense(i).day_part.then_some(())?;
        match self.low(i) {
            "morning" | "dawn" => Some("MO"),
            "afternoon" => Some("AF"),
            "evening" | "dusk" => Some("EV"),
            "night" | "nightfall" => Some("NI"),
            _ => None,
        }
    }

    /// A plural noun by its tag.
    fn plural(&self, i: usize) -> bool {
        self.sentence.tokens.get(i).is_some_and(|t| matches!(t.xpos, Xpos::Nns | Xpos::Nnps))
    }

    /// Whether the number at `i` counts the words after it: '… 12 people', '… 12 were killed'.
    pub fn counts_what_follows(&self, i: usize) -> bool {
        if self.upos(i) != Some(Upos::Num) || self.low(i).ends_with(['t', 'd', 'h']) {
            return false;
        }
        let token = &self.sentence.tokens[i];
        let noun_ahead =
            (i + 1..(i + 4).min(self.len())).take_while(|&at| self.noun(at) || self.upos(at) == Some(Upos::Adj)).any(|at| self.plural(at));
        let subject = matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass) && self.upos(i + 1) == Some(Upos::Aux);
        (token.deprel == Deprel::Nummod && noun_ahead && token.head > i as u32) || subject
    }

    /// '3', '3rd', 'third'.
    pub fn day_number(&self, i: usize) -> Option<u8> {
        if let Some(ordinal) = self.sense(i).ordinal {
            return Some(ordinal);
        }
        let word = self.low(i);
        word.parse::<u8>().ok().filter(|day| (1..=31).contains(day) && word.len() <= 2)
    }

    /// The month that the word names. `beside` says that a number or a shift stands by it, which settles 'May' and 'March'.
    pub fn month_at(&self, i: usize, beside: bool) -> Option<u8> {
        let sense = self.sense(i);
        let month = sense.month.filter(|_| self.capital(i))?;
        if !sense.ambiguous || beside {
            return Some(month);
        }
        let led = i > 0
            && self.is(
                i - 1,
                &[
                    "in", "since", "by", "until", "till", "from", "between", "during", "before", "after", "of", "early", "late", "mid",
                    "and", "to", "-", "through",
                ],
            );
        match self.upos(i) {
            Some(Upos::Verb | Upos::Aux) => None,
            _ if led => Some(month),
            Some(Upos::Propn) if i > 0 => Some(month),
            _ => None,
        }
    }

    /// A year straight after a day or a month ('3 May 2023', 'May 3, 2023', 'March of 2021'): where the phrase ends, and the year.
    pub fn year_after(&self, i: usize) -> (usize, Option<i16>) {
        if let Some(year) = self.year_token(i).filter(|_| !(self.counts_what_follows(i) && self.low(i).ends_with("00"))) {
            return (i + 1, Some(year));
        }
        if self.is(i, &[",", "of"])
            && let Some(year) = self.year_token(i + 1).filter(|_| !self.counts_what_follows(i + 1))
        {
            return (i + 2, Some(year));
        }
        (i, None)
    }

    /// A year by its shape alone.
    pub fn year_token(&self, i: usize) -> Option<i16> {
        let word = self.low(i);
        let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        word.parse().ok().filter(|year| digits && (1500..=2100).contains(year))
    }

    /// Whether the words around a number shaped like a year let it be one.
    ///
    /// After 'in', 'since' and their like it is a year even before a plural noun ('In 2013 rebels …'), except for a round number that the
    /// tree makes count that noun ('in 2000 villages'). After other prepositions and articles it must not count anything.
    pub fn year_stands(&self, i: usize) -> bool {
        let counting = self.counts_what_follows(i);
        let before = |words: &[&str]| i > 0 && self.is(i - 1, words);
        if before(&["in", "since", "during", "until", "till", "throughout"]) {
            return !(counting && self.low(i).ends_with("00"));
        }
        if before(&[
            "by", "from", "between", "after", "before", "of", "for", "around", "circa", "to", "and", "through", "-", "–", "year", "or",
            "into",
        ]) {
            return !counting && !self.unit_of_measure(i + 1) && !self.after_number_word(i);
        }
        if before(&["("]) {
            return self.is(i + 1, &[")", "-", "–", ";", ","]);
        }
        let modifies = matches!(self.upos(i + 1), Some(Upos::Noun | Upos::Adj | Upos::Propn))
            && (1900..=2060).contains(&self.year_token(i).unwrap_or(0));
        let led = i > 0
            && (matches!(self.upos(i - 1), Some(Upos::Det))
                || self.sentence.tokens[i - 1].xpos == Xpos::PrpPoss
                || self.is(i - 1, &["'s", "’s"]));
        modifies && led
    }

    /// 'of 2000 km', 'by 2000 percent'.
    fn unit_of_measure(&self, i: usize) -> bool {
        self.is(
            i,
            &["%", "percent", "per", "km", "miles", "metres", "meters", "tonnes", "tons", "million", "billion", "thousand", "hundred"],
        )
    }

    /// 'Resolution 1325 and 2000': a name with numbers, not a year.
    fn after_number_word(&self, i: usize) -> bool {
        i > 1 && self.is(i - 1, &["and", "to", "-", "–", "or"]) && self.upos(i - 2) == Some(Upos::Num) && self.year_token(i - 2).is_none()
    }

    /// A number of units: 'ten', '10', 'twenty-five', 'a', 'half a'. Where it ends, and its value.
    pub fn count(&self, i: usize) -> Option<(usize, i32)> {
        let word = self.low(i);
        if word.len() <= 4
            && let Ok(value) = word.parse::<u16>()
        {
            return Some((i + 1, i32::from(value)));
        }
        let value = i32::from(self.sense(i).number?);
        if value >= 20 && self.is(i + 1, &["-", "–"]) {
            let unit = self.sense(i + 2).number.filter(|unit| *unit < 10)?;
            return Some((i + 3, value + i32::from(unit)));
        }
        if self.is(i, &["a"]) && self.is(i + 1, &["dozen"]) {
            return Some((i + 2, 12));
        }
        if self.is(i, &["a", "one"]) && self.is(i + 1, &["hundred"]) {
            return Some((i + 2, 100));
        }
        if self.is(i, &["a"]) && (self.is(i + 1, &["couple"]) && self.is(i + 2, &["of"])) {
            return Some((i + 3, 2));
        }
        Some((i + 1, value))
    }

    /// 'several', 'a few', 'many', 'some': how many words of a count that names no number.
    pub fn vague_count(&self, i: usize) -> usize {
        if self.is(i, &["several", "many", "few", "numerous"]) {
            return 1;
        }
        if self.is(i, &["a"]) && self.is(i + 1, &["few", "number"]) {
            return 2 + usize::from(self.is(i + 2, &["of"]));
        }
        0
    }

    /// Past 'more than', 'about', 'almost' and their like.
    pub fn skip_bound(&self, i: usize) -> usize {
        if self.is(i, &["more", "less"]) && self.is(i + 1, &["than"]) {
            return i + 2;
        }
        if self.is(i, &["at"]) && self.is(i + 1, &["least", "most"]) {
            return i + 2;
        }
        i + usize::from(
            self.is(
                i,
                &["about", "around", "nearly", "almost", "over", "some", "just", "under", "roughly", "only", "approximately", "barely"],
            ),
        )
    }
}

/// Lower case without an allocation for what is lower case already.
fn lower(word: &str) -> SmolStr {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) { SmolStr::new(word) } else { word.to_lowercase().into() }
}
