//! CASE-2021: the ACLED sub-type of a snippet of news.
//!
//! A snippet gets the sub-type of the claim whose rule stands first; a table beside turns ACLED's names into the test's labels and adds
//! rules for the test's labels that ACLED has not.

use super::{Counts, Row, Show};
use crate::line::{self, Line};
use anyhow::{Context, Result, anyhow};
use griot_coder::codebook::Subtypes;
use std::collections::BTreeMap;
use std::{fs, path::Path};

/// Labels of the test by ACLED's names, and further rules.
const RULES: &str = include_str!("case2021.toml");

pub(super) fn score(line: &Line, folder: &Path, show: Show) -> Result<Vec<Row>> {
    let file = folder.join("dev.tsv");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let rules = Subtypes::parse("case2021.toml", RULES).map_err(|e| anyhow!("{e}"))?;
    let mut labels: BTreeMap<String, Counts> = BTreeMap::new();
    let mut all = Counts::default();
    for row in text.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [_, snippet, wanted] = cells[..] else { continue };
        let snippet = snippet.trim_matches('"').replace("\"\"", "\"");
        let claims = line.read(&line::document(&snippet, None));
        let found = rules.best(&claims, &snippet).map_or("OTHER", |rule| rule.sub_event.as_str());
        if show.all && found != wanted {
            println!("case2021: found {found}, wanted {wanted}: {snippet}");
        }
        labels.entry(wanted.to_owned()).or_default().wanted += 1.0;
        let mine = labels.entry(found.to_owned()).or_default();
        mine.found += 1.0;
        mine.right += f64::from(found == wanted);
        all.add(Counts { right: f64::from(found == wanted), found: 1.0, wanted: 1.0 });
    }
    if show.all {
        for (label, counts) in &labels {
            println!("case2021: {label}: P {:.2} R {:.2} of {}", counts.precision(), counts.recall(), counts.wanted);
        }
    }
    let weighted = labels.values().map(|c| c.f1() * c.wanted).sum::<f64>() / all.wanted.max(1.0);
    let mut row =
        Row::new("CASE-2021: sub-type of a snippet, weighted F1", all).peer(".84 (p), RoBERTa trained on ACLED's rows", ".50 / .84");
    row.figure = Some(weighted);
    Ok(vec![row])
}
