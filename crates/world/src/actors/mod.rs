//! Actors: which phrases of a report name whom.
//!
//! Names are found first ([`matching`], with those that the report itself [`introduced`]), then each noun phrase is composed from its noun,
//! its modifiers and its owners ([`compose`], [`around`], [`person`]); [`assemble`] turns whose-and-what into code, id and name.

mod around;
pub mod assemble;
mod compose;
pub mod grammar;
pub mod introduced;
pub mod matching;
mod mention;
mod person;
#[cfg(test)]
mod tests;

pub use compose::Composer;
pub use mention::{Described, Mention};
