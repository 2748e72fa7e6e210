//! Trees that English does not have, made into those that were meant.
//!
//! A statistical parser is right about most edges and makes the same few mistakes over and over. Where its tree breaks a rule that English
//! keeps without exception, the nearest tree that keeps it is nearly always the right one:
//!
//! * a verb has no adjectival clause: a relative clause on a verb belongs to the noun before its pronoun ('arrived after French troops, who were
//!   sent …'), or, with a subject of its own, is a second main clause;
//! * a preposition has no finite clause after its noun: 'after leaders seized control' is a clause with a subject, not leaders that something
//!   seized;
//! * a preposition has no clause: 'fighters allied with the RSF killed scores' tells what the fighters did, not what the RSF did;
//! * a finite verb needs a subject: 'The soldiers sent to Mali have left' is about those who were sent;
//! * a passive participle has no object: 'An attack on soldiers left six dead' has its verb in 'left', not its root in 'attack';
//! * '…, police said, and killed a guard' goes on with the main clause, not with what police did;
//! * a content clause belongs to the verb of saying, not to the day: 'said on Friday that rebels had …';
//! * a verb has one direct object: 'killed thousands and forced others from their homes' has two verbs;
//! * a sentence has a verb: 'Washington suspended military aid.' tells what was done, and names no aid;
//! * 'talks between A and B opened' is one clause, not talks and something that B opened;
//! * nor has it one in a list of deeds: 'killed 39 men, destroyed 12 motorcycles';
//! * 'four were killed and ten wounded in a raid' has two verbs, the second without its auxiliary;
//! * 'four were killed when …, a doctor said': the clause tells how they were killed, not when he spoke;
//! * an 'and' and a full stop govern nothing: 'killed six and wounded 15' has two verbs;
//! * 'fewer than 200 officers remain': the officers remain, not the 'fewer';
//! * 'told the UN that its soldiers need to leave': a verb with a subject has no second one in 'that';
//! * 'its 12,000 peacekeepers': a possessive pronoun belongs to the noun behind it;
//! * 'across the region attacks have been carried out': the plural before the auxiliary of a verb without a subject is its subject;
//! * 'Israel, which had vowed to help them, bombed tanks': the verb of a sentence stands behind its relative clause;
//! * 'shot dead an aid worker': the state has no object, the verb has;
//! * 'accused of siding with them, looting and killing': a list of gerunds belongs to what one is accused of;
//! * '…, a doctor said.': a closing clause with a subject of its own and nothing that joins it stands beside the whole sentence.

use super::Tree;
use griot_types::{Deprel, Upos, Xpos};

/// Mends a tree; returns whether anything changed.
pub(super) fn repair(tree: &mut Tree) -> bool {
    let mut changed = false;
    if let Some(label) = label(tree).filter(|&label| tree.head(label).is_some() && tree.deprel(label) != Deprel::Dislocated) {
        tree.rename(label, Deprel::Dislocated);
        changed = true;
    }
    // What is mended further on can show a mistake before it.
    for token in (0..tree.len()).chain(0..tree.len()) {
        changed |= owner(tree, token) || stolen_subject(tree, token);
        changed |= match tree.deprel(token) {
            Deprel::AclRelcl => closing_aside(tree, token) || content_on_adjunct(tree, token) || relative_on_verb(tree, token),
            Deprel::Acl => {
                gapped_passive(tree, token)
                    || closing_aside(tree, token)
                    || content_on_adjunct(tree, token)
                    || headless(tree, token)
                    || finite_without_subject(tree, token)
            }
            Deprel::Advcl => {
                under_adverb(tree, token)
                    || gerund_list(tree, token)
                    || garden_path(tree, token)
                    || described_subject(tree, token)
                    || closing_aside(tree, token)
                    || before_speaker(tree, token)
                    || listed_verb(tree, token)
            }
            Deprel::Nmod => charge(tree, token) || closing_aside(tree, token),
            Deprel::Ccomp | Deprel::Appos | Deprel::Obl | Deprel::Dep => closing_aside(tree, token),
            Deprel::Obj => comparative(tree, token) || second_object(tree, token),
            Deprel::Csubj => second_subject(tree, token),
            Deprel::Amod => after_relative(tree, token) || verb_before_noun(tree, token),
            Deprel::Xcomp => state_of_noun(tree, token) || object_of_state(tree, token) || gapped_passive(tree, token),
            Deprel::Nsubj | Deprel::NsubjPass => that_as_subject(tree, token) || comparative(tree, token),
            Deprel::Conj => {
                counted_state(tree, token)
                    || second_verb(tree, token)
                    || on_function_word(tree, token)
                    || split_between(tree, token)
                    || closing_aside(tree, token)
                    || asyndetic(tree, token)
                    || after_aside(tree, token)
                    || finite_without_subject(tree, token)
            }
            _ => false,
        };
    }
    changed
}

