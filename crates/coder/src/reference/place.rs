//! Which place a description stands for: 'the town', 'the same province', 'there'.
//!
//! As with actors it is the place that the report is about: named lately, often, as a subject, and not as where a road leads. What sort of place a noun means is told by the precision with which places are
//! known (UCDP's where_prec), since the gazetteer's classes are too many for that.

use crate::codebook::Codebook;
use crate::proposition::Tree;
use griot_types::{Deprel, SmolStr, Upos};
use griot_world::{PlaceMention, Reading};
use rustc_hash::FxHashMap;

/// How far back the place is named, in sentences.
const REACH: usize = 4;

/// Beyond this many times a place is no more a topic than before.
const OFTEN: usize = 4;

/// The places of each sentence, those that descriptions stand for among them, by their heads.
pub fn of(trees: &[Tree], reading: &Reading, book: &Codebook) -> Vec<Vec<PlaceMention>> {
    let mut all: Vec<Vec<PlaceMention>> = Vec::with_capacity(trees.len());
    let mut told: FxHashMap<String, usize> = FxHashMap::default();
    for (s, tree) in trees.iter().enumerate() {
        let mut here = reading.sentences[s].places.clone();
        for mention in &here {
            *told.entry(mention.place.name.clone()).or_default() += 1;
        }
        for token in 0..tree.len() {
            if let Some(capital) = capital(tree, s, token, reading, book, &here) {
                here.push(capital);
                continue;
            }
            let Some(precisions) = described(tree, token, &here, book) else { continue };
            // 'the country' is the one that the report is about, whichever was named last.
            let lead = leading(reading).filter(|_| precisions == [6].as_slice());
            let suits = |m: &&PlaceMention| {
                m.place.precision.is_some_and(|p| precisions.contains(&p))
                    && lead.as_ref().is_none_or(|l| m.place.country.as_ref() == Some(l))
            };
            let before = here.iter().filter(|m| m.end <= token).filter(suits).map(|m| (0, tree, m));
            let earlier = all.iter().zip(trees).rev().take(REACH).enumerate();
            let earlier = earlier.flat_map(|(back, (mentions, tree))| mentions.iter().filter(suits).map(move |m| (back + 1, tree, m)));
            let weigh = |&(back, tree, m): &(usize, &Tree, &PlaceMention)| {
                let often = told.get(&m.place.name).copied().unwrap_or_default().min(OFTEN);
                weight(tree, m) + often as f64 * 0.5 - 2.0 * back as f64
            };
            // Of two that weigh the same the later one.
            let Some((_, _, antecedent)) =
                earlier.collect::<Vec<_>>().into_iter().rev().chain(before).max_by(|a, b| weigh(a).total_cmp(&weigh(b)))
            else {
                continue;
            };
            let first = tree.children(token).filter(|&c| c < token && tree.deprel(c) != Deprel::Case).min().unwrap_or(token);
            let span = tree.sentence.cover(first, token + 1);
            let mut mention = PlaceMention {
                first,
                end: token + 1,
                head: token,
                names: (span, None),
                place: antecedent.place.clone(),
                candidates: antecedent.candidates.clone(),
            };
            mention.place.text = span.of(tree.text).to_owned();
            here.push(mention);
        }
        here.sort_by_key(|m| m.head);
        all.push(here);
    }
    all
}

/// A country's share of what the report is about, from which on 'the capital' is its.
const LEADING: f64 = 0.5;

/// The country that a report is about, if it is about one more than about all others.
fn leading(reading: &Reading) -> Option<SmolStr> {
    let all: f64 = reading.leads().values().sum();
    let (country, weight) = reading.leads().iter().max_by(|a, b| a.1.total_cmp(b.1))?;
    (weight / all >= LEADING).then(|| country.clone())
}

