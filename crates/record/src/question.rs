//! Questions: entries, actors, places and reports, filtered and in a stable order.

use crate::bounds::Rule;
use crate::decisions::Rulings;
use crate::derive::{date, type_number};
use crate::entry::Entry;
use crate::error::Result;
use crate::merge::{day, fold, kilometres};
use crate::store::Record;
use crate::stream::By;
use griot_types::{Date, Kind, SmolStr, Status, Type};
use rusqlite::types::Value;
use serde::Serialize;

/// Which entries are asked for. What is left out does not narrow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Event, relation or figure.
    pub kind: Option<Kind>,
    /// One of these types.
    pub types: Vec<Type>,
    /// This mode.
    pub mode: Option<String>,
    /// One of these actors on any side, by id, name or code; an id stands for its parts too: `mli` for `mli-mil`.
    pub actors: Vec<String>,
    /// Between one of the first and one of the second, whichever of them did it; named as in `actors`.
    pub dyad: Option<[Vec<String>; 2]>,
    /// One of these actors as speaker.
    pub speakers: Vec<String>,
    /// One of these states of affairs.
    pub statuses: Vec<Status>,
    /// In one of these countries, alpha-3.
    pub countries: Vec<String>,
    /// At this place, by name.
    pub place: Option<String>,
    /// Near a point.
    pub around: Option<Around>,
    /// Not over before this day.
    pub from: Option<Date>,
    /// Begun by this day.
    pub to: Option<Date>,
    /// Words in a quote (of reports: in title or text); words in double quotes stand next to each other.
    pub text: Option<String>,
    /// In a report of this publisher.
    pub publisher: Option<String>,
    /// From so many independent sources at least.
    pub independent: Option<u32>,
    /// Only what is right with this chance at least, by one of its claims.
    pub confidence: Option<f64>,
    /// Only what is accepted.
    pub accepted: bool,
    /// Also what is rejected.
    pub rejected: bool,
}

/// A point and a distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// How far.
    pub kilometres: f64,
}

/// A filter, the rule for numbers, and how many answers are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Which.
    pub filter: Filter,
    /// How a number is chosen.
    pub rule: Rule,
    /// How many at most.
    pub limit: Option<usize>,
}

/// A line in a list of actors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActorRow {
    /// The dictionary's id.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: SmolStr,
    /// Its country.
    pub country: Option<SmolStr>,
    /// How many entries it is in.
    pub entries: i64,
}

/// A line in a list of places.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceRow {
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Option<SmolStr>,
    /// Its first-level unit.
    pub admin1: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// UCDP's where_prec.
    pub precision: Option<u8>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// How many entries are there.
    pub entries: i64,
}

/// A line in a list of reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportRow {
    /// `sha256:…` of the raw bytes.
    pub id: String,
    /// `sha256:…` of the text.
    pub text_hash: String,
    /// Where it was read from.
    pub name: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// Its link.
    pub url: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// 0 public to 3 secret.
    pub sensitivity: u8,
    /// When it was fetched.
    pub retrieved: Option<String>,
    /// The language, where it is one that is not read.
    pub language: Option<String>,
    /// When it was added.
    pub added: String,
    /// How many claims its last reading has.
    pub claims: i64,
    /// The report that stands for it and its near-copies.
    pub copies: Vec<String>,
}

/// Conditions and their values, in order.
#[derive(Default)]
struct Where {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Where {
    fn add(&mut self, condition: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        self.parts.push(condition.into());
        self.values.extend(values);
    }

    fn one_of(&mut self, column: &str, values: Vec<Value>) {
        let marks = vec!["?"; values.len()].join(", ");
        self.add(format!("{column} IN ({marks})"), values);
    }

    fn countries(&mut self, filter: &Filter) {
        self.one_of("country", filter.countries.iter().map(|country| Value::from(country.to_uppercase())).collect());
    }

    /// That one of these is joined to the entry.
    fn joined(&mut self, table: &str, column: &str, numbers: &[i64], side: &str) {
        self.add(joined(table, column, numbers, side), []);
    }

    fn sql(&self) -> String {
        if self.parts.is_empty() { "1".to_owned() } else { self.parts.join(" AND ") }
    }
}

impl Record {
    /// The entries that a question asks for, by first day and then by name.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn ask(&self, question: &Question) -> Result<Vec<Entry>> {
        let rulings = Rulings::read(self, &self.scope)?;
        self.find(&question.filter, question.limit)?.into_iter().map(|n| self.entry(n, &rulings, &question.rule)).collect()
    }

