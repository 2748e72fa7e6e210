//! Common nouns, modifiers and titles: short phrases of lemmas and what they mean.

use super::{
    ActorKind,
    source::{Nouns, Sources},
};
use griot_types::{Sentence, SmolStr, Xpos};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a common noun for people or bodies means.
#[derive(Clone, Debug, PartialEq)]
pub struct Noun {
    /// What it names.
    pub kind: ActorKind,
    /// PLOVER sectors.
    pub sectors: Vec<SmolStr>,
    /// Can be stationed and counted as strength.
    pub force: bool,
    /// Names people one by one.
    pub people: bool,
    /// No actor without a nationality, a name or another modifier.
    pub needs_modifier: bool,
    /// A thing that stands for those it belongs to.
    pub metonym: bool,
    /// A metonym whose own words say whose it is.
    pub owned: bool,
    /// Ends the entry id of a state's body or office; empty where it has none.
    pub suffix: SmolStr,
    /// Whether it is a public office with holders.
    pub office: bool,
}

/// What a modifier adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Addition {
    /// PLOVER sectors.
    pub sectors: Vec<SmolStr>,
    /// The kind that a vague body becomes.
    pub kind: Option<ActorKind>,
}

/// Phrases of up to this many words are looked up.
const LONGEST: usize = 5;

/// All nouns and modifiers by their words, joined with spaces.
#[derive(Debug, Default)]
pub struct Lexicon {
    nouns: Vec<Noun>,
    by_phrase: FxHashMap<SmolStr, u32>,
    modifiers: Vec<Addition>,
    by_word: FxHashMap<SmolStr, u32>,
    apart: FxHashSet<SmolStr>,
    counting: FxHashSet<SmolStr>,
    siding: FxHashSet<SmolStr>,
    namings: Vec<Vec<SmolStr>>,
    inside_names: FxHashSet<SmolStr>,
    local: Vec<(FxHashSet<SmolStr>, Vec<SmolStr>)>,
    by_title: FxHashMap<SmolStr, u32>,
    /// The first and the last words of all nouns, and the first words of all modifiers: most words of a text are none of them.
    noun_ends: FxHashSet<SmolStr>,
    modifier_starts: FxHashSet<SmolStr>,
}

fn strings(list: &[String]) -> Vec<SmolStr> {
    list.iter().map(SmolStr::from).collect()
}

