//! Words to counts.
//!
//! [`read`] finds the quantities of one sentence ('more than 300', 'dozens', '10 to 20', '80 percent', '$300m') with what they count and the bounds
//! that the claim's contract gives them; [`singular`] reads 'a soldier' as one where the caller wants it. What words are worth stands in
//! `codebook/counting.toml`, by rule set.
//!
//! * `rules`: the file. `number`: numerals. `refuse`: numbers that count nothing. `noun`: what is counted.

mod noun;
mod number;
mod refuse;
mod rules;
#[cfg(test)]
mod tests;

pub use rules::{CountingError, CountingRules};

use griot_types::{Amount, Bound, Deprel, Quantity, Sentence, Upos, Xpos};
use number::{Form, Number, Words};

/// A quantity in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// The first token of its words, bound and all: 'more than 300'.
    pub first: usize,
    /// One past the last; the noun is not among them.
    pub end: usize,
    /// What is counted: the noun, or the number's own token where there is none ('12 were killed', 'one of them'). For shares and money the
    /// sign or the word for it.
    pub head: usize,
    /// The number's token that hangs on the rest of the tree.
    pub number: usize,
    /// Its words and bounds.
    pub quantity: Quantity,
    /// Whether what is counted stands for several people each: 'families'.
    pub group: bool,
    /// The noun of the larger set: 'three of the soldiers', '80 % of the capital'.
    pub of: Option<usize>,
}

/// The quantities of `sentence`, in order, none overlapping.
///
/// `is_people` and `is_event` tell of a token whether it denotes people or events, which sets the unit. A number without a noun is asked about by its
/// own token first; as a subject or before a participle ('12 were killed', '20 wounded') it counts people. 'One' counts only under a bound
/// or out of a set; see [`singular`].
pub fn read(
    text: &str,
    sentence: &Sentence,
    rules: &CountingRules,
    is_people: &dyn Fn(usize) -> bool,
    is_event: &dyn Fn(usize) -> bool,
) -> Vec<Count> {
    let words = Words::new(rules, text, sentence);
    let mut counts: Vec<Count> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let Some(number) = words.number(i) else {
            i += 1;
            continue;
        };
        i = number.end.max(i + 1);
        for number in words.split_change(number) {
            let (first, bound) = words.bound_before(&number);
            let number = Number { first: first.min(number.first), ..number };
            let (end, bound) = words.bound_after(&number, bound);
            if words.refused(&number) {
                continue;
            }
            let counted = words.counted(&number, end);
            let unit = match &number.form {
                Form::Percent => "percent",
                Form::Money(code) => code.as_str(),
                Form::Plain => words.unit(counted, is_people, is_event),
            };
            let quantity = bounded(sentence.cover(number.first, end).of(text), &number, bound, unit);
            let group = rules.groups.contains(&sentence.tokens[counted.head].lemma);
            let unit = if group { "items" } else { unit };
            let quantity = Quantity { unit: unit.into(), ..quantity };
            counts.push(Count { first: number.first, end, group, head: counted.head, number: counted.number, quantity, of: counted.of });
            i = i.max(end);
        }
    }
    counts
}

