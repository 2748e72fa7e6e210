//! A file of a known sort into rows.

use super::parquet;
use super::sources::{SOURCES, Source, When, day};
use crate::countries;
use crate::error::{Error, Result};
use griot_record::{Record, Reference, ReferenceRow};
use griot_types::{Date, sha256};
use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::Path;

/// What the user says of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The sort; told from the columns where it is left out.
    pub source: Option<String>,
    /// Its release.
    pub version: String,
    /// The day until which it counts.
    pub as_of: Option<Date>,
    /// Its licence.
    pub licence: Option<String>,
}

/// A row that was not kept, or that is odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its line in the file, from 1.
    pub line: u64,
    /// Why.
    pub cause: String,
}

/// What came of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The table as it is kept.
    pub table: Reference,
    /// Rows that were refused.
    pub refused: Vec<Refused>,
    /// Rows that are kept as they came, though their numbers do not agree with each other.
    pub odd: Vec<Refused>,
    /// What the reader of the numbers should know.
    pub notes: Vec<String>,
}

/// Reads a file and keeps its rows in the record, as a whole.
///
/// # Errors
/// The file cannot be read, is of no known sort, is there already, or no row of it can be kept.
pub fn import(record: &Record, path: &Path, wanted: &Wanted) -> Result<Imported> {
    let bytes = fs::read(path).map_err(|error| Error::file(path, error))?;
    keep(record, path, &bytes, wanted)
}

/// UCDP's organised violence by country and year, as the program carries it.
static COUNTRY_YEAR: &[u8] = include_bytes!("../../../../models/country-year.csv.gz");
/// Its release, and the day until which it counts.
const RELEASE: (&str, Date) = ("25.1", Date::constant(2024, 12, 31));

/// Keeps the table that the program carries, so that a trend can be asked before anything else was imported.
///
/// # Errors
/// It is there already, or the record cannot be written.
pub fn import_carried(record: &Record) -> Result<Imported> {
    let path = Path::new("country-year.csv");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(COUNTRY_YEAR).read_to_end(&mut bytes).map_err(|error| Error::file(path, error))?;
    keep(record, path, &bytes, &Wanted { version: RELEASE.0.to_owned(), as_of: Some(RELEASE.1), ..Wanted::default() })
}

fn keep(record: &Record, path: &Path, bytes: &[u8], wanted: &Wanted) -> Result<Imported> {
    let hash = sha256(bytes);
    let text = if parquet::is(bytes) {
        parquet::as_csv(bytes).map_err(|cause| Error::Asked(format!("{}: {cause}", path.display())))?
    } else {
        decode(bytes)
    };
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let sheet = Sheet::open(&text, path, wanted.source.as_deref())?;
    let mut table = Reference {
        source: sheet.source.name.to_owned(),
        version: wanted.version.clone(),
        as_of: wanted.as_of,
        licence: wanted.licence.clone().or_else(|| sheet.source.licence.map(str::to_owned)),
        file: name,
        hash,
        columns: sheet.columns.clone(),
        tags: sheet.tags(),
        header: sheet.has_header,
        quoted: text.starts_with('"'),
        ..Reference::default()
    };
    let (mut refused, mut odd) = (Vec::new(), Vec::new());
    let mut monadic = 0;
    let mut ids: HashSet<String> = HashSet::new();
    table = record.import::<Error>(&table, |keep| {
        for (line, cells) in sheet.rows() {
            let row = cells.and_then(|cells| sheet.row(line, cells));
            match row {
                Ok(mut row) => {
                    if let Some(cause) = sheet.oddity(&row) {
                        odd.push(Refused { line: line.line, cause });
                    }
                    // One row an actor: the second row of an event repeats its deaths.
                    if sheet.source.name == "acled" && !ids.insert(row.id.clone()) {
                        monadic += 1;
                        (row.low, row.best, row.high) = (None, None, None);
                    }
                    keep(&row)?;
                }
                Err(cause) => refused.push(Refused { line: line.line, cause }),
            }
        }
        Ok(refused.len() as i64)
    })?;
    if table.rows == 0 {
        record.drop_reference(table.n)?;
        let first = refused.first().map_or_else(|| "it has no rows".to_owned(), |r| format!("line {}: {}", r.line, r.cause));
        return Err(Error::Asked(format!("{}: no row can be kept ({first})", path.display())));
    }
    let mut notes = Vec::new();
    if monadic > 0 {
        notes
            .push(format!("this export has one row an actor: {monadic} rows repeat an event's id, and their deaths are not counted again"));
    }
    Ok(Imported { table, refused, odd, notes })
}

/// UTF-8 with or without a mark; else Latin 1, in which some releases are written.
fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

#[derive(Clone, Copy)]
struct Line {
    n: i64,
    line: u64,
}

struct Sheet<'t> {
    source: &'static Source,
    columns: Vec<String>,
    text: &'t str,
    separator: u8,
    has_header: bool,
}

