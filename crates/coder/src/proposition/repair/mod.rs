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
//! * 'Attacks on clinics increased by 40 percent.': the participle that says by how much is the sentence's verb;
//! * 'The group, the agency said, has freed two men': the second noun speaks, the first acts;
//! * 'Hours after both had agreed, a drone killed four': a stretch of time is no subject;
//! * 'when a ferry overturned': a conjunction governs no noun;
//! * 'had promised to leave, but its soldiers are still there': a clause with a subject is joined to no infinitive;
//! * 'killed between six and nine people': the range is the object;
//! * 'rumours that police opened fire': a clause with its own object is what the rumours say;
//! * 'closed the border after two soldiers were shot': the passive verb has them for its subject, and 'after' joins the clauses;
//! * 'five insurgents and one soldier killed': both are what the participle is said of;
//! * 'Of its 11,000 peacekeepers, 3,000 left': they are counted out of those in front;
//! * 'clashes in Cali between police and protesters': a town is not between anybody;
//! * 'accused the army of bombing hospitals': the hospitals were bombed;
//! * 'of Port-au-Prince': the first part of a name has no preposition of its own;
//! * '…, a doctor said.': a closing clause with a subject of its own and nothing that joins it stands beside the whole sentence.

mod clauses;
mod coordination;
mod phrases;

use super::Tree;
use clauses::*;
use coordination::*;
use griot_types::{Deprel, Upos, Xpos};
use phrases::*;

/// Mends a tree; returns whether anything changed.
pub(super) fn repair(tree: &mut Tree) -> bool {
    let mut changed = false;
    if let Some(label) = label(tree).filter(|&label| tree.head(label).is_some() && tree.deprel(label) != Deprel::Dislocated) {
        tree.rename(label, Deprel::Dislocated);
        changed = true;
    }
    changed |= label_as_root(tree);
    // What is mended further on can show a mistake before it.
    for token in (0..tree.len()).chain(0..tree.len()) {
        changed |= owner(tree, token) || stolen_subject(tree, token);
        changed |= match tree.deprel(token) {
            Deprel::AclRelcl => {
                joined_before_participle(tree, token)
                    || content_with_object(tree, token)
                    || plural_relative(tree, token)
                    || closing_aside(tree, token)
                    || content_on_adjunct(tree, token)
                    || relative_on_verb(tree, token)
            }
            Deprel::Acl => {
                joined_before_participle(tree, token)
                    || gapped_passive(tree, token)
                    || closing_aside(tree, token)
                    || content_on_adjunct(tree, token)
                    || headless(tree, token)
                    || change_without_verb(tree, token)
                    || under_conjunction(tree, token)
                    || finite_without_subject(tree, token)
            }
            Deprel::Advcl => {
                time_before_clause(tree, token)
                    || under_adverb(tree, token)
                    || gerund_list(tree, token)
                    || garden_path(tree, token)
                    || described_subject(tree, token)
                    || closing_aside(tree, token)
                    || before_speaker(tree, token)
                    || listed_verb(tree, token)
            }
            Deprel::Nmod => charge(tree, token) || between_at_place(tree, token) || closing_aside(tree, token),
            Deprel::Parataxis => time_before_clause(tree, token),
            Deprel::Compound => gerund_of(tree, token) || case_on_compound(tree, token),
            Deprel::Mark | Deprel::Cc | Deprel::Case => name_as_mark(tree, token),
            Deprel::Det => that_before_plural(tree, token),
            Deprel::Advmod => state_as_adverb(tree, token) || object_of_state(tree, token),
            Deprel::Obl => range_as_object(tree, token) || fronted_of(tree, token) || closing_aside(tree, token),
            Deprel::Ccomp => spoken_between(tree, token) || time_before_clause(tree, token) || closing_aside(tree, token),
            Deprel::Appos | Deprel::Dep => closing_aside(tree, token),
            Deprel::Obj => comparative(tree, token) || second_object(tree, token),
            Deprel::Csubj => second_subject(tree, token),
            Deprel::Amod => object_of_state(tree, token) || after_relative(tree, token) || verb_before_noun(tree, token),
            Deprel::Xcomp => state_of_noun(tree, token) || object_of_state(tree, token) || gapped_passive(tree, token),
            Deprel::Nsubj | Deprel::NsubjPass => that_as_subject(tree, token) || comparative(tree, token),
            Deprel::Conj => {
                joined_to_infinitive(tree, token)
                    || passive_after_time(tree, token)
                    || time_before_clause(tree, token)
                    || counted_state(tree, token)
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

/// 'Lashio: Fighting ended on 3 August …': a name before a colon is not what the sentence is about; the clause behind it is.
fn label_as_root(tree: &mut Tree) -> bool {
    let Some(root) = (0..tree.len().min(LABEL)).find(|&t| tree.head(t).is_none() && tree.token(t).upos == Upos::Propn) else {
        return false;
    };
    let Some(colon) = (root + 1..tree.len().min(LABEL)).find(|&t| tree.token(t).span.of(tree.text) == ":") else { return false };
    let name = |t: usize| matches!(tree.token(t).upos, Upos::Propn | Upos::Adp | Upos::Cconj | Upos::Punct | Upos::Det | Upos::Noun);
    let clause = tree.children(root).find(|&c| c > colon && tree.token(c).upos == Upos::Verb);
    let Some(clause) = clause.filter(|_| (0..colon).all(name)) else { return false };
    tree.crown(clause, root, Deprel::Dislocated);
    true
}

fn is_nominal(tree: &Tree, token: usize) -> bool {
    matches!(tree.token(token).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X)
}

/// The root, if it is a noun.
fn nominal_root(tree: &Tree) -> Option<usize> {
    (0..tree.len()).find(|&t| tree.head(t).is_none()).filter(|&r| matches!(tree.token(r).upos, Upos::Noun | Upos::Propn))
}

/// The nearest verb over a token.
fn verb_above(tree: &Tree, token: usize) -> Option<usize> {
    std::iter::successors(tree.head(token), |&t| tree.head(t)).take(tree.len()).find(|&t| tree.token(t).upos == Upos::Verb)
}

fn is_relative(tree: &Tree, token: usize) -> bool {
    matches!(tree.token(token).xpos, Xpos::Wp | Xpos::Wdt) && matches!(tree.lemma(token), "who" | "which" | "that" | "whom")
}
