//! Whom a personal pronoun stands for.

use super::past::{Entity, Past, Text, calls, is_armed, is_deed, is_force, is_subject};
use super::{Reference, Who};
use crate::codebook::Template;
use crate::proposition::Proposition;
use griot_types::{Deprel, Kind, Type};
use griot_world::ActorKind;

/// How far back a pronoun reaches, in sentences.
const REACH: usize = 3;

/// What a pronoun asks of its antecedent, and what its clause says of it.
struct Asked {
    /// 'he', 'she'.
    person: bool,
    plural: bool,
    subject: bool,
    possessive: bool,
    /// 'four of them': of several people.
    partitive: bool,
    /// It says, decides or does what only people and bodies do, or has soldiers.
    agent: bool,
    peacekeepers: bool,
    /// It has soldiers or fighters.
    forces: bool,
    /// The nearest subject that it is no part of.
    near_subject: Option<usize>,
    /// The same where that clause says or wants what the pronoun's clause tells.
    speaker: Option<usize>,
    /// It marches or strikes, which the unarmed do.
    protests: bool,
    /// It is let go, which only those can be who were taken.
    freed: bool,
    /// It is attacked or hurt, which those are who were before.
    hurt: bool,
    /// It attacks, which the armed do.
    attacks: bool,
    /// What stands beside it under the same verb and is therefore somebody else.
    beside: Vec<usize>,
}

