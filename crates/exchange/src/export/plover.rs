//! POLECAT's 40 columns: a row for each event, under PLOVER.

use super::sheet::{Cell, Holds, Sheet};
use super::{Context, is_event, names, sources, span};
use crate::countries::{Scheme, find};
use griot_record::Entry;
use griot_types::{Actor, Type};

const COLUMNS: [(&str, Holds); 40] = [
    ("Event ID", Holds::Text),
    ("Event Date", Holds::Text),
    ("Event Type", Holds::Text),
    ("Event Mode", Holds::Text),
    ("Intensity", Holds::Real),
    ("Quad Code", Holds::Text),
    ("Contexts", Holds::Text),
    ("Actor Name", Holds::Text),
    ("Actor Country", Holds::Text),
    ("Actor COW", Holds::Int),
    ("Primary Actor Sector", Holds::Text),
    ("Actor Sectors", Holds::Text),
    ("Actor Title", Holds::Text),
    ("Actor Name Raw", Holds::Text),
    ("Wikipedia Actor ID", Holds::Text),
    ("Recipient Name", Holds::Text),
    ("Recipient Country", Holds::Text),
    ("Recipient COW", Holds::Int),
    ("Primary Recipient Sector", Holds::Text),
    ("Recipient Sectors", Holds::Text),
    ("Recipient Title", Holds::Text),
    ("Recipient Name Raw", Holds::Text),
    ("Wikipedia Recipient ID", Holds::Text),
    ("Placename", Holds::Text),
    ("City", Holds::Text),
    ("District", Holds::Text),
    ("Province", Holds::Text),
    ("Country", Holds::Text),
    ("Latitude", Holds::Real),
    ("Longitude", Holds::Real),
    ("GeoNames ID", Holds::Int),
    ("Raw Placename", Holds::Text),
    ("Feature Type", Holds::Text),
    ("Source", Holds::Text),
    ("Publication Date", Holds::Text),
    ("Story People", Holds::Text),
    ("Story Organizations", Holds::Text),
    ("Story Locations", Holds::Text),
    ("Language", Holds::Text),
    ("Version", Holds::Text),
];

pub fn sheet(entries: &[Entry], _: &Context) -> Sheet {
    Sheet { columns: COLUMNS.to_vec(), tags: None, rows: entries.iter().filter(|entry| is_event(entry)).map(row).collect() }
}

/// PLOVER's quad: words or deeds, with or against (the manual's table of event types).
pub fn quad(type_: Type) -> (u8, &'static str) {
    match type_ {
        Type::Agree | Type::Consult | Type::Support | Type::Concede => (1, "V-COOP"),
        Type::Cooperate | Type::Aid | Type::Retreat => (2, "M-COOP"),
        Type::Request | Type::Accuse | Type::Reject | Type::Threaten => (3, "V-CONF"),
        _ => (4, "M-CONF"),
    }
}

fn side(actors: &[Actor]) -> [Cell; 8] {
    let first = actors.first();
    let codes = first.and_then(|actor| find(Scheme::Alpha3, actor.country.as_deref()?));
    let mut sectors: Vec<&str> = actors.iter().flat_map(|actor| actor.sectors.iter().map(|sector| sector.as_str())).collect();
    sectors.dedup();
    [
        names(actors).into(),
        first.and_then(|actor| actor.country.as_deref()).into(),
        codes.and_then(|codes| codes.cow.parse::<i64>().ok()).into(),
        sectors.first().copied().into(),
        sectors.join("; ").into(),
        Cell::None,
        actors.iter().map(|actor| actor.text.as_str()).collect::<Vec<_>>().join("; ").into(),
        Cell::None,
    ]
}

fn row(entry: &Entry) -> Vec<Cell> {
    let place = entry.place.as_ref();
    let codes = place.and_then(|place| find(Scheme::Alpha3, place.country.as_deref()?));
    let exact = place.and_then(|place| place.precision).unwrap_or(9);
    let told = sources(entry);
    let day = |at: usize| told.get(at).map(|one| one.1.as_str());
    let mut row: Vec<Cell> = vec![
        entry.id.as_str().into(),
        span(entry).0.into(),
        entry.type_.as_str().into(),
        entry.mode.as_deref().into(),
        Cell::None,
        quad(entry.type_).1.into(),
        Cell::None,
    ];
    row.extend(side(&entry.source));
    row.extend(side(&entry.target));
    row.extend([
        place.map(|place| place.name.as_str()).into(),
        place.filter(|_| exact <= 2).map(|place| place.name.as_str()).into(),
        place.filter(|_| exact == 3).map(|place| place.name.as_str()).into(),
        place.and_then(|place| place.admin1.as_deref()).into(),
        codes.map(|codes| codes.alpha3.as_str()).into(),
        place.and_then(|place| place.latitude).into(),
        place.and_then(|place| place.longitude).into(),
        place.and_then(|place| place.geonames).into(),
        place.map(|place| place.text.as_str()).into(),
        Cell::None,
        told.iter().map(|one| one.0.as_str()).filter(|office| !office.is_empty()).collect::<Vec<_>>().join("; ").into(),
        day(0).into(),
        Cell::None,
        Cell::None,
        Cell::None,
        "en".into(),
        concat!("griot ", env!("CARGO_PKG_VERSION")).into(),
    ]);
    row
}
