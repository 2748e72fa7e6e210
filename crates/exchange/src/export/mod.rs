//! A record's entries in the forms of the field.
//!
//! * [`Profile`] names the forms; [`export`] makes one of a record's entries. [`safe`] takes out and coarsens what is not to be given on.
//! * [`ged`], [`acled`], [`plover`], [`gdelt`] and [`plain`] make rows; [`sheet`] writes them as CSV, JSON Lines or Parquet. [`geojson`] and [`annotations`] are
//!   forms of their own. [`sheets`] are the answers to a record's questions as such rows.
//!
//! No profile holds a report's text: the most that is given out is the quote of a claim.

mod acled;
mod annotations;
mod gdelt;
mod ged;
mod geojson;
mod plain;
mod plover;
pub mod safe;
mod sheet;
pub mod sheets;

pub use sheet::{Cell, Form, Holds, Sheet};

use crate::error::{Error, Result};
use griot_record::bounds::Rule;
use griot_record::{Entry, Filter, Question, Record};
use griot_types::{Claim, Evidence, Kind, Quantity, Type};
use rustc_hash::{FxHashMap, FxHashSet};
use safe::Safety;
use std::io::Write;

/// A form of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Events, relations and figures, flat.
    Griot,
    /// UCDP GED's 49 columns: a row for each lethal incident.
    Ged,
    /// ACLED's current columns: a row for each event.
    Acled,
    /// POLECAT's 40 columns: a row for each event, under PLOVER.
    Plover,
    /// GDELT 2.0's 61 columns: a row for each event, under CAMEO.
    Gdelt,
    /// Points with all that is known of each entry.
    Geojson,
    /// W3C Web Annotations: where in which report each claim stands.
    Annotations,
}

/// What other classifications call a claim.
pub trait Classify {
    /// ACLED's event type and sub-event type.
    fn acled(&self, claim: &Claim) -> Option<(String, String)>;
    /// UCDP's type of violence: 1, 2 or 3.
    fn ucdp(&self, claim: &Claim) -> Option<u8>;
}

/// What is wanted of an export.
pub struct Wanted<'w> {
    /// The form.
    pub profile: Profile,
    /// How it is written.
    pub form: Form,
    /// Which entries.
    pub filter: Filter,
    /// How a number is chosen.
    pub rule: Rule,
    /// What is taken out and coarsened.
    pub safety: Safety,
    /// With a row of HXL tags under the header.
    pub hxl: bool,
    /// What other classifications call a claim.
    pub classify: &'w dyn Classify,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exported {
    /// Rows written.
    pub rows: usize,
    /// Entries that the profile has no row for.
    pub left: usize,
    /// Entries from which a private person was taken out.
    pub withheld: usize,
    /// Entries with a row that stand alone or in two in their cell of place, time and type, where places or days were coarsened.
    pub small: usize,
}

/// Writes a record's entries.
///
/// # Errors
/// The record cannot be read, the file cannot be written, or the form does not apply to the profile.
pub fn export(record: &Record, wanted: &Wanted, file: &mut dyn Write) -> Result<Exported> {
    let question = Question { filter: wanted.filter.clone(), rule: wanted.rule.clone(), limit: None };
    let mut entries = record.ask(&question)?;
    let all = entries.len();
    let withheld = safe::withhold(&mut entries, &wanted.safety);
    entries.iter_mut().for_each(|entry| safe::coarsen(entry, &wanted.safety));
    let context = Context { record, classify: wanted.classify, safety: &wanted.safety, figures: figures(&entries) };
    let sheet = match wanted.profile {
        Profile::Griot => plain::sheet(&entries, &context),
        Profile::Ged => ged::sheet(&entries, &context)?,
        Profile::Acled => acled::sheet(&entries, &context),
        Profile::Plover => plover::sheet(&entries, &context),
        Profile::Gdelt => gdelt::sheet(&entries, &context),
        Profile::Geojson => {
            let rows = geojson::write(&entries, file)?;
            entries.retain(|entry| entry.place.as_ref().is_some_and(|place| place.latitude.is_some() && place.longitude.is_some()));
            return Ok(Exported { rows, left: all - rows, withheld, small: safe::crowd(&entries, &wanted.safety).small });
        }
        Profile::Annotations => {
            let rows = annotations::write(record, &entries, &wanted.safety, file)?;
            return Ok(Exported { rows, left: 0, withheld, small: 0 });
        }
    };
    if wanted.hxl && sheet.tags.is_none() {
        return Err(Error::Asked("this profile has no HXL tags; 'griot' and 'ged' have them".into()));
    }
    let rows = sheet.rows.len();
    sheet.write(wanted.form, wanted.hxl, file)?;
    keep_named(&mut entries, &sheet);
    Ok(Exported { rows, left: all - rows.min(all), withheld, small: safe::crowd(&entries, &wanted.safety).small })
}

