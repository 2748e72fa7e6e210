//! The dead of UN peace operations, by the UN's own table: one row a person, with mission, day, cause and sort of personnel.

use super::{Answer, Checked, Row, Text, Verdict, bears_out, name};
use crate::error::{Error, Result};
use crate::merge::day;
use crate::reference::Reference;
use crate::store::Record;
use griot_types::{Actor, Claim, Date};
use std::collections::{BTreeMap, BTreeSet};

/// The cause that the UN calls so.
const MALICIOUS: &str = "Malicious Act";
/// The longest stretch of days that a single happening is dated by.
const INCIDENT: i32 = 31;
/// How many missions of a ranking are shown.
const SHOWN: usize = 5;

/// One death.
struct Death {
    mission: String,
    day: Option<Date>,
    cause: String,
    personnel: String,
}

/// The table of deaths, and when each mission was, where these tables are in the record.
#[derive(Default)]
pub struct Missions {
    table: Option<Reference>,
    deaths: Vec<Death>,
    /// First and last day.
    spans: BTreeMap<String, (Option<Date>, Option<Date>)>,
}

impl Missions {
    pub fn read(record: &Record, tables: &[Reference]) -> Result<Missions> {
        let last = |source: &str| tables.iter().rev().find(|table| table.source == source);
        let mut missions = Missions::default();
        if let Some(table) = last("un-fatalities") {
            record.reference_rows::<Error>(table.n, |row| {
                missions.deaths.push(Death {
                    mission: row.side_b.unwrap_or_default(),
                    day: row.first,
                    cause: row.type_.unwrap_or_default(),
                    personnel: row.side_a.unwrap_or_default(),
                });
                Ok(())
            })?;
            missions.table = Some(table.clone());
        }
        if let Some(table) = last("un-missions") {
            record.reference_rows::<Error>(table.n, |row| {
                missions.spans.insert(row.side_a.unwrap_or_default(), (row.first, row.last));
                Ok(())
            })?;
        }
        Ok(missions)
    }

    /// The mission that an actor is, by the table's acronyms.
    fn mission_of(&self, actor: &Actor) -> Option<String> {
        let known =
            |words: &str| self.deaths.iter().map(|death| &death.mission).find(|mission| mission.eq_ignore_ascii_case(words)).cloned();
        actor.id.as_deref().and_then(known).or_else(|| known(&actor.text)).or_else(|| known(&actor.name))
    }

    /// The missions that a text is about: those that its claims name, else those whose acronyms it writes.
    fn missions_in(&self, text: &Text) -> BTreeSet<String> {
        let actors = text.claims.iter().flat_map(|claim| claim.source.iter().chain(&claim.target).chain(&claim.said_by));
        let named: BTreeSet<String> = actors.filter_map(|actor| self.mission_of(actor)).collect();
        if !named.is_empty() {
            return named;
        }
        let words: BTreeSet<&str> = text.text.split(|c: char| !c.is_alphanumeric()).collect();
        self.deaths.iter().map(|death| &death.mission).filter(|mission| words.contains(mission.as_str())).cloned().collect()
    }

    fn count(&self, keep: impl Fn(&Death) -> bool) -> f64 {
        self.deaths.iter().filter(|death| keep(death)).count() as f64
    }

