//! `griot read`: what reports say.

use crate::args::{self, Colour};
use crate::engine::{Coded, Engine, hold_faults};
use crate::format::{Format, Writer};
use crate::messages::{Messages, Progress};
use crate::{Misuse, Outcome, explain};
use anstream::{AutoStream, ColorChoice};
use anyhow::Context;
use griot_ingest::{Documents, Error, Manifest, Options, Reader};
use griot_types::Document;
use rayon::prelude::*;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// How much text is read ahead of the coding, in bytes: enough to keep all threads at work, little enough to hold.
const AHEAD: usize = 16 << 20;
/// How many reports are read ahead for each thread.
const EACH: usize = 16;
/// Trees are walked to their depth; a thread's usual stack would bound that.
const STACK: usize = 16 << 20;

/// Runs the command.
pub fn run(args: &args::Read) -> anyhow::Result<Outcome> {
    let manifest = args.manifest.as_ref().map(Manifest::read).transpose().map_err(|error| Misuse(error.to_string()))?;
    let engine = Engine::new(args.codebook.as_deref())?;
    let reader = Reader::new(Options { date: args.date, manifest, ..Options::default() });
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    let choice = match args.color {
        Colour::Auto => AutoStream::choice(&stdout),
        Colour::Always => ColorChoice::Always,
        Colour::Never => ColorChoice::Never,
    };
    let colours = args.format == Format::Table && choice != ColorChoice::Never;
    if !args.types.is_empty() && !matches!(args.format, Format::Csv | Format::Jsonl) {
        return Err(Misuse("--types adds columns; it goes with --format csv or --format jsonl".to_owned()).into());
    }
    let writer = Writer::new(args.format, colours, width(terminal), args.explain).with_schemes(&args.types);
    // The table is styled already where it should be; anything else passes as it is.
    let mut out = io::BufWriter::new(AutoStream::new(stdout, if colours { choice } else { ColorChoice::AlwaysAnsi }));
    let pool = pool(args.threads)?;
    hold_faults();
    let mut run = Run {
        engine: &engine,
        writer: &writer,
        out: &mut out,
        messages: Messages::default(),
        progress: Progress::new(terminal),
        threads: pool.current_num_threads(),
        silent: args.format == Format::Table && terminal && io::stderr().is_terminal(),
        least: args.min_confidence,
        done: 0,
    };
    run.out.write_all(writer.head().as_bytes()).context("standard output")?;
    for input in &args.inputs {
        run.input(&reader, input, &pool)?;
    }
    let Run { messages, progress, out, .. } = run;
    out.write_all(writer.tail().as_bytes()).context("standard output")?;
    out.flush().context("standard output")?;
    drop(progress);
    Ok(if messages.finish() { Outcome::SomeFailed } else { Outcome::Done })
}

/// The terminal's width, what COLUMNS says elsewhere, or a page.
pub fn width(terminal: bool) -> usize {
    let measured = if terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
    let told = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    measured.or_else(told).unwrap_or(100)
}

/// The threads that code reports.
pub fn pool(threads: Option<u16>) -> anyhow::Result<rayon::ThreadPool> {
    let threads = threads.map_or(0, usize::from);
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .build()
        .context("threads cannot be started; try a smaller --threads")
}

/// The command under way.
struct Run<'r, W: Write> {
    engine: &'r Engine,
    writer: &'r Writer,
    out: &'r mut W,
    messages: Messages,
    progress: Progress,
    threads: usize,
    /// Whether notes stand in the table before the same eyes that would see standard error.
    silent: bool,
    /// The lowest confidence that is written.
    least: Option<f64>,
    done: usize,
}

/// What one report gives.
struct Written {
    document: Document,
    out: String,
    aside: String,
}

impl<W: Write> Run<'_, W> {
    /// Codes all reports of a file, a folder or standard input: batches are read one after the other, coded at once and written in order.
    fn input(&mut self, reader: &Reader, input: &PathBuf, pool: &rayon::ThreadPool) -> anyhow::Result<()> {
        let mut documents = reader.open(input);
        loop {
            let batch = self.batch(&mut documents);
            if batch.is_empty() {
                return Ok(());
            }
            let (engine, writer, least) = (self.engine, self.writer, self.least);
            let code = |item: Result<Document, Error>| -> Result<Written, String> {
                let document = item.map_err(|error| error.to_string())?;
                let coded = engine.code(document, writer.explains()).map_err(|fault| fault.to_string())?;
                let coded = match least {
                    Some(least) => coded.at_least(least),
                    None => coded,
                };
                Ok(write(writer, coded, engine))
            };
            let results: Vec<Result<Written, String>> = pool.install(|| batch.into_par_iter().map(code).collect());
            for result in results {
                self.put(result)?;
            }
            // A reader at the end of a pipe sees each batch when it is done.
            self.out.flush().context("standard output")?;
        }
    }

    fn batch(&self, documents: &mut Documents) -> Vec<Result<Document, Error>> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < self.threads * EACH && bytes < AHEAD {
            let Some(item) = documents.next() else { break };
            bytes += item.as_ref().map_or(0, |document| document.text.len());
            batch.push(item);
        }
        batch
    }

    fn put(&mut self, result: Result<Written, String>) -> anyhow::Result<()> {
        self.done += 1;
        self.progress.at(self.done);
        let Run { messages, out, silent, .. } = self;
        self.progress.aside(|| {
            match result {
                Ok(written) => {
                    messages.report(&written.document, *silent);
                    out.write_all(written.out.as_bytes()).context("standard output")?;
                    // What a claim rests on goes beside the claims, not among them.
                    let _ = io::stderr().write_all(written.aside.as_bytes());
                }
                Err(error) => messages.failed(&error),
            }
            Ok(())
        })
    }
}

fn write(writer: &Writer, coded: Coded, engine: &Engine) -> Written {
    let out = writer.report(&coded, engine);
    let aside = if writer.explains() && !writer.explains_inside() { explain::all(&coded) } else { String::new() };
    Written { document: coded.document, out, aside }
}
