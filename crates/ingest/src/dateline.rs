//! The dateline, told by its form alone: place, date, agency in brackets, and a dash or a colon.

use crate::dates::{self, Written};
use std::ops::Range;

/// A dateline at the start of a text, in bytes from that start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// One past the dash or colon.
    pub end: usize,
    /// The first place's name: 'GOMA' of 'GOMA, DR Congo'.
    pub place: Option<Range<usize>>,
    /// The day.
    pub date: Option<Written>,
}

/// A dateline is over within this many bytes.
const LONGEST: usize = 140;

/// What ends a dateline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dash,
    Colon,
    /// The paragraph's end: the dateline stands on a line of its own.
    End,
}

/// The dateline that `text` opens with.
///
/// A date or an agency in brackets makes sure. A bare place needs a dash, a capital behind it and no second dash in the sentence: 'MINUSMA –
/// the mission – said' opens with an apposition.
pub fn find(text: &str) -> Option<Found> {
    let first = text.chars().next()?;
    if !(first.is_uppercase() || first.is_ascii_digit()) {
        return None;
    }
    let head = prefix(text, LONGEST);
    marks(head, text.len()).find_map(|(at, end, mark)| {
        let parts = parse(&head[..at])?;
        if let (Mark::Dash, None, Some((behind, date))) = (mark, parts.date, day_behind(&text[end..])) {
            return Some(Found { end: end + behind, place: parts.place, date: Some(date) });
        }
        let sure = parts.date.is_some() || parts.agency;
        let fits = match mark {
            Mark::Dash => sure || bare_place_fits(&head[..at], &parts, &text[end..]),
            Mark::Colon => parts.date.is_some() || parts.agency && parts.upper,
            Mark::End => parts.date.is_some() && parts.place.is_some() || parts.agency && parts.upper,
        };
        fits.then_some(Found { end, place: parts.place, date: parts.date })
    })
}

/// 'KYIV, Ukraine - 3 June 2025. Russia launched …': the day behind the dash, and where the words after it begin.
fn day_behind(text: &str) -> Option<(usize, Written)> {
    let near = prefix(text, LONGEST / 2);
    let (at, mark) = near.char_indices().find(|(at, c)| {
        let spaced = near[at + c.len_utf8()..].starts_with(char::is_whitespace);
        matches!(c, '–' | '—') || spaced && matches!(c, '.' | ':' | '-')
    })?;
    Some((at + mark.len_utf8(), dated(near[..at].trim())?))
}

fn prefix(text: &str, longest: usize) -> &str {
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Where a dateline could end: start and end of the mark, in order.
fn marks(head: &str, whole: usize) -> impl Iterator<Item = (usize, usize, Mark)> + '_ {
    let inner = head.char_indices().filter_map(|(at, c)| {
        let rest = &head[at + c.len_utf8()..];
        let spaced = head[..at].ends_with(char::is_whitespace) || head[..at].ends_with(')');
        match c {
            '–' | '—' | '―' => Some((at, at + c.len_utf8(), Mark::Dash)),
            '-' if rest.starts_with('-') => {
                let length = head[at..].chars().take_while(|&c| c == '-').count();
                Some((at, at + length, Mark::Dash))
            }
            '-' if spaced && rest.starts_with(char::is_whitespace) => Some((at, at + 1, Mark::Dash)),
            ':' if rest.is_empty() || rest.starts_with(char::is_whitespace) => Some((at, at + 1, Mark::Colon)),
            _ => None,
        }
    });
    inner.chain((head.len() == whole).then_some((whole, whole, Mark::End)))
}

/// The parts of a dateline before its mark.
struct Parts {
    place: Option<Range<usize>>,
    date: Option<Written>,
    agency: bool,
    /// Whether the place is in capitals.
    upper: bool,
}

fn parse(head: &str) -> Option<Parts> {
    let (mut date, mut agency) = (None, false);
    let mut body = 0..head.len();
    if let Some(open) = head.find('(') {
        let close = open + head[open..].find(')')?;
        let inner = head[open + 1..close].trim();
        if let Some(found) = dated(inner) {
            date = Some(found);
        } else if is_agency(inner) {
            agency = true;
        } else {
            return None;
        }
        let behind = head[close + 1..].trim_start_matches([' ', ',']);
        if behind.is_empty() {
            body.end = open;
        } else {
            // 'BAMAKO (Wire), 3 May': the date stands behind the agency.
            date = Some(dated(behind).filter(|_| date.is_none())?);
            body.end = open;
        }
    }
    let body = trimmed(head, body);
    let place = if date.is_some() {
        body
    } else {
        let (place, found) = split_date(head, body)?;
        date = found;
        place
    };
    let words = &head[place.clone()];
    if words.is_empty() {
        // 'May 3 (Wire) -' names no place.
        return (date.is_some() && agency).then_some(Parts { place: None, date, agency, upper: true });
    }
    let names: Vec<&str> = words.split(',').collect();
    if names.len() > 3 || !names.iter().all(|name| is_place(name.trim())) {
        return None;
    }
    let first = names[0].split('/').next()?.trim_end();
    let upper = first.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !first.chars().any(char::is_lowercase);
    Some(Parts { place: Some(place.start..place.start + first.len()), date, agency, upper })
}