impl<'t> Sheet<'t> {
    fn open(text: &'t str, path: &Path, asked: Option<&str>) -> Result<Sheet<'t>> {
        let wrong = |words: String| Error::Asked(format!("{}: {words}", path.display()));
        let known = || SOURCES.iter().map(|source| source.name).collect::<Vec<_>>().join(", ");
        let asked = asked
            .map(|name| Source::named(name).ok_or_else(|| wrong(format!("'{name}' is no sort of table; those known are {}", known()))))
            .transpose()?;
        let head = text.lines().next().unwrap_or_default();
        let separator = if head.contains('\t') { b'\t' } else { b',' };
        let columns: Vec<String> = reader(text, separator)
            .records()
            .next()
            .and_then(std::result::Result::ok)
            .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
            .unwrap_or_default();
        if let Some(source) = asked.or_else(|| Source::of(&columns)) {
            if let Some(missing) = source.known_by.iter().find(|name| !columns.iter().any(|column| column == *name)) {
                if let Some(names) = source.headerless.iter().find(|names| names.len() == columns.len()) {
                    let columns = names.iter().map(|name| (*name).to_owned()).collect();
                    return Ok(Sheet { source, columns, text, separator, has_header: false });
                }
                return Err(wrong(format!("a table of sort '{}' has the column '{missing}', and this one has not", source.name)));
            }
            return Ok(Sheet { source, columns, text, separator, has_header: true });
        }
        // Only a first cell that is a number, and as many cells as a table without a header has, make one.
        let number = columns.first().is_some_and(|cell| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()));
        let bare = SOURCES.iter().flat_map(|source| source.headerless.iter().map(move |names| (source, *names)));
        match bare.filter(|_| number).find(|(_, names)| names.len() == columns.len()) {
            Some((source, names)) => {
                let columns = names.iter().map(|name| (*name).to_owned()).collect();
                Ok(Sheet { source, columns, text, separator, has_header: false })
            }
            None => Err(wrong(format!("its columns are those of no table that is known; name its sort with --profile: {}", known()))),
        }
    }

    /// The rows behind the header and the row of HXL tags.
    fn rows(&self) -> impl Iterator<Item = (Line, std::result::Result<Vec<String>, String>)> {
        let has_header = self.has_header;
        reader(self.text, self.separator)
            .into_records()
            .enumerate()
            .skip(usize::from(has_header))
            .filter(move |(at, record)| !(has_header && *at == 1 && record.as_ref().is_ok_and(is_tags)))
            .enumerate()
            .map(|(n, (at, record))| {
                let line =
                    |position: Option<&csv::Position>| Line { n: n as i64 + 1, line: position.map_or(at as u64 + 1, csv::Position::line) };
                match record {
                    Ok(record) => (line(record.position()), Ok(record.iter().map(str::to_owned).collect())),
                    Err(error) => (line(error.position()), Err(error.to_string())),
                }
            })
    }

    /// The row of HXL tags.
    fn tags(&self) -> Option<Vec<String>> {
        let second = reader(self.text, self.separator).into_records().nth(1)?.ok()?;
        (self.has_header && is_tags(&second)).then(|| second.iter().map(str::to_owned).collect())
    }

    fn row(&self, line: Line, cells: Vec<String>) -> std::result::Result<ReferenceRow, String> {
        let source = self.source;
        // A header with too many names, or a row with too few cells, is met in real files; a row with more cells than names cannot be told.
        if cells.len() > self.columns.len() {
            return Err(format!("has {} cells under {} names of columns", cells.len(), self.columns.len()));
        }
        let cell =
            |name: &str| self.columns.iter().position(|column| column == name).and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
        let full = |name: &str| Some(cell(name)).filter(|words| !matches!(*words, "" | "NA" | "NULL" | "None" | "nan"));
        let number = |name: &str| -> std::result::Result<Option<f64>, String> {
            // A comma for the point, as the UN's table of missions has it.
            let read = |words: &str| words.parse::<f64>().or_else(|_| words.replace(',', ".").parse::<f64>());
            full(name).map(|words| read(words).map_err(|_| format!("'{words}' under '{name}' is no number"))).transpose()
        };
        let first_number = |names: &[&str]| names.iter().find_map(|name| number(name).transpose()).transpose();
        let join = |names: &[&str]| {
            Some(names.iter().filter_map(|name| full(name)).collect::<Vec<_>>().join("/")).filter(|words| !words.is_empty())
        };
        let id = source.id.iter().map(|name| cell(name)).collect::<Vec<_>>().join("/");
        if id.trim_matches('/').is_empty() {
            return Err(format!("has nothing under '{}'", source.id.join("', '")));
        }
        let (first, last) = days(source.when, &cell)?;
        let row = ReferenceRow {
            n: line.n,
            id,
            first,
            last,
            country: source
                .country
                .iter()
                .find_map(|(name, scheme)| countries::find(*scheme, full(name)?))
                .map(|codes| codes.alpha3.clone()),
            latitude: number(source.point[0])?,
            longitude: number(source.point[1])?,
            precision: source.precision.1.iter().find(|(word, _)| *word == cell(source.precision.0)).map(|(_, precision)| *precision),
            type_: join(source.type_),
            side_a: join(source.sides[0]),
            side_b: join(source.sides[1]),
            low: first_number(source.numbers[0])?,
            best: first_number(source.numbers[1])?.or(source.each),
            high: first_number(source.numbers[2])?,
            cells: Vec::new(),
        };
        if row.latitude.is_some_and(|degrees| !(-90.0..=90.0).contains(&degrees))
            || row.longitude.is_some_and(|d| !(-180.0..=180.0).contains(&d))
        {
            return Err(format!("{:?}, {:?} is no point on the earth", row.latitude, row.longitude));
        }
        Ok(ReferenceRow { cells, ..row })
    }

