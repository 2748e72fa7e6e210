//! The chance that a claim is right in all that it says.
//!
//! A logistic regression over what is known of how a claim came about. The weights are in `codebook/frames/confidence.toml`, which `griot-lab calibrate`
//! makes from reports whose record is known (tests/reports); without that file no claim has a confidence.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// The weight of each feature.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Confidence {
    weights: BTreeMap<SmolStr, f64>,
}

impl Confidence {
    /// From names of features and their weights; features without a weight count nothing.
    pub fn new(weights: impl IntoIterator<Item = (SmolStr, f64)>) -> Confidence {
        Confidence { weights: weights.into_iter().collect() }
    }

    /// The chance, rounded to hundredths; `None` without weights.
    pub fn of(&self, features: &Features) -> Option<f64> {
        if self.weights.is_empty() {
            return None;
        }
        let sum: f64 = features.0.iter().filter_map(|(name, value)| Some(self.weights.get(name)? * value)).sum();
        let chance = 1.0 / (1.0 + (-sum).exp());
        Some((chance * 100.0).round().clamp(1.0, 99.0) / 100.0)
    }
}

/// What is known of how a claim came about: names and values, the latter about 0 to 1.
#[derive(Clone, Debug, Default)]
pub struct Features(pub Vec<(SmolStr, f64)>);

impl Features {
    /// Adds a value; zeros say nothing.
    pub fn add(&mut self, name: &str, value: f64) {
        if value != 0.0 {
            self.0.push((name.into(), value));
        }
    }

    /// Adds what holds or not.
    pub fn has(&mut self, name: &str, holds: bool) {
        self.add(name, f64::from(u8::from(holds)));
    }
}