/// Parts words into place and date, in either order; no date is all right.
fn split_date(head: &str, body: Range<usize>) -> Option<(Range<usize>, Option<Written>)> {
    let words = &head[body.clone()];
    let starts =
        words.char_indices().filter(|&(at, c)| !c.is_whitespace() && (at == 0 || words[..at].ends_with([' ', ',', '\u{a0}', '\n'])));
    for (at, _) in starts {
        if let Some(date) = dated(&words[at..]) {
            return Some((trimmed(head, body.start..body.start + at), Some(date)));
        }
    }
    for (at, _) in words.match_indices(',') {
        if let Some(date) = dated(&words[..at]) {
            return Some((trimmed(head, body.start + at + 1..body.end), Some(date)));
        }
    }
    Some((body, None))
}

fn dated(words: &str) -> Option<Written> {
    dates::read(words).filter(|written| *written != Written::Ambiguous)
}

fn trimmed(head: &str, range: Range<usize>) -> Range<usize> {
    let space = |c: char| c.is_whitespace() || c == ',';
    let words = &head[range.clone()];
    let front = words.len() - words.trim_start_matches(space).len();
    let end = range.start + words.trim_end_matches(space).len();
    (range.start + front).min(end.max(range.start))..end.max(range.start)
}

/// 'Wire', 'Wire/Agency', 'Sahel News Agency'.
fn is_agency(words: &str) -> bool {
    let fits = |c: char| c.is_alphabetic() || " /&-.'’".contains(c);
    words.len() <= 50 && words.starts_with(char::is_uppercase) && words.split_whitespace().count() <= 5 && words.chars().all(fits)
}

/// Small words inside places' names.
const INSIDE: [&str; 13] = ["de", "da", "du", "des", "la", "le", "el", "al", "of", "the", "and", "sur", "es"];

/// Whether words have the form of a place's name.
fn is_place(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let named = |word: &str| word.starts_with(char::is_uppercase) || INSIDE.contains(&word);
    let fits = |c: char| c.is_alphabetic() || c.is_whitespace() || ".-'’/".contains(c);
    (1..=5).contains(&count)
        && words.len() <= 60
        && words.starts_with(char::is_uppercase)
        && words.chars().all(fits)
        && words.split_whitespace().all(|word| named(word) && !dates::is_calendar_word(word))
}

/// Whether a place without date and agency is a dateline by what follows the dash.
fn bare_place_fits(place: &str, parts: &Parts, after: &str) -> bool {
    let after = after.trim_start();
    let short = place.split_whitespace().count() <= if parts.upper { 5 } else { 2 };
    let opens = after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"'“‘«".contains(c));
    let sentence = prefix(after, 600).split(". ").next().unwrap_or(after);
    let dash_again = sentence.contains(['–', '—']) || sentence.contains(" - ") || sentence.contains("--");
    short && opens && !dash_again
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Checks a dateline: the text's start, what is its place and its date.
    fn check(text: &str, dateline: &str, place: &str, written: Option<Written>) {
        let found = find(text).unwrap_or_else(|| panic!("no dateline in {text}"));
        assert_eq!(&text[..found.end], dateline);
        assert_eq!(found.place.map_or("", |at| &text[at]), place);
        assert_eq!(found.date, written);
    }

    #[test]
    fn the_forms_of_a_dateline() {
        let may = Some(Written::NoYear { month: 5, day: 3 });
        let whole = Some(Written::Day(date(2024, 5, 3)));
        check("BAMAKO, 3 May (Wire) - The army said", "BAMAKO, 3 May (Wire) -", "BAMAKO", may);
        check("NAIROBI (Agency) — The army said", "NAIROBI (Agency) —", "NAIROBI", None);
        check("GOMA, DR Congo, May 3, 2024 – The army said", "GOMA, DR Congo, May 3, 2024 –", "GOMA", whole);
        check("Geneva, 3 May 2024: the council met", "Geneva, 3 May 2024:", "Geneva", whole);
        check("NEW YORK - The council met", "NEW YORK -", "NEW YORK", None);
        check("Bamako — The army said", "Bamako —", "Bamako", None);
        check("PORT-AU-PRINCE, Haiti (AP) -- Police said", "PORT-AU-PRINCE, Haiti (AP) --", "PORT-AU-PRINCE", None);
        check("LONDON/BAMAKO, May 3 (Wire) - The", "LONDON/BAMAKO, May 3 (Wire) -", "LONDON", may);
        check("May 3 (Wire) - The army said", "May 3 (Wire) -", "", may);
        check("GAO (3 May 2024) – The army", "GAO (3 May 2024) –", "GAO", whole);
        check("GAO (Wire), May 3 – The army", "GAO (Wire), May 3 –", "GAO", may);
        check("3 May 2024, Gao – The army", "3 May 2024, Gao –", "Gao", whole);
        check("KYIV, Ukraine - 3 May 2024. Russia launched", "KYIV, Ukraine - 3 May 2024.", "KYIV", whole);
        check("Kyiv — May 3: Russia launched", "Kyiv — May 3:", "Kyiv", may);
        check("Ménaka, 3 May 2024", "Ménaka, 3 May 2024", "Ménaka", whole);
        check("BOGOTA, 27 APR 89 (EFE) -- THE ARMY", "BOGOTA, 27 APR 89 (EFE) --", "BOGOTA", Some(Written::Day(date(1989, 4, 27))));
    }

    #[test]
    fn sentences_are_no_datelines() {
        for text in [
            "MINUSMA – the mission in Mali – said it would leave.",
            "Wagner — Russia's company — said it would leave.",
            "MALI has told the UN that its 12,000 peacekeepers need to leave - now.",
            "Mali: the army said",
            "On Friday - The army",
            "Monday - The army said",
            "AL-QAEDA claimed the attack",
            "Russia (and China) - they said",
            "3 May was calm - The army said",
            "",
            "é",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
