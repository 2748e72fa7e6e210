//! Figures: what frames count, the parts of a total, changes, and the strengths and other counts that stand in a report without a frame.

use super::draft::Draft;
use super::events::{event_for, home};
use crate::codebook::{Count as Counted, Template};
use crate::quantity::{self, Count};
use crate::scene::{Scene, is_currency};
use crate::where_when::Found;
use griot_types::{Cause, Deprel, Kind, Quantity, SmolStr, Status, Type, Upos};

/// Drafts the figures of a sentence, whose events are drafts from number `from` on.
pub fn of_sentence(scene: &Scene, s: usize, from: usize, drafts: &mut Vec<Draft>) {
    let mut used: Vec<usize> = Vec::new();
    for p in 0..scene.propositions[s].list.len() {
        let Some(frame) = scene.frame(s, p) else { continue };
        for template in &frame.claims {
            match &template.count {
                Some(Counted::Of(roles)) => {
                    for (fs, token) in scene.fill(s, p, roles) {
                        for conjunct in scene.trees[fs].conjuncts(token) {
                            counted(scene, s, p, template, conjunct, from, &mut used, drafts);
                        }
                    }
                }
                Some(Counted::Change(change, roles)) => {
                    let fillers = scene.fill(s, p, roles);
                    if let Some(&(_, token)) = fillers.first() {
                        let mut draft = based(scene, s, p, template, from, drafts);
                        draft.change = Some(*change);
                        changed(scene, s, p, token, draft, &mut used, drafts);
                    }
                }
                None => {}
            }
        }
    }
    strengths(scene, s, from, &mut used, drafts);
    others(scene, s, from, &used, drafts);
}

/// A draft with what the figure shares with its event: authors, time, place, status, speaker.
fn based(scene: &Scene, s: usize, p: usize, template: &Template, from: usize, drafts: &[Draft]) -> Draft {
    let proposition = scene.proposition(s, p);
    let mut draft = Draft::of_template(s, p, proposition.head, template);
    let stance = scene.stance(s, p);
    draft.source = super::events::doers(scene, s, p, &template.source, template.type_, true);
    draft.status = template.status.map_or(stance.status, |given| crate::proposition::stronger(given, stance.status));
    draft.said_by = stance.said_by;
    draft.action = Some(scene.trees[s].token(proposition.head).span);
    draft.time = scene.when(s, p);
    if template.type_ != Type::Personnel
        && let Some(time) = draft.time.as_mut().filter(|t| t.value.start.is_some() && t.value.end.is_none())
    {
        // A tally since some day was counted when the report was written, unless one of the two days is wrong.
        time.value.end = scene.document.date.filter(|&date| time.value.start.is_some_and(|start| start <= date));
    }
    draft.places = scene.places(s, p);
    let event = event_for(scene, s, p, from, drafts);
    if template.type_ != Type::Personnel || event.is_some_and(|e| drafts[e].proposition == Some(p)) {
        draft.of_event = event;
    }
    if let Some(event) = draft.of_event.map(|e| &drafts[e]) {
        if draft.source.is_empty() && event.type_ == Type::Assault {
            draft.source = event.source.clone();
        }
        draft.time = draft.time.take().or_else(|| event.time.clone());
        if draft.places.is_empty() {
            draft.places = event.places.clone();
        }
        if draft.cause.is_none() && event.type_ == Type::Assault {
            draft.cause = Some(Cause::Violence);
        }
    } else if let Some(noun) = home(scene, s, p) {
        draft.time = draft.time.take().or_else(|| scene.when(s, noun));
    }
    draft
}

