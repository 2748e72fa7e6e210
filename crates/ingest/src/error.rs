//! What can be wrong with an input, and what to do about it.

use crate::Place;
use griot_types::Document;
use std::fmt;

/// One input, or one item of it, that could not be read. Its message names the file, the place in it, the cause and the remedy.
#[derive(Debug, thiserror::Error)]
pub struct Error {
    name: String,
    // On the heap, because results that carry an error should stay small.
    place: Box<Place>,
    byte: Option<u64>,
    #[source]
    kind: ErrorKind,
}

impl Error {
    /// An error about the whole of the input called `name`.
    pub fn new(name: &str, kind: ErrorKind) -> Self {
        Error { name: name.to_owned(), place: Box::default(), byte: None, kind }
    }

    /// The same error at a line, counted from 1.
    pub fn at_line(mut self, line: u64) -> Self {
        self.place.line = Some(line);
        self
    }

    /// The same error at a place in the file; what is known of the place already stays.
    pub fn at(mut self, place: Place) -> Self {
        let own = *self.place;
        *self.place = Place { line: own.line.or(place.line), record: own.record.or(place.record), offset: own.offset.or(place.offset) };
        self
    }

    /// The same error at a byte, counted from 0: of the line where a line is given, else of the file.
    pub fn at_byte(mut self, byte: u64) -> Self {
        self.byte = Some(byte);
        self
    }

    /// The file or stream.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The line, counted from 1.
    pub fn line(&self) -> Option<u64> {
        self.place.line
    }

    /// Where in the file the report stands that could not be read; empty where it is the file as a whole.
    pub fn place(&self) -> Place {
        *self.place
    }

    /// The byte, counted from 0: of the line where a line is given, else of the file.
    pub fn byte(&self) -> Option<u64> {
        self.byte
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// What is wrong, taken out: a record keeps the text of an [`ErrorKind::UnsupportedLanguage`] uncoded.
    pub fn into_kind(self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some(line) = self.place.line {
            write!(f, ", line {line}")?;
        }
        if let Some(record) = self.place.record {
            write!(f, ", record {record}")?;
            if let Some(offset) = self.place.offset {
                write!(f, " at byte {offset}")?;
            }
        }
        if let Some(byte) = self.byte {
            write!(f, ", byte {byte}")?;
        }
        write!(f, ": {}", self.kind)
    }
}

/// What is wrong with an input. Each message ends with what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system would not give the bytes.
    #[error("cannot be read ({0}); check the path and your rights to it")]
    Io(#[source] std::io::Error),
    /// No bytes, or nothing but white space and marks.
    #[error("holds no text; leave it out, or check that it was saved whole")]
    Empty,
    /// A folder in which no file is of a kind that Griot reads.
    #[error("is a folder without a file that Griot reads; it reads plain text, HTML, JSONL, WARC, Parquet, PDF and DOCX")]
    EmptyFolder,
    /// Bytes that are no text.
    #[error("is not text but binary data; give the report as plain text, HTML or JSONL")]
    Binary,
    /// A format that is known by its first bytes or its ending, and that this version does not read.
    #[error("is {format}, which is not yet read; {remedy}")]
    NotYetRead {
        /// What it is.
        format: &'static str,
        /// How to get something that is read.
        remedy: &'static str,
    },
    /// Text in no charset that could be told.
    #[error("is in a charset that cannot be told; save it as UTF-8")]
    UnknownCharset,
    /// Bytes that are not UTF-8 where the format demands it.
    #[error("is not UTF-8; save the file as UTF-8")]
    NotUtf8,
    /// Bytes that do not hold together as their format wants.
    #[error("is damaged ({0}); fetch or save it again")]
    Damaged(String),
    /// The same where nothing behind the place can be read.
    #[error("is damaged ({0}); fetch or save it again")]
    BrokenOff(String),
    /// What a server sent and is no report.
    #[error("is {0}, which is not read as one report; Griot reads web pages, plain text, PDF and DOCX")]
    NoReport(String),
    /// A body that was packed for sending in a way that is not known.
    #[error("is packed as '{0}', which is not read; have the crawler unpack what it fetches")]
    Packing(String),
    /// A format that has to be read from its end.
    #[error("is {0} on a stream, where its end cannot be looked at first; give it as a file")]
    Stream(&'static str),
    /// Something packed in something packed.
    #[error("is packed twice over; unpack it once")]
    PackedTwice,
    /// A table without the column that holds the reports.
    #[error("has no column 'text' that holds words (it has: {0}); name it so")]
    NoTextColumn(String),
    /// A PDF whose pages are pictures.
    #[error("is PDF without a text layer; run character recognition over it")]
    NoTextLayer,
    /// A file that opens with a password alone.
    #[error("is locked with a password; save it without one")]
    Locked,
    /// More than can be held or addressed.
    #[error("is larger than {limit} bytes; split it into smaller files")]
    TooLarge {
        /// The most that is read at once.
        limit: u64,
    },
    /// HTML whose elements lie in each other deeper than any page a person wrote.
    #[error("nests HTML elements deeper than {limit}; no report does, so look at where the file came from")]
    TooDeep {
        /// The deepest nesting that is read.
        limit: usize,
    },
    /// A line of JSONL that is no JSON object of the right shape.
    #[error("is not a JSON object with a text ({0}); mend the line or take it out")]
    Json(String),
    /// A row or the header of a manifest.
    #[error("{0}")]
    Manifest(String),
    /// Text that is surely in another language than English.
    #[error("is in {language}, which is not supported; Griot reads English")]
    UnsupportedLanguage {
        /// The language's English name, or its script's where the language is not known.
        language: String,
        /// The report, read in full but for this.
        document: Box<Document>,
    },
}

impl ErrorKind {
    /// The kind in a word, for tables.
    pub fn word(&self) -> &'static str {
        match self {
            ErrorKind::Io(_) | ErrorKind::Stream(_) => "unreadable",
            ErrorKind::Empty | ErrorKind::EmptyFolder | ErrorKind::NoTextLayer => "empty",
            ErrorKind::Binary | ErrorKind::NoReport(_) | ErrorKind::NotYetRead { .. } | ErrorKind::NoTextColumn(_) => "format",
            ErrorKind::UnknownCharset | ErrorKind::NotUtf8 => "charset",
            ErrorKind::Damaged(_) | ErrorKind::BrokenOff(_) | ErrorKind::Json(_) => "damaged",
            ErrorKind::Packing(_) | ErrorKind::PackedTwice => "packing",
            ErrorKind::Locked => "locked",
            ErrorKind::TooLarge { .. } => "too_large",
            ErrorKind::TooDeep { .. } => "too_deep",
            ErrorKind::Manifest(_) => "manifest",
            ErrorKind::UnsupportedLanguage { .. } => "language",
        }
    }
}
