//! Place and day handed on from sentence to sentence.
//!
//! News tells where and when once and goes on: 'Gunmen stormed the base on Wednesday. They held it for hours.' What the next sentences tell of the same
//! people, in the same tense and without a day of its own, was there and then. What is handed on has no words in the claim's own evidence parts, by
//! which a reader sees that it is inherited.

use super::draft::Draft;
use crate::codebook::Form;
use crate::reference::{Who, same};
use crate::scene::Scene;
use crate::where_when::Found;
use griot_types::{BlockKind, Deprel, Kind, Place, Precision, Span, Status, Time, Type, Upos};
use griot_world::TimeKind;

/// How far back the act is told whose place and day go on, in sentences.
const REACH: usize = 2;

/// Gives the acts of a sentence, which are drafts from number `from` on, the place and day of the act that they go on from.
pub fn of_sentence(scene: &Scene, s: usize, from: usize, drafts: &mut [Draft]) {
    // 'held it for hours' names no day of its own, and 'the next day' counts from the one told before.
    let dated = scene.reading.sentences[s].times.iter().any(|t| !matches!(t.kind, TimeKind::Duration | TimeKind::Anchored));
    for d in from..drafts.len() {
        let draft = &drafts[d];
        if !is_physical(draft.type_) || draft.time.is_some() || !matches!(draft.status, Status::Actual) {
            continue;
        }
        let Some(p) = draft.proposition else { continue };
        let again = takes_up(scene, s, p, draft.type_);
        if !again && (dated || !is_narrated(scene, s, p)) {
            continue;
        }
        let Some(anchor) = anchor(scene, s, &drafts[..from], draft, again) else { continue };
        let (time, places) = (drafts[anchor].time.clone(), drafts[anchor].places.clone());
        let draft = &mut drafts[d];
        draft.time = time;
        if draft.places.is_empty() {
            draft.places = places;
        }
    }
}

/// Gives what a bulletin's item tells without a place of its own the place that the item begins with, or else the one that its section is headed by.
pub fn of_label(scene: &Scene, s: usize, from: usize, drafts: &mut [Draft]) {
    let mut places = scene.places_before(s);
    if places.is_empty() {
        places = of_heading(scene, s);
    }
    if places.is_empty() {
        return;
    }
    for draft in drafts[from..].iter_mut().filter(|draft| draft.sentence == s && draft.places.is_empty()) {
        if is_physical(draft.type_)
            || matches!(draft.type_, Type::Retreat | Type::Aid)
            || draft.type_.kind() == Kind::Figure && draft.type_ != Type::Personnel
        {
            draft.places.clone_from(&places);
        }
    }
}

/// Gives what a post tells whose first word is a clock ('03:32 Missile hit a block') the day of publication: a ticker counts the hours of its own day.
pub fn of_clock(scene: &Scene, s: usize, from: usize, drafts: &mut [Draft]) {
    let start = scene.trees[s].sentence.span.start;
    let Some(block) = scene.document.blocks.iter().rfind(|b| b.span.start <= start) else { return };
    let words = block.span.of(&scene.document.text);
    let first = words.split_whitespace().next().unwrap_or_default();
    let (Some(date), true) = (scene.document.date, is_clock(first)) else { return };
    if scene.reading.sentences[s].times.iter().any(|t| !matches!(t.kind, TimeKind::Duration | TimeKind::Anchored)) {
        return;
    }
    let lead = block.span.start + (words.len() - words.trim_start().len()) as u32;
    let span = Span { start: lead, end: lead + first.len() as u32 };
    let time = Time { text: first.to_owned(), start: Some(date), end: Some(date), precision: Some(Precision::Day) };
    for draft in drafts[from..].iter_mut().filter(|draft| draft.sentence == s && draft.time.is_none() && draft.status == Status::Actual) {
        let harm = matches!(draft.type_, Type::Killed | Type::Injured | Type::Detained | Type::Abducted);
        let fresh = draft.proposition.is_none_or(|p| is_fresh(scene, s, p));
        if fresh && (harm || is_physical(draft.type_)) {
            draft.time = Some(Found { value: time.clone(), span });
        }
    }
}

/// '00:47', '7:25', '14h05'.
fn is_clock(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '-' | '–' | '—' | ',' | '.' | ':' | '*'));
    let Some((hours, minutes)) = word.split_once([':', 'h']) else { return false };
    let number = |part: &str, most: u32| part.len() <= 2 && part.parse::<u32>().is_ok_and(|n| n < most);
    number(hours, 24) && minutes.len() == 2 && number(minutes, 60)
}

/// What a post tells in the perfect looks further back than its own day.
fn is_fresh(scene: &Scene, s: usize, p: usize) -> bool {
    let tree = &scene.trees[s];
    !tree.children(scene.proposition(s, p).head).any(|c| tree.deprel(c) == Deprel::Aux && tree.lemma(c) == "have")
}

