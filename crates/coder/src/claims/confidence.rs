//! What a claim's confidence follows from: how sure the parser was of the words it rests on, what the frame asked for, whom its sides were taken
//! from, what was inherited. [`Confidence`](crate::codebook::Confidence) weighs it.

use super::draft::Draft;
use crate::codebook::Features;
use crate::scene::Scene;
use griot_types::{Claim, Kind, Span, Status, Type};

/// The features of a finished claim.
pub fn features(scene: &Scene, draft: &Draft, claim: &Claim) -> Features {
    let mut out = Features::default();
    out.add("bias", 1.0);
    out.add(claim.kind.as_str(), 1.0);
    out.add(&format!("type {}", claim.type_), 1.0);
    out.add(&format!("status {}", claim.status), 1.0);
    out.has("mode", claim.mode.is_some());
    out.has("mutual", claim.mutual);
    sides(scene, draft, claim, &mut out);
    setting(draft, claim, &mut out);
    frame(scene, draft, &mut out);
    parse(scene, draft, claim, &mut out);
    out
}

/// Whom it is about, and how they were found.
fn sides(scene: &Scene, draft: &Draft, claim: &Claim, out: &mut Features) {
    let event = claim.kind == Kind::Event;
    out.has("no source", claim.source.is_empty() && (event || claim.kind == Kind::Relation));
    out.has("no target", claim.target.is_empty() && event);
    out.has("neither side", claim.source.is_empty() && claim.target.is_empty());
    out.has("several", claim.source.len() + claim.target.len() > 2);
    for (side, whos) in [("source", &draft.source), ("target", &draft.target), ("speaker", &draft.said_by)] {
        let Some(who) = whos.first() else { continue };
        out.has(&format!("{side} known"), who.actor.id.is_some());
        // A pronoun or 'the group' was taken up from further away.
        let word = who.actor.text.to_lowercase();
        let taken_up = who.actor.name != who.actor.text && who.actor.id.is_some() && word.starts_with("the ");
        out.has(&format!("{side} described"), taken_up);
        out.has(
            &format!("{side} pronoun"),
            scene
                .trees
                .get(who.sentence)
                .is_some_and(|tree| who.token < tree.len() && tree.token(who.token).upos == griot_types::Upos::Pron),
        );
        out.has(&format!("{side} elsewhere"), who.sentence != draft.sentence);
        out.has(&format!("{side} nobody known"), who.actor.code.starts_with("---"));
    }
    out.has("said", !claim.said_by.is_empty());
    out.has("said actual", !claim.said_by.is_empty() && claim.status == Status::Actual);
}

/// Where, when, how many.
fn setting(draft: &Draft, claim: &Claim, out: &mut Features) {
    let quote = Span::new(claim.evidence.start, claim.evidence.end);
    let place = draft.places.first();
    out.has("place", place.is_some());
    out.has("place inherited", place.is_some_and(|found| !quote.contains(found.span)));
    out.has("place unknown", place.is_some_and(|found| found.value.latitude.is_none()));
    out.has("time", draft.time.is_some());
    out.has("time inherited", draft.time.as_ref().is_some_and(|found| !quote.contains(found.span)));
    out.has("of event", draft.of_event.is_some());
    out.has("inside", draft.inside.is_some());
    out.has("change", draft.change.is_some());
    out.has("count without measure", claim.type_ == Type::Other);
    out.has("told again", !claim.evidence.also.is_empty());
}

/// What the frame asked for.
fn frame(scene: &Scene, draft: &Draft, out: &mut Features) {
    let choice = draft.proposition.and_then(|p| scene.chosen[draft.sentence][p].map(|choice| (p, choice)));
    let Some((p, choice)) = choice else {
        out.add("no frame", 1.0);
        return;
    };
    let frame = &scene.book.frames[choice.frame];
    let asked = frame.patterns[choice.pattern].extra() + frame.when.len();
    out.add("asked", (asked.min(4) as f64) / 4.0);
    let proposition = scene.proposition(draft.sentence, p);
    out.has("noun", proposition.form == crate::codebook::Form::Noun);
    out.has("passive", proposition.passive);
    out.has("negated", proposition.negated);
    out.has("governed", proposition.governor.is_some());
    out.has("second claim", frame.claims.first().is_some_and(|template| template.type_ != draft.type_));
    let rivals = scene.book.index().find(proposition.form, &proposition.lemma).len();
    out.add("rivals", (rivals.min(8) as f64) / 8.0);
}

/// How sure the parser was, and how far the words lie apart.
fn parse(scene: &Scene, draft: &Draft, claim: &Claim, out: &mut Features) {
    let tree = &scene.trees[draft.sentence];
    let quote = Span::new(claim.evidence.start, claim.evidence.end);
    let margins: Vec<u8> = tree.sentence.tokens.iter().filter(|t| quote.contains(t.span)).map(|t| t.margin).collect();
    let unsure = margins.iter().filter(|&&margin| margin < UNSURE).count();
    let least = margins.iter().copied().min().unwrap_or(0);
    out.add("unsure words", (unsure.min(4) as f64) / 4.0);
    out.add("least margin", f64::from(least.min(40)) / 40.0);
    if let Some(at) = tree.sentence.tokens.get(draft.predicate) {
        out.add("predicate margin", f64::from(at.margin.min(40)) / 40.0);
    }
    out.add("long sentence", (tree.len().min(60) as f64) / 60.0);
    out.add("long quote", (margins.len().min(40) as f64) / 40.0);
    let block = scene.document.blocks.get(tree.sentence.block as usize).map(|block| block.kind);
    out.has("no paragraph", block.is_some_and(|kind| kind != griot_types::BlockKind::Paragraph));
}

/// A word whose arc was hardly preferred to the next best, in tenths of log-odds.
const UNSURE: u8 = 10;
