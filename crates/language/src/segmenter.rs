//! The sentence splitter: which full stops end a sentence.
//!
//! Every token that ends in a full stop, question or exclamation mark may end a sentence, with the closing quotes and brackets behind it. A
//! linear model over hashed features of the words around decides (after Gillick 2009, 'Sentence boundary detection and the problem
//! with the U.S.'): what stands before and behind, whether the word behind is written with a small letter elsewhere, whether a
//! quotation closes and a verb of saying follows. An empty line always ends a sentence, and no sentence is longer than [`LONGEST`] tokens.

use crate::{features::shape, hash::Table, hash::hash, lemmatizer::word_key};
use griot_types::{Span, Xpos};
use std::fmt::Write;

/// Longest sentence, in tokens; what is longer is cut.
pub const LONGEST: usize = 256;
/// Number of weights; a power of two.
pub const WEIGHTS: usize = 1 << 16;
/// Number of features of a place that may be a border.
pub const FEATURES: usize = 22;

/// A place where a sentence may end, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first token of the sentence that would end.
    pub start: usize,
    /// The token whose full stop would end it.
    pub stop: usize,
    /// The first token behind.
    pub at: usize,
}

/// Decides where sentences end.
#[derive(Clone, Copy, Debug)]
pub struct Splitter<'m> {
    /// A weight for each feature, in 1/256.
    pub weights: &'m [i16],
    /// The lemmatizer's words, which tell names from words that begin a sentence.
    pub words: Table<'m>,
}

impl Splitter<'_> {
    /// Pushes the end (in tokens, exclusive) of every sentence of `tokens`, all of one block; the last end is their number.
    pub fn split(&self, text: &str, tokens: &[Span], ends: &mut Vec<usize>) {
        let mut start = 0;
        let mut features = Features::new(self.words);
        for at in 1..tokens.len() {
            let ends_here = has_empty_line(text, tokens[at - 1], tokens[at])
                || at - start >= LONGEST
                || candidate(text, tokens, start, at).is_some_and(|place| self.score(&features.rows(text, tokens, place)) > 0);
            if ends_here {
                ends.push(at);
                start = at;
            }
        }
        if !tokens.is_empty() {
            ends.push(tokens.len());
        }
    }

    /// The weights' sum; positive where the sentence ends.
    fn score(&self, rows: &[u32; FEATURES]) -> i32 {
        rows.iter().map(|&row| self.weights.get(row as usize).map_or(0, |&w| i32::from(w))).sum()
    }
}

/// The place before token `at`, if the sentence that begins with token `start` may end there.
pub fn candidate(text: &str, tokens: &[Span], start: usize, at: usize) -> Option<Place> {
    // What closes is behind the stop without a space.
    let closes = |token: usize| is_closing(tokens[token].of(text)) && tokens[token - 1].end == tokens[token].start;
    // A closing mark that follows belongs to this sentence still.
    if closes(at) && (at + 1 >= tokens.len() || tokens[at].end < tokens[at + 1].start) {
        return None;
    }
    let mut stop = at - 1;
    while stop > start && at - stop < 4 && closes(stop) {
        stop -= 1;
    }
    tokens[stop].of(text).ends_with(['.', '?', '!', '…']).then_some(Place { start, stop, at })
}

/// Marks that close a quotation or a bracket.
pub fn is_closing(form: &str) -> bool {
    is_quote(form) || matches!(form, ")" | "]")
}

/// Marks that close a quotation.
pub fn is_quote(form: &str) -> bool {
    matches!(form, "\"" | "'" | "''" | "”" | "’" | "»" | "’’")
}

fn has_empty_line(text: &str, before: Span, after: Span) -> bool {
    before.end < after.start && Span::new(before.end, after.start).of(text).bytes().filter(|&b| b == b'\n').count() > 1
}

/// How a word behind a stop is written elsewhere, if it has a capital here.
fn kind(words: &Table, word: &str, key: &mut String) -> &'static str {
    const COMMON: [Xpos; 20] = {
        use Xpos::*;
        [Nn, Nns, Vb, Vbd, Vbg, Vbn, Vbp, Vbz, Jj, Jjr, Rb, In, Dt, Prp, PrpPoss, Cc, Wp, Wrb, Cd, Md]
    };
    const NAMES: [Xpos; 2] = [Xpos::Nnp, Xpos::Nnps];
    if !word.starts_with(char::is_uppercase) {
        return "";
    }
    key.clear();
    key.extend(word.chars().take(64).flat_map(char::to_lowercase));
    let known = |tags: &[Xpos]| tags.iter().any(|&tag| words.get(word_key(key, tag)).is_some());
    match (known(&COMMON), known(&NAMES)) {
        (true, false) => "word",
        (true, true) => "both",
        (false, true) => "name",
        (false, false) => "unknown",
    }
}

