//! Reports into claims.

use crate::report::Report;
use crate::table::{self, Table};
use crate::{columns, errors};
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use griot_archive::Rows;
use griot_cli::engine::{Coded, Engine, Fault};
use griot_ingest::{Error, Fields, Item, Items, Manifest, Options, Reader};
use griot_types::{Claim, Date, Document};
use pyo3::prelude::*;
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Trees are walked to their depth; a thread's usual stack would bound that.
const STACK: usize = 16 << 20;
/// Rows that are coded between two looks at whether the person has pressed Ctrl-C.
const STRETCH: usize = 512;

/// The rules, dictionaries and language model, and the threads that use them.
#[pyclass(frozen, module = "griot")]
pub struct Coder {
    engine: Arc<Engine>,
    threads: usize,
    /// With the process that made them: threads do not outlive a fork.
    pool: Mutex<Option<(u32, Arc<rayon::ThreadPool>)>>,
}

/// What came of one report.
enum Read {
    Report(Box<Coded>),
    Unread(Error),
    Fault(Fault),
}

impl Read {
    fn of(engine: &Engine, item: Result<Document, Error>) -> Read {
        match item.map(|document| engine.code(document, false)) {
            Ok(Ok(coded)) => Read::Report(Box::new(coded)),
            Ok(Err(fault)) => Read::Fault(fault),
            Err(error) => Read::Unread(error),
        }
    }

    /// A Report, or the exception that says why there is none.
    fn outcome(self, py: Python, engine: &Arc<Engine>) -> PyResult<Py<PyAny>> {
        match self {
            Read::Report(coded) => Ok(Bound::new(py, Report { coded: *coded, engine: engine.clone() })?.into_any().unbind()),
            Read::Unread(error) => Ok(errors::unread(py, &error).into_value(py).into_any()),
            Read::Fault(fault) => Ok(errors::fault(py, &fault.to_string()).into_value(py).into_any()),
        }
    }
}

/// A day as a date, a moment or words.
fn day(value: Option<&Bound<PyAny>>) -> PyResult<Option<Date>> {
    let Some(value) = value else { return Ok(None) };
    let words: String = match value.extract() {
        Ok(words) => words,
        Err(_) => value.call_method0("isoformat")?.extract()?,
    };
    let day = words.get(..10).unwrap_or(&words).parse();
    day.map(Some).map_err(|_| errors::usage(value.py(), &format!("'{words}' is no day; write it as YYYY-MM-DD")))
}

impl Coder {
    fn pool(&self, py: Python) -> PyResult<Arc<rayon::ThreadPool>> {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let process = std::process::id();
        match &*pool {
            Some((of, there)) if *of == process => Ok(there.clone()),
            _ => {
                let made = rayon::ThreadPoolBuilder::new().num_threads(self.threads).stack_size(STACK).build();
                let made =
                    Arc::new(made.map_err(|error| errors::fault(py, &format!("threads cannot be started ({error}); ask for fewer")))?);
                if let Some((_, dead)) = pool.replace((process, made.clone())) {
                    // Another process's threads cannot be joined here.
                    std::mem::forget(dead);
                }
                Ok(made)
            }
        }
    }

    /// Codes items side by side, with Python's lock let go.
    fn tables(&self, py: Python, reader: &Reader, items: Vec<Result<Item, Error>>) -> PyResult<Made> {
        let (pool, engine) = (self.pool(py)?, self.engine.clone());
        let coder = move |document| -> Result<(Document, Vec<Claim>), String> {
            engine.code(document, false).map(|coded| (coded.document, coded.claims)).map_err(|fault| fault.to_string())
        };
        let made = py.detach(|| {
            let all: Vec<Rows> = pool.install(|| items.into_par_iter().map(|item| griot_archive::rows(reader, &coder, item)).collect());
            let mut rows = Rows::default();
            all.into_iter().for_each(|one| rows.append(one));
            Made::of(&rows)
        });
        made.map_err(|error| errors::fault(py, &error.to_string()))
    }
}

