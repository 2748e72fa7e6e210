//! Finds the dictionary's names, and those that the report itself has introduced, in a sentence.

use super::{grammar::Grammar, introduced::Introduced};
use crate::dictionary::{ActorKind, Dictionary, Lexicon, Namesakes, Sense, Target, fold};
use griot_types::{Deprel, NameKind, Upos, Xpos};

/// A name takes at most this many tokens.
pub const LONGEST: usize = 16;

/// What a name in the text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Something of the dictionary.
    Known(Target),
    /// An actor that the report has introduced, by its number in [`Introduced`].
    Introduced(u32),
}

/// A name found: tokens `first..end`.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// First token.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// What it can stand for, the likeliest first.
    pub named: Vec<Named>,
}

impl Match {
    /// Whether the token is a part of the name.
    pub fn covers(&self, token: usize) -> bool {
        (self.first..self.end).contains(&token)
    }

    /// What it stands for first of all.
    pub fn target(&self) -> Option<Target> {
        self.named.iter().find_map(|n| match n {
            Named::Known(target) => Some(*target),
            Named::Introduced(_) => None,
        })
    }
}

/// All names of a sentence from left to right, the longest first, none overlapping. `namesakes` tells the two Congos' peoples apart;
/// `is_place` knows names such as 'Port Sudan', which are not their country's.
pub fn find(
    dictionary: &Dictionary,
    introduced: &Introduced,
    grammar: &Grammar,
    namesakes: &Namesakes,
    is_place: impl Fn(&str) -> bool,
) -> Vec<Match> {
    let folded: Vec<String> = (0..grammar.count()).map(|t| fold::fold(grammar.form(t))).collect();
    let shouting = is_shouting(grammar);
    let mut matches = Vec::new();
    let mut at = 0;
    while at < grammar.count() {
        match longest(dictionary, introduced, grammar, namesakes, &folded, at, shouting) {
            Some(mut found) => {
                at = found.end;
                let weight = |n: &Named| match n {
                    Named::Known(Target::Demonym(c)) => (true, dictionary.country_at(*c).map_or(0, |c| namesakes.country(&c.iso3)), false),
                    Named::Known(target) => namesakes.weight(*target),
                    Named::Introduced(_) => (true, 0, false),
                };
                found.named.sort_by_key(|n| (rank(*n), std::cmp::Reverse(weight(n))));
                if !(is_country(dictionary, &found) && in_longer_place(dictionary.lexicon(), grammar, &found, &is_place)) {
                    matches.push(found);
                }
            }
            None => at += 1,
        }
    }
    prefer_neighbours(dictionary, grammar, &mut matches);
    matches
}

/// 'the Taliban in Kabul' are Afghanistan's, whichever the report speaks of more.
fn prefer_neighbours(dictionary: &Dictionary, grammar: &Grammar, matches: &mut [Match]) {
    for at in 1..matches.len() {
        let (before, behind) = matches.split_at_mut(at);
        let (Some(name), Some(place)) = (before.last_mut(), behind.first()) else { continue };
        let beside = place.first == name.end + 1 && matches!(grammar.lemma(name.end), "in" | "of");
        let country = match place.target() {
            Some(Target::Entry(at)) => dictionary.entry_at(at).filter(|e| e.kind == ActorKind::State).and_then(|e| e.country.as_deref()),
            Some(Target::Capital(at)) => dictionary.country_at(at).map(|c| c.iso3.as_str()),
            _ => None,
        };
        if let Some(country) = country.filter(|_| beside) {
            let at_home = |n: &Named| matches!(n, Named::Known(Target::Entry(at)) if dictionary.entry_at(*at).is_some_and(|e| e.country.as_deref() == Some(country)));
            name.named.sort_by_key(|n| !at_home(n));
        }
    }
}

fn is_country(dictionary: &Dictionary, found: &Match) -> bool {
    match found.target() {
        Some(Target::Entry(at)) => dictionary.entry_at(at).is_some_and(|e| e.kind == ActorKind::State),
        Some(Target::Capital(_)) => true,
        _ => false,
    }
}

