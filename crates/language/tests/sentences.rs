//! Where sentences end in news: datelines, abbreviations, initials, quotes, sums of money, headlines without a stop.

use griot_language::Language;
use griot_types::{Block, BlockKind, Document, Span};
use std::collections::HashSet;

/// What must come out of a page of news: a sentence a line, an empty line between paragraphs.
fn check(name: &str, page: &str, floor: f64) {
    let language = Language::shipped();
    let (mut right, mut gold, mut found) = (0, 0, 0);
    let mut wrong = Vec::new();
    for paragraph in page.trim().split("\n\n") {
        let (mut text, mut ends) = (String::new(), HashSet::new());
        for sentence in paragraph.lines() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(sentence);
            ends.insert(text.len() as u32);
        }
        let span = Span::new(0, text.len() as u32);
        let document = Document { text, blocks: vec![Block { span, kind: BlockKind::Paragraph }], ..Document::default() };
        let read = language.read(&document);
        found += read.len();
        gold += ends.len();
        let hits = read.iter().filter(|s| ends.contains(&s.span.end)).count();
        right += hits;
        if hits < ends.len() || read.len() > ends.len() {
            wrong.push(read.iter().map(|s| s.span.of(&document.text).to_owned()).collect::<Vec<_>>());
        }
    }
    let f1 = 200.0 * right as f64 / f64::from(u32::try_from(gold + found).unwrap());
    println!("{name}: F1 {f1:.1}, {gold} sentence ends, {found} found, {right} right");
    assert!(f1 >= floor, "{name}: F1 {f1:.1}; cut otherwise: {wrong:#?}");
}

#[test]
fn news_is_cut_into_its_sentences() {
    check("newswire", include_str!("newswire.txt"), 97.0);
}

#[test]
fn dispatches_are_cut_into_their_sentences() {
    check("dispatches", include_str!("dispatches.txt"), 97.0);
}

#[test]
fn bulletins_are_cut_into_their_sentences() {
    check("bulletins", include_str!("bulletins.txt"), 97.0);
}
