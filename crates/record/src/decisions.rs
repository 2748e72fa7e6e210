//! What people decided: append-only, each row chained to the one before it.

use crate::codec;
use crate::error::{ErrorKind, Result};
use crate::merge::{Pairs, key};
use crate::scope::Scope;
use crate::store::{Record, now};
use griot_types::{Claim, sha256};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use serde_json::{Value, json};

/// One decision as it stands in the record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decision {
    /// Its number.
    pub n: i64,
    /// When, UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// What: `accept`, `reject`, `correct`, `merge`, `split`, `choose`, `comment`, `sensitivity` or `undo`.
    pub what: String,
    /// The claims, the report or the decision that it is about.
    pub subject: Vec<String>,
    /// What was there.
    pub before: Value,
    /// What is there now.
    pub after: Value,
    /// Why.
    pub why: String,
    /// The hash of the decision before it.
    pub previous: String,
    /// The hash of this one.
    pub hash: String,
}

/// The hash that the first decision is chained to.
pub(crate) const START: &str = "sha256:0";

impl Decision {
    /// What the hash must be.
    pub fn right_hash(&self) -> String {
        let all = json!([self.n, self.at, self.who, self.what, self.subject, self.before, self.after, self.why, self.previous]);
        sha256(all.to_string().as_bytes())
    }
}

/// What is to be decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The claims of these entries, or these claims, are right.
    Accept(Vec<String>),
    /// They are wrong, and count no longer.
    Reject(Vec<String>),
    /// Fields of one claim are otherwise: paths such as `quantity.best` and their values.
    Correct(String, Vec<(String, Value)>),
    /// These entries are about the same.
    Merge(Vec<String>),
    /// These claims are not about the same as the rest of their entry.
    Split(Vec<String>),
    /// The best value of an entry.
    Choose(String, f64),
    /// Words about a claim, an entry or a report.
    Comment(String),
    /// How sensitive a report is, 0 to 3.
    Sensitivity(String, u8),
    /// A decision, by its number, no longer counts.
    Undo(i64),
}

/// All decisions together, as far as they count.
#[derive(Debug, Default)]
pub struct Rulings {
    /// Accepted (`true`) or rejected claims.
    verdicts: FxHashMap<i64, bool>,
    corrections: FxHashMap<i64, Vec<(String, Value)>>,
    /// Together or apart.
    pub pairs: Pairs,
    choices: FxHashMap<i64, f64>,
    sensitivity: FxHashMap<String, u8>,
}

/// Those that nobody undid, in order.
pub(crate) fn standing(all: &[Decision]) -> impl Iterator<Item = &Decision> {
    let mut undone: FxHashSet<i64> = FxHashSet::default();
    // An undoing that was itself undone does not count, so the last ones speak first.
    for decision in all.iter().rev().filter(|decision| decision.what == "undo") {
        if !undone.contains(&decision.n) {
            undone.extend(decision.subject.first().and_then(|n| n.parse::<i64>().ok()));
        }
    }
    all.iter().filter(move |decision| !undone.contains(&decision.n))
}

impl Rulings {
    /// Reads the decisions that count within `scope`.
    pub(crate) fn read(record: &Record, scope: &Scope) -> Result<Rulings> {
        Ok(Rulings::fold(&record.decisions(scope)?))
    }

    fn fold(all: &[Decision]) -> Rulings {
        let mut rulings = Rulings::default();
        standing(all).for_each(|decision| rulings.take(decision));
        rulings
    }

