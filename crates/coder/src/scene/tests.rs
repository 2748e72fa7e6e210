//! Whether what fills a role is what a frame asks for.

use super::{Scene, is_currency};
use crate::codebook::{Class, Clause, Condition, Form, Frame, Pattern, Test};
use crate::proposition::{ClauseForm, Origin};
use crate::reference::Who;
use griot_types::{Actor, Deprel, Kind, SmolStr, Status, Upos, Xpos};
use griot_world::ActorKind;
use std::borrow::Cow;

impl Scene<'_> {
    pub(super) fn holds(&self, s: usize, p: usize, frame: &Frame, pattern: &Pattern) -> bool {
        let check = |condition: &Condition| {
            let fillers = self.raw(s, p, frame, pattern, &condition.role, 0);
            condition.any.iter().any(|test| match test {
                Test::Absent => fillers.is_empty(),
                Test::Any => !fillers.is_empty(),
                // 'took power' has its object in the words that call the frame.
                Test::Lemmas(words) if fillers.is_empty() && condition.role == "obj" => {
                    pattern.object.as_ref().is_some_and(|object| words.contains(object))
                }
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
            Test::Lemmas(words) => {
                self.is_word(s, token, words) || tree.conjuncts(token).into_iter().any(|t| t != token && self.is_word(s, t, words))
            }
            Test::All(tests) => tests.iter().all(|one| self.test(s, token, one, ask_s, ask_p)),
            Test::Definite => tree.is_definite(token),
            Test::Event(type_) => self.event_type(s, token, 0).is_some_and(|t| type_.is_none_or(|wanted| t == Some(wanted))),
            Test::Clause(clause) => self.is_clause(s, token, *clause, ask_s, ask_p),
            Test::Class(class) => self.is_class(s, token, *class),
        }
    }

    pub(super) fn is_word(&self, s: usize, token: usize, words: &[SmolStr]) -> bool {
        let tree = &self.trees[s];
        let lemma = lower(tree.lemma(token));
        let phrase = |w: &SmolStr| match w.rsplit_once(' ') {
            None => false,
            // 'state of emergency'
            Some((before, last)) if before.ends_with(" of") => {
                before.trim_end_matches(" of") == lemma && tree.children(token).any(|c| tree.case(c) == "of" && tree.lemma(c) == last)
            }
            Some((before, last)) => {
                last == lemma
                    && tree
                        .children(token)
                        .any(|c| c < token && tree.lemma(c).eq_ignore_ascii_case(before.rsplit(' ').next().unwrap_or(before)))
            }
        };
        // The whole of most frames' words are asked for here, so what cannot be is seen by its length.
        let may_hold = |w: &SmolStr| w.len() > lemma.len() && (w.starts_with(&*lemma) || w.ends_with(&*lemma));
        words.iter().any(|w| *w == *lemma) || words.iter().any(|w| may_hold(w) && phrase(w)) || {
            // 'a series of raids', 'a number of hostages'
            // and 'eleven of the wounded'
            let counter = self.book.grammar.counters.iter().any(|c| *c == *lemma) || tree.token(token).upos == Upos::Num;
            counter && tree.children(token).any(|c| tree.case(c) == "of" && self.is_word(s, c, words))
        }
    }

    pub(super) fn is_class(&self, s: usize, token: usize, class: Class) -> bool {
        let tree = &self.trees[s];
        let kind = |test: fn(&Who) -> bool| self.who(s, token).iter().any(test);
        match class {
            Class::Actor => !self.who(s, token).is_empty() || self.is_somebody(s, token),
            Class::Someone => self.may_be_someone(s, token),
            Class::Force => kind(|w| w.force),
            Class::State => kind(|w| w.kind == ActorKind::State),
            Class::Government => kind(|w| matches!(w.kind, ActorKind::Government | ActorKind::Ministry)),
            Class::Military => kind(|w| w.kind == ActorKind::Military),
            Class::Group => kind(|w| matches!(w.kind, ActorKind::Group | ActorKind::Militia | ActorKind::Pmc | ActorKind::Unidentified)),
            Class::Body => kind(|w| w.kind == ActorKind::Body),
            Class::Person => kind(|w| w.kind == ActorKind::Person) || self.is_somebody(s, token),
            Class::Civilian => kind(|w| matches!(w.kind, ActorKind::Civilian)),
            Class::Igo => kind(|w| matches!(w.kind, ActorKind::Igo | ActorKind::Alliance)),
            Class::Mission => kind(|w| w.kind == ActorKind::Mission),
            Class::People => {
                self.reading.mention_at(s, token).is_some_and(|m| m.people)
                    || self.count_at(s, token).is_some_and(|c| c.quantity.unit == "people")
                    || kind(|w| matches!(w.kind, ActorKind::Civilian | ActorKind::Person | ActorKind::Unidentified))
                    || self.is_somebody(s, token)
            }
            Class::Place => tree.conjuncts(token).into_iter().any(|t| self.place_or_whole(s, t).is_some() || self.is_state_place(s, t)),
            Class::Time => self.reading.sentences[s].times.iter().any(|t| (t.first..t.end).contains(&token)),
            Class::Number => self.count_at(s, token).is_some(),
            Class::Money => self.count_at(s, token).is_some_and(|c| is_currency(&c.quantity.unit)),
        }
    }

    /// Whether grammar alone tells that a phrase stands for somebody: 'they', 'him', 'those who fled'.
    fn is_somebody(&self, s: usize, token: usize) -> bool {
        let tree = &self.trees[s];
        let word = tree.token(token);
        let personal = word.upos == Upos::Pron && word.feature("Person").is_some() && word.feature("Gender") != Some("Neut");
        let described = || {
            let clauses = tree.children(token).filter(|&c| tree.deprel(c) == Deprel::AclRelcl);
            clauses.flat_map(|c| tree.children(c)).any(|c| c > token && matches!(tree.lemma(c), "who" | "whom"))
        };
        personal || described()
    }

    /// Whether a phrase can stand for somebody: where only people can suffer an act, an unknown word names people.
    fn may_be_someone(&self, s: usize, token: usize) -> bool {
        let tree = &self.trees[s];
        if !self.who(s, token).is_empty() || self.is_somebody(s, token) {
            return true;
        }
        let lemma = SmolStr::from(tree.lemma(token).to_lowercase());
        let act = self.book.index().find(Form::Noun, &lemma).iter().any(|&(frame, _)| {
            let frame = &self.book.frames[frame as usize];
            frame.claims.iter().any(|t| t.type_.kind() == Kind::Event)
        });
        // 'killed time', 'shot a film': things are as often one.
        let several = tree.token(token).upos == Upos::Noun && tree.token(token).feature("Number") == Some("Plur");
        (several || matches!(tree.token(token).upos, Upos::Propn | Upos::Num))
            && !act
            && !self.is_class(s, token, Class::Place)
            && !self.is_class(s, token, Class::Time)
            && !self.is_class(s, token, Class::Money)
    }

    /// Those whom a report names with words that no dictionary knows, in these words, for roles that only somebody can fill.
    pub fn in_own_words(&self, s: usize, token: usize) -> Option<Who> {
        let tree = &self.trees[s];
        let word = tree.token(token);
        if !matches!(word.upos, Upos::Noun | Upos::Propn) || !self.may_be_someone(s, token) {
            return None;
        }
        let first = tree.children(token).filter(|&c| c < token && tree.deprel(c) != Deprel::Punct).min().unwrap_or(token);
        let span = tree.sentence.cover(first, token + 1);
        let text = span.of(tree.text).to_owned();
        let plural = word.feature("Number") == Some("Plur");
        let actor = Actor { name: text.clone(), text, code: "---".into(), ..Actor::default() };
        let kind = ActorKind::Civilian;
        Some(Who { actor, kind, span, sentence: s, token, named: false, force: false, plural, place: false })
    }

    /// Whether a frame asks that somebody fill a role.
    pub fn asks_for_someone(&self, s: usize, p: usize, role: &str) -> bool {
        // 'threatened to arrest strike leaders': whom an act can be done to is for the act's own frame to say.
        if let Some((first, rest)) = role.split_once('.') {
            let inner = self.role(s, p, first).into_iter().filter_map(|(fs, token)| self.propositions[fs].at(token).map(|q| (fs, q)));
            return inner.into_iter().any(|(fs, q)| self.asks_for_someone(fs, q, rest));
        }
        let asks = |condition: &Condition| condition.role == role && condition.any.contains(&Test::Class(Class::Someone));
        self.frame(s, p).is_some_and(|frame| frame.when.iter().any(asks))
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
                                && f.complement.as_ref().is_some_and(|c| {
                                    // Who 'had to leave' has left.
                                    let over = c.past.is_some() && tree.token(token).xpos == Xpos::Vbd;
                                    c.status == Some(Status::CalledFor) && c.speaker.is_none() && !over
                                })
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

/// A word in small letters; most are so already.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}
