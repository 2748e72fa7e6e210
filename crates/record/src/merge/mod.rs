//! Which claims speak of the same happening, relation or count.
//!
//! * [`Facts`] is what merging looks at: a claim, taken down to actors, place, days, number and the words of its act.
//! * [`compare`] holds two of them against each other and gives a [`Likeness`]: points for what agrees, each with its reason, or what stands against it.
//! * [`knit`] makes groups of many: the best agreements first, and never two claims into one group that contradict each other.
//!
//! All of it is a function of the set of claims; the order in which they came has no say.

mod facts;
mod knit;
mod likeness;

pub use facts::{Class, Facts, When, Where, Who, day, stems};
pub use griot_near::fold;
pub(crate) use knit::key;
pub use knit::{Group, Pairs, knit, why};
pub use likeness::{Likeness, Reason, Tie, compare, is_same, kilometres, tie};
