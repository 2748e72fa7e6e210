//! Places, time and actors: what the map, the timeline, the networks and the trends are drawn from.

use crate::api::{App, Asked, one};
use crate::coarse::{self, Levels};
use crate::error::{Error, Result};
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use griot_exchange::countries::{self, Scheme};
use griot_record::bounds::Rule;
use griot_record::trend::{Counted, Series, TableFilter, Unit, notes};
use griot_record::{Filter, Question, Record, Reference};
use griot_types::Date;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::{IntoParams, OpenApi};

/// Entries of a place on a page, bars of presence, actors in a list, neighbours in a network, where nothing else is asked for.
const PAGE: usize = 50;
const BARS: usize = 60;
const CAST: usize = 100;
const NEIGHBOURS: usize = 20;
/// A timeline has no more pieces than this where the piece is chosen here.
const PIECES: usize = 200;
/// No series is longer than so many days: four hundred years.
const LONGEST: usize = 146_097;

/// The part of the description at `/api`.
#[derive(OpenApi)]
#[openapi(paths(map, spot, trend, tables, carry, presence, cast, network))]
pub(crate) struct Description;

/// What answers here.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/map", get(map))
        .route("/api/map/{spot}", get(spot))
        .route("/api/trend", get(trend))
        .route("/api/tables", get(tables).post(carry))
        .route("/api/presence", get(presence))
        .route("/api/cast", get(cast))
        .route("/api/network/{actor}", get(network))
}

/// What is counted, and over which time.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Counting {
    /// events (the default) or deaths
    count: Option<String>,
    /// week, month, quarter or year; left out, the shortest that gives 200 pieces at most
    by: Option<String>,
    /// The earlier window, `2021-01-01..2021-12-31`
    before: Option<String>,
    /// The later window
    after: Option<String>,
    /// In place of windows: so many pieces before and after the one with this day
    around: Option<String>,
    /// How many pieces (12)
    span: Option<i64>,
    /// In place of the record a table of others, by its number
    table: Option<String>,
    /// Of such a table the rows of one type, in its own words
    table_type: Option<String>,
}

impl Counting {
    fn counted(&self) -> Result<Counted> {
        match self.count.as_deref().unwrap_or("events") {
            "events" | "" => Ok(Counted::Events),
            "deaths" => Ok(Counted::Deaths),
            other => Err(Error::Asked(format!("'{other}' is not counted; count=events or count=deaths"))),
        }
    }

    /// The piece asked for, else the shortest that does not make too many of the time.
    fn unit(&self, record: &Record, filter: &Filter) -> Result<Unit> {
        let span = match self.table()? {
            Some(n) => record.reference_span(n)?,
            None => record.span()?,
        };
        let ends = (filter.from.or(span.map(|span| span.0)), filter.to.or(span.map(|span| span.1)));
        let days = match ends {
            (Some(from), Some(to)) => usize::try_from((to - from).get_days()).unwrap_or(0),
            _ => 0,
        };
        if days > LONGEST {
            return Err(Error::Asked("this is longer than anything that is reported; ask for a shorter time".into()));
        }
        if let Some(unit) = one::<Unit>(&self.by.clone().filter(|by| !by.is_empty()))? {
            return Ok(unit);
        }
        let unit = [(7, Unit::Week), (30, Unit::Month), (91, Unit::Quarter)].into_iter().find(|(length, _)| days / length <= PIECES);
        Ok(unit.map_or(Unit::Year, |(_, unit)| unit))
    }

    fn table(&self) -> Result<Option<i64>> {
        one::<i64>(&self.table.clone().filter(|n| !n.is_empty()))
    }

    /// The counts of the record, or of the table that is asked for.
    fn series(&self, record: &Record, question: &Question, counted: Counted, unit: Unit) -> Result<Series> {
        let filter = &question.filter;
        let Some(n) = self.table()? else { return Ok(record.trend(filter, &question.rule, counted, unit)?) };
        let tables = record.references()?;
        let table = tables.iter().find(|table| table.n == n).ok_or_else(|| Error::Asked(format!("this record has no table {n}")))?;
        let rows = TableFilter {
            countries: filter.countries.clone(),
            types: self.table_type.clone().filter(|type_| !type_.is_empty()).into_iter().collect(),
            from: filter.from,
            to: filter.to,
            ..TableFilter::default()
        };
        Ok(record.reference_trend(table, &rows, counted, unit)?)
    }

