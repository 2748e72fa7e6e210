//! What the tables look like: UCDP GED (codebook 22.1 and the columns of HDX), UN peacekeeping (psdata.un.org), Geo-PKO 2.3, ACLED (the guide to its
//! columns of 2023), GDELT 1.0 and 2.0, ICEWS, POLECAT, UCDP's country-year and country-month tables, and ViEWS' actuals.

use crate::countries::Scheme;
use griot_types::Date;

/// One sort of table.
#[derive(Debug)]
pub struct Source {
    /// What it is called in commands.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Under what licence it is given out, where that is known.
    pub licence: Option<&'static str>,
    /// Columns by which it is known; none of them may be missing.
    pub known_by: &'static [&'static str],
    /// The columns of a file without a header, by how many there are.
    pub headerless: &'static [&'static [&'static str]],
    /// What stands between cells.
    pub separator: u8,
    /// Where an id stands; several columns together make one.
    pub id: &'static [&'static str],
    /// The first and the last day.
    pub when: When,
    /// The country, under the first column that names one that is known.
    pub country: &'static [(&'static str, Scheme)],
    /// Latitude and longitude.
    pub point: [&'static str; 2],
    /// Where the precision stands, and how it maps onto UCDP's.
    pub precision: (&'static str, &'static [(&'static str, u8)]),
    /// What it tells.
    pub type_: &'static [&'static str],
    /// Two sides.
    pub sides: [&'static [&'static str]; 2],
    /// Where actors are named, for the crosswalk.
    pub actors: &'static [Names],
    /// Where UCDP's number and name of a dyad stand.
    pub dyad: [&'static str; 2],
    /// Low, best and high; the first column that is there.
    pub numbers: [&'static [&'static str]; 3],
    /// What a row without a number counts as: a row that is one death.
    pub each: Option<f64>,
}

/// A column that names actors.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The column.
    pub column: &'static str,
    /// The column of UCDP's number.
    pub number: &'static str,
    /// Several between semicolons.
    pub several: bool,
    /// Those who stand beside a side and are none by themselves.
    pub beside: bool,
}

/// One name in a column, without a number.
const fn named(column: &'static str) -> Names {
    Names { column, number: "", several: false, beside: false }
}

/// ACLED's associates.
const fn beside(column: &'static str) -> Names {
    Names { column, number: "", several: true, beside: true }
}

