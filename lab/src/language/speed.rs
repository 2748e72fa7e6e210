//! Times raw text to trees and names on one core.

use anyhow::{Context, Result, bail};
use griot_language::Language;
use griot_types::{Block, BlockKind, Document, Span};
use std::{collections::HashSet, fs, path::Path, time::Instant};

/// Paragraphs of a report.
const REPORT: usize = 12;

/// Reads the lines of a text once, none of them twice, as reports of twelve paragraphs, and prints 'tokens seconds start', the last the
/// seconds that opening the shipped model took.
pub fn time(path: &Path) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut seen = HashSet::new();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty() && seen.insert(*line)).collect();
    let documents: Vec<Document> = lines.chunks(REPORT).map(report).collect();
    let started = Instant::now();
    let language = Language::shipped();
    let start = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let tokens: usize = documents.iter().flat_map(|document| language.read(document)).map(|sentence| sentence.tokens.len()).sum();
    let seconds = started.elapsed().as_secs_f64();
    if tokens == 0 {
        bail!("no text to time");
    }
    println!("{tokens} {seconds:.4} {start:.6}");
    Ok(())
}

fn report(paragraphs: &[&str]) -> Document {
    let mut document = Document::default();
    for paragraph in paragraphs {
        let start = document.text.len() as u32;
        document.text.push_str(paragraph);
        document.blocks.push(Block { span: Span::new(start, document.text.len() as u32), kind: BlockKind::Paragraph });
        document.text.push('\n');
    }
    document
}
