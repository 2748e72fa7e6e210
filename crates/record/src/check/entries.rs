//! A claim beside the record's own entries.

use super::{Answer, Row, Text, Verdict, bears_out};
use crate::bounds::Rule;
use crate::decisions::Rulings;
use crate::derive::type_number;
use crate::entry::Entry;
use crate::error::Result;
use crate::merge::{Facts, Reason, compare};
use crate::store::Record;
use griot_types::{Claim, Kind, Status, Type};
use rusqlite::params;
use rustc_hash::FxHashSet;

/// Points in common from which on two claims may be about the same.
const ALIKE: u32 = 7;
/// Days for which a count of a force's men is taken to hold.
const STRENGTH: i64 = 183;
/// Rows shown of an entry.
const SHOWN: usize = 4;

pub fn answers(record: &Record, claim: &Claim, text: &Text) -> Result<Vec<Answer>> {
    let event = claim.of_event.as_ref().and_then(|id| text.claims.iter().find(|other| other.id == *id));
    // A number that differs is what is asked about, and must not keep the two apart.
    let mut mine = Facts::of(claim, 0, -1, text.date, event);
    mine.count = None;
    let rulings = Rulings::read(record, &record.scope)?;
    let mut found: Vec<Entry> = Vec::new();
    for n in near(record, &mine)? {
        let entry = record.entry(n, &rulings, &Rule::default())?;
        if entry.members.iter().any(|member| member.report != text.document) && entry.decided != Some("rejected") {
            found.push(entry);
        }
    }
    if found.is_empty() {
        let found = "no entry of this record is about the same".to_owned();
        return Ok(vec![Answer { definition: "this record".into(), verdict: Verdict::NotEnough, found, rows: Vec::new() }]);
    }
    if claim.kind == Kind::Figure && claim.quantity.is_some() {
        return counts(record, claim, &found);
    }
    let rows: Vec<Row> = found.iter().flat_map(rows).collect();
    // A denial does not make a thing untrue, nor a report true.
    let yes = found.iter().filter(|entry| entry.status == claim.status && !entry.disputed).count();
    let no = found.iter().filter(|entry| opposite(entry.status, claim.status)).count();
    let disputed = found.iter().any(|entry| entry.disputed);
    let sources: usize = found.iter().filter(|entry| entry.status == claim.status).map(|entry| entry.independent).sum();
    let (verdict, words) = match (yes, no, disputed) {
        (_, 0, false) if yes > 0 => {
            (Verdict::Supported, format!("{sources} independent {} it", if sources == 1 { "source reports" } else { "sources report" }))
        }
        (0, _, false) if no > 0 => (Verdict::Contradicted, "what is reported is the contrary".to_owned()),
        (0, 0, false) => (Verdict::NotEnough, "it is told as planned, demanded or uncertain alone".to_owned()),
        _ => (Verdict::Depends, "some report it and some deny it".to_owned()),
    };
    Ok(vec![Answer { definition: "this record".into(), verdict, found: words, rows }])
}

fn opposite(a: Status, b: Status) -> bool {
    matches!((a, b), (Status::Negated, Status::Actual) | (Status::Actual, Status::Negated))
}

fn rows(entry: &Entry) -> Vec<Row> {
    let row = |member: &crate::entry::Member| Row {
        source: entry.id.clone(),
        text: format!(
            "\u{201c}{}\u{201d} ({}, {})",
            member.quote,
            member.publisher.as_deref().unwrap_or("no publisher"),
            member.date.map_or_else(|| "no date".to_owned(), |date| date.to_string())
        ),
    };
    entry.members.iter().take(SHOWN).map(row).collect()
}

