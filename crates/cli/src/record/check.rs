//! `griot check`: is it so, and under which definition?

use super::args::{self, Shape};
use super::ask::{jsonl, put};
use super::{open, told};
use crate::engine::{Engine, hold_faults};
use crate::messages::Messages;
use crate::{Misuse, Outcome};
use griot_ingest::{Options, Reader};
use griot_record::check::{Checked, Row, Text, Verdict};
use std::fmt::Write;

/// Rows shown under a definition.
const ROWS: usize = 5;

/// Runs the command.
pub fn run(args: &args::Check) -> anyhow::Result<Outcome> {
    let record = open(&args.record, &args.when)?;
    let engine = Engine::new(args.codebook.as_deref())?;
    let reader = Reader::new(Options { date: args.date, ..Options::default() });
    hold_faults();
    let mut messages = Messages::default();
    let mut out = String::new();
    let mut documents = Vec::new();
    if let Some(text) = &args.text {
        documents.extend(reader.read_bytes("the sentence", text.clone().into_bytes()));
    }
    documents.extend(args.files.iter().flat_map(|file| reader.open(file)));
    if documents.is_empty() {
        return Err(Misuse("there is nothing to check: give a file, or --text \"SENTENCE\"".into()).into());
    }
    for document in documents {
        let document = match document {
            Ok(document) => document,
            Err(error) => {
                messages.failed(&error.to_string());
                continue;
            }
        };
        let coded = match engine.code(document, false) {
            Ok(coded) => coded,
            Err(fault) => {
                messages.failed(&fault.to_string());
                continue;
            }
        };
        let text = Text { text: &coded.document.text, date: coded.document.date, claims: &coded.claims, document: &coded.document.id };
        let checked = record.check(&text).map_err(told)?;
        match args.format {
            Shape::Jsonl => out.push_str(&jsonl(&checked)?),
            Shape::Table => out.push_str(&words(&coded.document.name, &checked)),
        }
    }
    put(&out)?;
    Ok(if messages.finish() { Outcome::SomeFailed } else { Outcome::Done })
}

fn words(name: &str, checked: &[Checked]) -> String {
    let plain = crate::table::layout::plain;
    let mut text = format!("{}\n", plain(name));
    // Writing to a string cannot fail.
    for one in checked {
        let _ = writeln!(text, "\n  “{}”\n  {}: {}", plain(&one.quote), one.claim, one.verdict.words());
        let mut shown: &[Row] = &[];
        for answer in &one.answers {
            let sign = match answer.verdict {
                Verdict::Supported => '+',
                Verdict::Contradicted => '-',
                Verdict::Depends => '±',
                Verdict::NotEnough => '?',
            };
            let _ = writeln!(text, "    {sign} {}: {}", answer.definition, answer.found);
            // What stands above is not said again.
            if answer.rows == shown {
                continue;
            }
            shown = &answer.rows;
            for row in answer.rows.iter().take(ROWS) {
                let _ = writeln!(text, "        {}  {}", row.source, plain(&row.text));
            }
            if answer.rows.len() > ROWS {
                let _ = writeln!(text, "        … {} more", answer.rows.len() - ROWS);
            }
        }
    }
    let count = |verdict: Verdict| checked.iter().filter(|one| one.verdict == verdict).count();
    let _ = writeln!(
        text,
        "\n  {} supported, {} contradicted, {} depend on the definition, {} not enough in the record",
        count(Verdict::Supported),
        count(Verdict::Contradicted),
        count(Verdict::Depends),
        count(Verdict::NotEnough)
    );
    text
}
