//! The same act told again in a later sentence: 'the attack', 'the withdrawal', 'claimed responsibility'.

use super::draft::Draft;
use super::events::is_apart;
use crate::codebook::Form;
use crate::reference::{Who, same};
use crate::scene::Scene;
use griot_types::{Kind, Status, Type};
use griot_world::ActorKind;

/// 'Al-Shabaab claimed responsibility.': gives the draft what was told of the act of force last told; `false` where there is none, or where another did it.
pub fn retelling(scene: &Scene, p: usize, draft: &mut Draft, drafts: &[Draft]) -> bool {
    let proposition = scene.proposition(draft.sentence, p);
    let near = (0..drafts.len()).rev().take_while(|&d| draft.sentence - drafts[d].sentence <= RETOLD);
    let act = near.into_iter().find(|&d| drafts[d].type_ == Type::Assault && drafts[d].status == Status::Actual && !drafts[d].mutual);
    let Some(told) = act.map(|d| &drafts[d]).filter(|_| !proposition.negated && !draft.source.is_empty()) else { return false };
    let open = |who: &Who| !who.named && who.kind == ActorKind::Unidentified || who.actor.code == "UAF";
    if !told.source.iter().all(|who| open(who) || draft.source.iter().any(|own| same(&own.actor, &who.actor))) {
        return false;
    }
    draft.mode.clone_from(&told.mode);
    draft.target.clone_from(&told.target);
    draft.places.clone_from(&told.places);
    draft.time = draft.time.take().or_else(|| told.time.clone());
    true
}

/// How far back 'the attack' reaches, in sentences.
pub const RETOLD: usize = 3;

/// The act that a definite noun without a doer takes up again: '… attacked Djibo. The attack left 40 soldiers dead.'
pub fn earlier(scene: &Scene, p: usize, draft: &Draft, drafts: &[Draft]) -> Option<usize> {
    if !takes_up(scene, p, draft) {
        return None;
    }
    let fits = |other: &Draft| {
        let place = |d: &Draft| d.places.first().map(|f| f.value.name.clone());
        other.type_ == draft.type_
            && draft.sentence > other.sentence
            && draft.sentence - other.sentence <= RETOLD
            && (other.status == draft.status)
            && (draft.mode.is_none() && !is_apart(other) || other.mode.is_none() && !is_apart(draft) || draft.mode == other.mode)
            && (draft.target.is_empty()
                || other.target.is_empty()
                || draft.target.iter().any(|t| other.target.iter().any(|o| same(&t.actor, &o.actor))))
            && (place(draft).is_none() || place(other).is_none() || place(draft) == place(other))
    };
    (0..drafts.len()).rev().take_while(|&d| draft.sentence - drafts[d].sentence <= RETOLD).find(|&d| fits(&drafts[d]))
}

/// Whether a draft is a definite noun for an act without a doer.
fn takes_up(scene: &Scene, p: usize, draft: &Draft) -> bool {
    let proposition = scene.proposition(draft.sentence, p);
    let definite = proposition.form == Form::Noun && scene.trees[draft.sentence].has_the(proposition.head);
    draft.type_.kind() == Kind::Event && definite && draft.source.is_empty()
}

/// 'Niger told the troops to leave Agadez. The withdrawal was completed in August.': what was asked for or planned has now been done, by those who were to.
pub fn announced(scene: &Scene, p: usize, draft: &Draft, drafts: &[Draft]) -> Option<usize> {
    let ahead = |other: &Draft| {
        other.type_ == draft.type_
            && draft.sentence > other.sentence
            && matches!(other.status, Status::Intended | Status::CalledFor)
            && other.mode == draft.mode
            && !other.source.is_empty()
    };
    let done = draft.status == Status::Actual && takes_up(scene, p, draft);
    let near = (0..drafts.len()).rev().take_while(|&d| draft.sentence - drafts[d].sentence <= RETOLD);
    near.filter(|_| done).find(|&d| ahead(&drafts[d]))
}

/// 'Gunmen overran the town on Friday. At least 21 people were killed in the assault.': a definite noun for an act of force that no act of force was told
/// before is the one by which a place was taken.
pub fn stormed(scene: &Scene, p: usize, draft: &Draft, drafts: &[Draft]) -> Option<usize> {
    // 'The fighting' is nobody's alone.
    let lemma = &scene.proposition(draft.sentence, p).lemma;
    let mutual = scene.book.index().find(Form::Noun, lemma).iter().any(|f| scene.book.frames[f.0 as usize].claims.iter().any(|c| c.mutual));
    let assault = draft.type_ == Type::Assault && draft.status == Status::Actual && takes_up(scene, p, draft) && !mutual;
    let mut near = (0..drafts.len()).rev().filter(|_| assault).take_while(|&d| draft.sentence - drafts[d].sentence <= RETOLD);
    let act = near.find(|&d| {
        let told = drafts[d].sentence < draft.sentence && drafts[d].status == Status::Actual;
        told && matches!(drafts[d].type_, Type::Assault | Type::Coerce) && !drafts[d].source.is_empty()
    })?;
    let seized = drafts[act].type_ == Type::Coerce && drafts[act].mode.as_deref() == Some("seize");
    let place = |d: &Draft| d.places.first().map(|f| f.value.name.clone());
    (seized && (draft.places.is_empty() || place(draft) == place(&drafts[act]))).then_some(act)
}

/// Adds a second telling to the act told before.
pub fn retell(scene: &Scene, told: &mut Draft, again: Draft) {
    if let (Some(p), Some(span)) = (again.proposition, again.parts(scene).cover()) {
        told.retold.push((again.sentence, p, span));
    }
    told.mode = told.mode.take().or(again.mode);
    if told.target.is_empty() {
        told.target = again.target;
    }
    if told.places.is_empty() {
        told.places = again.places;
    }
    if told.time.is_none() {
        told.time = again.time;
    }
}
