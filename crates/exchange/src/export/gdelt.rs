//! GDELT 2.0's 61 columns, between tabs and without a header: a row for each event, under CAMEO.

use super::plover::quad;
use super::sheet::{Cell, Holds, Sheet};
use super::{Context, is_event, names, number_of, sources, span};
use crate::countries::{Scheme, find};
use crate::import::sources::GDELT_2;
use griot_record::Entry;
use griot_types::{Actor, Type};

pub fn sheet(entries: &[Entry], _: &Context) -> Sheet {
    let columns = GDELT_2.iter().map(|name| (*name, Holds::Text)).collect();
    Sheet { columns, tags: None, rows: entries.iter().filter(|entry| is_event(entry)).map(row).collect() }
}

/// The CAMEO root of a PLOVER type (the PLOVER manual's table): the claim's own code is finer, and an entry may hold claims of several.
fn root(type_: Type) -> &'static str {
    match type_ {
        Type::Agree => "05",
        Type::Consult => "04",
        Type::Support => "05",
        Type::Concede => "08",
        Type::Cooperate => "06",
        Type::Aid => "07",
        Type::Retreat => "08",
        Type::Request => "10",
        Type::Accuse => "11",
        Type::Reject => "12",
        Type::Threaten => "13",
        Type::Protest => "14",
        Type::Mobilize => "15",
        Type::Sanction => "16",
        Type::Coerce => "17",
        Type::Assault => "19",
        _ => "01",
    }
}

fn actor(side: &[Actor]) -> Vec<Cell> {
    let first = side.first();
    let sector = |at: usize| first.and_then(|actor| actor.sectors.get(at)).map(|sector| sector.as_str());
    vec![
        first.map(|actor| actor.code.replace('-', "")).into(),
        names(&side[..side.len().min(1)]).to_uppercase().into(),
        first.and_then(|actor| actor.country.as_deref()).into(),
        Cell::None,
        Cell::None,
        Cell::None,
        Cell::None,
        sector(0).into(),
        sector(1).into(),
        sector(2).into(),
    ]
}

fn row(entry: &Entry) -> Vec<Cell> {
    let digits = |day: griot_types::Date| format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
    let start = span(entry).0;
    let code = root(entry.type_);
    let place = entry.place.as_ref();
    let codes = place.and_then(|place| find(Scheme::Alpha3, place.country.as_deref()?));
    // GDELT's types: 1 a country, 4 a town, 5 a first-level unit.
    let kind = place.and_then(|place| place.precision).map(|precision| match precision {
        1..=3 => 4u8,
        4 | 5 => 5,
        _ => 1,
    });
    let mut row: Vec<Cell> = vec![
        number_of(&entry.id).into(),
        start.map(digits).into(),
        start.map(|day| format!("{:04}{:02}", day.year(), day.month())).into(),
        start.map(|day| day.year().to_string()).into(),
        start.map(|day| format!("{:.4}", f64::from(day.year()) + f64::from(day.day_of_year() - 1) / 365.0)).into(),
    ];
    row.extend(actor(&entry.source));
    row.extend(actor(&entry.target));
    let publishers = sources(entry);
    row.extend([
        Cell::Int(1),
        code.into(),
        code.into(),
        code.into(),
        quad(entry.type_).0.into(),
        Cell::None,
        entry.members.len().into(),
        entry.independent.into(),
        publishers.len().into(),
        Cell::None,
    ]);
    // Where the sides are from is not told by a claim.
    row.extend(std::iter::repeat_n(Cell::None, 16));
    row.extend([
        kind.into(),
        place.map(|place| place.name.as_str()).into(),
        codes.map(|codes| codes.fips.as_str()).into(),
        Cell::None,
        Cell::None,
        place.and_then(|place| place.latitude).into(),
        place.and_then(|place| place.longitude).into(),
        place.and_then(|place| place.geonames).into(),
        entry.last_reported.map(|day| format!("{}000000", digits(day))).into(),
        // The record's id, by which the row is found again.
        format!("griot:{}", entry.id).into(),
    ]);
    row
}
