//! Answers for spreadsheets: one row each, flat. The columns are documented in `docs/RECORD.md`, which a test holds to these lists.

use crate::cells::{rows, text};
use griot_record::groups::Group;
use griot_record::{ActorRow, Entry, PlaceRow, ReportRow};
use griot_types::Actor;

/// The columns of entries.
pub const ENTRIES: &[&str] = &[
    "id",
    "kind",
    "type",
    "mode",
    "status",
    "disputed",
    "source",
    "source_code",
    "target",
    "target_code",
    "mutual",
    "place",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "where_prec",
    "start",
    "end",
    "first_reported",
    "last_reported",
    "low",
    "best",
    "high",
    "unit",
    "rule",
    "cumulative",
    "change",
    "cause",
    "of_event",
    "inside",
    "said_by",
    "reports",
    "independent",
    "held_since",
    "held_until",
    "ended_by",
    "decided",
    "confidence",
    "claims",
    "publishers",
    "quote",
];
/// Of actors.
pub const ACTORS: &[&str] = &["id", "name", "code", "country", "entries"];
/// Of places.
pub const PLACES: &[&str] = &["name", "country", "admin1", "latitude", "longitude", "where_prec", "geonames", "entries"];
/// Of groups of entries.
pub const GROUPS: &[&str] = &["group", "ids", "type", "entries", "first", "last", "low", "best", "high", "left_out"];
/// Of reports.
pub const REPORTS: &[&str] = &[
    "id",
    "text_hash",
    "name",
    "title",
    "date",
    "publisher",
    "url",
    "licence",
    "sensitivity",
    "retrieved",
    "language",
    "added",
    "claims",
    "copies",
];

/// Entries with their header.
pub fn entries(found: &[Entry]) -> String {
    rows(|writer| {
        writer.write_record(ENTRIES)?;
        found.iter().try_for_each(|entry| writer.write_record(entry_cells(entry)))
    })
}

fn entry_cells(entry: &Entry) -> Vec<String> {
    let names = |side: &[Actor]| join(side.iter().map(|actor| actor.name.as_str()));
    let codes = |side: &[Actor]| join(side.iter().map(|actor| actor.code.as_str()));
    let place = entry.place.as_ref();
    let time = entry.time.as_ref();
    let number = &entry.number;
    let mut publishers: Vec<&str> = entry.members.iter().filter_map(|member| member.publisher.as_deref()).collect();
    publishers.sort_unstable();
    publishers.dedup();
    vec![
        entry.id.clone(),
        entry.kind.to_string(),
        entry.type_.to_string(),
        maybe(entry.mode.as_deref()),
        entry.status.to_string(),
        entry.disputed.to_string(),
        names(&entry.source),
        codes(&entry.source),
        names(&entry.target),
        codes(&entry.target),
        entry.mutual.to_string(),
        maybe(place.map(|place| place.name.as_str())),
        maybe(place.and_then(|place| place.country.as_deref())),
        maybe(place.and_then(|place| place.admin1.as_deref())),
        shown(place.and_then(|place| place.latitude)),
        shown(place.and_then(|place| place.longitude)),
        shown(place.and_then(|place| place.precision)),
        shown(time.and_then(|time| time.start)),
        shown(time.and_then(|time| time.end)),
        shown(entry.first_reported),
        shown(entry.last_reported),
        shown(number.low),
        shown(number.best),
        shown(number.high),
        maybe(number.unit.as_deref()),
        maybe(number.rule.as_deref()),
        entry.cumulative.to_string(),
        maybe(entry.change.map(|change| change.as_str())),
        maybe(entry.cause.map(|cause| cause.as_str())),
        maybe(entry.of_event.as_deref()),
        maybe(entry.inside.as_deref()),
        names(&entry.said_by),
        entry.reports.to_string(),
        entry.independent.to_string(),
        shown(entry.held.last().and_then(|stretch| stretch.since)),
        shown(entry.held.last().and_then(|stretch| stretch.until)),
        maybe(entry.held.last().and_then(|stretch| stretch.until_by.as_deref())),
        maybe(entry.decided),
        shown(entry.confidence),
        join(entry.members.iter().map(|member| member.claim.as_str())),
        join(publishers.into_iter()),
        maybe(entry.members.first().map(|member| member.quote.as_str())),
    ]
}

/// Groups of entries with their header.
pub fn groups(found: &[Group]) -> String {
    rows(|writer| {
        writer.write_record(GROUPS)?;
        found.iter().try_for_each(|group| {
            writer.write_record([
                maybe(group.group.as_deref()),
                join(group.ids.iter().map(String::as_str)),
                shown(group.type_),
                group.entries.to_string(),
                shown(group.first),
                shown(group.last),
                shown(group.low),
                shown(group.best),
                shown(group.high),
                group.left_out.to_string(),
            ])
        })
    })
}

/// Actors with their header.
pub fn actors(found: &[ActorRow]) -> String {
    rows(|writer| {
        writer.write_record(ACTORS)?;
        found.iter().try_for_each(|actor| {
            writer.write_record([
                maybe(actor.id.as_deref()),
                text(&actor.name),
                text(&actor.code),
                maybe(actor.country.as_deref()),
                actor.entries.to_string(),
            ])
        })
    })
}

/// Places with their header.
pub fn places(found: &[PlaceRow]) -> String {
    rows(|writer| {
        writer.write_record(PLACES)?;
        found.iter().try_for_each(|place| {
            writer.write_record([
                text(&place.name),
                maybe(place.country.as_deref()),
                maybe(place.admin1.as_deref()),
                shown(place.latitude),
                shown(place.longitude),
                shown(place.precision),
                shown(place.geonames),
                place.entries.to_string(),
            ])
        })
    })
}

/// Reports with their header.
pub fn reports(found: &[ReportRow]) -> String {
    rows(|writer| {
        writer.write_record(REPORTS)?;
        found.iter().try_for_each(|report| {
            writer.write_record([
                report.id.clone(),
                report.text_hash.clone(),
                text(&report.name),
                maybe(report.title.as_deref()),
                shown(report.date),
                maybe(report.publisher.as_deref()),
                maybe(report.url.as_deref()),
                maybe(report.licence.as_deref()),
                report.sensitivity.to_string(),
                maybe(report.retrieved.as_deref()),
                maybe(report.language.as_deref()),
                report.added.clone(),
                report.claims.to_string(),
                join(report.copies.iter().map(String::as_str)),
            ])
        })
    })
}

fn maybe(words: Option<&str>) -> String {
    text(words.unwrap_or(""))
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn join<'a>(values: impl Iterator<Item = &'a str>) -> String {
    text(&values.map(|value| value.replace(';', ",")).collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_documented() {
        let page = include_str!("../../../docs/RECORD.md");
        let section = |title: &str| -> Vec<&str> {
            let start = page.find(title).unwrap_or_else(|| panic!("docs/RECORD.md has no '{title}'"));
            let after = &page[start + title.len()..];
            let end = after.find("\n#").unwrap_or(after.len());
            after[..end].lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(name, _)| name).collect()
        };
        for (title, columns) in [
            ("### Columns of entries", ENTRIES),
            ("### Columns of groups", GROUPS),
            ("### Columns of actors", ACTORS),
            ("### Columns of places", PLACES),
            ("### Columns of reports", REPORTS),
        ] {
            assert_eq!(section(title), columns, "{title}");
        }
    }
}
