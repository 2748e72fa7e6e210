//! What all of Griot's crates speak.
//!
//! The way through Griot is one straight line, and each stage has its type here:
//!
//! * [`Document`]: one report, its text and what the source says about it; made by `ingest`.
//! * [`Sentence`] of [`Token`]s with [`Name`]s: the language layer's reading; made by `language`.
//! * [`Actor`], [`Place`], [`Time`]: whom, where and when words stand for; made by `world`.
//! * [`Claim`]: one thing that one report says, with its [`Evidence`]; made by `coder`.
//!
//! Everything here is plain data. Nothing does I/O and nothing can fail on a text. All offsets are UTF-8 byte offsets
//! into [`Document::text`], half open, `u32` ([`Span`]); [`CodePoints`] turns them into the code points of the JSON contract.
//!
//! ```
//! use griot_types::{CodePoints, Span};
//!
//! let text = "Sévaré fell.";
//! let points = CodePoints::new(text);
//! let name = Span::new(0, "Sévaré".len() as u32);
//! assert_eq!(name.of(text), "Sévaré");
//! assert_eq!(points.span(name), Span::new(0, 6));
//! ```

mod actor;
mod claim;
mod document;
mod offsets;
mod place;
mod quantity;
mod sentence;
mod tagset;
mod time;

pub use actor::{Actor, Person};
pub use claim::{Cause, Change, Claim, Evidence, Kind, Part, Parts, Status, Stretch, Type};
pub use document::{Block, BlockKind, Dateline, Document, Note, sha256};
pub use offsets::{CodePoints, Span};
pub use place::Place;
pub use quantity::{Amount, Bound, Quantity};
pub use sentence::{Name, NameKind, ROOT, Sentence, Token};
pub use tagset::{Deprel, Upos, Xpos};
pub use time::{Precision, Time};

/// A calendar day, proleptic Gregorian.
pub type Date = jiff::civil::Date;
/// A short string that is cheap to clone.
pub use smol_str::SmolStr;
