//! From claims and decisions to entries: all of them, or those that new reports and decisions touch.

use crate::codec;
use crate::decisions::Rulings;
use crate::error::Result;
use crate::merge::{Facts, Group, day, fold, knit};
use crate::scope::Scope;
use crate::store::Record;
use griot_types::{Actor, Claim, Date, Kind, Person, Place, Status, Type};
use rusqlite::params;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// A claim of the last reading of its report, as people corrected it.
pub(crate) struct Current {
    /// The row.
    pub row: i64,
    /// The claim.
    pub claim: Claim,
}

/// What the row of a fact holds: what merging looks at, and what the entry's row is made of.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub row: i64,
    pub facts: Facts,
    status: u8,
    verdict: Option<bool>,
    doubt: f64,
    /// Side and number of each actor.
    actors: Vec<(u8, i64)>,
    places: Vec<i64>,
}

/// A report, as far as entries look at it.
#[derive(Clone)]
struct Origin {
    group: i64,
    publisher: Option<String>,
}

/// The tables of names of this connection, as they were read or made.
#[derive(Default)]
struct Names {
    actors: FxHashMap<String, i64>,
    places: FxHashMap<String, i64>,
    /// Names of places that were written.
    called: FxHashSet<(String, i64)>,
}

impl Record {
    /// Fills the derived tables, which are empty, for `scope`.
    pub(crate) fn derive_all(&self, scope: &Scope) -> Result<()> {
        self.group_sources(scope)?;
        let rulings = Rulings::read(self, scope)?;
        let mut names = Names::default();
        let mut stored = Vec::new();
        for (report, date) in self.reports_within(scope)? {
            stored.extend(self.stored_of(report, date, scope, &rulings, &mut names)?);
        }
        self.weave(&stored, &rulings)
    }

    /// Makes anew what hangs on claims of these reports.
    pub(crate) fn derive_reports(&self, reports: &[i64]) -> Result<()> {
        let scope = Scope::default();
        let rulings = Rulings::read(self, &scope)?;
        let mut names = Names::default();
        let (mut knots, mut fresh) = (FxHashSet::default(), Vec::new());
        for &report in reports {
            knots.extend(self.rows("SELECT DISTINCT knot FROM fact WHERE report = ?1", [report], |row| row.get::<_, i64>(0))?);
            self.forget("report", report)?;
            let date = self.row("SELECT date FROM report WHERE n = ?1", [report], |row| row.get::<_, Option<String>>(0))?.flatten();
            fresh.extend(self.stored_of(report, date.and_then(|date| date.parse().ok()), &scope, &rulings, &mut names)?);
        }
        self.reach(&fresh, &rulings, &mut knots)?;
        let mut knots: Vec<i64> = knots.into_iter().collect();
        knots.sort_unstable();
        for knot in knots {
            let blobs = self.rows("SELECT facts FROM fact WHERE knot = ?1 ORDER BY claim", [knot], |row| row.get::<_, Vec<u8>>(0))?;
            for blob in blobs {
                fresh.push(self.thaw(&blob)?);
            }
            self.forget("knot", knot)?;
        }
        self.weave(&fresh, &rulings)
    }

    /// Makes anew what hangs on these claims.
    pub(crate) fn derive_again(&self, claims: &[i64]) -> Result<()> {
        let mut reports = FxHashSet::default();
        for claim in claims {
            let sql = "SELECT fact.report FROM claim JOIN fact ON fact.claim = claim.n WHERE claim.id = ?1";
            reports.extend(self.rows(sql, [claim], |row| row.get::<_, i64>(0))?);
        }
        let mut reports: Vec<i64> = reports.into_iter().collect();
        reports.sort_unstable();
        if reports.is_empty() { Ok(()) } else { self.derive_reports(&reports) }
    }

