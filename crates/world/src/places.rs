//! Place names of a report: which words are place names, and which places they mean.

use crate::{
    actors::{
        grammar::Grammar,
        matching::{Match, Named, longest_linked},
    },
    calendar::TimeMention,
    dictionary::{ActorKind, Dictionary, Target},
    gazetteer::{Candidate, Class, Gazetteer, PlaceContext, PlaceName, PlacePhrase, Relation},
};
use griot_types::{Deprel, NameKind, Place, SmolStr, Span, Upos, Xpos};
use std::collections::{BTreeMap, BTreeSet};

/// A place that a sentence names.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// The first token of the place phrase: 'near' in 'near Koutougou'.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// The head of the name in the tree.
    pub head: usize,
    /// The name's bytes in the report's text, and those of the second name of a stretch or a border.
    pub names: (Span, Option<Span>),
    /// The place; without coordinates where the gazetteer knows none of that name.
    pub place: Place,
    /// Other places that the name could mean, the likeliest first: what a reviewer chooses from.
    pub candidates: Vec<Candidate>,
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
    /// It is a capital.
    capital: bool,
    trust: Trust,
}

/// A name that is to become a place.
struct Name {
    first: usize,
    end: usize,
    surely: bool,
    known: Option<(String, SmolStr)>,
    trust: Trust,
}

/// How far the words around a name speak for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// They do: 'in Gao'.
    Fair,
    /// They do, but the name finder says that it is a person; the flag tells whether the preposition is one that persons never follow.
    Likely(bool),
    /// They are a heading, which can be any word: it must be in the report's countries, or a country, a region, a first-level unit or a city.
    Heading,
    /// They allow one: it must be a known place or one in the report's countries.
    Doubtful,
    /// They rather speak for a doer: it must be one of the report's countries.
    Slight,
}

/// Collects the place names of one sentence.
pub(crate) fn collect(
    gazetteer: &Gazetteer,
    dictionary: &Dictionary,
    grammar: &Grammar,
    matches: &[Match],
    times: &[TimeMention],
    number: usize,
    out: &mut Vec<Unresolved>,
) {
    let from = out.len();
    for Name { first, end, surely, known, trust } in names(gazetteer, dictionary, grammar, matches) {
        // 'May', 'August' and 'Sunday' are places too.
        if times.iter().any(|t| t.first < end && first < t.end) {
            continue;
        }
        let phrase = gazetteer.phrase(grammar.text, grammar.sentence, first, end);
        // Two names of one phrase ('between Gao and Kidal') are one place.
        if out[from..].iter().any(|u| u.phrase.span == phrase.span) {
            continue;
        }
        let inside = |t: &usize| (first..end).contains(t);
        let head = (first..end).find(|t| grammar.sentence.head(*t).is_none_or(|h| !inside(&h))).unwrap_or(end - 1);
        let capital =
            known.as_ref().is_some_and(|(name, iso3)| dictionary.country(iso3).is_some_and(|c| c.capital == *name && c.name != *name));
        out.push(Unresolved { sentence: number, head, phrase, surely, known, capital, trust });
    }
}

