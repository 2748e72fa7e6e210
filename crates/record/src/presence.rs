//! When a relation held: from its first report, or the day that is told, to the end that is told or the withdrawal that ended it.
//!
//! A force that withdrew from a place, or from all of its country, is there no longer; a rule over a place ends when another holds it. Who is reported
//! there again afterwards is there again: both reports stand, and the stretches between them show that they do not agree.

use crate::codec;
use crate::derive::{date, type_number};
use crate::error::Result;
use crate::merge::{Class, Facts, Tie, Where, Who, tie};
use crate::store::Record;
use griot_types::{Date, Kind, Status, Type};
use serde::Serialize;

/// A stretch of time over which a relation held, as far as reports tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// The first day.
    pub since: Option<Date>,
    /// Whether a report tells that day; else it is the day of the first report, and the relation may be older.
    pub since_told: bool,
    /// The last day; `None` where no report tells of an end.
    pub until: Option<Date>,
    /// The entry of the withdrawal, or of the other's rule, that ended it; `None` where the end is told with the relation itself.
    pub until_by: Option<String>,
}

impl Stretch {
    /// Whether it was under way on a day between these.
    pub fn meets(&self, from: Option<Date>, to: Option<Date>) -> bool {
        let begun = to.zip(self.since).is_none_or(|(to, since)| since <= to);
        begun && from.zip(self.until).is_none_or(|(from, until)| until >= from)
    }
}

/// Something that begins or ends a relation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    day: i32,
    /// Beginnings come before ends of the same day: who left on a day was there on it.
    end: bool,
    told: bool,
    by: Option<i64>,
}

/// The stretches that marks make. Of ends that follow each other the last one holds: who left in parts was there until the last part went.
fn stretches(mut marks: Vec<Mark>) -> Vec<Stretch> {
    marks.sort();
    let day = |day: i32| date(i64::from(day));
    let mut out: Vec<Stretch> = Vec::new();
    for mark in marks {
        let open = out.last().is_some_and(|last| last.until.is_none());
        let name = mark.by.map(|n| format!("e{}", codec::id(n)));
        match (mark.end, out.last_mut()) {
            (false, _) if !open => out.push(Stretch { since: day(mark.day), since_told: mark.told, until: None, until_by: None }),
            (false, _) => {}
            (true, Some(last)) => (last.until, last.until_by) = (day(mark.day), name),
            (true, None) => out.push(Stretch { since: None, since_told: false, until: day(mark.day), until_by: name }),
        }
    }
    out
}

impl Record {
    /// When the relation that these claims tell of held; empty for other kinds.
    pub(crate) fn held(&self, parts: &[&Facts]) -> Result<Vec<Stretch>> {
        let Some(head) = parts.first().filter(|head| head.kind == Kind::Relation && head.class == Class::Reported) else {
            return Ok(Vec::new());
        };
        let mut marks = Vec::new();
        for facts in parts {
            let told = facts.when.and_then(|when| when.start);
            let end = facts.when.and_then(|when| when.end);
            // A report of what was over by then tells no beginning.
            if let Some(day) = told.or(facts.published.filter(|published| end.is_none_or(|end| *published <= end))) {
                marks.push(Mark { day, end: false, told: told.is_some(), by: None });
            }
            marks.extend(end.map(|day| Mark { day, end: true, told: true, by: None }));
        }
        if let (Some(type_), Some(place)) = (head.type_, &head.place)
            && type_.wants_place()
        {
            marks.extend(self.withdrawals(&head.source, place)?);
            if type_ == Type::Controls {
                marks.extend(self.other_rulers(&head.source, place)?);
            }
        }
        // An end without a beginning before it is that of something else.
        let first = marks.iter().filter(|mark| !mark.end).map(|mark| mark.day).min();
        marks.retain(|mark| mark.by.is_none() || first.is_some_and(|first| mark.day >= first));
        Ok(stretches(marks))
    }

