//! What can be wrong with an input, and what to do about it.

use griot_types::Document;
use std::fmt;

/// One input, or one item of it, that could not be read. Its message names the file, the place in it, the cause and the remedy.
#[derive(Debug, thiserror::Error)]
pub struct Error {
    name: String,
    line: Option<u64>,
    byte: Option<u64>,
    #[source]
    kind: ErrorKind,
}

impl Error {
    /// An error about the whole of the input called `name`.
    pub fn new(name: &str, kind: ErrorKind) -> Self {
        Error { name: name.to_owned(), line: None, byte: None, kind }
    }

    /// The same error at a line, counted from 1.
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
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
        self.line
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
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
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
    #[error("is a folder without a file that Griot reads; it reads plain text, HTML and JSONL")]
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
