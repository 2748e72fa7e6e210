//! `griot missed`: sentences of a record's reports that tell of something and gave no claim.

use super::args::{self, Form};
use super::ask::{jsonl, put};
use super::lines::Lines;
use super::{open, told};
use crate::Outcome;
use crate::engine::Engine;
use crate::messages::Progress;
use griot_coder::missed::Sign;
use griot_exchange::cells::{rows, text};
use griot_ingest::{Options, Reader};
use griot_record::bounds::Rule;
use griot_record::{Filter, Record, ReportRow, Shown};
use griot_types::{Claim, CodePoints, Date, Document, Span};
use rayon::prelude::*;
use serde::Serialize;
use std::io::{self, IsTerminal};

/// How many sentences a table holds where nothing else is asked for.
const PAGE: usize = 50;
/// How many reports are read before the next are fetched.
const BATCH: usize = 256;

/// One sentence; offsets in code points of the report's text.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The report.
    pub report: String,
    /// Its headline or its file.
    pub title: String,
    /// Its day.
    pub date: Option<Date>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// The sentence's number in the report.
    pub sentence: usize,
    /// Where it starts.
    pub start: u32,
    /// One past its end.
    pub end: u32,
    /// How telling it is: the sum over its kinds of signs.
    pub weight: u32,
    /// The words that make it suspect, by kind.
    pub signs: Vec<Word>,
    /// The sentence.
    pub quote: String,
}

/// A word that makes a sentence suspect.
#[derive(Debug, Serialize)]
pub struct Word {
    /// What it is a sign of.
    pub sign: Sign,
    /// The word.
    pub text: String,
}

/// Runs the command.
pub fn run(args: &args::Missed) -> anyhow::Result<Outcome> {
    let record = open(&args.record, &args.when)?;
    let engine = Engine::new(args.codebook.as_deref())?;
    let filter = Filter { from: args.from, to: args.to, publisher: args.publisher.clone(), ..Filter::default() };
    let mut reports = record.reports(&filter, None).map_err(told)?;
    reports.retain(|report| report.language.is_none() && args.report.as_ref().is_none_or(|id| named(report, id)));
    if let (true, Some(id)) = (reports.is_empty(), &args.report) {
        return Err(crate::Misuse(format!("no report of this record is called '{id}'; griot reports lists them")).into());
    }
    let mut found = sentences(&record, &engine, &reports)?;
    found.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| (a.date, &a.report, a.sentence).cmp(&(b.date, &b.report, b.sentence))));
    let page = match (args.limit, args.format) {
        (Some(0), _) => usize::MAX,
        (Some(limit), _) => limit,
        (None, Form::Table) => PAGE,
        (None, _) => usize::MAX,
    };
    let shown = &found[..found.len().min(page)];
    match args.format {
        Form::Jsonl => put(&jsonl(shown)?),
        Form::Csv => put(&table(shown)),
        Form::Table => {
            let lines = Lines::new(engine.world());
            let mut text: String = shown.iter().map(|row| lines.missed(row)).collect();
            if found.is_empty() {
                text.push_str("Every sentence with violence, numbers or actors gave a claim.\n");
            } else if found.len() > page {
                text.push_str(&format!("There is more: these are the first {page} of {}; --limit 0 shows all.\n", found.len()));
            }
            put(&text)
        }
    }
}

fn named(report: &ReportRow, id: &str) -> bool {
    report.name == *id || report.id.starts_with(id) || report.id.strip_prefix("sha256:").is_some_and(|hash| hash.starts_with(id))
}

