//! One report under the coder's eye: its trees, propositions, actors, counts and the frame chosen for each proposition.

use crate::codebook::{Class, Clause, Codebook, Condition, Form, Frame, Item, Pattern, Roles, Test};
use crate::proposition::{ClauseForm, Governor, Link, Origin, Proposition, Propositions, Tree};
use crate::quantity::Count;
use crate::reference::{Reference, Who};
use griot_types::{Deprel, Document, Kind, SmolStr, Status, Type, Upos};
use griot_world::{ActorKind, Reading};

/// Everything that is known of a report while it is coded.
pub struct Scene<'a> {
    /// The report.
    pub document: &'a Document,
    /// Its trees.
    pub trees: Vec<Tree<'a>>,
    /// Its propositions, by sentence.
    pub propositions: Vec<Propositions>,
    /// Names, places and times.
    pub reading: &'a Reading<'a>,
    /// Who is meant.
    pub reference: Reference,
    /// The coding rules.
    pub book: &'a Codebook,
    /// Quantities, by sentence.
    pub counts: Vec<Vec<Count>>,
    /// The frame of each proposition, by sentence.
    pub chosen: Vec<Vec<Option<Choice>>>,
}

/// A frame and the pattern of its words that called it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The frame's number.
    pub frame: usize,
    /// The pattern's number in the frame.
    pub pattern: usize,
}

/// How deep paths and complements are followed; deeper nesting than this is no English.
const DEPTH: usize = 6;

impl<'a> Scene<'a> {
    /// One proposition.
    pub fn proposition(&self, s: usize, p: usize) -> &Proposition {
        &self.propositions[s].list[p]
    }

