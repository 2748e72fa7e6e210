//! What a series and a comparison say of themselves, in words.

use super::calendar::Unit;
use super::rates::{Comparison, Window};
use super::series::Period;

/// A whole number with its thousands apart: `12,345`.
pub fn number(n: f64) -> String {
    let whole = format!("{}", n.round() as i64);
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole.as_str()), |digits| ("-", digits));
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}")
}

/// What is to be known of a piece of time besides its count. Names of publishers stand in it as reports have them.
pub fn notes(period: &Period) -> Vec<String> {
    let mut notes = Vec::new();
    if period.unwatched {
        notes.push("not watched: no report of any kind".to_owned());
    } else if period.count == 0.0 && period.reports.is_some() {
        notes.push("no report of it".to_owned());
    }
    notes.extend(period.begins.iter().map(|one| format!("source begins: {one}")));
    notes.extend(period.ends.iter().map(|one| format!("source falls silent: {one}")));
    notes
}

impl Comparison {
    /// Both windows, the ratio with its interval, the model and why, and what it comes to: a line each.
    pub fn words(&self, unit: Unit) -> Vec<String> {
        let unit = unit.name();
        let window = |w: &Window| {
            let many = if w.pieces == 1 { "" } else { "s" };
            format!("{} to {}: {} in {} {unit}{many}, {:.2} a {unit}", w.from, w.to, number(w.total), w.pieces, w.rate)
        };
        let interval = self.interval.map_or_else(String::new, |(low, high)| format!(", 95 % interval {low:.2} to {high:.2}"));
        let p = self.p.map_or_else(String::new, |p| if p < 0.001 { ", p below .001".to_owned() } else { format!(", p {p:.3}") });
        let ratio = match self.ratio {
            Some(ratio) => format!("the rate is {ratio:.2} times that of before{interval}{p}"),
            None => format!("before, nothing was counted, so that there is no ratio{interval}{p}"),
        };
        let clear = self.interval.is_some_and(|(low, high)| low > 1.0 || high < 1.0);
        let comes_to = if clear {
            "the interval leaves out 1: a change in what is reported"
        } else {
            "the interval holds 1: chance alone may do this"
        };
        vec![
            format!("before  {}", window(&self.before)),
            format!("after   {}", window(&self.after)),
            ratio,
            self.why.clone(),
            comes_to.to_owned(),
        ]
    }
}
