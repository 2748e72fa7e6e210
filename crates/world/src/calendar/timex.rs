//! What a phrase of time says in TimeML's words: the `value` of a TIMEX3 element (ISO 8601 with TimeML's additions; TimeML 1.2.1, section
//! 'TIMEX3'). Ends of a range are two values, as TimeML annotates them.

use super::{
    phrase::Expr,
    resolve::{Days, Look, days},
    words::Unit,
};
use griot_types::{Date, Precision, SmolStr};
use std::fmt::Write;

/// One value and the tokens that it stands for, without a preposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// The first token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// `2008-03-27`, `2006-Q4`, `P10Y`, `PAST_REF`.
    pub value: SmolStr,
}

/// The value of an expression; `resolved` are its days where it counts from another time of the report.
pub(super) fn value(expr: &Expr, today: Option<Date>, look: Look, resolved: Days) -> Option<SmolStr> {
    let named = |expr: &Expr| days(expr, today, look);
    let text = match expr {
        Expr::Recent => "PAST_REF".to_owned(),
        Expr::Soon => "FUTURE_REF".to_owned(),
        Expr::Duration { count, unit } | Expr::Stretch { count, unit } => period(count.unsigned_abs(), *unit),
        Expr::Part { of, .. } => return value(of, today, look, resolved),
        Expr::Weekend(_) => format!("{}-WE", week(named(expr)?.start?)),
        Expr::Season { months, .. } => {
            let name = ["WI", "SP", "SU", "FA"][usize::from(months.0 % 12 / 3)];
            format!("{}-{name}", named(expr)?.start?.year())
        }
        Expr::Overnight => format!("{}TNI", named(expr)?.start?),
        Expr::Unit { unit: Unit::Century, .. } => format!("{}", named(expr)?.start?.year() / 100),
        Expr::Anchored(_) => plain(resolved)?,
        Expr::Range(..) => return None,
        other => plain(named(other)?)?,
    };
    Some(text.into())
}

/// The value of days that are named as finely as their precision.
fn plain(days: Days) -> Option<String> {
    let start = days.start?;
    let (year, month) = (start.year(), start.month());
    Some(match days.precision? {
        Precision::Day => start.to_string(),
        Precision::Week => week(start),
        Precision::Month => format!("{year}-{month:02}"),
        Precision::Quarter => format!("{year}-Q{}", (month - 1) / 3 + 1),
        Precision::Year => year.to_string(),
        Precision::Decade => (year / 10).to_string(),
        Precision::Range => return None,
    })
}

/// '2008-W42'.
fn week(day: Date) -> String {
    let iso = day.iso_week_date();
    format!("{}-W{:02}", iso.year(), iso.week())
}

/// 'P10Y'; `PXY` where the words name no number.
pub(super) fn period(count: u32, unit: Unit) -> String {
    let (time, factor, letter) = match unit {
        Unit::Minute => ("T", 1, "M"),
        Unit::Hour => ("T", 1, "H"),
        Unit::Day => ("", 1, "D"),
        Unit::Week => ("", 1, "W"),
        Unit::Fortnight => ("", 2, "W"),
        Unit::Month => ("", 1, "M"),
        Unit::Quarter => ("", 1, "Q"),
        Unit::Year => ("", 1, "Y"),
        Unit::Decade => ("", 10, "Y"),
        Unit::Century => ("", 100, "Y"),
    };
    let mut text = format!("P{time}");
    match count {
        0 => text.push('X'),
        _ => write!(text, "{}", count * factor).unwrap_or_default(),
    }
    text + letter
}
