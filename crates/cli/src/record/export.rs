//! `griot export`: a record's entries in the forms of the field.

use super::args::{self, Levels};
use super::ask::{filter, put};
use super::reference::wrong;
use super::{open, told};
use crate::messages::say;
use crate::{Misuse, Outcome};
use anyhow::Context;
use griot_coder::{Codebook, Coder};
use griot_exchange::export::safe::{DateLevel, PlaceLevel, Safety};
use griot_exchange::export::{self, Classify, Form, Profile, Wanted};
use griot_exchange::write;
use griot_types::Claim;
use griot_world::World;
use std::io::Write;

/// Runs the command.
pub fn run(args: &args::Export) -> anyhow::Result<Outcome> {
    let (record, world) = (open(&args.which.record, &args.which.when)?, World::shipped());
    let profile = args.profile.profile();
    let hxl = args.levels.hxl || args.profile == args::ProfileName::Hxl;
    let form = form(profile, args.out.as_deref().map(|out| out.extension().and_then(|end| end.to_str()).unwrap_or_default()), hxl)?;
    let coder = Coder::shipped()?;
    let wanted = Wanted {
        profile,
        form,
        filter: filter(&args.which, &world)?,
        rule: args.which.rule.clone(),
        safety: safety(&args.levels),
        hxl,
        classify: &Book(coder.codebook()),
    };
    let came = match &args.out {
        Some(out) => write::whole(out, |file| export::export(&record, &wanted, file)).map_err(wrong)?,
        None => {
            let mut text = Vec::new();
            let came = export::export(&record, &wanted, &mut text).map_err(wrong)?;
            // What is coloured for a person is no table.
            let mut out = std::io::stdout().lock();
            out.write_all(&text).and_then(|()| out.flush()).context("standard output")?;
            came
        }
    };
    if came.small > 0 {
        say(&format!(
            "note: {} entries share their place, time and type with fewer than two others: who knows the place may tell them apart; coarsen further",
            came.small
        ));
    }
    if came.withheld > 0 {
        say(&format!("note: private persons are withheld in {} entries, and their quotes; --persons gives them out", came.withheld));
    }
    let Some(out) = &args.out else { return Ok(Outcome::Done) };
    let left = if came.left > 0 { format!(", {} entries have no row in this profile", came.left) } else { String::new() };
    let hash = griot_types::sha256(&std::fs::read(out).with_context(|| out.display().to_string())?);
    let reports = record.standing().map_err(told)?.reports;
    put(&format!(
        "{}: {} rows{left}\n{hash}\nof a record of {reports} reports; what stands in it is reported, not more\n",
        out.display(),
        came.rows
    ))
}

/// How the file is written, by its ending.
fn form(profile: Profile, ending: Option<&str>, hxl: bool) -> Result<Form, Misuse> {
    let form = match (profile, ending) {
        (Profile::Geojson, Some("geojson" | "json") | None) | (Profile::Annotations, Some("jsonl") | None) => Form::Jsonl,
        (Profile::Geojson | Profile::Annotations, _) => {
            return Err(Misuse("this profile has one form: --out FILE.geojson for geojson, --out FILE.jsonl for annotations".into()));
        }
        (Profile::Gdelt, Some("CSV" | "csv" | "tsv" | "tab" | "export") | None) => Form::Tabs,
        (_, Some("csv") | None) => Form::Csv,
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
pub struct Book<'b>(pub &'b Codebook);

impl Classify for Book<'_> {
    fn acled(&self, claim: &Claim) -> Option<(String, String)> {
        self.0.acled.of(claim).map(|rule| (rule.event.to_string(), rule.sub_event.to_string()))
    }

    fn ucdp(&self, claim: &Claim) -> Option<u8> {
        self.0.ucdp.of(claim).and_then(|rule| rule.event.parse().ok())
    }
}
