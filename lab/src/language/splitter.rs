//! Trains the sentence splitter: logistic regression on the places of the treebanks' paragraphs where a sentence may end.

use super::{corpus::Sentence, random::Random, tables::paragraphs};
use griot_language::segmenter::{FEATURES, Features, WEIGHTS, candidate};
use griot_types::Span;
use std::collections::BTreeSet;

const ROUNDS: usize = 12;

/// A place where a sentence may end: its features, and whether it does.
type Example = ([u32; FEATURES], bool);

/// The weights, in 1/256.
pub fn train(sentences: &[Sentence]) -> Vec<i16> {
    let mut examples = examples(sentences);
    let mut weights = vec![0.0f32; WEIGHTS];
    let mut random = Random::new(3);
    for round in 0..ROUNDS {
        let rate = 0.1 * (1.0 - round as f32 / ROUNDS as f32);
        random.shuffle(&mut examples);
        for (rows, ends) in &examples {
            let sum: f32 = rows.iter().map(|&row| weights[row as usize]).sum();
            let error = f32::from(u8::from(*ends)) - 1.0 / (1.0 + (-sum).exp());
            for &row in rows {
                let w = &mut weights[row as usize];
                *w += rate * (error - 0.001 * *w);
            }
        }
    }
    weights.iter().map(|&w| (w * 256.0).round().clamp(-32767.0, 32767.0) as i16).collect()
}

/// Every place of the treebanks, and some where an abbreviation ends the sentence, which is rare there: what follows must tell then.
fn examples(sentences: &[Sentence]) -> Vec<Example> {
    let last = closing_abbreviations(sentences);
    let mut random = Random::new(4);
    let pick = |random: &mut Random| last[(random.next() % last.len() as u64) as usize].as_str();
    let mut examples = Vec::new();
    let mut features = Features::default();
    for (text, tokens, ends) in paragraphs(sentences) {
        for at in 1..tokens.len() {
            let Some(stop) = candidate(&text, &tokens, at) else { continue };
            let is_end = ends.contains(&at);
            examples.push((features.rows(&text, &tokens, stop, at), is_end));
            let word = |at: usize| tokens.get(at).map_or("", |t| t.of(&text));
            if is_end && stop + 1 == at && stop > 0 && tokens[stop].of(&text) == "." && random.chance(0.03) {
                let (text, tokens) = line(&[word(stop - 1), pick(&mut random), word(at), word(at + 1)]);
                examples.push((features.rows(&text, &tokens, 1, 2), true));
            }
        }
        // 'the U.N. Security Council': an abbreviation between an article and a name ends nothing.
        for at in 1..tokens.len() {
            let word = |at: usize| tokens.get(at).map_or("", |t| t.of(&text));
            if word(at - 1).eq_ignore_ascii_case("the") && word(at).starts_with(char::is_uppercase) && random.chance(0.3) {
                let (text, tokens) = line(&["the", pick(&mut random), word(at), word(at + 1)]);
                examples.push((features.rows(&text, &tokens, 1, 2), false));
            }
        }
    }
    examples
}

/// Abbreviations that the treebanks have at the end of a sentence.
fn closing_abbreviations(sentences: &[Sentence]) -> Vec<String> {
    let lasts = sentences.iter().filter(|s| s.tree.is_some()).filter_map(|s| s.forms.last());
    let mut found: BTreeSet<String> = lasts.filter(|form| form.ends_with('.') && form.contains(char::is_alphabetic)).cloned().collect();
    found.extend(["p.m.", "a.m.", "U.N.", "U.S."].map(str::to_owned));
    found.into_iter().collect()
}

/// Words with spaces between them, and their spans.
fn line(words: &[&str]) -> (String, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for word in words.iter().filter(|word| !word.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len() as u32;
        text.push_str(word);
        spans.push(Span::new(start, text.len() as u32));
    }
    (text, spans)
}
