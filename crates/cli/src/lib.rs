//! The `griot` program: the one crate that talks to a person, to files and to a terminal.
//!
//! * [`main`] is all of it. What is public besides is for the Python package, which asks the same questions and shows the same pages.
//! * `args` is the command line; `read`, `code` and `parse` are its commands.
//! * `frames` is `griot codebook`.
//! * [`engine`] is the line from a report to its claims, with a user's `codebook` laid over the shipped one.
//! * [`format`] writes claims for machines, `table` for people; `explain` says what a claim rests on.
//! * [`record`] is the commands about a record file.
//! * `messages` is all that goes to standard error.
//!
//! Exit codes: 0 all done; 1 some inputs failed, each named on standard error, the others done; 2 the command line is wrong.

mod args;
mod code;
mod codebook;
pub mod engine;
mod explain;
pub mod format;
mod frames;
mod manual;
mod messages;
mod parse;
mod read;
pub mod record;
mod table;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use engine::Engine;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a command ends when it did not fail as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All inputs were read.
    Done,
    /// Some were not.
    SomeFailed,
}

/// A command line that can be understood but not followed: a manifest with a mistake, a codebook that does not compile.
#[derive(Debug)]
pub struct Misuse(pub String);

impl std::fmt::Display for Misuse {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misuse {}

/// The program: reads its command line, does what it says, and says how it ended.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help goes to standard output and is a success, a mistake to standard error.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let outcome = match cli.command {
        _ if cli.version => version(),
        Some(Command::Read(args)) => read::run(&args),
        Some(Command::Code(args)) => code::run(&args),
        Some(Command::Parse(args)) => parse::run(&args),
        Some(Command::Record(command)) => record::run(&command),
        Some(Command::Codebook(command)) => frames::run(&command),
        Some(Command::Completions { shell }) => manual::completions(shell),
        Some(Command::Man { out }) => manual::pages(out.as_deref()),
        None => {
            let _ = Cli::command().write_help(&mut io::stderr());
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        // Whoever reads the output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages::say(&format!("{error:#}"));
            ExitCode::from(if error.is::<Misuse>() { 2 } else { 1 })
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

fn version() -> anyhow::Result<Outcome> {
    let engine = Engine::new(None)?;
    let mut out = io::stdout().lock();
    writeln!(out, "griot        {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "model        {}", engine.language().id())?;
    writeln!(out, "codebook     {}", engine.coder().codebook().version)?;
    writeln!(out, "dictionaries {}", engine.world().version())?;
    out.flush()?;
    Ok(Outcome::Done)
}
