//! DOCX: the paragraphs of a word processor's file, in order, with what their styles say of them.

use crate::finish::Draft;
use crate::label::Meta;
use crate::layout::{Hint, Piece};
use crate::{ErrorKind, label};
use griot_types::sha256;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// The part that holds the text.
const BODY: &str = "word/document.xml";
/// The part that holds the title.
const CORE: &str = "docProps/core.xml";
/// Elements that lie deeper in each other come from no word processor.
const DEEPEST: usize = 256;

/// Reads a file's bytes; a part that unpacks to more than `limit` bytes is refused.
pub fn read(name: &str, bytes: Vec<u8>, limit: u64) -> Result<Draft, ErrorKind> {
    let id = sha256(&bytes);
    // Files with a password are packed in the older form.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(ErrorKind::Locked);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let body = part(&mut archive, BODY, limit)?.ok_or_else(|| ErrorKind::Damaged(format!("it has no part {BODY}")))?;
    let title = part(&mut archive, CORE, limit).ok().flatten().and_then(|core| title(&core));
    let mut text = String::new();
    let mut pieces = Vec::new();
    paragraphs(&body, &mut text, &mut pieces)?;
    let mut labelled = label::label(&text, &pieces);
    labelled.meta = labelled.meta.or(Meta { title, ..Meta::default() });
    Ok(Draft { name: name.to_owned(), file: name.to_owned(), id, text, labelled, notes: Vec::new() })
}

fn damaged(error: &ZipError) -> ErrorKind {
    ErrorKind::Damaged(format!("DOCX: {error}"))
}

fn part(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str, limit: u64) -> Result<Option<String>, ErrorKind> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(damaged(&error)),
    };
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| ErrorKind::Damaged(format!("DOCX: {error}")))?;
    if bytes.len() as u64 > limit {
        return Err(ErrorKind::TooLarge { limit });
    }
    String::from_utf8(bytes).map(Some).map_err(|_| ErrorKind::NotUtf8)
}

/// Paragraphs as pieces, a blank line between each two.
fn paragraphs(xml: &str, text: &mut String, pieces: &mut Vec<Piece>) -> Result<(), ErrorKind> {
    let mut reader = Reader::from_str(xml);
    let (mut hint, mut words, mut inside, mut depth) = (Hint::None, String::new(), false, 0usize);
    loop {
        let event = reader.read_event().map_err(|error| ErrorKind::Damaged(format!("DOCX: {error}")))?;
        match &event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(ErrorKind::TooDeep { limit: DEEPEST });
                }
                match tag.local_name().as_ref() {
                    // A paragraph may hold a box with paragraphs of its own; what was gathered is one all the same.
                    "p" => finish(text, pieces, &mut words, &mut hint),
                    "t" => inside = true,
                    _ => {}
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match tag.local_name().as_ref() {
                    "p" => finish(text, pieces, &mut words, &mut hint),
                    "t" => inside = false,
                    _ => {}
                }
            }
            Event::Empty(tag) => empty(tag, &mut words, &mut hint),
            Event::Text(chunk) if inside => words.push_str(&chunk.xml10_content()),
            Event::CData(chunk) if inside => words.push_str(&chunk.xml10_content()),
            Event::GeneralRef(name) if inside => words.push_str(&reference(name)),
            Event::Eof if depth > 0 => return Err(ErrorKind::Damaged("DOCX: its text breaks off".to_owned())),
            Event::Eof => {
                finish(text, pieces, &mut words, &mut hint);
                return Ok(());
            }
            _ => {}
        }
    }
}

/// A sign that is written as a name or number.
fn reference(name: &quick_xml::events::BytesRef) -> String {
    if let Ok(Some(sign)) = name.resolve_char_ref() {
        return sign.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(name).unwrap_or("").to_owned()
}

/// Elements without content: breaks, tabs, and what a paragraph is.
fn empty(tag: &BytesStart, words: &mut String, hint: &mut Hint) {
    match tag.local_name().as_ref() {
        "tab" | "br" | "cr" => words.push(' '),
        "noBreakHyphen" => words.push('-'),
        "numId" if *hint == Hint::None => *hint = Hint::Item,
        "pStyle" => {
            let style = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "val");
            let style = style.map_or(String::new(), |style| style.value.to_ascii_lowercase());
            *hint = match style.as_str() {
                "title" => Hint::Headline,
                style if style.starts_with("heading") => Hint::Heading,
                style if style.starts_with("list") => Hint::Item,
                _ => *hint,
            };
        }
        _ => {}
    }
}

fn finish(text: &mut String, pieces: &mut Vec<Piece>, words: &mut String, hint: &mut Hint) {
    let trimmed = words.trim();
    if !trimmed.is_empty() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(trimmed);
        pieces.push(Piece { at: start..text.len(), hint: *hint, blank_after: true });
    }
    words.clear();
    *hint = Hint::None;
}

/// The title that the file gives itself.
fn title(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut inside, mut words) = (false, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => inside = tag.local_name().as_ref() == "title",
            Event::Text(chunk) if inside => words.push_str(&chunk.xml10_content()),
            Event::GeneralRef(name) if inside => words.push_str(&reference(&name)),
            Event::End(_) if inside => return Some(words).filter(|words| !words.trim().is_empty()),
            Event::Eof => return None,
            _ => {}
        }
    }
}
