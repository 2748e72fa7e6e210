//! re3d: relations between names in reports on Syria and Iraq.

use super::{Counts, Row, Show, overlap, part};
use crate::line::{self, Line};
use anyhow::{Context, Result};
use griot_types::{Claim, Part, Span, Type};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::{fs, path::Path};

#[derive(Deserialize)]
struct Report {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Relation {
    source_begin: usize,
    source_end: usize,
    target_begin: usize,
    target_end: usize,
    #[serde(rename = "type")]
    kind: String,
    document_id: String,
}

const KINDS: [&str; 6] = ["FightingAgainst", "AlliesOf", "BelongsTo", "InChargeOf", "CommWith", "CoLocated"];

pub(super) fn score(line: &Line, folder: &Path, show: Show) -> Result<Vec<Row>> {
    let mut counts = [Counts::default(); KINDS.len()];
    for source in ["CENTCOM", "BBC_Online"] {
        let reports: Vec<Report> = rows(&folder.join(source).join("documents.json"))?;
        let relations: Vec<Relation> = rows(&folder.join(source).join("relations.json"))?;
        for report in &reports {
            let claims = line.read(&line::document(&report.text, None));
            let at: Vec<u32> = report.text.char_indices().map(|(i, _)| i as u32).chain([report.text.len() as u32]).collect();
            let span = |begin: usize, end: usize| Span::new(at[begin.min(at.len() - 1)], at[end.min(at.len() - 1)]);
            for (kind, counts) in KINDS.iter().zip(&mut counts) {
                let mut wanted: Vec<(Span, Span)> = relations
                    .iter()
                    .filter(|r| r.document_id == report.id && r.kind == *kind)
                    .map(|r| (span(r.source_begin, r.source_end), span(r.target_begin, r.target_end)))
                    .collect();
                // What holds both ways is marked both ways.
                wanted.sort_by_key(|(a, b)| (a.start.min(b.start), a.start.max(b.start)));
                wanted.dedup_by(|x, y| x.0 == y.1 && x.1 == y.0 || x == y);
                let found: Vec<(Span, Span)> = claims.iter().filter(|c| says(c, kind)).filter_map(|c| ends(c, kind)).collect();
                let like = |f: &(Span, Span), w: &(Span, Span)| {
                    overlap(f.0, w.0) && overlap(f.1, w.1) || symmetric(kind) && overlap(f.0, w.1) && overlap(f.1, w.0)
                };
                if show.all {
                    for w in wanted.iter().filter(|w| !found.iter().any(|f| like(f, w))) {
                        println!("re3d: missed {kind}: {} / {}", w.0.of(&report.text), w.1.of(&report.text));
                    }
                }
                counts.add(Counts::of(&found, &wanted, like));
            }
        }
    }
    let mut rows: Vec<Row> = KINDS.iter().zip(counts).map(|(kind, counts)| Row::new(format!("re3d: {kind}"), counts)).collect();
    let mut all = Counts::default();
    counts.iter().for_each(|c| all.add(*c));
    rows.push(Row::new("re3d: all of these", all));
    Ok(rows)
}

fn rows<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = text.trim_start_matches('\u{feff}');
    text.lines().filter(|l| !l.trim().is_empty()).map(|l| Ok(serde_json::from_str(l)?)).collect()
}

fn symmetric(kind: &str) -> bool {
    matches!(kind, "FightingAgainst" | "AlliesOf" | "CommWith")
}

fn says(claim: &Claim, kind: &str) -> bool {
    match kind {
        "FightingAgainst" => matches!(claim.type_, Type::Assault | Type::OpposedTo),
        "AlliesOf" => matches!(claim.type_, Type::AlliedWith | Type::Supports | Type::Cooperate),
        "BelongsTo" => matches!(claim.type_, Type::PartOf | Type::AffiliatedWith),
        "InChargeOf" => matches!(claim.type_, Type::Leads),
        "CommWith" => matches!(claim.type_, Type::Consult | Type::Agree | Type::Request),
        _ => true,
    }
}

fn ends(claim: &Claim, kind: &str) -> Option<(Span, Span)> {
    let other = if kind == "CoLocated" { Part::Place } else { Part::Target };
    Some((part(claim, Part::Source)?, part(claim, other)?))
}
