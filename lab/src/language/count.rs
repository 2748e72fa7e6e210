//! What of a model is counted on what people annotated, and how it comes into the file: lemmas, the tokenizer's words, the sentence splitter.

use super::{
    corpus::Sentence,
    plain::files,
    splitter,
    tables::{self, Bases, Lemmas},
    train::load,
};
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
    /// `codebook` is the folder of frames, whose verbs and nouns the lemmatizer knows too.
    pub fn of(sentences: &[Sentence], codebook: &Path) -> Result<Counted> {
        let lemmas = tables::lemmas(sentences, &bases(codebook)?);
        let (keys, values) = build(&lemmas.entries);
        let segment = splitter::train(sentences, Table { keys: &keys, values: &values });
        Ok(Counted { tokens: tables::tokens(sentences), segment, lemmas })
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

/// The verbs and nouns that the frames name.
fn bases(folder: &Path) -> Result<Bases> {
    let mut bases = Bases::default();
    for path in files(folder, "toml")? {
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let table: toml::Table = text.parse().with_context(|| format!("reading {}", path.display()))?;
        let frames = table.get("frame").and_then(toml::Value::as_array).into_iter().flatten();
        for frame in frames {
            let words = |key: &str| frame.get(key).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str);
            let plain = |word: &&str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
            // 'hit out at' is a form of 'hit', 'truck bomb' one of 'bomb'.
            bases.verbs.extend(words("verbs").filter_map(|verb| verb.split(' ').next()).filter(plain).map(str::to_owned));
            bases.nouns.extend(words("nouns").filter_map(|noun| noun.rsplit(' ').next()).filter(plain).map(str::to_owned));
        }
    }
    Ok(bases)
}

/// Replaces the counted parts of the model at `path`; the net stays as it is.
pub fn count(data: &Path, codebook: &Path, path: &Path) -> Result<()> {
    let old = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let sections = Sections::open(&old)?;
    let mut writer = Writer::of(&sections);
    Counted::of(&load(data)?, codebook)?.write(&mut writer);
    fs::write(path, writer.finish(sections.id())).with_context(|| format!("writing {}", path.display()))
}
