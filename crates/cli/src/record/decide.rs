//! `griot decide` and `griot history`: what people say of entries and claims.

use super::args::{self, Decide, Hand, Shape};
use super::ask::{jsonl, put};
use super::lines::Lines;
use super::{show, told};
use crate::{Misuse, Outcome};
use griot_record::{Record, Verdict};
use griot_world::World;
use serde_json::Value;

/// Runs `griot decide`.
pub fn run(args: &Decide) -> anyhow::Result<Outcome> {
    let (hand, verdict) = match args {
        Decide::Accept(args) => (&args.hand, Verdict::Accept(args.ids.clone())),
        Decide::Reject(args) => (&args.hand, Verdict::Reject(args.ids.clone())),
        Decide::Correct(args) => (&args.hand, Verdict::Correct(args.id.clone(), fields(&args.fields)?)),
        Decide::Merge(args) => (&args.hand, Verdict::Merge(args.ids.clone())),
        Decide::Split(args) => (&args.hand, Verdict::Split(args.ids.clone())),
        Decide::Choose(args) => (&args.hand, Verdict::Choose(args.id.clone(), args.best)),
        Decide::Comment(args) => (&args.hand, Verdict::Comment(args.id.clone())),
        Decide::Sensitivity(args) => (&args.hand, Verdict::Sensitivity(args.id.clone(), args.level)),
        Decide::Undo(args) => (&args.hand, Verdict::Undo(args.n)),
    };
    let Hand { record, why, who, wait } = hand;
    let record = Record::open_to_write(record, *wait).map_err(told)?;
    let decision = record.decide(&verdict, who, why).map_err(told)?;
    put(&format!("decision {}: {} by {}, {} · {}\n", decision.n, decision.what, decision.who, decision.at, decision.hash))
}

fn fields(list: &[String]) -> Result<Vec<(String, Value)>, Misuse> {
    let field = |words: &String| {
        let (path, value) = words.split_once('=').ok_or_else(|| Misuse(format!("'{words}' is no correction; write FIELD=VALUE")))?;
        // A number, null, a list or an object as JSON has it; all else is text.
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
        Ok((path.to_owned(), value))
    };
    list.iter().map(field).collect()
}

/// Runs `griot history`.
pub fn history(args: &args::History) -> anyhow::Result<Outcome> {
    put(&past(args)?)
}

/// What `griot history` says.
pub fn past(args: &args::History) -> anyhow::Result<String> {
    let decisions = Record::open(&args.record).and_then(|record| record.history()).map_err(told)?;
    match args.format {
        Shape::Jsonl => jsonl(&decisions),
        Shape::Table if decisions.is_empty() => Ok("Nobody has decided anything in this record.\n".to_owned()),
        Shape::Table => Ok(show::history(&Lines::new(&World::shipped()), &decisions)),
    }
}
