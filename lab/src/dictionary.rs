//! Compiles the dictionaries: `codebook/dictionaries/**/*.toml` → `models/dictionary.bin`, and counts what they hold.

use anyhow::{Context, Result};
use griot_world::dictionary::source::{self, Sources};
use std::{collections::BTreeMap, fs, path::Path};

/// Reads all TOML files under `folder` in the order of their paths, checks them, writes the compiled form to `out` and prints the counts.
pub fn compile(folder: &Path, out: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    files.sort();
    let bytes = griot_world::compile(&files)?;
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    print!("{}", counts(&files)?);
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

/// Rows of one kind, one file or one source: how many are from a table of the data and how many from memory.
#[derive(Default)]
struct Count {
    checked: usize,
    memory: usize,
}

impl Count {
    fn add(&mut self, source: &str) {
        *(if source == "memory" { &mut self.memory } else { &mut self.checked }) += 1;
    }

    fn line(&self, name: &str) -> String {
        format!("  {name:<28}{:>6}{:>9}{:>9}\n", self.checked + self.memory, self.checked, self.memory)
    }
}

/// Named actors by kind, by file and by source, the persons by source, and all names.
fn counts(files: &[(String, String)]) -> Result<String> {
    let mut all = Sources::default();
    let mut by_file = BTreeMap::<&str, Count>::new();
    for (name, text) in files {
        let of_file = source::parse(name, text)?;
        let sources = of_file.actor.iter().map(|a| &a.source).chain(of_file.holder.iter().map(|h| &h.source));
        for source in sources.chain(of_file.figure.iter().map(|f| &f.source)) {
            by_file.entry(name.trim_end_matches(".toml")).or_default().add(source);
        }
        all.append(of_file);
    }
    let (mut by_kind, mut by_source) = (BTreeMap::<&str, Count>::new(), BTreeMap::<&str, usize>::new());
    for actor in &all.actor {
        by_kind.entry(&actor.kind).or_default().add(&actor.source);
        *by_source.entry(&actor.source).or_default() += 1;
    }
    let mut persons = BTreeMap::<&str, Count>::new();
    all.holder.iter().for_each(|h| persons.entry("terms of office").or_default().add(&h.source));
    all.figure.iter().for_each(|f| persons.entry("leaders and spokesmen").or_default().add(&f.source));
    let mut text = String::new();
    for (title, rows) in [("actors by kind", &by_kind), ("persons", &persons), ("rows by file", &by_file)] {
        text += &format!("{title:<30}{:>6}{:>9}{:>9}\n", "all", "checked", "memory");
        rows.iter().for_each(|(name, count)| text += &count.line(name));
    }
    text += "actors by source\n";
    by_source.iter().for_each(|(source, count)| text += &format!("  {source:<28}{count:>6}\n"));
    let names: usize = all.actor.iter().map(|a| 1 + a.aliases.len() + a.short.len()).sum();
    let linked = all.actor.iter().filter(|a| a.ucdp.is_some()).count();
    let relations: usize = all.actor.iter().map(|a| a.relations.len()).sum();
    text += &format!("{} actors and {} states; the actors bear {names} names, {relations} relations, ", all.actor.len(), all.country.len());
    text += &format!("{linked} with a UCDP number\n");
    Ok(text)
}