#[allow(clippy::too_many_arguments)]
fn counted(
    scene: &Scene,
    s: usize,
    p: usize,
    template: &Template,
    token: usize,
    from: usize,
    used: &mut Vec<usize>,
    drafts: &mut Vec<Draft>,
) {
    let tree = &scene.trees[s];
    let count = match scene.count_at(s, token) {
        Some(count) => count.clone(),
        None => match inner_count(scene, s, token) {
            Some(count) => count,
            None => {
                let person = scene
                    .reading
                    .mention_at(s, token)
                    .is_some_and(|m| !m.plural && m.kind != griot_world::ActorKind::Body && (m.people || m.force));
                match singular(scene, s, token).filter(|_| person && tree.token(token).upos != Upos::Pron) {
                    Some(count) => count,
                    None => return,
                }
            }
        },
    };
    // 'killed 200 cattle', 'seized three lorries': no people, no toll.
    let of_things =
        count.of.is_some_and(|of| scene.reference.single(&scene.trees[s], s, of).is_empty() && scene.trees[s].token(of).upos == Upos::Noun);
    let things = of_things && template.type_ != Type::Other
        || count.quantity.unit == "items" && count.head != count.number && !matches!(template.type_, Type::Other | Type::Attacks);
    // One who fled is no displacement.
    let one_of_many = scene.count_at(s, token).is_none() && matches!(template.type_, Type::Displaced | Type::Recruits | Type::Missing);
    if used.contains(&count.number) || things || one_of_many {
        return;
    }
    used.push(count.number);
    let mut draft = based(scene, s, p, template, from, drafts);
    take_count(scene, s, token, &count, template.type_, &mut draft);
    let whole = drafts.len();
    drafts.push(draft);
    parts(scene, s, token, whole, used, drafts);
}

/// 'a soldier' as one.
fn singular(scene: &Scene, s: usize, token: usize) -> Option<Count> {
    let tree = &scene.trees[s];
    let is_people = |t: usize| scene.reading.mention_at(s, t).is_some_and(|m| m.people || m.force);
    quantity::singular(tree.text, tree.sentence, token, &is_people, &|_| false)
}

/// 'the deaths of 12 people', 'the bodies of 40 villagers': the number one step down.
fn inner_count(scene: &Scene, s: usize, token: usize) -> Option<Count> {
    let tree = &scene.trees[s];
    tree.children(token).filter(|&c| tree.deprel(c) == Deprel::Nmod && tree.case(c) == "of").find_map(|c| scene.count_at(s, c)).cloned()
}

fn take_count(scene: &Scene, s: usize, token: usize, count: &Count, type_: Type, draft: &mut Draft) {
    let tree = &scene.trees[s];
    let mut quantity = count.quantity.clone();
    if type_ != Type::Other && type_ != Type::Attacks && matches!(quantity.unit.as_str(), "items" | "events") {
        quantity.unit = "people".into();
    }
    if type_ == Type::Attacks {
        quantity.unit = "events".into();
    }
    draft.quantity = Some(Found { value: quantity, span: tree.sentence.cover(count.first, count.end) });
    if matches!(type_, Type::Other | Type::Attacks) {
        // What is counted is no actor: its own words say what it is.
        draft.action = Some(tree.token(count.head).span);
    }
    let who = scene.reference.single(tree, s, token);
    if type_ == Type::Personnel {
        if draft.source.is_empty() || who.iter().any(|w| w.force) {
            draft.source = who;
            if let Some(p) = draft.proposition {
                for who in &mut draft.source {
                    super::events::own_force(scene, s, p, who);
                }
            }
        }
    } else if type_ != Type::Other && type_ != Type::Attacks {
        draft.target = who;
    }
}

/// 'including two children': figures inside the one just drafted.
fn parts(scene: &Scene, s: usize, token: usize, whole: usize, used: &mut Vec<usize>, drafts: &mut Vec<Draft>) {
    let tree = &scene.trees[s];
    let partitive = |t: usize| {
        let (case, mark) = (tree.case(t), tree.mark(t));
        scene.book.grammar.partitives.iter().any(|w| *w == case || *w == mark)
            || tree
                .head(t)
                .is_some_and(|h| tree.deprel(h) == Deprel::Acl && scene.book.grammar.partitives.iter().any(|w| *w == tree.lemma(h)))
    };
    // The phrase may hang on the counted noun or, as the parser sees fit, on the verb just after it.
    let within: Vec<usize> =
        tree.subtree(token).into_iter().chain(tree.head(token).into_iter().flat_map(|h| tree.children(h)).filter(|&c| c > token)).collect();
    for t in within.into_iter().filter(|&t| t != token && partitive(t)) {
        for conjunct in tree.conjuncts(t) {
            let Some(count) =
                scene.count_at(s, conjunct).cloned().or_else(|| singular(scene, s, conjunct)).filter(|c| !used.contains(&c.number))
            else {
                continue;
            };
            used.push(count.number);
            let mut part = drafts[whole].clone();
            part.inside = Some(whole);
            part.predicate = conjunct;
            part.target = Vec::new();
            take_count(scene, s, conjunct, &count, part.type_, &mut part);
            drafts.push(part);
        }
    }
}