/// Tokens that name places, from left to right: states and capitals, what the name finder calls a place, and names after a preposition that
/// the gazetteer knows. A person's name is none unless it is that of a state or a region, nor is a demonym or an organisation.
fn names(gazetteer: &Gazetteer, dictionary: &Dictionary, grammar: &Grammar, matches: &[Match]) -> Vec<Name> {
    let mut names = linked_names(gazetteer, dictionary, grammar);
    for found in matches.iter().filter(|m| !linked(grammar, m.end)) {
        if names.iter().any(|c| c.first < found.end && found.first < c.end) {
            continue;
        }
        if let Some(known) = state_or_capital(dictionary, found) {
            names.push(Name { first: found.first, end: found.end, surely: true, known: Some(known), trust: Trust::Fair });
        }
    }
    let taken = |names: &[Name], first: usize, end: usize| {
        names.iter().any(|c| c.first < end && first < c.end)
            || matches.iter().any(|m| {
                m.first < end
                    && first < m.end
                    && !is_land(gazetteer, grammar, m)
                    && !(m.named.iter().all(|n| is_people(dictionary, n)) && (m.first, m.end) != (first, end))
            })
    };
    for name in grammar.sentence.names.iter().filter(|n| n.kind == NameKind::Place) {
        let (first, end) = (name.first as usize, name.end as usize);
        let adjective = (first..end).all(|t| grammar.upos(t) == Upos::Adj);
        // 'the West' is no town.
        let area = |c: &Candidate| matches!(c.class, Class::Country | Class::Region | Class::Admin1 | Class::Admin2 | Class::Area);
        let vague = standing(grammar, first) == Standing::Article && !gazetteer.lookup(grammar.words(first, end)).any(|c| area(&c));
        if !taken(&names, first, end) && !adjective && !vague {
            names.push(Name { first, end, surely: true, known: None, trust: Trust::Fair });
        }
    }
    if let Some(end) = heading_name(gazetteer, grammar).filter(|&end| !taken(&names, 0, end)) {
        names.push(Name { first: 0, end, surely: false, known: None, trust: Trust::Heading });
    }
    let mut at = 0;
    while at < grammar.count() {
        let longest = longest_run(grammar, at);
        let stands = match standing(grammar, at) {
            Standing::Free | Standing::Doer if is_taken(gazetteer, grammar, at) && !is_called(grammar, at) => Standing::Located,
            stands => stands,
        };
        let found = (1..=longest).rev().find_map(|n| belief(gazetteer, dictionary, grammar, at, at + n, stands).map(|t| (n, t)));
        match found.filter(|(n, _)| !taken(&names, at, at + n)) {
            Some((length, trust)) => {
                names.push(Name { first: at, end: at + length, surely: false, known: None, trust });
                at += length;
            }
            None if is_site(gazetteer, grammar, at, longest) && !taken(&names, at, at + longest) => {
                names.push(Name { first: at, end: at + longest, surely: true, known: None, trust: Trust::Fair });
                at += longest;
            }
            None => at += longest.max(1),
        }
    }
    names.sort_by_key(|c| (c.first, c.end));
    names
}

/// Names of several words of which some are small: 'Gulf of Aden', 'Mocímboa da Praia', 'Deir el-Balah'.
fn linked_names(gazetteer: &Gazetteer, dictionary: &Dictionary, grammar: &Grammar) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < grammar.count() {
        let end = longest_linked(dictionary.lexicon(), grammar, at, &|words| {
            gazetteer.lookup(words).any(|c| !matches!(c.class, Class::Country | Class::Area | Class::Other | Class::Site))
        });
        if let Some(end) = end {
            names.push(Name { first: at, end, surely: false, known: None, trust: Trust::Fair });
        }
        at = end.unwrap_or(at + 1);
    }
    names
}

/// How many tokens from `at` on can be one name: proper nouns, and what stands between hyphens ('Deir ez-Zor').
fn longest_run(grammar: &Grammar, at: usize) -> usize {
    // 'bombed Tyre': inside a sentence a capital says more than the tagger, which takes names that it does not know for nouns.
    let capital = |t: usize| t > 0 && grammar.upos(t) == Upos::Noun && is_capital_among_small(grammar, t);
    let proper = |t: usize| grammar.upos(t) == Upos::Propn || capital(t);
    let run = (at..grammar.count().min(at + 5))
        .take_while(|t| proper(*t) || *t > at && (grammar.xpos(*t) == Xpos::Hyph || grammar.xpos(*t - 1) == Xpos::Hyph));
    let run = run.count();
    if run > 0 && proper(at) { run } else { 0 }
}

/// Whether a word has a capital that its place in the sentence does not give it: neither at the beginning nor among others, as in a title.
fn is_capital_among_small(grammar: &Grammar, token: usize) -> bool {
    let capital = |t: usize| grammar.form(t).starts_with(char::is_uppercase);
    let opens = grammar.upos(token - 1) == Upos::Punct && !matches!(grammar.form(token - 1), "," | "(" | "-" | "–");
    let content = |t: &usize| matches!(grammar.upos(*t), Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv);
    let small = (0..grammar.count()).filter(content).filter(|&t| !capital(t)).count();
    let large = (0..grammar.count()).filter(content).filter(|&t| capital(t)).count();
    capital(token) && !opens && small > large
}

/// Whether the words after a name say that it is a place, known or not: 'Zamzam camp', 'Kirta village'.
fn is_site(gazetteer: &Gazetteer, grammar: &Grammar, first: usize, count: usize) -> bool {
    let plain = (first..first + count).all(|t| grammar.xpos(t) != Xpos::Hyph);
    count > 0 && plain && first > 0 && gazetteer.is_settlement(grammar.text, grammar.sentence, first + count)
}

