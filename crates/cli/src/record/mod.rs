//! The commands about a record file.
//!
//! * [`args`] is their command line; [`add`], [`ask`], [`show`], [`verify`], [`decide`], [`agree`], [`check`], [`matched`], [`missed`], [`diff`], [`export`], [`reference`], [`trend`] and [`serve`] are the commands.
//! * [`names`] finds actors and countries by the names that people use; [`lines`] writes for people; spreadsheets get theirs from `griot_exchange`.

pub mod args;

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

use crate::Outcome;
use args::{Command, When};
use griot_record::{Error, ErrorKind, Record, Scope};
use griot_types::Kind;
use std::path::Path;

/// Runs one of them.
pub fn run(command: &Command) -> anyhow::Result<Outcome> {
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
    }
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
