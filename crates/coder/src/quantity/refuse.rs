//! Numbers that count nothing: dates, ages, names, clock times, lengths.

use super::number::{Form, Number, Words, digits};
use griot_types::{Deprel, Upos, Xpos};

impl Words<'_> {
    /// Whether a numeral is something else than a quantity.
    pub fn refused(&self, number: &Number) -> bool {
        if number.form != Form::Plain {
            return self.in_a_name(number) || (number.form == Form::Percent && self.stretch_of_time(number));
        }
        self.in_a_name(number)
            || self.date(number)
            || self.year(number)
            || self.age(number)
            || self.joined(number)
            || self.label(number)
            || self.measure(number)
            || self.list_mark(number)
            || self.lone_one(number)
            || self.reading(number)
    }

    /// A number inside a name: the 23 March Movement, the Group of Five.
    fn in_a_name(&self, number: &Number) -> bool {
        let (first, end) = number.core;
        self.sentence.names.iter().any(|name| (name.first as usize) <= first && end <= name.end as usize)
    }

    /// 'half of 2023', 'half the year'.
    fn stretch_of_time(&self, number: &Number) -> bool {
        let mut at = number.end + usize::from(self.is(number.end, &["of"]));
        at += usize::from(self.sentence.tokens.get(at).is_some_and(|t| t.upos == Upos::Det));
        self.rules.measures.contains(self.low(at))
            || (self.low(at).len() == 4 && digits(self.low(at)).is_some_and(|y| (1500.0..2100.0).contains(&y)))
    }

    /// '3 May', 'May 3', 'March 2021'.
    fn date(&self, number: &Number) -> bool {
        let month = |at: usize| self.rules.months.contains(self.low(at)) && self.sentence.tokens[at].upos != Upos::Aux;
        let (first, end) = number.core;
        let day = number.value <= 31.0 && number.upper.is_none_or(|upper| upper <= 31.0);
        if (day || number.value >= 1500.0) && first > 0 && month(first - 1) {
            // 'In February 2020 soldiers killed …': digits that look like a year are one after a month.
            let year = end == first + 1 && self.low(first).len() == 4 && (1900.0..=2060.0).contains(&number.value);
            return year || !self.counts_a_plural(number);
        }
        // 'on 19 and 20 August': the month stands behind the last day.
        let joined = self.is(end, &["and", "or", "to", "-", "–", ","]) && digits(self.low(end + 1)).is_some_and(|other| other <= 31.0);
        if day && joined && end + 2 < self.len() && month(end + 2) && self.sentence.tokens[end + 2].upos != Upos::Verb {
            return true;
        }
        let after = end + usize::from(self.is(end, &["of"]));
        if day && after < self.len() && month(after) && self.sentence.tokens[after].upos != Upos::Verb {
            return true;
        }
        // 'May 3, 2023': the year behind the comma.
        first > 2 && self.is(first - 1, &[","]) && digits(self.low(first - 2)).is_some() && month(first - 3)
    }

    /// Four digits that stand for a year: after 'in' and 'since' always but for a round number that counts; elsewhere unless a plural follows.
    fn year(&self, number: &Number) -> bool {
        let (first, end) = number.core;
        let word = self.low(first);
        let shaped = end == first + 1 && word.len() == 4 && (1500.0..=2060.0).contains(&number.value);
        let ranged = number.upper.is_some_and(|upper| upper <= 2060.0) && word.len() == 4 && number.value >= 1500.0;
        if !shaped && !ranged {
            return false;
        }
        let before = |words: &[&str]| first > 0 && self.is(first - 1, words);
        if before(&["in", "since", "during", "until", "till", "throughout", "early", "late", "mid"]) {
            return !(number.value % 100.0 == 0.0 && self.counts_a_plural(number));
        }
        if before(&["the", "'s", "’s", "its", "their", "his", "her", "("]) {
            return true;
        }
        // Before 1900 fewer years than counts are written so: '1500 were killed'.
        let led =
            before(&["by", "from", "to", "of", "after", "before", "between", "and", "or", ",", "circa", "c.", "ca.", "around", "-", "–"]);
        !self.counts_a_plural(number) && (number.value >= 1900.0 || led)
    }

    /// Whether a plural noun follows, adjectives and names between.
    fn counts_a_plural(&self, number: &Number) -> bool {
        for at in number.end..(number.end + 5).min(self.len()) {
            let token = &self.sentence.tokens[at];
            if matches!(token.xpos, Xpos::Nns | Xpos::Nnps) || (token.upos == Upos::Noun && token.feature("Number") == Some("Plur")) {
                return true;
            }
            if !matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn) && !self.is(at, &["-"]) {
                return self.is(at, &["people"]);
            }
        }
        false
    }

    /// '23-year-old', '23 years old', 'aged 23', 'children under five', 'Moussa, 23, …'.
    fn age(&self, number: &Number) -> bool {
        let (first, end) = (number.core.0, number.end);
        if number.value > 120.0 {
            return false;
        }
        let before = |n: usize| first.checked_sub(n);
        if before(1).is_some_and(|at| self.is(at, &["aged", "age", "ages"]))
            || before(2).is_some_and(|at| self.is(at, &["aged", "age", "ages"]))
        {
            return true;
        }
        let closed = self.is(end, &[",", ".", ")"]) || end == self.len();
        let apposed = before(1).is_some_and(|at| self.is(at, &[",", "("]))
            && before(2).is_some_and(|at| self.sentence.tokens[at].upos == Upos::Propn)
            && self.is(end, &[",", ")"]);
        let bounded = before(1).is_some_and(|at| self.is(at, &["under", "over", "above", "below"]))
            && before(2).is_some_and(|at| matches!(self.sentence.tokens[at].xpos, Xpos::Nns))
            && closed;
        apposed || bounded
    }

    /// '10-year', 'F-16', '12.7-mm': joined by a hyphen to something that is no strength.
    fn joined(&self, number: &Number) -> bool {
        let (first, end) = number.core;
        let hyphen = |at: usize| self.is(at, &["-", "–", "/", ":"]);
        if first > 1 && hyphen(first - 1) && self.touches(first) && self.touches(first - 1) {
            return true;
        }
        hyphen(end)
            && self.touches(end)
            && self.touches(end + 1)
            && !self.rules.strength.contains(self.low(end + 1))
            && !self.is(end + 1, &["plus"])
    }

    /// 'Resolution 2100', 'Route 9', 'Camp 5': a number after the noun that it names.
    fn label(&self, number: &Number) -> bool {
        let first = number.first;
        let Some(before) = first.checked_sub(1) else { return false };
        if self.rules.labels.contains(self.low(before)) && !self.counts_a_plural(number) {
            return true;
        }
        let token = &self.sentence.tokens[number.core.0];
        let named = self.sentence.tokens[before].upos == Upos::Propn && number.core.0 == first;
        let hangs_back = token.head != griot_types::ROOT
            && (token.head as usize) == before
            && matches!(
                token.deprel,
                Deprel::Nummod | Deprel::Flat | Deprel::Compound | Deprel::Dep | Deprel::NmodUnmarked | Deprel::NmodDesc
            );
        named && hangs_back && !self.counts_a_plural(number)
    }

    /// '10 km', '12 years', '10 GMT', '300m'.
    fn measure(&self, number: &Number) -> bool {
        let mut at = number.end;
        if self.is(at, &["of"]) {
            // 'thousands of miles', 'dozens of times'
            at += 1;
        }
        at += usize::from(self.is(at, &["or"]) && self.is(at + 1, &["more", "so"])) * 2;
        // 'two and a half years'
        at += usize::from(self.is(at, &["and"]) && self.is(at + 1, &["a"]) && self.is(at + 2, &["half", "quarter"])) * 3;
        at += usize::from(self.is(at, &["consecutive", "straight", "square", "more", "full", "long"]));
        self.rules.measures.contains(self.low(at)) && self.sentence.tokens.get(at).is_none_or(|t| t.upos != Upos::Aux)
    }

    /// '1.' or '1)' before an item of a list, '[17]' or '(17)' after a sentence.
    fn list_mark(&self, number: &Number) -> bool {
        // '[17]' points to a note.
        let noted = number.first > 0 && self.is(number.first - 1, &["["]) || self.is(number.end, &["]"]);
        let bracketed = number.first > 0 && self.is(number.first - 1, &["("]) && self.is(number.end, &[")"]);
        noted || bracketed || number.first == 0 && self.is(number.end, &[".", ")"]) && number.end < self.len() - 1
    }

    /// 'version 1.5', '#1', 'at 7': a fraction that nothing multiplies, a rank, an hour; and 'test scores', which are no twenties.
    fn reading(&self, number: &Number) -> bool {
        let (first, end) = number.core;
        let alone = end == first + 1;
        let before = first.checked_sub(1);
        if number.value.fract() != 0.0 || before.is_some_and(|at| self.is(at, &["#", "%", "°"])) {
            return true;
        }
        if number.vague && alone {
            let described =
                before.is_some_and(|at| matches!(self.sentence.tokens[at].upos, Upos::Num | Upos::Adj | Upos::Noun | Upos::Det));
            let bare_plural = self.rules.plurals.contains_key(self.low(first));
            return bare_plural && described && !self.is(end, &["of", "more"]);
        }
        let hour = number.first > 0 && self.is(number.first - 1, &["at"]) && number.value <= 24.0;
        // 'put the toll at 14'
        let toll = number.first > 1 && self.rules.tolls.contains(self.low(number.first - 2));
        let hour = hour && !toll;
        hour && self.counted(number, number.end).head == self.counted(number, number.end).number
    }

    /// 'one' counts here only where something bounds it or a larger set follows: 'one of them', but not 'one of the deadliest', 'no one'.
    fn lone_one(&self, number: &Number) -> bool {
        let (first, end) = number.core;
        if number.value != 1.0 || number.upper.is_some() || self.low(first) != "one" {
            return false;
        }
        // 'one was wounded', 'killed one and wounded three'
        let token = &self.sentence.tokens[first];
        let argument = matches!(token.deprel, Deprel::NsubjPass | Deprel::Nsubj | Deprel::Obj) && token.upos == Upos::Num;
        let next = self.sentence.tokens.get(end).map(|t| t.upos);
        let led = first > 0 && matches!(self.sentence.tokens[first - 1].upos, Upos::Det | Upos::Adj | Upos::Pron);
        if argument && !led && matches!(next, Some(Upos::Aux | Upos::Verb | Upos::Cconj | Upos::Punct)) {
            return false;
        }
        if self.is(end, &["another"]) || self.sentence.tokens[first].upos == Upos::Pron {
            return true;
        }
        if !self.is(end, &["of"]) {
            return number.first == first;
        }
        let rest = end + 1..(end + 5).min(self.len());
        rest.take_while(|&at| !matches!(self.sentence.tokens[at].upos, Upos::Verb | Upos::Punct))
            .any(|at| self.sentence.tokens[at].xpos == Xpos::Jjs || self.is(at, &["most", "main", "few"]))
    }
}
