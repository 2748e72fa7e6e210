//! Whom words stand for.

use crate::SmolStr;
use serde::{Deserialize, Serialize};

/// A state, force, group, organisation or people, as one report names it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// The report's words: 'its forces'.
    pub text: String,
    /// The dictionary's name, or the words of the antecedent, or `text`.
    pub name: String,
    /// CAMEO-like: country or IGO, NGO … then PLOVER sectors, then the group: `MLIREBJNM`.
    pub code: SmolStr,
    /// ISO 3166-1 alpha-3.
    pub country: Option<SmolStr>,
    /// PLOVER sectors.
    pub sectors: Vec<SmolStr>,
    /// The dictionary entry.
    pub id: Option<SmolStr>,
    /// The UCDP Actor number.
    pub ucdp: Option<u32>,
    /// Set for persons alone.
    pub person: Option<Person>,
}

/// Whether a person acts in a public role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Person {
    /// An office-holder, a spokesman, a leader of an armed group.
    Public,
    /// Anyone else: kept apart, and out of exports unless asked for.
    Private,
}
