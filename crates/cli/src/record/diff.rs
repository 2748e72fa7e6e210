//! `griot diff`: what changed between two states of a record, and why.

use super::args::{self, Shape, When};
use super::ask::{jsonl, put};
use super::lines::Lines;
use super::{open, told};
use crate::{Misuse, Outcome};
use griot_record::{Change, Moment, Record};
use griot_world::World;
use std::path::Path;

/// Runs the command.
pub fn run(args: &args::Diff) -> anyhow::Result<Outcome> {
    put(&answer(args)?)
}

/// What it says.
pub fn answer(args: &args::Diff) -> anyhow::Result<String> {
    let (before, after) = (state(&args.before)?, state(&args.after)?);
    let changes = griot_record::diff(&before, &after, &args.rule).map_err(told)?;
    if args.format == Shape::Jsonl {
        return jsonl(&changes);
    }
    let world = World::shipped();
    let lines = Lines::new(&world);
    let mut text: String = changes.iter().map(|change| table(&lines, change)).collect();
    if changes.is_empty() {
        text.push_str("Nothing changed.\n");
    }
    Ok(text)
}

/// A record and what follows the last '@', where that is no part of the file's name.
fn state(words: &str) -> anyhow::Result<Record> {
    let (path, as_of) = match words.rsplit_once('@') {
        Some((path, moment)) if !Path::new(words).exists() => {
            (path, Some(moment.parse::<Moment>().map_err(|error| Misuse(format!("{words}: {error}")))?))
        }
        _ => (words, None),
    };
    open(Path::new(path), &When { as_of, published_by: None })
}

fn table(lines: &Lines, change: &Change) -> String {
    let mut out = lines.pair(change.what, &change.why.join("; "));
    for (field, before, after) in change.fields.iter().filter(|(field, ..)| *field != "claims") {
        out.push_str(&lines.dim(&format!("{field}: {before} → {after}")));
    }
    if change.was.len() > 1 {
        out.push_str(&lines.dim(&format!("merged from {}", change.was.join(", "))));
    }
    out.push_str(&lines.entry(&change.entry, false));
    out
}