    fn windows(&self, series: &Series) -> Result<Option<[Days; 2]>> {
        match (&self.before, &self.after, one::<Date>(&self.around)?) {
            (None, None, None) => Ok(None),
            (Some(before), Some(after), None) => Ok(Some([window(before)?, window(after)?])),
            (None, None, Some(day)) => {
                let (a, b) = series.around(day, self.span.unwrap_or(12).clamp(1, 10_000));
                Ok(Some([a, b]))
            }
            _ => Err(Error::Asked("a comparison needs two windows, before=FROM..TO and after=FROM..TO, or around=DATE".into())),
        }
    }
}

/// First and last day.
type Days = (Date, Date);

fn window(words: &str) -> Result<Days> {
    let wrong = || Error::Asked(format!("'{words}' is no window; write it as in 2021-01-01..2021-12-31"));
    let (from, to) = words.split_once("..").ok_or_else(wrong)?;
    let window = (from.parse::<Date>().map_err(|_| wrong())?, to.parse::<Date>().map_err(|_| wrong())?);
    if window.0 <= window.1 { Ok(window) } else { Err(Error::Asked(format!("'{words}' ends before it begins"))) }
}

/// What is reported where in a span of time: places with their exactness and sums, what lies nowhere, and how many reports speak of each country.
/// Countries carry their ISO numeric code, by which maps name them.
#[utoipa::path(get, path = "/api/map", params(Asked, Counting, Levels), responses((status = 200, body = Object)))]
async fn map(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    Query(counting): Query<Counting>,
    Query(levels): Query<Levels>,
) -> Result<Json<Value>> {
    let (question, counted, safety) = (asked.question(&*app.engine)?, counting.counted()?, levels.asked()?);
    let engine = app.engine.clone();
    let (atlas, crowd) = app
        .clerk
        .ask(move |desk| match &safety {
            None => Ok((desk.record.atlas(&question.filter, &question.rule, counted)?, None)),
            Some(safety) => {
                let (atlas, crowd) = coarse::map(desk, &*engine, &question, counted, safety)?;
                Ok((atlas, Some(crowd)))
            }
        })
        .await?;
    let mut reports: BTreeMap<String, i64> = atlas.about.into_iter().collect();
    atlas.spots.iter().filter_map(|spot| spot.country.as_deref()).for_each(|code| *reports.entry(code.to_owned()).or_default() += 0);
    let country = |(code, reports): (String, i64)| {
        let known = countries::find(Scheme::Alpha3, &code);
        let name = known.map_or_else(|| code.clone(), |known| known.name.clone());
        json!({ "code": code, "m49": known.map(|known| &known.m49), "name": name, "reports": reports })
    };
    let countries: Vec<Value> = reports.into_iter().map(country).collect();
    Ok(Json(json!({ "counted": counted, "all": atlas.all, "nowhere": atlas.nowhere, "countries": countries, "spots": atlas.spots,
        "coarse": crowd.map(|crowd| json!({ "together": crowd.together, "small": crowd.small })) })))
}

/// A page of the entries that are counted at a place of the map, by its key; `nowhere` is what lies at none.
#[utoipa::path(get, path = "/api/map/{spot}", params(("spot" = String, Path, description = "a place's key, or nowhere"), Asked, Counting, Levels),
    responses((status = 200, body = Object)))]
async fn spot(
    State(app): State<App>,
    Path(spot): Path<String>,
    Query(asked): Query<Asked>,
    Query(counting): Query<Counting>,
    Query(levels): Query<Levels>,
) -> Result<Json<Value>> {
    let question = Question { limit: Some(asked.limit.unwrap_or(PAGE)), ..asked.question(&*app.engine)? };
    let counted = counting.counted()?;
    let safety = levels.asked()?;
    let (all, entries) = app
        .clerk
        .ask(move |desk| match &safety {
            None => Ok(desk.record.at_spot(&question, counted, &spot, asked.offset)?),
            Some(safety) => coarse::at(desk, &question, counted, safety, &spot, asked.offset),
        })
        .await?;
    Ok(Json(json!({ "all": all, "entries": entries })))
}

