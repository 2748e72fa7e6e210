//! What was dealt with: a file beside the record, locked while it is in use and there as a whole or not at all.

use crate::Error;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The form of the file; another one is not read.
const VERSION: u32 = 1;

/// All that is remembered from one run to the next.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct State {
    version: u32,
    /// By the feed's address.
    pub feeds: BTreeMap<String, Past>,
    /// By the host with its scheme.
    pub robots: BTreeMap<String, Rules>,
}

/// What is remembered of a feed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Past {
    /// What the server called its last answer, all items of which were dealt with.
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// When it is due.
    pub next: Option<Timestamp>,
    /// Until when the server is left alone, whatever the person asks.
    pub not_before: Option<Timestamp>,
    /// How many visits failed, one after the other.
    pub failures: u32,
    /// The hosts and the manner under which items were refused.
    pub rules: String,
    /// Items that were dealt with.
    pub seen: BTreeMap<String, Seen>,
    /// How often an item was asked for in vain.
    pub tries: BTreeMap<String, u32>,
}

/// An item that was dealt with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Seen {
    /// The day on which the feed had it last.
    pub last: Date,
    /// Whether the rules of `feeds.toml` kept it out; under other rules it is asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
}

/// What a host asks of robots.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rules {
    pub at: Timestamp,
    pub text: String,
}

/// The state's file, held by this run alone.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    /// Locked until it is dropped, by the system itself when the program is killed.
    _lock: File,
}

impl Store {
    /// Opens the state beside `record`, which need not be there.
    pub fn open(record: &Path) -> Result<(Store, State), Error> {
        let path = beside(record, "watch.json");
        let lock_path = beside(record, "watch.lock");
        let wrong = |file: &Path, cause: String| Error::State { file: file.to_owned(), cause };
        let lock = File::options().create(true).truncate(false).write(true).open(&lock_path);
        let lock = lock.map_err(|error| wrong(&lock_path, error.to_string()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Locked(lock_path)),
            Err(TryLockError::Error(error)) => return Err(wrong(&lock_path, error.to_string())),
        }
        let state = State::read(&path)?;
        Ok((Store { path, _lock: lock }, state))
    }

    /// Writes the state.
    pub fn save(&self, state: &State) -> Result<(), Error> {
        let part = self.path.with_extension("json.part");
        let outcome = serde_json::to_vec(state).map_err(std::io::Error::from).and_then(|bytes| {
            let mut file = File::create(&part)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&part, &self.path)
        });
        outcome.map_err(|error| Error::State { file: self.path.clone(), cause: error.to_string() })
    }
}

impl State {
    /// The state beside `record`, to look at: nothing is locked or written.
    pub fn peek(record: &Path) -> Result<State, Error> {
        State::read(&beside(record, "watch.json"))
    }

    fn read(path: &Path) -> Result<State, Error> {
        let wrong = |cause: String| Error::State { file: path.to_owned(), cause };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(State { version: VERSION, ..State::default() }),
            Err(error) => return Err(wrong(error.to_string())),
        };
        let state: State = serde_json::from_slice(&bytes).map_err(|error| {
            wrong(format!("is no state of 'griot watch' ({error}); move it away, and feeds are read anew without adding reports twice"))
        })?;
        if state.version == VERSION { Ok(state) } else { Err(wrong("was written by another version of griot; use that one".to_owned())) }
    }
}

fn beside(record: &Path, ending: &str) -> PathBuf {
    let name = record.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    record.with_file_name(format!("{name}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_alone_holds_the_state_and_finds_what_the_last_one_left() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("sahel.griot");
        let (store, mut state) = Store::open(&record).unwrap();
        assert!(matches!(Store::open(&record), Err(Error::Locked(_))));
        state.feeds.entry("https://a.example/".into()).or_default().etag = Some("x".into());
        store.save(&state).unwrap();
        drop(store);
        let (_store, state) = Store::open(&record).unwrap();
        assert_eq!(state.feeds["https://a.example/"].etag.as_deref(), Some("x"));
        assert!(folder.path().join("sahel.griot.watch.json").exists());
        fs::write(folder.path().join("b.watch.json"), "{").unwrap();
        assert!(Store::open(&folder.path().join("b")).unwrap_err().to_string().contains("move it away"));
    }
}
