//! What is looked at rather than decided: a sentence checked, counts over time, the map, one actor, and the search over everything.

use crate::api::{App, Asked, one};
use crate::error::{Error, Result};
use axum::extract::{Query, State};
use axum::{Json, Router};
use griot_record::bounds::Rule;
use griot_record::check::{Checked, Text};
use griot_record::trend::{Counted, Unit};
use griot_record::{ActorRow, Filter, Question, Record};
use griot_types::{Date, Kind};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, OpenApi, ToSchema};

/// What a search lists of each kind.
const HITS: usize = 8;
/// Actors in a list where nothing else is asked for.
const PAGE: usize = 100;

/// What these rooms answer, for the description at `/api`.
#[derive(OpenApi)]
#[openapi(paths(check, trend, map, actor, list, search))]
pub struct Description;

/// Their addresses.
pub fn routes() -> Router<App> {
    use axum::routing::{get, post};
    Router::new()
        .route("/api/check", post(check))
        .route("/api/trend", get(trend))
        .route("/api/map", get(map))
        .route("/api/actor", get(actor))
        .route("/api/actors/list", get(list))
        .route("/api/search", get(search))
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

/// What is counted over time.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Trending {
    /// events or deaths
    count: Option<String>,
    /// week, month, quarter or year
    by: Option<String>,
    /// First day of the earlier window of a comparison
    a_from: Option<String>,
    /// Its last day
    a_to: Option<String>,
    /// First day of the later window
    b_from: Option<String>,
    /// Its last day
    b_to: Option<String>,
}

/// Counts over time, and two windows held against each other.
#[utoipa::path(get, path = "/api/trend", params(Trending, Asked), responses((status = 200, body = Object)))]
async fn trend(State(app): State<App>, Query(trending): Query<Trending>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let question = asked.question(&*app.engine)?;
    let counted = match trending.count.as_deref() {
        None | Some("" | "events") => Counted::Events,
        Some("deaths") => Counted::Deaths,
        Some(other) => return Err(Error::Asked(format!("'{other}': events or deaths can be counted"))),
    };
    let unit = one::<Unit>(&trending.by.filter(|by| !by.is_empty()))?.unwrap_or(Unit::Month);
    let day = |words: &Option<String>| one::<Date>(&words.clone().filter(|day| !day.is_empty()));
    let ends = [day(&trending.a_from)?, day(&trending.a_to)?, day(&trending.b_from)?, day(&trending.b_to)?];
    app.clerk
        .ask(move |desk| {
            let series = desk.record.trend(&question.filter, &question.rule, counted, unit)?;
            let (compared, refused) = match ends {
                [Some(a), Some(b), Some(c), Some(d)] => match series.compare((a, b), (c, d)) {
                    Ok(compared) => (Some(compared), None),
                    Err(why) => (None, Some(why)),
                },
                _ => (None, None),
            };
            Ok(Json(json!({ "series": series, "compared": compared, "refused": refused })))
        })
        .await
}

/// What is counted on the map.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Mapping {
    /// With the deaths at each place
    deaths: bool,
}

/// Places with what is reported of them.
#[utoipa::path(get, path = "/api/map", params(Mapping, Asked), responses((status = 200, body = Object)))]
async fn map(State(app): State<App>, Query(mapping): Query<Mapping>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let question = asked.question(&*app.engine)?;
    app.clerk.ask(move |desk| Ok(Json(json!(desk.record.spots(&question.filter, &question.rule, mapping.deaths)?)))).await
}

/// Whose page it is.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Whose {
    /// An actor by id, name or code
    name: String,
    /// How numbers are chosen
    rule: Option<String>,
}

/// All that the record says of one actor; private persons have no page.
#[utoipa::path(get, path = "/api/actor", params(Whose), responses((status = 200, body = Object)))]
async fn actor(State(app): State<App>, Query(asked): Query<Whose>) -> Result<Json<Value>> {
    let rule = one::<Rule>(&asked.rule)?.unwrap_or_default();
    let names = app.engine.actor_ids(&asked.name);
    let known = app.engine.actors(&asked.name);
    app.clerk
        .ask(move |desk| {
            let profile = desk.record.profile(&names, &rule)?;
            Ok(Json(json!({ "asked": asked.name, "profile": profile, "known": known.first() })))
        })
        .await
}

/// The record's actors, those met most first; private persons are in no list.
#[utoipa::path(get, path = "/api/actors/list", params(Asked), responses((status = 200, body = Object)))]
async fn list(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let filter = asked.filter(&*app.engine)?;
    let names = filter.text.as_deref().map(|words| app.engine.actor_ids(words)).unwrap_or_default();
    let limit = asked.limit.unwrap_or(PAGE);
    app.clerk.ask(move |desk| Ok(Json(json!(known(&desk.record, &names, &filter, limit)?)))).await
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
