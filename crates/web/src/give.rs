//! Exports: what a file would hold before it is made, and the file. The bytes are those that `griot export` writes with the same choices.

use crate::Engine;
use crate::api::{App, Asked};
use crate::clerk::Desk;
use crate::error::{Error, Result};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use griot_exchange::export::safe::{DateLevel, PlaceLevel, Safety};
use griot_exchange::export::{Classify, Exported, Form, Profile, Wanted, export};
use griot_record::Question;
use griot_types::{Claim, sha256};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, OpenApi};

/// Rows of a preview.
const SHOWN: usize = 12;

/// What this room answers, for the description at `/api`.
#[derive(OpenApi)]
#[openapi(paths(preview, file))]
pub struct Description;

/// Its addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/api/export", get(preview)).route("/api/export/file", get(file))
}

/// The choices of an export.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Giving {
    /// griot, hxl, ged, acled, plover, gdelt, geojson or annotations
    profile: String,
    /// csv, jsonl or parquet, where the profile has a choice
    form: String,
    /// exact, grid, admin1 or country
    place_level: String,
    /// exact, week or month
    date_level: String,
    /// Private persons' names stay
    persons: bool,
}

/// A profile, how it is written, whether with HXL tags, and the ending of its file.
type Chosen = (Profile, Form, bool, &'static str);

impl Giving {
    fn chosen(&self) -> Result<Chosen> {
        let hxl = self.profile == "hxl";
        let profile = match self.profile.as_str() {
            "" | "griot" | "hxl" => Profile::Griot,
            "ged" => Profile::Ged,
            "acled" => Profile::Acled,
            "plover" => Profile::Plover,
            "gdelt" => Profile::Gdelt,
            "geojson" => Profile::Geojson,
            "annotations" => Profile::Annotations,
            other => return Err(Error::Asked(format!("'{other}' is no profile"))),
        };
        let (form, ending) = match (profile, self.form.as_str()) {
            (Profile::Geojson, _) => (Form::Jsonl, "geojson"),
            (Profile::Annotations, _) => (Form::Jsonl, "jsonl"),
            (Profile::Gdelt, "" | "csv") => (Form::Tabs, "csv"),
            (_, "" | "csv") => (Form::Csv, "csv"),
            (_, "jsonl") if !hxl => (Form::Jsonl, "jsonl"),
            (_, "parquet") if !hxl => (Form::Parquet, "parquet"),
            (_, other) => return Err(Error::Asked(format!("this profile is not written as '{other}'"))),
        };
        Ok((profile, form, hxl, ending))
    }

    fn safety(&self) -> Result<Safety> {
        safety(&self.place_level, &self.date_level, self.persons)
    }
}

/// What is taken out and coarsened, from the words of an address.
pub(crate) fn safety(place: &str, date: &str, persons: bool) -> Result<Safety> {
    let place = match place {
        "" | "exact" => PlaceLevel::Exact,
        "grid" => PlaceLevel::Grid,
        "admin1" => PlaceLevel::Admin1,
        "country" => PlaceLevel::Country,
        other => return Err(Error::Asked(format!("'{other}' is no level of places"))),
    };
    let date = match date {
        "" | "exact" => DateLevel::Exact,
        "week" => DateLevel::Week,
        "month" => DateLevel::Month,
        other => return Err(Error::Asked(format!("'{other}' is no level of days"))),
    };
    Ok(Safety { persons, place, date })
}

struct Book<'e>(&'e dyn Engine);

impl Classify for Book<'_> {
    fn acled(&self, claim: &Claim) -> Option<(String, String)> {
        self.0.acled(claim)
    }

    fn ucdp(&self, claim: &Claim) -> Option<u8> {
        self.0.ucdp(claim)
    }
}

/// Makes an export in memory.
fn made(desk: &Desk, engine: &dyn Engine, question: &Question, giving: &Giving, form: Option<Form>) -> Result<(Vec<u8>, Exported)> {
    let (profile, own, hxl, _) = giving.chosen()?;
    let wanted = Wanted {
        profile,
        form: form.unwrap_or(own),
        filter: question.filter.clone(),
        rule: question.rule.clone(),
        safety: giving.safety()?,
        hxl: hxl && form.is_none(),
        classify: &Book(engine),
    };
    let mut bytes = Vec::new();
    let came = export(&desk.record, &wanted, &mut bytes).map_err(|error| Error::Asked(error.to_string()))?;
    Ok((bytes, came))
}

