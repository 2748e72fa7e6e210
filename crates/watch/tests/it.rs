//! Visits to a server of our own on this machine.

use griot_ingest::{Options, Reader};
use griot_types::Document;
use griot_watch::{Due, Error, Failure, Feeds, Kept, Visit, Watch};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{fs, thread};
use tempfile::TempDir;

/// What a server does with a path and the fields of a request.
type Answer = dyn Fn(&str, &str) -> Vec<u8> + Send + Sync;

/// A server with a record's folder before it.
struct Site {
    folder: TempDir,
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

fn reply(status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{fields}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn page(words: &str) -> Vec<u8> {
    let body = format!(
        "<html><body><article><p>{words} The army said on Friday that five soldiers were killed in an ambush.</p></article></body></html>"
    );
    reply("200 OK", "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes())
}

fn missing() -> Vec<u8> {
    reply("404 Not Found", "", b"")
}

/// An RSS feed with items of these links.
fn rss(links: &[&str]) -> String {
    let item = |link: &&str| {
        format!(
            "<item><title>About {link}</title><guid>{link}</guid><link>{link}</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate></item>"
        )
    };
    format!("<rss version=\"2.0\"><channel><title>T</title>{}</channel></rss>", links.iter().map(item).collect::<String>())
}

fn serve(stream: &mut TcpStream, asked: &Mutex<Vec<String>>, answer: &Answer) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let mut fields = String::new();
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        fields += &(line + "\n");
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(path.clone());
    stream.write_all(&answer(&path, &fields))
}

impl Site {
    fn new(answer: impl Fn(&str, &str) -> Vec<u8> + Send + Sync + 'static) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (asked.clone(), Arc::new(answer));
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let (log, answer) = (log.clone(), answer.clone());
                // A client that goes away is the client's business.
                thread::spawn(move || serve(&mut stream, &log, &*answer));
            }
        });
        Site { folder: tempfile::tempdir().unwrap(), port, asked }
    }

    fn watch_with(&self, head: &str, more: &str) -> Result<Watch, Error> {
        let text =
            format!("contact = 'a@b.example'\n{head}\n[[feed]]\nurl = 'http://127.0.0.1:{}/feed'\npublisher = 'Wire'\n{more}\n", self.port);
        let path = self.folder.path().join("feeds.toml");
        fs::write(&path, text).unwrap();
        let mut feeds = Feeds::read(&path).unwrap();
        feeds.limits.gap = Duration::ZERO;
        feeds.limits.time = Duration::from_secs(2);
        Watch::open(feeds, &self.folder.path().join("r.griot"), None)
    }

    fn visit_with(&self, head: &str, more: &str) -> (Visit, Vec<Document>, Due) {
        let mut watch = self.watch_with(head, more).unwrap();
        let (reader, mut documents) = (Reader::new(Options::default()), Vec::new());
        let visit = watch.visit(0, |_, item| -> Result<Kept, Error> {
            Ok(match reader.read(item) {
                Ok(document) => {
                    documents.push(document);
                    Kept::Added
                }
                Err(error) => Kept::Unread(error.to_string()),
            })
        });
        (visit.unwrap(), documents, watch.due(0))
    }

    fn visit(&self) -> (Visit, Vec<Document>, Due) {
        self.visit_with("allow_private = true", "")
    }

    /// What was asked for since the last look.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

#[test]
fn pages_come_with_what_the_feed_says_and_an_unchanged_feed_costs_one_request() {
    let site = Site::new(|path, fields| match path {
        "/feed" if fields.to_ascii_lowercase().contains("if-none-match: \"v1\"") => reply("304 Not Modified", "", b""),
        "/feed" if !(fields.contains("griot/") && fields.contains("(+a@b.example)")) => missing(),
        "/feed" => reply("200 OK", "ETag: \"v1\"\r\nContent-Type: application/rss+xml\r\n", rss(&["/2", "/1"]).as_bytes()),
        "/1" | "/2" => page(path),
        _ => missing(),
    });
    let (visit, documents, due) = site.visit();
    assert_eq!((visit.added, visit.failed.len(), visit.failure), (2, 0, None));
    assert_eq!(site.asked(), ["/robots.txt", "/feed", "/1", "/2"]);
    let one = &documents[0];
    assert_eq!((one.title.as_deref(), one.publisher.as_deref()), (Some("About /1"), Some("Wire")));
    assert_eq!(one.date.map(|date| date.to_string()).as_deref(), Some("2024-05-03"));
    assert_eq!(one.url, Some(format!("http://127.0.0.1:{}/1", site.port)));
    assert!(one.text.contains("five soldiers") && matches!(due, Due::At(_)));
    let (again, documents, _) = site.visit();
    assert!(again.unchanged && documents.is_empty());
    assert_eq!(site.asked(), ["/feed"]);
}