/// Words before a colon in which a bulletin's label is over.
const LABEL: usize = 6;

/// 'Upper Nile: Clashes resumed …': the head of a name that stands before the sentence with a colon, and takes no part in it.
pub(super) fn label(tree: &Tree) -> Option<usize> {
    let colon = (1..tree.len().min(LABEL)).find(|&t| tree.token(t).span.of(tree.text) == ":")?;
    let name = |t: usize| matches!(tree.token(t).upos, Upos::Propn | Upos::Adp | Upos::Cconj | Upos::Punct | Upos::Det);
    let clause = (colon + 1..tree.len()).any(|t| tree.token(t).upos == Upos::Verb);
    if tree.token(0).upos != Upos::Propn || !(0..colon).all(name) || !clause {
        return None;
    }
    (0..colon).find(|&t| tree.token(t).upos == Upos::Propn && tree.head(t).is_some_and(|head| head > colon))
}

fn is_nominal(tree: &Tree, token: usize) -> bool {
    matches!(tree.token(token).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X)
}

fn relative_on_verb(tree: &mut Tree, token: usize) -> bool {
    let Some(head) = tree.head(token) else { return false };
    if tree.token(head).upos != Upos::Verb {
        return false;
    }
    let pronoun = tree.children(token).find(|&c| c < token && is_relative(tree, c));
    match pronoun {
        Some(pronoun) => {
            // The comma before the pronoun and what closes a phrase stand between it and its noun.
            let noun = (0..pronoun).rev().take_while(|&t| t != head).find(|&t| is_nominal(tree, t));
            let Some(mut noun) = noun else { return false };
            while let Some(above) = tree.head(noun).filter(|&a| a > noun && a < pronoun && is_nominal(tree, a)) {
                noun = above;
            }
            tree.hang(token, noun, Deprel::AclRelcl)
        }
        None if after_preposition(tree, token) => true,
        None if tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some() => {
            let coordinated = tree.children(token).any(|c| tree.deprel(c) == Deprel::Cc);
            tree.rename(token, if coordinated { Deprel::Conj } else { Deprel::Parataxis });
            true
        }
        None => false,
    }
}

/// 'said on Friday that rebels had …': a 'that' that fills no role of its clause opens what is said.
fn content_on_adjunct(tree: &mut Tree, token: usize) -> bool {
    let Some(noun) = tree.head(token).filter(|&n| matches!(tree.deprel(n), Deprel::Obl | Deprel::OblUnmarked)) else { return false };
    let Some(verb) = tree.head(noun).filter(|&v| tree.token(v).upos == Upos::Verb && v < noun) else { return false };
    let opened = tree.child(token, &[Deprel::Mark]).is_some_and(|m| tree.lemma(m) == "that");
    let whole = tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl]).is_some_and(|s| !is_relative(tree, s));
    opened && whole && tree.child(verb, &[Deprel::Ccomp]).is_none() && tree.hang(token, verb, Deprel::Ccomp)
}

