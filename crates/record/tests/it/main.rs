//! The record as its callers meet it: real files, claims made by hand.

mod atlas;
mod check;
mod decisions;
mod file;
mod groups;
mod merging;

use griot_record::{About, Entry, Filter, Question, Reading, Record};
use griot_types::*;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder for one test.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn record(&self) -> Record {
        Record::create(&self.path("r.griot"), 1).unwrap()
    }
}

/// A report under way: its text grows with its claims.
struct Report {
    document: Document,
    claims: Vec<Claim>,
}

impl Report {
    fn new(publisher: &str, date: &str) -> Report {
        let document = Document {
            name: format!("{publisher}-{date}.txt"),
            publisher: (!publisher.is_empty()).then(|| publisher.to_owned()),
            date: date.parse().ok(),
            text: format!("{publisher} {date}."),
            ..Document::default()
        };
        Report { document, claims: Vec::new() }
    }

    /// Adds a claim whose quote is `words`.
    fn says(mut self, words: &str, make: impl FnOnce(Claim) -> Claim) -> Report {
        self.document.text.push(' ');
        let start = self.document.text.len() as u32;
        self.document.text.push_str(words);
        let end = self.document.text.len() as u32;
        let mut parts = Parts::default();
        parts.add(Part::Action, Span::new(start, end));
        let claim = Claim {
            id: String::new(),
            document: String::new(),
            codebook: "rules 1".into(),
            kind: Kind::Event,
            type_: Type::Assault,
            mode: None,
            context: vec![],
            cameo: None,
            source: vec![],
            target: vec![],
            mutual: false,
            quantity: None,
            change: None,
            cause: None,
            of_event: None,
            inside: None,
            place: None,
            places: vec![],
            time: None,
            status: Status::Actual,
            said_by: vec![],
            evidence: Evidence { sentence: 0, start, end, quote: words.to_owned(), parts, also: vec![] },
            confidence: None,
        };
        self.claims.push(make(claim));
        self
    }

    fn done(self) -> Reading {
        let Report { mut document, mut claims } = self;
        document.id = sha256(document.text.as_bytes());
        for claim in &mut claims {
            claim.document.clone_from(&document.id);
            claim.identify(0);
        }
        Reading { document, about: About::default(), claims, language: None }
    }
}

fn actor(id: &str, code: &str, country: &str, sectors: &[&str]) -> Actor {
    Actor {
        text: id.into(),
        name: id.to_uppercase(),
        code: code.into(),
        country: Some(country.into()),
        sectors: sectors.iter().map(|s| SmolStr::from(*s)).collect(),
        id: Some(id.into()),
        ..Actor::default()
    }
}

fn army() -> Actor {
    actor("bfa-mil", "BFAMIL", "BFA", &["MIL"])
}

fn place(name: &str, geonames: u32, point: (f64, f64)) -> Place {
    Place {
        text: name.into(),
        name: name.into(),
        country: Some("BFA".into()),
        admin1: None,
        latitude: Some(point.0),
        longitude: Some(point.1),
        precision: Some(1),
        geonames: Some(geonames),
    }
}

fn day(date: &str) -> Option<Time> {
    Some(Time { text: date.into(), start: date.parse().ok(), end: date.parse().ok(), precision: Some(Precision::Day) })
}

/// N soldiers killed near Djibo on a day.
fn killed(mut claim: Claim, n: f64, date: &str) -> Claim {
    claim.kind = Kind::Figure;
    claim.type_ = Type::Killed;
    claim.target = vec![army()];
    claim.quantity = Some(Quantity::of(&n.to_string(), n, Bound::Exact, "people"));
    claim.place = Some(place("Djibo", 1, (14.1, -1.63)));
    claim.places = claim.place.clone().into_iter().collect();
    claim.time = day(date);
    claim
}

fn ask(record: &Record, filter: Filter) -> Vec<Entry> {
    record.ask(&Question { filter, ..Question::default() }).unwrap()
}

fn all(record: &Record) -> Vec<Entry> {
    ask(record, Filter { rejected: true, ..Filter::default() })
}

fn add(record: &Record, readings: &[Reading]) -> Vec<griot_record::Outcome> {
    record.add(readings, "model 1", "rules 1").unwrap()
}
