//! Drafts become claims: repeated ones joined, evidence quoted, ids given, references between them set.

use super::Origin;
use super::confidence::features;
use super::draft::Draft;
use super::headline;
use crate::reference::{Who, same};
use crate::scene::Scene;
use griot_types::{Actor, Claim, Evidence, Kind, Place, Span, Status, Stretch, Type};
use rustc_hash::FxHashMap;

/// Finishes all drafts of a report, with where each claim came from.
pub fn finish(scene: &Scene, mut drafts: Vec<Draft>) -> Vec<(Claim, Origin)> {
    drafts.iter_mut().for_each(|draft| spare_oneself(scene, draft));
    let (drafts, also) = joined(drafts, scene);
    let mut claims: Vec<Claim> = drafts.iter().zip(&also).map(|(d, also)| claim(scene, d, also)).collect();
    let mut seen: FxHashMap<(Kind, griot_types::Type, u32, u32), u32> = FxHashMap::default();
    for claim in &mut claims {
        let ordinal = seen.entry((claim.kind, claim.type_, claim.evidence.start, claim.evidence.end)).or_default();
        claim.identify(*ordinal);
        *ordinal += 1;
    }
    let ids: Vec<String> = claims.iter().map(|c| c.id.clone()).collect();
    let mut done: Vec<(Claim, Origin)> = claims
        .into_iter()
        .zip(&drafts)
        .map(|(mut claim, draft)| {
            claim.of_event = draft.of_event.map(|d| ids[d].clone());
            claim.inside = draft.inside.map(|d| ids[d].clone());
            let frame = draft.proposition.and_then(|p| scene.frame(draft.sentence, p)).map(|f| (f.name.to_string(), f.place.clone()));
            let features = features(scene, draft, &claim);
            claim.confidence = scene.book.confidence.of(&features);
            let origin = Origin { claim: claim.id.clone(), sentence: draft.sentence, predicate: draft.predicate, frame, features };
            (claim, origin)
        })
        .collect();
    done.sort_by(|(a, _), (b, _)| {
        let key = |c: &Claim| (c.evidence.sentence, c.evidence.start, c.kind, c.evidence.end, c.type_);
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    done
}

/// A state's soldiers who die in an attack were not attacked by their own state, though a clause around them may lend it as the doer. What the act's own
/// words say stands: armies mutiny, and groups kill men of their own.
fn spare_oneself(scene: &Scene, draft: &mut Draft) {
    if draft.mutual || !matches!(draft.type_, Type::Assault | Type::Killed | Type::Injured | Type::Casualties | Type::Abducted) {
        return;
    }
    let one = |a: &Actor, b: &Actor| {
        let armed = |actor: &Actor| actor.sectors.iter().any(|sector| sector == "MIL");
        let state = a.sectors.is_empty() && a.country.is_some() && a.country == b.country && armed(b);
        let same = if a.id.is_some() || b.id.is_some() { a.id == b.id } else { a.country.is_some() && a.code == b.code && armed(a) };
        state || same
    };
    let Draft { sentence, proposition, source, target, .. } = draft;
    let stated = |doer: &Who| {
        let own = proposition.map(|p| scene.proposition(*sentence, p));
        doer.sentence == *sentence && own.is_some_and(|own| own.arguments.iter().any(|argument| argument.token == doer.token))
    };
    source.retain(|doer| stated(doer) || target.iter().all(|other| !one(&doer.actor, &other.actor)));
}

/// Joins drafts that say the same thing of the same actors; returns the further mentions of each kept one.
fn joined(drafts: Vec<Draft>, scene: &Scene) -> (Vec<Draft>, Vec<Vec<Span>>) {
    let mut kept: Vec<Draft> = Vec::new();
    let mut also: Vec<Vec<Span>> = Vec::new();
    let mut moved: Vec<usize> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        draft.of_event = draft.of_event.map(|d| moved[d]);
        draft.inside = draft.inside.map(|d| moved[d]);
        let again = || kept.iter().rposition(|k| retells(k, &draft));
        let announced = || kept.iter().position(|k| headline::announces(scene, k, &draft));
        match kept.iter().position(|k| repeats(k, &draft)).or_else(again).or_else(announced) {
            Some(at) => {
                // The text tells more than its headline, whose words are then the further mention.
                if headline::is_headline(scene, kept[at].sentence) && !headline::is_headline(scene, draft.sentence) {
                    std::mem::swap(&mut kept[at], &mut draft);
                }
                also[at].extend(draft.parts(scene).cover());
                fill(&mut kept[at], draft);
                moved.push(at);
            }
            None => {
                moved.push(kept.len());
                also.push(draft.retold.iter().map(|r| r.2).collect());
                kept.push(draft);
            }
        }
    }
    (kept, also)
}

/// What the kept draft lacks is what its other mention says.
fn fill(kept: &mut Draft, other: Draft) {
    if kept.target.is_empty() {
        kept.target = other.target;
    }
    if kept.source.is_empty() && !kept.mutual {
        kept.source = other.source;
    }
    if kept.time.is_none() {
        kept.time = other.time;
    }
    if kept.places.is_empty() {
        kept.places = other.places;
    }
}

fn repeats(a: &Draft, b: &Draft) -> bool {
    let quantity = |d: &Draft| d.quantity.as_ref().map(|q| (q.value.low, q.value.best, q.value.high, q.value.unit.clone()));
    let place = |d: &Draft| d.places.first().map(|p| p.value.name.clone());
    let time = |d: &Draft| d.time.as_ref().map(|t| (t.value.start, t.value.end));
    let compatible_time = time(a) == time(b) || time(b).is_none() || time(a).is_none();
    let compatible_place = place(a) == place(b) || place(b).is_none() || place(a).is_none();
    a.type_ == b.type_
        && a.mode == b.mode
        && a.status == b.status
        && a.change == b.change
        && quantity(a) == quantity(b)
        && compatible_time
        && compatible_place
        && all_same(&a.source, &b.source)
        && all_same(&a.target, &b.target)
        && all_same(&a.said_by, &b.said_by)
        && (!a.source.is_empty() || !a.target.is_empty())
        // Within one sentence two mentions with a word each are two acts only where something tells them apart.
        && (a.sentence != b.sentence || a.predicate == b.predicate || a.type_.kind() != Kind::Event)
}

/// 'Gunmen raided Nara on Friday. They killed eleven people at the market.': the same people in the same place on the same day, told in another
/// sentence with another verb, as long as nobody else tells it and nothing says that it was something else.
fn retells(a: &Draft, b: &Draft) -> bool {
    let place = |d: &Draft| d.places.first().map(|p| p.value.name.clone());
    let time = |d: &Draft| d.time.as_ref().map(|t| (t.value.start, t.value.end));
    let force = a.type_ == Type::Assault && b.type_ == Type::Assault && (a.mode == b.mode || b.mode.is_none());
    let told = a.sentence < b.sentence && b.sentence - a.sentence <= RETOLD && a.status == Status::Actual && b.status == Status::Actual;
    let there = place(a).is_some() && place(a) == place(b) && time(a).is_some() && time(a) == time(b);
    let doers = !a.source.is_empty() && all_same(&a.source, &b.source) && !a.mutual && !b.mutual;
    let sufferers = a.target.is_empty() || b.target.is_empty() || all_same(&a.target, &b.target);
    let speakers = all_same(&a.said_by, &b.said_by) || a.said_by.is_empty() || b.said_by.is_empty();
    force && told && there && doers && sufferers && speakers
}

/// How far apart two tellings of one act are, in sentences.
const RETOLD: usize = 3;

pub(super) fn all_same(a: &[Who], b: &[Who]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(x, y)| same(&x.actor, &y.actor) && (x.named || x.actor.text == y.actor.text || x.actor.id.is_some()))
}

