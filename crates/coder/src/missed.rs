//! Sentences that tell of something and gave no claim: how a desk learns what the rules do not see.
//!
//! A sentence is suspected by signs: a word that calls a frame of violence, whatever kept the frame from firing; a count of people; an armed or
//! a named actor; a word for another act; another number. What weighs most stands first.

use crate::codebook::Form;
use crate::scene::Scene;
use griot_types::{Kind, Span, Type, Upos};
use serde::Serialize;

/// What makes a sentence suspect, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// A word that stands for killing, hurting, taking or driving out people in some frame.
    Violence,
    /// A count of people.
    People,
    /// An armed actor.
    Force,
    /// A word that stands for another act in some frame.
    Act,
    /// An actor with a name.
    Actor,
    /// A number of other things, money and shares aside.
    Number,
}

impl Sign {
    /// What it adds to its sentence. Two signs of the lightest kinds weigh less than violence alone.
    fn weight(self) -> u32 {
        match self {
            Sign::Violence => 8,
            Sign::People => 6,
            Sign::Force => 4,
            Sign::Act => 2,
            Sign::Actor => 2,
            Sign::Number => 1,
        }
    }
}

/// What a frame of violence tells.
const VIOLENT: [Type; 7] = [Type::Assault, Type::Killed, Type::Injured, Type::Casualties, Type::Displaced, Type::Abducted, Type::Missing];

/// A sentence without a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The sentence's number.
    pub sentence: usize,
    /// Where it stands, in bytes.
    pub span: Span,
    /// The sum over its kinds of signs.
    pub weight: u32,
    /// The words that make it suspect, in the order of the text.
    pub signs: Vec<(Sign, Span)>,
}

/// Sentences that share no word with `told` (the quotes of the report's claims, in bytes) and have a sign other than a word for a
/// peaceful act, the weightiest first and then in the order of the text.
pub fn missed(scene: &Scene, told: &[Span]) -> Vec<Missed> {
    let mut found: Vec<Missed> = Vec::new();
    for (s, tree) in scene.trees.iter().enumerate() {
        let span = tree.sentence.span;
        if told.iter().any(|quote| quote.overlaps(span)) {
            continue;
        }
        let mut signs = words(scene, s);
        signs.extend(counts(scene, s));
        signs.extend(actors(scene, s));
        signs.sort_by_key(|(sign, span)| (*span, *sign));
        signs.dedup();
        let mut kinds: Vec<Sign> = signs.iter().map(|(sign, _)| *sign).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let weight = kinds.iter().map(|sign| sign.weight()).sum();
        // Every sentence about anything has a word for an act.
        if kinds.iter().any(|sign| *sign != Sign::Act) {
            found.push(Missed { sentence: s, span, weight, signs });
        }
    }
    found.sort_by_key(|missed| (std::cmp::Reverse(missed.weight), missed.sentence));
    found
}

/// Words that call frames with claims, fired or not.
fn words(scene: &Scene, s: usize) -> Vec<(Sign, Span)> {
    let tree = &scene.trees[s];
    let sign = |t: usize| {
        let forms: &[Form] = match tree.token(t).upos {
            Upos::Verb | Upos::Adj => &[Form::Verb, Form::Adjective],
            Upos::Noun => &[Form::Noun],
            _ => return None,
        };
        let lemma = tree.token(t).lemma.clone();
        let called = forms.iter().flat_map(|&form| scene.book.index().find(form, &lemma));
        let frames = called.map(|(frame, _)| &scene.book.frames[*frame as usize]);
        let (mut violent, mut acts, mut others) = (0, 0, 0);
        for frame in frames {
            match frame.claims.first().map(|template| template.type_) {
                Some(type_) if VIOLENT.contains(&type_) => violent += 1,
                Some(type_) if type_.kind() == Kind::Event => acts += 1,
                _ => others += 1,
            }
        }
        // 'Give', 'take' and 'hold' stand for violence beside a few words alone.
        if violent > acts + others { Some(Sign::Violence) } else { (acts + violent > others).then_some(Sign::Act) }
    };
    (0..tree.len()).filter_map(|t| Some((sign(t)?, tree.token(t).span))).collect()
}

fn counts(scene: &Scene, s: usize) -> Vec<(Sign, Span)> {
    let tree = &scene.trees[s];
    let told = scene.counts[s].iter().filter_map(|count| {
        let sign = match count.quantity.unit.as_str() {
            "people" => Sign::People,
            "percent" => return None,
            unit if crate::scene::is_currency(unit) => return None,
            _ => Sign::Number,
        };
        Some((sign, tree.sentence.cover(count.first, count.end)))
    });
    told.collect()
}

fn actors(scene: &Scene, s: usize) -> Vec<(Sign, Span)> {
    let tree = &scene.trees[s];
    let mentions = scene.reading.sentences[s].mentions.iter().filter(|mention| !mention.bare && !mention.metonym);
    mentions
        .filter_map(|mention| {
            let sign = if mention.force {
                Sign::Force
            } else if mention.named && mention.actor.person.is_none() {
                Sign::Actor
            } else {
                return None;
            };
            Some((sign, tree.sentence.cover(mention.core.0, mention.core.1)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Coder;
    use griot_types::{Block, BlockKind, Document};

    fn of(text: &str, told: &[Span]) -> Vec<(usize, Vec<Sign>)> {
        let block = Block { span: Span::new(0, text.len() as u32), kind: BlockKind::Paragraph };
        let document = Document { text: text.to_owned(), blocks: vec![block], ..Document::default() };
        let (language, world, coder) = (griot_language::Language::shipped(), griot_world::World::shipped(), Coder::shipped().unwrap());
        let sentences = language.read(&document);
        let reading = world.read(&document, &sentences);
        let found = missed(&coder.scene(&document, &sentences, &reading), told);
        let kinds = |missed: Missed| {
            let mut kinds: Vec<Sign> = missed.signs.iter().map(|(sign, _)| *sign).collect();
            kinds.sort_unstable();
            kinds.dedup();
            (missed.sentence, kinds)
        };
        found.into_iter().map(kinds).collect()
    }

    #[test]
    fn the_most_telling_sentence_stands_first() {
        let text = "The weather was fine. The festival was opened by the band. Soldiers shelled 12 villagers there. Chad was quiet.";
        let found = of(text, &[]);
        let order: Vec<usize> = found.iter().map(|(sentence, _)| *sentence).collect();
        assert_eq!(order.first(), Some(&2), "{found:?}");
        assert!(!order.contains(&0) && order.contains(&3), "{found:?}");
        assert_eq!(found[0].1[..3], [Sign::Violence, Sign::People, Sign::Force]);
    }

    #[test]
    fn a_sentence_with_a_claim_is_not_missed() {
        let text = "Soldiers shelled 12 villagers there. Rebels killed two men.";
        let told = Span::new(0, 16);
        assert_eq!(of(text, &[told]).iter().map(|(sentence, _)| *sentence).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_word_for_many_things_is_no_sign_of_violence() {
        let found = of("She gave it to them and took leave.", &[]);
        assert!(found.iter().all(|(_, kinds)| !kinds.contains(&Sign::Violence)), "{found:?}");
    }
}
