//! What a phrase of time says before it is laid on the calendar.

use super::feast::Feast;
use super::words::{Part, Unit};

/// A time as the words name it, with what they leave open.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// '3 May', '3 May 2023', '15/03/2022'.
    Date { year: Option<i16>, month: u8, day: u8 },
    /// 'Christmas Day', 'Ramadan', 'Easter Sunday 2023'.
    Feast { feast: Feast, year: Option<i16> },
    /// The day before a holiday.
    Eve(Box<Expr>),
    /// 'May', 'March 2021'; with a shift 'last June'.
    Month { year: Option<i16>, month: u8, shift: Option<i8> },
    /// 'June of last year': the shift counts years.
    MonthOf { month: u8, shift: i8 },
    /// '2013'.
    Year(i16),
    /// 'the 2000s'.
    Decade(i16),
    /// 'Friday', 'last Friday', 'Friday last week'.
    Weekday { day: u8, shift: Option<i8>, week: Option<i8> },
    /// 'the weekend', 'this weekend'.
    Weekend(Option<i8>),
    /// 'last summer', 'the summer of 2020'; first and last month.
    Season { months: (u8, u8), year: Option<i16>, shift: Option<i8> },
    /// 'the third quarter', of the year that the inner phrase names.
    Quarter { number: u8, of: Option<Box<Expr>> },
    /// 'last week', 'this year'.
    Unit { unit: Unit, shift: i8 },
    /// 'yesterday'.
    Day(i8),
    /// 'overnight'.
    Overnight,
    /// 'two days ago' (negative), 'in two days'.
    Away { count: i32, unit: Unit },
    /// 'the past ten years' (negative), 'the next six months'.
    Stretch { count: i32, unit: Unit },
    /// 'recent weeks', 'several days ago': up to now, from no day that is named.
    Recent,
    /// 'the coming weeks'.
    Soon,
    /// 'early 2021', 'the first half of 2023'.
    Part { part: Part, of: Box<Expr> },
    /// 'the first week of March', 'the last day of 2021'; counted from the end where negative.
    Nth { number: i8, unit: Unit, of: Box<Expr> },
    /// 'March to June 2022'.
    Range(Box<Expr>, Box<Expr>),
    /// 'ten years'.
    Duration { count: i32, unit: Unit },
    /// 'the same day' (none), 'two days later', 'the previous year': counted in units from another time in the report; `None` where it
    /// counts from something that is no time ('two days after the attack').
    Anchored(Option<(i32, Unit)>),
}

impl Expr {
    /// The year that the words name.
    pub fn year(&self) -> Option<i16> {
        match self {
            Expr::Date { year, .. } | Expr::Month { year, .. } | Expr::Season { year, .. } | Expr::Feast { year, .. } => *year,
            Expr::Year(year) | Expr::Decade(year) => Some(*year),
            Expr::Quarter { of: Some(of), .. } | Expr::Part { of, .. } | Expr::Nth { of, .. } => of.year(),
            Expr::Range(_, second) => second.year(),
            _ => None,
        }
    }

    /// The same with the year of its neighbour, where it names none itself ('March to June 2022').
    pub fn with_year(self, known: Option<i16>) -> Expr {
        match self {
            Expr::Date { year: None, month, day } => Expr::Date { year: known, month, day },
            Expr::Month { year: None, month, shift: None } => Expr::Month { year: known, month, shift: None },
            Expr::Season { year: None, months, shift: None } => Expr::Season { year: known, months, shift: None },
            Expr::Part { part, of } => Expr::Part { part, of: Box::new(of.with_year(known)) },
            other => other,
        }
    }
}

/// How the words stand to the time that they name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// 'on Friday', 'in 2013', 'from 2013 to 2023': the act lies in it.
    At,
    /// 'since 2015', 'after 2015': it starts there and has no end. A tally 'since X' ends on the publication date, which the reader of
    /// the count knows.
    Since,
    /// 'by December', 'until 2024', 'before June': it ends there and has no start.
    Until,
    /// 'over the past decade': a stretch that ends or starts on the publication date.
    Stretch,
    /// 'for ten years', 'after 10 years': how long, not when. Resolved only where it runs up to the publication date.
    Duration,
    /// 'the same day', 'two days later': counted from another time in the report; resolved where one is known, see [`Anchor`](super::Anchor).
    Anchored,
}

/// A phrase found in a sentence: tokens `first..end`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Phrase {
    pub first: usize,
    pub end: usize,
    /// The first token of the time itself, behind its preposition.
    pub core: usize,
    /// Where the first time of a range ends and the second starts.
    pub joint: Option<(usize, usize)>,
    pub frame: Frame,
    pub expr: Expr,
}

/// The preposition's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    At,
    /// As `At`, but before a stretch it looks ahead: 'in two days'.
    In,
    Since,
    From,
    Until,
    By,
    Before,
    After,
    Within,
    For,
}
