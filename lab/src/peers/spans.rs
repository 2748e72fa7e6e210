//! cameo-ner: the spans of who did it and to whom, in single sentences (B-S, B-T; B-R where one is both).

use super::{Counts, Row, Show, overlap, part};
use crate::line::{self, Line};
use anyhow::{Context, Result};
use griot_types::{Actor, Kind, Part, Span};
use griot_world::Mention;
use std::{fs, path::Path};

struct Sentence {
    text: String,
    /// Source spans and target spans; a span that is both stands in both.
    sides: [Vec<Span>; 2],
}

pub(super) fn score(line: &Line, folder: &Path, show: Show) -> Result<Vec<Row>> {
    let file = folder.join("train.txt");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut sides = [Counts::default(); 2];
    let mut typed = Counts::default();
    for sentence in sentences(&text) {
        let document = line::document(&sentence.text, None);
        let read = line.language.read(&document);
        let reading = line.world.read(&document, &read);
        let claims = line.coder.code(&document, &read, &reading);
        // Whom the marked words name: 'it' that stands for one of them is he, too.
        let named: [Vec<Actor>; 2] = std::array::from_fn(|side| {
            let inside = |s: usize, m: &Mention| {
                let span = read[s].cover(m.core.0, m.core.1);
                m.named && sentence.sides[side].iter().any(|g| overlap(span, *g))
            };
            let mentions = |s: usize| reading.sentences[s].mentions.iter().filter(move |m| inside(s, m)).map(|m| m.actor.clone());
            (0..read.len()).flat_map(mentions).collect()
        });
        let events: Vec<_> = claims.iter().filter(|c| c.kind == Kind::Event).collect();
        for (side, (role, counts)) in [Part::Source, Part::Target].into_iter().zip(&mut sides).enumerate() {
            let mut found: Vec<Span> = events.iter().filter_map(|c| part(c, role)).collect();
            found.sort_by_key(|s| (s.start, s.end));
            found.dedup_by(|a, b| overlap(*a, *b));
            counts.add(Counts::of(&found, &sentence.sides[side], |a, b| overlap(*a, *b)));
        }
        let pair = |c: &griot_types::Claim| {
            let actors = |role| if role == Part::Source { &c.source } else { &c.target };
            let meant = |a: &Actor, side: usize| named[side].iter().any(|n| n.code == a.code && n.name == a.name && n.id == a.id);
            let hit = |role, side: usize| {
                part(c, role).is_some_and(|s| sentence.sides[side].iter().any(|g| overlap(s, *g)))
                    || actors(role).iter().any(|a| meant(a, side))
            };
            hit(Part::Source, 0) && hit(Part::Target, 1) || c.mutual && hit(Part::Source, 1) && hit(Part::Target, 0)
        };
        let found = events.iter().any(|c| pair(c));
        typed.answer(found, sentence.sides.iter().all(|s| !s.is_empty()));
        if show.all && !found {
            println!("cameo-ner: no claim between the marked pair: {}", sentence.text);
            let words = |spans: &[Span]| spans.iter().map(|s| s.of(&sentence.text)).collect::<Vec<_>>().join(" + ");
            println!("  marked: {} -> {}", words(&sentence.sides[0]), words(&sentence.sides[1]));
            for claim in &events {
                let said = |role| part(claim, role).map_or("-", |s| s.of(&sentence.text));
                println!("  {}: {} -> {}", claim.type_, said(Part::Source), said(Part::Target));
            }
        }
    }
    let mut both = sides[0];
    both.add(sides[1]);
    Ok(vec![
        Row::new("cameo-ner: source and target spans", both),
        Row::new("cameo-ner: an event between the marked pair", typed).peer(".82 (its type, NLI model on a GPU)", ".65 / .85"),
    ])
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut all = Vec::new();
    for block in text.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let mut sentence = Sentence { text: String::new(), sides: [Vec::new(), Vec::new()] };
        for row in block.lines() {
            let Some((word, tag)) = row.rsplit_once(' ') else { continue };
            // The file sets every mark apart; a report does not.
            let glued = sentence.text.is_empty() || matches!(word, "." | "," | ";" | ":" | "'s" | "’s" | "?" | "!" | ")" | "%");
            if !glued && !sentence.text.ends_with('(') {
                sentence.text.push(' ');
            }
            let start = sentence.text.len() as u32;
            sentence.text.push_str(word);
            let end = sentence.text.len() as u32;
            let (position, role) = tag.split_once('-').unwrap_or(("O", ""));
            for (side, letter) in ["S", "T"].iter().enumerate() {
                if role == *letter || role == "R" {
                    match sentence.sides[side].last_mut() {
                        Some(last) if position == "I" => last.end = end,
                        _ => sentence.sides[side].push(Span::new(start, end)),
                    }
                }
            }
        }
        all.push(sentence);
    }
    all
}