/// Batches of the three tables.
#[derive(Default)]
struct Made {
    claims: Vec<RecordBatch>,
    reports: Vec<RecordBatch>,
    errors: Vec<RecordBatch>,
}

/// The three tables' columns.
fn schemas() -> [SchemaRef; 3] {
    [griot_archive::CLAIMS, griot_archive::REPORTS, griot_archive::ERRORS].map(columns::schema)
}

impl Made {
    fn of(rows: &Rows) -> Result<Made, ArrowError> {
        let [claims, reports, errors] = schemas();
        Ok(Made {
            claims: vec![columns::batch(&claims, &rows.claims)?],
            reports: vec![columns::batch(&reports, &rows.reports)?],
            errors: vec![columns::batch(&errors, &rows.errors)?],
        })
    }

    fn append(&mut self, other: Made) {
        self.claims.extend(other.claims);
        self.reports.extend(other.reports);
        self.errors.extend(other.errors);
    }

    fn tables(self) -> (Table, Table, Table) {
        let [claims, reports, errors] = schemas();
        (Table::new(claims, self.claims), Table::new(reports, self.reports), Table::new(errors, self.errors))
    }
}

#[pymethods]
impl Coder {
    #[new]
    #[pyo3(signature = (codebook = None, threads = None))]
    fn new(py: Python, codebook: Option<PathBuf>, threads: Option<u16>) -> PyResult<Coder> {
        let engine = py.detach(|| Engine::new(codebook.as_deref())).map_err(|error| errors::codebook(py, &error))?;
        Ok(Coder { engine: Arc::new(engine), threads: threads.map_or(0, usize::from), pool: Mutex::new(None) })
    }

    /// The version of the rules and dictionaries, which claims carry.
    #[getter]
    fn version(&self) -> &str {
        self.engine.version()
    }

    /// One report that is at hand as text.
    #[pyo3(signature = (text, name, date = None, title = None, publisher = None, url = None))]
    #[allow(clippy::too_many_arguments, reason = "they are keyword arguments in Python")]
    fn _text(
        &self,
        py: Python,
        text: String,
        name: &str,
        date: Option<&Bound<PyAny>>,
        title: Option<String>,
        publisher: Option<String>,
        url: Option<String>,
    ) -> PyResult<Report> {
        let reader = Reader::new(Options { date: day(date)?, ..Options::default() });
        let pool = self.pool(py)?;
        let read = py.detach(|| {
            pool.install(|| {
                let document = reader.read(Item::text(name, text)).map(|document| Document {
                    title: title.or(document.title),
                    publisher: publisher.or(document.publisher),
                    url: url.or(document.url),
                    ..document
                });
                Read::of(&self.engine, document)
            })
        });
        match read {
            Read::Report(coded) => Ok(Report { coded: *coded, engine: self.engine.clone() }),
            Read::Unread(error) => Err(errors::unread(py, &error)),
            Read::Fault(fault) => Err(errors::fault(py, &fault.to_string())),
        }
    }

    /// Reports that are at hand: texts with a name, or rows with a number and their fields. A Report or an exception for each.
    fn _batch(
        &self,
        py: Python,
        items: Vec<(String, u64, HashMap<String, Option<String>>)>,
        date: Option<&Bound<PyAny>>,
    ) -> PyResult<Vec<Py<PyAny>>> {
        let reader = Reader::new(Options { date: day(date)?, ..Options::default() });
        let pool = self.pool(py)?;
        let item = |(file, number, mut fields): (String, u64, HashMap<String, Option<String>>)| {
            let mut take = |key: &str| fields.remove(key).flatten();
            let (text, id) = (take("text"), take("id"));
            Item::row(
                &file,
                number,
                Fields { id, text, title: take("title"), date: take("date"), publisher: take("publisher"), url: take("url") },
            )
        };
        let read: Vec<Read> =
            py.detach(|| pool.install(|| items.into_par_iter().map(|one| Read::of(&self.engine, reader.read(item(one)))).collect()));
        read.into_iter().map(|one| one.outcome(py, &self.engine)).collect()
    }

