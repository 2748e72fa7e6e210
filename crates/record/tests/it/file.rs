//! The file: what is kept stays, what is changed is found, what is newer is refused.

use super::*;
use griot_record::Shown;
use griot_record::bounds::Rule;
use griot_record::{ErrorKind, Known, Outcome, Scope};
use std::io::Read;
use std::sync::{Arc, Barrier};

fn report(n: usize) -> Reading {
    let text = format!("ambush {n}");
    Report::new(&format!("Paper {n}"), "2022-03-02").says(&text, |claim| killed(claim, n as f64, "2022-03-01")).done()
}

#[test]
fn added_twice_is_once() {
    let desk = Desk::new();
    let record = desk.record();
    assert_eq!(record.knows(&report(1).document.id, "model 1", "rules 1").unwrap(), Known::Not);
    assert_eq!(add(&record, &[report(1), report(2), report(1)]), [Outcome::Added, Outcome::Added, Outcome::There]);
    assert_eq!(add(&record, &[report(2)]), [Outcome::There]);
    assert_eq!(record.knows(&report(1).document.id, "model 1", "rules 1").unwrap(), Known::Wholly);
    assert_eq!(record.knows(&report(1).document.id, "model 2", "rules 1").unwrap(), Known::Otherwise);
    assert_eq!(record.reports(&Filter::default(), None).unwrap().len(), 2);
    assert!(record.verify().unwrap().findings.is_empty());
}

#[test]
fn recoding_keeps_the_old_reading_and_counts_the_new_one() {
    let desk = Desk::new();
    let record = desk.record();
    add(&record, &[report(1)]);
    let again = Report::new("Paper 1", "2022-03-02").says("ambush 1", |claim| killed(claim, 5.0, "2022-03-01")).done();
    assert_eq!(record.add(&[again], "model 2", "rules 1").unwrap(), [Outcome::Recoded]);
    let entries = all(&record);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].number.best, Some(5.0));
    let looked = record.verify().unwrap();
    assert_eq!((looked.claims, looked.findings.len()), (2, 0));
}

#[test]
fn what_was_kept_cannot_be_changed_and_a_flipped_byte_is_found() {
    let desk = Desk::new();
    let record = desk.record();
    add(&record, &[report(1), report(2)]);
    record.decide(&griot_record::Verdict::Accept(vec![report(1).claims[0].id.clone()]), "Ada", "read it").unwrap();
    record.decide(&griot_record::Verdict::Reject(vec![report(2).claims[0].id.clone()]), "Ada", "misread").unwrap();
    drop(record);
    let path = desk.path("r.griot");
    let db = rusqlite::Connection::open(&path).unwrap();
    for sql in ["UPDATE report SET name = 'x'", "DELETE FROM claim", "UPDATE decision SET who = 'x'", "DELETE FROM report_text"] {
        assert!(db.execute_batch(sql).is_err(), "{sql}");
    }
    // As somebody would who goes around the program.
    for (trigger, sql, found) in [
        ("text_kept", "UPDATE report_text SET text = replace(text, 'ambush 1', 'ambush 9')", "its text is not what was added"),
        ("coding_kept", "UPDATE coding SET bodies = (SELECT bodies FROM coding WHERE n = 1) WHERE n = 2", "are not what was added"),
        (
            "coding_kept",
            "UPDATE coding SET bodies = substr(bodies, 1, 40) || x'00' || substr(bodies, 42) WHERE n = 2",
            "are not what was added",
        ),
        ("claim_kept", "UPDATE claim SET id = id + 1 WHERE n = 2", "are not what was added"),
        ("text_kept", "UPDATE report_text SET text = substr(text, 1, 20) WHERE n = 2", "its quote is not in"),
        ("decision_kept", "UPDATE decision SET why = 'x' WHERE n = 1", "is not what was written"),
        ("decision_stays", "DELETE FROM decision WHERE n = 1", "does not follow the one before it"),
        ("batch_kept", "UPDATE batch SET at = '2020-01-01T00:00:00.000000Z'", "are not those that were added"),
    ] {
        let copy = desk.path("copy.griot");
        db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        std::fs::copy(&path, &copy).unwrap();
        let other = rusqlite::Connection::open(&copy).unwrap();
        other.execute_batch(&format!("DROP TRIGGER {trigger}; {sql}")).unwrap();
        other.close().unwrap();
        let findings = Record::open(&copy).unwrap().verify().unwrap().findings;
        assert!(findings.iter().any(|finding| finding.wrong.contains(found)), "{sql}: {findings:?}");
        std::fs::remove_file(&copy).unwrap();
    }
}

/// A record that the first format's program made of four of the reports in `tests/record`, with two decisions.
const FIRST: &[u8] = include_bytes!("format-1.griot.zlib");

