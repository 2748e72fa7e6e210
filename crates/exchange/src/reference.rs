//! Reference tables given out again, counted by year, and two releases of one set beside each other.

use crate::cells;
use crate::error::{Error, Result};
use griot_record::{Record, Reference, ReferenceRow};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

/// What a year comes to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Year {
    /// The year; of rows over several, the first.
    pub year: i16,
    /// Alpha-3, where counts are asked for by country.
    pub country: Option<String>,
    /// Rows.
    pub rows: i64,
    /// The sums over rows that have a number.
    pub low: f64,
    /// Of the best estimates.
    pub best: f64,
    /// Of the upper bounds.
    pub high: f64,
}

/// A change between two releases.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The row's id.
    pub id: String,
    /// `added`, `removed` or `changed`.
    pub what: &'static str,
    /// Columns that differ, with the values before and after.
    pub cells: Vec<(String, String, String)>,
    /// The best estimate before.
    pub before: Option<f64>,
    /// And after.
    pub after: Option<f64>,
}

/// The rows and sums of each year.
///
/// # Errors
/// The record cannot be read.
pub fn years(record: &Record, table: i64, by_country: bool) -> Result<Vec<Year>> {
    let mut sums: BTreeMap<(i16, Option<String>), Year> = BTreeMap::new();
    record.reference_rows::<Error>(table, |row| {
        let Some(first) = row.first else { return Ok(()) };
        let country = row.country.filter(|_| by_country);
        let key = (first.year(), country.clone());
        let sum = sums.entry(key).or_insert_with(|| Year { year: first.year(), country, ..Year::default() });
        sum.rows += 1;
        sum.low += row.low.or(row.best).unwrap_or_default();
        sum.best += row.best.unwrap_or_default();
        sum.high += row.high.or(row.best).unwrap_or_default();
        Ok(())
    })?;
    Ok(sums.into_values().collect())
}

/// The same as a table.
pub fn years_csv(years: &[Year]) -> String {
    cells::rows(|writer| {
        writer.write_record(["year", "country", "rows", "low", "best", "high"])?;
        years.iter().try_for_each(|year| {
            let country = year.country.clone().unwrap_or_default();
            writer.write_record([
                year.year.to_string(),
                country,
                year.rows.to_string(),
                year.low.to_string(),
                year.best.to_string(),
                year.high.to_string(),
            ])
        })
    })
}

/// Writes a table with its own columns and cells. A sort that stands between tabs is written so; quotes stand where they must.
///
/// # Errors
/// The record cannot be read, or the file cannot be written.
pub fn write(record: &Record, table: &Reference, file: &mut dyn Write) -> Result<u64> {
    // A table that others write between tabs may have come as CSV, which Griot's own exports are; that has quotes.
    let tabs = !table.quoted && crate::import::Source::named(&table.source).is_some_and(|source| source.separator == b'\t');
    let style = match (tabs, table.quoted) {
        (true, _) => csv::QuoteStyle::Never,
        (false, true) => csv::QuoteStyle::Always,
        (false, false) => csv::QuoteStyle::Necessary,
    };
    let mut writer =
        csv::WriterBuilder::new().delimiter(if tabs { b'\t' } else { b',' }).quote_style(style).flexible(true).from_writer(file);
    let failed = |error: csv::Error| Error::file(Path::new(&table.file), error.into());
    if table.header {
        writer.write_record(&table.columns).map_err(failed)?;
    }
    if let Some(tags) = &table.tags {
        writer.write_record(tags).map_err(failed)?;
    }
    let mut rows = 0;
    record.reference_rows::<Error>(table.n, |row| {
        rows += 1;
        writer.write_record(&row.cells).map_err(failed)
    })?;
    writer.flush().map_err(|error| Error::file(Path::new(&table.file), error))?;
    Ok(rows)
}

/// What changed from one release to the next, by the ids of its rows.
///
/// # Errors
/// The tables are of two sorts; the record cannot be read.
pub fn diff(record: &Record, before: &Reference, after: &Reference) -> Result<Vec<Change>> {
    if before.source != after.source {
        return Err(Error::Asked(format!(
            "table {} is '{}' and table {} is '{}'; two releases of one sort can be compared",
            before.n, before.source, after.n, after.source
        )));
    }
    let mut old: BTreeMap<String, ReferenceRow> = BTreeMap::new();
    record.reference_rows::<Error>(before.n, |row| {
        old.insert(row.id.clone(), row);
        Ok(())
    })?;
    // A column that only one release has is no change of a row.
    let shared: Vec<(usize, usize, &String)> = before
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, name)| Some((at, after.columns.iter().position(|other| other == name)?, name)))
        .collect();
    let mut changes = Vec::new();
    record.reference_rows::<Error>(after.n, |row| {
        let Some(was) = old.remove(&row.id) else {
            changes.push(Change { id: row.id, what: "added", cells: Vec::new(), before: None, after: row.best });
            return Ok(());
        };
        let cell = |row: &ReferenceRow, at: usize| row.cells.get(at).cloned().unwrap_or_default();
        let cells: Vec<(String, String, String)> =
            shared.iter().map(|(a, b, name)| ((*name).clone(), cell(&was, *a), cell(&row, *b))).filter(|(_, a, b)| a != b).collect();
        if !cells.is_empty() {
            changes.push(Change { id: row.id.clone(), what: "changed", cells, before: was.best, after: row.best });
        }
        Ok(())
    })?;
    changes.extend(old.into_values().map(|row| Change { id: row.id, what: "removed", cells: Vec::new(), before: row.best, after: None }));
    changes.sort_by(|a, b| a.id.len().cmp(&b.id.len()).then_with(|| a.id.cmp(&b.id)));
    Ok(changes)
}

/// The same in words, one line a change, a sum at the end.
pub fn diff_words(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let cells: Vec<String> = change.cells.iter().map(|(name, a, b)| format!("{name}: {a} → {b}")).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:<8} {}  {}", change.what, change.id, cells.join("; "));
    }
    let count = |what: &str| changes.iter().filter(|change| change.what == what).count();
    let sum = |of: fn(&Change) -> Option<f64>| changes.iter().filter_map(of).sum::<f64>();
    let _ = writeln!(
        text,
        "{} added, {} removed, {} changed; best over these rows {} before and {} after",
        count("added"),
        count("removed"),
        count("changed"),
        sum(|change| change.before),
        sum(|change| change.after)
    );
    text
}