/// '…, killing two, a resident said': a verb of saying has one subject; the participle goes on with the main clause.
fn second_subject(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|&v| tree.child(v, &[Deprel::Nsubj]).is_some()) else { return false };
    let Some(main) = tree.head(verb).filter(|&m| m < token && tree.deprel(verb) == Deprel::Parataxis) else { return false };
    tree.token(token).xpos == Xpos::Vbg && tree.hang(token, main, Deprel::Advcl)
}

/// The root, if it is a noun.
fn nominal_root(tree: &Tree) -> Option<usize> {
    (0..tree.len()).find(|&t| tree.head(t).is_none()).filter(|&r| matches!(tree.token(r).upos, Upos::Noun | Upos::Propn))
}

/// 'The soldiers sent to Mali have left': a finite verb without a subject or a conjunction of its own is no adverbial clause. It is the main verb, and
/// what was taken for one describes the subject.
fn garden_path(tree: &mut Tree, token: usize) -> bool {
    let Some(first) = tree.head(token).filter(|&h| h < token && tree.head(h).is_none()) else { return false };
    let subject = tree.child(first, &[Deprel::Nsubj]).filter(|&s| s < first && tree.token(s).upos != Upos::Pron);
    let finite = tree
        .children(token)
        .any(|c| matches!(tree.deprel(c), Deprel::Aux | Deprel::AuxPass) && c < token && tree.token(c).feature("VerbForm") == Some("Fin"));
    // 'Fighters allied with the army killed scores'
    let told = tree.token(token).xpos == Xpos::Vbd
        && tree.child(token, &[Deprel::Obj]).is_some()
        && tree.children(first).any(|c| tree.deprel(c) == Deprel::Obl && c > first && c < token);
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark, Deprel::Csubj, Deprel::Expl];
    let past = matches!(tree.token(first).xpos, Xpos::Vbd | Xpos::Vbn);
    let bare = tree.child(first, &[Deprel::Aux, Deprel::AuxPass, Deprel::Obj, Deprel::Ccomp]).is_none();
    let Some(subject) = subject.filter(|_| (finite || told) && past && bare && tree.child(token, &own).is_none()) else { return false };
    if (first..token).any(|t| tree.token(t).upos == Upos::Punct) {
        return false;
    }
    let role = if tree.child(token, &[Deprel::AuxPass]).is_some() { Deprel::NsubjPass } else { Deprel::Nsubj };
    tree.crown(token, first, Deprel::Acl);
    tree.hang(subject, token, role) && tree.hang(first, subject, Deprel::Acl)
}

/// 'Fighters allied with the RSF killed scores': what stands after a participle and a preposition is no subject. The finite verb behind it is the main
/// verb, and the participle describes its subject.
fn described_subject(tree: &mut Tree, token: usize) -> bool {
    let Some(first) = tree.head(token).filter(|&h| h < token && matches!(tree.deprel(h), Deprel::Root | Deprel::Ccomp | Deprel::Parataxis))
    else {
        return false;
    };
    let subject = tree.child(first, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|&s| s + 1 == first);
    let mark = tree.child(token, &[Deprel::Mark]).filter(|&m| m == first + 1 && tree.token(m).upos == Upos::Adp);
    let inner = tree.child(token, &[Deprel::Nsubj]).filter(|&n| n < token && n > first);
    let past = matches!(tree.token(first).xpos, Xpos::Vbd | Xpos::Vbn) && matches!(tree.token(token).xpos, Xpos::Vbd);
    let bare = tree.child(first, &[Deprel::Aux, Deprel::AuxPass, Deprel::Obj, Deprel::Ccomp]).is_none();
    let (Some(subject), Some(mark), Some(inner)) = (subject, mark, inner) else { return false };
    if !past || !bare || (first..token).any(|t| tree.token(t).upos == Upos::Punct && tree.lemma(t) == ",") {
        return false;
    }
    tree.crown(token, first, Deprel::Acl);
    tree.hang(subject, token, Deprel::Nsubj)
        && tree.hang(first, subject, Deprel::Acl)
        && tree.hang(inner, first, Deprel::Obl)
        && tree.hang(mark, inner, Deprel::Case)
}