    /// What does not agree in a row's numbers. Real releases have such rows; they are kept, so that sums stay those of the table.
    fn oddity(&self, row: &ReferenceRow) -> Option<String> {
        let order: Vec<f64> = [row.low, row.best, row.high].into_iter().flatten().collect();
        if !order.is_sorted() {
            let word = |n: Option<f64>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
            return Some(format!("low {}, best {}, high {} are in no order", word(row.low), word(row.best), word(row.high)));
        }
        // UCDP's codebook: the parts of the best estimate make it up.
        if self.source.name != "ged" {
            return None;
        }
        let parts = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"];
        let part = |name: &&str| {
            let at = self.columns.iter().position(|column| column == name)?;
            row.cells.get(at)?.trim().parse::<f64>().ok()
        };
        let sum = parts.iter().map(part).sum::<Option<f64>>()?;
        row.best.filter(|best| *best != sum).map(|best| format!("best is {best}, and its parts make {sum}"))
    }
}

fn is_tags(row: &csv::StringRecord) -> bool {
    row.iter().all(|cell| cell.is_empty() || cell.starts_with('#')) && row.iter().any(|cell| cell.starts_with('#'))
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    // GDELT and POLECAT write quotes as they are.
    csv::ReaderBuilder::new().delimiter(separator).quoting(separator == b',').has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn days<'c>(when: When, cell: &impl Fn(&str) -> &'c str) -> std::result::Result<(Option<Date>, Option<Date>), String> {
    let whole = |words: &str, name: &str| -> std::result::Result<i16, String> {
        words.strip_suffix(".0").unwrap_or(words).parse::<i16>().map_err(|_| format!("'{words}' under '{name}' is no year"))
    };
    let month = |year: i16, month: i8| -> std::result::Result<(Option<Date>, Option<Date>), String> {
        let first = Date::new(year, month, 1).map_err(|_| format!("{year}-{month} is no month"))?;
        Ok((Some(first), Some(first.last_of_month())))
    };
    match when {
        When::Days(first, last) => {
            let start = day(cell(first)).map_err(|error| format!("{error} (under '{first}')"))?;
            let end = day(cell(last)).map_err(|error| format!("{error} (under '{last}')"))?;
            if let (Some(start), Some(end)) = (start, end)
                && end < start
            {
                return Err(format!("ends on {end}, before it begins on {start}"));
            }
            // A column of ends that is empty leaves the end open; no such column at all makes it the same day.
            Ok((start, if last.is_empty() { start } else { end }))
        }
        When::Digits(name) => {
            let words = cell(name);
            let part = |from: usize, to: usize| words.get(from..to).and_then(|part| part.parse::<i16>().ok());
            let date = part(0, 4).zip(part(4, 6)).zip(part(6, 8)).and_then(|((y, m), d)| Date::new(y, m as i8, d as i8).ok());
            date.map(|date| (Some(date), Some(date))).ok_or_else(|| format!("'{words}' under '{name}' is no day"))
        }
        When::Parts(year, "", _) => {
            let y = whole(cell(year), year)?;
            Ok((Date::new(y, 1, 1).ok(), Date::new(y, 12, 31).ok()))
        }
        When::Parts(year, m, d) => {
            let date = Date::new(whole(cell(year), year)?, whole(cell(m), m)? as i8, whole(cell(d), d)? as i8);
            date.map(|date| (Some(date), Some(date))).map_err(|_| format!("'{}-{}-{}' is no day", cell(year), cell(m), cell(d)))
        }
        When::Month(name) => {
            let words = cell(name);
            let parts = words.get(..4).and_then(|y| y.parse::<i16>().ok()).zip(words.get(4..6).and_then(|m| m.parse::<i8>().ok()));
            let (y, m) = parts.ok_or_else(|| format!("'{words}' under '{name}' is no month"))?;
            month(y, m)
        }
        When::MonthId(name) => {
            let n = whole(cell(name), name)?;
            // Month 1 is January 1980 (ViEWS).
            month(1980 + (n - 1).div_euclid(12), ((n - 1).rem_euclid(12) + 1) as i8)
        }
    }
}
