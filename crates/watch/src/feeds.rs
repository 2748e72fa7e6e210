//! `feeds.toml`: which feeds are followed, under which rules.

use crate::Error;
use serde::Deserialize;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::Duration;
use toml::Spanned;
use url::Url;

/// What `feeds.toml` says.
#[derive(Clone, Debug)]
pub struct Feeds {
    /// An address or a page under which whoever runs a server finds who is asking.
    pub contact: String,
    /// Whether servers inside one's own network may be asked.
    pub allow_private: bool,
    /// How much, how long, how fast.
    pub limits: Limits,
    /// The feeds, in the file's order.
    pub feeds: Vec<Feed>,
}

/// How much is taken of an answer, how long it may take, how long a host is left alone between two requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an answer, unpacked.
    pub bytes: u64,
    /// From the request to the last byte.
    pub time: Duration,
    /// Between two requests to one host; a host may ask for more.
    pub gap: Duration,
}

/// One feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Where it is.
    pub url: Url,
    /// The publisher's name, which its reports carry.
    pub publisher: String,
    /// The language of its reports, where it is not English: their text is kept without claims.
    pub language: Option<String>,
    /// How sensitive its reports are.
    pub sensitivity: u8,
    /// Under what licence their texts may be used.
    pub licence: Option<String>,
    /// How long to wait between two visits, where the file says.
    pub every: Option<Duration>,
    /// Whether the linked page is fetched; else the feed's own text is the report.
    pub full: bool,
    /// Hosts from which its pages may be fetched, its own first; with a port where it is not the usual one.
    pub hosts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    contact: Option<Spanned<String>>,
    #[serde(default)]
    allow_private: bool,
    max_bytes: Option<Spanned<u64>>,
    seconds: Option<Spanned<u64>>,
    #[serde(default)]
    feed: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    url: Spanned<String>,
    publisher: Spanned<String>,
    language: Option<String>,
    sensitivity: Option<Spanned<u8>>,
    licence: Option<String>,
    every: Option<Spanned<u64>>,
    full: Option<bool>,
    #[serde(default)]
    hosts: Vec<Spanned<String>>,
}

/// A mistake and where it stands.
type Mistake = (Option<usize>, String);

impl Feeds {
    /// Reads the file.
    ///
    /// # Errors
    /// It cannot be read or has a mistake, which is named with its line.
    pub fn read(path: &Path) -> Result<Feeds, Error> {
        let wrong = |line, what| Error::Feeds { file: path.to_owned(), line, what };
        let text = fs::read_to_string(path).map_err(|error| wrong(None, format!("cannot be read ({error}); check the path")))?;
        Feeds::parse(&text).map_err(|(at, what)| wrong(at.map(|at| text[..at.min(text.len())].matches('\n').count() + 1), what))
    }

    fn parse(text: &str) -> Result<Feeds, Mistake> {
        let file: File = toml::from_str(text).map_err(|error| {
            let what = error.message().trim_end().replace('\n', ", ");
            (error.span().map(|span| span.start), format!("{what}; docs/WATCH.md shows the file"))
        })?;
        let Some(contact) = file.contact else {
            let what = "has no 'contact'; write contact = \"you@example.org\", so that those who run the servers know whom to ask";
            return Err((None, what.to_owned()));
        };
        let spoken = |c: char| c.is_ascii_graphic() || c == ' ';
        if contact.get_ref().trim().is_empty() || !contact.get_ref().chars().all(spoken) {
            return Err(at(&contact, "the contact is an e-mail address or the address of a page, in plain ASCII"));
        }
        if file.feed.is_empty() {
            return Err((None, "names no feed; add a [[feed]] with url and publisher".to_owned()));
        }
        let between = |given: &Option<Spanned<u64>>, usual: u64, most: u64, name: &str| match given {
            None => Ok(usual),
            Some(given) if (1..=most).contains(given.get_ref()) => Ok(*given.get_ref()),
            Some(given) => Err(at(given, &format!("{name} lies between 1 and {most}"))),
        };
        let limits = Limits {
            bytes: between(&file.max_bytes, 4 << 20, 64 << 20, "max_bytes")?,
            time: Duration::from_secs(between(&file.seconds, 20, 600, "seconds")?),
            gap: Duration::from_secs(1),
        };
        let (mut feeds, mut seen) = (Vec::new(), HashSet::new());
        for row in file.feed {
            let place = row.span().start;
            let feed = Feed::new(row.into_inner())?;
            if !seen.insert(feed.url.clone()) {
                return Err((Some(place), format!("the feed {} is named twice; take one out", feed.url)));
            }
            feeds.push(feed);
        }
        Ok(Feeds { contact: contact.into_inner().trim().to_owned(), allow_private: file.allow_private, limits, feeds })
    }
}

