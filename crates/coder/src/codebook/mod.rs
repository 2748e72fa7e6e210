//! The coding rules as data: frames, sets, closed classes, measures.
//!
//! [`Codebook::compile`] reads the human-edited TOML of `codebook/` (its format: `docs/FRAMES.md`) and says file and line of a mistake;
//! the result is kept as one binary that is read back at start-up.

pub mod check;
mod confidence;
mod frame;
mod index;
mod load;
pub mod show;
mod subtype;

pub use confidence::{Confidence, Features};
pub use frame::{Class, Clause, Complement, Condition, Count, Form, Frame, Item, Light, Needs, Pattern, Roles, Template, Test};
pub use index::{Index, rank};
pub use subtype::{Subtype, Subtypes};

use griot_types::{Change, Status, Type};
use griot_world::ActorKind;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// What went wrong with a codebook.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A source file has a mistake.
    #[error("{file}:{line}: {message}")]
    Source {
        /// The file's name as given.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what to do.
        message: String,
    },
    /// The compiled codebook cannot be read.
    #[error("the compiled codebook does not fit this program ({0}); make it anew with 'griot-lab compile-codebook'")]
    Compiled(String),
}

/// The coding rules, ready for use.
#[derive(Debug, Serialize, Deserialize)]
pub struct Codebook {
    /// The version that every claim carries: a name and a hash of the sources.
    pub version: String,
    /// All frames, in the order of their files.
    pub frames: Vec<Frame>,
    /// What auxiliaries, adverbs, conjunctions and prepositions do.
    pub grammar: Grammar,
    /// Which nouns are counted as which measure: lemma to type.
    pub measures: FxHashMap<SmolStr, Type>,
    /// ACLED's event and sub-event types of finished claims.
    pub acled: Subtypes,
    /// UCDP's types of violence of finished claims.
    pub ucdp: Subtypes,
    /// What a claim's confidence follows from.
    pub confidence: Confidence,
    #[serde(skip)]
    index: Index,
}

/// Closed classes that bear on status, speaker and place.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Grammar {
    /// Auxiliary lemma to the status that it gives.
    pub auxiliaries: FxHashMap<SmolStr, Option<Status>>,
    /// Adverb lemma to the status that it gives.
    pub adverbs: FxHashMap<SmolStr, Option<Status>>,
    /// Subordinating conjunction to the status that it gives its clause.
    pub conjunctions: FxHashMap<SmolStr, Option<Status>>,
    /// Prepositions that name a speaker: 'according to'.
    pub sources: Vec<SmolStr>,
    /// Prepositions that say where.
    pub locatives: Vec<SmolStr>,
    /// Words that introduce a part of a whole: 'including'.
    pub partitives: Vec<SmolStr>,
    /// Nouns that count other things: 'number', 'toll'.
    pub counters: Vec<SmolStr>,
    /// Words that say which way a count went: 'up from 1,400'.
    pub directions: BTreeMap<SmolStr, Change>,
    /// Words after which a day is only compared with: 'compared with 2022'.
    pub comparisons: Vec<SmolStr>,
    /// Verbs that give a name: 'a group called X'.
    pub namers: Vec<SmolStr>,
    /// Nouns for bodies ('the mission', 'the group') to the kinds of actors that they can take up again.
    pub descriptions: FxHashMap<SmolStr, Vec<ActorKind>>,
    /// Nouns that, counted, take up as many as were named before ('the two countries'), to the kinds of these.
    pub several: FxHashMap<SmolStr, Vec<ActorKind>>,
    /// Those of them that mean two without a number: 'the sides'.
    pub sides: Vec<SmolStr>,
    /// Nouns that take up a place named before ('the town'), to the precisions (where_prec) of the places that they can mean.
    pub places: FxHashMap<SmolStr, Vec<u8>>,
    /// Nouns for the seat of a country's government.
    pub capitals: Vec<SmolStr>,
    /// Nouns for what only plays an act: 'in a drill', 'a film about the siege'.
    pub pretences: Vec<SmolStr>,
    /// Words for a thing that only stands for another: 'a mock village'.
    pub mocks: Vec<SmolStr>,
    /// Auxiliaries that open a condition before its subject: 'Had they attacked, …'.
    pub inversions: Vec<SmolStr>,
    /// Nouns for what looks back on an act: 'the anniversary of the massacre'. It was at another time and mostly elsewhere.
    pub remembrances: Vec<SmolStr>,
    /// Nouns that, said of one actor, mean the other ('its rival'), to the kinds of that other.
    pub counterparts: FxHashMap<SmolStr, Vec<ActorKind>>,
    /// Irregular verb forms to their lemmas, for where the lemmatizer guessed a word that no frame knows.
    pub irregular: FxHashMap<SmolStr, SmolStr>,
}

impl Codebook {
    /// Reads sources, each a file's name and its text. Later files of the same name replace earlier ones; frames of the same name too.
    pub fn compile(sources: &[(String, String)]) -> Result<Codebook, Error> {
        load::compile(sources, &[])
    }

    /// Reads `base` with `own` laid over it: of frames that fit alike and of frames that fit better, the own ones win.
    pub fn compile_over(base: &[(String, String)], own: &[(String, String)]) -> Result<Codebook, Error> {
        load::compile(base, own)
    }

    /// The compiled form.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Reads the compiled form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Codebook, Error> {
        let mut book: Codebook = postcard::from_bytes(bytes).map_err(|e| Error::Compiled(e.to_string()))?;
        book.index = Index::new(&book.frames);
        Ok(book)
    }

    /// Finds frames by their words.
    pub fn index(&self) -> &Index {
        &self.index
    }
}
