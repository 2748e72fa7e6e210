//! Sentences written for the teacher, and what it says of them: CoNLL-U with names in the last column (`Name=B-Person`, `Name=I-Person`).
//!
//! `Name=?` stands at a word of which it is not known what name it is in; a sentence without a tree has `_` for it.

use super::{
    corpus::{self, Sentence, Tree},
    train,
};
use anyhow::{Context, Result, bail};
use griot_types::{NameKind, ROOT};
use std::{fmt::Write, fs, path::Path};

/// Writes all sentences of the treebanks and name corpora that the model is trained on.
pub fn export(data: &Path, out: &Path) -> Result<()> {
    let mut text = String::new();
    for sentence in train::load(data)? {
        write(&mut text, &sentence);
    }
    fs::write(out, text).with_context(|| format!("writing {}", out.display()))
}

/// Arcs less sure than this on the mean make a tree that teaches more wrong than right.
const SURE: f32 = 0.8;

/// Adds what the teacher says. Sentences that are among the first `known`, exported in the same order, get what they lack, trees or names;
/// others are new.
pub fn take(sentences: &mut Vec<Sentence>, known: usize, path: &Path) -> Result<()> {
    let mut labelled = corpus::treebank(path, false)?;
    corpus::marked_names(&mut labelled);
    let exported = labelled.first().is_some_and(|first| sentences.first().is_some_and(|own| own.forms == first.forms));
    if exported && labelled.len() != known {
        bail!("{}: {} sentences, but {known} are exported: export and label them anew", path.display(), labelled.len());
    }
    if !exported {
        labelled.retain(|s| s.taught.is_some_and(|sure| sure >= SURE));
        sentences.extend(labelled);
        return Ok(());
    }
    for (own, labelled) in sentences.iter_mut().zip(labelled) {
        if own.forms != labelled.forms {
            bail!("{}: other sentences than those of the data: export and label them anew", path.display());
        }
        if own.names.is_none() || !own.known.is_empty() {
            (own.names, own.known) = (labelled.names, labelled.known);
        }
        if own.tree.is_none() && labelled.taught.is_some_and(|sure| sure >= SURE) {
            (own.tree, own.taught) = (labelled.tree, labelled.taught);
        }
    }
    Ok(())
}

/// Writes one sentence and the empty line behind it.
fn write(out: &mut String, sentence: &Sentence) {
    let marks = marks(sentence);
    for (at, form) in sentence.forms.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(out, "{}\t{form}\t", at + 1);
        match &sentence.tree {
            Some(tree) => write_tree(out, tree, at),
            None => out.push_str("_\t_\t_\t_\t_\t_\t_"),
        }
        let space = sentence.spaces.get(at).is_none_or(|space| *space);
        let misc: Vec<&str> =
            [marks[at].as_str(), if space { "" } else { "SpaceAfter=No" }].into_iter().filter(|m| !m.is_empty()).collect();
        let _ = writeln!(out, "\t{}", if misc.is_empty() { "_".to_owned() } else { misc.join("|") });
    }
    out.push('\n');
}

fn write_tree(out: &mut String, tree: &Tree, at: usize) {
    let feats = if tree.feats[at].is_empty() { "_" } else { tree.feats[at].as_str() };
    let head = if tree.gold.heads[at] == ROOT { 0 } else { tree.gold.heads[at] + 1 };
    let (lemma, upos, xpos, label) = (&tree.lemmas[at], tree.upos[at], tree.xpos[at], tree.gold.labels[at]);
    let _ = write!(out, "{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{label}\t_");
}

/// What is said of each word's name.
fn marks(sentence: &Sentence) -> Vec<String> {
    let Some(names) = &sentence.names else { return vec!["Name=?".to_owned(); sentence.forms.len()] };
    let mut marks = vec![String::new(); sentence.forms.len()];
    for (mark, _) in marks.iter_mut().zip(&sentence.known).filter(|(_, known)| !**known) {
        "Name=?".clone_into(mark);
    }
    for name in names {
        let kind = match name.kind {
            NameKind::Person => "Person",
            NameKind::Place => "Place",
            NameKind::Organisation => "Organisation",
        };
        for at in name.first..name.end {
            marks[at as usize] = format!("Name={}-{kind}", if at == name.first { "B" } else { "I" });
        }
    }
    marks
}
