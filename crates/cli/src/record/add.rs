//! `griot add`: reports into a record. `griot watch` keeps what it fetched in the same way.

use super::{args, told};
use crate::engine::{Engine, hold_faults};
use crate::messages::{Messages, Progress, say};
use crate::read::pool;
use crate::{Misuse, Outcome};
use anyhow::Context;
use griot_ingest::{Error, ErrorKind, Manifest, Options, Reader};
use griot_record::{About, Known, Outcome as Came, Reading, Record};
use griot_types::{Claim, Document};
use rayon::prelude::*;
use std::io::{self, IsTerminal, Write};

/// How many reports make a batch, which is kept as a whole or not at all.
const BATCH: usize = 128;
/// How much text at most.
const BYTES: usize = 16 << 20;

/// Runs the command.
pub fn run(args: &args::Add) -> anyhow::Result<Outcome> {
    let manifest = args.manifest.as_ref().map(Manifest::read).transpose().map_err(|error| Misuse(error.to_string()))?;
    let engine = Engine::new(args.codebook.as_deref())?;
    let record = Record::create(&args.record, args.wait).map_err(told)?;
    let reader = Reader::new(Options { date: args.date, manifest, ..Options::default() });
    let about =
        About { licence: args.licence.clone(), sensitivity: args.sensitivity, retrieved: args.retrieved.map(|day| day.to_string()) };
    let pool = pool(args.threads)?;
    hold_faults();
    let mut run = Run::new(&engine, &record, about);
    for input in &args.inputs {
        let mut documents = reader.open(input);
        while !run.batch(&mut documents, &pool)?.is_empty() {}
    }
    let Run { messages, sums, progress, .. } = run;
    drop(progress);
    let mut out = io::stdout().lock();
    writeln!(out, "{}", sums.words()).and_then(|()| out.flush()).context("standard output")?;
    Ok(if messages.finish() { Outcome::SomeFailed } else { Outcome::Done })
}

#[derive(Default)]
struct Sums {
    added: usize,
    recoded: usize,
    there: usize,
    claims: usize,
}

impl Sums {
    fn words(&self) -> String {
        let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let mut words =
            vec![format!("{} with {}", plural(self.added, "report added", "reports added"), plural(self.claims, "claim", "claims"))];
        if self.recoded > 0 {
            words.push(format!("{} read anew", self.recoded));
        }
        if self.there > 0 {
            words.push(format!("{} there already", self.there));
        }
        words.join(", ")
    }
}

/// What came of one report.
pub(super) enum Ended {
    Added,
    There,
    Foreign,
    Failed(String),
}

/// The command under way.
pub(super) struct Run<'r> {
    engine: &'r Engine,
    model: String,
    record: &'r Record,
    /// What is known of the reports to come.
    pub(super) about: About,
    pub(super) messages: Messages,
    progress: Progress,
    sums: Sums,
    done: usize,
}

/// A report on its way.
enum Item {
    Fresh(Document),
    /// In a language that is not read.
    Foreign(Document, String),
    There(Document),
    Failed(String),
    /// Ready to be kept.
    Read(Box<Reading>),
}

impl<'r> Run<'r> {
    pub(super) fn new(engine: &'r Engine, record: &'r Record, about: About) -> Run<'r> {
        Run {
            model: engine.language().id().to_string(),
            engine,
            record,
            about,
            messages: Messages::default(),
            progress: Progress::new(io::stdout().is_terminal()),
            sums: Sums::default(),
            done: 0,
        }
    }

    /// Takes the next reports into the record. What came of each; none where there are no more.
    pub(super) fn batch(
        &mut self,
        documents: &mut impl Iterator<Item = Result<Document, Error>>,
        pool: &rayon::ThreadPool,
    ) -> anyhow::Result<Vec<Ended>> {
        let mut items = Vec::new();
        let mut bytes = 0;
        while items.len() < BATCH && bytes < BYTES {
            let Some(found) = documents.next() else { break };
            let item = match found {
                Ok(document) => self.item(document)?,
                Err(error) => {
                    let words = error.to_string();
                    match error.into_kind() {
                        ErrorKind::UnsupportedLanguage { language, document } => Item::Foreign(*document, language),
                        _ => Item::Failed(words),
                    }
                }
            };
            bytes += match &item {
                Item::Fresh(document) | Item::Foreign(document, _) => document.text.len(),
                _ => 0,
            };
            items.push(item);
        }
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let (engine, about) = (self.engine, &self.about);
        let code = |item: Item| match item {
            Item::Fresh(document) => match engine.code(document, false) {
                Ok(coded) => read(coded.document, coded.claims, None, about),
                Err(fault) => Item::Failed(fault.to_string()),
            },
            Item::Foreign(document, language) => read(document, Vec::new(), Some(language), about),
            other => other,
        };
        let coded: Vec<Item> = pool.install(|| items.into_par_iter().map(code).collect());
        self.keep(coded)
    }

    fn item(&self, document: Document) -> anyhow::Result<Item> {
        let known = self.record.knows(&document.id, &self.model, self.engine.version()).map_err(told)?;
        Ok(if known == Known::Wholly { Item::There(document) } else { Item::Fresh(document) })
    }

    /// Writes what was read, and says of each report that it is in the record once it is.
    fn keep(&mut self, coded: Vec<Item>) -> anyhow::Result<Vec<Ended>> {
        let ready = |item: &Item| if let Item::Read(reading) = item { Some((**reading).clone()) } else { None };
        let readings: Vec<Reading> = coded.iter().filter_map(ready).collect();
        let mut came = self.record.add(&readings, &self.model, self.engine.version()).map_err(told)?.into_iter();
        let mut out = io::stdout().lock();
        let mut ended = Vec::with_capacity(coded.len());
        for item in coded {
            self.done += 1;
            self.progress.at(self.done);
            let (word, document, claims) = match &item {
                Item::Read(reading) => {
                    if let Some(language) = &reading.language {
                        say(&format!(
                            "note: {}: is in {language}, which is not read; its text is kept without claims",
                            reading.document.name
                        ));
                    }
                    let word = match came.next() {
                        Some(Came::Added) => "added",
                        Some(Came::Recoded) => "read anew",
                        _ => "there",
                    };
                    self.messages.report(&reading.document, false);
                    (word, &reading.document, reading.claims.len())
                }
                Item::Failed(words) => {
                    self.progress.aside(|| self.messages.failed(words));
                    ended.push(Ended::Failed(words.clone()));
                    continue;
                }
                Item::There(document) | Item::Fresh(document) | Item::Foreign(document, _) => {
                    self.messages.report(document, true);
                    ("there", document, 0)
                }
            };
            match word {
                "added" => self.sums.added += 1,
                "read anew" => self.sums.recoded += 1,
                _ => self.sums.there += 1,
            }
            ended.push(match &item {
                _ if word == "there" => Ended::There,
                Item::Read(reading) if reading.language.is_some() => Ended::Foreign,
                _ => Ended::Added,
            });
            let told = if word == "there" { String::new() } else { format!("  {claims} claims") };
            self.sums.claims += if word == "there" { 0 } else { claims };
            let name = crate::table::layout::plain(&document.name);
            writeln!(out, "{word:<9}  {}  {name}{told}", document.id).context("standard output")?;
        }
        out.flush().context("standard output")?;
        Ok(ended)
    }
}

fn read(document: Document, claims: Vec<Claim>, language: Option<String>, about: &About) -> Item {
    Item::Read(Box::new(Reading { document, about: about.clone(), claims, language }))
}
