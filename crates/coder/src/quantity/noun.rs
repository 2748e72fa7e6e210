//! What a number counts: by the tree, and by the words beside it where the tree cannot be right.

use super::number::{Form, Number, Words};
use griot_types::{Upos, Xpos};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// The noun, or the number's own token where there is none.
    pub head: usize,
    /// The number's token that the tree hangs on something outside the number.
    pub number: usize,
    /// The noun of the larger set.
    pub of: Option<usize>,
}

impl Words<'_> {
    /// What `number` counts; its words with all bounds end before token `end`.
    pub fn counted(&self, number: &Number, end: usize) -> Counted {
        let top = self.top(number);
        let itself = Counted { head: top, number: top, of: None };
        if number.form != Form::Plain {
            // The sign or the word for money is what the tree counts with; the share is of what follows.
            let head = match number.form {
                _ if number.end > number.core.1 => number.end - 1,
                Form::Money(_) => number.core.0.saturating_sub(1),
                _ => top,
            };
            let of = self.is(end, &["of"]).then(|| self.noun_after(end + 1)).flatten();
            let of = of.or_else(|| self.half_the(number));
            return Counted { head, number: top, of };
        }
        if self.is(end, &["of"]) {
            return self.out_of(number, end, itself);
        }
        if self.strength_at(end).is_some() {
            let head = self.noun_after(end + 2).unwrap_or(top);
            return Counted { head, ..itself };
        }
        // '40 dead', '15 wounded'
        if self.stands_for_people(end) {
            return Counted { head: end, ..itself };
        }
        let by_tree = self.sentence.head(top).filter(|&head| head >= end && head <= end + 8 && self.noun(head));
        let by_tree =
            by_tree.filter(|&head| self.clear_way(end, head) && !self.joined_on(head) && self.sentence.tokens[end].upos != Upos::Num);
        match by_tree.or_else(|| self.noun_after(end)) {
            Some(head) => Counted { head, ..itself },
            None => itself,
        }
    }

    /// 'three of the soldiers' counts out of a set; 'dozens of soldiers' counts soldiers.
    fn out_of(&self, number: &Number, end: usize, itself: Counted) -> Counted {
        let at = end + 1;
        let token = self.sentence.tokens.get(at);
        let definite =
            token.is_some_and(|t| matches!(t.upos, Upos::Det | Upos::Pron) || t.xpos == Xpos::PrpPoss) || self.is(at + 1, &["'s", "’s"]);
        let Some(noun) = self.noun_after(at) else { return itself };
        if number.vague && !definite { Counted { head: noun, ..itself } } else { Counted { of: Some(noun), ..itself } }
    }

    /// 'half the soldiers'.
    fn half_the(&self, number: &Number) -> Option<usize> {
        let det = self.sentence.tokens.get(number.end).is_some_and(|t| t.upos == Upos::Det || t.xpos == Xpos::PrpPoss);
        (number.form == Form::Percent && number.core.1 == number.end && det).then(|| self.noun_after(number.end)).flatten()
    }

    /// '- strong' behind a number: where that word stands.
    pub fn strength_at(&self, end: usize) -> Option<usize> {
        (self.is(end, &["-", "–"]) && self.rules.strength.contains(self.low(end + 1))).then_some(end + 1)
    }

    /// The number's token whose head lies outside it.
    fn top(&self, number: &Number) -> usize {
        let (first, end) = number.core;
        let outside = |i: &usize| self.sentence.head(*i).is_none_or(|head| !(first..end).contains(&head));
        let content = |i: &usize| !matches!(self.sentence.tokens[*i].upos, Upos::Det | Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Part);
        (first..end).filter(content).find(outside).or_else(|| (first..end).find(content)).unwrap_or(first)
    }

    fn noun(&self, i: usize) -> bool {
        matches!(self.sentence.tokens[i].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Sym)
    }

    /// Whether the word is an adjective or participle that a number makes a noun: nothing that it could describe follows.
    pub fn stands_for_people(&self, at: usize) -> bool {
        let Some(token) = self.sentence.tokens.get(at) else { return false };
        let described = self.sentence.head(at).is_some_and(|h| h > at && self.noun(h));
        let adjective = (token.upos == Upos::Adj || token.xpos == Xpos::Vbn) && !described;
        let last = self.sentence.tokens.get(at + 1).is_none_or(|t| matches!(t.upos, Upos::Punct | Upos::Cconj));
        adjective && last && at > 0 && self.sentence.tokens[at - 1].upos == Upos::Num
    }

    /// Whether no verb, preposition or clause border stands between the number and its noun.
    fn clear_way(&self, from: usize, to: usize) -> bool {
        (from..to).all(|i| {
            let token = &self.sentence.tokens[i];
            match token.upos {
                Upos::Aux | Upos::Adp | Upos::Pron | Upos::Sconj | Upos::Det => false,
                Upos::Verb => matches!(token.xpos, Xpos::Vbn | Xpos::Vbg),
                Upos::Punct => self.is(i, &["-", "–", ",", "'", "\"", "“", "”", "‘", "’"]),
                _ => true,
            }
        })
    }

    /// The head of the noun phrase that starts at `from`, without the tree: its first plural, else the last noun of the run.
    fn noun_after(&self, from: usize) -> Option<usize> {
        let mut last = None;
        for i in from..(from + 9).min(self.len()) {
            let token = &self.sentence.tokens[i];
            // 'pick-up trucks': what a hyphen joins on is of the phrase whatever its tag.
            if i > from && self.is(i - 1, &["-", "–"]) && self.touches(i) && self.touches(i - 1) && token.xpos != Xpos::Nns {
                continue;
            }
            match token.upos {
                Upos::Noun if token.xpos == Xpos::Nns && !self.joined_on(i) => return Some(i),
                Upos::Noun | Upos::Propn => last = Some(i),
                // 'three of its soldiers': the possessive opens the phrase.
                Upos::Pron if token.xpos == Xpos::PrpPoss => {}
                Upos::Pron if i == from => return Some(i),
                // '61 a year earlier', '1,000 two decades ago' count neither years nor decades.
                Upos::Det | Upos::Num if i == from && !self.is(from - 1, &["of"]) && self.sentence.tokens[from - 1].upos == Upos::Num => {
                    break;
                }
                Upos::Det | Upos::Adj | Upos::Num | Upos::Part if last.is_none() || token.upos != Upos::Det => {}
                Upos::Verb if matches!(token.xpos, Xpos::Vbn | Xpos::Vbg) && last.is_none() && self.modifies(i) => {}
                Upos::Punct if self.is(i, &["-", "–"]) && self.touches(i + 1) => {}
                Upos::Adv if last.is_none() => {}
                _ => break,
            }
        }
        last
    }

    /// A participle before its noun: 'armed men', 'wounded soldiers'.
    fn modifies(&self, i: usize) -> bool {
        self.sentence.tokens.get(i + 1).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Adj | Upos::Propn))
            && self.sentence.tokens[i].deprel != griot_types::Deprel::Root
    }

    /// 'arms-control': the first part of a compound.
    fn joined_on(&self, i: usize) -> bool {
        self.is(i + 1, &["-"]) && self.touches(i + 1) && self.touches(i + 2)
    }
}
