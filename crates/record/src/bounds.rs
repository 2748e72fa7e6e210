//! One number from many sources, under a rule that has a name.

use griot_types::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How the best value is chosen among what independent sources give. Low and high are the lowest and highest that any of them allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// The lowest best value.
    Minimum,
    /// The highest best value.
    Maximum,
    /// The best value that most sources give; of several the one given last, then the lower one.
    #[default]
    Majority,
    /// The value of the source that stands first in this list of publishers; sources not in it come last, the latest first.
    SourceOrder(Vec<String>),
    /// The best value given last.
    Latest,
}

impl Rule {
    /// Its name in output.
    pub fn name(&self) -> &'static str {
        match self {
            Rule::Minimum => "minimum",
            Rule::Maximum => "maximum",
            Rule::Majority => "majority",
            Rule::SourceOrder(_) => "source_order",
            Rule::Latest => "latest",
        }
    }
}

impl std::str::FromStr for Rule {
    type Err = String;

    fn from_str(text: &str) -> Result<Rule, String> {
        match text {
            "minimum" => Ok(Rule::Minimum),
            "maximum" => Ok(Rule::Maximum),
            "majority" => Ok(Rule::Majority),
            "latest" => Ok(Rule::Latest),
            _ => match text.strip_prefix("source_order=") {
                Some(list) => Ok(Rule::SourceOrder(list.split(',').map(|name| name.trim().to_lowercase()).collect())),
                None => Err("not one of: minimum, maximum, majority, latest, source_order=PUBLISHER,PUBLISHER…".to_owned()),
            },
        }
    }
}

/// What one claim gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Vote {
    /// The independent source that its report counts with.
    pub source: i64,
    /// Its report.
    pub report: i64,
    /// The report's publisher.
    pub publisher: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// The claim's id, which breaks ties.
    pub claim: i64,
    /// Lower bound.
    pub low: Option<f64>,
    /// Best value.
    pub best: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
}

/// A number with its bounds. What no source tells stays `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// The lowest that a source allows.
    pub low: Option<f64>,
    /// Chosen under the rule.
    pub best: Option<f64>,
    /// The highest that a source names; `None` where all leave it open.
    pub high: Option<f64>,
    /// The rule's name; `person` where a decision chose.
    pub rule: String,
    /// The claims that count: the last of each source.
    pub counted: Vec<String>,
    /// The claims that a later one of the same source took the place of.
    pub superseded: Vec<String>,
}

/// The bounds of `votes`. Each source counts once, with what it said last; `chosen` is a person's choice.
pub fn bounds(votes: &[Vote], rule: &Rule, chosen: Option<f64>) -> Bounds {
    let mut by_source: BTreeMap<i64, Vec<&Vote>> = BTreeMap::new();
    for vote in votes {
        by_source.entry(vote.source).or_default().push(vote);
    }
    let (mut counted, mut superseded) = (Vec::new(), Vec::new());
    for votes in by_source.values_mut() {
        // Of one day the higher number is the later one: tolls grow as the day goes on.
        votes.sort_by(|a, b| {
            (a.date, a.value()).partial_cmp(&(b.date, b.value())).unwrap_or(std::cmp::Ordering::Equal).then(a.claim.cmp(&b.claim))
        });
        if let Some((last, earlier)) = votes.split_last() {
            for vote in earlier {
                // Who says the same again supersedes nothing, and one report that gives two numbers tells of two opinions.
                let stands = vote.numbers() == last.numbers() || vote.report == last.report;
                let list = if stands { &mut counted } else { &mut superseded };
                list.push(*vote);
            }
            counted.push(*last);
        }
    }
    counted.sort_by_key(|vote| (vote.date, vote.claim));
    superseded.sort_by_key(|vote| (vote.date, vote.claim));
    let least = |values: &mut dyn Iterator<Item = f64>| values.min_by(f64::total_cmp);
    let most = |values: &mut dyn Iterator<Item = f64>| values.max_by(f64::total_cmp);
    let best = chosen.or_else(|| choose(&counted, rule));
    let low = least(&mut counted.iter().filter_map(|vote| vote.low));
    let high = most(&mut counted.iter().filter_map(|vote| vote.high));
    let ids = |votes: &[&Vote]| votes.iter().map(|vote| crate::codec::id(vote.claim)).collect();
    Bounds {
        low: low.map(|low| best.map_or(low, |best| low.min(best))),
        best,
        high: high.map(|high| best.map_or(high, |best| high.max(best))),
        rule: if chosen.is_some() { "person".to_owned() } else { rule.name().to_owned() },
        counted: ids(&counted),
        superseded: ids(&superseded),
    }
}

impl Vote {
    fn value(&self) -> Option<f64> {
        self.best.or(self.low).or(self.high)
    }

