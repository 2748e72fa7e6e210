//! From a noun phrase to an actor: nationality, possessor or name, noun and modifiers.

use super::{
    assemble::{Assembler, Owner, entry_actor},
    grammar::Grammar,
    introduced::{Introduced, is_acronym_of},
    matching::{Match, Named},
    mention::{Described, Mention},
};
use crate::{
    calendar::TimeMention,
    dictionary::{ActorKind, Dictionary, Entry, Noun, Target, fold},
};
use griot_types::{Actor, Deprel, NameKind, SmolStr, Upos, Xpos};

/// PLOVER's sector for those who held power once.
pub(super) const FORMER: &str = "ELI";

/// Reads the phrases of one sentence.
pub struct Composer<'a> {
    /// The dictionary.
    pub dictionary: &'a Dictionary,
    /// Makes the actors.
    pub assembler: Assembler<'a>,
    /// The sentence.
    pub grammar: &'a Grammar<'a>,
    /// Its names.
    pub matches: &'a [Match],
    /// Names that the report has introduced.
    pub introduced: &'a Introduced,
    /// The sentence's phrases of time, which belong to no actor.
    pub times: &'a [TimeMention],
    /// Knows the country (alpha-3) of a first- or second-level unit that a name means in the report.
    pub unit: &'a dyn Fn(&str) -> Option<&'a str>,
}

/// What the words around a noun add to it.
#[derive(Default)]
pub(super) struct Around<'a> {
    pub countries: Vec<&'a str>,
    pub entries: Vec<&'a Entry>,
    pub strangers: Vec<&'a Actor>,
    pub sectors: Vec<SmolStr>,
    pub kind: Option<ActorKind>,
    pub possessor: Option<usize>,
    pub apart: bool,
    /// As [`Described::local`].
    pub local: Option<SmolStr>,
    /// What those are whom a name before '-linked' names.
    pub linked: Vec<SmolStr>,
    /// They fight on a state's side: 'a militia allied with the army'.
    pub serves_state: bool,
    /// Actors named right after the noun: 'the rebel group 3R'.
    pub after: Option<Match>,
    /// One past the last token that belongs to the phrase.
    pub end: usize,
}

