//! The model that comes with the program: fits the code, and reads plain news sentences as anyone would.

use griot_language::{Error, Language, VERSION};
use griot_types::{Block, BlockKind, Deprel, Document, NameKind, Sentence, Span};

const MODEL: &[u8] = include_bytes!("../../../models/language.bin");

fn read(text: &str) -> Vec<Sentence> {
    let block = Block { span: Span::new(0, text.len() as u32), kind: BlockKind::Paragraph };
    Language::shipped().read(&Document { text: text.to_owned(), blocks: vec![block], ..Document::default() })
}

/// 'word head label' of each token.
fn tree(text: &str) -> Vec<String> {
    let sentences = read(text);
    assert_eq!(sentences.len(), 1, "{text}");
    let sentence = &sentences[0];
    let word = |at: usize| sentence.form(at, text);
    (0..sentence.tokens.len())
        .map(|at| format!("{} {} {}", word(at), sentence.head(at).map_or("-", word), sentence.tokens[at].deprel.base()))
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    let tree = tree(text);
    for arc in expected {
        assert!(tree.iter().any(|a| a == arc), "{arc} is not in {tree:?}");
    }
}

#[test]
fn the_model_is_of_the_programs_format() {
    assert_eq!(MODEL[8..12], VERSION.to_le_bytes(), "train the model again: griot-lab train-language");
    let language = Language::from_bytes(MODEL).expect("the committed model is whole");
    assert_eq!(language.id(), Language::shipped().id());
    assert!(!language.id().is_empty());
}

#[test]
fn other_bytes_are_refused() {
    assert_eq!(Language::from_bytes(b"nothing").err(), Some(Error::NotAModel));
    let mut other = MODEL.to_vec();
    other[8] ^= 0x40;
    assert!(matches!(Language::from_bytes(&other).err(), Some(Error::Format { .. })));
    let mut cut = MODEL.to_vec();
    cut.truncate(MODEL.len() / 2);
    assert!(matches!(Language::from_bytes(&cut).err(), Some(Error::Damaged(_))));
    let mut changed = MODEL.to_vec();
    changed[MODEL.len() / 2] ^= 1;
    assert_eq!(Language::from_bytes(&changed).err(), Some(Error::Damaged("checksum")));
}

#[test]
fn who_did_what_to_whom() {
    check(
        "Gunmen attacked a village near Gao on Tuesday.",
        &["Gunmen attacked nsubj", "village attacked obj", "attacked - root", "Gao village nmod"],
    );
    check(
        "Three soldiers were killed by rebels in northern Mali.",
        &["soldiers killed nsubj", "were killed aux", "rebels killed obl", "Three soldiers nummod"],
    );
    check(
        "France said it would withdraw its troops.",
        &["France said nsubj", "withdraw said ccomp", "it withdraw nsubj", "troops withdraw obj"],
    );
    check("The army, which took power last year, denied the claims.", &["army denied nsubj", "took army acl", "claims denied obj"]);
}

#[test]
fn passives_and_tags() {
    let text = "Three soldiers were killed.";
    let sentence = &read(text)[0];
    assert_eq!(sentence.tokens[1].deprel, Deprel::NsubjPass);
    assert_eq!(sentence.tokens[3].xpos.as_str(), "VBN");
    assert_eq!(sentence.tokens[3].lemma, "kill");
    assert_eq!(sentence.tokens[1].feature("Number"), Some("Plur"));
    assert_eq!(sentence.tokens[1].lemma, "soldier");
}

#[test]
fn names_of_three_kinds() {
    let text = "President Emmanuel Macron of France met officials of the African Union in Bamako.";
    let sentence = &read(text)[0];
    let names: Vec<(&str, NameKind)> =
        sentence.names.iter().map(|n| (sentence.cover(n.first as usize, n.end as usize).of(text), n.kind)).collect();
    assert!(names.contains(&("Emmanuel Macron", NameKind::Person)), "{names:?}");
    assert!(names.contains(&("France", NameKind::Place)), "{names:?}");
    assert!(names.iter().any(|(name, kind)| name.ends_with("African Union") && *kind == NameKind::Organisation), "{names:?}");
}

#[test]
fn words_and_sentences() {
    let forms = |text: &str| {
        read(text).iter().map(|s| (0..s.tokens.len()).map(|i| s.form(i, text)).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    for (text, expected) in [
        ("Mali's junta told the U.N. to leave. It didn't.", &["Mali 's junta told the U.N. to leave .", "It did n't ."][..]),
        ("Al-Qaeda and Jama'at Nasr said so.", &["Al - Qaeda and Jama'at Nasr said so ."]),
        (
            "Gen. Tiani paid $300m, 80% of 12,000, at 5 a.m. on 26/08/2023.",
            &["Gen. Tiani paid $ 300 m , 80 % of 12,000 , at 5 a.m. on 26/08/2023 ."],
        ),
        ("“We’ll go,” he said.\nNobody knew…", &["“ We ’ll go , ” he said .", "Nobody knew …"]),
        ("He left by 6 p.m. The army met at 7 p.m. Monday.", &["He left by 6 p.m.", "The army met at 7 p.m. Monday ."]),
        ("The U.N. Security Council met. Lt. Col. Damiba left.", &["The U.N. Security Council met .", "Lt. Col. Damiba left ."]),
        (
            "See https://example.org/a?b=1. The AK-47 (old) cannot fire.",
            &["See https://example.org/a?b=1 .", "The AK - 47 ( old ) can not fire ."],
        ),
    ] {
        assert_eq!(forms(text), expected);
    }
}

#[test]
fn blocks_are_read_apart() {
    let text = "BAMAKO, May 3 -\nTroops left\nGao. They went home";
    let block = |start: usize, end: usize, kind| Block { span: Span::new(start as u32, end as u32), kind };
    let blocks = vec![block(0, 15, BlockKind::Dateline), block(16, 32, BlockKind::Paragraph), block(33, text.len(), BlockKind::Item)];
    let read = Language::shipped().read(&Document { text: text.to_owned(), blocks, ..Document::default() });
    assert_eq!(read.iter().map(|s| (s.block, s.span.of(text))).collect::<Vec<_>>(), [(1, "Troops left\nGao."), (2, "They went home")]);
}
