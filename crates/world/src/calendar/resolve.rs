//! Phrases laid on the calendar.

use super::{
    feast::Feast,
    phrase::{Expr, Frame, TimeKind},
    tense::Tense,
    words::{Part, Unit},
};
use griot_types::{Date, Precision};
use jiff::{Span, civil::Weekday};

/// First and last day with the fineness of the words; either end may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Days {
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: Option<Precision>,
}

impl Days {
    fn new(start: Date, end: Date, precision: Precision) -> Option<Days> {
        // What lies further off than reports reach was no date.
        let known = 1000..=2999;
        (start <= end && known.contains(&start.year()) && known.contains(&end.year())).then_some(Days {
            start: Some(start),
            end: Some(end),
            precision: Some(precision),
        })
    }

    fn day(date: Date) -> Option<Days> {
        Days::new(date, date, Precision::Day)
    }

    fn range(start: Option<Date>, end: Option<Date>) -> Days {
        Days { start, end, precision: (start.is_some() || end.is_some()).then_some(Precision::Range) }
    }
}

/// A phrase's days and how it stands to them. What cannot be resolved has no days.
///
/// `anchor` is the time that 'the same day' and 'two days later' count from.
pub(super) fn resolve(frame: Frame, expr: &Expr, today: Option<Date>, tense: Tense, anchor: Option<Days>) -> (TimeKind, Days) {
    let laid = days(expr, today, look(frame, tense));
    match (frame, expr) {
        (_, Expr::Anchored(steps)) => (TimeKind::Anchored, from_anchor(*steps, anchor).unwrap_or_default()),
        (_, Expr::Duration { count, unit }) => duration(frame, *count, *unit, today, tense),
        (_, Expr::Recent) if frame != Frame::Since => (TimeKind::Stretch, Days::range(None, today)),
        (_, Expr::Soon) => (TimeKind::Stretch, Days::range(today, None)),
        (Frame::Since, _) => (TimeKind::Since, open_end(laid)),
        // 'from Monday' in a clause that looks ahead has a start alone; elsewhere it says no more than 'on Monday'.
        (Frame::From, _) if tense == Tense::Future => (TimeKind::Since, open_end(laid)),
        (Frame::By | Frame::Until, _) => (TimeKind::Until, laid.map_or(Days::default(), |d| Days::range(None, d.end))),
        // 'before the end of the month' is by its last day.
        (Frame::Before, Expr::Part { part: Part::Late, .. }) => {
            (TimeKind::Until, laid.map_or(Days::default(), |d| Days::range(None, d.end)))
        }
        (Frame::Before, _) => {
            (TimeKind::Until, laid.map_or(Days::default(), |d| Days::range(None, d.start.and_then(|s| s.yesterday().ok()))))
        }
        (Frame::After, Expr::Stretch { .. }) | (_, Expr::Stretch { .. }) => (TimeKind::Stretch, laid.unwrap_or_default()),
        (Frame::After, _) => (TimeKind::Since, laid.map_or(Days::default(), |d| Days::range(d.end.and_then(|e| e.tomorrow().ok()), None))),
        _ => (TimeKind::At, laid.unwrap_or_default()),
    }
}

/// Where a clause of this tense looks for a time after this preposition.
pub(super) fn look(frame: Frame, tense: Tense) -> Look {
    let deadline = matches!(frame, Frame::By | Frame::Until | Frame::Before);
    match tense {
        _ if frame == Frame::Since => Look::Back,
        Tense::Future => Look::Ahead,
        // A deadline lies ahead unless its clause looks back: 'has been closed until Friday'.
        Tense::Open | Tense::Perfect if deadline => Look::Ahead,
        Tense::Open => Look::Open,
        Tense::Past | Tense::Perfect => Look::Back,
    }
}

/// Counts from another time, which must be named as finely as the unit that is counted.
fn from_anchor(steps: Option<(i32, Unit)>, anchor: Option<Days>) -> Option<Days> {
    let ((count, unit), anchor) = (steps?, anchor?);
    let finest = match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Precision::Day,
        Unit::Week | Unit::Fortnight => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Quarter => Precision::Quarter,
        _ => Precision::Year,
    };
    if anchor.precision? > finest {
        return None;
    }
    // 'three hours later' is the same day as far as a day can tell.
    let count = if unit <= Unit::Hour { 0 } else { count };
    away(anchor.start?, count, unit)
}

