//! What holds for every text: quotes are the text at their offsets, counted in code points.

use griot_coder::Coder;
use griot_ingest::Options;
use griot_language::Language;
use griot_types::{Claim, CodePoints, Document};
use griot_world::World;
use proptest::prelude::*;
use std::sync::LazyLock;

static LINE: LazyLock<(Language, World, Coder)> =
    LazyLock::new(|| (Language::shipped(), World::shipped(), Coder::shipped().expect("the shipped codebook fits the program")));

fn code(document: &Document) -> Vec<Claim> {
    let (language, world, coder) = &*LINE;
    let sentences = language.read(document);
    let reading = world.read(document, &sentences);
    coder.code(document, &sentences, &reading)
}

/// Reports such as no editor would pass: sentences of the trade, broken by marks, scripts and line ends of all kinds.
fn report() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "Gunmen attacked Ménaka on Friday", "the army said", "At least 17 soldiers were killed", "Côte d’Ivoire denied arming rebels",
            "France will withdraw its 1,500 troops from Niger", "“We left Gao”", "who control Timbuktu", "dozens of civilians fled", "and", "in Kidal",
            "The UN mission", "it", "between 10 and 20", "two air strikes", "Russia's Wagner group", "JNIM, which is linked to al-Qaeda,", "did not",
            "may", "since 2015", "its forces", "🕊", "e\u{301}", "字", "\u{200f}", "\0", "\u{85}", "N'Djamena", "1,5.3%", "$300m", "'s", "— ",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "\\PC{0,12}",
    ];
    let gap = prop::sample::select(vec![" ", " ", " ", "", ". ", ", ", "\n", "\n\n", "\r\n", "\t", "\u{a0}", " - ", "; "]);
    prop::collection::vec((piece, gap), 0..40)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quotes_are_the_text_at_their_offsets(text in report()) {
        for document in griot_ingest::read_bytes("report.txt", text.into_bytes(), &Options::default()).into_iter().flatten() {
            let points = CodePoints::new(&document.text);
            let characters: Vec<char> = document.text.chars().collect();
            for claim in code(&document) {
                let claim = claim.in_code_points(&points);
                let evidence = &claim.evidence;
                let (start, end) = (evidence.start as usize, evidence.end as usize);
                prop_assert!(start < end && end <= characters.len());
                prop_assert_eq!(&evidence.quote, &characters[start..end].iter().collect::<String>());
                let (first, last) = evidence.parts.0.iter().fold((u32::MAX, 0), |(a, b), (_, span)| (a.min(span.start), b.max(span.end)));
                prop_assert_eq!((first, last), (evidence.start, evidence.end), "the quote is the smallest that holds all parts");
                for also in &evidence.also {
                    prop_assert!(also.start < also.end && also.end as usize <= characters.len());
                }
            }
        }
    }
}
