//! Phrases inside a clause that belong to another of its words.

use super::verb_above;
use crate::proposition::Tree;
use griot_types::{Deprel, Upos, Xpos};

/// 'reported 17 civilians dead': the state is said of the noun.
pub(super) fn state_of_noun(tree: &mut Tree, token: usize) -> bool {
    let described = tree.head(token).is_some_and(|noun| noun < token && matches!(tree.token(noun).upos, Upos::Noun | Upos::Propn));
    let state = described && tree.token(token).upos == Upos::Adj && !tree.children(token).any(|c| c > token);
    state && {
        tree.rename(token, Deprel::Amod);
        true
    }
}

/// 'shot dead an aid worker': the state has no object, the verb has.
pub(super) fn object_of_state(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|&v| v + 1 == token && tree.token(v).upos == Upos::Verb) else { return false };
    // With more words before it the object is also read as the head of a compound that the state begins.
    let compound = |c: &usize| *c > token && tree.deprel(*c) == Deprel::Compound;
    let object = tree
        .child(token, &[Deprel::Obj])
        .or_else(|| tree.children(token).find(compound))
        .filter(|_| tree.token(token).upos == Upos::Adj && tree.child(verb, &[Deprel::Obj]).is_none());
    let moved = object.is_some_and(|object| tree.hang(object, verb, Deprel::Obj));
    if moved {
        tree.hang(token, verb, Deprel::Xcomp);
    }
    moved
}

/// 'Fewer than 200 officers remain': the noun takes the place of the word that bounds its number.
pub(super) fn comparative(tree: &mut Tree, token: usize) -> bool {
    let low = |t: usize| tree.token(t).span.of(tree.text).to_lowercase();
    let bounded = token + 2 < tree.len()
        && matches!(low(token).as_str(), "more" | "fewer" | "less")
        && low(token + 1) == "than"
        && tree.token(token + 2).upos == Upos::Num;
    let Some(head) = tree.head(token).filter(|_| bounded) else { return false };
    let mut noun = token + 2;
    while let Some(above) = tree.head(noun).filter(|&a| a > noun && a != token && tree.dominates(token, a)) {
        noun = above;
    }
    let deprel = tree.deprel(token);
    if !tree.dominates(token, noun) || !tree.hang(noun, head, deprel) {
        return false;
    }
    let others: Vec<usize> = tree.children(token).filter(|&c| c > noun).collect();
    for child in others {
        let deprel = tree.deprel(child);
        tree.hang(child, noun, deprel);
    }
    tree.hang(token, token + 2, Deprel::Advmod)
}

/// Verbs that take a person and, after 'of', what he is said to have done or what is taken from him (VerbNet classes judgement-33 and cheat-10.6).
const OF_SOMEONE: [&str; 13] =
    ["accuse", "acquit", "absolve", "convict", "suspect", "deprive", "rob", "strip", "rid", "cleanse", "notify", "inform", "relieve"];

/// Nouns that want an 'of' of their own: 'accused the head of the army of treason'.
const OF_THEIR_OWN: [&str; 16] = [
    "head",
    "leader",
    "chief",
    "commander",
    "member",
    "president",
    "minister",
    "governor",
    "mayor",
    "director",
    "son",
    "brother",
    "group",
    "number",
    "dozen",
    "hundred",
];

/// 'accused both armies of war crimes': the 'of' behind the object of such a verb belongs to the verb.
pub(super) fn charge(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = verb_above(tree, token) else { return false };
    if tree.case(token) != "of" || !OF_SOMEONE.contains(&tree.lemma(verb)) {
        return false;
    }
    let passive = tree.children(verb).find(|&c| tree.deprel(c) == Deprel::NsubjPass);
    let Some(object) = passive.or_else(|| tree.child(verb, &[Deprel::Obj])).filter(|&o| tree.dominates(o, token)) else { return false };
    let taken = tree.children(verb).any(|c| c > object && tree.deprel(c) == Deprel::Obl && tree.case(c) == "of");
    let of_its_own = tree.head(token) == Some(object) && OF_THEIR_OWN.contains(&tree.lemma(object));
    !taken
        && !of_its_own
        && tree.head(token).is_some_and(|h| h == object || tree.head(h) == Some(object))
        && tree.hang(token, verb, Deprel::Obl)
}

/// 'its 12,000 peacekeepers' under whatever the parser took 'its' for.
pub(super) fn owner(tree: &mut Tree, token: usize) -> bool {
    let possessive = tree.token(token).xpos == Xpos::PrpPoss;
    if !possessive || tree.deprel(token) == Deprel::NmodPoss {
        return false;
    }
    let noun = (token + 1..tree.len().min(token + 6))
        .take_while(|&t| !matches!(tree.token(t).upos, Upos::Verb | Upos::Aux | Upos::Punct | Upos::Adp | Upos::Cconj))
        .find(|&t| matches!(tree.token(t).upos, Upos::Noun | Upos::Propn) && tree.deprel(t) != Deprel::Compound);
    noun.is_some_and(|noun| tree.hang(token, noun, Deprel::NmodPoss))
}