/// How a name stands in its sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// After a preposition: 'in Gao'.
    Located,
    /// After a preposition and an article: 'in the Gao'.
    Article,
    /// Where a verb can have a place: 'attacked Djibo'.
    Free,
    /// Where a doer stands.
    Doer,
}

/// Whether a name can be a place, and how surely; `None` for no. Regions are known one by one, so after a preposition the gazetteer is believed
/// against the name finder; a common noun with a capital ('the Mission') is no place.
fn belief(
    gazetteer: &Gazetteer,
    dictionary: &Dictionary,
    grammar: &Grammar,
    first: usize,
    end: usize,
    standing: Standing,
) -> Option<Trust> {
    let words = grammar.words(first, end);
    if standing != Standing::Doer && gazetteer.lookup(words).any(|c| c.class == Class::Region) {
        return Some(Trust::Fair);
    }
    let noun = (first..end).any(|t| dictionary.lexicon().word(grammar.form(t)).is_some());
    if standing == Standing::Article || noun || !gazetteer.knows(words) || is_titled(gazetteer, grammar, first, end) {
        return None;
    }
    let name = grammar.sentence.names.iter().find(|n| (n.first as usize) < end && first < n.end as usize);
    let whole = name.is_some_and(|n| {
        // The name finder takes short names of towns for persons, and sometimes for organisations.
        let mistaken = n.kind == NameKind::Person || n.kind == NameKind::Organisation && never_personal(gazetteer, grammar, first);
        mistaken && n.first as usize == first && n.end as usize == end
    });
    match (standing, name) {
        (Standing::Located, None) => Some(Trust::Fair),
        (Standing::Doer, None) => Some(Trust::Slight),
        (Standing::Free, None) => Some(Trust::Doubtful),
        (Standing::Located, Some(_)) if whole => Some(Trust::Likely(never_personal(gazetteer, grammar, first))),
        (Standing::Free, Some(_)) if whole => Some(Trust::Doubtful),
        _ => None,
    }
}

/// Whether a preposition before the token takes places and no persons.
fn never_personal(gazetteer: &Gazetteer, grammar: &Grammar, first: usize) -> bool {
    first > 0 && gazetteer.takes_places(grammar.lemma(first - 1))
}

/// Whether the name is a part of a longer one or has a title, as persons have.
fn is_titled(gazetteer: &Gazetteer, grammar: &Grammar, first: usize, end: usize) -> bool {
    let part = |t: usize| matches!(grammar.upos(t), Upos::Propn) || grammar.deprel(t) == Deprel::NmodDesc;
    // 'Tillabéri Region' is the region's name.
    let unit = |t: usize| gazetteer.unit_word(grammar.form(t)).is_some();
    (first > 0 && part(first - 1))
        || (end < grammar.count() && part(end) && !unit(end))
        || (first..end).any(|t| grammar.children(t).any(|c| grammar.deprel(c) == Deprel::NmodDesc))
}

/// A government, a group or a people that is called as the land that it holds: 'in South Ossetia', 'Amhara region'. 'A Kuki settlement' is no land.
fn is_land(gazetteer: &Gazetteer, grammar: &Grammar, found: &Match) -> bool {
    let first = found.first;
    if found.end < grammar.count() && gazetteer.unit_word(grammar.form(found.end)).is_some() && !found.named.iter().all(is_demonym) {
        return true;
    }
    // 'in Meitei areas' and 'in Kuki villages' name people.
    if found.end < grammar.count() && grammar.upos(found.end) == Upos::Noun && grammar.deprel(found.end - 1) != Deprel::Obl {
        return false;
    }
    let located = matches!(standing(grammar, first), Standing::Located) && never_personal(gazetteer, grammar, first);
    located && gazetteer.lookup(grammar.words(first, found.end)).any(|c| matches!(c.class, Class::Region | Class::Admin1))
}

/// A demonym, or a people of the dictionary whose land may bear its name: 'Amhara'.
fn is_people(dictionary: &Dictionary, named: &Named) -> bool {
    match named {
        Named::Known(Target::Demonym(_)) => true,
        Named::Known(Target::Entry(at)) => dictionary.entry_at(*at).is_some_and(|e| e.kind == ActorKind::Civilian),
        _ => false,
    }
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
    end + 1 < grammar.count() && grammar.form(end) == "-" && matches!(grammar.upos(end + 1), Upos::Verb | Upos::Adj)
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
        // 'the Nyala market'.
        (_, true) if grammar.deprel(token) == Deprel::Compound => Standing::Free,
        (_, true) => Standing::Article,
        (true, false) => Standing::Located,
        (false, false)
            if matches!(grammar.deprel(token), Deprel::Nsubj | Deprel::NsubjOuter | Deprel::Root | Deprel::Vocative)
                && !is_label(grammar) =>
        {
            Standing::Doer
        }
        (false, false) => Standing::Free,
    }
}

