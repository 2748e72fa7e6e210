//! The questions: `griot events`, `relations`, `figures`, `actors`, `places`, `reports`.

use super::args::{Ask, Command, Entries, Form, Which};
use super::lines::Lines;
use super::{names, open, told};
use crate::Outcome;
use anstream::{AutoStream, ColorChoice};
use anyhow::Context;
use griot_exchange::export::{Sheet, sheets};
use griot_exchange::rows;
use griot_record::groups::{By, Group};
use griot_record::{Entry, Filter, Question, Record};
use griot_types::Kind;
use griot_world::World;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};

/// How many answers a table holds where nothing else is asked for.
const PAGE: usize = 50;

/// Entries of a kind, or groups of them.
pub fn entries(args: &Entries, kind: Kind) -> anyhow::Result<Outcome> {
    let world = World::shipped();
    if let Some(by) = args.group {
        let found = grouped(&args.ask, kind, by, &world)?;
        return answer(&args.ask, &world, &found, |lines, group| lines.group(group), rows::groups);
    }
    let args = &args.ask;
    let found = find(args, kind, &world)?;
    answer(args, &world, &found, |lines, entry| lines.entry(entry, args.explain), rows::entries)
}

/// The answers to a question as rows with types; `None` for what is no question of that sort.
///
/// # Errors
/// As on the command line.
pub fn sheet(command: &Command) -> anyhow::Result<Option<Sheet>> {
    let world = World::shipped();
    let entries = |args: &Entries, kind| {
        Ok::<Sheet, anyhow::Error>(match args.group {
            Some(by) => sheets::groups(&grouped(&args.ask, kind, by, &world)?),
            None => sheets::entries(&find(&args.ask, kind, &world)?),
        })
    };
    let record = |args: &Ask| Ok::<_, anyhow::Error>((open(&args.which.record, &args.which.when)?, filter(&args.which, &world)?));
    Ok(Some(match command {
        Command::Events(args) => entries(args, Kind::Event)?,
        Command::Relations(args) => entries(args, Kind::Relation)?,
        Command::Figures(args) => entries(args, Kind::Figure)?,
        Command::Actors(args) => {
            let (record, filter) = record(args)?;
            sheets::actors(&record.actors(&filter, limit(args)).map_err(told)?)
        }
        Command::Places(args) => {
            let (record, filter) = record(args)?;
            sheets::places(&record.places(&filter, limit(args)).map_err(told)?)
        }
        Command::Reports(args) => {
            let (record, filter) = record(args)?;
            sheets::reports(&record.reports(&filter, limit(args)).map_err(told)?)
        }
        _ => return Ok(None),
    }))
}

fn find(args: &Ask, kind: Kind, world: &World) -> anyhow::Result<Vec<Entry>> {
    let (record, question) = question(args, kind, world)?;
    record.ask(&question).map_err(told)
}

fn grouped(args: &Ask, kind: Kind, by: By, world: &World) -> anyhow::Result<Vec<Group>> {
    let (record, question) = question(args, kind, world)?;
    record.groups(&question, kind, by).map_err(told)
}

fn question(args: &Ask, kind: Kind, world: &World) -> anyhow::Result<(Record, Question)> {
    let record = open(&args.which.record, &args.which.when)?;
    let filter = Filter { kind: Some(kind), ..filter(&args.which, world)? };
    if let Some(wrong) = filter.types.iter().find(|type_| type_.kind() != kind) {
        let command = match wrong.kind() {
            Kind::Event => "events",
            Kind::Relation => "relations",
            Kind::Figure => "figures",
        };
        return Err(crate::Misuse(format!("'{wrong}' is a type of another kind; ask with 'griot {command}'")).into());
    }
    Ok((record, Question { filter, rule: args.which.rule.clone(), limit: limit(args) }))
}

/// Actors.
pub fn actors(args: &Ask) -> anyhow::Result<Outcome> {
    list(args, |record, filter, limit| record.actors(filter, limit), |lines, actor| lines.actor(actor), rows::actors)
}

