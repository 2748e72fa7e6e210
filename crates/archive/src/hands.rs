//! The threads that code: each takes the next report of the oldest shard, and whoever ends a shard writes it.

use crate::rows::{Rows, Source as At};
use crate::shard::{self, Cut, Open, Source};
use crate::{Coder, Counts, Error, Folder, Plan};
use griot_ingest::{Error as Unread, ErrorKind, Item, Reader};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

/// How often progress is shown.
const BEAT: Duration = Duration::from_millis(200);
/// Trees are walked to their depth; a thread's usual stack would bound that.
const STACK: usize = 16 << 20;

/// A report to be coded.
struct Job {
    shard: Arc<Open>,
    at: usize,
    item: Result<Item, Unread>,
}

/// What all threads share.
struct Bench<'b> {
    folder: &'b Folder,
    counts: Arc<Counts>,
    reader: Arc<Reader>,
    coder: Arc<Coder>,
    shard: u64,
    patience: Duration,
    line: Mutex<Line>,
    /// Why all stop.
    stopped: Mutex<Option<Error>>,
    stop: AtomicBool,
}

/// What is next.
struct Line {
    source: Source,
    jobs: VecDeque<Job>,
    ended: bool,
}

/// Codes all shards that are not done. How many there are.
pub fn work(plan: Plan, folder: &Folder, counts: Arc<Counts>, watch: &(dyn Fn(&Counts) + Sync)) -> Result<u32, Error> {
    let bench = Bench {
        folder,
        counts,
        reader: Arc::new(plan.reader),
        coder: plan.coder,
        shard: plan.shard,
        patience: plan.patience,
        line: Mutex::new(Line { source: Source::new(plan.inputs), jobs: VecDeque::new(), ended: false }),
        stopped: Mutex::new(None),
        stop: AtomicBool::new(false),
    };
    let (said, heard) = channel::<()>();
    thread::scope(|scope| {
        for _ in 0..plan.threads.max(1) {
            let (bench, said) = (&bench, said.clone());
            scope.spawn(move || {
                if let Err(error) = bench.work() {
                    locked(&bench.stopped).get_or_insert(error);
                    bench.stop.store(true, Ordering::Relaxed);
                }
                drop(said);
            });
        }
        drop(said);
        // Nothing is ever said: the line is cut when the last thread is done.
        while let Err(RecvTimeoutError::Timeout) = heard.recv_timeout(BEAT) {
            watch(&bench.counts);
        }
    });
    watch(&bench.counts);
    if let Some(error) = locked(&bench.stopped).take() {
        return Err(error);
    }
    let count = locked(&bench.line).source.count();
    Ok(count)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

impl Bench<'_> {
    fn work(&self) -> Result<(), Error> {
        let mut hand = Hand::new(self);
        while let Some(Job { shard, at, item }) = self.next()? {
            let rows = match item {
                Ok(item) => hand.code(self, item),
                Err(error) => unread(&At { file: error.name().to_owned(), place: error.place(), url: None, fetched: None }, &error),
            };
            if let Some(whole) = shard.put(at, rows) {
                self.counts.add(&shard.write(self.folder, whole)?);
                self.counts.let_go(shard.count as u64);
            }
        }
        Ok(())
    }

    /// The next report; cuts a shard where none is left of the last one.
    fn next(&self) -> Result<Option<Job>, Error> {
        let mut line = locked(&self.line);
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return Ok(None);
            }
            if let Some(job) = line.jobs.pop_front() {
                return Ok(Some(job));
            }
            if line.ended {
                return Ok(None);
            }
            let cut = line.source.cut(&self.reader, self.shard);
            self.counts.behind.store(line.source.behind(), Ordering::Relaxed);
            let Some(cut) = cut else {
                line.ended = true;
                return Ok(None);
            };
            if let Some(done) = shard::is_done(self.folder, &cut)? {
                self.counts.add(&done);
                self.counts.skipped.store(line.source.behind(), Ordering::Relaxed);
                continue;
            }
            let Cut { number, input, items } = cut;
            let shard = Arc::new(Open::new(number, input, items.len()));
            self.counts.hold(items.len() as u64);
            line.jobs.extend(items.into_iter().enumerate().map(|(at, item)| Job { shard: shard.clone(), at, item }));
        }
    }
}

