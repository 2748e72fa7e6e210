//! A record's answers in the forms that others read, and their tables beside it.
//!
//! * [`cells`] is CSV that is safe in spreadsheets; [`rows`] are the answers to questions as tables.
//! * [`import`] keeps tables of others in the record; [`reference`] gives them out again; [`countries`] tells their codes of countries apart.
//! * [`crosswalk`] tells whom the names in these tables mean.
//! * [`export`] gives entries out in the forms of the field.
//! * [`write`] makes files that are there as a whole or not at all.

pub mod cells;
pub mod countries;
pub mod crosswalk;
mod error;
pub mod export;
pub mod import;
pub mod reference;
pub mod rows;
pub mod write;

pub use error::{Error, Result};
