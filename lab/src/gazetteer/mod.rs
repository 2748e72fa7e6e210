//! Compiles `models/gazetteer.bin` from its sources, and measures the gazetteer on texts whose places are known.
//!
//! ```text
//! lab/src/gazetteer/fetch.sh FOLDER
//! griot-lab gazetteer FOLDER PLACES models/gazetteer.bin
//! griot-lab score-places LGL.xml GeoVirus.xml
//! ```
//!
//! FOLDER holds cities500.json, countries.json and admin1.geojson; PLACES holds `countries/world-countries-*.json` and
//! `geonames_sahel/*.txt`. What goes into the file and what does not is said in `models/LICENSE-gazetteer.md`.

pub mod score;
mod sources;
mod units;

use anyhow::{Context, Result, bail};
use std::path::Path;

/// Runs `gazetteer FOLDER PLACES OUT`.
///
/// # Errors
/// A source that is missing or cannot be read, with its name.
pub fn run(args: &[String]) -> Result<()> {
    let [folder, places, out] = args else { bail!("usage: griot-lab gazetteer FOLDER PLACES OUT") };
    let sources = sources::read(Path::new(folder), Path::new(places))?;
    let count = sources.entries.len();
    let file = griot_world::gazetteer::compile(sources.entries, &sources.countries)?;
    std::fs::write(out, &file).with_context(|| format!("writing {out}"))?;
    println!("{count} places, {} bytes", file.len());
    Ok(())
}
