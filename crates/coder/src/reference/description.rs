//! Whom a definite description stands for: 'the mission', 'the group', 'the attackers', 'the president'.

use super::past::{Act, Entity, MEMORY, Past, Text, is_armed, of_a_state};
use super::{Reference, Who};
use griot_types::{Actor, Deprel, Upos};
use griot_world::{ActorKind, Mention};

/// How far back the act lies whose doers 'the attackers' are, in sentences.
const REACH: usize = 5;

impl Reference<'_> {
    /// Whom the phrase takes up; nobody where the report does not tell, and then its words stay.
    pub(super) fn description(&self, text: &Text, past: &Past, mention: &Mention, own: &Who) -> Option<Who> {
        use ActorKind::*;
        let own_country = mention.actor.country.is_some();
        match mention.kind {
            Unidentified if !own_country && mention.actor.code == "UAF" => self.attackers(text, past, mention, own),
            Group | Militia => self.best(text, past, own, |e| self.armed(mention, e)),
            Person if !mention.plural => self.person(text, past, mention, own),
            kind if of_a_state(kind) && !own_country => self.of_which_state(text, past, mention, own),
            Mission | Pmc | Igo | Alliance | Ngo | Party | Body => self.best(text, past, own, |e| self.body(text, mention, e)),
            _ => None,
        }
    }

    /// The entity that suits best: the doer of an earlier sentence is meant more often than a name in passing.
    fn best(&self, text: &Text, past: &Past, own: &Who, suits: impl Fn(&Entity) -> Option<f64>) -> Option<Who> {
        let tree = text.tree;
        let pointed = tree.children(own.token).any(|c| tree.deprel(c) == Deprel::Det && matches!(tree.lemma(c), "that" | "this"));
        let salience = |e: &Entity| {
            let score = -2.5 * (text.sentence - e.sentence) as f64 + e.token as f64 * 0.01;
            // 'That group' is the one just named, whoever the report is about.
            let topic = if pointed { 0.0 } else { 4.0 };
            score + if e.subject { topic } else { 0.0 } - if e.inner { 3.0 } else { 0.0 } - if e.aside { 1.0 } else { 0.0 }
        };
        let near = past.entities.iter().filter(|e| text.sentence - e.sentence <= MEMORY && e.who.len() == 1);
        // Nobody does a thing to himself under another name: 'the soldiers joined the force'.
        let beside = |e: &Entity| {
            text.propositions.list.iter().any(|p| [e.token, own.token].iter().all(|t| p.arguments.iter().any(|a| a.token == *t)))
        };
        let candidates = near.filter(|e| !(e.sentence == text.sentence && (text.tree.dominates(e.token, own.token) || beside(e))));
        let (_, entity) = candidates.filter_map(|e| suits(e).map(|s| (s + salience(e), e))).max_by(|a, b| a.0.total_cmp(&b.0))?;
        let antecedent = &entity.who[0];
        let actor = Actor { text: own.actor.text.clone(), ..antecedent.actor.clone() };
        Some(Who { actor, kind: antecedent.kind, named: antecedent.named, force: own.force || antecedent.force, ..own.clone() })
    }

    /// 'the gunmen', 'the attackers': those who were called so or did the last act of force of which the doers are told, whichever is later.
    fn attackers(&self, text: &Text, past: &Past, mention: &Mention, own: &Who) -> Option<Who> {
        let noun = text.tree.lemma(mention.head).to_lowercase();
        let called = past.entities.iter().rev().find(|e| e.noun == noun && e.who.len() == 1 && !e.inner);
        let near = |a: &&Act| text.sentence - a.sentence <= REACH && a.doers.iter().all(|w| is_armed(w.kind));
        let act = past.acts.iter().rev().find(near);
        let found = match (called, act) {
            (Some(called), Some(act)) if act.sentence > called.sentence => act.doers.first(),
            (Some(called), _) => called.who.first(),
            (None, Some(act)) => act.doers.first(),
            (None, None) => None,
        }?;
        let actor = Actor { text: own.actor.text.clone(), ..found.actor.clone() };
        Some(Who { actor, kind: found.kind, named: found.named, ..own.clone() })
    }

    /// How well an armed group suits 'the rebels', 'the militia'.
    fn armed(&self, mention: &Mention, entity: &Entity) -> Option<f64> {
        let who = &entity.who[0];
        let alike = entity.noun == last_word(&mention.actor.name);
        let known = who.named || who.actor.country.is_some();
        if !(matches!(who.kind, ActorKind::Group | ActorKind::Militia | ActorKind::Pmc) || alike && is_armed(who.kind)) {
            return None;
        }
        let country = |c| who.actor.country.as_ref() == Some(c);
        if !(known || alike || is_armed(who.kind)) || !mention.actor.country.as_ref().is_none_or(country) {
            return None;
        }
        let agree = mention.actor.sectors.iter().any(|s| who.actor.sectors.contains(s));
        // Rebels and paramilitaries fight on different sides as a rule: 'the volunteers' who fight beside an army are not the group it fights.
        if !agree && !alike && mention.kind == ActorKind::Militia && who.kind == ActorKind::Group {
            return None;
        }
        let again = match (alike, entity.subject) {
            (true, true) => 4.0,
            (true, false) => 1.0,
            _ => 0.0,
        };
        Some(again + if who.named { 1.5 } else { 0.0 } + if agree { 1.5 } else { -1.0 })
    }

    /// How well a body suits 'the mission', 'the group', 'the council'.
    fn body(&self, text: &Text, mention: &Mention, entity: &Entity) -> Option<f64> {
        let who = &entity.who[0];
        let noun = text.tree.lemma(mention.head).to_lowercase();
        if who.kind == ActorKind::Person || mention.actor.country.as_ref().is_some_and(|c| who.actor.country.as_ref() != Some(c)) {
            return None;
        }
        let bears = who.named && bears_noun(&who.actor, &noun);
        let kind = match mention.kind {
            ActorKind::Body => self.takes_up(&noun, who),
            kind => kind == who.kind,
        };
        let named = who.named || who.kind == ActorKind::Mission || entity.noun == noun;
        let sectors = mention.actor.sectors.iter().all(|s| who.actor.sectors.contains(s) || who.actor.code.contains(s.as_str()));
        (bears || kind && named && sectors).then_some(if bears { 4.0 } else { 0.0 })
    }

    /// Whether a noun for a body can stand for such an actor.
    fn takes_up(&self, noun: &str, who: &Who) -> bool {
        self.book.grammar.descriptions.get(noun).is_some_and(|kinds| kinds.contains(&who.kind) || who.kind == ActorKind::Body && who.named)
    }

    /// 'the president', 'the minister', 'the spokesman': the person last called so, else who holds the office in the country meant.
    fn person(&self, text: &Text, past: &Past, mention: &Mention, own: &Who) -> Option<Who> {
        let described = mention.described.as_ref()?;
        // 'my Special Representative' belongs to whoever writes.
        if text.tree.children(mention.head).any(|c| text.tree.token(c).feature("Person") == Some("1")) {
            return None;
        }
        let noun = text.tree.lemma(mention.head).to_lowercase();
        let suffix = described.suffix.as_str();
        let called = past.entities.iter().rev().find(|e| {
            let [who] = e.who.as_slice() else { return false };
            let id = who.actor.id.as_deref().unwrap_or("");
            let office = described.office && !suffix.is_empty() && id.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('-'));
            let title = who.actor.text.to_lowercase().split_whitespace().any(|word| word.trim_end_matches(',') == noun);
            let leads = self.book.grammar.descriptions.get(noun.as_str()).is_some_and(|k| k.contains(&ActorKind::Person));
            let country = mention.actor.country.as_ref().is_none_or(|c| who.actor.country.as_ref() == Some(c));
            let public = leads && mention.actor.country.is_some() && who.actor.sectors.iter().any(|s| s == "GOV");
            who.kind == ActorKind::Person && country && who.named && (office || title || public)
        });
        if let Some(found) = called {
            let who = &found.who[0];
            return Some(Who { actor: Actor { text: own.actor.text.clone(), ..who.actor.clone() }, named: true, ..own.clone() });
        }
        let office = described.office && mention.actor.country.is_none() && mention.actor.id.is_none();
        if office { self.of_which_state(text, past, mention, own) } else { None }
    }

    /// A definite noun that is no actor by itself: 'the council' after 'the Security Council', 'the country'.
    pub(super) fn taken_up(&self, text: &Text, past: &Past, token: usize) -> Option<Who> {
        let tree = text.tree;
        let word = tree.token(token);
        if word.upos != Upos::Noun || matches!(tree.deprel(token), Deprel::Compound | Deprel::Fixed) {
            return None;
        }
        let noun = tree.lemma(token).to_lowercase();
        let mut definite = false;
        for child in tree.children(token).filter(|&c| c < token) {
            match tree.deprel(child) {
                Deprel::Det => definite |= matches!(tree.lemma(child), "the" | "this"),
                Deprel::Case | Deprel::Punct => {}
                _ => return None,
            }
        }
        if !definite || word.feature("Number") == Some("Plur") {
            return None;
        }
        let span = tree.sentence.cover(tree.children(token).min().unwrap_or(token).min(token), token + 1);
        let bears = |w: &Who| w.named && w.kind != ActorKind::Person && !w.place && bears_noun(&w.actor, &noun);
        let found = past.entities.iter().rev().find(|e| e.who.len() == 1 && bears(&e.who[0]))?;
        let mut who = found.who[0].clone();
        who.actor.text = span.of(tree.text).to_owned();
        (who.span, who.sentence, who.token, who.plural) = (span, text.sentence, token, false);
        Some(who)
    }
}

/// Whether the actor's name ends or begins in the noun: 'Security Council', 'Ministry of Defence'.
fn bears_noun(actor: &Actor, noun: &str) -> bool {
    let name = actor.name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let first = words.next();
    words.next_back().is_some_and(|last| last == noun || first == Some(noun))
}

fn last_word(name: &str) -> String {
    let word = name.rsplit(' ').next().unwrap_or("").to_lowercase();
    word.strip_suffix('s').unwrap_or(&word).to_owned()
}
