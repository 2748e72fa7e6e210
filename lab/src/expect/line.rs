//! One expected claim: `event RETREAT/withdraw source=FRAMIL status=actual`.

use griot_types::{Actor, Claim, Date, Kind, Quantity, Time, Type};
use griot_world::World;
use griot_world::dictionary::{Target, fold::fold};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a line asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// There must be such a claim.
    Must,
    /// There may be.
    May,
    /// There must be none: a trap.
    Not,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The line as written.
    pub text: String,
    /// What it asks.
    pub polarity: Polarity,
    kind: Option<Kind>,
    type_: Option<Type>,
    mode: Option<String>,
    fields: Vec<(String, Vec<String>)>,
}

const FIELDS: [&str; 17] = [
    "source", "target", "said_by", "status", "mutual", "place", "country", "time", "quantity", "relation", "unit", "change", "cause",
    "of_event", "inside", "context", "cameo",
];

impl Expected {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Expected, String> {
        let mut words = split(text)?.into_iter().peekable();
        let polarity = match words.peek().map(|w| w.1.as_str()) {
            Some("not") => Polarity::Not,
            Some("may") => Polarity::May,
            _ => Polarity::Must,
        };
        if polarity != Polarity::Must {
            words.next();
        }
        let kind: Kind = words.next().ok_or("an empty line")?.1.parse()?;
        let mut expected = Expected { text: text.to_owned(), polarity, kind: Some(kind), type_: None, mode: None, fields: Vec::new() };
        for (key, value) in words {
            if key.is_empty() {
                let (type_, mode) = value.split_once('/').map_or((value.as_str(), None), |(t, m)| (t, Some(m.to_owned())));
                let type_: Type = type_.parse()?;
                if type_.kind() != kind {
                    return Err(format!("{type_} is no {kind}"));
                }
                (expected.type_, expected.mode) = (Some(type_), mode);
            } else if FIELDS.contains(&key.as_str()) {
                expected.fields.push((key, list(&value)));
            } else {
                return Err(format!("'{key}' is no field"));
            }
        }
        Ok(expected)
    }

    /// Whether the claim has the line's kind, type and, as far as named, its sources and targets.
    pub fn finds(&self, claim: &Claim) -> bool {
        self.kind.is_none_or(|k| k == claim.kind) && self.type_.is_none_or(|t| t == claim.type_) && self.sides(claim)
    }

    /// Whether all named fields agree. `types` gives the type of a claim by its id.
    pub fn matches(&self, claim: &Claim, types: &HashMap<&str, Type>) -> bool {
        self.finds(claim)
            && self.mode.as_deref().is_none_or(|m| claim.mode.as_deref() == Some(m))
            && self.fields.iter().all(|(key, values)| field(claim, key, values, types))
    }

    fn sides(&self, claim: &Claim) -> bool {
        let get = |key: &str| self.fields.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_slice());
        let agree = |source: &[Actor], target: &[Actor]| {
            get("source").is_none_or(|v| same_actors(v, source)) && get("target").is_none_or(|v| same_actors(v, target))
        };
        agree(&claim.source, &claim.target) || claim.mutual && agree(&claim.target, &claim.source)
    }
}

fn field(claim: &Claim, key: &str, values: &[String], types: &HashMap<&str, Type>) -> bool {
    let value = values.join(",");
    let text = |field: Option<&str>| if value == "-" { field.is_none() } else { field.is_some_and(|f| folded(f) == folded(&value)) };
    match key {
        "source" | "target" => true,
        "said_by" => same_actors(values, &claim.said_by),
        "status" => claim.status.as_str() == value,
        "mutual" => claim.mutual == (value == "true"),
        "place" => match &claim.place {
            None => value == "-",
            Some(place) => folded(&place.name) == folded(&value) || folded(&place.text) == folded(&value),
        },
        "country" => text(claim.place.as_ref().and_then(|p| p.country.as_deref())),
        "time" => same_time(&value, claim.time.as_ref()),
        "quantity" => same_quantity(&value, claim.quantity.as_ref()),
        "relation" => claim.quantity.as_ref().is_some_and(|q| bound(q) == value),
        "unit" => text(claim.quantity.as_ref().map(|q| q.unit.as_str())),
        "change" => text(claim.change.map(|c| c.as_str())),
        "cause" => text(claim.cause.map(|c| c.as_str())),
        "of_event" => text(claim.of_event.as_deref().and_then(|id| types.get(id)).map(|t| t.as_str())),
        "inside" => text(claim.inside.as_deref().and_then(|id| types.get(id)).map(|t| t.as_str())),
        "context" => values.iter().all(|v| claim.context.iter().any(|c| c == v)),
        "cameo" => claim.cameo.as_deref().is_some_and(|c| c.starts_with(&value)),
        _ => false,
    }
}

