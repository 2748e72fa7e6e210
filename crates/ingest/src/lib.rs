//! Bytes to [`Document`](griot_types::Document)s: charset, format, blocks, dates of publication, language gate.
//!
//! * [`Reader`] reads files, folders, streams and bytes at hand. [`Items`] are the reports as they lie there, not yet looked at; all I/O of this
//!   crate is there.
//! * [`Options`] and [`Manifest`] are what the person says about the reports.
//! * [`Error`] is one input, or one item of it, that could not be read; the others go on.
//!
//! ```
//! use griot_ingest::{Options, Reader};
//! use griot_types::BlockKind;
//!
//! let reader = Reader::new(Options::default());
//! let report = b"Army takes Kidal\n\nBAMAKO, 3 May 2023 (Wire) - The army said it had taken Kidal.";
//! let document = reader.read_bytes("report.txt", report.to_vec()).remove(0)?;
//! assert_eq!(document.title.as_deref(), Some("Army takes Kidal"));
//! assert_eq!(document.date, Some(jiff::civil::date(2023, 5, 3)));
//! let body = document.blocks.iter().find(|block| block.kind == BlockKind::Paragraph).unwrap();
//! assert_eq!(body.span.of(&document.text), "The army said it had taken Kidal.");
//! # Ok::<(), griot_ingest::Error>(())
//! ```
//!
//! The way through: [`Items`] unpacks, tells the format and cuts files that hold many reports into items; the format makes text and its pieces;
//! `label` makes them blocks; `finish` settles the date and asks the language gate. A new format is one file in `format/`.
//!
//! **Date of publication.** The first that is given by: the manifest; the source itself (a JSONL key, a page's tags, a line such as
//! 'Published 3 May 2023'); a dateline with a year; [`Options::date`]; the file's name. A date that no calendar has, or whose order of day and
//! month cannot be told, is a note in a source and an error in a manifest.

mod charset;
mod dateline;
mod dates;
mod error;
mod finish;
mod format;
mod forms;
mod gate;
mod item;
mod items;
mod label;
mod layout;
mod manifest;
mod packed;
mod reader;

pub use error::{Error, ErrorKind};
pub use format::jsonl::Fields;
pub use item::{Item, Origin, Place};
pub use items::{Items, size};
pub use manifest::{Manifest, Row};
pub use reader::{Documents, Limits, Options, Reader, read_bytes};

/// Bytes to text: by their byte-order mark, as UTF-8, in the charset that is `declared`, else in the one that they look like.
///
/// # Errors
/// They are no text, or in a charset that cannot be told.
pub fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<String, ErrorKind> {
    charset::decode(bytes, declared).map(|decoded| decoded.text)
}
