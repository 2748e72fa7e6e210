//! Archives coded into Parquet: a stream of reports in, a folder of tables out, whatever happens on the way.
//!
//! * [`run`] codes what a [`Plan`] names. How a report's claims are made is a function that it is given.
//! * `shard` cuts the stream into shards, each a fixed stretch of the input; a shard's files are written whole or not at all, and a marker is put
//!   beside them last. A run that finds markers passes over their shards, after checking that they hold the same input.
//! * `hands` is the threads, and the time that a report may take.
//! * `table` and `schema` are the columns, `rows` fills them.
//! * [`rows`](fn@rows) gives one report's rows to whoever writes them elsewhere.
//! * `copies` marks near-copies, once all shards are there.
//!
//! What is in a shard follows from the input alone, and so do its bytes: neither the number of threads nor where a run was killed shows. A report is
//! held from when its shard is cut to when the shard is written; nothing else grows with the archive but a few bytes a report for its near-copies.

mod copies;
mod hands;
mod rows;
mod schema;
mod shard;
mod table;

use griot_ingest::Reader;
use griot_types::{Claim, Document};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub use hands::rows;
pub use rows::{Rows, claims};
pub use schema::{CLAIMS, ERRORS, REPORTS, columns, fields};
pub use table::{Column, Table, Values};

/// Makes a report's claims; an error is a fault of the program, in words.
pub type Coder = dyn Fn(Document) -> Result<(Document, Vec<Claim>), String> + Send + Sync;

/// What to code, and where to.
pub struct Plan {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// The folder of the tables.
    pub out: PathBuf,
    /// How reports are read; its limits are the archive's.
    pub reader: Reader,
    /// How claims are made.
    pub coder: Arc<Coder>,
    /// All that the claims depend on besides the reports, in words: a run that is taken up again must agree in it.
    pub key: String,
    /// How many reports are coded at a time.
    pub threads: usize,
    /// Bytes of input in a shard.
    pub shard: u64,
    /// How long a report may take.
    pub patience: Duration,
}

/// How far a run is.
#[derive(Debug, Default)]
pub struct Counts {
    /// Bytes of the inputs.
    pub all: AtomicU64,
    /// Bytes of the inputs that are behind.
    pub behind: AtomicU64,
    /// Bytes of the inputs that another run had behind it.
    pub skipped: AtomicU64,
    /// Reports that were coded.
    pub reports: AtomicU64,
    /// Claims in them.
    pub claims: AtomicU64,
    /// Rows of errors.
    pub errors: AtomicU64,
    /// Reports that are held: their shard was cut and is not yet written.
    pub held: AtomicU64,
    /// The most that ever were.
    pub most_held: AtomicU64,
}

impl Counts {
    fn hold(&self, reports: u64) {
        let held = self.held.fetch_add(reports, Ordering::Relaxed) + reports;
        self.most_held.fetch_max(held, Ordering::Relaxed);
    }

    fn let_go(&self, reports: u64) {
        self.held.fetch_sub(reports, Ordering::Relaxed);
    }

    fn add(&self, done: &Done) {
        self.reports.fetch_add(done.reports, Ordering::Relaxed);
        self.claims.fetch_add(done.claims, Ordering::Relaxed);
        self.errors.fetch_add(done.errors, Ordering::Relaxed);
    }
}

/// What came of a shard, or of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The hash of its input.
    pub input: String,
    /// Reports that were coded.
    pub reports: u64,
    /// Claims in them.
    pub claims: u64,
    /// Rows of errors.
    pub errors: u64,
    /// Reports that are near-copies of earlier ones.
    pub copies: u64,
    /// Whole files that could not be read, or not to their end.
    pub failed: u64,
    /// The first of them, in words.
    pub first_failed: Vec<String>,
    /// How many shards there are.
    pub shards: u32,
}

/// So many files that could not be read are named one by one.
const NAMED: usize = 20;

impl Done {
    fn add(&mut self, other: Done) {
        self.reports += other.reports;
        self.claims += other.claims;
        self.errors += other.errors;
        self.failed += other.failed;
        self.first_failed.extend(other.first_failed);
        self.first_failed.truncate(NAMED);
    }
}

/// Why a run stopped. Bad input never stops it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output cannot be written or read back.
    #[error("{path}: cannot be written or read back ({1}); check the path, your rights to it and the room on the disk", path = .0.display())]
    Io(PathBuf, #[source] io::Error),
    /// A table of our own cannot be written or read back.
    #[error("{path}: the table cannot be written or read back ({1}); check the room on the disk, or take the folder away and begin anew", path = .0.display())]
    Table(PathBuf, #[source] parquet::errors::ParquetError),
    /// The folder is in use.
    #[error("{path}: another run is writing there; wait for it", path = .0.display())]
    Busy(PathBuf),
    /// The folder holds something else.
    #[error("{path}: holds {1}; give another folder with --out, or take this one away", path = .0.display())]
    Other(PathBuf, String),
    /// The input is not what it was.
    #[error("{path}: shard {1} was made of other input than is there now; put the input back as it was, or take the folder away and begin anew", path = .0.display())]
    Changed(PathBuf, u32),
}

pub(crate) fn io_at(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    move |error| Error::Io(path.to_owned(), error)
}

/// What a run was asked, kept beside its output.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    program: String,
    key: String,
    inputs: Vec<String>,
    bytes: u64,
    shard: u64,
}