/// 'the Somali capital', 'Sudan's capital', 'the capital of Mali', and 'the capital' where the report is about one country. With a name beside it
/// the name tells.
fn capital(tree: &Tree, s: usize, token: usize, reading: &Reading, book: &Codebook, named: &[PlaceMention]) -> Option<PlaceMention> {
    let noun = tree.token(token).upos == Upos::Noun && book.grammar.capitals.iter().any(|n| n == tree.lemma(token));
    let inner = matches!(tree.deprel(token), Deprel::Compound | Deprel::Appos | Deprel::Fixed | Deprel::Flat);
    let renamed = tree.children(token).any(|c| matches!(tree.deprel(c), Deprel::Appos | Deprel::Flat | Deprel::Compound));
    if !noun || inner || renamed || tree.token(token).feature("Number") == Some("Plur") {
        return None;
    }
    let state = |c: usize| named.iter().find(|m| m.head == c && m.place.precision == Some(6)).and_then(|m| m.place.country.clone());
    let owner = tree.children(token).find_map(|c| match tree.deprel(c) {
        Deprel::NmodPoss => state(c),
        Deprel::Nmod if tree.case(c) == "of" => state(c),
        Deprel::Amod | Deprel::NmodUnmarked | Deprel::NmodDesc => reading.people_at(s, c).and_then(|actor| actor.country.clone()),
        _ => None,
    });
    let definite = tree.children(token).any(|c| tree.deprel(c) == Deprel::Det && tree.lemma(c) == "the");
    let bare = tree.children(token).all(|c| {
        matches!(tree.deprel(c), Deprel::Det | Deprel::Case | Deprel::Punct | Deprel::Cc | Deprel::Conj | Deprel::AclRelcl | Deprel::Advmod)
    });
    let country = owner.or_else(|| leading(reading).filter(|_| definite && bare))?;
    let first = tree.children(token).filter(|&c| c < token && tree.deprel(c) != Deprel::Case).min().unwrap_or(token);
    let last = tree.children(token).filter(|&c| tree.case(c) == "of").max().unwrap_or(token);
    let span = tree.sentence.cover(first, last + 1);
    let place = reading.capital(&country, span.of(tree.text))?;
    Some(PlaceMention { first, end: last + 1, head: token, names: (span, None), place, candidates: Vec::new() })
}

/// How much of a topic its place in the sentence makes a place.
fn weight(tree: &Tree, mention: &PlaceMention) -> f64 {
    let ahead = matches!(tree.case(mention.head).as_str(), "to" | "from" | "toward" | "towards");
    match tree.deprel(mention.head) {
        Deprel::Nsubj | Deprel::NsubjPass => 3.0,
        Deprel::Obj => 1.0,
        _ if ahead => -2.0,
        _ => 0.0,
    }
}

/// The precisions of the places that a definite noun without further description can stand for.
fn described<'b>(tree: &Tree, token: usize, named: &[PlaceMention], book: &'b Codebook) -> Option<&'b [u8]> {
    let word = tree.token(token);
    if !matches!(word.upos, Upos::Noun | Upos::Adv) || word.feature("Number") == Some("Plur") {
        return None;
    }
    let precisions = book.grammar.places.get(tree.lemma(token).to_lowercase().as_str())?;
    // 'the town of Djibo' names its place, 'the mining town' is told from others, 'town hall' is none.
    let whole = !named.iter().any(|m| (m.first..m.end).contains(&token) || tree.dominates(token, m.head) && m.head > token);
    let bare = tree.children(token).all(|c| match tree.deprel(c) {
        Deprel::Det => matches!(tree.lemma(c), "the" | "this" | "that"),
        Deprel::Amod => matches!(tree.lemma(c), "same" | "whole" | "entire"),
        Deprel::Case | Deprel::Punct | Deprel::Cc | Deprel::Conj | Deprel::AclRelcl | Deprel::Advmod | Deprel::Appos => true,
        _ => false,
    });
    let definite = word.upos == Upos::Adv && tree.deprel(token) == Deprel::Advmod
        || tree.children(token).any(|c| tree.deprel(c) == Deprel::Det && matches!(tree.lemma(c), "the" | "this" | "that"));
    let part = matches!(tree.deprel(token), Deprel::Compound | Deprel::Fixed | Deprel::Flat);
    (whole && bare && definite && !part).then_some(precisions)
}
