//! `griot code`: archives into tables.

use crate::args;
use crate::engine::{Engine, hold_faults};
use crate::messages::say;
use crate::{Misuse, Outcome};
use anyhow::Context;
use griot_archive::{Counts, Done, Plan};
use griot_ingest::{Limits, Manifest, Options, Reader};
use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Runs the command.
pub fn run(args: &args::Code) -> anyhow::Result<Outcome> {
    let manifest = args.manifest.as_ref().map(Manifest::read).transpose().map_err(|error| Misuse(error.to_string()))?;
    let listed = args.manifest.as_ref().map(std::fs::read).transpose().context("the manifest")?;
    for input in args.inputs.iter().filter(|input| input.as_os_str() != "-") {
        std::fs::metadata(input).map_err(|error| Misuse(format!("{}: cannot be read ({error}); check the path", input.display())))?;
    }
    let engine = Engine::new(args.codebook.as_deref())?;
    let limits = Limits { bytes: args.max_bytes, text: args.max_text };
    let key = format!(
        "model {}, rules {}, date {:?}, manifest {:?}, limits {limits:?}",
        engine.language().id(),
        engine.version(),
        args.date,
        listed.map(|bytes| griot_types::sha256(&bytes)),
    );
    hold_faults();
    let threads = args.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let plan = Plan {
        inputs: args.inputs.clone(),
        out: args.out.clone(),
        reader: Reader::new(Options { date: args.date, manifest, limits }),
        coder: Arc::new(move |document| match engine.code(document, false) {
            Ok(coded) => Ok((coded.document, coded.claims)),
            Err(fault) => Err(fault.to_string()),
        }),
        key,
        threads,
        shard: args.shard,
        patience: Duration::from_secs(args.seconds),
    };
    let bar = Bar::new();
    let outcome = griot_archive::run(plan, &|counts| bar.show(counts));
    drop(bar);
    let done = match outcome {
        Ok(done) => done,
        Err(error @ (griot_archive::Error::Other(..) | griot_archive::Error::Changed(..))) => return Err(Misuse(error.to_string()).into()),
        Err(error) => return Err(error.into()),
    };
    for failed in &done.first_failed {
        say(failed);
    }
    say(&words(&done, &args.out.display().to_string()));
    Ok(if done.failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

fn words(done: &Done, out: &str) -> String {
    let plural = |n: u64, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut words = format!("{} with {}", plural(done.reports, "report", "reports"), plural(done.claims, "claim", "claims"));
    if done.copies > 0 {
        words.push_str(&format!(", {}", plural(done.copies, "near-copy marked", "near-copies marked")));
    }
    words.push_str(&format!(" in {out}"));
    if done.errors > 0 {
        words.push_str(&format!(
            "; {} in {out}/errors",
            plural(done.errors, "report could not be read and is", "reports could not be read and are")
        ));
    }
    words
}

/// Progress on a terminal; nothing where nobody looks.
struct Bar {
    bar: Option<indicatif::ProgressBar>,
    skipped: AtomicU64,
}

impl Bar {
    fn new() -> Bar {
        let bar = io::stderr().is_terminal().then(|| {
            let template = "griot: {bytes} of {total_bytes}, {bytes_per_sec}, {msg}, {elapsed} gone, {eta} left";
            let bar = indicatif::ProgressBar::new(0);
            bar.set_style(indicatif::ProgressStyle::with_template(template).unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()));
            bar
        });
        Bar { bar, skipped: AtomicU64::new(0) }
    }

    fn show(&self, counts: &Counts) {
        let Some(bar) = &self.bar else { return };
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        bar.set_length(get(&counts.all));
        bar.set_position(get(&counts.behind));
        // What another run did says nothing of this one's speed.
        let skipped = get(&counts.skipped);
        if self.skipped.swap(skipped, Ordering::Relaxed) != skipped {
            bar.reset_eta();
        }
        bar.set_message(format!("{} reports, {} claims, {} errors", get(&counts.reports), get(&counts.claims), get(&counts.errors)));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