/// Leaves the entries that a row names: every row carries the ids of what it was made of.
fn keep_named(entries: &mut Vec<Entry>, sheet: &sheet::Sheet) {
    let named: FxHashSet<&str> = sheet
        .rows
        .iter()
        .flatten()
        .filter_map(|cell| if let sheet::Cell::Text(text) = cell { Some(text.as_str()) } else { None })
        .flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()))
        .collect();
    entries.retain(|entry| named.contains(entry.id.as_str()));
}

/// What rows are made with besides their entry.
struct Context<'c> {
    record: &'c Record,
    classify: &'c dyn Classify,
    safety: &'c Safety,
    /// The tolls of each event's entry, by its id.
    figures: FxHashMap<String, Vec<usize>>,
}

/// Which of the entries are tolls of which event: whole ones, of that incident alone.
fn figures(entries: &[Entry]) -> FxHashMap<String, Vec<usize>> {
    let mut found: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        if let (true, Some(event)) = (is_toll(entry), &entry.of_event) {
            found.entry(event.clone()).or_default().push(at);
        }
    }
    found
}

/// Whether an entry counts the dead of an incident, once: no running tally, and no part of another count.
fn is_toll(entry: &Entry) -> bool {
    entry.type_ == Type::Killed
        && entry.status == griot_types::Status::Actual
        && !entry.cumulative
        && entry.inside.is_none()
        && entry.change.is_none()
        && entry.number.low.or(entry.number.best).or(entry.number.high).is_some_and(|n| n >= 1.0)
}

/// The entry as one claim, for classifications, which look at claims.
fn as_claim(entry: &Entry) -> Claim {
    let amount = |n: Option<f64>| n.map(griot_types::Amount);
    let quantity = entry.number.unit.as_ref().map(|unit| Quantity {
        text: String::new(),
        low: amount(entry.number.low),
        best: amount(entry.number.best),
        high: amount(entry.number.high),
        relation: griot_types::Bound::Exact,
        unit: unit.clone(),
    });
    Claim {
        id: entry.id.clone(),
        document: String::new(),
        codebook: String::new(),
        kind: entry.kind,
        type_: entry.type_,
        mode: entry.mode.clone(),
        context: Vec::new(),
        cameo: None,
        source: entry.source.clone(),
        target: entry.target.clone(),
        mutual: entry.mutual,
        quantity,
        change: entry.change,
        cause: entry.cause,
        of_event: entry.of_event.clone(),
        inside: entry.inside.clone(),
        place: entry.place.clone(),
        places: entry.place.iter().cloned().collect(),
        time: entry.time.clone(),
        status: entry.status,
        said_by: entry.said_by.clone(),
        evidence: Evidence { quote: entry.members.first().map(|m| m.quote.clone()).unwrap_or_default(), ..Evidence::default() },
        confidence: entry.confidence,
    }
}

/// An event that a report gives as done.
fn is_event(entry: &Entry) -> bool {
    entry.kind == Kind::Event && entry.status == griot_types::Status::Actual
}

/// A number that stays the same for an entry's id: its first 52 bits, which every spreadsheet keeps exactly.
fn number_of(id: &str) -> u64 {
    u64::from_str_radix(id.trim_start_matches('e'), 16).unwrap_or_default() >> 12
}

/// The names of a side.
fn names(side: &[griot_types::Actor]) -> String {
    side.iter().map(|actor| if actor.name.is_empty() { actor.text.as_str() } else { actor.name.as_str() }).collect::<Vec<_>>().join("; ")
}

/// Publishers, days and headlines of an entry's reports, each report once.
fn sources(entry: &Entry) -> Vec<(String, String, String)> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    let clean = |words: &str| words.replace([';', '"', '\n', '\r'], " ").trim().to_owned();
    for member in &entry.members {
        if !seen.contains(&member.report) {
            seen.push(member.report.clone());
            let day = member.date.map_or_else(String::new, |date| date.to_string());
            out.push((clean(member.publisher.as_deref().unwrap_or("")), day, clean(&member.title)));
        }
    }
    out
}

/// The first and the last day, or the day of the first report where no day is told.
fn span(entry: &Entry) -> (Option<griot_types::Date>, Option<griot_types::Date>) {
    match &entry.time {
        Some(time) if time.start.or(time.end).is_some() => (time.start.or(time.end), time.end.or(time.start)),
        _ => (entry.first_reported, entry.first_reported),
    }
}
