//! Web pages: the main text, its blocks, and what the head says of it.
//!
//! The readability library finds the main text. It is given a simplified page ([`simplify`]) and its answer is flattened ([`flatten`]); where it
//! finds nothing, all paragraphs of the page are the text.

mod flatten;
mod meta;
mod scan;
mod simplify;

use super::plain;
use crate::finish::Draft;
use crate::layout::{Hint, Piece};
use crate::{ErrorKind, charset, label};
use dom_smoothie::{Config, Readability};
use flatten::{Flat, flatten};
use griot_types::sha256;

/// The most bytes that are read as one page.
pub const LARGEST: u64 = 64 << 20;

/// Pages with more text and tags than this are flattened as they are: readability's scoring is not linear, and a page of this size is an
/// archive or a table.
const LARGEST_SCORED: usize = 4 << 20;
/// Likewise by elements.
const MOST_SCORED: usize = 50_000;

/// Reads a page's bytes; `sent` is the charset that came with them.
pub fn read(name: &str, bytes: Vec<u8>, sent: Option<&str>) -> Result<Draft, ErrorKind> {
    if bytes.len() as u64 > LARGEST {
        return Err(ErrorKind::TooLarge { limit: LARGEST });
    }
    let id = sha256(&bytes);
    let declared = meta::charset(&bytes[..bytes.len().min(super::HEAD)]);
    let decoded = charset::decode(bytes, sent.or(declared.as_deref()))?;
    let notes = plain::decoded_notes(&decoded);
    let (meta, is_headline) = meta::meta(&decoded.text);
    let mut flat = main_text(&simplify::simplify(&decoded.text)?);
    if let Some(title) = meta.title.as_deref().filter(|_| is_headline) {
        put_headline(&mut flat, title);
    }
    let mut labelled = label::label(&flat.text, &flat.pieces);
    labelled.meta = meta.or(labelled.meta);
    Ok(Draft { name: name.to_owned(), file: name.to_owned(), id, text: flat.text, labelled, notes })
}

/// The page's main text, or all of its paragraphs, or all of its text.
fn main_text(page: &str) -> Flat {
    if page.len() <= LARGEST_SCORED && page.matches('<').count() <= MOST_SCORED * 2 {
        let html = format!("<!DOCTYPE html><html><head><title></title></head><body>{page}</body></html>");
        let config = Config { disable_json_ld: true, max_elements_to_parse: MOST_SCORED, ..Config::default() };
        let article = Readability::new(html, None, Some(config)).and_then(|mut readability| readability.parse());
        if let Ok(article) = article {
            let flat = flatten(&article.content, false);
            if !flat.pieces.is_empty() {
                return flat;
            }
        }
    }
    let paragraphs = flatten(page, true);
    if paragraphs.pieces.is_empty() { flatten(page, false) } else { paragraphs }
}

/// Makes the headline the text's first piece, once.
fn put_headline(flat: &mut Flat, title: &str) {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    // An empty page stays empty: a headline without a report is none.
    let Some(first) = flat.pieces.first_mut() else { return };
    if flat.text[first.at.clone()].eq_ignore_ascii_case(&title) {
        first.hint = Hint::Headline;
        return;
    }
    let shift = title.len() + 2;
    for piece in &mut flat.pieces {
        piece.at = piece.at.start + shift..piece.at.end + shift;
    }
    flat.pieces.insert(0, Piece { at: 0..title.len(), hint: Hint::Headline, blank_after: true });
    flat.text.insert_str(0, &format!("{title}\n\n"));
}
