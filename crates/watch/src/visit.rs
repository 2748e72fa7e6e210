//! Visits to feeds.

use crate::feeds::{Feed, Feeds};
use crate::fetch::{Answer, Fetched, Fetcher, Known};
use crate::parse::{Entry, parse};
use crate::state::{Past, Seen, State, Store};
use crate::{Error, Failure};
use griot_ingest::{Item, Origin};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::path::Path;
use std::time::Duration;

/// Minutes between two visits, where nobody says.
const EVERY: Duration = Duration::from_secs(3600);
/// The longest that a failing feed is left alone, unless its server asks for more; and the longest that a server is listened to.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
const MOST: Duration = Duration::from_secs(7 * 24 * 3600);
/// How often an item is asked for in vain before it is given up.
const TRIES: u32 = 4;
/// How many items may fail one after the other before the rest is left for the next visit.
const IN_A_ROW: usize = 3;
/// How many days an item is remembered that its feed has no longer.
const REMEMBERED: i64 = 180;

/// What came of an item that was handed over. Each of them means that it was dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is in the record now.
    Added,
    /// It was there.
    There,
    /// It is in a language that is not read; its text was kept.
    Foreign,
    /// It could not be read, and will not be another time.
    Unread(String),
}

/// What came of a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// Items that are new in the record.
    pub added: usize,
    /// Items that were in the record already under another name.
    pub there: usize,
    /// Items in a language that is not read.
    pub foreign: usize,
    /// Of those that were taken, how many have only the feed's own text because their page could not be had.
    pub short: usize,
    /// Items that failed for good: their link or name, and why.
    pub failed: Vec<(String, String)>,
    /// Items that are left for the next visit: likewise.
    pub left: Vec<(String, String)>,
    /// Whether the server said that nothing is new.
    pub unchanged: bool,
    /// Why the feed itself could not be had.
    pub failure: Option<Failure>,
}

/// When a feed is to be visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Now.
    Now,
    /// Then, by its own pace.
    At(Timestamp),
    /// Not before then: its server asked for that, or it failed.
    NotBefore(Timestamp),
}

/// Feeds under watch.
#[derive(Debug)]
pub struct Watch {
    feeds: Feeds,
    every: Duration,
    store: Store,
    state: State,
    fetcher: Fetcher,
}

/// How an item ended.
enum End {
    Kept(Kept),
    /// It may not be had, by the rules of the file.
    Refused(String),
    Failed(String),
    Later(Failure),
}

impl Watch {
    /// Watches `feeds` for `record`; `every` is between two visits of feeds that say nothing themselves.
    ///
    /// # Errors
    /// The state beside the record cannot be read or is in use.
    pub fn open(feeds: Feeds, record: &Path, every: Option<Duration>) -> Result<Watch, Error> {
        let (store, state) = Store::open(record)?;
        let fetcher = Fetcher::new(&feeds);
        Ok(Watch { feeds, every: every.unwrap_or(EVERY), store, state, fetcher })
    }

    /// When each feed is to be visited, and whether its server can be asked for what is new alone. Opens nothing and locks nothing.
    ///
    /// # Errors
    /// The state beside the record cannot be read.
    pub fn plan(feeds: &Feeds, record: &Path) -> Result<Vec<(Due, bool)>, Error> {
        let state = State::peek(record)?;
        Ok(feeds
            .feeds
            .iter()
            .map(|feed| {
                let past = state.feeds.get(feed.url.as_str());
                (due(past), past.is_some_and(|past| past.etag.is_some() || past.modified.is_some()))
            })
            .collect())
    }

    /// The feeds.
    pub fn feeds(&self) -> &[Feed] {
        &self.feeds.feeds
    }

    /// When a feed is to be visited.
    pub fn due(&self, at: usize) -> Due {
        due(self.state.feeds.get(self.feeds.feeds[at].url.as_str()))
    }