#[test]
fn the_feeds_own_text_stands_in_without_its_scripts() {
    let site = Site::new(|path, _| match path {
        "/feed" => {
            let feed = "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>\
                <entry><id>a</id><title>Five killed</title><content type='html'>&lt;script&gt;steal()&lt;/script&gt;&lt;p onclick='x()'&gt;Five \
                soldiers were killed in an ambush near Gao on Friday, the army said.&lt;/p&gt;</content></entry>\
                <entry><id>b</id><title>Nothing</title></entry>\
                <entry><id>c</id><title>Elsewhere</title><link href='http://other.example/x'/><summary>Gunmen attacked a village near Mopti on \
                Friday, officials said.</summary></entry></feed>";
            reply("200 OK", "", feed.as_bytes())
        }
        _ => missing(),
    });
    let (visit, documents, _) = site.visit();
    assert_eq!((visit.added, visit.short, visit.failed.len()), (2, 1, 1), "{visit:?}");
    assert_eq!(visit.failed[0].1, "the feed gives it no text and no page that could be fetched");
    let own = documents.iter().find(|document| document.url.is_none()).unwrap();
    let text = "Five killed\n\nFive soldiers were killed in an ambush near Gao on Friday, the army said.";
    assert_eq!((own.text.trim_end(), own.date), (text, None));
    assert_eq!(site.asked(), ["/robots.txt", "/feed"]);
}

#[test]
fn what_fails_half_way_is_taken_up_and_the_feed_is_asked_for_in_full_until_then() {
    let broken = Arc::new(Mutex::new(true));
    let held = broken.clone();
    let site = Site::new(move |path, fields| match path {
        // Of an answer that was not dealt with no name may have been kept.
        "/feed" if fields.to_ascii_lowercase().contains("if-none-match") => reply("304 Not Modified", "", b""),
        "/feed" => reply("200 OK", "ETag: \"v1\"\r\n", rss(&["/3", "/2", "/1"]).as_bytes()),
        "/2" if *held.lock().unwrap() => reply("503 Unavailable", "Retry-After: 1800\r\n", b""),
        "/robots.txt" => missing(),
        _ => page(path),
    });
    let (visit, documents, due) = site.visit();
    assert_eq!((visit.added, visit.left.len(), documents.len()), (1, 2, 1));
    assert!(matches!(due, Due::NotBefore(_)), "{due:?}");
    assert_eq!(site.asked(), ["/robots.txt", "/feed", "/1", "/2"]);
    *broken.lock().unwrap() = false;
    let (visit, documents, _) = site.visit();
    assert_eq!((visit.added, visit.left.len(), documents.len()), (2, 0, 2));
    assert_eq!(site.asked(), ["/feed", "/2", "/3"]);
    assert!(site.visit().0.unchanged);
}

#[test]
fn an_item_counts_as_seen_only_once_it_was_kept() {
    let site = Site::new(|path, _| match path {
        "/feed" => reply("200 OK", "ETag: \"v1\"\r\n", rss(&["/2", "/1"]).as_bytes()),
        "/robots.txt" => missing(),
        _ => page(path),
    });
    let mut watch = site.watch_with("allow_private = true", "").unwrap();
    let mut taken = 0;
    let killed = watch.visit(0, |_, _| {
        taken += 1;
        if taken == 2 { Err(Error::State { file: "r".into(), cause: "killed".into() }) } else { Ok(Kept::Added) }
    });
    assert!(killed.is_err());
    drop(watch);
    site.asked();
    let (visit, documents, _) = site.visit();
    assert_eq!((visit.added, documents.len()), (1, 1));
    assert_eq!(site.asked(), ["/feed", "/2"]);
}

