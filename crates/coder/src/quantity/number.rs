//! Numerals: '12,000', '1.5 million', 'twenty-five', 'tens of thousands', 'a third', '$300m'.

use super::rules::CountingRules;
use griot_types::{Sentence, SmolStr, Upos};

/// A sentence's words in lower case under the rules. A token number beyond the end has no word.
pub(super) struct Words<'a> {
    pub rules: &'a CountingRules,
    pub sentence: &'a Sentence,
    lower: Vec<SmolStr>,
}

/// What kind of numeral.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// A count.
    Plain,
    /// A share of a whole, in percent.
    Percent,
    /// A sum of money, ISO 4217.
    Money(SmolStr),
}

/// A numeral: tokens `first..end`, of which `core.0..core.1` are the number's own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    pub first: usize,
    pub end: usize,
    pub core: (usize, usize),
    pub value: f64,
    /// The second value of a range.
    pub upper: Option<f64>,
    pub vague: bool,
    pub form: Form,
}

/// A value without symbol or percent sign: where it ends, its value, whether its words are vague, and whether a scale word multiplied it.
#[derive(Clone, Copy, Debug)]
struct Value {
    end: usize,
    value: f64,
    vague: bool,
    scale: f64,
}

impl<'a> Words<'a> {
    /// Lowers every word.
    pub fn new(rules: &'a CountingRules, text: &str, sentence: &'a Sentence) -> Self {
        let lower = sentence.tokens.iter().map(|t| t.span.of(text).to_lowercase().into()).collect();
        Words { rules, sentence, lower }
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

    /// Whether no space parts it from the word before.
    pub fn touches(&self, i: usize) -> bool {
        i > 0 && i < self.len() && self.sentence.tokens[i].span.start == self.sentence.tokens[i - 1].span.end
    }

    /// Whether `phrase` starts at token `i`.
    pub fn phrase_at(&self, i: usize, phrase: &[SmolStr]) -> bool {
        phrase.iter().enumerate().all(|(n, word)| self.low(i + n) == word.as_str())
    }

    /// The numeral that starts at token `i`.
    pub fn number(&self, i: usize) -> Option<Number> {
        if let Some(share) = self.share(i) {
            return Some(share);
        }
        if let Some((from, code)) = self.symbol(i) {
            let value = self.money_value(from)?;
            return Some(self.ranged(i, from, value, Form::Money(code)));
        }
        let value = self.value(i)?;
        let number = self.ranged(i, i, value, Form::Plain);
        Some(self.with_unit(number))
    }

    /// '%', 'percent' or a currency after the number.
    fn with_unit(&self, mut number: Number) -> Number {
        let at = number.end;
        let percent = match self.low(at) {
            "%" | "percent" | "pct" => 1,
            "per" if self.is(at + 1, &["cent"]) => 2,
            "percentage" if self.is(at + 1, &["points", "point"]) => 2,
            _ => 0,
        };
        if percent > 0 {
            number.form = Form::Percent;
            number.end += percent;
            return number;
        }
        // '300 m dollars' and '2 bn euros' come with the scale apart.
        let scaled = self.rules.suffixes.get(self.low(at)).filter(|_| self.money_word(at + 1).is_some());
        let money = self.money_word(at + usize::from(scaled.is_some()));
        if let Some((end, code)) = money {
            let factor = scaled.copied().unwrap_or(1.0);
            number.value *= factor;
            number.upper = number.upper.map(|upper| upper * factor);
            number.form = Form::Money(code);
            number.end = end;
        }
        number
    }

    /// A word or words of money at `i`, none of them a symbol.
    fn money_word(&self, i: usize) -> Option<(usize, SmolStr)> {
        let named = |(phrase, _): &&(Vec<SmolStr>, SmolStr)| self.phrase_at(i, phrase) && phrase[0].starts_with(char::is_alphabetic);
        self.rules.currencies.iter().find(named).map(|(phrase, code)| (i + phrase.len(), code.clone()))
    }

    /// A currency symbol or code at `i` with a number after it.
    fn symbol(&self, i: usize) -> Option<(usize, SmolStr)> {
        let (phrase, code) = self.rules.currencies.iter().find(|(phrase, _)| self.phrase_at(i, phrase))?;
        let mut from = i + phrase.len();
        // 'US $ 300m' may come as two tokens, the first of which is no currency.
        from += usize::from(self.is(from, &["$"]));
        self.low(from).starts_with(|c: char| c.is_ascii_digit()).then_some((from, code.clone()))
    }

    /// A number after a currency symbol, where 'm' and 'bn' multiply.
    fn money_value(&self, i: usize) -> Option<Value> {
        let word = self.low(i);
        let cut = word.find(|c: char| c.is_alphabetic()).unwrap_or(word.len());
        let (digits_part, suffix) = word.split_at(cut);
        let mut value = digits(digits_part)?;
        let mut end = i + 1;
        let mut scale = 1.0;
        if !suffix.is_empty() {
            scale = *self.rules.suffixes.get(suffix)?;
        } else if let Some(factor) = self.rules.scales.get(self.low(end)).or_else(|| self.rules.suffixes.get(self.low(end))) {
            scale = *factor;
            end += 1;
        }
        value *= scale;
        Some(Value { end, value, vague: false, scale })
    }

    /// Joins a second value: 'between 10 and 20', '10 to 20', '10-20', 'two or three'.
    fn ranged(&self, first: usize, from: usize, low: Value, form: Form) -> Number {
        let alone = Number { first, end: low.end, core: (from, low.end), value: low.value, upper: None, vague: low.vague, form };
        let led = first > 0 && self.is(first - 1, &["between"]);
        let joint = low.end;
        let joins = match self.low(joint) {
            "and" => led,
            "-" | "–" | "—" | "to" => true,
            "or" => low.value < 20.0,
            _ => false,
        };
        if !joins || low.vague {
            return alone;
        }
        let mut at = joint + 1;
        let money = matches!(alone.form, Form::Money(_));
        if money && let Some((after, _)) = self.symbol(at) {
            at = after;
        }
        let high = if money { self.money_value(at) } else { self.value(at).filter(|v| !v.vague) };
        let Some(high) = high else { return alone };
        // '10 to 20 million' counts both in millions.
        let factor = if low.scale == 1.0 && high.scale > 1.0 && low.value < high.value / high.scale { high.scale } else { 1.0 };
        let value = low.value * factor;
        let near = self.is(joint, &["to", "and"]) || high.value <= value * 20.0;
        let plausible = high.value > value && near && (!self.is(joint, &["or"]) || high.value <= value + 2.0);
        if !plausible {
            return alone;
        }
        let first = if led || (first > 0 && self.is(first - 1, &["from"]) && self.is(joint, &["to"])) { first - 1 } else { first };
        Number { first, end: high.end, core: (from, high.end), value, upper: Some(high.value), ..alone }
    }

    /// A plain value: digits, number words or vague words.
    fn value(&self, i: usize) -> Option<Value> {
        self.digits_value(i).or_else(|| self.vague(i)).or_else(|| self.spelled(i))
    }

    /// '12,000', '1.5 million', '20k', '300 thousand'.
    fn digits_value(&self, i: usize) -> Option<Value> {
        let word = self.low(i);
        let (word, suffix) = word.strip_suffix('k').map_or((word, 1.0), |rest| (rest, 1_000.0));
        let mut value = digits(word)? * suffix;
        let mut end = i + 1;
        let mut scale = suffix;
        while let Some(factor) = self.rules.scales.get(self.low(end)) {
            scale *= factor;
            value *= factor;
            end += 1;
        }
        Some(Value { end, value, vague: false, scale })
    }

    /// 'twenty-five', 'two hundred and ten', 'a hundred', 'half a million', 'dozen'.
    fn spelled(&self, i: usize) -> Option<Value> {
        let mut at = i;
        let mut start = None;
        if self.is(i, &["half", "quarter"]) && self.is(i + 1, &["a", "of"]) {
            // 'half a dozen', 'quarter of a million'
            at = i + 2 + usize::from(self.is(i + 1, &["of"]) && self.is(i + 2, &["a"]));
            self.rules.scales.get(self.low(at))?;
            start = Some(if self.is(i, &["half"]) { 0.5 } else { 0.25 });
        } else if self.is(i, &["a", "an"]) {
            at = i + 1;
            self.rules.scales.get(self.low(at)).filter(|scale| **scale != 20.0)?;
            start = Some(1.0);
        }
        let mut total = 0.0;
        let mut current: Option<f64> = start;
        let mut scale = 1.0;
        let begin = at;
        loop {
            let word = self.low(at);
            if let Some(&unit) = self.rules.numbers.get(word) {
                // 'two three' are two numbers; 'twenty five' and 'two hundred five' are one.
                let room = current.is_none_or(|c| (c % 100.0 == 0.0 && c > 0.0) || (c % 10.0 == 0.0 && c % 100.0 >= 20.0 && unit < 10.0));
                if !room || (start.is_some() && at == begin) {
                    break;
                }
                current = Some(current.unwrap_or(0.0) + unit);
                at += 1;
            } else if let Some(&factor) = self.rules.scales.get(word) {
                if at == begin && start.is_none() && factor != 12.0 {
                    return None;
                }
                // A scale without a count of its own stands only at the beginning: 'dozen', not 'two thousand hundred'.
                let times = match current {
                    Some(current) => current,
                    None if total == 0.0 => 1.0,
                    None => return None,
                };
                scale = factor;
                if factor >= 1_000.0 {
                    total += times * factor;
                    current = None;
                } else {
                    current = Some(times * factor);
                }
                at += 1;
            } else if self.is(at, &["-", "–"])
                && at > begin
                && current.is_some_and(|c| c % 10.0 == 0.0 && (20.0..100.0).contains(&(c % 100.0)))
                || (self.is(at, &["and"]) && scale >= 100.0)
            {
                let unit = self.rules.numbers.get(self.low(at + 1)).copied();
                let fits = unit.is_some_and(|unit| {
                    if self.is(at, &["and"]) { unit < 100.0 && current.unwrap_or(0.0) % 100.0 == 0.0 } else { unit < 10.0 }
                });
                // 'a hundred and twenty' is one number; 'two hundred and three soldiers' may be two only in speech.
                if !fits {
                    break;
                }
                at += 1;
                current = Some(current.unwrap_or(0.0) + unit.unwrap_or(0.0));
                at += 1;
                if self.is(at - 2, &["-", "–"]) {
                    continue;
                }
            } else {
                break;
            }
        }
        (at > begin).then(|| Value { end: at, value: total + current.unwrap_or(0.0), vague: false, scale })
    }

    /// 'dozens', 'tens of thousands', 'several thousand', 'a few', 'a handful of', 'many hundreds'.
    fn vague(&self, i: usize) -> Option<Value> {
        let plural = |at: usize| self.rules.plurals.get(self.low(at)).copied();
        let singular_scale = |at: usize| {
            let word = self.low(at);
            self.rules.scales.get(word).or_else(|| self.rules.scales.get(word.strip_suffix('s')?)).copied()
        };
        let start = i + usize::from(self.is(i, &["many"]) && plural(i + 1).is_some());
        if let Some(mut value) = plural(start) {
            let mut end = start + 1;
            let mut scale = value;
            if self.is(end, &["of"])
                && let Some(factor) = singular_scale(end + 1).filter(|f| *f >= 1_000.0)
            {
                value *= factor;
                scale = factor;
                end += 2;
            }
            return Some(Value { end, value, vague: true, scale });
        }
        let led = self.is(i, &["a", "the"]);
        let at = i + usize::from(led);
        let value = *self.rules.few.get(self.low(at))?;
        // 'few' alone says that there were not many, and a 'couple' or a 'pair' needs its article to be a number.
        let bare = self.is(at, &["several"]);
        let shifted = i > 0 && self.is(i - 1, &["past", "last", "first", "next"]);
        if !bare && !led && !shifted {
            return None;
        }
        let mut end = at + 1;
        let mut scale = 1.0;
        if let Some(factor) = singular_scale(end) {
            scale = factor;
            end += 1;
        }
        let noun = self.is(at, &["couple", "handful", "pair"]);
        if noun && scale == 1.0 && !self.is(end, &["of"]) {
            return None;
        }
        Some(Value { end, value: value * scale, vague: true, scale })
    }

    /// 'half of', 'a third of', 'two thirds of', 'one in five', 'nine out of ten'.
    fn share(&self, i: usize) -> Option<Number> {
        let whole = |end: usize| {
            self.is(end, &["of"])
                || self.sentence.tokens.get(end).is_some_and(|t| t.upos == Upos::Det || t.xpos == griot_types::Xpos::PrpPoss)
        };
        let make = |end: usize, value: f64| {
            let value = (value * 10.0).round() / 10.0;
            Some(Number { first: i, end, core: (i, end), value, upper: None, vague: false, form: Form::Percent })
        };
        if self.is(i, &["half"])
            && (whole(i + 1) || self.is_change(i, i + 1))
            && self.spelled(i).is_none()
            && !(i > 0 && self.ordinal(i - 1))
        {
            return make(i + 1, self.rules.fractions.get("half").copied()?);
        }
        let number =
            self.rules.numbers.get(self.low(i)).copied().or_else(|| self.is(i, &["a"]).then_some(1.0)).or_else(|| digits(self.low(i)))?;
        let at = i + 1 + usize::from(self.is(i + 1, &["-", "–"]));
        if number < 10.0
            && let Some(part) = self.rules.fractions.get(self.low(at))
            && (self.is(at + 1, &["of"]) && !self.rules.scales.contains_key(self.low(at + 3)) || self.is_change(i, at + 1))
        {
            return make(at + 1, if *part == 33.3 { number * 100.0 / 3.0 } else { number * part });
        }
        self.one_in_five(i, number).and_then(|(end, percent)| make(end, percent))
    }

    /// 'fell by a third', 'by more than half': a part by which something changed, which no noun follows.
    fn is_change(&self, first: usize, end: usize) -> bool {
        const BOUNDS: usize = 3;
        let by = (first.saturating_sub(BOUNDS)..first).rev().find(|&t| self.is(t, &["by"]));
        let bounds = |by: usize| {
            by + 1 == first || self.rules.before.iter().any(|(phrase, _)| by + 1 + phrase.len() == first && self.phrase_at(by + 1, phrase))
        };
        by.is_some_and(bounds)
            && self.sentence.tokens.get(end).is_none_or(|t| !matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num))
    }