/// A count under each rule that chooses among sources.
fn counts(record: &Record, claim: &Claim, found: &[Entry]) -> Result<Vec<Answer>> {
    let Some(quantity) = &claim.quantity else { return Ok(Vec::new()) };
    let rulings = Rulings::read(record, &record.scope)?;
    let mut answers: Vec<Answer> = Vec::new();
    for (rule, words) in [
        (Rule::Majority, "most sources"),
        (Rule::Minimum, "the lowest count"),
        (Rule::Maximum, "the highest count"),
        (Rule::Latest, "the latest count"),
    ] {
        for entry in found {
            let n = record.entry_named(&entry.id)?;
            let entry = record.entry(n, &rulings, &rule)?;
            let number = &entry.number;
            let Some(best) = number.best.or(number.low).or(number.high) else { continue };
            let verdict = if bears_out(quantity, best) { Verdict::Supported } else { Verdict::Contradicted };
            let bounds = format!("low {}, best {best}, high {}", shown(number.low), shown(number.high));
            let definition = format!("this record, by {words}");
            match answers.iter_mut().find(|answer| answer.definition == definition) {
                // Of several entries that may be meant, one that bears it out is enough.
                Some(answer) if answer.verdict != Verdict::Supported && verdict == Verdict::Supported => {
                    *answer = Answer { definition, verdict, found: bounds, rows: rows(&entry) };
                }
                Some(_) => {}
                None => answers.push(Answer { definition, verdict, found: bounds, rows: rows(&entry) }),
            }
        }
    }
    Ok(answers)
}

fn shown(n: Option<f64>) -> String {
    n.map_or_else(|| "none".to_owned(), |n| n.to_string())
}

/// Whether two claims are about the same, as far as evidence goes: who looks for a sentence's evidence takes less for the same than who merges, but a
/// count only where the place is told and agrees, a strength only where the force does, and an act only where an actor agrees and the day or the place does.
fn is_about(mine: &Facts, other: &Facts) -> bool {
    let mut mine = mine.clone();
    // 'In June' is borne out by what happened on the fifth.
    if let (Some(own), Some(theirs)) = (&mine.when, &other.when)
        && let (Some((a, b)), Some((x, y))) = (own.start.zip(own.end), theirs.start.zip(theirs.end))
        && a <= x
        && y <= b
    {
        mine.when.clone_from(&other.when);
    }
    let Some(likeness) = compare(&mine, other).filter(|likeness| likeness.points >= ALIKE) else { return false };
    let has = |wanted: &[Reason]| likeness.reasons.iter().any(|reason| wanted.contains(reason));
    let place = has(&[Reason::Place, Reason::NearPlace]);
    let day = has(&[Reason::Day, Reason::NearDay, Reason::Stretch]);
    let actor = has(&[Reason::Source, Reason::Target]);
    match mine.kind {
        // How strong a force is holds for a while, wherever it is told of.
        Kind::Figure if mine.type_ == Some(Type::Personnel) => actor,
        Kind::Figure => place && day,
        Kind::Event => actor && (place || day),
        Kind::Relation => actor,
    }
}

/// The entries with a claim that is about the same.
fn near(record: &Record, mine: &Facts) -> Result<Vec<i64>> {
    let (first, last) = mine.lanes();
    // Claims without a day stand at the day of their report; a relation may have been told years ago.
    let reach = match mine.kind {
        Kind::Relation => i64::from(i32::MAX),
        Kind::Figure if mine.type_ == Some(Type::Personnel) => STRENGTH,
        _ => 1,
    };
    let mut ways = vec![(first - reach, last + reach)];
    // A long stretch has a lane of its own; what happened within it is told by the day.
    ways.extend(mine.when.and_then(|when| when.start.zip(when.end)).map(|(start, end)| (i64::from(start), i64::from(end))));
    let sql = "SELECT entry, facts FROM fact WHERE type = ?1 AND first BETWEEN ?2 AND ?3 AND last >= ?4 ORDER BY claim";
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for (first, last) in ways {
        let bounds = params![type_number(mine.type_) as i64, first - Facts::WIDEST, last, first];
        for (entry, blob) in record.rows(sql, bounds, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))? {
            let mut other = record.thaw(&blob)?.facts;
            other.count = None;
            if !seen.contains(&entry) && is_about(mine, &other) {
                seen.insert(entry);
                found.push(entry);
            }
        }
    }
    Ok(found)
}
