//! Requests into questions and decisions, answers into JSON and CSV.

use crate::clerk::{Clerk, Desk};
use crate::error::{Error, Result};
use crate::{ActorChoice, Engine, Missed, NewName, PlaceChoice, assets, atlas, give, guard, study};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use griot_exchange::rows;
use griot_record::bounds::Rule;
use griot_record::{Decision, Filter, Question, Shown, Verdict};
use griot_types::{Claim, Date, Kind, Status, Type};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::{IntoParams, OpenApi, ToSchema};

/// Entries on a page where nothing else is asked for.
const PAGE: usize = 100;
/// Reports in the queue.
const QUEUE: usize = 200;
/// Requests are small; a claim of one's own is the largest.
const LARGEST: usize = 1 << 20;

/// The description at `/api`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Griot",
        description = "One record of reported events, relations and figures, and what a person decides of them. Entries and claims are \
                                         as in docs/RECORD.md and the claim's JSON schema; offsets are code points of the report's text."
    ),
    paths(
        start,
        queue,
        reports,
        report,
        entries,
        facets,
        entry,
        doubles,
        decisions,
        decide,
        undo,
        redo,
        write,
        places,
        actors,
        name,
        demonstrate
    )
)]
struct Description;

/// What every request is answered with.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) clerk: Clerk,
    pub(crate) engine: Arc<dyn Engine>,
}

fn description() -> utoipa::openapi::OpenApi {
    let mut all = Description::openapi();
    all.merge(atlas::Description::openapi());
    all.merge(study::Description::openapi());
    all.merge(give::Description::openapi());
    all
}

/// All that answers, behind the guard for `port`.
pub fn app(clerk: Clerk, engine: Arc<dyn Engine>, port: u16) -> Router {
    Router::new()
        .route("/api", get(|| async { Json(description()) }))
        .merge(study::routes())
        .merge(give::routes())
        .route("/api/start", get(start))
        .route("/api/queue", get(queue))
        .route("/api/reports", get(reports))
        .route("/reports.json", get(reports))
        .route("/reports.csv", get(reports_csv))
        .route("/api/reports.csv", get(reports_csv))
        .route("/api/reports/{id}", get(report))
        .route("/api/reports/{id}/claims", post(write))
        .route("/api/entries", get(entries))
        .route("/entries.json", get(entries))
        .route("/entries.csv", get(entries_csv))
        .route("/api/entries.csv", get(entries_csv))
        .route("/api/facets", get(facets))
        .route("/api/entries/{id}", get(entry))
        .route("/api/entries/{id}/doubles", get(doubles))
        .route("/api/decisions", get(decisions).post(decide))
        .route("/api/undo", post(undo))
        .route("/api/redo", post(redo))
        .route("/api/places", get(places))
        .route("/api/actors", get(actors))
        .route("/api/names", post(name))
        .route("/api/demonstration", post(demonstrate))
        .merge(atlas::routes())
        .fallback(get(assets::file))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn_with_state(port, guard::guard))
        .with_state(App { clerk, engine })
}

/// What is in the record, what waits, what is new, and who sits here.
#[utoipa::path(get, path = "/api/start", responses((status = 200, body = Object)))]
async fn start(State(app): State<App>) -> Result<Json<Value>> {
    let (model, codebook) = app.engine.versions();
    app.clerk
        .ask(move |desk| {
            let standing = desk.record.standing()?;
            let name = desk.record.path().file_name().map(|name| name.to_string_lossy().into_owned());
            let (undo, redo) = desk.steps();
            Ok(Json(json!({
                "record": name, "who": desk.who, "model": model, "codebook": codebook, "standing": standing, "undo": undo, "redo": redo,
                "workbench": assets::there(),
            })))
        })
        .await
}

/// Reports with open claims, those first where a look is worth most.
#[utoipa::path(get, path = "/api/queue", responses((status = 200, body = Object)))]
async fn queue(State(app): State<App>) -> Result<Json<Value>> {
    app.clerk.ask(|desk| Ok(Json(json!(desk.record.queue(QUEUE)?)))).await
}

