//! What was counted, piece by piece.

use super::calendar::{Calendar, Unit};
use super::rates::{Comparison, compare};
use crate::bounds::Rule;
use crate::decisions::Rulings;
use crate::derive::date;
use crate::error::{ErrorKind, Result};
use crate::merge::day;
use crate::question::Filter;
use crate::reference::Reference;
use crate::store::Record;
use griot_types::{Date, Kind, Status, Type};
use rusqlite::params;
use rusqlite::types::Value;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Counted {
    /// Entries, or rows.
    #[default]
    Events,
    /// The dead of incidents; running tallies and parts of a whole are left out.
    Deaths,
}

/// One piece of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Period {
    /// What it is called.
    pub name: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// What was counted; of deaths the best estimates.
    pub count: f64,
    /// Of deaths, the lower bounds.
    pub low: f64,
    /// And the upper ones.
    pub high: f64,
    /// Reports published in it; `None` for a table of others.
    pub reports: Option<i64>,
    /// Whether no report at all was published in it or since: nothing was watched, which is no sign of peace.
    pub unwatched: bool,
    /// Whether reports on it may still be to come.
    pub incomplete: bool,
    /// Publishers of a fifth or more of the reports that begin here.
    pub begins: Vec<String>,
    /// Or that fall silent here.
    pub ends: Vec<String>,
}

/// Counts over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Series {
    /// What is counted.
    pub counted: Counted,
    /// How long the pieces are.
    pub unit: Unit,
    /// The pieces, none left out.
    pub periods: Vec<Period>,
    /// What was met and has no day.
    pub undated: usize,
    /// Days after which nine in ten of what is reported has been reported, as seen in this record.
    pub lag: Option<i32>,
}

/// One entry of what is counted.
pub(crate) struct Count {
    /// Its number.
    pub entry: i64,
    /// Its first day, where it has one of its own.
    pub day: Option<Date>,
    /// What it counts for: low, best, high.
    pub bounds: [f64; 3],
}

/// Which rows of a table of others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableFilter {
    /// In one of these countries, alpha-3.
    pub countries: Vec<String>,
    /// Of one of these types, in the table's words.
    pub types: Vec<String>,
    /// With these words in one of the sides.
    pub actor: Option<String>,
    /// With these words in one of the sides, and those in the other.
    pub dyad: Option<[String; 2]>,
    /// Not over before this day.
    pub from: Option<Date>,
    /// Begun by this day.
    pub to: Option<Date>,
}

/// A publisher of so large a share of the reports counts for the set of sources.
const SHARE: f64 = 0.2;
/// Over so many pieces.
const SEEN: usize = 3;
/// The share of what is reported that must be in for a piece to be complete.
const IN: f64 = 0.9;
/// From so many on, entries are not looked up one by one.
const MANY: usize = 2000;

impl Series {
    /// What two windows come to. Only whole pieces count; windows that overlap, and windows without a whole piece, are refused with words.
    ///
    /// # Errors
    /// See above.
    pub fn compare(&self, before: (Date, Date), after: (Date, Date)) -> std::result::Result<Comparison, String> {
        let (before, after) = if before.0 <= after.0 { (before, after) } else { (after, before) };
        if before.1 >= after.0 {
            return Err(format!(
                "the windows {} to {} and {} to {} overlap; what is in both cannot be held against itself",
                before.0, before.1, after.0, after.1
            ));
        }
        let counts = |(from, to): (Date, Date)| -> Vec<f64> {
            self.periods.iter().filter(|period| period.first >= from && period.last <= to).map(|period| period.count).collect()
        };
        let (a, b) = (counts(before), counts(after));
        for (window, counts) in [(before, &a), (after, &b)] {
            if counts.is_empty() {
                return Err(format!("no whole {} of the series lies between {} and {}", self.unit.name(), window.0, window.1));
            }
        }
        Ok(compare(before, &a, after, &b))
    }

