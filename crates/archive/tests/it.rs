//! Archives in folders of their own, with a coder that knows nothing.

use griot_archive::{CLAIMS, Coder, Counts, Done, ERRORS, Error, Plan, REPORTS, columns, run};
use griot_ingest::{Limits, Options, Reader};
use griot_types::Claim;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// One claim a report; some words make the coder fail in its ways.
fn coder() -> Arc<Coder> {
    let claim: Claim = serde_json::from_str(include_str!("../../cli/tests/claim.json")).unwrap();
    Arc::new(move |document| {
        if document.text.contains("slow") {
            std::thread::sleep(Duration::from_secs(30));
        }
        if document.text.contains("refuse") {
            return Err("the coder refused".to_owned());
        }
        assert!(!document.text.contains("panic"), "a fault");
        let claims = vec![Claim { document: document.id.clone(), ..claim.clone() }];
        Ok((document, claims))
    })
}

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    fn plan(&self, input: &Path, out: &str, threads: usize) -> Plan {
        let limits = Limits { bytes: 100_000, text: 50_000 };
        let reader = Reader::new(Options { limits, ..Options::default() }).with_today(griot_types::Date::constant(2026, 11, 25));
        Plan {
            inputs: vec![input.to_owned()],
            out: self.path(out),
            reader,
            coder: coder(),
            key: "a".to_owned(),
            threads,
            shard: 2000,
            patience: Duration::from_secs(2),
        }
    }

    fn run(&self, input: &Path, out: &str, threads: usize) -> Result<Done, Error> {
        run(self.plan(input, out, threads), &|_| {})
    }

    /// All cells of a column, over all parts of a table.
    fn column(&self, table: &str, name: &str) -> Vec<String> {
        let mut parts: Vec<PathBuf> = fs::read_dir(self.path(table)).unwrap().map(|entry| entry.unwrap().path()).collect();
        parts.sort();
        let mut cells = Vec::new();
        for part in parts {
            let reader = SerializedFileReader::new(File::open(part).unwrap()).unwrap();
            for row in reader.get_row_iter(None).unwrap() {
                let field = row.unwrap().into_columns().into_iter().find(|(known, _)| known == name).unwrap().1;
                cells.push(field.to_string().trim_matches('"').to_owned());
            }
        }
        cells
    }

    /// All files of a folder with their bytes.
    fn files(&self, out: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut pending = vec![self.path(out)];
        let mut files = BTreeMap::new();
        while let Some(path) = pending.pop() {
            if path.is_dir() {
                pending.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                files.insert(path.strip_prefix(self.path(out)).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
        files
    }
}

/// Packed in blocks, so that half of it is something.
fn zstd_of(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(10_000).flat_map(|chunk| zstd::encode_all(chunk, 1).unwrap()).collect()
}

/// So many lines, no two of which say the same.
fn lines(count: usize) -> String {
    let words = ["market", "bridge", "school", "convoy", "mine", "camp", "river", "barracks", "clinic", "road", "village", "tower", "port"];
    let mut out = String::new();
    for n in 0..count {
        let word = |k: usize| words[(n * (2 * k + 1) + n / 7 + k * k) % words.len()];
        let text: Vec<String> = (0..12).map(|k| format!("the {} of ward {} fell in week {}", word(k), n * 31 + k, n + k)).collect();
        out.push_str(&format!("{{\"text\":\"Gunmen said that {}.\",\"date\":\"2023-05-03\"}}\n", text.join(" and ")));
    }
    out
}

#[test]
fn bad_reports_are_rows_and_the_others_go_on() {
    let desk = Desk::new();
    let french = "Les forces armées ont annoncé vendredi que cinq soldats avaient été tués dans une attaque contre leur camp dans le nord du pays. \
                  Le gouvernement a condamné cette attaque et a promis de poursuivre ses auteurs.";
    let mut text = lines(3);
    let second = text.find('\n').unwrap() + 1;
    text.insert_str(second, "{\"text\": 3}\n");
    for words in [
        "a slow report of some words",
        "they refuse all of it",
        "a panic in the town",
        french,
        &"The army said that it had left the town. ".repeat(1_500),
    ] {
        text.push_str(&format!("{{\"text\":\"{words}\"}}\n"));
    }
    text.push_str(&format!("{{\"text\":\"{}\"}}\n", "x".repeat(200_000)));
    let input = desk.file("in.jsonl", text);
    let done = desk.run(&input, "out", 2).unwrap();
    assert_eq!((done.reports, done.claims, done.errors, done.failed), (3, 3, 7, 0));
    assert_eq!(desk.column("out/errors", "kind"), ["damaged", "time", "fault", "fault", "language", "too_large", "too_large"]);
    assert_eq!(desk.column("out/errors", "line"), ["2", "5", "6", "7", "8", "9", "10"]);
    assert_eq!(desk.column("out/errors", "offset")[0], second.to_string());
    let causes = desk.column("out/errors", "cause");
    assert!(causes[0].contains("in.jsonl, line 2, byte 9: is not a JSON object"), "{}", causes[0]);
    assert_eq!(causes[1], "takes longer than 2 seconds; read it by itself");
    assert_eq!(causes[2], "the coder refused");
    assert_eq!(desk.column("out/reports", "line"), ["1", "3", "4"]);
    assert_eq!(desk.column("out/reports", "claims"), ["1"; 3]);
    assert_eq!(desk.column("out/reports", "published")[0], "2023-05-03");
    assert_eq!(desk.column("out/claims", "document"), desk.column("out/reports", "document"));
}

#[test]
fn the_same_bytes_whatever_the_number_of_threads() {
    let desk = Desk::new();
    let input = desk.file("in.jsonl", lines(60) + "bad\n" + &lines(3));
    desk.run(&input, "one", 1).unwrap();
    desk.run(&input, "four", 4).unwrap();
    let (one, four) = (desk.files("one"), desk.files("four"));
    assert!(one.len() > 30, "several shards: {}", one.len());
    assert_eq!(one.keys().collect::<Vec<_>>(), four.keys().collect::<Vec<_>>());
    assert!(one == four);
    assert!(!desk.path("one/work").exists());
}

#[test]
fn near_copies_are_marked_over_shards() {
    let desk = Desk::new();
    let all = lines(40);
    let copy = all.lines().nth(2).unwrap().replace("Gunmen said that", "On Friday the gunmen again said that");
    let input = desk.file("in.jsonl", format!("{all}{copy}\n{}\n", all.lines().nth(5).unwrap()));
    let done = desk.run(&input, "out", 2).unwrap();
    assert_eq!(done.copies, 2);
    let (documents, copies) = (desk.column("out/reports", "document"), desk.column("out/reports", "copy_of"));
    assert!(copies[..40].iter().all(|copy| copy == "null"), "{copies:?}");
    assert_eq!(copies[40..], [documents[2].clone(), documents[5].clone()]);
    let of: Vec<String> = desk.column("out/reports", "copy_of_report").split_off(40);
    assert!(of[0].ends_with("in.jsonl#3") && of[1].ends_with("in.jsonl#6"), "{of:?}");
    assert_eq!(desk.column("out/reports", "text")[40], serde_json::from_str::<serde_json::Value>(&copy).unwrap()["text"]);
}

#[test]
fn a_run_that_was_stopped_is_taken_up() {
    let desk = Desk::new();
    let input = desk.file("in.jsonl", lines(60));
    desk.run(&input, "whole", 1).unwrap();
    // A coder that stops the run half-way, from inside the program: its folder becomes a file.
    let calls = Arc::new(AtomicU64::new(0));
    let mut plan = desk.plan(&input, "out", 2);
    let (inner, count, out) = (plan.coder.clone(), calls.clone(), desk.path("out"));
    plan.coder = Arc::new(move |document| {
        if count.fetch_add(1, Ordering::Relaxed) == 30 {
            fs::rename(out.join("claims"), out.join("away")).unwrap();
        }
        inner(document)
    });
    assert!(matches!(run(plan, &|_| {}), Err(Error::Io(..))));
    fs::rename(desk.path("out/away"), desk.path("out/claims")).unwrap();
    fs::write(desk.path("out/claims/part-00099.parquet.tmp"), "half").unwrap();

    let mut plan = desk.plan(&input, "out", 2);
    let (inner, count) = (plan.coder.clone(), calls.clone());
    calls.store(0, Ordering::Relaxed);
    plan.coder = Arc::new(move |document| {
        count.fetch_add(1, Ordering::Relaxed);
        inner(document)
    });
    let skipped = Mutex::new(0);
    let done = run(plan, &|counts: &Counts| *skipped.lock().unwrap() = counts.skipped.load(Ordering::Relaxed)).unwrap();
    assert_eq!((done.reports, done.claims), (60, 60));
    assert!(calls.load(Ordering::Relaxed) < 50, "what was done is not done again");
    assert!(*skipped.lock().unwrap() > 0);
    assert!(
        desk.files("whole")
            .into_iter()
            .filter(|(path, _)| path != Path::new("run.json"))
            .all(|(path, bytes)| desk.files("out")[&path] == bytes)
    );
    assert_eq!(desk.files("whole").len(), desk.files("out").len());
    // Once it is done there is nothing to do.
    assert_eq!(desk.run(&input, "out", 2).unwrap(), done);
}

#[test]
fn a_folder_of_another_run_is_left_alone() {
    let desk = Desk::new();
    let input = desk.file("in.jsonl", lines(10));
    desk.run(&input, "out", 1).unwrap();
    let before = desk.files("out");
    let other = desk.file("other.jsonl", lines(2));
    let message = |outcome: Result<Done, Error>| outcome.unwrap_err().to_string();
    assert!(message(desk.run(&other, "out", 1)).contains("holds a run of other inputs"));
    let plan = Plan { key: "b".to_owned(), ..desk.plan(&input, "out", 1) };
    assert!(message(run(plan, &|_| {})).contains("under other options"));
    fs::create_dir(desk.path("mine")).unwrap();
    desk.file("mine/thesis.txt", "all of it");
    assert!(message(desk.run(&input, "mine", 1)).contains("files that are not griot's"));
    assert_eq!(desk.files("out"), before);
    // Nor can two write into one.
    let lock = File::open(desk.path("out/run.lock")).unwrap();
    lock.lock().unwrap();
    assert!(matches!(desk.run(&input, "out", 1), Err(Error::Busy(_))));
    // Input of the same size that says something else: told when the run is taken up.
    let held = desk.path("held");
    let mut plan = desk.plan(&input, "held", 1);
    plan.coder = Arc::new(move |document| {
        if document.name.ends_with("#9") {
            fs::rename(held.join("claims"), held.join("away")).unwrap();
        }
        coder()(document)
    });
    assert!(run(plan, &|_| {}).is_err());
    fs::rename(desk.path("held/away"), desk.path("held/claims")).unwrap();
    desk.file("in.jsonl", lines(10).replacen("Gunmen", "Rebels", 1));
    assert!(matches!(desk.run(&input, "held", 1), Err(Error::Changed(_, 0))));
}

#[test]
fn what_is_held_does_not_grow_with_the_archive() {
    let desk = Desk::new();
    let most = |count: usize, out: &str| {
        let input = desk.file("in.jsonl", lines(count));
        let most = AtomicU64::new(0);
        let watch = |counts: &Counts| {
            most.store(counts.most_held.load(Ordering::Relaxed), Ordering::Relaxed);
        };
        assert_eq!(run(desk.plan(&input, out, 2), &watch).unwrap().reports, count as u64);
        most.load(Ordering::Relaxed)
    };
    // A shard of 2000 bytes takes two or three of these reports; at most one more shard than threads is open.
    let (few, many) = (most(30, "few"), most(600, "many"));
    assert!((1..=9).contains(&few) && (1..=9).contains(&many), "{few} {many}");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let desk = Desk::new();
    fs::create_dir(desk.path("in")).unwrap();
    desk.file("in/a.txt", "Gunmen killed two people near the market.");
    desk.file("in/b.txt", "");
    desk.file("in/c.rtf", "{\\rtf1");
    let done = desk.run(&desk.path("in"), "out", 1).unwrap();
    assert_eq!((done.reports, done.errors, done.failed), (1, 2, 2));
    assert!(done.first_failed[0].ends_with("b.txt: holds no text; leave it out, or check that it was saved whole"));
    assert_eq!(desk.column("out/errors", "kind"), ["empty", "format"]);
    assert_eq!(desk.column("out/errors", "line"), ["null", "null"]);
    // So is one that breaks off: what is behind the place is lost.
    let packed = zstd_of(&lines(200));
    let input = desk.file("in.jsonl.zst", &packed[..packed.len() / 2]);
    let done = desk.run(&input, "half", 1).unwrap();
    assert!((1..199).contains(&done.reports), "{done:?}");
    assert_eq!((done.errors, done.failed), (1, 1));
    assert!(done.first_failed[0].contains("is damaged (the zstd data breaks off)"), "{:?}", done.first_failed);
}

#[test]
fn the_columns_are_documented() {
    let page = include_str!("../../../docs/ARCHIVES.md");
    for (table, schema) in [("claims", CLAIMS), ("reports", REPORTS), ("errors", ERRORS)] {
        let part = page.split(&format!("## `{table}`")).nth(1).unwrap().split("\n## ").next().unwrap();
        let named: Vec<&str> = part.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(name, _)| name).collect();
        assert_eq!(named, columns(schema), "{table}");
    }
}
