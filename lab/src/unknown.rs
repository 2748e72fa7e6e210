//! Lists the names that a pile of reports mentions and that neither the dictionaries nor the gazetteer know, most frequent first.
//!
//! A name is what the name finder takes for one, or a run of proper nouns. It is known where the reading gave the words an actor with an entry or
//! a place with coordinates, or where an index holds it.

use crate::line::Line;
use anyhow::{Context, Result};
use griot_ingest::Options;
use griot_types::{Document, NameKind, Sentence, Upos};
use griot_world::{SentenceReading, dictionary::fold};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A name that is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// As it stood first.
    pub name: String,
    /// What the name finder takes it for; none for a run of proper nouns that it passed over.
    pub kind: Option<NameKind>,
    /// How often it stands in the pile.
    pub count: u32,
    /// In how many reports.
    pub reports: u32,
    /// A few words around its first mention.
    pub context: String,
}

/// Prints the unknown names of files and folders that stand in at least `least` reports; persons only where they are asked for.
///
/// # Errors
/// A file that cannot be opened. What cannot be read in it is passed over.
pub fn print(line: &Line, pile: &[PathBuf], least: u32, persons: bool) -> Result<()> {
    let mut files = Vec::new();
    for path in pile {
        collect(path, &mut files)?;
    }
    files.sort();
    let mut documents = Vec::new();
    for path in &files {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        documents.extend(griot_ingest::read_bytes(&path.to_string_lossy(), bytes, &Options::default()).into_iter().flatten());
    }
    let unknown = unknown(line, &documents);
    println!("{} reports, {} names that nothing knows", documents.len(), unknown.len());
    for name in unknown.iter().filter(|u| u.reports >= least && (persons || u.kind != Some(NameKind::Person))) {
        let kind = name.kind.map_or("-", kind_word);
        println!("{:>5} {:>4} {kind:<13} {}\t{}", name.count, name.reports, name.name, name.context);
    }
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

fn kind_word(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Organisation => "organisation",
        NameKind::Place => "place",
    }
}

/// The unknown names of some reports, those of most reports first.
pub fn unknown(line: &Line, documents: &[Document]) -> Vec<Unknown> {
    let mut names: BTreeMap<String, Unknown> = BTreeMap::new();
    for document in documents {
        let sentences = line.language.read(document);
        let reading = line.world.read(document, &sentences);
        let mut here = BTreeMap::new();
        for (sentence, read) in sentences.iter().zip(&reading.sentences) {
            for (first, end, kind) in spans(sentence) {
                let words = words(&document.text, sentence, first, end);
                if is_known(line, read, words, first, end) {
                    continue;
                }
                let key = fold::fold(words);
                if key.len() < 2 {
                    continue;
                }
                *here.entry(key.clone()).or_insert(0u32) += 1;
                names.entry(key).or_insert_with(|| Unknown {
                    name: words.to_owned(),
                    kind,
                    count: 0,
                    reports: 0,
                    context: around(&document.text, sentence, first, end),
                });
            }
        }
        for (key, count) in here {
            if let Some(name) = names.get_mut(&key) {
                name.count += count;
                name.reports += 1;
            }
        }
    }
    let mut list: Vec<Unknown> = names.into_values().collect();
    list.sort_by(|a, b| (b.reports, b.count, &a.name).cmp(&(a.reports, a.count, &b.name)));
    list
}

/// Names of the name finder, and runs of proper nouns that touch none of them.
fn spans(sentence: &Sentence) -> Vec<(usize, usize, Option<NameKind>)> {
    let mut spans: Vec<_> = sentence.names.iter().map(|n| (n.first as usize, n.end as usize, Some(n.kind))).collect();
    let covered = |t: usize| sentence.names.iter().any(|n| (n.first as usize..n.end as usize).contains(&t));
    let mut first = 0;
    while first < sentence.tokens.len() {
        let is_proper = |t: usize| sentence.tokens.get(t).is_some_and(|k| k.upos == Upos::Propn) && !covered(t);
        let end = (first..).take_while(|t| is_proper(*t)).last().map_or(first, |t| t + 1);
        if end > first {
            spans.push((first, end, None));
        }
        first = end.max(first + 1);
    }
    spans
}

/// Whether the reading or an index has the name, or all of it but its first or last word, which may be a title.
fn is_known(line: &Line, read: &SentenceReading, words: &str, first: usize, end: usize) -> bool {
    let touches = |core: (usize, usize)| core.0 < end && first < core.1;
    let actor = read.mentions.iter().any(|m| m.named && touches(m.core) && (m.actor.id.is_some() || m.actor.country.is_some()));
    let place = read.places.iter().any(|p| touches((p.first, p.end)) && p.place.latitude.is_some());
    let time = read.times.iter().any(|t| touches((t.first, t.end)));
    // 'President', 'Gov.': titles and common nouns in capitals name nobody.
    let title = || line.world.dictionary().lexicon().word(words.trim_end_matches('.')).is_some();
    let index = || !line.world.dictionary().names().get(&fold::fold(words)).is_empty() || line.world.gazetteer().knows(words);
    actor || place || time || read.peoples.iter().any(|(t, _)| (first..end).contains(t)) || index() || title()
}

fn words<'a>(text: &'a str, sentence: &Sentence, first: usize, end: usize) -> &'a str {
    let (start, stop) = (sentence.tokens[first].span.start as usize, sentence.tokens[end - 1].span.end as usize);
    text.get(start..stop).unwrap_or_default()
}

/// Up to five words on either side, on one line.
fn around(text: &str, sentence: &Sentence, first: usize, end: usize) -> String {
    let words = words(text, sentence, first.saturating_sub(5), sentence.tokens.len().min(end + 5));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