/// A thread that codes and can be left behind: no thread can be made to stop, but the archive can go on without one.
struct Hand {
    give: Sender<Item>,
    take: Receiver<Rows>,
}

impl Hand {
    fn new(bench: &Bench) -> Hand {
        let (give, jobs) = channel::<Item>();
        let (results, take) = channel();
        let (reader, coder) = (bench.reader.clone(), bench.coder.clone());
        let work = move || {
            for item in jobs {
                if results.send(code(&reader, &*coder, item, true)).is_err() {
                    return;
                }
            }
        };
        // Without a thread the first report ends in an error row that says so.
        let _ = thread::Builder::new().stack_size(STACK).spawn(work);
        Hand { give, take }
    }

    /// What a report gives, in the time that it has.
    fn code(&mut self, bench: &Bench, item: Item) -> Rows {
        let at = At {
            file: item.file().to_owned(),
            place: item.place(),
            url: item.url().map(str::to_owned),
            fetched: item.fetched().map(str::to_owned),
        };
        let rows = self.give.send(item).map_err(|_| RecvTimeoutError::Disconnected).and_then(|()| self.take.recv_timeout(bench.patience));
        rows.unwrap_or_else(|error| {
            *self = Hand::new(bench);
            match error {
                RecvTimeoutError::Timeout => {
                    let cause = format!("takes longer than {} seconds; read it by itself", bench.patience.as_secs());
                    Rows::error(&at, "time", &cause)
                }
                RecvTimeoutError::Disconnected => Rows::error(&at, "fault", "the thread that coded it is gone; read it by itself"),
            }
        })
    }
}

/// The rows that a report gives, coded in this thread: what [`run`](crate::run) writes, without a time limit and without a look for near-copies.
pub fn rows(reader: &Reader, coder: &Coder, item: Result<Item, Unread>) -> Rows {
    match item {
        Ok(item) => code(reader, coder, item, false),
        Err(error) => unread(&At { file: error.name().to_owned(), place: error.place(), url: None, fetched: None }, &error),
    }
}

/// What a report gives.
fn code(reader: &Reader, coder: &Coder, item: Item, sketched: bool) -> Rows {
    let at = At {
        file: item.file().to_owned(),
        place: item.place(),
        url: item.url().map(str::to_owned),
        fetched: item.fetched().map(str::to_owned),
    };
    let whole = catch_unwind(AssertUnwindSafe(|| match reader.read(item) {
        Err(error) => unread(&at, &error),
        Ok(document) => match coder(document) {
            Ok((document, claims)) => {
                let mut rows = Rows::report(&at, &document, claims);
                if sketched {
                    rows.sketch(&document);
                }
                rows
            }
            Err(cause) => Rows::error(&at, "fault", &cause),
        },
    }));
    whole.unwrap_or_else(|_| Rows::error(&at, "fault", "griot itself failed while it read this; please report it together with the report"))
}

/// The row of what could not be read. A file that failed as a whole, or from a place on, is named besides.
fn unread(at: &At, error: &Unread) -> Rows {
    let mut rows = Rows::error(at, error.kind().word(), &error.to_string());
    let whole = at.place == griot_ingest::Place::default();
    let foreign = matches!(error.kind(), ErrorKind::UnsupportedLanguage { .. });
    if whole && !foreign || matches!(error.kind(), ErrorKind::Io(_) | ErrorKind::BrokenOff(_)) {
        rows.failed.push(error.to_string());
    }
    rows
}
