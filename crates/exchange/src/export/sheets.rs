//! Answers to a record's questions as rows with types: the columns of [`crate::rows`], for programs rather than spreadsheets.

use super::plain;
use super::sheet::{Cell, Holds, Sheet};
use crate::rows::{ACTORS, GROUPS, PLACES, REPORTS};
use griot_record::groups::Group;
use griot_record::{ActorRow, Entry, PlaceRow, ReportRow};

/// The columns that hold numbers.
const REAL: [&str; 5] = ["latitude", "longitude", "low", "best", "high"];
const INT: [&str; 6] = ["entries", "where_prec", "geonames", "sensitivity", "claims", "left_out"];

/// Entries.
pub fn entries(found: &[Entry]) -> Sheet {
    plain::all(found)
}

/// Groups of entries.
pub fn groups(found: &[Group]) -> Sheet {
    let row = |group: &Group| {
        vec![
            group.group.as_deref().into(),
            group.ids.join("; ").into(),
            group.type_.map(|type_| type_.as_str()).into(),
            group.entries.into(),
            group.first.into(),
            group.last.into(),
            group.low.into(),
            group.best.into(),
            group.high.into(),
            group.left_out.into(),
        ]
    };
    sheet(GROUPS, found.iter().map(row).collect())
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
