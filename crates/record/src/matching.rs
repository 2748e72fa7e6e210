//! A table of others and the record's tolls, row to entry: what both have, and what one has and the other lacks.
//!
//! Pairs within a window of days and kilometres are scored by how near they are in both and by how well their deaths agree, and taken from the best
//! down, each row and each entry once: the idea of MELTT (Donnay, Dunford, McGrath, Backer and Cunningham 2019, J. Conflict Resolution 63(5)).

use crate::bounds::Rule;
use crate::decisions::Rulings;
use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::merge::{day, kilometres};
use crate::question::Filter;
use crate::reference::{Reference, ReferenceRow};
use crate::store::Record;
use griot_types::{Date, Kind, Status, Type};
use serde::Serialize;

/// How far apart two may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Within {
    /// Days between the two stretches of time.
    pub days: i32,
    /// Kilometres between the two points.
    pub kilometres: f64,
}

impl Default for Within {
    fn default() -> Within {
        Within { days: 2, kilometres: 25.0 }
    }
}

/// A row and an entry, or one of them alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    /// The table's id of its row.
    pub row: Option<String>,
    /// The entry.
    pub entry: Option<String>,
    /// How near they are, from 0 to 1.
    pub score: Option<f64>,
    /// Days between them.
    pub days: Option<i32>,
    /// Kilometres between them.
    pub kilometres: Option<f64>,
    /// The first day of the row, else of the entry.
    pub first: Option<Date>,
    /// Country, alpha-3.
    pub country: Option<String>,
    /// The row's low, best and high.
    pub theirs: Option<[f64; 3]>,
    /// The entry's.
    pub ours: Option<[f64; 3]>,
    /// Whether the bounds meet.
    pub agree: Option<bool>,
}

/// One of the two, as matching looks at it.
struct Thing {
    id: String,
    first: i32,
    last: i32,
    date: Option<Date>,
    point: Option<(f64, f64)>,
    country: Option<String>,
    numbers: [f64; 3],
}

impl Record {
    /// Matches the rows of a table with the record's tolls of the dead that `filter` lets through, within the days that both cover. Rows come first, by
    /// day, then entries without a row.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn match_table(&self, table: &Reference, filter: &Filter, within: Within) -> Result<Vec<Match>> {
        let rulings = Rulings::read(self, &self.scope)?;
        let filter = Filter { kind: Some(Kind::Figure), types: vec![Type::Killed], statuses: vec![Status::Actual], ..filter.clone() };
        let mut ours = Vec::new();
        for n in self.find(&filter, None)? {
            ours.extend(of_entry(&self.entry(n, &rulings, &Rule::default())?));
        }
        let mut theirs = Vec::new();
        let wanted = |row: &ReferenceRow| {
            let inside = |date: Option<Date>| {
                date.is_some_and(|date| filter.from.is_none_or(|from| date >= from) && filter.to.is_none_or(|to| date <= to))
            };
            inside(row.first)
                && (filter.countries.is_empty()
                    || row.country.as_ref().is_some_and(|country| filter.countries.iter().any(|one| one.eq_ignore_ascii_case(country))))
        };
        self.reference_rows::<Error>(table.n, |row| {
            if wanted(&row) {
                theirs.extend(of_row(row));
            }
            Ok(())
        })?;
        Ok(pair(&theirs, &ours, within))
    }
}

fn of_entry(entry: &Entry) -> Option<Thing> {
    let number = &entry.number;
    let best = number.best.or(number.low).or(number.high)?;
    if entry.cumulative || entry.inside.is_some() || entry.change.is_some() {
        return None;
    }
    let time = entry.time.as_ref()?;
    let (start, end) = (time.start.or(time.end)?, time.end.or(time.start)?);
    let place = entry.place.as_ref();
    Some(Thing {
        id: entry.id.clone(),
        first: day(start),
        last: day(end),
        date: Some(start),
        point: place.filter(|place| place.precision.is_some_and(|p| p <= 5)).and_then(|place| place.latitude.zip(place.longitude)),
        country: place.and_then(|place| place.country.as_ref()).map(ToString::to_string),
        numbers: [number.low.unwrap_or(best), best, number.high.unwrap_or(best)],
    })
}

fn of_row(row: ReferenceRow) -> Option<Thing> {
    let start = row.first?;
    let best = row.best.or(row.low).or(row.high).unwrap_or_default();
    Some(Thing {
        id: row.id,
        first: day(start),
        last: day(row.last.unwrap_or(start)),
        date: Some(start),
        point: row.latitude.zip(row.longitude),
        country: row.country,
        numbers: [row.low.unwrap_or(best), best, row.high.unwrap_or(best)],
    })
}

fn meets(a: [f64; 3], b: [f64; 3]) -> bool {
    let ends = |n: [f64; 3]| (n.iter().copied().fold(f64::INFINITY, f64::min), n.iter().copied().fold(0.0, f64::max));
    let ((a_low, a_high), (b_low, b_high)) = (ends(a), ends(b));
    a_low <= b_high && b_low <= a_high
}

