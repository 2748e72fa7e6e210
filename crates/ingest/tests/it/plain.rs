//! Plain text: the text stays as it was, and its blocks are found in every way of setting paragraphs.

use crate::support::{blocks, notes, read, reader};
use griot_ingest::{Manifest, Options};
use griot_types::BlockKind::{self, *};
use griot_types::sha256;
use jiff::civil::date;
use proptest::prelude::*;

/// Checks the blocks of a text.
fn check(text: &str, expected: &[(BlockKind, &str)]) {
    let document = read("report.txt", text.as_bytes()).unwrap();
    assert_eq!(document.text, text);
    assert_eq!(document.id, sha256(text.as_bytes()));
    assert_eq!(blocks(&document), expected);
}

#[test]
fn a_paragraph_a_line() {
    check(
        "MALI has told the UN to leave.\nLast year, France withdrew.\nIt was angry.",
        &[(Paragraph, "MALI has told the UN to leave."), (Paragraph, "Last year, France withdrew."), (Paragraph, "It was angry.")],
    );
}

#[test]
fn lines_broken_by_hand_are_joined() {
    let first = "Five soldiers were killed on Tuesday when gunmen attacked a convoy in the\nnorth of the country, the army said, in the worst attack of the year. Gen.\nOusmane Coulibaly was wounded.";
    let second = "The attackers fled towards Niger, according to two sources, and aircraft of the\nMalian Army followed them.";
    check(&format!("{first}\n\n{second}\n"), &[(Paragraph, first), (Paragraph, second)]);
    let indented = format!("  {}\n  {}", first.replace("Gen.\nOusmane Coulibaly", "Gen.\nColonel"), second);
    assert_eq!(read("a.txt", indented.as_bytes()).unwrap().blocks.len(), 2);
}

#[test]
fn capitals_broken_by_hand_are_joined() {
    let text = "THE ARMY SAID ON FRIDAY THAT FIVE SOLDIERS WERE KILLED IN AN ATTACK IN THE\nNORTHERN DEPARTMENT OF BOLIVAR BY THE NATIONAL LIBERATION ARMY AND THAT IT\nWAS FOLLOWING THE ATTACKERS.";
    check(text, &[(Paragraph, text)]);
}

#[test]
fn a_whole_wire_report() {
    check(
        "Gunmen kill 17 in Niger\nBy Awa Diallo\n\nPublished 26 August 2023\n\nNIAMEY, Aug 25 (Wire) - At least 17 were killed.\n\nWhat is known\n\n\
         * 17 were killed\n* 20 were wounded\n\n(a) One fled.\n(b) Two stayed.\n\n1. First.\n2. Second.\n\n* * *\n\nThe army came.\n\n\
         (Reporting by Awa Diallo; editing by John Smith)\n© 2023 Wire\n",
        &[
            (Headline, "Gunmen kill 17 in Niger"),
            (Byline, "By Awa Diallo"),
            (Byline, "Published 26 August 2023"),
            (Dateline, "NIAMEY, Aug 25 (Wire) -"),
            (Paragraph, "At least 17 were killed."),
            (Heading, "What is known"),
            (Item, "17 were killed"),
            (Item, "20 were wounded"),
            (Item, "One fled."),
            (Item, "Two stayed."),
            (Item, "First."),
            (Item, "Second."),
            (Paragraph, "The army came."),
            (Byline, "(Reporting by Awa Diallo; editing by John Smith)"),
            (Byline, "© 2023 Wire"),
        ],
    );
}

#[test]
fn the_head_fills_title_date_publisher_and_link() {
    let text = "Title: Army takes Kidal\nSource: Sahel Wire\nDate: 3 May 2023\nURL: https://example.org/a\n\nThe army took Kidal.\nSource: a colonel.";
    let document = read("a.txt", text.as_bytes()).unwrap();
    assert_eq!(document.title.as_deref(), Some("Army takes Kidal"));
    assert_eq!(document.publisher.as_deref(), Some("Sahel Wire"));
    assert_eq!(document.url.as_deref(), Some("https://example.org/a"));
    assert_eq!(document.date, Some(date(2023, 5, 3)));
    let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Byline, Byline, Byline, Byline, Paragraph, Paragraph]);
    assert_eq!(notes(&document), [""; 0]);
}

#[test]
fn a_dateline_is_completed_from_the_day_of_publication() {
    let text = "Published 2 January 2023\n\nGOMA, DR Congo, 30 December (Wire) – Rebels took a town.";
    let document = read("a.txt", text.as_bytes()).unwrap();
    let dateline = document.dateline.unwrap();
    assert_eq!(dateline.span.of(text), "GOMA, DR Congo, 30 December (Wire) –");
    assert_eq!(dateline.place.unwrap().of(text), "GOMA");
    assert_eq!(dateline.date, Some(date(2022, 12, 30)));
}

