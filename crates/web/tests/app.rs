//! The server's answers, without a socket.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use griot_record::{About, Reading, Record, ReportRow};
use griot_types::{Claim, Document, sha256};
use griot_web::{ActorChoice, Clerk, Engine, Missed, NewName, PlaceChoice, app};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt;

/// A reading side that knows one report.
struct Told;

fn reading() -> Reading {
    let text = "Gunmen killed five people in Éla.";
    let start = text.find("killed").unwrap() as u32;
    let mut claim: Claim = serde_json::from_value(json!({
        "id": "", "document": sha256(text.as_bytes()), "codebook": "c", "kind": "figure", "type": "killed", "mode": null, "context": [],
        "cameo": null, "source": [], "target": [], "mutual": false,
        "quantity": {"text": "five", "low": 5, "best": 5, "high": 5, "relation": "exact", "unit": "people"},
        "change": null, "cause": null, "of_event": null, "inside": null, "place": null, "places": [], "time": null, "status": "actual",
        "said_by": [], "confidence": 0.8,
        "evidence": {"sentence": 0, "start": start, "end": text.len() - 1, "quote": &text[start as usize..text.len() - 1], "parts": {}, "also": []}
    }))
    .unwrap();
    claim.identify(0);
    let document = Document { id: sha256(text.as_bytes()), name: "=r.txt".into(), text: text.into(), ..Document::default() };
    Reading { document, about: About::default(), claims: vec![claim], language: None }
}

impl Engine for Told {
    fn missed(&self, _: &ReportRow, claims: &[Claim], _: &str) -> Vec<Missed> {
        let missed = Missed { sentence: 0, start: 0, end: 6, weight: 4, signs: "force (Gunmen)".into() };
        if claims.is_empty() { vec![missed] } else { Vec::new() }
    }
    fn places(&self, _: &str) -> Vec<PlaceChoice> {
        Vec::new()
    }
    fn actors(&self, _: &str) -> Vec<ActorChoice> {
        Vec::new()
    }
    fn actor_ids(&self, name: &str) -> Vec<String> {
        vec![name.to_owned()]
    }
    fn country(&self, name: &str) -> String {
        name.to_uppercase()
    }
    fn demonstration(&self) -> Result<Vec<Reading>, String> {
        Ok(vec![reading()])
    }
    fn read(&self, text: &str, _: Option<griot_types::Date>) -> Result<Vec<Reading>, String> {
        if text.contains("Gunmen") { Ok(vec![reading()]) } else { Err("it is no report".into()) }
    }
    fn acled(&self, _: &Claim) -> Option<(String, String)> {
        None
    }
    fn ucdp(&self, _: &Claim) -> Option<u8> {
        None
    }
    fn versions(&self) -> (String, String) {
        ("m".into(), "c".into())
    }
    fn add_name(&self, _: &NewName) -> Result<String, String> {
        Err("no codebook".into())
    }
}

fn server(folder: &Path) -> axum::Router {
    let path = folder.join("r.griot");
    app(Clerk::start(move || Record::create(&path, 1), "Awa".into()).unwrap(), Arc::new(Told), 80)
}

