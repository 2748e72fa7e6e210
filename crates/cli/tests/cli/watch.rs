//! `griot watch` with a server on this machine.

use super::{Desk, root};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

const FEED: &str = "<rss version='2.0'><channel><title>T</title>\
    <item><title>Ambush near Gao</title><guid>1</guid><link>/1</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate></item>\
    <item><title>Attaque</title><guid>2</guid><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><description>Les forces armées ont annoncé vendredi que cinq \
    soldats avaient été tués dans une attaque contre leur camp dans le nord du pays. Le gouvernement a condamné cette attaque et a promis de \
    poursuivre ses auteurs jusque dans leurs derniers retranchements.</description></item></channel></rss>";
const PAGE: &str =
    "<html><body><p>Gunmen killed 17 soldiers in an ambush near Gao on Thursday, the army said in a statement.</p></body></html>";

/// A server that gives one feed and one page, and what it was asked for.
fn server() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
            let (status, media, body) = match path.as_str() {
                "/feed" if head.iter().any(|line| line.contains("\"v1\"")) => ("304 Not Modified", "text/xml", ""),
                "/feed" => ("200 OK", "text/xml", FEED),
                "/1" => ("200 OK", "text/html", PAGE),
                _ => ("404 Not Found", "text/plain", ""),
            };
            log.lock().unwrap().push(path);
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nETag: \"v1\"\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all((head + body).as_bytes());
        }
    });
    (port, asked)
}

#[test]
fn feeds_go_into_a_record_and_come_once() {
    let (port, asked) = server();
    let desk = Desk::new();
    desk.file(
        "feeds.toml",
        format!("contact = 'a@b.example'\nallow_private = true\n[[feed]]\nurl = 'http://127.0.0.1:{port}/feed'\npublisher = 'Wire'\nsensitivity = 1\n"),
    );
    let dry = desk.griot(&["watch", "feeds.toml", "r.griot", "--dry-run"]);
    assert_eq!(dry.code, Some(0), "{}", dry.err);
    assert!(dry.out.contains("Wire  is due") && asked.lock().unwrap().is_empty());
    let run = desk.griot(&["watch", "feeds.toml", "r.griot"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("Wire  1 new, 1 in another language; next visit 20"), "{}", run.out);
    assert!(run.err.contains("is in French, which is not read; its text is kept without claims"), "{}", run.err);
    let rows = desk.griot(&["reports", "r.griot", "--format", "jsonl"]).out;
    for words in
        ["\"title\":\"Ambush near Gao\"", "\"publisher\":\"Wire\"", "\"date\":\"2024-05-03\"", &format!("http://127.0.0.1:{port}/1")]
    {
        assert!(rows.contains(words), "{words}: {rows}");
    }
    let figures = desk.griot(&["figures", "r.griot", "--type", "killed", "--format", "jsonl"]).out;
    assert!(figures.contains("2024-05-02") && figures.contains("17"), "{figures}");
    asked.lock().unwrap().clear();
    let early = desk.griot(&["watch", "feeds.toml", "r.griot"]);
    assert!(early.out.contains("Wire  not visited") && asked.lock().unwrap().is_empty(), "{}", early.out);
    let again = desk.griot(&["watch", "feeds.toml", "r.griot", "--now"]);
    assert!(again.out.contains("Wire  nothing new"), "{}", again.out);
    assert_eq!(*asked.lock().unwrap(), ["/feed"]);
}

#[test]
fn mistakes_in_the_file_are_named_with_their_line() {
    let desk = Desk::new();
    desk.file("feeds.toml", "contact = 'a@b.example'\n[[feed]]\nurl = 'nonsense'\npublisher = 'Wire'\n");
    let run = desk.griot(&["watch", "feeds.toml", "r.griot"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("feeds.toml, line 3: url is no address of a feed"), "{}", run.err);
    assert!(!desk.path().join("r.griot").exists());
}

#[test]
fn one_crate_alone_can_open_connections() {
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let able = manifest.lines().any(|line| ["ureq", "rustls", "reqwest", "hyper", "curl"].iter().any(|name| line.starts_with(name)));
        assert_eq!(able, folder.ends_with("watch"), "{}", folder.display());
    }
}
