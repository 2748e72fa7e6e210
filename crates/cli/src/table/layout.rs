//! Text for a terminal: cleaned, wrapped and cut at the borders of words.

use textwrap::{Options, WordSplitter, WrapAlgorithm};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns words take.
pub fn width(words: &str) -> usize {
    words.width()
}

/// Words of a report as they may stand on a terminal: no control character and no mark that turns the direction of writing gets through, and
/// white space of any kind is one space.
pub fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            c if c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}') => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
    out
}

/// Words in lines of at most `room` columns, the first after `first`, the others after `rest`. A word longer than a line is broken.
pub fn fill(words: &str, room: usize, first: &str, rest: &str) -> Vec<String> {
    let options = Options::new(room.max(1))
        .initial_indent(first)
        .subsequent_indent(if width(rest) * 2 < room { rest } else { "" })
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(words, options).into_iter().map(|line| line.into_owned()).collect()
}

/// Words cut to `room` columns at the borders of words, around the column `heart`, which stays to be seen; `…` stands for what is left out.
pub fn cut(words: &str, heart: usize, room: usize) -> String {
    if width(words) <= room {
        return words.to_owned();
    }
    let room = room.max(8);
    // The end of the words is not to be left out for nothing.
    let late = (width(words) + 1).saturating_sub(room);
    let start = if heart + room / 4 < room { 0 } else { heart.saturating_sub(room / 3).min(late) };
    let (mut out, mut rest) = (String::new(), words);
    if start > 0 {
        out.push('…');
        rest = words.get(byte_at(words, start)..).unwrap_or("");
        // The rest of a word that begins before the cut goes with it.
        if let Some(space) = rest.find(' ').filter(|&at| width(&rest[..at]) < room / 3) {
            rest = &rest[space + 1..];
        }
    }
    let left = room - width(&out);
    if width(rest) <= left {
        out.push_str(rest);
        return out;
    }
    let end = byte_at(rest, left - 1);
    let kept = &rest[..end];
    let whole = if rest[end..].starts_with(' ') {
        kept
    } else {
        kept.rfind(' ').filter(|&at| width(&kept[..at]) * 2 > left).map_or(kept, |at| &kept[..at])
    };
    out.push_str(whole.trim_end_matches([' ', ',', ';', ':']));
    out.push('…');
    out
}

/// The byte before which at most `columns` columns stand.
fn byte_at(words: &str, columns: usize) -> usize {
    let mut used = 0;
    for (at, c) in words.char_indices() {
        used += c.width().unwrap_or(0);
        if used > columns {
            return at;
        }
    }
    words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\u{7}"), "a\u{fffd}[31mb\u{fffd}");
        assert_eq!(plain("a\r\n  b\u{a0}\tc"), "a b c");
        assert_eq!(plain("\u{202e}txt"), "\u{fffd}txt");
    }

    #[test]
    fn cuts_keep_to_words_to_room_and_to_the_heart() {
        let words = "Niger's military rulers told France on Friday to withdraw its 1,500 soldiers by December";
        assert_eq!(cut(words, 0, 200), words);
        assert_eq!(cut(words, 24, 40), "Niger's military rulers told France on…");
        let late = cut(words, words.find("withdraw").unwrap(), 40);
        assert!(late.starts_with('…') && late.contains("withdraw") && late.ends_with('…'), "{late}");
        for room in 8..120 {
            for heart in [0, 30, 60, 88] {
                assert!(width(&cut(words, heart, room)) <= room, "{room} {heart}");
                assert!(width(&cut(&"字".repeat(60), heart, room)) <= room);
                assert!(width(&cut(&"e\u{301}🕊".repeat(60), heart, room)) <= room);
            }
        }
    }

    #[test]
    fn lines_keep_to_their_room() {
        for line in fill(&"Jama'at Nusrat al-Islam wal-Muslimin https://example.org/a-very-long-address ".repeat(3), 20, "", "  ") {
            assert!(width(&line) <= 20, "{line}");
        }
    }
}
