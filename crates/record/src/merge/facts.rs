//! What merging looks at.

use griot_near::fold;
use griot_types::{Actor, Cause, Change, Claim, Date, Kind, Place, Precision, SmolStr, Status, Type};
use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// The longest time that can be a happening's own: what is named by a longer one is not told from its like.
const SHORT: i32 = 7;
/// How many days before its publication a report's undated news may lie.
const NEWS: i32 = 4;
/// Where lanes that are no days begin.
const LANES: i64 = 1 << 40;

/// A claim, as far as merging looks at it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The claim's number, which names it and breaks ties.
    pub id: i64,
    /// The report's number.
    pub report: i64,
    /// Event, relation or figure.
    pub kind: Kind,
    /// Its type; `None` where only the words are known.
    pub type_: Option<Type>,
    /// Its mode.
    pub mode: Option<SmolStr>,
    /// Reported, planned or demanded.
    pub class: Class,
    /// Who.
    pub source: Vec<Who>,
    /// Whom.
    pub target: Vec<Who>,
    /// Done by both.
    pub mutual: bool,
    /// Where.
    pub place: Option<Where>,
    /// When; of events and figures that have a time.
    pub when: Option<When>,
    /// The report's day of publication, in days since 1970.
    pub published: Option<i32>,
    /// Low, best and high.
    pub count: Option<(Option<f64>, Option<f64>, Option<f64>)>,
    /// What is counted, or a currency.
    pub unit: Option<SmolStr>,
    /// Rise or fall.
    pub change: Option<Change>,
    /// What killed.
    pub cause: Option<Cause>,
    /// A part of another figure.
    pub part: bool,
    /// Stems of the words for the act.
    pub words: Vec<SmolStr>,
}

/// What a status says of the world: a plan is not the same happening as the deed, a denial is of the same happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Class {
    /// Reported, denied or uncertain.
    Reported,
    /// Planned or promised.
    Intended,
    /// Demanded.
    CalledFor,
}

/// An actor.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Who {
    /// The dictionary's id, or the folded name.
    pub key: SmolStr,
    /// Whether the dictionary knows it.
    pub known: bool,
    /// Its country.
    pub country: Option<SmolStr>,
    /// Its sectors.
    pub sectors: Vec<SmolStr>,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Where {
    /// The gazetteer's number.
    pub geonames: Option<u32>,
    /// The folded name.
    pub name: SmolStr,
    /// Its country.
    pub country: Option<SmolStr>,
    /// Its first-level unit, folded.
    pub admin1: Option<SmolStr>,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// UCDP's where_prec.
    pub precision: u8,
}

/// Days since 1970, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// First day.
    pub start: Option<i32>,
    /// Last day.
    pub end: Option<i32>,
    /// Whether it is a stretch over which something was counted or held, and no date.
    pub range: bool,
}

impl Facts {
    /// What merging looks at in `claim`, of a report published on `published`. `event` is the claim that a figure belongs to: what the figure
    /// does not say of place and time is the event's.
    pub fn of(claim: &Claim, id: i64, report: i64, published: Option<Date>, event: Option<&Claim>) -> Facts {
        let place = claim.place.as_ref().or_else(|| event.and_then(|event| event.place.as_ref()));
        let time =
            claim.time.as_ref().filter(|time| time.start.or(time.end).is_some()).or_else(|| event.and_then(|event| event.time.as_ref()));
        let quantity = claim.quantity.as_ref();
        let side = |own: &[Actor], other: Option<&[Actor]>| -> Vec<Who> {
            let actors = if own.is_empty() { other.unwrap_or_default() } else { own };
            let mut side: Vec<Who> = actors.iter().map(Who::of).collect();
            side.sort_by(|a, b| a.key.cmp(&b.key));
            side.dedup();
            side
        };
        Facts {
            id,
            report,
            kind: claim.kind,
            type_: Some(claim.type_),
            mode: claim.mode.clone(),
            class: match claim.status {
                Status::Actual | Status::Negated | Status::Possible => Class::Reported,
                Status::Intended => Class::Intended,
                Status::CalledFor => Class::CalledFor,
            },
            source: side(&claim.source, event.map(|event| event.source.as_slice())),
            // A figure's victims are its own: 'N killed' of an attack on an army need not be soldiers.
            target: side(&claim.target, None),
            mutual: claim.mutual,
            place: place.map(Where::of),
            when: time.map(|time| When {
                start: time.start.map(day),
                end: time.end.map(day),
                range: matches!(time.precision, Some(Precision::Range)) && time.start != time.end,
            }),
            published: published.map(day),
            count: quantity.map(|q| (q.low.map(|a| a.0), q.best.map(|a| a.0), q.high.map(|a| a.0))),
            unit: quantity.map(|q| q.unit.clone()),
            change: claim.change,
            cause: claim.cause,
            part: claim.inside.is_some(),
            words: stems(&action(claim)),
        }
    }

