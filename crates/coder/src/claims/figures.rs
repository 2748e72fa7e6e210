//! Figures: what frames count. Parts of a total, changes, and the strengths and other counts that stand in a report without a frame have files of
//! their own.

use super::draft::Draft;
use super::events::{event_for, home};
use super::{changes, parts, strengths};
use crate::codebook::{Count as Counted, Template};
use crate::proposition::{Origin, Tree};
use crate::quantity::{self, Count};
use crate::scene::Scene;
use crate::where_when::Found;
use griot_types::{Bound, Cause, Deprel, Quantity, Type, Upos, Xpos};

/// The counts of a sentence that are figures already, by the number's token.
#[derive(Debug, Default)]
pub struct Used(Vec<usize>);

impl Used {
    /// Whether a count is one.
    pub fn has(&self, count: &Count) -> bool {
        self.0.contains(&count.number)
    }

    /// Notes that it is one now.
    pub fn take(&mut self, count: &Count) {
        if !self.has(count) {
            self.0.push(count.number);
        }
    }
}

/// Drafts the figures of a sentence, whose events are drafts from number `from` on.
pub fn of_sentence(scene: &Scene, s: usize, from: usize, drafts: &mut Vec<Draft>) {
    let mut used = Used::default();
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
                        changes::changed(scene, s, p, token, draft, &mut used, drafts);
                    }
                }
                None => {}
            }
        }
    }
    parts::beside(scene, s, from, &mut used, drafts);
    changes::bases(scene, s, from, &mut used, drafts);
    parts::of_sentence(scene, s, from, &mut used, drafts);
    strengths::strengths(scene, s, from, &mut used, drafts);
    // A strength can be told with its parts and with what it was before.
    changes::bases(scene, s, from, &mut used, drafts);
    parts::of_sentence(scene, s, from, &mut used, drafts);
    strengths::others(scene, s, from, &used, drafts);
}