    fn numbers(&self) -> (Option<f64>, Option<f64>, Option<f64>) {
        (self.low, self.best, self.high)
    }
}

fn choose(counted: &[&Vote], rule: &Rule) -> Option<f64> {
    let known: Vec<(&Vote, f64)> = counted.iter().filter_map(|vote| Some((*vote, vote.best?))).collect();
    match rule {
        Rule::Minimum => known.iter().map(|(_, best)| *best).min_by(f64::total_cmp),
        Rule::Maximum => known.iter().map(|(_, best)| *best).max_by(f64::total_cmp),
        // The list is in order of days.
        Rule::Latest => known.last().map(|(_, best)| *best),
        Rule::SourceOrder(order) => {
            let rank = |vote: &Vote| {
                let name = vote.publisher.as_deref().unwrap_or("").to_lowercase();
                order.iter().position(|listed| *listed == name).unwrap_or(usize::MAX)
            };
            known.iter().rev().min_by_key(|(vote, _)| rank(vote)).map(|(_, best)| *best)
        }
        Rule::Majority => {
            let sources = |value: f64| {
                let set: std::collections::BTreeSet<i64> =
                    known.iter().filter(|(_, best)| *best == value).map(|(vote, _)| vote.source).collect();
                set.len()
            };
            let last = |value: f64| known.iter().filter(|(_, best)| *best == value).map(|(vote, _)| vote.date).max();
            known.iter().map(|(_, best)| *best).max_by(|a, b| (sources(*a), last(*a)).cmp(&(sources(*b), last(*b))).then(b.total_cmp(a)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(source: i64, day: i8, claim: i64, low: f64, best: f64, high: Option<f64>) -> Vote {
        let date = Some(Date::constant(2023, 5, day));
        Vote { source, report: claim, publisher: Some(format!("P{source}")), date, claim, low: Some(low), best: Some(best), high }
    }

    #[test]
    fn each_source_counts_once_with_what_it_said_last() {
        let votes = [vote(1, 1, 1, 12.0, 12.0, Some(12.0)), vote(1, 2, 2, 17.0, 17.0, Some(17.0)), vote(2, 1, 3, 15.0, 15.0, None)];
        let found = bounds(&votes, &Rule::Latest, None);
        assert_eq!((found.low, found.best, found.high), (Some(15.0), Some(17.0), Some(17.0)));
        assert_eq!(found.superseded, [crate::codec::id(1)]);
        assert_eq!(found.counted.len(), 2);
    }

    #[test]
    fn two_numbers_of_one_report_are_two_opinions() {
        let (told, denied) = (vote(1, 1, 1, 160.0, 160.0, Some(160.0)), vote(1, 1, 2, 132.0, 132.0, Some(132.0)));
        let found = bounds(&[told, Vote { report: 1, ..denied }], &Rule::Majority, None);
        assert_eq!((found.low, found.high, found.superseded.len()), (Some(132.0), Some(160.0), 0));
    }

    #[test]
    fn rules_choose() {
        let votes = [
            vote(1, 1, 1, 10.0, 10.0, Some(10.0)),
            vote(2, 2, 2, 10.0, 10.0, Some(10.0)),
            vote(3, 3, 3, 14.0, 14.0, Some(14.0)),
            vote(4, 4, 4, 12.0, 12.0, Some(12.0)),
        ];
        let best = |rule: &str| bounds(&votes, &rule.parse().unwrap(), None).best;
        assert_eq!(best("minimum"), Some(10.0));
        assert_eq!(best("maximum"), Some(14.0));
        assert_eq!(best("majority"), Some(10.0));
        assert_eq!(best("latest"), Some(12.0));
        assert_eq!(best("source_order=P3,P1"), Some(14.0));
        assert_eq!(best("source_order=unknown"), Some(12.0));
        let told = bounds(&votes, &Rule::Majority, Some(20.0));
        assert_eq!((told.low, told.best, told.high, told.rule.as_str()), (Some(10.0), Some(20.0), Some(20.0), "person"));
        assert!("mean".parse::<Rule>().is_err());
    }

    #[test]
    fn unknown_stays_unknown() {
        let open = Vote { source: 1, report: 1, publisher: None, date: None, claim: 1, low: Some(300.0), best: Some(300.0), high: None };
        let found = bounds(std::slice::from_ref(&open), &Rule::Majority, None);
        assert_eq!((found.low, found.best, found.high), (Some(300.0), Some(300.0), None));
        let below = Vote { low: None, best: None, high: Some(9.0), ..open };
        let found = bounds(&[below], &Rule::Majority, None);
        assert_eq!((found.low, found.best, found.high), (None, None, Some(9.0)));
        assert_eq!(bounds(&[], &Rule::Majority, None).best, None);
    }
}
