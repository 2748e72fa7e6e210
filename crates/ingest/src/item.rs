//! One report as it lies in a file.

use crate::ErrorKind;
use crate::format::jsonl::Fields;
use crate::format::{self, Format, http};
use griot_types::Date;

/// Where in a file something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1: of JSONL.
    pub line: Option<u64>,
    /// The record or row, from 1: of WARC and Parquet.
    pub record: Option<u64>,
    /// The byte, from 0. Of a line in the unpacked file; of a WARC record in the file as it lies, where its packed member begins.
    pub offset: Option<u64>,
}

/// One report as it lies in a file: bytes that are not yet looked at, so that the costly part of reading can go on in many threads at once.
/// [`Reader::read`](crate::Reader::read) makes the document.
#[derive(Debug)]
pub struct Item {
    /// For messages and the manifest.
    pub(crate) name: String,
    /// The file that holds it.
    pub(crate) file: String,
    pub(crate) place: Place,
    pub(crate) form: Form,
    pub(crate) bytes: Vec<u8>,
    pub(crate) told: Told,
}

/// What the bytes are.
#[derive(Debug)]
pub(crate) enum Form {
    Plain,
    Html,
    Jsonl,
    Pdf,
    Docx,
    /// A row of a table; the bytes are its text's.
    Row(Box<Fields>),
}

/// What the file says of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// Its link.
    pub url: Option<String>,
    /// When it was fetched, as the file has it.
    pub fetched: Option<String>,
    /// Its charset.
    pub charset: Option<String>,
    /// How the bytes were packed for sending, the last packing last.
    pub packed: Vec<String>,
    /// Whether they were sent in chunks.
    pub chunked: bool,
    /// Why the page was cut short.
    pub cut: Option<String>,
    /// Its headline, its day and its publisher, where whoever led to it knows them better than the page.
    pub title: Option<String>,
    pub date: Option<Date>,
    pub publisher: Option<String>,
}

/// What a feed or another list of reports says of a page that it leads to. It outweighs what the page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// For messages.
    pub name: String,
    /// The page's link.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its day of publication.
    pub date: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
}

impl Item {
    pub(crate) fn new(file: &str, form: Form, bytes: Vec<u8>) -> Item {
        Item { name: file.to_owned(), file: file.to_owned(), place: Place::default(), form, bytes, told: Told::default() }
    }

    /// A row of a table that is at hand: row `number`, from 1, of `file`. Its id as a report is the hash of its text.
    pub fn row(file: &str, number: u64, mut fields: Fields) -> Item {
        let text = fields.text.take().unwrap_or_default();
        let mut item = Item::new(file, Form::Row(Box::new(fields)), text.into_bytes());
        item.name = format!("{file}#{number}");
        item.place = Place { line: None, record: Some(number), offset: None };
        item
    }

    /// A report that is at hand as text, which is taken as it is: whatever it looks like, it is no HTML.
    pub fn text(name: &str, text: String) -> Item {
        let mut item = Item::new(name, Form::Plain, text.into_bytes());
        item.told.charset = Some("utf-8".to_owned());
        item
    }

    /// A page as a server sent it, unpacked; `media` is its Content-Type, with its charset where that is told.
    ///
    /// # Errors
    /// It is nothing that is read as one report.
    pub fn sent(origin: Origin, media: Option<&str>, bytes: Vec<u8>) -> Result<Item, ErrorKind> {
        let told = media.and_then(http::format);
        let named = media.is_none_or(|media| media.trim().is_empty() || media.starts_with("application/octet-stream"));
        let (format, charset) = match told {
            Some(told) => told,
            None if named => (format::tell(&origin.name, &bytes[..bytes.len().min(format::HEAD)])?, None),
            None => return Err(ErrorKind::NoReport(media.unwrap_or_default().chars().take(60).collect())),
        };
        let form = match format {
            Format::Html => Form::Html,
            Format::Plain => Form::Plain,
            Format::Pdf => Form::Pdf,
            Format::Docx => Form::Docx,
            Format::Jsonl | Format::Warc | Format::Parquet => return Err(ErrorKind::NoReport("a file of many reports".to_owned())),
        };
        Ok(Item::from_origin(origin, form, bytes, charset))
    }

    /// A page that is at hand as text.
    pub fn html(origin: Origin, html: String) -> Item {
        Item::from_origin(origin, Form::Html, html.into_bytes(), Some("utf-8".to_owned()))
    }

    fn from_origin(origin: Origin, form: Form, bytes: Vec<u8>, charset: Option<String>) -> Item {
        let Origin { name, url, title, date, publisher } = origin;
        let mut item = Item::new(&name, form, bytes);
        item.told = Told { url, title, date, publisher, charset, ..Told::default() };
        item
    }

    /// What it is called in messages: the file, with '#' and a number where the file holds many.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file that holds it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Where in the file it stands.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Its link, where the file gives one.
    pub fn url(&self) -> Option<&str> {
        self.told.url.as_deref()
    }

    /// When it was fetched, as the file has it.
    pub fn fetched(&self) -> Option<&str> {
        self.told.fetched.as_deref()
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
