//! Compiles the frames: `codebook/frames/*.toml` → `models/codebook.bin`.

use anyhow::{Context, Result};
use griot_coder::Codebook;
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