    /// Takes out the facts where `column` is `value`, and all entries that they are in.
    fn forget(&self, column: &str, value: i64) -> Result<()> {
        let entries = self.rows(&format!("SELECT DISTINCT entry FROM fact WHERE {column} = ?1"), [value], |row| row.get::<_, i64>(0))?;
        for entry in entries {
            for sql in [
                "UPDATE actor SET entries = entries - 1 WHERE n IN (SELECT actor FROM entry_actor WHERE entry = ?1)",
                "UPDATE place SET entries = entries - 1 WHERE n IN (SELECT place FROM entry_place WHERE entry = ?1)",
                "DELETE FROM entry WHERE n = ?1",
                "DELETE FROM entry_actor WHERE entry = ?1",
                "DELETE FROM entry_place WHERE entry = ?1",
            ] {
                self.execute(sql, [entry])?;
            }
        }
        self.execute(&format!("DELETE FROM fact WHERE {column} = ?1"), [value]).map(drop)
    }

    /// Adds the knots of all that may be the same as one of `fresh`.
    fn reach(&self, fresh: &[Stored], rulings: &Rulings, knots: &mut FxHashSet<i64>) -> Result<()> {
        let mut by_lane: FxHashMap<(usize, i64, i64), Vec<&Stored>> = FxHashMap::default();
        for stored in fresh {
            let (first, last) = stored.facts.lanes();
            by_lane.entry((type_number(stored.facts.type_), first, last)).or_default().push(stored);
        }
        for ((type_, first, last), mine) in by_lane {
            let sql = "SELECT knot, facts FROM fact WHERE type = ?1 AND first BETWEEN ?2 AND ?3 AND last >= ?4";
            let bounds = params![type_ as i64, first - 1 - Facts::WIDEST, last + 1, first - 1];
            for (knot, blob) in self.rows(sql, bounds, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))? {
                if !knots.contains(&knot) {
                    let other = self.thaw(&blob)?;
                    if mine.iter().any(|stored| crate::merge::is_same(&stored.facts, &other.facts).is_some()) {
                        knots.insert(knot);
                    }
                }
            }
        }
        if rulings.pairs.is_empty() {
            return Ok(());
        }
        let ids: FxHashSet<i64> = fresh.iter().map(|stored| stored.facts.id).collect();
        for (a, b) in rulings.pairs.iter().filter(|(_, together)| **together).map(|(pair, _)| *pair) {
            for (mine, other) in [(a, b), (b, a)] {
                if ids.contains(&mine) {
                    let sql = "SELECT fact.knot FROM claim JOIN fact ON fact.claim = claim.n WHERE claim.id = ?1";
                    knots.extend(self.rows(sql, [other], |row| row.get::<_, i64>(0))?);
                }
            }
        }
        Ok(())
    }

    /// Groups what is given and writes its facts and entries.
    fn weave(&self, all: &[Stored], rulings: &Rulings) -> Result<()> {
        let facts: Vec<Facts> = all.iter().map(|stored| stored.facts.clone()).collect();
        let groups = knit(&facts, &rulings.pairs, &|claim| rulings.verdict(claim) == Some(false));
        drop(facts);
        let mut origins = FxHashMap::default();
        for group in groups {
            self.write_group(&group, all, &mut origins)?;
        }
        Ok(())
    }

    fn write_group(&self, group: &Group, all: &[Stored], origins: &mut FxHashMap<i64, Origin>) -> Result<()> {
        let members: Vec<&Stored> = group.members.iter().map(|&at| &all[at]).collect();
        // Named by what was published first.
        let Some(name) = members.iter().min_by_key(|m| (m.facts.published.unwrap_or(i32::MAX), m.facts.id)).map(|m| m.facts.id) else {
            return Ok(());
        };
        for member in &members {
            let (first, last) = member.facts.lanes();
            let blob = postcard::to_stdvec(member).map_err(|error| self.damaged(error.to_string()))?;
            self.execute(
                "INSERT INTO fact (claim, type, first, last, report, entry, knot, doubt, facts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    member.row,
                    type_number(member.facts.type_) as i64,
                    first,
                    last,
                    member.facts.report,
                    name,
                    group.knot,
                    member.doubt,
                    blob
                ],
            )?;
        }
        self.write_entry(name, &members, origins)
    }

    fn write_entry(&self, name: i64, members: &[&Stored], origins: &mut FxHashMap<i64, Origin>) -> Result<()> {
        let head = &members[0].facts;
        let status = members.iter().map(|m| m.status).min_by_key(|status| rank(*status)).unwrap_or(0);
        let (first, last, dated) = days(members);
        let place =
            members.iter().filter_map(|m| m.facts.place.as_ref()).min_by(|a, b| (a.precision, &a.name).cmp(&(b.precision, &b.name)));
        let mode = most_common(members.iter().filter_map(|m| m.facts.mode.as_deref()));
        let mut reports: Vec<i64> = members.iter().map(|m| m.facts.report).collect();
        reports.sort_unstable();
        reports.dedup();
        let sources = self.origins(&reports, origins)?;
        let independent = sources.iter().collect::<FxHashSet<_>>().len();
        let conflict = in_conflict(members, &reports, &sources);
        let rejected = members.iter().all(|m| m.verdict == Some(false));
        let accepted = members.iter().all(|m| m.verdict == Some(true));
        let kind = head.kind as i64;
        self.execute(
            "INSERT INTO entry (n, kind, type, mode, status, first, last, dated, country, latitude, longitude, precision, reports, independent, decided, conflict)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            params![
                name,
                kind,
                type_number(head.type_) as i64,
                mode,
                status,
                first,
                last,
                dated,
                place.and_then(|place| place.country.as_deref()),
                place.and_then(|place| place.point).map(|point| point.0),
                place.and_then(|place| place.point).map(|point| point.1),
                place.map(|place| place.precision),
                reports.len() as i64,
                independent as i64,
                if rejected { 2 } else { i64::from(accepted) },
                conflict,
            ],
        )?;
        self.write_names(name, kind, (first, last), members)
    }

    /// Which actors and places an entry has.
    fn write_names(&self, name: i64, kind: i64, (first, last): (i64, i64), members: &[&Stored]) -> Result<()> {
        let actors: FxHashSet<(u8, i64)> = members.iter().flat_map(|m| m.actors.iter().copied()).collect();
        for (side, actor) in actors {
            self.execute(
                "INSERT INTO entry_actor (actor, kind, first, entry, side, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![actor, kind, first, name, side, last],
            )?;
        }
        for actor in actors_of(members) {
            self.execute("UPDATE actor SET entries = entries + 1 WHERE n = ?1", [actor])?;
        }
        let places: FxHashSet<i64> = members.iter().flat_map(|m| m.places.iter().copied()).collect();
        for place in places {
            let sql = "INSERT INTO entry_place (place, kind, first, entry, last) VALUES (?1, ?2, ?3, ?4, ?5)";
            self.execute(sql, params![place, kind, first, name, last])?;
            self.execute("UPDATE place SET entries = entries + 1 WHERE n = ?1", [place])?;
        }
        Ok(())
    }

    /// The independent source of each of these reports: near-copies of each other are one, and so are reports of one publisher.
    fn origins(&self, reports: &[i64], origins: &mut FxHashMap<i64, Origin>) -> Result<Vec<i64>> {
        let mut seen = Vec::with_capacity(reports.len());
        for &report in reports {
            let origin = match origins.get(&report) {
                Some(origin) => origin.clone(),
                None => {
                    let origin = self.origin(report)?;
                    origins.insert(report, origin.clone());
                    origin
                }
            };
            seen.push((report, origin.group, origin.publisher));
        }
        Ok(sources(&seen))
    }

    fn origin(&self, report: i64) -> Result<Origin> {
        let sql = "SELECT source.grp, report.publisher FROM report LEFT JOIN source ON source.report = report.n WHERE report.n = ?1";
        let found =
            self.row(sql, [report], |row| Ok(Origin { group: row.get::<_, Option<i64>>(0)?.unwrap_or(report), publisher: row.get(1)? }))?;
        Ok(found.unwrap_or(Origin { group: report, publisher: None }))
    }

    /// The facts of a report's last reading within `scope`.
    fn stored_of(&self, report: i64, date: Option<Date>, scope: &Scope, rulings: &Rulings, names: &mut Names) -> Result<Vec<Stored>> {
        let current = self.current(report, scope, rulings)?;
        let by_id: FxHashMap<&str, &Claim> = current.iter().map(|current| (current.claim.id.as_str(), &current.claim)).collect();
        let mut out = Vec::with_capacity(current.len());
        for Current { row, claim } in &current {
            let event = claim.of_event.as_deref().and_then(|id| by_id.get(id).copied());
            let id = codec::number(&claim.id).unwrap_or_default();
            let facts = Facts::of(claim, id, report, date, event);
            let mut actors = Vec::new();
            for (side, list) in [&claim.source, &claim.target, &claim.said_by].into_iter().enumerate() {
                for actor in list {
                    actors.push((side as u8, self.actor_number(actor, names)?));
                }
            }
            let own =
                if claim.places.is_empty() { event.map_or(&[][..], |event| event.places.as_slice()) } else { claim.places.as_slice() };
            let places = own.iter().map(|place| self.place_number(place, names)).collect::<Result<Vec<i64>>>()?;
            let (status, verdict, doubt) = (claim.status as u8, rulings.verdict(id), crate::desk::doubt(claim));
            out.push(Stored { row: *row, facts, status, verdict, doubt, actors, places });
        }
        Ok(out)
    }

    /// The claims of a report's last reading within `scope`, and those that people wrote, corrected.
    pub(crate) fn current(&self, report: i64, scope: &Scope, rulings: &Rulings) -> Result<Vec<Current>> {
        let mut out = Vec::new();
        for coding in self.codings(report, scope)? {
            let whole = self.whole(coding)?;
            for (row, claim) in whole.claims() {
                let claim = claim.map_err(|error| self.damaged(format!("claim number {row}: {error}")))?;
                out.push(Current { row, claim: rulings.corrected(claim) });
            }
        }
        Ok(out)
    }

    /// The machine's last reading of a report within `scope`, and after it all that people added to it.
    fn codings(&self, report: i64, scope: &Scope) -> Result<Vec<i64>> {
        let sql =
            "SELECT coding.n, reader.model = ?3 FROM coding JOIN batch ON batch.n = coding.batch JOIN reader ON reader.n = coding.reader
             WHERE coding.report = ?1 AND batch.at <= ?2 ORDER BY coding.n";
        let all =
            self.rows(sql, params![report, scope.until(), crate::desk::HAND], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?)))?;
        let machine = all.iter().rev().find(|(_, by_hand)| !by_hand);
        Ok(machine.into_iter().chain(all.iter().filter(|(_, by_hand)| *by_hand)).map(|(n, _)| *n).collect())
    }

    /// The reports within `scope` with their days, in the order of arrival.
    fn reports_within(&self, scope: &Scope) -> Result<Vec<(i64, Option<Date>)>> {
        let sql = "SELECT report.n, report.date FROM report JOIN batch ON batch.n = report.batch
             WHERE batch.at <= ?1 AND coalesce(report.date, '~') <= ?2 ORDER BY report.n";
        self.rows(sql, params![scope.until(), scope.published()], |row| {
            Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.and_then(|date| date.parse().ok())))
        })
    }

    /// Fills the table of near-copies' groups.
    fn group_sources(&self, scope: &Scope) -> Result<()> {
        let reports = self.reports_within(scope)?;
        let inside: FxHashSet<i64> = reports.iter().map(|(n, _)| *n).collect();
        let mut group: FxHashMap<i64, i64> = inside.iter().map(|n| (*n, *n)).collect();
        fn root(group: &mut FxHashMap<i64, i64>, mut n: i64) -> i64 {
            while group[&n] != n {
                n = group[&n];
            }
            n
        }
        for (a, b) in self.rows("SELECT a, b FROM copy ORDER BY a, b", [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))? {
            if inside.contains(&a) && inside.contains(&b) {
                let (a, b) = (root(&mut group, a), root(&mut group, b));
                group.insert(a.max(b), a.min(b));
            }
        }
        for (n, _) in reports {
            let top = root(&mut group, n);
            self.execute("INSERT INTO source (report, grp) VALUES (?1, ?2)", [n, top])?;
        }
        Ok(())
    }

    pub(crate) fn thaw(&self, blob: &[u8]) -> Result<Stored> {
        postcard::from_bytes(blob).map_err(|error| self.damaged(format!("derived facts: {error}")))
    }

    fn actor_number(&self, actor: &Actor, names: &mut Names) -> Result<i64> {
        let name = if actor.name.is_empty() { &actor.text } else { &actor.name };
        let folded = fold(name);
        let key = actor.id.as_ref().map_or_else(|| format!("{folded}/{}", actor.code), |id| id.to_string());
        if let Some(n) = names.actors.get(&key) {
            return Ok(*n);
        }
        let public = match actor.person {
            Some(person) => person == Person::Public,
            None => actor.id.is_some() || !actor.sectors.is_empty(),
        };
        self.execute(
            "INSERT OR IGNORE INTO actor (key, id, name, folded, code, country, public) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![key, actor.id.as_deref(), name, folded, actor.code.as_str(), actor.country.as_deref(), public],
        )?;
        let n = self.row("SELECT n FROM actor WHERE key = ?1", [&key], |row| row.get(0))?.unwrap_or_default();
        names.actors.insert(key, n);
        Ok(n)
    }

    fn place_number(&self, place: &Place, names: &mut Names) -> Result<i64> {
        let name = if place.name.is_empty() { &place.text } else { &place.name };
        let folded = fold(name);
        let key = place.geonames.map_or_else(|| format!("{folded}/{}", place.country.as_deref().unwrap_or("")), |n| n.to_string());
        let n = match names.places.get(&key) {
            Some(n) => *n,
            None => self.new_place(place, name, key, names)?,
        };
        // Without what stands before the name: 'near Tinzaouaten', 'the village of Moura'.
        let text = place.text.find(char::is_uppercase).and_then(|at| place.text.get(at..)).unwrap_or(&place.text);
        for name in [folded, fold(text)] {
            if !name.is_empty() && names.called.insert((name.clone(), n)) {
                self.execute("INSERT OR IGNORE INTO place_name (folded, place) VALUES (?1, ?2)", params![name, n])?;
            }
        }
        Ok(n)
    }

    fn new_place(&self, place: &Place, name: &str, key: String, names: &mut Names) -> Result<i64> {
        self.execute(
            "INSERT OR IGNORE INTO place (key, name, folded, country, admin1, latitude, longitude, precision, geonames)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                key,
                name,
                fold(name),
                place.country.as_deref(),
                place.admin1,
                place.latitude,
                place.longitude,
                place.precision,
                place.geonames
            ],
        )?;
        let n = self.row("SELECT n FROM place WHERE key = ?1", [&key], |row| row.get(0))?.unwrap_or_default();
        names.places.insert(key, n);
        Ok(n)
    }
}

