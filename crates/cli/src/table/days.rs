//! Times for people.

use griot_types::{Claim, Date, Precision, Time};

/// 'Saturday, 2023-08-26'.
pub fn published(day: Date) -> String {
    format!("{}, {day}", day.strftime("%A"))
}

/// Events without a time come last, the others by first day and then by last day.
pub fn order(claim: &Claim) -> (bool, Option<Date>, Option<Date>) {
    let time = claim.time.as_ref();
    let (start, end) = (time.and_then(|time| time.start), time.and_then(|time| time.end));
    (start.or(end).is_none(), start.or(end), end.or(start))
}

/// The time of a claim for its first column; '' where none is known.
pub fn lead(claim: &Claim) -> String {
    claim.time.as_ref().map(words).unwrap_or_default()
}

/// '2023-08-22', '2023-08', '2023', 'since 2015-01-01', '2022-01-05 to 2022-02-10'; the report's own words where they could not be resolved.
pub fn words(time: &Time) -> String {
    match (time.start, time.end) {
        (None, None) => format!("‘{}’", time.text),
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => whole(start, end).unwrap_or_else(|| match time.precision {
            Some(Precision::Week) => format!("week of {start}"),
            _ => format!("{start} to {end}"),
        }),
        (Some(start), None) => format!("since {}", first(start)),
        (None, Some(end)) => format!("by {end}"),
    }
}

/// Whole months and years have shorter names.
fn whole(start: Date, end: Date) -> Option<String> {
    if start.day() != 1 || end != end.last_of_month() {
        return None;
    }
    let (from, to) = (start.strftime("%Y-%m"), end.strftime("%Y-%m"));
    Some(match (start.month(), end.month(), start.year() == end.year()) {
        (1, 12, true) => start.strftime("%Y").to_string(),
        (1, 12, false) => format!("{} to {}", start.strftime("%Y"), end.strftime("%Y")),
        (a, b, true) if a == b => from.to_string(),
        _ => format!("{from} to {to}"),
    })
}

/// A first day that opens a year or a month stands for it.
fn first(day: Date) -> String {
    match (day.month(), day.day()) {
        (1, 1) => day.strftime("%Y").to_string(),
        (_, 1) => day.strftime("%Y-%m").to_string(),
        _ => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_short() {
        for (start, end, wanted) in [
            ("2023-08-22", "2023-08-22", "2023-08-22"),
            ("2022-01-01", "2022-12-31", "2022"),
            ("2013-01-01", "2022-12-31", "2013 to 2022"),
            ("2024-02-01", "2024-02-29", "2024-02"),
            ("2024-01-01", "2024-03-31", "2024-01 to 2024-03"),
            ("2024-01-05", "2024-03-31", "2024-01-05 to 2024-03-31"),
            ("2015-01-01", "", "since 2015"),
            ("2015-03-01", "", "since 2015-03"),
            ("", "2023-12-31", "by 2023-12-31"),
            ("", "", "‘on Friday’"),
        ] {
            let time = Time { text: "on Friday".into(), start: start.parse().ok(), end: end.parse().ok(), precision: None };
            assert_eq!(words(&time), wanted);
        }
    }
}