#[test]
fn a_record_in_the_first_format_is_brought_up_to_date_and_says_the_same() {
    let desk = Desk::new();
    let path = desk.path("r.griot");
    let mut bytes = Vec::new();
    flate2::read::ZlibDecoder::new(FIRST).read_to_end(&mut bytes).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    let error = Record::open(&path).err().unwrap();
    assert!(matches!(error.kind(), ErrorKind::Older { found: 1 }) && error.to_string().contains("griot add"), "{error}");
    let db = rusqlite::Connection::open(&path).unwrap();
    let old: Vec<(i64, String)> = db
        .prepare("SELECT id, quote FROM claim ORDER BY n")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    db.close().unwrap();
    assert_eq!(old.len(), 18);

    let record = Record::create(&path, 1).unwrap();
    let looked = record.verify().unwrap();
    assert_eq!((looked.reports, looked.claims, looked.decisions, looked.findings), (4, 18, 2, vec![]));
    for (id, quote) in &old {
        let shown = record.show(&format!("{:016x}", *id as u64), &Rule::default()).unwrap();
        let Shown::Claim { read, .. } = shown else { panic!("{shown:?}") };
        assert_eq!(read.evidence.quote, *quote);
    }
    let ambush = ask(&record, Filter { types: vec![Type::Killed], place: Some("Djibo".into()), ..Filter::default() });
    assert_eq!((ambush[0].number.low, ambush[0].number.best, ambush[0].decided), (Some(11.0), Some(12.0), Some("accepted")));
    assert!(!ask(&record, Filter { text: Some("ambush near Djibo".into()), ..Filter::default() }).is_empty());
    drop(record);
    // What the older format took more is given back.
    let db = rusqlite::Connection::open(&path).unwrap();
    assert_eq!(db.query_row("PRAGMA freelist_count", [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    db.close().unwrap();
    // It is an ordinary record from now on.
    let record = Record::create(&path, 1).unwrap();
    assert_eq!(add(&record, &[report(1)]), [Outcome::Added]);
    assert!(record.verify().unwrap().findings.is_empty());
}

#[test]
fn newer_records_and_other_files_are_refused() {
    let desk = Desk::new();
    drop(desk.record());
    let path = desk.path("r.griot");
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    for opened in [Record::open(&path), Record::create(&path, 1)] {
        let error = opened.err().unwrap();
        assert!(matches!(error.kind(), ErrorKind::Newer { found: 99, .. }), "{error}");
        assert!(error.to_string().contains("newer version"));
    }
    let other = desk.path("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let text = desk.path("notes.txt");
    std::fs::write(&text, "a plain text that is longer than a header of a database by far, so that it is looked at. ".repeat(4)).unwrap();
    for path in [other, text] {
        assert!(matches!(Record::create(&path, 1).err().unwrap().kind(), ErrorKind::NotARecord), "{}", path.display());
    }
    assert!(matches!(Record::open(&desk.path("none.griot")).err().unwrap().kind(), ErrorKind::Missing));
}

#[test]
fn a_second_writer_waits_and_is_then_told() {
    let desk = Desk::new();
    let record = desk.record();
    add(&record, &[report(1)]);
    let blocker = rusqlite::Connection::open(desk.path("r.griot")).unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = record.add(&[report(2)], "model 1", "rules 1").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Busy { seconds: 1 }), "{error}");
    blocker.execute_batch("ROLLBACK").unwrap();
    assert_eq!(add(&record, &[report(2)]), [Outcome::Added]);
}

#[test]
fn two_writers_lose_nothing() {
    let desk = Desk::new();
    let path = desk.path("r.griot");
    drop(desk.record());
    let barrier = Arc::new(Barrier::new(2));
    let writers: Vec<_> = (0..2)
        .map(|writer| {
            let (path, barrier) = (path.clone(), barrier.clone());
            std::thread::spawn(move || {
                let record = Record::create(&path, 30).unwrap();
                barrier.wait();
                for n in 0..20 {
                    add(&record, &[report(writer * 100 + n)]);
                }
            })
        })
        .collect();
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    let record = Record::open(&path).unwrap();
    assert_eq!(record.reports(&Filter::default(), None).unwrap().len(), 40);
    assert!(record.verify().unwrap().findings.is_empty());
}

#[test]
fn a_claim_of_another_report_is_refused_and_nothing_is_kept() {
    let desk = Desk::new();
    let record = desk.record();
    let mut wrong = report(2);
    wrong.claims[0].evidence.quote = "something else".into();
    assert!(record.add(&[report(1), wrong], "model 1", "rules 1").is_err());
    assert!(record.reports(&Filter::default(), None).unwrap().is_empty());
}

#[test]
fn as_of_and_published_by_give_the_record_as_it_stood() {
    let desk = Desk::new();
    let record = desk.record();
    add(&record, &[report(1)]);
    std::thread::sleep(std::time::Duration::from_millis(20));
    let between = format!("{:.6}", jiff::Timestamp::now());
    std::thread::sleep(std::time::Duration::from_millis(20));
    add(&record, &[Report::new("Later", "2022-04-01").says("raid", |claim| killed(claim, 3.0, "2022-03-30")).done()]);
    record.decide(&griot_record::Verdict::Reject(vec![report(1).claims[0].id.clone()]), "Ada", "").unwrap();
    let path = desk.path("r.griot");
    let as_of = Scope { as_of: Some(between.parse().unwrap()), published_by: None };
    let then = all(&Record::open_at(&path, as_of).unwrap());
    assert_eq!(then.iter().map(|entry| (entry.number.best, entry.decided)).collect::<Vec<_>>(), [(Some(1.0), None)]);
    let by = Scope { as_of: None, published_by: "2022-03-15".parse().ok() };
    let known = all(&Record::open_at(&path, by).unwrap());
    assert_eq!(known.iter().map(|entry| (entry.number.best, entry.decided)).collect::<Vec<_>>(), [(Some(1.0), Some("rejected"))]);
    assert_eq!(all(&Record::open(&path).unwrap()).len(), 2);
    let early = Scope { as_of: Some("2001-01-01".parse().unwrap()), published_by: None };
    assert!(Record::open_at(&path, early).err().unwrap().to_string().contains("--published-by"));
}
