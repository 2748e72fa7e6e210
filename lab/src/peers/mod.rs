//! Griot on the tests of other event coders: one table, the peers' figures beside.
//!
//! The tests lie in a data folder and only measure: nothing of them is copied here or trained on. Each room scores one test with the
//! claims that a report would give, by spans or words as the test marks them.

mod muc;
mod petrarch;
mod police;
mod re3d;
mod spans;
mod subtypes;
mod wikievents;

use crate::line::Line;
use anyhow::Result;
use griot_types::{Claim, Part, Span};
use std::fmt::Write;
use std::path::Path;

/// Right, found and wanted: what precision and recall come from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Answers that are right.
    pub right: f64,
    /// Answers given.
    pub found: f64,
    /// Answers wanted.
    pub wanted: f64,
}

impl Counts {
    /// One comparison of sets by a test of likeness; each wanted item answers one found item.
    pub fn of<A, B>(found: &[A], wanted: &[B], like: impl Fn(&A, &B) -> bool) -> Counts {
        let mut left: Vec<&B> = wanted.iter().collect();
        let mut right = 0.0;
        for item in found {
            if let Some(at) = left.iter().position(|w| like(item, w)) {
                left.remove(at);
                right += 1.0;
            }
        }
        Counts { right, found: found.len() as f64, wanted: wanted.len() as f64 }
    }

    /// Adds another comparison.
    pub fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    /// Counts one yes-or-no answer.
    pub fn answer(&mut self, found: bool, wanted: bool) {
        self.right += f64::from(found && wanted);
        self.found += f64::from(found);
        self.wanted += f64::from(wanted);
    }

    /// The share of answers that are right.
    pub fn precision(&self) -> f64 {
        if self.found == 0.0 { 0.0 } else { self.right / self.found }
    }

    /// The share of wanted answers that were given.
    pub fn recall(&self) -> f64 {
        if self.wanted == 0.0 { 0.0 } else { self.right / self.wanted }
    }

    /// Their harmonic mean.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

/// A line of the table.
pub struct Row {
    /// The test and what of it is measured.
    pub test: String,
    /// What came out, as F1 unless `figure` says otherwise.
    pub counts: Counts,
    /// A figure that does not follow from the counts (a weighted or macro mean).
    pub figure: Option<f64>,
    /// What others reach.
    pub peer: &'static str,
    /// The floor and the goal, where there are any.
    pub aim: &'static str,
}

impl Row {
    fn new(test: impl Into<String>, counts: Counts) -> Row {
        Row { test: test.into(), counts, figure: None, peer: "", aim: "" }
    }

    fn peer(mut self, peer: &'static str, aim: &'static str) -> Row {
        (self.peer, self.aim) = (peer, aim);
        self
    }
}

/// What to print besides the table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Show {
    /// Each miss and each false answer.
    pub all: bool,
}

/// Scores all tests that lie below `data` (or the one called `only`) and returns the table's rows.
pub fn score(line: &Line, data: &Path, only: Option<&str>, show: Show) -> Result<Vec<Row>> {
    let events = data.join("events");
    type Test = fn(&Line, &Path, Show) -> Result<Vec<Row>>;
    let tests: [(&str, Test); 7] = [
        ("cameo-ner", spans::score),
        ("muc4", muc::score),
        ("case2021", subtypes::score),
        ("india-police", police::score),
        ("wikievents", wikievents::score),
        ("re3d", re3d::score),
        ("petrarch-suite", petrarch::score),
    ];
    let mut rows = Vec::new();
    for (name, test) in tests {
        if only.is_none_or(|o| o == name) {
            rows.extend(test(line, &events.join(name), show)?);
        }
    }
    Ok(rows)
}

/// The table as Markdown.
pub fn table(rows: &[Row]) -> String {
    let mut out = String::from("| test | precision | recall | F1 | peers | floor / goal |\n|---|---|---|---|---|---|\n");
    for row in rows {
        let figure = row.figure.unwrap_or_else(|| row.counts.f1());
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {} | {:.2} | {:.2} | {figure:.2} | {} | {} |",
            row.test,
            row.counts.precision(),
            row.counts.recall(),
            row.peer,
            row.aim
        );
    }
    out
}

/// Where a claim's part stands, without its first article.
fn part(claim: &Claim, part: Part) -> Option<Span> {
    claim.evidence.parts.get(part)
}

/// Whether two stretches share a character.
fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}
