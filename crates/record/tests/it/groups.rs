//! Answers in groups, and what is between two.

use super::*;
use griot_record::groups::{By, Group};

fn jnim() -> Actor {
    actor("jnim", "MLIREBJNM", "MLI", &["REB"])
}

fn attack(claim: Claim, by: Actor, on: Actor, date: &str) -> Claim {
    Claim { source: vec![by], target: vec![on], time: day(date), ..claim }
}

/// Two attacks each way between a group and an army, one on nobody that is told, two tolls, a part of one, and a tally.
fn fill(record: &Record) {
    let part = |claim: Claim| Claim { target: vec![actor("bfa-pol", "BFAPOL", "BFA", &["POL"])], ..killed(claim, 3.0, "2022-02-10") };
    let mut report = Report::new("Wire", "2022-02-11")
        .says("attacked the army", |claim| attack(claim, jnim(), army(), "2022-01-05"))
        .says("attacked the group", |claim| attack(claim, army(), jnim(), "2022-02-09"))
        .says("attacked somebody", |claim| Claim { source: vec![jnim()], time: day("2022-02-01"), ..claim })
        .says("killed ten", |claim| killed(claim, 10.0, "2022-02-10"))
        .says("three of them police", part)
        .says("killed four", |claim| killed(claim, 4.0, "2022-01-05"))
        .done();
    let whole = report.claims[3].id.clone();
    report.claims[4].inside = Some(whole);
    add(record, &[report]);
}

fn groups(record: &Record, filter: Filter, kind: Kind, by: By) -> Vec<Group> {
    record.groups(&Question { filter, ..Question::default() }, kind, by).unwrap()
}

fn lines(found: &[Group]) -> Vec<(Option<&str>, usize, Option<f64>, usize)> {
    found.iter().map(|group| (group.group.as_deref(), group.entries, group.best, group.left_out)).collect()
}

#[test]
fn a_pair_is_one_group_whoever_did_it() {
    let desk = Desk::new();
    let record = desk.record();
    fill(&record);
    let found = groups(&record, Filter::default(), Kind::Event, By::Dyad);
    assert_eq!(lines(&found), [(Some("BFA-MIL – JNIM"), 2, None, 0), (None, 1, None, 0)]);
    assert_eq!(found[0].ids, ["bfa-mil", "jnim"]);
    assert_eq!((found[0].first, found[0].last), ("2022-01-05".parse().ok(), "2022-02-09".parse().ok()));
    let between = |one: &str, other: &str| Filter {
        dyad: Some([vec![one.to_owned()], vec![other.to_owned()]]),
        kind: Some(Kind::Event),
        ..Filter::default()
    };
    assert_eq!(ask(&record, between("jnim", "bfa-mil")).len(), 2);
    assert_eq!(ask(&record, between("bfa-mil", "jnim")).len(), 2);
    assert_eq!(ask(&record, between("jnim", "bfa-pol")).len(), 0);
}

#[test]
fn only_incidents_are_added_up() {
    let desk = Desk::new();
    let record = desk.record();
    fill(&record);
    let months = groups(&record, Filter::default(), Kind::Figure, By::Month);
    assert_eq!(lines(&months), [(Some("2022-01"), 1, Some(4.0), 0), (Some("2022-02"), 2, Some(10.0), 1)]);
    let places = groups(&record, Filter::default(), Kind::Figure, By::Place);
    assert_eq!(lines(&places), [(Some("Djibo, BFA"), 3, Some(14.0), 1)]);
    assert_eq!(places[0].ids, ["1"]);
    let actors = groups(&record, Filter::default(), Kind::Figure, By::Actor);
    assert_eq!(lines(&actors), [(Some("BFA-MIL"), 2, Some(14.0), 0), (Some("BFA-POL"), 1, None, 1)]);
}
