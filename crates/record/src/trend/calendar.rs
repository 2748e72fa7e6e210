//! Time cut into pieces.

use griot_types::Date;
use jiff::Span;
use serde::Serialize;
use std::str::FromStr;

/// How long a piece is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Monday to Sunday.
    Week,
    /// A month.
    #[default]
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// A year.
    Year,
}

impl FromStr for Unit {
    type Err = String;

    fn from_str(words: &str) -> Result<Unit, String> {
        match words {
            "week" => Ok(Unit::Week),
            "month" => Ok(Unit::Month),
            "quarter" => Ok(Unit::Quarter),
            "year" => Ok(Unit::Year),
            other => Err(format!("'{other}' is not one of week, month, quarter, year")),
        }
    }
}

/// Pieces of one length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calendar(pub Unit);

impl Calendar {
    /// The first day of the piece that a day lies in.
    pub fn first(self, day: Date) -> Date {
        match self.0 {
            Unit::Week => day.checked_sub(Span::new().days(i64::from(day.weekday().to_monday_zero_offset()))).unwrap_or(day),
            Unit::Month => day.first_of_month(),
            Unit::Quarter => Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).unwrap_or(day),
            Unit::Year => Date::new(day.year(), 1, 1).unwrap_or(day),
        }
    }

    /// The first day of the piece after, or so many after, or before.
    pub fn step(self, first: Date, by: i64) -> Date {
        let span = match self.0 {
            Unit::Week => Span::new().days(7 * by),
            Unit::Month => Span::new().months(by),
            Unit::Quarter => Span::new().months(3 * by),
            Unit::Year => Span::new().years(by),
        };
        first.checked_add(span).unwrap_or(first)
    }

    /// The last day of the piece that begins on a day.
    pub fn last(self, first: Date) -> Date {
        self.step(first, 1).checked_sub(Span::new().days(1)).unwrap_or(first)
    }

    /// The first days of all pieces from the one with `from` to the one with `to`.
    pub fn pieces(self, from: Date, to: Date) -> Vec<Date> {
        let mut at = self.first(from);
        let mut all = Vec::new();
        while at <= to {
            all.push(at);
            let next = self.step(at, 1);
            if next <= at {
                break;
            }
            at = next;
        }
        all
    }

    /// What a piece is called: 2023, 2023-Q2, 2023-05, 2023-05-01 (a week's Monday).
    pub fn name(self, first: Date) -> String {
        match self.0 {
            Unit::Week => first.to_string(),
            Unit::Month => format!("{:04}-{:02}", first.year(), first.month()),
            Unit::Quarter => format!("{:04}-Q{}", first.year(), (first.month() - 1) / 3 + 1),
            Unit::Year => format!("{:04}", first.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_follow_each_other() {
        let day = |y, m, d| Date::constant(y, m, d);
        let names = |unit, from, to| Calendar(unit).pieces(from, to).into_iter().map(|at| Calendar(unit).name(at)).collect::<Vec<_>>();
        assert_eq!(names(Unit::Week, day(2023, 12, 31), day(2024, 1, 8)), ["2023-12-25", "2024-01-01", "2024-01-08"]);
        assert_eq!(names(Unit::Month, day(2024, 1, 31), day(2024, 3, 1)), ["2024-01", "2024-02", "2024-03"]);
        assert_eq!(names(Unit::Quarter, day(2023, 12, 1), day(2024, 4, 1)), ["2023-Q4", "2024-Q1", "2024-Q2"]);
        assert_eq!(names(Unit::Year, day(2023, 12, 1), day(2024, 4, 1)), ["2023", "2024"]);
        assert_eq!(Calendar(Unit::Month).last(day(2024, 2, 1)), day(2024, 2, 29));
    }
}
