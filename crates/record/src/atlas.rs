//! Where what is reported lies, as exactly as reports tell it and no more exactly.

use crate::bounds::Rule;
use crate::decisions::Rulings;
use crate::entry::Entry;
use crate::error::Result;
use crate::merge::day;
use crate::question::{Filter, Question};
use crate::store::Record;
use crate::trend::{Calendar, Count, Counted, Series};
use griot_types::{Date, Kind, SmolStr, Status, Type};
use rusqlite::types::Value;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// What is counted, summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Sum {
    /// Entries.
    pub entries: usize,
    /// Of deaths, the lower bounds; else the entries.
    pub low: f64,
    /// The best estimates.
    pub best: f64,
    /// The upper bounds.
    pub high: f64,
}

impl Sum {
    /// Adds one entry with what it counts for.
    pub fn add(&mut self, [low, best, high]: [f64; 3]) {
        self.entries += 1;
        self.low += low;
        self.best += best;
        self.high += high;
    }
}

/// A place told with one exactness, and what is reported there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spot {
    /// Names it in questions: `2453348@1`, `kwala/MLI@2`.
    pub key: String,
    /// The place's name.
    pub name: String,
    /// Its country, alpha-3.
    pub country: Option<SmolStr>,
    /// Its first-level unit.
    pub admin1: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// UCDP's where_prec; 7 where nothing is known.
    pub precision: u8,
    /// What is reported there.
    #[serde(flatten)]
    pub sum: Sum,
}

/// What a map shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Atlas {
    /// What is counted.
    pub counted: Counted,
    /// Places, those with most first.
    pub spots: Vec<Spot>,
    /// All that answers, with and without a place.
    pub all: Sum,
    /// What lies at no place.
    pub nowhere: Sum,
    /// How many reports of the time asked for speak of each country, alpha-3: a country that is not here was not reported on.
    pub about: Vec<(String, i64)>,
}

/// The kind of what is counted.
fn kind_of(filter: &Filter, counted: Counted) -> Kind {
    if counted == Counted::Deaths { Kind::Figure } else { filter.kind.unwrap_or(Kind::Event) }
}

/// An entry's place: its row, and how exactly the entry tells it.
type At = (i64, u8);

