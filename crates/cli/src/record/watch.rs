//! `griot watch`: feeds into a record.

use super::add::{Ended, Run};
use super::{args, told};
use crate::engine::{Engine, hold_faults};
use crate::messages::say;
use crate::read::pool;
use crate::table::layout::{plain, width};
use crate::{Misuse, Outcome};
use anyhow::Context;
use griot_ingest::{Error, ErrorKind, Item, Options, Reader};
use griot_record::{About, Record};
use griot_watch::{Due, Feed, Feeds, Kept, Visit, Watch};
use jiff::Timestamp;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::thread;
use std::time::Duration;

/// How often whoever stays looks at the clock: a machine that slept wakes up to what is due.
const LOOK: Duration = Duration::from_secs(30);

/// Runs the command.
pub fn run(args: &args::Watch) -> anyhow::Result<Outcome> {
    let feeds = Feeds::read(&args.feeds).map_err(|error| Misuse(error.to_string()))?;
    if args.dry_run {
        return plan(&feeds, args);
    }
    let engine = Engine::new(args.codebook.as_deref())?;
    let record = Record::create(&args.record, args.wait).map_err(told)?;
    let every = args.every.map(|minutes| Duration::from_secs(minutes * 60));
    let mut watch = Watch::open(feeds, &args.record, every)?;
    hold_faults();
    // Pages come one by one and seconds apart, so that one thread is enough.
    let pool = pool(Some(1))?;
    let mut desk = Desk { reader: Reader::new(Options::default()), run: Run::new(&engine, &record, About::default()), pool };
    let stays = args.follow || args.every.is_some();
    let mut first = true;
    loop {
        let rows = desk.round(&mut watch, args.now && first, stays)?;
        if rows.iter().any(|row| row.1.is_some()) || first {
            put(&table(&watch, &rows))?;
        }
        if !stays {
            break;
        }
        first = false;
        thread::sleep(LOOK);
    }
    Ok(if desk.run.messages.finish() { Outcome::SomeFailed } else { Outcome::Done })
}

/// Says what a run would fetch.
fn plan(feeds: &Feeds, args: &args::Watch) -> anyhow::Result<Outcome> {
    let mut out = String::new();
    for (feed, (due, conditional)) in feeds.feeds.iter().zip(Watch::plan(feeds, &args.record)?) {
        let what = match due {
            Due::Now => "is due".to_owned(),
            Due::At(_) if args.now => "is not due, but asked for with --now".to_owned(),
            Due::At(at) => format!("is not due before {}", minute(at)),
            Due::NotBefore(at) => format!("is left alone until {}", minute(at)),
        };
        let asked = if conditional { ", asking for what changed since the last visit" } else { "" };
        let pages = if feed.full { format!("pages from {}", feed.hosts.join(", ")) } else { "no pages".to_owned() };
        let _ = writeln!(out, "{}  {what}: {}{asked}; {pages}; robots.txt first", plain(&feed.publisher), feed.url);
    }
    put(&out)?;
    Ok(Outcome::Done)
}

fn put(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("standard output")
}

/// What takes items into the record.
struct Desk<'r> {
    reader: Reader,
    run: Run<'r>,
    pool: rayon::ThreadPool,
}

impl Desk<'_> {
    /// Visits all feeds that are due: each feed's number with what came of it, nothing where it was not visited.
    fn round(&mut self, watch: &mut Watch, now: bool, stays: bool) -> anyhow::Result<Vec<(usize, Option<Visit>)>> {
        let mut rows = Vec::new();
        for at in 0..watch.feeds().len() {
            let visits = match watch.due(at) {
                Due::Now => true,
                Due::At(_) => now,
                Due::NotBefore(_) => false,
            };
            if !visits {
                rows.push((at, None));
                continue;
            }
            match watch.visit(at, |feed, item| self.keep(feed, item)) {
                Ok(visit) => {
                    self.tell(&watch.feeds()[at], &visit);
                    rows.push((at, Some(visit)));
                }
                // Another program may hold the record for longer than is waited; the item is not dealt with and comes again.
                Err(error) if stays => {
                    say(&format!("{error:#}; tried again in {} seconds", LOOK.as_secs()));
                    rows.push((at, None));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(rows)
    }

    /// Reads an item and takes it into the record.
    fn keep(&mut self, feed: &Feed, item: Item) -> anyhow::Result<Kept> {
        let document = match self.reader.read(item) {
            Ok(document) => match feed.language.clone() {
                None => Ok(document),
                Some(language) => {
                    let name = document.name.clone();
                    Err(Error::new(&name, ErrorKind::UnsupportedLanguage { language, document: Box::new(document) }))
                }
            },
            Err(error) if matches!(error.kind(), ErrorKind::UnsupportedLanguage { .. }) => Err(error),
            Err(error) => return Ok(Kept::Unread(error.kind().to_string())),
        };
        self.run.about = About {
            licence: feed.licence.clone(),
            sensitivity: feed.sensitivity,
            retrieved: Some(Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        };
        let ended = self.run.batch(&mut std::iter::once(document), &self.pool)?;
        Ok(match ended.into_iter().next() {
            Some(Ended::Added) => Kept::Added,
            Some(Ended::Foreign) => Kept::Foreign,
            Some(Ended::Failed(cause)) => Kept::Unread(cause),
            Some(Ended::There) | None => Kept::There,
        })
    }

    /// Names what failed.
    fn tell(&mut self, feed: &Feed, visit: &Visit) {
        if let Some(failure) = &visit.failure {
            self.run.messages.failed(&format!("{}: {failure}", feed.url));
        }
        for (name, cause) in &visit.failed {
            self.run.messages.failed(&format!("{name}: {cause}"));
        }
        for (name, cause) in &visit.left {
            self.run.messages.failed(&format!("{name}: is left for the next visit: {cause}"));
        }
    }
}

/// The feeds with what came of them.
fn table(watch: &Watch, rows: &[(usize, Option<Visit>)]) -> String {
    let name = |at: usize| plain(&watch.feeds()[at].publisher);
    let widest = rows.iter().map(|(at, _)| width(&name(*at))).max().unwrap_or(0);
    let mut out = String::from("\n");
    for (at, visit) in rows {
        let pad = " ".repeat(widest - width(&name(*at)));
        let what = visit.as_ref().map_or_else(|| "not visited".to_owned(), words);
        let next = match watch.due(*at) {
            Due::Now => "due now".to_owned(),
            Due::At(next) => format!("next visit {}", minute(next)),
            Due::NotBefore(next) => format!("left alone until {}", minute(next)),
        };
        let _ = writeln!(out, "{}{pad}  {what}; {next}", name(*at));
    }
    out
}

/// A visit in words: what is none is not said.
fn words(visit: &Visit) -> String {
    if visit.failure.is_some() {
        return "failed".to_owned();
    }
    let counts = [
        (visit.added, "new"),
        (visit.there, "there already"),
        (visit.foreign, "in another language"),
        (visit.short, "with the feed's text alone"),
        (visit.failed.len(), "failed"),
        (visit.left.len(), "left for the next visit"),
    ];
    let told: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if told.is_empty() { "nothing new".to_owned() } else { told.join(", ") }
}

/// A moment to the minute.
fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