/// A key as it is looked up: lower case, parts between spaces and hyphens.
fn key(phrase: &str) -> SmolStr {
    phrase.to_lowercase().replace('-', " - ").split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// What a ministry is for: 'defence' of 'defence ministry'; nothing for a bare 'ministry' or 'ministry of X'.
fn field(noun: &str) -> &str {
    match noun.split_once(' ') {
        Some((field, rest)) if !rest.contains(' ') => field,
        _ => "",
    }
}

/// Whether nouns of this kind name people one by one, where nothing else is said.
fn names_people(kind: ActorKind) -> bool {
    use ActorKind::*;
    matches!(kind, Military | Police | Group | Militia | Pmc | Mission | Civilian | Person | Unidentified)
}

impl Lexicon {
    /// From checked sources.
    pub fn build(sources: &Sources) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for agent in &sources.agent {
            let kind = ActorKind::from_word(&agent.kind).unwrap_or(ActorKind::Body);
            let suffix = match (agent.suffix.as_str(), kind) {
                ("", ActorKind::Ministry) => agent.nouns.first().map_or("", |n| field(n)),
                (given, _) => given,
            };
            let people = agent.people.unwrap_or(names_people(kind) && !agent.metonym);
            lexicon.add(
                &agent.nouns,
                Noun {
                    kind,
                    sectors: strings(&agent.sectors),
                    force: agent.force,
                    people,
                    needs_modifier: agent.needs_modifier,
                    metonym: agent.metonym,
                    owned: agent.owned,
                    suffix: suffix.to_lowercase().into(),
                    office: false,
                },
            );
        }
        lexicon.tell_people(sources);
        for unidentified in &sources.unidentified {
            let kind = ActorKind::Unidentified;
            let sectors = vec!["UAF".into()];
            let noun = Noun {
                kind,
                sectors,
                force: true,
                people: true,
                needs_modifier: false,
                metonym: false,
                owned: false,
                suffix: "".into(),
                office: false,
            };
            lexicon.add(&unidentified.nouns, noun);
        }
        for office in &sources.office {
            let noun = Noun {
                kind: ActorKind::Person,
                sectors: strings(&office.sectors),
                force: false,
                people: true,
                needs_modifier: false,
                metonym: false,
                owned: false,
                suffix: office.suffix.to_lowercase().into(),
                office: true,
            };
            lexicon.add(&office.titles, noun);
        }
        lexicon.apart = sources.apart.iter().flat_map(|a| &a.nouns).map(|n| key(n)).collect();
        lexicon.counting = sources.counting.iter().flat_map(|c| &c.words).map(|w| key(w)).collect();
        lexicon.siding = sources.siding.iter().flat_map(|s| &s.words).map(|w| key(w)).collect();
        let words = |phrase: &String| phrase.split_whitespace().map(SmolStr::from).collect();
        lexicon.namings = sources.naming.iter().flat_map(|n| &n.phrases).map(words).collect();
        lexicon.inside_names = sources.naming.iter().flat_map(|n| &n.inside).map(SmolStr::from).collect();
        lexicon.local = sources.local.iter().map(|l| (l.words.iter().map(|w| key(w)).collect(), strings(&l.countries))).collect();
        for modifier in &sources.modifier {
            let number = lexicon.modifiers.len() as u32;
            lexicon.modifiers.push(Addition { sectors: strings(&modifier.sectors), kind: ActorKind::from_word(&modifier.kind) });
            for word in &modifier.words {
                lexicon.by_word.insert(key(word), number);
            }
        }
        let nouns = lexicon.by_phrase.keys().chain(lexicon.by_title.keys());
        let ends = nouns.flat_map(|phrase| [phrase.split(' ').next(), phrase.rsplit(' ').next()]).flatten();
        lexicon.noun_ends = ends.map(SmolStr::from).collect();
        lexicon.modifier_starts = lexicon.by_word.keys().filter_map(|phrase| phrase.split(' ').next()).map(SmolStr::from).collect();
        lexicon
    }

    /// Whether a token stands in a set of small words, as it is written or by its base form.
    fn stands_in(words: &FxHashSet<SmolStr>, text: &str, sentence: &Sentence, token: usize) -> bool {
        words.contains(sentence.form(token, text).to_lowercase().as_str())
            || words.contains(sentence.tokens[token].lemma.to_lowercase().as_str())
    }

    /// Where a list holds both people and bodies, tells them apart noun by noun; a list that says `people` itself is left alone.
    fn tell_people(&mut self, sources: &Sources) {
        let set = |lists: &[Nouns]| lists.iter().flat_map(|l| &l.nouns).map(|n| key(n)).collect::<FxHashSet<_>>();
        let (individuals, collectives) = (set(&sources.individuals), set(&sources.collectives));
        for agent in sources.agent.iter().filter(|a| a.people.is_none() && !a.metonym) {
            for word in &agent.nouns {
                let phrase = key(word);
                let last = phrase.rsplit(' ').next().unwrap_or(&phrase);
                let people = match (individuals.contains(&phrase) || individuals.contains(last), collectives.contains(last)) {
                    (true, _) => true,
                    (_, true) => false,
                    _ => continue,
                };
                let Some(noun) = self.by_phrase.get(&phrase).map(|at| self.nouns[*at as usize].clone()) else { continue };
                if noun.people != people {
                    self.nouns.push(Noun { people, ..noun });
                    self.by_phrase.insert(phrase, self.nouns.len() as u32 - 1);
                }
            }
        }
    }

    fn add(&mut self, words: &[String], noun: Noun) {
        let number = self.nouns.len() as u32;
        let by_word = noun.kind == ActorKind::Ministry && noun.suffix.is_empty();
        self.nouns.push(noun.clone());
        for word in words {
            // Where a list of ministries has no field in common, each has its own: `foreign`.
            let own = field(word);
            let number = if by_word && !own.is_empty() {
                self.nouns.push(Noun { suffix: own.to_lowercase().into(), ..noun.clone() });
                self.nouns.len() as u32 - 1
            } else {
                number
            };
            let key = key(word);
            if noun.office {
                // A title that elsewhere says nothing of whose ('spokesman', 'chief') takes its sense from what stands around it.
                let vague = self.by_phrase.get(&key).is_some_and(|at| self.nouns[*at as usize].sectors.is_empty());
                if !vague {
                    self.by_title.insert(key, number);
                }
            } else {
                self.by_phrase.insert(key, number);
            }
        }
    }

    /// Whether the noun names somebody else than the one it is said to belong to.
    pub fn is_apart(&self, text: &str, sentence: &Sentence, first: usize, end: usize) -> bool {
        let Some(last) = end.checked_sub(1) else { return false };
        let lemma = sentence.tokens[last].lemma.to_lowercase();
        self.apart.contains(lemma.as_str()) || {
            let before: String = (first..last).map(|t| sentence.form(t, text).to_lowercase() + " ").collect();
            self.apart.contains((before + &lemma).as_str())
        }
    }

    /// Whether the token counts what follows it.
    pub fn is_counting(&self, text: &str, sentence: &Sentence, token: usize) -> bool {
        let form = sentence.form(token, text).to_lowercase();
        self.counting.contains(sentence.tokens[token].lemma.as_str()) || self.counting.contains(form.as_str())
    }

    /// Whether the word says whose side somebody is on: 'allied', 'loyal'.
    pub fn is_siding(&self, word: &str) -> bool {
        self.siding.contains(word)
    }

    /// The phrases after which a group's own name stands, word by word.
    pub fn namings(&self) -> &[Vec<SmolStr>] {
        &self.namings
    }

    /// Whether a small word may stand inside a name: 'of', 'al'.
    pub fn is_inside_names(&self, word: &str) -> bool {
        self.inside_names.contains(word)
    }

    /// Whether the word, before the noun for a body, makes it one of a part of a country, in some country.
    pub fn is_local_word(&self, word: &str) -> bool {
        self.local.iter().any(|(words, _)| words.contains(word))
    }

    /// Whether it does so in this country (alpha-3): 'state' in India, where the states have governments.
    pub fn is_local(&self, word: &str, country: &str) -> bool {
        self.local.iter().any(|(words, countries)| words.contains(word) && (countries.is_empty() || countries.iter().any(|c| c == country)))
    }

    /// The noun phrase that ends with token `head` or continues it with 'of …': its meaning and its tokens.
    pub fn noun(&self, text: &str, sentence: &Sentence, head: usize) -> Option<(&Noun, usize, usize)> {
        if !Self::stands_in(&self.noun_ends, text, sentence, head) {
            return None;
        }
        let after = (head + LONGEST.min(4)).min(sentence.tokens.len());
        if sentence.tokens.get(head + 1).is_some_and(|t| t.lemma == "of") {
            for end in (head + 3..=after).rev() {
                if let Some(noun) = self.noun_of(text, sentence, head, end, head) {
                    return Some((noun, head, end));
                }
            }
        }
        let earliest = (head + 1).saturating_sub(LONGEST);
        (earliest..=head).find_map(|first| self.noun_of(text, sentence, first, head + 1, head).map(|noun| (noun, first, head + 1)))
    }

    /// What tokens `first..end` mean as a noun: in the singular a title first, in the plural a title last, since an office has one holder.
    fn noun_of(&self, text: &str, sentence: &Sentence, first: usize, end: usize, head: usize) -> Option<&Noun> {
        let plural = matches!(sentence.tokens[head].xpos, Xpos::Nns | Xpos::Nnps);
        let maps = if plural { [&self.by_phrase, &self.by_title] } else { [&self.by_title, &self.by_phrase] };
        maps.iter().find_map(|map| self.find(map, text, sentence, first, end, head)).map(|at| &self.nouns[at as usize])
    }

    /// The modifier that starts at token `first`, and one past its last token.
    pub fn modifier(&self, text: &str, sentence: &Sentence, first: usize, limit: usize) -> Option<(&Addition, usize)> {
        if !Self::stands_in(&self.modifier_starts, text, sentence, first) {
            return None;
        }
        let latest = (first + LONGEST).min(limit);
        (first + 1..=latest)
            .rev()
            .find_map(|end| self.find(&self.by_word, text, sentence, first, end, first).map(|at| (&self.modifiers[at as usize], end)))
    }

    /// What a bare word or phrase means as a noun.
    pub fn word(&self, phrase: &str) -> Option<&Noun> {
        let key = key(phrase);
        self.by_phrase.get(&key).or_else(|| self.by_title.get(&key)).map(|at| &self.nouns[*at as usize])
    }

    /// Looks tokens `first..end` up as they stand, then with the lemma of `inflected`: 'authorities' are more than an authority.
    fn find(
        &self,
        map: &FxHashMap<SmolStr, u32>,
        text: &str,
        sentence: &Sentence,
        first: usize,
        end: usize,
        inflected: usize,
    ) -> Option<u32> {
        let joined = |lemma: bool| {
            let mut joined = String::with_capacity(24);
            for token in first..end {
                if token > first {
                    joined.push(' ');
                }
                if lemma && token == inflected {
                    joined.push_str(&sentence.tokens[token].lemma.to_lowercase());
                } else {
                    joined.push_str(&sentence.form(token, text).to_lowercase());
                }
            }
            joined
        };
        map.get(joined(false).as_str()).or_else(|| map.get(joined(true).as_str())).copied()
    }
}