/// Counts over time, what is to be known of each piece, and two windows held against each other, as `griot trend` does. With a country, `about` says
/// how many reports of each piece speak of it.
#[utoipa::path(get, path = "/api/trend", params(Asked, Counting), responses((status = 200, body = Object)))]
async fn trend(State(app): State<App>, Query(asked): Query<Asked>, Query(counting): Query<Counting>) -> Result<Json<Value>> {
    let question = asked.question(&*app.engine)?;
    let counted = counting.counted()?;
    app.clerk
        .ask(move |desk| {
            let (filter, record) = (&question.filter, &desk.record);
            let unit = counting.unit(record, filter)?;
            let series = counting.series(record, &question, counted, unit)?;
            let windows = counting.windows(&series)?;
            let compared = windows.map(|[a, b]| series.compare(a, b).map_err(Error::Asked)).transpose()?;
            let about = if filter.countries.is_empty() || counting.table()?.is_some() {
                None
            } else {
                Some(record.about_over_time(&filter.countries, &series)?)
            };
            Ok(Json(json!({
                "notes": series.periods.iter().map(notes).collect::<Vec<_>>(),
                "words": compared.as_ref().map(|compared| compared.words(unit)),
                "series": series, "compared": compared, "about": about,
            })))
        })
        .await
}

/// The tables of others in the record, each with the types of its rows.
#[utoipa::path(get, path = "/api/tables", responses((status = 200, body = Object)))]
async fn tables(State(app): State<App>) -> Result<Json<Value>> {
    app.clerk.ask(|desk| listed(&desk.record)).await
}

fn listed(record: &Record) -> Result<Json<Value>> {
    let one = |table: &Reference| -> Result<Value> {
        let types = record.reference_types(table.n)?;
        Ok(
            json!({ "n": table.n, "source": table.source, "version": table.version, "rows": table.rows, "licence": table.licence, "types": types }),
        )
    };
    Ok(Json(Value::Array(record.references()?.iter().map(one).collect::<Result<_>>()?)))
}

/// Puts the table that the program carries, UCDP's deaths by country and year, into the record, and lists its tables.
#[utoipa::path(post, path = "/api/tables", responses((status = 200, body = Object)))]
async fn carry(State(app): State<App>) -> Result<Json<Value>> {
    let engine = app.engine.clone();
    app.clerk
        .ask(move |desk| {
            engine.carried(&desk.record).map_err(Error::Asked)?;
            listed(&desk.record)
        })
        .await
}

/// Who is reported to be, to act or to rule where, and when it held; those that most reports tell of.
#[utoipa::path(get, path = "/api/presence", params(Asked), responses((status = 200, body = Object)))]
async fn presence(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let question = Question { limit: Some(asked.limit.unwrap_or(BARS)), ..asked.question(&*app.engine)? };
    let (all, entries) = app.clerk.ask(move |desk| Ok(desk.record.presence(&question)?)).await?;
    Ok(Json(json!({ "all": all, "entries": entries })))
}

/// The record's actors, the most often met first; `text` is a part of the name. Private persons are in no list.
#[utoipa::path(get, path = "/api/cast", params(Asked), responses((status = 200, body = Object)))]
async fn cast(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let (filter, limit) = (asked.filter(&*app.engine)?, asked.limit.unwrap_or(CAST));
    app.clerk.ask(move |desk| Ok(Json(json!(desk.record.actors(&filter, Some(limit))?)))).await
}

/// One actor: its names, those with whom most is reported (`limit` of them) with what is between them, its strength and its losses; and as `background`
/// what the dictionaries know of it, which no report need say.
#[utoipa::path(get, path = "/api/network/{actor}", params(("actor" = String, Path, description = "id, name or code"), Asked),
    responses((status = 200, body = Object)))]
async fn network(State(app): State<App>, Path(actor): Path<String>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let (names, filter) = (app.engine.actor_ids(&actor), asked.filter(&*app.engine)?);
    let rule: Rule = asked.question(&*app.engine)?.rule;
    let limit = asked.limit.unwrap_or(NEIGHBOURS);
    let background = app.engine.background(&actor);
    app.clerk
        .ask(move |desk| match desk.record.network(&names, &filter, &rule, limit)? {
            Some(network) => {
                let mut answer = json!(network);
                answer["background"] = json!(background);
                Ok(Json(answer))
            }
            None => Err(Error::Asked(format!("this record lists no actor '{actor}'"))),
        })
        .await
}
