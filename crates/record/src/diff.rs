//! What changed between two states of a record, or between two records, and why.

use crate::bounds::Rule;
use crate::codec;
use crate::decisions::{Decision, Rulings};
use crate::entry::Entry;
use crate::error::Result;
use crate::question::Filter;
use crate::store::Record;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One entry that is not what it was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// `new`, `gone` or `changed`.
    pub what: &'static str,
    /// The entry's id after, or before where it is gone.
    pub id: String,
    /// The entries before that it has claims of: several were merged; one that stands here twice was split.
    pub was: Vec<String>,
    /// Field, value before and value after.
    pub fields: Vec<(&'static str, Value, Value)>,
    /// Why: new reports, new readings, decisions.
    pub why: Vec<String>,
    /// The entry as it is, or as it was where it is gone.
    pub entry: Entry,
}

/// The changes from `before` to `after`, in the order of the entries after, then those that are gone.
///
/// # Errors
/// One of them cannot be read.
pub fn diff(before: &Record, after: &Record, rule: &Rule) -> Result<Vec<Change>> {
    let (old, new) = (all(before, rule)?, all(after, rule)?);
    let home: BTreeMap<&str, &Entry> =
        old.iter().flat_map(|entry| entry.members.iter().map(move |member| (member.claim.as_str(), entry))).collect();
    let known: BTreeSet<&str> = old.iter().flat_map(|entry| entry.members.iter().map(|member| member.report.as_str())).collect();
    let taken: BTreeSet<i64> = before.history()?.iter().map(|decision| decision.n).collect();
    let fresh: Vec<Decision> = after.history()?.into_iter().filter(|decision| !taken.contains(&decision.n)).collect();
    let mut changes = Vec::new();
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for entry in &new {
        let mut was: Vec<&Entry> = entry.members.iter().filter_map(|member| home.get(member.claim.as_str()).copied()).collect();
        was.sort_by(|a, b| a.id.cmp(&b.id));
        was.dedup_by(|a, b| a.id == b.id);
        met.extend(was.iter().map(|entry| entry.id.as_str()));
        let fields = was.first().map(|old| fields(old, entry)).unwrap_or_default();
        if was.len() == 1 && fields.is_empty() {
            continue;
        }
        changes.push(Change {
            what: if was.is_empty() { "new" } else { "changed" },
            id: entry.id.clone(),
            why: why(entry, &was, &known, &fresh),
            was: was.iter().map(|entry| entry.id.clone()).collect(),
            fields,
            entry: entry.clone(),
        });
    }
    for entry in old.iter().filter(|entry| !met.contains(entry.id.as_str())) {
        let mut why = decided(entry, &fresh);
        if why.is_empty() {
            why.push("a later reading of its report took its place".to_owned());
        }
        changes.push(Change {
            what: "gone",
            id: entry.id.clone(),
            was: vec![entry.id.clone()],
            fields: Vec::new(),
            why,
            entry: entry.clone(),
        });
    }
    Ok(changes)
}

fn all(record: &Record, rule: &Rule) -> Result<Vec<Entry>> {
    let rulings = Rulings::read(record, &record.scope)?;
    record.find(&Filter { rejected: true, ..Filter::default() }, None)?.into_iter().map(|n| record.entry(n, &rulings, rule)).collect()
}

fn fields(old: &Entry, new: &Entry) -> Vec<(&'static str, Value, Value)> {
    let claims = |entry: &Entry| {
        let mut ids: Vec<i64> = entry.members.iter().filter_map(|member| codec::number(&member.claim)).collect();
        ids.sort_unstable();
        json!(ids.into_iter().map(codec::id).collect::<Vec<_>>())
    };
    let looked = |entry: &Entry| {
        vec![
            ("type", json!(entry.type_)),
            ("mode", json!(entry.mode)),
            ("status", json!(entry.status)),
            ("disputed", json!(entry.disputed)),
            ("source", json!(entry.source.iter().map(|actor| &actor.name).collect::<Vec<_>>())),
            ("target", json!(entry.target.iter().map(|actor| &actor.name).collect::<Vec<_>>())),
            ("place", json!(entry.place.as_ref().map(|place| &place.name))),
            ("start", json!(entry.time.as_ref().and_then(|time| time.start))),
            ("end", json!(entry.time.as_ref().and_then(|time| time.end))),
            ("low", json!(entry.number.low)),
            ("best", json!(entry.number.best)),
            ("high", json!(entry.number.high)),
            ("reports", json!(entry.reports)),
            ("independent", json!(entry.independent)),
            ("decided", json!(entry.decided)),
            ("claims", claims(entry)),
        ]
    };
    let pairs = looked(old).into_iter().zip(looked(new));
    pairs.filter(|((_, before), (_, after))| before != after).map(|((name, before), (_, after))| (name, before, after)).collect()
}

fn why(entry: &Entry, was: &[&Entry], known: &BTreeSet<&str>, fresh: &[Decision]) -> Vec<String> {
    let mut why = decided(entry, fresh);
    let old: BTreeSet<&str> = was.iter().flat_map(|entry| entry.members.iter().map(|member| member.claim.as_str())).collect();
    let mut reports = BTreeSet::new();
    for member in entry.members.iter().filter(|member| !old.contains(member.claim.as_str())) {
        let source = member.publisher.as_deref().unwrap_or(&member.title);
        let words = if known.contains(member.report.as_str()) { "a new reading of a report" } else { "a new report" };
        reports.insert(format!("{words}: {source} {}", member.date.map(|date| date.to_string()).unwrap_or_default()).trim_end().to_owned());
    }
    why.extend(reports);
    if was.len() > 1 {
        why.push(format!("{} entries became one", was.len()));
    }
    if why.is_empty() {
        why.push("what it is merged with changed".to_owned());
    }
    why
}

fn decided(entry: &Entry, fresh: &[Decision]) -> Vec<String> {
    let about = |decision: &&Decision| decision.subject.iter().any(|id| entry.members.iter().any(|member| member.claim == *id));
    let words = |decision: &Decision| {
        let why = if decision.why.is_empty() { String::new() } else { format!(": {}", decision.why) };
        format!("decision {} ({} by {}){why}", decision.n, decision.what, decision.who)
    };
    fresh.iter().filter(about).map(words).collect()
}
