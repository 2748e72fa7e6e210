//! Nouns for acts ('the withdrawal of French troops'), nouns that name someone ('an affiliate of al-Qaeda') and adjectives before nouns.

use super::verbs::is_none;
use super::{Origin, Proposition, Tree};
use crate::codebook::{Form, Grammar, Index};
use griot_types::{Deprel, Status, Upos};

/// The proposition of a noun or adjective that some frame knows.
pub(super) fn read(tree: &Tree, at: usize, index: &Index, grammar: &Grammar) -> Option<Proposition> {
    match tree.token(at).upos {
        Upos::Noun | Upos::Propn => {
            let mut proposition = bare(tree, at, index)?;
            proposition.negated = is_none(tree, at);
            for child in tree.children(at).filter(|&c| tree.deprel(c) == Deprel::Amod) {
                if let Some(Some(status)) = grammar.adverbs.get(tree.lemma(child).to_lowercase().as_str())
                    && *status != Status::Negated
                {
                    proposition.modality = Some(*status);
                }
            }
            Some(proposition)
        }
        Upos::Adj => adjective(tree, at, index),
        _ => None,
    }
}

/// A noun's arguments, without what a copula adds.
pub(super) fn bare(tree: &Tree, at: usize, index: &Index) -> Option<Proposition> {
    let token = tree.token(at);
    let lemma = token.lemma.to_lowercase();
    if index.find(Form::Noun, &lemma.as_str().into()).is_empty() || is_part_of_name(tree, at) {
        return None;
    }
    let mut proposition = Proposition::new(at, Form::Noun, &lemma);
    for child in tree.children(at) {
        match tree.deprel(child) {
            Deprel::NmodPoss => proposition.add("poss", child, Origin::Own),
            Deprel::Nmod | Deprel::Obl | Deprel::OblAgent | Deprel::NmodUnmarked => {
                let case = tree.case(child);
                match case.as_str() {
                    "" => proposition.add("mod", child, Origin::Own),
                    "by" => proposition.add("subj", child, Origin::Own),
                    _ => {
                        if let Some((first, _)) = case.split_once(' ') {
                            proposition.add(first, child, Origin::Own);
                        }
                        proposition.add(case, child, Origin::Own)
                    }
                }
            }
            Deprel::Compound | Deprel::Amod => proposition.add("mod", child, Origin::Own),
            Deprel::Acl => {
                let mark = tree.mark(child);
                if mark == "to" || mark == "that" || mark.is_empty() && tree.token(child).feature("VerbForm") == Some("Fin") {
                    proposition.add("comp", child, Origin::Own);
                } else if !mark.is_empty() {
                    proposition.add(mark, child, Origin::Own);
                } else {
                    named(tree, child, &mut proposition);
                }
            }
            Deprel::Ccomp => proposition.add("comp", child, Origin::Own),
            // 'of bombing hospitals'
            Deprel::Obj => proposition.add("obj", child, Origin::Own),
            // 'the group's leader, X' and 'X, the group's leader' both name X.
            Deprel::Appos | Deprel::Flat => proposition.add("self", child, Origin::Own),
            _ => {}
        }
    }
    match tree.deprel(at) {
        Deprel::Appos | Deprel::NmodDesc => {
            if let Some(head) = tree.head(at) {
                proposition.add("self", head, Origin::Own);
            }
        }
        _ => {}
    }
    step_up(tree, at, &mut proposition);
    // Nothing else is called so: the noun's own phrase is the one it names.
    if !proposition.has("self") {
        proposition.add("self", at, Origin::Own);
    }
    Some(proposition)
}

/// 'an attack by the ADF on soldiers': a phrase that the parser hung on the name belongs to the act.
fn step_up(tree: &Tree, at: usize, proposition: &mut Proposition) {
    for child in
        tree.children(at).filter(|&c| tree.deprel(c) == Deprel::Nmod && matches!(tree.case(c).as_str(), "by" | "of" | "on" | "against"))
    {
        for below in tree.children(child).filter(|&b| tree.deprel(b) == Deprel::Nmod && b > child) {
            let case = tree.case(below);
            if !matches!(case.as_str(), "" | "of" | "by") && !proposition.has(&case) {
                proposition.add(case, below, Origin::Own);
            }
        }
    }
}

/// 'an affiliate called X', 'a group known as X'.
fn named(tree: &Tree, acl: usize, proposition: &mut Proposition) {
    for child in tree.children(acl) {
        let names = matches!(tree.deprel(child), Deprel::Xcomp | Deprel::Obj | Deprel::OblUnmarked)
            || tree.deprel(child) == Deprel::Obl && tree.case(child) == "as";
        if names && matches!(tree.token(child).upos, Upos::Propn | Upos::X) {
            proposition.add("self", child, Origin::Own);
        }
    }
}

/// 'the Raid Group': a word inside a name means nothing by itself.
fn is_part_of_name(tree: &Tree, at: usize) -> bool {
    let token = tree.token(at);
    token.upos == Upos::Propn && tree.sentence.names.iter().any(|n| (n.first as usize..n.end as usize).contains(&at) && n.end - n.first > 1)
}

/// 'rebels loyal to X': an adjective that some frame knows, on a noun.
fn adjective(tree: &Tree, at: usize, index: &Index) -> Option<Proposition> {
    let token = tree.token(at);
    let lemma = token.lemma.to_lowercase();
    if index.find(Form::Adjective, &lemma.as_str().into()).is_empty() {
        return None;
    }
    let mut proposition = Proposition::new(at, Form::Adjective, &lemma);
    for child in tree.children(at) {
        match tree.deprel(child) {
            Deprel::Obl | Deprel::Nmod => proposition.add(tree.case(child), child, Origin::Own),
            Deprel::Compound | Deprel::OblUnmarked => proposition.add("mod", child, Origin::Own),
            _ => {}
        }
    }
    if matches!(tree.deprel(at), Deprel::Amod | Deprel::Acl)
        && let Some(head) = tree.head(at)
    {
        proposition.add("subj", head, Origin::Own);
    } else if matches!(tree.deprel(at), Deprel::Root | Deprel::Parataxis) && tree.child(at, &[Deprel::Nummod]).is_some() {
        // '28 dead in a hotel': the adjective names people.
        proposition.add("self", at, Origin::Own);
    }
    Some(proposition)
}
