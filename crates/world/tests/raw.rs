//! Raw text through the language layer: what a whole reading says of it.

use griot_language::Language;
use griot_types::{Block, BlockKind, Date, Document, Span};
use griot_world::World;

/// Reads one paragraph published on 2024-11-07 and lists `text = code id` of each actor, `@ text = name country precision` of each place
/// and `~ text = start end` of each time.
fn read(text: &str) -> Vec<String> {
    let block = Block { span: Span::new(0, text.len() as u32), kind: BlockKind::Paragraph };
    let date = Some(Date::constant(2024, 11, 7));
    let document = Document { text: text.to_owned(), date, blocks: vec![block], ..Document::default() };
    let sentences = Language::shipped().read(&document);
    let world = World::shipped();
    let reading = world.read(&document, &sentences);
    let mut lines = Vec::new();
    for sentence in &reading.sentences {
        for m in &sentence.mentions {
            lines.push(format!("{} = {} {}", m.actor.text, m.actor.code, m.actor.id.as_deref().unwrap_or("-")));
        }
        for p in &sentence.places {
            let p = &p.place;
            let precision = p.precision.map_or("-".to_owned(), |n| n.to_string());
            lines.push(format!("@ {} = {} {} {precision}", p.text, p.name, p.country.as_deref().unwrap_or("-")));
        }
        for t in &sentence.times {
            let day = |d: Option<Date>| d.map_or("-".to_owned(), |d| d.to_string());
            lines.push(format!("~ {} = {} {}", t.time.text, day(t.time.start), day(t.time.end)));
        }
    }
    lines
}

#[track_caller]
fn has(text: &str, expected: &[&str]) {
    let found = read(text);
    for line in expected {
        assert!(found.iter().any(|f| f == line), "no '{line}' in {found:#?}");
    }
}

#[track_caller]
fn has_not(text: &str, start: &str) {
    let found = read(text);
    assert!(!found.iter().any(|f| f.starts_with(start)), "'{start}' in {found:#?}");
}

#[test]
fn a_report_with_actors_places_and_times() {
    has(
        "Two Chadian soldiers were killed on Tuesday near Gao in northern Mali. Bamako blamed al-Qaeda-linked militants.",
        &[
            "Chadian soldiers = TCDMIL tcd-mil",
            "@ near Gao = Gao MLI 2",
            "~ on Tuesday = 2024-11-05 2024-11-05",
            "Bamako = MLIGOV mli-gov",
            "al-Qaeda-linked militants = ---REB -",
        ],
    );
}

#[test]
fn namesakes_are_told_apart_by_the_report() {
    has(
        "Congolese troops retook Goma from the M23, the army in Kinshasa said.",
        &["Congolese troops = CODMIL cod-mil", "the M23 = CODREBM23 m23"],
    );
    has("Mexico sent food to Guatemala.", &["@ Mexico = Mexico MEX 6", "@ Guatemala = Guatemala GTM 6"]);
    has_not("The boy ate turkey in May.", "turkey =");
    has_not("The boy ate turkey in May.", "@ May");
}

#[test]
fn capitals_throughout() {
    has("REBELS KILLED THREE NIGERIEN SOLDIERS IN DIFFA, THE UN SAID.", &["NIGERIEN SOLDIERS = NERMIL ner-mil", "THE UN = IGOUNO un"]);
}

#[test]
fn odd_texts_are_read() {
    for text in
        ["", "()", "((((UN) (UN) (", "’s ’s ’s", "a\u{301}\u{301} \u{200f}مالي UN", "- - - al - - Qaeda -", "of of of of the of from from"]
    {
        read(text);
    }
}

#[test]
fn long_reports_cost_no_more_a_name() {
    let text: String =
        (0..3000).map(|i| format!("Oumar Diarra{i} met Amadou Traore{i} of the Front{i} for Peace (FP{i}) in Gao. ")).collect();
    assert!(!read(&text).is_empty());
}
