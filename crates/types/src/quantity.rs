//! How many, with bounds.

use crate::SmolStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A count as one report gives it.
///
/// | relation | low | best | high |
/// |---|---|---|---|
/// | exact, about | N | N | N |
/// | more_than | N | N | – |
/// | less_than | – | N | N |
/// | between | low | – | high |
/// | vague | codebook's value | codebook's value | – |
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The report's words: 'more than 300'.
    pub text: String,
    /// Lower bound.
    pub low: Option<Amount>,
    /// Best estimate.
    pub best: Option<Amount>,
    /// Upper bound.
    pub high: Option<Amount>,
    /// How the words bound it.
    pub relation: Bound,
    /// `people`, `events`, `percent`, `items` or an ISO 4217 code.
    pub unit: SmolStr,
}

impl Quantity {
    /// A quantity of `value` under `relation`, except for `between`, which needs two values.
    pub fn of(text: &str, value: f64, relation: Bound, unit: &str) -> Self {
        let n = Some(Amount(value));
        let (low, best, high) = match relation {
            Bound::Exact | Bound::About | Bound::Between => (n, n, n),
            Bound::MoreThan | Bound::Vague => (n, n, None),
            Bound::LessThan => (None, n, n),
        };
        Quantity { text: text.to_owned(), low, best, high, relation, unit: unit.into() }
    }

    /// 'between 10 and 20'.
    pub fn between(text: &str, low: f64, high: f64, unit: &str) -> Self {
        Quantity {
            text: text.to_owned(),
            low: Some(Amount(low)),
            best: None,
            high: Some(Amount(high)),
            relation: Bound::Between,
            unit: unit.into(),
        }
    }
}

/// A number that is written without a fraction where it has none.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Amount(pub f64);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Above 2^53 a float no longer holds every whole number, so it is written as what it is.
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Amount)
    }
}

/// How words bound a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// '17'.
    Exact,
    /// 'about 17', 'some 17', 'an estimated 17'.
    About,
    /// 'more than 17', 'over 17', 'at least 17'.
    MoreThan,
    /// 'up to 17', 'nearly 17', 'fewer than 17'.
    LessThan,
    /// 'between 17 and 20', '17 to 20', '17-20'.
    Between,
    /// 'dozens', 'several', 'scores'.
    Vague,
}
