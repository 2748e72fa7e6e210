//! What a claim is called by those who classify conflict events otherwise: rules over finished claims, the first that fits.

use super::Error;
use griot_types::{Actor, Cause, Claim, Status, Type};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A list of rules; the first that fits a claim names it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Subtypes {
    /// The rules in their order.
    pub rules: Vec<Subtype>,
}

/// One rule; what it leaves out is free.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Subtype {
    /// The class: 'Battles', or UCDP's number of a type of violence.
    pub event: SmolStr,
    /// What is told apart inside the class.
    pub sub_event: SmolStr,
    /// The claim's type is one of these.
    #[serde(rename = "type")]
    pub types: Vec<String>,
    /// Its mode is one of these; '' stands for none.
    pub mode: Vec<SmolStr>,
    /// One of these is among its contexts.
    pub context: Vec<SmolStr>,
    /// A sector of the source is one of these; '-' stands for no source.
    pub source: Vec<SmolStr>,
    /// The same for the target.
    pub target: Vec<SmolStr>,
    /// A sector of either side is one of these.
    pub either: Vec<SmolStr>,
    /// No sector of the source is one of these; '-' asks for a source.
    pub source_not: Vec<SmolStr>,
    /// The same for the target.
    pub target_not: Vec<SmolStr>,
    /// The source's words hold one of these.
    pub source_words: Vec<SmolStr>,
    /// The target's words hold one of these.
    pub target_words: Vec<SmolStr>,
    /// Both sides do it alike.
    pub mutual: Option<bool>,
    /// What killed or displaced.
    pub cause: Option<Cause>,
    /// The claim has one of these statuses; all but denied ones where left out.
    pub status: Vec<String>,
    /// The claim's quote holds one of these words.
    pub quote: Vec<SmolStr>,
    /// The whole text holds one of these words: for texts of which no claim was made.
    pub text: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Subtype>,
}

impl Subtypes {
    /// Reads `[[rule]]` tables.
    pub fn parse(file: &str, text: &str) -> Result<Subtypes, Error> {
        let fail = |line, message: String| Error::Source { file: file.to_owned(), line, message };
        let read: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            fail(line, error.message().to_owned())
        })?;
        for rule in &read.rule {
            let line = text.find(rule.sub_event.as_str()).map_or(1, |at| text[..at].matches('\n').count() + 1);
            for type_ in &rule.types {
                type_.parse::<Type>().map_err(|message| fail(line, message))?;
            }
            for status in &rule.status {
                status.parse::<Status>().map_err(|message| fail(line, message))?;
            }
        }
        Ok(Subtypes { rules: read.rule })
    }

    /// The rule that names a claim.
    pub fn of(&self, claim: &Claim) -> Option<&Subtype> {
        self.rules.iter().find(|rule| rule.text.is_empty() && rule.fits(claim))
    }

    /// The rule that names a whole text: of its claims' rules the one that stands first.
    pub fn best(&self, claims: &[Claim], text: &str) -> Option<&Subtype> {
        self.rules.iter().find(|rule| {
            if rule.text.is_empty() {
                claims.iter().any(|claim| rule.fits(claim))
            } else {
                holds(text, &rule.text) && (rule.types.is_empty() || claims.iter().any(|claim| rule.fits(claim)))
            }
        })
    }
}

impl Subtype {
    fn fits(&self, claim: &Claim) -> bool {
        let status =
            if self.status.is_empty() { claim.status != Status::Negated } else { self.status.iter().any(|s| s == claim.status.as_str()) };
        status
            && (self.types.is_empty() || self.types.iter().any(|t| t == claim.type_.as_str()))
            && (self.mode.is_empty() || self.mode.iter().any(|m| m.as_str() == claim.mode.as_deref().unwrap_or("")))
            && (self.context.is_empty() || self.context.iter().any(|c| claim.context.contains(c)))
            && (self.source.is_empty() || side(&claim.source, &self.source))
            && (self.target.is_empty() || side(&claim.target, &self.target))
            && (self.either.is_empty() || side(&claim.source, &self.either) || side(&claim.target, &self.either))
            && (self.source_not.is_empty() || !side(&claim.source, &self.source_not))
            && (self.target_not.is_empty() || !side(&claim.target, &self.target_not))
            && (self.source_words.is_empty() || claim.source.iter().any(|a| holds(&a.text, &self.source_words)))
            && (self.target_words.is_empty() || claim.target.iter().any(|a| holds(&a.text, &self.target_words)))
            && self.mutual.is_none_or(|m| m == claim.mutual)
            && self.cause.is_none_or(|c| claim.cause == Some(c))
            && (self.quote.is_empty() || holds(&claim.evidence.quote, &self.quote))
    }
}

fn side(actors: &[Actor], sectors: &[SmolStr]) -> bool {
    actors.is_empty() && sectors.iter().any(|s| s == "-")
        || actors.iter().any(|a| {
            // A state alone stands for its forces.
            let state = a.sectors.is_empty() && a.country.is_some() && a.code.len() == 3;
            a.sectors.iter().any(|s| sectors.contains(s)) || state && sectors.iter().any(|s| s == "state")
        })
}

/// Whether a text holds one of the words, as a word or the beginning of one ('grenade' also in 'grenades').
fn holds(text: &str, words: &[SmolStr]) -> bool {
    let lower = text.to_lowercase();
    words
        .iter()
        .any(|word| lower.match_indices(word.as_str()).any(|(at, _)| lower[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric())))
}