impl Reference<'_> {
    /// Whom the pronoun at a token stands for.
    pub(super) fn pronoun(&self, text: &Text, past: &Past, token: usize) -> Vec<Who> {
        if text.tree.token(token).feature("Person") == Some("1") {
            return self.first_person(text, past, token);
        }
        let Some(asked) = self.asked(text, token) else { return Vec::new() };
        let tree = text.tree;
        let here = |e: &&Entity| e.sentence == text.sentence;
        // 'Its chief ruled out talks with the rebels unless they withdrew': where the clause above is no antecedent's, what stands beside its subject is.
        let barred = asked.near_subject.filter(|&t| past.entities.iter().filter(here).any(|e| e.token == t && !asked.allows(e)));
        let beside_subject = |e: &Entity| e.sentence == text.sentence && barred.is_some_and(|t| e.token > t) && asked.subject;
        let best = past
            .entities
            .iter()
            .filter(|e| text.sentence - e.sentence <= REACH && asked.allows(e))
            .filter(|e| !(e.sentence == text.sentence && (asked.beside.contains(&e.token) || tree.dominates(e.token, token))))
            .map(|e| (asked.salience(e, text.sentence) + if beside_subject(e) { 3.0 } else { 0.0 }, e))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, entity)) = best else { return Vec::new() };
        // 'The number of displaced is put at 54,000; some 12,000 of them …': part of those who were counted last, whoever they are.
        let head = tree.head(token).unwrap_or(token);
        let counted = (0..head).any(|t| tree.token(t).upos == griot_types::Upos::Num && tree.head(t) != Some(head));
        if asked.partitive && counted && entity.sentence < text.sentence {
            return Vec::new();
        }
        let span = tree.token(token).span;
        let words = span.of(tree.text);
        let here = |who: &Who| {
            let mut who = who.clone();
            who.actor.text = words.to_owned();
            (who.span, who.sentence, who.token) = (span, text.sentence, token);
            who
        };
        entity.who.iter().map(here).collect()
    }

    /// '"We killed 71 soldiers," the group's spokesman said': who speaks of himself is the one whose words they are.
    fn first_person(&self, text: &Text, past: &Past, token: usize) -> Vec<Who> {
        let tree = text.tree;
        let mut at = token;
        while let Some(head) = tree.head(at) {
            let under = matches!(tree.deprel(at), Deprel::Ccomp | Deprel::Parataxis | Deprel::Conj);
            let beside = tree.children(at).filter(|&c| tree.deprel(c) == Deprel::Parataxis && c != token);
            let speech = std::iter::once(head).filter(|_| under).chain(beside).find_map(|verb| self.speaker_of(text, past, verb));
            if let Some(found) = speech {
                return found;
            }
            at = head;
        }
        // The main clause is quoted, and its speaker stands beside it.
        let beside = tree.children(at).filter(|&c| tree.deprel(c) == Deprel::Parataxis);
        beside.into_iter().find_map(|verb| self.speaker_of(text, past, verb)).unwrap_or_default()
    }

    /// The subject of a verb of saying, where it is somebody that the report knows or names.
    fn speaker_of(&self, text: &Text, past: &Past, verb: usize) -> Option<Vec<Who>> {
        let proposition = text.propositions.at(verb).map(|p| &text.propositions.list[p])?;
        let speaks = |f: &(u32, u32)| self.book.frames[f.0 as usize].speech;
        if proposition.passive || !self.book.index().find(proposition.form, &proposition.lemma).iter().any(speaks) {
            return None;
        }
        let subject = proposition.fillers("subj").map(|a| a.token).next()?;
        let found = match self.found.get(&(text.sentence, subject)) {
            Some(found) => found.clone(),
            None if text.tree.token(subject).feature("Person") != Some("1") => self.one(text, past, subject),
            None => Vec::new(),
        };
        Some(found).filter(|found| !found.is_empty())
    }

    /// Whether a phrase suffers what is only done to others: it is attacked, punished, threatened.
    fn is_wronged(&self, text: &Text, token: usize) -> bool {
        let adverse = |c: &Template| matches!(c.type_, Type::Assault | Type::Coerce | Type::Sanction | Type::Threaten);
        let all = |p: &Proposition| {
            let frames = self.book.index().find(p.form, &p.lemma);
            !frames.is_empty() && frames.iter().all(|f| self.book.frames[f.0 as usize].claims.first().is_none_or(adverse))
        };
        let noun =
            |p: &Proposition| p.fillers("obj").filter_map(|a| text.propositions.at(a.token)).any(|q| all(&text.propositions.list[q]));
        text.propositions.list.iter().any(|p| {
            p.fillers("obj").any(|a| a.token == token) && is_force(self.book, p) && all(p)
                || ["on", "against", "at"].iter().flat_map(|r| p.fillers(r)).any(|a| a.token == token) && noun(p)
        })
    }

    fn asked(&self, text: &Text, token: usize) -> Option<Asked> {
        let tree = text.tree;
        let word = tree.token(token);
        // 'it is unclear whether …' stands for nobody.
        let personal = word.feature("PronType") == Some("Prs") && word.feature("Person").is_none_or(|p| p == "3");
        if !personal || tree.deprel(token) == Deprel::Expl {
            return None;
        }
        let owned = tree.head(token).and_then(|h| text.reading.mention_at(text.sentence, h));
        let possessive = word.feature("Poss") == Some("Yes");
        let subject = is_subject(tree, token);
        let partitive = tree.deprel(token) == Deprel::Nmod
            && tree.case(token) == "of"
            && tree
                .head(token)
                .is_some_and(|h| tree.token(h).upos == griot_types::Upos::Num || text.reading.mention_at(text.sentence, h).is_none());
        let own = tree.head(token).and_then(|h| text.propositions.at(h)).map(|p| &text.propositions.list[p]);
        let acts = subject && own.is_some_and(|p| !p.passive && (p.has("comp") || is_deed(self.book, p)));
        let (near_subject, speaker) = subjects(text, token);
        let mut beside = Vec::new();
        if !possessive {
            beside.extend(own.iter().flat_map(|o| &o.arguments).map(|a| a.token).filter(|&t| t != token));
            // What is done to 'him' is done by somebody else.
            beside.extend(near_subject.filter(|_| !subject));
        } else if owned.is_some_and(|m| !m.place && !m.metonym) && tree.head(token).is_some_and(|h| self.is_wronged(text, h)) {
            // 'imposed sanctions on its leaders': nobody does that to his own.
            beside.extend(near_subject);
        }
        Some(Asked {
            person: matches!(word.feature("Gender"), Some("Masc" | "Fem")),
            plural: word.feature("Number") == Some("Plur"),
            subject,
            possessive,
            partitive,
            agent: acts || possessive && owned.is_some_and(|m| m.people || m.force || m.kind != ActorKind::Civilian && !m.metonym),
            peacekeepers: owned.is_some_and(|m| m.actor.sectors.iter().any(|s| s == "PKO")),
            forces: possessive && owned.is_some_and(|m| m.force),
            near_subject,
            speaker,
            protests: subject
                && own.is_some_and(|p| {
                    let other = |c: &Template| c.type_ != Type::Protest && c.type_.kind() == Kind::Event;
                    !p.passive && calls(self.book, p, |c| c.type_ == Type::Protest) && !calls(self.book, p, other)
                }),
            freed: own.is_some_and(|p| {
                p.fillers("obj").any(|a| a.token == token)
                    && calls(self.book, p, |c| c.mode.as_deref() == Some("release") || c.type_ == Type::Freed)
            }),
            hurt: own.is_some_and(|p| p.fillers("obj").any(|a| a.token == token) && is_force(self.book, p)),
            attacks: own.is_some_and(|p| p.fillers("subj").any(|a| a.token == token) && is_force(self.book, p)),
            beside,
        })
    }
}