fn pair(theirs: &[Thing], ours: &[Thing], within: Within) -> Vec<Match> {
    // Entries by day, so that each row looks at its neighbours alone.
    let mut by_day: Vec<usize> = (0..ours.len()).collect();
    by_day.sort_by_key(|&at| (ours[at].first, &ours[at].id));
    let widest = ours.iter().map(|thing| thing.last - thing.first).max().unwrap_or(0);
    let mut pairs: Vec<(f64, i32, f64, usize, usize)> = Vec::new();
    for (a, row) in theirs.iter().enumerate() {
        let from = by_day.partition_point(|&at| ours[at].first < row.first - within.days - widest);
        for &b in by_day[from..].iter().take_while(|&&at| ours[at].first <= row.last + within.days) {
            let entry = &ours[b];
            let apart = (row.first - entry.last).max(entry.first - row.last).max(0);
            let Some(far) = row.point.zip(entry.point).map(|(x, y)| kilometres(x, y)) else { continue };
            if apart > within.days
                || far > within.kilometres
                || row.country.is_some() && entry.country.is_some() && row.country != entry.country
            {
                continue;
            }
            let near = 1.0 - far / (within.kilometres + 1.0);
            let soon = 1.0 - f64::from(apart) / f64::from(within.days + 1);
            let (x, y) = (row.numbers[1].max(1.0), entry.numbers[1].max(1.0));
            let alike = if meets(row.numbers, entry.numbers) { 1.0 } else { x.min(y) / x.max(y) };
            pairs.push(((near + soon + alike) / 3.0, apart, far, a, b));
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| (&theirs[x.3].id, &ours[x.4].id).cmp(&(&theirs[y.3].id, &ours[y.4].id))));
    let mut of_row: Vec<Option<(usize, f64, i32, f64)>> = vec![None; theirs.len()];
    let mut taken = vec![false; ours.len()];
    for (score, days, far, a, b) in pairs {
        if of_row[a].is_none() && !taken[b] {
            of_row[a] = Some((b, score, days, far));
            taken[b] = true;
        }
    }
    let mut rows: Vec<usize> = (0..theirs.len()).collect();
    rows.sort_by_key(|&at| (theirs[at].first, &theirs[at].id));
    let round = |n: f64| (n * 1000.0).round() / 1000.0;
    let both = rows.into_iter().map(|a| {
        let row = &theirs[a];
        let with = of_row[a];
        let entry = with.map(|(b, ..)| &ours[b]);
        Match {
            row: Some(row.id.clone()),
            entry: entry.map(|entry| entry.id.clone()),
            score: with.map(|(_, score, ..)| round(score)),
            days: with.map(|(_, _, days, _)| days),
            kilometres: with.map(|(_, _, _, far)| round(far)),
            first: row.date,
            country: row.country.clone(),
            theirs: Some(row.numbers),
            ours: entry.map(|entry| entry.numbers),
            agree: entry.map(|entry| meets(row.numbers, entry.numbers)),
        }
    });
    let alone = by_day.iter().filter(|&&b| !taken[b]).map(|&b| Match {
        row: None,
        entry: Some(ours[b].id.clone()),
        score: None,
        days: None,
        kilometres: None,
        first: ours[b].date,
        country: ours[b].country.clone(),
        theirs: None,
        ours: Some(ours[b].numbers),
        agree: None,
    });
    both.chain(alone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(id: &str, first: i32, point: (f64, f64), best: f64) -> Thing {
        Thing { id: id.into(), first, last: first, date: None, point: Some(point), country: Some("MLI".into()), numbers: [best; 3] }
    }

    #[test]
    fn each_goes_with_its_likest_once() {
        let rows = [thing("r1", 10, (16.0, 0.0), 5.0), thing("r2", 11, (16.1, 0.0), 9.0), thing("r3", 99, (16.0, 0.0), 5.0)];
        let entries = [thing("e1", 11, (16.0, 0.0), 9.0), thing("e2", 10, (16.0, 0.1), 5.0), thing("e3", 10, (18.0, 0.0), 5.0)];
        let found = pair(&rows, &entries, Within::default());
        let told: Vec<(Option<&str>, Option<&str>)> = found.iter().map(|m| (m.row.as_deref(), m.entry.as_deref())).collect();
        assert_eq!(told, [(Some("r1"), Some("e2")), (Some("r2"), Some("e1")), (Some("r3"), None), (None, Some("e3"))]);
        assert_eq!(found[1].agree, Some(true));
        assert!(found[0].score.unwrap() > 0.8);
    }

    /// A seeded, shifted copy: what was left in is found again, what was taken out is not.
    #[test]
    fn a_shifted_copy_is_matched_with_itself() {
        let mut seed = 7u64;
        let mut next = move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as f64 / f64::from(1u32 << 31)
        };
        let rows: Vec<Thing> = (0..2000)
            .map(|n| thing(&format!("{n}"), (next() * 3000.0) as i32, (10.0 + next() * 10.0, next() * 10.0), (next() * 40.0).floor() + 1.0))
            .collect();
        let copies: Vec<Thing> = rows
            .iter()
            .filter(|row| !row.id.ends_with('3'))
            .map(|row| {
                let point = row.point.map(|(north, east)| (north + (next() - 0.5) * 0.1, east + (next() - 0.5) * 0.1));
                Thing {
                    id: row.id.clone(),
                    first: row.first + (next() * 2.0) as i32,
                    last: row.last + 1,
                    date: None,
                    point,
                    country: row.country.clone(),
                    numbers: row.numbers,
                }
            })
            .collect();
        let found = pair(&rows, &copies, Within::default());
        let right = found.iter().filter(|m| m.row.is_some() && m.row == m.entry).count();
        let wrong = found.iter().filter(|m| m.row.is_some() && m.entry.is_some() && m.row != m.entry).count();
        assert!(right as f64 >= 0.99 * copies.len() as f64 && wrong <= 10, "{right} right and {wrong} wrong of {}", copies.len());
    }
}
