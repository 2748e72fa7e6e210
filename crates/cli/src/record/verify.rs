//! `griot verify`: whether all that is kept is as it was written.

use super::{args, told};
use crate::Outcome;
use crate::messages::say;
use anyhow::Context;
use griot_record::Record;
use std::io::{self, Write};

/// Runs the command.
pub fn run(args: &args::Verify) -> anyhow::Result<Outcome> {
    let looked = Record::open(&args.record).and_then(|record| record.verify()).map_err(told)?;
    for finding in &looked.findings {
        say(&format!("{}: {}: {}", args.record.display(), finding.what, finding.wrong));
    }
    let mut out = io::stdout().lock();
    let state = if looked.findings.is_empty() { "all as it was written".to_owned() } else { format!("{} findings", looked.findings.len()) };
    writeln!(out, "{} reports, {} claims, {} decisions looked at: {state}", looked.reports, looked.claims, looked.decisions)
        .and_then(|()| out.flush())
        .context("standard output")?;
    Ok(if looked.findings.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}
