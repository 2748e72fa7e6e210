//! What it costs to have the world at hand: time and memory of opening dictionaries, gazetteer and calendar, and the share of its look-ups in the
//! reading of reports.

use super::share;
use crate::line::{Line, document};
use anyhow::{Context, Result};
use griot_world::World;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How often opening is repeated; the quickest counts, since others use the machine too.
const TIMES: usize = 20;

/// Opens the world, reads the reports, prints what it took.
///
/// # Errors
/// A file that cannot be read.
pub fn print(files: &[PathBuf]) -> Result<()> {
    let before = resident();
    let world = World::shipped();
    let grown = resident().zip(before).map(|(after, before)| after.saturating_sub(before) / 1024);
    drop(world);
    let quickest = (0..TIMES).map(|_| timed(World::shipped)).min().unwrap_or_default();
    print!("dictionaries, gazetteer and calendar: open in {:.1} ms (the quickest of {TIMES})", quickest.as_secs_f64() * 1e3);
    match grown {
        Some(kib) => println!(", {kib} KiB resident more than before"),
        None => println!(),
    }
    let line = Line::shipped()?;
    let (mut language, mut places, mut claims) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let document = document(&text, None);
        let start = Instant::now();
        let sentences = line.language.read(&document);
        let parsed = start.elapsed();
        let reading = line.world.read(&document, &sentences);
        let known = start.elapsed();
        let _ = line.coder.code(&document, &sentences, &reading);
        language += parsed;
        places += known - parsed;
        claims += start.elapsed() - known;
    }
    if !files.is_empty() {
        let all = (language + places + claims).as_micros() as usize;
        let part = |time: Duration| 100.0 * share(time.as_micros() as usize, all);
        println!("{} reports: language {:.0} %, world {:.0} %, claims {:.0} %", files.len(), part(language), part(places), part(claims));
    }
    Ok(())
}

/// How long some work takes; what it made is dropped after the clock has stopped.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = work();
    let took = start.elapsed();
    drop(made);
    took
}

/// Bytes of this process in memory; `None` where the system does not say.
fn resident() -> Option<usize> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    pages.split_whitespace().nth(1)?.parse::<usize>().ok().map(|pages| pages * 4096)
}
