//! Days and terms as the dictionaries write them: years, months or days, which compare as text.

use griot_types::Date;

/// A day as the dictionaries write it.
pub fn day_of(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// Whether a day lies between two dates of a dictionary, which may be years, months or days; empty ones are open.
pub fn within(day: &str, from: &str, until: &str) -> bool {
    // ISO dates compare as text; a coarser end holds to the last day that it is a prefix of.
    (from.is_empty() || from <= day || day.starts_with(from)) && (until.is_empty() || day <= until || day.starts_with(until))
}

/// Whether a term that ends with `until` is over when one that starts with `since` begins. Who follows may start on the day of the end, and of
/// a year and a day in it the year may be either side.
pub fn is_over(until: &str, since: &str) -> bool {
    !until.is_empty() && !since.is_empty() && (until <= since || until.starts_with(since))
}

/// Whether a text is a year, a month or a day.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize, most: u32| {
        part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) && part.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
    };
    match parts.as_slice() {
        [year] => number(year, 4, 9999),
        [year, month] => number(year, 4, 9999) && number(month, 2, 12),
        [year, month, day] => number(year, 4, 9999) && number(month, 2, 12) && number(day, 2, 31),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_office() {
        assert!(within("2023-08-26", "2017-05-14", ""));
        assert!(within("2023-08-26", "2017", "2023"));
        assert!(within("2023-08-26", "2023-08", "2023-08"));
        assert!(!within("2023-08-26", "2017-05-14", "2022-05-13"));
        assert!(!within("2016-01-01", "2017", ""));
    }

    #[test]
    fn one_after_the_other() {
        assert!(
            is_over("2013-08-22", "2013-08-22") && is_over("2013", "2014") && is_over("2013-08-22", "2013") && is_over("2013", "2013-08")
        );
        assert!(!is_over("2014", "2013") && !is_over("", "2013") && !is_over("2013", ""));
    }

    #[test]
    fn dates() {
        assert!(is_date("1998") && is_date("1998-02") && is_date("1998-02-28"));
        assert!(!is_date("98") && !is_date("1998-2") && !is_date("1998-13") && !is_date("") && !is_date("1998-02-28-01"));
    }
}
