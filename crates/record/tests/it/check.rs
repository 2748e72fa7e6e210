//! Checks and trends over a small record and tables of others.

use crate::Desk;
use griot_record::check::{Text, Verdict};
use griot_record::trend::{Counted, TableFilter, Unit};
use griot_record::{Error, Filter, Record, Reference, ReferenceRow};
use griot_types::{Claim, Date, sha256};
use serde_json::{Value, json};

const SAID: &str = "More than 3 UN peacekeepers have been killed. It is the deadliest mission of the UN.";

fn day(y: i16, m: i8, d: i8) -> Option<Date> {
    Some(Date::constant(y, m, d))
}

fn import(record: &Record, source: &str, rows: Vec<ReferenceRow>) -> Reference {
    let table = Reference { source: source.into(), version: "1".into(), hash: sha256(source.as_bytes()), ..Reference::default() };
    let kept = record.import::<Error>(&table, |keep| {
        for (n, row) in rows.into_iter().enumerate() {
            keep(&ReferenceRow { n: n as i64 + 1, id: n.to_string(), ..row })?;
        }
        Ok(0)
    });
    kept.unwrap()
}

fn death(mission: &str, cause: &str, date: Option<Date>) -> ReferenceRow {
    ReferenceRow {
        first: date,
        last: date,
        type_: Some(cause.into()),
        side_a: Some("Military".into()),
        side_b: Some(mission.into()),
        best: Some(1.0),
        ..ReferenceRow::default()
    }
}

fn toll(text: &str) -> Claim {
    let peacekeepers = json!({ "text": "MINUSMA", "name": "MINUSMA", "code": "MLIPKO", "country": null, "sectors": ["PKO"], "id": "minusma", "ucdp": null, "person": null });
    let value: Value = json!({
        "id": "", "document": sha256(text.as_bytes()), "codebook": "c", "kind": "figure", "type": "killed", "mode": null, "context": [], "cameo": null,
        "source": [], "target": [peacekeepers], "mutual": false,
        "quantity": { "text": "more than 3", "low": 3, "best": 3, "high": null, "relation": "more_than", "unit": "people" },
        "change": null, "cause": null, "of_event": null, "inside": null, "place": null, "places": [], "time": null, "status": "actual", "said_by": [],
        "evidence": { "sentence": 0, "start": 0, "end": 44, "quote": &text[..44], "parts": {}, "also": [] }, "confidence": null
    });
    let mut claim: Claim = serde_json::from_value(value).unwrap();
    claim.identify(0);
    claim
}

#[test]
fn deadliest_is_a_matter_of_what_is_counted() {
    let desk = Desk::new();
    let record = desk.record();
    let mut deaths: Vec<ReferenceRow> = (0..4).map(|n| death("MINUSMA", "Malicious Act", day(2014, 1, 1 + n))).collect();
    deaths.extend((0..6).map(|n| death("UNIFIL", "Accident", day(1980, 1, 1 + n))));
    deaths.push(death("MINUSMA", "Illness", day(2024, 1, 1)));
    import(&record, "un-fatalities", deaths);
    let mission = |name: &str, first, last| ReferenceRow { first, last, side_a: Some(name.into()), ..ReferenceRow::default() };
    import(&record, "un-missions", vec![mission("MINUSMA", day(2013, 7, 1), day(2023, 12, 31)), mission("UNIFIL", day(1978, 3, 19), None)]);
    let claims = [toll(SAID)];
    let text = Text { text: SAID, date: day(2023, 6, 16), claims: &claims, document: "sha256:x" };
    let checked = record.check(&text).unwrap();
    assert_eq!(checked.len(), 2);
    // Four of five by then, all of them by malicious acts.
    let found = |definition: &str| {
        checked
            .iter()
            .flat_map(|one| &one.answers)
            .find(|answer| answer.definition.contains(definition))
            .map(|answer| (answer.verdict, answer.found.clone()))
    };
    assert_eq!(found("MINUSMA: all causes"), Some((Verdict::Supported, "4 dead".into())));
    assert_eq!(found("MINUSMA: malicious acts"), Some((Verdict::Supported, "4 dead".into())));
    assert_eq!(checked[0].verdict, Verdict::Supported);
    assert_eq!(checked[1].quote, "deadliest mission of the UN");
    assert_eq!(checked[1].verdict, Verdict::Depends);
    assert_eq!(found("all deaths"), Some((Verdict::Contradicted, "MINUSMA is number 2 of 2 (4); first is UNIFIL (6)".into())));
    assert_eq!(found("deaths by malicious acts"), Some((Verdict::Supported, "MINUSMA is number 1 of 2 (4)".into())));
    assert_eq!(found("all deaths until 2023-06-16 for each year"), Some((Verdict::Supported, "MINUSMA is number 1 of 2 (0.4)".into())));
}