fn claim(scene: &Scene, draft: &Draft, also: &[Span]) -> Claim {
    let parts = draft.parts(scene);
    let text = &scene.document.text;
    let span = parts.cover().unwrap_or_else(|| scene.trees[draft.sentence].token(draft.predicate).span);
    let event = draft.type_.kind() == Kind::Event;
    let places: Vec<Place> = draft.places.iter().map(|p| p.value.clone()).collect();
    Claim {
        id: String::new(),
        document: scene.document.id.clone(),
        codebook: scene.book.version.clone(),
        kind: draft.type_.kind(),
        type_: draft.type_,
        mode: draft.mode.clone().filter(|_| event),
        context: if event { draft.context.clone() } else { Vec::new() },
        cameo: draft.cameo.clone().filter(|_| event),
        source: actors(&draft.source),
        target: if draft.type_.wants_place() { Vec::new() } else { actors(&draft.target) },
        mutual: draft.mutual,
        quantity: draft.quantity.as_ref().map(|q| q.value.clone()),
        change: draft.change,
        cause: draft.cause,
        of_event: None,
        inside: None,
        place: places.first().cloned(),
        places,
        time: draft.time.as_ref().map(|t| t.value.clone()),
        status: draft.status,
        said_by: actors(&draft.said_by),
        evidence: Evidence {
            sentence: draft.sentence as u32,
            start: span.start,
            end: span.end,
            quote: span.of(text).to_owned(),
            parts,
            also: also.iter().map(|s| Stretch { start: s.start, end: s.end }).collect(),
        },
        confidence: None,
    }
}

fn actors(who: &[Who]) -> Vec<Actor> {
    // 'the group JNIM said': a description and the name beside it are one.
    let mut found: Vec<Actor> = Vec::new();
    for one in who {
        if one.actor.id.is_none() || !found.iter().any(|f| same(f, &one.actor)) {
            found.push(one.actor.clone());
        }
    }
    found
}
