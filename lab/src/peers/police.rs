//! Indian police reports: does a sentence say that police killed, arrested, used force, failed to act, acted at all.
//!
//! A report is read whole; each sentence is a paragraph, so that its answers can be told by where a claim stands.

use super::{Counts, Row, Show};
use crate::line::{self, Line};
use anyhow::{Context, Result};
use griot_types::{Actor, Claim, Kind, Status, Type};
use serde::Deserialize;
use std::{fs, path::Path};

#[derive(Deserialize)]
struct Sentence {
    doc_id: u64,
    sent_text: String,
    sent_labels: Vec<String>,
}

const LABELS: [&str; 5] = ["KILL", "ARREST", "FORCE", "FAIL", "ANY_ACTION"];

pub(super) fn score(line: &Line, folder: &Path, show: Show) -> Result<Vec<Row>> {
    let file = folder.join("sents-dev.jsonl");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let sentences = text.lines().map(serde_json::from_str).collect::<Result<Vec<Sentence>, _>>()?;
    let mut counts = [Counts::default(); 5];
    for report in sentences.chunk_by(|a, b| a.doc_id == b.doc_id) {
        let mut text = String::new();
        let mut ends = Vec::new();
        for sentence in report {
            text.push_str(&repaired(sentence.sent_text.trim()));
            text.push_str("\n\n");
            ends.push(text.len() as u32);
        }
        let claims = line.read(&line::document(&text, None));
        for (n, sentence) in report.iter().enumerate() {
            let start = if n == 0 { 0 } else { ends[n - 1] };
            let here: Vec<&Claim> = claims.iter().filter(|c| (start..ends[n]).contains(&c.evidence.start)).collect();
            for (label, counts) in LABELS.iter().zip(&mut counts) {
                let (found, wanted) = (says(&here, label), sentence.sent_labels.iter().any(|l| l == label));
                counts.answer(found, wanted);
                if show.all && found != wanted {
                    println!("india-police: {} {label}: {}", if wanted { "missed" } else { "false" }, sentence.sent_text.trim());
                }
            }
        }
    }
    let mut acts = Counts::default();
    let mut rows = Vec::new();
    for (label, counts) in LABELS.iter().zip(counts) {
        if matches!(*label, "KILL" | "ARREST" | "FORCE") {
            acts.add(counts);
        }
        rows.push(Row::new(format!("Indian police: {label}"), counts));
    }
    rows.push(Row::new("Indian police: killed, arrested, force used", acts).peer(".7–.9 (m), fine-tuned transformers", ".65 / .85"));
    Ok(rows)
}

/// The corpus shows quotation marks that were read in the wrong charset.
fn repaired(text: &str) -> String {
    text.replace("â€œ", "\"").replace("â€�", "\"").replace("â€˜", "'").replace("â€™", "'").replace("â€", "\"").replace("''", "'")
}

fn police(actors: &[Actor]) -> bool {
    actors.iter().any(|a| a.sectors.iter().any(|s| matches!(s.as_str(), "COP" | "MIL" | "PRM")))
}

/// Whether the claims of a sentence come to the answer.
fn says(claims: &[&Claim], label: &str) -> bool {
    let done = |c: &&&Claim| c.status == Status::Actual;
    // Arrests and the use of crowd weapons are what police do, whoever the sentence leaves out.
    let mode = |c: &Claim, mode: &str| c.mode.as_deref() == Some(mode);
    let by_police = |c: &Claim| police(&c.source);
    match label {
        "KILL" => claims.iter().filter(done).any(|c| {
            let force = c.type_ == Type::Killed && c.source.is_empty() && claims.iter().any(|o| o.type_ == Type::Assault && by_police(o));
            c.type_ == Type::Killed && by_police(c) || force
        }),
        "ARREST" => claims
            .iter()
            .filter(done)
            .any(|c| (c.type_ == Type::Coerce && mode(c, "arrest") || c.type_ == Type::Detained) && (by_police(c) || c.source.is_empty())),
        "FORCE" => claims
            .iter()
            .filter(done)
            .any(|c| c.type_ == Type::Assault && by_police(c) || mode(c, "crowd-control") || c.type_ == Type::Killed && by_police(c)),
        "FAIL" => claims.iter().any(|c| c.kind == Kind::Event && c.status == Status::Negated && by_police(c)),
        _ => claims.iter().any(|c| {
            c.kind == Kind::Event && by_police(c) && !matches!(c.status, Status::CalledFor)
                || mode(c, "arrest")
                || mode(c, "curfew")
                || c.type_ == Type::Detained
        }),
    }
}
