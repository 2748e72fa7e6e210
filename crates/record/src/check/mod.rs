//! Is it so: what stands in the record, and in tables of others, for and against what a text says.
//!
//! A sentence seldom says by which count it holds: which causes, whose dead, over what time, in which source. Each claim is therefore looked at under every
//! definition that the data can tell apart, and each answer shows its rows. [`Record::check`] gives one [`Checked`] a claim.
//!
//! * [`entries`] sets claims beside the record's own entries; [`peacekeepers`] sets tolls of UN missions, and 'deadliest', beside the UN's table of deaths;
//!   [`changes`] sets 'rose' and 'fell' beside counts over time.

mod changes;
mod entries;
mod peacekeepers;

use crate::error::Result;
use crate::reference::Reference;
use crate::store::Record;
use griot_types::{Claim, Date, Quantity, Type};
use serde::Serialize;

/// What the data say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// Borne out.
    #[serde(rename = "supported")]
    Supported,
    /// Not borne out, though there is enough to tell.
    #[serde(rename = "contradicted")]
    Contradicted,
    /// Borne out under one definition and not under another.
    #[serde(rename = "depends on the definition")]
    Depends,
    /// There is too little to tell.
    #[serde(rename = "not enough in the record")]
    NotEnough,
}

impl Verdict {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::Contradicted => "contradicted",
            Verdict::Depends => "depends on the definition",
            Verdict::NotEnough => "not enough in the record",
        }
    }

    /// What several come to.
    fn over(all: impl Iterator<Item = Verdict>) -> Verdict {
        let mut sum = Verdict::NotEnough;
        for one in all.filter(|one| *one != Verdict::NotEnough) {
            sum = match sum {
                Verdict::NotEnough => one,
                same if same == one => same,
                _ => Verdict::Depends,
            };
        }
        sum
    }
}

/// The answer under one definition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The definition: which cause, period, personnel, source, rule.
    pub definition: String,
    /// The verdict under it.
    pub verdict: Verdict,
    /// What was found, in words.
    pub found: String,
    /// The rows that it rests on: entries with their quotes, or rows of a table.
    pub rows: Vec<Row>,
}

/// One row for or against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// An entry's id, or `table 2`.
    pub source: String,
    /// The words.
    pub text: String,
}

/// A claim with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// The words that are checked.
    pub quote: String,
    /// What they claim, by type: `killed`, `present_in`, or `rank` of a 'deadliest'.
    pub claim: String,
    /// What it comes to.
    pub verdict: Verdict,
    /// Under each definition.
    pub answers: Vec<Answer>,
}

/// What is checked: a text that was read.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// The text.
    pub text: &'t str,
    /// The day of its publication.
    pub date: Option<Date>,
    /// Its claims, offsets in bytes.
    pub claims: &'t [Claim],
    /// The report's id, whose own claims are no evidence for it.
    pub document: &'t str,
}

impl Record {
    /// Holds a text against the record and its tables.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn check(&self, text: &Text) -> Result<Vec<Checked>> {
        let tables = self.references()?;
        let missions = peacekeepers::Missions::read(self, &tables)?;
        let mut all = Vec::new();
        for claim in text.claims {
            let mut answers = Vec::new();
            if claim.type_ == Type::Killed && claim.change.is_none() {
                answers.extend(missions.toll(claim, text));
            }
            if claim.change.is_some() {
                answers.extend(changes::answers(self, &tables, claim, text)?);
            }
            answers.extend(entries::answers(self, claim, text)?);
            all.push(Checked {
                quote: claim.evidence.quote.clone(),
                claim: claim.type_.as_str().to_owned(),
                verdict: Verdict::over(answers.iter().map(|answer| answer.verdict)),
                answers,
            });
        }
        all.extend(missions.ranks(text));
        Ok(all)
    }
}

/// Whether a count bears out a quantity: 'more than 300' by 309, '60' by 60 alone, 'about 60' within a tenth.
fn bears_out(quantity: &Quantity, n: f64) -> bool {
    use griot_types::Bound;
    let best = quantity.best.or(quantity.low).or(quantity.high).map_or(0.0, |amount| amount.0);
    match quantity.relation {
        Bound::Exact => n == best,
        Bound::About => (n - best).abs() <= 0.1 * best,
        Bound::MoreThan => quantity.low.is_some_and(|low| n >= low.0),
        Bound::LessThan => quantity.high.is_some_and(|high| n <= high.0),
        Bound::Between => quantity.low.is_none_or(|low| n >= low.0) && quantity.high.is_none_or(|high| n <= high.0),
        // 'Dozens' and 'hundreds' are at least two of them, and not ten times as many.
        Bound::Vague => n >= best && n < 10.0 * best,
    }
}

/// A table's name for people.
fn name(table: &Reference) -> String {
    format!("table {} ({}{}{})", table.n, table.source, if table.version.is_empty() { "" } else { " " }, table.version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use griot_types::Bound;

    #[test]
    fn counts_bear_out_what_is_said_of_them() {
        for (relation, n, yes) in [
            (Bound::Exact, 300.0, true),
            (Bound::Exact, 309.0, false),
            (Bound::About, 309.0, true),
            (Bound::About, 340.0, false),
            (Bound::MoreThan, 309.0, true),
            (Bound::MoreThan, 290.0, false),
            (Bound::LessThan, 290.0, true),
            (Bound::Vague, 900.0, true),
            (Bound::Vague, 90.0, false),
        ] {
            assert_eq!(bears_out(&Quantity::of("300", 300.0, relation, "people"), n), yes, "{relation:?} {n}");
        }
    }

    #[test]
    fn verdicts_add_up() {
        use Verdict::{Contradicted, Depends, NotEnough, Supported};
        assert_eq!(Verdict::over([Supported, NotEnough].into_iter()), Supported);
        assert_eq!(Verdict::over([Supported, Contradicted].into_iter()), Depends);
        assert_eq!(Verdict::over([Contradicted, Depends].into_iter()), Depends);
        assert_eq!(Verdict::over([NotEnough].into_iter()), NotEnough);
    }
}
