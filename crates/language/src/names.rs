//! The name finder: persons, places and organisations as stretches of tokens.
//!
//! Each token is one of thirteen: outside, or begin, inside, last, alone (BILOU, Ratinov & Roth 2009) of one of the three kinds. A layer
//! over three encoded tokens scores them, and the best sequence that makes sense (no 'inside' without 'begin') is found by Viterbi's
//! algorithm, so names never overlap and are never broken.

use crate::{kernels::multiply, net::Net};
use griot_types::{Name, NameKind};

/// Outside, then begin, inside, last, alone of each kind.
pub const LABELS: usize = 13;
/// The kinds in the order of the labels.
pub const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Place, NameKind::Organisation];

const OUTSIDE: usize = 0;

/// A label's kind and part: 0 begin, 1 inside, 2 last, 3 alone.
fn part(label: usize) -> (usize, usize) {
    ((label - 1) / 4, (label - 1) % 4)
}

#[cfg(any(feature = "train", test))]
/// The labels of a sentence whose names are known.
pub fn labels(names: &[Name], tokens: usize) -> Vec<u8> {
    let mut labels = vec![0; tokens];
    for name in names {
        let kind = KINDS.iter().position(|&k| k == name.kind).unwrap_or(0);
        let (first, end) = (name.first as usize, name.end as usize);
        for (at, label) in labels.iter_mut().enumerate().take(end).skip(first) {
            let part = match (at == first, at + 1 == end) {
                (true, true) => 3,
                (true, false) => 0,
                (false, false) => 1,
                (false, true) => 2,
            };
            *label = (1 + kind * 4 + part) as u8;
        }
    }
    labels
}

/// Whether `next` may follow `label`; `None` is the sentence's border.
fn follows(label: Option<usize>, next: Option<usize>) -> bool {
    let open = |label: usize| label != OUTSIDE && part(label).1 < 2;
    let goes_on = |label: usize| label != OUTSIDE && matches!(part(label).1, 1 | 2);
    match (label, next) {
        (Some(a), Some(b)) if open(a) => goes_on(b) && part(a).0 == part(b).0,
        (Some(a), None) => !open(a),
        (_, Some(b)) => !goes_on(b),
        (None, None) => true,
    }
}

/// Buffers of the name finder, kept between batches.
#[derive(Debug, Default)]
pub struct NameFinder {
    sums: Vec<i32>,
    hidden: Vec<f32>,
    rounded: Vec<u8>,
    scores: Vec<i32>,
    best: Vec<f32>,
    back: Vec<u8>,
}

impl NameFinder {
    /// Scores a batch of encoded tokens (`rows × hidden`, rounded, gaps around every sentence).
    pub fn score(&mut self, net: &Net, encoded: &[u8], rows: usize) {
        let (hidden, own) = (net.sizes.hidden as usize, net.sizes.name_hidden as usize);
        let inner = rows - 2;
        self.sums.resize(inner * own, 0);
        multiply(encoded, hidden, inner, net.names.weights, &mut self.sums);
        self.hidden.clear();
        for sums in self.sums[..inner * own].chunks_exact(own) {
            self.hidden.extend(sums.iter().zip(net.names.scale).zip(net.names.bias).map(|((&sum, &scale), &bias)| sum as f32 * scale + bias));
        }
        net.quantise(net.convs.len() + 2, &self.hidden, &mut self.rounded);
        self.scores.resize(inner * net.name_out.weights.n, 0);
        multiply(&self.rounded, own, inner, net.name_out.weights, &mut self.scores);
    }

    /// The names of the sentence of `tokens` words whose first stands in row `first` of the batch.
    pub fn names(&mut self, net: &Net, first: usize, tokens: usize) -> Vec<Name> {
        // Where 'outside' is the best label everywhere, so is the sequence of them.
        let outside = |row: usize| {
            let none = self.score_of(net, row, OUTSIDE);
            (1..LABELS).all(|label| self.score_of(net, row, label) <= none)
        };
        if (first..first + tokens).all(outside) {
            return Vec::new();
        }
        self.best.clear();
        self.best.resize(tokens * LABELS, f32::NEG_INFINITY);
        self.back.clear();
        self.back.resize(tokens * LABELS, 0);
        for token in 0..tokens {
            for label in 0..LABELS {
                let (from, before) = self.before(token, label);
                self.best[token * LABELS + label] = before + self.score_of(net, first + token, label);
                self.back[token * LABELS + label] = from;
            }
        }
        self.trace(tokens)
    }

    /// The best label before `label` and the score of the way there.
    fn before(&self, token: usize, label: usize) -> (u8, f32) {
        if token == 0 {
            return (0, if follows(None, Some(label)) { 0.0 } else { f32::NEG_INFINITY });
        }
        let mut top = (0, f32::NEG_INFINITY);
        for from in 0..LABELS {
            let score = self.best[(token - 1) * LABELS + from];
            if score > top.1 && FOLLOWS[from] >> label & 1 == 1 {
                top = (from as u8, score);
            }
        }
        top
    }

    fn score_of(&self, net: &Net, row: usize, label: usize) -> f32 {
        // Row 0 of the product is the window around row 1 of the batch.
        self.scores[(row - 1) * net.name_out.weights.n + label] as f32 * net.name_out.scale[label] + net.name_out.bias[label]
    }

    /// Follows the best sequence back and collects its names.
    fn trace(&self, tokens: usize) -> Vec<Name> {
        let mut names = Vec::new();
        let Some(last) = tokens.checked_sub(1) else { return names };
        let mut label = OUTSIDE;
        for other in 1..LABELS {
            let score = |label: usize| self.best[last * LABELS + label];
            if follows(Some(other), None) && score(other) > score(label) {
                label = other;
            }
        }
        let mut end = 0;
        for token in (0..tokens).rev() {
            if label != OUTSIDE {
                let (kind, part) = part(label);
                if part >= 2 {
                    end = token + 1;
                }
                if part == 0 || part == 3 {
                    names.push(Name { first: token as u32, end: end as u32, kind: KINDS[kind] });
                }
            }
            label = usize::from(self.back[token * LABELS + label]);
        }
        names.reverse();
        names
    }
}

/// For each label a bit for each label that may follow.
static FOLLOWS: std::sync::LazyLock<[u16; LABELS]> = std::sync::LazyLock::new(|| {
    let mut table = [0; LABELS];
    for (label, row) in table.iter_mut().enumerate() {
        for next in 0..LABELS {
            *row |= u16::from(follows(Some(label), Some(next))) << next;
        }
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_names() {
        let names = [
            Name { first: 0, end: 1, kind: NameKind::Person },
            Name { first: 2, end: 5, kind: NameKind::Organisation },
        ];
        assert_eq!(labels(&names, 6), [4, 0, 9, 10, 11, 0]);
    }

    #[test]
    fn only_sensible_sequences() {
        assert!(follows(Some(9), Some(10)) && follows(Some(10), Some(11)) && follows(Some(11), Some(0)));
        assert!(!follows(Some(9), Some(0)) && !follows(Some(0), Some(10)) && !follows(Some(9), Some(2)));
        assert!(!follows(None, Some(2)) && !follows(Some(1), None) && follows(Some(3), None));
    }
}