    fn take(&mut self, decision: &Decision) {
        let claims: Vec<i64> = decision.subject.iter().filter_map(|id| codec::number(id)).collect();
        match decision.what.as_str() {
            "accept" => self.verdicts.extend(claims.iter().map(|claim| (*claim, true))),
            "reject" => self.verdicts.extend(claims.iter().map(|claim| (*claim, false))),
            "correct" => {
                let fields = decision.after.as_object().into_iter().flatten();
                if let Some(claim) = claims.first() {
                    self.corrections.entry(*claim).or_default().extend(fields.map(|(path, value)| (path.clone(), value.clone())));
                }
            }
            "merge" => self.pairs.extend(claims.windows(2).map(|pair| (key(pair[0], pair[1]), true))),
            "split" => {
                let rest: Vec<i64> =
                    decision.after["from"].as_array().into_iter().flatten().filter_map(|id| codec::number(id.as_str()?)).collect();
                for claim in &claims {
                    self.pairs.extend(rest.iter().map(|other| (key(*claim, *other), false)));
                }
                self.pairs.extend(claims.windows(2).map(|pair| (key(pair[0], pair[1]), true)));
            }
            "choose" => {
                if let Some(best) = decision.after["best"].as_f64() {
                    self.choices.extend(claims.iter().map(|claim| (*claim, best)));
                }
            }
            "sensitivity" => {
                if let (Some(report), Some(level)) = (decision.subject.first(), decision.after.as_u64()) {
                    self.sensitivity.insert(report.clone(), level as u8);
                }
            }
            _ => {}
        }
    }

    /// Whether a person accepted or rejected the claim.
    pub fn verdict(&self, claim: i64) -> Option<bool> {
        self.verdicts.get(&claim).copied()
    }

    /// The claims that people accepted or rejected, by number.
    pub fn decided(&self) -> Vec<(i64, bool)> {
        let mut all: Vec<(i64, bool)> = self.verdicts.iter().map(|(claim, verdict)| (*claim, *verdict)).collect();
        all.sort_unstable();
        all
    }

    /// The best value that a person chose for an entry with one of these claims.
    pub fn choice(&self, claims: impl Iterator<Item = i64>) -> Option<f64> {
        claims.filter_map(|claim| self.choices.get(&claim)).copied().next()
    }

    /// The level that a person gave a report.
    pub fn sensitivity(&self, report: &str) -> Option<u8> {
        self.sensitivity.get(report).copied()
    }

    /// The claim as people corrected it.
    pub fn corrected(&self, claim: Claim) -> Claim {
        match codec::number(&claim.id).and_then(|n| self.corrections.get(&n)) {
            Some(fields) => correct(&claim, fields).unwrap_or(claim),
            None => claim,
        }
    }
}

/// The claim with other values at these paths; what does not make a claim is an error in words.
pub fn correct(claim: &Claim, fields: &[(String, Value)]) -> std::result::Result<Claim, String> {
    let mut value = serde_json::to_value(claim).map_err(|error| error.to_string())?;
    for (path, new) in fields {
        if ["id", "document", "codebook", "evidence"].contains(&path.split('.').next().unwrap_or("")) {
            return Err(format!("'{path}' says where the claim comes from and cannot be corrected"));
        }
        let mut place = &mut value;
        for part in path.split('.') {
            // A time or a quantity that the claim lacks begins with what the contract asks for.
            if place.is_null() {
                *place = match path.split('.').next() {
                    Some("time") => json!({"text": "", "start": null, "end": null, "precision": null}),
                    Some("quantity") => json!({"text": "", "low": null, "best": null, "high": null, "relation": "exact", "unit": "people"}),
                    Some("place") => json!({"text": "", "name": ""}),
                    _ => json!({}),
                };
            }
            let known = place.as_object_mut().ok_or_else(|| format!("'{path}' names no field of a claim"))?;
            if path.starts_with("place.") || known.contains_key(part) {
                place = known.entry(part).or_insert(Value::Null);
            } else {
                return Err(format!("'{path}' names no field of a claim"));
            }
        }
        *place = new.clone();
        if path.split('.').next() == Some("place") {
            let first = value["place"].clone();
            value["places"] = if first.is_null() { json!([]) } else { json!([first]) };
        }
    }
    let corrected: Claim = serde_json::from_value(value).map_err(|error| format!("the claim would not hold together: {error}"))?;
    if corrected.type_.kind() != corrected.kind {
        return Err(format!("'{}' is no type of a claim of kind {}", corrected.type_, corrected.kind));
    }
    Ok(corrected)
}

