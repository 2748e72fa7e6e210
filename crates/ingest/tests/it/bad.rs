//! Bad inputs: each is named with its place, its cause and what to do, and stops no other.

use crate::support::{read, reader};
use griot_ingest::{ErrorKind, Options, Reader};
use std::fs;
use std::io::{self, Read};
use std::time::{Duration, Instant};

/// Checks the message that an input gives.
fn check(name: &str, bytes: &[u8], message: &str) {
    assert_eq!(read(name, bytes).unwrap_err().to_string(), message);
}

#[test]
fn what_holds_no_text() {
    let message = "holds no text; leave it out, or check that it was saved whole";
    for (name, bytes) in
        [("a.txt", &b""[..]), ("a.txt", b" \n\t\r\n"), ("a.txt", b"\xef\xbb\xbf"), ("a.txt", b"--- * ---"), ("a.html", b"<html></html>")]
    {
        check(name, bytes, &format!("{name}: {message}"));
    }
    check("a.jsonl", b"", &format!("a.jsonl: {message}"));
    check("a.jsonl", b"\n\n", &format!("a.jsonl: {message}"));
}

#[test]
fn what_is_no_text() {
    let binary: Vec<u8> = (0..=255).cycle().take(4000).collect();
    let message = "is not text but binary data; give the report as plain text, HTML or JSONL";
    check("a.txt", &binary, &format!("a.txt: {message}"));
    check("a.html", &binary, &format!("a.html: {message}"));
    check("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", &format!("a.png: {message}"));
    check("a.txt", &b"\xff\x81\x8d\x9d".repeat(50), "a.txt: is in a charset that cannot be told; save it as UTF-8");
    check("a.rtf", b"{\\rtf1", "a.rtf: is RTF, which is not yet read; save the report as plain text or HTML");
    check("a.txt.gz", b"\x1f\x8b\x08\0", "a.txt.gz: is damaged (the gzip data breaks off); fetch or save it again");
    check("a.jsonl", b"\xff\xfe{\0\"\0", "a.jsonl: is not UTF-8; save the file as UTF-8");
}

#[test]
fn bad_lines_of_jsonl_are_named_and_the_others_read() {
    let mut lines = ["{\"text\":\"Gunmen killed two.\"}"; 10].join("\n").into_bytes();
    for bad in
        [&b"{\"text\": \"x\""[..], b"{\"text\": 3}", b"{\"title\": \"x\"}", b"{\"text\": \" \"}", b"[1]", b"{\"text\": \"\xff\"}", b""]
    {
        lines.extend(b"\n");
        lines.extend(bad);
    }
    lines.extend(b"\r\n{\"id\": 7, \"text\": \"Gunmen fled.\", \"date\": 20230503, \"title\": null, \"more\": {}}\r\n");
    let outcomes = reader(Options::default()).read_bytes("in/a.jsonl", lines.clone());
    let streamed: Vec<_> =
        reader(Options::default()).stream("in/a.jsonl", &lines[..]).map(|outcome| outcome.map_err(|error| error.to_string())).collect();
    let outcomes: Vec<_> = outcomes.into_iter().map(|outcome| outcome.map_err(|error| error.to_string())).collect();
    assert_eq!(outcomes, streamed);
    let errors: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    let wrong =
        |place: &str, cause: &str| format!("in/a.jsonl, {place}: is not a JSON object with a text ({cause}); mend the line or take it out");
    assert_eq!(
        errors,
        [
            &wrong("line 11, byte 11", "EOF while parsing an object"),
            &wrong("line 12, byte 9", "invalid type: integer `3`, expected a string"),
            &wrong("line 13", "the key 'text' is missing"),
            &wrong("line 14", "its text is empty"),
            &wrong("line 15, byte 0", "it does not start with '{'"),
            "in/a.jsonl, line 16, byte 10: is not UTF-8; save the file as UTF-8",
        ]
    );
    let last = outcomes.last().unwrap().as_ref().unwrap();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 11);
    assert_eq!((last.name.as_str(), last.date), ("in/a.jsonl#7", Some(jiff::civil::date(2023, 5, 3))));
    let line = br#"{"id": 7, "text": "Gunmen fled.", "date": 20230503, "title": null, "more": {}}"#;
    assert_eq!(last.id, griot_types::sha256(line));
}

#[test]
fn another_language_is_refused_with_its_text() {
    let french = "Les forces armées ont annoncé vendredi que cinq soldats avaient été tués dans une attaque contre leur camp dans le nord du pays. \
                  Le gouvernement a condamné cette attaque et a promis de poursuivre ses auteurs.";
    let error = read("a.txt", french.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "a.txt: is in French, which is not supported; Griot reads English");
    let ErrorKind::UnsupportedLanguage { language, document } = error.into_kind() else { panic!("another kind") };
    assert_eq!((language.as_str(), document.text.as_str()), ("French", french));
}

