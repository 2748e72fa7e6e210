//! The workbench's server: one record, one person, one machine.
//!
//! * [`serve`] listens on the loopback address; [`app`] is what answers, for tests too.
//! * [`clerk`] is the one thread that has the record open, and what it can undo. [`api`] turns requests into questions and decisions.
//! * [`atlas`] answers for the map, the timeline, the networks and the trends; [`coarse`] draws the map
//!   as an export would leave it; [`study`] checks texts and searches; [`give`] makes exports.
//! * [`guard`] refuses what comes from another page or under another name; [`assets`] is the front end that the program carries.
//! * [`Engine`] is what the server needs of the reading side and does not know: names, places, sentences without a claim.
//!
//! The text of a report is never sent as HTML, and no answer can be read as a page of its own.

mod api;
mod assets;
mod atlas;
mod clerk;
mod coarse;
mod error;
mod give;
mod guard;
mod study;

pub use api::app;
pub use assets::there as has_front_end;
pub use clerk::Clerk;
pub use error::{Error, Result};

use griot_record::{Reading, Record, ReportRow};
use griot_types::{Claim, Date};
use serde::Serialize;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use utoipa::ToSchema;

/// A sentence that tells of something and gave no claim; offsets in code points.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Missed {
    /// The sentence's number.
    pub sentence: usize,
    /// Where it starts.
    pub start: u32,
    /// One past its end.
    pub end: u32,
    /// How telling it is.
    pub weight: u32,
    /// Why it is suspected, in words.
    pub signs: String,
}

/// A place that a name may mean.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PlaceChoice {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level unit.
    pub admin1: Option<String>,
    /// What sort of place it is, in words: `country`, `populated place`.
    pub kind: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// UCDP's where_prec.
    pub precision: u8,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
}

/// An actor that a name may mean.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ActorChoice {
    /// The dictionary's id.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Its country.
    pub country: Option<String>,
    /// Its PLOVER sectors.
    pub sectors: Vec<String>,
}

/// A name for a user's own codebook.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, ToSchema)]
pub struct NewName {
    /// The name as reports write it.
    pub name: String,
    /// What it is: `group`, `militia`, `military`, `police`, `party`, `ngo` …
    pub kind: String,
    /// CAMEO-like code, `MLIREBXYZ`.
    pub code: String,
    /// Countries, alpha-3.
    pub countries: Vec<String>,
    /// Other names of it.
    pub aliases: Vec<String>,
}

/// What dictionaries know of an actor, whatever reports say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Background {
    /// Other names.
    pub aliases: Vec<String>,
    /// Year, month or day of its start; empty where unknown.
    pub since: String,
    /// Of its end; empty while it exists.
    pub until: String,
    /// Its relations to others, and theirs to it.
    pub relations: Vec<Kinship>,
}

/// A relation between two actors in the dictionaries.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Kinship {
    /// `part_of`, `successor_of`, `splinter_of` …
    #[serde(rename = "type")]
    pub type_: String,
    /// Whether it is the actor's relation to the other; else it is the other's to the actor.
    pub out: bool,
    /// The other's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Year, month or day; empty where unknown.
    pub since: String,
    /// Empty while it holds.
    pub until: String,
}

/// What the server asks of the reading side.
pub trait Engine: Send + Sync {
    /// The sentences of a report without a claim; `claims` have their offsets in code points.
    fn missed(&self, report: &ReportRow, claims: &[Claim], text: &str) -> Vec<Missed>;
    /// Places of a name, the likeliest first.
    fn places(&self, name: &str) -> Vec<PlaceChoice>;
    /// The point at which a first-level unit is drawn, by its country's alpha-3 code and its name: north, east.
    fn unit(&self, _country: &str, _name: &str) -> Option<(f64, f64)> {
        None
    }
    /// Actors of a name.
    fn actors(&self, name: &str) -> Vec<ActorChoice>;
    /// What an actor's name stands for in questions.
    fn actor_ids(&self, name: &str) -> Vec<String>;
    /// What the dictionaries know of an actor with this id or name; `None` where it is in none.
    fn background(&self, _name: &str) -> Option<Background> {
        None
    }
    /// A country's alpha-3 code from its code or name.
    fn country(&self, name: &str) -> String;
    /// The reports of the demonstration, read.
    ///
    /// # Errors
    /// They cannot be read.
    fn demonstration(&self) -> std::result::Result<Vec<Reading>, String>;
    /// Reads a text: its reports with their claims, offsets in bytes.
    ///
    /// # Errors
    /// It holds nothing that can be read.
    fn read(&self, text: &str, date: Option<Date>) -> std::result::Result<Vec<Reading>, String>;
    /// Puts the table of others that the program carries into a record.
    ///
    /// # Errors
    /// It carries none, or the record has it.
    fn carried(&self, _record: &Record) -> std::result::Result<(), String> {
        Err("this program carries no table".into())
    }
    /// ACLED's event type and sub-event type of a claim.
    fn acled(&self, claim: &Claim) -> Option<(String, String)>;
    /// UCDP's type of violence of a claim.
    fn ucdp(&self, claim: &Claim) -> Option<u8>;
    /// Model and codebook under which they are kept.
    fn versions(&self) -> (String, String);
    /// Adds a name to the user's own codebook; says where it stands now.
    ///
    /// # Errors
    /// There is no such codebook, or the name is not one that it can take.
    fn add_name(&self, name: &NewName) -> std::result::Result<String, String>;
}

/// Listens until it is interrupted. `ready` is told the address once requests are taken.
///
/// # Errors
/// The port is taken or cannot be had.
pub fn serve(clerk: Clerk, engine: Arc<dyn Engine>, port: u16, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build().map_err(Error::Start)?;
    runtime.block_on(async move {
        let taken = |source| Error::Port { port, source };
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        ready(address);
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        axum::serve(listener, app(clerk, engine, address.port())).with_graceful_shutdown(stop).await.map_err(Error::Start)
    })
}