    /// Visits a feed and hands over each item that was not dealt with; `keep` says what came of it, and an error of it ends the visit with
    /// this item not dealt with.
    ///
    /// # Errors
    /// `keep` fails, or the state cannot be written. What servers do is no error: the visit says it.
    pub fn visit<E: From<Error>>(&mut self, at: usize, mut keep: impl FnMut(&Feed, Item) -> Result<Kept, E>) -> Result<Visit, E> {
        let feed = self.feeds.feeds[at].clone();
        let key = feed.url.to_string();
        let known = self.known(&feed);
        let mut visit = Visit::default();
        let got = self.fetcher.get(&feed, &feed.url, &known, &mut self.state);
        let got = got.and_then(|answer| match answer {
            Answer::Unchanged => Ok(None),
            Answer::New(Fetched { url, media, known, bytes }) => Ok(Some((parse(bytes, media.as_deref(), &url)?, known))),
        });
        let mut wait = None;
        match got {
            Ok(None) => visit.unchanged = true,
            Ok(Some((entries, known))) => {
                wait = self.items(&feed, &entries, &mut visit, &mut keep)?;
                if visit.left.is_empty() {
                    let past = self.state.feeds.entry(key.clone()).or_default();
                    (past.etag, past.modified) = (known.etag, known.modified);
                    past.forget();
                }
            }
            Err(failure) => {
                if let Failure::Later(_, Some(after)) = failure {
                    wait = Some(after);
                }
                visit.failure = Some(failure);
            }
        }
        self.settle(&feed, &visit, wait);
        self.store.save(&self.state)?;
        Ok(visit)
    }

    /// What makes the request for a feed conditional. Under other rules than last time, what they refused is asked for anew.
    fn known(&mut self, feed: &Feed) -> Known {
        let past = self.state.feeds.entry(feed.url.to_string()).or_default();
        let rules = format!("{} {}", feed.full, feed.hosts.join(" "));
        if past.rules != rules {
            past.rules = rules;
            if past.seen.values().any(|seen| seen.refused) {
                past.seen.retain(|_, seen| !seen.refused);
                (past.etag, past.modified) = (None, None);
            }
        }
        Known { etag: past.etag.clone(), modified: past.modified.clone() }
    }

    /// Deals with a feed's items, the oldest first. How long its server asks to be left alone.
    fn items<E: From<Error>>(
        &mut self,
        feed: &Feed,
        entries: &[Entry],
        visit: &mut Visit,
        keep: &mut impl FnMut(&Feed, Item) -> Result<Kept, E>,
    ) -> Result<Option<Duration>, E> {
        let (mut row, mut wait, mut stopped) = (0, None, None);
        for entry in entries.iter().rev() {
            let past = self.state.feeds.entry(feed.url.to_string()).or_default();
            if let Some(seen) = past.seen.get_mut(&entry.id) {
                seen.last = today();
                continue;
            }
            let name = entry.link.as_ref().map_or_else(|| entry.id.clone(), ToString::to_string);
            if let Some(cause) = &stopped {
                visit.left.push((name, String::clone(cause)));
                continue;
            }
            let end = self.item(feed, entry, visit, keep)?;
            row = if matches!(end, End::Later(_)) { row + 1 } else { 0 };
            if let End::Later(Failure::Later(status, after)) = &end
                && (matches!(status, 429 | 503) || after.is_some())
            {
                (wait, stopped) = (*after, Some(format!("the server answered {status} before its turn")));
            } else if row >= IN_A_ROW {
                stopped = Some(format!("{IN_A_ROW} before it failed"));
            }
            self.note(feed, entry, name, end, visit);
            self.store.save(&self.state)?;
        }
        Ok(wait)
    }

