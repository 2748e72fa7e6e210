//! Denials that only point at what they deny: '…, which Kampala denies', 'but the army denied it', 'Moscow rejected the accusation'.
//!
//! What was said before stays said, and is told a second time as denied, in the denier's mouth. What the report itself calls false ('The caption is
//! false', 'This is untrue') was only said, and is denied where it stands.

use super::draft::Draft;
use crate::codebook::{Complement, Form, Frame};
use crate::proposition::Origin;
use crate::reference::{Who, same};
use crate::scene::Scene;
use griot_types::{Kind, Status, Upos};

/// How far back a denial reaches, in sentences.
const REACH: usize = 2;

/// How many tokens a label may stand from the start of its sentence and its colon from it: a number, a sign.
const LABEL: usize = 4;

/// Adds what the sentence denies of what was said in it or just before it.
pub fn of_sentence(scene: &Scene, s: usize, drafts: &mut Vec<Draft>) {
    for p in 0..scene.propositions[s].list.len() {
        let Some(complement) = scene.frame(s, p).and_then(|f| f.complement.as_ref()).filter(|c| denies(c)) else { continue };
        let told_here = scene.governed(s, p).iter().any(|&inner| scene.frame(s, inner).is_some());
        if told_here || scene.proposition(s, p).negated || !points_back(scene, s, p) {
            continue;
        }
        let deniers = complement.speaker.as_ref().map(|roles| scene.actors(s, p, roles)).unwrap_or_default();
        let Some(told) = told(scene, s, p, &deniers, drafts) else { continue };
        let mut denied = drafts[told].clone();
        denied.status = Status::Negated;
        denied.said_by = deniers;
        denied.retold = Vec::new();
        if denied.sentence != s {
            denied.sentence = s;
            denied.proposition = Some(p);
            denied.predicate = scene.proposition(s, p).head;
            denied.action = Some(scene.trees[s].token(denied.predicate).span);
        }
        drafts.push(denied);
    }
}

/// Takes back what the report itself calls false: what its own label says ('FALSE: …'), and what the sentence before told in the words of somebody or
/// something ('The caption is false', 'This is untrue').
pub fn called_false(scene: &Scene, s: usize, drafts: &mut [Draft]) {
    if is_labelled_false(scene, s) {
        take_back(drafts, s, |_| true);
    }
    let tree = &scene.trees[s];
    for p in 0..scene.propositions[s].list.len() {
        let proposition = scene.proposition(s, p);
        let untrue = scene.frame(s, p).is_some_and(is_untrue) && proposition.form == Form::Adjective;
        let told_here = scene.governed(s, p).iter().any(|&inner| scene.frame(s, inner).is_some());
        if !untrue || told_here || proposition.negated || proposition.governor.is_some() {
            continue;
        }
        let Some(subject) = proposition.fillers("subj").next().map(|a| a.token) else { continue };
        let pointing = matches!(tree.token(subject).upos, Upos::Pron | Upos::Det);
        if !pointing && !tree.is_definite(subject) {
            continue;
        }
        let word = |before: usize| {
            let other = &scene.trees[before];
            (0..other.len()).find(|&t| other.token(t).upos == Upos::Noun && other.lemma(t) == tree.lemma(subject))
        };
        let nearest = (s.saturating_sub(REACH)..s).rev().find(|&before| pointing || word(before).is_some());
        let Some(before) = nearest else { continue };
        // 'shows, its caption says, soldiers burning huts': what stands behind the words of the thing that speaks is what it says.
        let speaks = word(before).filter(|&t| {
            let speech = |q: &usize| scene.frame(before, *q).is_some_and(|f| f.speech);
            (0..scene.propositions[before].list.len())
                .filter(speech)
                .any(|q| scene.proposition(before, q).fillers("subj").any(|a| a.token == t))
        });
        take_back(drafts, before, |draft| {
            draft.proposition.is_some_and(|told| is_reported(scene, before, told)) || speaks.is_some_and(|t| draft.predicate > t)
        });
    }
}

fn take_back(drafts: &mut [Draft], s: usize, told: impl Fn(&Draft) -> bool) {
    for draft in drafts.iter_mut().filter(|d| d.sentence == s && d.status == Status::Actual) {
        if told(draft) {
            draft.status = Status::Negated;
        }
    }
}

