//! The formats: one file or folder each. A format turns bytes into drafts and knows nothing of files, manifests and dates.

pub mod docx;
pub mod html;
pub mod http;
pub mod jsonl;
pub mod parquet;
pub mod pdf;
pub mod plain;
pub mod warc;

use crate::ErrorKind;
use crate::packed::Packing;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Plain,
    /// A web page.
    Html,
    /// One JSON object a line.
    Jsonl,
    /// A PDF.
    Pdf,
    /// A word processor's file: Office Open XML.
    Docx,
    /// A web archive.
    Warc,
    /// A table whose rows are reports.
    Parquet,
}

/// How many bytes of an input tell its format.
pub const HEAD: usize = 4096;

/// The most bytes that are read as one report: offsets are 32 bits wide.
pub const LARGEST: u64 = u32::MAX as u64;

/// First bytes of formats that are read.
const MAGIC: [(&[u8], Format); 3] = [(b"%PDF-", Format::Pdf), (b"WARC/", Format::Warc), (b"PAR1", Format::Parquet)];

/// First bytes of formats that are known but not read.
const NOT_READ: [(&[u8], &str, &str); 3] = [
    (b"\xd0\xcf\x11\xe0", "an old word processor's file", SAVE_AS_TEXT),
    (b"{\\rtf", "RTF", SAVE_AS_TEXT),
    (b"\x00\x00\xfe\xff", "UTF-32", "save it as UTF-8"),
];

const UNPACK: &str = "unpack it first";
const SAVE_AS_TEXT: &str = "save the report as plain text or HTML";
const FEED_REMEDY: &str = "give the pages that it links to";

/// Endings of formats that are known but not read, for files whose first bytes do not tell.
const NOT_YET: [(&str, &str, &str); 8] = [
    ("zip", "ZIP", UNPACK),
    ("rss", "RSS", FEED_REMEDY),
    ("atom", "Atom", FEED_REMEDY),
    ("xml", "XML", SAVE_AS_TEXT),
    ("doc", "an old word processor's file", SAVE_AS_TEXT),
    ("odt", "a word processor's file", SAVE_AS_TEXT),
    ("rtf", "RTF", SAVE_AS_TEXT),
    ("epub", "EPUB", SAVE_AS_TEXT),
];

/// Tells the format of an input from its name's ending and its first bytes (up to [`HEAD`] of them).
pub fn tell(name: &str, head: &[u8]) -> Result<Format, ErrorKind> {
    if let Some(&(_, format)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Ok(format);
    }
    if let Some(&(_, format, remedy)) = NOT_READ.iter().find(|(magic, _, _)| head.starts_with(magic)) {
        return Err(ErrorKind::NotYetRead { format, remedy });
    }
    if Packing::tell(head) != Packing::None {
        return Err(ErrorKind::PackedTwice);
    }
    if head.starts_with(b"PK\x03\x04") {
        return zipped(name, head);
    }
    let start = lower_start(head);
    if let Some(format) = feed(&start) {
        return Err(ErrorKind::NotYetRead { format, remedy: FEED_REMEDY });
    }
    let ending = ending(name);
    match ending.as_str() {
        "html" | "htm" | "xhtml" => return Ok(Format::Html),
        "jsonl" | "ndjson" | "json" => return Ok(Format::Jsonl),
        "txt" | "text" | "md" => return Ok(Format::Plain),
        // What these bytes are not is said by the format's own reader.
        "pdf" => return Ok(Format::Pdf),
        "docx" => return Ok(Format::Docx),
        "warc" => return Ok(Format::Warc),
        "parquet" => return Ok(Format::Parquet),
        _ => {}
    }
    if start.contains("<html") || start.contains("<!doctype html") {
        return Ok(Format::Html);
    }
    if let Some((_, format, remedy)) = NOT_YET.iter().find(|(known, _, _)| *known == ending) {
        return Err(ErrorKind::NotYetRead { format, remedy });
    }
    let json = start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
    Ok(if json { Format::Jsonl } else { Format::Plain })
}

