//! Is it getting more or less: counts over time, and two stretches of time held against each other.
//!
//! * [`Calendar`] cuts time into weeks, months, quarters or years; [`Series`] is what was counted in each. [`Record::trend`] makes one of entries,
//!   [`Record::reference_trend`] one of a table of others.
//! * [`compare`] gives the ratio of two windows' rates with its interval, under the model that the spread of the counts allows.
//!
//! A count of reports is no count of what happened: [`Period`] says where nothing was watched, where the last reports may still be to come, and where
//! the set of sources changed.

mod calendar;
mod rates;
mod series;
mod words;

pub use calendar::{Calendar, Unit};
pub use rates::{Comparison, Model, Window, compare};
pub(crate) use series::Count;
pub use series::{Counted, Period, Series, TableFilter};
pub use words::{notes, number};
