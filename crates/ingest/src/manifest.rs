//! The manifest: a CSV file that gives date, publisher and link of reports by file name.

use crate::dates::{self, Written};
use crate::{Error, ErrorKind};
use griot_types::Date;
use std::collections::HashMap;
use std::path::Path;

/// What a manifest says of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The day of publication.
    pub date: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its link.
    pub url: Option<String>,
}

/// Date, publisher and link of reports by file name.
///
/// A row's `file` matches a path that ends in it, whole components counted: `mali.txt` and `2023/mali.txt` both match `in/2023/mali.txt`,
/// and the longer one is taken.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// Rows by the last component of their `file`, each with the components of the whole.
    rows: HashMap<String, Vec<(Vec<String>, Row)>>,
}

/// Where the columns stand.
struct Columns {
    file: usize,
    date: Option<usize>,
    publisher: Option<usize>,
    url: Option<usize>,
}

impl Manifest {
    /// Reads the CSV file at `path`. Errors name the line.
    pub fn read(path: impl AsRef<Path>) -> Result<Manifest, Error> {
        let name = path.as_ref().to_string_lossy();
        let bytes = std::fs::read(path.as_ref()).map_err(|error| Error::new(&name, ErrorKind::Io(error)))?;
        Manifest::parse(&name, &bytes)
    }

    /// Reads CSV `bytes`; `name` is for messages. Columns `file`, `date`, `publisher` and `url` in any order, case and with spaces about
    /// them; `file` must be there; other columns are not looked at.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Manifest, Error> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let mut records = reader.records();
        let mut manifest = Manifest::default();
        let header = records.next().ok_or_else(|| wrong(name, 1, "is empty; a manifest starts with the line 'file,date,publisher,url'"))?;
        let columns = columns(name, &header.map_err(|error| unreadable(name, &error))?)?;
        for record in records {
            let record = record.map_err(|error| unreadable(name, &error))?;
            let line = record.position().map_or(0, csv::Position::line);
            manifest.add(name, line, &columns, &record)?;
        }
        Ok(manifest)
    }

    /// What the manifest says of `file`.
    pub fn get(&self, file: &str) -> Option<&Row> {
        let parts = components(file);
        let rows = self.rows.get(parts.last()?)?;
        rows.iter().filter(|(known, _)| parts.ends_with(known)).max_by_key(|(known, _)| known.len()).map(|(_, row)| row)
    }

    fn add(&mut self, name: &str, line: u64, columns: &Columns, record: &csv::StringRecord) -> Result<(), Error> {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).filter(|cell| !cell.is_empty());
        if record.iter().all(str::is_empty) {
            return Ok(());
        }
        let file =
            cell(Some(columns.file)).ok_or_else(|| wrong(name, line, "names no file; fill the column 'file' or take the line out"))?;
        let date = match cell(columns.date).map(|words| (words, dates::read(words))) {
            None => None,
            Some((_, Some(Written::Day(date)))) => Some(date),
            Some((words, _)) => {
                return Err(wrong(name, line, &format!("'{words}' is not a date; write it as 2023-05-03")));
            }
        };
        let row = Row { date, publisher: cell(columns.publisher).map(str::to_owned), url: cell(columns.url).map(str::to_owned) };
        let parts = components(file);
        let Some(last) = parts.last().cloned() else {
            return Err(wrong(name, line, &format!("'{file}' names no file; fill the column 'file' or take the line out")));
        };
        let rows = self.rows.entry(last).or_default();
        if rows.iter().any(|(known, other)| *known == parts && *other != row) {
            return Err(wrong(name, line, &format!("'{file}' stands here for a second time with other values; keep one of the lines")));
        }
        rows.push((parts, row));
        Ok(())
    }
}

fn columns(name: &str, header: &csv::StringRecord) -> Result<Columns, Error> {
    let find = |wanted: &str| header.iter().position(|cell| cell.eq_ignore_ascii_case(wanted));
    let file = find("file").ok_or_else(|| {
        let seen = header.iter().collect::<Vec<_>>().join(", ");
        wrong(name, 1, &format!("has no column 'file' (it has: {seen}); a manifest starts with the line 'file,date,publisher,url'"))
    })?;
    Ok(Columns { file, date: find("date"), publisher: find("publisher"), url: find("url") })
}

fn wrong(name: &str, line: u64, what: &str) -> Error {
    Error::new(name, ErrorKind::Manifest(what.to_owned())).at_line(line)
}

fn unreadable(name: &str, error: &csv::Error) -> Error {
    let line = error.position().map_or(1, csv::Position::line);
    let cause = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "is not UTF-8; save the manifest as UTF-8".to_owned(),
        _ => format!("is not CSV ({error}); mend the line"),
    };
    wrong(name, line, &cause)
}

/// A path's parts, whichever way its strokes lean.
fn components(path: &str) -> Vec<String> {
    path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn error(csv: &[u8]) -> String {
        Manifest::parse("m.csv", csv).unwrap_err().to_string()
    }

    #[test]
    fn columns_in_any_order_and_case() {
        let csv = "\u{feff}Publisher, FILE ,note,Date\nWire,a.txt,x,3 May 2023\n\"Wire, Sahel\",b/a.txt,,\n\n,c.txt";
        let manifest = Manifest::parse("m.csv", csv.as_bytes()).unwrap();
        let row = |date, publisher: &str| Row { date, publisher: Some(publisher.to_owned()), url: None };
        assert_eq!(manifest.get("in/a.txt"), Some(&row(Some(date(2023, 5, 3)), "Wire")));
        assert_eq!(manifest.get("./in/b/a.txt"), Some(&row(None, "Wire, Sahel")));
        assert_eq!(manifest.get("in\\b\\a.txt"), Some(&row(None, "Wire, Sahel")));
        assert_eq!(manifest.get("c.txt"), Some(&Row::default()));
        assert_eq!(manifest.get("xa.txt"), None);
        assert_eq!(manifest.get(""), None);
    }

    #[test]
    fn errors_name_the_line_and_the_remedy() {
        assert_eq!(error(b""), "m.csv, line 1: is empty; a manifest starts with the line 'file,date,publisher,url'");
        assert_eq!(
            error(b"name,date\na,b"),
            "m.csv, line 1: has no column 'file' (it has: name, date); a manifest starts with the line 'file,date,publisher,url'"
        );
        assert_eq!(error(b"file,date\na.txt,\nb.txt,2023-02-30\n"), "m.csv, line 3: '2023-02-30' is not a date; write it as 2023-05-03");
        assert_eq!(error(b"file,date\n,2023-05-03"), "m.csv, line 2: names no file; fill the column 'file' or take the line out");
        assert_eq!(
            error(b"file,date\na.txt,2023-05-03\na.txt,2023-05-04"),
            "m.csv, line 3: 'a.txt' stands here for a second time with other values; keep one of the lines"
        );
        assert_eq!(error(b"file\n\xff.txt"), "m.csv, line 2: is not UTF-8; save the manifest as UTF-8");
    }
}
