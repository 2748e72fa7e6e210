//! UCDP GED's 49 columns (codebook 22.1): a row for each incident with at least one death.

use super::sheet::{Cell, Holds, Sheet};
use super::{Context, as_claim, is_toll, names, number_of, safe, sources, span};
use crate::countries::{Codes, Scheme, find};
use crate::error::Result;
use griot_record::bounds::Rule;
use griot_record::{Entry, Shown};
use griot_types::{Actor, Date};

/// Names, contents and the HXL tags that HDX gives them.
const COLUMNS: [(&str, Holds, &str); 49] = [
    ("id", Holds::Int, "#meta+id"),
    ("relid", Holds::Text, "#meta+id+record"),
    ("year", Holds::Int, "#date+year"),
    ("active_year", Holds::Int, ""),
    ("code_status", Holds::Text, ""),
    ("type_of_violence", Holds::Int, "#event+type"),
    ("conflict_dset_id", Holds::Text, ""),
    ("conflict_new_id", Holds::Int, ""),
    ("conflict_name", Holds::Text, ""),
    ("dyad_dset_id", Holds::Text, ""),
    ("dyad_new_id", Holds::Int, ""),
    ("dyad_name", Holds::Text, ""),
    ("side_a_dset_id", Holds::Text, ""),
    ("side_a_new_id", Holds::Int, ""),
    ("side_a", Holds::Text, "#group+name+first"),
    ("side_b_dset_id", Holds::Text, ""),
    ("side_b_new_id", Holds::Int, ""),
    ("side_b", Holds::Text, "#group+name+second"),
    ("number_of_sources", Holds::Int, ""),
    ("source_article", Holds::Text, "#meta+source"),
    ("source_office", Holds::Text, ""),
    ("source_date", Holds::Text, ""),
    ("source_headline", Holds::Text, ""),
    ("source_original", Holds::Text, ""),
    ("where_prec", Holds::Int, ""),
    ("where_coordinates", Holds::Text, "#loc+name"),
    ("where_description", Holds::Text, "#description"),
    ("adm_1", Holds::Text, "#adm1+name"),
    ("adm_2", Holds::Text, "#adm2+name"),
    ("latitude", Holds::Real, "#geo+lat"),
    ("longitude", Holds::Real, "#geo+lon"),
    ("geom_wkt", Holds::Text, ""),
    ("priogrid_gid", Holds::Int, ""),
    ("country", Holds::Text, "#country+name"),
    ("country_id", Holds::Int, ""),
    ("region", Holds::Text, "#region+name"),
    ("event_clarity", Holds::Int, ""),
    ("date_prec", Holds::Int, ""),
    ("date_start", Holds::Text, "#date+start"),
    ("date_end", Holds::Text, "#date+end"),
    ("deaths_a", Holds::Int, ""),
    ("deaths_b", Holds::Int, ""),
    ("deaths_civilians", Holds::Int, ""),
    ("deaths_unknown", Holds::Int, ""),
    ("best", Holds::Int, "#affected+killed"),
    ("high", Holds::Int, "#affected+killed+max"),
    ("low", Holds::Int, "#affected+killed+min"),
    ("gwnoa", Holds::Text, ""),
    ("gwnob", Holds::Text, ""),
];

pub fn sheet(entries: &[Entry], context: &Context) -> Result<Sheet> {
    let mut rows = Vec::new();
    for entry in entries.iter().filter(|entry| is_toll(entry)) {
        if let (Some(start), Some(end)) = span(entry) {
            rows.push(row(entry, act(entry, entries, context)?.as_ref(), context, start, end));
        }
    }
    Ok(Sheet {
        columns: COLUMNS.iter().map(|(name, holds, _)| (*name, *holds)).collect(),
        tags: Some(COLUMNS.iter().map(|(_, _, tag)| *tag).collect()),
        rows,
    })
}

/// The act that killed, from the export or from the record where a filter left it out.
fn act(entry: &Entry, entries: &[Entry], context: &Context) -> Result<Option<Entry>> {
    let Some(id) = &entry.of_event else { return Ok(None) };
    if let Some(found) = entries.iter().find(|other| other.id == *id) {
        return Ok(Some(found.clone()));
    }
    match context.record.show(id, &Rule::default())? {
        Shown::Entry { entry, .. } => {
            let mut found = vec![*entry];
            safe::withhold(&mut found, context.safety);
            found.iter_mut().for_each(|entry| safe::coarsen(entry, context.safety));
            Ok(found.pop())
        }
        _ => Ok(None),
    }
}

/// Whether an actor is a state's own.
pub fn is_state(actor: &Actor) -> bool {
    actor.sectors.iter().any(|sector| matches!(sector.as_str(), "GOV" | "MIL" | "COP" | "SPY"))
        || (actor.sectors.is_empty() && actor.country.as_ref().is_some_and(|country| actor.code == *country))
}

/// Whether an actor is no party to the fight.
pub fn is_civilian(actor: &Actor) -> bool {
    let armed = ["GOV", "MIL", "COP", "SPY", "REB", "PRM", "UAF", "CRM", "PKO"];
    !is_state(actor) && !actor.sectors.iter().any(|sector| armed.contains(&sector.as_str()))
}

/// UCDP's region of a country by its Gleditsch-Ward number; Egypt and Turkey are in its Middle East.
fn region(gw: &str) -> &'static str {
    match gw.parse::<u16>().unwrap_or_default() {
        630..=699 => "Middle East",
        1..=199 => "Americas",
        200..=399 => "Europe",
        400..=629 => "Africa",
        700.. => "Asia",
        _ => "",
    }
}

