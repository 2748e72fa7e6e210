//! One actor and those whom it had to do with: what a picture of it shows, each line with the entries that it stands for.

use crate::bounds::Rule;
use crate::codec;
use crate::decisions::Rulings;
use crate::derive::{date, type_of};
use crate::entry::Entry;
use crate::error::Result;
use crate::merge::{day, fold};
use crate::question::{ActorRow, Filter};
use crate::store::Record;
use griot_types::{Actor, Date, Kind, Status, Type};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::BTreeMap;

/// An edge names so many of its entries, the newest first.
const NAMED: usize = 30;
/// From so many claims names are gathered.
const HEARD: i64 = 400;

/// How one stands to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stand {
    /// A part, ally, supporter, leader or successor.
    Tie,
    /// Agreed, talked, worked, helped.
    With,
    /// Fought, harmed, accused, threatened, refused.
    Against,
}

impl Stand {
    fn of(type_: Type) -> Option<Stand> {
        Some(match type_ {
            Type::PartOf | Type::AffiliatedWith | Type::AlliedWith | Type::Supports | Type::Leads | Type::SuccessorOf => Stand::Tie,
            Type::Agree | Type::Consult | Type::Support | Type::Concede | Type::Cooperate | Type::Aid => Stand::With,
            Type::OpposedTo
            | Type::Accuse
            | Type::Reject
            | Type::Threaten
            | Type::Protest
            | Type::Sanction
            | Type::Coerce
            | Type::Assault => Stand::Against,
            Type::Killed | Type::Injured | Type::Casualties | Type::Abducted | Type::Detained | Type::Displaced => Stand::Against,
            _ => return None,
        })
    }
}

/// All of one sort between the actor and another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edge {
    /// Of which sort.
    pub stand: Stand,
    /// The types in it, whether the actor is the doer, and how many entries each has.
    pub types: Vec<(Type, bool, usize)>,
    /// The first day.
    pub first: Option<Date>,
    /// The last day on which something is told to have begun.
    pub last: Option<Date>,
    /// How many entries.
    pub entries: usize,
    /// The newest of them.
    pub ids: Vec<String>,
}

/// Another actor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Neighbour {
    /// Who.
    #[serde(flatten)]
    pub actor: ActorRow,
    /// What is between them.
    pub edges: Vec<Edge>,
}

/// One actor, its names, its neighbours, its strength and its losses.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Network {
    /// It and its parts.
    pub actors: Vec<ActorRow>,
    /// How reports write it, the most often written first.
    pub names: Vec<(String, usize)>,
    /// Those with whom most is reported, those with a name in the dictionaries first.
    pub neighbours: Vec<Neighbour>,
    /// How many more there are.
    pub more: usize,
    /// Counts of its men, by day.
    pub strength: Vec<Entry>,
    /// Its dead, hurt, abducted and missing, by day.
    pub losses: Vec<Entry>,
}

/// One row of what joins the actor to another.
struct Line {
    other: i64,
    entry: i64,
    type_: Type,
    first: i64,
    out: bool,
    /// Whether the other has a name in the dictionaries: 'people' and 'the attackers' have none.
    named: bool,
}

