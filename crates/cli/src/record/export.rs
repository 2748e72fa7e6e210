//! `griot export`: a record's entries in the forms of the field.

use super::args::{self, Levels};
use super::ask::{filter, put};
use super::reference::wrong;
use super::{open, told};
use crate::messages::say;
use crate::{Misuse, Outcome};
use griot_coder::{Codebook, Coder};
use griot_exchange::export::safe::{DateLevel, PlaceLevel, Safety};
use griot_exchange::export::{self, Classify, Form, Profile, Wanted};
use griot_exchange::write;
use griot_types::Claim;
use griot_world::World;

/// Runs the command.
pub fn run(args: &args::Export) -> anyhow::Result<Outcome> {
    let (record, world) = (open(&args.which.record, &args.which.when)?, World::shipped());
    let profile = args.profile.profile();
    let form = form(profile, args.out.extension().and_then(|end| end.to_str()), args.levels.hxl)?;
    let coder = Coder::shipped()?;
    let wanted = Wanted {
        profile,
        form,
        filter: filter(&args.which, &world)?,
        rule: args.which.rule.clone(),
        safety: safety(&args.levels),
        hxl: args.levels.hxl,
        classify: &Book(coder.codebook()),
    };
    let came = write::whole(&args.out, |file| export::export(&record, &wanted, file)).map_err(wrong)?;
    if came.small > 0 {
        say(&format!(
            "note: {} entries share their place, time and type with fewer than two others: who knows the place may tell them apart; coarsen further",
            came.small
        ));
    }
    if came.withheld > 0 {
        say(&format!("note: private persons are withheld in {} entries, and their quotes; --persons gives them out", came.withheld));
    }
    let left = if came.left > 0 { format!(", {} entries have no row in this profile", came.left) } else { String::new() };
    let hash = griot_types::sha256(&std::fs::read(&args.out).unwrap_or_default());
    let reports = record.reports(&griot_record::Filter::default(), None).map_err(told)?.len();
    put(&format!(
        "{}: {} rows{left}\n{hash}\nof a record of {reports} reports; what stands in it is reported, not more\n",
        args.out.display(),
        came.rows
    ))
}

/// How the file is written, by its ending.
fn form(profile: Profile, ending: Option<&str>, hxl: bool) -> Result<Form, Misuse> {
    let form = match (profile, ending) {
        (Profile::Geojson, Some("geojson" | "json")) | (Profile::Annotations, Some("jsonl")) => Form::Jsonl,
        (Profile::Geojson | Profile::Annotations, _) => {
            return Err(Misuse("this profile has one form: --out FILE.geojson for geojson, --out FILE.jsonl for annotations".into()));
        }
        (Profile::Gdelt, Some("CSV" | "csv" | "tsv" | "tab" | "export")) => Form::Tabs,
        (_, Some("csv")) => Form::Csv,
        (_, Some("jsonl")) => Form::Jsonl,
        (_, Some("parquet")) => Form::Parquet,
        _ => return Err(Misuse("the file's ending says how it is written: --out FILE.csv, FILE.jsonl or FILE.parquet".into())),
    };
    if hxl && form != Form::Csv {
        return Err(Misuse("HXL tags stand in CSV alone".into()));
    }
    Ok(form)
}

fn safety(levels: &Levels) -> Safety {
    Safety {
        persons: levels.persons,
        place: match levels.place_level {
            args::PlaceLevel::Exact => PlaceLevel::Exact,
            args::PlaceLevel::Grid => PlaceLevel::Grid,
            args::PlaceLevel::Admin1 => PlaceLevel::Admin1,
            args::PlaceLevel::Country => PlaceLevel::Country,
        },
        date: match levels.date_level {
            args::DateLevel::Exact => DateLevel::Exact,
            args::DateLevel::Week => DateLevel::Week,
            args::DateLevel::Month => DateLevel::Month,
        },
    }
}

/// The codebook's rules for what others call a claim.
struct Book<'b>(&'b Codebook);

impl Classify for Book<'_> {
    fn acled(&self, claim: &Claim) -> Option<(String, String)> {
        self.0.acled.of(claim).map(|rule| (rule.event.to_string(), rule.sub_event.to_string()))
    }

    fn ucdp(&self, claim: &Claim) -> Option<u8> {
        self.0.ucdp.of(claim).and_then(|rule| rule.event.parse().ok())
    }
}
