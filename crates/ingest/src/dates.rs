//! Days as reports and their sources write them.

use griot_types::Date;

/// What a stretch of words says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A whole day.
    Day(Date),
    /// Day and month without a year.
    NoYear {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// The form of a date, but no such day: 31 February.
    Impossible,
    /// Two numbers that could be day and month in either order: 03/05/2023.
    Ambiguous,
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Longest stretch that is looked at: a date with weekday, hour and zone is shorter.
const LONGEST: usize = 80;

/// The number of the month that `word` names in full or by at least three letters, with or without a full stop.
fn month(word: &str) -> Option<i8> {
    let at = position(&MONTHS, word)?;
    Some(at as i8 + 1)
}

fn position(names: &[&str], word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.');
    // 'sept' is a prefix of its month as any other.
    (word.len() >= 3 && word.is_ascii())
        .then(|| names.iter().position(|name| name.len() >= word.len() && name[..word.len()].eq_ignore_ascii_case(word)))
        .flatten()
}

/// Whether a word names a month or a weekday.
pub fn is_calendar_word(word: &str) -> bool {
    month(word).is_some() || position(&WEEKDAYS, word).is_some()
}

/// Reads a day out of words that are nothing but a day, with weekday, hour and zone allowed: '3 May 2023', 'May 3rd, 2023', 'Wed, 03 May 2023
/// 10:00:00 GMT', '2023-05-03T10:00Z', '20230503', '27 APR 89', '3 May'. `None` where the words are no date.
///
/// A day is taken as written; it is not moved between time zones, because a report's 'today' is its writer's.
pub fn read(words: &str) -> Option<Written> {
    let words = words.trim();
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    numeric(words).or_else(|| worded(words))
}

/// '2023-05-03', '2023/05/03', '20230503', '03/05/2023', '13.5.2023', each with an hour after it.
fn numeric(words: &str) -> Option<Written> {
    let end = words.find(|c: char| !(c.is_ascii_digit() || "-/.".contains(c))).unwrap_or(words.len());
    if end < words.len() && !is_hour(&words[end..]) {
        return None;
    }
    let head = &words[..end];
    if head.len() == 8 && head.bytes().all(|b| b.is_ascii_digit()) {
        return Some(day(number(&head[..4])?, number(&head[4..6])?, number(&head[6..])?));
    }
    let mark = head.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = head.split(mark).collect();
    let [first, second, third] = parts[..] else { return None };
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    if first.len() == 4 && second.len() <= 2 && third.len() <= 2 {
        return Some(day(a, b, c));
    }
    if third.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    // Full stops are written in countries that put the day first; strokes in both kinds.
    Some(if mark == '.' || a == b || a > 12 {
        day(c, b, a)
    } else if b > 12 {
        day(c, a, b)
    } else {
        Written::Ambiguous
    })
}

/// Whether what follows a date is an hour: 'T10:00:00+01:00', ' 10:30', ' at 10:30 GMT'.
fn is_hour(rest: &str) -> bool {
    let rest = rest.strip_prefix('T').unwrap_or(rest);
    rest.split([' ', ',', '|', '·', '\u{a0}', '(', ')']).filter(|word| !word.is_empty()).all(is_hour_word)
}

fn is_hour_word(word: &str) -> bool {
    let word = word.trim_matches(['.', ',']);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let clock = digits >= 2 && word.chars().all(|c| c.is_ascii_digit() || ":.+-ZzhampAMP".contains(c)) && word.contains([':', '.', 'h']);
    let numbered_zone = word.len() >= 3 && word.starts_with(['+', '-']) && word[1..].bytes().all(|b| b.is_ascii_digit());
    let zone = (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    clock || numbered_zone || zone || matches!(word, "" | "-" | "–" | "at" | "am" | "pm" | "Z" | "a.m" | "p.m")
}

/// '3 May 2023', 'May 3, 2023', 'Wednesday, 3rd of May, 2023 at 10:30 GMT', '3-May-2023'.
fn worded(words: &str) -> Option<Written> {
    let mut month_seen = None;
    let (mut day_seen, mut year) = (None, None);
    let mut parts = words.split([' ', ',', '\u{a0}', '-', '/', '\t']).filter(|part| !part.is_empty());
    let mut rest = Vec::new();
    for part in parts.by_ref() {
        if let Some(ordinal) = ordinal(part).filter(|_| day_seen.is_none()) {
            day_seen = Some(ordinal);
        } else if let Some(found) = month(part).filter(|_| month_seen.is_none()) {
            month_seen = Some(found);
        } else if let Some(found) = full_year(part).filter(|_| year.is_none() && month_seen.is_some()) {
            year = Some(found);
        } else if !(position(&WEEKDAYS, part).is_some() || part.eq_ignore_ascii_case("of")) {
            rest.push(part);
            break;
        }
    }
    rest.extend(parts);
    if !rest.iter().all(|part| is_hour_word(part) || part.bytes().all(|b| b.is_ascii_digit()) && part.len() <= 4) {
        return None;
    }
    let (month, number) = (month_seen?, day_seen?);
    Some(match year {
        Some(year) => day(year, month.into(), number),
        // 29 February stands: whether it is a day is known once the year is.
        None if (1..=31).contains(&number) && Date::new(2024, month, number as i8).is_ok() => Written::NoYear { month, day: number as i8 },
        None => Written::Impossible,
    })
}

/// '3', '03', '3rd'.
fn ordinal(part: &str) -> Option<i32> {
    let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = part[digits.len()..].to_ascii_lowercase();
    (digits.len() <= 2 && matches!(ending.as_str(), "" | "st" | "nd" | "rd" | "th")).then(|| number(digits))?
}

/// '2023', or the two digits of a cable ('27 APR 89'), read as 1950 to 2049.
fn full_year(part: &str) -> Option<i32> {
    let value = number(part.trim_start_matches(['\'', '’']).trim_end_matches('.'))?;
    match part.chars().filter(char::is_ascii_digit).count() {
        4 => Some(value),
        2 => Some(if value >= 50 { 1900 + value } else { 2000 + value }),
        _ => None,
    }
}

fn number(digits: &str) -> Option<i32> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) { None } else { digits.parse().ok() }
}

