//! Organisations and nationalities of re3d (Dstl, 'Relationship and Entity Extraction Evaluation Dataset') against the dictionaries: whether
//! the phrase is linked to somebody, by an entry of the dictionary or by its state, once the coder has said whom descriptions stand for.

use super::share;
use crate::line::{Line, document};
use anyhow::{Context, Result};
use griot_types::Span;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// How many were linked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// Gold phrases that are no pronoun.
    pub gold: usize,
    /// Linked to an entry of the dictionary or to a state.
    pub linked: usize,
    /// The same without phrases that name nobody ('militants', 'our partners').
    pub named: (usize, usize),
}

/// Prints the score of a folder.
///
/// # Errors
/// A file that cannot be read.
pub fn print(line: &Line, folder: &Path, errors: bool) -> Result<()> {
    let score = score(line, folder, &mut |error| {
        if errors {
            println!("{error}");
        }
    })?;
    println!(
        "{}: {} organisations and nationalities, linked {:.3}; {} with a name in them, linked {:.3}",
        folder.display(),
        score.gold,
        share(score.linked, score.gold),
        score.named.1,
        share(score.named.0, score.named.1)
    );
    Ok(())
}

/// Scores a folder; what was not linked is told.
///
/// # Errors
/// A file that cannot be read.
pub fn score(line: &Line, folder: &Path, tell: &mut dyn FnMut(String)) -> Result<Score> {
    let lines = |name: &str| -> Result<Vec<Value>> {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).with_context(|| path.display().to_string())).collect()
    };
    let mut entities: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for entity in lines("entities.json")? {
        entities.entry(entity["documentId"].as_str().unwrap_or_default().to_owned()).or_default().push(entity);
    }
    let mut score = Score::default();
    for item in lines("documents.json")? {
        let text = item["text"].as_str().unwrap_or_default();
        let offsets: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        let document = document(text, None);
        let sentences = line.language.read(&document);
        let reading = line.world.read(&document, &sentences);
        let scene = line.coder.scene(&document, &sentences, &reading);
        for entity in entities.get(item["_id"].as_str().unwrap_or_default()).into_iter().flatten() {
            let kind = entity["type"].as_str().unwrap_or_default();
            let at = |key: &str| entity[key].as_u64().and_then(|n| offsets.get(n as usize).copied()).unwrap_or(0);
            let span = Span::new(at("begin"), at("end"));
            let words = span.of(text);
            if !matches!(kind, "Organisation" | "Nationality") || words.len() < 2 || is_pronoun(words) {
                continue;
            }
            let linked = sentences.iter().zip(&reading.sentences).enumerate().any(|(s, (sentence, read))| {
                let over = |first: usize, end: usize| {
                    let cover = sentence.cover(first, end);
                    cover.start < span.end && span.start < cover.end
                };
                let mentions = read.mentions.iter().filter(|m| over(m.core.0, m.core.1) || over(m.head, m.head + 1));
                let is_somebody = |actor: &griot_types::Actor| actor.id.is_some() || actor.country.is_some();
                mentions.into_iter().any(|m| is_somebody(&m.actor) || scene.who(s, m.head).iter().any(|who| is_somebody(&who.actor)))
                    || read.peoples.iter().any(|(token, _)| over(*token, token + 1))
            });
            let named = words.split_whitespace().skip(usize::from(words.starts_with("The "))).any(|w| w.starts_with(char::is_uppercase));
            score.gold += 1;
            score.linked += usize::from(linked);
            score.named.1 += usize::from(named);
            score.named.0 += usize::from(named && linked);
            if !linked {
                tell(format!("- {kind}\t{words}"));
            }
        }
    }
    Ok(score)
}

/// Words that stand for somebody named elsewhere: whom is the coder's to say.
fn is_pronoun(words: &str) -> bool {
    let words = words.to_lowercase();
    let list =
        ["we", "our", "ours", "us", "they", "their", "theirs", "them", "it", "its", "he", "his", "him", "she", "her", "who", "which"];
    list.contains(&words.as_str()) || words == "itself" || words == "themselves"
}
