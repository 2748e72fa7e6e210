//! What the tests of this crate share.

use griot_ingest::{Error, Options, Reader};
use griot_types::{BlockKind, Document};
use std::io::Write;

/// A reader whose today does not move.
pub fn reader(options: Options) -> Reader {
    Reader::new(options).with_today(jiff::civil::date(2026, 11, 23))
}

/// What becomes of `bytes` as the only report in `name`.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Error> {
    let mut documents = reader(Options::default()).read_bytes(name, bytes.to_vec());
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// The blocks' kinds and words.
pub fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, block.span.of(&document.text))).collect()
}

/// The notes' texts.
pub fn notes(document: &Document) -> Vec<&str> {
    document.notes.iter().map(|note| note.text.as_str()).collect()
}

/// Bytes as a gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
