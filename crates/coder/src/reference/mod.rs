//! Who is meant: pronouns and definite descriptions resolved to what the report named before.
//!
//! One pass over the report in reading order. Candidates are filtered by what the words allow (number, person, kind of body) and ranked by
//! recency, subjecthood and how well they are named, after the salience factors of Lappin & Leass (1994). A wrong actor is worse than none:
//! where the report does not tell, the words stay.

mod description;
mod past;
mod place;
mod pronoun;
mod several;
mod states;

use crate::codebook::{Codebook, Form};
use crate::proposition::{Propositions, Tree};
use griot_types::{Actor, Deprel, Span, Type, Upos, Xpos};
use griot_world::{ActorKind, Mention, Reading};
use past::{Past, Text, first_conjunct, of_a_state};
use rustc_hash::FxHashMap;

pub use place::of as places;

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

/// Who each noun phrase and pronoun of a report is.
pub struct Reference<'a> {
    found: FxHashMap<(usize, usize), Vec<Who>>,
    book: &'a Codebook,
}

impl<'a> Reference<'a> {
    /// Resolves a whole report.
    pub fn read(trees: &[Tree<'a>], propositions: &[Propositions], reading: &Reading<'a>, book: &'a Codebook) -> Reference<'a> {
        let mut reference = Reference { found: FxHashMap::default(), book };
        let mut past = Past::default();
        for (sentence, tree) in trees.iter().enumerate() {
            past.forget(sentence);
            let text = Text { tree, propositions: &propositions[sentence], reading, sentence };
            for token in 0..tree.len() {
                reference.read_token(&text, &mut past, token);
            }
            past.add_acts(&text, book, |token| reference.who(tree, sentence, token));
        }
        reference
    }

    fn read_token(&mut self, text: &Text, past: &mut Past, token: usize) {
        let (tree, sentence) = (text.tree, text.sentence);
        let who = self.one(text, past, token);
        if who.is_empty() {
            // 'an Israeli air strike': the adjective can name the doer, but no pronoun takes it up.
            if let Some(actor) = text.reading.people_at(sentence, token) {
                self.found.insert((sentence, token), vec![state(tree, actor, sentence, token)]);
            } else if is_thing(tree, token) {
                past.add(text, self.book, token, Vec::new());
            }
        } else {
            let head = text.reading.mention_at(sentence, token).is_none_or(|m| m.head == token);
            self.found.insert((sentence, token), who.clone());
            if head {
                past.name(text, token, &who);
                past.add(text, self.book, token, who);
            }
        }
        // 'rebels and Islamists … They': a coordination can be meant as a whole.
        if tree.deprel(token) == Deprel::Conj {
            let first = first_conjunct(tree, token);
            if tree.conjuncts(first).last() == Some(&token) {
                let all = self.who(tree, sentence, first);
                if all.len() > 1 {
                    past.add(text, self.book, first, all);
                }
            }
        }
    }

    /// The actors that the phrase headed by `token` names, its conjuncts with it.
    pub fn who(&self, tree: &Tree, sentence: usize, token: usize) -> Vec<Who> {
        let mut all = Vec::new();
        for conjunct in tree.conjuncts(token) {
            // '46 were fighters, four were civilians': what has a subject of its own is another clause.
            let clause = conjunct != token && tree.child(conjunct, &[Deprel::Nsubj, Deprel::Cop]).is_some();
            if tree.token(conjunct).upos == Upos::Verb || clause {
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

    /// Whom the very token was found to stand for.
    pub fn found(&self, sentence: usize, token: usize) -> &[Who] {
        self.found.get(&(sentence, token)).map_or(&[], Vec::as_slice)
    }

    /// The same without conjuncts.
    pub fn single(&self, tree: &Tree, sentence: usize, token: usize) -> Vec<Who> {
        let own = self.found.get(&(sentence, token));
        // 'The United Nations mission, MONUSCO,': a name behind a noun says more than one before it.
        let behind = || {
            let noun = tree.token(token).upos == Upos::Noun && tree.child(token, &[Deprel::Appos]).is_some();
            if noun { self.by_name(tree, sentence, token) } else { Vec::new() }
        };
        let bodies = behind();
        let is_body = |w: &Who| matches!(w.kind, ActorKind::Mission | ActorKind::Group | ActorKind::Militia | ActorKind::Pmc);
        if bodies.len() == 1 && bodies.iter().all(is_body) {
            return bodies;
        }
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
        // '27 others, among them four children': behind a comma stands a part, not the whole.
        let set_off = |c: usize| (token..c).any(|t| tree.token(t).upos == Upos::Punct);
        // 'The decision of the government' is not the government.
        if is_abstract(tree, token) {
            return Vec::new();
        }
        let deed = self.is_deed(tree, token);
        tree.children(token)
            .filter(|&c| match tree.case(c).as_str() {
                "of" => tree.deprel(c) == Deprel::Nmod && !deed,
                "from" => tree.deprel(c) == Deprel::Nmod,
                "among" | "amongst" => tree.deprel(c) == Deprel::Nmod && !set_off(c),
                _ => false,
            })
            .map(|c| self.who(tree, sentence, c))
            .find(|w| !w.is_empty())
            .unwrap_or_default()
    }

    /// 'with the support of Kampala', 'at the request of the council': a noun for what somebody does is not the one who does it.
    fn is_deed(&self, tree: &Tree, token: usize) -> bool {
        let deed = |t: Type| {
            matches!(
                t,
                Type::Support | Type::Supports | Type::Aid | Type::Agree | Type::Request | Type::Reject | Type::Accuse | Type::Threaten
            )
        };
        let noun = tree.token(token).upos == Upos::Noun;
        let frames = self.book.index().find(Form::Noun, &tree.lemma(token).to_lowercase().as_str().into());
        noun && frames.iter().any(|f| self.book.frames[f.0 as usize].claims.first().is_some_and(|c| deed(c.type_)))
    }

    fn by_name(&self, tree: &Tree, sentence: usize, token: usize) -> Vec<Who> {
        let mut named = Vec::new();
        for child in tree.children(token) {
            let called = match tree.deprel(child) {
                // 'officers, most of them Kenyan,' are called nothing.
                Deprel::Appos if tree.token(child).upos != Upos::Adj => Some(child),
                Deprel::Nmod | Deprel::Obl if matches!(tree.case(child).as_str(), "such as" | "like" | "including") => Some(child),
                // 'gunmen of the movement', 'fighters from the group'
                Deprel::Nmod if matches!(tree.case(child).as_str(), "of" | "from") => {
                    let armed = |w: &Who| w.named && matches!(w.kind, ActorKind::Group | ActorKind::Militia | ActorKind::Pmc);
                    let found = self.found.get(&(sentence, child)).is_some_and(|f| f.iter().all(armed));
                    // 'Haitian officers and troops of the mission': the Haitians are not the mission's.
                    let members =
                        self.found.get(&(sentence, token)).is_some_and(|f| f.iter().all(|w| w.force && w.actor.country.is_none()));
                    (found && members).then_some(child)
                }
                Deprel::Acl if self.book.grammar.namers.iter().any(|n| n == tree.lemma(child)) => {
                    tree.children(child).find(|&c| tree.token(c).upos == Upos::Propn && c > child)
                }
                _ => None,
            };
            let Some(called) = called else { continue };
            for conjunct in tree.conjuncts(called) {
                let found = self.found.get(&(sentence, conjunct)).map(Vec::as_slice).unwrap_or_default();
                // 'his counterpart, Italian President Sergio Mattarella': where the noun alone is nobody, a person's name says who.
                let nobody = tree.deprel(child) == Deprel::Appos && !self.found.contains_key(&(sentence, token));
                named.extend(found.iter().filter(|w| w.named && (nobody || w.kind != ActorKind::Person)).cloned());
            }
        }
        named
    }

    fn one(&self, text: &Text, past: &Past, token: usize) -> Vec<Who> {
        let (tree, sentence) = (text.tree, text.sentence);
        if tree.token(token).upos == Upos::Pron {
            return self.pronoun(text, past, token);
        }
        if let Some(several) = self.several(text, past, token) {
            return several;
        }
        let Some(mention) = text.reading.mention_at(sentence, token) else {
            return self.taken_up(text, past, token).into_iter().collect();
        };
        // 'No group has claimed it' names nobody.
        let none = |c: usize| c < token && tree.deprel(c) == Deprel::Det && tree.lemma(c) == "no";
        if tree.deprel(token) == Deprel::Nsubj && !mention.named && tree.children(token).any(none) {
            return Vec::new();
        }
        let own = described(tree, mention, sentence);
        if !mention.others.is_empty() {
            // 'Russian and Chinese officials'
            let others = mention.others.iter().map(|actor| Who { actor: actor.clone(), ..own.clone() });
            return std::iter::once(own.clone()).chain(others).collect();
        }
        let shared = self.of_several(text, mention, &own);
        if shared.len() > 1 {
            return shared;
        }
        if let Some(owned) = self.owned(text, past, mention, &own, token) {
            return vec![owned];
        }
        let kept = |found: Option<Who>| match found {
            Some(found) => vec![found],
            // What is an actor only as a reminder of another is none without it.
            None if mention.bare || mention.apart && mention.plural && mention.kind == ActorKind::Body => Vec::new(),
            None => vec![own.clone()],
        };
        // 'The prime minister, Shehbaz Sharif,': the name tells who, but not whose minister.
        let office = mention.described.as_ref().is_some_and(|d| d.office) && mention.actor.country.is_none() && mention.actor.id.is_none();
        if mention.named && office && mention.definite {
            return kept(self.of_which_state(text, past, mention, &own));
        }
        if mention.named || mention.possessor.is_some() || mention.people && mention.kind == ActorKind::Civilian {
            return kept(None);
        }
        if !mention.definite {
            let counted = tree.child(mention.head, &[Deprel::Nummod]).is_some();
            let without_article =
                !counted && matches!(mention.kind, ActorKind::Government | ActorKind::Police) && mention.first == mention.core.0;
            let leading =
                || self.of_leading_state(text, past, mention, &own).filter(|_| without_article && mention.actor.country.is_none());
            // 'An army spokesman', 'a police officer': of the state that 'the army' would be.
            let one_of_a_state = || {
                let service = mention.actor.sectors.iter().any(|s| matches!(s.as_str(), "MIL" | "COP" | "GOV"));
                let speaks = mention.kind == ActorKind::Person || of_a_state(mention.kind);
                let official =
                    service && speaks && !mention.plural && mention.actor.country.is_none() && mention.core.1 - mention.core.0 > 1;
                if official { self.of_which_state(text, past, mention, &own) } else { None }
            };
            let found = self.senders_own(text, mention, &own, token).or_else(|| self.speakers_own(text, mention, &own));
            let found = found.or_else(leading).or_else(one_of_a_state).or_else(|| self.home_forces(text, past, mention, &own));
            return kept(found.or_else(|| self.of_the_only_group(text, past, mention, &own, token)));
        }
        kept(self.description(text, past, mention, &own))
    }

    /// 'The ambassadors of Algeria and Gabon', 'soldiers from Chad and Niger': of each state its own.
    fn of_several(&self, text: &Text, mention: &Mention, own: &Who) -> Vec<Who> {
        let (tree, sentence) = (text.tree, text.sentence);
        let of = |c: &usize| tree.deprel(*c) == Deprel::Nmod && matches!(tree.case(*c).as_str(), "of" | "from");
        let state = |t: usize| text.reading.mention_at(sentence, t).filter(|m| m.head == t && m.kind == ActorKind::State).map(|m| &m.actor);
        let Some(first) = tree.children(mention.head).find(of).filter(|&c| mention.plural && state(c).is_some()) else { return Vec::new() };
        let others = tree.conjuncts(first).into_iter().filter(|&c| c != first).filter_map(state);
        let others = others.filter_map(|owner| text.reading.also_possessed(owner, mention));
        std::iter::once(own.clone()).chain(others.map(|actor| Who { actor, ..own.clone() })).collect()
    }

    /// What belongs to somebody: 'Kenya, whose soldiers …', 'its fighters', 'the leader of the group', 'its rival'.
    fn owned(&self, text: &Text, past: &Past, mention: &Mention, own: &Who, token: usize) -> Option<Who> {
        if let Some(owner) = self.whose(text.tree, text.sentence, token) {
            return Some(Who { actor: text.reading.possessed(&owner.actor, mention), ..own.clone() });
        }
        let possessor = mention.possessor?;
        let owner = match self.found.get(&(text.sentence, possessor)) {
            Some(found) => found.clone(),
            // The owner of 'the leader of the group' stands behind.
            None if possessor > token => self.one(text, past, possessor),
            // A quotation asks for 'its spokesman' before these words have been reached.
            None if text.tree.token(possessor).feature("Person") == Some("3") => self.pronoun(text, past, possessor),
            None => Vec::new(),
        };
        let owner = owner.into_iter().next()?;
        if mention.apart {
            return if mention.actor.country.is_some() { None } else { self.counterpart(text, past, mention, &owner, own) };
        }
        if !(owner.named
            || owner.actor.country.is_some()
            || owner.actor.id.is_some()
            || possessor < token && text.tree.token(possessor).upos == Upos::Pron)
        {
            return None;
        }
        // The drivers of an agency that drives no trucks of its own are the agency on the road.
        if matches!(owner.kind, ActorKind::Igo | ActorKind::Ngo | ActorKind::Mission)
            && mention.kind == ActorKind::Civilian
            && mention.people
        {
            let actor = Actor { text: own.actor.text.clone(), ..owner.actor.clone() };
            return Some(Who { actor, named: true, ..own.clone() });
        }
        // A ministry's troops are its state's.
        let of_state = owner.actor.country.as_deref().filter(|_| owner.kind == ActorKind::Ministry && of_a_state(mention.kind));
        let actor = match of_state {
            Some(country) => text.reading.in_country(country, mention),
            None => text.reading.possessed(&owner.actor, mention),
        };
        let named = own.named || actor.id.is_some();
        Some(Who { actor, named, ..own.clone() })
    }

    /// 'Kenya, whose soldiers serve in …': whom the relative clause describes.
    fn whose(&self, tree: &Tree, sentence: usize, token: usize) -> Option<Who> {
        tree.children(token).find(|&c| tree.deprel(c) == Deprel::NmodPoss && tree.token(c).xpos == Xpos::WpPoss)?;
        let relative = std::iter::successors(Some(token), |&at| tree.head(at)).find(|&at| tree.deprel(at) == Deprel::AclRelcl);
        let described = relative.and_then(|at| tree.head(at)).and_then(|head| self.single(tree, sentence, head).into_iter().next());
        // Where the parser lost the clause, the one it describes stands before it all the same.
        described.or_else(|| {
            let whose = tree.children(token).find(|&c| tree.token(c).xpos == Xpos::WpPoss)?;
            let before = (0..whose).rev().find(|&t| tree.token(t).upos != Upos::Punct)?;
            self.found.get(&(sentence, before))?.first().cloned()
        })
    }

    /// 'The government sent 400 soldiers': whom somebody sends, lends or withdraws is his, and so are 'they' who were ambushed on the way.
    fn senders_own(&self, text: &Text, mention: &Mention, own: &Who, token: usize) -> Option<Who> {
        let bare = mention.force && !mention.named && mention.actor.country.is_none() && of_a_state(mention.kind);
        let sent = |p: &&crate::proposition::Proposition| {
            let sends = |f: &(u32, u32)| {
                let claims = &self.book.frames[f.0 as usize].claims;
                // 'lost 14 soldiers': his own, too.
                claims
                    .first()
                    .is_some_and(|t| matches!(t.type_, Type::Mobilize | Type::Retreat | Type::Aid) || t.target.falls_back_on("subj"))
            };
            p.fillers("obj").any(|a| a.token == token) && self.book.index().find(p.form, &p.lemma).iter().any(sends)
        };
        let proposition = text.propositions.list.iter().filter(|_| bare).find(sent)?;
        let sends =
            |w: &Who| w.kind != ActorKind::Person && w.actor.country.is_some() && (w.kind == ActorKind::State || of_a_state(w.kind));
        let mut senders: Vec<Who> = proposition.fillers("subj").flat_map(|a| self.who(text.tree, text.sentence, a.token)).collect();
        senders.retain(sends);
        // Of two senders each one sends his own, which the claim is told by its sides.
        if senders.len() > 1 {
            return Some(own.clone());
        }
        let sender = senders.pop()?;
        Some(Who { actor: text.reading.possessed(&sender.actor, mention), named: true, ..own.clone() })
    }

    /// 'The army killed 40 militants' in a report that names one armed group: they are its members. Who does something without a name may be anyone.
    fn of_the_only_group(&self, text: &Text, past: &Past, mention: &Mention, own: &Who, token: usize) -> Option<Who> {
        let tree = text.tree;
        let suffers =
            matches!(tree.deprel(token), Deprel::Obj | Deprel::NsubjPass) || tree.deprel(token) == Deprel::Nmod && tree.case(token) == "of";
        let bare = mention.kind == ActorKind::Group && mention.plural && mention.people && mention.actor.country.is_none();
        let [group] = past.groups.as_slice() else { return None };
        let agree = mention.actor.sectors.iter().any(|s| group.actor.sectors.contains(s));
        (suffers && bare && agree).then(|| Who {
            actor: Actor { text: own.actor.text.clone(), ..group.actor.clone() },
            kind: group.kind,
            ..own.clone()
        })
    }

    /// 'Three soldiers died', 'troops repelled the attack': forces without a name are those of the country that the report is about, unless another's
    /// have been named in it.
    fn home_forces(&self, text: &Text, past: &Past, mention: &Mention, own: &Who) -> Option<Who> {
        let tree = text.tree;
        let service = matches!(mention.kind, ActorKind::Military | ActorKind::Police);
        let foreign = (mention.first..mention.core.0).any(|t| tree.token(t).span.of(tree.text).starts_with(char::is_uppercase) && t > 0);
        // 'soldiers from the mission', 'troops of the brigade': somebody says whose.
        let of_others =
            tree.children(mention.head).any(|c| tree.deprel(c) == Deprel::Nmod && matches!(tree.case(c).as_str(), "of" | "from"));
        if !service || mention.actor.country.is_some() || mention.actor.id.is_some() || foreign || of_others {
            return None;
        }
        let home = self.of_leading_state(text, past, mention, own)?;
        let another = |w: &Who| {
            w.kind == ActorKind::Mission
                || matches!(w.kind, ActorKind::Military | ActorKind::Police) && w.actor.country != home.actor.country && w.named
        };
        (!past.entities.iter().flat_map(|e| &e.who).any(another)).then_some(home)
    }

    /// 'An army spokesman said troops had taken the town': a state's force that the state's own speaker names without more is his.
    fn speakers_own(&self, text: &Text, mention: &Mention, own: &Who) -> Option<Who> {
        let (tree, sentence) = (text.tree, text.sentence);
        let of_a_state = matches!(mention.kind, ActorKind::Military | ActorKind::Police);
        // 'European troops' are somebody else's.
        let foreign = (mention.first..mention.core.0).any(|t| tree.token(t).span.of(tree.text).starts_with(char::is_uppercase) && t > 0);
        if !of_a_state || mention.actor.country.is_some() || foreign {
            return None;
        }
        let mut at = mention.head;
        while let Some(head) = tree.head(at) {
            at = head;
            let Some(proposition) = text.propositions.at(at).map(|p| &text.propositions.list[p]) else { continue };
            if !proposition.has("comp") {
                continue;
            }
            let speaker = proposition.fillers("subj").flat_map(|a| self.single(tree, sentence, a.token)).find(|w| {
                w.actor.country.is_some()
                    && (w.actor.sectors.is_empty() || w.actor.sectors.iter().any(|s| s == "GOV" || s == "MIL" || s == "COP"))
            });
            if let Some(speaker) = speaker {
                return Some(Who { actor: text.reading.possessed(&speaker.actor, mention), ..own.clone() });
            }
        }
        None
    }
}

/// A noun for what is decided, said or done, by its ending.
fn is_abstract(tree: &Tree, token: usize) -> bool {
    const ENDINGS: [&str; 9] = ["sion", "ment", "ness", "ance", "ence", "ship", "osal", "usal", "rity"];
    // 'a contingent', 'a regiment of the guard' are people.
    let people = ["regiment", "detachment", "government", "division", "mission", "commission", "audience"];
    let lemma = tree.lemma(token);
    tree.token(token).upos == Upos::Noun && ENDINGS.iter().any(|end| lemma.ends_with(end)) && !people.contains(&lemma)
}

/// A noun that a pronoun can mean though it is nobody.
fn is_thing(tree: &Tree, token: usize) -> bool {
    matches!(tree.token(token).upos, Upos::Noun | Upos::Propn)
        && matches!(tree.deprel(token), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Conj)
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
