//! The sentence splitter: which full stops end a sentence.
//!
//! Every token that ends in a full stop, question or exclamation mark may end a sentence, with the closing quotes and brackets behind it. A
//! linear model over hashed features of the words around decides (after Gillick 2009, 'Sentence boundary detection and the problem
//! with the U.S.'). An empty line always ends a sentence, and no sentence is longer than [`LONGEST`] tokens.

use crate::{features::shape, hash::hash};
use griot_types::Span;

/// Longest sentence, in tokens; what is longer is cut.
pub const LONGEST: usize = 256;
/// Number of weights; a power of two.
pub const WEIGHTS: usize = 1 << 14;
/// Number of features of a place that may be a border.
pub const FEATURES: usize = 14;

/// Pushes the end (in tokens, exclusive) of every sentence of `tokens`, all of one block; the last end is their number.
pub fn split(text: &str, tokens: &[Span], weights: &[i16], ends: &mut Vec<usize>) {
    let mut start = 0;
    let mut features = Features::default();
    for at in 1..tokens.len() {
        let ends_here = has_empty_line(text, tokens[at - 1], tokens[at])
            || at - start >= LONGEST
            || candidate(text, tokens, at).is_some_and(|stop| features.score(text, tokens, stop, at, weights) > 0);
        if ends_here {
            ends.push(at);
            start = at;
        }
    }
    if !tokens.is_empty() {
        ends.push(tokens.len());
    }
}

/// If a sentence may end before token `at`: which token's full stop would end it.
pub fn candidate(text: &str, tokens: &[Span], at: usize) -> Option<usize> {
    let closes = |token: usize| matches!(tokens[token].of(text), "\"" | "'" | "''" | "”" | "’" | ")" | "]" | "»" | "’’");
    // What closes is behind the stop without a space; a closing mark that follows belongs to this sentence still.
    if closes(at) && tokens[at - 1].end == tokens[at].start && (at + 1 >= tokens.len() || tokens[at].end < tokens[at + 1].start) {
        return None;
    }
    let mut stop = at - 1;
    while stop > 0 && at - stop < 4 && closes(stop) {
        stop -= 1;
    }
    tokens[stop].of(text).ends_with(['.', '?', '!', '…']).then_some(stop)
}

fn has_empty_line(text: &str, before: Span, after: Span) -> bool {
    before.end < after.start && Span::new(before.end, after.start).of(text).bytes().filter(|&b| b == b'\n').count() > 1
}

/// Computes the features of a border; keeps its buffers.
#[derive(Debug, Default)]
pub struct Features {
    key: String,
    shaped: String,
}

impl Features {
    /// The weights' sum; positive where the sentence ends.
    fn score(&mut self, text: &str, tokens: &[Span], stop: usize, at: usize, weights: &[i16]) -> i32 {
        let rows = self.rows(text, tokens, stop, at);
        rows.iter().map(|&row| weights.get(row as usize).map_or(0, |&w| i32::from(w))).sum()
    }

    /// Which weights speak of the border before token `at`, whose full stop is token `stop`.
    pub fn rows(&mut self, text: &str, tokens: &[Span], stop: usize, at: usize) -> [u32; FEATURES] {
        let word = |token: Option<usize>| token.and_then(|t| tokens.get(t)).map_or("", |span| span.of(text));
        let (mark, before, next, second) = (word(Some(stop)), word(stop.checked_sub(1)), word(Some(at)), word(Some(at + 1)));
        let spaced = tokens[at - 1].end < tokens[at].start;
        let closers = at - 1 - stop;
        let mut rows = [0; FEATURES];
        let mut kind = 0u8;
        let mut add = |rows: &mut [u32; FEATURES], key: &str| {
            rows[usize::from(kind)] = (hash(kind, key.as_bytes()) & (WEIGHTS as u64 - 1)) as u32;
            kind += 1;
        };
        let shapes = [self.shape_of(mark), self.shape_of(before), self.shape_of(next), self.shape_of(second)];
        let tail = format!("{spaced} {closers}");
        add(&mut rows, "");
        add(&mut rows, &mark.to_lowercase());
        add(&mut rows, &format!("{} {}", shapes[0], shapes[2]));
        add(&mut rows, &format!("{} {}", mark.to_lowercase(), shapes[2]));
        add(&mut rows, &format!("{mark} {}", next.to_lowercase()));
        add(&mut rows, &before.to_lowercase());
        add(&mut rows, &shapes[1]);
        add(&mut rows, next);
        add(&mut rows, &shapes[2]);
        add(&mut rows, &format!("{} {}", shapes[2], shapes[3]));
        add(&mut rows, &tail);
        add(&mut rows, &format!("{tail} {}", shapes[2]));
        add(&mut rows, &format!("{} {} {}", shapes[1], shapes[0], shapes[2]));
        add(&mut rows, &format!("{} {tail} {}", shapes[0], second.to_lowercase()));
        rows
    }

    fn shape_of(&mut self, word: &str) -> String {
        shape(word, &mut self.shaped);
        self.key.clear();
        self.shaped.clone()
    }
}
