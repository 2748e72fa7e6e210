//! What of a model is counted on what people annotated, and how it comes into the file: lemmas, the tokenizer's words, the sentence splitter.

use super::{corpus::Sentence, splitter, tables, tables::Lemmas, train::load};
use anyhow::{Context, Result};
use griot_language::{
    hash::{Table, build},
    model::{Section, Sections, Writer},
};
use std::{fs, path::Path};

/// The counted parts.
pub struct Counted {
    lemmas: Lemmas,
    tokens: Vec<(u64, u32)>,
    segment: Vec<i16>,
}

impl Counted {
    pub fn of(sentences: &[Sentence]) -> Counted {
        let lemmas = tables::lemmas(sentences);
        let (keys, values) = build(&lemmas.entries);
        let segment = splitter::train(sentences, Table { keys: &keys, values: &values });
        Counted { tokens: tables::tokens(sentences), segment, lemmas }
    }

    pub fn write(&self, writer: &mut Writer) {
        use Section::*;
        let scripts: Vec<String> = self.lemmas.scripts.iter().map(|s| s.line()).collect();
        writer.lines(LemmaScripts, &scripts);
        writer.table(LemmaKeys, LemmaValues, &self.lemmas.entries);
        writer.table(TokenKeys, TokenValues, &self.tokens);
        writer.array(Segment, &self.segment);
    }
}

/// Replaces the counted parts of the model at `path`; the net stays as it is.
pub fn count(data: &Path, path: &Path) -> Result<()> {
    let old = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    // An array of numbers may stand anywhere in the file's bytes, so nothing but bytes is read from it here.
    let sections = Sections::open(&old)?;
    let mut writer = Writer::of(&sections);
    Counted::of(&load(data)?).write(&mut writer);
    fs::write(path, writer.finish(sections.id())).with_context(|| format!("writing {}", path.display()))
}
