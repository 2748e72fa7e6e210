//! Phrases of time without their preposition: '3 May 2023', 'last year', 'two days ago', 'the first half of 2023'.

use super::{
    feast::Feast,
    lexer::Lexer,
    phrase::Expr,
    words::{Part, Unit},
};

/// Where a phrase ends (one past its last token) and what it says.
pub(super) type Found = Option<(usize, Expr)>;

impl Lexer<'_> {
    /// The longest phrase of time that starts at token `i`.
    pub fn core(&self, i: usize) -> Found {
        if i >= self.len() {
            return None;
        }
        let ways: [fn(&Self, usize) -> Found; 18] = [
            Self::numeric_date,
            Self::day_first,
            Self::month_first,
            Self::weekday,
            Self::deictic,
            Self::shifted,
            Self::counted,
            Self::anchored,
            Self::part,
            Self::nth,
            Self::quarter,
            Self::season,
            Self::holiday,
            Self::decade,
            Self::century,
            Self::year,
            Self::weekend,
            Self::stretch,
        ];
        // Of two readings of the same length the first in the list stands, so keep a new one only where it is longer.
        let mut best: Found = None;
        for way in ways {
            if let Some((end, expr)) = way(self, i)
                && best.as_ref().is_none_or(|(longest, _)| end > *longest)
            {
                best = Some((end, expr));
            }
        }
        best
    }

    /// '2022-03-15', '15/03/2022', '15.3.2022', as one token or several.
    fn numeric_date(&self, i: usize) -> Found {
        let mut end = i + 1;
        let mut joined = self.low(i).to_owned();
        if !joined.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let digits = |at: usize| self.low(at).starts_with(|c: char| c.is_ascii_digit());
        while end + 1 < self.len()
            && end < i + 4
            && self.is(end, &["-", "/", "."])
            && self.touches(end)
            && self.touches(end + 1)
            && digits(end + 1)
        {
            joined.push_str(self.low(end));
            joined.push_str(self.low(end + 1));
            end += 2;
        }
        let parts: Vec<&str> = joined.split(['-', '/', '.']).collect();
        let [a, b, c] = parts[..] else { return None };
        let number = |s: &str| s.parse::<u16>().ok().filter(|_| s.len() <= 4);
        let (x, y, z) = (number(a)?, number(b)?, number(c)?);
        let (year, month, day) = if a.len() == 4 {
            (x, y, z)
        } else if c.len() == 4 || (c.len() == 2 && joined.contains('/')) {
            let z = if z < 100 { z + 2000 } else { z };
            let day_first = x > 12 || (y <= 12 && self.words.day_first);
            if day_first { (z, y, x) } else { (z, x, y) }
        } else {
            return None;
        };
        let (year, month, day) = (year as i16, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        jiff::civil::Date::new(year, month as i8, day as i8).ok()?;
        Some((end, Expr::Date { year: Some(year), month, day }))
    }

    /// '3 May 2023', 'the 3rd of May', '3 to 5 May', '3-5 May 2022', '3 and 4 May'.
    fn day_first(&self, i: usize) -> Found {
        let i = i + usize::from(self.is(i, &["the"]));
        let day = self.day_number(i)?;
        let mut at = i + 1;
        let mut last = None;
        if self.is(at, &["to", "-", "–", "and", "/", "or", "until"])
            && let Some(second) = self.day_number(at + 1).filter(|second| *second > day)
        {
            last = Some(second);
            at += 2;
        }
        at += usize::from(self.is(at, &["of"]));
        let month = self.month_at(at, true)?;
        let (end, year) = self.year_after(at + 1);
        let date = |day| Expr::Date { year, month, day };
        Some((end, last.map_or(date(day), |last| Expr::Range(Box::new(date(day)), Box::new(date(last))))))
    }

    /// 'May', 'May 2023', 'May 3', 'May 3, 2023', 'May 3-5'.
    fn month_first(&self, i: usize) -> Found {
        let with_day = self.day_number(i + 1).filter(|_| !self.counts_what_follows(i + 1));
        let (end, year) = self.year_after(i + 1);
        let month = self.month_at(i, with_day.is_some() || year.is_some())?;
        let Some(day) = with_day else {
            return Some((end, Expr::Month { year, month, shift: None }));
        };
        let mut at = i + 2;
        let mut last = None;
        if self.is(at, &["to", "-", "–", "and", "/", "through"])
            && let Some(second) = self.day_number(at + 1).filter(|second| *second > day && !self.counts_what_follows(at + 1))
            && self.month_at(at + 2, true).is_none()
        {
            last = Some(second);
            at += 2;
        }
        let (end, year) = self.year_after(at);
        let date = |day| Expr::Date { year, month, day };
        Some((end, last.map_or(date(day), |last| Expr::Range(Box::new(date(day)), Box::new(date(last))))))
    }

    /// 'Friday', 'Friday night', 'last Friday', 'Friday last week', 'Friday, 3 May', 'the night of Friday'.
    fn weekday(&self, i: usize) -> Found {
        let mut at = i + usize::from(self.is(i, &["the"]));
        if self.sense(at).day_part && self.is(at + 1, &["of"]) {
            at += 2;
            if self.sense(at).weekday.is_none() {
                return self.day_first(at).or_else(|| self.month_first(at).filter(|(_, e)| matches!(e, Expr::Date { .. })));
            }
        } else if at > i {
            return None;
        }
        let shift = self.sense(at).shift;
        at += usize::from(shift.is_some());
        let day = self.sense(at).weekday.filter(|_| self.capital(at))?;
        at += 1;
        if self.sense(at).day_part {
            at += 1;
        }
        let after = at + usize::from(self.is(at, &[",", "the", "(", "of"]));
        let after = after + usize::from(self.is(after, &["the"]));
        if let Some((end, date @ (Expr::Date { .. } | Expr::Range(..)))) =
            self.day_first(after).or_else(|| self.month_first(after)).or_else(|| self.numeric_date(after))
        {
            return Some((end + usize::from(self.is(end, &[")"]) && self.is(at, &["("])), date));
        }
        let after = at + usize::from(self.is(at, &["of"]));
        if let Some((end, Expr::Unit { unit: Unit::Week, shift: week })) = self.shifted(after) {
            return Some((end, Expr::Weekday { day, shift, week: Some(week) }));
        }
        Some((at, Expr::Weekday { day, shift, week: None }))
    }

    /// 'yesterday', 'tomorrow morning', 'last night', 'overnight', 'the day before yesterday', 'earlier today'.
    fn deictic(&self, i: usize) -> Found {
        if self.is(i, &["overnight"]) {
            return Some((i + 1, Expr::Overnight));
        }
        let at = i + usize::from(self.is(i, &["the"]));
        if self.is(at, &["day"]) && self.is(at + 1, &["before", "after"]) {
            let step = if self.is(at + 1, &["before"]) { -1 } else { 1 };
            let day = self.sense(at + 2).day.filter(|day| *day == step)?;
            return Some((at + 3, Expr::Day(day + step)));
        }
        let i = i + usize::from(self.is(i, &["earlier", "later", "early", "late"]));
        if let Some(day) = self.sense(i).day {
            let end = i + 1 + usize::from(self.sense(i + 1).day_part);
            return Some((end, Expr::Day(day)));
        }
        let shift = self.sense(i).shift?;
        let night = self.is(i + 1, &["night"]) && shift == -1;
        (night || (self.sense(i + 1).day_part && shift == 0)).then_some((i + 2, Expr::Day(shift)))
    }

    /// 'last year', 'this week', 'last June', 'next summer', 'earlier this month', 'that year' (counted from another time).
    fn shifted(&self, i: usize) -> Found {
        let i = i + usize::from(self.is(i, &["earlier", "later"]));
        let mut at = i + usize::from(self.is(i, &["the"]));
        if self.is(at, &["previous", "preceding", "same"]) || (at > i && self.is(at, &["following"])) {
            let steps = match self.low(at) {
                "same" => 0,
                "following" => 1,
                _ => -1,
            };
            let other = self.sense(at + 1).weekday.is_some() || self.sense(at + 1).month.is_some();
            let counted = self.sense(at + 1).unit.map(|unit| (steps, unit));
            return (other || counted.is_some()).then_some((at + 2, Expr::Anchored(counted)));
        }
        let shift = self.sense(at).shift.filter(|_| !self.is(at, &["past", "coming", "following", "upcoming"]) && !self.verb(at))?;
        // 'the last year' is twelve months back, 'the next year' twelve ahead; only 'the current year' is the calendar's.
        if at > i && shift != 0 {
            return None;
        }
        at += 1;
        let sense = self.sense(at);
        if let Some(month) = self.month_at(at, true) {
            return Some((at + 1, Expr::Month { year: None, month, shift: Some(shift) }));
        }
        if let Some(months) = sense.season {
            return Some((at + 1, Expr::Season { months, year: None, shift: Some(shift) }));
        }
        let unit = sense.unit.filter(|unit| *unit > Unit::Hour && self.singular(at))?;
        Some((at + 1, Expr::Unit { unit, shift }))
    }

    /// 'two days ago', 'a year and a half ago', 'three weeks later', 'ten years'.
    fn counted(&self, i: usize) -> Found {
        let start = self.skip_bound(i);
        // 'a few' before 'a': the longer words first.
        let vague = self.vague_count(start);
        let (mut at, mut count) = match self.count(start) {
            _ if vague > 0 => (start + vague, 0),
            Some(found) => found,
            None if self.sense(start).unit.is_some() && self.bare_plural(start) && self.is(start + 1, &["ago", "later", "earlier"]) => {
                (start, 0)
            }
            None => return None,
        };
        // 'two and a half years'
        let mut half = self.is(at, &["and"]) && self.is(at + 1, &["a"]) && self.is(at + 2, &["half"]);
        at += 3 * usize::from(half);
        // '10-year', 'four-day': a stretch that modifies, never a time of its own.
        if self.is(at, &["-", "–"]) {
            return None;
        }
        at += usize::from(self.is(at, &["full", "consecutive", "straight", "long", "whole"]));
        let mut unit = self.sense(at).unit?;
        // 'an eleven year war'
        if count > 1 && self.singular(at) {
            return None;
        }
        at += 1;
        if self.is(at, &["old"]) || (self.is(at, &["-"]) && self.is(at + 1, &["old"])) {
            return None;
        }
        if self.is(at, &["and"]) && self.is(at + 1, &["a"]) && self.is(at + 2, &["half"]) {
            (half, at) = (true, at + 3);
        }
        if half && count > 0 {
            (count, unit) = halves(count, unit);
        }
        if self.is(at, &["ago"]) {
            let expr = if count == 0 { Expr::Recent } else { Expr::Away { count: -count, unit } };
            return Some((at + 1, expr));
        }
        if self.is(at, &["later", "earlier"]) {
            let steps = if self.is(at, &["later"]) { count } else { -count };
            // 'Hours later' is the same day as far as a day can tell.
            return Some((at + 1, Expr::Anchored((count > 0 || unit <= Unit::Hour).then_some((steps, unit)))));
        }
        if self.is(at, &["after", "before"]) && !self.sense(at + 1).day_part {
            // 'two days after the attack' counts from the attack; the words after belong to the clause.
            return Some((at + 1, Expr::Anchored(None)));
        }
        if self.is(at, &["from"]) && self.is(at + 1, &["now"]) {
            return (count > 0).then_some((at + 2, Expr::Away { count, unit }));
        }
        Some((at, Expr::Duration { count, unit }))
    }

    /// 'years' with no number before it.
    fn bare_plural(&self, i: usize) -> bool {
        let counted = i > 0 && self.low(i - 1).ends_with(|c: char| c.is_ascii_digit());
        !self.singular(i) && !counted
    }

    /// 'the past decade', 'the last ten years', 'the past few months', 'the next six months', 'recent weeks', 'the coming days'.
    fn stretch(&self, i: usize) -> Found {
        let mut at = i + usize::from(self.is(i, &["the", "these"]));
        if self.is(at, &["recent"]) && self.sense(at + 1).unit.is_some() {
            return Some((at + 2, Expr::Recent));
        }
        let back = match () {
            () if self.is(at, &["past", "last", "previous", "preceding"]) && !self.verb(at) => true,
            () if self.is(at, &["next", "coming", "following"]) => false,
            () => return None,
        };
        let definite = at > i || self.is(at, &["past", "coming"]);
        at += 1;
        if self.vague_count(at) > 0 {
            at += self.vague_count(at);
            self.sense(at).unit?;
            return Some((at + 1, if back { Expr::Recent } else { Expr::Soon }));
        }
        let (after, count) = self.count(at).unwrap_or((at, 1));
        let unit = self.sense(after).unit?;
        if after == at {
            // 'last year' is the calendar's; 'the last year', 'the past year' run back from the day of publication.
            if !definite {
                return None;
            }
            if !self.singular(at) {
                return Some((at + 1, if back { Expr::Recent } else { Expr::Soon }));
            }
        }
        Some((after + 1, Expr::Stretch { count: if back { -count } else { count }, unit }))
    }

    /// 'early 2021', 'late last year', 'mid-2021', 'the end of the year', 'the first half of 2023', 'the beginning of May'.
    fn part(&self, i: usize) -> Found {
        let mut at = i + usize::from(self.is(i, &["the", "very"]));
        let mut loose = false;
        // 'mid-2011' in one word
        if let Some(year) = self.low(i).strip_prefix("mid-").and_then(|year| year.parse().ok()).filter(|year| (1500..=2100).contains(year))
        {
            return Some((i + 1, Expr::Part { part: Part::Mid, of: Box::new(Expr::Year(year)) }));
        }
        let part = if let Some(part) = self.sense(at).part {
            // 'the end of 2008', but 'early in 2008': 'plants will close in 2008' names no part.
            loose = self.is(at, &["early", "mid", "late"]);
            at += 1;
            part
        } else {
            let half = self.is(at + 1, &["half"]).then(|| self.sense(at).ordinal)??;
            at += 2;
            match half {
                1 => Part::FirstHalf,
                2 => Part::SecondHalf,
                _ => return None,
            }
        };
        at += usize::from(loose && self.is(at, &["-", "–", "in"]));
        let linked = self.is(at, &["of"]);
        if !linked && !loose {
            return None;
        }
        at += usize::from(linked);
        if linked && self.is(at, &["the"]) && self.singular(at + 1) && !self.is(at + 2, &["of"]) {
            let unit = self.sense(at + 1).unit.filter(|unit| *unit >= Unit::Week)?;
            return Some((at + 2, Expr::Part { part, of: Box::new(Expr::Unit { unit, shift: 0 }) }));
        }
        if self.is(at, &["the"]) && self.sense(at + 1).number.is_none() {
            at += usize::from(self.decade(at).is_some());
        }
        let (end, of) = self
            .decade(at)
            .or_else(|| self.year_token(at).map(|year| (at + 1, Expr::Year(year))))
            .or_else(|| self.month_first(at))
            .or_else(|| self.shifted(at))
            .or_else(|| self.century(at))
            .or_else(|| self.season(at))
            .or_else(|| self.quarter(at))
            .or_else(|| self.weekday(at))?;
        let whole = matches!(of, Expr::Weekday { .. } | Expr::Date { .. });
        Some((end, if whole { of } else { Expr::Part { part, of: Box::new(of) } }))
    }

    /// 'the first week of March', 'the last day of 2021', 'the final weeks of last year' (which names no one week).
    fn nth(&self, i: usize) -> Found {
        let at = i + usize::from(self.is(i, &["the"]));
        let number = match self.sense(at).ordinal {
            Some(ordinal) => i8::try_from(ordinal).ok()?,
            None if self.is(at, &["last", "final"]) => -1,
            None => return None,
        };
        let unit = self.sense(at + 1).unit.filter(|unit| *unit <= Unit::Month && self.singular(at + 1) && self.is(at + 2, &["of"]))?;
        let year = || self.year_token(at + 3).map(|year| (at + 4, Expr::Year(year)));
        let (end, of) =
            self.month_first(at + 3).filter(|(_, of)| matches!(of, Expr::Month { .. })).or_else(year).or_else(|| self.shifted(at + 3))?;
        Some((end, Expr::Nth { number, unit, of: Box::new(of) }))
    }

    /// 'the third quarter', 'the first quarter of last year', 'Q3 2022'.
    fn quarter(&self, i: usize) -> Found {
        let mut at = i + usize::from(self.is(i, &["the"]));
        let number = match self.low(at) {
            "q1" => 1,
            "q2" => 2,
            "q3" => 3,
            "q4" => 4,
            _ => {
                let number = if self.is(at, &["final", "last"]) && at > i { 4 } else { self.sense(at).ordinal? };
                at += 1;
                at += usize::from(self.is(at, &["-"]));
                self.is(at, &["quarter"]).then_some(number)?
            }
        };
        if number > 4 {
            return None;
        }
        at += 1;
        // 'a third quarter of Mali' is no time; 'a quarter of' is a share.
        let linked = self.is(at, &["of"]);
        let from = at + usize::from(linked);
        if let Some(year) = self.year_token(from) {
            return Some((from + 1, Expr::Quarter { number, of: Some(Box::new(Expr::Year(year))) }));
        }
        if let Some((end, of @ Expr::Unit { unit: Unit::Year, .. })) = self.shifted(from) {
            return Some((end, Expr::Quarter { number, of: Some(Box::new(of)) }));
        }
        if linked && self.is(from, &["the"]) && self.is(from + 1, &["year"]) {
            return Some((from + 2, Expr::Quarter { number, of: None }));
        }
        (!linked).then_some((at, Expr::Quarter { number, of: None }))
    }

    /// 'the summer of 2020', 'spring 2022', 'in summer'. A bare 'spring' or 'fall' needs a preposition and no article.
    fn season(&self, i: usize) -> Found {
        let at = i + usize::from(self.is(i, &["the"]));
        let months = self.sense(at).season?;
        let linked = self.is(at + 1, &["of"]);
        if let Some(year) = self.year_token(at + 1 + usize::from(linked)) {
            return Some((at + 2 + usize::from(linked), Expr::Season { months, year: Some(year), shift: None }));
        }
        if linked {
            return None;
        }
        let led = i > 0 && self.is(i - 1, &["in", "since", "by", "until", "during", "early", "late", "mid"]);
        (led && self.noun(at)).then_some((at + 1, Expr::Season { months, year: None, shift: None }))
    }

    /// 'Christmas Day', 'New Year's Eve 2022'.
    fn holiday(&self, i: usize) -> Found {
        let at = i + usize::from(self.is(i, &["the"]));
        if self.is(at, &["eve"]) && self.is(at + 1, &["of"]) {
            let start = at + 2 + usize::from(self.is(at + 2, &["the"]));
            return self.feast(start).map(|(end, feast)| (end, Expr::Eve(Box::new(feast))));
        }
        self.feast(i)
    }

    fn feast(&self, i: usize) -> Found {
        let figure = self.low(i).starts_with(|c: char| c.is_ascii_digit());
        if !self.sense(i).holiday || !(self.capital(i) || figure) {
            return None;
        }
        let mut best: Option<(usize, Feast)> = None;
        for holiday in &self.words.holidays {
            let end = i + holiday.words.len();
            let same = end <= self.len() && (i..end).zip(&holiday.words).all(|(at, word)| self.low(at).replace('’', "'") == word.as_str());
            if same && best.as_ref().is_none_or(|(longest, ..)| end > *longest) {
                best = Some((end, holiday.feast));
            }
        }
        let (end, feast) = best?;
        let (end, year) = self.year_after(end);
        Some((end, Expr::Feast { feast, year }))
    }

    /// 'the 2000s', 'the early 1990s' (through [`Self::part`]), 'the 90s'.
    fn decade(&self, i: usize) -> Found {
        let at = i + usize::from(self.is(i, &["the"]));
        // Some tokenizers part "1980's".
        if let Some(year) = self.year_token(at).filter(|year| year % 10 == 0)
            && self.is(at + 1, &["s", "'s", "’s"])
            && self.touches(at + 1)
            && (at > i || (i > 0 && self.sense(i - 1).part.is_some()))
            && !self.noun(at + 2)
        {
            return Some((at + 2, Expr::Decade(year)));
        }
        let low = self.low(at).trim_start_matches(['\'', '’']);
        let digits = low.strip_suffix('s')?.trim_end_matches(['\'', '’']);
        let year: i16 = digits.parse().ok()?;
        let year = match digits.len() {
            4 => year,
            2 if (20..=90).contains(&year) && at > i => 1900 + year,
            _ => return None,
        };
        (year % 10 == 0 && (1500..=2100).contains(&year)).then_some((at + 1, Expr::Decade(year)))
    }

    /// 'the 19th century', 'the early twentieth century' (through [`Self::part`]): from its first year to its last.
    fn century(&self, i: usize) -> Found {
        let at = i + usize::from(self.is(i, &["the"]));
        let number = i16::from(self.sense(at).ordinal?);
        let last = number * 100;
        let named = self.is(at + 1, &["century"]) && (15..=21).contains(&number);
        named.then(|| (at + 2, Expr::Range(Box::new(Expr::Year(last - 99)), Box::new(Expr::Year(last)))))
    }

    /// '2013' where its neighbours say that it is a year.
    fn year(&self, i: usize) -> Found {
        let year = self.year_token(i).filter(|_| self.year_stands(i))?;
        Some((i + 1, Expr::Year(year)))
    }

    /// 'the weekend', 'this weekend', 'last weekend'.
    fn weekend(&self, i: usize) -> Found {
        let shift = self.sense(i).shift;
        let at = i + usize::from(shift.is_some() || self.is(i, &["the"]));
        (at > i && self.is(at, &["weekend"])).then_some((at + 1, Expr::Weekend(shift)))
    }

    /// 'that day', 'the next day', 'the day before', 'the following week': counted from a time that stands elsewhere.
    fn anchored(&self, i: usize) -> Found {
        let unit = |at: usize| self.sense(at).unit.filter(|unit| *unit >= Unit::Day && self.singular(at));
        if self.is(i, &["that"]) && self.det(i) {
            return unit(i + 1).map(|unit| (i + 2, Expr::Anchored(Some((0, unit)))));
        }
        if !self.is(i, &["the"]) {
            return None;
        }
        if self.is(i + 1, &["next"]) && self.is(i + 2, &["day"]) {
            return Some((i + 3, Expr::Anchored(Some((1, Unit::Day)))));
        }
        let unit = unit(i + 1)?;
        let steps = match self.low(i + 2) {
            "before" => -1,
            "after" => 1,
            _ => return None,
        };
        // 'the day before.' counts from a time, 'the day before the attack' from the attack.
        let closed = i + 3 >= self.len() || self.is(i + 3, &[",", ".", ";", ":", ")", "and", "but"]);
        Some((i + 3, Expr::Anchored(closed.then_some((steps, unit)))))
    }
}

/// A count and a half in the next smaller unit that is whole.
fn halves(count: i32, unit: Unit) -> (i32, Unit) {
    match unit {
        Unit::Year => (count * 12 + 6, Unit::Month),
        Unit::Decade => (count * 10 + 5, Unit::Year),
        Unit::Century => (count * 100 + 50, Unit::Year),
        Unit::Day => (count * 24 + 12, Unit::Hour),
        Unit::Week | Unit::Fortnight => (count * 7 + 3, Unit::Day),
        other => (count, other),
    }
}
