//! ACLED's current columns (its guide to the changes of 2023): a row for each event with two sides.

use super::ged::{is_civilian, is_state};
use super::sheet::{Cell, Holds, Sheet};
use super::{Context, as_claim, is_event, names, sources, span};
use crate::countries::{Scheme, find};
use griot_record::Entry;
use griot_types::Actor;

const COLUMNS: [(&str, Holds); 31] = [
    ("event_id_cnty", Holds::Text),
    ("event_date", Holds::Text),
    ("year", Holds::Int),
    ("time_precision", Holds::Int),
    ("disorder_type", Holds::Text),
    ("event_type", Holds::Text),
    ("sub_event_type", Holds::Text),
    ("actor1", Holds::Text),
    ("assoc_actor_1", Holds::Text),
    ("inter1", Holds::Text),
    ("actor2", Holds::Text),
    ("assoc_actor_2", Holds::Text),
    ("inter2", Holds::Text),
    ("interaction", Holds::Text),
    ("civilian_targeting", Holds::Text),
    ("iso", Holds::Int),
    ("region", Holds::Text),
    ("country", Holds::Text),
    ("admin1", Holds::Text),
    ("admin2", Holds::Text),
    ("admin3", Holds::Text),
    ("location", Holds::Text),
    ("latitude", Holds::Real),
    ("longitude", Holds::Real),
    ("geo_precision", Holds::Int),
    ("source", Holds::Text),
    ("source_scale", Holds::Text),
    ("notes", Holds::Text),
    ("fatalities", Holds::Int),
    ("tags", Holds::Text),
    ("timestamp", Holds::Int),
];

pub fn sheet(entries: &[Entry], context: &Context) -> Sheet {
    let mut rows = Vec::new();
    for entry in entries.iter().filter(|entry| is_event(entry)) {
        if let Some((event, sub)) = context.classify.acled(&as_claim(entry)) {
            rows.push(row(entry, &event, &sub, entries, context));
        }
    }
    Sheet { columns: COLUMNS.to_vec(), tags: None, rows }
}

/// What sort of actor the first of a side is.
fn inter(side: &[Actor]) -> &'static str {
    let Some(actor) = side.first() else { return "" };
    let has = |sector: &str| actor.sectors.iter().any(|known| known == sector);
    if has("PKO") {
        "External/Other forces"
    } else if is_state(actor) {
        "State forces"
    } else if has("REB") {
        "Rebel group"
    } else if has("PRM") || has("UAF") || has("CRM") {
        "Political militia"
    } else if has("OPP") {
        "Protesters"
    } else if is_civilian(actor) {
        "Civilians"
    } else {
        "External/Other forces"
    }
}

/// The day itself, a week, or more.
fn time_precision(entry: &Entry) -> u8 {
    match span(entry) {
        (Some(start), Some(end)) if entry.time.is_some() => match start.until(end).map_or(0, |span| span.get_days()) {
            0 => 1,
            1..=7 => 2,
            _ => 3,
        },
        _ => 3,
    }
}

fn disorder(event: &str, sub: &str) -> &'static str {
    match (event, sub) {
        ("Battles" | "Explosions/Remote violence" | "Violence against civilians", _) | (_, "Mob violence") => "Political violence",
        (_, "Excessive force against protesters") => "Political violence; Demonstrations",
        ("Protests" | "Riots", _) => "Demonstrations",
        _ => "Strategic developments",
    }
}

fn row(entry: &Entry, event: &str, sub: &str, entries: &[Entry], context: &Context) -> Vec<Cell> {
    let (start, _) = span(entry);
    let place = entry.place.as_ref();
    let codes = place.and_then(|place| find(Scheme::Alpha3, place.country.as_deref()?));
    let dead: f64 = context
        .figures
        .get(&entry.id)
        .into_iter()
        .flatten()
        .map(|&at| &entries[at].number)
        .map(|number| number.low.or(number.best).or(number.high).unwrap_or_default())
        .sum();
    let (first, second) = (inter(&entry.source), inter(&entry.target));
    let precision = place.and_then(|place| place.precision).map(|precision| match precision {
        1 => 1u8,
        2 | 3 => 2,
        _ => 3,
    });
    let rest = |side: &[Actor]| names(side.get(1..).unwrap_or_default());
    let one = |side: &[Actor]| names(side.get(..1).unwrap_or_default());
    let interaction = [first, second].iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join("-");
    let targeted = second == "Civilians" && disorder(event, sub).starts_with("Political violence");
    let offices: Vec<String> = sources(entry).into_iter().map(|(office, _, _)| office).filter(|office| !office.is_empty()).collect();
    let mut offices_once = offices.clone();
    offices_once.sort_unstable();
    offices_once.dedup();
    vec![
        entry.id.as_str().into(),
        start.into(),
        start.map(|day| day.year()).into(),
        time_precision(entry).into(),
        disorder(event, sub).into(),
        event.into(),
        sub.into(),
        one(&entry.source).into(),
        rest(&entry.source).into(),
        first.into(),
        one(&entry.target).into(),
        rest(&entry.target).into(),
        second.into(),
        interaction.into(),
        if targeted { "Civilian targeting" } else { "" }.into(),
        codes.and_then(|codes| codes.m49.parse::<i64>().ok()).into(),
        Cell::None,
        codes.map(|codes| codes.name.as_str()).into(),
        place.and_then(|place| place.admin1.as_deref()).into(),
        Cell::None,
        Cell::None,
        place.map(|place| place.name.as_str()).into(),
        place.and_then(|place| place.latitude).into(),
        place.and_then(|place| place.longitude).into(),
        precision.into(),
        offices_once.join("; ").into(),
        Cell::None,
        entry.members.first().map(|member| member.quote.as_str()).into(),
        (dead.round() as i64).into(),
        Cell::None,
        Cell::None,
    ]
}