#[test]
fn hosts_that_are_not_named_and_addresses_inside_are_never_asked() {
    let site = Site::new(|path, fields| match path {
        "/feed" => reply("200 OK", "", rss(&["/elsewhere", "/inside", "/forbidden", "/loop", "/named"]).as_bytes()),
        "/robots.txt" => reply("200 OK", "", b"User-agent: *\nDisallow: /forbidden\n"),
        "/elsewhere" => reply("302 Found", "Location: http://evil.example/\r\n", b""),
        "/inside" => reply("302 Found", "Location: http://169.254.169.254/latest\r\n", b""),
        "/loop" => reply("302 Found", "Location: /loop\r\n", b""),
        "/named" => {
            let lower = fields.to_ascii_lowercase();
            let port = lower.lines().find_map(|line| line.strip_prefix("host: 127.0.0.1:")).unwrap_or("1").trim();
            reply("302 Found", &format!("Location: http://localhost:{port}/x\r\n"), b"")
        }
        _ => page(path),
    });
    let (visit, documents, _) = site.visit();
    assert_eq!((visit.failed.len(), documents.len()), (5, 0), "{visit:?}");
    for word in ["evil.example is not a host", "169.254.169.254 is not a host", "does not allow it", "redirections", "localhost:"] {
        assert!(visit.failed.iter().any(|(_, cause)| cause.contains(word)), "{word}: {visit:?}");
    }
    assert!(!site.asked().iter().any(|path| path == "/forbidden" || path == "/x"));
    // With the host in the file, what was refused is asked for again.
    let (visit, documents, _) = site.visit_with("allow_private = true", &format!("hosts = ['localhost:{}']", site.port));
    assert_eq!(documents.len(), 1, "{visit:?}");
    // Without the switch nothing on this machine is contacted.
    site.asked();
    let (visit, ..) = site.visit_with("", "");
    assert!(matches!(&visit.failure, Some(Failure::Refused(why)) if why.contains("allow_private")), "{visit:?}");
    assert_eq!(site.asked(), [""; 0]);
}

#[test]
fn too_much_too_slow_and_broken_answers_are_failures_with_a_cause() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![b' '; 8 << 20]).unwrap();
    let bomb = packer.finish().unwrap();
    assert!(bomb.len() < 1 << 17);
    let turn = Arc::new(Mutex::new(0));
    let held = turn.clone();
    let site = Site::new(move |path, _| {
        let turn = *held.lock().unwrap();
        match (path, turn) {
            ("/robots.txt", _) => missing(),
            (_, 0) => reply("200 OK", "", &vec![b' '; 200_000]),
            (_, 1) => reply("200 OK", "Content-Encoding: gzip\r\n", &bomb),
            (_, 2) => reply("200 OK", "", b"<rss version='2.0'><channel><item></channel>"),
            (_, 3) => {
                thread::sleep(Duration::from_secs(4));
                Vec::new()
            }
            (_, 4) => b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss".to_vec(),
            _ => reply("429 Too Many", "Retry-After: Fri, 31 Dec 2055 23:59:59 GMT\r\n", b""),
        }
    });
    let mut waits = Vec::new();
    for at in 0..6 {
        *turn.lock().unwrap() = at;
        let (visit, _, due) = site.visit_with("allow_private = true\nmax_bytes = 131072", "every = 10");
        let failure = visit.failure.unwrap();
        let right = match at {
            0 | 1 => failure == Failure::TooLarge(131_072),
            2 => matches!(failure, Failure::NoFeed(_)),
            3 | 4 => matches!(failure, Failure::Broken(_)),
            _ => matches!(failure, Failure::Later(429, Some(_))) && matches!(due, Due::NotBefore(_)),
        };
        assert!(right, "{at}: {failure:?} {due:?}");
        if let Due::At(next) = due {
            waits.push(next.duration_since(jiff::Timestamp::now()).as_secs());
        }
    }
    assert!(waits.windows(2).all(|pair| pair[1] > pair[0] + 60), "each failure doubles the pause: {waits:?}");
}

#[test]
fn a_page_in_a_charset_of_one_byte_is_read_by_its_content_type() {
    let site = Site::new(|path, _| match path {
        "/feed" => reply("200 OK", "", rss(&["/1"]).as_bytes()),
        "/1" => {
            let words = "<html><body><p>The governor\u{92}s office in S\u{e9}var\u{e9} said on Friday that five soldiers were killed.</p></body></html>";
            let bytes: Vec<u8> = words.chars().map(|c| c as u8).collect();
            reply("200 OK", "Content-Type: text/html; charset=windows-1252\r\n", &bytes)
        }
        _ => missing(),
    });
    let (_, documents, _) = site.visit();
    assert!(documents[0].text.contains("The governor’s office in Sévaré"), "{}", documents[0].text);
    assert!(documents[0].notes.is_empty(), "{:?}", documents[0].notes);
}