/// How exactly days are known (codebook 22.1): the day, 2 to 6 days, a week, a month, more.
fn date_precision(start: Date, end: Date) -> u8 {
    match start.until(end).map_or(0, |span| span.get_days()) {
        0 => 1,
        1..=5 => 2,
        6 => 3,
        7..=30 => 4,
        _ => 5,
    }
}

fn row(entry: &Entry, act: Option<&Entry>, context: &Context, start: Date, end: Date) -> Vec<Cell> {
    let doers: &[Actor] = act.map(|act| act.source.as_slice()).filter(|side| !side.is_empty()).unwrap_or(&entry.source);
    let hit: &[Actor] = act.map(|act| act.target.as_slice()).filter(|side| !side.is_empty()).unwrap_or(&entry.target);
    let civilians = |side: &[Actor]| !side.is_empty() && side.iter().all(is_civilian);
    let told = act.and_then(|act| context.classify.ucdp(&as_claim(act)));
    let guess = if civilians(&entry.target) || civilians(hit) {
        3
    } else if doers.iter().chain(hit).any(is_state) {
        1
    } else {
        2
    };
    let kind = told.unwrap_or(guess);
    // Type 1: the government is side A; type 3: the perpetrator is, and civilians are side B.
    let (a, b) = if kind == 1 && !doers.iter().any(is_state) && hit.iter().any(is_state) { (hit, doers) } else { (doers, hit) };
    let side_b = if kind == 3 { "Civilians".to_owned() } else { names(b) };
    let dead = parts(entry, kind, a, b);
    let [low, best, high] = bounds(entry);
    let codes = entry.place.as_ref().and_then(|place| find(Scheme::Alpha3, place.country.as_deref()?));
    let gw = |side: &[Actor]| -> String {
        let state = side.iter().find(|actor| is_state(actor)).and_then(|actor| find(Scheme::Alpha3, actor.country.as_deref()?));
        state.map_or_else(String::new, |codes| codes.gw.clone())
    };
    let told = sources(entry);
    let list = |at: fn(&(String, String, String)) -> &String| told.iter().map(|one| at(one).as_str()).collect::<Vec<_>>().join(";");
    let article = told.iter().map(|(office, day, headline)| format!("\"{office},{day},{headline}\"")).collect::<Vec<_>>().join(";");
    let place = entry.place.as_ref();
    let point = place.and_then(|place| place.latitude.zip(place.longitude));
    let side_a = names(a);
    let ucdp = |side: &[Actor]| side.iter().find_map(|actor| actor.ucdp);
    vec![
        number_of(&entry.id).into(),
        entry.id.as_str().into(),
        start.year().into(),
        Cell::None,
        if entry.decided == Some("accepted") { "Clear" } else { "Unreviewed" }.into(),
        kind.into(),
        Cell::None,
        Cell::None,
        Cell::None,
        Cell::None,
        Cell::None,
        if side_a.is_empty() || side_b.is_empty() { Cell::None } else { format!("{side_a} - {side_b}").into() },
        Cell::None,
        ucdp(a).into(),
        side_a.into(),
        Cell::None,
        if kind == 3 { Cell::None } else { ucdp(b).into() },
        side_b.into(),
        entry.independent.into(),
        article.into(),
        list(|one| &one.0).into(),
        list(|one| if one.1.is_empty() { &NO_DAY } else { &one.1 }).into(),
        list(|one| &one.2).into(),
        names(&entry.said_by).into(),
        place.and_then(|place| place.precision).into(),
        place.map(|place| place.name.as_str()).into(),
        entry.members.first().map(|member| member.quote.as_str()).into(),
        place.and_then(|place| place.admin1.as_deref()).into(),
        Cell::None,
        point.map(|point| point.0).into(),
        point.map(|point| point.1).into(),
        point.map(|(north, east)| format!("POINT ({east} {north})")).into(),
        point.map(|(north, east)| safe::cell(north, east)).into(),
        codes.map(|codes: &Codes| codes.name.as_str()).into(),
        codes.and_then(|codes| codes.gw.parse::<i64>().ok()).into(),
        codes.map(|codes| region(&codes.gw)).into(),
        if act.is_some() { 1u8 } else { 2 }.into(),
        date_precision(start, end).into(),
        start.into(),
        end.into(),
        dead[0].into(),
        dead[1].into(),
        dead[2].into(),
        dead[3].into(),
        best.into(),
        high.into(),
        low.into(),
        gw(a).into(),
        if kind == 3 { String::new() } else { gw(b) }.into(),
    ]
}

/// UCDP's word for a day that is not known.
static NO_DAY: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| "1753-01-01".to_owned());

/// Low, best and high; a bound that nobody gave is the best estimate.
fn bounds(entry: &Entry) -> [i64; 3] {
    let n = &entry.number;
    let best = n.best.or(n.low).or(n.high).unwrap_or_default().round() as i64;
    [n.low.map_or(best, |n| n.round() as i64), best, n.high.map_or(best, |n| n.round() as i64)]
}

/// The best estimate under the side that its dead belong to: A, B, civilians, unknown.
fn parts(entry: &Entry, kind: u8, a: &[Actor], b: &[Actor]) -> [i64; 4] {
    let best = bounds(entry)[1];
    let same = |side: &[Actor]| {
        entry.target.iter().any(|dead| {
            side.iter().any(|actor| actor.name == dead.name || (!dead.code.is_empty() && actor.code == dead.code && dead.code != "---"))
        })
    };
    let at = if kind == 3 || (!entry.target.is_empty() && entry.target.iter().all(is_civilian)) {
        2
    } else if entry.target.is_empty() {
        3
    } else if same(a) {
        0
    } else if same(b) {
        1
    } else if entry.target.iter().any(is_state) && a.iter().any(is_state) {
        0
    } else {
        3
    };
    let mut parts = [0; 4];
    parts[at] = best;
    parts
}