fn actors_of(members: &[&Stored]) -> FxHashSet<i64> {
    members.iter().flat_map(|m| m.actors.iter().map(|(_, actor)| *actor)).collect()
}

/// For each report (number, group of near-copies, publisher) the independent source that it counts with: the smallest number of those joined.
pub(crate) fn sources(reports: &[(i64, i64, Option<String>)]) -> Vec<i64> {
    let mut source: Vec<usize> = (0..reports.len()).collect();
    let publisher = |at: usize| reports[at].2.as_deref().map(fold).filter(|name| !name.is_empty());
    let names: Vec<Option<String>> = (0..reports.len()).map(publisher).collect();
    let (mut by_group, mut by_name): (FxHashMap<i64, usize>, FxHashMap<&str, usize>) = Default::default();
    fn root(source: &mut [usize], mut at: usize) -> usize {
        while source[at] != at {
            source[at] = source[source[at]];
            at = source[at];
        }
        at
    }
    for at in 0..reports.len() {
        let group = *by_group.entry(reports[at].1).or_insert(at);
        let name = names[at].as_deref().map_or(at, |name| *by_name.entry(name).or_insert(at));
        for other in [group, name] {
            let (a, b) = (root(&mut source, at), root(&mut source, other));
            source[a.max(b)] = a.min(b);
        }
    }
    (0..reports.len()).map(|at| reports[root(&mut source, at)].0).collect()
}

