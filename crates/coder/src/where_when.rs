//! Where and when an act was: the place and time phrases that hang on its proposition, and what is shared with it inside the sentence.

use crate::codebook::Form;
use crate::proposition::{ClauseForm, Link};
use crate::scene::Scene;
use griot_types::{Deprel, Place, Span, Time, Upos};
use griot_world::{PlaceMention, TimeKind, TimeMention};

/// A place or a time and its words.
#[derive(Clone, Debug)]
pub struct Found<T> {
    /// What the words stand for.
    pub value: T,
    /// The words, bytes.
    pub span: Span,
}

/// Directions say where an act points, not where what they hang on is, unless they hang on the predicate itself.
const DIRECTIONS: [&str; 8] = ["from", "to", "into", "toward", "towards", "through", "out", "away"];

/// How far places and times are handed down inside a sentence.
const DEPTH: usize = 4;

/// How many tokens before a day the word stands that compares with it.
const REACH: usize = 5;

/// A claim's place is its first: of 'in Borno state near Monguno' the town. Where one place does not hold the other the order of the text stands.
fn innermost_first(mut places: Vec<Found<Place>>) -> Vec<Found<Place>> {
    // Without a where_prec it is a name that the gazetteer lacks, mostly of a village.
    places.sort_by_key(|found| found.value.precision.filter(|precision| (3..=6).contains(precision)).unwrap_or(1));
    places
}

