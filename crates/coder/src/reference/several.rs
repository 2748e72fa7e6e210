//! Several at once, and the other one: 'both sides', 'the two countries', 'its rival'.

use super::past::{Entity, MEMORY, Past, Text, is_armed, of_a_state};
use super::{Reference, Who, same};
use griot_types::{Deprel, Upos};
use griot_world::{ActorKind, Mention};

/// How far back the sides of a fight are looked for, in sentences.
const REACH: usize = 5;

impl Reference<'_> {
    /// 'both sides', 'the two groups', 'the three countries': as many as were named together or last.
    pub(super) fn several(&self, text: &Text, past: &Past, token: usize) -> Option<Vec<Who>> {
        let tree = text.tree;
        let lemma = tree.lemma(token).to_lowercase();
        let kinds = self.book.grammar.several.get(lemma.as_str())?;
        if !matches!(tree.token(token).upos, Upos::Noun | Upos::Propn) || tree.token(token).feature("Number") != Some("Plur") {
            return None;
        }
        let mut number = None;
        let mut definite = false;
        for child in tree.children(token).filter(|&c| c < token) {
            let word = tree.lemma(child).to_lowercase();
            match (tree.deprel(child), word.as_str()) {
                (_, "both") => (number, definite) = (Some(2), true),
                (Deprel::Nummod, _) => number = small_number(&word, tree.token(child).span.of(tree.text)),
                (Deprel::Det | Deprel::DetPredet, "the" | "these") => definite = true,
                // 'the two armed groups' are groups; 'the two Sudanese groups' are told by their name.
                (Deprel::Compound | Deprel::NmodPoss, _) => return None,
                _ => {}
            }
        }
        let open = self.book.grammar.sides.iter().any(|s| *s == lemma);
        let number = number.or(open.then_some(2)).filter(|_| definite)?;
        let span = tree.sentence.cover(tree.children(token).filter(|&c| c < token).min().unwrap_or(token), token + 1);
        let pair = past.pair.as_ref().filter(|_| number == 2);
        let known = || pair.map(|p| p.iter().filter_map(|w| as_one_of(text, w, kinds)).collect::<Vec<_>>()).filter(|p| p.len() == 2);
        let found = self.together(text, past, kinds, number).or_else(known).or_else(|| self.last_named(text, past, kinds, number))?;
        let here = |mut who: Who| {
            who.actor.text = span.of(tree.text).to_owned();
            (who.span, who.sentence, who.token) = (span, text.sentence, token);
            who
        };
        Some(found.into_iter().map(here).collect())
    }

    /// A coordination of just so many.
    fn together(&self, text: &Text, past: &Past, kinds: &[ActorKind], number: usize) -> Option<Vec<Who>> {
        past.entities
            .iter()
            .rev()
            .filter(|e| text.sentence - e.sentence <= REACH && e.who.len() == number)
            .map(|e| e.who.iter().filter_map(|w| as_one_of(text, w, kinds)).collect::<Vec<_>>())
            .find(|found| found.len() == number && all_differ(found))
    }

    /// The last so many that were named apart, if the sentence that brings the number full brings no more.
    fn last_named(&self, text: &Text, past: &Past, kinds: &[ActorKind], number: usize) -> Option<Vec<Who>> {
        let mut found: Vec<Who> = Vec::new();
        let mut sentence = text.sentence;
        loop {
            for entity in past.entities.iter().rev().filter(|e| e.sentence == sentence) {
                for who in entity.who.iter().filter_map(|w| as_one_of(text, w, kinds)) {
                    match found.iter_mut().find(|f| is_one_party(f, &who)) {
                        // Where a state and its army are both named, the army is the side of a fight.
                        Some(known) if who.kind == ActorKind::Military => *known = who,
                        Some(_) => {}
                        None => found.push(who),
                    }
                }
            }
            if found.len() >= number {
                return (found.len() == number).then(|| found.into_iter().rev().collect());
            }
            sentence = sentence.checked_sub(1).filter(|s| text.sentence - s <= REACH)?;
        }
    }

    /// 'its rival', 'its neighbour': the one other of the kind that the report has named.
    pub(super) fn counterpart(&self, text: &Text, past: &Past, mention: &Mention, owner: &Who, own: &Who) -> Option<Who> {
        let lemma = text.tree.lemma(mention.head).to_lowercase();
        let kinds = self.book.grammar.counterparts.get(lemma.as_str()).filter(|_| !mention.plural)?;
        let mut found: Vec<Who> = Vec::new();
        let near = |e: &&Entity| text.sentence - e.sentence <= MEMORY;
        for who in past.entities.iter().filter(near).flat_map(|e| &e.who).filter_map(|w| as_one_of(text, w, kinds)) {
            if !is_one_party(&who, owner) && !found.iter().any(|f| is_one_party(f, &who)) {
                found.push(who);
            }
        }
        let [one] = found.as_slice() else { return None };
        let actor = griot_types::Actor { text: own.actor.text.clone(), ..one.actor.clone() };
        Some(Who { actor, kind: one.kind, named: true, force: one.force, ..own.clone() })
    }
}

/// The number of a small numeral; the tagger gives 'two' as it stands.
fn small_number(lemma: &str, form: &str) -> Option<usize> {
    match (lemma, form.to_lowercase().as_str()) {
        ("2", _) | (_, "two" | "2") => Some(2),
        ("3", _) | (_, "three" | "3") => Some(3),
        ("4", _) | (_, "four" | "4") => Some(4),
        _ => None,
    }
}

/// The actor as one of these kinds: a state for its government or army where countries are asked for.
fn as_one_of(text: &Text, who: &Who, kinds: &[ActorKind]) -> Option<Who> {
    let own = of_a_state(who.kind) || who.kind == ActorKind::State;
    if kinds == [ActorKind::State] {
        let country = who.actor.country.as_deref().filter(|_| own)?;
        let actor = text.reading.state(country, &who.actor.text)?;
        return Some(Who { actor, kind: ActorKind::State, force: false, ..who.clone() });
    }
    let armed = is_armed(who.kind) && who.actor.code != "UAF";
    let known = who.named || who.actor.country.is_some() || armed;
    // 'the two presidents' are none of 'its leaders'.
    let one = kinds != [ActorKind::Person] || who.named && !who.plural;
    (kinds.contains(&who.kind) && known && one).then(|| who.clone())
}

/// Whether two are on one side by their names alone: a state, its government and its army are.
fn is_one_party(a: &Who, b: &Who) -> bool {
    let state = |w: &Who| (of_a_state(w.kind) || w.kind == ActorKind::State).then(|| w.actor.country.clone()).flatten();
    match (state(a), state(b)) {
        (Some(x), Some(y)) => x == y,
        _ => same(&a.actor, &b.actor),
    }
}

fn all_differ(found: &[Who]) -> bool {
    found.iter().enumerate().all(|(i, a)| found[..i].iter().all(|b| !is_one_party(a, b)))
}