/// Whether the last numbers of independent sources differ, or some deny what others report. `sources` are those of `reports`, in their order.
fn in_conflict(members: &[&Stored], reports: &[i64], sources: &[i64]) -> bool {
    let denied = members.iter().any(|m| m.status == Status::Negated as u8) && members.iter().any(|m| m.status == Status::Actual as u8);
    let mut last: FxHashMap<i64, (i32, f64)> = FxHashMap::default();
    for member in members {
        let Some((low, best, high)) = member.facts.count else { continue };
        let Some(number) = best.or(low).or(high) else { continue };
        let origin = reports.binary_search(&member.facts.report).ok().and_then(|at| sources.get(at)).copied().unwrap_or_default();
        let told = member.facts.published.unwrap_or(i32::MIN);
        let known = last.entry(origin).or_insert((told, number));
        if told > known.0 {
            *known = (told, number);
        }
    }
    let mut numbers = last.values().map(|(_, number)| *number);
    let first = numbers.next();
    denied || numbers.any(|number| Some(number) != first)
}

/// The number of a type in its list.
pub(crate) fn type_number(type_: Option<Type>) -> usize {
    type_.map_or(usize::from(u8::MAX), |type_| type_ as usize)
}

/// The type with a number.
pub(crate) fn type_of(number: i64) -> Option<Type> {
    usize::try_from(number).ok().and_then(|at| Type::ALL.get(at)).copied()
}

