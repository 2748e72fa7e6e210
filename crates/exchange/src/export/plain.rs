//! Griot's own flat table: the columns of the questions, and the record's ids.

use super::sheet::{Cell, Holds, Sheet};
use super::{Context, names};
use crate::rows::ENTRIES;
use griot_record::Entry;
use griot_types::Actor;

/// The columns that hold numbers.
const REAL: [&str; 6] = ["latitude", "longitude", "low", "best", "high", "confidence"];
const INT: [&str; 3] = ["where_prec", "reports", "independent"];
/// HXL 1.1 tags of columns that have one.
const TAGS: [(&str, &str); 24] = [
    ("id", "#meta+id"),
    ("type", "#event+type"),
    ("mode", "#event+type+mode"),
    ("status", "#event+status"),
    ("source", "#group+name+first"),
    ("source_code", "#group+code+first"),
    ("target", "#group+name+second"),
    ("target_code", "#group+code+second"),
    ("place", "#loc+name"),
    ("country", "#country+code"),
    ("admin1", "#adm1+name"),
    ("latitude", "#geo+lat"),
    ("longitude", "#geo+lon"),
    ("where_prec", "#geo+precision"),
    ("start", "#date+start"),
    ("end", "#date+end"),
    ("first_reported", "#date+reported+start"),
    ("last_reported", "#date+reported+end"),
    ("low", "#value+min"),
    ("best", "#value"),
    ("high", "#value+max"),
    ("publishers", "#meta+source"),
    ("claims", "#meta+id+claim"),
    ("quote", "#description"),
];

pub fn sheet(entries: &[Entry], _: &Context) -> Sheet {
    all(entries)
}

/// The entries' rows; nothing but the entries is looked at.
pub fn all(entries: &[Entry]) -> Sheet {
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
    let tag = |name: &&'static str| TAGS.iter().find(|(column, _)| column == name).map_or("", |(_, tag)| *tag);
    Sheet {
        columns: ENTRIES.iter().map(holds).collect(),
        tags: Some(ENTRIES.iter().map(tag).collect()),
        rows: entries.iter().map(row).collect(),
    }
}

fn row(entry: &Entry) -> Vec<Cell> {
    let codes = |side: &[Actor]| side.iter().map(|actor| actor.code.as_str()).collect::<Vec<_>>().join("; ");
    let place = entry.place.as_ref();
    let time = entry.time.as_ref();
    let held = entry.held.last();
    let mut publishers: Vec<&str> = entry.members.iter().filter_map(|member| member.publisher.as_deref()).collect();
    publishers.sort_unstable();
    publishers.dedup();
    vec![
        entry.id.as_str().into(),
        entry.kind.as_str().into(),
        entry.type_.as_str().into(),
        entry.mode.as_deref().into(),
        entry.status.as_str().into(),
        entry.disputed.to_string().into(),
        names(&entry.source).into(),
        codes(&entry.source).into(),
        names(&entry.target).into(),
        codes(&entry.target).into(),
        entry.mutual.to_string().into(),
        place.map(|place| place.name.as_str()).into(),
        place.and_then(|place| place.country.as_deref()).into(),
        place.and_then(|place| place.admin1.as_deref()).into(),
        place.and_then(|place| place.latitude).into(),
        place.and_then(|place| place.longitude).into(),
        place.and_then(|place| place.precision).into(),
        time.and_then(|time| time.start).into(),
        time.and_then(|time| time.end).into(),
        entry.first_reported.into(),
        entry.last_reported.into(),
        entry.number.low.into(),
        entry.number.best.into(),
        entry.number.high.into(),
        entry.number.unit.as_deref().into(),
        entry.number.rule.as_deref().into(),
        entry.cumulative.to_string().into(),
        entry.change.map(|change| change.as_str()).into(),
        entry.cause.map(|cause| cause.as_str()).into(),
        entry.of_event.as_deref().into(),
        entry.inside.as_deref().into(),
        names(&entry.said_by).into(),
        entry.reports.into(),
        entry.independent.into(),
        held.and_then(|stretch| stretch.since).into(),
        held.and_then(|stretch| stretch.until).into(),
        held.and_then(|stretch| stretch.until_by.as_deref()).into(),
        entry.decided.into(),
        entry.confidence.into(),
        entry.members.iter().map(|member| member.claim.as_str()).collect::<Vec<_>>().join("; ").into(),
        publishers.join("; ").into(),
        entry.members.first().map(|member| member.quote.as_str()).into(),
    ]
}