/// Which entries or reports.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// event, relation or figure
    kind: Option<String>,
    /// A type of claim
    #[serde(rename = "type")]
    #[param(rename = "type")]
    type_: Option<String>,
    /// actual, intended, called_for, negated or possible
    status: Option<String>,
    /// An actor by id, name or code
    actor: Option<String>,
    /// A country by code or name
    country: Option<String>,
    /// A place by name
    place: Option<String>,
    /// Not over before this day
    from: Option<String>,
    /// Begun by this day
    to: Option<String>,
    /// Words in a quote
    text: Option<String>,
    /// In a report of this publisher
    publisher: Option<String>,
    /// Right with this chance at least
    confidence: Option<f64>,
    /// Only where sources differ
    conflicts: bool,
    /// Also what is rejected
    rejected: bool,
    /// How the best number is chosen
    rule: Option<String>,
    /// How many
    pub(crate) limit: Option<usize>,
    /// After how many
    pub(crate) offset: usize,
}

impl Asked {
    /// Which entries are asked for.
    pub(crate) fn filter(&self, engine: &dyn Engine) -> Result<Filter> {
        let full = |words: &Option<String>| words.as_deref().map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
        Ok(Filter {
            kind: one::<Kind>(&full(&self.kind))?,
            types: one::<Type>(&full(&self.type_))?.into_iter().collect(),
            statuses: one::<Status>(&full(&self.status))?.into_iter().collect(),
            actors: full(&self.actor).map(|name| engine.actor_ids(&name)).unwrap_or_default(),
            countries: full(&self.country).map(|name| engine.country(&name)).into_iter().collect(),
            place: full(&self.place),
            from: one::<Date>(&full(&self.from))?,
            to: one::<Date>(&full(&self.to))?,
            text: full(&self.text),
            publisher: full(&self.publisher),
            confidence: self.confidence,
            rejected: self.rejected,
            ..Filter::default()
        })
    }

    /// The question that is asked, with its filter and the rule for numbers.
    pub(crate) fn question(&self, engine: &dyn Engine) -> Result<Question> {
        let rule = one::<Rule>(&self.rule)?.unwrap_or_default();
        Ok(Question { filter: self.filter(engine)?, rule, limit: None })
    }
}

/// A value from its words, where there are any.
pub(crate) fn one<T: std::str::FromStr<Err: std::fmt::Display>>(words: &Option<String>) -> Result<Option<T>> {
    words.as_deref().map(|words| words.parse::<T>().map_err(|error| Error::Asked(format!("'{words}': {error}")))).transpose()
}

/// Reports, by day.
#[utoipa::path(get, path = "/api/reports", params(Asked), responses((status = 200, body = Object)))]
async fn reports(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let filter = asked.filter(&*app.engine)?;
    app.clerk.ask(move |desk| Ok(Json(json!(desk.record.reports(&filter, asked.limit)?)))).await
}

async fn reports_csv(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let filter = asked.filter(&*app.engine)?;
    let text = app.clerk.ask(move |desk| Ok(rows::reports(&desk.record.reports(&filter, asked.limit)?))).await?;
    Ok(table("reports.csv", text))
}

fn table(name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}

/// A report's text, its claims with what was decided of each, and its sentences without a claim.
#[utoipa::path(get, path = "/api/reports/{id}", params(("id" = String, Path, description = "sha256:… or its beginning")),
    responses((status = 200, body = Object)))]
