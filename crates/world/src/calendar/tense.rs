//! Which clause a phrase of time belongs to, and whether that clause looks back or ahead.

use super::words::Words;
use griot_types::{Deprel, Sentence, Token, Upos, Xpos};

/// Where a clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    /// 'has been fighting': up to now.
    Perfect,
    Future,
    /// No verb, or a plain present.
    Open,
}

/// How far up the tree a phrase looks for its verb.
const CLIMB: usize = 64;

/// The verb that governs a phrase of time (or the predicate of its clause), and where it looks.
pub(super) fn clause(words: &Words, sentence: &Sentence, first: usize, end: usize) -> (Option<usize>, Tense) {
    let Some(top) = governor(sentence, first, end) else { return (None, Tense::Open) };
    let the = |i: usize| sentence.tokens[i].deprel == Deprel::Det && sentence.tokens[i].feature("Definite") == Some("Def");
    let happened = is_in(&words.unannounced, &sentence.tokens[top]) && sentence.children(top).any(the) && top >= end;
    let mut at = top;
    let mut noun_ahead = false;
    // No clause is nested this deep; the bound keeps trees from elsewhere, with cycles or of one long chain, from costing time.
    for _ in 0..CLIMB {
        let token = &sentence.tokens[at];
        noun_ahead |=
            !is_predicate(sentence, at) && sentence.children(at).any(|c| c < at && is_in(&words.prospective, &sentence.tokens[c]));
        if is_predicate(sentence, at) || is_in(&words.prospective, token) {
            // 'told France on Friday to withdraw': a time before the 'to' belongs to the verb above it.
            let mark = sentence.children(at).find(|&c| sentence.tokens[c].deprel == Deprel::Mark && is_to(&sentence.tokens[c]));
            match (mark, sentence.head(at)) {
                (Some(mark), Some(above)) if end <= mark && mark < at => at = above,
                _ => break,
            }
        } else {
            match sentence.head(at) {
                Some(above) => at = above,
                None => break,
            }
        }
    }
    let verb = is_predicate(sentence, at).then_some(at);
    let tense = match () {
        () if noun_ahead => Tense::Future,
        () if happened => Tense::Past,
        () => look(words, sentence, at, 0),
    };
    (verb, tense)
}

/// The first token outside the phrase that a token of the phrase hangs on.
fn governor(sentence: &Sentence, first: usize, end: usize) -> Option<usize> {
    let outside = |i: usize| sentence.head(i).filter(|head| !(first..end).contains(head) && *head < sentence.tokens.len());
    let content = |i: &usize| !matches!(sentence.tokens[*i].upos, Upos::Adp | Upos::Det | Upos::Punct | Upos::Sconj);
    (first..end).filter(content).find_map(outside).or_else(|| (first..end).find_map(outside))
}

/// A verb, or what a copula makes one.
fn is_predicate(sentence: &Sentence, at: usize) -> bool {
    matches!(sentence.tokens[at].upos, Upos::Verb | Upos::Aux) || sentence.children(at).any(|c| sentence.tokens[c].deprel == Deprel::Cop)
}

fn is_in(set: &std::collections::HashSet<griot_types::SmolStr>, token: &Token) -> bool {
    set.contains(&token.lemma)
}

fn is_to(token: &Token) -> bool {
    token.xpos == Xpos::To || token.lemma == "to"
}

/// Where the clause of the predicate `at` looks. Non-finite verbs look where the verb above them does, save for infinitives after a verb
/// that does not say that the act came about.
fn look(words: &Words, sentence: &Sentence, at: usize, depth: usize) -> Tense {
    let token = &sentence.tokens[at];
    let auxiliaries: Vec<&Token> = sentence
        .children(at)
        .map(|c| &sentence.tokens[c])
        .filter(|t| matches!(t.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
        .collect();
    let has = |lemmas: &[&str]| auxiliaries.iter().any(|t| lemmas.contains(&t.lemma.as_str()));
    if has(&["will", "shall", "would", "may", "might", "can", "could", "should", "must", "wo", "'ll", "’ll", "ca", "'d"])
        || auxiliaries.iter().any(|t| t.xpos == Xpos::Md)
    {
        // 'could have killed' looks back, 'will have left' ahead.
        return if has(&["have"]) && !has(&["will", "shall"]) { Tense::Past } else { Tense::Future };
    }
    // 'were set free', 'was set up': with such a word the verb is another.
    let other_sense = sentence
        .children(at)
        .map(|c| &sentence.tokens[c])
        .any(|t| t.deprel == Deprel::CompoundPrt || t.deprel == Deprel::Xcomp && matches!(t.upos, Upos::Adj | Upos::Adv));
    let prospective = is_in(&words.prospective, token) && !other_sense;
    // 'was scheduled for', 'has been scheduled for'
    if prospective && token.xpos == Xpos::Vbn {
        return Tense::Future;
    }
    if auxiliaries.iter().any(|t| t.xpos == Xpos::Vbd) || token.xpos == Xpos::Vbd {
        return Tense::Past;
    }
    if has(&["have"]) {
        return Tense::Perfect;
    }
    if prospective {
        return Tense::Future;
    }
    let above = |fallback: Tense| match sentence.head(at) {
        Some(head) if depth < 8 && head < sentence.tokens.len() => {
            let mut up = head;
            for _ in 0..8 {
                if is_predicate(sentence, up) {
                    return look(words, sentence, up, depth + 1);
                }
                match sentence.head(up) {
                    Some(next) => up = next,
                    None => break,
                }
            }
            fallback
        }
        _ => fallback,
    };
    let infinitive = sentence.children(at).any(|c| sentence.tokens[c].deprel == Deprel::Mark && is_to(&sentence.tokens[c]));
    if infinitive {
        let achieved = sentence.head(at).is_some_and(|head| is_in(&words.achieved, &sentence.tokens[head]));
        return if achieved { above(Tense::Past) } else { Tense::Future };
    }
    match token.xpos {
        // 'remain closed until Friday': a complement looks where its verb does.
        Xpos::Vbn if auxiliaries.is_empty() && matches!(token.deprel, Deprel::Xcomp | Deprel::Ccomp) => above(Tense::Past),
        Xpos::Vbn if auxiliaries.is_empty() => Tense::Past,
        Xpos::Vbg if !auxiliaries.is_empty() => Tense::Future,
        Xpos::Vbg | Xpos::Vb => above(Tense::Open),
        Xpos::Vbz | Xpos::Vbp if is_in(&words.intending, token) => Tense::Future,
        _ => Tense::Open,
    }
}
