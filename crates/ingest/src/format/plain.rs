//! Plain text: the decoded file unchanged.

use super::LARGEST;
use crate::finish::{Draft, note};
use crate::{ErrorKind, charset, label, layout};
use griot_types::{Note, sha256};

/// Reads a file's bytes; `sent` is the charset that came with them.
pub fn read(name: &str, bytes: Vec<u8>, sent: Option<&str>) -> Result<Draft, ErrorKind> {
    let id = sha256(&bytes);
    let decoded = charset::decode(bytes, sent)?;
    // Some charsets take up to three times the room in UTF-8.
    if decoded.text.len() as u64 > LARGEST {
        return Err(ErrorKind::TooLarge { limit: LARGEST });
    }
    let mut notes = decoded_notes(&decoded);
    if mixed_line_ends(&decoded.text) {
        note(&mut notes, "The text has line ends of several kinds.".to_owned());
    }
    Ok(draft(name, id, decoded.text, notes))
}

/// Finds the blocks of a text that is plain, wherever it was found.
pub fn draft(name: &str, id: String, text: String, notes: Vec<Note>) -> Draft {
    let labelled = label::label(&text, &layout::pieces(&text));
    Draft { name: name.to_owned(), file: name.to_owned(), id, text, labelled, notes }
}

/// What to know about how bytes became text.
pub fn decoded_notes(decoded: &charset::Decoded) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some(charset) = decoded.guessed {
        note(&mut notes, format!("The file is not UTF-8 and names no charset; it was read as {charset}."));
    }
    match decoded.replaced {
        0 => {}
        1 => note(&mut notes, "One character could not be read and was replaced by U+FFFD.".to_owned()),
        count => note(&mut notes, format!("{count} characters could not be read and were replaced by U+FFFD.")),
    }
    notes
}

fn mixed_line_ends(text: &str) -> bool {
    let pairs = text.matches("\r\n").count();
    let returns = text.matches('\r').count() - pairs;
    let feeds = text.matches('\n').count() - pairs;
    [pairs, returns, feeds].iter().filter(|&&count| count > 0).count() > 1
}