async fn report(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>> {
    let (report, text, held) = app.clerk.ask(move |desk| Ok(desk.record.desk(&id)?)).await?;
    // A rejected claim tells of its sentence no longer.
    let claims: Vec<Claim> = held.iter().filter(|held| held.decided != Some(false)).map(|held| held.claim.clone()).collect();
    let missed: Vec<Missed> = if report.language.is_some() { Vec::new() } else { app.engine.missed(&report, &claims, &text) };
    Ok(Json(json!({ "report": report, "text": text, "claims": held, "missed": missed })))
}

/// A page of entries.
#[utoipa::path(get, path = "/api/entries", params(Asked), responses((status = 200, body = Object)))]
async fn entries(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let question = Question { limit: Some(asked.limit.unwrap_or(PAGE)), ..asked.question(&*app.engine)? };
    let (all, found) = app.clerk.ask(move |desk| Ok(desk.record.page(&question, asked.offset, asked.conflicts)?)).await?;
    Ok(Json(json!({ "all": all, "entries": found })))
}

async fn entries_csv(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let question = Question { limit: asked.limit, ..asked.question(&*app.engine)? };
    let text = app.clerk.ask(move |desk| Ok(rows::entries(&desk.record.page(&question, asked.offset, asked.conflicts)?.1))).await?;
    Ok(table("entries.csv", text))
}

/// How many entries there are of each type and in each country.
#[utoipa::path(get, path = "/api/facets", responses((status = 200, body = Object)))]
async fn facets(State(app): State<App>) -> Result<Json<Value>> {
    app.clerk.ask(|desk| Ok(Json(json!(desk.record.facets()?)))).await
}

/// An entry with its claims and the decisions about them.
#[utoipa::path(get, path = "/api/entries/{id}", params(("id" = String, Path), Asked), responses((status = 200, body = Object)))]
async fn entry(State(app): State<App>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let rule = one::<Rule>(&asked.rule)?.unwrap_or_default();
    app.clerk
        .ask(move |desk| match desk.record.show(&id, &rule)? {
            Shown::Entry { entry, decisions } => Ok(Json(json!({ "entry": entry, "decisions": decisions }))),
            _ => Err(Error::Asked(format!("'{id}' is no entry"))),
        })
        .await
}

/// Entries that may be the same as this one, in full, with what agrees.
#[utoipa::path(get, path = "/api/entries/{id}/doubles", params(("id" = String, Path)), responses((status = 200, body = Object)))]
async fn doubles(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>> {
    app.clerk
        .ask(move |desk| {
            let mut found = Vec::new();
            for double in desk.record.doubles(&id, 12)? {
                if let Shown::Entry { entry, .. } = desk.record.show(&double.id, &Rule::default())? {
                    found.push(json!({ "points": double.points, "agree": double.agree, "entry": entry }));
                }
            }
            Ok(Json(json!(found)))
        })
        .await
}

/// All decisions, the last first.
#[utoipa::path(get, path = "/api/decisions", responses((status = 200, body = Object)))]
async fn decisions(State(app): State<App>) -> Result<Json<Value>> {
    app.clerk
        .ask(|desk| {
            let mut all = desk.record.history()?;
            all.reverse();
            Ok(Json(json!(all)))
        })
        .await
}

/// What is decided.
#[derive(Debug, Deserialize, ToSchema)]
struct Deciding {
    /// accept, reject, correct, merge, split, choose, comment or sensitivity
    what: String,
    /// Entries, claims or a report
    #[serde(default)]
    ids: Vec<String>,
    /// Of a correction: paths such as `quantity.best` and their values
    #[serde(default)]
    fields: serde_json::Map<String, Value>,
    /// The best value chosen, or the level of sensitivity
    value: Option<f64>,
    /// Why
    #[serde(default)]
    why: String,
}

impl Deciding {
    fn verdict(self) -> Result<(Verdict, String)> {
        let first = || self.ids.first().cloned().ok_or_else(|| Error::Asked("a decision is about something: 'ids' is empty".into()));
        let value = || self.value.ok_or_else(|| Error::Asked(format!("'{}' needs a value", self.what)));
        let verdict = match self.what.as_str() {
            "accept" => Verdict::Accept(self.ids.clone()),
            "reject" => Verdict::Reject(self.ids.clone()),
            "correct" => Verdict::Correct(first()?, self.fields.clone().into_iter().collect()),
            "merge" => Verdict::Merge(self.ids.clone()),
            "split" => Verdict::Split(self.ids.clone()),
            "choose" => Verdict::Choose(first()?, value()?),
            "comment" => Verdict::Comment(first()?),
            "sensitivity" => Verdict::Sensitivity(first()?, value()? as u8),
            other => return Err(Error::Asked(format!("'{other}' is no decision"))),
        };
        first()?;
        Ok((verdict, self.why))
    }
}

/// What was written, and what can be undone and done again now.
#[derive(Serialize)]
struct Written {
    decision: Option<Decision>,
    claim: Option<Claim>,
    undo: usize,
    redo: usize,
}

fn written(desk: &Desk, decision: Option<Decision>, claim: Option<Claim>) -> Json<Value> {
    let (undo, redo) = desk.steps();
    Json(json!(Written { decision, claim, undo, redo }))
}

/// Decides. When this answers, it is on the disk.
#[utoipa::path(post, path = "/api/decisions", request_body = Deciding, responses((status = 200, body = Object)))]
async fn decide(State(app): State<App>, Json(deciding): Json<Deciding>) -> Result<Json<Value>> {
    let (verdict, why) = deciding.verdict()?;
    app.clerk
        .ask(move |desk| {
            let decision = desk.decide(&verdict, &why)?;
            Ok(written(desk, Some(decision), None))
        })
        .await
}

/// Takes the last step of this sitting back.
#[utoipa::path(post, path = "/api/undo", responses((status = 200, body = Object)))]
async fn undo(State(app): State<App>) -> Result<Json<Value>> {
    app.clerk
        .ask(|desk| {
            let decision = desk.undo()?;
            Ok(written(desk, decision, None))
        })
        .await
}

/// Does again what was taken back last.
#[utoipa::path(post, path = "/api/redo", responses((status = 200, body = Object)))]
async fn redo(State(app): State<App>) -> Result<Json<Value>> {
    app.clerk
        .ask(|desk| {
            let decision = desk.redo()?;
            Ok(written(desk, decision, None))
        })
        .await
}

/// Keeps a claim that a person wrote; its offsets are code points, its id and quote are set here.
#[utoipa::path(post, path = "/api/reports/{id}/claims", params(("id" = String, Path)), request_body = Object, responses((status = 200, body = Object)))]
async fn write(State(app): State<App>, Path(id): Path<String>, Json(claim): Json<Value>) -> Result<Json<Value>> {
    let claim: Claim = serde_json::from_value(claim).map_err(|error| Error::Asked(format!("this is no claim: {error}")))?;
    app.clerk
        .ask(move |desk| {
            let kept = desk.write(&id, claim)?;
            Ok(written(desk, None, Some(kept)))
        })
        .await
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Named {
    /// The name
    name: String,
}

/// Places of a name, the likeliest first.
#[utoipa::path(get, path = "/api/places", params(Named), responses((status = 200, body = [PlaceChoice])))]
async fn places(State(app): State<App>, Query(asked): Query<Named>) -> Json<Vec<PlaceChoice>> {
    Json(app.engine.places(&asked.name))
}

/// Actors of a name.
#[utoipa::path(get, path = "/api/actors", params(Named), responses((status = 200, body = [ActorChoice])))]
async fn actors(State(app): State<App>, Query(asked): Query<Named>) -> Json<Vec<ActorChoice>> {
    Json(app.engine.actors(&asked.name))
}

/// Adds a name to the user's own codebook; reports read from then on know it.
#[utoipa::path(post, path = "/api/names", request_body = NewName, responses((status = 200, body = Object)))]
async fn name(State(app): State<App>, Json(name): Json<NewName>) -> Result<Json<Value>> {
    let place = app.engine.add_name(&name).map_err(Error::Asked)?;
    Ok(Json(json!({ "written": place })))
}

/// Puts the demonstration's reports into a record that has none.
#[utoipa::path(post, path = "/api/demonstration", responses((status = 200, body = Object)))]
async fn demonstrate(State(app): State<App>) -> Result<Json<Value>> {
    let engine = app.engine.clone();
    app.clerk
        .ask(move |desk| {
            if desk.record.standing()?.reports > 0 {
                return Err(Error::Asked("this record has reports; the demonstration begins in an empty one".into()));
            }
            let readings = engine.demonstration().map_err(Error::Asked)?;
            let (model, codebook) = engine.versions();
            desk.record.add(&readings, &model, &codebook)?;
            Ok(Json(json!({ "reports": readings.len() })))
        })
        .await
}
