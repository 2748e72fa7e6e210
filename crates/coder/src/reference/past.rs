//! What a report has named so far: candidates for what comes later.

use super::Who;
use crate::codebook::{Codebook, Form, Template};
use crate::proposition::{Proposition, Propositions, Tree};
use griot_types::{Deprel, Kind, SmolStr, Type, Upos, Xpos};
use griot_world::{ActorKind, Mention, Reading};

/// How far back a description ('the mission') reaches, in sentences.
pub(super) const MEMORY: usize = 8;

/// One sentence and what is read in it.
pub(super) struct Text<'t, 'a> {
    pub tree: &'t Tree<'a>,
    pub propositions: &'t Propositions,
    pub reading: &'t Reading<'a>,
    pub sentence: usize,
}

/// Somebody or something named.
pub(super) struct Entity {
    /// Who; nobody for a thing, which a pronoun can mean all the same.
    pub who: Vec<Who>,
    pub sentence: usize,
    pub token: usize,
    /// The noun, in lower case.
    pub noun: SmolStr,
    /// The subject of its clause.
    pub subject: bool,
    /// In the sentence's main clause.
    pub main: bool,
    /// A common noun in the plural, which 'it' never means.
    pub counted: bool,
    /// A part of another phrase: a possessor, the first noun of a compound, the object of a noun's preposition.
    pub inner: bool,
    /// In a clause that tells by the way: relative, adverbial.
    pub aside: bool,
    /// One of several people: 'a resident', 'an official'.
    pub people: bool,
    pub plural: bool,
    /// Taken or locked up: whom 'they were released' means.
    pub held: bool,
    /// Attacked or hurt: whom 'they were beaten' means.
    pub hurt: bool,
    /// Stands for those it belongs to: 'a police school'.
    pub metonym: bool,
}

/// An act of force and those who did it.
pub(super) struct Act {
    pub sentence: usize,
    pub doers: Vec<Who>,
}

/// The last sentences.
#[derive(Default)]
pub(super) struct Past {
    pub entities: Vec<Entity>,
    pub acts: Vec<Act>,
    /// The armed groups that the report has named.
    pub groups: Vec<Who>,
    /// The two who last fought, talked or agreed with each other: 'both sides', however long ago that was.
    pub pair: Option<[Who; 2]>,
}

impl Past {
    /// Drops what lies too far back to be meant, which keeps the time linear in the report.
    pub fn forget(&mut self, sentence: usize) {
        let far = self.entities.partition_point(|e| e.sentence + MEMORY < sentence);
        self.entities.drain(..far);
        let far = self.acts.partition_point(|a| a.sentence + MEMORY < sentence);
        self.acts.drain(..far);
    }

    /// Takes notice of a name: of an armed group for the rest of the report, and, beside 'another guerrilla group', for that.
    pub fn name(&mut self, text: &Text, token: usize, who: &[Who]) {
        let [one] = who else { return };
        if !one.named || one.kind == ActorKind::Person {
            return;
        }
        // 'linked to al-Qaeda' says of another group whose friend it is.
        let friend = matches!(text.tree.case(token).as_str(), "to" | "with" | "like" | "as");
        if matches!(one.kind, ActorKind::Group | ActorKind::Militia)
            && !friend
            && !self.groups.iter().any(|g| super::same(&g.actor, &one.actor))
        {
            self.groups.push(one.clone());
        }
        if text.tree.deprel(token) == Deprel::Appos
            && let Some(head) = text.tree.head(token)
            && let Some(entity) = self.entities.iter_mut().rev().find(|e| (e.sentence, e.token) == (text.sentence, head))
            && entity.who.iter().all(|w| !w.named)
        {
            entity.who = vec![one.clone()];
        }
    }

    /// Adds what the phrase at a token names.
    pub fn add(&mut self, text: &Text, book: &Codebook, token: usize, who: Vec<Who>) {
        let mention = text.reading.mention_at(text.sentence, token);
        let plural = who.first().map_or(matches!(text.tree.token(token).feature("Number"), Some("Plur")), |w| w.plural);
        self.entities.push(Entity {
            who,
            sentence: text.sentence,
            token,
            noun: text.tree.lemma(token).to_lowercase().into(),
            subject: is_subject(text.tree, token) || is_doer(text, token),
            main: is_main(text.tree, token),
            counted: text.tree.token(token).xpos == Xpos::Nns,
            inner: is_inner(text.tree, token),
            aside: is_aside(text.tree, token),
            held: is_held(text, book, token),
            hurt: text.propositions.list.iter().any(|p| p.fillers("obj").any(|a| a.token == token) && is_force(book, p)),
            people: mention.is_some_and(|m| m.people && !m.plural && is_one(text.tree, m)) && text.tree.token(token).upos != Upos::Pron,
            plural,
            metonym: mention.is_some_and(|m| m.metonym),
        });
    }

