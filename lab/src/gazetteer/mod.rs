//! Compiles `models/gazetteer.bin` from its sources.
//!
//! ```text
//! lab/src/gazetteer/fetch.sh FOLDER
//! griot-lab gazetteer FOLDER PLACES models/gazetteer.bin
//! ```
//!
//! FOLDER holds cities500.json, countries.json, rg_cities1000.csv and admin1.geojson; PLACES holds `countries/world-countries-*.json` and
//! `geonames_sahel/*.txt`. What goes into the file and what does not is said in `models/LICENSE-gazetteer.md`.

mod sources;
mod units;

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// What can be asked of this module on the command line.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Compile the gazetteer from its sources.
    Gazetteer {
        /// What `lab/src/gazetteer/fetch.sh` gathered.
        folder: PathBuf,
        /// Countries and country files.
        places: PathBuf,
        /// Where it goes.
        #[arg(default_value = "models/gazetteer.bin")]
        out: PathBuf,
    },
}

/// Does what was asked.
///
/// # Errors
/// A source that is missing or cannot be read, with its name.
pub fn run(command: Command) -> Result<()> {
    match command {
        Command::Gazetteer { folder, places, out } => compile(&folder, &places, &out),
    }
}

fn compile(folder: &Path, places: &Path, out: &Path) -> Result<()> {
    let sources = sources::read(folder, places)?;
    let count = sources.entries.len();
    let file = griot_world::gazetteer::compile(sources.entries, &sources.countries)?;
    std::fs::write(out, &file).with_context(|| format!("writing {}", out.display()))?;
    println!("{count} places, {} bytes", file.len());
    Ok(())
}