impl Record {
    /// An actor's surroundings: the `limit` others with whom most is reported as done. `None` where the record lists no actor of these names; private
    /// persons are in no network.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn network(&self, names: &[String], filter: &Filter, rule: &Rule, limit: usize) -> Result<Option<Network>> {
        let actors = self.actors(&Filter { actors: names.to_vec(), ..Filter::default() }, None)?;
        if actors.is_empty() {
            return Ok(None);
        }
        let numbers = self.actor_numbers(names)?;
        let mut network = Network { names: self.written(&numbers, &actors)?, actors, ..Network::default() };
        let mut by_other: BTreeMap<i64, Vec<Line>> = BTreeMap::new();
        for line in self.lines(&numbers, filter)? {
            by_other.entry(line.other).or_default().push(line);
        }
        // A lasting relation weighs as much as three acts.
        let weight = |lines: &[Line]| -> usize { lines.iter().map(|line| if line.type_.kind() == Kind::Relation { 3 } else { 1 }).sum() };
        let mut ranked: Vec<(bool, usize, i64)> =
            by_other.iter().map(|(other, lines)| (lines.iter().any(|line| line.named), weight(lines), *other)).collect();
        ranked.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.cmp(&b.2)));
        network.more = ranked.len().saturating_sub(limit);
        for (_, _, other) in ranked.into_iter().take(limit) {
            let sql = "SELECT id, name, code, country, entries FROM actor WHERE n = ?1";
            let actor = self.row(sql, [other], |row| {
                let (code, country): (String, Option<String>) = (row.get(2)?, row.get(3)?);
                Ok(ActorRow {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    code: code.into(),
                    country: country.map(Into::into),
                    entries: row.get(4)?,
                })
            })?;
            let lines = by_other.remove(&other).unwrap_or_default();
            network.neighbours.extend(actor.map(|actor| Neighbour { actor, edges: edges(&lines) }));
        }
        let rulings = Rulings::read(self, &self.scope)?;
        network.strength = self.figures(names, &numbers, filter, (&rulings, rule), &[Type::Personnel], 0)?;
        let losses = [Type::Killed, Type::Injured, Type::Casualties, Type::Abducted, Type::Missing, Type::Detained];
        network.losses = self.figures(names, &numbers, filter, (&rulings, rule), &losses, 1)?;
        Ok(Some(network))
    }

    /// What is reported as done between these actors and others, on the two sides of one entry.
    fn lines(&self, numbers: &[i64], filter: &Filter) -> Result<Vec<Line>> {
        let list = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT DISTINCT other.actor, entry.n, entry.type, entry.first, me.side = 0, actor.id IS NOT NULL
             FROM entry_actor AS me JOIN entry ON entry.n = me.entry JOIN entry_actor AS other ON other.entry = me.entry
             JOIN actor ON actor.n = other.actor
             WHERE me.actor IN ({list}) AND me.side < 2 AND other.side < 2 AND other.side <> me.side AND other.actor NOT IN ({list})
               AND actor.public = 1 AND entry.status = ?1 AND entry.decided <> 2 AND entry.first <= ?2 AND entry.last >= ?3
             ORDER BY entry.first, entry.n"
        );
        let (from, to) = (filter.from.map_or(i64::MIN, |from| day(from).into()), filter.to.map_or(i64::MAX, |to| day(to).into()));
        let rows = self.rows(&sql, [Status::Actual as i64, to, from], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, i64>(3)?,
                row.get::<_, bool>(4)?,
                row.get::<_, bool>(5)?,
            ))
        })?;
        Ok(rows
            .into_iter()
            .filter_map(|(other, entry, type_, first, out, named)| {
                let type_ = type_of(type_).filter(|type_| Stand::of(*type_).is_some())?;
                Some(Line { other, entry, type_, first, out, named })
            })
            .collect())
    }

    /// The newest figures of these types with the actor on this side, by day.
    fn figures(
        &self,
        names: &[String],
        numbers: &[i64],
        filter: &Filter,
        (rulings, rule): (&Rulings, &Rule),
        types: &[Type],
        side: u8,
    ) -> Result<Vec<Entry>> {
        let filter = Filter {
            kind: Some(Kind::Figure),
            types: types.to_vec(),
            statuses: vec![Status::Actual],
            actors: names.to_vec(),
            from: filter.from,
            to: filter.to,
            ..Filter::default()
        };
        let mut found = Vec::new();
        for n in self.find(&filter, None)?.into_iter().rev() {
            let sides =
                self.rows("SELECT actor FROM entry_actor WHERE entry = ?1 AND side = ?2", [n, side.into()], |row| row.get::<_, i64>(0))?;
            if sides.iter().any(|actor| numbers.binary_search(actor).is_ok()) {
                found.push(self.entry(n, rulings, rule)?);
            }
            if found.len() == 5 * NAMED {
                break;
            }
        }
        found.sort_by_cached_key(|entry| {
            (entry.time.as_ref().and_then(|time| time.start.or(time.end)).or(entry.first_reported), entry.id.clone())
        });
        Ok(found)
    }

    /// How the newest claims write the actor: what begins with a name, without what stands before it.
    fn written(&self, numbers: &[i64], actors: &[ActorRow]) -> Result<Vec<(String, usize)>> {
        let list = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT fact.claim, claim.coding FROM entry_actor JOIN fact ON fact.entry = entry_actor.entry JOIN claim ON claim.n = fact.claim
             WHERE entry_actor.actor IN ({list}) ORDER BY entry_actor.first DESC, fact.claim LIMIT ?1"
        );
        let ids: FxHashSet<&str> = actors.iter().filter_map(|actor| actor.id.as_deref()).collect();
        let bare: FxHashSet<String> = actors.iter().filter(|actor| actor.id.is_none()).map(|actor| fold(&actor.name)).collect();
        let is = |actor: &&Actor| actor.id.as_deref().map_or_else(|| bare.contains(&fold(&actor.name)), |id| ids.contains(id));
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        let mut claims: Vec<(i64, i64)> = self.rows(&sql, [HEARD], |row| Ok((row.get(1)?, row.get(0)?)))?;
        claims.sort_unstable();
        claims.dedup();
        for (coding, claim) in claims {
            let claim = self.claim_at(coding, claim)?;
            for actor in claim.source.iter().chain(&claim.target).chain(&claim.said_by).filter(is) {
                if let Some(name) = actor.text.find(char::is_uppercase).and_then(|at| actor.text.get(at..)) {
                    *counts.entry(name.to_owned()).or_default() += 1;
                }
            }
        }
        // What begins a sentence has a capital, too: 'They', 'The attackers'. A name has another one, or comes back.
        let named =
            |(name, count): &(String, usize)| name.chars().skip(1).any(char::is_uppercase) || *count > 1 && name.chars().count() > 4;
        let mut names: Vec<(String, usize)> = counts.into_iter().filter(named).collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(names)
    }
}

/// The lines to one other, by sort.
fn edges(lines: &[Line]) -> Vec<Edge> {
    let mut by_stand: BTreeMap<Stand, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        if let Some(stand) = Stand::of(line.type_) {
            by_stand.entry(stand).or_default().push(line);
        }
    }
    let edge = |(stand, lines): (Stand, Vec<&Line>)| {
        let mut types: BTreeMap<(Type, bool), usize> = BTreeMap::new();
        let mut seen = FxHashSet::default();
        let mut ids = Vec::new();
        for line in lines.iter().rev() {
            *types.entry((line.type_, line.out)).or_default() += 1;
            if seen.insert(line.entry) {
                ids.push(format!("e{}", codec::id(line.entry)));
            }
        }
        let entries = ids.len();
        ids.truncate(NAMED);
        let days = || lines.iter().map(|line| line.first);
        let types = types.into_iter().map(|((type_, out), count)| (type_, out, count)).collect();
        Edge { stand, types, first: days().min().and_then(date), last: days().max().and_then(date), entries, ids }
    };
    by_stand.into_iter().map(edge).collect()
}