/// Places.
pub fn places(args: &Ask) -> anyhow::Result<Outcome> {
    list(args, |record, filter, limit| record.places(filter, limit), |lines, place| lines.place(place), rows::places)
}

/// Reports.
pub fn reports(args: &Ask) -> anyhow::Result<Outcome> {
    list(args, |record, filter, limit| record.reports(filter, limit), |lines, report| lines.report(report), rows::reports)
}

fn list<T: Serialize>(
    args: &Ask,
    find: impl Fn(&Record, &Filter, Option<usize>) -> griot_record::Result<Vec<T>>,
    line: impl Fn(&Lines, &T) -> String,
    rows: impl Fn(&[T]) -> String,
) -> anyhow::Result<Outcome> {
    let (record, world) = (open(&args.which.record, &args.which.when)?, World::shipped());
    let found = find(&record, &filter(&args.which, &world)?, limit(args)).map_err(told)?;
    answer(args, &world, &found, line, rows)
}

/// One more than is shown, to know whether there is more.
fn limit(args: &Ask) -> Option<usize> {
    match (args.limit, args.format) {
        (Some(0), _) => None,
        (Some(limit), Form::Table) => Some(limit + 1),
        (Some(limit), _) => Some(limit),
        (None, Form::Table) => Some(PAGE + 1),
        (None, _) => None,
    }
}

/// Which entries the command line means.
pub fn filter(args: &Which, world: &World) -> anyhow::Result<Filter> {
    let actors = |list: &[String]| list.iter().flat_map(|name| names::actors(world, name)).collect();
    Ok(Filter {
        kind: None,
        types: args.types.clone(),
        mode: args.mode.clone(),
        actors: actors(&args.actor),
        dyad: args.dyad.first().zip(args.dyad.get(1)).map(|(one, other)| [one, other].map(|name| names::actors(world, name))),
        speakers: actors(&args.speaker),
        statuses: args.status.clone(),
        countries: args.country.iter().map(|name| names::country(world, name)).collect(),
        place: args.place.clone(),
        around: args.within,
        from: args.from.or(args.on),
        to: args.to.or(args.on),
        text: args.text.clone(),
        publisher: args.publisher.clone(),
        independent: args.independent,
        confidence: args.min_confidence,
        accepted: args.accepted,
        rejected: args.rejected,
    })
}

fn answer<T: Serialize>(
    args: &Ask,
    world: &World,
    found: &[T],
    line: impl Fn(&Lines, &T) -> String,
    rows: impl Fn(&[T]) -> String,
) -> anyhow::Result<Outcome> {
    let text = match args.format {
        Form::Jsonl => jsonl(found)?,
        Form::Csv => rows(found),
        Form::Table => {
            let lines = Lines::new(world);
            let page = args.limit.filter(|limit| *limit > 0).or(args.limit.is_none().then_some(PAGE)).unwrap_or(usize::MAX);
            let mut text: String = found.iter().take(page).map(|one| line(&lines, one)).collect();
            if found.is_empty() {
                text.push_str("Nothing in this record answers. That nothing was reported is no sign that nothing happened.\n");
            } else if found.len() > page {
                text.push_str(&format!("There is more: these are the first {page}; --limit 0 shows all.\n"));
            }
            text
        }
    };
    put(&text)
}

/// One answer a line.
pub fn jsonl<T: Serialize>(found: &[T]) -> anyhow::Result<String> {
    let lines: Result<Vec<String>, _> = found.iter().map(serde_json::to_string).collect();
    Ok(lines?.into_iter().map(|line| line + "\n").collect())
}

/// Writes to standard output, with colours where it is a terminal.
pub fn put(text: &str) -> anyhow::Result<Outcome> {
    let stdout = io::stdout();
    let choice = if stdout.is_terminal() { AutoStream::choice(&stdout) } else { ColorChoice::Never };
    let mut out = AutoStream::new(stdout, choice);
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("standard output")?;
    Ok(Outcome::Done)
}