/// A draft with what the figure shares with its event: authors, time, place, status, speaker.
fn based(scene: &Scene, s: usize, p: usize, template: &Template, from: usize, drafts: &[Draft]) -> Draft {
    let proposition = scene.proposition(s, p);
    let mut draft = Draft::of_template(s, p, proposition.head, template);
    let stance = scene.stance(s, p);
    draft.source = super::events::doers(scene, s, p, &template.source, template.type_, true);
    draft.status = template.status.map_or(stance.status, |given| crate::proposition::stronger(given, stance.status));
    draft.said_by = super::events::speakers(scene, s, p, template, stance.said_by);
    draft.action = Some(scene.trees[s].token(proposition.head).span);
    draft.time = scene.when(s, p);
    if template.type_ != Type::Personnel
        && let Some(time) = draft.time.as_mut().filter(|t| t.value.start.is_some() && t.value.end.is_none())
    {
        // A tally since some day was counted when the report was written, unless one of the two days is wrong.
        time.value.end = scene.document.date.filter(|&date| time.value.start.is_some_and(|start| start <= date));
    }
    draft.places = scene.places(s, p);
    let event = event_for(scene, s, p, from, drafts).or_else(|| {
        let known = Draft { type_: template.type_, ..draft.clone() };
        super::events::told_before(scene, s, p, &known, drafts)
    });
    if template.type_ != Type::Personnel || event.is_some_and(|e| drafts[e].proposition == Some(p)) {
        draft.of_event = event;
    }
    if let Some(event) = draft.of_event.map(|e| &drafts[e]) {
        // In a clash either side may have done it.
        if draft.source.is_empty() && event.type_ == Type::Assault && !event.mutual {
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
    if draft.cause.is_none() && TOLLS.contains(&template.type_) {
        // 'killing 16 people and injuring 48': by what killed the others.
        draft.cause = super::events::coordinated(scene, s, p)
            .into_iter()
            .filter_map(|q| scene.frame(s, q))
            .find_map(|f| f.claims.iter().find_map(|c| c.cause));
    }
    // 'drowned when their boat sank off Tripoli', 'A fire at a prison in Bukavu killed', 'were found dead in Mopti'
    let told = super::events::told_with(scene, s, p);
    draft.time = draft.time.take().or_else(|| told.iter().find_map(|&q| scene.when(s, q)));
    if draft.places.is_empty() {
        let there = |q: usize| {
            let own = scene.places(s, q);
            if own.is_empty() { scene.places_below(s, scene.proposition(s, q).head) } else { own }
        };
        draft.places = told.iter().map(|&q| there(q)).find(|places| !places.is_empty()).unwrap_or_default();
    }
    if draft.places.is_empty() {
        draft.places =
            scene.role(s, p, "subj").into_iter().map(|(fs, t)| scene.places_below(fs, t)).find(|f| !f.is_empty()).unwrap_or_default();
    }
    draft
}

#[allow(clippy::too_many_arguments)]
fn counted(scene: &Scene, s: usize, p: usize, template: &Template, token: usize, from: usize, used: &mut Used, drafts: &mut Vec<Draft>) {
    let tree = &scene.trees[s];
    let count = match scene.count_at(s, token) {
        Some(count) => count.clone(),
        None => match inner_count(scene, s, token) {
            Some(count) => count,
            None if is_one(tree, token) => Count {
                first: token,
                end: token + 1,
                head: token,
                number: token,
                quantity: Quantity::of(tree.token(token).span.of(tree.text), 1.0, Bound::Exact, "people"),
                group: false,
                of: None,
            },
            None => {
                let person = scene
                    .reading
                    .mention_at(s, token)
                    .is_some_and(|m| !m.plural && m.kind != griot_world::ActorKind::Body && (m.people || m.force));
                match singular(scene, s, token).filter(|_| person && template.type_ != Type::Other && tree.token(token).upos != Upos::Pron)
                {
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
        || count.quantity.unit == "items"
            && !count.group
            && measure(scene, s, count.head) != Some(template.type_)
            && count.head != count.number
            && !matches!(template.type_, Type::Other | Type::Attacks);
    // One who fled is no displacement.
    let one_of_many = scene.count_at(s, token).is_none()
        && matches!(template.type_, Type::Displaced | Type::Recruits | Type::Missing)
        && matches!(count.quantity.text.to_lowercase().as_str(), "a" | "an");
    // A share of the dead is no toll.
    let share = count.quantity.unit == "percent" && count.of.is_some_and(|of| measure_of(scene, s, of).is_some_and(|t| TOLLS.contains(&t)));
    // 'freed four nurses whom gunmen had abducted', 'four nurses who were abducted were freed': one count of two things that were done to them.
    let of_relative = scene.trees[s].children(token).any(|clause| matches!(scene.trees[s].deprel(clause), Deprel::AclRelcl))
        || scene.proposition(s, p).arguments.iter().any(|a| a.token == token && matches!(a.origin, Origin::Relative(_)));
    let span = scene.trees[s].sentence.cover(count.first, count.end);
    let again =
        of_relative && !drafts[from..].iter().any(|d| d.type_ == template.type_ && d.quantity.as_ref().is_some_and(|q| q.span == span));
    if used.has(&count) && !again || things || one_of_many || share {
        return;
    }
    let mut draft = based(scene, s, p, template, from, drafts);
    if template.type_ == Type::Killed && hurt_too(scene, s, p) {
        draft.type_ = Type::Casualties;
    }
    // '3,961 dead and 16,520 wounded': the count's own word says which toll it is, whatever verb the parser gave it.
    if TOLLS.contains(&draft.type_)
        && count.head != count.number
        && matches!(tree.token(count.head).upos, Upos::Adj | Upos::Verb)
        && let Some(type_) = measure_of(scene, s, count.head).filter(|t| TOLLS.contains(t))
    {
        draft.type_ = type_;
    }
    let type_ = draft.type_;
    take_count(scene, s, token, &count, type_, &mut draft);
    sufferers(scene, s, p, template, &count, &mut draft);
    let taken = matches!(draft.type_, Type::Abducted | Type::Detained | Type::Freed);
    if draft.target.is_empty() && (taken || TOLLS.contains(&draft.type_)) && is_elliptical(scene, s, &count) {
        draft.target = same_sort(scene, s, &count, drafts);
    }
    // Things are counted with what was done to them or not at all.
    if template.type_ == Type::Other && draft.of_event.is_none() {
        return;
    }
    used.take(&count);
    drafts.push(draft);
}

/// 'Three were killed and one was wounded': a bare 'one' that suffers something is one of those.
fn is_one(tree: &Tree, token: usize) -> bool {
    let passive = tree.deprel(token) == Deprel::NsubjPass;
    passive && tree.lemma(token).eq_ignore_ascii_case("one") && tree.children(token).next().is_none()
}

/// 'have been killed or wounded', 'left 31 people dead or injured': one number for both.
fn hurt_too(scene: &Scene, s: usize, p: usize) -> bool {
    let tree = &scene.trees[s];
    let proposition = scene.proposition(s, p);
    let heads = std::iter::once(proposition.head).chain(proposition.fillers("comp").map(|a| a.token));
    let first: Vec<usize> = proposition.arguments.iter().filter(|a| matches!(a.role.as_str(), "obj" | "subj")).map(|a| a.token).collect();
    let counted = |t: usize| {
        // 'nine people were dead and some 130 more were injured'
        let subject = tree.child(t, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some_and(|n| !first.contains(&n));
        let own = |o: usize| !first.contains(&o) && (scene.count_at(s, o).is_some() || subject);
        scene.propositions[s].at(t).into_iter().flat_map(|q| scene.role(s, q, "obj")).any(|(_, o)| own(o) || is_one(tree, o))
            || scene.counts[s].iter().any(|c| tree.dominates(t, c.number) && !first.iter().any(|&f| tree.dominates(f, c.number)))
    };
    let injures = |t: usize| {
        let frame = scene.propositions[s].at(t).and_then(|q| scene.frame(s, q));
        frame.is_some_and(|f| f.claims.iter().any(|c| c.type_ == Type::Injured)) || measure_of(scene, s, t) == Some(Type::Injured)
    };
    heads.flat_map(|h| tree.conjuncts(h).into_iter().filter(move |&t| t != h)).any(|t| injures(t) && !counted(t))
}

/// The measures of one act's toll.
pub const TOLLS: [Type; 4] = [Type::Killed, Type::Injured, Type::Missing, Type::Casualties];

/// 'and wounded five', 'and wounding five others': of whom, the count before says.
fn is_elliptical(scene: &Scene, s: usize, count: &Count) -> bool {
    let tree = &scene.trees[s];
    let head = tree.token(count.head);
    let bare = count.head == count.number || count.of.is_none() && head.upos == Upos::Num;
    bare || head.lemma == "other"
        || measure_of(scene, s, count.head).is_some_and(|t| TOLLS.contains(&t)) && matches!(head.upos, Upos::Adj | Upos::Verb)
}

/// Whom the last toll of the sentence counts; 'three others' are of those of the sentence before, too.
fn same_sort(scene: &Scene, s: usize, count: &Count, drafts: &[Draft]) -> Vec<crate::reference::Who> {
    let others = scene.trees[s].lemma(count.head) == "other";
    let near = |draft: &&Draft| draft.sentence == s || others && draft.sentence + 1 == s;
    let before = drafts.iter().rev().take_while(near).filter(|draft| TOLLS.contains(&draft.type_));
    before.map(|draft| &draft.target).find(|target| !target.is_empty()).cloned().unwrap_or_default()
}

/// 'The army has lost 45 men', 'the brigade suffered 120 casualties': whose they are says more than the word that is counted, and a word for a toll
/// ('casualties', 'bodies') names nobody.
fn sufferers(scene: &Scene, s: usize, p: usize, template: &Template, count: &Count, draft: &mut Draft) {
    if !TOLLS.contains(&draft.type_) {
        return;
    }
    let given = super::events::doers(scene, s, p, &template.target, template.type_, false);
    let tree = &scene.trees[s];
    if !given.is_empty() && given.iter().all(|w| w.sentence == s && !tree.dominates(count.head, w.token) && w.token != count.number) {
        draft.target = given;
    } else if count.head != count.number && measure_of(scene, s, count.head).is_some_and(|t| TOLLS.contains(&t)) {
        draft.target.retain(|w| w.token != count.head);
    }
}

/// 'a soldier' as one.
pub fn singular(scene: &Scene, s: usize, token: usize) -> Option<Count> {
    let tree = &scene.trees[s];
    let is_people = |t: usize| scene.reading.mention_at(s, t).is_some_and(|m| m.people || m.force);
    quantity::singular(tree.text, tree.sentence, token, &is_people, &|_| false)
}

/// 'the deaths of 12 people', 'the bodies of 40 villagers': the number one step down.
fn inner_count(scene: &Scene, s: usize, token: usize) -> Option<Count> {
    let tree = &scene.trees[s];
    tree.children(token).filter(|&c| tree.deprel(c) == Deprel::Nmod && tree.case(c) == "of").find_map(|c| scene.count_at(s, c)).cloned()
}

pub fn take_count(scene: &Scene, s: usize, token: usize, count: &Count, type_: Type, draft: &mut Draft) {
    let tree = &scene.trees[s];
    let mut quantity = count.quantity.clone();
    if type_ != Type::Other && type_ != Type::Attacks && !count.group && matches!(quantity.unit.as_str(), "items" | "events") {
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
    // 'more than 100 soldiers and civilians': one number for all that no other number parts.
    let mut who = scene.reference.single(tree, s, token);
    let own = |c: usize| scene.count_at(s, c).is_some() || singular(scene, s, c).is_some();
    for conjunct in tree.conjuncts(token).into_iter().filter(|&c| c != token && c > token && tree.token(c).xpos == Xpos::Nns && !own(c)) {
        who.extend(scene.reference.single(tree, s, conjunct));
    }
    if type_ == Type::Personnel {
        if draft.source.is_empty() || who.iter().any(|w| w.force) {
            draft.source = who;
            if let Some(p) = draft.proposition {
                draft.source = super::events::own_forces(scene, s, p, std::mem::take(&mut draft.source));
            }
        }
    } else if type_ != Type::Other && type_ != Type::Attacks {
        draft.target = who;
    }
}

/// What a word is counted as, by its lemma or its form ('wounded').
pub fn measure_of(scene: &Scene, s: usize, token: usize) -> Option<Type> {
    let tree = &scene.trees[s];
    let lookup = |word: &str| scene.book.measures.get(word.to_lowercase().as_str()).copied();
    lookup(tree.lemma(token)).or_else(|| lookup(tree.token(token).span.of(tree.text)))
}

/// What a noun is counted as: 'attacks', 'the death toll', 'Malians joining insurgent groups'.
pub fn measure(scene: &Scene, s: usize, token: usize) -> Option<Type> {
    let tree = &scene.trees[s];
    let lookup = |t: usize| measure_of(scene, s, t);
    let below = |t: usize| {
        tree.children(t)
            .filter(|&c| matches!(tree.deprel(c), Deprel::Compound | Deprel::Acl | Deprel::AclRelcl | Deprel::Amod | Deprel::Nmod))
            .find_map(lookup)
    };
    lookup(token).or_else(|| below(token))
}