/// Reads the reports anew; the record keeps what they say, not how they are read.
fn sentences(record: &Record, engine: &Engine, reports: &[ReportRow]) -> anyhow::Result<Vec<Row>> {
    let reader = Reader::new(Options::default());
    let mut progress = Progress::new(io::stdout().is_terminal());
    let mut found = Vec::new();
    for (number, batch) in reports.chunks(BATCH).enumerate() {
        let mut kept = Vec::with_capacity(batch.len());
        for report in batch {
            if let Shown::Report { claims, text, .. } = record.show(&report.id, &Rule::default()).map_err(told)? {
                kept.push((report, claims, text));
            }
        }
        let read: Vec<Vec<Row>> =
            kept.into_par_iter().map(|(report, claims, text)| of_report(engine, &reader, report, &claims, text)).collect();
        found.extend(read.into_iter().flatten());
        progress.at((number * BATCH + batch.len()).min(reports.len()));
    }
    Ok(found)
}

pub(crate) fn of_report(engine: &Engine, reader: &Reader, report: &ReportRow, claims: &[Claim], text: String) -> Vec<Row> {
    let told = quotes(claims, &text);
    let title = report.title.clone().filter(|title| !title.is_empty()).unwrap_or_else(|| report.name.clone());
    // A text that was let in once may be refused now, by another version: then there is nothing to say of it.
    let Some(Ok(document)) = reader.read_bytes("report.txt", text.into_bytes()).pop() else { return Vec::new() };
    let document = Document { date: report.date.or(document.date), name: report.name.clone(), ..document };
    let (document, found) = engine.missed(document, &told);
    let points = CodePoints::new(&document.text);
    let row = |missed: griot_coder::Missed| {
        let span = points.span(missed.span);
        Row {
            report: report.id.clone(),
            title: title.clone(),
            date: report.date,
            publisher: report.publisher.clone(),
            sentence: missed.sentence,
            start: span.start,
            end: span.end,
            weight: missed.weight,
            signs: missed.signs.iter().map(|(sign, span)| Word { sign: *sign, text: span.of(&document.text).to_owned() }).collect(),
            quote: missed.span.of(&document.text).to_owned(),
        }
    };
    found.into_iter().map(row).collect()
}

/// Where the claims of a report stand, in bytes; the record tells it in code points.
fn quotes(claims: &[Claim], text: &str) -> Vec<Span> {
    let starts: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    let byte = |point: u32| starts.get(point as usize).copied().unwrap_or(text.len() as u32);
    let of = |start: u32, end: u32| Span::new(byte(start), byte(end.max(start)));
    claims
        .iter()
        .flat_map(|claim| {
            let also = claim.evidence.also.iter().map(|also| of(also.start, also.end));
            [of(claim.evidence.start, claim.evidence.end)].into_iter().chain(also).collect::<Vec<Span>>()
        })
        .collect()
}

/// The columns of sentences without a claim.
pub const COLUMNS: &[&str] = &["report", "title", "date", "publisher", "sentence", "start", "end", "weight", "signs", "quote"];

/// Sentences as CSV with their header.
fn table(found: &[Row]) -> String {
    rows(|writer| {
        writer.write_record(COLUMNS)?;
        found.iter().try_for_each(|row| {
            writer.write_record([
                row.report.clone(),
                text(&row.title),
                row.date.map_or_else(String::new, |date| date.to_string()),
                text(row.publisher.as_deref().unwrap_or_default()),
                row.sentence.to_string(),
                row.start.to_string(),
                row.end.to_string(),
                row.weight.to_string(),
                text(&signs(row)),
                text(&row.quote),
            ])
        })
    })
}

/// The signs of a sentence in words: 'violence (shelled), people (12 villagers)'.
pub fn signs(row: &Row) -> String {
    let mut kinds: Vec<Sign> = row.signs.iter().map(|word| word.sign).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let of = |kind: &Sign| {
        let words: Vec<&str> = row.signs.iter().filter(|word| word.sign == *kind).map(|word| word.text.as_str()).collect();
        format!("{} ({})", label(*kind), words.join(", "))
    };
    kinds.iter().map(of).collect::<Vec<String>>().join("; ")
}

fn label(sign: Sign) -> &'static str {
    match sign {
        Sign::Violence => "violence",
        Sign::People => "people",
        Sign::Force => "force",
        Sign::Act => "act",
        Sign::Actor => "actor",
        Sign::Number => "number",
    }
}
