//! Whatever the text, reading it ends in sound sentences.

use griot_language::{Language, conllu};
use griot_types::{Block, BlockKind, Document, ROOT, Sentence, Span};
use proptest::prelude::*;
use std::sync::LazyLock;

static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::shipped);

fn document(text: &str, cut: usize) -> Document {
    let cut = (0..=cut.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0) as u32;
    let block = |start, end, kind| Block { span: Span::new(start, end), kind };
    let end = text.len() as u32;
    let blocks = vec![block(0, cut, BlockKind::Paragraph), block(cut, end, BlockKind::Item)];
    Document { text: text.to_owned(), blocks, ..Document::default() }
}

/// Spans in order, not empty, inside their block; one root, no cycle; names in order and apart.
fn check(document: &Document, sentences: &[Sentence]) {
    let mut last = 0;
    for sentence in sentences {
        let block = document.blocks[sentence.block as usize].span;
        assert!(!sentence.tokens.is_empty() && block.contains(sentence.span));
        for token in &sentence.tokens {
            assert!(token.span.start >= last && token.span.end > token.span.start);
            assert!(!token.span.of(&document.text).is_empty(), "a span that cuts a character");
            last = token.span.end;
        }
        check_tree(sentence);
        let mut free = 0;
        for name in &sentence.names {
            assert!(name.first >= free && name.first < name.end && name.end as usize <= sentence.tokens.len());
            free = name.end;
        }
    }
}

fn check_tree(sentence: &Sentence) {
    assert_eq!(sentence.tokens.iter().filter(|t| t.head == ROOT).count(), 1);
    for start in 0..sentence.tokens.len() {
        let (mut at, mut steps) = (start, 0);
        while let Some(head) = sentence.head(at) {
            at = head;
            steps += 1;
            assert!(steps <= sentence.tokens.len(), "a cycle");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_text_is_read_soundly(text in any::<String>(), cut in 0usize..100) {
        let document = document(&text, cut);
        check(&document, &LANGUAGE.read(&document));
    }

    #[test]
    fn text_like_text_is_read_soundly(text in "([A-Za-z]{1,9}|[0-9,.:-]{1,6}|['’\"“”.!?()/@#$%&-]|n't|U\\.N\\.|é|مالي|\u{200f}|👍🏽| |\n){0,80}", cut in 0usize..300) {
        let document = document(&text, cut);
        check(&document, &LANGUAGE.read(&document));
    }

    /// What is written reads back as the same sentences and tokens, and reading these again gives the same trees.
    #[test]
    fn conllu_goes_round(text in "([A-Za-z]{1,9}|[0-9]{1,4}|['.,!?-]| ){1,60}") {
        let document = document(&text, 0);
        let sentences = LANGUAGE.read(&document);
        let given = conllu::read(&conllu::write(&document, &sentences)).unwrap();
        let again = LANGUAGE.parse_tokens(&given.document.text, &given.sentences);
        prop_assert_eq!(again.len(), sentences.len());
        for (a, b) in again.iter().zip(&sentences) {
            let forms = |s: &Sentence, text: &str| s.tokens.iter().map(|t| t.span.of(text).to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(forms(a, &given.document.text), forms(b, &document.text));
            let arcs = |s: &Sentence| s.tokens.iter().map(|t| (t.head, t.deprel, t.xpos)).collect::<Vec<_>>();
            prop_assert_eq!(arcs(a), arcs(b));
        }
    }
}

/// Whatever is long is cut: time and memory are linear in it, and these would take hours if a part of the work were not.
#[test]
fn long_input_is_cut() {
    let long = |piece: &str| piece.repeat(200_000 / piece.len());
    for text in [
        long("x"),
        long("-a"),
        long("("),
        long("1a"),
        long("a.b@"),
        long("'s"),
        long("...? \""),
        long("👍🏽"),
        long("سلام "),
        long("北京"),
        long("\u{0}\u{7}\u{202e}"),
        long("e\u{301}\u{301}"),
        long("No.   "),
    ] {
        let document = document(&text, 0);
        let sentences = LANGUAGE.read(&document);
        check(&document, &sentences);
        assert!(sentences.iter().all(|s| s.tokens.len() <= 256));
        assert!(sentences.iter().flat_map(|s| &s.tokens).all(|t| t.span.len() <= 260));
    }
}

/// A sentence of a million words.
#[test]
fn a_million_words_are_read() {
    let text = "word ".repeat(1_000_000);
    let sentences = LANGUAGE.read(&document(&text, 0));
    assert_eq!(sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), 1_000_000);
    let tokens: Vec<Span> = (0..100_000).map(|word| Span::new(word * 5, word * 5 + 4)).collect();
    let given = LANGUAGE.parse_tokens(&text, &[tokens]);
    assert_eq!(given[0].tokens.len(), 100_000);
    assert_eq!(given[0].tokens.iter().filter(|t| t.head == ROOT).count(), 1);
}

/// Four threads with one model read what one thread reads.
#[test]
fn threads_read_the_same() {
    let document = document(include_str!("newswire.txt"), 0);
    let alone = LANGUAGE.read(&document);
    let together = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| LANGUAGE.read(&document))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(together.iter().all(|read| *read == alone));
}

/// Given tokens are kept, however many; the parts of a long sentence hang together.
#[test]
fn a_long_given_sentence_is_one_tree() {
    let text = "Troops left . ".repeat(400);
    let tokens: Vec<Span> = text.match_indices(|c: char| c != ' ').fold(Vec::new(), |mut spans: Vec<Span>, (at, _)| {
        match spans.last_mut() {
            Some(last) if last.end as usize == at => last.end += 1,
            _ => spans.push(Span::new(at as u32, at as u32 + 1)),
        }
        spans
    });
    let read = LANGUAGE.parse_tokens(&text, &[tokens.clone(), Vec::new(), tokens[..2].to_vec()]);
    assert_eq!(read.iter().map(|s| s.tokens.len()).collect::<Vec<_>>(), [1200, 0, 2]);
    check_tree(&read[0]);
}
