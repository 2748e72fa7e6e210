//! Trains the sentence splitter: logistic regression on the places of the treebanks' paragraphs where a sentence may end.

use super::{corpus::Sentence, random::Random, tables::paragraphs};
use griot_language::segmenter::{FEATURES, Features, WEIGHTS, candidate};

const ROUNDS: usize = 12;

/// The weights, in 1/256.
pub fn train(sentences: &[Sentence]) -> Vec<i16> {
    let mut examples: Vec<([u32; FEATURES], bool)> = Vec::new();
    let mut features = Features::default();
    for (text, tokens, ends) in paragraphs(sentences) {
        for at in 1..tokens.len() {
            if let Some(stop) = candidate(&text, &tokens, at) {
                examples.push((features.rows(&text, &tokens, stop, at), ends.contains(&at)));
            }
        }
    }
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
