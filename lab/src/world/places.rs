//! Place names found, and how well they are put on the map: the share that lands within 161 km (100 miles, the field's usual bound) of where
//! the annotators put them. LGL (Lieberman, Samet and Sankaranarayanan 2010), TR-News (Kamalloo and Rafiei 2018), GeoVirus (Gritta,
//! Pilehvar and Collier 2018).
//!
//! Two measures. On the text as it stands: a name is found where the reading has a place at some of its words, each counted once; in sets
//! that annotate adjectives and peoples ('Georgian') those of the reading count too. And on the gold names alone, with no context from
//! outside the article: what `phrase` and `resolve` make of them.

use super::{Counts, share, xml};
use crate::line::{self, Line};
use anyhow::{Context, Result};
use griot_types::{Deprel, Name, NameKind, ROOT, Sentence, Span, Token, Upos, Xpos};
use griot_world::dictionary::{Target, fold};
use griot_world::gazetteer::{Gazetteer, PlaceContext, distance_km};
use std::path::Path;

/// How near is right, km.
const NEAR: f64 = 161.0;

/// One gold name: bytes of the article's text, degrees north and east.
struct Gold {
    span: Span,
    at: (f64, f64),
}

/// One article.
struct Article {
    text: String,
    gold: Vec<Gold>,
}

/// What a set came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// Names found in the text.
    pub found: Counts,
    /// Of those found and right, how many lie near.
    pub near: usize,
    /// Gold names, those of them that were put on the map, and near.
    pub given: (usize, usize, usize),
}

/// Prints the figures of a set, and with `errors` what went wrong.
///
/// # Errors
/// A file that cannot be read.
pub fn print(line: &Line, file: &Path, errors: bool) -> Result<()> {
    let score = score(line, file, &mut |error| {
        if errors {
            println!("{error}");
        }
    })?;
    let (all, placed, near) = score.given;
    println!(
        "{}: found {}; within 161 km {:.3} of the found. Gold names: {all}, placed {:.3}, within 161 km {:.3} of all, {:.3} of the placed",
        file.display(),
        score.found,
        share(score.near, score.found.right),
        share(placed, all),
        share(near, all),
        share(near, placed)
    );
    Ok(())
}

/// Scores a set; what was missed (-), found too much (+) or put elsewhere (≠, * for gold names) is told.
///
/// # Errors
/// A file that cannot be read.
pub fn score(line: &Line, file: &Path, tell: &mut dyn FnMut(String)) -> Result<Score> {
    let source = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let articles = read(&source);
    let peoples = annotates_peoples(line, &articles);
    let mut score = Score::default();
    for article in &articles {
        find(line, article, peoples, &mut score, tell);
        for (gold, distance, name) in judge(line.world.gazetteer(), article) {
            score.given.0 += 1;
            score.given.1 += usize::from(distance.is_some());
            let near = distance.is_some_and(|km| km <= NEAR);
            score.given.2 += usize::from(near);
            if !near {
                let (words, km) = (gold.span.of(&article.text), distance.unwrap_or(-1.0) as i64);
                tell(format!("* {words}\t{name}\t{:.2},{:.2}\t{km}", gold.at.0, gold.at.1));
            }
        }
    }
    Ok(score)
}

/// Whether the set has the adjectives and peoples of states among its names.
fn annotates_peoples(line: &Line, articles: &[Article]) -> bool {
    let golds = || articles.iter().flat_map(|article| article.gold.iter().map(|gold| gold.span.of(&article.text)));
    let count = golds().filter(|name| is_people(line, name)).count();
    count * 50 > golds().count()
}

/// A name in the text with its point.
type Found = (Span, Option<(f64, f64)>);

/// The places of an article as the whole line reads them.
fn places(line: &Line, article: &Article, peoples: bool) -> Vec<Found> {
    let document = line::document(&article.text, None);
    let sentences = line.language.read(&document);
    let reading = line.world.read(&document, &sentences);
    let mut found: Vec<Found> = Vec::new();
    for (sentence, read) in sentences.iter().zip(&reading.sentences) {
        for place in &read.places {
            let at = place.place.latitude.zip(place.place.longitude);
            found.extend([Some(place.names.0), place.names.1].into_iter().flatten().map(|span| (span, at)));
        }
        let states = read.peoples.iter().filter(|_| peoples).filter_map(|(token, actor)| {
            let country = line.world.gazetteer().country(actor.country.as_deref()?)?;
            Some((sentence.cover(*token, token + 1), Some((country.latitude, country.longitude))))
        });
        found.extend(states);
    }
    found.sort_by_key(|(span, _)| *span);
    found.dedup_by(|later, first| later.0.start < first.0.end);
    found
}

fn find(line: &Line, article: &Article, peoples: bool, score: &mut Score, tell: &mut dyn FnMut(String)) {
    let mut free = vec![true; article.gold.len()];
    let around = |span: Span| {
        let from = article.text.floor_char_boundary((span.start as usize).saturating_sub(40));
        let to = article.text.ceil_char_boundary((span.end as usize + 40).min(article.text.len()));
        article.text[from..to].replace('\n', " ")
    };
    for (span, at) in places(line, article, peoples) {
        score.found.found += 1;
        let hit = (0..free.len()).find(|&g| free[g] && span.start < article.gold[g].span.end && article.gold[g].span.start < span.end);
        let Some(hit) = hit else {
            tell(format!("+ {}\t{}", span.of(&article.text), around(span)));
            continue;
        };
        free[hit] = false;
        score.found.right += 1;
        let distance = at.map(|at| distance_km(at, article.gold[hit].at));
        score.near += usize::from(distance.is_some_and(|km| km <= NEAR));
        if distance.is_none_or(|km| km > NEAR) {
            tell(format!("≠ {}\t{at:?} for {:?}\t{}", span.of(&article.text), article.gold[hit].at, around(span)));
        }
    }
    score.found.gold += free.len();
    for gold in article.gold.iter().zip(&free).filter(|(_, free)| **free).map(|(gold, _)| gold) {
        tell(format!("- {}\t{}", gold.span.of(&article.text), around(gold.span)));
    }
}