/// The place of the heading above a sentence: of one that is nothing but a place's name ('Borno State'), and before a list of items of any that names one
/// place ('Incidents in Borno').
fn of_heading(scene: &Scene, s: usize) -> Vec<Found<Place>> {
    let blocks = &scene.document.blocks;
    let start = |s: usize| scene.trees[s].sentence.span.start;
    let Some(own) = blocks.iter().rposition(|b| b.span.start <= start(s)) else { return Vec::new() };
    // What follows the list under a heading is no longer about its place.
    let above = blocks[..own].iter().rev().find(|b| b.kind != blocks[own].kind);
    let Some(heading) = above.filter(|b| b.kind == BlockKind::Heading) else { return Vec::new() };
    let mut headings = (0..s).rev().skip_while(|&h| start(h) >= heading.span.end).take_while(|&h| start(h) >= heading.span.start);
    let (Some(h), None) = (headings.next(), headings.next()) else { return Vec::new() };
    let [place] = scene.places[h].as_slice() else { return Vec::new() };
    let tree = &scene.trees[h];
    let alone = (0..tree.len())
        .all(|t| (place.first..place.end).contains(&t) || !matches!(tree.token(t).upos, Upos::Noun | Upos::Verb | Upos::Propn));
    let fits = match blocks[own].kind {
        BlockKind::Item => true,
        BlockKind::Paragraph => alone,
        _ => false,
    };
    if fits { vec![scene.place(h, place)] } else { Vec::new() }
}

/// Acts that happen at a place on a day; what is said, asked or promised of them happens elsewhere and later.
fn is_physical(type_: Type) -> bool {
    matches!(type_, Type::Assault | Type::Coerce | Type::Protest | Type::Mobilize)
}

/// Told in the simple past: 'has killed' looks back over months and 'had killed' before the day.
fn is_narrated(scene: &Scene, s: usize, p: usize) -> bool {
    let tree = &scene.trees[s];
    let proposition = scene.proposition(s, p);
    let head = proposition.head;
    let mut auxiliaries = tree.children(head).filter(|&c| matches!(tree.deprel(c), Deprel::Aux | Deprel::AuxPass)).peekable();
    let past = |t: usize| tree.token(t).feature("Tense") == Some("Past") && tree.token(t).feature("VerbForm") == Some("Fin");
    let shared = tree.deprel(head) == Deprel::Conj || matches!(tree.deprel(head), Deprel::Advcl | Deprel::Xcomp);
    proposition.form == Form::Verb
        && match auxiliaries.peek() {
            None if past(head) => true,
            // 'storming the base and killing two' shares the tense of what it hangs on.
            None => shared && proposition.governor.as_ref().is_none_or(|g| is_narrated_above(scene, s, g.proposition)),
            Some(_) => auxiliaries.all(|c| tree.lemma(c) == "be" && past(c)),
        }
}

fn is_narrated_above(scene: &Scene, s: usize, p: usize) -> bool {
    let tree = &scene.trees[s];
    let head = scene.proposition(s, p).head;
    tree.token(head).feature("Tense") == Some("Past") && !tree.children(head).any(|c| tree.deprel(c) == Deprel::Aux)
}

/// 'claimed the attack', 'carried out the bombing': a definite noun for the very act.
fn takes_up(scene: &Scene, s: usize, p: usize, type_: Type) -> bool {
    let tree = &scene.trees[s];
    let definite = |t: usize| tree.has_the(t);
    let proposition = scene.proposition(s, p);
    let act = |t: usize| {
        let noun = scene.propositions[s].at(t).filter(|&q| scene.proposition(s, q).form == Form::Noun);
        noun.and_then(|q| scene.frame(s, q)).is_some_and(|f| f.claims.iter().any(|c| c.type_ == type_)) && definite(t)
    };
    proposition.arguments.iter().any(|a| matches!(a.role.as_str(), "obj" | "for" | "of" | "behind") && act(a.token))
}

/// The act that the draft goes on from: the last one told on a day, if it was done by or to one of the draft's own people.
fn anchor(scene: &Scene, s: usize, before: &[Draft], draft: &Draft, again: bool) -> Option<usize> {
    let near = (0..before.len()).rev().take_while(|&d| s - before[d].sentence <= REACH);
    let told = near.into_iter().find(|&d| before[d].time.is_some() && before[d].type_.kind() == Kind::Event)?;
    let other = &before[told];
    let day = other.time.as_ref().is_some_and(|t| t.value.precision == Some(Precision::Day) && t.value.start.is_some());
    let known = |who: &&Who| {
        let tree = &scene.trees[who.sentence];
        let indefinite = tree.children(who.token).any(|c| matches!(tree.lemma(c), "a" | "an" | "another" | "other"));
        who.named || tree.token(who.token).upos == Upos::Pron || !indefinite && !who.plural || is_definite(scene, who)
    };
    let shared = || {
        let own = draft.source.iter().chain(&draft.target).filter(known);
        let others: Vec<&Who> = other.source.iter().chain(&other.target).collect();
        own.into_iter().any(|w| others.iter().any(|o| same(&w.actor, &o.actor)))
    };
    // What one item of a bulletin tells is one happening.
    let alike =
        if again { other.type_ == draft.type_ } else { is_physical(other.type_) && (in_one_item(scene, s, other.sentence) || shared()) };
    (day && other.status == Status::Actual && alike).then_some(told)
}

/// Whether two sentences stand in the same item of a list.
fn in_one_item(scene: &Scene, a: usize, b: usize) -> bool {
    let block = |s: usize| {
        let start = scene.trees[s].sentence.span.start;
        scene.document.blocks.iter().rfind(|block| block.span.start <= start)
    };
    block(a).is_some_and(|one| one.kind == BlockKind::Item && block(b).is_some_and(|other| other.span == one.span))
}

fn is_definite(scene: &Scene, who: &Who) -> bool {
    let tree = &scene.trees[who.sentence];
    tree.children(who.token).any(|c| tree.token(c).feature("Definite") == Some("Def") || tree.deprel(c) == Deprel::NmodPoss)
}
