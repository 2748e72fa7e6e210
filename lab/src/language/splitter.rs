//! Trains the sentence splitter: logistic regression on the places of the treebanks' paragraphs where a sentence may end.
//!
//! News has borders that the treebanks hardly have, so some are made from their words: abbreviations before names, numbers and ends;
//! questions and shouts that a verb of saying follows; bullets between sentences.

use super::{
    abbreviations::{self, Stands},
    corpus::Sentence,
    random::Random,
    tables::paragraphs,
};
use griot_language::{
    hash::Table,
    segmenter::{FEATURES, Features, Place, WEIGHTS, candidate, is_quote},
};
use griot_types::Span;
use std::collections::BTreeSet;

const ROUNDS: usize = 12;
/// The share of places at which no word is known, as in text that the treebanks do not have.
const UNKNOWN: f32 = 0.15;

/// A place where a sentence may end: its features, and whether it does.
type Example = ([u32; FEATURES], bool);

/// The weights, in 1/256. `words` are the lemmatizer's.
pub fn train(sentences: &[Sentence], words: Table) -> Vec<i16> {
    let mut examples = Examples::of(sentences, words);
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

/// Collects examples.
struct Examples<'m> {
    known: Features<'m>,
    unknown: Features<'m>,
    random: Random,
    /// Abbreviations by where they stand, with capitals.
    names: Vec<String>,
    inside: Vec<String>,
    numbers: Vec<String>,
    anywhere: Vec<String>,
    /// Those at the end of the treebanks' sentences.
    closing: Vec<String>,
    out: Vec<Example>,
}

/// A word, and whether a space stands before it.
type Piece<'t> = (&'t str, bool);

