//! What is only said, planned, refused, denied: the status of a proposition and who vouches for it.
//!
//! A proposition's own auxiliaries and negation are combined with what the frames above it do to what they govern. Factuality by embedding
//! predicates follows Saurí & Pustejovsky (2012), with SPEC's five statuses.

use crate::codebook::{Complement, Form};
use crate::proposition::{ClauseForm, Link, stronger};
use crate::reference::Who;
use crate::scene::Scene;
use griot_types::{Deprel, Kind, SmolStr, Status, Type, Upos, Xpos};

/// A status and the speakers.
#[derive(Clone, Debug)]
pub struct Stance {
    /// Whether it is reported as done.
    pub status: Status,
    /// In whose mouth.
    pub said_by: Vec<Who>,
}

/// Sentences are trees, so governors end; the bound guards against trees from elsewhere.
const DEPTH: usize = 32;

impl Scene<'_> {
    /// The stance of the report towards a proposition.
    pub fn stance(&self, s: usize, p: usize) -> Stance {
        let mut stance = self.stance_at(s, p, 0);
        if let Some(said_by) = self.beside(s, p) {
            stance.said_by = said_by;
        }
        if stance.said_by.is_empty() {
            stance.said_by.clone_from(&self.quoted[s]);
        }
        stance
    }

    fn own(&self, s: usize, p: usize) -> Status {
        let proposition = self.proposition(s, p);
        let modality = proposition.modality.filter(|_| !self.voiced(s, p)).unwrap_or(Status::Actual);
        if modality == Status::Actual && !proposition.negated && (self.is_general(s, p) || self.is_played(s, p)) {
            return Status::Possible;
        }
        match (proposition.negated, modality) {
            (true, Status::Possible) => Status::Possible,
            (true, _) => Status::Negated,
            (false, modality) => modality,
        }
    }

    /// 'gathered to demand his resignation', 'met to condemn the raid': what people come together to say they have said by coming.
    fn voiced(&self, s: usize, p: usize) -> bool {
        let proposition = self.proposition(s, p);
        let purpose = proposition.governor.as_ref().is_some_and(|g| matches!(&g.link, Link::Adverbial(mark) if mark == "to"));
        let says = |t: Type| matches!(t, Type::Request | Type::Accuse | Type::Protest | Type::Reject);
        purpose && self.frame(s, p).is_some_and(|f| f.claims.first().is_some_and(|c| says(c.type_)))
    }

    /// 'stormed a hotel in a drill', 'attacked a mock village', 'a film about the siege': what is only played has not happened.
    fn is_played(&self, s: usize, p: usize) -> bool {
        let tree = &self.trees[s];
        let proposition = self.proposition(s, p);
        let listed = |list: &[SmolStr], t: usize| list.iter().any(|w| *w == tree.lemma(t).to_lowercase().as_str());
        let pretence = |t: usize| listed(&self.book.grammar.pretences, t);
        let mock = |t: usize| listed(&self.book.grammar.mocks, t);
        let staged = proposition.arguments.iter().any(|a| match a.role.as_str() {
            "in" | "during" | "at" => pretence(a.token),
            "obj" => tree.children(a.token).any(|c| mock(c) && c < a.token),
            _ => false,
        });
        let about = || {
            let above = tree.head(proposition.head).filter(|_| matches!(tree.deprel(proposition.head), Deprel::Nmod | Deprel::Obl));
            above.is_some_and(|h| pretence(h) && matches!(tree.case(proposition.head).as_str(), "about" | "on" | "of"))
        };
        staged || proposition.form == Form::Noun && about()
    }

    /// 'an amnesty for fighters who lay down their arms': a relative clause in the present tells which of a kind are meant, not what some of them
    /// did.
    fn is_general(&self, s: usize, p: usize) -> bool {
        let tree = &self.trees[s];
        let proposition = self.proposition(s, p);
        let relative = proposition.governor.as_ref().is_some_and(|g| g.link == Link::Relative);
        let event = self.frame(s, p).is_some_and(|f| f.claims.iter().any(|c| c.type_.kind() == Kind::Event));
        let present = tree.token(proposition.head).feature("Tense") == Some("Pres")
            && tree.token(proposition.head).feature("VerbForm") == Some("Fin")
            && !tree.children(proposition.head).any(|c| tree.deprel(c) == Deprel::Aux);
        let Some(noun) = tree.head(proposition.head) else { return false };
        let bare = tree.token(noun).xpos == Xpos::Nns
            && !tree.children(noun).any(|c| matches!(tree.deprel(c), Deprel::Det | Deprel::NmodPoss | Deprel::Nummod));
        relative && event && present && bare
    }

    fn stance_at(&self, s: usize, p: usize, depth: usize) -> Stance {
        let own = self.own(s, p);
        let alone = Stance { status: own, said_by: self.beside(s, p).unwrap_or_default() };
        if depth > DEPTH {
            return alone;
        }
        let proposition = self.proposition(s, p);
        let Some(governor) = &proposition.governor else {
            // '• the government to reopen the road;', 'Army to leave Gao': what stands alone with its 'to' is still to be done.
            let ahead = proposition.clause == ClauseForm::Infinitive && !self.is_perfect(s, proposition.head);
            return Stance { status: if ahead { stronger(own, Status::Intended) } else { own }, ..alone };
        };
        let above = governor.proposition;
        let outer = self.stance_at(s, above, depth + 1);
        let said_by = if alone.said_by.is_empty() { outer.said_by.clone() } else { alone.said_by.clone() };
        let frame = self.frame(s, above);
        let status = match &governor.link {
            Link::Role(role) => {
                if let Some(complement) = frame.and_then(|f| f.complement.as_ref()).filter(|c| governs(c, role)) {
                    let under = self.under(s, above, complement, own, &outer);
                    // 'accused him of planning to kill': of what somebody is blamed for, the infinitive is what he had in mind.
                    let blames = frame.is_some_and(|f| f.claims.first().is_some_and(|c| c.type_ == Type::Accuse));
                    let ahead = blames && proposition.clause == ClauseForm::Infinitive && !self.is_perfect(s, proposition.head);
                    return Stance { status: if ahead { stronger(under.status, Status::Intended) } else { under.status }, ..under };
                }
                let light = frame.is_some_and(|f| f.light.as_ref().is_some_and(|l| l.role == *role));
                if light {
                    stronger(own, outer.status)
                } else if proposition.form == Form::Noun {
                    // 'is not to go on the offensive': in a phrase beside a verb that means nothing here nothing is presupposed.
                    // 'No group has claimed responsibility for a blast': of what nobody speaks of nothing is denied.
                    let spoken_of = frame.is_some_and(|f| f.speech && f.complement.is_none());
                    if spoken_of || self.is_looked_back_on(s, above, role) || self.is_told(s, p) {
                        own
                    } else if frame.is_none() && !matches!(role.as_str(), "subj" | "obj") {
                        stronger(own, outer.status)
                    } else {
                        self.noun(s, p, own, outer.status)
                    }
                } else if proposition.clause == ClauseForm::Infinitive && !self.is_perfect(s, proposition.head) {
                    stronger(stronger(own, Status::Intended), outer.status)
                } else {
                    stronger(own, outer.status)
                }
            }
            Link::Adverbial(mark) if mark.is_empty() && proposition.clause != ClauseForm::Finite => stronger(own, outer.status),
            // A clause that the parser took for a phrase ('if the rebels' attack …') keeps its conjunction.
            Link::Adverbial(mark) if proposition.form == Form::Noun => {
                let given = self.book.grammar.conjunctions.get(mark.as_str()).copied().flatten();
                given.map_or(own, |status| stronger(own, status))
            }
            Link::Adverbial(_) | Link::Beside => own,
            // 'The agency counted 5,981 people who had fled': what is told of those counted is the counter's word.
            Link::Relative if self.counts_antecedent(s, p, above) => {
                let complement = frame.and_then(|f| f.complement.as_ref());
                return complement.map_or(Stance { status: own, said_by: said_by.clone() }, |c| self.under(s, above, c, own, &outer));
            }
            Link::Relative if proposition.clause == ClauseForm::Infinitive => stronger(own, Status::Intended),
            Link::Relative => own,
        };
        Stance { status, said_by }
    }

    /// Whether a relative clause hangs on the noun that a frame above it vouches for as it stands.
    fn counts_antecedent(&self, s: usize, p: usize, above: usize) -> bool {
        let Some(complement) = self.frame(s, above).and_then(|f| f.complement.as_ref()) else { return false };
        let noun = self.trees[s].head(self.proposition(s, p).head);
        let vouches = complement.status.is_none() && complement.speaker.is_some();
        vouches && complement.roles.iter().any(|role| self.role(s, above, role).iter().any(|&(_, token)| Some(token) == noun))
    }

    /// 'to have killed' looks back; 'to kill' looks ahead.
    fn is_perfect(&self, s: usize, head: usize) -> bool {
        let tree = &self.trees[s];
        tree.children(head).any(|c| tree.deprel(c) == Deprel::Aux && tree.lemma(c) == "have")
    }

    /// What a governing frame makes of a proposition.
    fn under(&self, s: usize, above: usize, complement: &Complement, own: Status, outer: &Stance) -> Stance {
        // What is denied of the frame above, by its own 'not' or by those above it, is denied of what it does to its complement.
        let negated = self.proposition(s, above).negated || outer.status == Status::Negated;
        let claims = self.frame(s, above).is_some_and(|f| !f.claims.is_empty());
        let past = self.trees[s].token(self.proposition(s, above).head).xpos == Xpos::Vbd;
        let inner = match complement.past.filter(|_| past).or(complement.status) {
            // Who does not say that a thing is so has not denied it.
            None if negated && self.frame(s, above).is_some_and(|f| f.speech) => stronger(own, Status::Possible),
            None if negated => stronger(own, Status::Negated),
            None => own,
            // 'has no plans to withdraw': a plan that nobody has is a thing that will not be done; a promise not given leaves it open.
            Some(Status::Intended) if negated && !claims => Status::Negated,
            Some(_) if negated => Status::Possible,
            Some(Status::Actual) => own,
            // 'refused not to …' does not occur often enough to be worth undoing.
            Some(status) => stronger(own, status),
        };
        let status = match outer.status {
            Status::Negated | Status::Actual => inner,
            // A promise that may be made, a plan that is called for: the weaker of the two.
            other => stronger(inner, other),
        };
        let speaker = complement.speaker.as_ref().map(|roles| self.actors(s, above, roles)).unwrap_or_default();
        Stance { status, said_by: if speaker.is_empty() { outer.said_by.clone() } else { speaker } }
    }

    /// 'an inquiry into an attack', 'charges over a raid', 'responsible for a blast': what is looked into, judged or blamed has happened, whatever becomes
    /// of the inquiry.
    fn is_looked_back_on(&self, s: usize, above: usize, role: &str) -> bool {
        let judges = |t: Type| matches!(t, Type::Accuse | Type::Sanction);
        let noun = self.proposition(s, above).form == Form::Noun;
        let frame = self.frame(s, above).is_some_and(|f| f.claims.first().is_some_and(|c| judges(c.type_)));
        noun && frame && matches!(role, "into" | "over" | "about" | "after" | "following" | "of")
    }

    /// 'a blast which injured several people': a relative clause in the past tells what the noun's act has done, so it has happened.
    fn is_told(&self, s: usize, p: usize) -> bool {
        let tree = &self.trees[s];
        tree.children(self.proposition(s, p).head).any(|c| {
            tree.deprel(c) == Deprel::AclRelcl
                && tree.token(c).feature("Tense") == Some("Past")
                && tree.token(c).feature("VerbForm") == Some("Fin")
        })
    }

    /// A noun for an act outside any complement: 'the attack' stays what it is, 'an attack' shares the fate of its clause.
    fn noun(&self, s: usize, p: usize, own: Status, outer: Status) -> Status {
        let tree = &self.trees[s];
        let head = self.proposition(s, p).head;
        if tree.is_definite(head) || outer == Status::Actual { own } else { stronger(own, outer) }
    }

    /// '…, the ministry said' and 'according to the ministry': a speaker beside the clause.
    fn beside(&self, s: usize, p: usize) -> Option<Vec<Who>> {
        let proposition = self.proposition(s, p);
        let named: Vec<Who> =
            self.book.grammar.sources.iter().flat_map(|role| proposition.fillers(role)).flat_map(|a| self.who(s, a.token)).collect();
        if !named.is_empty() {
            return Some(named);
        }
        let clauses = self.coordinated_with(s, p);
        for (q, other) in self.propositions[s].list.iter().enumerate() {
            let beside = other.governor.as_ref().is_some_and(|g| clauses.contains(&g.proposition) && g.link == Link::Beside);
            if beside && self.frame(s, q).is_some_and(|f| f.speech) && other.fillers("comp").next().is_none() {
                let speaker: Vec<Who> = other.fillers("subj").flat_map(|a| self.who(s, a.token)).collect();
                if !speaker.is_empty() {
                    return Some(speaker);
                }
            }
        }
        None
    }

    /// The proposition and those that it is coordinated to, up to the first.
    fn coordinated_with(&self, s: usize, p: usize) -> Vec<usize> {
        let tree = &self.trees[s];
        let mut found = vec![p];
        let mut at = self.proposition(s, p).head;
        while tree.deprel(at) == Deprel::Conj {
            let Some(head) = tree.head(at) else { break };
            at = head;
            found.extend(self.propositions[s].at(at));
        }
        // '…, killing two, the army said': what is said beside a clause's last part is said of the whole.
        let hanging = |q: &crate::proposition::Proposition| {
            q.governor.as_ref().is_some_and(|g| g.proposition == p && matches!(&g.link, Link::Adverbial(mark) if mark.is_empty()))
        };
        found.extend(self.propositions[s].list.iter().enumerate().filter(|(_, q)| hanging(q)).map(|(q, _)| q));
        found
    }

    /// 'destroyed nine RSF combat vehicles': whose the thing is, by a name before it.
    fn owners_of_thing(&self, s: usize, token: usize) -> Vec<Who> {
        let tree = &self.trees[s];
        // 'the group's attack', 'an army spokesman' are no things; a bus can stand for those in it.
        let somebody = self.reading.mention_at(s, token).is_some_and(|m| !m.metonym);
        if tree.token(token).upos != Upos::Noun || self.propositions[s].at(token).is_some() || somebody {
            return Vec::new();
        }
        let named = tree.children(token).filter(|&c| c < token && matches!(tree.deprel(c), Deprel::Compound | Deprel::NmodPoss));
        named.map(|c| self.who(s, c)).find(|who| who.iter().any(|w| w.force || w.named && !w.place)).unwrap_or_default()
    }

    /// The actors that fill a role expression.
    pub fn actors(&self, s: usize, p: usize, roles: &crate::codebook::Roles) -> Vec<Who> {
        let mut found: Vec<Who> = Vec::new();
        for (fs, token) in self.fill(s, p, roles) {
            let mut known = self.who(fs, token);
            if known.iter().all(|who| who.actor.code == "---" && who.actor.id.is_none()) {
                let owners = self.owners_of_thing(fs, token);
                known = if owners.is_empty() { known } else { owners };
            }
            if known.is_empty() && roles.0.iter().flatten().any(|item| self.asks_for_someone(s, p, &item.path.join("."))) {
                known.extend(self.in_own_words(fs, token));
            }
            for who in known {
                if !found.iter().any(|w| w.span == who.span && crate::reference::same(&w.actor, &who.actor)) {
                    found.push(who);
                }
            }
        }
        found
    }
}

fn governs(complement: &Complement, role: &str) -> bool {
    complement.roles.iter().any(|r| r == role || r == "comp" && role == "to do")
}