/// A participle with an object under a sentence that has no verb: it is the verb.
fn headless(tree: &mut Tree, token: usize) -> bool {
    let Some(root) = nominal_root(tree) else { return false };
    let past = matches!(tree.token(token).xpos, Xpos::Vbn | Xpos::Vbd);
    let active = tree.child(token, &[Deprel::Obj, Deprel::Xcomp, Deprel::Ccomp]).is_some_and(|c| c > token);
    let passive = tree.child(token, &[Deprel::OblAgent, Deprel::AuxPass]).is_some();
    if !past || !active || passive || !tree.dominates(root, token) || tree.child(root, &[Deprel::Cop]).is_some() {
        return false;
    }
    tree.crown(token, root, Deprel::Nsubj);
    true
}

/// 'Washington suspended military aid.': a sentence that ends in a full stop and has no verb has it in the past form between two nouns.
fn verb_before_noun(tree: &mut Tree, token: usize) -> bool {
    let Some(root) = nominal_root(tree).filter(|&r| tree.head(token) == Some(r) && r > token) else { return false };
    let stop = tree.children(root).next_back().is_some_and(|p| tree.lemma(p) == ".");
    let verb = tree.token(token).upos == Upos::Verb && matches!(tree.token(token).xpos, Xpos::Vbn | Xpos::Vbd);
    let alone = (0..tree.len()).all(|t| t == token || !matches!(tree.token(t).upos, Upos::Verb | Upos::Aux));
    if !stop || !verb || !alone || token == 0 || tree.child(root, &[Deprel::Nsubj, Deprel::Cop]).is_some() {
        return false;
    }
    let doer = token - 1;
    let beside = tree.head(doer) == Some(root) || tree.head(doer) == Some(token);
    if !beside || !matches!(tree.token(doer).upos, Upos::Noun | Upos::Propn) {
        return false;
    }
    tree.crown(token, root, Deprel::Obj);
    tree.hang(doer, token, Deprel::Nsubj)
}

/// 'stopped short of attacking': what an adverb opens belongs to the adverb's verb.
fn under_adverb(tree: &mut Tree, token: usize) -> bool {
    let adverb = tree.head(token).filter(|&a| a < token && tree.deprel(a) == Deprel::Advmod && tree.lemma(a) == "short");
    let verb = adverb.and_then(|adverb| tree.head(adverb)).filter(|&v| tree.token(v).upos == Upos::Verb);
    verb.is_some_and(|verb| tree.hang(token, verb, Deprel::Advcl))
}

/// 'were killed and 31 wounded': the number before what is joined counts it.
fn counted_state(tree: &mut Tree, token: usize) -> bool {
    let state =
        matches!(tree.token(token).upos, Upos::Adj | Upos::Verb) && tree.children(token).all(|c| c > token || tree.deprel(c) == Deprel::Cc);
    let number = token.checked_sub(1).filter(|&n| state && tree.token(n).upos == Upos::Num);
    let astray =
        number.and_then(|n| tree.head(n).map(|head| (n, head))).filter(|&(n, head)| head < n && tree.token(head).upos == Upos::Cconj);
    astray.is_some_and(|(number, _)| {
        tree.hang(number, token, if tree.token(token).upos == Upos::Adj { Deprel::Nummod } else { Deprel::NsubjPass })
    })
}

/// 'reported 17 civilians dead': the state is said of the noun.
fn state_of_noun(tree: &mut Tree, token: usize) -> bool {
    let described = tree.head(token).is_some_and(|noun| noun < token && matches!(tree.token(noun).upos, Upos::Noun | Upos::Propn));
    let state = described && tree.token(token).upos == Upos::Adj && !tree.children(token).any(|c| c > token);
    state && {
        tree.rename(token, Deprel::Amod);
        true
    }
}

