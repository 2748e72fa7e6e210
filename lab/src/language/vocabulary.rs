//! Which words, ends and shapes get a row of their own, and the rows of every word.

use super::corpus::Sentence;
use griot_language::features::{FEATURES, FIRST, hashes};
use std::collections::HashMap;

/// How often a feature must be seen to get a row: word, suffix of 3, suffix of 2, prefix of 3, shape.
const LEAST: [u32; FEATURES] = [2, 3, 3, 4, 3];

/// Features with their rows and how often each was seen.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Hash → row.
    pub rows: [HashMap<u64, u32>; FEATURES],
    /// How often each row was seen; the first two are no features.
    pub counts: [Vec<u32>; FEATURES],
}

impl Vocabulary {
    /// Counts the features of all forms, and of `more` words as if each stood twice in the text. `known` words get a row of their own however
    /// often they are seen. Rows are in order of first sight.
    pub fn of(sentences: &[Sentence], more: &[String], known: &[String]) -> Vocabulary {
        let mut counts: [HashMap<u64, u32>; FEATURES] = Default::default();
        let mut order: [Vec<u64>; FEATURES] = Default::default();
        let (mut normal, mut shaped) = (String::new(), String::new());
        for form in sentences.iter().flat_map(|s| &s.forms).chain(more).chain(more) {
            for (feature, hash) in hashes(form, &mut normal, &mut shaped).into_iter().enumerate() {
                let count = counts[feature].entry(hash).or_insert(0);
                if *count == 0 {
                    order[feature].push(hash);
                }
                *count += 1;
            }
        }
        for word in known {
            let hash = hashes(word, &mut normal, &mut shaped)[0];
            let count = counts[0].entry(hash).or_insert(0);
            if *count == 0 {
                order[0].push(hash);
            }
            *count = (*count).max(LEAST[0]);
        }
        let mut vocabulary = Vocabulary { counts: std::array::from_fn(|_| vec![0; FIRST as usize]), ..Vocabulary::default() };
        for feature in 0..FEATURES {
            for &hash in &order[feature] {
                let count = counts[feature][&hash];
                if count >= LEAST[feature] {
                    vocabulary.rows[feature].insert(hash, vocabulary.counts[feature].len() as u32);
                    vocabulary.counts[feature].push(count);
                }
            }
        }
        vocabulary
    }

    /// The rows of a form's features.
    pub fn look_up(&self, form: &str, normal: &mut String, shaped: &mut String) -> [u32; FEATURES] {
        let hashes = hashes(form, normal, shaped);
        std::array::from_fn(|f| self.rows[f].get(&hashes[f]).copied().unwrap_or(griot_language::features::UNKNOWN))
    }
}