    /// The days on which these forces left this place or its whole country.
    fn withdrawals(&self, forces: &[Who], place: &Where) -> Result<Vec<Mark>> {
        let mut marks = Vec::new();
        for force in forces {
            let before = marks.len();
            // Whose part it is and what its parts are: 'fra' and 'fra-…' for 'fra-mil'.
            let root = force.key.split('-').next().unwrap_or(&force.key);
            // Withdrawals from a country are few, and what somebody did is much: so the country comes first.
            let sql = "SELECT DISTINCT entry.n FROM entry CROSS JOIN entry_actor ON entry_actor.entry = entry.n
                 WHERE entry.country IS ?5 AND entry.kind = 0 AND entry_actor.actor IN (SELECT n FROM actor WHERE id = ?1 UNION SELECT n FROM actor WHERE id >= ?1 || '-' AND id < ?1 || '.'
                   UNION SELECT n FROM actor WHERE id IS NULL AND folded = ?2)
                 AND entry_actor.kind = 0 AND entry_actor.side = 0 AND entry.type = ?3 AND entry.mode = 'withdraw' AND entry.status = ?4
                 AND entry.decided <> 2 ORDER BY entry.n";
            let retreat = type_number(Some(Type::Retreat)) as i64;
            let values = rusqlite::params![root, force.key.as_str(), retreat, Status::Actual as i64, place.country.as_deref()];
            for n in self.rows(sql, values, |row| row.get::<_, i64>(0))? {
                let parts = self.facts_of(n)?;
                let left = |facts: &Facts| {
                    facts.source.iter().any(|who| tie(who, force) >= Tie::Part)
                        && facts.place.as_ref().is_some_and(|from| covers(from, place))
                };
                if parts.iter().any(left) {
                    let days = parts.iter().filter_map(|facts| facts.when.and_then(|when| when.end.or(when.start)));
                    let told = days.max();
                    if let Some(day) = told.or_else(|| parts.iter().filter_map(|facts| facts.published).min()) {
                        marks.push(Mark { day, end: true, told: told.is_some(), by: Some(n) });
                    }
                }
            }
            // Where one of several stayed, the place was not left.
            if marks.len() == before {
                return Ok(Vec::new());
            }
        }
        Ok(marks)
    }

    /// The days from which others are reported to hold this place.
    fn other_rulers(&self, rulers: &[Who], place: &Where) -> Result<Vec<Mark>> {
        let sql = "SELECT DISTINCT entry.n FROM place_name JOIN entry_place ON entry_place.place = place_name.place JOIN entry ON entry.n = entry_place.entry
             WHERE place_name.folded = ?1 AND entry_place.kind = 1 AND entry.type = ?2 AND entry.status = ?3 AND entry.decided <> 2 ORDER BY entry.n";
        let values = rusqlite::params![place.name.as_str(), type_number(Some(Type::Controls)) as i64, Status::Actual as i64];
        let mut marks = Vec::new();
        for n in self.rows(sql, values, |row| row.get::<_, i64>(0))? {
            let parts = self.facts_of(n)?;
            let other = |facts: &Facts| facts.source.iter().all(|who| rulers.iter().all(|ruler| tie(who, ruler) == Tie::Against));
            let same = |facts: &Facts| facts.place.as_ref().is_some_and(|other| covers(other, place));
            if parts.iter().all(|facts| other(facts) && same(facts))
                && let Some(day) = parts.iter().filter_map(|facts| facts.when.and_then(|when| when.start)).min()
            {
                marks.push(Mark { day, end: true, told: true, by: Some(n) });
            }
        }
        Ok(marks)
    }

    /// Whether a relation held on a day between these, as far as reports tell.
    pub(crate) fn held_between(&self, entry: i64, from: Option<Date>, to: Option<Date>) -> Result<bool> {
        let parts = self.facts_of(entry)?;
        let held = self.held(&parts.iter().collect::<Vec<_>>())?;
        Ok(held.is_empty() || held.iter().any(|stretch| stretch.meets(from, to)))
    }

    fn facts_of(&self, entry: i64) -> Result<Vec<Facts>> {
        let blobs = self.rows("SELECT facts FROM fact WHERE entry = ?1 ORDER BY claim", [entry], |row| row.get::<_, Vec<u8>>(0))?;
        blobs.iter().map(|blob| Ok(self.thaw(blob)?.facts)).collect()
    }
}

/// Whether who left `from` is no longer in `place`: it is that place, or lies in that country.
fn covers(from: &Where, place: &Where) -> bool {
    let same = from.geonames.is_some() && from.geonames == place.geonames || from.name == place.name && from.country == place.country;
    same || from.precision >= 6 && from.country.is_some() && from.country == place.country
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(day: i32, end: bool) -> Mark {
        Mark { day, end, told: true, by: end.then_some(day.into()) }
    }

    #[test]
    fn the_last_of_several_departures_ends_a_stretch_and_a_later_report_begins_another() {
        let found = stretches(vec![mark(900, true), mark(100, false), mark(500, true), mark(200, false), mark(2000, false)]);
        let days: Vec<(i32, Option<i32>)> =
            found.iter().map(|s| (crate::merge::day(s.since.unwrap()), s.until.map(crate::merge::day))).collect();
        assert_eq!(days, [(100, Some(900)), (2000, None)]);
        assert_eq!(found[0].until_by.as_deref(), Some("e0000000000000384"));
        let on = |day: i32| date(day.into());
        assert!(found[0].meets(on(900), on(900)) && !found[0].meets(on(901), on(1999)) && found[1].meets(on(5000), None));
    }

    #[test]
    fn who_comes_and_goes_on_one_day_was_there_on_it() {
        let found = stretches(vec![mark(100, true), mark(100, false)]);
        assert_eq!((found.len(), found[0].since, found[0].until), (1, date(100), date(100)));
    }
}