#[test]
fn the_day_of_publication_is_the_surest_given() {
    let manifest = Manifest::parse("m.csv", b"file,date,publisher\n20230105-a.txt,2023-01-01,Wire").unwrap();
    let body = "The army took Kidal.";
    let metadata = "Published 2 January 2023\n\n";
    let dateline = "GAO, 3 January 2023 - ";
    let day = |manifest: Option<Manifest>, asked, text: String| {
        let reader = reader(Options { date: asked, manifest, ..Options::default() });
        reader.read_bytes("in/20230105-a.txt", text.into_bytes()).remove(0).unwrap().date
    };
    let asked = Some(date(2023, 1, 4));
    assert_eq!(day(Some(manifest), asked, format!("{metadata}{dateline}{body}")), Some(date(2023, 1, 1)));
    assert_eq!(day(None, asked, format!("{metadata}{dateline}{body}")), Some(date(2023, 1, 2)));
    assert_eq!(day(None, asked, format!("{dateline}{body}")), Some(date(2023, 1, 3)));
    assert_eq!(day(None, asked, body.to_owned()), asked);
    assert_eq!(day(None, None, body.to_owned()), Some(date(2023, 1, 5)));
}

#[test]
fn notes_say_what_was_odd() {
    let noted = |text: &str| notes(&read("a.txt", text.as_bytes()).unwrap()).join("|");
    assert_eq!(
        noted("The army came."),
        "No date of publication is known, so dates such as 'on Friday' stay unresolved; give one with --date or a manifest."
    );
    assert!(
        noted("Date: 0025-05-03\n\nThe army came.")
            .starts_with("The date '0025-05-03' that the source gives is in the year 0025 and is not used.")
    );
    assert!(
        noted("Date: 31 February 2023\n\nThe army came.")
            .starts_with("The date '31 February 2023' that the source gives does not exist and is not used.")
    );
    assert_eq!(noted("Date: 2031-05-03\n\nThe army came."), "The date of publication, 2031-05-03, is in the future.");
    assert_eq!(noted("Date: 2023-05-03\r\n\r\nThe army came.\nIt left."), "The text has line ends of several kinds.");
    let damaged =
        [b"Date: 2023-05-03\n\nThe army came to S\xc3\xa9var\xc3\xa9, T\xc3\xa9ra and M\xc3\xa9naka".as_slice(), b"\xff."].concat();
    assert_eq!(notes(&read("a.txt", &damaged).unwrap()), ["One character could not be read and was replaced by U+FFFD."]);
    assert_eq!(
        notes(&read("a.txt", b"Date: 2023-05-03\n\nThe army came to M\xe9naka and S\xe9var\xe9 on Friday, the governor said.").unwrap()),
        ["The file is not UTF-8 and names no charset; it was read as windows-1252."]
    );
}

/// What must hold for the blocks of any text.
fn assert_sound(text: &str) {
    let Ok(document) = read("a.txt", text.as_bytes()) else { return };
    let mut last = 0;
    for block in &document.blocks {
        assert!(block.span.start >= last, "blocks overlap or are out of order");
        assert!(!block.span.is_empty());
        assert!(document.text.get(block.span.start as usize..block.span.end as usize).is_some(), "no stretch of the text");
        last = block.span.end;
    }
    if let Some(dateline) = document.dateline {
        assert!(document.blocks.iter().any(|block| block.kind == Dateline && block.span == dateline.span));
        assert!(dateline.place.is_none_or(|place| dateline.span.contains(place)));
    }
    // Nothing is lost: outside the blocks stand only marks of items, their numbers among them.
    let inside: usize =
        document.blocks.iter().map(|block| block.span.of(&document.text).chars().filter(|c| c.is_alphanumeric()).count()).sum();
    let items = document.blocks.iter().filter(|block| matches!(block.kind, Item | Byline)).count();
    let all = document.text.chars().filter(|c| c.is_alphanumeric()).count();
    assert!(inside + 4 * items >= all, "{} letters lost", all - inside);
}

proptest! {
    #[test]
    fn any_text_has_sound_blocks(text in any::<String>()) {
        assert_sound(&text);
    }

    #[test]
    fn any_text_of_telling_parts_has_sound_blocks(parts in prop::collection::vec(prop::sample::select(vec![
        "\n", "\n", "\r\n", "\r", "\u{2028}", " ", "  ", "- ", "* ", "(a) ", "12. ", "# ", "By ", "BAMAKO", ", ", "3 May", " 2023", " (Wire)", " – ", ": ",
        "Date: ", "Source: ", "The army said it had taken the town of Kidal on Friday", ".", "é", "İ", "ǅ", "word ", "\u{feff}", "=====", "©", "—", "'",
    ]), 0..60)) {
        assert_sound(&parts.concat());
    }

    #[test]
    fn any_bytes_are_a_document_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Err(error) = read("a.txt", &bytes) {
            prop_assert!(error.to_string().starts_with("a.txt: "));
        }
    }
}