/// Whether the name finder has a name at the token.
fn is_called(grammar: &Grammar, token: usize) -> bool {
    grammar.sentence.names.iter().any(|n| (n.first as usize..n.end as usize).contains(&token))
}

/// Whether a name is the object of a verb that takes places: 'left Gao', 'seized Sake'.
fn is_taken(gazetteer: &Gazetteer, grammar: &Grammar, token: usize) -> bool {
    let object = grammar.deprel(token) == Deprel::Obj || grammar.deprel(token) == Deprel::NsubjPass;
    object
        && grammar
            .sentence
            .head(token)
            .is_some_and(|verb| grammar.upos(verb) == Upos::Verb && gazetteer.takes_place_object(grammar.lemma(verb)))
}

/// A heading or a cell without a verb, in which nobody does anything: 'Gao', 'Gao and Ménaka regions'.
fn is_label(grammar: &Grammar) -> bool {
    (0..grammar.count()).all(|t| !matches!(grammar.upos(t), Upos::Verb | Upos::Aux))
}

/// Where the name ends in a heading that is nothing but a place's name with its unit, whatever the tagger takes so few words for: 'Tillabéri Region'.
fn heading_name(gazetteer: &Gazetteer, grammar: &Grammar) -> Option<usize> {
    const WORDS: usize = 4;
    let capital = |t: usize| grammar.form(t).starts_with(char::is_uppercase);
    let rest = |end: usize| {
        let mut words = (end..grammar.count()).filter(|&t| grammar.upos(t) != Upos::Punct);
        words.all(|t| gazetteer.unit_word(grammar.form(t)).is_some())
    };
    let known = |end: &usize| gazetteer.knows(grammar.words(0, *end)) && rest(*end);
    if grammar.count() > WORDS || !is_label(grammar) || !capital(0) { None } else { (1..=grammar.count()).find(known) }
}

/// A place with fewer people than this is not known beyond its country: a report elsewhere that says its name means another.
const KNOWN_ABROAD: u32 = 50_000;

/// Names of up to so many letters are borne by places everywhere.
const SHORT: usize = 5;

/// Judges what the resolver found.
struct Judge<'a> {
    gazetteer: &'a Gazetteer,
    context: &'a PlaceContext,
    /// The countries that the report itself names; the context holds those too where its groups are known to act.
    named: &'a BTreeMap<SmolStr, u32>,
    /// The countries of its places that are beyond doubt.
    around: BTreeSet<SmolStr>,
}