    /// 'one in five', 'nine out of ten', 'two in every three'. 'Killed two in three attacks' is no share, so without 'out of' or 'every' only
    /// 'one in' counts before a noun.
    fn one_in_five(&self, i: usize, part: f64) -> Option<(usize, f64)> {
        let mut at = i + 1;
        let mut sure = part == 1.0;
        if self.is(at, &["out"]) && self.is(at + 1, &["of"]) {
            (at, sure) = (at + 2, true);
        } else if self.is(at, &["in"]) {
            let every = self.is(at + 1, &["every"]);
            (at, sure) = (at + 1 + usize::from(every), sure || every);
        } else {
            return None;
        }
        let whole = self.rules.numbers.get(self.low(at)).copied().or_else(|| digits(self.low(at)))?;
        let round = [3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 20.0, 50.0, 100.0, 1_000.0].contains(&whole);
        let noun = self.sentence.tokens.get(at + 1).is_some_and(|t| t.upos == Upos::Noun);
        let counted =
            self.rules.measures.contains(self.low(at + 1)) || self.rules.scales.contains_key(self.low(at + 1)) || self.is(at + 1, &["-"]);
        let fits = round && part < whole && !counted && (sure || !noun) && !self.is(i, &["a"]);
        fits.then_some((at + 1, part / whole * 100.0))
    }

    /// 'first', 'second': 'the first half of' is no share.
    fn ordinal(&self, i: usize) -> bool {
        self.is(i, &["first", "second", "latter", "other", "last"])
    }
}

/// '12', '12,000', '1.5'. Separators must part groups of three.
pub(super) fn digits(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) || !word.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') {
        return None;
    }
    let (whole, fraction) = word.split_once('.').map_or((word, None), |(w, f)| (w, Some(f)));
    if fraction.is_some_and(|f| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    if (grouped && (first.is_empty() || first.len() > 3)) || !groups.all(|g| g.len() == 3) {
        return None;
    }
    word.replace(',', "").parse::<f64>().ok().filter(|value| *value < 1e15)
}
