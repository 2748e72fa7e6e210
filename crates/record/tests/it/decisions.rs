//! What people decide, and how it is undone.

use super::*;
use griot_record::{Verdict, diff};
use serde_json::json;

/// Two reports on one ambush, one on another.
fn desk() -> (Desk, Record) {
    let desk = Desk::new();
    let record = desk.record();
    let report = |publisher: &str, words: &str, n, day: &str| {
        let day = day.to_owned();
        Report::new(publisher, "2022-03-08").says(words, move |claim| killed(claim, n, &day)).done()
    };
    add(
        &record,
        &[
            report("Wire", "eight killed", 8.0, "2022-03-01"),
            report("Courier", "nine killed", 9.0, "2022-03-01"),
            report("Review", "three killed", 3.0, "2022-03-07"),
        ],
    );
    (desk, record)
}

fn bests(record: &Record) -> Vec<(usize, Option<f64>)> {
    ask(record, Filter::default()).iter().map(|entry| (entry.members.len(), entry.number.best)).collect()
}

#[test]
fn merges_and_splits_last_and_are_undone_by_decisions() {
    let (_desk, record) = desk();
    let before = bests(&record);
    assert_eq!(before.len(), 2);
    let entries = all(&record);
    let merged = record.decide(&Verdict::Merge(entries.iter().map(|entry| entry.id.clone()).collect()), "Ada", "one battle").unwrap();
    assert_eq!(bests(&record).iter().map(|(n, _)| *n).collect::<Vec<_>>(), [3]);
    // A later report joins what was merged, and the merge stays.
    add(&record, &[Report::new("Herald", "2022-03-09").says("nine were killed", |claim| killed(claim, 9.0, "2022-03-01")).done()]);
    assert_eq!(bests(&record).iter().map(|(n, _)| *n).collect::<Vec<_>>(), [4]);
    record.decide(&Verdict::Undo(merged.n), "Ada", "two after all").unwrap();
    assert_eq!(bests(&record).iter().map(|(n, _)| *n).collect::<Vec<_>>(), [3, 1]);

    let first = all(&record).into_iter().find(|entry| entry.members.len() == 3).unwrap();
    let away = first.members[0].claim.clone();
    record.decide(&Verdict::Split(vec![away.clone()]), "Ada", "another patrol").unwrap();
    assert!(all(&record).iter().any(|entry| entry.members.len() == 1 && entry.members[0].claim == away));
    assert_eq!(bests(&record).len(), 3);
    assert!(record.verify().unwrap().findings.is_empty());
}

#[test]
fn rejected_claims_do_not_count_and_corrections_do() {
    let (_desk, record) = desk();
    let entry = all(&record).into_iter().find(|entry| entry.members.len() == 2).unwrap();
    let nine = entry.members.iter().find(|member| member.quantity.as_deref() == Some("9")).unwrap().claim.clone();
    let rejected = record.decide(&Verdict::Reject(vec![nine.clone()]), "Ada", "a typing error").unwrap();
    assert_eq!(bests(&record), [(1, Some(8.0)), (1, Some(3.0))]);
    record.decide(&Verdict::Undo(rejected.n), "Ben", "it is in print").unwrap();
    assert_eq!(bests(&record)[0].0, 2);
    // An undoing can be undone.
    record.decide(&Verdict::Undo(rejected.n + 1), "Ada", "print errs").unwrap();
    assert_eq!(bests(&record)[0], (1, Some(8.0)));
    record.decide(&Verdict::Undo(rejected.n + 2), "Ben", "").unwrap();

    let fields = vec![("quantity.best".to_owned(), json!(10)), ("quantity.high".to_owned(), json!(10))];
    let corrected = record.decide(&Verdict::Correct(nine.clone(), fields), "Ada", "the paper corrected itself").unwrap();
    assert_eq!(corrected.before["quantity.best"], json!(9));
    let entry = all(&record).into_iter().find(|entry| entry.members.len() == 2).unwrap();
    assert_eq!(entry.number.high, Some(10.0));
    let chosen = record.decide(&Verdict::Choose(entry.id.clone(), 8.5), "Ada", "mean").unwrap();
    let again = all(&record).into_iter().find(|entry| entry.members.len() == 2).unwrap();
    assert_eq!((again.number.best, again.number.rule.as_deref()), (Some(8.5), Some("person")));
    assert!(chosen.n > corrected.n);
    record.decide(&Verdict::Accept(vec![entry.id.clone()]), "Ben", "").unwrap();
    assert_eq!(ask(&record, Filter { accepted: true, ..Filter::default() }).len(), 1);
}

#[test]
fn nonsense_is_refused_with_words() {
    let (_desk, record) = desk();
    let entry = all(&record)[0].id.clone();
    let claim = all(&record)[0].members[0].claim.clone();
    let fail = |verdict: Verdict| record.decide(&verdict, "Ada", "").unwrap_err().to_string();
    assert!(fail(Verdict::Merge(vec![entry.clone()])).contains("two entries or more"));
    assert!(fail(Verdict::Accept(vec!["e0000000000000000".into()])).contains("holds nothing called"));
    assert!(fail(Verdict::Correct(claim.clone(), vec![("evidence.start".into(), json!(1))])).contains("cannot be corrected"));
    assert!(fail(Verdict::Correct(claim.clone(), vec![("colour".into(), json!("red"))])).contains("names no field"));
    assert!(fail(Verdict::Correct(claim.clone(), vec![("status".into(), json!("true"))])).contains("hold together"));
    assert!(fail(Verdict::Correct(claim, vec![("type".into(), json!("ASSAULT"))])).contains("is no type"));
    assert!(fail(Verdict::Undo(77)).contains("no decision 77"));
    assert!(record.decide(&Verdict::Accept(vec![entry]), " ", "").is_err());
    assert!(record.history().unwrap().is_empty());
}

#[test]
fn diff_says_what_changed_and_why() {
    let (desk, record) = desk();
    std::fs::copy(desk.path("r.griot"), desk.path("unused")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let moment = format!("{:.6}", jiff::Timestamp::now()).parse().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    add(&record, &[Report::new("Herald", "2022-03-09").says("ten were killed", |claim| killed(claim, 10.0, "2022-03-01")).done()]);
    let three = all(&record).into_iter().find(|entry| entry.number.best == Some(3.0)).unwrap();
    record.decide(&Verdict::Reject(vec![three.id]), "Ada", "a rumour").unwrap();
    let before = Record::open_at(&desk.path("r.griot"), griot_record::Scope { as_of: Some(moment), published_by: None }).unwrap();
    let changes = diff(&before, &record, &Default::default()).unwrap();
    assert_eq!(changes.len(), 2, "{changes:#?}");
    assert!(
        changes
            .iter()
            .any(|change| change.why == ["a new report: Herald 2022-03-09"] && change.fields.iter().any(|(field, ..)| *field == "high"))
    );
    assert!(changes.iter().any(|change| change.why == ["decision 1 (reject by Ada): a rumour"]));
    assert!(diff(&record, &record, &Default::default()).unwrap().is_empty());
}
