//! Simple HTML to text with its pieces: every element that is a block ends a piece.

use super::scan::{Mark, Scanner};
use crate::layout::{Hint, Piece};

/// Text and its pieces; two line feeds stand between two pieces.
#[derive(Debug, Default)]
pub struct Flat {
    /// The text.
    pub text: String,
    /// Where its pieces stand.
    pub pieces: Vec<Piece>,
}

/// Elements that do not end a piece.
const INLINE: [&str; 17] =
    ["wbr", "a", "time", "b", "i", "u", "em", "strong", "span", "small", "sup", "sub", "font", "mark", "abbr", "q", "cite"];

/// Flattens `html`; with `paragraphs_only` no text outside `p`, headings and list items is taken.
pub fn flatten(html: &str, paragraphs_only: bool) -> Flat {
    let mut writer = Writer { flat: Flat::default(), piece: String::new(), hint: Hint::None, broken: false, wanted: 0, preformatted: 0 };
    for mark in Scanner::new(html) {
        match mark {
            Mark::Text(text) if !paragraphs_only || writer.wanted > 0 => writer.text(&html_escape::decode_html_entities(text)),
            Mark::Text(_) | Mark::Raw { .. } => {}
            Mark::Open { name, .. } if name == "br" => writer.line_break(),
            Mark::Open { name, .. } if !INLINE.contains(&name.as_str()) => {
                writer.end();
                writer.enter(&name);
            }
            Mark::Close { name } if !INLINE.contains(&name.as_str()) => {
                writer.end();
                writer.leave(&name);
            }
            Mark::Open { .. } | Mark::Close { .. } => {}
        }
    }
    writer.end();
    writer.flat
}

struct Writer {
    flat: Flat,
    /// The piece under way, its white space collapsed.
    piece: String,
    hint: Hint,
    /// Whether a line break stands before what comes.
    broken: bool,
    /// How many elements are open whose text is wanted.
    wanted: usize,
    preformatted: usize,
}

impl Writer {
    fn enter(&mut self, name: &str) {
        self.wanted += usize::from(is_wanted(name));
        self.preformatted += usize::from(name == "pre");
        match name {
            "li" => self.hint = Hint::Item,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.hint = Hint::Heading,
            // A paragraph inside an item is the item's.
            "p" if self.hint == Hint::Item => {}
            _ => self.hint = Hint::None,
        }
    }

    fn leave(&mut self, name: &str) {
        self.wanted = self.wanted.saturating_sub(usize::from(is_wanted(name)));
        self.preformatted = self.preformatted.saturating_sub(usize::from(name == "pre"));
        if name != "p" || self.hint != Hint::Item {
            self.hint = Hint::None;
        }
    }

    fn text(&mut self, text: &str) {
        if self.preformatted == 0 {
            return self.words(text);
        }
        // Inside 'pre' an empty line parts paragraphs.
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 && line.trim().is_empty() {
                self.end();
            }
            if index > 0 {
                self.space();
            }
            self.words(line);
        }
    }

    /// Adds words, white space collapsed. A line break in mid-sentence is a space, any other parts pieces.
    fn words(&mut self, text: &str) {
        if self.broken
            && let Some(first) = text.trim_start().chars().next()
        {
            self.broken = false;
            if first.is_lowercase() && !crate::layout::ends_sentence(self.piece.trim_end()) {
                self.space();
            } else {
                let hint = self.hint;
                self.end();
                self.hint = hint;
            }
        }
        for c in text.chars() {
            if c.is_whitespace() {
                self.space();
            } else if !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
                self.piece.push(c);
            }
        }
    }

    fn space(&mut self) {
        if !self.piece.is_empty() && !self.piece.ends_with(' ') {
            self.piece.push(' ');
        }
    }

    fn line_break(&mut self) {
        if self.broken {
            let hint = self.hint;
            self.end();
            self.hint = hint;
        }
        self.broken = !self.piece.is_empty();
    }

    /// Writes the piece under way, if it says anything.
    fn end(&mut self) {
        self.broken = false;
        let words = self.piece.trim_end();
        if words.chars().any(char::is_alphanumeric) {
            if !self.flat.text.is_empty() {
                self.flat.text.push_str("\n\n");
            }
            let start = self.flat.text.len();
            self.flat.text.push_str(words);
            self.flat.pieces.push(Piece { at: start..self.flat.text.len(), hint: self.hint, blank_after: true });
        }
        self.piece.clear();
    }
}

fn is_wanted(name: &str) -> bool {
    matches!(name, "p" | "li" | "pre" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(html: &str, paragraphs_only: bool) -> Vec<(String, Hint)> {
        let flat = flatten(html, paragraphs_only);
        flat.pieces.iter().map(|piece| (flat.text[piece.at.clone()].to_owned(), piece.hint)).collect()
    }

    #[test]
    fn blocks_become_pieces() {
        let html = "<div> Loose <h2>The  toll</h2><p>Five\n <a href=x>were</a> killed&nbsp;&amp; hurt.</p><ul><li>One<li><p>Two</p></ul><hr></div>";
        let all = [
            ("Loose", Hint::None),
            ("The toll", Hint::Heading),
            ("Five were killed & hurt.", Hint::None),
            ("One", Hint::Item),
            ("Two", Hint::Item),
        ];
        let owned = |list: &[(&str, Hint)]| list.iter().map(|(text, hint)| (text.to_string(), *hint)).collect::<Vec<_>>();
        assert_eq!(pieces(html, false), owned(&all));
        assert_eq!(pieces(html, true), owned(&all[1..]));
    }

    #[test]
    fn line_breaks_part_sentences_and_not_words() {
        let texts = |html| pieces(html, false).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(
            texts("<p>Five were killed<br>in Gao.<br>Two fled.<br><br>and more</p>"),
            ["Five were killed in Gao.", "Two fled.", "and more"]
        );
        assert_eq!(texts("<pre>Five were\nkilled.\n\nTwo fled.</pre>"), ["Five were killed.", "Two fled."]);
    }
}