/// How a table writes days.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// Days in columns of their own, the second may be missing.
    Days(&'static str, &'static str),
    /// `20230503`.
    Digits(&'static str),
    /// Year, month and day in columns; without the latter two, the whole year.
    Parts(&'static str, &'static str, &'static str),
    /// `202305`.
    Month(&'static str),
    /// Months since January 1980, which is 1.
    MonthId(&'static str),
}

const NONE: [&[&str]; 3] = [&[], &[], &[]];
const UCDP: Option<&str> = Some("CC BY 4.0, Uppsala Conflict Data Program");
const GED_PRECISION: (&str, &[(&str, u8)]) = ("where_prec", &[("1", 1), ("2", 2), ("3", 3), ("4", 4), ("5", 5), ("6", 6), ("7", 7)]);

/// Every sort, the first that knows a file's columns is taken.
pub const SOURCES: &[Source] = &[
    Source {
        name: "ged",
        about: "UCDP Georeferenced Event Dataset, any release, candidate data and HDX's files with their HXL row",
        licence: UCDP,
        known_by: &["type_of_violence", "side_a", "side_b", "latitude", "longitude", "date_start", "best"],
        headerless: &[],
        separator: b',',
        id: &["id"],
        when: When::Days("date_start", "date_end"),
        country: &[("iso3", Scheme::Alpha3), ("country_id", Scheme::Gw), ("country", Scheme::Name)],
        point: ["latitude", "longitude"],
        precision: GED_PRECISION,
        type_: &["type_of_violence"],
        sides: [&["side_a"], &["side_b"]],
        actors: &[Names { number: "side_a_new_id", ..named("side_a") }, Names { number: "side_b_new_id", ..named("side_b") }],
        dyad: ["dyad_new_id", "dyad_name"],
        numbers: [&["low"], &["best"], &["high"]],
        each: None,
    },
    Source {
        name: "ged-sample",
        about: "samples of UCDP GED with the day in three columns",
        licence: UCDP,
        known_by: &["type_of_violence", "side_a", "side_b", "low_death", "best_death", "high_death"],
        headerless: &[],
        separator: b',',
        id: &["id"],
        when: When::Parts("year", "month", "day"),
        country: &[("country", Scheme::Name)],
        point: ["latitude", "longitude"],
        precision: ("", &[]),
        type_: &["type_of_violence"],
        sides: [&["side_a"], &["side_b"]],
        actors: &[named("side_a"), named("side_b")],
        dyad: ["", ""],
        numbers: [&["low_death"], &["best_death"], &["high_death"]],
        each: None,
    },
    Source {
        name: "country-year",
        about: "UCDP organised violence by country and year",
        licence: UCDP,
        known_by: &["country_id_cy", "year_cy", "cumulative_total_deaths_in_orgvio_best_cy"],
        headerless: &[],
        separator: b',',
        id: &["country_id_cy", "year_cy"],
        when: When::Parts("year_cy", "", ""),
        country: &[("country_id_cy", Scheme::Gw), ("country_cy", Scheme::Name)],
        point: ["", ""],
        precision: ("", &[]),
        type_: &[],
        sides: [&["main_govt_name_cy"], &[]],
        actors: &[named("main_govt_name_cy")],
        dyad: ["", ""],
        numbers: [
            &["cumulative_total_deaths_in_orgvio_low_cy"],
            &["cumulative_total_deaths_in_orgvio_best_cy"],
            &["cumulative_total_deaths_in_orgvio_high_cy"],
        ],
        each: None,
    },
    Source {
        name: "country-month",
        about: "UCDP deaths by country and month",
        licence: UCDP,
        known_by: &["isocode", "period", "fatalities_UCDP"],
        headerless: &[],
        separator: b',',
        id: &["isocode", "period"],
        when: When::Month("period"),
        country: &[("isocode", Scheme::Alpha3)],
        point: ["", ""],
        precision: ("", &[]),
        type_: &[],
        sides: [&[], &[]],
        actors: &[],
        dyad: ["", ""],
        numbers: [&[], &["fatalities_UCDP"], &[]],
        each: None,
    },
    Source {
        name: "un-fatalities",
        about: "deaths in UN peace operations (psdata.un.org, DPPADPOSS-FATALITIES), one row a person",
        licence: None,
        known_by: &["casualty_id", "mission_acronym", "type_of_casualty", "type_of_incident"],
        headerless: &[],
        separator: b',',
        // Six numbers of casualties stand for two persons each.
        id: &["id"],
        when: When::Days("incident_date", ""),
        country: &[],
        point: ["", ""],
        precision: ("", &[]),
        type_: &["type_of_incident"],
        sides: [&["casualty_personnel_type"], &["mission_acronym"]],
        actors: &[named("mission_acronym")],
        dyad: ["", ""],
        numbers: NONE,
        each: Some(1.0),
    },
    Source {
        name: "un-missions",
        about: "UN peace operations (psdata.un.org, DPPADPOSS-PKO)",
        licence: None,
        known_by: &["mission_acronym", "mission_name", "start_date", "end_date"],
        headerless: &[],
        separator: b',',
        id: &["id"],
        when: When::Days("start_date", "end_date"),
        country: &[],
        point: ["mission_latitude", "mission_longitude"],
        precision: ("", &[]),
        type_: &["lead_department"],
        sides: [&["mission_acronym"], &["mission_name"]],
        actors: &[named("mission_acronym")],
        dyad: ["", ""],
        numbers: NONE,
        each: None,
    },
    Source {
        name: "geo-pko",
        about: "Geo-PKO year tables: where the troops of UN missions were",
        licence: None,
        known_by: &["mission", "year", "location", "latitude", "longitude"],
        headerless: &[],
        separator: b',',
        id: &["mission", "year", "location", "latitude", "longitude"],
        when: When::Parts("year", "", ""),
        country: &[("country", Scheme::Name)],
        point: ["latitude", "longitude"],
        precision: ("", &[]),
        type_: &["hq"],
        sides: [&["mission"], &["location"]],
        actors: &[named("mission")],
        dyad: ["", ""],
        numbers: [&[], &["ave.no.troops", "No.TCC"], &[]],
        each: None,
    },
    Source {
        name: "acled",
        about: "a user's own export of ACLED, columns before and since 2023, one row an event or one row an actor",
        licence: Some("ACLED's terms: for the user alone, not to be given on"),
        known_by: &["event_date", "event_type", "sub_event_type", "actor1", "fatalities"],
        headerless: &[],
        separator: b',',
        id: &["event_id_cnty"],
        when: When::Days("event_date", ""),
        country: &[("iso", Scheme::M49), ("iso3", Scheme::Alpha3), ("country", Scheme::Name)],
        point: ["latitude", "longitude"],
        precision: ("geo_precision", &[("1", 1), ("2", 2), ("3", 4)]),
        type_: &["event_type", "sub_event_type"],
        sides: [&["actor1"], &["actor2"]],
        actors: &[named("actor1"), beside("assoc_actor_1"), named("actor2"), beside("assoc_actor_2")],
        dyad: ["", ""],
        numbers: [&[], &["fatalities"], &[]],
        each: None,
    },
    Source {
        name: "polecat",
        about: "POLECAT: events under PLOVER",
        licence: None,
        known_by: &["Event ID", "Event Date", "Event Type", "Event Mode", "Actor Name", "Recipient Name"],
        headerless: &[],
        separator: b'\t',
        id: &["Event ID"],
        when: When::Days("Event Date", ""),
        country: &[("Country", Scheme::Alpha3), ("Country", Scheme::Name)],
        point: ["Latitude", "Longitude"],
        precision: ("", &[]),
        type_: &["Event Type", "Event Mode"],
        sides: [&["Actor Name"], &["Recipient Name"]],
        actors: &[],
        dyad: ["", ""],
        numbers: NONE,
        each: None,
    },
    Source {
        name: "icews",
        about: "ICEWS: events under CAMEO, until April 2023",
        licence: None,
        known_by: &["Event ID", "Event Date", "CAMEO Code", "Intensity", "Source Name", "Target Name"],
        headerless: &[],
        separator: b'\t',
        id: &["Event ID"],
        when: When::Days("Event Date", ""),
        country: &[("Country", Scheme::Name)],
        point: ["Latitude", "Longitude"],
        precision: ("", &[]),
        type_: &["CAMEO Code"],
        sides: [&["Source Name"], &["Target Name"]],
        actors: &[],
        dyad: ["", ""],
        numbers: NONE,
        each: None,
    },
    Source {
        name: "gdelt",
        about: "GDELT events 1.0 and 2.0, with or without a header; its countries are FIPS",
        licence: Some("free to use with citation, The GDELT Project"),
        known_by: &["GLOBALEVENTID", "SQLDATE", "EventCode", "ActionGeo_CountryCode"],
        headerless: &[GDELT_1, GDELT_1_DAILY, GDELT_2],
        separator: b'\t',
        id: &["GLOBALEVENTID"],
        when: When::Digits("SQLDATE"),
        country: &[("ActionGeo_CountryCode", Scheme::Fips)],
        point: ["ActionGeo_Lat", "ActionGeo_Long"],
        precision: ("ActionGeo_Type", &[("1", 6), ("2", 4), ("3", 1), ("4", 1), ("5", 4)]),
        type_: &["EventCode"],
        sides: [&["Actor1Name"], &["Actor2Name"]],
        actors: &[],
        dyad: ["", ""],
        numbers: NONE,
        each: None,
    },
    Source {
        name: "views",
        about: "ViEWS actuals: state-based deaths by country and month",
        licence: None,
        known_by: &["country_id", "month_id"],
        headerless: &[],
        separator: b',',
        id: &["country_id", "month_id"],
        when: When::MonthId("month_id"),
        country: &[("country_id", Scheme::Views)],
        point: ["", ""],
        precision: ("", &[]),
        type_: &[],
        sides: [&[], &[]],
        actors: &[],
        dyad: ["", ""],
        numbers: [&[], &["ged_sb_best", "outcome"], &[]],
        each: None,
    },
];

macro_rules! gdelt {
    ($($actor_geo:literal)? ; $($last:literal),*) => {
        &[
            "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode",
            "Actor1EthnicCode", "Actor1Religion1Code", "Actor1Religion2Code", "Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code", "Actor2Code",
            "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode", "Actor2Religion1Code", "Actor2Religion2Code",
            "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code", "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
            "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone", "Actor1Geo_Type", "Actor1Geo_FullName", "Actor1Geo_CountryCode",
            "Actor1Geo_ADM1Code", $(concat!("Actor1", $actor_geo),)? "Actor1Geo_Lat", "Actor1Geo_Long", "Actor1Geo_FeatureID", "Actor2Geo_Type", "Actor2Geo_FullName",
            "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code", $(concat!("Actor2", $actor_geo),)? "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID", "ActionGeo_Type",
            "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", $(concat!("Action", $actor_geo),)? "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID",
            "DATEADDED", $($last),*
        ]
    };
}
/// 57 columns.
const GDELT_1: &[&str] = gdelt!(;);
/// 58 columns.
const GDELT_1_DAILY: &[&str] = gdelt!(; "SOURCEURL");
/// 61 columns.
pub(crate) const GDELT_2: &[&str] = gdelt!("Geo_ADM2Code"; "SOURCEURL");

impl Source {
    /// The sort of this name.
    pub fn named(name: &str) -> Option<&'static Source> {
        SOURCES.iter().find(|source| source.name == name)
    }

    /// The sort whose columns these are.
    pub fn of(columns: &[String]) -> Option<&'static Source> {
        SOURCES.iter().find(|source| source.known_by.iter().all(|name| columns.iter().any(|column| column == name)))
    }
}

/// A day as tables write it: `2023-05-03`, with a time behind it, `31 December 2020`, `16-Feb-21`, `03 May 2023`. 1753-01-01 is UCDP's word for none.
///
/// # Errors
/// It is none of these; a year before 1900, as in `0025-02-16`, is a mistake of the table.
pub fn day(words: &str) -> Result<Option<Date>, String> {
    let words = words.trim();
    if words.is_empty() || matches!(words, "NA" | "NULL" | "None") || words.starts_with("1753-01-01") {
        return Ok(None);
    }
    let date = words
        .get(..10)
        .and_then(|first| first.parse::<Date>().ok())
        .or_else(|| named_month(words))
        .ok_or_else(|| format!("'{words}' is no day"))?;
    if (1900..=2100).contains(&date.year()) { Ok(Some(date)) } else { Err(format!("'{words}' is no day of these times")) }
}

fn named_month(words: &str) -> Option<Date> {
    let mut parts = words.split(['-', ' ']).filter(|part| !part.is_empty());
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = names.iter().position(|name| month.to_lowercase().starts_with(name))? as i8 + 1;
    let year: i16 = year.parse().ok()?;
    // Two digits: the data begin in 1997, so that 97 to 99 are of the last century.
    let year = if year < 100 { if year >= 89 { 1900 + year } else { 2000 + year } } else { year };
    Date::new(year, month, day.parse().ok()?).ok()
}
