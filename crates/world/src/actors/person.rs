//! Persons: office-holders, leaders and spokesmen, and everybody else.

use super::{
    assemble::entry_actor,
    compose::{Composer, FORMER},
    matching::{Match, Named},
    mention::Mention,
};
use crate::dictionary::{ActorKind, Target, day_of, within};
use griot_types::{Actor, Deprel, NameKind, Person, SmolStr, Upos};

impl<'a> Composer<'a> {
    /// The person whose name is headed by this token.
    pub(super) fn person(&self, head: usize, name: Option<&Match>) -> Option<Mention> {
        let known = name.filter(|m| {
            m.named
                .iter()
                .any(|n| matches!(n, Named::Known(Target::Holder(_) | Target::HolderShort(_) | Target::Figure(_) | Target::FigureShort(_))))
                && !m.named.iter().any(|n| matches!(n, Named::Known(Target::Entry(_))))
        });
        let introduced = name.and_then(|m| match m.named.first() {
            Some(Named::Introduced(n)) => self.introduced.actor(*n).filter(|k| k.kind == ActorKind::Person),
            _ => None,
        });
        let found = self.name_at(head, NameKind::Person);
        let found = found.filter(|(first, end)| !self.is_something_else(*first, *end));
        if known.is_none() && introduced.is_none() && (found.is_none() || name.is_some_and(|m| self.is_entry(m))) {
            return None;
        }
        let (first, end) = match (known.or(name.filter(|_| introduced.is_some())), found) {
            (Some(m), Some((f, e))) if f < e => (self.without_title(m.first.min(f), m.first), m.end.max(e)),
            (Some(m), _) => (m.first, m.end),
            (None, Some((f, e))) => (self.without_title(f, e), e),
            (None, None) => return None,
        };
        // A title inside the name finder's span is the head in some trees.
        if head < first && self.dictionary.lexicon().noun(self.grammar.text, self.grammar.sentence, head).is_none() {
            return None;
        }
        let edge = self.left_edge(head, first.min(head));
        let mut mention = self.blank(head, edge, end.max(head + 1), (first, end));
        let title = self.title(head, edge, first, end);
        mention.actor = self.person_actor(known, introduced.map(|k| &k.actor), title, first, end);
        mention.actor.text = self.grammar.words(mention.first, mention.end).to_owned();
        mention.kind = ActorKind::Person;
        mention.named = true;
        mention.people = true;
        mention.plural = false;
        Some(mention)
    }

    fn is_entry(&self, found: &Match) -> bool {
        found.named.iter().any(|n| matches!(n, Named::Known(Target::Entry(_) | Target::Capital(_) | Target::Seat(_))))
            || matches!(found.named.first(), Some(Named::Introduced(_)))
    }

    /// Whether what the name finder takes for a person is a capital, a people or common nouns throughout: 'Kampala', 'Gunmen'.
    fn is_something_else(&self, first: usize, end: usize) -> bool {
        let lexicon = self.dictionary.lexicon();
        let capital = self.match_at(first).is_some_and(|m| m.first == first && m.end == end && self.is_entry(m));
        capital
            || (first..end).all(|t| {
                let people = self.match_at(t).is_some_and(|m| matches!(m.target(), Some(Target::Demonym(_))));
                people || lexicon.noun(self.grammar.text, self.grammar.sentence, t).is_some()
            })
    }

    /// The name's first token behind titles that the name finder took in.
    fn without_title(&self, first: usize, limit: usize) -> usize {
        let grammar = self.grammar;
        let lexicon = self.dictionary.lexicon();
        (first..limit)
            .find(|t| {
                let title =
                    lexicon.noun(grammar.text, grammar.sentence, *t).is_some_and(|(n, f, _)| n.kind == ActorKind::Person && f >= first);
                let demonym = self.match_at(*t).is_some_and(|m| matches!(m.target(), Some(Target::Demonym(_))));
                grammar.upos(*t) != Upos::Adj && !title && !demonym
            })
            .unwrap_or(first)
    }

    /// The mention that the title before the name, or the apposition beside it, would be by itself.
    fn title(&self, head: usize, edge: usize, first: usize, end: usize) -> Option<Mention> {
        let grammar = self.grammar;
        let close = first.checked_sub(1).filter(|t| *t < edge && grammar.nominal(*t));
        let before = (edge..first).rev().chain(close);
        let beside = grammar.children(head).filter(|c| *c >= end && grammar.deprel(*c) == Deprel::Appos);
        let above = grammar.sentence.head(head).filter(|_| grammar.deprel(head) == Deprel::Appos);
        before.chain(beside).chain(above).find_map(|token| {
            let (noun, from, to) = self.dictionary.lexicon().noun(grammar.text, grammar.sentence, token)?;
            if noun.metonym || !(noun.people || noun.kind == ActorKind::Government) || token < first && token >= edge && from < edge {
                return None;
            }
            let mut title = self.described(noun, token, from, to).or_else(|| {
                // 'spokesman' and 'leader' are titles even where nothing says whose.
                (noun.kind == ActorKind::Person).then(|| self.blank(token, from, to, (from, to)))
            })?;
            title.kind = noun.kind;
            Some(title)
        })
    }