    /// The windows of so many pieces before and after the piece with a day.
    pub fn around(&self, day: Date, pieces: i64) -> ((Date, Date), (Date, Date)) {
        let calendar = Calendar(self.unit);
        let at = calendar.first(day);
        let eve = |first: Date| first.checked_sub(jiff::Span::new().days(1)).unwrap_or(first);
        ((calendar.step(at, -pieces), eve(at)), (calendar.step(at, 1), eve(calendar.step(at, 1 + pieces))))
    }

    fn of(counted: Counted, unit: Unit, found: &[(Date, [f64; 3])], from: Option<Date>, to: Option<Date>) -> Series {
        let calendar = Calendar(unit);
        let days = || found.iter().map(|(day, _)| *day);
        let mut series = Series { counted, unit, ..Series::default() };
        let (Some(first), Some(last)) = (from.or(days().min()), to.or(days().max())) else { return series };
        series.periods = calendar
            .pieces(first, last)
            .into_iter()
            .map(|first| Period { name: calendar.name(first), first, last: calendar.last(first), ..Period::default() })
            .collect();
        for (day, [low, best, high]) in found {
            let at = series.periods.partition_point(|period| period.last < *day);
            if let Some(period) = series.periods.get_mut(at).filter(|period| period.first <= *day) {
                period.count += best;
                period.low += low;
                period.high += high;
            }
        }
        series
    }
}

impl Unit {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
        }
    }
}

