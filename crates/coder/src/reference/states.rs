//! Which state's: 'the army', 'the authorities', 'police' where nothing beside them says so.

use super::past::{MEMORY, Past, Text, of_a_state};
use super::{Reference, Who};
use griot_types::SmolStr;
use griot_world::{ActorKind, Mention};
use std::collections::BTreeMap;

/// A country's share of what speaks for it must reach this ...
const ENOUGH: f64 = 0.45;
/// ... and be so far ahead of the next.
const AHEAD: f64 = 0.15;
/// Prepositions of the place of an act.
const WITHIN: [&str; 6] = ["in", "at", "near", "inside", "across", "throughout"];
/// A noun without an article ('police') is the leading country's only where that is as good as alone.
const ALONE: f64 = 0.6;

impl Reference<'_> {
    /// The state's body that a description without a country means, if the report tells.
    pub(super) fn of_which_state(&self, text: &Text, past: &Past, mention: &Mention, own: &Who) -> Option<Who> {
        let country = self.which_country(text, past, own.token, Some(mention), ENOUGH)?;
        Some(Who { actor: text.reading.in_country(&country, mention), named: true, ..own.clone() })
    }

    /// The same for a noun without an article.
    pub(super) fn of_leading_state(&self, text: &Text, past: &Past, mention: &Mention, own: &Who) -> Option<Who> {
        let country = self.which_country(text, past, own.token, Some(mention), ALONE)?;
        Some(Who { actor: text.reading.in_country(&country, mention), named: true, ..own.clone() })
    }

    /// The country that a phrase without one belongs to: the one that the report is about, that acted last, and that the same clause does not
    /// set against the phrase.
    pub(super) fn which_country(&self, text: &Text, past: &Past, token: usize, mention: Option<&Mention>, enough: f64) -> Option<SmolStr> {
        let leads = text.reading.leads();
        let all: f64 = leads.values().sum();
        let mut score: BTreeMap<SmolStr, f64> = leads.iter().map(|(c, w)| (c.clone(), w / all.max(1.0))).collect();
        let mut acted = false;
        let mut alike = false;
        for entity in past.entities.iter().rev().filter(|e| text.sentence - e.sentence <= MEMORY && e.who.len() == 1) {
            let who = &entity.who[0];
            let Some(country) = who.actor.country.clone().filter(|_| is_state(who)) else { continue };
            let back = text.sentence - entity.sentence;
            let value = score.entry(country).or_insert(0.0);
            if !acted && entity.subject && !entity.aside && back <= 2 {
                *value += 0.3 - 0.1 * back as f64;
                acted = true;
            }
            if !alike && mention.is_some_and(|m| m.kind == who.kind && sectors_agree(m, who)) {
                *value += 0.5 - 0.05 * back as f64;
                alike = true;
            }
        }
        for country in self.opposed(text, token) {
            *score.entry(country).or_insert(0.0) -= 0.6;
        }
        for country in self.around(text, token) {
            *score.entry(country).or_insert(0.0) += 0.6;
        }
        let mut ranked: Vec<(SmolStr, f64)> = score.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (country, best) = ranked.first()?.clone();
        let next = ranked.get(1).map_or(0.0, |r| r.1);
        (best >= enough && best - next >= AHEAD).then_some(country)
    }

    /// Countries in which the phrase does what it does, or of which it takes hold: 'officers seized power in Niger', 'took control of Gabon'.
    fn around(&self, text: &Text, token: usize) -> Vec<SmolStr> {
        let mut found: Vec<SmolStr> = Vec::new();
        let places = &text.reading.sentences[text.sentence].places;
        let country = |t: usize| places.iter().find(|p| (p.first..p.end).contains(&t)).and_then(|p| p.place.country.clone());
        for proposition in text.propositions.list.iter().filter(|p| p.fillers("subj").any(|a| a.token == token)) {
            let held = proposition
                .fillers("obj")
                .filter_map(|a| text.propositions.at(a.token))
                .flat_map(|p| text.propositions.list[p].fillers("of"));
            let there = WITHIN.iter().flat_map(|role| proposition.fillers(role));
            for argument in there.chain(held) {
                found.extend(country(argument.token).filter(|c| !found.contains(c)));
            }
        }
        found
    }

    /// Countries that fill another role of a clause in which the phrase has one: whom 'the army accused', who 'told the army'.
    fn opposed(&self, text: &Text, token: usize) -> Vec<SmolStr> {
        let mut found = Vec::new();
        for proposition in &text.propositions.list {
            let side = |role: &str| match role {
                "subj" | "by" => Some(true),
                "obj" | "iobj" | "of" | "against" | "with" | "on" | "to" | "into" | "from" => Some(false),
                _ => None,
            };
            let mine = proposition.arguments.iter().find(|a| a.token == token).and_then(|a| side(&a.role));
            let Some(mine) = mine else { continue };
            for argument in proposition.arguments.iter().filter(|a| side(&a.role) == Some(!mine) && a.token != token) {
                let mention = text.reading.mention_at(text.sentence, argument.token);
                let state = mention.filter(|m| m.kind == ActorKind::State || of_a_state(m.kind));
                found.extend(state.and_then(|m| m.actor.country.clone()));
            }
        }
        found
    }
}

/// Whether an actor stands for a state.
fn is_state(who: &Who) -> bool {
    let office = who.kind == ActorKind::Person && who.actor.sectors.iter().any(|s| s == "GOV" || s == "MIL");
    who.kind == ActorKind::State || of_a_state(who.kind) || office
}

/// 'the junta' is a government of soldiers, which a capital by itself does not name.
fn sectors_agree(mention: &Mention, who: &Who) -> bool {
    mention.actor.sectors.iter().all(|s| who.actor.sectors.contains(s))
}
