//! Whether what fills a role is what a frame asks for.

use super::{Scene, is_currency};
use crate::codebook::{Class, Clause, Condition, Frame, Pattern, Test};
use crate::proposition::{ClauseForm, Origin};
use crate::reference::Who;
use griot_types::{Deprel, SmolStr, Status, Upos};
use griot_world::ActorKind;

impl Scene<'_> {
    pub(super) fn holds(&self, s: usize, p: usize, frame: &Frame, pattern: &Pattern) -> bool {
        let check = |condition: &Condition| {
            let fillers = self.raw(s, p, frame, pattern, &condition.role, 0);
            condition.any.iter().any(|test| match test {
                Test::Absent => fillers.is_empty(),
                Test::Any => !fillers.is_empty(),
                test => fillers.iter().any(|&(fs, token)| self.test(fs, token, test, s, p)),
            })
        };
        frame.when.iter().all(check) && !frame.unless.iter().any(check)
    }

    /// Whether a filler passes a test. `(s, p)` is the proposition that asks.
    pub fn test(&self, s: usize, token: usize, test: &Test, ask_s: usize, ask_p: usize) -> bool {
        let tree = &self.trees[s];
        match test {
            Test::Any => true,
            Test::Absent => false,
            Test::Lemmas(words) => tree.conjuncts(token).into_iter().any(|t| self.is_word(s, t, words)),
            Test::Event(type_) => self.event_type(s, token, 0).is_some_and(|t| type_.is_none_or(|wanted| t == Some(wanted))),
            Test::Clause(clause) => self.is_clause(s, token, *clause, ask_s, ask_p),
            Test::Class(class) => self.is_class(s, token, *class),
        }
    }

    pub(super) fn is_word(&self, s: usize, token: usize, words: &[SmolStr]) -> bool {
        let tree = &self.trees[s];
        let lemma = tree.lemma(token).to_lowercase();
        words.iter().any(|w| match w.rsplit_once(' ') {
            None => *w == lemma,
            Some((before, last)) => {
                last == lemma
                    && tree
                        .children(token)
                        .any(|c| c < token && tree.lemma(c).eq_ignore_ascii_case(before.rsplit(' ').next().unwrap_or(before)))
            }
        }) || {
            // 'a series of raids', 'a number of hostages'
            let counter = self.book.grammar.counters.iter().any(|c| *c == lemma);
            counter && tree.children(token).any(|c| tree.case(c) == "of" && self.is_word(s, c, words))
        }
    }

    pub(super) fn is_class(&self, s: usize, token: usize, class: Class) -> bool {
        let tree = &self.trees[s];
        let kind = |test: fn(&Who) -> bool| self.who(s, token).iter().any(test);
        match class {
            Class::Actor => !self.who(s, token).is_empty(),
            Class::Force => kind(|w| w.force),
            Class::State => kind(|w| w.kind == ActorKind::State),
            Class::Government => kind(|w| matches!(w.kind, ActorKind::Government | ActorKind::Ministry)),
            Class::Military => kind(|w| w.kind == ActorKind::Military),
            Class::Group => kind(|w| matches!(w.kind, ActorKind::Group | ActorKind::Militia | ActorKind::Pmc | ActorKind::Unidentified)),
            Class::Body => kind(|w| w.kind == ActorKind::Body),
            Class::Person => kind(|w| w.kind == ActorKind::Person),
            Class::Civilian => kind(|w| matches!(w.kind, ActorKind::Civilian)),
            Class::Igo => kind(|w| matches!(w.kind, ActorKind::Igo | ActorKind::Alliance)),
            Class::Mission => kind(|w| w.kind == ActorKind::Mission),
            Class::People => {
                self.reading.mention_at(s, token).is_some_and(|m| m.people)
                    || self.count_at(s, token).is_some_and(|c| c.quantity.unit == "people")
                    || kind(|w| matches!(w.kind, ActorKind::Civilian | ActorKind::Person | ActorKind::Unidentified))
            }
            Class::Place => tree.conjuncts(token).into_iter().any(|t| self.place_at(s, t).is_some() || self.is_state_place(s, t)),
            Class::Time => self.reading.sentences[s].times.iter().any(|t| (t.first..t.end).contains(&token)),
            Class::Number => self.count_at(s, token).is_some(),
            Class::Money => self.count_at(s, token).is_some_and(|c| is_currency(&c.quantity.unit)),
        }
    }

    pub(super) fn is_state_place(&self, s: usize, token: usize) -> bool {
        self.reference.single(&self.trees[s], s, token).iter().any(|w| w.place)
    }

    pub(super) fn is_clause(&self, s: usize, token: usize, clause: Clause, ask_s: usize, ask_p: usize) -> bool {
        let tree = &self.trees[s];
        let Some(p) = self.propositions[s].at(token) else {
            return clause == Clause::Finite && matches!(tree.deprel(token), Deprel::Ccomp);
        };
        let proposition = self.proposition(s, p);
        match clause {
            Clause::Infinitive => proposition.clause == ClauseForm::Infinitive,
            Clause::Gerund => proposition.clause == ClauseForm::Gerund,
            Clause::Finite => proposition.clause == ClauseForm::Finite,
            Clause::Question => {
                matches!(tree.mark(token).as_str(), "whether" | "if")
                    || tree.children(token).any(|c| tree.token(c).feature("PronType").is_some_and(|t| t.contains("Int")))
            }
            Clause::Obligation => {
                // 'should be considered' asks nobody for anything: what must be has to be an act.
                self.event_type(s, token, 0).flatten().is_some()
                    && (proposition.modality == Some(Status::CalledFor)
                        || self.frame(s, p).is_some_and(|f| {
                            f.claims.is_empty()
                                && f.complement.as_ref().is_some_and(|c| c.status == Some(Status::CalledFor) && c.speaker.is_none())
                        }))
            }
            Clause::Refusal => {
                let subject = proposition.fillers("subj").next().map(|a| (a.token, a.origin));
                proposition.negated
                    && proposition.modality == Some(Status::Intended)
                    && subject.is_some_and(|(t, origin)| {
                        origin == Origin::Shared
                            || tree.token(t).upos == Upos::Pron
                            || self.proposition(ask_s, ask_p).fillers("subj").any(|a| tree.lemma(a.token) == tree.lemma(t))
                    })
            }
        }
    }
}
