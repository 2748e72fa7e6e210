//! What several coders said of the same claims: how far they agree, what is left to adjudicate, and what they corrected most.
//!
//! Agreement is Krippendorff's alpha (K. Krippendorff, 'Content Analysis', 2004, chapter 11): 1 where all agree, 0 where they agree as often as chance
//! would have it. It is nominal, for numbers and days by the square of their distance.

use crate::decisions::{Decision, correct, standing};
use crate::error::Result;
use crate::store::Record;
use griot_types::{Actor, Amount, Claim, Part};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// How far coders agree on one field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// The field; `verdict` is whether the claim is right at all.
    pub field: &'static str,
    /// How many claims two coders or more gave it a value for.
    pub claims: usize,
    /// The share of these on which all said the same.
    pub same: f64,
    /// Krippendorff's alpha; `None` where all values are alike, so that chance has no measure.
    pub alpha: Option<f64>,
}

/// A claim on which coders differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The claim.
    pub claim: String,
    /// Its report.
    pub report: String,
    /// The field.
    pub field: &'static str,
    /// What each coder says, by name.
    pub said: BTreeMap<String, String>,
    /// The words.
    pub quote: String,
}

/// What people had to put right, and how often.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lesson {
    /// `rejected`, or the field that was corrected.
    pub field: String,
    /// What the machine read: a frame's type and mode with the words for the act, or a name.
    pub read: String,
    /// What people put in its place; empty for what they rejected.
    pub right: String,
    /// How often.
    pub times: usize,
    /// The claims.
    pub claims: Vec<String>,
}

/// The fields that are compared, each with whether its values have a distance.
const FIELDS: [(&str, bool); 11] = [
    ("verdict", false),
    ("type", false),
    ("mode", false),
    ("status", false),
    ("source", false),
    ("target", false),
    ("said_by", false),
    ("place", false),
    ("start", true),
    ("end", true),
    ("number", true),
];

/// What a coder says of a claim.
#[derive(Default)]
struct Opinion {
    rejected: bool,
    fields: Vec<(String, Value)>,
}

/// A field's value: how it is written, and where it lies.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    words: String,
    at: Option<f64>,
}

impl Record {
    /// How far those agree who decided on the same claims, field by field, and where they differ.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn agreement(&self) -> Result<(Vec<Agreement>, Vec<Difference>)> {
        let all = self.decisions(&self.scope)?;
        let mut opinions: BTreeMap<String, BTreeMap<String, Opinion>> = BTreeMap::new();
        for decision in standing(&all).filter(|decision| ["accept", "reject", "correct"].contains(&decision.what.as_str())) {
            for claim in &decision.subject {
                let opinion = opinions.entry(claim.clone()).or_default().entry(decision.who.clone()).or_default();
                opinion.rejected = decision.what == "reject";
                if decision.what == "correct" {
                    opinion
                        .fields
                        .extend(decision.after.as_object().into_iter().flatten().map(|(path, value)| (path.clone(), value.clone())));
                }
            }
        }
        let mut units: Vec<Vec<Vec<Said>>> = vec![Vec::new(); FIELDS.len()];
        let mut differences = Vec::new();
        for (id, by) in opinions.iter().filter(|(_, by)| by.len() > 1) {
            let read = self.claim_as_read(id)?;
            for (at, &(field, _)) in FIELDS.iter().enumerate() {
                let said: Vec<(&String, Said)> =
                    by.iter().filter_map(|(who, opinion)| Some((who, value(field, &read, opinion)?))).collect();
                if said.len() < 2 {
                    continue;
                }
                if said.iter().any(|(_, value)| *value != said[0].1) {
                    differences.push(Difference {
                        claim: id.clone(),
                        report: read.document.clone(),
                        field,
                        said: said.iter().map(|(who, value)| ((*who).clone(), value.words.clone())).collect(),
                        quote: read.evidence.quote.clone(),
                    });
                }
                units[at].push(said.into_iter().map(|(_, value)| value).collect());
            }
        }
        let agreement = FIELDS.iter().zip(&units).filter(|(_, units)| !units.is_empty()).map(|(&(field, distant), units)| {
            let same = units.iter().filter(|unit| unit.iter().all(|value| *value == unit[0])).count();
            Agreement { field, claims: units.len(), same: same as f64 / units.len() as f64, alpha: alpha(units, distant) }
        });
        Ok((agreement.collect(), differences))
    }

    /// What people rejected and corrected, the most frequent first.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn lessons(&self) -> Result<Vec<Lesson>> {
        let all = self.decisions(&self.scope)?;
        let mut found: BTreeMap<(String, String, String), Vec<String>> = BTreeMap::new();
        for decision in standing(&all) {
            match decision.what.as_str() {
                "reject" => {
                    for claim in &decision.subject {
                        let read = frame(&self.claim_as_read(claim)?);
                        found.entry(("rejected".to_owned(), read, String::new())).or_default().push(claim.clone());
                    }
                }
                "correct" => self.corrected_fields(decision, &mut found)?,
                _ => {}
            }
        }
        let mut lessons: Vec<Lesson> =
            found.into_iter().map(|((field, read, right), claims)| Lesson { field, read, right, times: claims.len(), claims }).collect();
        lessons.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| (&a.field, &a.read, &a.right).cmp(&(&b.field, &b.read, &b.right))));
        Ok(lessons)
    }

    fn corrected_fields(&self, decision: &Decision, found: &mut BTreeMap<(String, String, String), Vec<String>>) -> Result<()> {
        let Some(claim) = decision.subject.first() else { return Ok(()) };
        let read = self.claim_as_read(claim)?;
        for (path, after) in decision.after.as_object().into_iter().flatten() {
            let names = ["source", "target", "said_by", "place"].contains(&path.split('.').next().unwrap_or(""));
            // A name is learned as a name; all else belongs to the frame that read it.
            let was = if names { words(&decision.before[path]) } else { format!("{}: {}", frame(&read), words(&decision.before[path])) };
            found.entry((path.clone(), was, words(after))).or_default().push(claim.clone());
        }
        Ok(())
    }
}

