//! The record: one SQLite file that keeps reports, what the machine read in them, and what people decided of it.
//!
//! * [`Record`] is the file. [`Record::add`] takes [`Reading`]s (a document and its claims), [`Record::decide`] takes a [`Verdict`].
//! * [`Entry`] is what is asked for: the claims of all reports about the same happening, relation or count, with bounds over independent sources.
//!   [`Record::ask`] answers a [`Question`].
//! * [`Scope`] says which record is meant: today's, or as it stood. [`Record::verify`] checks all that is kept.
//!
//! Reports, readings and decisions are only ever added. Entries follow from them, are the same whatever the order of arrival, and can be made anew
//! at any time. Offsets are kept as bytes, as everywhere inside the program. Nothing here knows how claims are read from a text.

mod add;
mod agreement;
mod atlas;
pub mod bounds;
pub mod check;
mod codec;
mod decisions;
mod derive;
mod desk;
mod diff;
mod entry;
mod error;
pub mod groups;
mod matching;
pub mod merge;
mod network;
mod presence;
mod question;
mod reading;
mod reference;
mod scope;
mod show;
mod steps;
mod store;
mod stream;
pub mod trend;
mod verify;

pub use add::{About, Known, Outcome, Reading};
pub use agreement::{Agreement, Difference, Lesson};
pub use atlas::{Atlas, Spot, Sum};
pub use decisions::{Decision, Verdict, correct};
pub use desk::{Double, Facets, HAND, Held, Queued, Standing};
pub use diff::{Change, diff};
pub use entry::{Entry, Member, Number};
pub use error::{Error, ErrorKind, Result};
pub use matching::{Match, Within};
pub use network::{Edge, Neighbour, Network, Stand};
pub use presence::Stretch;
pub use question::{ActorRow, Around, Filter, PlaceRow, Question, ReportRow};
pub use reference::{Reference, ReferenceRow};
pub use scope::{Moment, Scope};
pub use show::{Profile, Shown};
pub use store::{Record, WAIT};
pub use verify::{Finding, Looked};
