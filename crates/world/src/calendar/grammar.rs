//! Phrases of time with their preposition, found from left to right in a sentence.

use super::{
    lexer::Lexer,
    phrase::{Expr, Frame, Phrase},
    times::Found,
    words::Unit,
};

impl Lexer<'_> {
    /// All phrases of time in order; none overlap.
    pub fn phrases(&self) -> Vec<Phrase> {
        let mut found = Vec::new();
        let mut i = 0;
        while i < self.len() {
            match self.phrase(i).filter(|phrase| phrase.end > i) {
                Some(phrase) => {
                    i = phrase.end;
                    found.push(phrase);
                }
                None => i += 1,
            }
        }
        found
    }

    /// The phrase that starts at token `i`.
    fn phrase(&self, i: usize) -> Option<Phrase> {
        self.range(i).or_else(|| self.framed(i)).or_else(|| self.bare(i))
    }

    /// 'from 2013 to 2023', 'between March and June 2022', '2013-2023', 'Monday to Friday'.
    fn range(&self, i: usize) -> Option<Phrase> {
        let (start, joints): (usize, &[&str]) = match self.low(i) {
            "from" => (i + 1, &["to", "until", "till", "through", "into", "-", "–"]),
            "between" => (i + 1, &["and", "-", "–"]),
            "in" | "during" | "over" | "(" => (i + 1, &["-", "–", "to", "through"]),
            _ => (i, &["-", "–", "to", "through"]),
        };
        let first_of = |at: usize| self.year_token(at).map(|year| (at + 1, Expr::Year(year)));
        // A year in a range needs no preposition of its own, but a bare pair of numbers needs one that leads it.
        let led = start > i;
        let (joint, first) = self.core(start).or_else(|| led.then(|| first_of(start)).flatten())?;
        if let Expr::Range(..) = first
            && led
            && self.is(i, &["between", "from"])
        {
            return Some(Phrase { first: i, end: joint, core: start, joint: None, frame: Frame::At, expr: first });
        }
        if !self.is(joint, joints) || !spans(&first) {
            return None;
        }
        let after = joint + 1 + usize::from(self.is(joint + 1, &["the"]) && self.year_token(joint + 2).is_some());
        let (end, second) = match (&first, first_of(after)) {
            (Expr::Year(year), Some((end, Expr::Year(other)))) if other >= *year => (end, Expr::Year(other)),
            (Expr::Year(year), _) if self.is(joint, &["-", "–"]) => {
                short_year(*year, self.low(after)).map(|y| (after + 1, Expr::Year(y)))?
            }
            _ => self.core(after).filter(|(_, second)| spans(second))?,
        };
        let year = second.year();
        let first = if first.year().is_none() { first.with_year(year) } else { first };
        let first_token = if self.is(i, &["("]) { start } else { i };
        let expr = Expr::Range(Box::new(first), Box::new(second));
        Some(Phrase { first: first_token, end, core: start, joint: Some((joint, after)), frame: Frame::At, expr })
    }

    /// A preposition and its time: 'since 2015', 'by the end of the year', 'on Friday'.
    fn framed(&self, i: usize) -> Option<Phrase> {
        let (frame, start) = self.preposition(i)?;
        let (end, expr) = match frame {
            Frame::Within | Frame::For | Frame::After | Frame::At | Frame::In => Self::longer(self.nth_day(start), self.core(start))?,
            _ => self.core(start)?,
        };
        let expr = self.of_year(end, &expr).unwrap_or((end, expr));
        let (end, expr) = expr;
        // 'after the 2012 coup', 'since Tuesday's attack': the preposition governs the noun, not the time.
        let modifies = self.is(end, &["'s", "’s", "'"])
            || (matches!(expr, Expr::Year(_)) && !self.is(i, &["in", "since", "during", "until"]) && self.describes(end));
        if modifies {
            return Some(Phrase { first: start, end, core: start, joint: None, frame: Frame::At, expr });
        }
        let open = self.is(end, &["on", "onward", "onwards", "forward"]) && matches!(frame, Frame::From | Frame::Since);
        let onwards = open && (!self.is(end, &["on"]) || self.core(end + 1).is_none());
        let frame = if onwards { Frame::Since } else { frame };
        Some(Phrase { first: i, end: end + usize::from(onwards), core: start, joint: None, frame, expr })
    }

    /// Whether the year that ends at `end` describes the noun after it. After 'in' and 'since' it never does without an article.
    fn describes(&self, end: usize) -> bool {
        self.noun(end) && self.sentence.tokens[end - 1].head == end as u32
    }

    /// 'in June of last year', 'in March this year': the month takes its year from the words after it.
    fn of_year(&self, end: usize, expr: &Expr) -> Option<(usize, Expr)> {
        let at = end + usize::from(self.is(end, &["of"]));
        let Expr::Month { year: None, month, shift: None } = expr else { return None };
        match self.core(at)? {
            (end, Expr::Unit { unit: Unit::Year, shift }) => Some((end, Expr::MonthOf { month: *month, shift })),
            _ => None,
        }
    }

    /// 'for a second day', 'for the third consecutive night': counted from a day that stands elsewhere.
    fn nth_day(&self, i: usize) -> Option<(usize, Expr)> {
        let mut at = i + usize::from(self.is(i, &["a", "the"]));
        self.sense(at).ordinal.filter(|_| at > i)?;
        at += 1;
        at += usize::from(self.is(at, &["consecutive", "straight", "successive"]));
        self.sense(at).unit.filter(|unit| *unit < Unit::Decade && *unit != Unit::Quarter && self.singular(at))?;
        at += 1;
        at += usize::from(self.is(at, &["running"]));
        at += 2 * usize::from(self.is(at, &["in"]) && self.is(at + 1, &["a"]) && self.is(at + 2, &["row"]));
        Some((at, Expr::Duration { count: 0, unit: Unit::Day }))
    }

    /// A time without a preposition. A bare stretch ('ten years') stands alone only where it cannot be a rate ('200 a day').
    fn bare(&self, i: usize) -> Option<Phrase> {
        let (end, expr) = self.core(i)?;
        let (end, expr) = self.of_year(end, &expr).unwrap_or((end, expr));
        if let Expr::Duration { count, unit } = expr
            && unit < Unit::Decade
            && (count < 2 || unit <= Unit::Hour)
        {
            return None;
        }
        Some(Phrase { first: i, end, core: i, joint: None, frame: Frame::At, expr })
    }

    /// The longer of two readings, the first where they are equal.
    fn longer(first: Found, second: Found) -> Found {
        match (first, second) {
            (Some(first), Some(second)) => Some(if second.0 > first.0 { second } else { first }),
            (first, second) => first.or(second),
        }
    }

    /// What a preposition of time says, and where its time starts.
    fn preposition(&self, i: usize) -> Option<(Frame, usize)> {
        let two = |second: &[&str]| self.is(i + 1, second);
        Some(match self.low(i) {
            "ever" if two(&["since"]) => (Frame::Since, i + 2),
            "since" => (Frame::Since, i + 1 + usize::from(two(&["about", "around", "at"]))),
            "from" | "starting" | "beginning" => {
                (Frame::From, i + 1 + usize::from(two(&["in", "on"]) || (two(&["at"]) && self.is(i + 2, &["the"]))))
            }
            "until" | "till" => (Frame::Until, i + 1),
            "up" if two(&["until", "till"]) => (Frame::Until, i + 2),
            "by" => (Frame::By, i + 1 + usize::from(two(&["about", "around"]))),
            "no" if two(&["later"]) && self.is(i + 2, &["than"]) => (Frame::By, i + 3),
            "before" => (Frame::Before, i + 1),
            "after" => (Frame::After, i + 1),
            "within" => (Frame::Within, i + 1),
            "for" => (Frame::For, i + 1),
            "in" => (Frame::In, i + 1 + usize::from(two(&["around", "about"]))),
            "on" | "at" | "during" | "over" | "throughout" | "through" | "around" => {
                (Frame::At, i + 1 + usize::from(two(&["around", "about", "or"]) && self.low(i) != "around"))
            }
            "as" if two(&["of"]) => (Frame::At, i + 2),
            _ => return None,
        })
    }
}

/// Whether a time can be one end of a range.
fn spans(expr: &Expr) -> bool {
    !matches!(expr, Expr::Duration { .. } | Expr::Anchored(_) | Expr::Recent | Expr::Soon | Expr::Stretch { .. } | Expr::Range(..))
}

/// '2013-15': the second year in two digits.
fn short_year(year: i16, word: &str) -> Option<i16> {
    let short: i16 = word.parse().ok().filter(|_| word.len() == 2)?;
    Some(year - year % 100 + short).filter(|other| *other > year)
}
