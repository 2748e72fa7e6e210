//! Who is meant: pronouns and definite descriptions resolved to what the report named before.
//!
//! One pass over the report in reading order. Candidates are filtered by what the words allow (number, person, kind of body) and ranked by
//! recency, subjecthood and how well they are named, after the salience factors of Lappin & Leass (1994).

use crate::codebook::Grammar;
use crate::proposition::{Propositions, Tree};
use griot_types::{Actor, Deprel, Span, Upos, Xpos};
use griot_world::{ActorKind, Mention, Reading};
use rustc_hash::FxHashMap;

/// An actor at a place in the report.
#[derive(Clone, Debug)]
pub struct Who {
    /// The actor, its `text` the words at `span`.
    pub actor: Actor,
    /// What kind of actor.
    pub kind: ActorKind,
    /// The words, bytes.
    pub span: Span,
    /// Their sentence.
    pub sentence: usize,
    /// The head token of the phrase.
    pub token: usize,
    /// Whether it names a dictionary entry or has a proper name.
    pub named: bool,
    /// Whether it is (part of) an armed or stationed force.
    pub force: bool,
    /// Whether it is more than one.
    pub plural: bool,
    /// Whether it can also be a place.
    pub place: bool,
}

struct Entity {
    who: Vec<Who>,
    sentence: usize,
    token: usize,
    subject: bool,
}

/// Who each noun phrase and pronoun of a report is.
pub struct Reference<'a> {
    found: FxHashMap<(usize, usize), Vec<Who>>,
    grammar: &'a Grammar,
}

/// How far back a pronoun reaches, in sentences.
const REACH: usize = 3;
/// How far back a description ('the mission') reaches, in sentences.
const MEMORY: usize = 8;