    /// Whether a count is a running tally or that of a long stretch, and not an incident's.
    pub fn is_cumulative(&self) -> bool {
        self.kind == Kind::Figure
            && self.type_ != Some(Type::Personnel)
            && self.when.is_some_and(|when| match (when.start, when.end) {
                (Some(start), Some(end)) => end - start > SHORT,
                (start, _) => start.is_some(),
            })
    }

    /// The days on which it can have been, where that is short enough to look for its like by day.
    pub fn days(&self) -> Option<(i32, i32)> {
        match self.when {
            Some(When { start: Some(start), end: Some(end), .. }) if end - start <= SHORT => Some((start, end)),
            Some(_) => None,
            None => self.published.map(|day| (day - NEWS, day)),
        }
    }

    /// The stretch of lanes that it lies in: facts that may be the same meet in lanes that touch or overlap by a day.
    pub fn lanes(&self) -> (i64, i64) {
        let hashed = |what: &dyn Fn(&mut rustc_hash::FxHasher)| {
            let mut hasher = rustc_hash::FxHasher::default();
            what(&mut hasher);
            // Two apart, so that no hashed lane touches another by a day.
            LANES + ((hasher.finish() >> 34) as i64) * 4
        };
        let root = |side: &[Who]| side.iter().map(|who| who.root().to_owned()).min();
        if self.kind == Kind::Relation {
            // One place, but often several forces of which another report names one: the place is what they meet at.
            let lane = match self.place.as_ref().filter(|_| self.type_.is_some_and(Type::wants_place)) {
                Some(place) => hashed(&|h| place.name.hash(h)),
                None => hashed(&|h| root(&self.source).hash(h)),
            };
            return (lane, lane);
        }
        let counted = if self.target.is_empty() { &self.source } else { &self.target };
        if self.type_ == Some(Type::Personnel) || self.is_cumulative() {
            let lane = hashed(&|h| root(counted).hash(h));
            return (lane, lane);
        }
        match (self.days(), self.when) {
            (Some((first, last)), _) => (i64::from(first), i64::from(last)),
            (None, when) => {
                let lane = hashed(&|h| when.hash(h));
                (lane, lane)
            }
        }
    }

    /// The longest stretch of day lanes that a fact can take.
    pub const WIDEST: i64 = SHORT as i64;
}

impl Who {
    /// An actor as merging sees it.
    pub fn of(actor: &Actor) -> Who {
        let name = if actor.name.is_empty() { &actor.text } else { &actor.name };
        let key = actor.id.clone().unwrap_or_else(|| fold(name).into());
        Who { key, known: actor.id.is_some(), country: actor.country.clone(), sectors: actor.sectors.clone() }
    }

    /// What it has in common with its parts: the state of a ministry, the country of an unnamed group.
    fn root(&self) -> &str {
        match &self.country {
            Some(country) if !self.known || self.key.get(..3).is_some_and(|head| head.eq_ignore_ascii_case(country)) => country,
            _ => &self.key,
        }
    }
}

impl Where {
    /// A place as merging sees it.
    pub fn of(place: &Place) -> Where {
        Where {
            geonames: place.geonames,
            name: fold(if place.name.is_empty() { &place.text } else { &place.name }).into(),
            country: place.country.clone(),
            admin1: place.admin1.as_deref().map(|unit| fold(unit).into()),
            point: place.latitude.zip(place.longitude),
            precision: place.precision.unwrap_or(5),
        }
    }
}

/// Days since 1970.
pub fn day(date: Date) -> i32 {
    date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The words for the act: that part of the quote.
fn action(claim: &Claim) -> String {
    let start = claim.evidence.start;
    let span = claim.evidence.parts.get(griot_types::Part::Action);
    let cut =
        span.and_then(|span| claim.evidence.quote.get((span.start.checked_sub(start)?) as usize..(span.end.checked_sub(start)?) as usize));
    cut.unwrap_or("").to_owned()
}

/// The stems of words, each once, in order of the alphabet.
pub fn stems(words: &str) -> Vec<SmolStr> {
    let stemmer = Stemmer::create(Algorithm::English);
    let lower = words.to_lowercase();
    let pieces = lower.split(|c: char| !c.is_alphanumeric()).filter(|piece| piece.len() > 2);
    let mut stems: Vec<SmolStr> = pieces.map(|piece| SmolStr::from(stemmer.stem(piece).as_ref())).collect();
    stems.sort();
    stems.dedup();
    stems
}
