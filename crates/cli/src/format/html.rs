//! A page for people: each report with its claims marked in the text and listed beside it, one file with no outside parts, readable and
//! printable without scripts.
//!
//! A claim's number stands in the text behind the word for the act (or the count) and links to its line; the line links back.
//! Roles differ by their line and their letters, not by colour alone.

use crate::engine::Coded;
use crate::explain;
use crate::messages;
use crate::table::layout::plain;
use crate::table::{Line, days, groups};
use griot_types::{Block, BlockKind, Claim, Document, Kind, Part, Span};
use griot_world::World;
use std::collections::BTreeSet;
use std::fmt::Write;

const STYLE: &str = include_str!("html.css");

/// What the marks mean, in the order in which they are drawn where words have several.
const ROLES: [(Part, &str, &str); 6] = [
    (Part::Action, "act", "act"),
    (Part::Quantity, "count", "number"),
    (Part::Place, "place", "place"),
    (Part::Time, "time", "time"),
    (Part::Speaker, "speaker", "speaker"),
    (Part::Source, "actor", "actor"),
];

/// What stands once before all reports.
pub fn head() -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>What these reports say</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<p class=\"key\">"
    );
    for (_, class, word) in ROLES {
        let _ = write!(out, "<span class=\"{class}\">{word}</span> ");
    }
    out.push_str("<span>Numbers lead from the text to the claim and back.</span></p>\n");
    out
}

/// What stands once behind all reports.
pub fn tail() -> &'static str {
    "</body>\n</html>\n"
}

/// One report.
pub fn report(coded: &Coded, world: &World) -> String {
    let page = Page::new(coded);
    let mut out = String::from("<article>\n");
    page.header(&mut out);
    out.push_str("<div class=\"sides\">\n<section class=\"text\" aria-label=\"The report\">\n");
    page.text(&mut out);
    out.push_str("</section>\n<section class=\"claims\" aria-label=\"What it says\">\n");
    let mut shown = BTreeSet::new();
    for (heading, lines) in groups(coded, world) {
        let _ = writeln!(out, "<h2>{}</h2>\n<ol>", escaped(heading));
        for line in &lines {
            page.line(&mut out, line, &mut shown);
        }
        out.push_str("</ol>\n");
    }
    if coded.claims.is_empty() {
        out.push_str("<p>Nothing that Griot codes.</p>\n");
    }
    out.push_str("</section>\n</div>\n</article>\n");
    out
}

/// One report being written.
struct Page<'c> {
    coded: &'c Coded,
    /// Begins the ids of this report's elements.
    prefix: String,
    /// Stretches of the text with the place of their role in [`ROLES`].
    marks: Vec<(Span, usize)>,
    /// Where in the text the numbers of claims stand, with the claims.
    numbers: Vec<(u32, usize)>,
}

impl<'c> Page<'c> {
    fn new(coded: &'c Coded) -> Page<'c> {
        let hash = coded.document.id.rsplit(':').next().unwrap_or_default();
        let prefix = format!("r{}", hash.get(..8).unwrap_or(hash));
        let (mut marks, mut numbers) = (Vec::new(), Vec::new());
        for (number, claim) in coded.claims.iter().enumerate() {
            for &(part, span) in &claim.evidence.parts.0 {
                let role = if part == Part::Target { Part::Source } else { part };
                if let Some(at) = ROLES.iter().position(|(of, ..)| *of == role) {
                    marks.push((span, at));
                }
            }
            numbers.push((heart(claim).end, number));
        }
        numbers.sort_unstable();
        Page { coded, prefix, marks, numbers }
    }

    fn header(&self, out: &mut String) {
        let Document { name, title, date, publisher, url, .. } = &self.coded.document;
        let title = title.as_deref().map(plain).filter(|title| !title.trim().is_empty());
        let _ = writeln!(out, "<header>\n<h1>{}</h1>", escaped(title.as_deref().unwrap_or(name)));
        let mut facts = vec![date.map_or_else(|| "date of publication not known".to_owned(), days::published)];
        facts.extend(publisher.as_deref().map(plain));
        facts.extend(title.is_some().then(|| name.clone()));
        // As words: a report's own link may be anything.
        facts.extend(url.as_deref().map(plain));
        facts.push(match self.coded.claims.len() {
            1 => "1 claim".to_owned(),
            count => format!("{count} claims"),
        });
        let _ = writeln!(out, "<p>{}</p>", escaped(&facts.join(" · ")));
        for note in &self.coded.document.notes {
            let _ = writeln!(out, "<p class=\"note\">{}</p>", escaped(&messages::placed(&self.coded.document, note)));
        }
        out.push_str("</header>\n");
    }

    /// The text by its blocks; what lies between them is layout.
    fn text(&self, out: &mut String) {
        let mut open = false;
        for &Block { span, kind } in &self.coded.document.blocks {
            let (before, after) = match kind {
                BlockKind::Headline | BlockKind::Heading => ("<h3>", "</h3>\n"),
                BlockKind::Item => ("<p class=\"item\">", "</p>\n"),
                BlockKind::Byline => ("<p class=\"aside\">", "</p>\n"),
                // The paragraph goes on behind its dateline.
                BlockKind::Dateline => ("<p><span class=\"aside\">", "</span> "),
                BlockKind::Paragraph => (if open { "" } else { "<p>" }, "</p>\n"),
            };
            if open && kind != BlockKind::Paragraph {
                out.push_str("</p>\n");
            }
            open = kind == BlockKind::Dateline;
            out.push_str(before);
            self.marked(out, span);
            out.push_str(after);
        }
        if open {
            out.push_str("</p>\n");
        }
    }

    /// A stretch of the text, cut where a mark begins or ends or a number stands.
    fn marked(&self, out: &mut String, block: Span) {
        let text = &self.coded.document.text;
        let marks: Vec<&(Span, usize)> = self.marks.iter().filter(|(span, _)| span.overlaps(block)).collect();
        let mut cuts = vec![block.start, block.end];
        cuts.extend(marks.iter().flat_map(|(span, _)| [span.start, span.end]).filter(|&at| block.start < at && at < block.end));
        cuts.extend(self.numbers.iter().map(|&(at, _)| at).filter(|&at| block.start < at && at < block.end));
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            let piece = Span::new(pair[0], pair[1]);
            // The first role in the order of drawing wins.
            match marks.iter().filter(|(span, _)| span.contains(piece)).map(|&&(_, role)| role).min() {
                Some(role) => {
                    let _ = write!(out, "<span class=\"{}\">{}</span>", ROLES[role].1, escaped(piece.of(text)));
                }
                None => out.push_str(&escaped(piece.of(text))),
            }
            for &(_, number) in self.numbers.iter().filter(|&&(at, _)| at == piece.end) {
                let (prefix, shown) = (&self.prefix, number + 1);
                let _ = write!(out, "<a class=\"n\" id=\"{prefix}t{shown}\" href=\"#{prefix}c{shown}\">{shown}</a>");
            }
        }
    }

