//! Parts of speech: UPOS, XPOS and features, chosen for each token from its encoded vector.
//!
//! The three are read from one product. Features are chosen among the bundles that the treebanks have with the chosen XPOS, so that a
//! plural noun is never marked singular.

use crate::{kernels::multiply, net::Net};
use griot_types::{Upos, Xpos};

/// Buffers and results of the tagger for one batch.
#[derive(Debug, Default)]
pub struct Tagger {
    sums: Vec<i32>,
    scores: Vec<f32>,
}

/// The tags of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tags {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag.
    pub xpos: Xpos,
    /// Which bundle of features.
    pub feats: usize,
}

impl Tagger {
    /// Computes the scores of a batch of encoded tokens (`rows × hidden`, rounded).
    pub fn score(&mut self, net: &Net, encoded: &[u8], rows: usize) {
        self.sums.resize(rows * net.tags.weights.n, 0);
        multiply(encoded, net.sizes.hidden as usize, rows, net.tags.weights, &mut self.sums);
    }

    /// The best XPOS tag of the token in `row`; of equal ones the first.
    pub fn best_xpos(&self, net: &Net, row: usize) -> usize {
        let (n, from) = (net.tags.weights.n, Upos::ALL.len());
        let range = from..from + Xpos::ALL.len();
        let sums = &self.sums[row * n..][range.clone()];
        let scaled = sums.iter().zip(&net.tags.scale[range.clone()]).zip(&net.tags.bias[range]);
        let mut best = (0, f32::NEG_INFINITY);
        for (tag, ((&sum, &scale), &bias)) in scaled.enumerate() {
            let score = sum as f32 * scale + bias;
            if score > best.1 {
                best = (tag, score);
            }
        }
        best.0
    }

    /// The tags of the token in `row`. `bundles[i]` holds the XPOS tags that bundle `i` goes with, a bit each.
    pub fn tags(&mut self, net: &Net, bundles: &[u64], row: usize) -> Tags {
        let n = net.tags.weights.n;
        let sums = &self.sums[row * n..(row + 1) * n];
        self.scores.clear();
        self.scores.extend(sums.iter().zip(net.tags.scale).zip(net.tags.bias).map(|((&sum, &scale), &bias)| sum as f32 * scale + bias));
        let (upos, rest) = self.scores.split_at(Upos::ALL.len());
        let (xpos, feats) = rest.split_at(Xpos::ALL.len());
        let upos = Upos::ALL[argmax(upos, |_| true).unwrap_or(0)];
        let at = argmax(xpos, |_| true).unwrap_or(0);
        let feats = argmax(&feats[..bundles.len().min(feats.len())], |i| bundles[i] >> at & 1 == 1).unwrap_or(0);
        Tags { upos, xpos: Xpos::ALL[at], feats }
    }
}

/// The place of the greatest score among those that `may` be chosen; of equal ones the first.
fn argmax(scores: &[f32], may: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (index, &score) in scores.iter().enumerate() {
        if best.is_none_or(|top| score > scores[top]) && may(index) {
            best = Some(index);
        }
    }
    best
}
