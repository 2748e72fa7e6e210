//! Compiles the dictionaries: `codebook/dictionaries/**/*.toml` → `models/dictionary.bin`.

use anyhow::{Context, Result};
use std::{fs, path::Path};

/// Reads all TOML files under `folder` in the order of their paths, checks them and writes the compiled form to `out`.
pub fn compile(folder: &Path, out: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    files.sort();
    let bytes = griot_world::compile(&files)?;
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{} files, {} bytes", files.len(), bytes.len());
    Ok(())
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?));
        }
    }
    Ok(())
}