async fn ask(server: &axum::Router, path: &str, body: Option<Value>) -> (StatusCode, String) {
    let request = Request::builder().uri(path).header("host", "127.0.0.1:80").header("x-griot", "1");
    let request = match body {
        Some(body) => request.method("POST").header("content-type", "application/json").body(Body::from(body.to_string())),
        None => request.body(Body::empty()),
    };
    let response = server.clone().oneshot(request.unwrap()).await.unwrap();
    assert!(response.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    let status = response.status();
    (status, String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap())
}

async fn read(server: &axum::Router, path: &str) -> Value {
    let (status, text) = ask(server, path, None).await;
    assert_eq!(status, StatusCode::OK, "{path}: {text}");
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn a_sitting_decides_writes_and_takes_back() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path());
    assert_eq!(read(&server, "/api/start").await["standing"]["reports"], 0);
    let (status, _) = ask(&server, "/api/demonstration", Some(json!({}))).await;
    assert_eq!(status, StatusCode::OK);
    let (status, words) = ask(&server, "/api/demonstration", Some(json!({}))).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{words}");

    let queue = read(&server, "/api/queue").await;
    let id = queue[0]["id"].as_str().unwrap().to_owned();
    let report = read(&server, &format!("/api/reports/{id}")).await;
    let claim = report["claims"][0]["claim"]["id"].as_str().unwrap().to_owned();
    assert_eq!(report["missed"], json!([]));

    let decide = |what: &str, more: Value| {
        let mut body = json!({ "what": what, "ids": [claim], "why": "w" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let (status, text) = ask(&server, "/api/decisions", Some(decide("reject", json!({})))).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    assert_eq!(read(&server, &format!("/api/reports/{id}")).await["missed"][0]["signs"], "force (Gunmen)");
    let (_, undone) = ask(&server, "/api/undo", Some(json!({}))).await;
    let undone: Value = serde_json::from_str(&undone).unwrap();
    assert_eq!((&undone["undo"], &undone["redo"]), (&json!(0), &json!(1)));
    let (_, nothing) = ask(&server, "/api/undo", Some(json!({}))).await;
    assert!(nothing.contains("\"decision\":null"));
    ask(&server, "/api/decisions", Some(decide("correct", json!({ "fields": { "quantity.best": 6, "quantity.high": 6 } })))).await;
    let held = read(&server, &format!("/api/reports/{id}")).await["claims"][0].clone();
    assert_eq!((&held["claim"]["quantity"]["best"], &held["read"]["quantity"]["best"]), (&json!(6), &json!(5)));
    assert_eq!(read(&server, "/api/entries?type=killed").await["entries"][0]["best"], 6.0);

    let mut own = held["read"].clone();
    own["evidence"] = json!({ "sentence": 0, "start": 0, "end": 6, "quote": "", "parts": {}, "also": [] });
    let (status, kept) = ask(&server, &format!("/api/reports/{id}/claims"), Some(own)).await;
    assert_eq!(status, StatusCode::OK, "{kept}");
    assert!(kept.contains("\"quote\":\"Gunmen\""));
    ask(&server, "/api/undo", Some(json!({}))).await;
    assert_eq!(read(&server, &format!("/api/reports/{id}")).await["claims"][0]["decided"], false);
}

#[tokio::test]
async fn a_new_sitting_goes_on_where_the_last_one_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(folder.path());
    ask(&first, "/api/demonstration", Some(json!({}))).await;
    let id = read(&first, "/api/queue").await[0]["id"].as_str().unwrap().to_owned();
    let claim = read(&first, &format!("/api/reports/{id}")).await["claims"][0]["claim"]["id"].clone();
    let decide = |what: &str| Some(json!({ "what": what, "ids": [claim] }));
    for what in ["accept", "reject"] {
        ask(&first, "/api/decisions", decide(what)).await;
    }
    ask(&first, "/api/undo", Some(json!({}))).await;
    drop(first);
    let second = server(folder.path());
    let steps = |start: &Value| (start["undo"].as_u64(), start["redo"].as_u64());
    assert_eq!(steps(&read(&second, "/api/start").await), (Some(1), Some(1)));
    let decided = async || read(&second, &format!("/api/reports/{id}")).await["claims"][0]["decided"].clone();
    assert_eq!(decided().await, true);
    ask(&second, "/api/redo", Some(json!({}))).await;
    assert_eq!(decided().await, false);
    for _ in 0..2 {
        ask(&second, "/api/undo", Some(json!({}))).await;
    }
    assert_eq!(decided().await, Value::Null);
    assert_eq!(steps(&read(&second, "/api/start").await), (Some(0), Some(2)));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_words() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path());
    for (path, body, status) in [
        ("/api/reports/abc", None, StatusCode::NOT_FOUND),
        ("/api/entries/e0000000000000000", None, StatusCode::NOT_FOUND),
        ("/api/entries?type=nonsense", None, StatusCode::BAD_REQUEST),
        ("/api/entries?from=2023-13-01", None, StatusCode::BAD_REQUEST),
        ("/api/decisions", Some(json!({ "what": "guess", "ids": ["0123456789abcdef"] })), StatusCode::BAD_REQUEST),
        ("/api/decisions", Some(json!({ "what": "accept" })), StatusCode::BAD_REQUEST),
        ("/api/decisions", Some(json!({ "what": "accept", "ids": ["0123456789abcdef"] })), StatusCode::NOT_FOUND),
        ("/api/names", Some(json!({ "name": "X", "kind": "group", "code": "X", "countries": [], "aliases": [] })), StatusCode::BAD_REQUEST),
    ] {
        let (found, text) = ask(&server, path, body).await;
        assert_eq!(found, status, "{path}: {text}");
        let told: Value = serde_json::from_str(&text).unwrap();
        assert!(!told["error"].as_str().unwrap().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn tables_are_safe_and_every_address_is_described() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path());
    ask(&server, "/api/demonstration", Some(json!({}))).await;
    let (status, csv) = ask(&server, "/reports.csv", None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(csv.contains("\"'=r.txt\""), "{csv}");
    let (_, csv) = ask(&server, "/entries.csv?kind=figure", None).await;
    assert_eq!(csv.lines().count(), 2);
    let paths = read(&server, "/api").await["paths"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for path in ["/api/start", "/api/queue", "/api/reports/{id}", "/api/entries/{id}/doubles", "/api/decisions", "/api/undo", "/api/redo"] {
        assert!(paths.iter().any(|known| known == path), "{path} of {paths:?}");
    }
}

#[tokio::test]
async fn what_is_looked_at_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path());
    ask(&server, "/api/demonstration", Some(json!({}))).await;

    // A text is held against the record and kept nowhere.
    let (status, text) = ask(&server, "/api/check", Some(json!({"text": "Gunmen killed five people in Éla.", "date": "2024-01-01"}))).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let checked: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((checked["claims"].clone(), checked["tables"].clone()), (json!(1), json!(0)));
    assert_eq!(read(&server, "/api/start").await["standing"]["reports"], 1);
    for (body, words) in
        [(json!({"text": " "}), "nothing to check"), (json!({"text": "x"}), "no report"), (json!({"text": "x", "date": "soon"}), "soon")]
    {
        let (status, text) = ask(&server, "/api/check", Some(body)).await;
        assert!(status == StatusCode::BAD_REQUEST && text.contains(words), "{text}");
    }

    // The preview tells of the file's very bytes.
    let preview = read(&server, "/api/export?profile=griot&form=jsonl").await;
    let (status, file) = ask(&server, "/api/export/file?profile=griot&form=jsonl", None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(preview["hash"], sha256(file.as_bytes()));
    assert_eq!((preview["rows"].clone(), preview["bytes"].clone()), (json!(1), json!(file.len())));
    assert!(preview["citation"].as_str().unwrap().contains("of 1 reports"));
    for path in ["/api/export?profile=zotero", "/api/export?profile=hxl&form=parquet", "/api/export?place_level=street"] {
        assert_eq!(ask(&server, path, None).await.0, StatusCode::BAD_REQUEST, "{path}");
    }
    // A spreadsheet runs nothing that a report is called.
    assert!(!ask(&server, "/api/export/file?profile=griot", None).await.1.contains(",=r.txt"));

    assert_eq!(read(&server, "/api/search?q=people").await["reports"].as_array().unwrap().len(), 1);
    for path in ["/api/check", "/api/search", "/api/export", "/api/export/file"] {
        assert!(read(&server, "/api").await["paths"][path].is_object(), "{path} is not described");
    }
}

#[tokio::test]
async fn the_map_and_the_trend_answer_and_say_what_they_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(folder.path());
    let empty = read(&server, "/api/map").await;
    assert_eq!((&empty["all"]["entries"], &empty["spots"]), (&json!(0), &json!([])));
    assert_eq!(read(&server, "/api/trend").await["series"]["periods"], json!([]));
    ask(&server, "/api/demonstration", Some(json!({}))).await;
    let deaths = read(&server, "/api/map?count=deaths").await;
    assert_eq!((&deaths["all"]["best"], &deaths["nowhere"]["entries"]), (&json!(5.0), &json!(1)));
    assert_eq!(read(&server, "/api/map/nowhere?count=deaths").await["entries"][0]["best"], 5.0);
    assert_eq!(read(&server, "/api/map/nowhere").await["all"], 0);
    assert_eq!(read(&server, "/api/presence").await, json!({ "all": 0, "entries": [] }));
    for (path, words) in [
        ("/api/map?count=tanks", "'tanks' is not counted"),
        ("/api/trend?before=2020-01-01..2020-12-31", "two windows"),
        ("/api/trend?before=2021&after=2022", "is no window"),
        ("/api/trend?before=2021-05-01..2021-01-01&after=2022-01-01..2022-05-01", "ends before it begins"),
        ("/api/trend?by=fortnight", "fortnight"),
        ("/api/trend?by=week&from=0001-01-01&to=9999-01-01", "ask for a shorter time"),
        ("/api/network/nobody", "no actor 'nobody'"),
    ] {
        let (status, text) = ask(&server, path, None).await;
        assert!(status == StatusCode::BAD_REQUEST && text.contains(words), "{path}: {status} {text}");
    }
    let described = read(&server, "/api").await;
    for path in ["/api/map", "/api/map/{spot}", "/api/trend", "/api/presence", "/api/cast", "/api/network/{actor}", "/api/entries"] {
        assert!(described["paths"][path]["get"]["responses"]["200"].is_object(), "{path}");
    }
}
