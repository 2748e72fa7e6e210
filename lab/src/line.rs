//! The whole straight line in one call: document in, claims out.

use anyhow::Result;
use griot_coder::{Codebook, Coder};
use griot_language::Language;
use griot_types::{Block, BlockKind, Claim, Date, Document, Span, sha256};
use griot_world::World;
use std::path::Path;

/// Everything that reading a report needs.
pub struct Line {
    /// Sentences, trees, names.
    pub language: Language,
    /// Actors, places, times.
    pub world: World,
    /// Frames.
    pub coder: Coder,
}

impl Line {
    /// The shipped models and rules.
    pub fn shipped() -> Result<Line> {
        Ok(Line { language: Language::shipped(), world: World::shipped(), coder: Coder::shipped()? })
    }

    /// The shipped models with the frames as they stand in a folder, so that they can be edited and tried without a build.
    pub fn with_frames(folder: &Path) -> Result<Line> {
        let book = Codebook::compile(&crate::codebook::sources(folder)?)?;
        Ok(Line { language: Language::shipped(), world: World::shipped(), coder: Coder::new(book) })
    }

    /// What a report says.
    pub fn read(&self, document: &Document) -> Vec<Claim> {
        let sentences = self.language.read(document);
        let reading = self.world.read(document, &sentences);
        self.coder.code(document, &sentences, &reading)
    }
}

/// A document of running text, its paragraphs set apart by empty lines.
pub fn document(text: &str, date: Option<Date>) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive("\n\n") {
        let trimmed = paragraph.trim_end();
        if !trimmed.trim().is_empty() {
            let lead = trimmed.len() - trimmed.trim_start().len();
            let span = Span::new((start + lead) as u32, (start + trimmed.len()) as u32);
            blocks.push(Block { span, kind: BlockKind::Paragraph });
        }
        start += paragraph.len();
    }
    Document { id: sha256(text.as_bytes()), name: "case".into(), text: text.to_owned(), date, blocks, ..Document::default() }
}
