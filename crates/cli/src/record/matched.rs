//! `griot match`: a table of others beside the record's tolls.

use super::args::{self, Form};
use super::ask::{filter, jsonl, put};
use super::{open, told};
use crate::{Misuse, Outcome};
use griot_exchange::cells;
use griot_record::{Match, Within};
use griot_world::World;
use std::fmt::Write;

/// Runs the command.
pub fn run(args: &args::Matching) -> anyhow::Result<Outcome> {
    let (record, world) = (open(&args.which.record, &args.which.when)?, World::shipped());
    let tables = record.references().map_err(told)?;
    let table = tables.iter().find(|table| table.n == args.table);
    let table = table.ok_or_else(|| Misuse(format!("this record has no table {}; 'griot reference' lists them", args.table)))?;
    let within = Within { days: args.days, kilometres: args.kilometres };
    let found = record.match_table(table, &filter(&args.which, &world)?, within).map_err(told)?;
    put(&match args.format {
        Form::Jsonl => jsonl(&found)?,
        Form::Csv => csv(&found),
        Form::Table => words(&found, within),
    })
}

fn csv(found: &[Match]) -> String {
    fn shown<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    cells::rows(|writer| {
        writer.write_record([
            "row",
            "entry",
            "score",
            "days",
            "kilometres",
            "first",
            "country",
            "their_low",
            "their_best",
            "their_high",
            "our_low",
            "our_best",
            "our_high",
            "agree",
        ])?;
        found.iter().try_for_each(|one| {
            let numbers = |all: Option<[f64; 3]>| [0, 1, 2].map(|at| shown(all.map(|all| all[at])));
            let ([a, b, c], [x, y, z]) = (numbers(one.theirs), numbers(one.ours));
            writer.write_record([
                cells::text(one.row.as_deref().unwrap_or_default()),
                one.entry.clone().unwrap_or_default(),
                shown(one.score),
                shown(one.days),
                shown(one.kilometres),
                shown(one.first),
                one.country.clone().unwrap_or_default(),
                a,
                b,
                c,
                x,
                y,
                z,
                shown(one.agree),
            ])
        })
    })
}

fn words(found: &[Match], within: Within) -> String {
    let both: Vec<&Match> = found.iter().filter(|one| one.row.is_some() && one.entry.is_some()).collect();
    let mut text = String::new();
    // Writing to a string cannot fail.
    for one in &both {
        let best = |all: Option<[f64; 3]>| all.map_or(0.0, |all| all[1]);
        let _ = writeln!(
            text,
            "  {} {}  row {} {} dead, {} {} dead, {} days and {:.0} km apart{}",
            one.first.map_or_else(String::new, |day| day.to_string()),
            one.country.as_deref().unwrap_or(""),
            one.row.as_deref().unwrap_or(""),
            best(one.theirs),
            one.entry.as_deref().unwrap_or(""),
            best(one.ours),
            one.days.unwrap_or_default(),
            one.kilometres.unwrap_or_default(),
            if one.agree == Some(true) { "" } else { ", bounds do not meet" }
        );
    }
    let agree = both.iter().filter(|one| one.agree == Some(true)).count();
    let alone = |row: bool| found.iter().filter(|one| if row { one.entry.is_none() } else { one.row.is_none() }).count();
    let _ = writeln!(
        text,
        "{} pairs within {} days and {} km, the deaths of {agree} agree; {} rows without an entry, {} entries without a row",
        both.len(),
        within.days,
        within.kilometres,
        alone(true),
        alone(false)
    );
    text
}
