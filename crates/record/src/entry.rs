//! Entries: the claims of all reports about one thing, and what they come to.

use crate::bounds::{Bounds, Rule, Vote, bounds};
use crate::codec;
use crate::decisions::Rulings;
use crate::derive::{most_common, rank, sources};
use crate::error::Result;
use crate::merge::{Facts, Tie, Who, tie, why};
use crate::presence::Stretch;
use crate::store::Record;
use griot_types::{Actor, Cause, Change, Claim, Date, Kind, Place, SmolStr, Status, Time, Type};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// The claims of all reports about the same happening, relation or count. Serialises to the JSON of questions, keys in this order; what is not
/// known is `null` or empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// `e` and the id of the claim that names it. Every claim's id finds its entry, so that a name once given stays good.
    pub id: String,
    /// Event, relation or figure.
    pub kind: Kind,
    /// As in the claim.
    #[serde(rename = "type")]
    pub type_: Type,
    /// As most claims have it.
    pub mode: Option<SmolStr>,
    /// Reported as done where one claim has it so.
    pub status: Status,
    /// Whether others deny it.
    pub disputed: bool,
    /// Who.
    pub source: Vec<Actor>,
    /// Whom.
    pub target: Vec<Actor>,
    /// Done by both.
    pub mutual: bool,
    /// The most exact place.
    pub place: Option<Place>,
    /// The most exact time.
    pub time: Option<Time>,
    /// The first and the last day on which it was reported.
    pub first_reported: Option<Date>,
    /// The last.
    pub last_reported: Option<Date>,
    /// The number with its bounds.
    #[serde(flatten)]
    pub number: Number,
    /// Whether the number is a running tally, which is never to be added to incidents.
    pub cumulative: bool,
    /// Rise or fall.
    pub change: Option<Change>,
    /// What killed.
    pub cause: Option<Cause>,
    /// The entry of the act that a figure belongs to.
    pub of_event: Option<String>,
    /// The entry of the figure that this one is a part of.
    pub inside: Option<String>,
    /// In whose mouth reports put it.
    pub said_by: Vec<Actor>,
    /// How many reports.
    pub reports: usize,
    /// How many independent sources: near-copies and reports of one publisher are one.
    pub independent: usize,
    /// Of relations: when it held, as far as reports tell, the earlier stretch first.
    pub held: Vec<Stretch>,
    /// `accepted`, `rejected` or `null`.
    pub decided: Option<&'static str>,
    /// The chance that it is right by the best of its claims; `null` where the codebook weighs none.
    pub confidence: Option<f64>,
    /// The claims, in the order of their reports' days.
    pub members: Vec<Member>,
}

/// An entry's number.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Number {
    /// Lower bound.
    pub low: Option<f64>,
    /// Best value.
    pub best: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// What is counted.
    pub unit: Option<SmolStr>,
    /// The rule that chose the best value.
    pub rule: Option<String>,
}

/// One claim of an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// Its id.
    pub claim: String,
    /// Its report.
    pub report: String,
    /// The report's day.
    pub date: Option<Date>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// Its title, or its file's name.
    pub title: String,
    /// The independent source that it counts with: a number that is the same for copies and for reports of one publisher.
    pub origin: i64,
    /// The claim's status.
    pub status: Status,
    /// The report's words for the number.
    pub quantity: Option<String>,
    /// Its best value, else its lower, else its upper bound.
    pub number: Option<f64>,
    /// Whether a later number of the same source took its place.
    pub superseded: bool,
    /// Accepted or rejected.
    pub decided: Option<bool>,
    /// The claim of the entry that it is most like.
    pub like: Option<String>,
    /// What it has in common with that one.
    pub why: Vec<&'static str>,
    /// The words.
    pub quote: String,
}

/// A claim with its report, as an entry is made of them.
struct Part {
    claim: Claim,
    facts: Facts,
    report: i64,
    group: i64,
    hash: String,
    date: Option<Date>,
    publisher: Option<String>,
    title: String,
}

impl Entry {
    /// Low, best and high of a number that may be added to others: no running tally, no part of another number, no rise or fall.
    pub(crate) fn incident_number(&self) -> Option<[f64; 3]> {
        if self.cumulative || self.inside.is_some() || self.change.is_some() {
            return None;
        }
        let number = &self.number;
        let best = number.best.or(number.low).or(number.high)?;
        Some([number.low.unwrap_or(best), best, number.high.unwrap_or(best)])
    }
}

