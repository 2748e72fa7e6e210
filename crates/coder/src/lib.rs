//! Sentences to claims.
//!
//! [`Coder::code`] takes a report that the language layer and the world have read and returns what it says, as [`Claim`]s:
//!
//! 1. [`proposition`]: each sentence's tree becomes propositions, who does what with the grammar undone;
//! 2. [`reference`]: pronouns and descriptions are resolved to whom they stand for; [`quantity`] finds the counts;
//! 3. [`codebook`]: each proposition gets the frame that fits it best ([`scene`]);
//! 4. [`stance`]: what the frames above do to it: said, planned, refused, denied;
//! 5. [`claims`]: frames are filled, with place and time ([`where_when`]), tolls are tied to their acts, repeated claims are joined.
//!
//! Grammar ends with the propositions; meaning is in the codebook. Nothing here does I/O, and nothing fails on a text.

pub mod claims;
pub mod codebook;
pub mod missed;
pub mod proposition;
pub mod quantity;
mod quotes;
pub mod reference;
pub mod scene;
pub mod stance;
pub mod where_when;

pub use claims::Origin;
pub use codebook::{Codebook, Error};
pub use missed::Missed;

use griot_types::{Claim, Deprel, Document, Sentence, Upos};
use griot_world::Reading;
use proposition::{Propositions, Tree};
use reference::Reference;
use scene::Scene;

/// The coding rules and how to count; immutable, shared by threads.
pub struct Coder {
    book: Codebook,
    counting: quantity::CountingRules,
}

/// The shipped rules as compiled from `codebook/`.
static SHIPPED: &[u8] = include_bytes!("../../../models/codebook.bin");

impl Coder {
    /// The shipped rules.
    pub fn shipped() -> Result<Coder, Error> {
        Ok(Coder::new(Codebook::from_bytes(SHIPPED)?))
    }

    /// Other rules.
    pub fn new(book: Codebook) -> Coder {
        Coder { book, counting: quantity::CountingRules::default() }
    }

    /// The rules in use.
    pub fn codebook(&self) -> &Codebook {
        &self.book
    }

    /// What a report says.
    pub fn code(&self, document: &Document, sentences: &[Sentence], reading: &Reading) -> Vec<Claim> {
        claims::of(&self.scene(document, sentences, reading))
    }

    /// A report with everything that coding it rests on.
    pub fn scene<'a>(&'a self, document: &'a Document, sentences: &'a [Sentence], reading: &'a Reading<'a>) -> Scene<'a> {
        let names = |s: usize| reading.sentences[s].mentions.iter().filter(|m| m.named).map(|m| m.core);
        let trees: Vec<Tree> =
            sentences.iter().enumerate().map(|(s, sentence)| Tree::new(sentence, &document.text).keep_names(names(s))).collect();
        let propositions: Vec<Propositions> = trees.iter().map(|t| Propositions::read(t, self.book.index(), &self.book.grammar)).collect();
        let counts = sentences.iter().enumerate().map(|(s, sentence)| self.counts(document, sentence, s, reading)).collect();
        let reference = Reference::read(&trees, &propositions, reading, &self.book);
        let chosen = vec![Vec::new(); trees.len()];
        let places = reference::places(&trees, reading, &self.book);
        let quoted = quotes::speakers(document, &trees, &propositions, &reference, &self.book);
        let mut scene = Scene {
            quoted,
            document,
            trees,
            propositions,
            reading,
            places,
            reference,
            book: &self.book,
            counting: &self.counting,
            counts,
            chosen,
        };
        let mut changed = false;
        for s in 0..sentences.len() {
            changed |= scene.choose(s);
        }
        // 'told Paris to withdraw its troops': whose they are follows from who is to withdraw, which the frame of 'tell' knows.
        if changed {
            scene.reference = Reference::read(&scene.trees, &scene.propositions, reading, &self.book);
            scene.quoted = quotes::speakers(document, &scene.trees, &scene.propositions, &scene.reference, &self.book);
            for s in 0..sentences.len() {
                scene.choose(s);
            }
        }
        scene
    }

    /// The names of the frames that a report calls, each once, in the order of the text.
    pub fn frames(&self, document: &Document, sentences: &[Sentence], reading: &Reading) -> Vec<&str> {
        let scene = self.scene(document, sentences, reading);
        let mut names: Vec<&str> = Vec::new();
        for choice in scene.chosen.iter().flatten().flatten() {
            let name = self.book.frames[choice.frame].name.as_str();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn counts(&self, document: &Document, sentence: &Sentence, s: usize, reading: &Reading) -> Vec<quantity::Count> {
        // 'three others' are people where they are counted with people, which in reports of force they nearly always are.
        let is_people = |t: usize| sentence.tokens[t].lemma == "other" || reading.mention_at(s, t).is_some_and(|m| m.people || m.force);
        let is_event = |t: usize| {
            let lemma = sentence.tokens[t].lemma.to_lowercase();
            !self.book.index().find(codebook::Form::Noun, &lemma.as_str().into()).is_empty()
        };
        let mut counts = quantity::read(&document.text, sentence, &self.counting, &is_people, &is_event);
        for count in &mut counts {
            // 'two aid workers': the noun of a compound is its last.
            while let Some(head) =
                sentence.head(count.head).filter(|&h| h > count.head && sentence.tokens[count.head].deprel == Deprel::Compound)
            {
                count.head = head;
                if count.quantity.unit == "items" && is_people(head) {
                    count.quantity.unit = "people".into();
                }
            }
        }
        for i in 1..counts.len() {
            // '1,200 soldiers, while Malawi has sent 800 more': of the same.
            let (said, rest) = counts.split_at_mut(i);
            let (before, count) = (&said[i - 1], &mut rest[0]);
            let more = sentence
                .tokens
                .get(count.end)
                .is_some_and(|t| t.lemma.eq_ignore_ascii_case("more") || t.lemma.eq_ignore_ascii_case("much"));
            let closed = sentence.tokens.get(count.end + 1).is_none_or(|t| matches!(t.upos, Upos::Punct | Upos::Adp | Upos::Cconj));
            if count.head == count.number && count.quantity.unit == "items" && before.quantity.unit == "people" && more && closed {
                count.quantity.unit = "people".into();
            }
        }
        counts
    }
}