/// 'attacks rose by 119 % on 2022', 'the number of attacks fell', 'the death toll rose to 42'.
fn changed(scene: &Scene, s: usize, p: usize, token: usize, mut draft: Draft, used: &mut Vec<usize>, drafts: &mut Vec<Draft>) {
    let Some(type_) = measure(scene, s, token) else { return };
    draft.type_ = type_;
    draft.of_event = None;
    draft.cause = None;
    let of = |role: &str| -> Option<Count> { scene.role(s, p, role).into_iter().find_map(|(fs, t)| scene.count_at(fs, t)).cloned() };
    let level = of("to");
    let amount = of("by").or_else(|| of("mod")).or_else(|| of("of")).or_else(|| of("obj"));
    for count in level.iter().chain(&amount) {
        used.push(count.number);
    }
    if let Some(count) = amount.or(level) {
        let span = scene.trees[s].sentence.cover(count.first, count.end);
        let unit: SmolStr = match count.quantity.unit.as_str() {
            "items" if type_ == Type::Attacks => "events".into(),
            "items" => "people".into(),
            unit => unit.into(),
        };
        draft.quantity = Some(Found { value: Quantity { unit, ..count.quantity }, span });
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
    drafts.push(draft);
}

/// What a noun is counted as: 'attacks', 'the death toll', 'Malians joining insurgent groups'.
fn measure(scene: &Scene, s: usize, token: usize) -> Option<Type> {
    let tree = &scene.trees[s];
    let lookup = |t: usize| scene.book.measures.get(tree.lemma(t).to_lowercase().as_str()).copied();
    let below = |t: usize| {
        tree.children(t)
            .filter(|&c| matches!(tree.deprel(c), Deprel::Compound | Deprel::Acl | Deprel::AclRelcl | Deprel::Amod | Deprel::Nmod))
            .find_map(lookup)
    };
    lookup(token).or_else(|| below(token))
}

/// Strengths: 'its 1,500 soldiers', 'a force of 12,000'.
fn strengths(scene: &Scene, s: usize, from: usize, used: &mut Vec<usize>, drafts: &mut Vec<Draft>) {
    let tree = &scene.trees[s];
    for count in &scene.counts[s] {
        if used.contains(&count.number) || count.quantity.unit != "people" {
            continue;
        }
        // Those who are captured, beaten or surrender are counted with the act, not as a strength.
        if acted_on(scene, s, count, from, drafts) {
            continue;
        }
        let who = scene.reference.single(tree, s, count.head);
        let force = who.iter().any(|w| w.force) && scene.reading.mention_at(s, count.head).is_none_or(|m| m.force);
        let armed = force && !(who.iter().all(|w| w.kind == griot_world::ActorKind::Unidentified));
        if !armed {
            continue;
        }
        used.push(count.number);
        let mut draft = Draft::new(s, count.head, Type::Personnel);
        draft.source = who;
        let mut quantity = count.quantity.clone();
        quantity.unit = "people".into();
        draft.quantity = Some(Found { value: quantity, span: tree.sentence.cover(count.first, count.end) });
        if let Some(holder) = scene.holder(s, count.head) {
            for who in &mut draft.source {
                super::events::own_force(scene, s, holder, who);
            }
            strength_setting(scene, s, holder, from, drafts, &mut draft);
        }
        drafts.push(draft);
    }
}

/// Whether a count belongs to an event in which forces do not stand, come or go.
fn acted_on(scene: &Scene, s: usize, count: &Count, from: usize, drafts: &[Draft]) -> bool {
    let Some(event) = event_of_count(scene, s, count, from, drafts) else { return false };
    let moves =
        matches!(event.type_, Type::Mobilize | Type::Aid | Type::Request | Type::Agree | Type::Reject | Type::Consult | Type::Support)
            || event.type_ == Type::Retreat && event.mode.as_deref() == Some("withdraw");
    !moves
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
fn others(scene: &Scene, s: usize, from: usize, used: &[usize], drafts: &mut Vec<Draft>) {
    let tree = &scene.trees[s];
    for count in &scene.counts[s] {
        let people = count.quantity.unit == "people";
        if used.contains(&count.number) || count.quantity.unit == "percent" || people && !acted_on(scene, s, count, from, drafts) {
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
