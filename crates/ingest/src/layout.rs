//! Text to pieces: which lines belong together.
//!
//! Three ways of setting paragraphs are met: blank lines between them, each on a line of its own, and lines broken by hand at some column.
//! Only the third needs lines joined, and it gives itself away: lines go on in lower case, and a line ends where the next word would not
//! have fitted. Joining too little would cut sentences; joining two whole sentences costs nothing. So doubt joins lines inside a sentence
//! and parts lines at its end.

use crate::{dateline, forms};
use std::ops::Range;

/// What the layout alone says of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Nothing.
    None,
    /// It stood behind a bullet or a number.
    Item,
    /// It was marked as a heading.
    Heading,
    /// It was marked as the report's title.
    Headline,
}

/// A stretch of text that is one unit, trimmed, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub at: Range<usize>,
    /// What the layout says of it.
    pub hint: Hint,
    /// Whether a blank line or the text's end follows.
    pub blank_after: bool,
}

/// No one breaks lines by hand wider than this many characters.
const WIDEST: usize = 120;
/// Below this many characters a column says nothing: lists and verse.
const NARROWEST: usize = 45;
/// A line shorter than this that goes on in lower case is a list's, not a sentence's.
const SENTENCE: usize = 30;
/// Datelines stand within this many lines of the start.
const HEAD: usize = 15;

struct Line {
    at: Range<usize>,
    indent: usize,
    width: usize,
}

/// The pieces of a plain text, in order, not overlapping. One pass to find the column, one to join; linear in the text.
pub fn pieces(text: &str) -> Vec<Piece> {
    let caseless = is_caseless(text);
    let mut joiner = Joiner { text, caseless, column: column(text, caseless), pieces: Vec::new(), previous: None, seen: 0 };
    for line in Lines::new(text) {
        joiner.take(line);
    }
    joiner.blank();
    joiner.pieces
}

/// Walks a text's lines, whatever ends them.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Lines { text, at: 0 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.at >= self.text.len() {
            return None;
        }
        let rest = &self.text[self.at..];
        let end = rest.find(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']);
        let line = &rest[..end.unwrap_or(rest.len())];
        let start = self.at;
        self.at += line.len();
        if end.is_some() {
            let tail = &self.text[self.at..];
            self.at += if tail.starts_with("\r\n") { 2 } else { tail.chars().next().map_or(0, char::len_utf8) };
        }
        let front = line.len() - line.trim_start_matches(is_space).len();
        let words = line.trim_matches(is_space);
        let at = start + front..start + front + words.len();
        // A width beyond the widest column is as good as any other.
        let width = if words.is_empty() { 0 } else { words.chars().take(WIDEST + 1).count() };
        Some(Line { at, indent: if words.is_empty() { 0 } else { line[..front].chars().count() }, width })
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0')
}

/// Whether a text is in capitals throughout, as cables and old wires are: then case tells nothing of where a sentence goes on.
fn is_caseless(text: &str) -> bool {
    let count = |kind: fn(&u8) -> bool| text.bytes().filter(kind).count();
    count(u8::is_ascii_lowercase) * 20 < count(u8::is_ascii_uppercase)
}

/// The column at which lines were broken by hand, if they were.
fn column(text: &str, caseless: bool) -> Option<usize> {
    let mut counts = [0usize; WIDEST + 2];
    let mut continued = 0;
    let mut pairs = 0;
    let mut previous: Option<Line> = None;
    for line in Lines::new(text) {
        if line.width == 0 {
            previous = None;
            continue;
        }
        counts[line.width] += 1;
        if let Some(before) = previous
            && (SENTENCE..=WIDEST).contains(&before.width)
        {
            pairs += 1;
            continued += usize::from(goes_on(&text[before.at], &text[line.at.clone()], caseless));
        }
        previous = Some(line);
    }
    let lines: usize = counts.iter().sum();
    let long = counts[WIDEST + 1];
    // In capitals every line without a full stop seems to go on; where none was broken, most have one.
    if continued == 0 || long * 10 > lines || caseless && continued * 2 < pairs {
        return None;
    }
    // A few lines stick out of any column: links, tables.
    let mut wider = 0;
    let column = (0..=WIDEST).rev().find(|&width| {
        wider += counts[width];
        wider * 50 > lines
    })?;
    (column >= NARROWEST).then_some(column)
}

/// Whether a line is no sentence's end and the next starts in lower case, where case is told.
fn goes_on(line: &str, next: &str, caseless: bool) -> bool {
    !ends_sentence(line) && next.chars().next().is_some_and(|first| first.is_lowercase() || caseless && first.is_alphanumeric())
}

/// Whether the last mark closes a sentence, quotation marks and brackets aside.
pub fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?', ':', '…'])
}

struct Joiner<'t> {
    text: &'t str,
    caseless: bool,
    column: Option<usize>,
    pieces: Vec<Piece>,
    /// The line before, unless it was blank, with its mark's indent if it began an item, and whether it takes no further line.
    previous: Option<(Line, bool)>,
    /// Lines with text so far.
    seen: usize,
}