/// Columns and the first rows, as words.
fn rows(profile: Profile, bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let words = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let objects = |list: Vec<Value>| {
        let columns: Vec<String> = list.first().and_then(Value::as_object).map(|first| first.keys().cloned().collect()).unwrap_or_default();
        let rows = list.iter().map(|one| columns.iter().map(|column| words(&one[column.as_str()])).collect()).collect();
        (columns, rows)
    };
    match profile {
        Profile::Geojson => {
            let whole: Value = serde_json::from_slice(bytes).unwrap_or_default();
            let features = whole["features"].as_array().map(Vec::as_slice).unwrap_or_default();
            let flat = |feature: &Value| {
                let mut row = serde_json::Map::new();
                row.insert("coordinates".into(), feature["geometry"]["coordinates"].clone());
                row.extend(feature["properties"].as_object().cloned().unwrap_or_default());
                Value::Object(row)
            };
            objects(features.iter().take(SHOWN).map(flat).collect())
        }
        Profile::Annotations => {
            let text = String::from_utf8_lossy(bytes);
            objects(text.lines().take(SHOWN).filter_map(|line| serde_json::from_str(line).ok()).collect())
        }
        _ => {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
            let columns = reader.headers().map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default();
            let rows = reader.records().take(SHOWN).flatten().map(|row| row.iter().map(str::to_owned).collect()).collect();
            (columns, rows)
        }
    }
}

/// What the file would hold: columns, first rows, how many rows, what is lost and withheld, its checksum, and how to cite it.
#[utoipa::path(get, path = "/api/export", params(Giving, Asked), responses((status = 200, body = Object)))]
async fn preview(State(app): State<App>, Query(giving): Query<Giving>, Query(asked): Query<Asked>) -> Result<Json<Value>> {
    let question = asked.question(&*app.engine)?;
    let engine = app.engine.clone();
    app.clerk
        .ask(move |desk| {
            let (profile, form, _, ending) = giving.chosen()?;
            let (bytes, came) = made(desk, &*engine, &question, &giving, None)?;
            let (columns, first) = match (profile, form) {
                (Profile::Geojson | Profile::Annotations, _) | (_, Form::Csv) if giving.profile != "hxl" => rows(profile, &bytes),
                // What is no CSV is shown as the rows that it would be.
                _ if profile == Profile::Gdelt => (Vec::new(), tabs(&bytes)),
                _ => rows(profile, &made(desk, &*engine, &question, &giving, Some(Form::Csv))?.0),
            };
            let hash = sha256(&bytes);
            let standing = desk.record.standing()?;
            let (model, codebook) = engine.versions();
            let name = desk.record.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let label = if giving.profile.is_empty() { "griot" } else { giving.profile.as_str() };
            let citation = format!(
                "{name}: record of {} reports, kept with Griot {} ({model}, codebook {codebook}); profile {label}, {} rows, {hash}. What stands in it is \
                 reported, not more.",
                standing.reports,
                env!("CARGO_PKG_VERSION"),
                came.rows
            );
            Ok(Json(json!({
                "columns": columns, "first": first, "rows": came.rows, "left": came.left, "withheld": came.withheld, "small": came.small,
                "bytes": bytes.len(), "hash": hash, "citation": citation, "name": format!("{}-{label}.{ending}", name.trim_end_matches(".griot")),
            })))
        })
        .await
}

/// GDELT's rows have no header.
fn tabs(bytes: &[u8]) -> Vec<Vec<String>> {
    String::from_utf8_lossy(bytes).lines().take(SHOWN).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The file.
#[utoipa::path(get, path = "/api/export/file", params(Giving, Asked), responses((status = 200, body = Vec<u8>)))]
async fn file(State(app): State<App>, Query(giving): Query<Giving>, Query(asked): Query<Asked>) -> Result<Response> {
    let question = asked.question(&*app.engine)?;
    let engine = app.engine.clone();
    app.clerk
        .ask(move |desk| {
            let (.., ending) = giving.chosen()?;
            let (bytes, _) = made(desk, &*engine, &question, &giving, None)?;
            let kind = match ending {
                "csv" => "text/csv; charset=utf-8",
                "geojson" => "application/geo+json",
                "jsonl" => "application/x-ndjson",
                _ => "application/octet-stream",
            };
            let name: String = desk.record.path().file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // A header holds plain letters alone.
            let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' }).collect();
            let label = if giving.profile.is_empty() { "griot" } else { giving.profile.as_str() };
            let headers = [
                (header::CONTENT_TYPE, kind.to_owned()),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{label}.{ending}\"")),
            ];
            Ok((headers, bytes).into_response())
        })
        .await
}
