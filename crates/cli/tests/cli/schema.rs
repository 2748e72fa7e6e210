//! The published schema: every claim that comes out keeps to it, and claims that are broken do not.

use crate::{Desk, root};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::fs;

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("docs/claim.schema.json")).unwrap()).unwrap()
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).unwrap()
}

fn figure() -> Value {
    serde_json::from_str(include_str!("../claim.json")).unwrap()
}

fn event() -> Value {
    let mut claim = figure();
    for (key, value) in [
        ("kind", json!("event")),
        ("type", json!("ASSAULT")),
        ("mode", json!("firearms")),
        ("context", json!(["terrorism"])),
        ("cameo", json!("193")),
        ("quantity", Value::Null),
        ("cause", Value::Null),
    ] {
        claim[key] = value;
    }
    claim
}

fn relation() -> Value {
    let mut claim = figure();
    (claim["kind"], claim["type"]) = (json!("relation"), json!("supports"));
    (claim["quantity"], claim["cause"]) = (Value::Null, Value::Null);
    claim
}

#[test]
fn every_claim_that_comes_out_keeps_to_it() {
    let desk = Desk::new();
    let reports = root().join("tests/reports");
    let cases = desk.file("cases.jsonl", cases());
    let validator = validator();
    let run = desk.griot(&["read", reports.to_str().unwrap(), cases.to_str().unwrap(), "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let claims: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(claims.len() > 300, "{}", claims.len());
    let wrong: Vec<String> = claims
        .iter()
        .flat_map(|claim| {
            validator.iter_errors(claim).map(move |error| format!("{}: {error}: {}", error.instance_path(), claim["evidence"]["quote"]))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn keys_stand_in_the_schemas_order() {
    let desk = Desk::new();
    desk.file("a.txt", crate::REPORT);
    let run = desk.griot(&["read", "a.txt", "--format", "jsonl"]);
    let schema = schema();
    let wanted: Vec<&Value> = schema["required"].as_array().unwrap().iter().collect();
    for line in run.out.lines() {
        // The keys at the top stand in the line as they are written.
        let places: Vec<usize> = wanted.iter().map(|key| line.find(&format!("{key}:")).unwrap()).collect();
        assert!(places.iter().take(11).is_sorted(), "{line}");
        assert_eq!(serde_json::from_str::<Value>(line).unwrap().as_object().unwrap().len(), wanted.len());
    }
}

#[test]
fn whole_claims_pass() {
    let validator = validator();
    for claim in [figure(), event(), relation()] {
        let wrong: Vec<String> = validator.iter_errors(&claim).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn missing_keys_and_new_keys_are_refused() {
    let validator = validator();
    for key in figure().as_object().unwrap().keys() {
        let mut claim = figure();
        claim.as_object_mut().unwrap().shift_remove(key);
        assert!(!validator.is_valid(&claim), "{key}");
    }
    for at in ["", "/target/0", "/quantity", "/place", "/time", "/evidence", "/evidence/parts"] {
        let mut claim = figure();
        claim.pointer_mut(at).unwrap()["extra"] = json!(1);
        assert!(!validator.is_valid(&claim), "{at}");
    }
}

#[test]
fn broken_claims_are_refused() {
    let validator = validator();
    for (claim, at, value) in [
        (figure(), "/id", json!("X")),
        (figure(), "/document", json!("a.txt")),
        (figure(), "/kind", json!("fact")),
        (figure(), "/type", json!("ASSAULT")),
        (figure(), "/mode", json!("firearms")),
        (figure(), "/context", json!(["terrorism"])),
        (figure(), "/cameo", json!("193")),
        (figure(), "/mutual", json!(true)),
        (figure(), "/quantity", Value::Null),
        (figure(), "/quantity/high", json!(17)),
        (figure(), "/quantity/low", Value::Null),
        (figure(), "/quantity/relation", json!("over")),
        (figure(), "/quantity/unit", json!("dollars")),
        (figure(), "/target/0/code", json!("mali")),
        (figure(), "/target/0/country", json!("ML")),
        (figure(), "/place/latitude", json!(91)),
        (figure(), "/place/precision", json!(8)),
        (figure(), "/place/longitude", Value::Null),
        (figure(), "/place", Value::Null),
        (figure(), "/places", json!([])),
        (figure(), "/time/start", json!("2023-13-01")),
        (figure(), "/status", json!("denied")),
        (figure(), "/said_by", Value::Null),
        (figure(), "/evidence/start", json!(-1)),
        (figure(), "/evidence/quote", json!("")),
        (figure(), "/evidence/parts/action", json!([220])),
        (figure(), "/evidence/parts", json!({})),
        (figure(), "/confidence", json!(1.5)),
        (event(), "/type", json!("killed")),
        (event(), "/mode", json!("withdraw")),
        (event(), "/context", json!(["humanitarian"])),
        (event(), "/cameo", json!("21")),
        (event(), "/quantity", figure()["quantity"].clone()),
        (event(), "/cause", json!("violence")),
        (event(), "/of_event", json!("0123456789abcdef")),
        (relation(), "/type", json!("present_in")),
        (relation(), "/type", json!("allied_with")),
        (relation(), "/quantity", figure()["quantity"].clone()),
        (relation(), "/cameo", json!("193")),
    ] {
        let mut broken = claim;
        *broken.pointer_mut(at).unwrap() = value.clone();
        assert!(!validator.is_valid(&broken), "{at} {value}");
    }
}

/// The texts of the Markdown cases as JSONL.
fn cases() -> String {
    let mut out = String::new();
    let mut files: Vec<_> = fs::read_dir(root().join("tests/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        for case in fs::read_to_string(file).unwrap().split("\n## ").skip(1) {
            let text: Vec<&str> = case.lines().filter_map(|line| line.strip_prefix('>')).map(str::trim).collect();
            let date = case.lines().find_map(|line| line.strip_prefix("Published ")).and_then(|rest| rest.get(..10));
            if text.iter().any(|line| !line.is_empty()) {
                out.push_str(&json!({"text": text.join("\n"), "date": date}).to_string());
                out.push('\n');
            }
        }
    }
    out
}
