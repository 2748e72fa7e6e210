//! JSONL: one JSON object a line, with the keys id, text, title, date, publisher and url; text alone is needed.

use super::plain;
use crate::finish::Draft;
use crate::label::{Given, Meta};
use crate::{Error, ErrorKind};
use griot_types::sha256;
use serde::{Deserialize, Deserializer};

/// The keys of a line, or the columns of a row. Others are not looked at.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Fields {
    /// Its name in the file.
    #[serde(default, deserialize_with = "word")]
    pub id: Option<String>,
    /// The report's text.
    pub text: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The day of publication.
    #[serde(default, deserialize_with = "word")]
    pub date: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its link.
    pub url: Option<String>,
}

impl Fields {
    /// The draft of a report with these fields, read from item `number` of `file`; `id` is the hash of its raw bytes.
    pub(crate) fn draft(self, file: &str, number: u64, id: String) -> Draft {
        let name = match &self.id {
            Some(id) => format!("{file}#{id}"),
            None => format!("{file}#{number}"),
        };
        let given = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
        let own = Meta {
            title: given(self.title),
            date: given(self.date).map(|words| Given::new(&words)),
            updated: None,
            publisher: given(self.publisher),
            url: given(self.url),
        };
        let mut draft = plain::draft(&name, id, self.text.unwrap_or_default(), Vec::new());
        draft.labelled.meta = own.or(draft.labelled.meta);
        draft.file = file.to_owned();
        draft
    }
}

/// A string, or a number as one: ids and dates such as 20230503 are met as both.
fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Word {
        Text(String),
        Number(serde_json::Number),
    }
    Ok(Option::<Word>::deserialize(deserializer)?.map(|word| match word {
        Word::Text(text) => text,
        Word::Number(number) => number.to_string(),
    }))
}

/// A line, counted from 1, without its line end and the file's byte-order mark; `None` for a blank one.
pub fn strip(number: u64, line: &[u8]) -> Option<&[u8]> {
    let line = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    (!line.iter().all(u8::is_ascii_whitespace)).then_some(line)
}

/// Reads a line that [`strip`] gave.
///
/// The report's id is the hash of the line's bytes, and its name is the file's with '#' and the item's id, or the line's number.
pub fn read(file: &str, number: u64, line: &[u8]) -> Result<Draft, Error> {
    let wrong = |kind| Error::new(file, kind).at_line(number);
    let text = std::str::from_utf8(line).map_err(|error| wrong(ErrorKind::NotUtf8).at_byte(error.valid_up_to() as u64))?;
    // The library would take an array for the keys' values in order.
    if !text.trim_start().starts_with('{') {
        return Err(wrong(ErrorKind::Json("it does not start with '{'".to_owned())).at_byte(0));
    }
    let fields: Fields = serde_json::from_str(text).map_err(|error| {
        // The library counts lines inside the line; the column alone is of use.
        let whole = error.to_string();
        let cause = whole.split(" at line ").next().unwrap_or(&whole).to_owned();
        wrong(ErrorKind::Json(cause)).at_byte(error.column().saturating_sub(1) as u64)
    })?;
    match &fields.text {
        None => Err(wrong(ErrorKind::Json("the key 'text' is missing".to_owned()))),
        Some(text) if !text.chars().any(char::is_alphanumeric) => Err(wrong(ErrorKind::Json("its text is empty".to_owned()))),
        Some(_) => Ok(fields.draft(file, number, sha256(line))),
    }
}