    /// Puts name, role and country of a person together.
    fn person_actor(&self, known: Option<&Match>, introduced: Option<&Actor>, title: Option<Mention>, first: usize, end: usize) -> Actor {
        let words = self.grammar.words(first, end);
        if let Some(actor) = known.and_then(|m| self.known_person(m, title.as_ref())) {
            return actor;
        }
        if let Some(actor) = introduced {
            return actor.clone();
        }
        match title {
            Some(title) => {
                let public = title.kind != ActorKind::Civilian;
                // A title that says no country, sector or body leaves the code open.
                let code = if title.actor.code.is_empty() { "---".into() } else { title.actor.code };
                Actor {
                    name: words.to_owned(),
                    code,
                    person: Some(if public { Person::Public } else { Person::Private }),
                    text: String::new(),
                    ..title.actor
                }
            }
            None => Actor { name: words.to_owned(), code: "---".into(), person: Some(Person::Private), ..Actor::default() },
        }
    }

    /// A person of the dictionary, in the office held on the day of publication or named by the title.
    fn known_person(&self, found: &Match, title: Option<&Mention>) -> Option<Actor> {
        let sources = self.dictionary.sources();
        let today = self.assembler.today.map(day_of);
        let wanted = title.and_then(|t| t.described.as_ref()).filter(|d| d.office).map(|d| d.suffix.as_str());
        let former = title.is_some_and(|t| t.actor.sectors.iter().any(|s| s == FORMER));
        let holders = found.named.iter().filter_map(|n| match n {
            Named::Known(Target::Holder(at) | Target::HolderShort(at)) => sources.holder.get(*at as usize),
            _ => None,
        });
        let best = holders.max_by_key(|h| {
            let current = today.as_deref().is_none_or(|t| within(t, &h.from, &h.until));
            (wanted == Some(h.office.as_str()), current, h.until.is_empty(), h.from.clone())
        });
        if let Some(holder) = best {
            let current = wanted == Some(holder.office.as_str()) || today.as_deref().is_none_or(|t| within(t, &holder.from, &holder.until));
            return self.holder(holder, current && !former);
        }
        found.named.iter().find_map(|n| match n {
            Named::Known(Target::Figure(at) | Target::FigureShort(at)) => self.figure(*at),
            _ => None,
        })
    }

    fn holder(&self, holder: &crate::dictionary::source::Holder, current: bool) -> Option<Actor> {
        let office = self.dictionary.sources().office.iter().find(|o| o.suffix == holder.office);
        let sectors: Vec<SmolStr> = match current {
            true => office.map_or(vec![], |o| o.sectors.iter().map(SmolStr::from).collect()),
            false => vec![FORMER.into()],
        };
        let mut actor = match (&holder.body, &holder.country) {
            (Some(body), _) => {
                let entry = self.dictionary.entry(body)?;
                let mut actor = entry_actor(entry, "");
                actor.id = current.then(|| format!("{body}-{}", holder.office).into());
                if !current {
                    (actor.code, actor.sectors) = (super::assemble::code(None, &sectors), sectors);
                }
                actor
            }
            (None, country) => {
                let country = country.as_deref()?;
                Actor {
                    code: super::assemble::code(Some(country), &sectors),
                    country: Some(country.into()),
                    id: current.then(|| format!("{}-{}", country.to_lowercase(), holder.office).into()),
                    sectors,
                    ..Actor::default()
                }
            }
        };
        actor.name.clone_from(&holder.name);
        actor.ucdp = None;
        actor.person = Some(Person::Public);
        Some(actor)
    }

    fn figure(&self, number: u32) -> Option<Actor> {
        let figure = self.dictionary.sources().figure.get(number as usize)?;
        let mut actor = match figure.body.as_deref().and_then(|b| self.dictionary.entry(b)) {
            Some(entry) => {
                let mut actor = entry_actor(entry, "");
                actor.id = Some(format!("{}-{}", entry.id, if figure.role.is_empty() { "figure" } else { &figure.role }).into());
                actor
            }
            None => {
                let sectors: Vec<SmolStr> = figure.sectors.iter().map(SmolStr::from).collect();
                Actor {
                    code: super::assemble::code(figure.country.as_deref(), &sectors),
                    country: figure.country.as_ref().map(SmolStr::from),
                    sectors,
                    ..Actor::default()
                }
            }
        };
        actor.name.clone_from(&figure.name);
        actor.ucdp = None;
        actor.person = Some(Person::Public);
        Some(actor)
    }

