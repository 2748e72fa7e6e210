//! Files of many reports: WARC, Parquet, packed JSONL, whole and damaged.

use crate::support::{gzip, reader};
use griot_ingest::{Limits, Options};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs;
use std::sync::Arc;

const PAGE: &str = "<html><head><title>Market attacked</title><meta property='article:published_time' content='2023-08-25'></head><body><article>\
    <h1>Market attacked</h1><p>Gunmen on motorbikes attacked the market of Ansongo on Thursday afternoon and killed twelve people.</p>\
    <p>The army sent a patrol from Gao, which found the attackers gone, the mayor of the town said on the radio.</p></article></body></html>";

/// A record of a type, with its head and the two line ends behind it.
fn record(kind: &str, media: &str, url: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn response(url: &str, status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let http = [format!("HTTP/1.1 {status}\r\n{fields}\r\n").as_bytes(), body].concat();
    record("response", "application/http; msgtype=response", url, &http)
}

/// An archive of all that is met: two reports, and what is none.
fn archive() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", "application/warc-fields", "", b"software: a crawler\r\n"),
        record("request", "application/http; msgtype=request", "https://a.example/1", b"GET /1 HTTP/1.1\r\n\r\n"),
        response("https://a.example/1", "200 OK", "Content-Type: text/html; charset=utf-8\r\n", PAGE.as_bytes()),
        response("https://a.example/robots.txt", "200 OK", "Content-Type: text/plain\r\n", b"User-agent: *"),
        response("https://a.example/2", "404 Not Found", "Content-Type: text/html\r\n", b"<p>No such page in this place.</p>"),
        response("https://a.example/3", "200 OK", "Content-Type: image/png\r\n", b"\x89PNG"),
        record("conversion", "text/plain", "https://a.example/4", b"Two soldiers were killed near Gao on 3 May 2023."),
    ]
}

