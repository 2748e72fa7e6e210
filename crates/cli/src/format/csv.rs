//! One row a claim, flat, safe in spreadsheets. The columns are documented in `docs/CSV.md`, which a test holds to this list.

use super::schemes::{self, Scheme};
use crate::engine::Coded;
use griot_coder::Codebook;
use griot_exchange::cells::{rows, text};
use griot_types::{Actor, Amount, Claim, CodePoints, Date, Document, Place};

/// What stands between several values of one cell.
const JOIN: &str = "; ";

/// The cells' names in order.
pub const COLUMNS: &[&str] = &[
    "id",
    "document",
    "report",
    "title",
    "published",
    "publisher",
    "url",
    "codebook",
    "kind",
    "type",
    "mode",
    "context",
    "cameo",
    "source",
    "source_code",
    "source_country",
    "source_id",
    "source_text",
    "target",
    "target_code",
    "target_country",
    "target_id",
    "target_text",
    "mutual",
    "quantity",
    "low",
    "best",
    "high",
    "bound",
    "unit",
    "change",
    "cause",
    "of_event",
    "inside",
    "place",
    "place_text",
    "country",
    "admin1",
    "latitude",
    "longitude",
    "where_prec",
    "geonames",
    "places",
    "time_text",
    "start",
    "end",
    "time_precision",
    "status",
    "said_by",
    "said_by_code",
    "sentence",
    "char_start",
    "char_end",
    "quote",
    "also",
    "confidence",
];

/// The header row.
pub fn head(asked: &[Scheme]) -> String {
    rows(|writer| writer.write_record(COLUMNS.iter().copied().chain(schemes::columns(asked))))
}

/// One report's rows; what other classifications call each claim stands in the last columns.
pub fn report(coded: &Coded, asked: &[Scheme], book: &Codebook) -> String {
    let points = CodePoints::new(&coded.document.text);
    rows(|writer| {
        coded.claims.iter().try_for_each(|claim| {
            let named = schemes::values(asked, book, claim).into_iter().map(option);
            writer.write_record(cells(&coded.document, &claim.clone().in_code_points(&points)).into_iter().chain(named))
        })
    })
}

/// The cells of one claim, as [`COLUMNS`] names them.
fn cells(document: &Document, claim: &Claim) -> Vec<String> {
    let mut cells = vec![
        text(&claim.id),
        text(&claim.document),
        text(&document.name),
        option(document.title.as_deref()),
        day(document.date),
        option(document.publisher.as_deref()),
        option(document.url.as_deref()),
        text(&claim.codebook),
        claim.kind.to_string(),
        claim.type_.to_string(),
        option(claim.mode.as_deref()),
        join(claim.context.iter().map(|context| context.to_string())),
        option(claim.cameo.as_deref()),
    ];
    actors(&claim.source, &mut cells);
    actors(&claim.target, &mut cells);
    cells.push(claim.mutual.to_string());
    numbers(claim, &mut cells);
    places(claim, &mut cells);
    let time = claim.time.as_ref();
    cells.push(option(time.map(|time| time.text.as_str())));
    cells.push(day(time.and_then(|time| time.start)));
    cells.push(day(time.and_then(|time| time.end)));
    cells.push(time.and_then(|time| time.precision).map_or_else(String::new, |p| format!("{p:?}").to_lowercase()));
    cells.push(claim.status.to_string());
    cells.push(join(claim.said_by.iter().map(|actor| actor.name.clone())));
    cells.push(join(claim.said_by.iter().map(|actor| actor.code.to_string())));
    let evidence = &claim.evidence;
    cells.extend([evidence.sentence, evidence.start, evidence.end].map(|number| number.to_string()));
    cells.push(text(&evidence.quote));
    cells.push(join(evidence.also.iter().map(|also| format!("{}-{}", also.start, also.end))));
    cells.push(claim.confidence.map_or_else(String::new, |confidence| confidence.to_string()));
    cells
}

fn actors(side: &[Actor], cells: &mut Vec<String>) {
    cells.push(join(side.iter().map(|actor| actor.name.clone())));
    cells.push(join(side.iter().map(|actor| actor.code.to_string())));
    cells.push(join(side.iter().map(|actor| actor.country.as_deref().unwrap_or("").to_owned())));
    cells.push(join(side.iter().map(|actor| actor.id.as_deref().unwrap_or("").to_owned())));
    cells.push(join(side.iter().map(|actor| actor.text.clone())));
}

