//! A text that is held against the record, and the search over everything.

use crate::api::{App, one};
use crate::error::{Error, Result};
use axum::extract::{Query, State};
use axum::{Json, Router};
use griot_record::check::{Checked, Text};
use griot_record::{ActorRow, Filter, Question, Record};
use griot_types::{Date, Kind};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, OpenApi, ToSchema};

/// What a search lists of each kind.
const HITS: usize = 8;

/// What these rooms answer, for the description at `/api`.
#[derive(OpenApi)]
#[openapi(paths(check, search))]
pub struct Description;

/// Their addresses.
pub fn routes() -> Router<App> {
    use axum::routing::{get, post};
    Router::new().route("/api/check", post(check)).route("/api/search", get(search))
}

/// What is to be checked.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Checking {
    /// A sentence or a whole report
    text: String,
    /// The day of its publication, from which 'last year' counts
    #[serde(default)]
    date: Option<String>,
}

/// Holds a text's claims against the record and its tables, under each definition.
#[utoipa::path(post, path = "/api/check", request_body = Checking, responses((status = 200, body = Object)))]
async fn check(State(app): State<App>, Json(asked): Json<Checking>) -> Result<Json<Value>> {
    let date = one::<Date>(&asked.date.filter(|date| !date.trim().is_empty()))?;
    if asked.text.trim().is_empty() {
        return Err(Error::Asked("there is nothing to check: write or paste a sentence".into()));
    }
    let engine = app.engine.clone();
    app.clerk
        .ask(move |desk| {
            let mut checked: Vec<Checked> = Vec::new();
            let mut claims = 0;
            for read in engine.read(&asked.text, date).map_err(Error::Asked)? {
                let document = &read.document;
                claims += read.claims.len();
                checked.extend(desk.record.check(&Text {
                    text: &document.text,
                    date: document.date,
                    claims: &read.claims,
                    document: &document.id,
                })?);
            }
            let tables = desk.record.references()?.len();
            Ok(Json(json!({ "claims": claims, "checked": checked, "tables": tables })))
        })
        .await
}

/// Actors whom a name stands for, and those in whose names the words stand.
fn known(record: &Record, names: &[String], filter: &Filter, limit: usize) -> Result<Vec<ActorRow>> {
    let mut found = if names.is_empty() {
        Vec::new()
    } else {
        // 'MINUSMA' stands in no name of the list: the dictionary knows whose short name it is.
        record.actors(&Filter { actors: names.to_vec(), ..Filter::default() }, Some(limit))?
    };
    for one in record.actors(filter, Some(limit))? {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// What is searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Searching {
    /// Words
    q: String,
}

/// Actors, places, reports and entries in which the words stand.
#[utoipa::path(get, path = "/api/search", params(Searching), responses((status = 200, body = Object)))]
async fn search(State(app): State<App>, Query(asked): Query<Searching>) -> Result<Json<Value>> {
    let words = asked.q.trim().to_owned();
    if words.is_empty() {
        return Ok(Json(json!({ "actors": [], "places": [], "reports": [], "entries": [], "all": 0 })));
    }
    let names = app.engine.actor_ids(&words);
    app.clerk
        .ask(move |desk| {
            let filter = Filter { text: Some(words.clone()), ..Filter::default() };
            let actors = known(&desk.record, &names, &filter, HITS)?;
            let places = desk.record.places(&filter, Some(HITS))?;
            let reports = desk.record.reports(&filter, Some(HITS))?;
            let events = Filter { kind: Some(Kind::Event), ..filter };
            let question = Question { filter: events, limit: Some(HITS), ..Question::default() };
            let (all, entries) = desk.record.page(&question, 0, false)?;
            Ok(Json(json!({ "actors": actors, "places": places, "reports": reports, "entries": entries, "all": all })))
        })
        .await
}
