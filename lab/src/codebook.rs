//! Compiles the frames, `codebook/frames/*.toml` → `models/codebook.bin`, and writes them for people: `docs/CODEBOOK.md`.

use crate::line::{self, Line};
use anyhow::{Context, Result};
use griot_coder::Codebook;
use griot_coder::codebook::{check, show};
use std::{fs, path::Path};

/// All TOML files of a folder, sorted by name: (name, text).
pub fn sources(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?));
        }
    }
    files.sort();
    Ok(files)
}

/// Checks the frames in `folder` and writes the compiled form to `out`.
pub fn compile(folder: &Path, out: &Path) -> Result<()> {
    let book = Codebook::compile(&sources(folder)?)?;
    let bytes = book.to_bytes();
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{} frames, {} bytes, version {}", book.frames.len(), bytes.len(), book.version);
    Ok(())
}

/// Writes all frames as one page for people.
pub fn write(folder: &Path, out: &Path) -> Result<()> {
    let page = show::page(&Codebook::compile(&sources(folder)?)?);
    fs::write(out, page).with_context(|| format!("cannot write {}", out.display()))
}

/// Whether a frame fires on a sentence that is read as a report of its own.
pub fn fires(line: &Line, name: &str, sentence: &str) -> bool {
    let document = line::document(sentence, None);
    let sentences = line.language.read(&document);
    let reading = line.world.read(&document, &sentences);
    line.coder.frames(&document, &sentences, &reading).contains(&name)
}

/// How many examples there are, and what is to be looked at.
pub fn findings(line: &Line) -> (usize, Vec<(String, check::Finding)>) {
    let book = line.coder.codebook();
    let examples = book.frames.iter().map(|f| f.examples.len()).sum();
    let found = check::check(book, |frame, example| fires(line, &frame.name, example));
    (examples, found.into_iter().map(|(frame, finding)| (frame.name.to_string(), finding)).collect())
}
