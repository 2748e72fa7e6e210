//! Lines that speak of the report and not of the world: bylines, dates of publication, sources, copyright. Told by their form.

use crate::dates::{self, Written};

/// What a line at the head or foot of a report gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The day of publication.
    Date,
    /// A day of change, which serves where no day of publication is given.
    Updated,
    /// Who published it.
    Publisher,
    /// Its headline.
    Title,
    /// Its link.
    Url,
    /// Who wrote it: nothing that is kept.
    Author,
}

/// A line longer than this many bytes is running text.
const LONGEST: usize = 300;

/// Names of fields as they are written before a colon.
const KEYS: [(&str, Key); 27] = [
    ("date", Key::Date),
    ("date published", Key::Date),
    ("date of publication", Key::Date),
    ("publication date", Key::Date),
    ("published", Key::Date),
    ("published on", Key::Date),
    ("published at", Key::Date),
    ("first published", Key::Date),
    ("posted", Key::Date),
    ("posted on", Key::Date),
    ("issued", Key::Date),
    ("issued on", Key::Date),
    ("release date", Key::Date),
    ("updated", Key::Updated),
    ("updated on", Key::Updated),
    ("last updated", Key::Updated),
    ("last modified", Key::Updated),
    ("source", Key::Publisher),
    ("publisher", Key::Publisher),
    ("publication", Key::Publisher),
    ("title", Key::Title),
    ("headline", Key::Title),
    ("url", Key::Url),
    ("link", Key::Url),
    ("author", Key::Author),
    ("authors", Key::Author),
    ("byline", Key::Author),
];

/// A field that a line gives, and its value's words.
pub fn field(line: &str) -> Option<(Key, &str)> {
    if line.len() > LONGEST {
        return None;
    }
    // Most lines of a long text are none of these, and this is all that is looked at of them.
    if !line.bytes().any(|b| b == b':' || b.is_ascii_digit()) {
        return None;
    }
    labelled(line)
        .or_else(|| announced(line))
        .or_else(|| period(line))
        .or_else(|| covered(line))
        .or_else(|| bare_date(line).or_else(|| issue(line)).map(|value| (Key::Date, value)))
}

/// Words about a report that stand before its date.
const ABOUT: [&str; 38] = [
    "this",
    "story",
    "article",
    "report",
    "was",
    "is",
    "from",
    "on",
    "published",
    "posted",
    "first",
    "originally",
    "issued",
    "press",
    "release",
    "statement",
    "situation",
    "as",
    "of",
    "no",
    "dated",
    "daily",
    "weekly",
    "monthly",
    "news",
    "briefing",
    "bulletin",
    "update",
    "the",
    "summary",
    "highlights",
    "digest",
    "flash",
    "sitrep",
    "snapshot",
    "security",
    "humanitarian",
    "media",
];

/// 'This story is from March 10, 2002', 'Situation report No. 12, 3 May 2023': nothing but words about the report, and a day.
fn issue(line: &str) -> Option<&str> {
    let about = |word: &str| ABOUT.iter().any(|known| known.eq_ignore_ascii_case(word));
    if line.len() > 120 || !line.split([' ', ',']).next().is_some_and(about) {
        return None;
    }
    let starts = line.match_indices([' ', ',']).map(|(at, _)| line[at..].trim_start_matches([' ', ',', ':']));
    let mut days = starts.filter(|rest| matches!(dates::read(rest), Some(Written::Day(_))));
    let day = days.next()?;
    let before = line[..line.len() - day.len()].split([' ', ',', ':', '.', '#']).filter(|word| !word.is_empty());
    let number = |word: &str| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    before.into_iter().all(|word| number(word) || about(word)).then_some(day)
}

/// How the stretch of days is called that a bulletin covers.
const PERIODS: [&str; 7] =
    ["reporting period", "period covered", "period under review", "covering period", "covering the period", "period", "week ending"];

/// Words in the title of a bulletin that comes every few days.
const BULLETINS: [&str; 8] = ["update", "bulletin", "sitrep", "situation report", "briefing", "digest", "snapshot", "overview"];

/// 'Weekly protection update, 4-10 September 2023': a bulletin's title that ends in the days that it covers.
fn covered(line: &str) -> Option<(Key, &str)> {
    let lower = line.to_lowercase();
    if line.len() > 120 || !BULLETINS.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let (before, last) = line.rsplit_once(['-', '–', '—'])?;
    let ranged =
        before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c.is_alphabetic()) && before.contains(|c: char| c.is_ascii_digit());
    let day = last.trim().trim_end_matches([')', '.']);
    (ranged && matches!(dates::read(day), Some(Written::Day(_)))).then_some((Key::Updated, day))
}