impl Scene<'_> {
    /// When it was, if the sentence says so.
    pub fn when(&self, s: usize, p: usize) -> Option<Found<Time>> {
        self.when_at(s, p, 0)
    }

    fn when_at(&self, s: usize, p: usize, depth: usize) -> Option<Found<Time>> {
        if let Some(mention) = self.behind_noun(s, p) {
            return Some(self.time(s, mention));
        }
        let times = self.reading.sentences[s].times.iter();
        let own: Vec<&TimeMention> =
            times.filter(|m| self.holder(s, self.head_of(s, m.first, m.end)) == Some(p) && !self.is_compared(s, m)).collect();
        // 'blocked the road for three hours on Sunday': how long it took is not when it was; of 'two days after the raid on 3 June' the day is told.
        let laid = |m: &&&TimeMention| m.kind != TimeKind::Duration && (m.time.start.is_some() || m.time.end.is_some());
        if let Some(mention) = own.iter().find(laid).or_else(|| own.iter().find(|m| m.kind != TimeKind::Duration)).or(own.first()) {
            return Some(self.time(s, mention));
        }
        self.sharers(s, p, depth).into_iter().find_map(|q| self.when_at(s, q, depth + 1))
    }

    /// 'On Friday a court jailed him for the massacre of villagers in May 2003': of two times in a clause the one behind a noun for an act is the
    /// noun's, wherever the parser hung it.
    fn behind_noun(&self, s: usize, p: usize) -> Option<&TimeMention> {
        let tree = &self.trees[s];
        let proposition = self.proposition(s, p);
        let governor = proposition.governor.as_ref().filter(|g| proposition.form == Form::Noun && matches!(g.link, Link::Role(_)))?;
        let above = self.proposition(s, governor.proposition);
        let head = proposition.head;
        if above.form != Form::Verb || above.head > head {
            return None;
        }
        let dated = |m: &&TimeMention| m.kind != TimeKind::Duration && !self.is_compared(s, m);
        let times = || self.reading.sentences[s].times.iter().filter(dated);
        let plain = |from: usize, to: usize| (from..to).all(|t| !matches!(tree.token(t).upos, Upos::Verb | Upos::Aux | Upos::Punct));
        let other = times().any(|m| m.end <= head && self.holder(s, self.head_of(s, m.first, m.end)) == Some(governor.proposition));
        let behind = times().find(|m| m.first > head && plain(head + 1, m.first))?;
        let holder = self.holder(s, self.head_of(s, behind.first, behind.end));
        (other && (holder == Some(governor.proposition) || holder == Some(p))).then_some(behind)
    }

    /// 'compared with 2022', 'than in May', 'up from 1,400 in 2022', '119 % on 2022', 'an increase over the previous month': what is told was not
    /// then.
    fn is_compared(&self, s: usize, mention: &TimeMention) -> bool {
        let tree = &self.trees[s];
        let low = |t: usize| tree.token(t).span.of(tree.text).to_lowercase();
        let number = |t: usize| self.counts[s].iter().find(|c| (c.first..c.end).contains(&t));
        for at in (mention.first.saturating_sub(REACH)..mention.first + 2).rev().filter(|&t| t < mention.end) {
            let word = low(at);
            if at < mention.first && matches!(word.as_str(), "," | ";" | ":") {
                return false;
            }
            // 'more than 500 in 2023' compares nothing.
            if self.book.grammar.comparisons.iter().any(|w| *w == word.as_str()) && number(at).is_none() {
                return true;
            }
            // What a count is changed from stands before its day, and a share changes on another day's.
            let base = word == "from" && at + 1 < mention.first && number(at + 1).is_some_and(|c| c.end + 1 >= mention.first);
            let share = matches!(word.as_str(), "on" | "over" | "from") && at + 1 >= mention.first && at > 0 && {
                let changed = |t: usize| self.propositions[s].at(t).and_then(|p| self.frame(s, p)).is_some_and(|f| f.changes());
                number(at - 1).is_some_and(|c| c.quantity.unit == "percent") || changed(at - 1) || changed(at)
            };
            if base || share {
                return true;
            }
        }
        false
    }

    /// A time mention with its words.
    pub fn time(&self, s: usize, mention: &TimeMention) -> Found<Time> {
        Found { value: mention.time.clone(), span: self.trees[s].sentence.cover(mention.first, mention.end) }
    }

    /// Where it was: all places named, the finest first, else in the order of the text.
    pub fn places(&self, s: usize, p: usize) -> Vec<Found<Place>> {
        self.places_at(s, p, 0)
    }

    /// The place that a bulletin's item begins with: 'Upper Nile: Clashes resumed …'.
    pub fn places_before(&self, s: usize) -> Vec<Found<Place>> {
        let tree = &self.trees[s];
        let label = |m: &&PlaceMention| {
            tree.deprel(m.head) == Deprel::Dislocated && m.end < tree.len() && tree.token(m.end).span.of(tree.text) == ":"
        };
        self.places[s].iter().filter(label).map(|m| self.place(s, m)).collect()
    }

    fn places_at(&self, s: usize, p: usize, depth: usize) -> Vec<Found<Place>> {
        let own: Vec<_> = self.places[s]
            .iter()
            .filter(|m| self.place_holder(s, m.head) == Some(p) && self.holder(s, m.head).is_some_and(|q| self.is_locative(s, q, m)))
            // Where one act led from is not where the next one was.
            .filter(|m| depth == 0 || m.first == 0 || self.trees[s].lemma(m.first - 1) != "from")
            .map(|m| self.place(s, m))
            .collect();
        if !own.is_empty() {
            return innermost_first(own);
        }
        self.sharers(s, p, depth).into_iter().map(|q| self.places_at(s, q, depth + 1)).find(|f| !f.is_empty()).unwrap_or_default()
    }

    /// The places inside a noun's phrase that are said of it: 'a fire at a prison in Bukavu'.
    pub fn places_below(&self, s: usize, token: usize) -> Vec<Found<Place>> {
        let tree = &self.trees[s];
        let inside = |m: &&PlaceMention| {
            m.first > 0 && tree.dominates(token, m.head) && m.head != token && {
                let word = tree.token(m.first - 1).span.of(tree.text).to_lowercase();
                self.book.grammar.locatives.iter().any(|l| *l == word.as_str()) && !DIRECTIONS.contains(&word.as_str())
            }
        };
        self.places[s].iter().filter(inside).map(|m| self.place(s, m)).collect()
    }

    /// A place mention with its words.
    pub fn place(&self, s: usize, mention: &PlaceMention) -> Found<Place> {
        Found { value: mention.place.clone(), span: self.trees[s].sentence.cover(mention.first, mention.end) }
    }

    /// The propositions whose place and time this one shares when it names none.
    fn sharers(&self, s: usize, p: usize, depth: usize) -> Vec<usize> {
        if depth >= DEPTH {
            return Vec::new();
        }
        let tree = &self.trees[s];
        let proposition = self.proposition(s, p);
        let mut found = Vec::new();
        if proposition.form == Form::Noun && self.is_remembered(s, proposition.head) {
            return found;
        }
        if tree.deprel(proposition.head) == Deprel::Conj {
            found.extend(tree.head(proposition.head).and_then(|h| self.propositions[s].at(h)));
        }
        if proposition.passive {
            // 'Five were killed and twelve injured on Saturday'
            let behind = |c: &usize| crate::proposition::is_elliptical(tree, *c);
            let joined = tree.children(proposition.head).filter(behind).filter_map(|c| self.propositions[s].at(c));
            found.extend(joined.filter(|&q| self.proposition(s, q).passive));
        }
        if let Some(governor) = &proposition.governor {
            let above = governor.proposition;
            let frame = self.frame(s, above);
            let attitude = |role: &str| {
                frame.is_some_and(|f| {
                    f.complement.as_ref().is_some_and(|c| (f.speech || c.status.is_some()) && c.roles.iter().any(|r| r == role))
                })
            };
            let shares = match &governor.link {
                Link::Role(role) if attitude(role) => false,
                Link::Role(role) => {
                    proposition.form == Form::Noun || role == "comp" && proposition.clause != ClauseForm::Finite || role == "to do"
                }
                // 'were killed on Sunday when gunmen stormed …': both at once.
                Link::Adverbial(mark) => matches!(mark.as_str(), "" | "to" | "when" | "as" | "while"),
                Link::Relative => proposition.clause != ClauseForm::Finite,
                Link::Beside => false,
            };
            if shares && tree.deprel(proposition.head) != Deprel::Conj {
                found.push(above);
            }
        }
        found
    }

    /// 'thirty years since the killing', 'the anniversary of the raid', 'a museum of the siege': what is looked back on was then, not now.
    fn is_remembered(&self, s: usize, head: usize) -> bool {
        let tree = &self.trees[s];
        let noun = |t: usize| {
            let lemma = tree.lemma(t).to_lowercase();
            let lists = [&self.book.grammar.remembrances, &self.book.grammar.pretences];
            lists.iter().any(|list| list.iter().any(|w| *w == lemma.as_str()))
        };
        let case = tree.case(head);
        case == "since" || matches!(case.as_str(), "of" | "about" | "on" | "to" | "for") && tree.head(head).is_some_and(noun)
    }

    /// The head of a stretch of tokens: the first whose own head lies outside.
    pub fn head_of(&self, s: usize, first: usize, end: usize) -> usize {
        let tree = &self.trees[s];
        (first..end).find(|&t| tree.head(t).is_none_or(|h| !(first..end).contains(&h)) && tree.deprel(t) != Deprel::Case).unwrap_or(first)
    }

    /// The proposition that a token hangs on.
    pub fn holder(&self, s: usize, token: usize) -> Option<usize> {
        let tree = &self.trees[s];
        let mut at = token;
        while let Some(head) = tree.head(at) {
            if let Some(p) = self.propositions[s].at(head) {
                // A noun that no frame took up ('a strike' in a sentence about labour) holds nothing.
                if self.proposition(s, p).form == Form::Verb || self.frame(s, p).is_some() {
                    return Some(self.bearer(s, p));
                }
            }
            at = head;
        }
        None
    }

    /// 'left six dead in Beni', 'were found dead on Friday': a state that a verb brings about is where and when the verb is.
    fn bearer(&self, s: usize, p: usize) -> usize {
        let proposition = self.proposition(s, p);
        let above = proposition.governor.as_ref().filter(|g| proposition.form == Form::Adjective && g.link == Link::Role("comp".into()));
        above.map_or(p, |g| g.proposition)
    }

    /// The proposition whose place a token tells: not the demand's, refusal's or blame's, but that of the act which stands before it
    /// ('condemned the attack on a hotel in Kismayo'), wherever the parser hung the phrase.
    fn place_holder(&self, s: usize, token: usize) -> Option<usize> {
        let holder = self.holder(s, token)?;
        let attitude = self.frame(s, holder).is_some_and(|f| f.complement.is_some() || f.light.is_some());
        if !attitude {
            return Some(holder);
        }
        let heads = self.governed(s, holder).into_iter().map(|inner| (self.proposition(s, inner).head, inner));
        Some(heads.filter(|&(head, _)| head < token).max().map_or(holder, |(_, inner)| inner))
    }

    /// A thing that stands for those it belongs to: 'the police station'.
    fn is_thing(&self, s: usize, token: usize) -> bool {
        self.reading.mention_at(s, token).is_some_and(|m| m.metonym)
    }

    fn is_locative(&self, s: usize, p: usize, mention: &PlaceMention) -> bool {
        let tree = &self.trees[s];
        let head = self.proposition(s, p).head;
        let mut at = mention.head;
        // Parsers hang the preposition on any word of a long name.
        if tree.case(at).is_empty() && mention.first > 0 && tree.token(mention.first - 1).upos == Upos::Adp {
            let word = tree.token(mention.first - 1).span.of(tree.text).to_lowercase();
            if tree.deprel(mention.first - 1) == Deprel::Case && word != "of" && !DIRECTIONS.contains(&word.as_str()) {
                return self.book.grammar.locatives.iter().any(|l| *l == word.as_str());
            }
        }
        // 'in the town of Gao', 'in Gao and Kidal': the preposition stands further up.
        for _ in 0..DEPTH {
            let case = tree.case(at);
            let first = case.split(' ').next().unwrap_or("");
            if DIRECTIONS.contains(&first) {
                return tree.head(at) == Some(head);
            }
            if !case.is_empty() && case != "of" {
                return self.book.grammar.locatives.iter().any(|l| *l == case || l == first);
            }
            let up = match tree.deprel(at) {
                Deprel::Conj | Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc => true,
                Deprel::Nmod => case == "of",
                // 'fighting there'
                Deprel::Advmod => return tree.token(at).upos == Upos::Adv,
                // 'shelled Avdiivka', 'a hospital of Avdiivka': the object is a place or a thing there and nobody.
                Deprel::Obj => {
                    let nobody = self.who(s, at).iter().all(|w| w.place && w.kind != griot_world::ActorKind::State);
                    return nobody || self.is_thing(s, at);
                }
                Deprel::NsubjPass => return self.who(s, at).is_empty() || self.is_thing(s, at),
                _ => false,
            };
            // 'from Russia's Wagner group': whose somebody is says nothing of where.
            let somebody = |above: usize| {
                let mention = self.reading.mention_at(s, above).filter(|m| m.head == above && !m.place && !m.metonym);
                mention.is_some() && tree.deprel(at) == Deprel::NmodPoss
            };
            match tree.head(at) {
                Some(above) if up && somebody(above) => return false,
                Some(above) if up && above != head => at = above,
                Some(_) if up => return matches!(tree.deprel(at), Deprel::Nmod | Deprel::Compound),
                _ => return false,
            }
        }
        false
    }
}
