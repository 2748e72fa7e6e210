//! What a report gives, as rows.

use crate::schema::{CLAIMS, ERRORS, REPORTS};
use crate::table::Table;
use griot_ingest::Place;
use griot_near as near;
use griot_types::{Actor, Claim, CodePoints, Document};
use serde::Serialize;

/// Rows of all tables, and what finds near-copies.
pub struct Rows {
    /// A row a claim.
    pub claims: Table,
    /// A row a report.
    pub reports: Table,
    /// A row for what could not be read or coded.
    pub errors: Table,
    pub(crate) sketches: Vec<Sketch>,
    /// Whole files that could not be read, in words.
    pub failed: Vec<String>,
}

/// What is kept of a report to find its near-copies.
pub struct Sketch {
    pub document: String,
    pub report: String,
    pub bands: Vec<i64>,
    /// Its shingles, cut to 32 bits and in order.
    pub shingles: Vec<u32>,
}

/// Where something stands that is not a report yet.
pub struct Source {
    pub file: String,
    pub place: Place,
    pub url: Option<String>,
    pub fetched: Option<String>,
}

impl Default for Rows {
    fn default() -> Rows {
        let (claims, reports, errors) = (Table::new(CLAIMS), Table::new(REPORTS), Table::new(ERRORS));
        Rows { claims, reports, errors, sketches: Vec::new(), failed: Vec::new() }
    }
}

impl Rows {
    /// The rows of a report and its claims.
    pub(crate) fn report(source: &Source, document: &Document, claims: Vec<Claim>) -> Rows {
        let mut rows = Rows::default();
        let points = CodePoints::new(&document.text);
        let table = &mut rows.reports;
        table.text(Some(&document.id));
        table.text(Some(&document.name));
        table.text(Some(&source.file));
        place(table, source.place);
        table.text(document.title.as_deref());
        table.day(document.date);
        table.text(document.publisher.as_deref());
        table.text(document.url.as_deref());
        table.text(source.fetched.as_deref());
        table.int(Some(small(document.text.chars().count())));
        table.int(Some(small(claims.len())));
        table.list(document.notes.iter().map(|note| Some(&note.text)));
        table.text(Some(&document.text));
        // What it is a copy of is known once all reports are there.
        table.text(None);
        table.text(None);
        table.end_row();
        for claim in claims {
            put_claim(&mut rows.claims, document, claim.in_code_points(&points));
        }
        rows
    }

    /// Keeps what finds a report's near-copies.
    pub(crate) fn sketch(&mut self, document: &Document) {
        let shingles = near::shingles(&document.text);
        let bands = near::bands(&shingles);
        let mut short: Vec<u32> = shingles.into_iter().map(|shingle| shingle as u32).collect();
        short.sort_unstable();
        short.dedup();
        self.sketches.push(Sketch { document: document.id.clone(), report: document.name.clone(), bands, shingles: short });
    }

    /// The row of what could not be read or coded.
    pub(crate) fn error(source: &Source, kind: &str, cause: &str) -> Rows {
        let mut rows = Rows::default();
        let table = &mut rows.errors;
        table.text(Some(&source.file));
        place(table, source.place);
        table.text(source.url.as_deref());
        table.text(Some(kind));
        table.text(Some(cause));
        table.end_row();
        rows
    }

    /// Adds what another report gave.
    pub fn append(&mut self, other: Rows) {
        self.claims.append(other.claims);
        self.reports.append(other.reports);
        self.errors.append(other.errors);
        self.sketches.extend(other.sketches);
        self.failed.extend(other.failed);
    }
}

/// The rows of a report's claims alone.
pub fn claims(document: &Document, claims: &[Claim]) -> Table {
    let mut table = Table::new(CLAIMS);
    let points = CodePoints::new(&document.text);
    for claim in claims {
        put_claim(&mut table, document, claim.clone().in_code_points(&points));
    }
    table
}

