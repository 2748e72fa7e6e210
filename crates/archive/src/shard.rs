//! Shards: fixed stretches of the input, and the files that become of each.

use crate::rows::{Rows, Sketch};
use crate::{Done, Error, Folder, NAMED, copies, get_json, io_at, put, put_json};
use griot_ingest::{Error as Unread, Item, Items, Reader};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

/// The most reports in a shard.
const MOST: usize = 4096;
/// What a report counts for besides its bytes.
const EACH: u64 = 256;

/// The input as shards, in order.
pub struct Source {
    inputs: VecDeque<PathBuf>,
    items: Option<Items<'static>>,
    /// Bytes of inputs that are done.
    before: u64,
    next: u32,
}

/// A shard that was cut.
pub struct Cut {
    pub number: u32,
    /// The hash of what is in it.
    pub input: String,
    pub items: Vec<Result<Item, Unread>>,
}

impl Source {
    pub fn new(inputs: Vec<PathBuf>) -> Source {
        Source { inputs: inputs.into(), items: None, before: 0, next: 0 }
    }

    /// Bytes that are behind.
    pub fn behind(&self) -> u64 {
        self.before + self.items.as_ref().map_or(0, Items::behind)
    }

    /// How many shards were cut.
    pub fn count(&self) -> u32 {
        self.next
    }

    /// The next shard; `None` at the end.
    pub fn cut(&mut self, reader: &Reader, bytes: u64) -> Option<Cut> {
        let mut items = Vec::new();
        let (mut held, mut hash) = (0, Sha256::new());
        while held < bytes && items.len() < MOST {
            let Some(item) = self.item(reader) else { break };
            match &item {
                Ok(item) => {
                    held += item.bytes().len() as u64;
                    hash.update(format!("{}\0{}\0", item.name(), item.bytes().len()));
                    hash.update(item.bytes());
                }
                Err(error) => hash.update(format!("{error}\0")),
            }
            held += EACH;
            items.push(item);
        }
        if items.is_empty() {
            return None;
        }
        let input = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        self.next += 1;
        Some(Cut { number: self.next - 1, input, items })
    }

    fn item(&mut self, reader: &Reader) -> Option<Result<Item, Unread>> {
        loop {
            if let Some(items) = &mut self.items {
                if let Some(item) = items.next() {
                    return Some(item);
                }
                self.before += items.behind();
                self.items = None;
            }
            self.items = Some(reader.items(self.inputs.pop_front()?));
        }
    }
}

/// Whether a shard is done; an error where it was made of other input.
pub fn is_done(folder: &Folder, cut: &Cut) -> Result<Option<Done>, Error> {
    let done: Option<Done> = get_json(&folder.work_file(cut.number, "json"))?;
    match done {
        Some(done) if done.input != cut.input => Err(Error::Changed(folder.out.clone(), cut.number)),
        done => Ok(done),
    }
}

/// A shard whose reports are being coded.
pub struct Open {
    pub number: u32,
    /// How many reports it has.
    pub count: usize,
    input: String,
    rows: Mutex<(Vec<Option<Rows>>, usize)>,
}

impl Open {
    pub fn new(number: u32, input: String, count: usize) -> Open {
        Open { number, count, input, rows: Mutex::new(((0..count).map(|_| None).collect(), count)) }
    }

    /// Takes the rows of one item; gives those of all when it was the last.
    pub fn put(&self, at: usize, rows: Rows) -> Option<Rows> {
        let mut held = self.rows.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        held.0[at] = Some(rows);
        held.1 -= 1;
        if held.1 > 0 {
            return None;
        }
        let all = std::mem::take(&mut held.0);
        let mut whole = Rows::default();
        for rows in all.into_iter().flatten() {
            whole.append(rows);
        }
        Some(whole)
    }

    /// Writes the shard's files, the marker last.
    pub fn write(&self, folder: &Folder, rows: Rows) -> Result<Done, Error> {
        let claims = folder.table("claims", self.number);
        put(&claims, |file| rows.claims.write(&claims, file))?;
        let errors = folder.table("errors", self.number);
        put(&errors, |file| rows.errors.write(&errors, file))?;
        // Reports become final when their near-copies are known.
        let reports = folder.work_file(self.number, "parquet");
        put(&reports, |file| rows.reports.write(&reports, file))?;
        self.write_sketches(folder, &rows.sketches)?;
        let mut first_failed = rows.failed;
        let failed = first_failed.len() as u64;
        first_failed.truncate(NAMED);
        let done = Done {
            input: self.input.clone(),
            reports: rows.reports.rows() as u64,
            claims: rows.claims.rows() as u64,
            errors: rows.errors.rows() as u64,
            failed,
            first_failed,
            ..Done::default()
        };
        // After a power cut names without their files would be worse than neither.
        for path in [folder.out.join("claims"), folder.out.join("errors"), folder.work()] {
            sync(&path)?;
        }
        put_json(&folder.work_file(self.number, "json"), &done)?;
        Ok(done)
    }

    fn write_sketches(&self, folder: &Folder, sketches: &[Sketch]) -> Result<(), Error> {
        let path = folder.work_file(self.number, "sketches");
        put(&path, |file| copies::write(file, sketches).map_err(io_at(&path)))
    }
}

/// Makes sure that a folder's names are on the disk, where folders can be opened.
fn sync(path: &std::path::Path) -> Result<(), Error> {
    match fs::File::open(path) {
        Ok(folder) if cfg!(unix) => folder.sync_all().map_err(io_at(path)),
        _ => Ok(()),
    }
}
