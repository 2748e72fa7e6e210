//! What is not to be given on: private persons, exact places and days.

use griot_record::Entry;
use griot_types::{Actor, Date, Person, Place, Precision, Time};
use rustc_hash::FxHashMap;

/// How exact a place may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlaceLevel {
    /// As it was found.
    #[default]
    Exact,
    /// The cell of PRIO's grid, half a degree wide, with the cell's middle as its point.
    Grid,
    /// The first-level unit, without a point.
    Admin1,
    /// The country, without a point.
    Country,
}

/// How exact a day may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateLevel {
    /// As it was found.
    #[default]
    Exact,
    /// The week, Monday to Sunday.
    Week,
    /// The month.
    Month,
}

/// What is taken out and coarsened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Safety {
    /// Private persons stay.
    pub persons: bool,
    /// Places.
    pub place: PlaceLevel,
    /// Days.
    pub date: DateLevel,
}

impl Safety {
    /// Whether anything is made coarser.
    pub fn coarsens(&self) -> bool {
        self.place != PlaceLevel::Exact || self.date != DateLevel::Exact
    }
}

/// In place of a private person's name.
const WITHHELD: &str = "a private person";
/// In place of the words that hold it.
const QUOTE: &str = "[withheld: names a private person]";
/// What stands together in fewer rows than this may be told apart by who knows the place.
const SMALL: usize = 3;

/// Takes private persons out, and the quotes of entries that have one. How many entries that concerned.
pub fn withhold(entries: &mut [Entry], safety: &Safety) -> usize {
    if safety.persons {
        return 0;
    }
    let mut concerned = 0;
    for entry in entries {
        let sides = [&mut entry.source, &mut entry.target, &mut entry.said_by];
        let found: usize = sides.into_iter().map(|side| side.iter_mut().map(hide).filter(|hidden| *hidden).count()).sum();
        if found > 0 {
            concerned += 1;
            entry.members.iter_mut().for_each(|member| QUOTE.clone_into(&mut member.quote));
        }
    }
    concerned
}

fn hide(actor: &mut Actor) -> bool {
    if actor.person != Some(Person::Private) {
        return false;
    }
    WITHHELD.clone_into(&mut actor.name);
    WITHHELD.clone_into(&mut actor.text);
    actor.id = None;
    true
}

/// PRIO-GRID's number of the cell of a point (Tollefsen, Strand and Buhaug 2012): half-degree cells, counted from the south-west.
pub fn cell(latitude: f64, longitude: f64) -> u32 {
    let row = ((latitude + 90.0) / 0.5).floor().clamp(0.0, 359.0) as u32;
    let column = ((longitude + 180.0) / 0.5).floor().clamp(0.0, 719.0) as u32;
    row * 720 + column + 1
}

/// Makes an entry's place and days as coarse as is asked. What was coarser stays as it was; the precision reached stands in the entry.
pub fn coarsen(entry: &mut Entry, safety: &Safety) {
    if safety.coarsens() {
        silence(entry);
    }
    if let Some(place) = &mut entry.place {
        widen(place, safety.place);
    }
    let bounds: fn(Date) -> (Date, Date) = match safety.date {
        DateLevel::Exact => return,
        DateLevel::Week => |day| {
            let monday = day.checked_sub(jiff::Span::new().days(i64::from(day.weekday().to_monday_zero_offset()))).unwrap_or(day);
            (monday, monday.checked_add(jiff::Span::new().days(6)).unwrap_or(monday))
        },
        DateLevel::Month => |day| (day.first_of_month(), day.last_of_month()),
    };
    if let Some(Time { start, end, precision, text }) = &mut entry.time {
        *start = start.map(|day| bounds(day).0);
        *end = end.map(|day| bounds(day).1);
        let reached = if safety.date == DateLevel::Week { Precision::Week } else { Precision::Month };
        *precision = precision.map(|found| found.max(reached));
        text.clear();
    }
    entry.first_reported = entry.first_reported.map(|day| bounds(day).0);
    entry.last_reported = entry.last_reported.map(|day| bounds(day).1);
    for member in &mut entry.members {
        member.date = member.date.map(|day| bounds(day).0);
    }
}