impl Record {
    /// What is reported where. Without a kind or a status in the filter it is of events, and of what is reported as done.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn atlas(&self, filter: &Filter, rule: &Rule, counted: Counted) -> Result<Atlas> {
        let places = self.lie(kind_of(filter, counted))?;
        let mut atlas = Atlas { counted, about: self.about(filter.from, filter.to)?, ..Atlas::default() };
        let mut sums: FxHashMap<At, Sum> = FxHashMap::default();
        for Count { entry, bounds, .. } in self.counts(filter, rule, counted)? {
            atlas.all.add(bounds);
            match places.get(&entry) {
                Some(at) => sums.entry(*at).or_default().add(bounds),
                None => atlas.nowhere.add(bounds),
            }
        }
        for (at, sum) in sums {
            atlas.spots.extend(self.spot(at, sum)?);
        }
        atlas.spots.sort_by(|a, b| b.sum.best.total_cmp(&a.sum.best).then_with(|| a.key.cmp(&b.key)));
        Ok(atlas)
    }

    /// A page of what is counted at one spot, by its key, and how many there are; an empty key is for what lies nowhere.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn at_spot(&self, question: &Question, counted: Counted, key: &str, offset: usize) -> Result<(usize, Vec<Entry>)> {
        let places = self.lie(kind_of(&question.filter, counted))?;
        let wanted = match key.rsplit_once('@') {
            Some((place, precision)) => {
                let n = self.row("SELECT n FROM place WHERE key = ?1", [place], |row| row.get::<_, i64>(0))?;
                match n.zip(precision.parse::<u8>().ok()) {
                    Some(at) => Some(at),
                    None => return Ok((0, Vec::new())),
                }
            }
            None => None,
        };
        let mut found: Vec<i64> = self.counts(&question.filter, &question.rule, counted)?.into_iter().map(|count| count.entry).collect();
        found.retain(|entry| places.get(entry).copied() == wanted);
        let rulings = Rulings::read(self, &self.scope)?;
        let shown = found.iter().skip(offset).take(question.limit.unwrap_or(usize::MAX));
        Ok((found.len(), shown.map(|n| self.entry(*n, &rulings, &question.rule)).collect::<Result<_>>()?))
    }

    /// What a map counts, as whole entries with what each counts for: for maps that change the entries before they are drawn.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn counted(&self, filter: &Filter, rule: &Rule, counted: Counted) -> Result<Vec<(Entry, [f64; 3])>> {
        let counts = self.counts(filter, rule, counted)?;
        let rulings = Rulings::read(self, &self.scope)?;
        counts.into_iter().map(|count| Ok((self.entry(count.entry, &rulings, rule)?, count.bounds))).collect()
    }

    /// The place of each entry of a kind that has one. Of several it is the one that the entry's row has its point from.
    fn lie(&self, kind: Kind) -> Result<FxHashMap<i64, At>> {
        let sql = "SELECT entry_place.entry, place.n, place.latitude IS NOT entry.latitude OR place.longitude IS NOT entry.longitude,
               coalesce(place.precision, 7), coalesce(entry.precision, 7)
             FROM entry_place JOIN entry ON entry.n = entry_place.entry JOIN place ON place.n = entry_place.place
             WHERE entry.kind = ?1";
        let mut best: FxHashMap<i64, ((bool, u8, i64), At)> = FxHashMap::default();
        let rows = self.rows(sql, [kind as i64], |row| {
            let (entry, place, other): (i64, i64, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (own, told): (u8, u8) = (row.get(3)?, row.get(4)?);
            Ok((entry, (other, own, place), (place, if other { own } else { told })))
        })?;
        for (entry, rank, at) in rows {
            let known = best.entry(entry).or_insert((rank, at));
            if rank < known.0 {
                *known = (rank, at);
            }
        }
        Ok(best.into_iter().map(|(entry, (_, at))| (entry, at)).collect())
    }

    fn spot(&self, (n, precision): At, sum: Sum) -> Result<Option<Spot>> {
        let sql = "SELECT key, name, country, admin1, latitude, longitude FROM place WHERE n = ?1";
        self.row(sql, [n], |row| {
            Ok(Spot {
                key: format!("{}@{precision}", row.get::<_, String>(0)?),
                name: row.get(1)?,
                country: row.get::<_, Option<String>>(2)?.map(SmolStr::from),
                admin1: row.get(3)?,
                latitude: row.get(4)?,
                longitude: row.get(5)?,
                precision,
                sum,
            })
        })
    }

    /// How many reports published between two days have a claim that lies in each country.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn about(&self, from: Option<Date>, to: Option<Date>) -> Result<Vec<(String, i64)>> {
        let sql = "SELECT place.country, count(DISTINCT fact.report) FROM fact JOIN report ON report.n = fact.report
             JOIN entry_place ON entry_place.entry = fact.entry JOIN place ON place.n = entry_place.place
             WHERE place.country IS NOT NULL AND (?1 IS NULL OR report.date >= ?1) AND (?2 IS NULL OR report.date <= ?2)
             GROUP BY place.country ORDER BY place.country";
        let words = |day: Option<Date>| day.map(|day| day.to_string());
        self.rows(sql, [words(from), words(to)], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// For each piece of a series, how many reports published in it have a claim that lies in one of these countries.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn about_over_time(&self, countries: &[String], series: &Series) -> Result<Vec<i64>> {
        let marks = vec!["?"; countries.len()].join(", ");
        let sql = format!(
            "SELECT DISTINCT report.n, report.date FROM place JOIN entry_place ON entry_place.place = place.n
             JOIN fact ON fact.entry = entry_place.entry JOIN report ON report.n = fact.report
             WHERE place.country IN ({marks}) AND report.date IS NOT NULL"
        );
        let values = countries.iter().map(|country| Value::from(country.to_uppercase()));
        let mut counts: FxHashMap<Date, i64> = FxHashMap::default();
        for told in self.rows(&sql, rusqlite::params_from_iter(values), |row| row.get::<_, String>(1))? {
            if let Ok(day) = told.parse::<Date>() {
                *counts.entry(Calendar(series.unit).first(day)).or_default() += 1;
            }
        }
        Ok(series.periods.iter().map(|period| counts.get(&period.first).copied().unwrap_or(0)).collect())
    }

    /// Who is reported to be, to act or to rule where, each with the stretches over which it held; those that most reports tell of first, and how many
    /// there are.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn presence(&self, question: &Question) -> Result<(usize, Vec<Entry>)> {
        let types = vec![Type::PresentIn, Type::ActiveIn, Type::Controls];
        let filter = Filter { kind: Some(Kind::Relation), types, statuses: vec![Status::Actual], ..question.filter.clone() };
        let found = self.find(&filter, None)?;
        let weight = |n: i64| {
            self.row("SELECT reports, first FROM entry WHERE n = ?1", [n], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        };
        let mut ranked = found.iter().map(|n| Ok((weight(*n)?.unwrap_or_default(), *n))).collect::<Result<Vec<_>>>()?;
        ranked.sort_by(|((a, x), n), ((b, y), m)| b.cmp(a).then(x.cmp(y)).then(n.cmp(m)));
        ranked.truncate(question.limit.unwrap_or(usize::MAX));
        let rulings = Rulings::read(self, &self.scope)?;
        let mut entries: Vec<Entry> = ranked.into_iter().map(|(_, n)| self.entry(n, &rulings, &question.rule)).collect::<Result<_>>()?;
        let since = |entry: &Entry| entry.held.first().and_then(|held| held.since).map_or(i32::MIN, day);
        entries.sort_by_cached_key(|entry| (entry.source.first().map(|actor| actor.name.clone()), since(entry), entry.id.clone()));
        Ok((found.len(), entries))
    }
}