/// A frame by which its own words, nobody else's, deny what stands under it.
fn is_untrue(frame: &Frame) -> bool {
    frame.claims.is_empty() && frame.complement.as_ref().is_some_and(|c| c.status == Some(Status::Negated) && c.speaker.is_none())
}

/// 'FALSE: …', '3/ FAKE: …': a word for what is untrue stands with its colon before what is told.
fn is_labelled_false(scene: &Scene, s: usize) -> bool {
    let tree = &scene.trees[s];
    let word = |t: &usize| tree.token(*t).span.of(tree.text);
    let Some(label) = (0..tree.len().min(LABEL)).find(|t| word(t).chars().all(char::is_alphabetic)) else { return false };
    let colon = (label + 1..tree.len().min(label + LABEL)).find(|t| word(t).chars().any(char::is_alphanumeric) || word(t) == ":");
    let lemma = word(&label).to_lowercase();
    let untrue =
        scene.book.index().find(Form::Adjective, &lemma.as_str().into()).iter().any(|&(f, _)| is_untrue(&scene.book.frames[f as usize]));
    untrue && colon.is_some_and(|t| word(&t) == ":")
}

/// Whether somebody's words stand above a proposition, whichever way it hangs on them.
fn is_reported(scene: &Scene, s: usize, p: usize) -> bool {
    let above = |p: &usize| scene.proposition(s, *p).governor.as_ref().map(|g| g.proposition);
    std::iter::successors(above(&p), above).take(scene.trees[s].len()).any(|q| scene.frame(s, q).is_some_and(|f| f.speech))
}

fn denies(complement: &Complement) -> bool {
    complement.status == Some(Status::Negated) && complement.speaker.is_some()
}

/// Whether what is denied is a pronoun, a relative one, or a definite noun for a charge or a report.
fn points_back(scene: &Scene, s: usize, p: usize) -> bool {
    let tree = &scene.trees[s];
    let mut objects = scene.proposition(s, p).arguments.iter().filter(|a| matches!(a.role.as_str(), "obj" | "comp"));
    objects.any(|a| {
        let definite = || {
            tree.children(a.token)
                .any(|c| tree.token(c).feature("Definite") == Some("Def") || tree.token(c).feature("PronType") == Some("Dem"))
        };
        matches!(a.origin, Origin::Relative(_))
            || tree.token(a.token).upos == Upos::Pron && tree.token(a.token).feature("Person").is_none_or(|person| person == "3")
            || tree.children(a.token).all(|c| c < a.token) && definite()
    })
}

/// The claim that a denial means: what the denier is said to have done, else the last that somebody said in the same sentence or the one before.
fn told(scene: &Scene, s: usize, p: usize, deniers: &[Who], drafts: &[Draft]) -> Option<usize> {
    let head = scene.proposition(s, p).head;
    let near = |d: &&usize| {
        let draft = &drafts[**d];
        s - draft.sentence <= REACH
            && (draft.sentence < s || draft.predicate < head)
            && draft.status != Status::Negated
            && draft.type_.kind() != Kind::Figure
            // Who somebody is stands in the words for him, and he does not deny it.
            && !(draft.sentence == s && names_denier(scene, s, p, draft.predicate))
            && !matches!(draft.type_, griot_types::Type::Accuse | griot_types::Type::Request | griot_types::Type::Reject)
    };
    let order: Vec<usize> = (0..drafts.len()).rev().take_while(|&d| s - drafts[d].sentence <= REACH).collect();
    let own =
        |who: &Who| deniers.iter().any(|d| same(&d.actor, &who.actor) || d.actor.country.is_some() && d.actor.country == who.actor.country);
    let others = |d: &usize| !drafts[*d].said_by.iter().any(|w| deniers.iter().any(|x| same(&x.actor, &w.actor)));
    let accused = order.iter().filter(near).filter(|d| others(d)).find(|d| drafts[**d].source.iter().any(own));
    let spoken =
        || order.iter().filter(near).filter(|d| others(d)).find(|d| drafts[**d].sentence + 1 >= s && !drafts[**d].said_by.is_empty());
    accused.or_else(spoken).copied()
}

/// Whether a token stands inside the phrase for the one who denies: 'the group's leader, X, rejected the charge'.
fn names_denier(scene: &Scene, s: usize, p: usize, token: usize) -> bool {
    scene.proposition(s, p).fillers("subj").any(|a| scene.trees[s].dominates(a.token, token))
}
