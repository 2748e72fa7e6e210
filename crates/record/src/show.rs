//! One thing and all that hangs on it.

use crate::bounds::Rule;
use crate::codec;
use crate::decisions::{Decision, Rulings};
use crate::entry::Entry;
use crate::error::{ErrorKind, Result};
use crate::question::{ActorRow, Filter, ReportRow};
use crate::scope::Scope;
use crate::store::Record;
use griot_types::{Claim, CodePoints, Kind, SmolStr, Status, Type};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum Shown {
    /// An entry with the decisions about it.
    Entry {
        /// The entry.
        entry: Box<Entry>,
        /// Decisions about its claims.
        decisions: Vec<Decision>,
    },
    /// A claim as it was read and as it counts.
    Claim {
        /// As the machine read it; offsets in code points.
        read: Box<Claim>,
        /// As people corrected it, where they did.
        corrected: Option<Box<Claim>>,
        /// The entry that it is in; `None` where a later reading of the report took its place.
        entry: Option<String>,
        /// The report.
        report: Box<ReportRow>,
        /// Decisions about it.
        decisions: Vec<Decision>,
    },
    /// A report with the claims of its last reading; offsets in code points.
    Report {
        /// The report.
        report: Box<ReportRow>,
        /// Its claims.
        claims: Vec<Claim>,
        /// Its text.
        text: String,
    },
    /// An actor.
    Actor(Box<Profile>),
}

/// What the record says of an actor, each line an entry with its claims.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Profile {
    /// It and its parts.
    pub actors: Vec<ActorRow>,
    /// Its strength over time.
    pub strength: Vec<Entry>,
    /// Where it is said to be, to act, or to hold: with since and until.
    pub presence: Vec<Entry>,
    /// Its withdrawals, reported or planned.
    pub withdrawals: Vec<Entry>,
    /// With whom it stands, whose part it is, whom it is against, who leads it.
    pub ties: Vec<Entry>,
    /// Its dead, hurt, abducted and missing.
    pub losses: Vec<Entry>,
    /// Of a peace operation: losses of peacekeepers of no named mission in the countries where it is reported to be.
    pub near_losses: Vec<Entry>,
    /// Those whom it is said to have killed, hurt or abducted.
    pub inflicted: Vec<Entry>,
    /// With whom it agreed, talked, worked.
    pub with: Vec<Counterpart>,
    /// Against whom it fought, whom it accused, threatened, refused, or who did that to it.
    pub against: Vec<Counterpart>,
}

/// Another actor and what it had to do with this one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counterpart {
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: SmolStr,
    /// The entries, by day.
    pub entries: Vec<String>,
    /// The last of them in full.
    pub last: Entry,
}

/// The sector of peacekeepers, which ends their codes.
const PEACEKEEPERS: &str = "PKO";

fn is_loss(type_: Type) -> bool {
    matches!(type_, Type::Killed | Type::Injured | Type::Casualties | Type::Abducted | Type::Missing | Type::Detained)
}

impl Record {
    /// What `name` stands for: an entry, a claim or a report by id (or the beginning of a report's), else an actor by id, name or code.
    ///
    /// # Errors
    /// Nothing is called so; the record cannot be read.
    pub fn show(&self, name: &str, rule: &Rule) -> Result<Shown> {
        let rulings = Rulings::read(self, &self.scope)?;
        if name.starts_with('e') && codec::number(&name[1..]).is_some() {
            let n = self.entry_named(name)?;
            let entry = self.entry(n, &rulings, rule)?;
            let decisions = self.decisions_about(entry.members.iter().map(|member| member.claim.as_str()))?;
            return Ok(Shown::Entry { entry: Box::new(entry), decisions });
        }
        if codec::number(name).is_some() {
            return self.show_claim(name, &rulings);
        }
        if let Ok(report) = self.report_named(name) {
            return self.show_report(&report, &rulings);
        }
        let profile = self.profile(&[name.to_owned()], rule)?;
        match profile {
            Some(profile) => Ok(Shown::Actor(Box::new(profile))),
            None => Err(self.error(ErrorKind::Unknown(name.to_owned()))),
        }
    }