    /// The numbers of the entries that a filter lets through, by first day and then by name.
    pub(crate) fn find(&self, filter: &Filter, limit: Option<usize>) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        if limit == Some(0) {
            return Ok(found);
        }
        let narrow = Narrow {
            actors: self.numbers_of(&filter.actors)?,
            dyad: match &filter.dyad {
                Some([one, other]) => Some([self.actor_numbers(one)?, self.actor_numbers(other)?]),
                None => None,
            },
            speakers: self.numbers_of(&filter.speakers)?,
            places: self.places_of(filter)?,
        };
        let wanted = conditions(filter, &narrow);
        let mut take = |n: i64, point: Option<(f64, f64)>, kind: i64| -> Result<bool> {
            if self.is_there(filter, n, point, kind)? {
                found.push(n);
            }
            Ok(limit.is_none_or(|limit| found.len() < limit))
        };
        if let Some((by, numbers)) = narrow.way().filter(|_| filter.text.is_none()) {
            let kinds: Vec<i64> = filter.kind.map_or_else(|| vec![0, 1, 2], |kind| vec![kind as i64]);
            let days = (filter.from.map_or(i64::MIN, |from| day(from).into()), filter.to.map_or(i64::MAX, |to| day(to).into()));
            let sql = format!("SELECT n, latitude, longitude, kind FROM entry WHERE n = ? AND {}", wanted.sql());
            self.stream(by, numbers, &kinds, days, &mut |n| {
                let values = rusqlite::params_from_iter(std::iter::once(Value::from(n)).chain(wanted.values.iter().cloned()));
                match self.row(&sql, values, head)? {
                    Some((n, point, kind)) => take(n, point, kind),
                    None => Ok(true),
                }
            })?;
            return Ok(found);
        }
        // A distance is settled after the box that holds it, and the days of a relation after those that its own reports tell.
        let timed = filter.from.is_some() || filter.to.is_some();
        let settled =
            filter.around.is_none() && filter.confidence.is_none() && (!timed || filter.kind.is_some_and(|kind| kind != Kind::Relation));
        for (n, point, kind) in
            self.listed("n, latitude, longitude, kind FROM entry", wanted, "first, n", limit.filter(|_| settled), head)?
        {
            if !take(n, point, kind)? {
                break;
            }
        }
        Ok(found)
    }

    /// The rows of a list: what from where, under which conditions, in which order, how many.
    fn listed<T>(
        &self,
        what: &str,
        wanted: Where,
        order: &str,
        limit: Option<usize>,
        read: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let most = limit.map_or(-1, |limit| limit as i64);
        let sql = format!("SELECT {what} WHERE {} ORDER BY {order} LIMIT {most}", wanted.sql());
        self.rows(&sql, rusqlite::params_from_iter(wanted.values), read)
    }

    /// What no index settles: the distance, and the days of a relation that something else ended.
    fn is_there(&self, filter: &Filter, n: i64, point: Option<(f64, f64)>, kind: i64) -> Result<bool> {
        let near = |around: Around| point.is_some_and(|point| kilometres(point, (around.latitude, around.longitude)) <= around.kilometres);
        if !filter.around.is_none_or(near) {
            return Ok(false);
        }
        if let Some(least) = filter.confidence
            && !self.is_as_sure(n, least)?
        {
            return Ok(false);
        }
        let timed = filter.from.is_some() || filter.to.is_some();
        if timed && kind == Kind::Relation as i64 { self.held_between(n, filter.from, filter.to) } else { Ok(true) }
    }

    /// Whether one of an entry's claims is right with this chance at least.
    fn is_as_sure(&self, n: i64, least: f64) -> Result<bool> {
        let sql = "SELECT claim.coding, claim.n FROM fact JOIN claim ON claim.n = fact.claim WHERE fact.entry = ?1";
        for (coding, claim) in self.rows(sql, [n], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))? {
            if self.claim_at(coding, claim)?.confidence.is_some_and(|chance| chance >= least) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The actors that are asked for; `None` where none are.
    fn numbers_of(&self, names: &[String]) -> Result<Option<Vec<i64>>> {
        if names.is_empty() { Ok(None) } else { self.actor_numbers(names).map(Some) }
    }

    /// The places that are asked for, by name or by distance; `None` where none are.
    fn places_of(&self, filter: &Filter) -> Result<Option<Vec<i64>>> {
        let named = match &filter.place {
            Some(place) => {
                Some(self.rows("SELECT place FROM place_name WHERE folded = ?1 ORDER BY place", [fold(place)], |row| row.get::<_, i64>(0))?)
            }
            None => None,
        };
        let Some(around) = filter.around else { return Ok(named) };
        let north = around.kilometres / 110.5;
        let east = around.kilometres / (111.3 * around.latitude.to_radians().cos().max(0.01));
        let ends = [around.latitude - north, around.latitude + north, around.longitude - east, around.longitude + east];
        // There are far fewer places than entries: those in the box are found first. An entry's point is that of one of its places.
        let sql = "SELECT n FROM place WHERE latitude BETWEEN ?1 AND ?2 AND longitude BETWEEN ?3 AND ?4 ORDER BY n";
        let mut inside = self.rows(sql, ends, |row| row.get::<_, i64>(0))?;
        if let Some(named) = named {
            inside.retain(|place| named.contains(place));
        }
        Ok(Some(inside))
    }

    /// The rows of actors that names mean: by id with its parts, by name, by code.
    pub(crate) fn actor_numbers(&self, names: &[String]) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        for name in names {
            let lower = name.to_lowercase();
            // '-' and the sign after it: all ids that begin with 'mli-'.
            let sql = "SELECT n FROM actor WHERE id = ?1 UNION SELECT n FROM actor WHERE id >= ?1 || '-' AND id < ?1 || '.'
                 UNION SELECT n FROM actor WHERE folded = ?2 UNION SELECT n FROM actor WHERE code = ?3 AND code <> ''";
            found.extend(self.rows(sql, rusqlite::params![lower, fold(name), name.to_uppercase()], |row| row.get::<_, i64>(0))?);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Bodies and persons in public roles, the most often met first. Private persons are in no list.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn actors(&self, filter: &Filter, limit: Option<usize>) -> Result<Vec<ActorRow>> {
        let mut wanted = Where::default();
        wanted.add("public = 1 AND entries > 0", []);
        if !filter.actors.is_empty() {
            wanted.add(format!("n IN ({})", list(&self.actor_numbers(&filter.actors)?)), []);
        }
        if !filter.countries.is_empty() {
            wanted.countries(filter);
        }
        if let Some(text) = &filter.text {
            wanted.add("instr(folded, ?) > 0", [Value::from(fold(text))]);
        }
        self.listed("id, name, code, country, entries FROM actor", wanted, "entries DESC, key", limit, |row| {
            let country = row.get::<_, Option<String>>(3)?.map(SmolStr::from);
            Ok(ActorRow { id: row.get(0)?, name: row.get(1)?, code: row.get::<_, String>(2)?.into(), country, entries: row.get(4)? })
        })
    }

    /// Places, those with most entries first. With a day from or until which, only the entries of that time count, and places without any are left out.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn places(&self, filter: &Filter, limit: Option<usize>) -> Result<Vec<PlaceRow>> {
        let mut wanted = Where::default();
        let count = match (filter.from, filter.to) {
            (None, None) => "entries".to_owned(),
            (from, to) => {
                let (from, to) = (from.map_or(i64::MIN, |from| day(from).into()), to.map_or(i64::MAX, |to| day(to).into()));
                format!(
                    "(SELECT count(*) FROM entry_place AS j JOIN entry ON entry.n = j.entry
                      WHERE j.place = place.n AND entry.first <= {to} AND entry.last >= {from})"
                )
            }
        };
        wanted.add("met > 0", []);
        if !filter.countries.is_empty() {
            wanted.countries(filter);
        }
        for text in [&filter.text, &filter.place].into_iter().flatten() {
            wanted.add("n IN (SELECT place FROM place_name WHERE instr(folded, ?) > 0)", [Value::from(fold(text))]);
        }
        let what = format!("name, country, admin1, latitude, longitude, precision, geonames, {count} AS met FROM place");
        self.listed(&what, wanted, "met DESC, key", limit, |row| {
            Ok(PlaceRow {
                name: row.get(0)?,
                country: row.get::<_, Option<String>>(1)?.map(SmolStr::from),
                admin1: row.get(2)?,
                latitude: row.get(3)?,
                longitude: row.get(4)?,
                precision: row.get(5)?,
                geonames: row.get(6)?,
                entries: row.get(7)?,
            })
        })
    }

    /// Reports, by day and then by hash.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn reports(&self, filter: &Filter, limit: Option<usize>) -> Result<Vec<ReportRow>> {
        let mut wanted = Where::default();
        wanted.add(
            "batch.at <= ? AND coalesce(report.date, '~') <= ?",
            [self.scope.until().to_owned(), self.scope.published()].map(Value::from),
        );
        if let Some(from) = filter.from {
            wanted.add("report.date >= ?", [Value::from(from.to_string())]);
        }
        if let Some(to) = filter.to {
            wanted.add("report.date <= ?", [Value::from(to.to_string())]);
        }
        if let Some(publisher) = &filter.publisher {
            wanted.add("report.publisher = ? COLLATE NOCASE", [Value::from(publisher.clone())]);
        }
        if let Some(text) = &filter.text {
            wanted.add("report.n IN (SELECT rowid FROM report_words WHERE report_words MATCH ?)", [Value::from(words(text))]);
        }
        let order = "report.date IS NULL, report.date, report.hash";
        let what = "report.n FROM report JOIN batch ON batch.n = report.batch";
        let numbers = self.listed(what, wanted, order, limit, |row| row.get::<_, i64>(0))?;
        let rulings = Rulings::read(self, &self.scope)?;
        numbers.into_iter().map(|n| self.report_row(n, &rulings)).collect()
    }

    pub(crate) fn report_row(&self, n: i64, rulings: &Rulings) -> Result<ReportRow> {
        let sql = "SELECT report.hash, text_hash, name, title, date, publisher, url, licence, sensitivity, retrieved, language, batch.at,
               coalesce((SELECT claims FROM coding JOIN batch AS b ON b.n = coding.batch JOIN reader ON reader.n = coding.reader
                 WHERE coding.report = report.n AND b.at <= ?2 AND model <> ?3 ORDER BY coding.n DESC LIMIT 1), 0)
               + (SELECT coalesce(sum(claims), 0) FROM coding JOIN batch AS b ON b.n = coding.batch JOIN reader ON reader.n = coding.reader
                 WHERE coding.report = report.n AND b.at <= ?2 AND model = ?3)
             FROM report JOIN batch ON batch.n = report.batch WHERE report.n = ?1";
        let found = self.row(sql, rusqlite::params![n, self.scope.until(), crate::desk::HAND], |row| {
            let id = crate::add::hash_name(&row.get::<_, Vec<u8>>(0)?);
            Ok(ReportRow {
                sensitivity: rulings.sensitivity(&id).unwrap_or(row.get(8)?),
                id,
                text_hash: crate::add::hash_name(&row.get::<_, Vec<u8>>(1)?),
                name: row.get(2)?,
                title: row.get(3)?,
                date: row.get::<_, Option<String>>(4)?.and_then(|date| date.parse().ok()),
                publisher: row.get(5)?,
                url: row.get(6)?,
                licence: row.get(7)?,
                retrieved: row.get(9)?,
                language: row.get(10)?,
                added: row.get(11)?,
                claims: row.get(12)?,
                copies: Vec::new(),
            })
        })?;
        let mut found = found.ok_or_else(|| self.damaged(format!("report {n} is missing")))?;
        let sql = "SELECT hash FROM source JOIN report ON report.n = source.report
             WHERE grp = (SELECT grp FROM source WHERE report = ?1) AND report.n <> ?1 ORDER BY hash";
        found.copies = self.rows(sql, [n], |row| Ok(crate::add::hash_name(&row.get::<_, Vec<u8>>(0)?)))?;
        Ok(found)
    }

    /// The first and the last day of all events, where there are any.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn span(&self) -> Result<Option<(Date, Date)>> {
        let sql = "SELECT min(first), max(first) FROM entry WHERE kind = 0";
        let ends = self.row(sql, [], |row| Ok(row.get::<_, Option<i64>>(0)?.zip(row.get::<_, Option<i64>>(1)?)))?.flatten();
        Ok(ends.and_then(|(first, last)| date(first).zip(date(last))))
    }
}