/// Each report's name, link and first words, or what is wrong with it.
fn read(name: &str, bytes: &[u8], limits: Limits) -> Vec<String> {
    let options = Options { limits, ..Options::default() };
    let all: Vec<_> = reader(options.clone())
        .stream(name, bytes)
        .map(|outcome| match outcome {
            Ok(document) => format!(
                "{} {} {}",
                document.name,
                document.url.as_deref().unwrap_or("-"),
                document.text.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
            ),
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(reader(options).read_bytes(name, bytes.to_vec()).len(), all.len());
    all
}

#[test]
fn reports_of_a_web_archive_however_it_is_packed() {
    let records = archive();
    let plain = records.concat();
    let each: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let zstd: Vec<u8> = records.iter().flat_map(|record| zstd::encode_all(&record[..], 3).unwrap()).collect();
    let expected = ["a#3 https://a.example/1 Market attacked", "a#7 https://a.example/4 Two soldiers"];
    for bytes in [plain.clone(), each, gzip(&plain), zstd] {
        assert_eq!(read("a", &bytes, Limits::default()), expected);
    }
    // The same page alone is the same report.
    let page = reader(Options::default()).read_bytes("page.html", PAGE.into()).remove(0).unwrap();
    let archived = reader(Options::default()).read_bytes("a", plain).remove(0).unwrap();
    assert_eq!((page.id, page.text, page.date), (archived.id, archived.text, archived.date));
}

#[test]
fn pages_as_they_were_sent() {
    let chunked = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
    let latin = encoding_rs::WINDOWS_1252.encode("Un café was hit near Sévaré, and two of the guests died there.").0.into_owned();
    let bytes = [
        response("u:1", "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &gzip(PAGE.as_bytes())),
        response("u:2", "200 OK", "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", chunked.as_bytes()),
        response("u:3", "200 OK", "Content-Type: text/plain; charset=windows-1252\r\n", &latin),
        response("u:4", "200 OK", "Content-Type: text/html\r\nContent-Encoding: br\r\n", b"\x8b\x02\x80\xff\xfe\x03\x01"),
    ]
    .concat();
    let seen = read("a.warc", &bytes, Limits::default());
    assert_eq!(&seen[..3], ["a.warc#1 u:1 Market attacked", "a.warc#2 u:2 Market attacked", "a.warc#3 u:3 Un café"]);
    assert!(seen[3].starts_with("a.warc, record 4 at byte ") && seen[3].contains("is packed as 'br'"), "{}", seen[3]);
}

#[test]
fn a_damaged_record_costs_itself_alone() {
    let text = |n: usize| format!("Report {n}: two soldiers were killed near Gao.");
    let records: Vec<Vec<u8>> = (0..5).map(|n| record("conversion", "text/plain", "u:x", text(n).as_bytes())).collect();
    let offset = records[..2].concat().len();
    let whole = ["a#1 u:x Report 0:", "a#2 u:x Report 1:", "a#4 u:x Report 3:", "a#5 u:x Report 4:"];
    let check = |damaged: Vec<u8>, cause: &str, packed: bool| {
        let mut parts = records.clone();
        parts[2] = damaged;
        let (bytes, offset) = if packed {
            (parts.iter().flat_map(|part| gzip(part)).collect(), gzip(&records[0]).len() + gzip(&records[1]).len())
        } else {
            (parts.concat(), offset)
        };
        let mut seen = read("a", &bytes, Limits::default());
        let wrong = seen.remove(2);
        assert_eq!(wrong, format!("a, record 3 at byte {offset}: is damaged ({cause}); fetch or save it again"));
        let seen: Vec<String> = seen.iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect();
        let whole: Vec<String> = whole.iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect();
        assert_eq!(seen, whole);
    };
    let change = |from: &str, to: &str| String::from_utf8(records[2].clone()).unwrap().replace(from, to).into_bytes();
    let length = "Content-Length: 44";
    for packed in [false, true] {
        check(change(length, "Content-Length: 90"), "the length that the record gives is wrong", packed);
        check(change(length, "Content-Length: 999999999999"), "the length that the record gives is wrong", packed);
        check(change(length, "Content-Length: many"), "the record does not say how long it is", packed);
        check(change("WARC/1.0", "XARC/1.0"), "here a record should begin; the length of the one before may be wrong", packed);
    }
    check(change(length, "Content-Length: 20"), "the length that the record gives is wrong", false);
}

#[test]
fn damaged_packing_and_a_file_that_breaks_off() {
    let text = |n: usize| format!("Report {n}: two soldiers were killed near Gao.").repeat(50);
    let members: Vec<Vec<u8>> = (0..3).map(|n| gzip(&record("conversion", "text/plain", "u:x", text(n).as_bytes()))).collect();
    let mut bytes = members.concat();
    let middle = members[0].len() + members[1].len() / 2;
    bytes[middle] ^= 0xff;
    bytes[middle + 1] ^= 0xff;
    let seen = read("a", &bytes, Limits::default());
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert!(seen[1].starts_with(&format!("a, record 2 at byte {}: is damaged (", members[0].len())), "{}", seen[1]);
    assert!(seen[2].ends_with("Report 2:Report") || seen[2].contains("Report 2"), "{}", seen[2]);

    let bytes = members.concat();
    let seen = read("a", &bytes[..bytes.len() - 40], Limits::default());
    let at = members[0].len() + members[1].len();
    assert_eq!(seen[2..], [format!("a, record 3 at byte {at}: is damaged (the gzip data breaks off); fetch or save it again")]);
}

#[test]
fn what_unpacks_to_too_much_is_passed_over() {
    let limits = Limits { bytes: 10_000, ..Limits::default() };
    let bomb = gzip(&vec![b'a'; 5_000_000]);
    let bytes: Vec<u8> = [
        gzip(&record("conversion", "text/plain", "u:1", &vec![b'a'; 5_000_000])),
        gzip(&response("u:2", "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &bomb)),
        gzip(&record("conversion", "text/plain", "u:3", b"Two soldiers were killed near Gao.")),
    ]
    .concat();
    let seen = read("a", &bytes, limits);
    let large = "is larger than 10000 bytes; split it into smaller files";
    assert_eq!(seen[0], format!("a, record 1 at byte 0: {large}"));
    assert!(seen[1].starts_with("a, record 2 at byte ") && seen[1].ends_with(large), "{}", seen[1]);
    assert_eq!(seen[2], "a#3 u:3 Two soldiers");
    assert_eq!(read("a.txt.gz", &bomb, limits), [format!("a.txt.gz: {large}")]);
    let lines = format!("{{\"text\":\"One came.\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"One left.\"}}\n", "x".repeat(50_000));
    for bytes in [lines.clone().into_bytes(), gzip(lines.as_bytes())] {
        assert_eq!(
            read("a.jsonl", &bytes, limits),
            ["a.jsonl#1 - One came.", &format!("a.jsonl, line 2: {large}"), "a.jsonl#3 - One left."]
        );
    }
    assert_eq!(read("a.gz", &gzip(&bomb), limits), ["a.gz: is packed twice over; unpack it once"]);
}

/// A table with a column of texts, a column of days and one that is not read.
fn table(texts: &[Option<&str>]) -> Vec<u8> {
    let schema = Arc::new(
        parse_message_type("message t { optional binary Text (UTF8); optional int32 date (DATE); optional binary other (UTF8); }").unwrap(),
    );
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::builder().build())).unwrap();
    let mut rows = writer.next_row_group().unwrap();
    let levels: Vec<i16> = texts.iter().map(|text| i16::from(text.is_some())).collect();
    let values: Vec<ByteArray> = texts.iter().flatten().map(|&text| text.into()).collect();
    for column in 0..3 {
        let mut writer = rows.next_column().unwrap().unwrap();
        if column == 1 {
            writer.typed::<Int32Type>().write_batch(&vec![19_480; values.len()], Some(&levels), None).unwrap();
        } else {
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
        }
        writer.close().unwrap();
    }
    rows.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn rows_of_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.parquet");
    fs::write(&path, table(&[Some("Two soldiers were killed."), None, Some("Gunmen fled.")])).unwrap();
    let reader = reader(Options::default());
    let name = path.display();
    let seen: Vec<String> = reader
        .open(&path)
        .map(|outcome| {
            outcome.map_or_else(|error| error.to_string(), |document| format!("{} {:?} {}", document.name, document.date, document.text))
        })
        .collect();
    assert_eq!(
        seen,
        [
            format!("{name}#1 Some(2023-05-03) Two soldiers were killed."),
            format!("{name}, record 2: holds no text; leave it out, or check that it was saved whole"),
            format!("{name}#3 Some(2023-05-03) Gunmen fled.")
        ]
    );
    assert_eq!(reader.items(&path).fold(0, |_, item| item.map_or(0, |item| item.bytes().len())), 12);
}

#[test]
fn tables_that_cannot_be_read() {
    let bytes = table(&[Some("Two soldiers were killed.")]);
    let first = |bytes: Vec<u8>| reader(Options::default()).read_bytes("t.parquet", bytes).remove(0).unwrap_err().to_string();
    assert!(first(bytes[..bytes.len() - 9].to_vec()).starts_with("t.parquet: is damaged (Parquet: "));
    let mut damaged = bytes.clone();
    damaged[8..40].fill(0xff);
    assert!(first(damaged).contains("is damaged (Parquet: "));
    let stream = reader(Options::default()).stream("-", &bytes[..]).next().unwrap().unwrap_err().to_string();
    assert_eq!(stream, "-: is Parquet on a stream, where its end cannot be looked at first; give it as a file");
    let schema = Arc::new(parse_message_type("message t { required int32 text; required binary body (UTF8); }").unwrap());
    let writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::builder().build())).unwrap();
    assert_eq!(first(writer.into_inner().unwrap()), "t.parquet: has no column 'text' that holds words (it has: text, body); name it so");
}