impl Judge<'_> {
    /// Whether the report speaks of the place's country.
    fn is_inside(&self, place: &Place, trust: Trust) -> bool {
        place.country.as_ref().is_some_and(|country| {
            self.context.dateline.as_ref() == Some(country)
                || self.named.contains_key(country)
                || trust != Trust::Slight && self.around.contains(country)
                || matches!(trust, Trust::Fair | Trust::Likely(_)) && self.context.countries.iter().any(|(c, _)| c == country)
        })
    }

    /// Whether the place is big enough to be named without its country.
    fn is_known_abroad(&self, place: &Place, name: &str) -> bool {
        self.gazetteer.lookup(name).any(|c| {
            // A by-name that is forgotten at home is no way to name a city abroad.
            let least = if c.is_main_name { KNOWN_ABROAD } else { 20 * KNOWN_ABROAD };
            c.geonames == place.geonames && (c.population >= least || matches!(c.class, Class::Country | Class::Region))
        })
    }

    fn is_unit(&self, place: &Place, name: &str) -> bool {
        let same = |c: &Candidate| Some(&c.country) == place.country.as_ref();
        self.gazetteer.lookup(name).any(|c| same(&c) && matches!(c.class, Class::Country | Class::Region | Class::Admin1))
    }

    fn is_main_name(&self, place: &Place, name: &str) -> bool {
        self.gazetteer.lookup(name).any(|c| c.is_main_name && c.geonames == place.geonames)
    }

    /// Whether all places of this name lie in one country.
    fn is_plain(&self, name: &str) -> bool {
        let mut countries = self.gazetteer.lookup(name).map(|c| c.country);
        countries.next().is_some_and(|first| countries.all(|c| c == first))
    }

    /// Whether the place can be what these words mean.
    fn believes(&self, u: &Unresolved, place: &Place, name: &str) -> bool {
        if u.known.is_some() || u.phrase.within.is_some() || self.is_inside(place, u.trust) {
            return true;
        }
        // What the gazetteer lacks lies where the report says.
        if place.geonames.is_none() && place.precision.is_some_and(|precision| precision >= 4) && u.trust == Trust::Fair {
            return true;
        }
        // A place that the report's countries do not explain.
        match u.trust {
            Trust::Slight | Trust::Likely(false) => false,
            Trust::Heading => self.is_unit(place, name) || self.is_known_abroad(place, name),
            _ if self.is_known_abroad(place, name) => true,
            // A short by-name may be borne by one place alone, anywhere on Earth, by accident: 'Kuki'.
            _ if self.is_plain(name) => self.context.countries.is_empty() || name.chars().count() > SHORT || self.is_main_name(place, name),
            Trust::Fair => self.context.countries.is_empty(),
            Trust::Doubtful | Trust::Likely(true) => false,
        }
    }

    /// A state is that state, whatever province bears its name too.
    fn state(&self, u: &Unresolved, mut place: Place) -> Place {
        let Some((name, iso3)) = u.known.as_ref().filter(|(_, iso3)| !u.capital && place.country.as_ref() == Some(iso3)) else {
            return place;
        };
        let Some(country) = self.gazetteer.country(iso3).filter(|c| c.geonames != place.geonames || place.admin1.is_some()) else {
            return place;
        };
        place.name.clone_from(name);
        place.admin1 = None;
        (place.latitude, place.longitude) = (Some(country.latitude), Some(country.longitude));
        place.geonames = country.geonames;
        if u.phrase.relation == Relation::At {
            place.precision = Some(country.precision);
        }
        place
    }

    /// A place spelt otherwise than the report has it gives way to a well-known one of just that name.
    fn exact(&self, mention: &PlaceName, place: &Place) -> Option<Place> {
        let is_unknown = place.geonames.is_none();
        if is_unknown || self.gazetteer.lookup(mention.name).any(|c| c.geonames == place.geonames) {
            return None;
        }
        let best = self.gazetteer.lookup(mention.name).filter(|c| c.population >= KNOWN_ABROAD).max_by_key(|c| c.population)?;
        let country = best.country.clone();
        let mention = PlaceName { hint_country: Some(&country), ..*mention };
        self.gazetteer.resolve(&[mention], self.context).into_iter().next()?
    }
}

/// Settles all place names of a report together and hands them out to their sentences.
pub(crate) fn resolve<'t>(
    gazetteer: &Gazetteer,
    text: &'t str,
    unresolved: &'t [Unresolved],
    context: &PlaceContext,
    named: &BTreeMap<SmolStr, u32>,
    mut give: impl FnMut(usize, PlaceMention),
) {
    let mention = |u: &'t Unresolved| {
        let mut mention = u.phrase.mention(text);
        if let Some((name, country)) = &u.known {
            mention.name = name;
            mention.state = Some(country);
        }
        mention
    };
    let names: Vec<_> = unresolved.iter().map(mention).collect();
    let mut judge = Judge { gazetteer, context, named, around: BTreeSet::new() };
    let ranked = gazetteer.rank(&names, context);
    let settled: Vec<Option<Place>> = (unresolved.iter().zip(&names).zip(&ranked))
        .map(|((u, name), ranked)| ranked.place.clone().map(|p| judge.state(u, judge.exact(name, &p).unwrap_or(p))))
        .collect();
    let pairs = unresolved.iter().zip(&names).zip(&settled);
    let sure = pairs.filter_map(|((u, name), place)| {
        place.as_ref().filter(|place| u.trust == Trust::Fair && judge.believes(u, place, name.name)).and_then(|place| place.country.clone())
    });
    let around = sure.collect();
    judge.around = around;
    for (((u, name), place), ranked) in unresolved.iter().zip(&names).zip(settled).zip(ranked) {
        let place = place.filter(|p| judge.believes(u, p, name.name));
        let place = place.or_else(|| {
            u.surely.then(|| Place { text: u.phrase.span.of(text).to_owned(), name: u.phrase.name.of(text).to_owned(), ..Place::default() })
        });
        if let Some(place) = place {
            let names = (u.phrase.name, u.phrase.other);
            give(
                u.sentence,
                PlaceMention { first: u.phrase.first, end: u.phrase.end, head: u.head, names, place, candidates: ranked.others },
            );
        }
    }
}
