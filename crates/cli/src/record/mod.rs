//! The commands about a record file.
//!
//! * [`args`] is their command line; [`add`], [`ask`], [`show`], [`verify`], [`decide`], [`agree`], [`check`], [`matched`], [`missed`], [`diff`], [`export`], [`reference`], [`trend`], [`watch`] and [`serve`] are the commands.
//! * [`names`] finds actors and countries by the names that people use; [`lines`] writes for people; spreadsheets get theirs from `griot_exchange`.

pub(crate) mod args;

mod add;
mod agree;
mod ask;
mod check;
mod decide;
mod diff;
mod export;
mod lines;
mod matched;
mod missed;
mod names;
mod reference;
mod serve;
mod show;
mod trend;
mod verify;
mod watch;

use crate::Outcome;
use args::{Command, When};
use clap::Parser;
use griot_exchange::export::Sheet;
use griot_record::{Error, ErrorKind, Record, Scope};
use griot_types::Kind;
use std::path::Path;

/// Runs one of them.
pub(crate) fn run(command: &Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Add(args) => add::run(args),
        Command::Events(args) => ask::entries(args, Kind::Event),
        Command::Relations(args) => ask::entries(args, Kind::Relation),
        Command::Figures(args) => ask::entries(args, Kind::Figure),
        Command::Actors(args) => ask::actors(args),
        Command::Places(args) => ask::places(args),
        Command::Reports(args) => ask::reports(args),
        Command::Show(args) => show::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Decide(args) => decide::run(args),
        Command::History(args) => decide::history(args),
        Command::Agree(args) => agree::agree(args),
        Command::Learn(args) => agree::learn(args),
        Command::Missed(args) => missed::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Export(args) => export::run(args),
        Command::Check(args) => check::run(args),
        Command::Trend(args) => trend::run(args),
        Command::Match(args) => matched::run(args),
        Command::Import(args) => reference::import(args),
        Command::Reference(args) => reference::reference(args),
        Command::Serve(args) => serve::run(args),
        Command::Watch(args) => watch::run(args),
    }
}

/// A question on the command line, as its words after `griot`, answered as rows with types or as JSON Lines.
///
/// # Errors
/// The words are no such question, which the message explains, or the record cannot be read.
pub fn answer(words: &[String]) -> anyhow::Result<Answer> {
    let line = std::iter::once("griot").chain(words.iter().map(String::as_str));
    let cli = crate::args::Cli::try_parse_from(line).map_err(|error| crate::Misuse(plain(&error)))?;
    let Some(crate::args::Command::Record(command)) = &cli.command else {
        return Err(crate::Misuse("this is no question to a record".to_owned()).into());
    };
    if let Some(sheet) = ask::sheet(command)? {
        return Ok(Answer::Rows(sheet));
    }
    Ok(Answer::Lines(match command {
        Command::Show(args) => show::answer(args)?,
        Command::History(args) => decide::past(args)?,
        Command::Diff(args) => diff::answer(args)?,
        Command::Trend(args) => trend::answer(args)?,
        _ => return Err(crate::Misuse("this is no question to a record".to_owned()).into()),
    }))
}

/// What is wrong with a command line, without the hints that are for a terminal.
fn plain(error: &clap::Error) -> String {
    let words = error.to_string();
    let words = words.split("\n\nUsage:").next().unwrap_or_default().split("\n\nFor more").next().unwrap_or_default();
    words.trim().strip_prefix("error: ").unwrap_or(words.trim()).to_owned()
}

/// What a question gives.
#[derive(Debug)]
pub enum Answer {
    /// Rows under named columns.
    Rows(Sheet),
    /// What the command writes: JSON Lines where that is asked for.
    Lines(String),
}

/// Opens a record in the state that is meant.
fn open(path: &Path, when: &When) -> anyhow::Result<Record> {
    let scope = Scope { as_of: when.as_of.clone(), published_by: when.published_by };
    Record::open_at(path, scope).map_err(told)
}

/// An error of the record; what the person asked wrongly is a mistake of the command line.
fn told(error: Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::Misuse(_) | ErrorKind::Unknown(_) | ErrorKind::Missing => crate::Misuse(error.to_string()).into(),
        _ => error.into(),
    }
}
