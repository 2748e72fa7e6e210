//! What is joined by 'and', hung on what it is not joined to.

use super::{is_nominal, nominal_root};
use crate::proposition::Tree;
use griot_types::{Deprel, Upos, Xpos};

/// 'were killed and 31 wounded': the number before what is joined counts it.
pub(super) fn counted_state(tree: &mut Tree, token: usize) -> bool {
    let state =
        matches!(tree.token(token).upos, Upos::Adj | Upos::Verb) && tree.children(token).all(|c| c > token || tree.deprel(c) == Deprel::Cc);
    let number = token.checked_sub(1).filter(|&n| state && tree.token(n).upos == Upos::Num);
    let astray =
        number.and_then(|n| tree.head(n).map(|head| (n, head))).filter(|&(n, head)| head < n && tree.token(head).upos == Upos::Cconj);
    astray.is_some_and(|(number, _)| {
        tree.hang(number, token, if tree.token(token).upos == Upos::Adj { Deprel::Nummod } else { Deprel::NsubjPass })
    })
}

/// 'accuse the soldiers of siding with them, looting homes and killing men': a list of what one is accused of, whose first word passes for a noun.
pub(super) fn gerund_list(tree: &mut Tree, token: usize) -> bool {
    if tree.token(token).xpos != Xpos::Vbg || !tree.mark(token).is_empty() || token == 0 || tree.token(token - 1).span.of(tree.text) != ","
    {
        return false;
    }
    let Some(verb) = tree.head(token).filter(|&v| v < token && tree.token(v).upos == Upos::Verb) else { return false };
    let Some(object) = tree.child(verb, &[Deprel::Obj]).filter(|&o| o < token) else { return false };
    let first = tree.children(object).find(|&c| {
        c > object
            && c < token
            && tree.deprel(c) == Deprel::Nmod
            && tree.case(c) == "of"
            && tree.token(c).span.of(tree.text).ends_with("ing")
    });
    let listed = tree.children(token).any(|c| tree.deprel(c) == Deprel::Conj && tree.token(c).xpos == Xpos::Vbg);
    let Some(of) = first.filter(|_| listed).and_then(|first| tree.child(first, &[Deprel::Case])) else { return false };
    tree.hang(of, token, Deprel::Mark)
}

/// '…, police said, and killed a guard': the aside between commas is over.
pub(super) fn after_aside(tree: &mut Tree, token: usize) -> bool {
    let Some(aside) = tree.head(token) else { return false };
    let Some(main) = tree.head(aside).filter(|_| tree.deprel(aside) == Deprel::Parataxis) else { return false };
    let subject = [Deprel::Nsubj, Deprel::NsubjPass];
    let closed = (aside + 1..token).any(|t| tree.token(t).upos == Upos::Punct);
    if !closed || main > aside || tree.child(token, &subject).is_some() || tree.child(aside, &subject).is_none() {
        return false;
    }
    tree.hang(token, main, Deprel::Conj)
}

/// '…, rebel groups said': a clause with a subject of its own and no 'and' stands beside the main one.
pub(super) fn asyndetic(tree: &mut Tree, token: usize) -> bool {
    let Some(head) = tree.head(token).filter(|&h| h < token) else { return false };
    let subject = tree.child(token, &[Deprel::Nsubj]).filter(|&s| s > head);
    let joined = tree.children(token).any(|c| tree.deprel(c) == Deprel::Cc);
    let comma = subject.is_some_and(|s| (head..s).any(|t| tree.token(t).span.of(tree.text) == ","));
    if tree.token(token).upos != Upos::Verb || tree.token(head).upos != Upos::Verb || joined || !comma {
        return false;
    }
    tree.rename(token, Deprel::Parataxis);
    true
}

