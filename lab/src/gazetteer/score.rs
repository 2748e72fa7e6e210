//! How well names are put on the map: the share of gold place names that land within 161 km (100 miles, the field's usual bound) of where
//! the annotators put them. LGL (Lieberman, Samet and Sankaranarayanan 2010) and GeoVirus (Gritta, Pilehvar and Collier 2018).
//!
//! Gold names, own reading of the words around them, no context from outside the article: what is measured is `phrase` and `resolve`.

use anyhow::{Context, Result};
use griot_types::{Deprel, Name, NameKind, ROOT, Sentence, Span, Token, Upos, Xpos};
use griot_world::gazetteer::{Gazetteer, PlaceContext, distance_km};
use std::path::PathBuf;

/// One gold name: bytes of the article's text, degrees north and east.
pub struct Gold {
    span: Span,
    at: (f64, f64),
}

/// One article.
pub struct Article {
    text: String,
    gold: Vec<Gold>,
}

/// Prints the figures of each set, and with `lists_errors` what landed elsewhere.
///
/// # Errors
/// A file that cannot be read.
pub fn run(files: &[PathBuf], lists_errors: bool) -> Result<()> {
    let gazetteer = Gazetteer::shipped();
    for file in files {
        let xml = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let articles = read(&xml);
        let (mut all, mut found, mut right) = (0u32, 0u32, 0u32);
        for article in &articles {
            for (gold, distance, name) in judge(&gazetteer, article) {
                all += 1;
                found += u32::from(distance.is_some());
                let is_right = distance.is_some_and(|km| km <= 161.0);
                right += u32::from(is_right);
                if lists_errors && !is_right {
                    println!(
                        "{}\t{name}\t{:.2},{:.2}\t{}",
                        gold.span.of(&article.text),
                        gold.at.0,
                        gold.at.1,
                        distance.unwrap_or(-1.0) as i64
                    );
                }
            }
        }
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        println!(
            "{}: {} articles, {all} names, resolved {:.3}, within 161 km {:.3} of all, {:.3} of the resolved",
            file.display(),
            articles.len(),
            share(found, all),
            share(right, all),
            share(right, found)
        );
    }
    Ok(())
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
        Token { span: *span, upos, xpos: Xpos::Xx, feats: "".into(), lemma: "".into(), head: ROOT, deprel: Deprel::Dep }
    };
    let names = article.gold.iter().map(|gold| {
        let first = spans.partition_point(|span| span.end <= gold.span.start);
        let end = spans.partition_point(|span| span.start < gold.span.end).max(first + 1);
        Name { first: first as u32, end: end as u32, kind: NameKind::Place }
    });
    Sentence { span: Span::new(0, article.text.len() as u32), block: 0, names: names.collect(), tokens: spans.iter().map(token).collect() }
}

/// The articles of either file, gold names in the order of the text.
fn read(xml: &str) -> Vec<Article> {
    let mut articles = Vec::new();
    for block in blocks(xml, "article") {
        let raw = blocks(block, "text").next().unwrap_or_default();
        let text = match raw.trim_start().strip_prefix("<![CDATA[") {
            Some(rest) => rest.trim_end().trim_end_matches("]]>").to_owned(),
            None => unescape(raw),
        };
        let offsets: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        let mut gold: Vec<Gold> = blocks(block, "toponym")
            .chain(blocks(block, "location"))
            .filter_map(|item| {
                let number = |tag: &str| blocks(item, tag).next().and_then(|value| value.trim().parse::<f64>().ok());
                let offset = |tag: &str| number(tag).and_then(|n| offsets.get(n as usize).copied());
                let (mut start, end) = (offset("start")?, offset("end")?);
                let name = unescape(blocks(item, "phrase").chain(blocks(item, "name")).next()?);
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

/// The contents of all elements of a name; nested ones of the same name do not occur.
fn blocks<'x>(xml: &'x str, tag: &str) -> impl Iterator<Item = &'x str> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find(&open)?;
            rest = &rest[at + open.len()..];
            if rest.starts_with(['>', ' ']) {
                let start = rest.find('>')? + 1;
                let end = start + rest[start..].find(&close)?;
                let content = &rest[start..end];
                rest = &rest[end..];
                return Some(content);
            }
        }
    })
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}
