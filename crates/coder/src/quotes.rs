//! What stands in quotation marks, and which sentences can name the speaker of words that go on without one.
//!
//! '"They shot him," a witness said. "Then they burned the house."': the second quotation is the same witness's. Marks are paired inside a block; a
//! quotation that its paragraph leaves open goes on in the next one that begins with a mark.

use crate::codebook::Codebook;
use crate::proposition::{Propositions, Tree};
use crate::reference::{Reference, Who};
use griot_types::{Document, Span};

/// The quotations of a report, in the order of the text.
struct Quotes {
    list: Vec<Quote>,
}

#[derive(Clone, Copy, Debug)]
struct Quote {
    span: Span,
    block: usize,
    /// Whether the block ends before the quotation does.
    open: bool,
    /// Whether it is the first thing in its block.
    leads: bool,
}

impl Quotes {
    fn read(document: &Document) -> Quotes {
        let mut list = Vec::new();
        for (number, block) in document.blocks.iter().enumerate() {
            let text = block.span.of(&document.text);
            let mut begun: Option<u32> = None;
            for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”' | '«' | '»' | '„')) {
                let after = at + mark.len_utf8();
                let before = text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "([—–-".contains(c));
                // A straight mark behind a space and before a word opens, whatever was left open by mistake.
                let opens = match mark {
                    '“' | '«' | '„' => true,
                    '"' => before && text[after..].starts_with(|c: char| !c.is_whitespace()),
                    _ => false,
                };
                let offset = block.span.start + at as u32;
                if opens {
                    begun = Some(offset);
                } else if let Some(start) = begun.take() {
                    let span = Span::new(start, block.span.start + after as u32);
                    list.push(Quote { span, block: number, open: false, leads: start == block.span.start });
                }
            }
            // Who quotes over several paragraphs leaves each but the last open and begins the next with a mark again.
            let next = document.blocks.get(number + 1).map(|next| next.span.of(&document.text));
            if let Some(start) = begun.filter(|_| next.is_some_and(|text| text.starts_with(['"', '“', '«', '„']))) {
                list.push(Quote { span: Span::new(start, block.span.end), block: number, open: true, leads: start == block.span.start });
            }
        }
        list.retain(|quote| quote.span.end - quote.span.start <= LONGEST);
        Quotes { list }
    }

    /// Whether a byte stands inside a quotation.
    fn contain(&self, at: u32) -> bool {
        self.at(at).is_some()
    }

    fn at(&self, at: u32) -> Option<usize> {
        let number = self.list.partition_point(|q| q.span.start <= at).checked_sub(1)?;
        (at < self.list[number].span.end).then_some(number)
    }

    /// The sentences in which the speaker of the words at `at` can be named: those that the quotation touches, then those of the quotations before it
    /// in the same paragraph, or of one that was left open.
    fn sources(&self, trees: &[Tree], at: u32) -> Vec<usize> {
        let Some(mut number) = self.at(at) else { return Vec::new() };
        let mut found = Vec::new();
        for _ in 0..REACH {
            let quote = self.list[number];
            let first = trees.partition_point(|t| t.sentence.span.end <= quote.span.start);
            let touched = (first..trees.len()).take_while(|&s| trees[s].sentence.span.start < quote.span.end);
            for s in touched.take(REACH) {
                if !found.contains(&s) {
                    found.push(s);
                }
            }
            let before = number.checked_sub(1).map(|n| self.list[n]);
            let goes_on = before.is_some_and(|b| b.block == quote.block || b.block + 1 == quote.block && b.open && quote.leads);
            match number.checked_sub(1).filter(|_| goes_on) {
                Some(previous) => number = previous,
                None => break,
            }
        }
        found
    }
}

/// Bytes in a quotation; what is longer is no quotation but a mark that was forgotten.
const LONGEST: u32 = 2_000;

/// Quotations and sentences that are looked through for a speaker.
const REACH: usize = 6;

/// Whose words each sentence is, where its main word stands in quotation marks; nobody elsewhere.
pub fn speakers(
    document: &Document,
    trees: &[Tree],
    propositions: &[Propositions],
    reference: &Reference,
    book: &Codebook,
) -> Vec<Vec<Who>> {
    let quotes = Quotes::read(document);
    let speaker = |s: usize| -> Option<Vec<Who>> {
        let start = |token: usize| trees[s].token(token).span.start;
        propositions[s].list.iter().find_map(|p| {
            let speaks = |f: &(u32, u32)| book.frames[f.0 as usize].speech;
            if quotes.contain(start(p.head)) || p.passive || !book.index().find(p.form, &p.lemma).iter().any(speaks) {
                return None;
            }
            let subjects = p.fillers("subj").filter(|a| !quotes.contain(start(a.token)));
            let found: Vec<Who> = subjects.flat_map(|a| reference.who(&trees[s], s, a.token)).collect();
            Some(found).filter(|found| !found.is_empty())
        })
    };
    let whose = |tree: &Tree| {
        let root = (0..tree.len()).find(|&t| tree.head(t).is_none())?;
        quotes.sources(trees, tree.token(root).span.start).into_iter().find_map(speaker)
    };
    if quotes.list.is_empty() { vec![Vec::new(); trees.len()] } else { trees.iter().map(|tree| whose(tree).unwrap_or_default()).collect() }
}