/// Where the files of a run lie.
pub(crate) struct Folder {
    pub out: PathBuf,
}

impl Folder {
    /// The folder of what is not finished.
    fn work(&self) -> PathBuf {
        self.out.join("work")
    }

    fn work_file(&self, number: u32, ending: &str) -> PathBuf {
        self.work().join(format!("{number:05}.{ending}"))
    }

    fn table(&self, name: &str, number: u32) -> PathBuf {
        self.out.join(name).join(format!("part-{number:05}.parquet"))
    }

    fn manifest(&self) -> PathBuf {
        self.out.join("manifest.json")
    }
}

/// Writes a file so that it is there whole or not at all.
pub(crate) fn put(path: &Path, write: impl FnOnce(&mut File) -> Result<(), Error>) -> Result<(), Error> {
    let mut name = path.as_os_str().to_owned();
    name.push(".tmp");
    let partial = PathBuf::from(name);
    let mut file = File::create(&partial).map_err(io_at(&partial))?;
    write(&mut file)?;
    file.sync_all().map_err(io_at(&partial))?;
    fs::rename(&partial, path).map_err(io_at(path))
}

fn put_json(path: &Path, value: &impl Serialize) -> Result<(), Error> {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    put(path, |file| file.write_all(text.as_bytes()).map_err(io_at(path)))
}

fn get_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Option<T>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_at(path)(error)),
    }
}

/// Codes what the plan names, or what is left of it. `watch` is called a few times a second.
pub fn run(plan: Plan, watch: &(dyn Fn(&Counts) + Sync)) -> Result<Done, Error> {
    let folder = Folder { out: plan.out.clone() };
    let bytes = plan.inputs.iter().map(|input| griot_ingest::size(input)).sum();
    let asked = Asked {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        key: plan.key.clone(),
        inputs: plan.inputs.iter().map(|input| input.to_string_lossy().into_owned()).collect(),
        bytes,
        shard: plan.shard,
    };
    let _lock = begin(&folder, &asked)?;
    if let Some(done) = get_json::<Done>(&folder.manifest())? {
        return Ok(done);
    }
    let counts = Arc::new(Counts { all: bytes.into(), ..Counts::default() });
    let shards = hands::work(plan, &folder, counts.clone(), watch)?;
    let mut done = Done { shards, ..Done::default() };
    for number in 0..shards {
        let path = folder.work_file(number, "json");
        let shard: Done = get_json(&path)?.ok_or_else(|| Error::Io(path, io::ErrorKind::NotFound.into()))?;
        done.input = griot_types::sha256(format!("{}{}", done.input, shard.input).as_bytes());
        done.add(shard);
    }
    done.copies = copies::mark(&folder, shards, &|| watch(&counts))?;
    put_json(&folder.manifest(), &done)?;
    let work = folder.work();
    fs::remove_dir_all(&work).map_err(io_at(&work))?;
    Ok(done)
}

/// Makes the folder, or sees that it holds this very run; the lock lasts as long as the file is open.
fn begin(folder: &Folder, asked: &Asked) -> Result<File, Error> {
    let out = &folder.out;
    fs::create_dir_all(out).map_err(io_at(out))?;
    let path = out.join("run.json");
    // A file of its own: where locks are mandatory a locked file cannot be read by its name.
    let guard = out.join("run.lock");
    let is_new = !path.exists() && !guard.exists();
    if is_new && fs::read_dir(out).map_err(io_at(out))?.next().is_some() {
        return Err(Error::Other(out.clone(), "files that are not griot's".to_owned()));
    }
    let lock = File::options().write(true).create(true).truncate(false).open(&guard).map_err(io_at(&guard))?;
    if let Err(fs::TryLockError::WouldBlock) = lock.try_lock() {
        return Err(Error::Busy(out.clone()));
    }
    if !path.exists() {
        put_json(&path, asked)?;
    }
    match get_json::<Asked>(&path)? {
        Some(there) if there == *asked => {}
        Some(there) => return Err(Error::Other(out.clone(), difference(&there, asked))),
        None => return Err(Error::Other(out.clone(), "a run.json that is not griot's".to_owned())),
    }
    if folder.manifest().exists() {
        return Ok(lock);
    }
    for name in ["work", "claims", "reports", "errors"] {
        let inside = out.join(name);
        fs::create_dir_all(&inside).map_err(io_at(&inside))?;
        // What a killed run was writing.
        for entry in fs::read_dir(&inside).map_err(io_at(&inside))?.flatten() {
            if entry.path().extension().is_some_and(|ending| ending == "tmp") {
                fs::remove_file(entry.path()).map_err(io_at(&inside))?;
            }
        }
    }
    Ok(lock)
}

fn difference(there: &Asked, asked: &Asked) -> String {
    let what = if there.inputs != asked.inputs || there.bytes != asked.bytes {
        "of other inputs"
    } else if there.shard != asked.shard {
        "with shards of another size"
    } else {
        "under other options, or by another version of griot or its rules"
    };
    format!("a run {what}")
}
