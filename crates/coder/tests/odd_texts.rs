//! Claims of texts that no careful writer would send: they are sound all the same.

use griot_coder::Coder;
use griot_language::Language;
use griot_types::{Block, BlockKind, Claim, Date, Document, Span, Type};
use griot_world::World;

/// The claims of one paragraph published on 2024-02-29.
fn claims(text: &str) -> Vec<Claim> {
    let block = Block { span: Span::new(0, text.len() as u32), kind: BlockKind::Paragraph };
    let date = Some(Date::constant(2024, 2, 29));
    let document = Document { text: text.to_owned(), date, blocks: vec![block], ..Document::default() };
    let sentences = Language::shipped().read(&document);
    let world = World::shipped();
    let reading = world.read(&document, &sentences);
    Coder::shipped().expect("models/codebook.bin opens").code(&document, &sentences, &reading)
}

/// First and last day of the killed figure.
fn days(text: &str) -> (Option<Date>, Option<Date>) {
    let claims = claims(text);
    let toll = claims.iter().find(|claim| claim.type_ == Type::Killed).unwrap_or_else(|| panic!("no toll in {claims:#?}"));
    toll.time.as_ref().map_or((None, None), |time| (time.start, time.end))
}

#[test]
fn a_tally_since_a_day_to_come_has_no_end() {
    let publication = Some(Date::constant(2024, 2, 29));
    assert_eq!(days("At least 300 people have been killed since 2022."), (Some(Date::constant(2022, 1, 1)), publication));
    assert_eq!(days("At least 300 people have been killed since 2048."), (Some(Date::constant(2048, 1, 1)), None));
}
