//! PDF with a text layer: its pages' text, read as plain text whose lines are broken by hand.

use super::plain;
use crate::ErrorKind;
use crate::finish::{Draft, note};
use griot_types::sha256;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a file's bytes; streams in it that unpack to more than `limit` bytes together are refused.
pub fn read(name: &str, bytes: Vec<u8>, limit: u64) -> Result<Draft, ErrorKind> {
    let id = sha256(&bytes);
    check_swelling(&bytes, limit)?;
    // The library fails in more than one way on files that are not what they say they are.
    let pages = catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem_by_pages(&bytes)));
    let pages = match pages {
        Ok(Ok(pages)) => pages,
        Ok(Err(error)) => {
            let cause = error.to_string();
            let locked = bytes.windows(8).any(|window| window == b"/Encrypt");
            return Err(if locked { ErrorKind::Locked } else { ErrorKind::Damaged(format!("PDF: {}", cause.trim())) });
        }
        Err(_) => return Err(ErrorKind::Damaged("PDF: its parts do not hold together".to_owned())),
    };
    let text = join(&pages);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(ErrorKind::NoTextLayer);
    }
    if text.len() as u64 > limit {
        return Err(ErrorKind::TooLarge { limit });
    }
    let mut notes = Vec::new();
    note(&mut notes, "The text comes from a PDF; check quotes against its pages.".to_owned());
    Ok(plain::draft(name, id, text, notes))
}

/// Pages one after the other, without their numbers, and words put together that were parted at a line's end.
fn join(pages: &[String]) -> String {
    let mut text = String::new();
    for page in pages {
        let lines: Vec<&str> = page.lines().map(str::trim).collect();
        let is_number = |line: &str| {
            let inner = line.trim_start_matches("Page ").trim_matches(['-', '–', ' ']);
            !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit())
        };
        let first = lines.iter().position(|line| !line.is_empty());
        let last = lines.iter().rposition(|line| !line.is_empty());
        for (at, line) in lines.iter().enumerate() {
            if (Some(at) == first || Some(at) == last) && is_number(line) {
                continue;
            }
            put(&mut text, line);
        }
        put(&mut text, "");
    }
    text.truncate(text.trim_end().len());
    text
}

/// Adds a line. Blank lines are kept once.
fn put(text: &mut String, line: &str) {
    if line.is_empty() {
        if !text.is_empty() && !text.ends_with("\n\n") {
            text.push('\n');
        }
        return;
    }
    let parted = text.strip_suffix("-\n").is_some_and(|before| before.ends_with(|c: char| c.is_lowercase()));
    if parted && line.starts_with(|c: char| c.is_lowercase()) {
        text.truncate(text.len() - 2);
    }
    text.push_str(line);
    text.push('\n');
}

/// Unpacks all packed streams into nothing, to see what they come to: the library would hold them.
fn check_swelling(bytes: &[u8], limit: u64) -> Result<(), ErrorKind> {
    const STREAM: &[u8] = b"stream";
    let (mut at, mut all) = (0, 0u64);
    while let Some(found) = bytes[at..].windows(STREAM.len()).position(|window| window == STREAM) {
        at += found + STREAM.len();
        let rest = &bytes[at..];
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let Some(packed) = rest.strip_prefix(b"\n") else { continue };
        if packed.first().is_some_and(|first| first & 0x0f == 8) {
            let mut decoder = flate2::read::ZlibDecoder::new(packed).take(limit + 1 - all.min(limit));
            let _ = io::copy(&mut decoder, &mut Counting(&mut all));
            if all > limit {
                return Err(ErrorKind::TooLarge { limit });
            }
        }
    }
    Ok(())
}

/// Counts what is written and forgets it.
struct Counting<'c>(&'c mut u64);

impl io::Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