#[test]
fn without_tables_and_entries_nothing_is_judged() {
    let desk = Desk::new();
    let record = desk.record();
    let claims = [toll(SAID)];
    let checked = record.check(&Text { text: SAID, date: None, claims: &claims, document: "sha256:x" }).unwrap();
    // The toll, and 'deadliest', which a table of the UN's would tell.
    assert_eq!(checked.iter().map(|one| one.verdict).collect::<Vec<_>>(), [Verdict::NotEnough; 2]);
    assert!(checked[1].claim == "rank" && checked[1].answers[0].found.contains("griot import"));
}

#[test]
fn tables_are_counted_by_piece_and_windows_do_not_overlap() {
    let desk = Desk::new();
    let record = desk.record();
    let row = |y: i16, m: i8, country: &str, best: f64| ReferenceRow {
        first: day(y, m, 3),
        last: day(y, m, 3),
        country: Some(country.into()),
        side_a: Some("Government of Mali".into()),
        side_b: Some("JNIM".into()),
        best: Some(best),
        low: Some(best - 1.0),
        ..ReferenceRow::default()
    };
    let rows = vec![row(2020, 1, "MLI", 5.0), row(2020, 1, "NER", 50.0), row(2020, 4, "MLI", 2.0), row(2021, 2, "MLI", 9.0)];
    let table = import(&record, "ged", rows);
    let mali = TableFilter { countries: vec!["MLI".into()], actor: Some("government".into()), ..TableFilter::default() };
    let series = record.reference_trend(&table, &mali, Counted::Deaths, Unit::Quarter).unwrap();
    let told: Vec<(&str, f64, f64)> = series.periods.iter().map(|p| (p.name.as_str(), p.count, p.low)).collect();
    assert_eq!(told, [("2020-Q1", 5.0, 4.0), ("2020-Q2", 2.0, 1.0), ("2020-Q3", 0.0, 0.0), ("2020-Q4", 0.0, 0.0), ("2021-Q1", 9.0, 8.0)]);
    let window = |a, b| (Date::constant(a, 1, 1), Date::constant(b, 12, 31));
    assert!(series.compare(window(2020, 2020), window(2020, 2021)).unwrap_err().contains("overlap"));
    assert!(series.compare(window(2020, 2020), window(2030, 2031)).unwrap_err().contains("no whole quarter"));
    let compared = series.compare(window(2020, 2020), (Date::constant(2021, 1, 1), Date::constant(2021, 3, 31))).unwrap();
    assert_eq!((compared.before.pieces, compared.after.pieces, compared.ratio), (4, 1, Some(9.0 / (7.0 / 4.0))));
    let (before, after) = series.around(Date::constant(2020, 8, 9), 2);
    assert_eq!((before.0, before.1), (Date::constant(2020, 1, 1), Date::constant(2020, 6, 30)));
    assert_eq!((after.0, after.1), (Date::constant(2020, 10, 1), Date::constant(2021, 3, 31)));
    let nobody = TableFilter { actor: Some("g%t".into()), ..TableFilter::default() };
    assert_eq!(record.reference_trend(&table, &nobody, Counted::Events, Unit::Year).unwrap().periods, []);
    let dyad = |one: &str, other: &str| {
        let filter = TableFilter { dyad: Some([one.into(), other.into()]), ..TableFilter::default() };
        record.reference_trend(&table, &filter, Counted::Events, Unit::Year).unwrap().periods.iter().map(|p| p.count).sum::<f64>()
    };
    assert_eq!((dyad("mali", "JNIM"), dyad("jnim", "MALI"), dyad("mali", "mali")), (4.0, 4.0, 0.0));
    let events = record.reference_trend(&table, &TableFilter::default(), Counted::Events, Unit::Year).unwrap();
    assert_eq!(events.periods.iter().map(|p| p.count).collect::<Vec<_>>(), [3.0, 1.0]);
    assert_eq!(record.trend(&Filter::default(), &Default::default(), Counted::Events, Unit::Month).unwrap().periods, []);
}
