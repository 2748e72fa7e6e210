//! A record's answers in the forms that others read.
//!
//! * [`cells`] is CSV that is safe in spreadsheets; [`rows`] are the answers to questions as tables.

pub mod cells;
pub mod rows;
