//! Claims of our own making, as they look.

use super::*;
use griot_types::{Actor, Document};
use griot_types::{Status, Type};
use std::sync::LazyLock;

static WORLD: LazyLock<World> = LazyLock::new(World::shipped);

fn claim() -> Claim {
    serde_json::from_str(include_str!("../../tests/claim.json")).unwrap()
}

fn actor(text: &str, name: &str, code: &str, id: Option<&str>) -> Actor {
    let sectors = code.as_bytes()[3..].chunks(3).map(|sector| String::from_utf8_lossy(sector).into()).collect();
    Actor {
        text: text.into(),
        name: name.into(),
        code: code.into(),
        country: Some(code[..3].into()),
        sectors,
        id: id.map(Into::into),
        ..Actor::default()
    }
}

fn event(type_: Type, mode: Option<&str>, status: Status) -> Claim {
    let mut claim = claim();
    (claim.kind, claim.type_, claim.mode, claim.status) = (Kind::Event, type_, mode.map(Into::into), status);
    (claim.quantity, claim.cause, claim.place, claim.places, claim.said_by) = (None, None, None, Vec::new(), Vec::new());
    claim.source = vec![actor("Niger's rulers", "Government of Niger", "NERGOV", Some("ner-gov"))];
    claim.target = vec![actor("France", "France", "FRA", Some("fra"))];
    claim
}

fn shown(claims: Vec<Claim>, width: usize) -> String {
    let document = Document { name: "a.txt".into(), title: Some("News".into()), date: "2023-08-26".parse().ok(), ..Document::default() };
    Table::new(false, width).report(&Coded { document, claims, explained: Vec::new() }, &WORLD)
}

fn lines(claims: Vec<Claim>) -> Vec<String> {
    let text = shown(claims, 116);
    text.lines().skip(2).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('“')).map(str::to_owned).collect()
}

#[test]
fn a_report_reads_like_this() {
    let mut act = event(Type::Request, Some("yield"), Status::Actual);
    (act.evidence.quote, act.evidence.parts) = ("Niger's military rulers told France on Friday".into(), Default::default());
    let text = shown(vec![claim(), act], 72);
    let wanted = "\
News
Saturday, 2023-08-26 · a.txt · 2 claims

What happened
  2023-08-22  Government of Niger told France to give way
              “Niger's military rulers told France on…” [REQUEST/yield]

The toll
  at least 17 killed  Niger (military) – near Koutougou, Niger;
                        2023-08-22; according to the defence ministry
                        (Niger)
                      “At least 17 Nigerien soldiers were killed on…”

";
    assert_eq!(text, wanted);
}

#[test]
fn status_is_in_words() {
    let with = |status| lines(vec![event(Type::Retreat, Some("withdraw"), status)])[1].clone();
    assert_eq!(with(Status::Intended), "planned  Government of Niger will withdraw in favour of France – 2023-08-22");
    assert_eq!(with(Status::CalledFor), "asked for  Government of Niger should withdraw in favour of France – 2023-08-22");
    assert_eq!(with(Status::Negated), "not so  Government of Niger did not withdraw in favour of France – 2023-08-22");
    assert_eq!(with(Status::Possible), "uncertain  Government of Niger may have withdrawn in favour of France – 2023-08-22");
    let mut denied = event(Type::Assault, None, Status::Negated);
    denied.said_by = vec![actor("Niamey", "Government of Niger", "NERGOV", Some("ner-gov"))];
    let line = lines(vec![denied])[1].clone();
    assert_eq!(line, "denied  Government of Niger did not attack France – 2023-08-22; according to Government of Niger");
}

#[test]
fn sides_may_be_missing_or_many() {
    let mut act = event(Type::Assault, None, Status::Actual);
    act.source.clear();
    assert!(lines(vec![act.clone()])[1].ends_with("attack on France"));
    act.target.clear();
    assert!(lines(vec![act.clone()])[1].ends_with("2023-08-22  attack"));
    act.source =
        vec![actor("Mali", "Mali", "MLI", None), actor("Togo", "Togo", "TGO", None), actor("its army", "Chad", "TCDMIL", Some("tcd-mil"))];
    assert!(lines(vec![act.clone()])[1].ends_with("Mali, Togo and Chad (military) attacked"));
    act.mutual = true;
    assert!(lines(vec![act])[1].ends_with("Mali, Togo and Chad (military) fought"));
}

#[test]
fn changes_shares_and_places_are_told() {
    let mut rise = claim();
    (rise.type_, rise.change, rise.target, rise.said_by) = (Type::Attacks, Some(griot_types::Change::Rise), Vec::new(), Vec::new());
    rise.quantity = Some(griot_types::Quantity::of("119%", 119.0, griot_types::Bound::Exact, "percent"));
    assert_eq!(lines(vec![rise])[1], "attacks up 119%  near Koutougou, Niger; 2023-08-22");
    let mut hold = claim();
    (hold.kind, hold.type_, hold.cause, hold.said_by, hold.time) = (Kind::Relation, Type::Controls, None, Vec::new(), None);
    hold.source = std::mem::take(&mut hold.target);
    hold.quantity = Some(griot_types::Quantity::of("80%", 80.0, griot_types::Bound::About, "percent"));
    assert_eq!(lines(vec![hold])[1], "Niger (military) – in control of about 80% of near Koutougou, Niger");
}

#[test]
fn events_stand_by_date_and_the_undated_last() {
    let dated = |day: Option<&str>| {
        let mut act = event(Type::Assault, None, Status::Actual);
        act.time = day.map(|day| griot_types::Time { start: day.parse().ok(), end: day.parse().ok(), ..Default::default() });
        act
    };
    let text = shown(vec![dated(None), dated(Some("2023-08-23")), dated(Some("2022-01-01"))], 80);
    let days: Vec<&str> = text.lines().filter(|line| line.contains("attacked")).map(|line| line[..12].trim()).collect();
    assert_eq!(days, ["2022-01-01", "2023-08-23", ""]);
}
