//! How well names, places and days of a report are read, against sets that people annotated. The sets are read from where they lie.
//!
//! ```text
//! griot-lab score-places lgl.xml GeoVirus.xml     # place names with coordinates
//! griot-lab score-dates FOLDER                    # TIMEX3: MEANTIME's CAT files, TempEval's .tml
//! griot-lab score-actors FOLDER                   # re3d: organisations and nationalities
//! griot-lab score-sahel                           # 27 names of Sahel reports, each in a sentence
//! griot-lab score-start REPORTS…                  # time and memory of opening, share of the look-ups
//! ```

pub mod actors;
pub mod dates;
pub mod places;
pub mod sahel;
pub mod start;
pub mod xml;

use crate::line::Line;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// What can be asked of this module on the command line.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Measure which place names are found, and where they land, on LGL, GeoVirus and files like them.
    ScorePlaces {
        /// The sets.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// List what was missed, found too much or put elsewhere.
        #[arg(long)]
        errors: bool,
    },
    /// Measure which phrases of time are found with the right TIMEX3 value.
    ScoreDates {
        /// A folder of CAT or TimeML files, searched with its subfolders.
        folder: PathBuf,
        /// List what was missed, found too much or given another value.
        #[arg(long)]
        errors: bool,
    },
    /// Measure which organisations and nationalities of re3d are linked to an actor.
    ScoreActors {
        /// A folder with `documents.json` and `entities.json`.
        folder: PathBuf,
        /// List what was not linked.
        #[arg(long)]
        errors: bool,
    },
    /// Measure where 27 names of Sahel reports land.
    ScoreSahel,
    /// Measure what it takes to open dictionaries and gazetteer, and their share in the reading of reports.
    ScoreStart {
        /// Reports of plain text.
        reports: Vec<PathBuf>,
    },
}

/// Does what was asked and prints it.
///
/// # Errors
/// A file that cannot be read.
pub fn run(line: &Line, command: Command) -> Result<()> {
    match command {
        Command::ScorePlaces { files, errors } => files.iter().try_for_each(|file| places::print(line, file, errors)),
        Command::ScoreDates { folder, errors } => dates::print(line, &folder, errors),
        Command::ScoreActors { folder, errors } => actors::print(line, &folder, errors),
        Command::ScoreSahel => sahel::print(line),
        Command::ScoreStart { reports } => start::print(&reports),
    }
}

/// Right ones, given ones and wanted ones.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Found and wanted.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Wanted.
    pub gold: usize,
}

impl Counts {
    /// Share of what was found.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// Share of what was wanted.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.found + self.gold)
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "precision {:.3} recall {:.3} F1 {:.3}", self.precision(), self.recall(), self.f1())
    }
}

/// A part of a whole; 0 of nothing.
pub fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// All files below a folder with one of these endings, in the order of their names.
fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    use anyhow::Context;
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = item?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|e| ending == *e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