/// A claim's frame as people know it: type, mode and the words for the act.
fn frame(claim: &Claim) -> String {
    let mode = claim.mode.as_ref().map(|mode| format!("/{mode}")).unwrap_or_default();
    let start = claim.evidence.start;
    let span = claim.evidence.parts.get(Part::Action);
    let cut =
        span.and_then(|span| claim.evidence.quote.get(span.start.checked_sub(start)? as usize..span.end.checked_sub(start)? as usize));
    format!("{}{mode} “{}”", claim.type_, cut.unwrap_or(&claim.evidence.quote))
}

/// A value of a claim's JSON in few words: names of actors and places, else the value itself.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(map) => map.get("name").or_else(|| map.get("text")).map_or_else(|| value.to_string(), words),
        other => other.to_string(),
    }
}

/// What a coder's opinion makes of a field; `None` where it says nothing of it.
fn value(field: &str, read: &Claim, opinion: &Opinion) -> Option<Said> {
    let plain = |words: String| Some(Said { words, at: None });
    if field == "verdict" {
        return plain(if opinion.rejected { "rejected" } else { "accepted" }.to_owned());
    }
    if opinion.rejected {
        return None;
    }
    let claim = correct(read, &opinion.fields).ok()?;
    let names = |side: &[Actor]| {
        let mut names: Vec<&str> = side.iter().map(|actor| actor.id.as_deref().unwrap_or(&actor.name)).collect();
        names.sort_unstable();
        names.join(", ")
    };
    let day = |day: Option<griot_types::Date>| day.map(|day| Said { words: day.to_string(), at: Some(f64::from(crate::merge::day(day))) });
    match field {
        "type" => plain(claim.type_.to_string()),
        "mode" => plain(claim.mode.as_deref().unwrap_or("none").to_owned()),
        "status" => plain(claim.status.to_string()),
        "source" => plain(names(&claim.source)),
        "target" => plain(names(&claim.target)),
        "said_by" => plain(names(&claim.said_by)),
        "place" => plain(claim.place.map_or_else(|| "none".to_owned(), |place| place.name)),
        "start" => day(claim.time?.start),
        "end" => day(claim.time?.end),
        _ => {
            let Amount(number) = claim.quantity.and_then(|quantity| quantity.best.or(quantity.low).or(quantity.high))?;
            Some(Said { words: number.to_string(), at: Some(number) })
        }
    }
}

/// Krippendorff's alpha over units of two values or more.
fn alpha(units: &[Vec<Said>], distant: bool) -> Option<f64> {
    let apart = |a: &Said, b: &Said| match (distant, a.at, b.at) {
        (true, Some(a), Some(b)) => (a - b) * (a - b),
        _ => f64::from(u8::from(a.words != b.words)),
    };
    let pairs = |values: &[&Said]| -> f64 { values.iter().map(|a| values.iter().map(|b| apart(a, b)).sum::<f64>()).sum() };
    let all: Vec<&Said> = units.iter().flatten().collect();
    let n = all.len() as f64;
    let expected = pairs(&all) / (n * (n - 1.0));
    let observed: f64 = units.iter().map(|unit| pairs(&unit.iter().collect::<Vec<_>>()) / (unit.len() as f64 - 1.0)).sum::<f64>() / n;
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(words: &[&str]) -> Vec<Said> {
        words.iter().map(|words| Said { words: (*words).to_owned(), at: words.parse().ok() }).collect()
    }

    /// Two observers and ten units, worked out by hand: 14 zeros and 6 ones, 4 units in which they differ.
    #[test]
    fn alpha_is_krippendorffs() {
        let (a, b) = ([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]);
        let units: Vec<Vec<Said>> = a.iter().zip(b).map(|(a, b)| unit(&[&a.to_string(), &b.to_string()])).collect();
        // Observed 8 / 20; expected 2 · 14 · 6 / (20 · 19).
        assert!((alpha(&units, false).unwrap() - (1.0 - 0.4 / (168.0 / 380.0))).abs() < 1e-9);
        assert_eq!(alpha(&[unit(&["a", "a"]), unit(&["b", "b"])], false), Some(1.0));
        assert_eq!(alpha(&[unit(&["a", "a"])], false), None);
    }

    #[test]
    fn numbers_that_are_near_disagree_less() {
        let far = alpha(&[unit(&["10", "10"]), unit(&["20", "90"])], true).unwrap();
        let near = alpha(&[unit(&["10", "10"]), unit(&["89", "90"])], true).unwrap();
        assert!(near > 0.99 && far < 0.5, "{near} {far}");
    }
}