fn day(year: i32, month: i32, day: i32) -> Written {
    let date = || Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok();
    date().map_or(Written::Impossible, Written::Day)
}

/// The day nearest to `published` that has this month and day, for a date that names no year.
pub fn nearest(month: i8, day: i8, published: Date) -> Option<Date> {
    let year = published.year();
    let distance = |date: &Date| (date.duration_since(published)).abs();
    [year.checked_sub(1), Some(year), year.checked_add(1)]
        .into_iter()
        .flatten()
        .filter_map(|year| Date::new(year, month, day).ok())
        .min_by_key(distance)
}

/// The first day in a file's name: `un-20230503.txt`, `2023-05-03_mali.html`, `2023_05_03.txt`. Years from 1900 to 2099, so that a running number is no date.
pub fn in_file_name(name: &str) -> Option<Date> {
    let base = name.rsplit(['/', '\\']).next()?;
    let bytes = base.as_bytes();
    for start in 0..bytes.len() {
        if start > 0 && bytes[start - 1].is_ascii_digit() {
            continue;
        }
        for form in ["dddddddd", "dddd-dd-dd", "dddd_dd_dd", "dddd.dd.dd"] {
            let Some(found) = bytes.get(start..start + form.len()) else { continue };
            let fits = found.iter().zip(form.bytes()).all(|(&b, f)| if f == b'd' { b.is_ascii_digit() } else { b == f });
            let ends = bytes.get(start + form.len()).is_none_or(|b| !b.is_ascii_digit());
            if !fits || !ends {
                continue;
            }
            let digits: String = found.iter().filter(|b| b.is_ascii_digit()).map(|&b| b as char).collect();
            if let Some(Written::Day(date)) = numeric(&digits)
                && (1900..2100).contains(&date.year())
            {
                return Some(date);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_forms_of_a_day() {
        for words in [
            "2023-05-03",
            "2023-05-03T10:00:00+01:00",
            "2023-05-03 10:00",
            "20230503",
            "2023/5/3",
            "3 May 2023",
            "3rd of May, 2023",
            "May 3, 2023",
            "May 3rd 2023",
            "MAY 03 2023",
            "Wed, 03 May 2023 10:00:00 GMT",
            "Wednesday, 3 May 2023 at 10:30 GMT",
            "3-May-2023",
            "3.5.2023",
            "3 May 23",
            "May 3, 2023, 6:15 p.m.",
        ] {
            assert_eq!(read(words), Some(Written::Day(date(2023, 5, 3))), "{words}");
        }
        assert_eq!(read("27 APR 89"), Some(Written::Day(date(1989, 4, 27))));
        assert_eq!(read("13/05/2023"), Some(Written::Day(date(2023, 5, 13))));
        assert_eq!(read("05/13/2023"), Some(Written::Day(date(2023, 5, 13))));
        assert_eq!(read("Sept. 3"), Some(Written::NoYear { month: 9, day: 3 }));
    }

    #[test]
    fn what_is_no_day() {
        assert_eq!(read("03/05/2023"), Some(Written::Ambiguous));
        for words in ["31 February 2023", "2023-02-30", "20231399", "30 February"] {
            assert_eq!(read(words), Some(Written::Impossible), "{words}");
        }
        for words in ["", "yesterday", "May", "2023", "12 soldiers", "3 May 2023 in Gao", "Mali, 3 May", "1,500", "héé", "12 Mar killed"]
        {
            assert_eq!(read(words), None, "{words}");
        }
    }

    #[test]
    fn a_missing_year_is_the_nearest() {
        assert_eq!(nearest(12, 31, date(2023, 1, 2)), Some(date(2022, 12, 31)));
        assert_eq!(nearest(1, 1, date(2022, 12, 31)), Some(date(2023, 1, 1)));
        assert_eq!(nearest(5, 3, date(2023, 5, 4)), Some(date(2023, 5, 3)));
        assert_eq!(nearest(2, 29, date(2022, 3, 1)), None);
    }

    #[test]
    fn days_in_file_names() {
        let found = Some(date(2023, 5, 3));
        for name in ["in/20230503.txt", "2023-05-03-mali.html", "un_2023_05_03.txt", "a-2023.05.03.txt"] {
            assert_eq!(in_file_name(name), found, "{name}");
        }
        for name in ["120230503.txt", "202305031.txt", "20231303.txt", "2023.txt", "00250503.txt", "2023-05-03/report.txt"] {
            assert_eq!(in_file_name(name), None, "{name}");
        }
    }
}