impl<'a> Composer<'a> {
    /// All mentions of the sentence, by their heads.
    pub fn mentions(&self) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        for head in 0..self.grammar.count() {
            // A name is one mention, at the token by which it hangs on the rest.
            let inside = self.match_at(head).is_some_and(|m| m.end - m.first > 1 && self.head_of(m.first, m.end) != head);
            if !self.grammar.is_part(head) && !inside {
                mentions.extend(self.mention(head));
            }
        }
        // 'the rebel group 3R' is one actor: the apposition has no mention of its own.
        let cores: Vec<_> = mentions.iter().map(|m| (m.first, m.core)).collect();
        mentions.retain(|m| !cores.iter().any(|(first, core)| *first < m.first && m.core == *core));
        // Names inside larger phrases can be asked for by themselves: 'UN' in 'UN headquarters'.
        for found in self.matches {
            if !mentions.iter().any(|m| found.covers(m.head)) {
                let inner = self.head_of(found.first, found.end);
                mentions.extend(self.named(found, inner, found.first, found.end));
            }
        }
        // A noun for somebody before a noun for nobody, 'rebel' in 'rebel attack', is whose attack it is.
        for part in (0..self.grammar.count()).filter(|&t| self.grammar.deprel(t) == Deprel::Compound) {
            let whole = self.grammar.sentence.head(part).filter(|&h| h > part && self.grammar.upos(h) == Upos::Noun);
            let known = |at: usize| mentions.iter().any(|m| m.head == at || (m.first..m.end).contains(&at));
            if whole.is_some_and(|h| !known(h)) && !known(part) && self.grammar.upos(part) == Upos::Noun {
                mentions.extend(self.mention(part));
            }
        }
        self.set_torn_apart(&mut mentions);
        self.take_own_names(&mut mentions);
        mentions.sort_by_key(|m| (m.head, m.first));
        mentions.dedup_by_key(|m| m.head);
        mentions
    }

    /// 'al Qaeda-linked fighters' torn apart by the parser: the name takes no part in the clause, only the fighters do.
    fn set_torn_apart(&self, mentions: &mut [Mention]) {
        let phrases: Vec<_> = mentions.iter().map(|m| (m.first, m.core.0, m.end)).collect();
        for mention in mentions.iter_mut().filter(|m| m.named && self.is_linked(m.core.1)) {
            let (first, end) = mention.core;
            let Some(phrase) = phrases.iter().find(|(from, core, _)| *from <= first && end < *core) else { continue };
            let above = self.grammar.sentence.head(mention.head);
            if above.is_none_or(|head| !(phrase.0..phrase.2).contains(&head)) {
                mention.head = end - 1;
                mention.core = (end - 1, end);
            }
        }
    }

    /// 'a group calling itself the Army of the Just' bears that name, whether or not a dictionary knows it; the words of the name are nobody else.
    fn take_own_names(&self, mentions: &mut Vec<Mention>) {
        let mut taken: Vec<(usize, usize, usize)> = Vec::new();
        for mention in mentions.iter_mut().filter(|m| m.described.is_some() && m.actor.id.is_none() && !m.named) {
            let Some((first, end)) = self.grammar.own_name(self.dictionary.lexicon(), mention.core.1) else { continue };
            if self.matches.iter().any(|m| m.first == first && m.end == end) {
                continue;
            }
            taken.push((first, end, mention.head));
            mention.core = (first, end);
            mention.end = end;
            mention.named = true;
            if mention.kind == ActorKind::Body {
                mention.kind = ActorKind::Group;
            }
            mention.actor.name = self.grammar.words(first, end).to_owned();
            mention.actor.text = self.grammar.words(mention.first, end).to_owned();
        }
        mentions.retain(|m| !taken.iter().any(|(first, end, head)| m.head != *head && (*first..*end).contains(&m.head)));
    }

    /// The token of `first..end` that hangs on something outside.
    pub(super) fn head_of(&self, first: usize, end: usize) -> usize {
        let outside = |t: &usize| self.grammar.sentence.head(*t).is_none_or(|h| h < first || h >= end);
        (first..end).filter(outside).min_by_key(|t| (self.grammar.is_part(*t), !self.grammar.nominal(*t))).unwrap_or(end - 1)
    }

    /// Where the phrase starts: as the tree has it, but behind a phrase of time ('on 3 February President Cerezo').
    pub(super) fn left_edge(&self, head: usize, core: usize) -> usize {
        let mut edge = self.grammar.left_edge(head, core);
        // 'Iran-backed Houthi rebels': the name belongs to the word behind the hyphen.
        if edge > 1 && self.grammar.form(edge - 1) == "-" && matches!(self.grammar.upos(edge), Upos::Verb | Upos::Adj) {
            edge = self.matches.iter().find(|m| m.end == edge - 1).map_or(edge, |m| m.first);
        }
        // A name is not cut, nor lost where the tagger reads an acronym as a small word: 'IS fighters'.
        let misread = |m: &Match| {
            let word = self.grammar.upos(m.first);
            m.end == edge
                && m.end - m.first == 1
                && fold::in_capitals(self.grammar.form(m.first))
                && !matches!(word, Upos::Propn | Upos::Noun)
        };
        if let Some(found) = self.matches.iter().find(|m| m.first < edge && edge < m.end && m.end <= core || edge == core && misread(m)) {
            edge = found.first;
        }
        self.times.iter().filter(|t| t.first < core && edge < t.end).map(|t| t.end.min(core)).max().unwrap_or(edge)
    }

    /// Where the phrase starts behind its count.
    fn without_count(&self, first: usize, head: usize) -> usize {
        let lexicon = self.dictionary.lexicon();
        self.grammar.without_count(first, head, |t| lexicon.is_counting(self.grammar.text, self.grammar.sentence, t))
    }

    /// The mention headed by this token.
    fn mention(&self, head: usize) -> Option<Mention> {
        let name = self.match_at(head);
        if let Some(mention) = self.person(head, name) {
            return Some(mention);
        }
        let noun = self.dictionary.lexicon().noun(self.grammar.text, self.grammar.sentence, head);
        let demonym = name.is_some_and(|m| m.named.iter().all(|n| matches!(n, Named::Known(Target::Demonym(_)))));
        if let Some(found) = name.filter(|_| !demonym) {
            let first = found.first.min(head);
            let edge = self.without_count(self.left_edge(head, first), first);
            return self.named(found, head, edge, found.end.max(head + 1));
        }
        if demonym && noun.is_none() {
            return self.people_of(name?, head);
        }
        // 'Myanmar's military': the tagger takes the noun for an adjective, its place in the clause tells.
        let placed = self.grammar.upos(head) == Upos::Adj
            && matches!(self.grammar.deprel(head), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj);
        if !self.grammar.nominal(head) && !placed && noun.is_none_or(|(_, first, end)| end - first < 2) {
            return None;
        }
        let organisation = self.name_at(head, NameKind::Organisation);
        match (noun, organisation) {
            (Some((noun, first, end)), None) => self.described(noun, head, first, end),
            (Some((noun, first, end)), Some((_, name_end)))
                if name_end <= end || matches!(noun.kind, ActorKind::Ministry | ActorKind::Government) =>
            {
                self.described(noun, head, first, end)
            }
            (_, Some((first, end))) => Some(self.unknown_organisation(head, self.spelt_out(first, end), end)),
            (None, None) => None,
        }
    }

    /// The name that covers a token.
    pub(super) fn match_at(&self, token: usize) -> Option<&'a Match> {
        self.matches.iter().find(|m| m.covers(token))
    }

    /// The name finder's name of this kind that covers a token.
    pub(super) fn name_at(&self, token: usize, kind: NameKind) -> Option<(usize, usize)> {
        let names = &self.grammar.sentence.names;
        names
            .iter()
            .map(|n| (n, n.first as usize, n.end as usize))
            .find(|(n, f, e)| n.kind == kind && (*f..*e).contains(&token))
            .map(|(_, f, e)| (f, e))
    }

    /// A mention of a dictionary entry, a capital, a seat or an introduced actor.
    fn named(&self, found: &Match, head: usize, first: usize, end: usize) -> Option<Mention> {
        let text = self.grammar.words(first, end);
        let mut mention = self.blank(head, first, end, (found.first, found.end));
        mention.named = true;
        match *found.named.first()? {
            Named::Introduced(number) => {
                let known = self.introduced.actor(number)?;
                mention.actor = Actor { text: text.to_owned(), ..known.actor.clone() };
                mention.kind = known.kind;
            }
            Named::Known(Target::Entry(at)) => {
                let entry = self.dictionary.entry_at(at)?;
                mention.actor = entry_actor(entry, text);
                mention.kind = entry.kind;
                if entry.kind == ActorKind::State {
                    mention.place = true;
                    mention.government = self.government(entry.country.as_deref()?, text);
                }
            }
            Named::Known(Target::Capital(at) | Target::Seat(at)) => {
                let country = self.dictionary.country_at(at)?;
                let government = self.government(&country.iso3, text)?;
                mention.place = found.named.iter().any(|n| matches!(n, Named::Known(Target::Capital(_))));
                mention.actor = government.clone();
                mention.government = Some(government);
                mention.kind = ActorKind::Government;
            }
            _ => return None,
        }
        mention.force = mention.kind.is_force();
        if self.grammar.upos(head) == Upos::Noun {
            let noun = self.dictionary.lexicon().noun(self.grammar.text, self.grammar.sentence, head);
            mention.people = noun.is_some_and(|(noun, ..)| noun.people);
        }
        Some(mention)
    }

    /// The government that a state or its capital stands for: it bears the state's name.
    fn government(&self, country: &str, text: &str) -> Option<Actor> {
        let entry = self.dictionary.entry(&format!("{}-gov", country.to_lowercase()))?;
        let name = self.dictionary.country(country)?.name.clone();
        Some(Actor { name, ..entry_actor(entry, text) })
    }

    /// 'Malians', 'the French': people of a country, or the state when a definite phrase names them all.
    fn people_of(&self, found: &Match, head: usize) -> Option<Mention> {
        let Some(Target::Demonym(at)) = found.target() else { return None };
        // An adjective alone is no phrase, unless an article makes it one.
        let opened = self.grammar.children(head).any(|c| c < head && self.grammar.deprel(c) == Deprel::Det);
        if matches!(self.grammar.upos(head), Upos::Adj) && !opened || self.grammar.deprel(head) == Deprel::Amod {
            return None;
        }
        let linked = found.end + 1 < self.grammar.count() && self.grammar.form(found.end) == "-";
        if linked || self.joined(found.end).is_some() {
            return None;
        }
        let country = self.dictionary.country_at(at)?;
        let edge = self.left_edge(head, found.first);
        let first = self.without_count(edge, head);
        let counted = self.grammar.children(head).any(|c| self.grammar.deprel(c) == Deprel::Nummod);
        let text = self.grammar.words(first, found.end);
        let definite = self.grammar.opens_definite(first);
        let plural = self.grammar.is_plural(head) || self.grammar.upos(head) == Upos::Adj;
        let described = match definite && plural && !counted {
            true => {
                Described { kind: ActorKind::State, sectors: vec![], suffix: "".into(), office: false, noun: String::new(), local: None }
            }
            false => Described {
                kind: ActorKind::Civilian,
                sectors: vec!["CVL".into()],
                suffix: "".into(),
                office: false,
                noun: String::new(),
                local: None,
            },
        };
        let (actor, kind) = self.assembler.assemble(&described, Owner::Country(&country.iso3), text);
        let mut mention = self.blank(head, first, found.end, (found.first, found.end));
        (mention.actor, mention.kind, mention.plural) = (actor, kind, plural);
        mention.people = kind == ActorKind::Civilian;
        mention.named = kind == ActorKind::State;
        Some(mention)
    }

    /// An organisation that no dictionary knows: its country and sectors as far as the words of its name tell.
    fn unknown_organisation(&self, head: usize, first: usize, end: usize) -> Mention {
        let lexicon = self.dictionary.lexicon();
        let words = self.grammar.words(first, end);
        let own = || lexicon.noun(self.grammar.text, self.grammar.sentence, head).map(|(noun, ..)| noun);
        let noun = lexicon.word(words).or_else(own).or_else(|| (first..end).rev().find_map(|t| lexicon.word(self.grammar.form(t))));
        let edge = self.left_edge(head, first);
        let country = self.matches.iter().filter(|m| edge <= m.first && m.end <= end).find_map(|m| self.country_of(m));
        let country = country.or_else(|| self.unit_in(edge, end));
        let described = Described {
            kind: noun.map_or(ActorKind::Body, |n| n.kind),
            sectors: noun.map_or(vec![], |n| n.sectors.clone()),
            suffix: "".into(),
            office: false,
            noun: String::new(),
            local: None,
        };
        let mut mention = self.blank(head, edge, end, (first, end));
        mention.actor = Actor {
            text: self.grammar.words(edge, end).to_owned(),
            name: words.to_owned(),
            code: super::assemble::code(country, &described.sectors),
            country: country.map(SmolStr::from),
            sectors: described.sectors.clone(),
            ..Actor::default()
        };
        mention.kind = described.kind;
        mention.named = true;
        mention.force = described.kind.is_force();
        mention
    }

    /// Where a name starts whose acronym follows in brackets: 'Front for the Liberation of X (FLX)' has a word for each letter, though the name
    /// finder may have begun later.
    fn spelt_out(&self, first: usize, end: usize) -> usize {
        let grammar = self.grammar;
        if end + 2 >= grammar.count() || grammar.form(end) != "(" || grammar.form(end + 2) != ")" {
            return first;
        }
        let acronym = grammar.form(end + 1);
        let inside = |t: usize| matches!(grammar.upos(t), Upos::Propn | Upos::Adp | Upos::Noun | Upos::Adj | Upos::Cconj | Upos::Det);
        let mut starts = (0..=first).rev().take(8).take_while(|t| *t == first || inside(*t));
        let whole = |t: &usize| fold::has_capital(grammar.form(*t)) && is_acronym_of(grammar.words(*t, end), acronym);
        starts.find(whole).unwrap_or(first)
    }

    /// The country that a name in another name stands for.
    fn country_of(&self, found: &Match) -> Option<&'a str> {
        match found.target()? {
            Target::Demonym(at) | Target::Capital(at) | Target::Seat(at) => self.dictionary.country_at(at).map(|c| c.iso3.as_str()),
            Target::Entry(at) => self.dictionary.entry_at(at).filter(|e| e.kind == ActorKind::State).and_then(|e| e.country.as_deref()),
            _ => None,
        }
    }

    /// A common noun for people or a body, with all that its phrase adds.
    pub(super) fn described(&self, noun: &Noun, head: usize, core: usize, end: usize) -> Option<Mention> {
        // 'Kenyan police officers': the name of a body runs into the noun for its members.
        let into = self.matches.iter().find(|m| m.first < core && m.end > core && m.end < end);
        let of_body = into.and_then(|m| match m.target()? {
            Target::Entry(at) => self.dictionary.entry_at(at).filter(|e| matches!(e.kind, ActorKind::Police | ActorKind::Military)),
            _ => None,
        });
        let from = into.filter(|_| of_body.is_some()).map_or(core, |m| m.first);
        let mut edge = self.left_edge(head, from);
        while let Some(before) = self.matches.iter().find(|m| m.end < edge && self.joined(m.end) == Some(edge)) {
            edge = self.left_edge(before.end - 1, before.first);
        }
        let around = self.around(noun, head, edge, core, end);
        let bare = around.countries.is_empty()
            && around.entries.is_empty()
            && around.strangers.is_empty()
            && around.sectors.is_empty()
            && around.possessor.is_none_or(|p| p > head)
            && around.after.is_none();
        let first = self.without_count(edge, head);
        let last = around.end.max(end);
        let mut mention = self.blank(head, first, last, (core, end));
        mention.bare = bare && noun.needs_modifier;
        // 'the force' can take up what was named before; 'forces' and 'the base' by themselves are nobody.
        if bare && noun.metonym && !noun.owned || mention.bare && !mention.definite && around.possessor.is_none() {
            return None;
        }
        let text = self.grammar.words(first, last);
        let described = self.describe(noun, &around, core, end);
        if let Some(after) = &around.after {
            let named = self.named(after, head, first, last);
            if let Some(mut named) = named {
                (named.plural, named.definite) = (mention.plural, mention.definite);
                named.force |= noun.force;
                return Some(named);
            }
        }
        let mut owners = around
            .entries
            .iter()
            .map(|e| match described.kind {
                // A spokesman of the army speaks for the army, its soldiers are the country's.
                ActorKind::Person | ActorKind::Body if e.kind != ActorKind::State => Owner::Entry(e),
                _ => self.assembler.owner_entry(e),
            })
            .chain(around.strangers.iter().map(|a| Owner::Stranger(a)))
            .collect::<Vec<_>>();
        if owners.is_empty() {
            owners.extend(of_body.map(|e| self.assembler.owner_entry(e)));
        }
        if owners.is_empty() {
            owners.extend(around.countries.iter().map(|c| Owner::Country(c)));
        }
        let main = owners.first().copied().unwrap_or(Owner::Nobody);
        (mention.actor, mention.kind) = self.assembler.assemble(&described, main, text);
        mention.others = owners.iter().skip(1).map(|o| self.assembler.assemble(&described, *o, text).0).collect();
        mention.named = mention.actor.id.is_some();
        mention.possessor = around.possessor;
        mention.apart = around.apart;
        mention.force = noun.force || mention.kind.is_force() && !noun.metonym;
        mention.people = noun.people;
        mention.metonym = noun.metonym;
        mention.described = Some(described);
        if mention.kind == ActorKind::Person || noun.kind == ActorKind::Person {
            self.complete_office(&mut mention);
        }
        self.drop_count_from_name(&mut mention);
        self.named_after(&mut mention);
        self.self_named(&mut mention);
        Some(mention)
    }

    /// The count that 'the 4,000 villagers' keeps is no part of who they are.
    fn drop_count_from_name(&self, mention: &mut Mention) {
        if mention.actor.name != mention.actor.text {
            return;
        }
        let lexicon = self.dictionary.lexicon();
        let counts = |t: &usize| self.grammar.upos(*t) == Upos::Num || lexicon.is_counting(self.grammar.text, self.grammar.sentence, *t);
        if let Some(count) = (mention.first..mention.core.0).rev().find(counts) {
            mention.actor.name = self.grammar.words(count + 1, mention.end).to_owned();
        }
    }

    /// Where the second of two nationalities starts that one noun shares, 'Chadian and Sudanese troops', given where the first ends: a sure
    /// pattern, whatever the tree makes of it.
    fn joined(&self, end: usize) -> Option<usize> {
        let demonym = |m: &&Match| matches!(m.target(), Some(Target::Demonym(_)));
        self.matches.iter().filter(demonym).find(|m| m.end == end)?;
        let second = self.matches.iter().filter(demonym).find(|m| m.first == end + 1)?;
        let noun = second.end < self.grammar.count() && self.grammar.upos(second.end) == Upos::Noun;
        (self.grammar.upos(end) == Upos::Cconj && noun).then_some(second.first)
    }

    /// The country of a unit that proper nouns in tokens `first..end` name: 'Borno' in 'the Borno state government'.
    pub(super) fn unit_in(&self, first: usize, end: usize) -> Option<&'a str> {
        // A people may be called as its land: 'the Amhara regional government'.
        let people = |m: &Match| match m.target() {
            Some(Target::Entry(at)) => self.dictionary.entry_at(at).is_some_and(|e| e.kind == ActorKind::Civilian),
            _ => false,
        };
        let proper = |t: &usize| self.grammar.upos(*t) == Upos::Propn && self.match_at(*t).is_none_or(people);
        let mut at = first;
        while at < end {
            let run = (at..end).take_while(proper).count();
            let name = (1..=run).rev().find_map(|n| (self.unit)(self.grammar.words(at, at + n)));
            if name.is_some() {
                return name;
            }
            at += run.max(1);
        }
        None
    }

    /// The noun's own meaning with what its modifiers add.
    fn describe(&self, noun: &Noun, around: &Around, core: usize, end: usize) -> Described {
        let mut kind = noun.kind;
        let mut sectors = noun.sectors.clone();
        let added = &around.sectors;
        if !added.is_empty() {
            if matches!(kind, ActorKind::Body | ActorKind::Unidentified)
                || noun.metonym
                || sectors.is_empty()
                || kind == ActorKind::Person && !noun.office && noun.sectors.is_empty()
            {
                // 'army spokesman', 'rebel group': the modifier says what it is.
                sectors = added.clone();
                if matches!(kind, ActorKind::Body | ActorKind::Unidentified) || noun.metonym {
                    kind = around.kind.or_else(|| ActorKind::from_sectors(&sectors)).unwrap_or(kind);
                }
            } else if !(noun.force && added.iter().all(|s| s == "GOV")) {
                // Government troops are troops.
                sectors.extend(added.iter().filter(|s| !noun.sectors.contains(s)).cloned().collect::<Vec<_>>());
            }
        }
        if kind == ActorKind::Body && sectors.is_empty() {
            // 'an IS-linked group' are armed men, as IS are.
            sectors.clone_from(&around.linked);
            kind = ActorKind::from_sectors(&sectors).unwrap_or(kind);
        }
        if around.serves_state || added.iter().any(|s| s == "PRM") {
            // 'an army-allied militia' is no rebel.
            let rebels = sectors.iter().any(|s| s == "REB") && matches!(kind, ActorKind::Militia | ActorKind::Group);
            if rebels {
                (sectors, kind) = (vec!["PRM".into()], ActorKind::Militia);
            }
        }
        if added.iter().any(|s| s == FORMER) {
            // A former minister is PLOVER's former elite; a former student is a student.
            let elite = noun.sectors.iter().any(|s| matches!(s.as_str(), "GOV" | "LEG" | "PTY"));
            if elite {
                sectors = vec![FORMER.into()];
            } else if !noun.sectors.is_empty() {
                sectors.retain(|s| s != FORMER);
            }
        }
        sectors.sort_by_key(|s| s != "GOV");
        sectors.dedup();
        let noun_text = self.grammar.words(core, end).to_owned();
        Described { kind, sectors, suffix: noun.suffix.clone(), office: noun.office, noun: noun_text, local: around.local.clone() }
    }

    /// A mention with nothing but its place in the sentence.
    pub(super) fn blank(&self, head: usize, first: usize, end: usize, core: (usize, usize)) -> Mention {
        let grammar = self.grammar;
        let definite = grammar.opens_definite(first)
            || (first..core.0).any(|t| grammar.xpos(t) == Xpos::Pos || matches!(grammar.xpos(t), Xpos::PrpPoss | Xpos::WpPoss));
        Mention {
            first,
            end,
            head,
            core,
            actor: Actor::default(),
            others: vec![],
            kind: ActorKind::Body,
            named: false,
            definite,
            plural: grammar.is_plural(head),
            force: false,
            people: false,
            possessor: None,
            apart: false,
            bare: false,
            government: None,
            place: false,
            metonym: false,
            described: None,
        }
    }
}