    /// Fetches one item and hands it over.
    fn item<E: From<Error>>(
        &mut self,
        feed: &Feed,
        entry: &Entry,
        visit: &mut Visit,
        keep: &mut impl FnMut(&Feed, Item) -> Result<Kept, E>,
    ) -> Result<End, E> {
        let mut why = None;
        if feed.full
            && let Some(link) = &entry.link
        {
            match self.fetcher.get(feed, link, &Known::default(), &mut self.state) {
                Ok(Answer::New(page)) => match Item::sent(origin(feed, entry), page.media.as_deref(), page.bytes) {
                    Ok(item) => match keep(feed, item)? {
                        // A page whose text cannot be told leaves the feed's.
                        Kept::Unread(cause) => why = Some(End::Failed(cause)),
                        kept => return Ok(End::Kept(kept)),
                    },
                    Err(kind) => why = Some(End::Failed(format!("{link} {kind}"))),
                },
                Ok(Answer::Unchanged) => why = Some(End::Failed("the server answers 304 to a request that was not conditional".to_owned())),
                Err(Failure::Refused(cause)) => why = Some(End::Refused(cause)),
                Err(failure) if failure.lasts() || self.tries(feed, entry) + 1 >= TRIES => why = Some(End::Failed(failure.to_string())),
                Err(failure) => return Ok(End::Later(failure)),
            }
        }
        let Some(html) = &entry.html else {
            return Ok(why.unwrap_or_else(|| End::Failed("the feed gives it no text and no page that could be fetched".to_owned())));
        };
        let kept = keep(feed, Item::html(origin(feed, entry), html.clone()))?;
        visit.short += usize::from(why.is_some() && !matches!(kept, Kept::Unread(_)));
        Ok(End::Kept(kept))
    }

    fn tries(&self, feed: &Feed, entry: &Entry) -> u32 {
        self.state.feeds.get(feed.url.as_str()).and_then(|past| past.tries.get(&entry.id)).copied().unwrap_or(0)
    }

    /// Counts how an item ended, and remembers it where it was dealt with.
    fn note(&mut self, feed: &Feed, entry: &Entry, name: String, end: End, visit: &mut Visit) {
        let past = self.state.feeds.entry(feed.url.to_string()).or_default();
        let refused = matches!(end, End::Refused(_));
        match end {
            End::Kept(Kept::Added) => visit.added += 1,
            End::Kept(Kept::There) => visit.there += 1,
            End::Kept(Kept::Foreign) => visit.foreign += 1,
            End::Kept(Kept::Unread(cause)) | End::Refused(cause) | End::Failed(cause) => visit.failed.push((name, cause)),
            End::Later(failure) => {
                // A server that is asked to wait for did nothing to the item.
                if !matches!(failure, Failure::Later(429 | 503, _)) {
                    *past.tries.entry(entry.id.clone()).or_insert(0) += 1;
                }
                return visit.left.push((name, failure.to_string()));
            }
        }
        past.tries.remove(&entry.id);
        past.seen.insert(entry.id.clone(), Seen { last: today(), refused });
    }

    /// Says when the feed is due again: later after each failure, and not before its server wants.
    fn settle(&mut self, feed: &Feed, visit: &Visit, wait: Option<Duration>) {
        let every = feed.every.unwrap_or(self.every);
        let past = self.state.feeds.entry(feed.url.to_string()).or_default();
        let failed = visit.failure.is_some() || !visit.left.is_empty();
        past.failures = if failed { past.failures.saturating_add(1) } else { 0 };
        let grown = every.saturating_mul(1 << past.failures.min(10)).min(LONGEST.max(every));
        let pause = if failed { grown } else { every };
        let now = Timestamp::now();
        let then = |pause: Duration| now.checked_add(SignedDuration::try_from(pause).unwrap_or(SignedDuration::MAX)).unwrap_or(now);
        let asked = wait.map(|wait| wait.min(MOST));
        past.not_before = asked.map(then);
        past.next = Some(then(pause.max(asked.unwrap_or_default())));
    }
}

impl Past {
    /// Forgets items that the feed has had no longer for long.
    fn forget(&mut self) {
        let today = today();
        self.seen.retain(|_, seen| today.since(seen.last).is_ok_and(|span| i64::from(span.get_days()) <= REMEMBERED));
    }
}

fn due(past: Option<&Past>) -> Due {
    let now = Timestamp::now();
    match past {
        Some(Past { not_before: Some(at), .. }) if *at > now => Due::NotBefore(*at),
        Some(Past { next: Some(at), .. }) if *at > now => Due::At(*at),
        _ => Due::Now,
    }
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// What the feed says of an item, which outweighs what its page says.
fn origin(feed: &Feed, entry: &Entry) -> Origin {
    let url = entry.link.as_ref().map(ToString::to_string);
    Origin {
        name: url.clone().unwrap_or_else(|| format!("{} {}", feed.url, entry.id)),
        url,
        title: entry.title.clone(),
        date: entry.date,
        publisher: Some(feed.publisher.clone()),
    }
}