impl Record {
    /// The entry with this number.
    pub(crate) fn entry(&self, n: i64, rulings: &Rulings, rule: &Rule) -> Result<Entry> {
        let mut parts = self.parts(n, rulings)?;
        parts.sort_by_key(|part| (part.date.is_none(), part.date, part.facts.id));
        let Some(first) = parts.first() else { return Err(self.damaged(format!("entry e{} has no claims", codec::id(n)))) };
        let link = |claims: &mut dyn Iterator<Item = &String>| -> Result<Option<String>> {
            let claims: Vec<i64> = claims.filter_map(|id| codec::number(id)).collect();
            for claim in claims {
                if let Some(entry) = self.entry_of(claim)? {
                    return Ok(Some(format!("e{}", codec::id(entry))));
                }
            }
            Ok(None)
        };
        let of_event = link(&mut parts.iter().filter_map(|part| part.claim.of_event.as_ref()))?;
        let inside =
            link(&mut parts.iter().filter_map(|part| part.claim.inside.as_ref()))?.filter(|whole| *whole != format!("e{}", codec::id(n)));
        let origin = sources(&parts.iter().map(|part| (part.report, part.group, part.publisher.clone())).collect::<Vec<_>>());
        let counted = count(&parts, &origin, rulings, rule);
        let status = parts.iter().map(|part| part.claim.status).min_by_key(|status| rank(*status as u8)).unwrap_or(Status::Actual);
        let decided = |wanted: bool| parts.iter().all(|part| rulings.verdict(part.facts.id) == Some(wanted));
        let mut reports: Vec<i64> = parts.iter().map(|part| part.report).collect();
        reports.sort_unstable();
        reports.dedup();
        let mut distinct = origin.clone();
        distinct.sort_unstable();
        distinct.dedup();
        Ok(Entry {
            id: format!("e{}", codec::id(n)),
            kind: first.claim.kind,
            type_: first.claim.type_,
            mode: most_common(parts.iter().filter_map(|part| part.claim.mode.as_deref())).map(SmolStr::from),
            status,
            disputed: status != Status::Negated && parts.iter().any(|part| part.claim.status == Status::Negated),
            source: side(parts.iter().map(|part| &part.claim.source)),
            target: side(parts.iter().map(|part| &part.claim.target)),
            mutual: first.claim.mutual,
            place: place(&parts),
            time: time(&parts),
            first_reported: parts.iter().filter_map(|part| part.date).min(),
            last_reported: parts.iter().filter_map(|part| part.date).max(),
            cumulative: first.facts.is_cumulative(),
            change: first.claim.change,
            cause: parts.iter().find_map(|part| part.claim.cause),
            of_event,
            inside,
            said_by: speakers(&parts),
            reports: reports.len(),
            independent: distinct.len(),
            held: if status == Status::Actual { self.held(&parts.iter().map(|part| &part.facts).collect::<Vec<_>>())? } else { Vec::new() },
            decided: if decided(false) { Some("rejected") } else { decided(true).then_some("accepted") },
            confidence: parts.iter().filter_map(|part| part.claim.confidence).max_by(f64::total_cmp),
            members: members(&parts, &origin, &counted, rulings),
            number: Number {
                unit: first.facts.unit.clone(),
                rule: first.claim.quantity.as_ref().map(|_| counted.rule.clone()),
                low: counted.low,
                best: counted.best,
                high: counted.high,
            },
        })
    }

    /// The number of the entry that a claim is in.
    pub(crate) fn entry_of(&self, claim: i64) -> Result<Option<i64>> {
        let sql = "SELECT fact.entry FROM claim JOIN fact ON fact.claim = claim.n WHERE claim.id = ?1";
        self.row(sql, [claim], |row| row.get(0))
    }

    fn parts(&self, n: i64, rulings: &Rulings) -> Result<Vec<Part>> {
        let sql = "SELECT fact.claim, claim.coding, report.n, report.hash, report.date, report.publisher,
               coalesce(nullif(report.title, ''), report.name), coalesce(source.grp, report.n), fact.facts
             FROM fact JOIN claim ON claim.n = fact.claim JOIN report ON report.n = fact.report
             LEFT JOIN source ON source.report = report.n WHERE fact.entry = ?1";
        let rows = self.rows(sql, [n], |row| {
            let names = (row.get::<_, Option<String>>(4)?, row.get::<_, Option<String>>(5)?, row.get::<_, String>(6)?);
            let numbers = [row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(7)?];
            Ok((numbers, row.get::<_, Vec<u8>>(3)?, names, row.get::<_, Vec<u8>>(8)?))
        })?;
        rows.into_iter()
            .map(|([claim, coding, report, group], hash, (date, publisher, title), blob)| {
                let hash = crate::add::hash_name(&hash);
                let claim = self.claim_at(coding, claim)?;
                let facts = self.thaw(&blob)?.facts;
                let date = date.and_then(|date| date.parse().ok());
                Ok(Part { claim: rulings.corrected(claim), facts, report, group, hash, date, publisher, title })
            })
            .collect()
    }
}

/// How many days after one another two counts of a running tally may be published to be counts of the same day.
const TALLY_DAYS: i32 = 31;

