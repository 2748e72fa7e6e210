//! Denials that only point at what they deny: '…, which Kampala denies', 'but the army denied it', 'Moscow rejected the accusation'.
//!
//! What was said before stays said, and is told a second time as denied, in the denier's mouth.

use super::draft::Draft;
use crate::codebook::Complement;
use crate::proposition::Origin;
use crate::reference::{Who, same};
use crate::scene::Scene;
use griot_types::{Kind, Status, Upos};

/// How far back a denial reaches, in sentences.
const REACH: usize = 2;

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
