//! Phrases of time against TIMEX3: MEANTIME (Minard and others 2016; CAT stand-off XML, headline and first
//! sentences of each article annotated) and TempEval-3 (UzZaman and others 2013; TimeML).
//!
//! A phrase is found where its words overlap an annotated one, each counted once, and right where its value is the annotated one too; that is
//! TempEval-3's relaxed match with value. The day of publication is given, as in both sets, and not scored.

use super::{Counts, files, xml};
use crate::line::{Line, document};
use anyhow::{Context, Result};
use griot_types::{Date, Span};
use std::path::Path;

/// A gold phrase.
struct Gold {
    span: Span,
    value: String,
}

/// An article with its day and its phrases of time.
struct Article {
    text: String,
    date: Option<Date>,
    gold: Vec<Gold>,
    /// Bytes that the annotators read.
    read: Vec<Span>,
}

/// Phrases found, and found with the right value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// By their words.
    pub words: Counts,
    /// By their words and value.
    pub values: Counts,
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
    println!("{}: words {}; values {}", folder.display(), score.words, score.values);
    Ok(())
}

/// Scores a folder; what went wrong is told.
///
/// # Errors
/// A file that cannot be read.
pub fn score(line: &Line, folder: &Path, tell: &mut dyn FnMut(String)) -> Result<Score> {
    let mut score = Score::default();
    for file in files(folder, &["xml", "tml"])? {
        let source = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let article = if source.contains("<TimeML") { time_ml(&source) } else { cat(&source) };
        judge(line, &article, &mut score, tell);
    }
    Ok(score)
}

fn judge(line: &Line, article: &Article, score: &mut Score, tell: &mut dyn FnMut(String)) {
    let document = document(&article.text, article.date);
    let sentences = line.language.read(&document);
    let reading = line.world.read(&document, &sentences);
    let mut free: Vec<bool> = vec![true; article.gold.len()];
    let around = |span: Span| {
        let sentence = sentences.iter().find(|s| s.span.start <= span.start && span.start < s.span.end);
        sentence.map_or("", |s| s.span.of(&article.text)).replace('\n', " ")
    };
    score.words.gold += free.len();
    let mut found = 0;
    for (sentence, read) in sentences.iter().zip(&reading.sentences) {
        let mut found_here: Vec<_> = read.times.iter().flat_map(|time| time.timex.clone()).collect();
        found_here.extend(line.world.calendar().periods(&article.text, sentence, article.date, &read.times));
        for timex in &found_here {
            let span = sentence.cover(timex.first, timex.end);
            if !article.read.iter().any(|read| read.start <= span.start && span.start < read.end) {
                continue;
            }
            found += 1;
            let hit = (0..free.len()).find(|&g| free[g] && span.start < article.gold[g].span.end && article.gold[g].span.start < span.end);
            let Some(hit) = hit else {
                tell(format!("+ {}\t{}\t{}", span.of(&article.text), timex.value, around(span)));
                continue;
            };
            free[hit] = false;
            score.words.right += 1;
            let gold = &article.gold[hit];
            if gold.value == timex.value {
                score.values.right += 1;
            } else {
                let (ours, theirs) = (span.of(&article.text), gold.span.of(&article.text));
                let day = article.date.map_or(String::new(), |d| d.to_string());
                tell(format!("≠ {ours} | {theirs}\t{} for {}\t{day}\t{}", timex.value, gold.value, around(span)));
            }
        }
    }
    for gold in article.gold.iter().zip(&free).filter(|(_, free)| **free).map(|(gold, _)| gold) {
        tell(format!("- {}\t{}\t{}", gold.span.of(&article.text), gold.value, around(gold.span)));
    }
    score.words.found += found;
    (score.values.found, score.values.gold) = (score.words.found, score.words.gold);
}

