//! Matching expected lines with claims, one to one, and counting.

use super::line::{Expected, Polarity};
use super::markdown::Block;
use griot_types::{Claim, Type};
use std::collections::HashMap;

/// How a case came out.
#[derive(Debug, Default)]
pub struct CaseResult {
    /// Lines without a claim.
    pub missed: Vec<String>,
    /// Traps and the claims that sprang them.
    pub sprung: Vec<(String, String)>,
    /// Claims that no line asked for.
    pub surplus: Vec<String>,
}

impl CaseResult {
    /// Whether all is as it should be.
    pub fn passed(&self) -> bool {
        self.missed.is_empty() && self.sprung.is_empty() && self.surplus.is_empty()
    }
}

/// Checks a case.
pub fn score_case(block: &Block, claims: &[Claim]) -> CaseResult {
    let types = types(claims);
    let must: Vec<&Expected> = block.lines.iter().filter(|l| l.polarity == Polarity::Must).collect();
    let pairs = matching(must.len(), claims.len(), |l, c| must[l].matches(&claims[c], &types));
    let mut result = CaseResult { sprung: sprung(block, claims, &types), ..CaseResult::default() };
    for (line, pair) in must.iter().zip(&pairs) {
        if pair.is_none() {
            result.missed.push(line.text.clone());
        }
    }
    if !block.open {
        for (number, claim) in claims.iter().enumerate() {
            let allowed = block.lines.iter().any(|l| l.polarity == Polarity::May && l.matches(claim, &types));
            if !pairs.contains(&Some(number)) && !allowed {
                result.surplus.push(shown(claim));
            }
        }
    }
    result
}

/// How a report came out.
#[derive(Debug, Default)]
pub struct ReportScore {
    /// Lines that must be answered.
    pub facts: usize,
    /// Of them those with a claim of the right type, source and target.
    pub found: usize,
    /// Of them those with all named fields right.
    pub whole: usize,
    /// Claims made.
    pub claims: usize,
    /// Of them those that answer a line in type, source and target.
    pub right: usize,
    /// Lines without a claim, and lines found but not whole, marked.
    pub missed: Vec<String>,
    /// Claims that answer no line.
    pub wrong: Vec<String>,
    /// Traps sprung, with the claim.
    pub sprung: Vec<(String, String)>,
}

/// Scores a report.
pub fn score_report(block: &Block, claims: &[Claim]) -> ReportScore {
    let types = types(claims);
    let must: Vec<&Expected> = block.lines.iter().filter(|l| l.polarity == Polarity::Must).collect();
    let whole = matching(must.len(), claims.len(), |l, c| must[l].matches(&claims[c], &types));
    let found = matching(must.len(), claims.len(), |l, c| must[l].finds(&claims[c]));
    let mut score =
        ReportScore { facts: must.len(), claims: claims.len(), sprung: sprung(block, claims, &types), ..ReportScore::default() };
    score.whole = whole.iter().flatten().count();
    score.found = found.iter().flatten().count();
    for (number, line) in must.iter().enumerate() {
        match (found[number], whole[number]) {
            (_, Some(_)) => {}
            (Some(_), None) => score.missed.push(format!("~ {}", line.text)),
            (None, None) => score.missed.push(format!("- {}", line.text)),
        }
    }
    for (number, claim) in claims.iter().enumerate() {
        let may = block.lines.iter().any(|l| l.polarity == Polarity::May && l.finds(claim));
        if found.contains(&Some(number)) || whole.contains(&Some(number)) || may {
            score.right += 1;
        } else {
            score.wrong.push(shown(claim));
        }
    }
    score
}

/// Of each claim whether it answers a line in all fields that the line names.
pub fn right_claims(block: &Block, claims: &[Claim]) -> Vec<bool> {
    let types = types(claims);
    let must: Vec<&Expected> = block.lines.iter().filter(|l| l.polarity == Polarity::Must).collect();
    let whole = matching(must.len(), claims.len(), |l, c| must[l].matches(&claims[c], &types));
    let may = |claim: &Claim| block.lines.iter().any(|l| l.polarity == Polarity::May && l.matches(claim, &types));
    claims.iter().enumerate().map(|(number, claim)| whole.contains(&Some(number)) || may(claim)).collect()
}

fn types(claims: &[Claim]) -> HashMap<&str, Type> {
    claims.iter().map(|c| (c.id.as_str(), c.type_)).collect()
}

fn sprung(block: &Block, claims: &[Claim], types: &HashMap<&str, Type>) -> Vec<(String, String)> {
    let traps = block.lines.iter().filter(|l| l.polarity == Polarity::Not);
    traps.filter_map(|l| claims.iter().find(|c| l.matches(c, types)).map(|c| (l.text.clone(), shown(c)))).collect()
}

/// A largest one-to-one matching (Kuhn's augmenting paths): for each line the claim that answers it.
fn matching(lines: usize, claims: usize, fits: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let edges: Vec<Vec<usize>> = (0..lines).map(|l| (0..claims).filter(|&c| fits(l, c)).collect()).collect();
    let mut owner: Vec<Option<usize>> = vec![None; claims];
    for line in 0..lines {
        augment(line, &edges, &mut vec![false; claims], &mut owner);
    }
    let mut pairs = vec![None; lines];
    for (claim, line) in owner.iter().enumerate() {
        if let Some(line) = line {
            pairs[*line] = Some(claim);
        }
    }
    pairs
}

fn augment(line: usize, edges: &[Vec<usize>], seen: &mut [bool], owner: &mut [Option<usize>]) -> bool {
    for &claim in &edges[line] {
        if std::mem::replace(&mut seen[claim], true) {
            continue;
        }
        if owner[claim].is_none_or(|other| augment(other, edges, seen, owner)) {
            owner[claim] = Some(line);
            return true;
        }
    }
    false
}

/// A claim in the language of the expectations.
pub fn shown(claim: &Claim) -> String {
    let mut out = format!("{} {}", claim.kind, claim.type_);
    if let Some(mode) = &claim.mode {
        out.push_str(&format!("/{mode}"));
    }
    let actors = |list: &[griot_types::Actor]| list.iter().map(|a| format!("{}[{}]", a.code, a.name)).collect::<Vec<_>>().join(",");
    for (key, list) in [("source", &claim.source), ("target", &claim.target)] {
        if !list.is_empty() {
            out.push_str(&format!(" {key}={}", actors(list)));
        }
    }
    out.push_str(&format!(" status={}", claim.status));
    if !claim.said_by.is_empty() {
        out.push_str(&format!(" said_by={}", actors(&claim.said_by)));
    }
    if let Some(q) = &claim.quantity {
        let n = |a: Option<griot_types::Amount>| a.map_or("-".to_owned(), |a| a.0.to_string());
        out.push_str(&format!(" quantity={}/{}/{} unit={}", n(q.low), n(q.best), n(q.high), q.unit));
    }
    if let Some(place) = &claim.place {
        out.push_str(&format!(" place={:?} country={}", place.name, place.country.as_deref().unwrap_or("-")));
    }
    if let Some(time) = &claim.time {
        let day = |d: Option<griot_types::Date>| d.map_or(String::new(), |d| d.to_string());
        out.push_str(&format!(" time={}..{}", day(time.start), day(time.end)));
    }
    if let Some(change) = claim.change {
        out.push_str(&format!(" change={change}"));
    }
    if let Some(cause) = claim.cause {
        out.push_str(&format!(" cause={cause}"));
    }
    if claim.mutual {
        out.push_str(" mutual=true");
    }
    out.push_str(&format!("  «{}»", claim.evidence.quote.replace('\n', " ")));
    out
}
