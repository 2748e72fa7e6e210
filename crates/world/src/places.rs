//! Place names of a report: which words are place names, and which places they mean.

use crate::{
    actors::{
        grammar::Grammar,
        matching::{Match, Named},
    },
    dictionary::{ActorKind, Dictionary, Target},
    gazetteer::{Class, Gazetteer, PlaceContext, PlacePhrase},
};
use griot_types::{Deprel, NameKind, Place, SmolStr, Upos};

/// A place that a sentence names.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// The first token of the place phrase: 'near' in 'near Koutougou'.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// The head of the name in the tree.
    pub head: usize,
    /// The place; without coordinates where the gazetteer knows none of that name.
    pub place: Place,
}

/// A place phrase that waits for the rest of the report to be read.
pub(crate) struct Unresolved {
    sentence: usize,
    head: usize,
    phrase: PlacePhrase,
    /// The name finder says that it is a place, so it is kept even if the gazetteer does not know it.
    surely: bool,
    /// The dictionary's name and country, for states and capitals.
    known: Option<(String, SmolStr)>,
    /// The name finder says that it is a person, so it must lie in a country that the report speaks of.
    doubtful: bool,
}

impl Unresolved {
    /// Whether the name is rather that of a person: the place is too small to be named without its country.
    fn is_person(&self, gazetteer: &Gazetteer, place: &Place) -> bool {
        self.doubtful && !gazetteer.lookup(&place.name).any(|c| c.geonames == place.geonames && c.population >= FOREIGN_POPULATION)
    }
}

/// A name that is to become a place.
struct Candidate {
    first: usize,
    end: usize,
    surely: bool,
    known: Option<(String, SmolStr)>,
    doubtful: bool,
}

/// Collects the place names of one sentence.
pub(crate) fn collect(
    gazetteer: &Gazetteer,
    dictionary: &Dictionary,
    grammar: &Grammar,
    matches: &[Match],
    number: usize,
    out: &mut Vec<Unresolved>,
) {
    let from = out.len();
    for Candidate { first, end, surely, known, doubtful } in names(gazetteer, dictionary, grammar, matches) {
        let phrase = gazetteer.phrase(grammar.text, grammar.sentence, first, end);
        // Two names of one phrase ('between Gao and Kidal') are one place.
        if out[from..].iter().any(|u| u.phrase.span == phrase.span) {
            continue;
        }
        let inside = |t: &usize| (first..end).contains(t);
        let head = (first..end).find(|t| grammar.sentence.head(*t).is_none_or(|h| !inside(&h))).unwrap_or(end - 1);
        out.push(Unresolved { sentence: number, head, phrase, surely, known, doubtful });
    }
}

/// Tokens that name places, from left to right: states and capitals, what the name finder calls a place, and names after a preposition that
/// the gazetteer knows. A person's name is none unless it is that of a state or a region, nor is a demonym or an organisation.
fn names(gazetteer: &Gazetteer, dictionary: &Dictionary, grammar: &Grammar, matches: &[Match]) -> Vec<Candidate> {
    let mut names: Vec<Candidate> = Vec::new();
    for found in matches.iter().filter(|m| !linked(grammar, m.end)) {
        if let Some(known) = state_or_capital(dictionary, found) {
            names.push(Candidate { first: found.first, end: found.end, surely: true, known: Some(known), doubtful: false });
        }
    }
    let taken = |names: &[Candidate], first: usize, end: usize| {
        names.iter().any(|c| c.first < end && first < c.end)
            || matches.iter().any(|m| m.first < end && first < m.end && (!m.named.iter().all(is_demonym) || m.first == first && m.end == end))
    };
    for name in grammar.sentence.names.iter().filter(|n| n.kind == NameKind::Place) {
        let (first, end) = (name.first as usize, name.end as usize);
        let adjective = (first..end).all(|t| grammar.upos(t) == Upos::Adj);
        if !taken(&names, first, end) && !adjective {
            names.push(Candidate { first, end, surely: true, known: None, doubtful: false });
        }
    }
    let mut at = 0;
    while at < grammar.len() {
        let run = (at..grammar.len()).take_while(|t| grammar.upos(*t) == Upos::Propn).count();
        if run > 0 {
            let stands = standing(grammar, at);
            let found = (1..=run.min(5)).rev().find_map(|n| belief(gazetteer, dictionary, grammar, at, at + n, stands).map(|d| (n, d)));
            if let Some((length, doubtful)) = found.filter(|(n, _)| !taken(&names, at, at + n)) {
                names.push(Candidate { first: at, end: at + length, surely: false, known: None, doubtful });
            }
        }
        at += run.max(1);
    }
    names.sort_by_key(|c| (c.first, c.end));
    names
}

/// How a name stands in its sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// After a preposition: 'in Gao'.
    Located,
    /// After a preposition and an article: 'in the Gao'.
    Article,
    /// Elsewhere: 'attacked Djibo'.
    Free,
}

