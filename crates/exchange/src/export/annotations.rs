//! W3C Web Annotations (Recommendation of 2017), one a line: where in which report each claim stands. The target is the report's link, or its hash where it
//! has none; offsets are code points.

use super::safe::Safety;
use crate::error::{Error, Result};
use griot_record::{Entry, Record};
use griot_types::Person;
use rustc_hash::FxHashMap;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

pub fn write(record: &Record, entries: &[Entry], safety: &Safety, file: &mut dyn Write) -> Result<usize> {
    let failed = |error: std::io::Error| Error::file(Path::new("export"), error);
    if *safety != (Safety { persons: safety.persons, ..Safety::default() }) {
        return Err(Error::Asked("annotations point at the very words of a report and cannot be coarsened; choose another profile".into()));
    }
    let entry_of: FxHashMap<&str, &Entry> =
        entries.iter().flat_map(|entry| entry.members.iter().map(move |member| (member.claim.as_str(), entry))).collect();
    let reports: BTreeSet<&str> = entries.iter().flat_map(|entry| entry.members.iter().map(|member| member.report.as_str())).collect();
    let mut rows = 0;
    for report in reports {
        let (row, _, held) = record.desk(report)?;
        for one in held.iter().filter(|one| entry_of.contains_key(one.claim.id.as_str())) {
            let claim = &one.claim;
            let private = |actor: &griot_types::Actor| actor.person == Some(Person::Private);
            let named = claim.source.iter().chain(&claim.target).chain(&claim.said_by).any(private);
            let exact = (!named || safety.persons).then_some(claim.evidence.quote.as_str());
            let mut selectors = vec![json!({ "type": "TextPositionSelector", "start": claim.evidence.start, "end": claim.evidence.end })];
            selectors.extend(exact.map(|exact| json!({ "type": "TextQuoteSelector", "exact": exact })));
            let hash = row.text_hash.replace("sha256:", "urn:sha256:");
            let annotation = json!({
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "id": format!("urn:griot:claim:{}", claim.id),
                "type": "Annotation",
                "motivation": "classifying",
                "body": { "type": "Dataset", "format": "application/json", "value": {
                    "kind": claim.kind, "type": claim.type_, "mode": claim.mode, "status": claim.status, "entry": entry_of[claim.id.as_str()].id,
                    "codebook": claim.codebook, "confidence": claim.confidence,
                } },
                "target": { "source": row.url.clone().unwrap_or_else(|| hash.clone()), "state": { "type": "TimeState", "cached": hash }, "selector": selectors },
            });
            writeln!(file, "{annotation}").map_err(failed)?;
            rows += 1;
        }
    }
    Ok(rows)
}