/// 'Of its 11,000 peacekeepers, 3,000 left': what stands in front is what the number counts some of.
pub(super) fn fronted_of(tree: &mut Tree, token: usize) -> bool {
    let first = tree.child(token, &[Deprel::Case]).filter(|&c| c == 0 && tree.case(token) == "of");
    let Some(verb) = tree.head(token).filter(|&v| first.is_some() && v > token) else { return false };
    let number = tree.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|&n| n > token && tree.token(n).upos == Upos::Num);
    number.is_some_and(|number| tree.hang(token, number, Deprel::Nmod))
}

/// 'clashes in Cali between police and protesters': the sides belong to the clashes, not to the town.
pub(super) fn between_at_place(tree: &mut Tree, token: usize) -> bool {
    let Some(place) = tree.head(token).filter(|&p| p < token && tree.token(p).upos == Upos::Propn) else { return false };
    let located = matches!(tree.case(place).as_str(), "in" | "at" | "near" | "around" | "outside" | "on");
    let sides = tree.child(token, &[Deprel::Conj]).is_some() || tree.token(token).feature("Number") == Some("Plur");
    let Some(act) = tree.head(place).filter(|_| located && sides && tree.case(token) == "between") else { return false };
    matches!(tree.deprel(place), Deprel::Nmod | Deprel::Obl)
        && tree.hang(token, act, if tree.deprel(place) == Deprel::Obl { Deprel::Obl } else { Deprel::Nmod })
}

/// 'accused the army of bombing hospitals': after such an 'of' the first of two nouns is what was done, and the second to whom.
pub(super) fn gerund_of(tree: &mut Tree, token: usize) -> bool {
    let Some(object) = tree.head(token).filter(|&o| o == token + 1 && tree.token(o).feature("Number") == Some("Plur")) else {
        return false;
    };
    let gerund = tree.token(token).upos == Upos::Noun && tree.token(token).span.of(tree.text).ends_with("ing");
    let Some(of) = tree.child(object, &[Deprel::Case]).filter(|&c| gerund && c + 1 == token && tree.lemma(c) == "of") else { return false };
    let Some(verb) = verb_above(tree, object).filter(|&v| OF_SOMEONE.contains(&tree.lemma(v))) else { return false };
    tree.hang(token, verb, Deprel::Obl) && tree.hang(of, token, Deprel::Case) && tree.hang(object, token, Deprel::Obj)
}

/// 'Kachin rebels': a name before a noun is no conjunction.
pub(super) fn name_as_mark(tree: &mut Tree, token: usize) -> bool {
    let noun = token + 1;
    let named = tree.token(token).upos == Upos::Propn && noun < tree.len() && tree.token(noun).upos == Upos::Noun;
    named && tree.head(token) == tree.head(noun) && tree.hang(token, noun, Deprel::Compound)
}

/// 'of Port-au-Prince': a preposition before a name of several words is the whole name's.
pub(super) fn case_on_compound(tree: &mut Tree, token: usize) -> bool {
    let Some(head) = tree.head(token).filter(|&h| h > token) else { return false };
    let adposition = |&c: &usize| c + 1 == token && tree.deprel(c) == Deprel::Case && tree.token(c).upos == Upos::Adp;
    let case = tree.children(token).find(adposition);
    case.is_some_and(|case| tree.case(head).is_empty() && tree.hang(case, head, Deprel::Case))
}

/// 'shot dead 16 men': an adjective straight behind a verb with an object is the state that the object came to.
pub(super) fn state_as_adverb(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|&v| v + 1 == token && tree.token(v).upos == Upos::Verb) else { return false };
    let state = tree.token(token).upos == Upos::Adj && tree.child(verb, &[Deprel::Obj]).is_some_and(|o| o > token);
    state && tree.hang(token, verb, Deprel::Xcomp)
}

/// 'killed between six and nine people': a range of numbers is what was done to, not where.
pub(super) fn range_as_object(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|&v| v < token && tree.token(v).upos == Upos::Verb) else { return false };
    let range = tree.child(token, &[Deprel::Nummod]).is_some_and(|n| tree.child(n, &[Deprel::Conj]).is_some());
    if !range || tree.case(token) != "between" || tree.child(verb, &[Deprel::Obj]).is_some() {
        return false;
    }
    tree.rename(token, Deprel::Obj);
    true
}
