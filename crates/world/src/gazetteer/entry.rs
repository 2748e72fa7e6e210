//! One place as gazetteer sources give it, before it is compiled or overlaid.

use griot_types::SmolStr;

/// What sort of place it is, as far as ranking and precision need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A sovereign state or a territory with its own country code.
    Country,
    /// A hand-made region of the codebook: an area that people name and no register bounds.
    Region,
    /// A country's capital.
    Capital,
    /// The seat of a first-level unit.
    Seat,
    /// Any other populated place.
    Populated,
    /// A first-level unit.
    Admin1,
    /// A unit of a lower level.
    Admin2,
    /// A building or installation: airport, camp, dam.
    Site,
    /// A thing with length or breadth: a river, a mountain range, a desert.
    Area,
    /// Any other point: a hill, a well, a marsh.
    Other,
}

impl Class {
    /// The class of a GeoNames feature (<https://www.geonames.org/export/codes.html>); `*` marks the codebook's own regions.
    pub fn of(feature: char, code: &str) -> Class {
        match (feature, code) {
            ('*', _) => Class::Region,
            ('A', _) if code.starts_with("PCL") || code == "TERR" => Class::Country,
            ('A', "ADM1" | "ADM1H") => Class::Admin1,
            ('A', _) => Class::Admin2,
            ('P', "PPLC") => Class::Capital,
            ('P', "PPLA") => Class::Seat,
            ('P', _) => Class::Populated,
            ('S', _) => Class::Site,
            ('H', "STM" | "STMI" | "STMD" | "STMX" | "WAD" | "LK" | "LKI" | "SEA" | "GULF" | "BAY" | "STRT" | "OCN")
            | ('T', "MTS" | "RDGE" | "ERG" | "DSRT" | "PLAT" | "PLN" | "HLLS" | "VAL" | "UPLD" | "ISLS" | "PEN")
            | ('L', "RGN" | "AREA" | "RES" | "RESF" | "RESN" | "RESW" | "PRK")
            | ('V', _)
            | ('R', _) => Class::Area,
            _ => Class::Other,
        }
    }

    /// UCDP's where_prec for an event at such a place (UCDP GED codebook, 'where_prec').
    pub fn precision(self) -> u8 {
        match self {
            Class::Capital | Class::Seat | Class::Populated | Class::Site | Class::Other => 1,
            Class::Admin2 => 3,
            Class::Admin1 => 4,
            Class::Region | Class::Area => 5,
            Class::Country => 6,
        }
    }
}

/// One place with all its names.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// GeoNames id; 0 where there is none.
    pub geonames: u32,
    /// The common English name.
    pub name: String,
    /// Other names, unfolded.
    pub aliases: Vec<String>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// GeoNames feature class: one ASCII letter, or `*` for the codebook's own regions.
    pub feature: char,
    /// GeoNames feature code: `PPL`, `MRSH`.
    pub code: SmolStr,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// The countries it lies in, ISO 3166-1 alpha-3 (`XKX` for Kosovo). Compiled rows keep the first.
    pub countries: Vec<SmolStr>,
    /// The first-level unit it lies in.
    pub admin1: Option<String>,
    /// How far it reaches from its point, in km; 0 for points and where unknown.
    pub radius: f32,
    /// where_prec, where it differs from that of its class.
    pub precision: Option<u8>,
}