impl<'a> Reference<'a> {
    /// Resolves a whole report.
    pub fn read(trees: &[Tree], propositions: &[Propositions], reading: &Reading, grammar: &'a Grammar) -> Reference<'a> {
        let mut reference = Reference { found: FxHashMap::default(), grammar };
        let mut entities: Vec<Entity> = Vec::new();
        for (sentence, tree) in trees.iter().enumerate() {
            // What lies too far back can no longer be meant; dropping it keeps the time linear in the report.
            let near = entities.partition_point(|e| e.sentence + MEMORY < sentence);
            entities.drain(..near);
            for token in 0..tree.len() {
                let who = reference.one(tree, &propositions[sentence], reading, &entities, sentence, token);
                if who.is_empty() {
                    // 'an Israeli air strike': the adjective can name the doer, but no pronoun takes it up.
                    if let Some(actor) = reading.people_at(sentence, token) {
                        reference.found.insert((sentence, token), vec![state(tree, actor, sentence, token)]);
                    }
                    continue;
                }
                let subject = is_subject(tree, token);
                reference.found.insert((sentence, token), who.clone());
                entities.push(Entity { who, sentence, token, subject });
            }
            reference.coordinations(tree, sentence, &mut entities);
        }
        reference
    }

    /// The actors that the phrase headed by `token` names, its conjuncts with it.
    pub fn who(&self, tree: &Tree, sentence: usize, token: usize) -> Vec<Who> {
        let mut all = Vec::new();
        for conjunct in tree.conjuncts(token) {
            if tree.token(conjunct).upos == Upos::Verb {
                continue;
            }
            let found = self.single(tree, sentence, conjunct);
            if conjunct != token && found.iter().all(|w| all.iter().any(|a: &Who| same(&a.actor, &w.actor) && a.span == w.span)) {
                continue;
            }
            all.extend(found);
        }
        all
    }

    /// The same without conjuncts.
    pub fn single(&self, tree: &Tree, sentence: usize, token: usize) -> Vec<Who> {
        let own = self.found.get(&(sentence, token));
        if let Some(found) = own.filter(|f| f.iter().any(|w| w.named)) {
            return found.clone();
        }
        // 'another group, Ansaroul Islam', 'states such as Chad': the names say better who it is.
        let named = self.by_name(tree, sentence, token);
        if !named.is_empty() {
            return named;
        }
        if let Some(found) = own {
            return found.clone();
        }
        // 'three of the soldiers', 'dozens of civilians', 'members of the group': the head says how many, the rest says who.
        tree.children(token)
            .filter(|&c| tree.deprel(c) == Deprel::Nmod && matches!(tree.case(c).as_str(), "of" | "from" | "among" | "amongst"))
            .map(|c| self.who(tree, sentence, c))
            .find(|w| !w.is_empty())
            .unwrap_or_default()
    }

    fn by_name(&self, tree: &Tree, sentence: usize, token: usize) -> Vec<Who> {
        let mut named = Vec::new();
        for child in tree.children(token) {
            let called = match tree.deprel(child) {
                Deprel::Appos => Some(child),
                Deprel::Nmod | Deprel::Obl if matches!(tree.case(child).as_str(), "such as" | "like" | "including") => Some(child),
                // 'gunmen of the movement', 'fighters from the group'
                Deprel::Nmod if matches!(tree.case(child).as_str(), "of" | "from") => {
                    let armed = |w: &Who| w.named && matches!(w.kind, ActorKind::Group | ActorKind::Militia | ActorKind::Pmc);
                    let found = self.found.get(&(sentence, child)).is_some_and(|f| f.iter().all(armed));
                    let members = self.found.get(&(sentence, token)).is_some_and(|f| f.iter().all(|w| w.force));
                    (found && members).then_some(child)
                }
                Deprel::Acl if self.grammar.namers.iter().any(|n| n == tree.lemma(child)) => {
                    tree.children(child).find(|&c| tree.token(c).upos == Upos::Propn && c > child)
                }
                _ => None,
            };
            let Some(called) = called else { continue };
            for conjunct in tree.conjuncts(called) {
                let found = self.found.get(&(sentence, conjunct)).map(Vec::as_slice).unwrap_or_default();
                named.extend(found.iter().filter(|w| w.named && !matches!(w.kind, ActorKind::Person)).cloned());
            }
        }
        named
    }

    fn one(
        &self,
        tree: &Tree,
        propositions: &Propositions,
        reading: &Reading,
        entities: &[Entity],
        sentence: usize,
        token: usize,
    ) -> Vec<Who> {
        let word = tree.token(token);
        if word.upos == Upos::Pron {
            return self.pronoun(tree, propositions, reading, entities, sentence, token);
        }
        let Some(mention) = reading.mention_at(sentence, token) else { return Vec::new() };
        let own = described(tree, mention, sentence);
        if !mention.others.is_empty() {
            // 'Russian and Chinese officials'
            let others = mention.others.iter().map(|actor| Who { actor: actor.clone(), ..own.clone() });
            return std::iter::once(own.clone()).chain(others).collect();
        }
        if let Some(owner) = self.whose(tree, sentence, token) {
            return vec![Who { actor: reading.possessed(&owner.actor, mention), ..own }];
        }
        if let Some(possessor) = mention.possessor {
            let owners = self.found.get(&(sentence, possessor)).cloned().unwrap_or_default();
            if let Some(owner) = owners.first() {
                // A ministry's troops are its state's.
                let of_state = owner.actor.country.as_deref().filter(|_| owner.kind == ActorKind::Ministry && of_a_state(mention.kind));
                let actor = match of_state {
                    Some(country) => reading.in_country(country, mention),
                    None => reading.possessed(&owner.actor, mention),
                };
                return vec![Who { actor, ..own }];
            }
            return vec![own];
        }
        if mention.named || mention.people && !mention.force && mention.kind != ActorKind::Government {
            return vec![own];
        }
        if !mention.definite {
            return vec![self.speakers_own(tree, propositions, reading, mention, own)];
        }
        self.description(tree, reading, entities, mention, own)
    }

    /// 'Kenya, whose soldiers serve in …': whom the relative clause describes.
    fn whose(&self, tree: &Tree, sentence: usize, token: usize) -> Option<Who> {
        tree.children(token).find(|&c| tree.deprel(c) == Deprel::NmodPoss && tree.token(c).xpos == Xpos::WpPoss)?;
        let mut at = token;
        while tree.deprel(at) != Deprel::AclRelcl {
            at = tree.head(at)?;
        }
        self.single(tree, sentence, tree.head(at)?).into_iter().next()
    }

    fn pronoun(
        &self,
        tree: &Tree,
        propositions: &Propositions,
        reading: &Reading,
        entities: &[Entity],
        sentence: usize,
        token: usize,
    ) -> Vec<Who> {
        let Some(asked) = Asked::of(tree, reading, sentence, token) else { return Vec::new() };
        let clause_subject = clause_subject(tree, propositions, token);
        let best = entities
            .iter()
            .filter(|e| sentence - e.sentence <= REACH && asked.allows(e))
            .filter(|e| !(e.sentence == sentence && tree.dominates(e.token, token) && e.token > token))
            .map(|e| (asked.salience(e, sentence, clause_subject), e))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, entity)) = best else { return Vec::new() };
        let span = tree.token(token).span;
        let text = span.of(tree.text);
        entity
            .who
            .iter()
            .map(|who| {
                let mut who = who.clone();
                who.actor.text = text.to_owned();
                (who.span, who.sentence, who.token) = (span, sentence, token);
                who
            })
            .collect()
    }

    /// 'An army spokesman said troops had taken the town': a state's force that the state's own speaker names without more is his.
    fn speakers_own(&self, tree: &Tree, propositions: &Propositions, reading: &Reading, mention: &Mention, own: Who) -> Who {
        let of_a_state = matches!(mention.kind, ActorKind::Military | ActorKind::Police);
        if !of_a_state || mention.actor.country.is_some() {
            return own;
        }
        let mut at = mention.head;
        while let Some(head) = tree.head(at) {
            at = head;
            let Some(proposition) = propositions.at(at).map(|p| &propositions.list[p]) else { continue };
            if !proposition.has("comp") {
                continue;
            }
            let speaker = proposition.fillers("subj").flat_map(|a| self.single(tree, own.sentence, a.token)).find(|w| {
                w.actor.country.is_some()
                    && (w.actor.sectors.is_empty() || w.actor.sectors.iter().any(|s| s == "GOV" || s == "MIL" || s == "COP"))
            });
            if let Some(speaker) = speaker {
                return Who { actor: reading.possessed(&speaker.actor, mention), ..own };
            }
        }
        own
    }

    /// 'the mission', 'the group', 'the junta', 'the army': the last body of that kind, or the one of the country last spoken of.
    fn description(&self, _tree: &Tree, reading: &Reading, entities: &[Entity], mention: &Mention, own: Who) -> Vec<Who> {
        let suits = |e: &&Entity| {
            (!of_a_state(mention.kind) || e.subject) && e.who.len() == 1
                && (e.who[0].named || e.who[0].actor.country.is_some())
                && own.sentence - e.sentence <= MEMORY
                && kinds_agree(self.grammar, mention, &e.who[0])
                // 'the junta' is a government of soldiers, which a capital by itself does not name.
                && (mention.kind == ActorKind::Unidentified || mention.actor.sectors.iter().all(|s| e.who[0].actor.sectors.contains(s)))
                && mention.actor.country.as_ref().is_none_or(|c| e.who[0].actor.country.as_ref() == Some(c))
        };
        if of_a_state(mention.kind) && mention.actor.country.is_none() {
            // In a report on one country 'the army' is that country's; where two are named alike, whoever of the kind acted last.
            let mut countries: Vec<_> = reading.countries().iter().collect();
            countries.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
            let leads = countries.get(1).is_none_or(|(_, second)| **second * 3 <= *countries[0].1 * 2);
            if let Some((country, _)) = countries.first().filter(|_| leads) {
                return vec![Who { actor: reading.in_country(country, mention), ..own }];
            }
        }
        // The doer of an earlier sentence is meant more often than a name in passing.
        let salience = |e: &&Entity| -2.5 * (own.sentence - e.sentence) as f64 + if e.subject { 6.0 } else { 0.0 } + e.token as f64 * 0.01;
        let best = entities.iter().filter(suits).max_by(|a, b| salience(a).total_cmp(&salience(b)));
        if mention.actor.country.is_none()
            && let Some(entity) = best
        {
            let actor = Actor { text: own.actor.text.clone(), ..entity.who[0].actor.clone() };
            return vec![Who { actor, kind: entity.who[0].kind, named: entity.who[0].named, ..own }];
        }
        if of_a_state(mention.kind) && mention.actor.country.is_none() {
            let state = entities.iter().rev().filter(|e| e.subject).flat_map(|e| &e.who).find(|w| {
                matches!(w.kind, ActorKind::Government | ActorKind::Military | ActorKind::Police | ActorKind::Ministry)
                    && w.actor.country.is_some()
            });
            if let Some(state) = state {
                return vec![Who { actor: reading.possessed(&state.actor, mention), ..own }];
            }
        }
        vec![own]
    }

    /// 'rebels and Islamists … They': a coordination can be meant as a whole.
    fn coordinations(&self, tree: &Tree, sentence: usize, entities: &mut Vec<Entity>) {
        for token in 0..tree.len() {
            if tree.deprel(token) == Deprel::Conj || tree.conjuncts(token).len() < 2 {
                continue;
            }
            let who = self.who(tree, sentence, token);
            if who.len() > 1 {
                entities.push(Entity { who, sentence, token, subject: is_subject(tree, token) });
            }
        }
    }
}

