//! Reference tables: what others counted, kept beside the record's own claims and never mixed with them.
//!
//! A table is kept as it came, cell by cell, with its source, release, licence and hash, so that it can be given out again as it was; what questions
//! look at stands in columns of its own. Unlike reports a table may be dropped, since everyone can have it anew.

use crate::error::{ErrorKind, Result};
use crate::store::{Record, now};
use griot_types::Date;
use rusqlite::params;
use serde::Serialize;

/// A table of others in a record.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reference {
    /// Its number in this record; 0 before it is kept.
    pub n: i64,
    /// What sort of table: `ged`, `un-fatalities`.
    pub source: String,
    /// Its release, as the user names it.
    pub version: String,
    /// The day until which it counts.
    pub as_of: Option<Date>,
    /// Its licence.
    pub licence: Option<String>,
    /// The file that it came from.
    pub file: String,
    /// `sha256:…` of that file.
    pub hash: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The row of HXL tags under the header, where it had one.
    pub tags: Option<Vec<String>>,
    /// Whether the columns' names stood in the file.
    pub header: bool,
    /// Whether every cell stood in quotes.
    pub quoted: bool,
    /// How many rows it has.
    pub rows: i64,
    /// How many rows of the file were refused.
    pub refused: i64,
    /// When it was imported; set by the record.
    pub at: String,
}

/// A row of a reference table: what questions look at, and its cells as they came.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReferenceRow {
    /// Its number in the file, from 1, headers not counted.
    pub n: i64,
    /// The table's own id of it.
    pub id: String,
    /// The first day that it may be about.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
    /// Alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// UCDP's where_prec.
    pub precision: Option<u8>,
    /// What it counts or tells, in the table's words.
    pub type_: Option<String>,
    /// One side, a mission, an actor.
    pub side_a: Option<String>,
    /// The other.
    pub side_b: Option<String>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Best estimate.
    pub best: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// The cells.
    pub cells: Vec<String>,
}

fn day(date: Option<Date>) -> Option<i64> {
    date.map(|date| i64::from(crate::merge::day(date)))
}

fn date(day: Option<i64>) -> Option<Date> {
    day.and_then(crate::derive::date)
}

