//! The file: opening, its format's version, transactions.

use crate::error::{Error, ErrorKind, Result};
use crate::reading::Whole;
use crate::scope::Scope;
use crate::steps::STEPS;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

/// Marks the file as a record: 'grio' as SQLite's application id.
const MARK: i32 = 0x6772_696f;

/// The tables that can be made anew.
const DERIVED: &str = include_str!("derived.sql");

/// Their names.
const TABLES: [&str; 8] = ["source", "fact", "entry", "actor", "entry_actor", "place", "place_name", "entry_place"];

/// Changes whenever merging does, so that entries made under other rules are made anew.
pub const RULES: &str = "6";

/// How long a writer waits for another one, in seconds, where nothing else is asked for.
pub const WAIT: u64 = 10;

/// One file that holds reports, what they say, and what people decided of it.
///
/// One program may write and others read at the same time. What a call has confirmed is on the disk.
pub struct Record {
    pub(crate) path: PathBuf,
    pub(crate) db: Connection,
    /// Which record questions are asked of.
    pub(crate) scope: Scope,
    /// Readings that were unpacked. They never change, so what is here stays true.
    pub(crate) open: RefCell<FxHashMap<i64, Rc<Whole>>>,
    wait: u64,
}

impl Record {
    /// Opens a record to write, and makes it where there is none. Waits up to `wait` seconds for another writer.
    ///
    /// # Errors
    /// The file is something else, from a newer version, busy, or cannot be written.
    pub fn create(path: &Path, wait: u64) -> Result<Record> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let record = Record::connect(path, wait, flags)?;
        record.migrate()?;
        Ok(record)
    }

    /// Opens a record that there is, to write.
    ///
    /// # Errors
    /// As [`Record::create`], and where there is none.
    pub fn open_to_write(path: &Path, wait: u64) -> Result<Record> {
        if !path.exists() {
            return Err(Error::new(path, ErrorKind::Missing));
        }
        Record::create(path, wait)
    }

    /// Opens a record that there is, to read.
    ///
    /// # Errors
    /// There is none, it is something else, or from another version.
    pub fn open(path: &Path) -> Result<Record> {
        if !path.exists() {
            return Err(Error::new(path, ErrorKind::Missing));
        }
        // A reader of a write-ahead log must be able to write its index; a file on a read-only disk is opened as it lies.
        let write = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let read = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let record = Record::connect(path, WAIT, write).or_else(|_| Record::connect(path, WAIT, read))?;
        match record.version()? {
            0 => Err(record.error(ErrorKind::NotARecord)),
            found if found < STEPS.len() as i64 => Err(record.error(ErrorKind::Older { found })),
            _ if record.meta("rules")?.as_deref() != Some(RULES) => {
                // Entries made under other rules are made anew, in memory: a reader changes nothing in the file.
                record.hide_derived()?;
                record.derive_all(&Scope::default())?;
                Ok(record)
            }
            _ => {
                record.run(record.db.execute_batch("PRAGMA query_only = ON"))?;
                Ok(record)
            }
        }
    }

    /// Opens a record to read as it stood. Entries are made anew for that state, in memory.
    ///
    /// # Errors
    /// As [`Record::open`], and where the record was begun later.
    pub fn open_at(path: &Path, scope: Scope) -> Result<Record> {
        let mut record = Record::open(path)?;
        if scope.is_today() {
            return Ok(record);
        }
        let begun = record.row("SELECT min(at) FROM batch", [], |row| row.get::<_, Option<String>>(0))?.flatten();
        if let (Some(moment), Some(begun)) = (&scope.as_of, &begun)
            && begun.as_str() > scope.until()
        {
            let day = begun.get(..10).unwrap_or(begun);
            let words = format!(
                "was begun on {day} and so holds nothing as of {moment}; for what reports say that were published by then, ask with --published-by"
            );
            return Err(record.error(ErrorKind::Misuse(words)));
        }
        if record.meta("rules")?.as_deref() == Some(RULES) {
            record.hide_derived()?;
        } else {
            record.clear_hiding()?;
        }
        record.derive_all(&scope)?;
        record.scope = scope;
        Ok(record)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: &Path, wait: u64, flags: OpenFlags) -> Result<Record> {
        let failed = |error| Error::of(path, wait, error);
        let db = Connection::open_with_flags(path, flags).map_err(failed)?;
        db.busy_timeout(Duration::from_secs(wait)).map_err(failed)?;
        db.set_prepared_statement_cache_capacity(64);
        let record = Record { path: path.to_owned(), db, scope: Scope::default(), open: RefCell::default(), wait };
        // The first look at the file: whatever it is shows here.
        let version = record.version()?;
        if version > STEPS.len() as i64 {
            return Err(record.error(ErrorKind::Newer { found: version, known: STEPS.len() as i64 }));
        }
        let settings = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824;";
        record.run(record.db.execute_batch(settings))?;
        Ok(record)
    }

    /// The format's number; 0 for an empty file.
    ///
    /// # Errors
    /// The file is no record.
    pub fn version(&self) -> Result<i64> {
        let mark: i32 = self.run(self.db.query_row("PRAGMA application_id", [], |row| row.get(0)))?;
        let version = self.run(self.db.query_row("PRAGMA user_version", [], |row| row.get(0)))?;
        let tables: i64 = self.run(self.db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)))?;
        match (mark, tables) {
            (MARK, _) => Ok(version),
            (0, 0) if version == 0 => Ok(0),
            _ => Err(self.error(ErrorKind::NotARecord)),
        }
    }

    fn migrate(&self) -> Result<()> {
        if self.version()? == STEPS.len() as i64 && self.meta("rules")?.as_deref() == Some(RULES) {
            return self.run(self.db.execute_batch("PRAGMA synchronous = FULL"));
        }
        // Of an empty file alone: two or three texts, or packed readings, share a page of this size, and few spill over into one of their own.
        self.run(self.db.execute_batch("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"))?;
        let old = self.version()?;
        self.write(|record| {
            // Another program may have been faster.
            let found = record.version()?;
            for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
                step(record)?;
            }
            record.run(record.db.execute_batch(&format!("PRAGMA application_id = {MARK}; PRAGMA user_version = {}", STEPS.len())))?;
            if record.meta("rules")?.as_deref() != Some(RULES) {
                record.remake()?;
                record.set_meta("rules", RULES)?;
            }
            Ok(())
        })?;
        if old > 0 && old < STEPS.len() as i64 {
            // What an older format took more is given back. Where there is no room for the copy that this makes, the file stays as large as it was.
            let _ = self.db.execute_batch("VACUUM");
        }
        Ok(())
    }

    /// Drops and makes the derived tables and fills them.
    fn remake(&self) -> Result<()> {
        for table in TABLES {
            self.run(self.db.execute_batch(&format!("DROP TABLE IF EXISTS main.{table}")))?;
        }
        self.run(self.db.execute_batch(&DERIVED.replace("{TEMP}", "").replace("{SCHEMA}", "")))?;
        self.derive_all(&Scope::default())
    }

    /// Empties the temporary tables that hide the file's derived ones.
    fn clear_hiding(&self) -> Result<()> {
        TABLES.iter().try_for_each(|table| self.run(self.db.execute_batch(&format!("DELETE FROM temp.{table}"))))
    }

    /// Makes empty temporary tables that hide the file's derived ones from this connection.
    pub(crate) fn hide_derived(&self) -> Result<()> {
        self.run(self.db.execute_batch("PRAGMA query_only = OFF"))?;
        self.run(self.db.execute_batch(&DERIVED.replace("{TEMP}", "TEMP").replace("{SCHEMA}", "temp.")))
    }

    pub(crate) fn meta(&self, key: &str) -> Result<Option<String>> {
        let there: bool =
            self.run(self.db.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'meta')", [], |r| r.get(0)))?;
        if !there {
            return Ok(None);
        }
        self.run(self.db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional())
    }

    pub(crate) fn set_meta(&self, key: &str, value: &str) -> Result<()> {
        self.run(self.db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", [key, value])).map(drop)
    }

    /// Does `work` as a whole or not at all.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&Record) -> Result<T>) -> Result<T> {
        self.whole_or_not(work)
    }

    /// The same for work that can fail in ways of its own.
    pub(crate) fn whole_or_not<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Record) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let transaction = self.run(rusqlite::Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate))?;
        let value = work(self)?;
        self.run(transaction.commit())?;
        Ok(value)
    }

    /// Gives a database's error the record's name and plain words.
    pub(crate) fn run<T>(&self, outcome: rusqlite::Result<T>) -> Result<T> {
        outcome.map_err(|error| Error::of(&self.path, self.wait, error))
    }

    pub(crate) fn error(&self, kind: ErrorKind) -> Error {
        Error::new(&self.path, kind)
    }

    pub(crate) fn damaged(&self, what: impl Into<String>) -> Error {
        self.error(ErrorKind::Damaged(what.into()))
    }

    /// All rows of a query, each through `read`.
    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.run(self.db.prepare_cached(sql))?;
        let rows = self.run(statement.query_map(values, read))?.collect::<rusqlite::Result<Vec<T>>>();
        self.run(rows)
    }

    /// The one row of a query, where there is one.
    pub(crate) fn row<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnOnce(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.run(self.db.prepare_cached(sql))?;
        self.run(statement.query_row(values, read).optional())
    }

    /// Runs one statement; the number of rows it changed.
    pub(crate) fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize> {
        let mut statement = self.run(self.db.prepare_cached(sql))?;
        self.run(statement.execute(values))
    }
}

