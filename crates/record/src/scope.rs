//! Which state of the record a question is asked of.

use griot_types::Date;

/// The record of today, or as it stood, or as far as was published by some day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// What had been added and decided by then.
    pub as_of: Option<Moment>,
    /// What reports said that were published by that day; undated reports are left out.
    pub published_by: Option<Date>,
}

impl Scope {
    /// Whether it is the record of today.
    pub fn is_today(&self) -> bool {
        self.as_of.is_none() && self.published_by.is_none()
    }

    /// The last moment that is inside, as the tables write moments.
    pub(crate) fn until(&self) -> &str {
        self.as_of.as_ref().map_or("~", |moment| &moment.0)
    }

    /// The last day that is inside; '~' for all, undated reports too.
    pub(crate) fn published(&self) -> String {
        self.published_by.map_or_else(|| "~".to_owned(), |date| date.to_string())
    }
}

/// A day, until its end, or a moment of it, in UTC: `2026-05-03`, `2026-05-03T14:30`, `2026-05-03T14:30:05`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment(String);

impl std::str::FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Moment, String> {
        let wrong = || "no such day or moment; write it as in 2023-05-03 or 2023-05-03T14:30 (UTC)".to_owned();
        let text = text.trim_end_matches('Z');
        let (day, clock) = text.split_once(['T', ' ']).map_or((text, None), |(day, clock)| (day, Some(clock)));
        if day.len() != 10 || day.parse::<Date>().is_err() {
            return Err(wrong());
        }
        let Some(clock) = clock else { return Ok(Moment(format!("{day}~"))) };
        let shaped = clock.len() >= 5 && clock.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'.');
        // What follows the last digit given is inside: '14:30' lasts until 14:31.
        if shaped && format!("{day}T{clock}").parse::<jiff::civil::DateTime>().is_ok() {
            Ok(Moment(format!("{day}T{clock}~")))
        } else {
            Err(wrong())
        }
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.0.trim_end_matches('~'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_include_what_they_name() {
        let within = |bound: &str, at: &str| at <= bound.parse::<Moment>().unwrap().0.as_str();
        assert!(within("2026-05-03", "2026-05-03T23:59:59.999999Z"));
        assert!(!within("2026-05-03", "2026-05-04T00:00:00.000000Z"));
        assert!(within("2026-05-03T14:30", "2026-05-03T14:30:59.000000Z"));
        assert!(!within("2026-05-03T14:30", "2026-05-03T14:31:00.000000Z"));
        for wrong in ["2026-02-30", "may", "2026-05-03Tnoon", "2026-05-03T25:00"] {
            assert!(wrong.parse::<Moment>().is_err(), "{wrong}");
        }
    }
}
