//! Common nouns, modifiers and titles: short phrases of lemmas and what they mean.

use super::{ActorKind, source::Sources};
use griot_types::{Sentence, SmolStr};
use rustc_hash::FxHashMap;

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
}

fn strings(list: &[String]) -> Vec<SmolStr> {
    list.iter().map(SmolStr::from).collect()
}

/// A key as it is looked up: lower case, parts between spaces and hyphens.
fn key(phrase: &str) -> SmolStr {
    phrase.to_lowercase().replace('-', " - ").split_whitespace().collect::<Vec<_>>().join(" ").into()
}

impl Lexicon {
    /// From checked sources.
    pub fn build(sources: &Sources) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for agent in &sources.agent {
            let kind = ActorKind::from_word(&agent.kind).unwrap_or(ActorKind::Body);
            let suffix = match (agent.suffix.as_str(), kind) {
                ("", ActorKind::Ministry) => {
                    agent.nouns.first().filter(|n| n.contains(' ')).and_then(|n| n.split(' ').next()).unwrap_or_default()
                }
                (given, _) => given,
            };
            let people = agent.people.unwrap_or(
                matches!(
                    kind,
                    ActorKind::Military
                        | ActorKind::Police
                        | ActorKind::Group
                        | ActorKind::Militia
                        | ActorKind::Pmc
                        | ActorKind::Mission
                        | ActorKind::Civilian
                        | ActorKind::Person
                        | ActorKind::Unidentified
                ) && !agent.metonym,
            );
            lexicon.add(
                &agent.nouns,
                Noun {
                    kind,
                    sectors: strings(&agent.sectors),
                    force: agent.force,
                    people,
                    needs_modifier: agent.needs_modifier,
                    metonym: agent.metonym,
                    suffix: suffix.to_lowercase().into(),
                    office: false,
                },
            );
        }
        for unidentified in &sources.unidentified {
            let kind = ActorKind::Unidentified;
            let sectors = vec!["UAF".into()];
            let noun =
                Noun { kind, sectors, force: true, people: true, needs_modifier: false, metonym: false, suffix: "".into(), office: false };
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
                suffix: office.suffix.to_lowercase().into(),
                office: true,
            };
            lexicon.add(&office.titles, noun);
        }
        for modifier in &sources.modifier {
            let number = lexicon.modifiers.len() as u32;
            lexicon.modifiers.push(Addition { sectors: strings(&modifier.sectors), kind: ActorKind::from_word(&modifier.kind) });
            for word in &modifier.words {
                lexicon.by_word.insert(key(word), number);
            }
        }
        lexicon
    }

    fn add(&mut self, words: &[String], noun: Noun) {
        let number = self.nouns.len() as u32;
        self.nouns.push(noun);
        for word in words {
            self.by_phrase.insert(key(word), number);
        }
    }

    /// The noun phrase that ends with token `head` or continues it with 'of …': its meaning and its tokens.
    pub fn noun(&self, text: &str, sentence: &Sentence, head: usize) -> Option<(&Noun, usize, usize)> {
        let after = (head + LONGEST.min(4)).min(sentence.tokens.len());
        if sentence.tokens.get(head + 1).is_some_and(|t| t.lemma == "of") {
            for end in (head + 3..=after).rev() {
                if let Some(at) = self.find(&self.by_phrase, text, sentence, head, end, head) {
                    return Some((&self.nouns[at as usize], head, end));
                }
            }
        }
        let earliest = (head + 1).saturating_sub(LONGEST);
        (earliest..=head).find_map(|first| {
            self.find(&self.by_phrase, text, sentence, first, head + 1, head).map(|at| (&self.nouns[at as usize], first, head + 1))
        })
    }

    /// The modifier that starts at token `first`, and one past its last token.
    pub fn modifier(&self, text: &str, sentence: &Sentence, first: usize, limit: usize) -> Option<(&Addition, usize)> {
        let latest = (first + LONGEST).min(limit);
        (first + 1..=latest)
            .rev()
            .find_map(|end| self.find(&self.by_word, text, sentence, first, end, first).map(|at| (&self.modifiers[at as usize], end)))
    }

    /// What a bare word or phrase means as a noun.
    pub fn word(&self, phrase: &str) -> Option<&Noun> {
        self.by_phrase.get(&key(phrase)).map(|at| &self.nouns[*at as usize])
    }

    /// Looks tokens `first..end` up as they stand, then with the lemma of `inflected`.
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
        map.get(joined(true).as_str()).or_else(|| map.get(joined(false).as_str())).copied()
    }
}
