//! WikiEvents: the words for violent acts and what fills them, in whole reports about bombings and attacks.

use super::{Counts, Row, Show, overlap, part};
use crate::line::{self, Line};
use anyhow::{Context, Result};
use griot_types::{Claim, Kind, Part, Span, Type};
use serde::Deserialize;
use std::collections::HashMap;
use std::{fs, path::Path};

#[derive(Deserialize)]
struct Report {
    text: String,
    /// Each sentence: its words with their place in the text, and its text.
    sentences: Vec<(Vec<Word>, String)>,
    entity_mentions: Vec<Mention>,
    event_mentions: Vec<Event>,
}

/// A word and its place.
type Word = (String, u32, u32);

#[derive(Deserialize)]
struct Mention {
    id: String,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct Event {
    event_type: String,
    trigger: Mark,
    arguments: Vec<Argument>,
}

#[derive(Deserialize)]
struct Mark {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct Argument {
    entity_id: String,
    role: String,
}

pub(super) fn score(line: &Line, folder: &Path, show: Show) -> Result<Vec<Row>> {
    let file = folder.join("dev.jsonl");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut triggers = Counts::default();
    let mut arguments = Counts::default();
    for row in text.lines() {
        let report: Report = serde_json::from_str(row)?;
        let claims = line.read(&line::document(&report.text, None));
        let words = offsets(&report);
        let mark = |start: usize, end: usize| match (words.get(start), words.get(end.wrapping_sub(1))) {
            (Some(first), Some(last)) => Span::new(first.0, last.1),
            _ => Span::new(0, 0),
        };
        let mentions: HashMap<&str, Span> = report.entity_mentions.iter().map(|m| (m.id.as_str(), mark(m.start, m.end))).collect();
        for event in &report.event_mentions {
            let Some(types) = types(&event.event_type) else { continue };
            let trigger = mark(event.trigger.start, event.trigger.end);
            let hit: Vec<&Claim> = claims.iter().filter(|c| types.contains(&c.type_) && touches(c, trigger)).collect();
            triggers.answer(!hit.is_empty(), true);
            if show.all && hit.is_empty() {
                println!("wikievents: missed {} at '{}'", event.event_type, trigger.of(&report.text));
            }
            for argument in &event.arguments {
                let Some(role) = role(&argument.role) else { continue };
                let Some(&span) = mentions.get(argument.entity_id.as_str()) else { continue };
                let found = hit.iter().any(|c| part(c, role).is_some_and(|p| overlap(p, span)));
                arguments.answer(found, true);
            }
        }
    }
    Ok(vec![
        Row::new("WikiEvents dev: words for violent and legal acts (recall)", Counts { found: triggers.right, ..triggers }).peer("", ""),
        Row::new("WikiEvents dev: who and whom of these (recall)", Counts { found: arguments.right, ..arguments }),
    ])
}

/// Byte offsets of all words of a report. The sentences' words are found one after the other, since the corpus counts characters of its own text.
fn offsets(report: &Report) -> Vec<(u32, u32)> {
    let mut at = 0;
    let mut all = Vec::new();
    for (words, _) in &report.sentences {
        for (word, _, _) in words {
            match report.text[at..].find(word.as_str()) {
                Some(skip) => {
                    let start = at + skip;
                    at = start + word.len();
                    all.push((start as u32, at as u32));
                }
                None => all.push((at as u32, at as u32)),
            }
        }
    }
    all
}

fn touches(claim: &Claim, trigger: Span) -> bool {
    let action = part(claim, Part::Action).is_some_and(|a| overlap(a, trigger));
    action
        || claim.evidence.also.iter().any(|a| a.start < trigger.end && trigger.start < a.end)
        || claim.kind == Kind::Figure && claim.evidence.start < trigger.end && trigger.start < claim.evidence.end
}

fn types(kind: &str) -> Option<&'static [Type]> {
    Some(match kind.split('.').take(2).collect::<Vec<_>>().join(".").as_str() {
        "Conflict.Attack" => &[Type::Assault],
        "Conflict.Demonstrate" => &[Type::Protest],
        "Life.Die" => &[Type::Killed, Type::Casualties, Type::Assault],
        "Life.Injure" => &[Type::Injured, Type::Casualties, Type::Assault],
        "Justice.ArrestJailDetain" => &[Type::Coerce, Type::Detained],
        "Justice.ReleaseParole" => &[Type::Retreat, Type::Freed],
        "Justice.ChargeIndict" | "Justice.InvestigateCrime" => &[Type::Accuse],
        "Justice.Convict" | "Justice.Sentence" => &[Type::Sanction],
        "ArtifactExistence.DamageDestroyDisableDismantle" => &[Type::Assault],
        "Contact.ThreatenCoerce" => &[Type::Threaten],
        "Contact.RequestCommand" => &[Type::Request],
        _ => return None,
    })
}

fn role(name: &str) -> Option<Part> {
    match name {
        "Attacker" | "Killer" | "Injurer" | "Jailer" | "Demonstrator" | "JudgeCourt" | "Prosecutor" | "DamagerDestroyer" => {
            Some(Part::Source)
        }
        "Target" | "Victim" | "Detainee" | "Defendant" => Some(Part::Target),
        "Place" => Some(Part::Place),
        _ => None,
    }
}