impl Joiner<'_> {
    fn take(&mut self, line: Line) {
        let words = &self.text[line.at.clone()];
        if !words.chars().any(char::is_alphanumeric) {
            // Rules and rows of stars part what they stand between.
            return self.blank();
        }
        self.seen += 1;
        let alone = forms::stands_alone(words) && !self.continues(words);
        if let Some((hint, length)) = self.mark(words, alone) {
            self.pieces.push(Piece { at: line.at.start + length..line.at.end, hint, blank_after: false });
            self.previous = Some((line, hint != Hint::Item));
        } else if self.joins(&line, words, alone) {
            if let Some(piece) = self.pieces.last_mut() {
                piece.at.end = line.at.end;
            }
            self.previous = Some((line, false));
        } else {
            self.pieces.push(Piece { at: line.at.clone(), hint: Hint::None, blank_after: false });
            self.previous = Some((line, alone));
        }
    }

    fn blank(&mut self) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.blank_after = true;
        }
        self.previous = None;
    }

    /// The kind and length of the mark that `words` start with, if it marks something here.
    fn mark(&self, words: &str, alone: bool) -> Option<(Hint, usize)> {
        if let Some(length) = heading_mark(words) {
            return Some((Hint::Heading, length));
        }
        let (length, weak) = item_mark(words)?;
        let Some((previous, _)) = &self.previous else { return (!alone).then_some((Hint::Item, length)) };
        let before = &self.text[previous.at.clone()];
        let in_list = self.pieces.last().is_some_and(|piece| piece.hint == Hint::Item);
        let fresh = in_list || ends_sentence(before) || before.ends_with([';', ',']) && !self.is_full(previous, words);
        (fresh || !weak && !self.is_full(previous, words)).then_some((Hint::Item, length))
    }

    /// Whether a line carries on the piece before it.
    fn joins(&self, line: &Line, words: &str, alone: bool) -> bool {
        let Some((previous, closed)) = &self.previous else { return false };
        let before = &self.text[previous.at.clone()];
        if *closed || self.seen <= HEAD && dateline::find(words).is_some() {
            return false;
        }
        if alone {
            return false;
        }
        let indented = line.indent > previous.indent;
        if self.pieces.last().is_some_and(|piece| piece.hint == Hint::Item) && indented {
            return true;
        }
        if ends_sentence(before) { !indented && self.is_full(previous, words) } else { self.continues(words) }
    }

    /// Whether the line before breaks off inside a sentence that goes on with `words`.
    fn continues(&self, words: &str) -> bool {
        let Some((previous, false)) = &self.previous else { return false };
        let before = &self.text[previous.at.clone()];
        // In capitals any two lines seem to be one sentence, so there only broken lines are.
        let long = self.column.is_some() || previous.width >= SENTENCE && !self.caseless;
        let tells = long && previous.width <= WIDEST && goes_on(before, words, self.caseless);
        !ends_sentence(before) && (tells || self.is_full(previous, words))
    }

    /// Whether the first word of the next line would not have fitted behind `line`.
    fn is_full(&self, line: &Line, next: &str) -> bool {
        let Some(column) = self.column.filter(|_| line.width <= WIDEST) else { return false };
        let word = next.split_whitespace().next().map_or(0, |word| word.chars().take(WIDEST).count());
        line.width + 1 + word > column
    }
}

/// Markdown's '## '.
fn heading_mark(words: &str) -> Option<usize> {
    let rest = words.trim_start_matches('#');
    let marks = words.len() - rest.len();
    let text = rest.trim_start();
    ((1..=6).contains(&marks) && rest.starts_with([' ', '\t']) && !text.is_empty()).then(|| words.len() - text.len())
}

/// The length of a bullet or number with the space behind it, and whether it is weak: it could be a dash or a number inside a sentence.
fn item_mark(words: &str) -> Option<(usize, bool)> {
    let first = words.chars().next()?;
    let (mark, weak) = match first {
        // Rows of stars before a paragraph are one mark.
        _ if is_bullet(first) => (words.len() - words.trim_start_matches(|c| is_bullet(c) || c == ' ').len(), false),
        '–' | '—' => (first.len_utf8(), true),
        '(' => (words.find(')').filter(|&end| is_number(&words[1..end]))? + 1, false),
        _ => {
            let end = words.find(['.', ')']).filter(|&end| is_number(&words[..end]))?;
            // 'A. Diallo' is a name.
            if words.as_bytes()[end] == b'.' && !first.is_ascii_digit() {
                return None;
            }
            (end + 1, true)
        }
    };
    let rest = words[mark..].trim_start_matches(is_space);
    let spaced = words.len() - rest.len() > mark || words[..mark].ends_with(' ');
    (spaced && rest.chars().any(char::is_alphanumeric)).then(|| (words.len() - rest.len(), weak))
}

fn is_bullet(c: char) -> bool {
    matches!(c, '-' | '*' | '•' | '◦' | '▪' | '‣' | '·' | '●' | '○' | '■' | '□' | '►' | '➢' | '\u{f0b7}')
}

/// '12', 'b', 'iv'.
fn is_number(words: &str) -> bool {
    let digits = (1..=3).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_digit());
    let letter = words.len() == 1 && words.bytes().all(|b| b.is_ascii_alphabetic());
    digits || letter || (2..=4).contains(&words.len()) && words.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}
