//! Rises and falls: 'attacks rose by 119 % on 2022', 'the number of attacks fell', 'the death toll rose to 42', 'up from 1,400 in 2022'.

use super::draft::Draft;
use super::figures::{Used, measure};
use crate::quantity::Count;
use crate::scene::Scene;
use crate::where_when::Found;
use griot_types::{Bound, Kind, Quantity, SmolStr, Type};

/// A change that a frame found in a counted noun.
pub fn changed(scene: &Scene, s: usize, p: usize, token: usize, mut draft: Draft, used: &mut Used, drafts: &mut Vec<Draft>) {
    let before = |d: &&Draft| {
        let own = d.sentence == s && d.type_.kind() == Kind::Figure && !matches!(d.type_, Type::Other);
        own && d.quantity.as_ref().is_some_and(|q| q.span.start < scene.trees[s].token(scene.proposition(s, p).head).span.start)
    };
    // 'killed 164 people, an increase of a quarter': what rose is what the sentence has counted.
    let measured = measure(scene, s, token).or_else(|| drafts.iter().rev().find(before).map(|d| d.type_));
    let Some(type_) = measured else { return };
    draft.type_ = type_;
    draft.of_event = None;
    draft.cause = None;
    let of = |role: &str| -> Option<Count> {
        let found = scene.role(s, p, role).into_iter().find_map(|(fs, t)| scene.count_at(fs, t)).cloned();
        found.filter(|c| !used.has(c) && !is_base(scene, s, c))
    };
    let level = of("to").or_else(|| new_level(scene, s, p, used));
    let percent =
        || scene.counts[s].iter().find(|c| c.quantity.unit == "percent" && scene.holder(s, c.number) == Some(p) && !used.has(c)).cloned();
    let amount = of("by").or_else(|| of("mod")).or_else(|| of("of")).or_else(|| of("obj")).or_else(percent);
    for count in level.iter().chain(&amount) {
        used.take(count);
    }
    if draft.places.is_empty()
        && let Some(q) = scene.propositions[s].at(token)
    {
        // 'the number of attacks in Mali rose'
        draft.places = scene.places(s, q);
    }
    let who = scene.who(s, token);
    match type_ {
        Type::Attacks | Type::Other => {}
        Type::Personnel => draft.source = who,
        _ => draft.target = who,
    }
    // 'rose by a third to 1,200': how much, and how many there are now.
    if let (Some(level), Some(_)) = (&level, &amount) {
        drafts.push(Draft { change: None, quantity: Some(quantity(scene, s, level, type_)), ..draft.clone() });
    }
    let itself = multiple(scene, s, p);
    draft.quantity = amount.or(level).map(|count| quantity(scene, s, &count, type_)).or(itself);
    drafts.push(draft);
}

/// 'cut from 15,000 to 9,000 troops': the count behind the one from which something changed, wherever the parser hung either.
fn new_level(scene: &Scene, s: usize, p: usize, used: &Used) -> Option<Count> {
    let changed = |c: &&Count| scene.trees[s].dominates(scene.proposition(s, p).head, c.number) && !used.has(c);
    let behind = |c: &&Count| {
        let base = |b: &Count| is_base(scene, s, b) && b.end < c.first && c.first - b.end <= BETWEEN;
        c.first > 0 && is(scene, s, c.first - 1, "to") && scene.counts[s].iter().any(base)
    };
    scene.counts[s].iter().filter(changed).find(behind).cloned()
}

/// How many tokens stand between a count and the one that it changed to: 'from 900 soldiers in May to 400'.
const BETWEEN: usize = 4;

/// 'doubled', 'halved': the verb itself says by how much.
fn multiple(scene: &Scene, s: usize, p: usize) -> Option<Found<Quantity>> {
    let tree = &scene.trees[s];
    let head = scene.proposition(s, p).head;
    let percent = scene.counting.multiple(&tree.lemma(head).to_lowercase())?;
    let span = tree.token(head).span;
    Some(Found { value: Quantity::of(span.of(tree.text), percent, Bound::Exact, "percent"), span })
}

fn quantity(scene: &Scene, s: usize, count: &Count, type_: Type) -> Found<Quantity> {
    let unit: SmolStr = match count.quantity.unit.as_str() {
        "items" | "people" if type_ == Type::Attacks => "events".into(),
        "items" | "events" if type_ != Type::Attacks => "people".into(),
        unit => unit.into(),
    };
    Found { value: Quantity { unit, ..count.quantity.clone() }, span: scene.trees[s].sentence.cover(count.first, count.end) }
}

fn is(scene: &Scene, s: usize, at: usize, word: &str) -> bool {
    scene.trees[s].token(at).span.of(scene.trees[s].text).eq_ignore_ascii_case(word)
}

/// Whether a count is what something rose or fell from.
pub fn is_base(scene: &Scene, s: usize, count: &Count) -> bool {
    count.first > 0 && is(scene, s, count.first - 1, "from")
}

/// 'up from 1,400 in 2022', 'fell to 44 from 61 a year earlier': the count before the change is a figure of its own, of its own time.
pub fn bases(scene: &Scene, s: usize, from: usize, used: &mut Used, drafts: &mut Vec<Draft>) {
    for count in scene.counts[s].iter().filter(|c| c.first > 1 && is_base(scene, s, c) && c.quantity.unit != "percent") {
        let direction =
            scene.book.grammar.directions.iter().find(|(word, _)| is(scene, s, count.first - 2, word)).map(|(_, change)| *change);
        let start = scene.trees[s].sentence.cover(count.first, count.end).start;
        let figure = (from..drafts.len())
            .filter(|&d| {
                let draft = &drafts[d];
                let counted = draft.type_.kind() == Kind::Figure && draft.type_ != Type::Other && draft.inside.is_none();
                counted
                    && draft.quantity.as_ref().is_some_and(|q| q.span.end <= start && q.value.unit != "percent")
                    && (direction.is_some() || draft.change.is_some())
            })
            .max_by_key(|&d| drafts[d].quantity.as_ref().map(|q| q.span.start));
        let Some(at) = figure.filter(|_| !used.has(count)) else { continue };
        used.take(count);
        drafts[at].change = drafts[at].change.or(direction);
        let mut base = Draft { change: None, of_event: None, predicate: count.number, ..drafts[at].clone() };
        base.quantity = Some(quantity(scene, s, count, base.type_));
        let near = |m: &&griot_world::TimeMention| m.first >= count.end && m.first <= count.end + 2;
        base.time = scene.reading.sentences[s].times.iter().find(near).map(|m| scene.time(s, m));
        base.retold = Vec::new();
        drafts.push(base);
    }
}
