//! One report and what its source says about it.

use crate::{Date, Span};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// One report: its text, and the date, publisher and link that its source gives.
///
/// `text` is what all offsets refer to. For plain text it is the decoded file unchanged (byte-order mark dropped, line ends kept);
/// for other formats it is the extracted text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// `sha256:` and the hash of the report's raw bytes.
    pub id: String,
    /// Where it was read from, for messages: a path, a path and an item, or `-`.
    pub name: String,
    /// The report's text.
    pub text: String,
    /// Its headline.
    pub title: Option<String>,
    /// The day of publication, which relative dates count from.
    pub date: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The parts of the text in order, not overlapping. What lies between them is layout.
    pub blocks: Vec<Block>,
    /// Place and date of writing, where the report opens with them.
    pub dateline: Option<Dateline>,
    /// What the reader should know about how this was read.
    pub notes: Vec<Note>,
}

/// A stretch of the text that is read as one unit: no sentence crosses its borders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands. May run over several hard-wrapped lines.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// The report's title inside its text.
    Headline,
    /// A heading between paragraphs.
    Heading,
    /// Place and date of writing; never coded.
    Dateline,
    /// Author, agency, copyright and the like; never coded.
    Byline,
    /// Running text.
    Paragraph,
    /// A bullet or a numbered item, without its mark.
    Item,
}

impl BlockKind {
    /// Whether the block's words say something of the world (and not of the report itself).
    pub fn is_read(self) -> bool {
        !matches!(self, BlockKind::Dateline | BlockKind::Byline)
    }
}

/// 'BAMAKO, 3 May (Wire) -': where and when the report was written, which is not where and when its events happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// All of it, with the agency and the dash.
    pub span: Span,
    /// The place's name.
    pub place: Option<Span>,
    /// The day, completed from the publication date where it names no year.
    pub date: Option<Date>,
}

/// Something said once to the person who runs Griot: a missing date, a replaced character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where in the text, where that makes sense.
    pub span: Option<Span>,
    /// What to know, a whole sentence without the file's name.
    pub text: String,
}

/// `sha256:` and the lower-case hexadecimal hash of `bytes`: how a report is named.
pub fn sha256(bytes: &[u8]) -> String {
    let mut name = String::with_capacity(71);
    name.push_str("sha256:");
    for byte in Sha256::digest(bytes) {
        name.push_str(&format!("{byte:02x}"));
    }
    name
}