impl Record {
    /// The types of a table's rows, in its own words, those of most rows first.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn reference_types(&self, table: i64) -> Result<Vec<String>> {
        let sql = "SELECT type FROM reference_row WHERE reference = ?1 AND type IS NOT NULL GROUP BY type ORDER BY count(*) DESC, type";
        self.rows(sql, [table], |row| row.get(0))
    }

    /// Keeps a table with its rows, as a whole or not at all. `rows` gives them one by one; what it fails with is handed on.
    ///
    /// # Errors
    /// The same file is there under the same source and version, or the record cannot be written.
    pub fn import<E: From<crate::Error>>(
        &self,
        table: &Reference,
        rows: impl FnOnce(&mut dyn FnMut(&ReferenceRow) -> std::result::Result<(), E>) -> std::result::Result<i64, E>,
    ) -> std::result::Result<Reference, E> {
        let hash = crate::add::hash_bytes(&table.hash).unwrap_or_default();
        self.whole_or_not(|record| {
            let there = "SELECT n FROM reference WHERE source = ?1 AND version = ?2 AND hash = ?3";
            if let Some(n) = record.row(there, params![table.source, table.version, hash], |row| row.get::<_, i64>(0))? {
                let words = format!("this file is there already, as table {n}; 'griot reference --drop {n}' takes it out");
                return Err(record.error(ErrorKind::Misuse(words)).into());
            }
            let columns = serde_json::to_string(&table.columns).unwrap_or_default();
            let as_of = table.as_of.map(|day| day.to_string());
            let mut kept = Reference { at: now(), ..table.clone() };
            record.execute(
                "INSERT INTO reference (source, version, as_of, licence, file, hash, columns, tags, header, quoted, rows, refused, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, ?11)",
                params![
                    table.source,
                    table.version,
                    as_of,
                    table.licence,
                    table.file,
                    hash,
                    columns,
                    table.tags.as_ref().map(|tags| serde_json::to_string(tags).unwrap_or_default()),
                    table.header,
                    table.quoted,
                    kept.at
                ],
            )?;
            kept.n = record.db.last_insert_rowid();
            let sql = "INSERT INTO reference_row (reference, n, id, first, last, country, latitude, longitude, precision, type, side_a, side_b, low, best, high, cells)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
            kept.refused = rows(&mut |row| {
                let cells = serde_json::to_string(&row.cells).unwrap_or_default();
                record.execute(
                    sql,
                    params![
                        kept.n, row.n, row.id, day(row.first), day(row.last), row.country, row.latitude, row.longitude, row.precision, row.type_,
                        row.side_a, row.side_b, row.low, row.best, row.high, cells
                    ],
                )?;
                kept.rows += 1;
                Ok(())
            })?;
            record.execute("UPDATE reference SET rows = ?1, refused = ?2 WHERE n = ?3", params![kept.rows, kept.refused, kept.n])?;
            Ok(kept)
        })
    }

    /// The tables, in the order of their import.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn references(&self) -> Result<Vec<Reference>> {
        let sql = "SELECT n, source, version, as_of, licence, file, hash, columns, rows, refused, at, tags, header, quoted FROM reference ORDER BY n";
        self.rows(sql, [], |row| {
            Ok(Reference {
                n: row.get(0)?,
                source: row.get(1)?,
                version: row.get(2)?,
                as_of: row.get::<_, Option<String>>(3)?.and_then(|day| day.parse().ok()),
                licence: row.get(4)?,
                file: row.get(5)?,
                hash: crate::add::hash_name(&row.get::<_, Vec<u8>>(6)?),
                columns: serde_json::from_str(&row.get::<_, String>(7)?).unwrap_or_default(),
                rows: row.get(8)?,
                refused: row.get(9)?,
                at: row.get(10)?,
                tags: row.get::<_, Option<String>>(11)?.and_then(|tags| serde_json::from_str(&tags).ok()),
                header: row.get(12)?,
                quoted: row.get(13)?,
            })
        })
    }

    /// The rows of a table, in the file's order, each handed to `take`.
    ///
    /// # Errors
    /// There is no such table; the record cannot be read; what `take` fails with.
    pub fn reference_rows<E: From<crate::Error>>(
        &self,
        table: i64,
        mut take: impl FnMut(ReferenceRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = "SELECT n, id, first, last, country, latitude, longitude, precision, type, side_a, side_b, low, best, high, cells
             FROM reference_row WHERE reference = ?1 ORDER BY n";
        let mut statement = self.run(self.db.prepare_cached(sql))?;
        let mut rows = self.run(statement.query([table]))?;
        while let Some(row) = self.run(rows.next())? {
            let read = || -> rusqlite::Result<ReferenceRow> {
                Ok(ReferenceRow {
                    n: row.get(0)?,
                    id: row.get(1)?,
                    first: date(row.get(2)?),
                    last: date(row.get(3)?),
                    country: row.get(4)?,
                    latitude: row.get(5)?,
                    longitude: row.get(6)?,
                    precision: row.get(7)?,
                    type_: row.get(8)?,
                    side_a: row.get(9)?,
                    side_b: row.get(10)?,
                    low: row.get(11)?,
                    best: row.get(12)?,
                    high: row.get(13)?,
                    cells: serde_json::from_str(&row.get::<_, String>(14)?).unwrap_or_default(),
                })
            };
            take(self.run(read())?)?;
        }
        Ok(())
    }

    /// Takes a table out.
    ///
    /// # Errors
    /// There is none of this number; the record cannot be written.
    pub fn drop_reference(&self, n: i64) -> Result<()> {
        self.write(|record| {
            record.execute("DELETE FROM reference_row WHERE reference = ?1", [n])?;
            match record.execute("DELETE FROM reference WHERE n = ?1", [n])? {
                0 => Err(record.error(ErrorKind::Unknown(format!("table {n}")))),
                _ => Ok(()),
            }
        })
    }
}