/// Each gold name with the distance of what it was settled to, in km, and that place's name.
fn judge<'a>(gazetteer: &Gazetteer, article: &'a Article) -> Vec<(&'a Gold, Option<f64>, String)> {
    let sentence = sentence(article);
    let phrases: Vec<_> = sentence
        .names
        .iter()
        .map(|name| {
            let mut phrase = gazetteer.phrase(&article.text, &sentence, name.first as usize, name.end as usize);
            if phrase.other.is_some() {
                // Both ends of a line are gold names of their own here.
                phrase.name = sentence.cover(name.first as usize, name.end as usize);
                phrase.span = phrase.name;
                phrase.relation = griot_world::gazetteer::Relation::At;
            }
            phrase.mention(&article.text)
        })
        .collect();
    let places = gazetteer.resolve(&phrases, &PlaceContext::default());
    article
        .gold
        .iter()
        .zip(places)
        .map(|(gold, place)| {
            let name = place
                .as_ref()
                .map(|p| format!("{} ({}, {})", p.name, p.admin1.as_deref().unwrap_or("-"), p.country.as_deref().unwrap_or("-")));
            let at = place.and_then(|p| Some((p.latitude?, p.longitude?)));
            (gold, at.map(|at| distance_km(at, gold.at)), name.unwrap_or_default())
        })
        .collect()
}

/// The article as one sentence: words and marks, with the gold names as its names.
fn sentence(article: &Article) -> Sentence {
    let mut spans: Vec<Span> = Vec::new();
    let mut start: Option<usize> = None;
    let cuts: Vec<u32> = article.gold.iter().flat_map(|gold| [gold.span.start, gold.span.end]).collect();
    for (at, c) in article.text.char_indices().chain([(article.text.len(), ' ')]) {
        let is_letter = c.is_alphanumeric();
        if let Some(from) = start
            && (!is_letter || cuts.contains(&(at as u32)))
        {
            spans.push(Span::new(from as u32, at as u32));
            start = None;
        }
        if is_letter {
            start = start.or(Some(at));
        } else if !c.is_whitespace() {
            spans.push(Span::new(at as u32, (at + c.len_utf8()) as u32));
        }
    }
    let token = |span: &Span| {
        let is_number = span.of(&article.text).starts_with(|c: char| c.is_ascii_digit());
        let upos = if is_number { Upos::Num } else { Upos::X };
        Token { span: *span, upos, xpos: Xpos::Xx, feats: "".into(), lemma: "".into(), head: ROOT, deprel: Deprel::Dep, margin: 255 }
    };
    let names = article.gold.iter().map(|gold| {
        let first = spans.partition_point(|span| span.end <= gold.span.start);
        let end = spans.partition_point(|span| span.start < gold.span.end).max(first + 1);
        Name { first: first as u32, end: end as u32, kind: NameKind::Place }
    });
    Sentence { span: Span::new(0, article.text.len() as u32), block: 0, names: names.collect(), tokens: spans.iter().map(token).collect() }
}

/// The articles of either file, gold names in the order of the text.
fn read(source: &str) -> Vec<Article> {
    let mut articles = Vec::new();
    for block in xml::contents(source, "article") {
        let raw = xml::contents(block, "text").next().unwrap_or_default();
        let text = match raw.trim_start().strip_prefix("<![CDATA[") {
            Some(rest) => rest.trim_end().trim_end_matches("]]>").to_owned(),
            None => xml::unescape(raw),
        };
        let offsets: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        let mut gold: Vec<Gold> = xml::contents(block, "toponym")
            .chain(xml::contents(block, "location"))
            .filter_map(|item| {
                let number = |tag: &str| xml::contents(item, tag).next().and_then(|value| value.trim().parse::<f64>().ok());
                let offset = |tag: &str| number(tag).and_then(|n| offsets.get(n as usize).copied());
                let (mut start, end) = (offset("start")?, offset("end")?);
                let name = xml::unescape(xml::contents(item, "phrase").chain(xml::contents(item, "name")).next()?);
                // Some offsets of the sets are off by a few characters; the name is what was meant.
                if text.get(start as usize..end as usize) != Some(&name) {
                    let from = text.floor_char_boundary((start as usize).saturating_sub(12));
                    start = (from + text.get(from..)?.find(&name)?) as u32;
                }
                Some(Gold { span: Span::new(start, start + name.len() as u32), at: (number("lat")?, number("lon")?) })
            })
            .collect();
        gold.sort_by_key(|gold| gold.span);
        gold.dedup_by_key(|gold| gold.span);
        articles.push(Article { text, gold });
    }
    articles
}

/// Whether a name is the adjective or people of a state.
fn is_people(line: &Line, name: &str) -> bool {
    let names = line.world.dictionary().names();
    let sense = names.get(&fold::fold(name)).first().map(|sense| &sense.target);
    matches!(sense, Some(Target::Demonym(_)))
}
