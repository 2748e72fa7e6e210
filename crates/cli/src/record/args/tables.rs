//! Tables of others in and out: `griot import`, `griot export`, `griot reference`.

use super::{Form, Which};
use crate::args::date;
use clap::{Args, ValueEnum};
use griot_types::Date;
use std::path::PathBuf;

/// `griot import`.
#[derive(Args, Debug)]
pub struct Import {
    /// The record file, which is made if absent
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// Tables: CSV, tab-separated or Parquet; none, with --profile country-year, for UCDP's deaths by country and year, which Griot carries
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The sort of table, where its columns do not tell: ged, country-year, un-fatalities, un-missions, geo-pko, acled, gdelt, icews, polecat, views …
    #[arg(long, value_name = "SORT")]
    pub profile: Option<String>,
    /// Its release, as its publisher calls it: 25.1
    #[arg(long, value_name = "WORDS")]
    pub release: Option<String>,
    /// The day until which it counts
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub counts_until: Option<Date>,
    /// Its licence, where it is another than the usual one
    #[arg(long, value_name = "WORDS")]
    pub licence: Option<String>,
    /// How many seconds to wait for another program that writes this record
    #[arg(long, value_name = "SECONDS", default_value_t = griot_record::WAIT)]
    pub wait: u64,
}

/// `griot export`.
#[derive(Args, Debug)]
pub struct Export {
    #[command(flatten)]
    pub which: Which,
    /// The form of the field
    #[arg(long, value_enum)]
    pub profile: ProfileName,
    /// Where to; the ending says how it is written: .csv, .jsonl, .parquet, .geojson [default: CSV to standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub levels: Levels,
}

/// The profiles' names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// Events, relations and figures, flat, with all ids
    Griot,
    /// UCDP GED's 49 columns: a row for each lethal incident
    Ged,
    /// ACLED's current columns: a row for each event
    Acled,
    /// POLECAT's 40 columns: a row for each event, under PLOVER
    Plover,
    /// GDELT 2.0's 61 columns: a row for each event, under CAMEO
    Gdelt,
    /// The same as griot with a row of HXL tags under the header
    Hxl,
    /// Points with how exact they are
    Geojson,
    /// W3C Web Annotations: where in which report each claim stands
    Annotations,
}

/// What is taken out and coarsened.
#[derive(Args, Debug)]
pub struct Levels {
    /// How exact places may be
    #[arg(long, value_enum, default_value_t = PlaceLevel::Exact)]
    pub place_level: PlaceLevel,
    /// How exact days may be
    #[arg(long, value_enum, default_value_t = DateLevel::Exact)]
    pub date_level: DateLevel,
    /// Give out the names of private persons, too
    #[arg(long)]
    pub persons: bool,
    /// With a row of HXL tags under the header (griot and ged, as CSV)
    #[arg(long)]
    pub hxl: bool,
}

/// How exact places may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlaceLevel {
    /// As they were found
    Exact,
    /// The half-degree cell of PRIO's grid
    Grid,
    /// The first-level unit
    Admin1,
    /// The country
    Country,
}

/// How exact days may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateLevel {
    /// As they were found
    Exact,
    /// The week
    Week,
    /// The month
    Month,
}

impl ProfileName {
    /// The profile.
    pub fn profile(self) -> griot_exchange::export::Profile {
        use griot_exchange::export::Profile;
        match self {
            ProfileName::Griot | ProfileName::Hxl => Profile::Griot,
            ProfileName::Ged => Profile::Ged,
            ProfileName::Acled => Profile::Acled,
            ProfileName::Plover => Profile::Plover,
            ProfileName::Gdelt => Profile::Gdelt,
            ProfileName::Geojson => Profile::Geojson,
            ProfileName::Annotations => Profile::Annotations,
        }
    }
}

/// `griot reference`.
#[derive(Args, Debug)]
pub struct Reference {
    /// The record file
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// Rows and sums of each year of a table, as CSV
    #[arg(long, value_name = "N")]
    pub years: Option<i64>,
    /// With --years: of each country
    #[arg(long, requires = "years")]
    pub by_country: bool,
    /// What changed from one release to another, by the rows' ids
    #[arg(long, num_args = 2, value_names = ["BEFORE", "AFTER"])]
    pub diff: Vec<i64>,
    /// Give a table out again with the columns and cells that it came with
    #[arg(long, value_name = "N", requires = "out")]
    pub table: Option<i64>,
    /// Where to
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Whom the names in a table mean: for each the actor of the dictionaries on its day, and how it was told
    #[arg(long, value_name = "N", conflicts_with_all = ["years", "diff", "table", "drop"])]
    pub actors: Option<i64>,
    /// With --actors: UCDP's dyads with both their sides
    #[arg(long, requires = "actors")]
    pub dyads: bool,
    /// With --actors: a folder with dictionaries of your own, laid over the shipped ones
    #[arg(long, value_name = "DIR", requires = "actors")]
    pub codebook: Option<PathBuf>,
    /// Take a table out of the record
    #[arg(long, value_name = "N")]
    pub drop: Option<i64>,
    /// How to write the answer; CSV with --actors alone (--years is CSV always)
    #[arg(long, value_enum, default_value_t = Form::Table)]
    pub format: Form,
    /// How many seconds to wait for another program that writes this record
    #[arg(long, value_name = "SECONDS", default_value_t = griot_record::WAIT)]
    pub wait: u64,
}
