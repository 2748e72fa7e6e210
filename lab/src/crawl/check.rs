//! Whether a run of `griot code` found what was sown, and lost nothing.

use super::Sown;
use anyhow::{Context, Result};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::path::Path;

/// What came of one kind of record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many were sown.
    pub sown: usize,
    /// Of how many came what should.
    pub right: usize,
}

/// For each kind of record how many came out as they should; and what did not, in words. `out` is the run's folder, its archive the only input.
pub fn check(sown: &[Sown], out: &Path) -> Result<(BTreeMap<String, Found>, Vec<String>)> {
    let mut reports = HashMap::new();
    rows(&out.join("reports"), |row| {
        let url = text(row, "url").to_owned();
        reports.insert(
            offset(row),
            (url, text(row, "report").to_owned(), text(row, "copy_of_report").to_owned(), text(row, "text").to_owned()),
        );
    })?;
    let mut errors: HashMap<u64, Vec<String>> = HashMap::new();
    rows(&out.join("errors"), |row| errors.entry(offset(row)).or_default().push(text(row, "kind").to_owned()))?;
    let names: HashMap<&str, &str> = reports.values().map(|(url, name, ..)| (url.as_str(), name.as_str())).collect();
    let mut kinds: BTreeMap<String, Found> = BTreeMap::new();
    let mut wrong = Vec::new();
    for what in sown {
        let (report, error) = (reports.get(&what.offset), errors.remove(&what.offset).unwrap_or_default());
        let came = match report {
            Some((_, _, copy_of, text)) => {
                let lost = what.words.lines().find(|words| !flat(text).contains(&flat(words)));
                match lost {
                    Some(words) => format!("a report without '{words}'"),
                    None if !copy_of.is_empty() => format!("a copy of {copy_of}"),
                    None => "a report".to_owned(),
                }
            }
            None if error.is_empty() => "nothing".to_owned(),
            None => format!("errors: {}", error.join(", ")),
        };
        let should = match (what.what.as_str(), what.error.as_str()) {
            ("other", _) => "nothing".to_owned(),
            ("copy", _) => format!("a copy of {}", names.get(what.copy_of.as_str()).unwrap_or(&"what was lost")),
            (_, "") => "a report".to_owned(),
            (_, error) => format!("errors: {error}"),
        };
        let kind = kinds.entry(what.what.clone()).or_default();
        kind.sown += 1;
        if came == should && (report.is_none() || error.is_empty()) {
            kind.right += 1;
        } else {
            wrong.push(format!("byte {}, {}, {}: {came}, not {should}", what.offset, what.url, what.what));
        }
    }
    for (offset, kinds) in errors {
        wrong.push(format!("byte {offset}: {}, where no record begins", kinds.join(", ")));
    }
    Ok((kinds, wrong))
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rows(table: &Path, mut take: impl FnMut(&Row)) -> Result<()> {
    for part in fs::read_dir(table).with_context(|| format!("{}: code the archive first", table.display()))? {
        for row in SerializedFileReader::new(File::open(part?.path())?)?.get_row_iter(None)? {
            take(&row?);
        }
    }
    Ok(())
}

fn text<'r>(row: &'r Row, name: &str) -> &'r str {
    match row.get_column_iter().find(|(column, _)| *column == name) {
        Some((_, Field::Str(words))) => words,
        _ => "",
    }
}

fn offset(row: &Row) -> u64 {
    match row.get_column_iter().find(|(column, _)| *column == "offset") {
        Some((_, Field::Long(offset))) => *offset as u64,
        _ => u64::MAX,
    }
}