fn open_end(days: Option<Days>) -> Days {
    days.map_or(Days::default(), |d| Days::range(d.start, None))
}

/// 'for ten years' runs up to now in the perfect; 'in two days' and 'within six months' lie ahead or behind; 'after 10 years' is no time.
fn duration(frame: Frame, count: i32, unit: Unit, today: Option<Date>, tense: Tense) -> (TimeKind, Days) {
    let Some(today) = today.filter(|_| count > 0) else { return (TimeKind::Duration, Days::default()) };
    let back = || Days::range(step(today, -count, unit), Some(today));
    match (frame, tense) {
        (Frame::Within, Tense::Future | Tense::Open) => (TimeKind::Stretch, Days::range(Some(today), step(today, count, unit))),
        (Frame::In, Tense::Future) => (TimeKind::At, away(today, count, unit).unwrap_or_default()),
        (Frame::For | Frame::In, Tense::Perfect) => (TimeKind::Stretch, back()),
        _ => (TimeKind::Duration, Days::default()),
    }
}

/// Where a date that names no year is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Back,
    Ahead,
    Open,
}

/// The days that an expression names.
pub(super) fn days(expr: &Expr, today: Option<Date>, look: Look) -> Option<Days> {
    match expr {
        Expr::Date { year: Some(year), month, day } => Days::day(date(*year, *month, *day)?),
        Expr::Month { year: Some(year), month, .. } => month_of(*year, *month),
        Expr::Feast { feast, year: Some(year) } => feast_days(*feast, *year),
        Expr::Eve(of) => Days::day(days(of, today, look)?.start?.yesterday().ok()?),
        Expr::Year(year) => year_of(*year),
        Expr::Decade(year) => Days::new(date(*year, 1, 1)?, date(year + 9, 12, 31)?, Precision::Decade),
        Expr::Season { months, year: Some(year), .. } => season(*months, *year),
        Expr::Quarter { number, of: Some(of) } => quarter(days(of, today, look)?.start?.year(), *number),
        Expr::Part { part, of } => part_of(*part, days(of, today, look)?),
        Expr::Nth { number, unit, of } => nth(*number, *unit, days(of, today, look)?),
        Expr::Range(first, second) => range(first, second, today, look),
        relative => counted(relative, today?, look),
    }
}

/// What counts from the publication date.
fn counted(expr: &Expr, today: Date, look: Look) -> Option<Days> {
    match expr {
        Expr::Date { month, day, .. } => nearest(today, look, |year| Days::day(date(year, *month, *day)?)),
        Expr::Month { month, shift: None, .. } => nearest(today, look, |year| month_of(year, *month)),
        Expr::Month { month, shift: Some(shift), .. } => shifted_within_year(today, *shift, |year| month_of(year, *month)),
        Expr::MonthOf { month, shift } => month_of(today.year().checked_add(i16::from(*shift))?, *month),
        Expr::Feast { feast, .. } => nearest(today, look, |year| feast_days(*feast, year)),
        Expr::Season { months, shift: None, .. } => nearest(today, look, |year| season(*months, year)),
        Expr::Season { months, shift: Some(shift), .. } => shifted_within_year(today, *shift, |year| season(*months, year)),
        Expr::Quarter { number, .. } => nearest(today, look, |year| quarter(year, *number)),
        Expr::Weekday { day, shift, week } => weekday(today, *day, *shift, *week, look),
        Expr::Weekend(shift) => weekend(today, *shift, look),
        Expr::Unit { unit, shift } => whole(step(today, i32::from(*shift), *unit)?, *unit),
        Expr::Day(offset) => Days::day(step(today, i32::from(*offset), Unit::Day)?),
        Expr::Overnight => Days::new(today.yesterday().ok()?, today, Precision::Day),
        Expr::Away { count, unit } => away(today, *count, *unit),
        Expr::Stretch { count, unit } if *count < 0 => Days::new(step(today, *count, *unit)?, today, Precision::Range),
        Expr::Stretch { count, unit } => Days::new(today, step(today, *count, *unit)?, Precision::Range),
        Expr::Recent => Some(Days::range(None, Some(today))),
        _ => None,
    }
}

