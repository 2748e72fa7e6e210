//! One request with its redirections, under all rules.

use crate::address::{Inside, Outside};
use crate::feeds::{Feed, Feeds, Limits, host_of};
use crate::pace::Pace;
use crate::state::{Rules, State};
use crate::{Failure, robots};
use jiff::Timestamp;
use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

/// How many redirections are followed.
const HOPS: usize = 5;
/// How much of a `robots.txt` is read.
const RULES: u64 = 512 << 10;
/// How long a `robots.txt` is kept.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What makes a request conditional: what the server called the answer that is known already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub etag: Option<String>,
    pub modified: Option<String>,
}

/// What a server gave.
#[derive(Debug)]
pub enum Answer {
    /// Nothing new since it was last asked.
    Unchanged,
    New(Fetched),
}

/// A body with what came along.
#[derive(Debug)]
pub struct Fetched {
    /// Where it was in the end.
    pub url: Url,
    pub media: Option<String>,
    pub known: Known,
    pub bytes: Vec<u8>,
}

/// Asks servers.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    pace: Pace,
    limits: Limits,
}

/// One answer to one request.
struct Reply {
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
    /// Whether there was more than is taken.
    cut: bool,
}

impl Fetcher {
    pub fn new(feeds: &Feeds) -> Fetcher {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .user_agent(format!("griot/{} (+{})", env!("CARGO_PKG_VERSION"), feeds.contact))
            .http_status_as_error(false)
            // Each hop is looked at by hand, and a proxy would look up names itself.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(feeds.limits.time))
            .tls_config(tls)
            .build();
        let resolver = Outside::new(feeds.allow_private);
        Fetcher { agent: Agent::with_parts(config, DefaultConnector::default(), resolver), pace: Pace::default(), limits: feeds.limits }
    }

    /// Fetches an address for a feed.
    pub fn get(&mut self, feed: &Feed, url: &Url, known: &Known, state: &mut State) -> Result<Answer, Failure> {
        let mut url = url.clone();
        for _ in 0..=HOPS {
            feed.may_ask(&url).map_err(Failure::Refused)?;
            let gap = self.admitted(feed, &url, state)?;
            let reply = self.ask(&url, known, gap, self.limits.bytes)?;
            match reply.status {
                200..=299 if reply.cut => return Err(Failure::TooLarge(self.limits.bytes)),
                200..=299 => return Ok(Answer::New(reply.fetched(url))),
                304 => return Ok(Answer::Unchanged),
                301 | 302 | 303 | 307 | 308 => url = reply.target(&url)?,
                status => return Err(reply.failure(status)),
            }
        }
        Err(Failure::Refused(format!("more than {HOPS} redirections, the last to {url}")))
    }

    /// Whether a host's `robots.txt` lets this address be fetched; how long the host is to be left alone between requests.
    fn admitted(&mut self, feed: &Feed, url: &Url, state: &mut State) -> Result<Duration, Failure> {
        let origin = url.origin().ascii_serialization();
        let now = Timestamp::now();
        let fresh = |rules: &&Rules| now.duration_since(rules.at).unsigned_abs() < DAY;
        if state.robots.get(&origin).filter(fresh).is_none() {
            let text = robots::plain(&self.rules(feed, url)?);
            state.robots.insert(origin.clone(), Rules { at: now, text });
        }
        let text = state.robots.get(&origin).map_or("", |rules| rules.text.as_str());
        if !robots::allows(text, url.as_str()) {
            return Err(Failure::Refused(format!("the robots.txt of {} does not allow it", host_of(url))));
        }
        Ok(robots::delay(text).unwrap_or_default())
    }

    /// The text of a host's `robots.txt`; empty where it has none. One that cannot be had now forbids everything for now.
    fn rules(&mut self, feed: &Feed, url: &Url) -> Result<String, Failure> {
        let mut at = url.join("/robots.txt").map_err(|error| Failure::Refused(error.to_string()))?;
        for _ in 0..=HOPS {
            // A redirection that leads elsewhere is, as the standard has it, a host without rules.
            if feed.may_ask(&at).is_err() {
                return Ok(String::new());
            }
            let reply = self.ask(&at, &Known::default(), Duration::ZERO, RULES)?;
            match reply.status {
                200..=299 => return Ok(String::from_utf8_lossy(&reply.bytes).into_owned()),
                301 | 302 | 303 | 307 | 308 => at = reply.target(&at)?,
                status @ (429 | 500..) => return Err(reply.failure(status)),
                _ => return Ok(String::new()),
            }
        }
        Ok(String::new())
    }

    /// One request, one answer.
    fn ask(&mut self, url: &Url, known: &Known, gap: Duration, limit: u64) -> Result<Reply, Failure> {
        let host = host_of(url);
        self.pace.wait(&host, gap.max(self.limits.gap));
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header("If-Modified-Since", modified);
        }
        let outcome = request.call().map_err(|error| failure(&error)).and_then(|response| Reply::read(response, limit));
        self.pace.answered(&host);
        outcome
    }
}

impl Reply {
    fn read(response: Response<ureq::Body>, limit: u64) -> Result<Reply, Failure> {
        let (head, body) = response.into_parts();
        let mut bytes = Vec::new();
        // The reader gives unpacked bytes, so that what unpacks to more than the limit is left off there.
        let read = body.into_reader().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| Failure::Broken(format!("the answer broke off ({error})")))?;
        let cut = bytes.len() as u64 > limit;
        bytes.truncate(limit as usize);
        Ok(Reply { status: head.status.as_u16(), headers: head.headers, bytes, cut })
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    }

    fn fetched(self, url: Url) -> Fetched {
        let known = Known { etag: self.header("etag"), modified: self.header("last-modified") };
        Fetched { url, media: self.header("content-type"), known, bytes: self.bytes }
    }

    /// Where a redirection leads.
    fn target(&self, from: &Url) -> Result<Url, Failure> {
        let words = self.header("location").ok_or_else(|| Failure::Broken("a redirection to nowhere".to_owned()))?;
        let target = from.join(&words).map_err(|error| Failure::Refused(format!("a redirection to no address ({error})")))?;
        if from.scheme() == "https" && target.scheme() == "http" {
            return Err(Failure::Refused(format!("a redirection from https to {target}, which anyone on the way could change")));
        }
        Ok(target)
    }

    fn failure(&self, status: u16) -> Failure {
        match status {
            408 | 425 | 429 | 500.. => Failure::Later(status, self.header("retry-after").and_then(|words| retry_after(&words))),
            _ => Failure::Gone(status),
        }
    }
}

/// How long a server asks to be left alone: seconds or a date.
fn retry_after(words: &str) -> Option<Duration> {
    let words = words.trim();
    let date = || httpdate::parse_http_date(words).ok().map(|at| at.duration_since(SystemTime::now()).unwrap_or_default());
    words.parse().ok().map(Duration::from_secs).or_else(date)
}

fn failure(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::Other(inner) if inner.is::<Inside>() => Failure::Refused(inner.to_string()),
        ureq::Error::Timeout(_) => Failure::Broken("no whole answer in time".to_owned()),
        ureq::Error::BadUri(why) => Failure::Refused(format!("no web address ({why})")),
        other => Failure::Broken(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_ask_to_be_left_alone_in_seconds_or_until_a_date() {
        assert_eq!(retry_after(" 120 "), Some(Duration::from_secs(120)));
        let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(600));
        assert!(retry_after(&date).is_some_and(|wait| (595..=600).contains(&wait.as_secs())));
        assert_eq!(retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert_eq!(retry_after("soon"), None);
    }
}
