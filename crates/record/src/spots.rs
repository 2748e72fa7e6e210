//! Where a record's entries lie: the places of a map.

use crate::bounds::Rule;
use crate::error::Result;
use crate::question::{Filter, PlaceRow, Question};
use crate::store::Record;
use griot_types::{Kind, SmolStr, Status, Type};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// A place with what is reported of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spot {
    /// The place; `entries` counts those that were asked for alone.
    #[serde(flatten)]
    pub place: PlaceRow,
    /// Reported deaths there, lower bound, best estimate and upper bound; running tallies and parts of a whole are left out. `None` where deaths were
    /// not asked for.
    pub deaths: Option<[f64; 3]>,
}

impl Record {
    /// The places of the entries that a filter lets through, those with most entries first. With `deaths` each has its dead, which takes longer.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn spots(&self, filter: &Filter, rule: &Rule, deaths: bool) -> Result<Vec<Spot>> {
        let mut found: FxHashMap<i64, i64> = FxHashMap::default();
        let places = |n: i64| self.rows("SELECT place FROM entry_place WHERE entry = ?1", [n], |row| row.get::<_, i64>(0));
        for n in self.find(filter, None)? {
            for place in places(n)? {
                *found.entry(place).or_default() += 1;
            }
        }
        let sums = if deaths { Some(self.dead(filter, rule)?) } else { None };
        let sql = "SELECT name, country, admin1, latitude, longitude, precision, geonames FROM place WHERE n = ?1";
        let mut spots = Vec::with_capacity(found.len());
        for (n, entries) in found {
            let place = self.row(sql, [n], |row| {
                Ok(PlaceRow {
                    name: row.get(0)?,
                    country: row.get::<_, Option<String>>(1)?.map(SmolStr::from),
                    admin1: row.get(2)?,
                    latitude: row.get(3)?,
                    longitude: row.get(4)?,
                    precision: row.get(5)?,
                    geonames: row.get(6)?,
                    entries,
                })
            })?;
            let deaths = sums.as_ref().map(|sums| sums.get(&n).copied().unwrap_or_default());
            spots.extend(place.map(|place| Spot { place, deaths }));
        }
        let key =
            |spot: &Spot| (std::cmp::Reverse(spot.place.entries), spot.place.name.clone(), spot.place.country.clone(), spot.place.geonames);
        spots.sort_by_cached_key(key);
        Ok(spots)
    }

    /// The dead of each place.
    fn dead(&self, filter: &Filter, rule: &Rule) -> Result<FxHashMap<i64, [f64; 3]>> {
        let mut sums: FxHashMap<i64, [f64; 3]> = FxHashMap::default();
        let filter = Filter { kind: Some(Kind::Figure), types: vec![Type::Killed], statuses: vec![Status::Actual], ..filter.clone() };
        for entry in self.ask(&Question { filter, rule: rule.clone(), limit: None })? {
            if entry.cumulative || entry.inside.is_some() || entry.change.is_some() {
                continue;
            }
            let Some(best) = entry.number.best.or(entry.number.low).or(entry.number.high) else { continue };
            let bounds = [entry.number.low.unwrap_or(best), best, entry.number.high.unwrap_or(best)];
            let n = self.entry_named(&entry.id)?;
            for place in self.rows("SELECT place FROM entry_place WHERE entry = ?1", [n], |row| row.get::<_, i64>(0))? {
                let sum = sums.entry(place).or_default();
                sum.iter_mut().zip(bounds).for_each(|(sum, more)| *sum += more);
            }
        }
        Ok(sums)
    }
}