pub(super) fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `count` units from a day.
fn step(from: Date, count: i32, unit: Unit) -> Option<Date> {
    let span = Span::new();
    let times = |factor: i32| count.checked_mul(factor);
    let span = match unit {
        Unit::Minute => span.try_days(0),
        Unit::Hour => span.try_days(count / 24 + (count % 24).signum()),
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Fortnight => span.try_weeks(times(2)?),
        Unit::Month => span.try_months(count),
        Unit::Quarter => span.try_months(times(3)?),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(times(10)?),
        Unit::Century => span.try_years(times(100)?),
    };
    from.checked_add(span.ok()?).ok()
}

/// The calendar's unit that a day lies in.
fn whole(day: Date, unit: Unit) -> Option<Days> {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Days::day(day),
        Unit::Week | Unit::Fortnight => {
            let monday = step(day, -i32::from(day.weekday().to_monday_zero_offset()), Unit::Day)?;
            Days::new(monday, step(monday, 6, Unit::Day)?, Precision::Week)
        }
        Unit::Month => month_of(day.year(), day.month() as u8),
        Unit::Quarter => quarter(day.year(), (day.month() as u8 - 1) / 3 + 1),
        Unit::Year => year_of(day.year()),
        Unit::Decade => {
            let first = day.year() - day.year().rem_euclid(10);
            Days::new(date(first, 1, 1)?, date(first + 9, 12, 31)?, Precision::Decade)
        }
        Unit::Century => {
            let first = day.year() - day.year().rem_euclid(100);
            Days::new(date(first, 1, 1)?, date(first + 99, 12, 31)?, Precision::Range)
        }
    }
}

/// 'two days ago' is a day, 'five years ago' a year: as fine as its unit, but a decade counts to a year.
fn away(today: Date, count: i32, unit: Unit) -> Option<Days> {
    let day = step(today, count, unit)?;
    whole(day, if unit >= Unit::Decade { Unit::Year } else { unit })
}

fn feast_days(feast: Feast, year: i16) -> Option<Days> {
    let (first, last) = feast.days(year)?;
    Days::new(first, last, if first == last { Precision::Day } else { Precision::Range })
}

fn month_of(year: i16, month: u8) -> Option<Days> {
    let first = date(year, month, 1)?;
    Days::new(first, first.last_of_month(), Precision::Month)
}

fn year_of(year: i16) -> Option<Days> {
    Days::new(date(year, 1, 1)?, date(year, 12, 31)?, Precision::Year)
}

fn quarter(year: i16, number: u8) -> Option<Days> {
    Days::new(date(year, number * 3 - 2, 1)?, date(year, number * 3, 1)?.last_of_month(), Precision::Quarter)
}

/// Winter 2022 starts in December 2022 and runs into 2023.
fn season((first, last): (u8, u8), year: i16) -> Option<Days> {
    let end = date(year + i16::from(last < first), last, 1)?.last_of_month();
    Days::new(date(year, first, 1)?, end, Precision::Quarter)
}

/// The year that a yearless date means: the last one begun where the clause looks back, the next one not yet over where it looks ahead. A clause
/// that does neither looks back, unless the day is some weeks ahead and almost a year behind.
fn nearest(today: Date, look: Look, of_year: impl Fn(i16) -> Option<Days>) -> Option<Days> {
    let year = today.year();
    // 29 February comes every fourth year, and not always then.
    let back = (0..=8).filter_map(|n| of_year(year.checked_sub(n)?)).find(|d| d.start <= Some(today));
    let ahead = (-1..=8).filter_map(|n| of_year(year.checked_add(n)?)).find(|d| d.end >= Some(today));
    match look {
        Look::Back => back,
        Look::Ahead => ahead,
        Look::Open => {
            let far = |d: &Days, days: i32| d.end < step(today, -days, Unit::Day);
            let near = |d: &Days, days: i32| d.start <= step(today, days, Unit::Day);
            match (back, ahead) {
                (Some(back), Some(ahead)) if far(&back, 300) && near(&ahead, 45) => Some(ahead),
                (back, ahead) => back.or(ahead),
            }
        }
    }
}

/// 'last June' is the last June that is over, 'next June' the next that has not begun, 'this June' this year's.
fn shifted_within_year(today: Date, shift: i8, of_year: impl Fn(i16) -> Option<Days>) -> Option<Days> {
    let year = today.year();
    match shift {
        0 => of_year(year),
        ..0 => (0..=2).filter_map(|n| of_year(year.checked_sub(n)?)).find(|d| d.end < Some(today)),
        _ => (0..=2).filter_map(|n| of_year(year.checked_add(n)?)).find(|d| d.start > Some(today)),
    }
}