/// The bounds of the claims' numbers. A running tally grows: what was counted earlier is in what was counted last.
fn count(parts: &[Part], origin: &[i64], rulings: &Rulings, rule: &Rule) -> Bounds {
    let last = parts.iter().filter_map(|part| part.date).max();
    let stale = |part: &Part| {
        let apart = last.zip(part.date).map_or(0, |(last, date)| crate::merge::day(last) - crate::merge::day(date));
        part.facts.is_cumulative() && apart > TALLY_DAYS
    };
    let votes: Vec<Vote> = parts
        .iter()
        .zip(origin)
        .filter(|(part, _)| !stale(part))
        .filter_map(|(part, origin)| {
            let quantity = part.claim.quantity.as_ref()?;
            Some(Vote {
                source: *origin,
                report: part.report,
                publisher: part.publisher.clone(),
                date: part.date,
                claim: part.facts.id,
                low: quantity.low.map(|amount| amount.0),
                best: quantity.best.map(|amount| amount.0),
                high: quantity.high.map(|amount| amount.0),
            })
        })
        .collect();
    let mut found = bounds(&votes, rule, rulings.choice(parts.iter().map(|part| part.facts.id)));
    found.superseded.extend(parts.iter().filter(|part| stale(part)).map(|part| part.claim.id.clone()));
    found
}

fn members(parts: &[Part], origin: &[i64], counted: &Bounds, rulings: &Rulings) -> Vec<Member> {
    let facts: Vec<&Facts> = parts.iter().map(|part| &part.facts).collect();
    // What hundreds of reports say needs no comparison of all with all.
    let others = &facts[..facts.len().min(50)];
    let member = |(part, origin): (&Part, &i64)| {
        let like = why(&part.facts, others, &rulings.pairs);
        Member {
            claim: part.claim.id.clone(),
            report: part.hash.clone(),
            date: part.date,
            publisher: part.publisher.clone(),
            title: part.title.clone(),
            origin: *origin,
            status: part.claim.status,
            quantity: part.claim.quantity.as_ref().map(|quantity| quantity.text.clone()),
            number: part
                .claim
                .quantity
                .as_ref()
                .and_then(|quantity| quantity.best.or(quantity.low).or(quantity.high))
                .map(|amount| amount.0),
            superseded: counted.superseded.contains(&part.claim.id),
            decided: rulings.verdict(part.facts.id),
            like: like.as_ref().map(|(id, _)| codec::id(*id)),
            why: like.into_iter().flat_map(|(_, reasons)| reasons).map(|reason| reason.words()).collect(),
            quote: part.claim.evidence.quote.clone(),
        }
    };
    parts.iter().zip(origin).map(member).collect()
}

/// The actors of one side over all claims: of two that may be one the better known.
fn side<'a>(sides: impl Iterator<Item = &'a Vec<Actor>>) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    for actor in sides.flatten() {
        let who = Who::of(actor);
        match out.iter_mut().find(|known| tie(&Who::of(known), &who) != Tie::Against) {
            Some(known) if better(actor, known) => *known = actor.clone(),
            Some(_) => {}
            None => out.push(actor.clone()),
        }
    }
    out
}

fn better(actor: &Actor, known: &Actor) -> bool {
    let rank = |actor: &Actor| (actor.id.is_some(), actor.country.is_some(), actor.code.len());
    rank(actor) > rank(known)
}

fn speakers(parts: &[Part]) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    for actor in parts.iter().flat_map(|part| &part.claim.said_by) {
        if !out.iter().any(|known| known.code == actor.code && known.name == actor.name) {
            out.push(actor.clone());
        }
    }
    out
}

fn place(parts: &[Part]) -> Option<Place> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let places: Vec<&Place> = parts.iter().filter_map(|part| part.claim.place.as_ref()).collect();
    places.iter().for_each(|place| *counts.entry(place.name.as_str()).or_default() += 1);
    let exact = |place: &&&Place| (place.precision.unwrap_or(9), std::cmp::Reverse(counts[place.name.as_str()]), place.name.clone());
    places.iter().min_by_key(exact).map(|place| (*place).clone())
}

/// The most exact time; a relation's runs from the earliest start to the latest end that are told.
fn time(parts: &[Part]) -> Option<Time> {
    let times = parts.iter().filter_map(|part| part.claim.time.as_ref()).filter(|time| time.start.or(time.end).is_some());
    if parts.first()?.claim.kind == Kind::Relation {
        let start = times.clone().filter_map(|time| time.start).min();
        let end = times.clone().filter_map(|time| time.end).max();
        return times.clone().next().map(|time| Time { start, end, ..time.clone() });
    }
    let width = |time: &Time| time.start.zip(time.end).map_or(i32::MAX, |(start, end)| crate::merge::day(end) - crate::merge::day(start));
    times.min_by_key(|time| (width(time), time.start, time.end)).cloned()
}
