//! One report under the coder's eye: its trees, propositions, actors, counts and the frame chosen for each proposition.

mod hang;
mod roles;
mod tests;

use crate::codebook::{Class, Codebook, Form, Frame, Pattern, rank};
use crate::proposition::{ClauseForm, Proposition, Propositions, Tree};
use crate::quantity::{Count, CountingRules};
use crate::reference::{Reference, Who};
use griot_types::{Deprel, Document, Kind, SmolStr, Type, Upos};
use griot_world::{PlaceMention, Reading};

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
    /// Its places, those that 'the town' and 'there' stand for among them, by sentence.
    pub places: Vec<Vec<PlaceMention>>,
    /// Who is meant.
    pub reference: Reference<'a>,
    /// Whose words a sentence is that stands in quotation marks, by sentence.
    pub quoted: Vec<Vec<Who>>,
    /// The coding rules.
    pub book: &'a Codebook,
    /// How words count.
    pub counting: &'a CountingRules,
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
        let found = self.reference.who(&self.trees[s], s, token);
        let word = self.trees[s].token(token);
        if found.is_empty() && word.upos == Upos::Num {
            return self.left_out(s, token);
        }
        if !found.is_empty() || word.feature("Person") != Some("1") || word.upos != Upos::Pron {
            return found;
        }
        // '"We attacked the base," he said. "We will go on."': whose words they are.
        let words = word.span.of(&self.document.text);
        let here = |who: &Who| {
            let mut who = Who { span: word.span, sentence: s, token, ..who.clone() };
            who.actor.text = words.to_owned();
            who
        };
        self.quoted[s].iter().map(here).collect()
    }

    /// 'Two protesters were killed and 17 arrested': whom a bare number counts, the verb before says.
    fn left_out(&self, s: usize, token: usize) -> Vec<Who> {
        let tree = &self.trees[s];
        let bare = tree
            .children(token)
            .all(|c| matches!(tree.deprel(c), Deprel::Advmod | Deprel::Nummod | Deprel::Cc | Deprel::Compound | Deprel::Amod));
        let Some(verb) = tree.head(token).filter(|&v| bare && tree.deprel(v) == Deprel::Conj) else { return Vec::new() };
        let before = tree.head(verb).and_then(|above| self.propositions[s].at(above)).map(|p| self.proposition(s, p));
        let same = self.propositions[s].at(verb).map(|p| self.proposition(s, p));
        let role = same.and_then(|p| p.arguments.iter().find(|a| a.token == token)).map(|a| a.role.clone());
        let counted =
            before.zip(role).and_then(|(p, role)| p.fillers(&role).map(|a| a.token).next()).filter(|&t| tree.token(t).upos != Upos::Num);
        let span = tree.token(token).span;
        let here = |mut who: Who| {
            (who.span, who.token) = (span, token);
            who
        };
        counted.map(|t| self.reference.single(tree, s, t)).unwrap_or_default().into_iter().map(here).collect()
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
        // 'the attack carried out by …': what a participle is said of stands above it.
        for &p in order.iter().filter(|&&p| self.propositions[s].list[p].clause == ClauseForm::Participle) {
            self.chosen[s][p] = self.best(s, p);
        }
        self.lend(s);
        self.hand_down(s);
        let changed = self.reattach(s) | self.speak_through(s) | self.control(s);
        for &p in &order {
            self.chosen[s][p] = self.best(s, p);
        }
        self.spend_fixed_objects(s);
        changed
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
        // 'a war monitor' is at war with nobody: a word inside the noun for somebody tells no act.
        let inside = |m: &griot_world::Mention| {
            m.described.is_some() && m.head != proposition.head && (m.core.0..m.core.1).contains(&proposition.head)
        };
        if proposition.form == Form::Noun && self.reading.mention_at(s, proposition.head).is_some_and(inside) {
            return None;
        }
        let mut best: Option<((bool, usize), Choice)> = None;
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
                let score = rank(candidate, choice.pattern);
                if best.is_some_and(|(top, _)| score <= top) {
                    break;
                }
                let words = &candidate.patterns[choice.pattern];
                if self.words_fit(s, p, words) && self.holds(s, p, candidate, words) {
                    best = Some((score, choice));
                    break;
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
                // 'were turned back on 2 August' is no 'turn on'.
                || proposition.fillers(word).any(|a| !self.is_class(s, a.token, Class::Time))
                || self.lifted(s, p, pattern, word).next().is_some()
        });
        before && object && particles
    }

    /// The mode of an act of force by the words before its noun, which another frame than the chosen one may have: 'a drone strike on the market'.
    pub fn means(&self, s: usize, p: usize) -> Option<SmolStr> {
        let proposition = self.proposition(s, p);
        let frames = self.book.index().find(proposition.form, &proposition.lemma).iter().filter(|_| proposition.form == Form::Noun);
        frames.map(|&(frame, pattern)| (&self.book.frames[frame as usize], pattern as usize)).find_map(|(frame, pattern)| {
            let pattern = &frame.patterns[pattern];
            let event = frame.claims.first().filter(|c| c.type_ == Type::Assault)?;
            event.mode.clone().filter(|_| !pattern.before.is_empty() && self.words_fit(s, p, pattern))
        })
    }

    /// The place mention whose phrase holds the token as its head.
    pub fn place_at(&self, s: usize, token: usize) -> Option<&griot_world::PlaceMention> {
        let places = &self.places[s];
        places.iter().find(|p| p.head == token).or_else(|| places.iter().find(|p| (p.first..p.end).contains(&token)))
    }

    /// The place at a token, or the one that it is a part of: 'most of northern Syria', 'a large majority of the city's eastern half'.
    pub fn place_or_whole(&self, s: usize, token: usize) -> Option<&griot_world::PlaceMention> {
        let tree = &self.trees[s];
        let mut at = token;
        for _ in 0..DEPTH {
            if let Some(found) = self.place_at(s, at) {
                return Some(found);
            }
            // 'Mali's president' is in no sense a part of Mali.
            if self.reading.mention_at(s, at).is_some_and(|m| m.head == at && !m.place && !m.metonym) {
                return None;
            }
            at = tree.children(at).find(|&c| tree.deprel(c) == Deprel::NmodPoss || tree.case(c) == "of")?;
        }
        None
    }

    /// The count of a phrase, by its counted noun or by its number.
    pub fn count_at(&self, s: usize, token: usize) -> Option<&Count> {
        let counts = &self.counts[s];
        counts.iter().find(|c| c.head == token).or_else(|| counts.iter().find(|c| c.number == token)).or_else(|| {
            let tree = &self.trees[s];
            counts.iter().find(|c| {
                c.of == Some(token) && tree.head(token) == Some(c.head)
                    || (c.first..c.end).contains(&token)
                    // '28 dead': an adjective for people.
                    || c.head == c.number && tree.head(c.number) == Some(token) && tree.deprel(c.number) == Deprel::Nummod
            })
        })
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
}

/// Whether a unit is money: an ISO 4217 code.
pub fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}