/// 'had killed 39 men, destroyed 12 motorcycles and …': a past participle with an object is no passive but the next verb of the list.
pub(super) fn listed_verb(tree: &mut Tree, token: usize) -> bool {
    let Some(head) = tree.head(token).filter(|&h| h < token) else { return false };
    let past = |t: usize| matches!(tree.token(t).xpos, Xpos::Vbn | Xpos::Vbd);
    let active = |t: usize| tree.child(t, &[Deprel::Obj]).is_some() && tree.child(t, &[Deprel::AuxPass, Deprel::NsubjPass]).is_none();
    let bare = tree.child(token, &[Deprel::Mark, Deprel::Nsubj, Deprel::OblAgent, Deprel::Aux, Deprel::Advmod]).is_none();
    if !past(token) || !past(head) || !active(token) || !active(head) || !bare {
        return false;
    }
    tree.rename(token, Deprel::Conj);
    true
}

/// '… were killed and ten wounded in a raid': a counted noun with a participle behind it, after an 'and', is a second passive clause.
pub(super) fn gapped_passive(tree: &mut Tree, token: usize) -> bool {
    let adverb = token > 1 && tree.token(token - 1).upos == Upos::Adv;
    let noun = token.checked_sub(1 + usize::from(adverb)).filter(|&n| is_nominal(tree, n));
    let Some(noun) = noun else { return false };
    let number = if tree.token(noun).upos == Upos::Num { Some(noun) } else { tree.child(noun, &[Deprel::Nummod]) };
    let Some(number) = number.filter(|_| matches!(tree.token(token).xpos, Xpos::Vbn | Xpos::Vbd)) else { return false };
    let cc = (0..number).rev().take(4).take_while(|&t| tree.token(t).upos != Upos::Punct).find(|&t| tree.token(t).upos == Upos::Cconj);
    let Some(cc) = cc else { return false };
    let verb = (0..cc).rev().find(|&t| tree.token(t).upos == Upos::Verb);
    let Some(verb) =
        verb.filter(|&v| tree.child(v, &[Deprel::AuxPass]).is_some() && tree.child(token, &[Deprel::OblAgent, Deprel::Aux]).is_none())
    else {
        return false;
    };
    if tree.dominates(token, verb) || tree.dominates(noun, verb) || !tree.hang(token, verb, Deprel::Conj) {
        return false;
    }
    tree.hang(noun, token, Deprel::NsubjPass);
    tree.hang(cc, token, Deprel::Cc)
}

/// 'killed six and wounded 15.': what is joined is joined to the last word before of its own kind.
pub(super) fn on_function_word(tree: &mut Tree, token: usize) -> bool {
    let function = |t: usize| matches!(tree.token(t).upos, Upos::Cconj | Upos::Punct);
    let Some(head) = tree.head(token).filter(|&h| function(h)) else { return false };
    let verb = tree.token(token).upos == Upos::Verb;
    if !verb && !matches!(tree.token(token).upos, Upos::Noun | Upos::Propn) {
        return false;
    }
    let kind = |t: usize| if verb { tree.token(t).upos == Upos::Verb } else { is_nominal(tree, t) };
    let Some(mut first) = (0..token).rev().find(|&t| kind(t) && tree.head(t).is_none_or(|h| !function(h))) else { return false };
    while let Some(above) = tree.head(first).filter(|&a| !verb && a > first && a < token && is_nominal(tree, a)) {
        first = above;
    }
    if !tree.hang(token, first, Deprel::Conj) {
        return false;
    }
    if tree.token(head).upos == Upos::Cconj {
        tree.hang(head, token, Deprel::Cc);
    }
    true
}

/// 'Talks between A and B opened': the second side was taken for the subject of a second clause.
pub(super) fn split_between(tree: &mut Tree, token: usize) -> bool {
    let Some(root) = nominal_root(tree).filter(|&r| tree.head(token) == Some(r)) else { return false };
    if tree.token(token).upos != Upos::Verb {
        return false;
    }
    let Some(subject) = tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass]) else { return false };
    let Some(cc) = tree.children(token).find(|&c| tree.deprel(c) == Deprel::Cc && c < subject) else { return false };
    let first = (root..cc).rev().find(|&t| is_nominal(tree, t) && t != root && tree.case(t) == "between");
    let Some(first) = first else { return false };
    tree.crown(token, root, Deprel::Nsubj);
    tree.hang(subject, first, Deprel::Conj) && tree.hang(cc, subject, Deprel::Cc)
}