/// Now, in UTC, to the microsecond: what orders batches and decisions for people.
pub(crate) fn now() -> String {
    format!("{:.6}", jiff::Timestamp::now())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::add::{About, Reading};
    use griot_types::{Document, sha256};

    /// SQLite's own bound on the file's pages stands for the disk's.
    #[test]
    fn a_full_disk_is_named_and_what_was_confirmed_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let record = Record::create(&folder.path().join("r.griot"), 1).unwrap();
        let reading = |n: usize| {
            let text = format!("report {n} ").repeat(2000);
            let document = Document { id: sha256(text.as_bytes()), name: format!("{n}.txt"), text, ..Document::default() };
            Reading { document, about: About::default(), claims: vec![], language: None }
        };
        record.add(&[reading(0)], "m", "c").unwrap();
        let pages: i64 = record.db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        record.db.query_row(&format!("PRAGMA max_page_count = {}", pages + 4), [], |_| Ok(())).unwrap();
        let error = (1..50).find_map(|n| record.add(&[reading(n)], "m", "c").err()).unwrap();
        assert!(matches!(error.kind(), ErrorKind::Full) && error.to_string().contains("make room"), "{error}");
        let looked = record.verify().unwrap();
        assert!(looked.reports >= 1 && looked.findings.is_empty(), "{looked:?}");
    }
}
