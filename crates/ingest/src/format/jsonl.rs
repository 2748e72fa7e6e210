//! JSONL: one JSON object a line, with the keys id, text, title, date, publisher and url; text alone is needed.

use super::plain;
use crate::finish::Draft;
use crate::label::{Given, Meta};
use crate::{Error, ErrorKind};
use griot_types::sha256;
use serde::{Deserialize, Deserializer};

/// One line's keys. Others are not looked at.
#[derive(Deserialize)]
struct Item {
    #[serde(default, deserialize_with = "word")]
    id: Option<String>,
    text: Option<String>,
    title: Option<String>,
    #[serde(default, deserialize_with = "word")]
    date: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
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

/// Reads a line, counted from 1, without its line end. `None` for a blank one.
///
/// The report's id is the hash of the line's bytes, and its name is the file's with '#' and the item's id, or the line's number.
pub fn read_line(file: &str, number: u64, line: &[u8]) -> Option<Result<Draft, Error>> {
    let line = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    Some(read_item(file, number, line))
}

fn read_item(file: &str, number: u64, line: &[u8]) -> Result<Draft, Error> {
    let wrong = |kind| Error::new(file, kind).at_line(number);
    let text = std::str::from_utf8(line).map_err(|error| wrong(ErrorKind::NotUtf8).at_byte(error.valid_up_to() as u64))?;
    // The library would take an array for the keys' values in order.
    if !text.trim_start().starts_with('{') {
        return Err(wrong(ErrorKind::Json("it does not start with '{'".to_owned())).at_byte(0));
    }
    let item: Item = serde_json::from_str(text).map_err(|error| {
        // The library counts lines inside the line; the column alone is of use.
        let whole = error.to_string();
        let cause = whole.split(" at line ").next().unwrap_or(&whole).to_owned();
        wrong(ErrorKind::Json(cause)).at_byte(error.column().saturating_sub(1) as u64)
    })?;
    let text = item.text.ok_or_else(|| wrong(ErrorKind::Json("the key 'text' is missing".to_owned())))?;
    if !text.chars().any(char::is_alphanumeric) {
        return Err(wrong(ErrorKind::Json("its text is empty".to_owned())));
    }
    let name = match &item.id {
        Some(id) => format!("{file}#{id}"),
        None => format!("{file}#{number}"),
    };
    let given = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
    let own = Meta {
        title: given(item.title),
        date: given(item.date).map(|words| Given::new(&words)),
        updated: None,
        publisher: given(item.publisher),
        url: given(item.url),
    };
    let mut draft = plain::draft(&name, sha256(line), text, Vec::new());
    draft.labelled.meta = own.or(draft.labelled.meta);
    draft.file = file.to_owned();
    Ok(draft)
}