/// A count as the tables hold it; no text is so long that it does not fit.
fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn place(table: &mut Table, place: Place) {
    let number = |number: Option<u64>| number.and_then(|number| i64::try_from(number).ok());
    table.long(number(place.line));
    table.long(number(place.record));
    table.long(number(place.offset));
}

/// A claim's row; its offsets are in code points already.
fn put_claim(table: &mut Table, document: &Document, claim: Claim) {
    table.text(Some(&claim.id));
    table.text(Some(&claim.document));
    table.text(Some(&document.name));
    table.text(document.title.as_deref());
    table.day(document.date);
    table.text(document.publisher.as_deref());
    table.text(document.url.as_deref());
    table.text(Some(&claim.codebook));
    table.text(Some(claim.kind.as_str()));
    table.text(Some(claim.type_.as_str()));
    table.text(claim.mode.as_deref());
    table.list(claim.context.iter().map(Some));
    table.text(claim.cameo.as_deref());
    put_side(table, &claim.source);
    put_side(table, &claim.target);
    table.boolean(claim.mutual);
    put_numbers(table, &claim);
    put_place(table, &claim);
    let time = claim.time.as_ref();
    table.text(time.map(|time| time.text.as_str()));
    table.day(time.and_then(|time| time.start));
    table.day(time.and_then(|time| time.end));
    table.text(time.and_then(|time| time.precision).and_then(word).as_deref());
    table.text(Some(claim.status.as_str()));
    table.list(claim.said_by.iter().map(|actor| Some(&actor.name)));
    table.list(claim.said_by.iter().map(|actor| Some(&actor.code)));
    let evidence = &claim.evidence;
    for number in [evidence.sentence, evidence.start, evidence.end] {
        table.int(Some(small(number as usize)));
    }
    table.text(Some(&evidence.quote));
    table.list(evidence.also.iter().map(|also| Some(format!("{}-{}", also.start, also.end))));
    table.double(claim.confidence);
    // A claim is plain data with string keys; such a value always has a JSON form.
    table.text(Some(&serde_json::to_string(&claim).unwrap_or_default()));
    table.end_row();
}

fn put_side(table: &mut Table, side: &[Actor]) {
    table.list(side.iter().map(|actor| Some(&actor.name)));
    table.list(side.iter().map(|actor| Some(&actor.code)));
    table.list(side.iter().map(|actor| actor.country.as_ref()));
    table.list(side.iter().map(|actor| actor.id.as_ref()));
    table.list(side.iter().map(|actor| Some(&actor.text)));
}

fn put_numbers(table: &mut Table, claim: &Claim) {
    let quantity = claim.quantity.as_ref();
    table.text(quantity.map(|quantity| quantity.text.as_str()));
    table.double(quantity.and_then(|quantity| quantity.low).map(|low| low.0));
    table.double(quantity.and_then(|quantity| quantity.best).map(|best| best.0));
    table.double(quantity.and_then(|quantity| quantity.high).map(|high| high.0));
    table.text(quantity.and_then(|quantity| word(quantity.relation)).as_deref());
    table.text(quantity.map(|quantity| quantity.unit.as_str()));
    table.text(claim.change.map(|change| change.as_str()));
    table.text(claim.cause.map(|cause| cause.as_str()));
    table.text(claim.of_event.as_deref());
    table.text(claim.inside.as_deref());
}

fn put_place(table: &mut Table, claim: &Claim) {
    let place = claim.place.as_ref();
    table.text(place.map(|place| place.name.as_str()));
    table.text(place.map(|place| place.text.as_str()));
    table.text(place.and_then(|place| place.country.as_deref()));
    table.text(place.and_then(|place| place.admin1.as_deref()));
    table.double(place.and_then(|place| place.latitude));
    table.double(place.and_then(|place| place.longitude));
    table.int(place.and_then(|place| place.precision).map(i32::from));
    table.long(place.and_then(|place| place.geonames).map(i64::from));
    table.list(claim.places.iter().map(|place| Some(&place.name)));
}

/// The word that the JSON has for a value.
fn word(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
