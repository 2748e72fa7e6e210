//! `griot show`: one thing with all that hangs on it.

use super::args::{self, Shape};
use super::ask::{jsonl, put};
use super::lines::Lines;
use super::{names, open, told};
use crate::Outcome;
use griot_record::{Decision, Entry, ErrorKind, Profile, Record, ReportRow, Shown};
use griot_types::Claim;
use griot_world::World;

/// Runs the command.
pub fn run(args: &args::Show) -> anyhow::Result<Outcome> {
    put(&answer(args)?)
}

/// What it says.
pub fn answer(args: &args::Show) -> anyhow::Result<String> {
    let (record, world) = (open(&args.record, &args.when)?, World::shipped());
    let shown = find(&record, &world, args)?;
    Ok(match args.format {
        Shape::Jsonl => jsonl(&[shown])?,
        Shape::Table => table(&Lines::new(&world), &shown),
    })
}

fn find(record: &Record, world: &World, args: &args::Show) -> anyhow::Result<Shown> {
    match record.show(&args.id, &args.rule) {
        Ok(Shown::Actor(_)) => {}
        Err(error) if matches!(error.kind(), ErrorKind::Unknown(_)) => {}
        other => return other.map_err(told),
    }
    // An actor is shown with its parts, which the dictionary knows.
    let profile = record.profile(&names::actors(world, &args.id), &args.rule).map_err(told)?;
    match profile {
        Some(profile) => Ok(Shown::Actor(Box::new(profile))),
        None => record.show(&args.id, &args.rule).map_err(told),
    }
}

fn table(lines: &Lines, shown: &Shown) -> String {
    match shown {
        Shown::Entry { entry, decisions } => lines.entry(entry, true) + &history(lines, decisions),
        Shown::Claim { read, corrected, entry, report, decisions } => {
            let mut out = claim(lines, read);
            if let Some(corrected) = corrected {
                out.push_str(&lines.heading("As corrected"));
                out.push_str(&claim(lines, corrected));
            }
            out.push_str(&lines.pair("entry", entry.as_deref().unwrap_or("none: a later reading of the report took its place")));
            out.push_str(&lines.report(report));
            out + &history(lines, decisions)
        }
        Shown::Report { report, claims, text } => whole_report(lines, report, claims, text),
        Shown::Actor(profile) => actor(lines, profile),
    }
}

/// A claim field by field, as the contract has it.
fn claim(lines: &Lines, claim: &Claim) -> String {
    let value = serde_json::to_value(claim).unwrap_or_default();
    let fields = value.as_object().into_iter().flatten();
    let told = |value: &serde_json::Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()) && value != false;
    fields
        .filter(|(_, value)| told(value))
        .map(|(name, value)| lines.pair(name, value.as_str().map_or_else(|| value.to_string(), str::to_owned).as_str()))
        .collect()
}

fn whole_report(lines: &Lines, report: &ReportRow, claims: &[Claim], text: &str) -> String {
    let mut out = lines.report(report);
    out.push_str(&lines.dim(&format!("{} code points of text; {}", text.chars().count(), report.id)));
    for copy in &report.copies {
        out.push_str(&lines.dim(&format!("near-copy: {copy}")));
    }
    out.push_str(&lines.heading("Claims"));
    for claim in claims {
        let mode = claim.mode.as_ref().map(|mode| format!("/{mode}")).unwrap_or_default();
        out.push_str(&lines.pair(&claim.id, &format!("{}{mode}, {}", claim.type_, claim.status)));
        out.push_str(&lines.dim(&format!("“{}”", claim.evidence.quote)));
    }
    out
}

fn actor(lines: &Lines, profile: &Profile) -> String {
    let mut out: String = profile.actors.iter().map(|actor| lines.actor(actor)).collect();
    let groups: [(&str, &[Entry]); 7] = [
        ("Reported strength", &profile.strength),
        ("Where it is reported to be", &profile.presence),
        ("Withdrawals", &profile.withdrawals),
        ("With whom and against whom it is said to stand", &profile.ties),
        ("Its reported losses", &profile.losses),
        ("Losses of peacekeepers of no named mission where it is reported to be", &profile.near_losses),
        ("Losses it is reported to have inflicted", &profile.inflicted),
    ];
    for (heading, entries) in groups.iter().filter(|(_, entries)| !entries.is_empty()) {
        out.push_str(&lines.heading(heading));
        entries.iter().for_each(|entry| out.push_str(&lines.entry(entry, false)));
    }
    for (heading, list) in [("Reported to have dealt with", &profile.with), ("Reported to have been at odds with", &profile.against)] {
        if !list.is_empty() {
            out.push_str(&lines.heading(heading));
        }
        for counterpart in list {
            let count = counterpart.entries.len();
            out.push_str(
                &lines.pair(&format!("{count} event{}", if count == 1 { "" } else { "s" }), &format!("{}, lately:", counterpart.name)),
            );
            out.push_str(&lines.entry(&counterpart.last, false));
        }
    }
    out
}

/// Decisions, each a line.
pub fn history(lines: &Lines, decisions: &[Decision]) -> String {
    let mut out = String::new();
    if !decisions.is_empty() {
        out.push_str(&lines.heading("Decisions"));
    }
    for decision in decisions {
        let at = decision.at.get(..16).unwrap_or(&decision.at).replace('T', " ");
        let why = if decision.why.is_empty() { String::new() } else { format!(": {}", decision.why) };
        out.push_str(&lines.pair(&at, &format!("{}. {} by {}{why}", decision.n, decision.what, decision.who)));
        if decision.what == "correct" {
            out.push_str(&lines.dim(&format!("{} → {}", decision.before, decision.after)));
        } else {
            out.push_str(&lines.dim(&decision.subject.join(", ")));
        }
    }
    out
}