/// '… and forced tens of thousands': a participle before the object, after an 'and' that joins no two adjectives, is the second verb.
pub(super) fn second_object(tree: &mut Tree, object: usize) -> bool {
    let Some(verb) = tree.head(object).filter(|&v| v < object && tree.token(v).upos == Upos::Verb) else { return false };
    let participle = tree.children(object).find(|&c| {
        c < object
            && c > verb + 1
            && tree.deprel(c) == Deprel::Amod
            && tree.token(c).upos == Upos::Verb
            && matches!(tree.token(c).xpos, Xpos::Vbn | Xpos::Vbd)
            && tree.token(c - 1).upos == Upos::Cconj
            && !tree.dominates(object, c - 2)
    });
    let Some(participle) = participle else { return false };
    tree.hang(participle, verb, Deprel::Conj) && tree.hang(object, participle, Deprel::Obj)
}

/// 'has entered the town and controls half of it': what is joined to a verb and has something without a preposition behind it is a verb.
pub(super) fn second_verb(tree: &mut Tree, token: usize) -> bool {
    let verb = tree.head(token).is_some_and(|head| tree.token(head).upos == Upos::Verb && head < token);
    let plural = tree.token(token).upos == Upos::Noun && tree.token(token).xpos == Xpos::Nns;
    let joined = token > 0 && tree.token(token - 1).upos == Upos::Cconj;
    if !verb || !plural || !joined {
        return false;
    }
    let object = tree.children(token).find(|&c| {
        c > token && is_nominal(tree, c) && matches!(tree.deprel(c), Deprel::Nmod | Deprel::NmodUnmarked) && tree.case(c).is_empty()
    });
    object.is_some_and(|object| {
        tree.rename(object, Deprel::Obj);
        true
    })
}

/// 'had promised to leave, but its soldiers are still there': a clause with a subject of its own is joined to one that has one, and to no infinitive.
pub(super) fn joined_to_infinitive(tree: &mut Tree, token: usize) -> bool {
    let subjects = [Deprel::Nsubj, Deprel::NsubjPass];
    let Some(mut above) = tree.head(token).filter(|&h| h < token && matches!(tree.deprel(h), Deprel::Xcomp)) else { return false };
    let whole = tree.child(token, &subjects).is_some_and(|n| n < token) && tree.child(token, &[Deprel::Cc]).is_some();
    if !whole || tree.child(above, &subjects).is_some() {
        return false;
    }
    while let Some(next) = tree.head(above).filter(|_| tree.child(above, &subjects).is_none() && tree.deprel(above) != Deprel::Root) {
        above = next;
    }
    tree.child(above, &subjects).is_some() && tree.hang(token, above, Deprel::Conj)
}

/// 'reported five insurgents and one soldier killed': what stands joined before a participle is what it is said of, all of it.
pub(super) fn joined_before_participle(tree: &mut Tree, token: usize) -> bool {
    let Some(first) = tree.head(token).filter(|&n| n < token && is_nominal(tree, n)) else { return false };
    let Some(second) = tree.child(token, &[Deprel::NsubjPass, Deprel::Nsubj]).filter(|&n| n < token && is_nominal(tree, n)) else {
        return false;
    };
    let Some(cc) = tree.child(second, &[Deprel::Cc]).filter(|&c| c == first + 1) else { return false };
    let participle = tree.token(token).xpos == Xpos::Vbn && tree.child(token, &[Deprel::Aux, Deprel::AuxPass]).is_none();
    if !participle || (cc..second).any(|t| t != cc && !tree.dominates(second, t)) {
        return false;
    }
    tree.hang(second, first, Deprel::Conj) && {
        tree.rename(token, Deprel::Acl);
        true
    }
}