    /// The frame chosen for a proposition.
    pub fn frame(&self, s: usize, p: usize) -> Option<&'a Frame> {
        self.chosen[s][p].map(|c| &self.book.frames[c.frame])
    }

    fn pattern(&self, s: usize, p: usize) -> Option<&'a Pattern> {
        self.chosen[s][p].map(|c| &self.book.frames[c.frame].patterns[c.pattern])
    }

    /// The actors that fill a token's phrase.
    pub fn who(&self, s: usize, token: usize) -> Vec<Who> {
        self.reference.who(&self.trees[s], s, token)
    }

    /// Chooses a frame for every proposition of a sentence, the deepest first, since conditions look at what is governed.
    ///
    /// Returns whether that changed who does what: then the pronouns should be looked at again.
    pub fn choose(&mut self, s: usize) -> bool {
        let n = self.propositions[s].list.len();
        self.chosen[s] = vec![None; n];
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|&p| std::cmp::Reverse(self.depth(s, self.propositions[s].list[p].head)));
        for &p in &order {
            self.chosen[s][p] = self.best(s, p);
        }
        self.lend(s);
        self.hand_down(s);
        let changed = self.reattach(s) | self.control(s);
        for &p in &order {
            self.chosen[s][p] = self.best(s, p);
        }
        self.spend_fixed_objects(s);
        changed
    }

    /// The 'control' of 'seized control of Gao' is a part of the verb and says nothing by itself.
    fn spend_fixed_objects(&mut self, s: usize) {
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

    fn depth(&self, s: usize, token: usize) -> usize {
        let tree = &self.trees[s];
        let mut at = token;
        let mut depth = 0;
        while let Some(head) = tree.head(at) {
            depth += 1;
            at = head;
            if depth > tree.len() {
                break;
            }
        }
        depth
    }

    fn best(&self, s: usize, p: usize) -> Option<Choice> {
        let proposition = self.proposition(s, p);
        let mut best: Option<(usize, Choice)> = None;
        let forms: &[Form] = match proposition.form {
            // The tagger wavers between participles and adjectives.
            Form::Adjective => &[Form::Adjective, Form::Verb],
            Form::Verb => &[Form::Verb, Form::Adjective],
            Form::Noun => &[Form::Noun],
        };
        for &form in forms {
            for &(frame, pattern) in self.book.index().find(form, &proposition.lemma) {
                let choice = Choice { frame: frame as usize, pattern: pattern as usize };
                let candidate = &self.book.frames[choice.frame];
                let words = &candidate.patterns[choice.pattern];
                if !self.words_fit(s, p, words) || !self.holds(s, p, candidate, words) {
                    continue;
                }
                let score = 2 * words.extra() + 2 * candidate.when.len();
                if best.is_none_or(|(top, _)| score > top) {
                    best = Some((score, choice));
                }
            }
        }
        best.map(|(_, choice)| choice)
    }

    /// Whether the words of a pattern beyond its head are there.
    fn words_fit(&self, s: usize, p: usize, pattern: &Pattern) -> bool {
        let tree = &self.trees[s];
        let proposition = self.proposition(s, p);
        let before = pattern.before.iter().all(|word| {
            tree.children(proposition.head).any(|c| {
                matches!(
                    tree.deprel(c),
                    Deprel::Compound | Deprel::Amod | Deprel::Nmod | Deprel::NmodPoss | Deprel::Advmod | Deprel::NmodUnmarked
                ) && (tree.lemma(c).eq_ignore_ascii_case(word) || tree.token(c).span.of(tree.text).eq_ignore_ascii_case(word))
            }) || (0..proposition.head)
                .rev()
                .map(|t| tree.token(t).span.of(tree.text))
                .find(|w| *w != "-")
                .is_some_and(|w| w.eq_ignore_ascii_case(word))
        });
        let object = pattern.object.as_ref().is_none_or(|word| {
            ["obj", "comp", "as", "subj"]
                .iter()
                .flat_map(|r| proposition.fillers(r))
                .any(|a| (a.role != "subj" || proposition.passive) && tree.lemma(a.token).eq_ignore_ascii_case(word))
        });
        let particles = pattern.particles.iter().all(|word| {
            proposition.particles.iter().any(|(w, _)| w == word)
                || proposition.has(word)
                || self.lifted(s, p, pattern, word).next().is_some()
        });
        before && object && particles
    }

    /// Prepositions under a fixed object: 'of Goma' in 'took control of Goma'.
    fn lifted<'s>(&'s self, s: usize, p: usize, pattern: &'s Pattern, role: &'s str) -> impl Iterator<Item = usize> + 's {
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

    fn holds(&self, s: usize, p: usize, frame: &Frame, pattern: &Pattern) -> bool {
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

    fn is_word(&self, s: usize, token: usize, words: &[SmolStr]) -> bool {
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

    fn is_class(&self, s: usize, token: usize, class: Class) -> bool {
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

    fn is_state_place(&self, s: usize, token: usize) -> bool {
        self.reference.single(&self.trees[s], s, token).iter().any(|w| w.place)
    }

    /// The place mention whose phrase holds the token as its head.
    pub fn place_at(&self, s: usize, token: usize) -> Option<&griot_world::PlaceMention> {
        let places = &self.reading.sentences[s].places;
        places.iter().find(|p| p.head == token).or_else(|| places.iter().find(|p| (p.first..p.end).contains(&token)))
    }

    /// The count of a phrase, by its counted noun or by its number.
    pub fn count_at(&self, s: usize, token: usize) -> Option<&Count> {
        let counts = &self.counts[s];
        counts.iter().find(|c| c.head == token).or_else(|| counts.iter().find(|c| c.number == token)).or_else(|| {
            let tree = &self.trees[s];
            counts.iter().find(|c| c.of == Some(token) && tree.head(token) == Some(c.head))
        })
    }

    fn is_clause(&self, s: usize, token: usize, clause: Clause, ask_s: usize, ask_p: usize) -> bool {
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

    /// The event type that a token's proposition comes to, through frames that only pass it on. `Some(None)` is a clause without a type.
    pub fn event_type(&self, s: usize, token: usize, depth: usize) -> Option<Option<Type>> {
        let p = self.propositions[s].inside(&self.trees[s], token)?;
        let own = self.frame(s, p).and_then(|f| f.claims.iter().map(|t| t.type_).find(|t| t.kind() == Kind::Event));
        if own.is_some() {
            return Some(own);
        }
        if let (Some(inner), true) = (self.governed(s, p).first(), depth < DEPTH) {
            let head = self.proposition(s, *inner).head;
            return self.event_type(s, head, depth + 1);
        }
        match self.proposition(s, p).form {
            Form::Noun => self.frame(s, p).map(|_| None),
            _ => Some(None),
        }
    }

    /// The propositions that this one's frame governs as complements or lends its arguments to.
    pub fn governed(&self, s: usize, p: usize) -> Vec<usize> {
        let Some(frame) = self.frame(s, p) else { return Vec::new() };
        let mut roles: Vec<&str> = Vec::new();
        if let Some(complement) = &frame.complement {
            roles.extend(complement.roles.iter().map(SmolStr::as_str));
        }
        if let Some(light) = &frame.light {
            roles.push(&light.role);
        }
        let mut found = Vec::new();
        for role in roles {
            for (fs, token) in self.role(s, p, role) {
                for conjunct in self.trees[fs].conjuncts(token) {
                    if let Some(inner) =
                        self.propositions[fs].inside(&self.trees[fs], conjunct).filter(|&i| i != p && fs == s && !found.contains(&i))
                    {
                        found.push(inner);
                    }
                }
            }
        }
        found
    }

    /// What fills a role of a proposition under its chosen frame: (sentence, token) pairs.
    pub fn role(&self, s: usize, p: usize, role: &str) -> Vec<(usize, usize)> {
        match (self.frame(s, p), self.pattern(s, p)) {
            (Some(frame), Some(pattern)) => self.raw(s, p, frame, pattern, role, 0),
            _ => self.proposition(s, p).fillers(role).map(|a| (s, a.token)).collect(),
        }
    }

    fn raw(&self, s: usize, p: usize, frame: &Frame, pattern: &Pattern, role: &str, depth: usize) -> Vec<(usize, usize)> {
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
    fn inner_role(&self, s: usize, token: usize, role: &str, depth: usize) -> Vec<(usize, usize)> {
        let Some(p) = self.propositions[s].inside(&self.trees[s], token) else { return Vec::new() };
        let own = self.role(s, p, role);
        if !own.is_empty() || depth >= DEPTH {
            return own;
        }
        self.governed(s, p).into_iter().flat_map(|inner| self.role(s, inner, role)).collect()
    }

    fn verb_role(&self, s: usize, p: usize, frame: &Frame, pattern: &Pattern, role: &str) -> Vec<usize> {
        let proposition = self.proposition(s, p);
        let own: Vec<usize> = proposition.fillers(role).map(|a| a.token).collect();
        if !own.is_empty() {
            return own;
        }
        match role {
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

    /// A preposition's filler that the parser hung on the object: 'blamed the army for the attack'.
    fn on_object(&self, s: usize, p: usize, role: &str) -> Vec<usize> {
        let tree = &self.trees[s];
        self.proposition(s, p)
            .fillers("obj")
            .flat_map(|a| tree.children(a.token))
            .filter(|&c| tree.deprel(c) == Deprel::Nmod && tree.case(c) == role && role != "of")
            .collect()
    }

    /// The clause that a verb takes as its complement where the parser hung it elsewhere: as a purpose, or on the object ('wants the mission
    /// to leave').
    fn loose_complement(&self, s: usize, p: usize) -> Vec<usize> {
        let tree = &self.trees[s];
        let proposition = self.proposition(s, p);
        let purpose: Vec<usize> = proposition.fillers("to do").map(|a| a.token).collect();
        if !purpose.is_empty() {
            return purpose;
        }
        proposition
            .arguments
            .iter()
            .filter(|a| matches!(a.role.as_str(), "obj" | "iobj" | "on" | "with" | "to" | "from"))
            .flat_map(|a| tree.children(a.token))
            .filter(|&c| matches!(tree.deprel(c), Deprel::Acl | Deprel::Advcl) && tree.mark(c) == "to")
            .collect()
    }

    /// Hangs a clause that a frame takes as its complement on that frame, wherever the parser hung it.
    fn reattach(&mut self, s: usize) -> bool {
        let mut changed = false;
        for p in 0..self.propositions[s].list.len() {
            let Some(complement) = self.frame(s, p).and_then(|f| f.complement.as_ref()) else { continue };
            for role in &complement.roles {
                for (_, token) in self.role(s, p, role) {
                    let Some(inner) = self.propositions[s].at(token).filter(|&i| i != p) else { continue };
                    let governor = Governor { proposition: p, link: Link::Role(role.clone()) };
                    let old = &self.proposition(s, inner).governor;
                    if old.as_ref() == Some(&governor) {
                        continue;
                    }
                    if self.proposition(s, inner).clause == ClauseForm::Nominal {
                        let on_bare_noun = old.as_ref().is_some_and(|g| {
                            self.frame(s, g.proposition).is_none() && self.proposition(s, g.proposition).form == Form::Noun
                        });
                        if on_bare_noun {
                            self.propositions[s].list[inner].governor = Some(governor);
                            changed = true;
                        }
                        continue;
                    }
                    let loose = old.as_ref().is_none_or(|g| matches!(g.link, Link::Adverbial(_) | Link::Relative));
                    // A clause may hang on a noun of the object: only then is another governor given up.
                    let of_purpose = old.as_ref().is_some_and(|g| matches!(&g.link, Link::Role(r) if r == "to do" || r == "comp"));
                    if (loose || of_purpose) && !self.trees[s].dominates(token, self.proposition(s, p).head) {
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

    fn noun_role(&self, s: usize, p: usize, frame: &Frame, role: &str) -> Vec<usize> {
        let proposition = self.proposition(s, p);
        let fillers = |role: &str| -> Vec<usize> { proposition.fillers(role).map(|a| a.token).collect() };
        let first = |choices: &[&str]| choices.iter().map(|r| fillers(r)).find(|f| !f.is_empty()).unwrap_or_default();
        let actors = || -> Vec<usize> {
            proposition.fillers("mod").map(|a| a.token).filter(|&t| !self.reference.single(&self.trees[s], s, t).is_empty()).collect()
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
    fn counted(&self, s: usize, p: usize) -> Vec<usize> {
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

    fn item(&self, s: usize, p: usize, item: &Item) -> Vec<(usize, usize)> {
        let role = item.path.join(".");
        let mut found = self.role(s, p, &role);
        if let Some(test) = &item.test {
            found.retain(|&(fs, token)| self.test(fs, token, test, s, p));
        }
        found
    }

    /// Light verbs lend their arguments to the noun for the act.
    fn lend(&mut self, s: usize) {
        for p in 0..self.propositions[s].list.len() {
            let Some(light) = self.frame(s, p).and_then(|f| f.light.as_ref()) else { continue };
            let tokens: Vec<usize> = self.role(s, p, &light.role).into_iter().map(|(_, t)| t).collect();
            let lent: Vec<(SmolStr, usize)> = self
                .proposition(s, p)
                .arguments
                .iter()
                .filter(|a| a.role != light.role && !tokens.contains(&a.token))
                .map(|a| (if a.role == "subj" { light.subject.clone() } else { a.role.clone() }, a.token))
                .collect();
            for token in tokens {
                for conjunct in self.trees[s].conjuncts(token) {
                    let Some(inner) = self.propositions[s].inside(&self.trees[s], conjunct).filter(|&i| i != p) else { continue };
                    let target = &mut self.propositions[s].list[inner];
                    for (role, token) in &lent {
                        if !target.has(role) && target.head != *token {
                            target.arguments.push(crate::proposition::Argument {
                                role: role.clone(),
                                token: *token,
                                origin: Origin::Shared,
                            });
                        }
                    }
                }
            }
        }
    }

    /// 'condemned the attack … on a hotel': phrases after a governed noun that mean nothing to the verb's frame belong to the noun.
    fn hand_down(&mut self, s: usize) {
        for p in 0..self.propositions[s].list.len() {
            let Some(frame) = self.frame(s, p).filter(|f| f.complement.is_some() && f.light.is_none()) else { continue };
            for inner in self.governed(s, p) {
                let head = self.proposition(s, inner).head;
                if self.proposition(s, inner).form != Form::Noun {
                    continue;
                }
                let given: Vec<crate::proposition::Argument> = self
                    .proposition(s, p)
                    .arguments
                    .iter()
                    .filter(|a| a.token > head && !matches!(a.role.as_str(), "subj" | "obj" | "iobj" | "comp" | "to do" | "mod"))
                    .filter(|a| !frame.names_role(&a.role))
                    .map(|a| crate::proposition::Argument { origin: Origin::Shared, ..a.clone() })
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
    fn control(&mut self, s: usize) -> bool {
        let mut changed = false;
        for p in 0..self.propositions[s].list.len() {
            let Some(complement) = self.frame(s, p).and_then(|f| f.complement.as_ref()) else { continue };
            let subject = self.role(s, p, "subj").first().map(|x| x.1);
            let governed = self.governed(s, p);
            let heads: Vec<usize> = governed.iter().map(|&g| self.proposition(s, g).head).collect();
            let object = ["iobj", "obj", "on", "to", "with", "from"]
                .iter()
                .flat_map(|r| self.role(s, p, r))
                .map(|x| x.1)
                .find(|t| !heads.iter().any(|&h| self.trees[s].dominates(*t, h)) && self.is_class(s, *t, Class::Actor));
            let doer = if complement.subject_controls { subject } else { object.or(subject.filter(|_| false)) };
            for inner in governed {
                changed |= self.give_doer(s, inner, doer);
            }
        }
        changed
    }

    fn give_doer(&mut self, s: usize, inner: usize, doer: Option<usize>) -> bool {
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
        proposition.arguments.push(crate::proposition::Argument { role: role.into(), token: doer, origin: Origin::Shared });
        true
    }
}

/// Whether a unit is money: an ISO 4217 code.
pub fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}