/// An entry's number, point and kind.
type Head = (i64, Option<(f64, f64)>, i64);

fn head(row: &rusqlite::Row) -> rusqlite::Result<Head> {
    Ok((row.get(0)?, row.get::<_, Option<f64>>(1)?.zip(row.get::<_, Option<f64>>(2)?), row.get(3)?))
}

/// The actors and places that a filter asks for, as numbers.
struct Narrow {
    actors: Option<Vec<i64>>,
    dyad: Option<[Vec<i64>; 2]>,
    speakers: Option<Vec<i64>>,
    places: Option<Vec<i64>>,
}

impl Narrow {
    /// What entries are best found by: places have fewer of them than actors.
    fn way(&self) -> Option<(By, &[i64])> {
        let places = self.places.as_deref().map(|places| (By::Place, places));
        let one = self.dyad.as_ref().map(|[one, _]| one.as_slice());
        places.or_else(|| one.or(self.actors.as_deref()).or(self.speakers.as_deref()).map(|actors| (By::Actor, actors)))
    }
}

fn conditions(filter: &Filter, narrow: &Narrow) -> Where {
    let mut wanted = Where::default();
    if let Some(kind) = filter.kind {
        let column = if filter.text.is_none() { "kind" } else { "+kind" };
        wanted.add(format!("{column} = ?"), [Value::from(kind as i64)]);
    }
    if !filter.types.is_empty() {
        wanted.one_of("type", filter.types.iter().map(|t| Value::from(type_number(Some(*t)) as i64)).collect());
    }
    if let Some(mode) = &filter.mode {
        wanted.add("mode = ?", [Value::from(mode.clone())]);
    }
    if !filter.statuses.is_empty() {
        wanted.one_of("status", filter.statuses.iter().map(|s| Value::from(*s as i64)).collect());
    }
    if !filter.countries.is_empty() {
        wanted.countries(filter);
    }
    match (filter.accepted, filter.rejected) {
        (true, _) => wanted.add("decided = 1", []),
        (false, false) => wanted.add("decided <> 2", []),
        (false, true) => {}
    }
    if let Some(to) = filter.to {
        wanted.add("first <= ?", [Value::from(i64::from(day(to)))]);
    }
    if let Some(from) = filter.from {
        wanted.add("last >= ?", [Value::from(i64::from(day(from)))]);
    }
    if let Some(least) = filter.independent {
        wanted.add("independent >= ?", [Value::from(i64::from(least))]);
    }
    for (numbers, side) in [(&narrow.actors, ""), (&narrow.speakers, " AND side = 2")] {
        if let Some(numbers) = numbers {
            wanted.joined("entry_actor", "actor", numbers, side);
        }
    }
    if let Some([one, other]) = &narrow.dyad {
        let at = |numbers: &[i64], side: u8| joined("entry_actor", "actor", numbers, &format!(" AND side = {side}"));
        wanted.add(format!("({} AND {} OR {} AND {})", at(one, 0), at(other, 1), at(one, 1), at(other, 0)), []);
    }
    if let Some(numbers) = &narrow.places {
        wanted.joined("entry_place", "place", numbers, "");
    }
    if let Some(text) = &filter.text {
        let sql = "n IN (SELECT fact.entry FROM claim_words JOIN fact ON fact.claim = claim_words.rowid WHERE claim_words MATCH ?)";
        wanted.add(sql, [Value::from(words(text))]);
    }
    if let Some(publisher) = &filter.publisher {
        let sql = "EXISTS (SELECT 1 FROM fact JOIN report ON report.n = fact.report WHERE fact.entry = entry.n AND report.publisher = ? COLLATE NOCASE)";
        wanted.add(sql, [Value::from(publisher.clone())]);
    }
    wanted
}

/// That one of these is joined to the entry: a look into the table's key.
fn joined(table: &str, column: &str, numbers: &[i64], side: &str) -> String {
    let list = list(numbers);
    format!(
        "EXISTS (SELECT 1 FROM {table} AS j WHERE j.{column} IN ({list}) AND j.kind = entry.kind AND j.first = entry.first AND j.entry = entry.n{side})"
    )
}

fn list(numbers: &[i64]) -> String {
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// A person's words as the index wants them: each quoted, so that no sign in them means anything; stretches in double quotes stay together.
fn words(text: &str) -> String {
    let mut out = Vec::new();
    for (at, piece) in text.split('"').enumerate() {
        if at % 2 == 1 {
            out.push(format!("\"{piece}\""));
        } else {
            out.extend(piece.split_whitespace().map(|word| format!("\"{word}\"")));
        }
    }
    if out.is_empty() { "\"\"".to_owned() } else { out.join(" ") }
}
