//! Tables of others into a record.
//!
//! [`sources`] says what each sort of table looks like; [`table`] reads a file of one, which [`parquet`] has turned into CSV where it is Parquet. A row that cannot be right is refused with its number and the
//! cause, and the others are kept.

mod parquet;
pub mod sources;
mod table;

pub use sources::{SOURCES, Source};
pub use table::{Imported, Refused, Wanted, import, import_carried};