/// 'a soldier', 'one soldier', 'another soldier' as one, exactly; `None` where `head` is plural or has no such word.
pub fn singular(
    text: &str,
    sentence: &Sentence,
    head: usize,
    is_people: &dyn Fn(usize) -> bool,
    is_event: &dyn Fn(usize) -> bool,
) -> Option<Count> {
    let token = sentence.tokens.get(head)?;
    let plural = matches!(token.xpos, Xpos::Nns | Xpos::Nnps) || token.feature("Number") == Some("Plur");
    if plural || !matches!(token.upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let one = |&child: &usize| {
        let form = sentence.form(child, text).to_lowercase();
        let rel = sentence.tokens[child].deprel;
        child < head
            && matches!(rel, Deprel::Det | Deprel::Nummod | Deprel::Amod)
            && matches!(form.as_str(), "a" | "an" | "one" | "another" | "single")
    };
    let first = sentence.children(head).find(one)?;
    let unit = match () {
        () if is_people(head) => "people",
        () if is_event(head) => "events",
        () => "items",
    };
    let quantity = Quantity::of(sentence.form(first, text), 1.0, Bound::Exact, unit);
    Some(Count { first, end: first + 1, group: false, head, number: first, quantity, of: None })
}

/// The quantity with its bounds. Vague words stay vague under a lower bound; an upper bound caps them.
fn bounded(text: &str, number: &Number, bound: Option<Bound>, unit: &str) -> Quantity {
    if let Some(upper) = number.upper {
        return match bound {
            // 'up to 10 to 20' names only what it can reach.
            Some(Bound::LessThan) => Quantity::of(text, upper, Bound::LessThan, unit),
            Some(Bound::MoreThan) => Quantity {
                high: None,
                best: Some(Amount(number.value)),
                relation: Bound::MoreThan,
                ..Quantity::between(text, number.value, upper, unit)
            },
            _ => Quantity::between(text, number.value, upper, unit),
        };
    }
    let relation = match bound {
        Some(Bound::LessThan) => Bound::LessThan,
        _ if number.vague => Bound::Vague,
        Some(bound) => bound,
        None => Bound::Exact,
    };
    Quantity::of(text, number.value, relation, unit)
}

impl Words<'_> {
    /// The bound in front of a number: where its words start, and what they say. Words that say nothing stay outside unless a bound stands before them.
    fn bound_before(&self, number: &Number) -> (usize, Option<Bound>) {
        let mut at = number.first;
        for _ in 0..3 {
            let fits = |phrase: &&(Vec<griot_types::SmolStr>, Option<Bound>)| {
                at >= phrase.0.len() && self.phrase_at(at - phrase.0.len(), &phrase.0)
            };
            let Some((phrase, bound)) = self.rules.before.iter().find(fits) else { break };
            if self.particle(at - 1, number.value) {
                break;
            }
            at -= phrase.len();
            if let Some(bound) = bound {
                // 'at least some 300': the outer bound rules.
                let (outer, outer_bound) = self.bound_before(&Number { first: at, ..number.clone() });
                return if outer < at && outer_bound.is_some() { (outer, outer_bound) } else { (at, Some(*bound)) };
            }
        }
        (number.first, None)
    }

    /// Whether the word before a number belongs to the verb: 'handed over three bases'. Taggers seldom say so, but an adposition straight after a
    /// verb bounds few numbers under ten.
    fn particle(&self, i: usize, value: f64) -> bool {
        let token = &self.sentence.tokens[i];
        let after_verb = i > 0 && self.sentence.tokens[i - 1].upos == Upos::Verb;
        token.deprel == Deprel::CompoundPrt
            || token.xpos == Xpos::Rp
            || (token.upos == Upos::Adp && after_verb && value < 10.0 && self.is(i, &["over", "under"]))
    }

    /// A bound behind a number: '300 or more', '20 or so', '300-plus'.
    fn bound_after(&self, number: &Number, before: Option<Bound>) -> (usize, Option<Bound>) {
        let found = self.rules.after.iter().find(|(phrase, _)| self.phrase_at(number.end, phrase));
        found.map_or((number.end, before), |(phrase, bound)| (number.end + phrase.len(), Some(*bound)))
    }

    /// 'rose from 100 to 200': two counts, not two bounds of one.
    fn split_change(&self, number: Number) -> Vec<Number> {
        let from = number.upper.is_some() && self.is(number.first, &["from"]);
        let changes = |i: usize| self.rules.change.contains(&self.sentence.tokens[i].lemma);
        let near = (number.first.saturating_sub(6)..number.first).any(changes);
        if !from || !near {
            return vec![number];
        }
        let Some(joint) = (number.core.0..number.end).find(|&i| self.is(i, &["to"])) else { return vec![number] };
        let upper = number.upper.unwrap_or(number.value);
        let low = Number { first: number.core.0, end: joint, core: (number.core.0, joint), upper: None, ..number.clone() };
        let high = Number { first: joint + 1, core: (joint + 1, number.core.1), value: upper, upper: None, ..number };
        vec![low, high]
    }

    /// The unit of a plain count.
    fn unit(&self, counted: noun::Counted, is_people: &dyn Fn(usize) -> bool, is_event: &dyn Fn(usize) -> bool) -> &'static str {
        let asked = if counted.head == counted.number { counted.of.unwrap_or(counted.head) } else { counted.head };
        if is_people(asked) || self.strength_at(counted.number + 1).is_some() {
            return "people";
        }
        if counted.head > counted.number && self.stands_for_people(counted.head) {
            return "people";
        }
        if is_event(asked) {
            return "events";
        }
        let bare = counted.head == counted.number;
        let token = &self.sentence.tokens[counted.number];
        let subject = matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass);
        let before_participle = self.sentence.tokens.get(counted.number + 1).is_some_and(|t| t.xpos == Xpos::Vbn);
        let pronoun = counted.of.is_some_and(|of| self.is(of, &["them", "us", "whom"]));
        if bare && (counted.of.is_none() && (subject || before_participle) || pronoun) { "people" } else { "items" }
    }
}