/// Bodies that every state has one of.
fn of_a_state(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Government | ActorKind::Military | ActorKind::Police | ActorKind::Ministry)
}

/// Whether two actors are the same as far as can be told.
pub fn same(a: &Actor, b: &Actor) -> bool {
    match (&a.id, &b.id) {
        (Some(x), Some(y)) => x == y && a.code == b.code && (a.person.is_none() || a.name == b.name),
        _ => a.name == b.name && a.code == b.code,
    }
}

fn state(tree: &Tree, actor: &Actor, sentence: usize, token: usize) -> Who {
    Who {
        actor: actor.clone(),
        kind: ActorKind::State,
        span: tree.token(token).span,
        sentence,
        token,
        named: true,
        force: false,
        plural: false,
        place: false,
    }
}

fn described(tree: &Tree, mention: &Mention, sentence: usize) -> Who {
    Who {
        actor: mention.actor.clone(),
        kind: mention.kind,
        span: tree.sentence.cover(mention.first, mention.end),
        sentence,
        token: mention.head,
        named: mention.named,
        force: mention.force,
        plural: mention.plural,
        place: mention.place,
    }
}

fn is_subject(tree: &Tree, token: usize) -> bool {
    let mut at = token;
    while tree.deprel(at) == Deprel::Conj {
        match tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    matches!(tree.deprel(at), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
}

/// The subject of the clause that a pronoun stands in, where the pronoun is not itself inside it.
fn clause_subject(tree: &Tree, propositions: &Propositions, token: usize) -> Option<usize> {
    let mut at = token;
    while let Some(head) = tree.head(at) {
        at = head;
        let Some(proposition) = propositions.at(at).map(|p| &propositions.list[p]) else { continue };
        let subject = proposition.fillers(if proposition.passive { "obj" } else { "subj" }).next().map(|a| a.token);
        if let Some(subject) = subject.filter(|&s| !tree.dominates(s, token)) {
            return Some(subject);
        }
    }
    None
}

/// What a pronoun asks of its antecedent.
struct Asked {
    person: bool,
    plural: bool,
    subject: bool,
    possessive: bool,
    peacekeepers: bool,
}

impl Asked {
    fn of(tree: &Tree, reading: &Reading, sentence: usize, token: usize) -> Option<Asked> {
        let word = tree.token(token);
        if word.feature("PronType") != Some("Prs") || word.feature("Person").is_some_and(|p| p != "3") {
            return None;
        }
        let gender = word.feature("Gender");
        // 'it is unclear whether …' stands for nobody.
        if tree.deprel(token) == Deprel::Expl {
            return None;
        }
        let owned = tree.head(token).and_then(|h| reading.mention_at(sentence, h));
        Some(Asked {
            person: matches!(gender, Some("Masc" | "Fem")),
            plural: word.feature("Number") == Some("Plur"),
            subject: is_subject(tree, token),
            possessive: word.feature("Poss") == Some("Yes"),
            peacekeepers: owned.is_some_and(|m| m.actor.sectors.iter().any(|s| s == "PKO")),
        })
    }

    fn allows(&self, entity: &Entity) -> bool {
        let first = &entity.who[0];
        let person = matches!(first.kind, ActorKind::Person);
        if self.person {
            return person && !first.plural && entity.who.len() == 1;
        }
        if self.plural {
            return entity.who.len() > 1 || first.plural || first.named && !person;
        }
        entity.who.len() == 1 && !person && !first.plural && !matches!(first.kind, ActorKind::Civilian | ActorKind::Unidentified)
            || entity.who.len() == 1 && first.named && !person
    }

    fn salience(&self, entity: &Entity, sentence: usize, clause_subject: Option<usize>) -> f64 {
        let first = &entity.who[0];
        let mut score = -10.0 * (sentence - entity.sentence) as f64;
        score += if entity.subject { 6.0 } else { 0.0 };
        score += if self.subject && entity.subject { 3.0 } else { 0.0 };
        score += if first.named { 1.0 } else { 0.0 };
        score += entity.token as f64 * 0.02;
        if entity.sentence == sentence && clause_subject == Some(entity.token) {
            // The possessor in an object is most often the subject of the same clause; a subject pronoun never is.
            score += if self.possessive { 8.0 } else { 2.0 };
        }
        if self.plural && entity.who.len() > 1 {
            score += 2.0;
        }
        if self.plural && !first.plural && entity.who.len() == 1 {
            score -= 6.0;
        }
        if self.peacekeepers && matches!(first.kind, ActorKind::Igo | ActorKind::Mission) {
            score += 20.0;
        }
        score
    }
}

/// Whether a description ('the mission') can stand for what was named.
fn kinds_agree(grammar: &Grammar, mention: &Mention, who: &Who) -> bool {
    use ActorKind::*;
    match mention.kind {
        Mission => who.kind == Mission,
        Government => who.kind == Government,
        Military => who.kind == Military,
        Police => who.kind == Police,
        Group | Militia => matches!(who.kind, Group | Militia) && who.named,
        // 'the gunmen', once a group has been named as the attacker.
        Unidentified => matches!(who.kind, Group | Militia) && who.named,
        Pmc => who.kind == Pmc,
        Igo | Alliance => matches!(who.kind, Igo | Alliance) && who.named,
        Ngo => who.kind == Ngo,
        Body => {
            let word = mention.actor.name.rsplit(' ').next().unwrap_or("").to_lowercase();
            let kinds = grammar.descriptions.get(word.as_str()).or_else(|| grammar.descriptions.get(word.strip_suffix('s')?));
            kinds.is_some_and(|kinds| kinds.contains(&who.kind)) && (who.named || who.kind == Mission)
        }
        _ => false,
    }
}