fn numbers(claim: &Claim, cells: &mut Vec<String>) {
    let quantity = claim.quantity.as_ref();
    let amount = |amount: Option<Amount>| amount.map_or_else(String::new, |Amount(n)| n.to_string());
    cells.push(option(quantity.map(|q| q.text.as_str())));
    cells.push(amount(quantity.and_then(|q| q.low)));
    cells.push(amount(quantity.and_then(|q| q.best)));
    cells.push(amount(quantity.and_then(|q| q.high)));
    cells.push(quantity.map_or_else(String::new, |q| word(&q.relation)));
    cells.push(option(quantity.map(|q| q.unit.as_str())));
    cells.push(option(claim.change.map(|change| change.as_str())));
    cells.push(option(claim.cause.map(|cause| cause.as_str())));
    cells.push(option(claim.of_event.as_deref()));
    cells.push(option(claim.inside.as_deref()));
}

fn places(claim: &Claim, cells: &mut Vec<String>) {
    let place = claim.place.as_ref();
    let number = |number: Option<f64>| number.map_or_else(String::new, |n| n.to_string());
    cells.push(option(place.map(|p| p.name.as_str())));
    cells.push(option(place.map(|p| p.text.as_str())));
    cells.push(option(place.and_then(|p| p.country.as_deref())));
    cells.push(option(place.and_then(|p| p.admin1.as_deref())));
    cells.push(number(place.and_then(|p| p.latitude)));
    cells.push(number(place.and_then(|p| p.longitude)));
    cells.push(place.and_then(|p| p.precision).map_or_else(String::new, |n| n.to_string()));
    cells.push(place.and_then(|p| p.geonames).map_or_else(String::new, |n| n.to_string()));
    cells.push(join(claim.places.iter().map(|place: &Place| place.name.clone())));
}

/// The word that the JSON has for a value.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn option(words: Option<&str>) -> String {
    text(words.unwrap_or(""))
}

/// Several values in one cell. A value that itself holds the separator keeps its words with a comma in place of it.
fn join(values: impl Iterator<Item = String>) -> String {
    text(&values.map(|value| value.replace(';', ",")).collect::<Vec<_>>().join(JOIN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use griot_types::{Kind, Status, Type};

    fn claim() -> Claim {
        serde_json::from_str(include_str!("../../tests/claim.json")).unwrap()
    }

    fn read(claim: Claim, document: Document) -> Vec<String> {
        let coded = Coded { document, claims: vec![claim], explained: Vec::new() };
        let all = head(&[]) + &report(&coded, &[], griot_coder::Coder::shipped().unwrap().codebook());
        let mut reader = csv::Reader::from_reader(all.as_bytes());
        assert_eq!(reader.headers().unwrap(), COLUMNS);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 1);
        rows[0].iter().map(str::to_owned).collect()
    }

    fn cell(row: &[String], name: &str) -> String {
        row[COLUMNS.iter().position(|column| *column == name).unwrap()].clone()
    }

    #[test]
    fn fields_stand_under_their_names() {
        let row = read(claim(), Document { name: "a.txt".into(), text: "x".repeat(400), ..Document::default() });
        for (name, value) in [
            ("report", "a.txt"),
            ("kind", Kind::Figure.as_str()),
            ("type", Type::Killed.as_str()),
            ("target", "Niger"),
            ("target_code", "NERMIL"),
            ("low", "17"),
            ("high", ""),
            ("bound", "more_than"),
            ("longitude", "-1.5"),
            ("start", "2023-08-22"),
            ("time_precision", "day"),
            ("status", Status::Actual.as_str()),
            ("said_by_code", "NERGOVMIL"),
            ("char_end", "287"),
        ] {
            assert_eq!(cell(&row, name), value, "{name}");
        }
    }

    #[test]
    fn formulas_are_disarmed() {
        for start in ["=", "+", "-", "@", "\t", "\r", "\n", "＝"] {
            let words = format!("{start}HYPERLINK(\"x\",1)");
            let mut claim = claim();
            claim.evidence.quote.clone_from(&words);
            claim.target[0].name.clone_from(&words);
            let document = Document { title: Some(words.clone()), ..Document::default() };
            let row = read(claim, document);
            for name in ["quote", "target", "title"] {
                assert_eq!(cell(&row, name), format!("'{words}"), "{name}");
            }
        }
    }

    #[test]
    fn the_columns_are_documented() {
        let page = include_str!("../../../../docs/CSV.md");
        let named: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(name, _)| name).collect();
        assert_eq!(named, COLUMNS);
    }
}