/// Whether a name can be a place: `None` for no, else whether it is doubtful, so that it must lie in a country of the report. Regions are known
/// one by one, so after a preposition the gazetteer is believed against the name finder; what the name finder calls a person, or what stands
/// elsewhere, is doubtful; a common noun with a capital ('the Mission') is none.
fn belief(
    gazetteer: &Gazetteer,
    dictionary: &Dictionary,
    grammar: &Grammar,
    first: usize,
    end: usize,
    standing: Standing,
) -> Option<bool> {
    let words = grammar.words(first, end);
    if standing != Standing::Free && gazetteer.lookup(words).any(|c| c.class == Class::Region) {
        return Some(false);
    }
    let noun = (first..end).any(|t| dictionary.lexicon().word(grammar.form(t)).is_some());
    if standing == Standing::Article || noun || !gazetteer.knows(words) || is_titled(grammar, first, end) {
        return None;
    }
    let name = grammar.sentence.names.iter().find(|n| (n.first as usize) < end && first < n.end as usize);
    match name {
        None => Some(standing == Standing::Free),
        Some(n) => (n.kind == NameKind::Person && n.first as usize == first && n.end as usize == end).then_some(true),
    }
}

/// Whether the name is a part of a longer one or has a title, as persons have.
fn is_titled(grammar: &Grammar, first: usize, end: usize) -> bool {
    let part = |t: usize| matches!(grammar.upos(t), Upos::Propn) || grammar.deprel(t) == Deprel::NmodDesc;
    (first > 0 && part(first - 1)) || (end < grammar.len() && part(end)) || (first..end).any(|t| grammar.children(t).any(|c| grammar.deprel(c) == Deprel::NmodDesc))
}

fn is_demonym(named: &Named) -> bool {
    matches!(named, Named::Known(Target::Demonym(_)))
}

/// The gazetteer's way to a state or a capital: its common name and its country.
fn state_or_capital(dictionary: &Dictionary, found: &Match) -> Option<(String, SmolStr)> {
    let capital = found.named.iter().find_map(|n| match n {
        Named::Known(Target::Capital(at)) => dictionary.country_at(*at),
        _ => None,
    });
    let country = match found.named.first()? {
        Named::Known(Target::Capital(_) | Target::Seat(_)) => {
            let country = capital?;
            return Some((country.capital.clone(), SmolStr::from(&country.iso3)));
        }
        Named::Known(Target::Entry(at)) => dictionary.entry_at(*at).filter(|e| e.kind == ActorKind::State)?,
        _ => return None,
    };
    Some((country.name.clone(), country.country.clone()?))
}

/// 'Iran-backed' names no place.
fn linked(grammar: &Grammar, end: usize) -> bool {
    end + 1 < grammar.len() && grammar.form(end) == "-" && matches!(grammar.upos(end + 1), Upos::Verb | Upos::Adj)
}

/// How the name that starts at a token stands.
fn standing(grammar: &Grammar, token: usize) -> Standing {
    let mut before = token;
    while before > 0 && matches!(grammar.upos(before - 1), Upos::Det | Upos::Adj) {
        before -= 1;
    }
    let article = (before..token).any(|t| grammar.upos(t) == Upos::Det);
    let preposition = before > 0 && grammar.upos(before - 1) == Upos::Adp && grammar.deprel(before - 1) == Deprel::Case;
    match (preposition, article) {
        (_, true) => Standing::Article,
        (true, false) => Standing::Located,
        (false, false) => Standing::Free,
    }
}

/// A homonym with fewer people than this in a country that the report does not name is not taken for the place.
const FOREIGN_POPULATION: u32 = 50_000;

/// Whether the resolved place is a small namesake in a country that the report does not speak of.
fn is_namesake(gazetteer: &Gazetteer, unresolved: &Unresolved, place: &Place, context: &PlaceContext) -> bool {
    let Some(country) = &place.country else { return false };
    if unresolved.known.is_some() || context.countries.is_empty() || context.countries.iter().any(|(c, _)| c == country) {
        return false;
    }
    if context.dateline.as_ref() == Some(country) || unresolved.phrase.within.is_some() {
        return false;
    }
    gazetteer.lookup(&place.name).any(|c| c.geonames == place.geonames && c.class > Class::Country && c.population < FOREIGN_POPULATION && c.class != Class::Region)
}

/// Settles all place names of a report together and hands them out to their sentences.
pub(crate) fn resolve<'t>(
    gazetteer: &Gazetteer,
    text: &'t str,
    unresolved: &'t [Unresolved],
    context: &PlaceContext,
    mut give: impl FnMut(usize, PlaceMention),
) {
    let mention = |u: &'t Unresolved| {
        let mut mention = u.phrase.mention(text);
        if let Some((name, country)) = &u.known {
            mention.name = name;
            mention.hint_country = Some(country);
        }
        mention
    };
    let names: Vec<_> = unresolved.iter().map(mention).collect();
    for (u, place) in unresolved.iter().zip(gazetteer.resolve(&names, context)) {
        let inside = |p: &Place| {
            context.countries.is_empty() && !u.is_person(gazetteer, p)
                || p.country.as_ref().is_some_and(|country| context.countries.iter().any(|(c, _)| c == country))
        };
        let place = place.filter(|p| !is_namesake(gazetteer, u, p, context) && (!u.doubtful || inside(p)));
        let place = place.or_else(|| {
            u.surely.then(|| Place { text: u.phrase.span.of(text).to_owned(), name: u.phrase.name.of(text).to_owned(), ..Place::default() })
        });
        if let Some(place) = place {
            give(u.sentence, PlaceMention { first: u.phrase.first, end: u.phrase.end, head: u.head, place });
        }
    }
}
