//! When words point to.

use crate::Date;
use serde::{Deserialize, Serialize};

/// A stretch of days as one report names it. Both ends are inclusive; an open end is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// The report's words: 'Last year'.
    pub text: String,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// How finely the words name it; `None` where they could not be resolved.
    pub precision: Option<Precision>,
}

/// How finely a time is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Precision {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Range,
}
