//! What stands around a common noun: nationalities, owners, modifiers, and the name right after it.

use super::{
    compose::{Around, Composer},
    matching::{Match, Named},
};
use crate::dictionary::{ActorKind, Noun, Target};
use griot_types::{Deprel, NameKind, Upos, Xpos};

impl<'a> Composer<'a> {
    /// Reads the words of a phrase around its noun: `edge..core` before it, what follows `end`.
    pub(super) fn around(&self, noun: &Noun, head: usize, edge: usize, core: usize, end: usize) -> Around<'a> {
        let mut around = Around { end, ..Around::default() };
        self.before(&mut around, edge, core);
        self.after(&mut around, noun, head, end);
        self.locality(&mut around, noun, head, edge, end);
        around.serves_state = self.serves_state(head, edge, core, end);
        around.apart = self.dictionary.lexicon().is_apart(self.grammar.text, self.grammar.sentence, core, end);
        // 'Mali's allies' are not Mali, but 'its Russian allies' are Russian.
        let whose = around.possessor.filter(|p| *p < core);
        if around.apart {
            if whose.is_none() {
                around.countries.clear();
            }
            around.entries.clear();
            around.strangers.clear();
        }
        around
    }

    /// Nationalities, names and modifiers before the noun.
    fn before(&self, around: &mut Around<'a>, edge: usize, core: usize) {
        let grammar = self.grammar;
        let lexicon = self.dictionary.lexicon();
        let mut at = edge;
        while at < core {
            if let Some((addition, end)) = lexicon.modifier(grammar.text, grammar.sentence, at, core) {
                around.sectors.extend(addition.sectors.iter().cloned());
                around.kind = around.kind.or(addition.kind);
                at = end;
            } else if let Some(found) = self.matches.iter().find(|m| m.first == at && m.end <= core) {
                let linked = self.linked_until(found.end, core);
                if linked == found.end {
                    self.own(around, found);
                } else if let Some(Target::Entry(at)) = found.target() {
                    around.linked =
                        self.dictionary.entry_at(at).filter(|e| e.kind == ActorKind::Group).map_or(vec![], |e| e.sectors.clone());
                }
                at = linked;
            } else {
                if matches!(grammar.xpos(at), Xpos::PrpPoss | Xpos::WpPoss) || self.is_genitive(at) {
                    around.possessor = Some(at);
                }
                if grammar.nominal(at)
                    && let Some((noun, first, _)) = lexicon.noun(grammar.text, grammar.sentence, at)
                {
                    // 'President Bashar al-Assad's forces' are not the president.
                    let titles = noun.kind == ActorKind::Person && self.is_person_name(at + 1);
                    if first >= edge && !noun.metonym && !titles {
                        around.sectors.extend(noun.sectors.iter().cloned());
                        around.kind = around.kind.or(Some(noun.kind));
                    }
                }
                at += 1;
            }
        }
        around.sectors.dedup();
    }

    /// Whether a body is one of a part of a country, by a word before it or by that part's name.
    fn locality(&self, around: &mut Around<'a>, noun: &Noun, head: usize, edge: usize, end: usize) {
        use ActorKind::*;
        if !matches!(noun.kind, Government | Police | Ministry | Court | Person | Military | Body) {
            return;
        }
        let lexicon = self.dictionary.lexicon();
        around.local = (edge..end).map(|t| self.grammar.form(t).to_lowercase()).find(|word| lexicon.is_local_word(word)).map(Into::into);
        let unnamed = around.countries.is_empty() && around.entries.is_empty() && around.strangers.is_empty() && around.after.is_none();
        if !unnamed {
            return;
        }
        let behind = || {
            let of = |c: &usize| *c >= end && self.grammar.case(*c).is_some_and(|case| self.grammar.lemma(case) == "of");
            self.grammar.children(head).filter(of).find_map(|c| self.unit_in(self.left_edge(c, c), self.phrase_end(c)))
        };
        if let Some(country) = self.unit_in(edge, end).or_else(behind) {
            around.countries.push(country);
            around.local = Some("".into());
        }
    }

    /// Whether a word of sides ties armed men to a state's forces: 'a militia allied with the army', 'the army and allied militias'.
    fn serves_state(&self, head: usize, edge: usize, core: usize, end: usize) -> bool {
        let grammar = self.grammar;
        let lexicon = self.dictionary.lexicon();
        let siding = |t: usize| lexicon.is_siding(&grammar.form(t).to_lowercase());
        let of_state = |token: usize| {
            let by_noun = lexicon.noun(grammar.text, grammar.sentence, token).map(|(n, ..)| n.kind);
            let by_name = self.match_at(token).and_then(Match::target).and_then(|target| match target {
                Target::Entry(at) => self.dictionary.entry_at(at).map(|e| e.kind),
                Target::Seat(_) | Target::Capital(_) => Some(ActorKind::Government),
                _ => None,
            });
            let kind = by_name.or(by_noun);
            matches!(kind, Some(ActorKind::Military | ActorKind::Police | ActorKind::Government))
        };
        let bare = (edge..core).any(|t| siding(t) && (t == 0 || grammar.form(t - 1) != "-"));
        if bare && grammar.deprel(head) == Deprel::Conj && grammar.sentence.head(head).is_some_and(of_state) {
            return true;
        }
        let mut behind =
            grammar.children(head).filter(|c| *c >= end && siding(*c) && matches!(grammar.deprel(*c), Deprel::Acl | Deprel::Amod));
        behind.any(|c| {
            grammar.children(c).any(|o| o > c && matches!(grammar.deprel(o), Deprel::Obl | Deprel::OblAgent | Deprel::Nmod) && of_state(o))
        })
    }

    /// 'group' of 'the group's leader', where no name says whose.
    fn is_genitive(&self, token: usize) -> bool {
        let grammar = self.grammar;
        grammar.deprel(token) == Deprel::NmodPoss
            && grammar.upos(token) == Upos::Noun
            && grammar.children(token).any(|c| grammar.xpos(c) == Xpos::Pos)
    }

    /// Whether a person's name starts at the token.
    fn is_person_name(&self, token: usize) -> bool {
        let known =
            |m: &Match| matches!(m.target(), Some(Target::Holder(_) | Target::HolderShort(_) | Target::Figure(_) | Target::FigureShort(_)));
        self.matches.iter().any(|m| m.first == token && known(m)) || self.name_at(token, NameKind::Person).is_some()
    }

    /// One past 'Iran-backed', 'Russian-speaking' when such a word starts with the name that ends at `end`; else `end` itself. The name
    /// then says whose friend it is, not whose.
    fn linked_until(&self, end: usize, core: usize) -> usize {
        if end + 1 < core && self.is_linked(end) { end + 2 } else { end }
    }

    /// Whether '-backed', '-linked' or the like stands at a token.
    pub(super) fn is_linked(&self, at: usize) -> bool {
        let grammar = self.grammar;
        let siding = |t: usize| self.dictionary.lexicon().is_siding(&grammar.form(t).to_lowercase());
        at + 1 < grammar.count() && grammar.form(at) == "-" && (matches!(grammar.upos(at + 1), Upos::Verb | Upos::Adj) || siding(at + 1))
    }

    /// Takes a name as the owner of what the noun names.
    fn own(&self, around: &mut Around<'a>, found: &Match) {
        let dictionary = self.dictionary;
        match found.named.first() {
            Some(Named::Known(Target::Demonym(at) | Target::Seat(at) | Target::Capital(at))) => {
                around.countries.extend(dictionary.country_at(*at).map(|c| c.iso3.as_str()));
            }
            Some(Named::Known(Target::Entry(at))) => match dictionary.entry_at(*at) {
                Some(entry) if entry.kind == ActorKind::State => around.countries.extend(entry.country.as_deref()),
                // A people's name says who the fighters are by birth, not for whom they fight.
                Some(entry) if entry.kind == ActorKind::Civilian => {}
                Some(entry) => around.entries.push(entry),
                None => {}
            },
            Some(Named::Known(Target::Holder(at) | Target::HolderShort(at))) => {
                around.countries.extend(dictionary.sources().holder.get(*at as usize).and_then(|h| h.country.as_deref()));
            }
            Some(Named::Known(Target::Figure(at) | Target::FigureShort(at))) => {
                let body = dictionary.sources().figure.get(*at as usize).and_then(|f| f.body.as_deref());
                around.entries.extend(body.and_then(|id| dictionary.entry(id)));
            }
            Some(Named::Introduced(number)) => {
                if let Some(known) = self.introduced.actor(*number) {
                    match known.actor.id.as_deref().and_then(|id| dictionary.entry(id)) {
                        Some(entry) => around.entries.push(entry),
                        None => around.strangers.push(&known.actor),
                    }
                }
            }
            None => {}
        }
    }

    /// The name right after the noun, and its prepositional phrases.
    fn after(&self, around: &mut Around<'a>, noun: &Noun, head: usize, end: usize) {
        let grammar = self.grammar;
        if end < grammar.count() {
            let follows = self.matches.iter().find(|m| m.first == end).filter(|m| {
                let inner = self.head_of(m.first, m.end);
                matches!(
                    grammar.deprel(inner),
                    Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked | Deprel::Dep
                )
            });
            if let Some(found) = follows.filter(|m| matches!(m.named.first(), Some(Named::Known(Target::Entry(_)) | Named::Introduced(_))))
            {
                around.end = found.end;
                around.after = Some(found.clone());
                return;
            }
        }
        for child in grammar.children(head).filter(|c| *c > head).chain(self.detached(head, end)) {
            let Some(case) = grammar.case(child).filter(|c| *c >= end) else { continue };
            if !matches!(grammar.deprel(child), Deprel::Nmod | Deprel::Obl) {
                continue;
            }
            let belongs = self.complement(around, noun, case, child);
            if belongs && case == around.end {
                around.end = self.phrase_end(child);
            }
        }
    }

    /// The nominal of an 'of' or 'from' right behind the noun that the parser hung on the verb, where it names a group or a body: 'brought in
    /// mercenaries from the Wagner group'. A place after 'from' is left to the verb.
    fn detached(&self, head: usize, end: usize) -> Option<usize> {
        let grammar = self.grammar;
        if end >= grammar.count() || !matches!(grammar.lemma(end), "of" | "from") {
            return None;
        }
        let nominal = grammar.sentence.head(end).filter(|n| *n > end && grammar.sentence.head(*n) != Some(head))?;
        match self.match_at(nominal)?.target()? {
            Target::Entry(at) => self.dictionary.entry_at(at).filter(|e| e.kind.has_members()).map(|_| nominal),
            _ => None,
        }
    }

    /// Takes what a preposition adds to the noun; whether the words belong to the actor's text.
    fn complement(&self, around: &mut Around<'a>, noun: &Noun, case: usize, child: usize) -> bool {
        let preposition = self.grammar.lemma(case);
        let owns = match preposition {
            // 'will withdraw its soldiers from MINUSMA': whose they are has been said.
            "from" if around.possessor.is_some() => return false,
            "of" | "from" => true,
            "for" => matches!(noun.kind, ActorKind::Person | ActorKind::Ministry),
            "in" | "within" => false,
            _ => return false,
        };
        let found = self.match_at(child);
        if owns {
            match found {
                Some(found) => {
                    let countries = around.countries.len();
                    self.own(around, found);
                    // 'mercenaries from Russia's Wagner group': the nearer owner is the group.
                    if around.entries.is_empty() && around.countries.len() > 1 && countries > 0 {
                        around.countries.truncate(countries);
                    }
                }
                None => self.described_owner(around, noun, child),
            }
            return true;
        }
        // Fighters, civilians and gunmen in a country are coded with it; soldiers in a country may be anybody's.
        let local =
            matches!(noun.kind, ActorKind::Group | ActorKind::Militia | ActorKind::Civilian | ActorKind::Unidentified | ActorKind::Party);
        if let Some(found) = found {
            let state = matches!(found.target(), Some(Target::Entry(at)) if self.dictionary.entry_at(at).is_some_and(|e| e.kind == ActorKind::State));
            if local && state && around.countries.is_empty() && around.entries.is_empty() {
                self.own(around, found);
            }
            return false;
        }
        // 'a militia in the north' names no place, so the words stay with the actor.
        self.name_at(child, NameKind::Place).is_none() && self.grammar.upos(child) == Upos::Noun && preposition == "in" && local
    }

    /// 'a group of rebels', 'a spokesman for the Malian army': another common noun says what the first one is.
    fn described_owner(&self, around: &mut Around<'a>, noun: &Noun, child: usize) {
        let grammar = self.grammar;
        if grammar.upos(child) == Upos::Noun && grammar.children(child).any(|c| c < child && grammar.opens_definite(c)) {
            around.possessor = around.possessor.or(Some(child));
        }
        let Some((other, first, end)) = self.dictionary.lexicon().noun(grammar.text, grammar.sentence, child) else { return };
        if !matches!(noun.kind, ActorKind::Body | ActorKind::Person) {
            return;
        }
        around.sectors.extend(other.sectors.iter().cloned());
        around.kind = around.kind.or(Some(other.kind));
        let edge = self.left_edge(child, first);
        let inner = self.around(other, child, edge, first, end);
        around.countries.extend(inner.countries);
        around.entries.extend(inner.entries);
        around.strangers.extend(inner.strangers);
        around.sectors.extend(inner.sectors);
        around.sectors.dedup();
    }

    /// One past the last token of the nominal `head` with its right-hand parts, without clauses.
    pub(super) fn phrase_end(&self, head: usize) -> usize {
        let grammar = self.grammar;
        let mut end = self.match_at(head).map_or(head + 1, |m| m.end.max(head + 1));
        for child in grammar.children(head).filter(|c| *c > head) {
            let part = match grammar.deprel(child) {
                Deprel::Flat | Deprel::Compound | Deprel::Goeswith | Deprel::Fixed => child == end,
                Deprel::Nmod => grammar.case(child) == Some(end) && grammar.lemma(end) == "of",
                _ => false,
            };
            if part {
                end = self.phrase_end(child);
            }
        }
        end
    }
}
