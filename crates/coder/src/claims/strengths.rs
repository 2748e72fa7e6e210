//! Counts that no frame asks for: strengths of forces, and what belongs to an event and is no toll.

use super::draft::Draft;
use super::events::home;
use super::figures::Used;
use crate::quantity::Count;
use crate::scene::{Scene, is_currency};
use crate::where_when::Found;
use griot_types::{Deprel, Kind, Status, Type};

/// Strengths: 'its 1,500 soldiers', 'a force of 12,000'.
pub fn strengths(scene: &Scene, s: usize, from: usize, used: &mut Used, drafts: &mut Vec<Draft>) {
    let tree = &scene.trees[s];
    for count in &scene.counts[s] {
        if used.has(count) || count.quantity.unit != "people" {
            continue;
        }
        if !stands(scene, s, count, from, drafts) {
            continue;
        }
        let who = scene.reference.single(tree, s, count.head);
        let force = who.iter().any(|w| w.force) && scene.reading.mention_at(s, count.head).is_none_or(|m| m.force);
        let armed = force && !(who.iter().all(|w| w.kind == griot_world::ActorKind::Unidentified));
        if !armed {
            continue;
        }
        used.take(count);
        let mut draft = Draft::new(s, count.head, Type::Personnel);
        draft.source = who;
        let mut quantity = count.quantity.clone();
        quantity.unit = "people".into();
        draft.quantity = Some(Found { value: quantity, span: tree.sentence.cover(count.first, count.end) });
        if let Some(holder) = scene.holder(s, count.head) {
            draft.source = super::events::own_forces(scene, s, holder, std::mem::take(&mut draft.source));
            strength_setting(scene, s, holder, from, drafts, &mut draft);
        }
        drafts.push(draft);
    }
}

/// Whether a count tells how strong a force is: where it stands, comes or goes, is asked for or promised, or where its owner's name or 'N-strong' says
/// so. Those who are captured, beaten or surrender are counted with the act, and who only speaks or runs is no strength.
fn stands(scene: &Scene, s: usize, count: &Count, from: usize, drafts: &[Draft]) -> bool {
    if let Some(event) = event_of_count(scene, s, count, from, drafts) {
        return moves(event);
    }
    let tree = &scene.trees[s];
    let owned = count.quantity.best.or(count.quantity.low).is_some_and(|n| n.0 >= OWNED)
        && tree.children(count.head).any(|c| tree.deprel(c) == Deprel::NmodPoss)
        && count.first != 0;
    let strong = count.end + 1 < tree.len() && tree.deprel(count.number) != Deprel::Nsubj && count.of.is_none() && {
        let next = tree.token(count.end).span.of(tree.text);
        matches!(next, "-" | "–") && !tree.token(count.head).span.of(tree.text).is_empty()
    };
    let Some(holder) = scene.holder(s, count.head) else { return owned || strong };
    let telling = scene.frame(s, holder).is_some_and(|f| {
        let deploys = |t: &crate::codebook::Template| {
            matches!(t.type_, Type::Mobilize | Type::Aid | Type::PresentIn | Type::Personnel | Type::Support)
        };
        f.claims.iter().any(deploys) || f.complement.is_some() && !f.speech
    });
    owned || strong || telling
}

/// A handful of men with an owner ('his two guards') is no strength.
const OWNED: f64 = 10.0;

/// Whether a count belongs to an event in which forces do not stand, come or go.
fn acted_on(scene: &Scene, s: usize, count: &Count, from: usize, drafts: &[Draft]) -> bool {
    let Some(event) = event_of_count(scene, s, count, from, drafts) else { return false };
    !moves(event)
}

fn moves(event: &Draft) -> bool {
    matches!(event.type_, Type::Mobilize | Type::Aid | Type::Request | Type::Agree | Type::Reject | Type::Consult | Type::Support)
        || event.type_ == Type::Retreat && event.mode.as_deref() == Some("withdraw")
}