    /// Adds the sentence's acts of force, `who` telling whom a token stands for.
    pub fn add_acts(&mut self, text: &Text, book: &Codebook, who: impl Fn(usize) -> Vec<Who>) {
        for proposition in &text.propositions.list {
            self.pair = pair(proposition, book, &who).or(self.pair.take());
            if !is_force(book, proposition) {
                continue;
            }
            let own = ["subj", "by", "poss"].iter().flat_map(|role| proposition.fillers(role));
            // 'the attack carried out by the militia'
            let light = text.propositions.list.iter().filter(|p| {
                let carries = |f: &(u32, u32)| book.frames[f.0 as usize].light.is_some();
                proposition.form == Form::Noun
                    && p.arguments.iter().any(|a| a.token == proposition.head && a.role != "subj")
                    && book.index().find(p.form, &p.lemma).iter().any(carries)
            });
            let doers: Vec<Who> = own.chain(light.flat_map(|p| p.fillers("subj"))).flat_map(|a| who(a.token)).collect();
            // 'twelve were killed' and 'confirmed the attack' tell nothing of who attacked.
            if !doers.is_empty() {
                self.acts.push(Act { sentence: text.sentence, doers });
            }
        }
    }
}

/// The two sides of what a proposition says that both do: 'the army and the rebels clashed', 'talks between the army and the rebels', 'the army fought
/// the rebels'.
fn pair(proposition: &Proposition, book: &Codebook, who: &impl Fn(usize) -> Vec<Who>) -> Option<[Who; 2]> {
    if !calls(book, proposition, |template| template.mutual) {
        return None;
    }
    let sides: Vec<Vec<Who>> = ["subj", "between", "of", "by", "obj", "with", "against"]
        .iter()
        .map(|role| proposition.fillers(role).flat_map(|a| who(a.token)).collect::<Vec<_>>())
        .filter(|side| !side.is_empty())
        .collect();
    let both = |side: &Vec<Who>| side.len() == 2;
    let found = match sides.as_slice() {
        [one, other, ..] if one.len() == 1 && other.len() == 1 => [one[0].clone(), other[0].clone()],
        _ => sides.into_iter().find(both)?.try_into().ok()?,
    };
    let party = |w: &Who| w.kind != ActorKind::Person && (w.named || w.actor.country.is_some() || is_armed(w.kind));
    (found.iter().all(party) && !super::same(&found[0].actor, &found[1].actor)).then_some(found)
}

/// Whether what a token names is taken, arrested or held by its clause.
fn is_held(text: &Text, book: &Codebook, token: usize) -> bool {
    let holds = |t: &Template| matches!(t.mode.as_deref(), Some("abduct" | "arrest")) || matches!(t.type_, Type::Abducted | Type::Detained);
    text.propositions.list.iter().any(|p| p.fillers("obj").any(|a| a.token == token) && calls(book, p, holds))
}

/// Whether the word of a proposition can call a frame with such a claim.
pub(super) fn calls(book: &Codebook, proposition: &Proposition, claims: impl Fn(&Template) -> bool) -> bool {
    let frames = book.index().find(proposition.form, &proposition.lemma);
    frames.iter().any(|(frame, _)| book.frames[*frame as usize].claims.iter().any(&claims))
}

/// 'a soldier', 'the official' are one; 'the police' are many.
fn is_one(tree: &Tree, mention: &Mention) -> bool {
    !matches!(mention.kind, ActorKind::Military | ActorKind::Police) || matches!(tree.lemma(mention.first), "a" | "an")
}

/// Whether the word can call a frame for an act of force.
pub(super) fn is_force(book: &Codebook, proposition: &Proposition) -> bool {
    calls(book, proposition, |claim| claim.type_ == Type::Assault)
}

/// Whether a verb can call a frame for an event, which people and bodies do and things do not.
pub(super) fn is_deed(book: &Codebook, proposition: &Proposition) -> bool {
    let frames = book.index().find(proposition.form, &proposition.lemma);
    frames.iter().any(|(frame, _)| {
        let frame = &book.frames[*frame as usize];
        frame.speech || frame.claims.iter().any(|c| c.type_.kind() == Kind::Event)
    })
}

/// The token that a conjunct is coordinated to.
pub(super) fn first_conjunct(tree: &Tree, token: usize) -> usize {
    let mut at = token;
    while tree.deprel(at) == Deprel::Conj {
        match tree.head(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}

pub(super) fn is_subject(tree: &Tree, token: usize) -> bool {
    matches!(tree.deprel(first_conjunct(tree, token)), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
}

/// The subject of a verb wherever the tree hung it.
fn is_doer(text: &Text, token: usize) -> bool {
    let verbs = text.propositions.list.iter().filter(|p| p.form == Form::Verb && !p.passive);
    verbs.flat_map(|p| p.fillers("subj")).any(|a| a.token == token && a.origin == crate::proposition::Origin::Own)
}

fn is_main(tree: &Tree, token: usize) -> bool {
    tree.head(first_conjunct(tree, token)).is_some_and(|h| tree.deprel(first_conjunct(tree, h)) == Deprel::Root)
}

fn is_inner(tree: &Tree, token: usize) -> bool {
    matches!(tree.deprel(first_conjunct(tree, token)), Deprel::NmodPoss | Deprel::Compound | Deprel::Nmod | Deprel::Amod | Deprel::NmodDesc)
}

fn is_aside(tree: &Tree, token: usize) -> bool {
    let mut at = token;
    while let Some(head) = tree.head(at) {
        if matches!(tree.deprel(at), Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::AdvclRelcl) {
            return true;
        }
        at = head;
    }
    false
}

/// Bodies that every state has one of.
pub(super) fn of_a_state(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Government | ActorKind::Military | ActorKind::Police | ActorKind::Ministry)
}

/// Those who fight for no state, named or not.
pub(super) fn is_armed(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Group | ActorKind::Militia | ActorKind::Pmc | ActorKind::Unidentified)
}