impl Record {
    /// The decisions within `scope`, in order.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn decisions(&self, scope: &Scope) -> Result<Vec<Decision>> {
        let sql = "SELECT n, at, who, what, subject, before, after, why, previous, hash FROM decision WHERE at <= ?1 ORDER BY n";
        let rows = self.rows(sql, [scope.until()], |row| {
            let text = |at: usize| row.get::<_, String>(at);
            Ok((row.get(0)?, [text(1)?, text(2)?, text(3)?, text(4)?, text(5)?, text(6)?, text(7)?, text(8)?, text(9)?]))
        })?;
        rows.into_iter()
            .map(|(n, [at, who, what, subject, before, after, why, previous, hash])| {
                let read = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| self.damaged(format!("decision {n}: {error}")));
                let subject = serde_json::from_str(&subject).map_err(|error| self.damaged(format!("decision {n}: {error}")))?;
                Ok(Decision { n, at, who, what, subject, before: read(&before)?, after: read(&after)?, why, previous, hash })
            })
            .collect()
    }

    /// Decides, and says what was written. Names of entries, claims and reports are looked up in today's record.
    ///
    /// # Errors
    /// A name is not known, the verdict makes no sense, or the record cannot be written.
    pub fn decide(&self, verdict: &Verdict, who: &str, why: &str) -> Result<Decision> {
        if who.trim().is_empty() {
            return Err(self.error(ErrorKind::Misuse("a decision needs somebody who takes it; give --who NAME".into())));
        }
        self.write(|record| {
            let (what, subject, before, after) = record.draft(verdict)?;
            let last = record.row("SELECT n, hash FROM decision ORDER BY n DESC LIMIT 1", [], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
            let (n, previous) = last.map_or_else(|| (1, START.to_owned()), |(n, hash)| (n + 1, hash));
            let mut decision =
                Decision { n, at: now(), who: who.to_owned(), what: what.to_owned(), subject, before, after, why: why.to_owned(), previous, hash: String::new() };
            decision.hash = decision.right_hash();
            let d = &decision;
            let subject = json!(d.subject).to_string();
            record.execute(
                "INSERT INTO decision (n, at, who, what, subject, before, after, why, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                rusqlite::params![d.n, d.at, d.who, d.what, subject, d.before.to_string(), d.after.to_string(), d.why, d.previous, d.hash],
            )?;
            let touched = record.touched(&decision)?;
            record.derive_again(&touched)?;
            Ok(decision)
        })
    }

    /// The claims whose entries a decision may change.
    fn touched(&self, decision: &Decision) -> Result<Vec<i64>> {
        let ids = |decision: &Decision| -> Vec<i64> { decision.subject.iter().filter_map(|id| codec::number(id)).collect() };
        if decision.what != "undo" {
            return Ok(ids(decision));
        }
        let all = self.decisions(&Scope::default())?;
        // An undone undoing brings back what that one had undone.
        let mut at = decision;
        while let Some(target) = at.subject.first().filter(|_| at.what == "undo").and_then(|n| n.parse::<i64>().ok()) {
            match all.iter().find(|decision| decision.n == target && decision.n < at.n) {
                Some(next) => at = next,
                None => break,
            }
        }
        let from = at.after["from"].as_array().into_iter().flatten().filter_map(|id| codec::number(id.as_str()?));
        Ok(ids(at).into_iter().chain(from).collect())
    }

    #[allow(clippy::type_complexity)]
    fn draft(&self, verdict: &Verdict) -> Result<(&'static str, Vec<String>, Value, Value)> {
        let misuse = |words: String| self.error(ErrorKind::Misuse(words));
        let state = |claims: &[String], rulings: &Rulings| -> Value {
            let word = |claim: &String| match codec::number(claim).and_then(|n| rulings.verdict(n)) {
                Some(true) => "accepted",
                Some(false) => "rejected",
                None => "open",
            };
            claims.iter().map(|claim| (claim.clone(), json!(word(claim)))).collect::<serde_json::Map<_, _>>().into()
        };
        let rulings = Rulings::read(self, &Scope::default())?;
        Ok(match verdict {
            Verdict::Accept(names) => {
                let claims = self.claims_of(names)?;
                let before = state(&claims, &rulings);
                ("accept", claims, before, json!("accepted"))
            }
            Verdict::Reject(names) => {
                let claims = self.claims_of(names)?;
                let before = state(&claims, &rulings);
                ("reject", claims, before, json!("rejected"))
            }
            Verdict::Correct(name, fields) => {
                let claim = self.one_claim(name)?;
                let now = rulings.corrected(self.claim_as_read(&claim)?);
                correct(&now, fields).map_err(misuse)?;
                let old = serde_json::to_value(&now).unwrap_or_default();
                let at = |path: &str| path.split('.').fold(&old, |value, part| &value[part]).clone();
                let before: serde_json::Map<String, Value> = fields.iter().map(|(path, _)| (path.clone(), at(path))).collect();
                let after: serde_json::Map<String, Value> = fields.iter().cloned().collect();
                ("correct", vec![claim], before.into(), after.into())
            }
            Verdict::Merge(names) => {
                let entries = names.iter().map(|name| self.entry_named(name)).collect::<Result<Vec<i64>>>()?;
                let distinct: std::collections::BTreeSet<i64> = entries.iter().copied().collect();
                if distinct.len() < 2 {
                    return Err(misuse("a merge needs two entries or more, and these names mean one".into()));
                }
                let lists = distinct.iter().map(|entry| self.members(*entry)).collect::<Result<Vec<_>>>()?;
                let before: Vec<Value> = lists.iter().map(|list| json!(list.iter().map(|n| codec::id(*n)).collect::<Vec<_>>())).collect();
                ("merge", lists.into_iter().flatten().map(codec::id).collect(), json!(before), json!("one entry"))
            }
            Verdict::Split(names) => {
                let claims = names.iter().map(|name| self.one_claim(name)).collect::<Result<Vec<String>>>()?;
                let entry = self.entry_named(claims.first().ok_or_else(|| misuse("a split needs a claim".into()))?)?;
                let all: Vec<String> = self.members(entry)?.into_iter().map(codec::id).collect();
                if let Some(stranger) = claims.iter().find(|claim| !all.contains(claim)) {
                    return Err(misuse(format!("{stranger} is a claim of another entry; split one entry at a time")));
                }
                let rest: Vec<&String> = all.iter().filter(|claim| !claims.contains(claim)).collect();
                if rest.is_empty() {
                    return Err(misuse("these are all claims of the entry; a split leaves some behind".into()));
                }
                ("split", claims, json!(all), json!({ "from": rest }))
            }
            Verdict::Choose(name, best) => {
                let members = self.members(self.entry_named(name)?)?;
                let before = json!({ "best": rulings.choice(members.iter().copied()) });
                ("choose", members.into_iter().map(codec::id).collect(), before, json!({ "best": best }))
            }
            Verdict::Comment(name) => (
                "comment",
                self.claims_of(std::slice::from_ref(name)).or_else(|_| self.report_named(name).map(|r| vec![r]))?,
                Value::Null,
                Value::Null,
            ),
            Verdict::Sensitivity(name, level) => {
                let report = self.report_named(name)?;
                let before = json!(rulings.sensitivity(&report));
                ("sensitivity", vec![report], before, json!(level.min(&3)))
            }
            Verdict::Undo(n) => {
                let known = self.row("SELECT what FROM decision WHERE n = ?1", [n], |row| row.get::<_, String>(0))?;
                let what = known.ok_or_else(|| misuse(format!("there is no decision {n}; 'griot history' lists them")))?;
                ("undo", vec![n.to_string()], json!(what), Value::Null)
            }
        })
    }
}