/// 'Reporting period: 1-7 August 2024': a bulletin that gives no other day was written at the end of what it covers.
fn period(line: &str) -> Option<(Key, &str)> {
    let rest = PERIODS.iter().find_map(|name| after(line, name))?;
    if line.len() > 120 || !rest.starts_with([':', '(', '-', '–']) && !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let marks = [' ', ',', ':', '-', '–', '—'];
    let starts = rest.match_indices(marks).map(|(at, mark)| rest[at + mark.len()..].trim_end_matches([')', '.'])).chain([rest]);
    starts
        .filter(|words| matches!(dates::read(words), Some(Written::Day(_))))
        .min_by_key(|words| words.len())
        .map(|day| (Key::Updated, day))
}

/// 'Source: …', 'Date: 3 May 2023'.
fn labelled(line: &str) -> Option<(Key, &str)> {
    let (name, value) = line.split_once(':')?;
    let value = value.trim();
    let key = KEYS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim()))?.1;
    let fits = match key {
        Key::Date | Key::Updated => dates::read(value).is_some(),
        // A sentence after a colon is text: 'Source: the army said that …'.
        Key::Publisher | Key::Author => !value.is_empty() && value.len() <= 100 && !value.ends_with(['.', '?', '!']),
        Key::Url => value.contains("://") && !value.contains(' '),
        Key::Title => !value.is_empty(),
    };
    fits.then_some((key, value))
}

/// 'Published 3 May 2023', 'Posted on May 3, 2023'.
fn announced(line: &str) -> Option<(Key, &str)> {
    KEYS.iter().filter(|(_, key)| matches!(key, Key::Date | Key::Updated)).find_map(|&(name, key)| {
        let head = line.get(..name.len())?;
        let value = line[name.len()..].strip_prefix([' ', '\t', '\u{a0}'])?.trim();
        (head.eq_ignore_ascii_case(name) && dates::read(value).is_some()).then_some((key, value))
    })
}

/// A line that is a whole day, or has one between strokes: 'Wire | 3 May 2023'.
fn bare_date(line: &str) -> Option<&str> {
    let is_day = |words: &str| matches!(dates::read(words), Some(Written::Day(_)));
    if is_day(line) {
        return Some(line);
    }
    let parts = || line.split(['|', '·', '•']).map(str::trim);
    if parts().count() < 2 {
        return None;
    }
    parts().find_map(|part| if is_day(part) { Some(part) } else { announced(part).map(|(_, value)| value) })
}

/// A line without the brackets and dashes before it.
fn bare(line: &str) -> &str {
    line.trim_start_matches(['(', '[', '*', '-', '–', '—', ' '])
}

/// What follows `words` at a line's start, in any case.
fn after<'l>(line: &'l str, words: &str) -> Option<&'l str> {
    let head = line.get(..words.len())?;
    head.eq_ignore_ascii_case(words).then(|| line[words.len()..].trim_start())
}

/// Whether a line says who reported or owns the report, in words that no sentence has: 'Reporting by …', '© …', '(Wire)'.
pub fn is_credit(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let open = bare(line);
    let credited = ["reporting by ", "additional reporting by ", "editing by ", "additional reporting and ", "writing by "];
    if credited.iter().any(|words| after(open, words).is_some_and(|rest| rest.starts_with(char::is_uppercase))) {
        return true;
    }
    let owned = after(open, "copyright").is_some_and(|rest| rest.starts_with(['©', '(', '2', '1'])) || line.starts_with('©');
    let dated_c = line.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("(c)")) && line[3..].trim_start().starts_with(['1', '2']);
    owned
        || dated_c
        || ["All rights reserved", "ALL RIGHTS RESERVED", "all rights reserved"].iter().any(|words| line.contains(words))
        || is_agency(line)
}

/// Whether a line is 'By …' and names. In capitals a sentence's line can look the same ('BY THE REBELS'), so it counts at head and foot alone.
pub fn is_authorship(line: &str) -> bool {
    let authored =
        ["by ", "written by ", "edited by ", "compiled by ", "translated by ", "story by ", "photo by ", "photo: ", "photograph: "];
    let open = bare(line);
    line.len() <= LONGEST && authored.iter().any(|words| after(open, words).is_some_and(are_names))
}

/// '(Wire)', '(Wire/Agency)': nothing but capitalised words in brackets.
fn is_agency(line: &str) -> bool {
    let Some(inner) = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return false };
    let mut words = inner.split_whitespace();
    let count = inner.split_whitespace().count();
    (1..=4).contains(&count)
        && words.all(|word| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "/&-".contains(c)))
}