impl Examples<'_> {
    fn of(sentences: &[Sentence], words: Table) -> Vec<Example> {
        let list = abbreviations::all();
        let stand = |kinds: &[Stands]| -> Vec<String> {
            list.iter()
                .filter(|(stands, _)| kinds.contains(stands))
                .flat_map(|(_, word)| [format!("{word}."), format!("{}.", title(word))])
                .collect()
        };
        let mut examples = Examples {
            known: Features::new(words),
            unknown: Features::new(Table::EMPTY),
            random: Random::new(4),
            names: stand(&[Stands::BeforeName]).into_iter().filter(|word| word.starts_with(char::is_uppercase)).collect(),
            inside: stand(&[Stands::Inside]),
            numbers: stand(&[Stands::BeforeNumber, Stands::Month]),
            anywhere: stand(&[Stands::Anywhere]),
            closing: closing_abbreviations(sentences),
            out: Vec::new(),
        };
        // Name corpora have a space around every mark, which is not how quotations are written.
        let written: Vec<Sentence> = sentences.iter().filter(|s| s.tree.is_some()).cloned().collect();
        for (text, tokens, ends) in paragraphs(&written) {
            examples.paragraph(&text, &tokens, &ends);
        }
        examples.out
    }

    /// Every place of a paragraph, and what is made of its words.
    fn paragraph(&mut self, text: &str, tokens: &[Span], ends: &[usize]) {
        let mut start = 0;
        for at in 1..tokens.len() {
            let is_end = ends.binary_search(&at).is_ok();
            if let Some(place) = candidate(text, tokens, start, at) {
                self.add(text, tokens, place, is_end);
            }
            let around: Vec<&str> = tokens[at.saturating_sub(4)..(at + 6).min(tokens.len())].iter().map(|t| t.of(text)).collect();
            let middle = at - at.saturating_sub(4);
            if is_end {
                self.at_end(&around, middle, tokens[at - 1].len() == 1);
                start = at;
            } else {
                self.inside(&around, middle, at - start);
            }
        }
    }

    /// What could stand where a sentence ends.
    fn at_end(&mut self, words: &[&str], at: usize, plain: bool) {
        let (before, after) = words.split_at(at);
        if before.len() > 2 && is_quote(before[at - 1]) && before[at - 2] == "." {
            let mark = ["?", "!", "?!", "…"][self.random.draw() as usize % 4];
            self.make(&before[..at - 2], &[(mark, false), (before[at - 1], false)], after, true);
        }
        if !plain || before.len() < 3 || before[at - 1] != "." {
            return;
        }
        let before = &before[..at - 1];
        if self.random.chance(0.1) {
            let mark = if self.random.chance(0.5) { self.pick(|s| &s.closing) } else { self.pick(|s| &s.anywhere) };
            self.make(before, &[(&mark, true)], after, true);
        }
        if self.random.chance(0.02) {
            let bullet = ["•", "–", "-", "*", "·", "▪"][self.random.draw() as usize % 6];
            self.make(before, &[(".", false)], &[&[bullet], after].concat(), true);
        }
        if self.random.chance(0.02) {
            // A number begins the next sentence, and its own stop ends nothing.
            let number = ["1", "2", "3", "4", "10", "(a)", "b"][self.random.draw() as usize % 7];
            self.make(before, &[(".", false)], &[&[number, "."], after].concat(), true);
            self.number(number, after);
        }
        if self.random.chance(0.03) && before[at - 2].starts_with(char::is_lowercase) {
            // Pages that were put together by machines lack the space between two paragraphs.
            let mark: &[Piece] = if self.random.chance(0.3) { &[(".", false), ("\"", false)] } else { &[(".", false)] };
            let next = after[0];
            let after = after[1..].iter().map(|&word| (word, true));
            let words = before.iter().map(|&word| (word, true)).chain(mark.iter().copied()).chain([(next, false)]).chain(after);
            let (text, tokens) = line(words);
            self.add(
                &text,
                &tokens,
                Place { start: 0, stop: before.len(), at: before.len() + mark.len() },
                next.starts_with(char::is_uppercase),
            );
        }
        if self.random.chance(0.03) {
            let mark = ["?", "!", "?", "…"][self.random.draw() as usize % 4];
            self.make(before, &[(mark, false)], after, true);
        }
    }

    /// What could stand in the midst of a sentence, `length` words from its start.
    fn inside(&mut self, words: &[&str], at: usize, length: usize) {
        let (before, after) = words.split_at(at);
        let next = after[0];
        let is_name = next.starts_with(char::is_uppercase) && length > 1 && before[at - 1].starts_with(char::is_alphabetic);
        if is_name && self.random.chance(0.08) {
            let mark = self.pick(|s| &s.names);
            self.make(before, &[(&mark, true)], after, false);
        }
        if is_name && self.random.chance(0.06) {
            let initial = self.initials();
            self.make(before, &[(&initial, true)], after, false);
        }
        if is_name && before[at - 1].eq_ignore_ascii_case("the") && self.random.chance(0.3) {
            // 'the U.N. Security Council': an abbreviation between an article and a name ends nothing.
            let mark = if self.random.chance(0.5) { self.pick(|s| &s.closing) } else { self.pick(|s| &s.anywhere) };
            self.make(before, &[(&mark, true)], after, false);
        }
        if next.starts_with(char::is_alphanumeric) && self.random.chance(0.01) {
            let mark = self.pick(|s| &s.inside);
            self.make(before, &[(&mark, true)], after, false);
        }
        if next.starts_with(|c: char| c.is_ascii_digit()) && self.random.chance(0.2) {
            let mark = self.pick(|s| &s.numbers);
            let day = (self.random.draw() % 31 + 1).to_string();
            let mut after = after.to_vec();
            if self.random.chance(0.5) {
                after[0] = &day;
                after.insert(1, if self.random.chance(0.5) { "." } else { "," });
            }
            self.make(before, &[(&mark, true)], &after, false);
        }
        if next.starts_with(char::is_lowercase) && self.random.chance(0.005) {
            let mark = self.pick(|s| &s.anywhere);
            self.make(before, &[(&mark, true)], after, false);
        }
        // '…," she said' with a mark in the comma's stead.
        if is_quote(before[at - 1]) && at >= 2 && before[at - 2] == "," {
            let mark = ["?", "!", "?!", "…"][self.random.draw() as usize % 4];
            self.make(&before[..at - 2], &[(mark, false), (before[at - 1], false)], after, false);
        }
    }

    /// '1. The parties …' at the start of a block.
    fn number(&mut self, number: &str, after: &[&str]) {
        let (text, tokens) = line([(number, true), (".", false)].into_iter().chain(after.iter().map(|&word| (word, true))));
        self.add(&text, &tokens, Place { start: 0, stop: 1, at: 2 }, false);
    }

    /// Adds the place behind `mark` between `before` and `after`.
    fn make(&mut self, before: &[&str], mark: &[Piece], after: &[&str], is_end: bool) {
        let words = before.iter().map(|&word| (word, true)).chain(mark.iter().copied()).chain(after.iter().map(|&word| (word, true)));
        let (text, tokens) = line(words);
        let place = Place { start: 0, stop: before.len(), at: before.len() + mark.len() };
        if candidate(&text, &tokens, place.start, place.at) == Some(place) {
            self.add(&text, &tokens, place, is_end);
        }
    }

    fn add(&mut self, text: &str, tokens: &[Span], place: Place, is_end: bool) {
        let features = if self.random.chance(UNKNOWN) { &mut self.unknown } else { &mut self.known };
        self.out.push((features.rows(text, tokens, place), is_end));
    }

    fn pick(&mut self, list: impl Fn(&Self) -> &Vec<String>) -> String {
        let at = self.random.draw() as usize % list(self).len();
        list(self)[at].clone()
    }

    /// 'J.', 'J.T.'
    fn initials(&mut self) -> String {
        let count = if self.random.chance(0.25) { 2 } else { 1 };
        (0..count).flat_map(|_| [char::from(b'A' + (self.random.draw() % 26) as u8), '.']).collect()
    }
}

fn title(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// Abbreviations that the treebanks have at the end of a sentence.
fn closing_abbreviations(sentences: &[Sentence]) -> Vec<String> {
    let lasts = sentences.iter().filter(|s| s.tree.is_some()).filter_map(|s| s.forms.last());
    let mut found: BTreeSet<String> = lasts.filter(|form| form.ends_with('.') && form.contains(char::is_alphabetic)).cloned().collect();
    found.extend(["p.m.", "a.m.", "U.N.", "U.S.", "D.C."].map(str::to_owned));
    found.into_iter().collect()
}

/// Words and their spans.
fn line<'t>(words: impl Iterator<Item = Piece<'t>>) -> (String, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for (word, spaced) in words {
        if spaced && !text.is_empty() {
            text.push(' ');
        }
        let start = text.len() as u32;
        text.push_str(word);
        spans.push(Span::new(start, text.len() as u32));
    }
    (text, spans)
}