    /// A toll of peacekeepers under each definition.
    pub fn toll(&self, claim: &Claim, text: &Text) -> Vec<Answer> {
        let (Some(table), Some(quantity)) = (&self.table, &claim.quantity) else { return Vec::new() };
        if !claim.target.iter().any(|actor| actor.code.ends_with("PKO") || self.mission_of(actor).is_some()) {
            return Vec::new();
        }
        let own: BTreeSet<String> = claim.target.iter().filter_map(|actor| self.mission_of(actor)).collect();
        let missions = if own.is_empty() { self.missions_in(text) } else { own };
        let is_meant = |death: &Death| missions.is_empty() || missions.contains(&death.mission);
        let whose =
            if missions.is_empty() { "all UN missions".to_owned() } else { missions.iter().cloned().collect::<Vec<_>>().join(", ") };
        let time = claim.time.as_ref();
        let end = time.and_then(|time| time.end).or(text.date);
        let start = time.and_then(|time| time.start);
        let by = |start: Option<Date>| {
            let from = start.map_or_else(String::new, |day| format!(" from {day}"));
            from + &end.map_or_else(String::new, |day| format!(" until {day}"))
        };
        let within = |death: &Death, start: Option<Date>| {
            end.is_none_or(|end| death.day.is_none_or(|day| day <= end))
                && start.is_none_or(|start| death.day.is_some_and(|day| day >= start))
        };
        // Of one happening all before it are not meant.
        let incident = start.zip(end).is_some_and(|(start, end)| day(end) - day(start) <= INCIDENT);
        let since = start.filter(|_| incident);
        let count =
            |start: Option<Date>, keep: &dyn Fn(&Death) -> bool| self.count(|death| is_meant(death) && within(death, start) && keep(death));
        let served = |death: &Death| matches!(death.personnel.as_str(), "Military" | "Police" | "Military Observer");
        let mut definitions: Vec<(String, f64)> = vec![
            (format!("{whose}: all causes{}", by(since)), count(since, &|_| true)),
            (format!("{whose}: malicious acts{}", by(since)), count(since, &|death| death.cause == MALICIOUS)),
            (format!("{whose}: soldiers and police, all causes{}", by(since)), count(since, &served)),
        ];
        if start.is_some() && !incident {
            definitions.push((format!("{whose}: all causes{}", by(start)), count(start, &|_| true)));
        }
        let answer = |(definition, n): (String, f64)| Answer {
            verdict: if bears_out(quantity, n) { Verdict::Supported } else { Verdict::Contradicted },
            found: format!("{n} dead"),
            rows: vec![Row { source: name(table), text: format!("{n} rows: {definition}") }],
            definition,
        };
        definitions.into_iter().map(answer).collect()
    }

