//! What the net sees of a word: the word itself, its ends and its shape, each as a row of an embedding table.
//!
//! Rare and unknown words keep their suffixes, prefix and shape, which is what makes 'Ogossagou' a place-like name and 'recolonising' a
//! verb form (after Collobert et al. 2011, 'Natural language processing (almost) from scratch').

use crate::hash::{Table, hash};

/// How many features a token has.
pub const FEATURES: usize = 5;
/// The row of every table that stands for 'no token here'.
pub const PAD: u32 = 0;
/// The row of every table that stands for 'never seen'.
pub const UNKNOWN: u32 = 1;
/// The first row of a table that stands for something seen.
#[cfg(feature = "train")]
pub const FIRST: u32 = 2;

/// The word as the tables know it: lower case, digits as 0, typographic quotes and dashes as plain ones; at most 64 characters.
pub fn normalise(form: &str, out: &mut String) {
    out.clear();
    for c in form.chars().take(64) {
        match c {
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '0'..='9' => out.push('0'),
            _ if c.is_ascii() => out.push(c),
            '’' | '‘' | 'ʼ' | '`' | '´' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '–' | '—' | '‑' | '‐' | '−' => out.push('-'),
            '…' => out.push_str("..."),
            _ => out.extend(c.to_lowercase()),
        }
    }
}

/// The shape of a word: capitals X, small letters x, digits d, everything else itself; runs are cut to two, the whole to six.
pub fn shape(form: &str, out: &mut String) {
    out.clear();
    let (mut last, mut run, mut kept) = ('\0', 0, 0);
    for c in form.chars().take(64) {
        let class = match c {
            'a'..='z' => 'x',
            'A'..='Z' => 'X',
            '0'..='9' => 'd',
            _ if c.is_ascii() => c,
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_numeric() => 'd',
            '’' | '‘' => '\'',
            '–' | '—' => '-',
            '“' | '”' => '"',
            '…' => '.',
            _ => '*',
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 && kept < 6 {
            out.push(class);
            kept += 1;
        }
    }
}

/// The last `count` characters of `word`, or all of it.
pub fn ending(word: &str, count: usize) -> &str {
    word.char_indices().rev().nth(count - 1).map_or(word, |(at, _)| &word[at..])
}

/// The first `count` characters of `word`, or all of it.
pub fn beginning(word: &str, count: usize) -> &str {
    word.char_indices().nth(count).map_or(word, |(at, _)| &word[..at])
}

/// The hashes under which a word's five features are looked up: word, suffix of 3, suffix of 2, prefix of 3, shape.
pub fn hashes(form: &str, normal: &mut String, shaped: &mut String) -> [u64; FEATURES] {
    normalise(form, normal);
    shape(form, shaped);
    [
        hash(1, normal.as_bytes()),
        hash(2, ending(normal, 3).as_bytes()),
        hash(3, ending(normal, 2).as_bytes()),
        hash(4, beginning(normal, 3).as_bytes()),
        hash(5, shaped.as_bytes()),
    ]
}

/// The rows of a word's features.
pub fn rows(tables: &[Table; FEATURES], hashes: [u64; FEATURES]) -> [u32; FEATURES] {
    let mut rows = [UNKNOWN; FEATURES];
    for ((row, table), hash) in rows.iter_mut().zip(tables).zip(hashes) {
        *row = table.get(hash).unwrap_or(UNKNOWN);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_shapes_and_ends() {
        let mut out = String::new();
        normalise("Jama’at", &mut out);
        assert_eq!(out, "jama'at");
        normalise("12,000", &mut out);
        assert_eq!(out, "00,000");
        for (form, expected) in [("Sévaré", "Xxx"), ("MINUSMA", "XX"), ("12,000", "dd,dd"), ("al", "xx"), ("AK-47s", "XX-ddx")] {
            shape(form, &mut out);
            assert_eq!(out, expected);
        }
        assert_eq!(ending("Ménaka", 3), "aka");
        assert_eq!(ending("é", 3), "é");
        assert_eq!(beginning("Ménaka", 2), "Mé");
    }
}