/// The nearest subject on the way up that a token is no part of; and again, if its clause says or wants the one that the token stands in.
fn subjects(text: &Text, token: usize) -> (Option<usize>, Option<usize>) {
    let tree = text.tree;
    let mut at = token;
    while let Some(head) = tree.head(at) {
        at = head;
        let Some(proposition) = text.propositions.at(at).map(|p| &text.propositions.list[p]) else { continue };
        let subject = proposition.fillers(if proposition.passive { "obj" } else { "subj" }).map(|a| a.token).next();
        let Some(subject) = subject else { continue };
        if tree.dominates(subject, token) {
            continue;
        }
        let says = proposition.fillers("comp").chain(proposition.fillers("to do")).any(|a| tree.dominates(a.token, token))
            || tree.children(at).any(|c| matches!(tree.deprel(c), Deprel::Ccomp | Deprel::Xcomp) && tree.dominates(c, token));
        return (Some(subject), says.then_some(subject));
    }
    (None, None)
}

/// Bodies of people, which are 'it' and 'they' alike.
fn is_people(kind: ActorKind) -> bool {
    use ActorKind::*;
    matches!(kind, Group | Militia | Military | Police | Pmc | Unidentified)
}

impl Asked {
    fn allows(&self, entity: &Entity) -> bool {
        let Some(first) = entity.who.first() else {
            // 'the city … it', 'the houses … them'
            return !self.person && !self.agent && !self.partitive && self.plural == entity.plural;
        };
        // 'Amnesty said its soldiers …' is about somebody else's.
        if self.forces && matches!(first.kind, ActorKind::Ngo | ActorKind::Media | ActorKind::Court | ActorKind::Company) {
            return false;
        }
        let one = entity.who.len() == 1;
        let person = first.kind == ActorKind::Person || entity.people && !first.plural;
        if self.person {
            return person && one && !first.plural;
        }
        if self.partitive {
            return entity.plural && !(one && first.named && !first.force) || !one;
        }
        if self.plural {
            return !one || first.plural || !person;
        }
        one && !person
            && !entity.counted
            && (first.named || !first.plural && !matches!(first.kind, ActorKind::Civilian | ActorKind::Unidentified))
    }

    fn salience(&self, entity: &Entity, sentence: usize) -> f64 {
        let mut score = -8.0 * (sentence - entity.sentence) as f64;
        score += if entity.subject { 4.0 } else { 0.0 };
        score += if entity.subject && entity.main { 1.0 } else { 0.0 };
        score += if self.subject && entity.subject { 2.0 } else { 0.0 };
        score += entity.token as f64 * 0.02;
        score -= if entity.inner { 3.0 } else { 0.0 };
        score -= if entity.aside { 3.0 } else { 0.0 };
        score -= if entity.metonym { 6.0 } else { 0.0 };
        if entity.sentence == sentence {
            // The possessor in an object is most often the subject of the same clause; a subject is often that of the clause above.
            score += match self.near_subject == Some(entity.token) {
                true if self.possessive => 8.0,
                true => 3.0,
                false => 0.0,
            };
            // Who says something says it of himself: 'the army said it had …'.
            let said = self.speaker == Some(entity.token) && self.subject;
            let alike = !self.plural || entity.plural || entity.who.first().is_some_and(|w| is_people(w.kind));
            score += if said && alike { 3.0 } else { 0.0 };
        }
        if self.freed {
            score += if entity.held { 16.0 } else { 0.0 };
        }
        if self.hurt && self.plural {
            score += if entity.hurt { 9.0 } else { 0.0 };
        }
        let Some(first) = entity.who.first() else { return score - 3.0 };
        if self.attacks && self.plural && first.kind == ActorKind::Civilian {
            score -= 6.0;
        }
        if self.protests && (first.force || is_armed(first.kind)) {
            score -= 12.0;
        }
        score += if first.named { 1.0 } else { 0.0 };
        if self.person && first.kind == ActorKind::Person {
            score += 1.0;
        }
        if self.partitive && entity.subject {
            score -= 4.0;
        }
        if self.plural && entity.who.len() == 1 && !first.plural {
            // A body of people can be 'they'; a state or an organisation seldom is.
            score -= if is_people(first.kind) { 2.0 } else { 6.0 };
        }
        score += if self.plural && entity.who.len() > 1 { 2.0 } else { 0.0 };
        if self.peacekeepers && matches!(first.kind, ActorKind::Igo | ActorKind::Mission) {
            score += 20.0;
        }
        score
    }
}