/// Small words that stand between names and offices in a byline.
const BETWEEN: [&str; 24] = [
    "and",
    "in",
    "of",
    "for",
    "de",
    "du",
    "la",
    "le",
    "el",
    "al",
    "van",
    "von",
    "bin",
    "ibn",
    "the",
    "with",
    "at",
    "our",
    "correspondent",
    "reporter",
    "staff",
    "writer",
    "editor",
    "agencies",
];

/// Whether words are names of persons and what joins them, and no sentence: 'John Smith and Awa Diallo in Gao'.
fn are_names(words: &str) -> bool {
    let words = words.trim_end_matches([')', ']']);
    let mut count = 0;
    for word in words.split([' ', ',', ';', '|', '/', '\t', '\u{a0}']).filter(|word| !word.is_empty()) {
        count += 1;
        let named = word.starts_with(char::is_uppercase) || BETWEEN.contains(&word) || word == "&" || word == "-";
        if !named || count > 14 || count == 1 && (!word.starts_with(char::is_uppercase) || dates::is_calendar_word(word)) {
            return false;
        }
    }
    count > 0 && !words.ends_with(['?', '!', ':', ',', ';']) && (!words.ends_with('.') || words.ends_with("r."))
}

/// Whether a line is a unit of its own wherever it stands.
pub fn stands_alone(line: &str) -> bool {
    line.len() <= LONGEST && (field(line).is_some() || is_credit(line) || is_authorship(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_head() {
        assert_eq!(field("Published 3 May 2023"), Some((Key::Date, "3 May 2023")));
        assert_eq!(field("Posted on May 3, 2023"), Some((Key::Date, "May 3, 2023")));
        assert_eq!(field("DATE: 2023-05-03"), Some((Key::Date, "2023-05-03")));
        assert_eq!(field("Date: 31 February 2023"), Some((Key::Date, "31 February 2023")));
        assert_eq!(field("Last updated: 3 May 2023 10:15 GMT"), Some((Key::Updated, "3 May 2023 10:15 GMT")));
        assert_eq!(field("Source: Sahel Wire"), Some((Key::Publisher, "Sahel Wire")));
        assert_eq!(field("Title: Army takes Kidal: what now?"), Some((Key::Title, "Army takes Kidal: what now?")));
        assert_eq!(field("URL: https://example.org/a"), Some((Key::Url, "https://example.org/a")));
        assert_eq!(field("Wednesday, 3 May 2023"), Some((Key::Date, "Wednesday, 3 May 2023")));
        assert_eq!(field("This story is from March 10, 2002"), Some((Key::Date, "March 10, 2002")));
        assert_eq!(field("Situation report No. 12, 3 May 2023"), Some((Key::Date, "3 May 2023")));
        assert_eq!(field("Sahel Wire | 3 May 2023"), Some((Key::Date, "3 May 2023")));
        assert_eq!(field("Reporting period: 1-7 August 2024"), Some((Key::Updated, "7 August 2024")));
        assert_eq!(field("Amhara: weekly protection update, 4-10 September 2023"), Some((Key::Updated, "10 September 2023")));
        assert_eq!(field("Reporting period: 28 July to 3 August 2024"), Some((Key::Updated, "3 August 2024")));
    }

    #[test]
    fn sentences_are_no_fields() {
        for line in [
            "Published reports say that 3 May 2023 was calm.",
            "Date: not known",
            "Source: the army said that it had taken the town.",
            "On 3 May 2023 gunmen attacked Gao",
            "The source: a colonel",
            "Report of attack on Gao, 3 May 2023",
            "Update on the attack on Gao, 3 May 2023",
            "3 May",
            "",
        ] {
            assert_eq!(field(line), None, "{line}");
        }
    }

    #[test]
    fn bylines() {
        for line in [
            "By Awa Diallo",
            "By Awa Diallo and John Smith in Gao",
            "BY JOHN SMITH, STAFF WRITER",
            "(Reporting by Awa Diallo in Bamako; Editing by John Smith.)",
            "Additional reporting by Awa Diallo",
            "© 2023 Sahel Wire",
            "Copyright 2023 Sahel Wire. All rights reserved.",
            "(c) 2023 Sahel Wire",
            "(Sahel Wire)",
            "Photo: Awa Diallo/Sahel Wire",
        ] {
            assert!(is_credit(line) || is_authorship(line), "{line}");
        }
        for line in [
            "By Friday the rebels had retreated.",
            "By Monday",
            "By sea and land they came",
            "BY THE REBELS.",
            "Written by exiled officers, the text calls for war.",
            "Copyright law was changed.",
            "(They later fled.)",
            "Reporting by foreigners is banned.",
            "Bystanders were hurt",
        ] {
            assert!(!is_credit(line) && !is_authorship(line), "{line}");
        }
    }
}
