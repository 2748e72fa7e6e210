//! `griot agree` and `griot learn`: what coders say of the same claims, and what they had to put right.

use super::args::{History, Shape};
use super::ask::{jsonl, put};
use super::lines::Lines;
use super::told;
use crate::Outcome;
use griot_record::Record;
use griot_world::World;

/// Runs `griot agree`.
pub fn agree(args: &History) -> anyhow::Result<Outcome> {
    let (fields, differences) = Record::open(&args.record).and_then(|record| record.agreement()).map_err(told)?;
    if args.format == Shape::Jsonl {
        return put(&(jsonl(&fields)? + &jsonl(&differences)?));
    }
    if fields.is_empty() {
        return put("No claim was decided on by two coders or more.\n");
    }
    let world = World::shipped();
    let lines = Lines::new(&world);
    let mut out = String::new();
    for field in &fields {
        let alpha = field.alpha.map_or_else(|| "no alpha: all values are alike".to_owned(), |alpha| format!("alpha {alpha:.3}"));
        out.push_str(&lines.pair(field.field, &format!("{alpha} · {} claims · the same on {:.0} %", field.claims, 100.0 * field.same)));
    }
    if !differences.is_empty() {
        out.push_str(&lines.heading("To adjudicate"));
    }
    for difference in &differences {
        let said: Vec<String> = difference.said.iter().map(|(who, value)| format!("{who}: {value}")).collect();
        out.push_str(&lines.pair(&difference.claim, &format!("{} · {}", difference.field, said.join("; "))));
        out.push_str(&lines.dim(&format!("“{}”", difference.quote)));
    }
    put(&out)
}

/// Runs `griot learn`.
pub fn learn(args: &History) -> anyhow::Result<Outcome> {
    let lessons = Record::open(&args.record).and_then(|record| record.lessons()).map_err(told)?;
    if args.format == Shape::Jsonl {
        return put(&jsonl(&lessons)?);
    }
    if lessons.is_empty() {
        return put("Nobody has rejected or corrected anything in this record.\n");
    }
    let world = World::shipped();
    let lines = Lines::new(&world);
    let line = |lesson: &griot_record::Lesson| {
        let right = if lesson.right.is_empty() { String::new() } else { format!(" → {}", lesson.right) };
        lines.pair(&format!("{} ×", lesson.times), &format!("{} · {}{right}", lesson.field, lesson.read))
            + &lines.dim(&lesson.claims.join(", "))
    };
    put(&lessons.iter().map(line).collect::<String>())
}