/// Whether proper nouns beside the name make it the name of another place.
fn in_longer_place(lexicon: &Lexicon, grammar: &Grammar, found: &Match, is_place: &impl Fn(&str) -> bool) -> bool {
    let proper = |t: usize| grammar.upos(t) == Upos::Propn;
    let first = (0..found.first).rev().take_while(|t| proper(*t)).take(3).last().unwrap_or(found.first);
    let end = (found.end..grammar.count()).take_while(|t| proper(*t)).take(2).last().map_or(found.end, |t| t + 1);
    let beside =
        (first..=found.first).any(|f| (found.end..=end).any(|e| (f, e) != (found.first, found.end) && is_place(grammar.words(f, e))));
    // 'Gulf of Guinea', 'Mocímboa da Praia'
    let from = found.first.saturating_sub(3);
    beside || (from..found.first).any(|f| longest_linked(lexicon, grammar, f, &is_place).is_some_and(|end| end >= found.end))
}

/// One past the longest name from a token on that has small words inside, such as 'of' and 'da', and that `is_place` knows as a whole.
pub(crate) fn longest_linked(lexicon: &Lexicon, grammar: &Grammar, first: usize, is_place: &dyn Fn(&str) -> bool) -> Option<usize> {
    let proper = |t: usize| grammar.form(t).starts_with(char::is_uppercase);
    let small = |t: usize| lexicon.is_inside_names(grammar.form(t));
    if !proper(first) || first + 2 >= grammar.count() || !(small(first + 1) || small(first + 2)) {
        return None;
    }
    let limit = grammar.count().min(first + 6);
    let inside = (first + 1..limit).take_while(|t| proper(*t) || small(*t) || matches!(grammar.form(*t), "-"));
    inside.filter(|t| proper(*t) && (first + 1..*t).any(small)).filter(|t| is_place(grammar.words(first, t + 1))).last().map(|t| t + 1)
}

/// Whether the sentence is written in capitals throughout, so that capitals tell nothing.
fn is_shouting(grammar: &Grammar) -> bool {
    let (mut small, mut capital) = (0, 0);
    for c in grammar.sentence.span.of(grammar.text).chars() {
        small += usize::from(c.is_lowercase());
        capital += usize::from(c.is_uppercase());
    }
    capital > 12 && small * 10 < capital
}

fn longest(
    dictionary: &Dictionary,
    introduced: &Introduced,
    grammar: &Grammar,
    namesakes: &Namesakes,
    folded: &[String],
    first: usize,
    shouting: bool,
) -> Option<Match> {
    if folded[first].is_empty() || grammar.xpos(first) == Xpos::Pos {
        return None;
    }
    let limit = (first + LONGEST).min(folded.len());
    let mut best: Option<Match> = None;
    let pieces = folded[first..limit].iter().map(String::as_str);
    dictionary.names().walk(pieces, |count, senses| {
        let end = first + count;
        // 'the Centre' is Delhi, 'the Medical Centre' and 'Centre Party' are not.
        let alone = first > 0 && grammar.opens_definite(first - 1) && (end >= grammar.count() || grammar.upos(end) != Upos::Propn);
        let named: Vec<Named> = senses
            .iter()
            .filter(|s| written_so(s, grammar, first, end, shouting) || governs(namesakes, s, grammar, first, end))
            .filter(|s| namesakes.allows(s))
            .filter(|s| alone || !(s.near && matches!(s.target, Target::Seat(_))))
            .map(|s| Named::Known(s.target))
            .collect();
        if !named.is_empty() && ends_well(grammar, end) {
            best = Some(Match { first, end, named });
        }
    });
    if let Some((end, number)) = introduced.longest(grammar, folded, first, shouting) {
        // What the report itself says a name stands for outranks the dictionary, unless the dictionary knows a longer one.
        if best.as_ref().is_none_or(|b| end >= b.end && !is_same(dictionary, introduced, b, number)) {
            best = Some(Match { first, end, named: vec![Named::Introduced(number)] });
        }
    }
    best.filter(|found| !inside_longer_name(grammar, found))
}