    fn line(&self, out: &mut String, line: &Line, shown: &mut BTreeSet<usize>) {
        let (prefix, number, claim) = (&self.prefix, line.number + 1, line.claim);
        let _ = write!(out, "<li id=\"{prefix}c{number}\" value=\"{number}\"><a class=\"n\" href=\"#{prefix}t{number}\">{number}</a> ");
        if !line.lead.is_empty() {
            let _ = write!(out, "<b>{}</b> ", escaped(&line.lead));
        }
        out.push_str(&escaped(&line.body));
        let mut tag = claim.type_.to_string();
        if let Some(mode) = &claim.mode {
            let _ = write!(tag, "/{mode}");
        }
        if claim.kind == Kind::Event
            && let Some(cameo) = &claim.cameo
        {
            let _ = write!(tag, " · CAMEO {cameo}");
        }
        if let Some(confidence) = claim.confidence {
            let _ = write!(tag, " · {:.0} %", confidence * 100.0);
        }
        let _ = write!(out, " <small>{}</small>\n<q>{}</q>", escaped(&tag), escaped(&plain(&claim.evidence.quote)));
        let more: Vec<String> =
            claim.evidence.also.iter().map(|also| plain(Span::new(also.start, also.end).of(&self.coded.document.text))).collect();
        for quote in more {
            let _ = write!(out, "\n<q>{}</q>", escaped(&quote));
        }
        if let Some(ground) = self.coded.explained.get(line.number) {
            let _ = write!(out, "\n<pre>{}</pre>", escaped(&explain::lines(ground, shown).join("\n")));
        }
        out.push_str("</li>\n");
    }
}

/// The words that a claim's number stands behind.
fn heart(claim: &Claim) -> Span {
    let evidence = &claim.evidence;
    let order = if claim.kind == Kind::Figure { [Part::Quantity, Part::Action] } else { [Part::Action, Part::Quantity] };
    order.iter().find_map(|part| evidence.parts.get(*part)).unwrap_or(Span::new(evidence.start, evidence.end))
}

/// Words as they may stand between tags: nothing of a report is markup.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && !c.is_whitespace() => out.push('\u{fffd}'),
            // Marks that turn the direction of what follows would reach beyond the report.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use griot_types::{Evidence, Parts, Stretch};

    fn coded(text: &str, parts: &[(Part, u32, u32)]) -> Coded {
        let document = Document {
            id: "sha256:0123456789abcdef".to_owned(),
            name: "a<b>.txt".to_owned(),
            text: text.to_owned(),
            blocks: vec![Block { span: Span::new(0, text.len() as u32), kind: BlockKind::Paragraph }],
            ..Document::default()
        };
        let mut evidence = Evidence { end: text.len() as u32, quote: text.to_owned(), parts: Parts::default(), ..Evidence::default() };
        for &(part, start, end) in parts {
            evidence.parts.add(part, Span::new(start, end));
        }
        evidence.also = vec![Stretch { start: 0, end: 1 }];
        let json = include_str!("../../tests/claim.json");
        let claim: Claim = serde_json::from_str(json).unwrap();
        Coded { document, claims: vec![Claim { evidence, ..claim }], explained: Vec::new() }
    }

    #[test]
    fn words_of_a_report_are_never_markup() {
        let text = "<script>alert(1)</script> & \"x\" 'y' \u{202e}z\u{0}";
        let mut out = String::new();
        Page::new(&coded(text, &[])).text(&mut out);
        assert!(!out.contains("<script"), "{out}");
        assert!(out.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; &#39;y&#39; \u{fffd}z\u{fffd}"), "{out}");
    }

    #[test]
    fn every_word_stands_once_however_marks_overlap() {
        let text = "Rebels killed at least nine villagers near Djibo.";
        let marks = [(Part::Source, 0, 6), (Part::Action, 7, 13), (Part::Target, 14, 38), (Part::Quantity, 14, 27), (Part::Place, 43, 48)];
        let mut out = String::new();
        Page::new(&coded(text, &marks)).text(&mut out);
        let expected = "<p><span class=\"actor\">Rebels</span> <span class=\"act\">killed</span> <span class=\"count\">at least nine</span>\
            <a class=\"n\" id=\"r01234567t1\" href=\"#r01234567c1\">1</a><span class=\"actor\"> villagers </span>near \
            <span class=\"place\">Djibo</span>.</p>\n";
        assert_eq!(out, expected);
    }
}