fn weekday(today: Date, day: u8, shift: Option<i8>, week: Option<i8>, look: Look) -> Option<Days> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?;
    if let Some(week) = week {
        let monday = whole(step(today, i32::from(week), Unit::Week)?, Unit::Week)?.start?;
        return Days::day(step(monday, i32::from(day) - 1, Unit::Day)?);
    }
    // Whole weeks from `today` to the weekday: `nth_weekday` never gives the day itself.
    let same = today.weekday() == weekday;
    let found = match (shift, look) {
        (Some(..=-1), _) => today.nth_weekday(-1, weekday),
        (Some(1..), _) => today.nth_weekday(1, weekday),
        _ if same => Ok(today),
        (_, Look::Ahead) => today.nth_weekday(1, weekday),
        _ => today.nth_weekday(-1, weekday),
    };
    Days::day(found.ok()?)
}

/// Saturday and Sunday.
fn weekend(today: Date, shift: Option<i8>, look: Look) -> Option<Days> {
    let this = step(whole(today, Unit::Week)?.start?, 5, Unit::Day)?;
    let weeks = match (shift, look) {
        (Some(shift), _) if shift > 0 => 1,
        // On a Saturday or Sunday 'last weekend' is the one before.
        (Some(shift), _) if shift < 0 => -1,
        (_, Look::Ahead) => 0,
        _ if this <= today => 0,
        (Some(_), _) => 0,
        _ => -1,
    };
    let saturday = step(this, weeks, Unit::Week)?;
    Days::new(saturday, saturday.tomorrow().ok()?, Precision::Range)
}

/// A third or a half of a month, quarter, year or decade; thirds are even in months, or in days where the whole is a month or a week.
fn part_of(part: Part, whole: Days) -> Option<Days> {
    let (start, end) = (whole.start?, whole.end?);
    let months = (i32::from(end.year()) - i32::from(start.year())) * 12 + i32::from(end.month()) - i32::from(start.month()) + 1;
    let (length, unit) = if months > 1 { (months, Unit::Month) } else { ((end - start).get_days() + 1, Unit::Day) };
    // Thirds of a month are of ten days, the last to its end.
    let third = if unit == Unit::Day && length > 27 { 10 } else { (length / 3).max(1) };
    let at = |steps: i32| step(start, steps, unit);
    let before = |steps: i32| at(steps)?.yesterday().ok();
    let (first, last) = match part {
        Part::Early => (start, before(third)?),
        Part::Mid => (at(third)?, before(2 * third)?),
        Part::Late => (at(2 * third)?, end),
        Part::FirstHalf => (start, before(length / 2)?),
        Part::SecondHalf => (at(length / 2)?, end),
    };
    Days::new(first, last.min(end), Precision::Range)
}

/// 'the first week of March', 'the last day of 2021'. Weeks are counted from the first day, seven days each.
fn nth(number: i8, unit: Unit, whole_of: Days) -> Option<Days> {
    let (start, end) = (whole_of.start?, whole_of.end?);
    let number = i32::from(number);
    let first = if number > 0 { step(start, number - 1, unit)? } else { step(end.tomorrow().ok()?, number, unit)? };
    let last = step(first, 1, unit)?.yesterday().ok()?;
    let precision = match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Precision::Day,
        Unit::Week | Unit::Fortnight => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Quarter => Precision::Quarter,
        _ => Precision::Year,
    };
    Days::new(first, last, precision).filter(|days| days.start >= Some(start) && days.end <= Some(end))
}

/// The second end is laid first; a first end without its year is the last one before it.
fn range(first: &Expr, second: &Expr, today: Option<Date>, look: Look) -> Option<Days> {
    let last = days(second, today, look)?;
    let begin = days(first, today, look).filter(|begin| begin.start <= last.end);
    let begin = match begin {
        Some(begin) => begin,
        None => match first {
            Expr::Date { month, day, .. } => days(&Expr::Date { year: Some(last.end?.year() - 1), month: *month, day: *day }, today, look)?,
            Expr::Month { month, .. } => days(&Expr::Month { year: Some(last.end?.year() - 1), month: *month, shift: None }, today, look)?,
            other => days(other, last.start, Look::Back)?,
        },
    };
    Days::new(begin.start?, last.end?, Precision::Range)
}
