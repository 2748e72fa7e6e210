//! The last step of every format: a draft becomes a document, or is refused for its language.

use crate::dates::{self, Written};
use crate::label::{Given, Labelled, Meta};
use crate::{Error, ErrorKind, Options, gate};
use griot_types::{Date, Dateline, Document, Note};

/// What a format hands over: the text, its blocks, and what the source says of it.
#[derive(Debug, Default)]
pub struct Draft {
    /// For messages and the manifest.
    pub name: String,
    /// The hash of the raw bytes.
    pub id: String,
    /// The report's text.
    pub text: String,
    /// Its blocks and what was learnt with them; `meta` is already the best that the format gives.
    pub labelled: Labelled,
    /// The file that holds it, where that is not `name`.
    pub file: String,
    /// Notes so far.
    pub notes: Vec<Note>,
}

/// A year before this one is a mistake in a source's date: printed news is younger.
const OLDEST: i16 = 1500;

/// Makes the document.
///
/// The day of publication is the first that is given by: the manifest, the source itself (a key, a tag, a line), a dateline with a year,
/// `--date`, the file's name.
pub fn finish(draft: Draft, options: &Options, today: Date) -> Result<Document, Error> {
    let Draft { name, id, text, labelled, file, mut notes } = draft;
    let Labelled { blocks, meta, dateline } = labelled;
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Error::new(&name, ErrorKind::Empty));
    }
    let row = options.manifest.as_ref().and_then(|manifest| manifest.get(&name).or_else(|| manifest.get(&file)));
    let row = row.cloned().unwrap_or_default();
    let written = dateline.and_then(|(_, _, date)| date);
    let date = choose_date(row.date, &meta, written, options.date, &file, today, &mut notes);
    let dateline = dateline.map(|(span, place, written)| Dateline { span, place, date: complete(written, date) });
    let Meta { title, publisher, url, .. } = meta;
    let document = Document {
        id,
        name,
        title: title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|title| !title.is_empty()),
        date,
        publisher: row.publisher.or(publisher),
        url: row.url.or(url),
        blocks,
        dateline,
        notes,
        text,
    };
    match gate::foreign(&document.text) {
        None => Ok(document),
        Some(language) => {
            let name = document.name.clone();
            Err(Error::new(&name, ErrorKind::UnsupportedLanguage { language, document: Box::new(document) }))
        }
    }
}

fn choose_date(
    listed: Option<Date>,
    meta: &Meta,
    dateline: Option<Written>,
    asked: Option<Date>,
    file: &str,
    today: Date,
    notes: &mut Vec<Note>,
) -> Option<Date> {
    let mut own = || {
        let given = meta.date.as_ref().and_then(|given| usable(given, notes));
        given.or_else(|| meta.updated.as_ref().and_then(|given| usable(given, notes)))
    };
    let dated = match dateline {
        Some(Written::Day(date)) if date.year() >= OLDEST => Some(date),
        _ => None,
    };
    let date = listed.or_else(&mut own).or(dated).or(asked).or_else(|| dates::in_file_name(file));
    match date {
        None => note(
            notes,
            "No date of publication is known, so dates such as 'on Friday' stay unresolved; give one with --date or a manifest.".to_owned(),
        ),
        // A report from the far side of the date line is a day ahead.
        Some(date) if today.tomorrow().is_ok_and(|tomorrow| date > tomorrow) => {
            note(notes, format!("The date of publication, {date}, is in the future."));
        }
        Some(date) if date.year() < OLDEST => note(notes, format!("The date of publication is in the year {:04}.", date.year())),
        Some(_) => {}
    }
    date
}

/// The day that a source gives, or a note on why it cannot be used.
fn usable(given: &Given, notes: &mut Vec<Note>) -> Option<Date> {
    let words: String = given.words.chars().take(60).collect();
    let cause = match given.written {
        Some(Written::Day(date)) if date.year() >= OLDEST => return Some(date),
        Some(Written::Day(date)) => format!("is in the year {:04}", date.year()),
        Some(Written::Impossible) => "does not exist".to_owned(),
        Some(Written::Ambiguous) => "could be read with day or month first".to_owned(),
        Some(Written::NoYear { .. }) => "has no year".to_owned(),
        None => "could not be read".to_owned(),
    };
    note(notes, format!("The date '{words}' that the source gives {cause} and is not used."));
    None
}

/// The dateline's day, with the year that puts it nearest to publication where it names none.
fn complete(written: Option<Written>, published: Option<Date>) -> Option<Date> {
    match written? {
        Written::Day(date) => Some(date),
        Written::NoYear { month, day } => dates::nearest(month, day, published?),
        Written::Impossible | Written::Ambiguous => None,
    }
}

/// Adds a note about the whole report.
pub fn note(notes: &mut Vec<Note>, text: String) {
    notes.push(Note { span: None, text });
}
