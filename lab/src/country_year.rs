//! UCDP's country-year table, as the program carries it: the columns that counts over time look at.

use anyhow::{Context, bail};
use flate2::{Compression, GzBuilder};
use std::fs::File;
use std::path::Path;

/// The columns that are kept, of 74.
const COLUMNS: [&str; 15] = [
    "country_id_cy",
    "country_cy",
    "year_cy",
    "sb_total_deaths_best_cy",
    "sb_total_deaths_high_cy",
    "sb_total_deaths_low_cy",
    "ns_total_deaths_best_cy",
    "ns_total_deaths_high_cy",
    "ns_total_deaths_low_cy",
    "os_total_deaths_best_cy",
    "os_total_deaths_high_cy",
    "os_total_deaths_low_cy",
    "cumulative_total_deaths_in_orgvio_best_cy",
    "cumulative_total_deaths_in_orgvio_high_cy",
    "cumulative_total_deaths_in_orgvio_low_cy",
];

/// Writes the columns of `table` to `out`, packed.
pub fn write(table: &Path, out: &Path) -> anyhow::Result<()> {
    let mut reader = csv::Reader::from_path(table).with_context(|| table.display().to_string())?;
    let names: Vec<String> = reader.headers()?.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let mut at = Vec::new();
    for column in COLUMNS {
        match names.iter().position(|name| name == column) {
            Some(place) => at.push(place),
            None => bail!("{}: has no column '{column}'; it asks for UCDP's organised violence by country and year", table.display()),
        }
    }
    // Neither name nor time stands in the packing, so that the same table gives the same bytes.
    let file = GzBuilder::new().mtime(0).write(File::create(out).with_context(|| out.display().to_string())?, Compression::best());
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(COLUMNS)?;
    let mut rows = 0;
    for row in reader.records() {
        let row = row?;
        writer.write_record(at.iter().map(|&place| &row[place]))?;
        rows += 1;
    }
    writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?.finish()?;
    println!("{rows} rows, {} bytes", std::fs::metadata(out)?.len());
    Ok(())
}