/// Whether the dictionary's first meaning is the very entry that the report introduced.
fn is_same(dictionary: &Dictionary, introduced: &Introduced, found: &Match, number: u32) -> bool {
    let id = introduced.actor(number).and_then(|a| a.actor.id.clone());
    matches!(found.target(), Some(Target::Entry(e)) if dictionary.entry_at(e).is_some_and(|entry| Some(&entry.id) == id.as_ref()))
}

/// Full names before short ones, organisations and states before capitals, adjectives last.
fn rank(named: Named) -> u8 {
    match named {
        Named::Known(Target::Entry(_)) => 0,
        Named::Known(Target::Holder(_) | Target::Figure(_)) => 1,
        Named::Known(Target::Seat(_)) => 2,
        Named::Known(Target::Capital(_)) => 3,
        Named::Known(Target::Demonym(_)) => 4,
        Named::Known(Target::HolderShort(_) | Target::FigureShort(_)) => 5,
        Named::Introduced(_) => 6,
    }
}

/// A name does not end in a possessive mark.
fn ends_well(grammar: &Grammar, end: usize) -> bool {
    grammar.xpos(end - 1) != Xpos::Pos
}

/// Whether the surname of a country's ruler does something, whatever the name finder takes it for.
fn governs(namesakes: &Namesakes, sense: &Sense, grammar: &Grammar, first: usize, end: usize) -> bool {
    let doer = matches!(grammar.deprel(first), Deprel::Nsubj | Deprel::NsubjPass);
    doer && end == first + 1 && fold::has_capital(grammar.form(first)) && grammar.upos(first) == Upos::Propn && namesakes.governs(sense)
}

/// Whether tokens `first..end` are written as the sense asks for.
fn written_so(sense: &Sense, grammar: &Grammar, first: usize, end: usize, shouting: bool) -> bool {
    if sense.small {
        return true;
    }
    let words = grammar.words(first, end);
    if shouting {
        // 'WHO', 'US', 'IS' in a headline are words before they are acronyms, and so is 'CAR' in 'CAR BOMB': of the short ones a tagger's noun is a noun.
        let long = words.chars().filter(|c| c.is_alphabetic()).count() > 3;
        return !sense.capitals || end - first > 1 || grammar.upos(first) == Upos::Propn || long && grammar.upos(first) == Upos::Noun;
    }
    if sense.capitals {
        return fold::in_capitals(words);
    }
    match sense.target {
        Target::HolderShort(_) | Target::FigureShort(_) => {
            // A short name is a word or a place as easily as a person: 'May', 'Bush', 'Sall'.
            fold::has_capital(words)
                && (first..end).all(|t| grammar.upos(t) == Upos::Propn)
                && grammar.sentence.names.iter().all(|n| (n.end as usize) <= first || end <= n.first as usize || n.kind == NameKind::Person)
        }
        _ => words.chars().next().is_some_and(char::is_uppercase) || (end - first > 1 && fold::has_capital(words)),
    }
}

/// A state or a surname inside a longer person's name ('Jordan Smith', 'Brigitte Macron') is a part of that name.
fn inside_longer_name(grammar: &Grammar, found: &Match) -> bool {
    let weak = found.named.iter().all(|n| !matches!(n, Named::Known(Target::Holder(_) | Target::Figure(_))));
    weak && grammar.sentence.names.iter().any(|name| {
        let (first, end) = (name.first as usize, name.end as usize);
        name.kind == NameKind::Person
            && first <= found.first
            && found.end <= end
            && end - first > found.end - found.first
            // 'French President Macron' taken for one name still holds a demonym and a short name.
            && !(first..end).any(|t| !found.covers(t) && grammar.upos(t) != Upos::Propn)
            && !is_title_run(grammar, first, found.first)
    })
}

/// Whether the tokens before the name hang on it as a title does.
fn is_title_run(grammar: &Grammar, first: usize, end: usize) -> bool {
    first < end && (first..end).any(|t| grammar.deprel(t) == Deprel::NmodDesc)
}
