//! `griot code`: the real program over archives, killed and taken up.

use crate::{Desk, REPORT};
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// All cells of a column, over all parts of a table.
fn column(table: &Path, name: &str) -> Vec<String> {
    let mut parts: Vec<PathBuf> = fs::read_dir(table).unwrap().map(|entry| entry.unwrap().path()).collect();
    parts.sort();
    let mut cells = Vec::new();
    for part in parts {
        let reader = SerializedFileReader::new(File::open(part).unwrap()).unwrap();
        for row in reader.get_row_iter(None).unwrap() {
            let field = row.unwrap().into_columns().into_iter().find(|(known, _)| known == name).unwrap().1;
            cells.push(match field {
                parquet::record::Field::Str(words) => words,
                other => other.to_string(),
            });
        }
    }
    cells
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for table in ["claims", "reports", "errors"] {
        for entry in fs::read_dir(folder.join(table)).unwrap() {
            let path = entry.unwrap().path();
            files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
    files
}

/// A JSONL archive of short reports, no two alike.
fn archive(count: usize) -> String {
    let towns = ["Gao", "Kidal", "Mopti", "Djibo", "Diffa", "Konna", "Boni"];
    let line = |n: usize| {
        let (town, other) = (towns[n % 7], towns[(n / 7) % 7]);
        let text =
            format!("At least {} soldiers were killed in an attack near {town} on Tuesday. Gunmen left {other} after {n} days.", n + 2);
        format!("{}\n", serde_json::json!({"text": text, "date": "2023-05-05", "publisher": "Wire"}))
    };
    (0..count).map(line).collect()
}

#[test]
fn claims_are_those_of_griot_read() {
    let desk = Desk::new();
    let page =
        format!("<html><body><article><h1>Ambush</h1><p>{}</p></article></body></html>", REPORT.replace("Published 2023-08-26\n\n", ""));
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}\r\n\r\n",
        page.len() + 44
    );
    desk.file("in/a.warc", &record);
    desk.file("in/b.txt", REPORT);
    desk.file("in/c.jsonl", archive(20));
    let read = desk.griot(&["read", "in", "--format", "jsonl"]);
    assert_eq!(read.code, Some(0), "{}", read.err);
    let code = desk.griot(&["code", "in", "--out", "out", "--shard", "1500"]);
    assert_eq!(code.code, Some(0), "{}", code.err);
    let out = desk.path().join("out");
    let rows = column(&out.join("claims"), "json");
    assert!(rows.len() > 30);
    assert_eq!(rows, read.out.lines().collect::<Vec<_>>());
    // The flat columns are those of the CSV.
    let csv = desk.griot(&["read", "in", "--format", "csv"]).out;
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    let names: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).chain(["json".to_owned()]).collect();
    assert_eq!(griot_archive::columns(griot_archive::CLAIMS), names);
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    for name in ["id", "report", "published", "type", "unit", "place", "start", "time_precision", "status", "char_end", "quote", "bound"] {
        let at = names.iter().position(|known| known == name).unwrap();
        let cells: Vec<String> =
            column(&out.join("claims"), name).into_iter().map(|cell| if cell == "null" { String::new() } else { cell }).collect();
        assert_eq!(cells, rows.iter().map(|row| row[at].to_owned()).collect::<Vec<_>>(), "{name}");
    }
    assert_eq!(column(&out.join("reports"), "url")[0], "https://a.example/1");
}

#[test]
fn killed_and_taken_up() {
    let desk = Desk::new();
    desk.file("in.jsonl", archive(600));
    let args = ["code", "in.jsonl", "--out", "out", "--shard", "4000", "--threads", "2"];
    let markers = |folder: &Path| {
        let entries = fs::read_dir(folder.join("work")).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
        entries.iter().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "json")).count()
    };
    let out = desk.path().join("out");
    let mut done = 0;
    for _ in 0..3 {
        let mut child = desk.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let since = Instant::now();
        while markers(&out) <= done + 1 && child.try_wait().unwrap().is_none() && since.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(markers(&out) > done, "shards that are done stay done");
        done = markers(&out);
    }
    assert!(!out.join("manifest.json").exists(), "killed before the end");
    let first = fs::metadata(out.join("claims/part-00000.parquet")).unwrap().modified().unwrap();
    assert_eq!(desk.griot(&args).code, Some(0));
    assert_eq!(fs::metadata(out.join("claims/part-00000.parquet")).unwrap().modified().unwrap(), first);
    assert_eq!(desk.griot(&["code", "in.jsonl", "--out", "whole", "--shard", "4000", "--threads", "1"]).code, Some(0));
    assert!(files(&out) == files(&desk.path().join("whole")));
    assert_eq!(column(&out.join("reports"), "line"), (1..=600).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn exit_codes() {
    let desk = Desk::new();
    desk.file("in/a.jsonl", archive(3) + "bad\n");
    let run = desk.griot(&["code", "in", "--out", "out"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert!(
        run.err.starts_with("griot: 3 reports with ") && run.err.ends_with("; 1 report could not be read and is in out/errors\n"),
        "{}",
        run.err
    );
    desk.file("in/b.rtf", "{\\rtf1");
    let run = desk.griot(&["code", "in", "--out", "again"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("b.rtf: is RTF, which is not yet read"), "{}", run.err);
    assert_eq!(desk.griot(&["code", "in", "--out", "out"]).code, Some(2), "the folder holds a run over other inputs");
    assert_eq!(desk.griot(&["code", "missing", "--out", "new"]).code, Some(2));
    assert_eq!(desk.griot(&["code", "in"]).code, Some(2));
}
