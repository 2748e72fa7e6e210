//! What a report's names say for each other before any of them is settled.

use super::{Candidate, Class, resolve::Group};
use griot_types::SmolStr;
use std::collections::{BTreeMap, HashMap};

/// Highest score for lying in the unit where the report's other names have a place, or close by.
const SUPPORT: f64 = 8.0;

/// Where the report's names have places, before any is settled: two names that only one unit has both of, or that only one stretch of land has
/// side by side, are likely there. A name counts one, shared evenly among the places that it could be.
pub(super) struct Support {
    units: HashMap<(SmolStr, SmolStr), f64>,
    /// By squares of half a degree: the groups with a place there, and the share of that place.
    squares: HashMap<(i32, i32), Vec<(usize, f64)>>,
    /// For each group the share of one of its units.
    shares: Vec<f64>,
    names: f64,
}

impl Support {
    pub fn of(groups: &[Group<'_>]) -> Support {
        let mut support = Support { units: HashMap::new(), squares: HashMap::new(), shares: Vec::new(), names: 0.0 };
        for (number, group) in groups.iter().enumerate() {
            let units = group.units();
            let each = 1.0 / units.len().max(1) as f64;
            support.names += if units.is_empty() { 0.0 } else { 1.0 };
            support.shares.push(each);
            for unit in units {
                *support.units.entry(unit).or_insert(0.0) += each;
            }
            let fine = || group.candidates.iter().filter(|c| unit_of(c).is_some());
            let share = 1.0 / fine().count().max(1) as f64;
            for candidate in fine() {
                let there = support.squares.entry(square(candidate)).or_default();
                if there.last().is_none_or(|(last, _)| *last != number) {
                    there.push((number, share));
                }
            }
        }
        support
    }

    /// What the other names say for a candidate of the group with this number.
    pub fn score(&self, number: usize, candidate: &Candidate) -> f64 {
        let Some(unit) = unit_of(candidate).filter(|_| self.names > 1.0) else { return 0.0 };
        let same_unit = (self.units.get(&unit).copied().unwrap_or(0.0) - self.shares[number]).max(0.0);
        let (row, column) = square(candidate);
        let mut near: BTreeMap<usize, f64> = BTreeMap::new();
        for square in (row - 1..=row + 1).flat_map(|row| (column - 1..=column + 1).map(move |column| (row, column))) {
            let others = self.squares.get(&square).into_iter().flatten().filter(|(other, _)| *other != number);
            others.for_each(|(other, share)| {
                let most = near.entry(*other).or_insert(0.0);
                *most = most.max(*share);
            });
        }
        SUPPORT * (same_unit + near.values().sum::<f64>()) / (self.names - 1.0)
    }
}

/// The square of half a degree that a place lies in.
fn square(candidate: &Candidate) -> (i32, i32) {
    ((candidate.latitude * 2.0).floor() as i32, (candidate.longitude * 2.0).floor() as i32)
}

/// The country and first-level unit of a place finer than a country.
pub(super) fn unit_of(candidate: &Candidate) -> Option<(SmolStr, SmolStr)> {
    let is_fine = !matches!(candidate.class, Class::Country | Class::Region);
    candidate.unit().filter(|_| is_fine).map(|unit| (candidate.country.clone(), unit.clone()))
}