/// Computes the features of a border; keeps its buffers.
#[derive(Debug)]
pub struct Features<'m> {
    words: Table<'m>,
    key: String,
    /// The shapes of the stop, of what stands before it, and of two words behind.
    shapes: [String; 4],
}

impl<'m> Features<'m> {
    /// Features that know `words`.
    pub fn new(words: Table<'m>) -> Self {
        Features { words, key: String::new(), shapes: Default::default() }
    }

    /// Which weights speak of the border at `place`.
    pub fn rows(&mut self, text: &str, tokens: &[Span], place: Place) -> [u32; FEATURES] {
        let Place { start, stop, at } = place;
        let word = |token: Option<usize>| token.and_then(|t| tokens.get(t)).map_or("", |span| span.of(text));
        let (mark, before, next, second) = (word(Some(stop)), word(stop.checked_sub(1)), word(Some(at)), word(Some(at + 1)));
        for (shaped, form) in self.shapes.iter_mut().zip([mark, before, next, second]) {
            shape(form, shaped);
        }
        let next_kind = kind(&self.words, next, &mut self.key);
        let before_kind = kind(&self.words, before, &mut self.key);
        let [mark_shape, before_shape, next_shape, second_shape] = &self.shapes;
        let (mark, lower_next) = (mark.to_lowercase(), next.to_lowercase());
        let spaced = tokens[at - 1].end < tokens[at].start;
        let closers = at - 1 - stop;
        let quoted = closers > 0 && is_quote(word(Some(stop + 1)));
        let tail = format!("{spaced} {closers} {quoted}");
        let length = (stop - start).min(3);
        // Texts that begin in small letters go on so.
        let casual = tokens[0].of(text).starts_with(char::is_lowercase);
        let said = if closers > 0 { self::said(text, tokens, at) } else { "" };
        let mut rows = [0; FEATURES];
        let mut number = 0u8;
        let mut key = String::new();
        let mut add = |parts: std::fmt::Arguments| {
            key.clear();
            // Writing to a string cannot fail.
            let _ = key.write_fmt(parts);
            rows[usize::from(number)] = (hash(number, key.as_bytes()) & (WEIGHTS as u64 - 1)) as u32;
            number += 1;
        };
        add(format_args!(""));
        add(format_args!("{mark}"));
        add(format_args!("{mark_shape} {next_shape}"));
        add(format_args!("{mark} {next_shape}"));
        add(format_args!("{mark} {lower_next}"));
        add(format_args!("{}", before.to_lowercase()));
        add(format_args!("{before_shape}"));
        add(format_args!("{next}"));
        add(format_args!("{next_shape}"));
        add(format_args!("{next_shape} {second_shape}"));
        add(format_args!("{tail}"));
        add(format_args!("{tail} {next_shape}"));
        add(format_args!("{before_shape} {mark_shape} {next_shape}"));
        add(format_args!("{mark_shape} {tail} {}", second.to_lowercase()));
        add(format_args!("{mark} {next_kind}"));
        add(format_args!("{mark_shape} {next_kind} {second_shape}"));
        add(format_args!("{length} {mark_shape} {before_shape}"));
        add(format_args!("{casual} {next_shape} {mark_shape}"));
        add(format_args!("{quoted} {said}"));
        add(format_args!("{quoted} {mark_shape} {next_kind} {}", said.is_empty()));
        add(format_args!("{before_kind} {mark_shape} {next_kind}"));
        add(format_args!("{before_kind} {mark}"));
        rows
    }
}

/// Behind a quotation: the word in small letters that follows a name, which is 'said' where the sentence goes on.
fn said<'t>(text: &'t str, tokens: &[Span], at: usize) -> &'t str {
    let words = tokens[at..].iter().take(6).map(|token| token.of(text));
    let mut words = words.take_while(|word| word.starts_with(|c: char| c.is_alphabetic()));
    words.find(|word| word.starts_with(char::is_lowercase)).unwrap_or("")
}