/// CAT: numbered tokens, then phrases by the numbers of theirs.
fn cat(source: &str) -> Article {
    let mut text = String::new();
    let mut spans: Vec<(String, Span, usize)> = Vec::new();
    let mut last = 0;
    for token in xml::elements(source, "token") {
        let word = xml::unescape(token.content);
        let sentence: usize = token.attribute("sentence").and_then(|n| n.parse().ok()).unwrap_or(0);
        if sentence != last {
            // Headline and date stand for themselves.
            text.push_str(if last < 2 { "\n\n" } else { " " });
        } else if !text.is_empty() && !is_joined(&text, &word) {
            text.push(' ');
        }
        last = sentence;
        let start = text.len() as u32;
        text.push_str(&word);
        spans.push((token.attribute("t_id").unwrap_or_default().to_owned(), Span::new(start, text.len() as u32), sentence));
    }
    let mut date = None;
    let mut gold = Vec::new();
    for timex in xml::elements(source, "TIMEX3") {
        let value = timex.attribute("value").unwrap_or_default();
        let creation = timex.attribute("functionInDocument") == Some("CREATION_TIME");
        if creation {
            date = date.or(value.parse().ok());
        }
        let anchors: Vec<&str> = xml::elements(timex.content, "token_anchor").filter_map(|a| a.attribute("t_id")).collect();
        let tokens: Vec<&(String, Span, usize)> = spans.iter().filter(|(id, ..)| anchors.contains(&id.as_str())).collect();
        let (Some(first), Some(end)) = (tokens.first(), tokens.last()) else { continue };
        if !creation && first.2 != 1 {
            gold.push(Gold { span: first.1.cover(end.1), value: value.to_owned() });
        }
    }
    // Only the first sentences are annotated, and the second is the date.
    let of = |first: usize, last: usize| {
        spans.iter().filter(move |(_, _, n)| (first..=last).contains(n)).map(|(_, span, _)| *span).reduce(Span::cover).unwrap_or_default()
    };
    let read = vec![of(0, 0), of(2, 5)];
    // Some articles give the day in their second sentence alone, or in another order of the numbers.
    let date = date.or_else(|| day_of(of(1, 1).of(&text)));
    Article { text, date, gold, read }
}

/// A day written out: 'September 1, 2007'.
fn day_of(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let [month, day, year] = words[..] else { return None };
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.iter().position(|name| month.starts_with(name))? + 1;
    Date::new(year.parse().ok()?, month as i8, day.parse().ok()?).ok()
}

/// Whether a token stands without a space after the text so far.
fn is_joined(text: &str, word: &str) -> bool {
    let closes = matches!(word, "," | "." | ";" | ":" | "!" | "?" | ")" | "%" | "'s" | "’s" | "'" | "n't" | "-" | "–" | "/");
    closes || text.ends_with(['(', '$', '-', '/'])
}

/// TimeML: the text with the phrases marked in it.
fn time_ml(source: &str) -> Article {
    let date = xml::contents(source, "DCT").next().and_then(|dct| {
        let timex = xml::elements(dct, "TIMEX3").next()?;
        timex.attribute("value")?.get(..10)?.parse().ok()
    });
    let body = xml::contents(source, "TEXT").next().unwrap_or_default();
    let (mut text, mut gold) = (String::new(), Vec::new());
    let mut at = 0;
    let add = |raw: &str, text: &mut String| {
        let mut rest = raw;
        while let Some(open) = rest.find('<') {
            text.push_str(&xml::unescape(&rest[..open]));
            rest = rest[open..].find('>').map_or("", |close| &rest[open + close + 1..]);
        }
        text.push_str(&xml::unescape(rest));
    };
    for timex in xml::elements(body, "TIMEX3") {
        add(&body[at..timex.start], &mut text);
        let start = text.len() as u32;
        add(timex.content, &mut text);
        let value = timex.attribute("value").unwrap_or_default().to_owned();
        gold.push(Gold { span: Span::new(start, text.len() as u32), value });
        at = timex.end;
    }
    add(&body[at..], &mut text);
    let read = vec![Span::new(0, text.len() as u32)];
    Article { text, date, gold, read }
}