    /// A table of reports, by the Arrow C stream interface: its claims, reports and errors.
    #[pyo3(signature = (data, name, date = None, first = 0))]
    fn _code(
        &self,
        py: Python,
        data: &Bound<PyAny>,
        name: &str,
        date: Option<&Bound<PyAny>>,
        first: u64,
    ) -> PyResult<(Table, Table, Table)> {
        let reader = Reader::new(Options { date: day(date)?, ..Options::default() });
        let unread = |error: ArrowError| errors::usage(py, &format!("{name}: the table cannot be read ({error})"));
        let mut batches = table::stream(data)?.map_err(unread)?;
        let mut made = Made::default();
        let mut number = first;
        // The stream may be Python's own: each batch is fetched with its lock free to take.
        while let Some(batch) = py.detach(|| batches.next()) {
            let batch = batch.map_err(unread)?;
            let fields = columns::reports(&batch).map_err(|wrong| errors::usage(py, &format!("{name}: {wrong}")))?;
            let mut fields = fields.into_iter().peekable();
            while fields.peek().is_some() {
                py.check_signals()?;
                let items = fields.by_ref().take(STRETCH).map(|fields| {
                    number += 1;
                    Ok(Item::row(name, number, fields))
                });
                made.append(self.tables(py, &reader, items.collect())?);
            }
        }
        Ok(made.tables())
    }

    /// The columns of claims, reports and errors, as tables without rows.
    #[staticmethod]
    fn _empty() -> (Table, Table, Table) {
        Made::default().tables()
    }

    /// Opens a file or folder.
    #[pyo3(signature = (path, date = None, manifest = None))]
    fn _open(slf: Py<Coder>, py: Python, path: PathBuf, date: Option<&Bound<PyAny>>, manifest: Option<PathBuf>) -> PyResult<Files> {
        let manifest = manifest.as_ref().map(Manifest::read).transpose().map_err(|error| errors::unread(py, &error))?;
        let reader = Reader::new(Options { date: day(date)?, manifest, ..Options::default() });
        let items = Mutex::new(reader.items(path));
        Ok(Files { coder: slf, reader, items })
    }
}

/// The reports of a file or folder, under way.
#[pyclass(frozen, module = "griot")]
pub struct Files {
    coder: Py<Coder>,
    reader: Reader,
    items: Mutex<Items<'static>>,
}

impl Files {
    fn next(&self, py: Python, count: usize) -> Vec<Result<Item, Error>> {
        py.detach(|| self.items.lock().unwrap_or_else(PoisonError::into_inner).by_ref().take(count).collect())
    }
}

#[pymethods]
impl Files {
    /// The next `count` reports, each a Report or an exception; none at the end.
    fn reports(&self, py: Python, count: usize) -> PyResult<Vec<Py<PyAny>>> {
        let items = self.next(py, count);
        let coder = self.coder.get();
        let pool = coder.pool(py)?;
        let read: Vec<Read> = py.detach(|| {
            let one = |item: Result<Item, Error>| Read::of(&coder.engine, item.and_then(|item| self.reader.read(item)));
            pool.install(|| items.into_par_iter().map(one).collect())
        });
        read.into_iter().map(|one| one.outcome(py, &coder.engine)).collect()
    }

    /// Claims, reports and errors of the next `count` reports; nothing at the end.
    fn tables(&self, py: Python, count: usize) -> PyResult<Option<(Table, Table, Table)>> {
        let items = self.next(py, count);
        if items.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.coder.get().tables(py, &self.reader, items)?.tables()))
    }
}