    /// What the record says of the actors that `names` stand for; `None` where it lists none of them. Private persons have no profile.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn profile(&self, names: &[String], rule: &Rule) -> Result<Option<Profile>> {
        let actors = self.actors(&Filter { actors: names.to_vec(), ..Filter::default() }, None)?;
        if actors.is_empty() {
            return Ok(None);
        }
        let rulings = Rulings::read(self, &self.scope)?;
        let numbers: rustc_hash::FxHashSet<i64> = self.actor_numbers(names)?.into_iter().collect();
        let mut profile = Profile { actors, ..Profile::default() };
        for kind in [Kind::Figure, Kind::Relation] {
            let filter = Filter { kind: Some(kind), actors: names.to_vec(), ..Filter::default() };
            for n in self.find(&filter, None)? {
                let sides = self.sides_of(n, &numbers)?;
                let entry = self.entry(n, &rulings, rule)?;
                let at_source = sides.contains(&0);
                match entry.type_ {
                    Type::Personnel if at_source => profile.strength.push(entry),
                    Type::PresentIn | Type::ActiveIn | Type::Controls | Type::MandatedTo if at_source => profile.presence.push(entry),
                    _ if kind == Kind::Relation && sides.iter().any(|side| *side < 2) => profile.ties.push(entry),
                    type_ if is_loss(type_) && sides.contains(&1) => profile.losses.push(entry),
                    Type::Killed | Type::Injured | Type::Casualties | Type::Abducted | Type::Displaced if at_source => {
                        profile.inflicted.push(entry)
                    }
                    _ => {}
                }
            }
        }
        profile.strength.sort_by_key(|entry| (entry.time.as_ref().and_then(|time| time.start).or(entry.first_reported), entry.id.clone()));
        self.dealings(names, &numbers, &rulings, rule, &mut profile)?;
        if profile.actors.iter().any(|actor| actor.id.is_some() && actor.code.ends_with(PEACEKEEPERS)) {
            self.near_losses(&rulings, rule, &mut profile)?;
        }
        Ok(Some(profile))
    }

    /// Reports seldom say whose peacekeepers died where one mission is.
    fn near_losses(&self, rulings: &Rulings, rule: &Rule, profile: &mut Profile) -> Result<()> {
        let there =
            profile.presence.iter().chain(&profile.strength).chain(&profile.withdrawals).filter(|entry| entry.status == Status::Actual);
        let countries: Vec<SmolStr> = there.filter_map(|entry| entry.place.as_ref()?.country.clone()).collect();
        let sql =
            "SELECT DISTINCT entry.n FROM actor JOIN entry_actor ON entry_actor.actor = actor.n JOIN entry ON entry.n = entry_actor.entry
             WHERE actor.id IS NULL AND actor.code LIKE '%' || ?1 AND entry_actor.kind = 2 AND entry_actor.side = 1 AND entry.decided <> 2
             ORDER BY entry.first, entry.n";
        for n in self.rows(sql, [PEACEKEEPERS], |row| row.get::<_, i64>(0))? {
            let entry = self.entry(n, rulings, rule)?;
            let place = entry.place.as_ref().and_then(|place| place.country.as_ref());
            if is_loss(entry.type_) && place.is_some_and(|country| countries.contains(country)) {
                profile.near_losses.push(entry);
            }
        }
        Ok(())
    }

    /// Withdrawals, and whom it dealt with.
    fn dealings(
        &self,
        names: &[String],
        numbers: &rustc_hash::FxHashSet<i64>,
        rulings: &Rulings,
        rule: &Rule,
        profile: &mut Profile,
    ) -> Result<()> {
        let filter = Filter { kind: Some(Kind::Event), actors: names.to_vec(), ..Filter::default() };
        let (mut with, mut against): (FxHashMap<i64, Vec<i64>>, FxHashMap<i64, Vec<i64>>) = Default::default();
        for n in self.find(&filter, None)? {
            let sql = "SELECT type, status, mode FROM entry WHERE n = ?1";
            let Some((type_, status, mode)) =
                self.row(sql, [n], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<String>>(2)?)))?
            else {
                continue;
            };
            let type_ = crate::derive::type_of(type_).unwrap_or(Type::Other);
            let sides = self.sides_of(n, numbers)?;
            if type_ == Type::Retreat && sides.contains(&0) && mode.as_deref() == Some("withdraw") {
                profile.withdrawals.push(self.entry(n, rulings, rule)?);
            }
            let list = match type_ {
                Type::Agree | Type::Consult | Type::Support | Type::Concede | Type::Cooperate | Type::Aid => &mut with,
                Type::Accuse | Type::Reject | Type::Threaten | Type::Protest | Type::Sanction | Type::Coerce | Type::Assault => {
                    &mut against
                }
                _ => continue,
            };
            if status != Status::Actual as i64 || !sides.iter().any(|side| *side < 2) {
                continue;
            }
            let mut others =
                self.rows("SELECT DISTINCT actor FROM entry_actor WHERE entry = ?1 AND side < 2", [n], |row| row.get::<_, i64>(0))?;
            others.retain(|other| !numbers.contains(other));
            others.into_iter().for_each(|other| list.entry(other).or_default().push(n));
        }
        profile.with = self.counterparts(with, rulings, rule)?;
        profile.against = self.counterparts(against, rulings, rule)?;
        Ok(())
    }

    fn counterparts(&self, found: FxHashMap<i64, Vec<i64>>, rulings: &Rulings, rule: &Rule) -> Result<Vec<Counterpart>> {
        let mut out = Vec::new();
        for (actor, entries) in found {
            let sql = "SELECT name, code, key FROM actor WHERE n = ?1 AND public = 1";
            let named = self.row(sql, [actor], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)))?;
            if let (Some((name, code, key)), Some(last)) = (named, entries.last()) {
                let last = self.entry(*last, rulings, rule)?;
                let entries = entries.iter().map(|n| format!("e{}", codec::id(*n))).collect();
                out.push((key, Counterpart { name, code: code.into(), entries, last }));
            }
        }
        out.sort_by(|(a, x), (b, y)| y.entries.len().cmp(&x.entries.len()).then(a.cmp(b)));
        Ok(out.into_iter().map(|(_, counterpart)| counterpart).collect())
    }

    fn sides_of(&self, entry: i64, actors: &rustc_hash::FxHashSet<i64>) -> Result<Vec<u8>> {
        let rows = self.rows("SELECT actor, side FROM entry_actor WHERE entry = ?1", [entry], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, u8>(1)?))
        })?;
        Ok(rows.into_iter().filter(|(actor, _)| actors.contains(actor)).map(|(_, side)| side).collect())
    }

    fn show_claim(&self, name: &str, rulings: &Rulings) -> Result<Shown> {
        let read = self.claim_as_read(name)?;
        let report = self.report_named(&read.document)?;
        let n = self.report_number(&report)?;
        let text = self.text(n)?;
        let points = CodePoints::new(&text);
        let corrected = rulings.corrected(read.clone());
        let entry = self.entry_of(codec::number(name).unwrap_or_default())?.map(|entry| format!("e{}", codec::id(entry)));
        Ok(Shown::Claim {
            corrected: (corrected != read).then(|| Box::new(corrected.in_code_points(&points))),
            read: Box::new(read.in_code_points(&points)),
            entry,
            report: Box::new(self.report_row(n, rulings)?),
            decisions: self.decisions_about([name].into_iter())?,
        })
    }

    fn show_report(&self, id: &str, rulings: &Rulings) -> Result<Shown> {
        let n = self.report_number(id)?;
        let text = self.text(n)?;
        let points = CodePoints::new(&text);
        let claims = self.current(n, &self.scope, rulings)?.into_iter().map(|current| current.claim.in_code_points(&points)).collect();
        Ok(Shown::Report { report: Box::new(self.report_row(n, rulings)?), claims, text })
    }

    pub(crate) fn text(&self, report: i64) -> Result<String> {
        let text = self.row("SELECT text FROM report_text WHERE n = ?1", [report], |row| row.get(0))?;
        text.ok_or_else(|| self.damaged(format!("report {report} has lost its text")))
    }

    fn decisions_about<'a>(&self, claims: impl Iterator<Item = &'a str>) -> Result<Vec<Decision>> {
        let claims: Vec<&str> = claims.collect();
        let all = self.decisions(&self.scope)?;
        let mut about: Vec<i64> = all.iter().filter(|d| d.subject.iter().any(|id| claims.contains(&id.as_str()))).map(|d| d.n).collect();
        // An undoing is about what it undoes.
        for decision in all.iter().filter(|d| d.what == "undo") {
            if decision.subject.first().and_then(|n| n.parse().ok()).is_some_and(|n| about.contains(&n)) {
                about.push(decision.n);
            }
        }
        Ok(all.into_iter().filter(|decision| about.contains(&decision.n)).collect())
    }

    /// The number of the entry that an entry's or a claim's id finds.
    pub(crate) fn entry_named(&self, name: &str) -> Result<i64> {
        let claim = codec::number(name.strip_prefix('e').filter(|rest| rest.len() == 16).unwrap_or(name));
        let found = claim.map(|claim| self.entry_of(claim)).transpose()?.flatten();
        found.ok_or_else(|| self.error(ErrorKind::Unknown(name.to_owned())))
    }

    /// The ids of an entry's claims, in order.
    pub(crate) fn members(&self, entry: i64) -> Result<Vec<i64>> {
        self.rows("SELECT claim.id FROM fact JOIN claim ON claim.n = fact.claim WHERE fact.entry = ?1 ORDER BY claim.id", [entry], |row| {
            row.get(0)
        })
    }

    /// The claims that ids of entries and claims stand for.
    pub(crate) fn claims_of(&self, names: &[String]) -> Result<Vec<String>> {
        let mut out: Vec<String> = Vec::new();
        for name in names {
            let claims = if name.starts_with('e') && name.len() == 17 {
                self.members(self.entry_named(name)?)?.into_iter().map(codec::id).collect()
            } else {
                vec![self.one_claim(name)?]
            };
            out.extend(claims);
        }
        Ok(out)
    }

    /// A claim's id, where there is such a claim; an entry's where it has one claim.
    pub(crate) fn one_claim(&self, name: &str) -> Result<String> {
        if name.starts_with('e') && name.len() == 17 {
            let members = self.members(self.entry_named(name)?)?;
            return match members.as_slice() {
                [one] => Ok(codec::id(*one)),
                _ => {
                    let words = format!("{name} has {} claims; name one of them ('griot show' lists them)", members.len());
                    Err(self.error(ErrorKind::Misuse(words)))
                }
            };
        }
        self.claim_as_read(name).map(|claim| claim.id)
    }

    /// A claim as the last reading has it.
    pub(crate) fn claim_as_read(&self, name: &str) -> Result<Claim> {
        let unknown = || self.error(ErrorKind::Unknown(name.to_owned()));
        let id = codec::number(name).ok_or_else(unknown)?;
        let sql = "SELECT coding, n FROM claim WHERE id = ?1 ORDER BY coding DESC LIMIT 1";
        let found = self.row(sql, [id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        let (coding, n) = found.ok_or_else(unknown)?;
        self.claim_at(coding, n)
    }

    /// The whole id of a report from its id or eight digits or more of its beginning.
    pub(crate) fn report_named(&self, name: &str) -> Result<String> {
        let unknown = || self.error(ErrorKind::Unknown(name.to_owned()));
        let hex = name.strip_prefix("sha256:").unwrap_or(name);
        if hex.len() < 8 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(unknown());
        }
        let found = self.rows("SELECT hash FROM report WHERE lower(hex(hash)) LIKE ?1 || '%' LIMIT 2", [hex.to_lowercase()], |row| {
            row.get::<_, Vec<u8>>(0)
        })?;
        match found.as_slice() {
            [one] => Ok(crate::add::hash_name(one)),
            [] => Err(unknown()),
            _ => Err(self.error(ErrorKind::Misuse(format!("several reports begin with '{name}'; give more of the id")))),
        }
    }

    pub(crate) fn report_number(&self, id: &str) -> Result<i64> {
        let hash = crate::add::hash_bytes(id).unwrap_or_default();
        let n = self.row("SELECT n FROM report WHERE hash = ?1", [hash], |row| row.get(0))?;
        n.ok_or_else(|| self.error(ErrorKind::Unknown(id.to_owned())))
    }

    /// All decisions of this record's state, in order.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn history(&self) -> Result<Vec<Decision>> {
        let scope = Scope { as_of: self.scope.as_of.clone(), published_by: None };
        self.decisions(&scope)
    }
}
