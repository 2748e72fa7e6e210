//! Web pages: main text, metadata, charset, and pages made to do harm.

use crate::support::{blocks, read};
use griot_types::BlockKind::*;
use griot_types::sha256;
use jiff::civil::date;
use proptest::prelude::*;

const PAGE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title>Army takes Kidal | Sahel Wire</title>
<meta property="og:title" content="Army takes Kidal"><meta property="og:site_name" content="Sahel Wire">
<meta property="article:published_time" content="2023-05-03T10:00:00Z"><link rel="canonical" href="https://example.org/kidal">
<script>var text = "The script said this.";</script><style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/mali">Mali</a></li></ul></nav>
<article><h1>Army takes Kidal</h1><p>BAMAKO (Wire) &mdash; The army said on Wednesday that it had taken the town of Kidal, which rebels had held for ten years, after two days of fighting.</p>
<script>document.write("The script wrote this.")</script>
<h2>The toll</h2><p>At least 17 soldiers were killed &amp; dozens wounded, the <b>defence ministry</b> said, and the rebels, who put it higher, said they had left the town to spare its people.</p>
<ul><li>Some 2,000 people have fled towards the border, the United Nations said on Tuesday.</li></ul>
<p>The mission handed over its last base in the town in October, weeks before it was due to, and its convoy was attacked on the way.</p></article>
<footer><p>About us. <a href="/x">Contact</a></p></footer></body></html>"#;

#[test]
fn the_main_text_and_what_the_head_says() {
    let document = read("page.html", PAGE.as_bytes()).unwrap();
    assert_eq!(document.id, sha256(PAGE.as_bytes()));
    assert_eq!(document.title.as_deref(), Some("Army takes Kidal"));
    assert_eq!(document.date, Some(date(2023, 5, 3)));
    assert_eq!(document.publisher.as_deref(), Some("Sahel Wire"));
    assert_eq!(document.url.as_deref(), Some("https://example.org/kidal"));
    let found = blocks(&document);
    let kinds: Vec<_> = found.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [Headline, Dateline, Paragraph, Heading, Paragraph, Item, Paragraph]);
    assert_eq!(found[0].1, "Army takes Kidal");
    assert_eq!(found[1].1, "BAMAKO (Wire) —");
    assert!(found[4].1.starts_with("At least 17 soldiers were killed & dozens wounded, the defence ministry said"));
    assert!(!document.text.contains("script"));
    assert!(!document.text.contains("Contact"));
}

#[test]
fn a_page_without_an_article_gives_its_paragraphs() {
    let document = read("a.html", b"<p>Gunmen killed two.</p><div>menu</div><p>They fled.</p>").unwrap();
    let texts: Vec<_> = blocks(&document).into_iter().map(|(_, text)| text).collect();
    assert!(texts.contains(&"Gunmen killed two.") && texts.contains(&"They fled."), "{texts:?}");
    assert_eq!(read("a.html", b"<div>Gunmen killed two.</div>").unwrap().text, "Gunmen killed two.");
}

#[test]
fn the_charset_that_the_page_names() {
    let page = "<meta http-equiv=content-type content='text/html; charset=windows-1251'><p>Gunmen attacked Гао and Ménaka.</p>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
    assert!(read("a.html", &bytes).unwrap().text.contains("Гао"));
}

#[test]
fn nesting_without_end_is_refused() {
    for bomb in ["<div>".repeat(100_000), "<table><tr><td>".repeat(100_000), "<ul><li>".repeat(100_000), "<blockquote><p>x".repeat(100_000)]
    {
        assert_eq!(
            read("bomb.html", bomb.as_bytes()).unwrap_err().to_string(),
            "bomb.html: nests HTML elements deeper than 512; no report does, so look at where the file came from"
        );
    }
}

#[test]
fn pages_made_to_cost_time_are_read() {
    let body = "The army said on Friday that five soldiers were killed in an attack on their camp in the north of the country. ";
    // Where the cost grew with the square of the size, this test would not end.
    for page in [
        format!("<p>{body}</p>{}", "<p><font size=1><b><i>x".repeat(50_000)),
        format!("<p>{body}</p>{}", "<a href=x>".repeat(100_000)),
        format!("<p>{body}</p>{}", "<p>x</p>".repeat(200_000)),
        format!("<p>{body}</p>{}", "</x>".repeat(200_000)),
        format!("<p>{body}</p><div {}>", (0..100_000).map(|n| format!("a{n}=1 ")).collect::<String>()),
        format!("<p>{body}</p>{}{}", "<div>".repeat(500), "<p>x</span>".repeat(100_000)),
        format!("<p>{body}</p>{}", "<!-- ".repeat(200_000)),
        format!("<p>{body}</p>{}", "<script>".repeat(100_000)),
        format!("<p>{body}{}</p>", "&amp;".repeat(500_000)),
        format!("<p>{body}</p>{}", "<div><br>x</div>".repeat(20_000)),
    ] {
        let document = read("a.html", page.as_bytes()).unwrap();
        assert!(document.text.contains("five soldiers were killed"));
    }
}

#[test]
fn thousands_of_references_stay_one_line_of_text() {
    let line = "Smith &amp; Wesson rifles were found with the dead. ".repeat(2500);
    let document = read("a.html", format!("<p>{line}</p>").as_bytes()).unwrap();
    assert_eq!(document.text.trim(), "Smith & Wesson rifles were found with the dead. ".repeat(2500).trim());
}

proptest! {
    #[test]
    fn any_soup_of_tags_is_a_document_or_an_error(parts in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<div class='a", "'>", "<li>", "</ul>", "<table>", "<td>", "</td>", "<a href=x>", "</a>", "<svg>", "</svg>", "<script>", "</script>",
        "<br>", "<pre>", "&amp;", "&#0;", "&bogus;", "<!--", "-->", "<h1>", "</h1>", "é", " words of a report ", "<", ">", "=", "\"", "<time datetime=2023-05-03>",
        "<meta name=date content='2023-05-03'>", "\0", "<body>", "</head>", "<head>",
    ]), 0..60)) {
        if let Ok(document) = read("a.html", parts.concat().as_bytes()) {
            let mut last = 0;
            for block in &document.blocks {
                prop_assert!(block.span.start >= last);
                prop_assert!(document.text.get(block.span.start as usize..block.span.end as usize).is_some());
                last = block.span.end;
            }
        }
    }
}
