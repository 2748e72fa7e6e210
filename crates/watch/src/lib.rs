//! Follows RSS and Atom feeds: what may be fetched and when, and what was dealt with. The only crate that opens connections to other machines.
//!
//! * [`Feeds`] is the file `feeds.toml`: which feeds, and which hosts may be asked for their pages. No other host is ever contacted.
//! * [`Watch`] visits feeds: it fetches what is new, hands each item over as a [`griot_ingest::Item`], and remembers what was dealt with.
//! * `fetch` is one request with its redirections, under the rules of `address` (which addresses), `robots` (what a host asks of robots) and
//!   `pace` (how fast); `parse` makes a feed's bytes into entries; `state` is the file beside the record.
//!
//! **Architecture invariant.** What is a report and what becomes of it is not known here: whoever calls [`Watch::visit`] says of each item what
//! came of it, and only then does it count as dealt with. Nothing is fetched that `robots.txt` forbids, nor from an address inside a network
//! unless the file says so.

mod address;
mod error;
mod feeds;
mod fetch;
mod pace;
mod parse;
mod robots;
mod state;
mod visit;

pub use error::{Error, Failure};
pub use feeds::{Feed, Feeds, Limits};
pub use visit::{Due, Kept, Visit, Watch};