impl Feed {
    fn new(row: Row) -> Result<Feed, Mistake> {
        let mut url =
            Url::parse(row.url.get_ref().trim()).map_err(|error| at(&row.url, &format!("url is no address of a feed ({error})")))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(at(&row.url, "a feed's url begins with https:// or http://"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(at(&row.url, "a feed's url holds no name and password; griot follows public feeds"));
        }
        url.set_fragment(None);
        if row.publisher.get_ref().trim().is_empty() {
            return Err(at(&row.publisher, "publisher is empty; write the name that its reports should carry"));
        }
        if let Some(level) = row.sensitivity.as_ref().filter(|level| *level.get_ref() > 3) {
            return Err(at(level, "sensitivity is 0 public, 1 internal, 2 restricted or 3 secret"));
        }
        if let Some(every) = row.every.as_ref().filter(|every| !(5..=100_000).contains(every.get_ref())) {
            return Err(at(every, "every is in minutes, 5 at least"));
        }
        let mut hosts = vec![host_of(&url)];
        for host in &row.hosts {
            let parsed = Url::parse(&format!("http://{}/", host.get_ref().trim()));
            let bare = parsed
                .ok()
                .filter(|url| url.path() == "/" && url.query().is_none() && url.username().is_empty() && url.fragment().is_none());
            let Some(bare) = bare else { return Err(at(host, "hosts are names alone, as in hosts = [\"www.example.org\"]")) };
            hosts.push(host_of(&bare));
        }
        let english = |language: &String| {
            matches!(language.trim().to_ascii_lowercase().as_str(), "" | "en" | "english") || language.starts_with("en-")
        };
        Ok(Feed {
            url,
            publisher: row.publisher.into_inner().trim().to_owned(),
            language: row.language.filter(|language| !english(language)),
            sensitivity: row.sensitivity.map_or(0, Spanned::into_inner),
            licence: row.licence,
            every: row.every.map(|minutes| Duration::from_secs(minutes.into_inner() * 60)),
            full: row.full.unwrap_or(true),
            hosts,
        })
    }

    /// Whether a page at this address may be fetched for this feed, else why not.
    pub fn may_ask(&self, url: &Url) -> Result<(), String> {
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(format!("{url} is no web address"));
        }
        let host = host_of(url);
        if self.hosts.contains(&host) {
            return Ok(());
        }
        Err(format!("{host} is not a host of this feed; add it to its hosts in the file if it should be asked"))
    }
}

/// A host, with its port where that is not the scheme's own.
pub fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_owned();
    url.port().map_or(host.clone(), |port| format!("{host}:{port}"))
}

fn at<T>(spanned: &Spanned<T>, what: &str) -> Mistake {
    (Some(spanned.span().start), what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> (Option<usize>, String) {
        let (at, what) = Feeds::parse(text).unwrap_err();
        (at.map(|at| text[..at].matches('\n').count() + 1), what)
    }

    #[test]
    fn a_file_is_read_with_what_it_leaves_open() {
        let text = "contact = 'desk@example.org'\n[[feed]]\nurl = 'https://News.example/rss#x'\npublisher = 'News'\n\
                    [[feed]]\nurl = 'http://b.example:8080/atom'\npublisher = 'B'\nfull = false\nevery = 30\nhosts = ['WWW.b.example']\nlanguage = 'French'\n";
        let feeds = Feeds::parse(text).unwrap();
        assert_eq!((feeds.limits.bytes, feeds.limits.time.as_secs(), feeds.limits.gap.as_secs()), (4 << 20, 20, 1));
        let [a, b] = &feeds.feeds[..] else { panic!() };
        assert_eq!((a.url.as_str(), a.full, a.every, &a.language), ("https://news.example/rss", true, None, &None));
        assert_eq!(b.hosts, ["b.example:8080", "www.b.example"]);
        let may = |url: &str| b.may_ask(&url.parse().unwrap()).is_ok();
        assert!(may("http://b.example:8080/x") && may("https://www.b.example/x"));
        assert!(
            !may("http://b.example/x")
                && !may("http://www.b.example:22/x")
                && !may("https://b.example.evil.example/")
                && !may("file:///etc/passwd")
        );
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let feed = "contact = 'a@b'\n[[feed]]\nurl = 'https://a.example/'\npublisher = 'A'\n";
        for (text, line, word) in [
            ("[[feed]]\nurl = 'https://a.example/'\npublisher = 'A'\n".to_owned(), None, "contact"),
            ("contact = 'a@b'\n".to_owned(), None, "[[feed]]"),
            ("contact = 'a\u{7}'\n".replace('\u{7}', "ä"), Some(1), "ASCII"),
            (format!("{feed}evry = 3\n"), Some(5), "evry"),
            (format!("{feed}every = 1\n"), Some(5), "minutes"),
            (format!("{feed}sensitivity = 4\n"), Some(5), "sensitivity"),
            (format!("{feed}hosts = ['https://x.example/y']\n"), Some(5), "names alone"),
            (feed.replace("https:", "ftp:"), Some(3), "https://"),
            (feed.replace("a.example", "me:secret@a.example"), Some(3), "password"),
            (format!("{feed}[[feed]]\nurl = 'https://a.example/'\npublisher = 'A'\n"), Some(5), "twice"),
            (format!("max_bytes = 0\n{feed}"), Some(1), "max_bytes"),
        ] {
            let (found, what) = mistake(&text);
            assert_eq!(found, line, "{text}: {what}");
            assert!(what.contains(word), "{what}");
        }
    }
}