impl Record {
    /// Counts entries over time.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn trend(&self, filter: &Filter, rule: &Rule, counted: Counted, unit: Unit) -> Result<Series> {
        let all = self.counts(filter, rule, counted)?;
        let found: Vec<(Date, [f64; 3])> = all.iter().filter_map(|count| Some((count.day?, count.bounds))).collect();
        let undated = all.len() - found.len();
        let mut series = Series::of(counted, unit, &found, filter.from, filter.to);
        series.undated = undated;
        self.mark(&mut series)?;
        Ok(series)
    }

    /// What a trend and a map count, in the order of days: entries, or the tolls among them.
    pub(crate) fn counts(&self, filter: &Filter, rule: &Rule, counted: Counted) -> Result<Vec<Count>> {
        let statuses = actual(filter);
        if counted == Counted::Events {
            let filter = Filter { kind: filter.kind.or(Some(Kind::Event)), statuses, ..filter.clone() };
            let found = self.find(&filter, None)?;
            let days = self.days_of(&found, filter.kind.unwrap_or(Kind::Event))?;
            return Ok(found.into_iter().zip(days).map(|(entry, day)| Count { entry, day, bounds: [1.0; 3] }).collect());
        }
        let filter = Filter { kind: Some(Kind::Figure), types: vec![Type::Killed], statuses, ..filter.clone() };
        let rulings = Rulings::read(self, &self.scope)?;
        let mut counts = Vec::new();
        for n in self.find(&filter, None)? {
            let entry = self.entry(n, &rulings, rule)?;
            let Some(bounds) = entry.incident_number() else { continue };
            counts.push(Count { entry: n, day: entry.time.as_ref().and_then(|time| time.start.or(time.end)), bounds });
        }
        Ok(counts)
    }

    /// The first days of entries of one kind, where they have days of their own. All are read at once where many are asked for.
    fn days_of(&self, entries: &[i64], kind: Kind) -> Result<Vec<Option<Date>>> {
        let own = |first: i64, dated: bool| date(first).filter(|_| dated);
        if entries.len() < MANY {
            let sql = "SELECT first, dated FROM entry WHERE n = ?1";
            let one = |n: &i64| Ok(self.row(sql, [n], |row| Ok(own(row.get(0)?, row.get(1)?)))?.flatten());
            return entries.iter().map(one).collect();
        }
        let sql = "SELECT n, first, dated FROM entry WHERE kind = ?1";
        let all: FxHashMap<i64, Option<Date>> =
            self.rows(sql, [kind as i64], |row| Ok((row.get(0)?, own(row.get(1)?, row.get(2)?))))?.into_iter().collect();
        Ok(entries.iter().map(|n| all.get(n).copied().flatten()).collect())
    }

    /// Says of each piece what the record's reports can say of it.
    fn mark(&self, series: &mut Series) -> Result<()> {
        let sql = "SELECT date, coalesce(publisher, name) FROM report WHERE date IS NOT NULL AND date <= ?1";
        let reports: Vec<(Date, String)> = self
            .rows(sql, [self.scope.published()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
            .into_iter()
            .filter_map(|(day, publisher)| Some((day.parse().ok()?, publisher)))
            .collect();
        let Some(newest) = reports.iter().map(|(day, _)| *day).max() else { return Ok(()) };
        series.lag = self.lag()?;
        let calendar = Calendar(series.unit);
        let mut by_piece: BTreeMap<Date, BTreeMap<&str, i64>> = BTreeMap::new();
        for (day, publisher) in &reports {
            *by_piece.entry(calendar.first(*day)).or_default().entry(publisher).or_default() += 1;
        }
        let none = BTreeMap::new();
        let of = |first: Date| by_piece.get(&first).unwrap_or(&none);
        // Publishers of a fifth of the reports over some pieces.
        let main = |pieces: &[Date]| -> BTreeSet<String> {
            let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
            pieces.iter().flat_map(|first| of(*first)).for_each(|(publisher, n)| *sums.entry(publisher).or_default() += n);
            let all: i64 = sums.values().sum();
            sums.into_iter().filter(|(_, n)| *n as f64 >= SHARE * all as f64 && *n > 1).map(|(publisher, _)| publisher.to_owned()).collect()
        };
        for at in 0..series.periods.len() {
            let first = series.periods[at].first;
            let before: Vec<Date> = (1..=SEEN as i64).map(|by| calendar.step(first, -by)).collect();
            let now: Vec<Date> = (0..SEEN as i64).map(|by| calendar.step(first, by)).collect();
            let silent = |publisher: &String, pieces: &[Date]| pieces.iter().all(|first| !of(*first).contains_key(publisher.as_str()));
            let spoke = |publisher: &String| of(first).contains_key(publisher.as_str());
            let period = &mut series.periods[at];
            let reports: i64 = of(first).values().sum();
            period.reports = Some(reports);
            // What happened in a piece may be told in the next.
            let later: i64 = of(calendar.step(first, 1)).values().sum();
            period.unwatched = reports == 0 && later == 0 && period.count == 0.0;
            let lag = series.lag.unwrap_or(0);
            period.incomplete = day(period.last) + lag > day(newest);
            if by_piece.range(..first).next().is_some() {
                period.begins = main(&now).into_iter().filter(|one| spoke(one) && silent(one, &before)).collect();
                let was_there = |one: &String| before.first().is_some_and(|last| of(*last).contains_key(one.as_str()));
                period.ends = main(&before).into_iter().filter(|one| was_there(one) && silent(one, &now)).collect();
            }
        }
        Ok(())
    }

    /// Days until nine in ten of the events that have a day of their own were reported for the first time.
    fn lag(&self) -> Result<Option<i32>> {
        let sql = "SELECT entry.first, min(report.date) FROM entry JOIN fact ON fact.entry = entry.n JOIN report ON report.n = fact.report
             WHERE entry.kind <> 1 AND entry.dated AND entry.first = entry.last AND report.date IS NOT NULL GROUP BY entry.n";
        let rows = self.rows(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        // What is told years later is history and says nothing of how long news takes.
        let mut lags: Vec<i32> = rows
            .into_iter()
            .filter_map(|(first, told)| Some(day(told.parse().ok()?) - i32::try_from(first).ok()?))
            .filter(|lag| (0..=365).contains(lag))
            .collect();
        lags.sort_unstable();
        let at = (lags.len() as f64 * IN).ceil() as usize;
        Ok(lags.get(at.saturating_sub(1)).copied())
    }

    /// The first and the last day that any row of a table begins on: what lies outside, it does not count.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn reference_span(&self, table: i64) -> Result<Option<(Date, Date)>> {
        let sql = "SELECT min(first), max(first) FROM reference_row WHERE reference = ?1 AND first IS NOT NULL";
        let ends = self.row(sql, [table], |row| Ok(row.get::<_, Option<i64>>(0)?.zip(row.get::<_, Option<i64>>(1)?)))?.flatten();
        Ok(ends.and_then(|(first, last)| date(first).zip(date(last))))
    }

    /// Counts the rows of a table of others over time, or sums their best estimates. Rows over several pieces count in the first.
    ///
    /// # Errors
    /// The record cannot be read; the table has no numbers.
    pub fn reference_trend(&self, table: &Reference, filter: &TableFilter, counted: Counted, unit: Unit) -> Result<Series> {
        let mut wanted = "reference = ?".to_owned();
        let mut values = vec![Value::from(table.n)];
        let mut one_of = |column: &str, list: &[String]| {
            if !list.is_empty() {
                let marks = vec!["?"; list.len()].join(", ");
                wanted.push_str(&format!(" AND {column} IN ({marks})"));
                values.extend(list.iter().map(|word| Value::from(word.clone())));
            }
        };
        one_of("country", &filter.countries);
        one_of("type", &filter.types);
        // Letters of either case, as far as ASCII goes; without making a copy of each side.
        let holds = |words: &str| Value::from(format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")));
        let (a, b) = ("side_a LIKE ? ESCAPE '\\'", "side_b LIKE ? ESCAPE '\\'");
        if let Some(actor) = &filter.actor {
            wanted.push_str(&format!(" AND ({a} OR {b})"));
            values.extend([holds(actor), holds(actor)]);
        }
        if let Some([one, other]) = &filter.dyad {
            wanted.push_str(&format!(" AND ({a} AND {b} OR {a} AND {b})"));
            values.extend([one, other, other, one].map(|words| holds(words)));
        }
        for (bound, sign) in [(filter.from, ">="), (filter.to, "<=")] {
            if let Some(bound) = bound {
                wanted.push_str(&format!(" AND first {sign} ?"));
                values.push(Value::from(i64::from(day(bound))));
            }
        }
        // One line a day keeps the reading short, however many rows there are; a day without any number has no sum.
        let sums = match counted {
            Counted::Events => "count(*), count(*), count(*)",
            Counted::Deaths => "sum(coalesce(low, best)), sum(best), sum(coalesce(high, best))",
        };
        let sql = format!("SELECT first, {sums} FROM reference_row WHERE {wanted} AND first IS NOT NULL GROUP BY first ORDER BY first");
        let days = self.rows(&sql, rusqlite::params_from_iter(values.iter().cloned()), |row| {
            let sum = |at: usize| row.get::<_, Option<f64>>(at);
            Ok((row.get::<_, i64>(0)?, [sum(1)?, sum(2)?, sum(3)?]))
        })?;
        if counted == Counted::Deaths && !days.is_empty() && days.iter().all(|(_, [_, best, _])| best.is_none()) {
            return Err(
                self.error(ErrorKind::Misuse(format!("table {} ({}) counts no deaths; ask with --count events", table.n, table.source)))
            );
        }
        let found: Vec<(Date, [f64; 3])> =
            days.into_iter().filter_map(|(first, sums)| Some((date(first)?, sums.map(Option::unwrap_or_default)))).collect();
        let mut series = Series::of(counted, unit, &found, filter.from, filter.to);
        let sql = "SELECT count(*) FROM reference_row WHERE reference = ?1 AND first IS NULL";
        series.undated = self.row(sql, params![table.n], |row| row.get::<_, i64>(0))?.unwrap_or_default() as usize;
        if let Some(as_of) = table.as_of {
            series.periods.iter_mut().for_each(|period| period.incomplete = period.last > as_of);
        }
        Ok(series)
    }
}

/// A trend is of what is reported as done, unless something else is asked for.
fn actual(filter: &Filter) -> Vec<Status> {
    if filter.statuses.is_empty() { vec![Status::Actual] } else { filter.statuses.clone() }
}