/// What an entry's status is, of those of its claims: reported before uncertain before denied.
pub(crate) fn rank(status: u8) -> u8 {
    match Status::ALL.get(usize::from(status)) {
        Some(Status::Actual) => 0,
        Some(Status::Intended) => 1,
        Some(Status::CalledFor) => 2,
        Some(Status::Possible) => 3,
        Some(Status::Negated) | None => 4,
    }
}

/// First and last day, and whether they are those of the act. A relation lasts from its first to its last mention where it tells no time.
fn days(members: &[&Stored]) -> (i64, i64, bool) {
    let times = members.iter().filter_map(|m| m.facts.when);
    let narrow = |when: &crate::merge::When| (when.end.zip(when.start).map_or(i32::MAX, |(end, start)| end - start), when.start, when.end);
    let published = || members.iter().filter_map(|m| m.facts.published);
    let (first, last) = (published().min().unwrap_or(0), published().max().unwrap_or(0));
    if members[0].facts.kind == Kind::Relation {
        let start = times.clone().filter_map(|when| when.start).min();
        let end = times.filter_map(|when| when.end).max();
        let dated = start.is_some() || end.is_some();
        return (start.unwrap_or(first.min(end.unwrap_or(first))).into(), end.unwrap_or(i32::MAX).into(), dated);
    }
    match times.min_by_key(narrow) {
        Some(when) => {
            let start = when.start.or(when.end).unwrap_or(first);
            (start.into(), when.end.unwrap_or(start.max(last)).into(), true)
        }
        None => (first.into(), first.into(), false),
    }
}

/// What is said most often; of several the first in the alphabet.
pub(crate) fn most_common<'a>(values: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts = std::collections::BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_insert(0usize) += 1);
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(value, _)| value.to_owned())
}

/// The day of a number of days since 1970.
pub(crate) fn date(days: i64) -> Option<Date> {
    let day = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    debug_assert_eq!(i64::from(self::day(day)), days);
    Some(day)
}
