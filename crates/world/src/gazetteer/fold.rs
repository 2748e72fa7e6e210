//! The form of a name under which it is looked up: what newspapers, gazetteers and keyboards disagree on is taken off.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds a name: case, diacritics, hyphens (to a space), apostrophes and full stops (to nothing), a leading 'the', 'St' for 'Saint'.
///
/// Names in Latin script fold to lower-case ASCII words between single spaces; letters of other scripts stay as they are.
pub fn fold(name: &str) -> String {
    let mut flat = String::with_capacity(name.len());
    for c in name.nfkd() {
        match c {
            _ if is_combining_mark(c) => {}
            '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`' | '´' | '.' => {}
            'A'..='Z' => flat.push(c.to_ascii_lowercase()),
            'a'..='z' | '0'..='9' => flat.push(c),
            _ if c.is_alphanumeric() => c.to_lowercase().for_each(|c| push_plain(&mut flat, c)),
            _ => flat.push(' '),
        }
    }
    let mut folded = String::with_capacity(flat.len());
    for word in flat.split_ascii_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(if word == "st" { "saint" } else { word });
    }
    match folded.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => folded,
    }
}

/// Adds a lower-case letter, in ASCII where Latin orthographies have an accepted plain form for it.
fn push_plain(out: &mut String, c: char) {
    match c {
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        'ø' | 'ɔ' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' | 'ɗ' => out.push('d'),
        'ɓ' => out.push('b'),
        'ı' => out.push('i'),
        'ɛ' | 'ə' | 'ǝ' => out.push('e'),
        'ŋ' | 'ɲ' => out.push('n'),
        'ħ' => out.push('h'),
        'ƙ' => out.push('k'),
        'ƴ' => out.push('y'),
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (left, right) in [
            ("Sévaré", "SEVARE"),
            ("Tillabéri", "Tillaberi"),
            ("N’Djamena", "N'Djamena"),
            ("N'Djamena", "Ndjamena"),
            ("Guinea-Bissau", "Guinea Bissau"),
            ("the Gambia", "Gambia"),
            ("St. Petersburg", "Saint Petersburg"),
            ("U.S.", "US"),
            ("Łódź", "Lodz"),
            ("Al-Qāʾim", "al Qaim"),
        ] {
            assert_eq!(fold(left), fold(right), "{left} and {right}");
        }
        assert_ne!(fold("Niger"), fold("Nigeria"));
        assert_eq!(fold("The"), "the");
    }
}