#[test]
fn files_and_folders() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, text) in [
        ("b/two.txt", "Two came."),
        ("b/three.md", "Three came."),
        ("a.jsonl", "{\"text\":\"One came.\"}\nbad\n{\"text\":\"One left.\"}"),
        ("empty.txt", ""),
        ("report.rtf", "{\\rtf1"),
        (".hidden.txt", "No."),
        (".git/x.txt", "No."),
        ("picture.png", "No."),
        ("table.csv", "No."),
    ] {
        fs::create_dir_all(path(name).parent().unwrap()).unwrap();
        fs::write(path(name), text).unwrap();
    }
    let reader = Reader::new(Options::default());
    let seen: Vec<_> = reader
        .open(folder.path())
        .map(|outcome| outcome.map_or_else(|error| error.to_string(), |document| document.text))
        .map(|text| text.replace(&format!("{}/", folder.path().display()), ""))
        .collect();
    assert_eq!(
        seen,
        [
            "One came.",
            "a.jsonl, line 2, byte 0: is not a JSON object with a text (it does not start with '{'); mend the line or take it out",
            "One left.",
            "Three came.",
            "Two came.",
            "empty.txt: holds no text; leave it out, or check that it was saved whole",
            "report.rtf: is RTF, which is not yet read; save the report as plain text or HTML",
        ]
    );
    fs::create_dir(path("none")).unwrap();
    fs::write(path("none/x.png"), "x").unwrap();
    let none: Vec<_> = reader.open(path("none")).map(|outcome| outcome.unwrap_err().to_string()).collect();
    assert_eq!(
        none,
        [format!(
            "{}: is a folder without a file that Griot reads; it reads plain text, HTML, JSONL, WARC, Parquet, PDF and DOCX",
            path("none").display()
        )]
    );
    let missing = reader.open(path("missing.txt")).next().unwrap().unwrap_err().to_string();
    assert!(missing.starts_with(&format!("{}: cannot be read (", path("missing.txt").display())), "{missing}");
    assert!(missing.ends_with("); check the path and your rights to it"), "{missing}");
}

/// A stream that breaks off.
struct Broken(usize);

impl Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::other("the line went dead"));
        }
        let length = self.0.min(buffer.len());
        buffer[..length].fill(b'x');
        self.0 -= length;
        Ok(length)
    }
}

#[test]
fn a_stream_that_breaks_off_is_an_error() {
    for length in [0, 10, 100_000] {
        let reader = Reader::new(Options::default());
        let outcomes: Vec<_> = reader.stream("-", Broken(length)).map(|outcome| outcome.unwrap_err().to_string()).collect();
        assert_eq!(outcomes, ["-: cannot be read (the line went dead); check the path and your rights to it"]);
    }
}

#[test]
fn a_stream_is_told_by_its_first_bytes() {
    let reader = Reader::new(Options::default());
    let names = |text: &'static str| reader.stream("-", text.as_bytes()).map(|outcome| outcome.unwrap().name).collect::<Vec<_>>();
    assert_eq!(names("Gunmen came."), ["-"]);
    assert_eq!(names("{\"text\":\"Gunmen came.\"}\n\n{\"id\":\"b\",\"text\":\"Gunmen left.\"}"), ["-#1", "-#b"]);
    assert_eq!(names("<!doctype html><p>Gunmen came."), ["-"]);
}

#[test]
fn twenty_megabytes_on_one_line() {
    let sentence = "The army said on Friday that it had taken the town of Ménaka - ";
    let text = sentence.repeat((20 << 20) / sentence.len());
    let start = Instant::now();
    assert_eq!(read("a.txt", text.as_bytes()).unwrap().blocks.len(), 1);
    assert_eq!(read("a.txt", text.replace(" - ", "\n").as_bytes()).unwrap().blocks[0].span.start, 0);
    let line = format!("{{\"text\":\"{text}\"}}");
    assert_eq!(reader(Options::default()).stream("a.jsonl", line.as_bytes()).next().unwrap().unwrap().text.len(), text.len());
    let text = &text[..sentence.len() * 50_000];
    for page in [format!("<p>{text}"), text.replace(" - ", "<p>"), format!("{text}<b "), "<".repeat(text.len()) + " Gunmen came."] {
        assert_eq!(read("a.html", page.as_bytes()).map(|_| ()).map_err(|error| error.to_string()), Ok(()));
    }
    for odd in ["a\n", "\r", "- a\n", "# A\n", "(", "By A\n", "BAMAKO, ", "1. ", "é", "A - "] {
        let text = format!("The army came. {}", odd.repeat((1 << 20) / odd.len()));
        assert!(read("a.txt", text.as_bytes()).is_ok(), "{odd}");
    }
    // Some 80 MB in all: far below this in linear time, far above it in quadratic.
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}
