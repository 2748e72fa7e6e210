//! Arbitrary bytes to claims: nothing panics, and whatever is claimed is sound and stands in the text.
//!
//! The first byte of an input chooses the ending of the file's name and whether a day of publication is given ([`Shape`]); the rest is the
//! file. An input that starts with '0', '1' or '2' is plain text, HTML or JSONL with a day; '3', '4' and '5' are the same without.

#![no_main]

use griot_coder::Coder;
use griot_ingest::{Options, Reader};
use griot_language::Language;
use griot_types::{Claim, CodePoints, Date, Document, Kind, Span};
use griot_world::World;
use libfuzzer_sys::fuzz_target;
use std::collections::HashMap;
use std::sync::LazyLock;

static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::shipped);
static WORLD: LazyLock<World> = LazyLock::new(World::shipped);
static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::shipped().expect("models/codebook.bin; `compile-codebook` makes it"));

/// One day for all runs, so that an input does tomorrow what it did today.
const TODAY: Date = Date::constant(2026, 11, 23);
/// Endings of names, in the order of the first byte.
const ENDINGS: [&str; 3] = ["txt", "html", "jsonl"];

fuzz_target!(|data: &[u8]| {
    let Some((&first, file)) = data.split_first() else { return };
    // Faults of the libraries for these two are caught where they happen, but the fuzzer would stop at them.
    if file.starts_with(b"%PDF-") || file.starts_with(b"PAR1") {
        return;
    }
    let shape = Shape::of(first);
    let options = Options { date: shape.date, ..Options::default() };
    let name = format!("report.{}", shape.ending);
    for document in Reader::new(options).with_today(TODAY).read_bytes(&name, file.to_vec()).into_iter().flatten() {
        check_document(&document);
        let sentences = LANGUAGE.read(&document);
        let reading = WORLD.read(&document, &sentences);
        let claims = CODER.code(&document, &sentences, &reading);
        for claim in &claims {
            assert_eq!(claim.document, document.id);
            assert!((claim.evidence.sentence as usize) < sentences.len(), "a sentence that is not there: {claim:?}");
            check_evidence(claim, &document.text);
            check_fields(claim);
        }
        check_references(&claims);
        check_json(claims, &document.text);
    }
});

/// What the first byte says of the file.
struct Shape {
    ending: &'static str,
    date: Option<Date>,
}

impl Shape {
    fn of(first: u8) -> Shape {
        let number = usize::from(first.wrapping_sub(b'0'));
        let dated = (number / ENDINGS.len()).is_multiple_of(2);
        Shape { ending: ENDINGS[number % ENDINGS.len()], date: dated.then_some(Date::constant(2024, 2, 29)) }
    }
}

/// Blocks are stretches of the text, in order and apart.
fn check_document(document: &Document) {
    let mut free = 0;
    for block in &document.blocks {
        assert!(free <= block.span.start, "blocks out of order: {:?}", document.blocks);
        check_stretch(block.span, &document.text);
        free = block.span.end;
    }
}

/// The quote is the text at its offsets, the smallest stretch that holds all parts; nothing cuts a character.
fn check_evidence(claim: &Claim, text: &str) {
    let evidence = &claim.evidence;
    let quote = Span { start: evidence.start, end: evidence.end };
    check_stretch(quote, text);
    assert_eq!(quote.of(text), evidence.quote, "{claim:?}");
    for (part, span) in &evidence.parts.0 {
        check_stretch(*span, text);
        assert!(quote.contains(*span), "{part} outside the quote: {claim:?}");
    }
    assert!(evidence.parts.cover().is_none_or(|parts| parts == quote), "a quote wider than its parts: {claim:?}");
    assert!(evidence.parts.0.is_sorted_by(|(a, _), (b, _)| a < b), "parts out of order or twice: {claim:?}");
    for also in &evidence.also {
        check_stretch(Span { start: also.start, end: also.end }, text);
    }
}

/// A stretch of the text that is not empty and cuts no character.
fn check_stretch(span: Span, text: &str) {
    let words = text.get(span.start as usize..span.end as usize);
    assert!(words.is_some_and(|words| !words.is_empty()), "{span:?} is no stretch of {text:?}");
}

/// What belongs to one kind of claim alone stands on no other, numbers are numbers, and times run forward.
fn check_fields(claim: &Claim) {
    assert_eq!(claim.kind, claim.type_.kind());
    let event = claim.kind == Kind::Event;
    assert!(event || claim.mode.is_none() && claim.context.is_empty() && claim.cameo.is_none(), "an event's field elsewhere: {claim:?}");
    assert!(!event || claim.quantity.is_none(), "a quantity on an event: {claim:?}");
    assert!(!claim.type_.wants_place() || claim.target.is_empty(), "a target where a place should stand: {claim:?}");
    assert_eq!(claim.place, claim.places.first().cloned());
    if let Some(quantity) = &claim.quantity {
        let bounds = [quantity.low, quantity.best, quantity.high];
        assert!(bounds.iter().flatten().all(|n| n.0.is_finite() && n.0 >= 0.0), "no count: {claim:?}");
        assert!(bounds.iter().flatten().is_sorted(), "bounds out of order: {claim:?}");
    }
    if let Some(time) = &claim.time
        && let (Some(start), Some(end)) = (time.start, time.end)
    {
        assert!(start <= end, "a time that ends before it starts: {claim:?}");
    }
}

/// Ids are unique, and `of_event` and `inside` name an event and a figure of the same report, never the claim itself.
fn check_references(claims: &[Claim]) {
    let kinds: HashMap<&str, Kind> = claims.iter().map(|claim| (claim.id.as_str(), claim.kind)).collect();
    assert_eq!(kinds.len(), claims.len(), "an id twice");
    for claim in claims {
        for (reference, kind) in [(&claim.of_event, Kind::Event), (&claim.inside, Kind::Figure)] {
            let Some(id) = reference else { continue };
            assert_eq!(kinds.get(id.as_str()), Some(&kind), "a reference that leads to no {kind}: {claim:?}");
            assert_ne!(*id, claim.id, "a claim that refers to itself: {claim:?}");
        }
    }
}

/// The JSON, with its offsets in code points, can be written and read back, and its offsets give the quote.
fn check_json(claims: Vec<Claim>, text: &str) {
    let points = CodePoints::new(text);
    let characters: Vec<char> = text.chars().collect();
    for claim in claims {
        let claim = claim.in_code_points(&points);
        let evidence = &claim.evidence;
        let quote: String = characters[evidence.start as usize..evidence.end as usize].iter().collect();
        assert_eq!(quote, evidence.quote);
        let json = serde_json::to_string(&claim).expect("a claim is written");
        let back: Claim = serde_json::from_str(&json).expect("a claim is read back");
        assert_eq!(serde_json::to_string(&back).expect("a claim is written"), json);
    }
}