/// 'shot dead an aid worker': the state has no object, the verb has.
fn object_of_state(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|&v| v + 1 == token && tree.token(v).upos == Upos::Verb) else { return false };
    let object =
        tree.child(token, &[Deprel::Obj]).filter(|_| tree.token(token).upos == Upos::Adj && tree.child(verb, &[Deprel::Obj]).is_none());
    object.is_some_and(|object| tree.hang(object, verb, Deprel::Obj))
}

/// 'accuse the soldiers of siding with them, looting homes and killing men': a list of what one is accused of, whose first word passes for a noun.
fn gerund_list(tree: &mut Tree, token: usize) -> bool {
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

/// 'Israel, which has vowed to protect them, bombed tanks': behind the comma that closes a relative clause on a sentence's only noun stands its verb.
fn after_relative(tree: &mut Tree, token: usize) -> bool {
    let Some(root) = nominal_root(tree).filter(|&r| r < token) else { return false };
    let finite = tree.token(token).upos == Upos::Verb && matches!(tree.token(token).xpos, Xpos::Vbn | Xpos::Vbd);
    let comma = token > 0 && tree.token(token - 1).span.of(tree.text) == ",";
    let relative = tree.child(root, &[Deprel::AclRelcl]).filter(|&clause| clause > root && clause < token);
    let Some(noun) = tree.head(token).filter(|&n| n > token && finite && comma) else { return false };
    if relative.is_none_or(|clause| !tree.dominates(clause, noun)) || tree.child(root, &[Deprel::Cop, Deprel::Nsubj]).is_some() {
        return false;
    }
    // What stood before the comma ('the Druze') stays in the clause, in the noun's place.
    let above = tree.head(noun);
    let before = tree.children(noun).rfind(|&c| c + 1 < token && matches!(tree.token(c).upos, Upos::Noun | Upos::Propn));
    let deprel = tree.deprel(noun);
    tree.crown(token, root, Deprel::Nsubj);
    if !tree.hang(noun, token, Deprel::Obj) {
        return true;
    }
    if let (Some(before), Some(above)) = (before, above) {
        tree.hang(before, above, deprel);
        let mine: Vec<usize> = tree.children(noun).filter(|&c| c < before).collect();
        for child in mine {
            let deprel = tree.deprel(child);
            tree.hang(child, before, deprel);
        }
    }
    // Verbs that go on from it: '… and later hit the ministry'.
    let later: Vec<usize> =
        (token + 1..tree.len()).filter(|&t| tree.deprel(t) == Deprel::Conj && tree.token(t).upos == Upos::Verb).collect();
    for verb in later {
        if tree.head(verb).is_some_and(|h| h < token && h != root) {
            tree.hang(verb, token, Deprel::Conj);
        }
    }
    true
}

/// '…, police said, and killed a guard': the aside between commas is over.
fn after_aside(tree: &mut Tree, token: usize) -> bool {
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
fn asyndetic(tree: &mut Tree, token: usize) -> bool {
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

/// '… attacked a camp, a doctor said.': what the parser hung on the closing clause from before its comma belongs to the sentence that it closes.
fn closing_aside(tree: &mut Tree, token: usize) -> bool {
    // A participle has no subject of its own: what the tagger takes for one here is finite.
    let finite = matches!(tree.token(token).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vbn);
    let subject = tree.child(token, &[Deprel::Nsubj]).filter(|&s| s < token && !is_relative(tree, s));
    let (Some(subject), Some(head), true) = (subject, tree.head(token), finite) else { return false };
    let first = tree.subtree(subject).first().copied().unwrap_or(subject);
    let closing = (token + 1..tree.len()).all(|t| tree.token(t).upos == Upos::Punct || tree.dominates(token, t));
    let comma = first > head && tree.token(first - 1).span.of(tree.text) == ",";
    let joined = tree.children(token).any(|c| {
        c + 1 >= first && (matches!(tree.deprel(c), Deprel::Mark | Deprel::Cc) || tree.token(c).xpos == Xpos::Wrb)
            || c > token && matches!(tree.deprel(c), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp)
    });
    let Some(root) = (0..tree.len()).find(|&t| tree.head(t).is_none()).filter(|&r| r < first) else { return false };
    if !closing || !comma || joined || !tree.hang(token, root, Deprel::Parataxis) {
        return false;
    }
    let main = if tree.token(head).upos == Upos::Verb { head } else { root };
    let before: Vec<usize> = tree.children(token).filter(|&c| c + 1 < first && tree.token(c).upos != Upos::Punct).collect();
    for child in before {
        let deprel = tree.deprel(child);
        tree.hang(child, main, deprel);
    }
    true
}

/// 'Four were killed when …, a doctor said': a clause between what is said and who says it belongs to what is said.
fn before_speaker(tree: &mut Tree, token: usize) -> bool {
    let Some(speech) = tree.head(token).filter(|&v| v > token) else { return false };
    let content = tree.child(speech, &[Deprel::Ccomp]).filter(|&c| c < token);
    let speaker = tree.child(speech, &[Deprel::Nsubj]).filter(|&s| s > token);
    let (Some(content), Some(_)) = (content, speaker) else { return false };
    tree.hang(token, content, Deprel::Advcl)
}

/// 'had killed 39 men, destroyed 12 motorcycles and …': a past participle with an object is no passive but the next verb of the list.
fn listed_verb(tree: &mut Tree, token: usize) -> bool {
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
fn gapped_passive(tree: &mut Tree, token: usize) -> bool {
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
fn on_function_word(tree: &mut Tree, token: usize) -> bool {
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

/// 'Fewer than 200 officers remain': the noun takes the place of the word that bounds its number.
fn comparative(tree: &mut Tree, token: usize) -> bool {
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

/// 'Talks between A and B opened': the second side was taken for the subject of a second clause.
fn split_between(tree: &mut Tree, token: usize) -> bool {
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

/// 'withdrew after leaders seized control': the preposition on the subject is the clause's conjunction.
fn after_preposition(tree: &mut Tree, token: usize) -> bool {
    let Some(subject) = tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass]) else { return false };
    let Some(preposition) = tree.child(subject, &[Deprel::Case]) else { return false };
    tree.rename(token, Deprel::Advcl);
    tree.hang(preposition, token, Deprel::Mark)
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

/// The nearest verb over a token.
fn verb_above(tree: &Tree, token: usize) -> Option<usize> {
    std::iter::successors(tree.head(token), |&t| tree.head(t)).take(tree.len()).find(|&t| tree.token(t).upos == Upos::Verb)
}

/// 'accused both armies of war crimes': the 'of' behind the object of such a verb belongs to the verb.
fn charge(tree: &mut Tree, token: usize) -> bool {
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

/// '… and forced tens of thousands': a participle before the object, after an 'and' that joins no two adjectives, is the second verb.
fn second_object(tree: &mut Tree, object: usize) -> bool {
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
fn second_verb(tree: &mut Tree, token: usize) -> bool {
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

/// 'that its soldiers need to leave': the first subject of two is the conjunction.
fn that_as_subject(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|_| tree.lemma(token) == "that") else { return false };
    let two = tree.children(verb).any(|c| c > token && matches!(tree.deprel(c), Deprel::Nsubj | Deprel::NsubjPass));
    let content = !matches!(tree.deprel(verb), Deprel::AclRelcl) && tree.token(token).upos != Upos::Pron;
    two && content && {
        tree.rename(token, Deprel::Mark);
        true
    }
}

/// 'its 12,000 peacekeepers' under whatever the parser took 'its' for.
fn owner(tree: &mut Tree, token: usize) -> bool {
    let possessive = tree.token(token).xpos == Xpos::PrpPoss;
    if !possessive || tree.deprel(token) == Deprel::NmodPoss {
        return false;
    }
    let noun = (token + 1..tree.len().min(token + 6))
        .take_while(|&t| !matches!(tree.token(t).upos, Upos::Verb | Upos::Aux | Upos::Punct | Upos::Adp | Upos::Cconj))
        .find(|&t| matches!(tree.token(t).upos, Upos::Noun | Upos::Propn) && tree.deprel(t) != Deprel::Compound);
    noun.is_some_and(|noun| tree.hang(token, noun, Deprel::NmodPoss))
}

/// 'Across the wider region attacks have been carried out': of two nouns before an auxiliary the plural is the subject that its verb lacks.
fn stolen_subject(tree: &mut Tree, token: usize) -> bool {
    let subjects = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Csubj, Deprel::CsubjPass];
    if tree.token(token).upos != Upos::Verb
        || !matches!(tree.deprel(token), Deprel::Root | Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl)
        || tree.child(token, &subjects).is_some()
    {
        return false;
    }
    let Some(auxiliary) = tree.child(token, &[Deprel::Aux, Deprel::AuxPass]).filter(|&a| a >= 2) else { return false };
    let (noun, before) = (auxiliary - 1, auxiliary - 2);
    let plural = tree.token(noun).xpos == Xpos::Nns && tree.token(before).xpos == Xpos::Nn && tree.head(before) == Some(noun);
    let Some(case) = tree.child(noun, &[Deprel::Case]).filter(|&c| plural && c < before) else { return false };
    let (above, deprel) = match tree.head(noun) {
        Some(above) => (above, tree.deprel(noun)),
        None => return false,
    };
    let passive = if tree.child(token, &[Deprel::AuxPass]).is_some() { Deprel::NsubjPass } else { Deprel::Nsubj };
    if !tree.hang(before, above, deprel) {
        return false;
    }
    let moved: Vec<usize> = tree.children(noun).filter(|&c| (case..before).contains(&c)).collect();
    for child in moved {
        let deprel = tree.deprel(child);
        tree.hang(child, before, deprel);
    }
    tree.hang(noun, token, passive)
}

fn is_relative(tree: &Tree, token: usize) -> bool {
    matches!(tree.token(token).xpos, Xpos::Wp | Xpos::Wdt) && matches!(tree.lemma(token), "who" | "which" | "that" | "whom")
}

/// 'after leaders seized': the noun under the preposition is the verb's subject and the preposition its conjunction.
fn finite_without_subject(tree: &mut Tree, token: usize) -> bool {
    let finite = matches!(tree.token(token).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    let Some(head) = tree.head(token) else { return false };
    if !finite || tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Csubj]).is_some() {
        return false;
    }
    // A second verb of the same subject is no mistake.
    if tree.deprel(token) == Deprel::Conj
        && (tree.children(token).any(|c| tree.deprel(c) == Deprel::Cc) || tree.token(head).upos != Upos::Verb)
    {
        return false;
    }
    let noun = (0..token).rev().take_while(|&t| tree.token(t).upos != Upos::Punct).find(|&t| is_nominal(tree, t));
    let Some(mut noun) = noun else { return false };
    for _ in 0..tree.len() {
        match tree.head(noun) {
            Some(above)
                if above < token
                    && is_nominal(tree, above)
                    && tree.children(noun).all(|c| tree.deprel(c) != Deprel::Case || tree.case(noun) == "of") =>
            {
                noun = above;
            }
            Some(above) if above < token && tree.deprel(noun) == Deprel::Conj => noun = above,
            _ => break,
        }
    }
    let preposition = tree.children(noun).find(|&c| tree.deprel(c) == Deprel::Case && tree.token(c).upos == Upos::Adp);
    let Some(preposition) =
        preposition.filter(|&p| matches!(tree.lemma(p), "after" | "before" | "since" | "until" | "as" | "because" | "while"))
    else {
        return false;
    };
    let main = if tree.token(head).upos == Upos::Verb { head } else { return false };
    if !tree.hang(token, main, Deprel::Advcl) || !tree.hang(noun, token, Deprel::Nsubj) {
        return false;
    }
    tree.hang(preposition, token, Deprel::Mark)
}
