//! All names of a table of others, each with its answer.

use super::{Asked, Crosswalk, Outcome, Told};
use crate::cells::{self, text};
use crate::error::{Error, Result};
use crate::import::Source;
use crate::import::sources::Names;
use griot_record::{Record, Reference, ReferenceRow};
use griot_types::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A name with one answer, and the rows in which it has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// As it stands in the table.
    pub name: String,
    /// UCDP's number of it.
    pub number: Option<u32>,
    /// Who is meant.
    #[serde(flatten)]
    pub told: Told,
    /// The first day on which it stands so.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
    /// In how many cells.
    pub rows: usize,
}

/// A dyad of UCDP with both its sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dyad {
    /// Its number.
    pub number: Option<u32>,
    /// Its name.
    pub name: String,
    /// Its sides.
    pub sides: [Told; 2],
    /// The first day on which it stands so.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
    /// In how many rows.
    pub rows: usize,
}

/// What came of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walked {
    /// Its names, by outcome, the most frequent first.
    pub lines: Vec<Line>,
    /// Its dyads, where it names dyads.
    pub dyads: Vec<Dyad>,
    /// Rows that name somebody.
    pub rows: usize,
    /// Of them: all their sides are actors of the dictionaries.
    pub actors: usize,
    /// Of them: all their sides are told, be they people of some sort.
    pub known: usize,
}

#[derive(Clone, Copy)]
struct Span {
    first: Option<Date>,
    last: Option<Date>,
    rows: usize,
}

impl Span {
    const NONE: Span = Span { first: None, last: None, rows: 0 };

    fn add(&mut self, row: &ReferenceRow) {
        self.rows += 1;
        let last = row.last.or(row.first);
        self.first = self.first.into_iter().chain(row.first).min();
        self.last = self.last.into_iter().chain(last).max();
    }
}

/// Tells who the names of a table mean.
///
/// # Errors
/// The table is of a sort that names no actors, or the record cannot be read.
pub fn table(record: &Record, table: &Reference, crosswalk: &Crosswalk) -> Result<Walked> {
    let source = Source::named(&table.source).filter(|source| !source.actors.is_empty());
    let source = source.ok_or_else(|| Error::Asked(format!("table {} is '{}', which names no actors", table.n, table.source)))?;
    let at = |name: &str| table.columns.iter().position(|column| column == name);
    let columns: Vec<(&Names, usize, Option<usize>)> =
        source.actors.iter().filter_map(|names| Some((names, at(names.column)?, at(names.number)))).collect();
    let dyad = at(source.dyad[0]).zip(at(source.dyad[1]));
    let mut walked = Walked::default();
    let mut lines: BTreeMap<(String, Option<u32>, Told), Span> = BTreeMap::new();
    let mut dyads: BTreeMap<(Option<u32>, String, [Told; 2]), Span> = BTreeMap::new();
    record.reference_rows::<Error>(table.n, |row| {
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
        let mut sides: Vec<Told> = Vec::new();
        for (names, column, number) in &columns {
            let number = number.and_then(|at| whole(cell(at)));
            let each: Vec<&str> = if names.several { cell(*column).split(';').collect() } else { vec![cell(*column)] };
            for name in each.into_iter().map(str::trim).filter(|name| !matches!(*name, "" | "None" | "NULL" | "NA")) {
                let told = crosswalk.tell(&Asked { sort: source.name, name, number, day: row.first, country: row.country.as_deref() });
                lines.entry((name.to_owned(), number, told.clone())).or_insert(Span::NONE).add(&row);
                if !names.beside {
                    sides.push(told);
                }
            }
        }
        walked.rows += usize::from(!sides.is_empty());
        walked.actors += usize::from(!sides.is_empty() && sides.iter().all(Told::is_actor));
        walked.known += usize::from(!sides.is_empty() && sides.iter().all(Told::is_known));
        if let (Some((number, name)), Ok(sides)) = (dyad, <[Told; 2]>::try_from(sides)) {
            dyads.entry((whole(cell(number)), cell(name).to_owned(), sides)).or_insert(Span::NONE).add(&row);
        }
        Ok(())
    })?;
    walked.lines = lines
        .into_iter()
        .map(|((name, number, told), Span { first, last, rows })| Line { name, number, told, first, last, rows })
        .collect();
    walked.lines.sort_by_key(|line| (line.told.outcome, std::cmp::Reverse(line.rows)));
    walked.dyads = dyads
        .into_iter()
        .map(|((number, name, sides), Span { first, last, rows })| Dyad { number, name, sides, first, last, rows })
        .collect();
    Ok(walked)
}

/// A number as tables have it: `118`, `118.0`.
fn whole(words: &str) -> Option<u32> {
    words.strip_suffix(".0").unwrap_or(words).parse().ok()
}

fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn ids(told: &Told) -> String {
    told.actors.iter().map(|who| who.id.as_str()).collect::<Vec<_>>().join(";")
}

impl Walked {
    /// The names as CSV.
    pub fn csv(&self) -> String {
        cells::rows(|writer| {
            writer.write_record([
                "name", "number", "outcome", "how", "ids", "names", "code", "since", "until", "there", "first", "last", "rows", "note",
            ])?;
            self.lines.iter().try_for_each(|line| {
                let told = &line.told;
                let join = |of: fn(&super::Who) -> &str| told.actors.iter().map(of).collect::<Vec<_>>().join(";");
                writer.write_record([
                    text(&line.name),
                    shown(line.number),
                    word(told.outcome),
                    told.how.map_or_else(String::new, word),
                    ids(told),
                    text(&join(|who| &who.name)),
                    // A code of no country begins with hyphens.
                    text(told.code.as_deref().unwrap_or_default()),
                    join(|who| &who.since),
                    join(|who| &who.until),
                    told.there.join(";"),
                    shown(line.first),
                    shown(line.last),
                    line.rows.to_string(),
                    text(told.note.as_deref().unwrap_or_default()),
                ])
            })
        })
    }

    /// The dyads as CSV.
    pub fn dyads_csv(&self) -> String {
        cells::rows(|writer| {
            writer.write_record([
                "number",
                "name",
                "outcome_a",
                "ids_a",
                "code_a",
                "outcome_b",
                "ids_b",
                "code_b",
                "first",
                "last",
                "rows",
            ])?;
            self.dyads.iter().try_for_each(|dyad| {
                let side = |told: &Told| [word(told.outcome), ids(told), text(told.code.as_deref().unwrap_or_default())];
                let (a, b) = (side(&dyad.sides[0]), side(&dyad.sides[1]));
                let ends = [shown(dyad.first), shown(dyad.last), dyad.rows.to_string()];
                writer.write_record([shown(dyad.number), text(&dyad.name)].into_iter().chain(a).chain(b).chain(ends))
            })
        })
    }

    /// The names in words: who is told, then who is not; a sum at the end.
    pub fn words(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        for line in &self.lines {
            let number = line.number.map_or_else(String::new, |number| format!(" ({number})"));
            let _ = writeln!(
                out,
                "{:<9} {}{number}  {}  {}",
                word(line.told.outcome),
                line.name,
                meaning(&line.told),
                rows(line.first, line.last, line.rows)
            );
        }
        out + &self.sum()
    }

    /// The dyads in words.
    pub fn dyads_words(&self) -> String {
        let mut out = String::new();
        for dyad in &self.dyads {
            let [a, b] = &dyad.sides;
            let number = shown(dyad.number);
            let _ = writeln!(out, "{number:<6} {}  {} – {}  {}", dyad.name, meaning(a), meaning(b), rows(dyad.first, dyad.last, dyad.rows));
        }
        out + &self.sum()
    }

    fn sum(&self) -> String {
        let share = |n: usize| n as f64 * 100.0 / self.rows.max(1) as f64;
        let names = |outcome: Outcome| self.lines.iter().filter(|line| line.told.outcome == outcome).count();
        format!(
            "{} rows name somebody; in {} ({:.1} %) every side is an actor of the dictionaries, in {} ({:.1} %) every side is told, be they people of a sort; \
             names ambiguous {}, outside their time {}, unknown {}\n",
            self.rows,
            self.actors,
            share(self.actors),
            self.known,
            share(self.known),
            names(Outcome::Ambiguous),
            names(Outcome::Outside),
            names(Outcome::Unknown)
        )
    }
}

fn meaning(told: &Told) -> String {
    let dates = |who: &super::Who| match (who.since.as_str(), who.until.as_str()) {
        ("", "") => String::new(),
        (since, until) => format!(" [{since}..{until}]"),
    };
    let sure = told.is_known();
    let actors: Vec<String> =
        told.actors.iter().map(|who| if sure { who.id.clone() } else { format!("{}{}", who.id, dates(who)) }).collect();
    let mut parts = vec![actors.join(" + ")];
    parts.extend(told.code.clone());
    parts.extend(told.how.map(|how| format!("by {}", word(how))));
    parts.extend((!told.there.is_empty()).then(|| format!("there {}", told.there.join(", "))));
    parts.extend(told.note.clone());
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() { "nobody in the dictionaries".to_owned() } else { parts.join(", ") }
}

fn rows(first: Option<Date>, last: Option<Date>, rows: usize) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{rows} × {first} to {last}"),
        (Some(day), _) => format!("{rows} × {day}"),
        _ => format!("{rows} ×"),
    }
}