fn event_of_count<'d>(scene: &Scene, s: usize, count: &Count, from: usize, drafts: &'d [Draft]) -> Option<&'d Draft> {
    let own = scene.propositions[s].at(count.head);
    own.into_iter().chain(scene.holder(s, count.head)).find_map(|p| {
        let q = home(scene, s, p).unwrap_or(p);
        drafts[from..].iter().find(|d| d.sentence == s && d.proposition == Some(q) && d.type_.kind() == Kind::Event)
    })
}

/// A force that is to come is as sure as its coming; one that is there is there whatever becomes of it.
fn strength_setting(scene: &Scene, s: usize, holder: usize, from: usize, drafts: &[Draft], draft: &mut Draft) {
    let arrives =
        |d: &&Draft| d.sentence == s && d.proposition == Some(holder) && matches!(d.type_, Type::Mobilize | Type::Aid | Type::PresentIn);
    let stance = scene.stance(s, holder);
    if let Some(event) = drafts[from..].iter().find(arrives) {
        draft.status = event.status;
        draft.time = event.time.clone();
        draft.places = event.places.clone();
        draft.said_by = event.said_by.clone();
    } else {
        let attitude = scene.frame(s, holder).is_some_and(|f| f.complement.is_some());
        draft.said_by = if attitude { stance.said_by } else { Vec::new() };
    }
}

/// Whether a count says something of the act: people who do or suffer it ('two sources said' do not), things that are no actors themselves ('the
/// two groups').
fn counts_with(scene: &Scene, s: usize, count: &Count, event: &Draft) -> bool {
    let tree = &scene.trees[s];
    if count.quantity.unit == "people" {
        let fills =
            |p: usize| scene.proposition(s, p).arguments.iter().any(|a| tree.conjuncts(a.token).contains(&count.head) && a.role != "comp");
        return (0..scene.propositions[s].list.len()).any(|p| event.tells(s, p) && fills(p));
    }
    scene.reference.single(tree, s, count.head).is_empty() || is_currency(&count.quantity.unit)
}

/// 'two air strikes', 'seven bases', '$300m': counts that belong to an event and are no toll.
pub fn others(scene: &Scene, s: usize, from: usize, used: &Used, drafts: &mut Vec<Draft>) {
    let tree = &scene.trees[s];
    for count in &scene.counts[s] {
        let people = count.quantity.unit == "people";
        if used.has(count) || count.quantity.unit == "percent" || people && !acted_on(scene, s, count, from, drafts) {
            continue;
        }
        let own = scene.propositions[s].at(count.head);
        let holder = own.into_iter().chain(scene.holder(s, count.head));
        let event = holder.filter_map(|p| {
            let q = home(scene, s, p).unwrap_or(p);
            (from..drafts.len())
                .find(|&d| drafts[d].sentence == s && drafts[d].proposition == Some(q) && drafts[d].type_.kind() == Kind::Event)
        });
        let Some(event) = event.into_iter().next() else { continue };
        if drafts[event].status == Status::Negated || !counts_with(scene, s, count, &drafts[event]) {
            continue;
        }
        let mut draft = Draft::new(s, count.head, Type::Other);
        draft.of_event = Some(event);
        draft.status = drafts[event].status;
        draft.said_by = drafts[event].said_by.clone();
        draft.source = drafts[event].source.clone();
        let counted = scene.reference.single(tree, s, count.head);
        if people && !counted.iter().any(|who| draft.source.iter().any(|doer| doer.token == who.token)) {
            draft.target = counted;
        }
        draft.time = drafts[event].time.clone();
        draft.places = drafts[event].places.clone();
        let mut quantity = count.quantity.clone();
        if own.is_some() && !people && !is_currency(&quantity.unit) {
            quantity.unit = "events".into();
        }
        draft.quantity = Some(Found { value: quantity, span: tree.sentence.cover(count.first, count.end) });
        draft.action = Some(tree.token(count.head).span);
        drafts.push(draft);
    }
}
