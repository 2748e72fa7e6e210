//! What chosen frames change in who does what: light verbs lend their arguments, governed clauses get their governor and their doer.

use super::Scene;
use crate::codebook::{Class, Form};
use crate::proposition::{Argument, ClauseForm, Governor, Link, Origin};
use griot_types::{Deprel, SmolStr, Status};

impl Scene<'_> {
    /// The 'control' of 'seized control of Gao' is a part of the verb and says nothing by itself.
    pub(super) fn spend_fixed_objects(&mut self, s: usize) {
        for p in 0..self.propositions[s].list.len() {
            let Some(object) = self.pattern(s, p).and_then(|pattern| pattern.object.clone()) else { continue };
            let spent: Vec<usize> = self
                .proposition(s, p)
                .arguments
                .iter()
                .filter(|a| self.trees[s].lemma(a.token).eq_ignore_ascii_case(&object))
                .filter_map(|a| self.propositions[s].at(a.token))
                .collect();
            for noun in spent {
                self.chosen[s][noun] = None;
            }
        }
    }

    /// Hangs a clause that a frame takes as its complement on that frame, wherever the parser hung it.
    pub(super) fn reattach(&mut self, s: usize) -> bool {
        let mut changed = false;
        for p in 0..self.propositions[s].list.len() {
            let Some(complement) = self.frame(s, p).and_then(|f| f.complement.as_ref()) else { continue };
            for role in &complement.roles {
                // 'of killing ten and wounding four': what is joined to a clause hangs where it hangs.
                let fillers = self.role(s, p, role).into_iter().flat_map(|(_, token)| self.trees[s].conjuncts(token));
                for token in fillers.collect::<Vec<_>>() {
                    let Some(inner) = self.propositions[s].at(token).filter(|&i| i != p) else { continue };
                    let governor = Governor { proposition: p, link: Link::Role(role.clone()) };
                    let old = &self.proposition(s, inner).governor;
                    if old.as_ref() == Some(&governor) {
                        continue;
                    }
                    let on_bare_noun = old
                        .as_ref()
                        .is_some_and(|g| self.frame(s, g.proposition).is_none() && self.proposition(s, g.proposition).form == Form::Noun);
                    if self.proposition(s, inner).clause == ClauseForm::Nominal {
                        if on_bare_noun {
                            self.propositions[s].list[inner].governor = Some(governor);
                            changed = true;
                        }
                        continue;
                    }
                    let loose = old.as_ref().is_none_or(|g| matches!(g.link, Link::Adverbial(_) | Link::Relative));
                    // A clause may hang on a noun of the object: only then is another governor given up.
                    let of_purpose = old.as_ref().is_some_and(|g| matches!(&g.link, Link::Role(r) if r == "to do" || r == "comp"));
                    if (loose || of_purpose || on_bare_noun) && !self.trees[s].dominates(token, self.proposition(s, p).head) {
                        let inner = &mut self.propositions[s].list[inner];
                        // What was a purpose is planned; what is asked or promised has the status that the frame gives it.
                        inner.modality = inner.modality.filter(|m| *m != Status::Intended || inner.clause == ClauseForm::Finite);
                        inner.governor = Some(governor);
                        changed = true;
                    }
                }
            }
        }
        changed
    }

    /// Light verbs lend their arguments to the noun for the act.
    pub(super) fn lend(&mut self, s: usize) {
        for p in 0..self.propositions[s].list.len() {
            let Some(light) = self.frame(s, p).and_then(|f| f.light.as_ref()) else { continue };
            let tokens: Vec<usize> = self.role(s, p, &light.role).into_iter().map(|(_, t)| t).collect();
            let lent: Vec<(SmolStr, usize)> = self
                .proposition(s, p)
                .arguments
                .iter()
                .filter(|a| a.role != light.role && !tokens.contains(&a.token) && a.token != self.proposition(s, p).head)
                // 'The convoy was the target of an attack': who is called so is what a verb's subject is.
                .map(|a| (if matches!(a.role.as_str(), "subj" | "self") { light.subject.clone() } else { a.role.clone() }, a.token))
                .collect();
            for token in tokens {
                for conjunct in self.trees[s].conjuncts(token) {
                    let Some(inner) = self.propositions[s].inside(&self.trees[s], conjunct).filter(|&i| i != p) else { continue };
                    let target = &mut self.propositions[s].list[inner];
                    for (role, token) in &lent {
                        if !target.has(role) && target.head != *token {
                            target.arguments.push(Argument { role: role.clone(), token: *token, origin: Origin::Shared });
                        }
                    }
                }
            }
        }
    }

    /// 'condemned the attack … on a hotel': phrases after a governed noun that mean nothing to the verb's frame belong to the noun.
    pub(super) fn hand_down(&mut self, s: usize) {
        for p in 0..self.propositions[s].list.len() {
            let Some(frame) = self.frame(s, p).filter(|f| f.complement.is_some() && f.light.is_none()) else { continue };
            for inner in self.governed(s, p) {
                let head = self.proposition(s, inner).head;
                if self.proposition(s, inner).form != Form::Noun {
                    continue;
                }
                let given: Vec<Argument> = self
                    .proposition(s, p)
                    .arguments
                    .iter()
                    .filter(|a| a.token > head && !matches!(a.role.as_str(), "subj" | "obj" | "iobj" | "comp" | "to do" | "mod"))
                    .filter(|a| !frame.names_role(&a.role))
                    .map(|a| Argument { origin: Origin::Shared, ..a.clone() })
                    .collect();
                let noun = &mut self.propositions[s].list[inner];
                for argument in given {
                    if !noun.has(&argument.role) {
                        noun.arguments.push(argument);
                    }
                }
            }
        }
    }

    /// Gives the governed proposition the doer that the frame says: the promiser's own act, the one who is ordered.
    pub(super) fn control(&mut self, s: usize) -> bool {
        let mut changed = false;
        for p in 0..self.propositions[s].list.len() {
            let Some(complement) = self.frame(s, p).and_then(|f| f.complement.as_ref()) else { continue };
            let subject = self.role(s, p, "subj").first().map(|x| x.1);
            let governed = self.governed(s, p);
            let object = ["iobj", "obj", "on", "to", "with", "from"]
                .iter()
                .flat_map(|r| self.role(s, p, r))
                .map(|x| x.1)
                .find(|t| !governed.iter().any(|&g| self.stands_for(s, *t, p, g)) && self.is_class(s, *t, Class::Actor));
            let doer = if complement.subject_controls { subject } else { object };
            for inner in governed {
                changed |= self.give_doer(s, inner, doer);
            }
        }
        changed
    }

    /// 'issued a statement urging rebels to leave': the clause on what somebody made or sent is his who made or sent it.
    pub(super) fn speak_through(&mut self, s: usize) -> bool {
        let mut changed = false;
        for q in 0..self.propositions[s].list.len() {
            let proposition = self.proposition(s, q);
            let tree = &self.trees[s];
            let open = proposition.form == Form::Verb && proposition.clause == ClauseForm::Gerund && !proposition.passive;
            if !open || tree.deprel(proposition.head) != Deprel::Acl || !tree.mark(proposition.head).is_empty() {
                continue;
            }
            let Some(thing) = tree.head(proposition.head).filter(|&t| !self.is_class(s, t, Class::Actor)) else { continue };
            let made =
                |p: &usize| self.proposition(s, *p).form == Form::Verb && self.proposition(s, *p).fillers("obj").any(|a| a.token == thing);
            let Some(maker) = tree.head(thing).and_then(|h| self.propositions[s].at(h)).filter(made) else { continue };
            let doer = self.proposition(s, maker).fillers("subj").next().map(|a| a.token).filter(|&t| self.is_class(s, t, Class::Actor));
            let taken = |t: usize| self.proposition(s, q).fillers("subj").any(|a| a.token == t);
            if doer.is_some_and(|t| !taken(t)) {
                changed |= self.give_doer(s, q, doer);
            }
        }
        changed
    }

    /// Whether a token is the governed act itself, and not somebody on whom its clause hangs ('accused the army of shelling', 'the army, which they
    /// accused of shelling').
    fn stands_for(&self, s: usize, token: usize, p: usize, inner: usize) -> bool {
        let tree = &self.trees[s];
        if tree.dominates(token, self.proposition(s, p).head) {
            return false;
        }
        let head = self.proposition(s, inner).head;
        let clause = self.proposition(s, inner).form == Form::Verb && tree.deprel(head) == Deprel::Acl && tree.head(head) == Some(token);
        let joined = tree.deprel(head) == Deprel::Conj;
        !clause && !joined && tree.dominates(token, head)
    }

    pub(super) fn give_doer(&mut self, s: usize, inner: usize, doer: Option<usize>) -> bool {
        let Some(doer) = doer else { return false };
        let proposition = &self.propositions[s].list[inner];
        if proposition.head == doer || self.trees[s].dominates(proposition.head, doer) {
            return false;
        }
        let role = if proposition.form == Form::Verb && proposition.passive { "obj" } else { "subj" };
        let nominal = proposition.form == Form::Noun;
        if nominal {
            let taken = match self.frame(s, inner) {
                Some(frame) => !self.noun_role(s, inner, frame, "subj").is_empty(),
                None => true,
            };
            if taken {
                return false;
            }
        } else if !matches!(proposition.clause, ClauseForm::Infinitive | ClauseForm::Gerund)
            || proposition.fillers(role).any(|a| a.origin == Origin::Own)
        {
            return false;
        }
        let proposition = &mut self.propositions[s].list[inner];
        proposition.arguments.retain(|a| a.role != role || a.origin != Origin::Shared);
        proposition.arguments.push(Argument { role: role.into(), token: doer, origin: Origin::Shared });
        true
    }
}
