//! Items to documents.

use crate::finish::{Draft, finish, note};
use crate::format::{docx, html, http, jsonl, pdf, plain};
use crate::item::{Form, Item};
use crate::items::Items;
use crate::label::{Given, Meta};
use crate::{Error, ErrorKind, Manifest};
use griot_types::{Date, Document, sha256};
use std::io::Read;
use std::path::Path;

/// What the person who runs Griot says about the reports.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day of publication of reports whose source gives none. Outweighed by the manifest, by the source's own metadata and by a dateline
    /// with a year; outweighs a date in the file's name.
    pub date: Option<Date>,
    /// Date, publisher and link by file name. Outweighs all else.
    pub manifest: Option<Manifest>,
    /// How large a report may be.
    pub limits: Limits,
}

/// How large a report may be. What is larger is an error about that report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a report as it lies in its file, and again when it is unpacked.
    pub bytes: u64,
    /// Bytes of its text.
    pub text: u64,
}

impl Default for Limits {
    /// All that can be addressed: offsets are 32 bits wide.
    fn default() -> Self {
        Limits { bytes: u32::MAX.into(), text: u32::MAX.into() }
    }
}

/// Reads reports.
#[derive(Clone, Debug)]
pub struct Reader {
    options: Options,
    today: Date,
}

impl Reader {
    /// A reader under `options`. Dates of publication after today, by the computer's clock (UTC), are noted.
    pub fn new(options: Options) -> Self {
        let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        Reader { options, today }
    }

    /// Takes another day for today.
    pub fn with_today(mut self, today: Date) -> Self {
        self.today = today;
        self
    }

    /// Reads what `path` names: a file, a folder (all below it, sorted by name, hidden files and symbolic links to folders left out; files of
    /// kinds that are no reports, such as pictures and tables, left out too), or `-` for standard input.
    ///
    /// Reports come one at a time; files that hold many are never held whole. An error stands for one file or item, and the others go on.
    pub fn open(&self, path: impl AsRef<Path>) -> Documents<'_> {
        Documents { reader: self, items: self.items(path) }
    }

    /// Reads a stream; `name` is for messages, for the manifest, and its ending for the format.
    pub fn stream<'r>(&'r self, name: &str, stream: impl Read + Send + 'r) -> Documents<'r> {
        Documents { reader: self, items: Items::stream(name, stream, self.options.limits) }
    }

    /// Reads bytes that are at hand. Does no I/O.
    pub fn read_bytes(&self, name: &str, bytes: Vec<u8>) -> Vec<Result<Document, Error>> {
        Documents { reader: self, items: Items::of(name, bytes, self.options.limits) }.collect()
    }

    /// What [`Reader::open`] reads, before it is looked at: [`Reader::read`] makes the documents, in any thread and any order.
    pub fn items(&self, path: impl AsRef<Path>) -> Items<'static> {
        Items::open(path.as_ref(), self.options.limits)
    }

    /// Makes an item's document.
    pub fn read(&self, item: Item) -> Result<Document, Error> {
        let (name, place) = (item.name.clone(), item.place);
        let document = self.draft(item).and_then(|draft| finish(draft, &self.options, self.today)).map_err(|error| error.at(place))?;
        let limit = self.options.limits.text;
        if document.text.len() as u64 > limit { Err(Error::new(&name, ErrorKind::TooLarge { limit }).at(place)) } else { Ok(document) }
    }

    fn draft(&self, item: Item) -> Result<Draft, Error> {
        let Item { name, file, place, form, bytes, told } = item;
        let limit = self.options.limits.bytes;
        // Where a place is known it is said; the number in the name would say it twice.
        let wrong = |kind| Error::new(if place.record.is_some() { &file } else { &name }, kind);
        let bytes = http::unpack(bytes, &told, limit).map_err(wrong)?;
        let number = place.line.or(place.record).unwrap_or(1);
        if bytes.is_empty() {
            return Err(wrong(ErrorKind::Empty));
        }
        let charset = told.charset.as_deref();
        let draft = match form {
            Form::Jsonl => return jsonl::read(&file, number, &bytes),
            Form::Row(mut fields) => {
                let id = sha256(&bytes);
                fields.text = Some(String::from_utf8(bytes).map_err(|_| wrong(ErrorKind::NotUtf8))?);
                return Ok(fields.draft(&file, number, id));
            }
            Form::Plain => plain::read(&name, bytes, charset),
            Form::Html => html::read(&name, bytes, charset),
            Form::Pdf => pdf::read(&name, bytes, limit),
            Form::Docx => docx::read(&name, bytes, limit),
        };
        let mut draft = draft.map_err(wrong)?;
        draft.file = file;
        let meta = std::mem::take(&mut draft.labelled.meta);
        let known = Meta {
            title: told.title,
            publisher: told.publisher,
            date: told.date.map(|day| Given::new(&day.to_string())),
            ..Meta::default()
        };
        // A link that only the file knows fills a gap; one that comes with a headline or a day is that of the report itself.
        let leads = known != Meta::default();
        let url = if leads { told.url.or(meta.url.clone()) } else { meta.url.clone().or(told.url) };
        draft.labelled.meta = Meta { url, ..known.or(meta) };
        if let Some(cause) = told.cut {
            let cause: String = cause.chars().take(20).collect();
            note(&mut draft.notes, format!("The crawler cut this page short ({cause})."));
        }
        Ok(draft)
    }
}

/// Reads bytes that are at hand, without I/O but for a look at the clock: [`Reader::read_bytes`] of a reader that is used once.
pub fn read_bytes(name: &str, bytes: Vec<u8>, options: &Options) -> Vec<Result<Document, Error>> {
    Reader::new(options.clone()).read_bytes(name, bytes)
}

/// The reports of a file, a folder or a stream, in order.
pub struct Documents<'r> {
    reader: &'r Reader,
    items: Items<'r>,
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.items.next()?.and_then(|item| self.reader.read(item)))
    }
}
