//! Where words point to.

use crate::SmolStr;
use serde::{Deserialize, Serialize};

/// A place as one report names it, found in the gazetteer or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The report's words: 'northern Mali'.
    pub text: String,
    /// The gazetteer's name: 'Mali'.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<SmolStr>,
    /// The first-level unit it lies in.
    pub admin1: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// UCDP's where_prec: 1 exact, 2 near a point, 3 second-level unit, 4 first-level unit, 5 fuzzy area or line, 6 country,
    /// 7 international.
    pub precision: Option<u8>,
    /// GeoNames id.
    pub geonames: Option<u32>,
}
