//! Where sentences end in news: datelines, abbreviations, initials, quotes, sums of money, headlines without a stop.

use griot_language::Language;
use griot_types::{Block, BlockKind, Document, Span};
use std::collections::HashSet;

/// A sentence a line; an empty line between paragraphs.
const NEWS: &str = include_str!("newswire.txt");

#[test]
fn news_is_cut_into_its_sentences() {
    let language = Language::shipped();
    let (mut right, mut gold, mut found) = (0, 0, 0);
    let mut wrong = Vec::new();
    for paragraph in NEWS.trim().split("\n\n") {
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
        let hits: HashSet<u32> = read.iter().map(|s| s.span.end).filter(|end| ends.contains(end)).collect();
        right += hits.len();
        if hits.len() < ends.len() || read.len() > ends.len() {
            wrong.push(read.iter().map(|s| s.span.of(&document.text).to_owned()).collect::<Vec<_>>());
        }
    }
    let f1 = 200.0 * right as f64 / f64::from(u32::try_from(gold + found).unwrap());
    println!("sentence ends in news: F1 {f1:.1} of {gold}");
    assert!(f1 >= 92.0, "F1 {f1:.1}; cut otherwise: {wrong:#?}");
}
