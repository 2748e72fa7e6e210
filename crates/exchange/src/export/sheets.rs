//! Answers to a record's questions as rows with types: the columns of [`crate::rows`], for programs rather than spreadsheets.

use super::plain;
use super::sheet::{Cell, Holds, Sheet};
use crate::rows::{ACTORS, PLACES, REPORTS};
use griot_record::{ActorRow, Entry, PlaceRow, ReportRow};

/// The columns that hold numbers.
const REAL: [&str; 2] = ["latitude", "longitude"];
const INT: [&str; 5] = ["entries", "where_prec", "geonames", "sensitivity", "claims"];

/// Entries.
pub fn entries(found: &[Entry]) -> Sheet {
    plain::all(found)
}

/// Actors.
pub fn actors(found: &[ActorRow]) -> Sheet {
    let row = |actor: &ActorRow| {
        vec![
            actor.id.as_deref().into(),
            actor.name.as_str().into(),
            actor.code.as_str().into(),
            actor.country.as_deref().into(),
            actor.entries.into(),
        ]
    };
    sheet(ACTORS, found.iter().map(row).collect())
}

/// Places.
pub fn places(found: &[PlaceRow]) -> Sheet {
    let row = |place: &PlaceRow| {
        vec![
            place.name.as_str().into(),
            place.country.as_deref().into(),
            place.admin1.as_deref().into(),
            place.latitude.into(),
            place.longitude.into(),
            place.precision.into(),
            place.geonames.into(),
            place.entries.into(),
        ]
    };
    sheet(PLACES, found.iter().map(row).collect())
}

/// Reports.
pub fn reports(found: &[ReportRow]) -> Sheet {
    let row = |report: &ReportRow| {
        vec![
            report.id.as_str().into(),
            report.text_hash.as_str().into(),
            report.name.as_str().into(),
            report.title.as_deref().into(),
            report.date.into(),
            report.publisher.as_deref().into(),
            report.url.as_deref().into(),
            report.licence.as_deref().into(),
            report.sensitivity.into(),
            report.retrieved.as_deref().into(),
            report.language.as_deref().into(),
            report.added.as_str().into(),
            report.claims.into(),
            report.copies.join("; ").into(),
        ]
    };
    sheet(REPORTS, found.iter().map(row).collect())
}

fn sheet(columns: &[&'static str], rows: Vec<Vec<Cell>>) -> Sheet {
    let holds = |name: &&'static str| {
        let holds = if REAL.contains(name) {
            Holds::Real
        } else if INT.contains(name) {
            Holds::Int
        } else {
            Holds::Text
        };
        (*name, holds)
    };
    Sheet { columns: columns.iter().map(holds).collect(), tags: None, rows }
}