    /// What a text calls the deadliest mission, under each way to rank.
    pub fn ranks(&self, text: &Text) -> Vec<Checked> {
        let Some(quote) = superlative(text.text) else { return Vec::new() };
        let Some(table) = &self.table else {
            let found = "this record holds no table of peacekeepers' deaths; 'griot import RECORD FILE' takes the UN's".to_owned();
            let definition = "deaths of each mission, by all causes and by malicious acts".to_owned();
            let answers = vec![Answer { definition, verdict: Verdict::NotEnough, found, rows: Vec::new() }];
            return vec![Checked { quote, claim: "rank".into(), verdict: Verdict::NotEnough, answers }];
        };
        let named = self.missions_in(text);
        let in_days = |mission: &str| -> Option<f64> {
            let (start, end) = self.spans.get(mission)?;
            // A mission without an end goes on until the text, or until the table's last death.
            let last = end.or(text.date).or_else(|| self.deaths.iter().filter_map(|death| death.day).max())?;
            let days = start.as_ref()?.until(last).ok()?.get_days();
            (days > 0).then(|| f64::from(days) / 365.25)
        };
        let sum = |mission: &str, malicious: bool, end: Option<Date>| {
            self.count(|death| {
                death.mission == mission
                    && (!malicious || death.cause == MALICIOUS)
                    && end.is_none_or(|end| death.day.is_none_or(|day| day <= end))
            })
        };
        let all: BTreeSet<&String> = self.deaths.iter().map(|death| &death.mission).collect();
        let mut answers = Vec::new();
        let by = text.date.map_or_else(String::new, |day| format!(" until {day}"));
        let mut definitions = vec![
            (format!("all deaths{by}"), false, false, text.date),
            (format!("deaths by malicious acts{by}"), true, false, text.date),
            (format!("all deaths{by} for each year of its time"), false, true, text.date),
            (format!("deaths by malicious acts{by} for each year of its time"), true, true, text.date),
        ];
        // What has been counted since the text was written.
        if text.date.is_some_and(|end| self.deaths.iter().any(|death| death.day.is_some_and(|day| day > end))) {
            definitions.push(("all deaths of the whole table".to_owned(), false, false, None));
        }
        for (definition, malicious, per_year, end) in definitions {
            let mut ranking: Vec<(f64, &String)> = all
                .iter()
                .filter_map(|mission| {
                    let n = sum(mission, malicious, end);
                    // Of a mission of a few weeks a rate for a year says nothing.
                    if per_year {
                        in_days(mission).filter(|years| *years >= 1.0).map(|years| (n / years, *mission))
                    } else {
                        Some((n, *mission))
                    }
                })
                .collect();
            if ranking.is_empty() {
                continue;
            }
            ranking.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
            let shown = |n: f64| if per_year { format!("{n:.1}") } else { format!("{n}") };
            let place = |mission: &String| ranking.iter().position(|(_, other)| *other == mission).map(|at| at + 1);
            let (verdict, found) = match named.iter().find_map(|mission| Some((mission, place(mission)?))) {
                None => (Verdict::NotEnough, "the text names no mission of the table".to_owned()),
                Some((mission, rank)) => {
                    let n = ranking[rank - 1].0;
                    let verdict = if rank == 1 { Verdict::Supported } else { Verdict::Contradicted };
                    let ahead = if rank == 1 { String::new() } else { format!("; first is {} ({})", ranking[0].1, shown(ranking[0].0)) };
                    (verdict, format!("{mission} is number {rank} of {} ({}){ahead}", ranking.len(), shown(n)))
                }
            };
            let rows = ranking
                .iter()
                .take(SHOWN)
                .map(|(n, mission)| Row { source: name(table), text: format!("{mission} {}", shown(*n)) })
                .collect();
            answers.push(Answer { definition, verdict, found, rows });
        }
        vec![Checked { quote, claim: "rank".into(), verdict: Verdict::over(answers.iter().map(|answer| answer.verdict)), answers }]
    }
}

/// The words in which a text calls a mission the deadliest: 'the deadliest peacekeeping mission in the world'.
fn superlative(text: &str) -> Option<String> {
    let words: Vec<(usize, &str)> = text
        .split(|c: char| c.is_whitespace())
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len();
            // The separator that follows is one character, which may be longer than a byte.
            *at += text[*at..].chars().next().map_or(0, char::len_utf8);
            Some((start, word))
        })
        .filter(|(_, word)| !word.is_empty())
        .collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let at = words.iter().position(|(_, word)| matches!(bare(word).as_str(), "deadliest" | "bloodiest" | "costliest"))?;
    let noun = words
        .iter()
        .skip(at + 1)
        .take(5)
        .position(|(_, word)| matches!(bare(word).as_str(), "mission" | "operation" | "missions" | "operations" | "deployment"))?;
    let mut last = at + 1 + noun;
    // '… in the world', '… of the UN'.
    while last + 1 < words.len() && last < at + noun + 5 && !words[last].1.ends_with(['.', ',', ';', '!', '?']) {
        last += 1;
    }
    let end = words[last].0 + words[last].1.len();
    Some(text.get(words[at].0..end)?.trim_end_matches(['.', ',', ';']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn superlatives_of_missions_are_found_and_no_others() {
        let found = |text| superlative(text);
        assert_eq!(
            found("It has been described as the deadliest peacekeeping mission in the world. Then").as_deref(),
            Some("deadliest peacekeeping mission in the world")
        );
        assert_eq!(found("the UN\u{2019}s deadliest current operation, officials say").as_deref(), Some("deadliest current operation"));
        assert_eq!(found("It was the deadliest attack in years."), None);
        assert_eq!(found(""), None);
    }
}
