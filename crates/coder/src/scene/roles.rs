//! What fills the roles of a proposition under a frame, wherever the parser hung it.

use super::{DEPTH, Scene};
use crate::codebook::{Form, Frame, Item, Pattern, Roles};
use griot_types::{Deprel, Upos};

impl Scene<'_> {
    /// Prepositions under a fixed object: 'of Goma' in 'took control of Goma'.
    pub(super) fn lifted<'s>(&'s self, s: usize, p: usize, pattern: &'s Pattern, role: &'s str) -> impl Iterator<Item = usize> + 's {
        let tree = &self.trees[s];
        let objects: Vec<usize> = match &pattern.object {
            Some(word) => self
                .proposition(s, p)
                .arguments
                .iter()
                .filter(|a| matches!(a.role.as_str(), "obj" | "comp" | "as") && tree.lemma(a.token).eq_ignore_ascii_case(word))
                .map(|a| a.token)
                .collect(),
            None => Vec::new(),
        };
        objects.into_iter().flat_map(move |o| {
            tree.children(o).filter(move |&c| tree.deprel(c) == Deprel::Nmod && tree.case(c) == role).collect::<Vec<_>>()
        })
    }

    /// What fills a role of a proposition under its chosen frame: (sentence, token) pairs.
    pub fn role(&self, s: usize, p: usize, role: &str) -> Vec<(usize, usize)> {
        match (self.frame(s, p), self.pattern(s, p)) {
            (Some(frame), Some(pattern)) => self.raw(s, p, frame, pattern, role, 0),
            _ => self.proposition(s, p).fillers(role).map(|a| (s, a.token)).collect(),
        }
    }

    pub(super) fn raw(&self, s: usize, p: usize, frame: &Frame, pattern: &Pattern, role: &str, depth: usize) -> Vec<(usize, usize)> {
        if let Some((first, rest)) = role.split_once('.') {
            if depth >= DEPTH {
                return Vec::new();
            }
            let outer = self.raw(s, p, frame, pattern, first, depth + 1);
            return outer.into_iter().flat_map(|(fs, token)| self.inner_role(fs, token, rest, depth + 1)).collect();
        }
        let tokens = match self.proposition(s, p).form {
            Form::Noun => self.noun_role(s, p, frame, role),
            _ => self.verb_role(s, p, frame, pattern, role),
        };
        tokens.into_iter().map(|t| (s, t)).collect()
    }

    /// A role of the proposition that a filler heads, through frames that only pass it on.
    pub(super) fn inner_role(&self, s: usize, token: usize, role: &str, depth: usize) -> Vec<(usize, usize)> {
        let Some(p) = self.propositions[s].inside(&self.trees[s], token) else { return self.hung_on(s, token, role) };
        let own = self.role(s, p, role);
        if !own.is_empty() || depth >= DEPTH {
            return own;
        }
        self.governed(s, p).into_iter().flat_map(|inner| self.role(s, inner, role)).collect()
    }

    /// What stands with a noun that is no act: whose it is ('China's protocols'), its modifiers, what a preposition hangs on it.
    fn hung_on(&self, s: usize, token: usize, role: &str) -> Vec<(usize, usize)> {
        let tree = &self.trees[s];
        let fits = |c: usize| match (role, tree.deprel(c)) {
            ("poss" | "subj", Deprel::NmodPoss) => true,
            ("mod", Deprel::Compound | Deprel::Amod) => c < token,
            (_, Deprel::Nmod) => tree.case(c) == role,
            _ => false,
        };
        tree.children(token).filter(|&c| fits(c)).map(|c| (s, c)).collect()
    }

    pub(super) fn verb_role(&self, s: usize, p: usize, frame: &Frame, pattern: &Pattern, role: &str) -> Vec<usize> {
        let proposition = self.proposition(s, p);
        // The 'control' of 'took control of Goma' is a part of the verb, whose object is what stands under it.
        let fixed = |t: &usize| role == "obj" && pattern.object.as_ref().is_some_and(|o| self.trees[s].lemma(*t).eq_ignore_ascii_case(o));
        let own: Vec<usize> = proposition.fillers(role).map(|a| a.token).filter(|t| !fixed(t)).collect();
        if !own.is_empty() {
            return own;
        }
        match role {
            "obj" if pattern.object.is_some() => {
                let below: Vec<usize> = pattern.particles.iter().flat_map(|w| self.lifted(s, p, pattern, w)).collect();
                if below.is_empty() {
                    pattern.particles.iter().flat_map(|w| proposition.fillers(w)).map(|a| a.token).collect()
                } else {
                    below
                }
            }
            // 'brought in mercenaries' may be read with 'in' as a preposition.
            "obj" => pattern.particles.iter().flat_map(|w| proposition.fillers(w)).map(|a| a.token).take(1).collect(),
            "comp" if frame.complement.as_ref().is_some_and(|c| c.roles.iter().any(|r| r == "comp")) => self.loose_complement(s, p),
            "number" => self.counted(s, p),
            _ => {
                let lifted: Vec<usize> = self.lifted(s, p, pattern, role).collect();
                if lifted.is_empty() { self.on_object(s, p, role) } else { lifted }
            }
        }
    }

    /// A preposition's filler that the parser hung on the object, or in a passive on its doer: 'blamed the army for the attack', 'accused by
    /// experts of backing the rebels'.
    pub(super) fn on_object(&self, s: usize, p: usize, role: &str) -> Vec<usize> {
        let tree = &self.trees[s];
        let proposition = self.proposition(s, p);
        let doers = proposition.fillers("subj").filter(|_| proposition.passive);
        proposition
            .fillers("obj")
            .chain(doers)
            .flat_map(|a| [Some(a.token), self.counted_below(s, a.token)])
            .flatten()
            .flat_map(|t| tree.children(t))
            .filter(|&c| match tree.deprel(c) {
                Deprel::Nmod => tree.case(c) == role && role != "of",
                // 'accused the rebels of violating the truce'
                Deprel::Acl => tree.mark(c) == role && tree.token(c).upos == Upos::Verb,
                _ => false,
            })
            .collect()
    }

    /// The fighters of 'thousands of fighters'.
    fn counted_below(&self, s: usize, token: usize) -> Option<usize> {
        let tree = &self.trees[s];
        let counts = tree.token(token).upos == Upos::Num || self.counts[s].iter().any(|c| c.number == token);
        counts.then(|| tree.children(token).find(|&c| tree.deprel(c) == Deprel::Nmod && tree.case(c) == "of")).flatten()
    }

    /// The clause that a verb takes as its complement where the parser hung it elsewhere: as a purpose, or on the object ('wants the mission
    /// to leave').
    pub(super) fn loose_complement(&self, s: usize, p: usize) -> Vec<usize> {
        let tree = &self.trees[s];
        let proposition = self.proposition(s, p);
        let purpose: Vec<usize> = proposition.fillers("to do").map(|a| a.token).collect();
        if !purpose.is_empty() {
            return purpose;
        }
        proposition
            .arguments
            .iter()
            .filter(|a| matches!(a.role.as_str(), "obj" | "iobj" | "on" | "with" | "to" | "from" | "in"))
            .flat_map(|a| tree.children(a.token))
            .filter(|&c| match tree.deprel(c) {
                Deprel::Acl | Deprel::Advcl if tree.mark(c) == "to" => true,
                // 'told reporters that soldiers had …': a clause with a subject of its own describes no reporters.
                Deprel::Acl | Deprel::AclRelcl => tree.mark(c) == "that" && tree.child(c, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some(),
                _ => false,
            })
            .collect()
    }

    pub(super) fn noun_role(&self, s: usize, p: usize, frame: &Frame, role: &str) -> Vec<usize> {
        let proposition = self.proposition(s, p);
        let fillers = |role: &str| -> Vec<usize> { proposition.fillers(role).map(|a| a.token).collect() };
        let first = |choices: &[&str]| choices.iter().map(|r| fillers(r)).find(|f| !f.is_empty()).unwrap_or_default();
        let actors = || -> Vec<usize> {
            let known = |t: &usize| !self.reference.single(&self.trees[s], s, *t).is_empty();
            let mut found: Vec<usize> = proposition.fillers("mod").map(|a| a.token).filter(known).collect();
            // 'a Syrian government raid': whose the government is, and no second doer.
            if found.last().is_some_and(|&t| self.trees[s].token(t).upos == Upos::Noun) {
                found.retain(|&t| self.trees[s].token(t).upos != Upos::Adj);
            }
            found
        };
        match role {
            "subj" => {
                let mut roles = vec!["subj"];
                if !frame.poss_is_sufferer {
                    roles.push("poss");
                }
                if frame.of_is_doer {
                    roles.push("of");
                }
                let named = first(&roles);
                if named.is_empty() && !frame.poss_is_sufferer { actors() } else { named }
            }
            "obj" => {
                let mut roles = vec!["obj"];
                if !frame.of_is_doer {
                    roles.push("of");
                }
                if frame.poss_is_sufferer {
                    roles.push("poss");
                }
                let named = first(&roles);
                if named.is_empty() && frame.poss_is_sufferer { actors() } else { named }
            }
            "number" => self.counted(s, p),
            "comp" => first(&["comp", "to do"]),
            _ => fillers(role),
        }
    }

    /// What is counted in the subject or object: 'the number of X'.
    pub(super) fn counted(&self, s: usize, p: usize) -> Vec<usize> {
        let tree = &self.trees[s];
        let proposition = self.proposition(s, p);
        ["subj", "obj"]
            .iter()
            .flat_map(|r| proposition.fillers(r))
            .filter(|a| self.book.grammar.counters.iter().any(|c| tree.lemma(a.token).eq_ignore_ascii_case(c)))
            .flat_map(|a| {
                tree.children(a.token)
                    .filter(|&c| tree.deprel(c) == Deprel::Nmod && tree.case(c) == "of" || tree.deprel(c) == Deprel::Compound)
            })
            .collect()
    }

    /// The fillers of a role expression: the first alternative with any.
    pub fn fill(&self, s: usize, p: usize, roles: &Roles) -> Vec<(usize, usize)> {
        for union in &roles.0 {
            let found: Vec<(usize, usize)> = union.iter().flat_map(|item| self.item(s, p, item)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    pub(super) fn item(&self, s: usize, p: usize, item: &Item) -> Vec<(usize, usize)> {
        let role = item.path.join(".");
        let mut found = self.role(s, p, &role);
        if let Some(test) = &item.test {
            found.retain(|&(fs, token)| self.test(fs, token, test, s, p));
        }
        found
    }
}
