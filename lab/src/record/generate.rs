//! Made-up reports and claims: the shape of an archive, no knowledge of the world.

use griot_lab::random::Random;
use griot_record::{About, Reading};
use griot_types::*;

const PUBLISHERS: usize = 60;
const ACTORS: usize = 400;
const PLACES: usize = 4000;
/// Days over which it is spread: ten years from 2014.
const DAYS: i64 = 3652;
const COUNTRIES: [&str; 12] = ["MLI", "BFA", "NER", "NGA", "TCD", "CAF", "COD", "SDN", "SOM", "ETH", "CMR", "MOZ"];
const VERBS: [&str; 8] = ["attacked", "shelled", "seized", "raided", "ambushed", "stormed", "left", "entered"];
/// A stream of made-up things; the same seed gives the same ones.
pub struct Source(Random);

impl Source {
    pub fn new(seed: u64) -> Source {
        Source(Random::new(seed))
    }

    fn next(&mut self) -> u64 {
        self.0.draw()
    }

    fn below(&mut self, n: usize) -> usize {
        self.0.below(n)
    }

    /// Few are met often and many seldom, as in news.
    fn skewed(&mut self, n: usize) -> usize {
        let x = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((n as f64) * x * x * x) as usize
    }

    fn pick(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }

    fn day(&mut self) -> Date {
        let days = self.below(DAYS as usize) as i64;
        Date::constant(2014, 1, 1).saturating_add(jiff_days(days))
    }

    pub fn actor(&mut self) -> String {
        format!("group-{}", self.skewed(ACTORS))
    }

    pub fn country(&mut self) -> String {
        self.pick(&COUNTRIES).to_owned()
    }

    pub fn place(&mut self) -> String {
        format!("Town {}", self.skewed(PLACES))
    }

    pub fn point(&mut self) -> (f64, f64) {
        let place = place(self.skewed(PLACES));
        (place.latitude.unwrap_or_default(), place.longitude.unwrap_or_default())
    }

    pub fn verb(&mut self) -> &'static str {
        self.pick(&VERBS)
    }

    pub fn year(&mut self) -> (Option<Date>, Option<Date>) {
        let year = 2014 + self.below(10) as i16;
        (Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok())
    }

    /// A report with `count` claims, made without reading.
    pub fn reading(&mut self, count: usize) -> Reading {
        let date = self.day();
        let mut document = Document {
            name: format!("made-{}", self.next()),
            publisher: Some(format!("Paper {}", self.skewed(PUBLISHERS))),
            date: Some(date),
            text: format!("Bulletin {:016x}.", self.next()),
            ..Document::default()
        };
        let claims: Vec<Claim> = (0..count).map(|_| self.claim(&mut document, date)).collect();
        document.id = sha256(document.text.as_bytes());
        let finish = |(at, mut claim): (usize, Claim)| {
            claim.document.clone_from(&document.id);
            claim.identify(at as u32);
            claim
        };
        let claims = claims.into_iter().enumerate().map(finish).collect();
        Reading { document, about: About::default(), claims, language: None }
    }

    fn claim(&mut self, document: &mut Document, published: Date) -> Claim {
        let (who, whom, town, verb, n) = (self.skewed(ACTORS), self.skewed(ACTORS), self.skewed(PLACES), self.verb(), 1 + self.below(40));
        let quote =
            format!("group {who} {verb} group {whom} at Town {town} and {n} were counted after a day on which the road stayed closed");
        document.text.push(' ');
        let start = document.text.len() as u32;
        document.text.push_str(&quote);
        let end = document.text.len() as u32;
        document.text.push('.');
        let action = start + quote.find(verb).unwrap_or(0) as u32;
        let mut parts = Parts::default();
        parts.add(Part::Action, Span::new(action, action + verb.len() as u32));
        parts.add(Part::Source, Span::new(start, start + 5));
        parts.add(Part::Target, Span::new(end - 5, end));
        let type_ = match self.below(10) {
            0..3 => Type::Assault,
            3 => Type::Coerce,
            4 => Type::Accuse,
            5 => Type::Retreat,
            6..8 => Type::Killed,
            8 => Type::Displaced,
            _ => Type::PresentIn,
        };
        let figure = type_.kind() == Kind::Figure;
        let relation = type_.kind() == Kind::Relation;
        let day = published.saturating_sub(jiff_days(self.below(4) as i64));
        let place = place(town);
        Claim {
            id: String::new(),
            document: String::new(),
            codebook: "made up".into(),
            kind: type_.kind(),
            type_,
            mode: None,
            context: vec![],
            cameo: None,
            source: vec![actor(who)],
            target: if relation { vec![] } else { vec![actor(whom)] },
            mutual: false,
            quantity: figure.then(|| Quantity::of(&n.to_string(), n as f64, Bound::Exact, "people")),
            change: None,
            cause: None,
            of_event: None,
            inside: None,
            place: Some(place.clone()),
            places: vec![place],
            time: (!relation).then(|| Time {
                text: "on that day".into(),
                start: Some(day),
                end: Some(day),
                precision: Some(Precision::Day),
            }),
            status: [Status::Actual, Status::Actual, Status::Actual, Status::Negated, Status::Intended][self.below(5)],
            said_by: vec![],
            evidence: Evidence { sentence: 0, start, end, quote, parts, also: vec![] },
            confidence: None,
        }
    }
}

fn jiff_days(days: i64) -> jiff::Span {
    jiff::Span::new().days(days)
}

fn actor(number: usize) -> Actor {
    let country = COUNTRIES[number % COUNTRIES.len()];
    Actor {
        text: format!("group {number}"),
        name: format!("Group {number}"),
        code: format!("{country}REB{number}").into(),
        country: Some(country.into()),
        sectors: vec!["REB".into()],
        id: Some(format!("group-{number}").into()),
        ..Actor::default()
    }
}

fn place(number: usize) -> Place {
    Place {
        text: format!("Town {number}"),
        name: format!("Town {number}"),
        country: Some(COUNTRIES[number % COUNTRIES.len()].into()),
        admin1: None,
        latitude: Some(-10.0 + (number % 997) as f64 * 0.025),
        longitude: Some(-15.0 + (number % 1009) as f64 * 0.05),
        precision: Some(1),
        geonames: Some(number as u32 + 1),
    }
}