/// What a ZIP is: word processors pack their files so, and name the parts.
fn zipped(name: &str, head: &[u8]) -> Result<Format, ErrorKind> {
    let names = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    if ending(name) == "docx" || names(b"word/") || names(b"[Content_Types].xml") && !names(b"xl/") && !names(b"ppt/") {
        return Ok(Format::Docx);
    }
    let known = NOT_YET.iter().find(|(known, _, _)| *known == ending(name));
    let (_, format, remedy) = known.unwrap_or(&NOT_YET[0]);
    Err(ErrorKind::NotYetRead { format, remedy })
}

/// A packed file's name without the ending that says so.
pub fn unpacked_name(name: &str) -> &str {
    [".gz", ".zst", ".GZ", ".ZST"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// Whether a file found in a folder is taken up: a format that is read, or one that would be missed. Pictures, tables and the like are not
/// reports.
pub fn is_wanted(name: &str) -> bool {
    let ending = ending(unpacked_name(name));
    let text = matches!(ending.as_str(), "" | "txt" | "text" | "md" | "html" | "htm" | "xhtml" | "jsonl" | "ndjson" | "json");
    text || matches!(ending.as_str(), "pdf" | "docx" | "warc" | "parquet") || NOT_YET.iter().any(|(known, _, _)| *known == ending)
}

/// What follows the last full stop of a name, in lower case; empty for none.
fn ending(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
}

fn lower_start(head: &[u8]) -> String {
    let start = String::from_utf8_lossy(&head[..head.len().min(HEAD)]);
    start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_ascii_lowercase()
}

fn feed(start: &str) -> Option<&'static str> {
    if !start.starts_with('<') || start.contains("<html") {
        return None;
    }
    let opens = |tag: &str| start.match_indices(tag).any(|(at, _)| start[at + tag.len()..].starts_with([' ', '>', '\n', '\r', '\t']));
    if opens("<rss") || opens("<rdf:rdf") {
        Some("RSS")
    } else if opens("<feed") {
        Some("Atom")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_ending_and_first_bytes() {
        for (name, head, format) in [
            ("a.txt", "{\"text\": 1}", Format::Plain),
            ("a.HTM", "Mali", Format::Html),
            ("a.ndjson", "", Format::Jsonl),
            ("-", " <!DOCTYPE HTML><p>", Format::Html),
            ("-", "<?xml version='1.0'?><html xmlns='x'>", Format::Html),
            ("a.xml", "<?xml version='1.0'?><html xmlns='x'>", Format::Html),
            ("-", "\u{feff}{ \"text\": \"x\"}", Format::Jsonl),
            ("-", "{curly} words", Format::Plain),
            ("a.v2/report", "Mali", Format::Plain),
            ("a", "%PDF-1.7", Format::Pdf),
            ("a", "WARC/1.0\r\n", Format::Warc),
            ("a.parquet", "x", Format::Parquet),
            ("a", "PK\x03\x04....word/document.xml", Format::Docx),
            ("a.docx", "PK\x03\x04", Format::Docx),
        ] {
            assert_eq!(tell(name, head.as_bytes()).ok(), Some(format), "{name} {head}");
        }
    }

    #[test]
    fn what_is_known_and_not_read_is_said() {
        for (name, head, message) in [
            ("a.odt", &b"PK\x03\x04"[..], "is a word processor's file, which is not yet read; save the report as plain text or HTML"),
            ("a", b"PK\x03\x04", "is ZIP, which is not yet read; unpack it first"),
            ("a", b"\x1f\x8b\x08", "is packed twice over; unpack it once"),
            ("a.xml", b"<?xml version='1.0'?>\n<rss version='2.0'>", "is RSS, which is not yet read; give the pages that it links to"),
            ("-", b"<feed xmlns='x'>", "is Atom, which is not yet read; give the pages that it links to"),
            ("a.xml", b"<data>", "is XML, which is not yet read; save the report as plain text or HTML"),
            ("a.rtf", b"{\\rtf1", "is RTF, which is not yet read; save the report as plain text or HTML"),
        ] {
            assert_eq!(tell(name, head).unwrap_err().to_string(), message);
        }
    }
}
