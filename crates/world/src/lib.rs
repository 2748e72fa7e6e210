//! From words to the world: names to actors and places, phrases to days.
//!
//! * [`World`] holds the dictionaries, the calendar and the gazetteer; it is immutable and shared by all threads.
//! * [`World::read`] reads a report's sentences and gives a [`Reading`]: for each sentence its [`Mention`]s of actors.
//! * [`Reading::mention_at`] answers for a token of the tree, [`Reading::possessed`] composes an owner with a described phrase.
//!
//! Nothing here does I/O and nothing fails on a text. What the words of the dictionaries are is said in `docs/DICTIONARIES.md`.

pub mod actors;
pub mod calendar;
pub mod dictionary;
mod error;
pub mod gazetteer;
mod places;
mod reading;

pub use actors::{Described, Mention};
pub use calendar::{Calendar, TimeMention, Timex};
pub use dictionary::{ActorKind, Dictionary, Entry, EntryRelation, compile};
pub use error::Error;
pub use gazetteer::Gazetteer;
pub use places::PlaceMention;
pub use reading::{Reading, SentenceReading};

use griot_types::{Document, Sentence};

/// The compiled dictionaries that are shipped, made by `cargo run -p griot-lab -- compile-dictionary`.
static SHIPPED: &[u8] = include_bytes!("../../../models/dictionary.bin");

/// All that Griot knows of names before it reads a report.
pub struct World {
    dictionary: Dictionary,
    calendar: Calendar,
    gazetteer: Gazetteer,
}

impl World {
    /// The shipped dictionaries, calendar and gazetteer.
    pub fn shipped() -> World {
        // The two halves take about as long, and a report that waits for one waits for both.
        let (dictionary, gazetteer) = std::thread::scope(|scope| {
            let dictionary = scope.spawn(|| Dictionary::open(SHIPPED));
            let gazetteer = Gazetteer::shipped();
            (dictionary.join(), gazetteer)
        });
        match dictionary {
            Ok(Ok(dictionary)) => World { dictionary, calendar: Calendar::default(), gazetteer },
            // The bytes are part of the program; a test opens them.
            Ok(Err(error)) => unreachable!("the shipped dictionary is broken: {error}"),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }

    /// The shipped ones with the user's own files, as (path in the codebook folder, TOML, or for `places/*.txt` GeoNames' columns), laid over them. Files that belong to other rooms,
    /// such as frames, are passed over.
    ///
    /// # Errors
    /// Where a file cannot be read as its format asks; with the file's name and the line.
    pub fn with_sources(files: &[(String, String)]) -> Result<World, Error> {
        let mut world = World::shipped();
        let (mut dictionaries, mut places) = (Vec::new(), Vec::new());
        for (name, text) in files {
            match part_of(name) {
                Some(Part::Dictionary) => dictionaries.push((name.clone(), text.clone())),
                Some(Part::Calendar) => {
                    world.calendar = Calendar::from_toml(text).map_err(|error| Error::at(name, 1, error.to_string()))?;
                }
                Some(Part::Regions) => {
                    world.gazetteer = Gazetteer::with_regions(text, name).map_err(|error| Error::at(name, 1, error.to_string()))?;
                }
                Some(Part::Places) => places.push((name, text)),
                None => {}
            }
        }
        for (name, text) in places {
            world.add_places(name, text).map_err(|error| match error {
                gazetteer::Error::Line { file, line, cause } => Error::at(&file, line, cause),
                other => Error::at(name, 1, other.to_string()),
            })?;
        }
        world.dictionary = world.dictionary.overlay(&dictionaries)?;
        Ok(world)
    }

    /// A world with nothing but these dictionary files, and the shipped calendar and gazetteer.
    ///
    /// # Errors
    /// As [`World::with_sources`].
    pub fn from_sources(files: &[(String, String)]) -> Result<World, Error> {
        Ok(World { dictionary: Dictionary::open(&compile(files)?)?, calendar: Calendar::default(), gazetteer: Gazetteer::shipped() })
    }

    /// Changes whenever the dictionaries do.
    pub fn version(&self) -> &str {
        self.dictionary.version()
    }

    /// The gazetteer.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Lays a country file in GeoNames' 19 columns over the gazetteer; gives the number of places.
    ///
    /// # Errors
    /// A line that cannot be read; then nothing has been laid over.
    pub fn add_places(&mut self, name: &str, text: &str) -> Result<usize, gazetteer::Error> {
        self.gazetteer.overlay(text, name)
    }

    /// The dictionaries.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Reads the sentences of a report for actors, places and times.
    pub fn read<'a>(&'a self, document: &'a Document, sentences: &'a [Sentence]) -> Reading<'a> {
        Reading::new(self, document, sentences)
    }
}

/// The rooms of a codebook that belong to this crate.
enum Part {
    Dictionary,
    Calendar,
    Regions,
    Places,
}

/// Which part a file of a codebook folder is, by its path; `None` for the files of other crates.
fn part_of(name: &str) -> Option<Part> {
    let name = name.replace('\\', "/");
    let file = name.rsplit('/').next().unwrap_or(&name);
    match file {
        "calendar.toml" => Some(Part::Calendar),
        "regions.toml" => Some(Part::Regions),
        "countries.toml" | "agents.toml" | "offices.toml" | "words.toml" => Some(Part::Dictionary),
        _ if name.contains("places/") && name.ends_with(".txt") => Some(Part::Places),
        _ if name.contains("dictionaries/") || name.contains("actors/") => Some(Part::Dictionary),
        _ => None,
    }
}