fn bound(quantity: &Quantity) -> String {
    serde_json::to_value(quantity.relation).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn same_actors(values: &[String], actors: &[Actor]) -> bool {
    if values == ["-"] {
        return actors.is_empty();
    }
    actors.len() == values.len()
        && values.iter().all(|v| actors.iter().any(|a| is_called(a, v)))
        && actors.iter().all(|a| values.iter().any(|v| is_called(a, v)))
}

/// Whether an expected actor is this one: by code, id, name or words, or by another name that the dictionary has for it ('Islamic State Mozambique').
pub fn is_called(actor: &Actor, name: &str) -> bool {
    static DICTIONARY: OnceLock<World> = OnceLock::new();
    let alias = |id: &str| {
        let dictionary = DICTIONARY.get_or_init(World::shipped).dictionary();
        dictionary.names().get(&fold(&folded(name))).iter().any(|sense| match sense.target {
            Target::Entry(at) => dictionary.entry_at(at).is_some_and(|entry| entry.id == id),
            _ => false,
        })
    };
    if actor.id.as_deref().is_some_and(alias) {
        return true;
    }
    let name = folded(name);
    actor.code.to_lowercase() == name
        || actor.id.as_deref().is_some_and(|id| id == name)
        || folded(&actor.name) == name
        || folded(&actor.text) == name
}

/// Case, a leading article and a leading number do not tell names apart.
fn folded(text: &str) -> String {
    const LEADING: [&str; 11] = ["the", "a", "an", "two", "three", "four", "five", "six", "seven", "some", "several"];
    let text = text.to_lowercase().replace('’', "'");
    match text.split_once(' ') {
        Some((first, rest)) if LEADING.contains(&first) => rest.to_owned(),
        _ => text,
    }
}

fn same_time(value: &str, time: Option<&Time>) -> bool {
    let Some(time) = time else { return value == "-" };
    let date = |text: &str| text.parse::<Date>().ok();
    match value.split_once("..") {
        None => value != "-" && time.start == date(value) && time.end == date(value),
        Some((start, end)) => time.start == date(start) && time.end == date(end),
    }
}

fn same_quantity(value: &str, quantity: Option<&Quantity>) -> bool {
    let Some(quantity) = quantity else { return value == "-" };
    let parts: Vec<Option<f64>> = value.split('/').map(|p| p.parse().ok()).collect();
    parts == [quantity.low, quantity.best, quantity.high].map(|a| a.map(|a| a.0))
}

/// Splits at blanks outside double quotes into (key, value); the key is empty for bare words.
fn split(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut words = Vec::new();
    let (mut key, mut word, mut quoted, mut any) = (String::new(), String::new(), false, false);
    for c in text.chars().chain([' ']) {
        match c {
            '"' => {
                quoted = !quoted;
                word.push('"');
                any = true;
            }
            '=' if !quoted && key.is_empty() => key = std::mem::take(&mut word),
            c if c.is_whitespace() && !quoted => {
                if any || !key.is_empty() {
                    words.push((std::mem::take(&mut key), std::mem::take(&mut word)));
                }
                any = false;
            }
            c => {
                word.push(c);
                any = true;
            }
        }
    }
    if quoted { Err("a quote is not closed".into()) } else { Ok(words) }
}

/// Splits at commas outside quotes and drops the quotes.
fn list(value: &str) -> Vec<String> {
    let (mut items, mut item, mut quoted) = (Vec::new(), String::new(), false);
    for c in value.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => items.push(std::mem::take(&mut item)),
            c => item.push(c),
        }
    }
    items.push(item);
    items
}