    /// 'the French president, Emmanuel Macron' and 'rebel leader X': the person named beside the office is its holder.
    pub(super) fn complete_office(&self, mention: &mut Mention) {
        let grammar = self.grammar;
        mention.people = true;
        if !mention.plural && mention.kind == ActorKind::Person {
            mention.actor.person = Some(Person::Public);
        }
        if mention.kind != ActorKind::Person || mention.plural {
            mention.actor.person = None;
            return;
        }
        let beside = grammar.children(mention.head).find(|c| {
            *c >= mention.end && matches!(grammar.deprel(*c), Deprel::Appos | Deprel::Flat) && self.name_at(*c, NameKind::Person).is_some()
        });
        if let Some((first, end)) = beside.and_then(|c| self.name_at(c, NameKind::Person)) {
            mention.actor.name = grammar.words(first, end).to_owned();
            if first == mention.end {
                mention.end = end;
                mention.actor.text = grammar.words(mention.first, end).to_owned();
            }
            mention.core = (first, end);
            mention.named = true;
        }
    }

    /// 'the rebel group 3R': the name right after a body, which only the report knows.
    pub(super) fn named_after(&self, mention: &mut Mention) {
        let grammar = self.grammar;
        let bears_names = !matches!(mention.kind, ActorKind::Person | ActorKind::Civilian | ActorKind::Unidentified);
        if mention.actor.id.is_some() || mention.end >= grammar.count() || !bears_names || mention.plural {
            return;
        }
        let Some((first, end)) = self.name_at(mention.end, NameKind::Organisation).filter(|(first, _)| *first == mention.end) else {
            return;
        };
        let on_noun = (first..end).any(|t| grammar.sentence.head(t) == Some(mention.head));
        if on_noun {
            self.give_name(mention, first, end);
        }
    }

    /// Makes tokens `first..end`, which end the phrase, its name.
    fn give_name(&self, mention: &mut Mention, first: usize, end: usize) {
        mention.actor.name = self.grammar.words(first, end).to_owned();
        mention.end = end;
        mention.core = (first, end);
        mention.named = true;
        mention.actor.text = self.grammar.words(mention.first, end).to_owned();
    }

    /// 'a group calling itself X', 'a militia known as X': the name that a clause gives to a body.
    pub(super) fn self_named(&self, mention: &mut Mention) {
        let grammar = self.grammar;
        if mention.actor.id.is_some() || mention.kind == ActorKind::Person {
            return;
        }
        let Some(clause) = grammar.children(mention.head).find(|c| *c >= mention.end && grammar.deprel(*c) == Deprel::Acl) else { return };
        let reflexive = grammar
            .children(clause)
            .any(|c| grammar.upos(c) == Upos::Pron && grammar.lemma(c).ends_with("sel") || is_reflexive(grammar.form(c)));
        let passive = grammar.sentence.tokens[clause].feature("VerbForm") == Some("Part") && grammar.form(clause).ends_with('d')
            || grammar.xpos(clause) == griot_types::Xpos::Vbn;
        if !reflexive && !passive {
            return;
        }
        let name = grammar.children(clause).filter(|c| *c > clause).find(|c| {
            let bare = grammar.case(*c).is_none_or(|case| grammar.lemma(case) == "as");
            let object = matches!(grammar.deprel(*c), Deprel::Obj | Deprel::Xcomp | Deprel::Obl | Deprel::Ccomp | Deprel::Iobj);
            bare && object && grammar.upos(*c) == Upos::Propn
        });
        let Some(name) = name else { return };
        let (first, end) = self
            .match_at(name)
            .map(|m| (m.first, m.end))
            .or_else(|| grammar.own_name(self.dictionary.lexicon(), mention.core.1))
            .or_else(|| self.name_at(name, NameKind::Organisation))
            .unwrap_or_else(|| (self.left_edge(name, name), self.phrase_end(name)));
        if let Some(Named::Known(Target::Entry(at))) = self.match_at(name).and_then(|m| m.named.first()) {
            if let Some(entry) = self.dictionary.entry_at(*at) {
                mention.actor = entry_actor(entry, "");
                mention.kind = entry.kind;
            }
            mention.end = end;
            mention.core = (first, end);
            mention.named = true;
            mention.actor.text = grammar.words(mention.first, end).to_owned();
        } else {
            self.give_name(mention, first, end);
        }
    }
}

/// 'itself', 'themselves'.
fn is_reflexive(form: &str) -> bool {
    form.ends_with("self") || form.ends_with("selves")
}