/// The words of a report, its headline too, name the day and the place that are to be left open.
fn silence(entry: &mut Entry) {
    for member in &mut entry.members {
        "[withheld: coarsened]".clone_into(&mut member.quote);
        member.title.clear();
    }
}

/// How many entries stand together in one cell of place, time and type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crowd {
    /// Those that share their cell with another: nothing in the row's place, time and type tells them apart.
    pub together: usize,
    /// Those that share it with fewer than two others: there coarsening hides little.
    pub small: usize,
}

/// How entries stand together; nothing is counted where nothing was coarsened.
pub fn crowd(entries: &[Entry], safety: &Safety) -> Crowd {
    if !safety.coarsens() {
        return Crowd::default();
    }
    let mut cells: FxHashMap<(String, Option<Date>, &'static str), usize> = FxHashMap::default();
    for entry in entries {
        let place = entry.place.as_ref().map_or_else(String::new, |place| place.name.clone());
        let start = entry.time.as_ref().and_then(|time| time.start).or(entry.first_reported);
        *cells.entry((place, start, entry.type_.as_str())).or_default() += 1;
    }
    let sum = |wanted: fn(usize) -> bool| cells.values().filter(|count| wanted(**count)).sum();
    Crowd { together: sum(|count| count > 1), small: sum(|count| count < SMALL) }
}

/// Makes a place as exact as a level allows.
fn widen(place: &mut Place, level: PlaceLevel) {
    // What nobody placed may be a village: its name is as exact as can be.
    let exact = place.precision.unwrap_or(1);
    match level {
        PlaceLevel::Exact => {}
        PlaceLevel::Grid => {
            let middle = |degrees: f64| (degrees / 0.5).floor() * 0.5 + 0.25;
            place.latitude = place.latitude.map(middle);
            place.longitude = place.longitude.map(middle);
            if exact < 4 {
                let name = place.latitude.zip(place.longitude).map(|(north, east)| format!("PRIO-GRID cell {}", cell(north, east)));
                place.name = name.unwrap_or_default();
                place.precision = Some(5);
            }
            place.geonames = None;
        }
        PlaceLevel::Admin1 | PlaceLevel::Country => {
            let unit = place.admin1.clone().filter(|_| level == PlaceLevel::Admin1);
            let to = if unit.is_some() { 4 } else { 6 };
            if exact < to || exact == 5 {
                place.name = unit.clone().or_else(|| place.country.as_ref().map(ToString::to_string)).unwrap_or_default();
                place.precision = Some(to);
            }
            place.admin1 = unit;
            (place.latitude, place.longitude, place.geonames) = (None, None, None);
        }
    }
    if level != PlaceLevel::Exact {
        place.text.clone_from(&place.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_village_that_nobody_placed_keeps_no_name() {
        let place = Place { text: "Tin Aouker".into(), name: "Tin Aouker".into(), country: Some("MLI".into()), ..Place::default() };
        for level in [PlaceLevel::Grid, PlaceLevel::Admin1, PlaceLevel::Country] {
            let mut place = place.clone();
            widen(&mut place, level);
            assert!(!place.name.contains("Aouker") && !place.text.contains("Aouker"), "{level:?}: {place:?}");
        }
        let mut exact = place.clone();
        widen(&mut exact, PlaceLevel::Exact);
        assert_eq!(exact, place);
    }

    #[test]
    fn cells_are_those_of_prio() {
        // The first is what UCDP GED gives for Kabul; all 1,000 rows of its sample of 2023 agree.
        assert_eq!(cell(34.533_333, 69.166_667), 179_779);
        assert_eq!(cell(-90.0, -180.0), 1);
        assert_eq!(cell(89.9, 179.9), 259_200);
    }
}
