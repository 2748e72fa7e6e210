//! From words to the world: names to actors and places, phrases to days.
//!
//! * [`World`] holds the dictionaries, the calendar and the gazetteer; it is immutable and shared by all threads.
//! * [`World::read`] reads a report's sentences and gives a [`Reading`]: for each sentence its [`Mention`]s of actors.
//! * [`Reading::mention_at`] answers for a token of the tree, [`Reading::possessed`] composes an owner with a described phrase.
//!
//! Nothing here does I/O and nothing fails on a text. What the words of the dictionaries are is said in `docs/DICTIONARIES.md`.

pub mod actors;
pub mod dictionary;
mod error;
mod reading;

pub use actors::{Described, Mention};
pub use dictionary::{ActorKind, Dictionary, Entry, EntryRelation, compile};
pub use error::Error;
pub use reading::{Reading, SentenceReading};

use griot_types::{Document, Sentence};

/// The compiled dictionaries that are shipped, made by `cargo run -p griot-lab -- compile-dictionary`.
static SHIPPED: &[u8] = include_bytes!("../../../models/dictionary.bin");

/// All that Griot knows of names before it reads a report.
pub struct World {
    dictionary: Dictionary,
}

impl World {
    /// The shipped dictionaries, calendar and gazetteer.
    pub fn shipped() -> World {
        match Dictionary::open(SHIPPED) {
            Ok(dictionary) => World { dictionary },
            // The bytes are part of the program; a test opens them.
            Err(error) => unreachable!("the shipped dictionary is broken: {error}"),
        }
    }

    /// The shipped ones with the user's own files, as (name, TOML), laid over them.
    ///
    /// # Errors
    /// Where a file cannot be read as its format asks; with the file's name and the line.
    pub fn with_sources(files: &[(String, String)]) -> Result<World, Error> {
        let World { dictionary } = World::shipped();
        Ok(World { dictionary: dictionary.overlay(files)? })
    }

    /// A world of nothing but these dictionary files.
    ///
    /// # Errors
    /// As [`World::with_sources`].
    pub fn from_sources(files: &[(String, String)]) -> Result<World, Error> {
        Ok(World { dictionary: Dictionary::open(&compile(files)?)? })
    }

    /// Changes whenever the dictionaries do.
    pub fn version(&self) -> &str {
        self.dictionary.version()
    }

    /// The dictionaries.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Reads the sentences of a report for actors.
    pub fn read<'a>(&'a self, document: &'a Document, sentences: &'a [Sentence]) -> Reading<'a> {
        Reading::new(self, document, sentences)
    }
}
