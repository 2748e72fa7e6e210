//! Measures a model on the development splits.

use super::corpus::{self, Sentence};
use anyhow::{Context, Result};
use griot_language::Language;
use griot_types::{Block, BlockKind, Document, Name, Span};
use std::{collections::HashSet, fs, path::Path};

/// Prints a table of scores.
pub fn score(data: &Path, model: &Path) -> Result<()> {
    let bytes = fs::read(model).with_context(|| format!("reading {}", model.display()))?;
    let language = Language::from_bytes(&bytes)?;
    let folder = data.join("language");
    println!("model {} ({:.1} MB)\n", language.id(), bytes.len() as f64 / 1e6);
    println!("| dev | UAS | LAS | UPOS | XPOS | feats | lemma | tokens F1 | sentences F1 |\n|---|---|---|---|---|---|---|---|---|");
    for name in ["ud-ewt", "ud-gum"] {
        let gold = corpus::treebank(&folder.join(name).join("dev.conllu"), true)?;
        let given = given(&language, &gold);
        let (tokens, sentences) = raw(&language, &gold)?;
        println!("| {name} | {given} | {tokens:.2} | {sentences:.2} |");
    }
    println!("\n| names | precision | recall | F1 |\n|---|---|---|---|");
    for (name, path, form, tag, kinds) in [
        ("UNER EWT dev", "ner-uner-ewt/dev.iob2", 1, 2, corpus::conll as fn(&str) -> _),
        ("CrossNER politics dev", "ner-crossner/politics/dev.txt", 0, 1, corpus::crossner),
        ("WNUT17 dev", "ner-wnut17/dev.conll", 0, 1, corpus::wnut),
    ] {
        let gold = corpus::names(&folder.join(path), form, tag, kinds)?;
        println!("| {name} | {} |", names(&language, &gold));
    }
    let gum = corpus::treebank(&folder.join("ud-gum/dev.conllu"), true)?;
    println!("| GUM dev (our extraction) | {} |", names(&language, &gum));
    if language.id() != Language::shipped().id() {
        println!("(the program carries another model: {})", Language::shipped().id());
    }
    Ok(())
}

/// Forms joined as their source has them, and their spans.
fn text_of(sentence: &Sentence) -> (String, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for (form, &space) in sentence.forms.iter().zip(&sentence.spaces) {
        let start = text.len() as u32;
        text.push_str(form);
        spans.push(Span::new(start, text.len() as u32));
        if space {
            text.push(' ');
        }
    }
    (text, spans)
}

/// Scores with gold tokens, as cells of the table.
fn given(language: &Language, gold: &[Sentence]) -> String {
    let mut right = [0u32; 6];
    let mut all = 0;
    for sentence in gold {
        let Some(tree) = &sentence.tree else { continue };
        let (text, spans) = text_of(sentence);
        let read = language.parse_tokens(&text, &[spans]);
        for (at, token) in read[0].tokens.iter().enumerate() {
            let head = token.head == tree.gold.heads[at];
            let hits = [
                head,
                head && token.deprel.base() == tree.gold.labels[at].base(),
                token.upos == tree.upos[at],
                token.xpos == tree.xpos[at],
                token.feats == tree.feats[at],
                token.lemma == tree.lemmas[at],
            ];
            for (right, hit) in right.iter_mut().zip(hits) {
                *right += u32::from(hit);
            }
            all += 1;
        }
    }
    right.map(|r| format!("{:.2}", 100.0 * f64::from(r) / f64::from(all))).join(" | ")
}

/// F1 of tokens and of sentences from raw paragraphs.
fn raw(language: &Language, gold: &[Sentence]) -> Result<(f64, f64)> {
    let (mut tokens, mut sentences) = (Counts::default(), Counts::default());
    for (text, spans, ends) in super::tables::paragraphs(gold) {
        let read = language.read(&document(&text));
        let found: Vec<Span> = read.iter().flat_map(|s| s.tokens.iter().map(|t| t.span)).collect();
        tokens.add(&spans, &found);
        let mut start = 0;
        let mut bounds = Vec::new();
        for end in ends {
            bounds.push(spans[start].cover(spans[end - 1]));
            start = end;
        }
        let found: Vec<Span> = read.iter().map(|s| s.span).collect();
        sentences.add(&bounds, &found);
    }
    Ok((100.0 * tokens.f1(), 100.0 * sentences.f1()))
}

fn document(text: &str) -> Document {
    let span = Span::new(0, text.len() as u32);
    Document { text: text.to_owned(), blocks: vec![Block { span, kind: BlockKind::Paragraph }], ..Document::default() }
}

#[derive(Default)]
struct Counts {
    right: usize,
    gold: usize,
    found: usize,
}

impl Counts {
    fn add<T: Eq + std::hash::Hash + Copy>(&mut self, gold: &[T], found: &[T]) {
        let set: HashSet<T> = gold.iter().copied().collect();
        self.right += found.iter().filter(|f| set.contains(f)).count();
        self.gold += gold.len();
        self.found += found.len();
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// Precision, recall and F1 of names with gold tokens, as cells of the table.
fn names(language: &Language, gold: &[Sentence]) -> String {
    let mut counts = Counts::default();
    for sentence in gold {
        let (text, spans) = text_of(sentence);
        let read = language.parse_tokens(&text, &[spans]);
        let keys = |names: &[Name]| names.iter().map(|n| (n.first, n.end, n.kind)).collect::<Vec<_>>();
        counts.add(&keys(sentence.names.as_deref().unwrap_or_default()), &keys(&read[0].names));
    }
    let share = |of: usize| 100.0 * counts.right as f64 / of.max(1) as f64;
    format!("{:.1} | {:.1} | {:.1}", share(counts.found), share(counts.gold), 100.0 * counts.f1())
}
