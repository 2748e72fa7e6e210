//! Names that a report introduces itself: 'Full Name (ACRONYM)', surnames after full names, unknown groups.

use super::{grammar::Grammar, mention::Mention};
use crate::dictionary::{ActorKind, Dictionary, Sense, Target, fold};
use griot_types::{Actor, NameKind, Upos};
use rustc_hash::FxHashMap;

/// Who was introduced.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The actor; its `text` is that of the introduction.
    pub actor: Actor,
    /// What it is.
    pub kind: ActorKind,
}

/// The report's own aliases, in the order of their introduction.
#[derive(Debug, Default)]
pub struct Introduced {
    actors: Vec<Known>,
    /// Name → its first actor, so that a long report costs no more a name than a short one.
    by_name: FxHashMap<String, u32>,
    /// Folded alias → actor, and whether it is an acronym.
    aliases: FxHashMap<String, (u32, bool)>,
}

impl Introduced {
    /// The actor with this number.
    pub fn actor(&self, number: u32) -> Option<&Known> {
        self.actors.get(number as usize)
    }

    /// The longest alias that starts at token `first`: one past its end, and the actor's number.
    pub fn longest(&self, grammar: &Grammar, folded: &[String], first: usize, shouting: bool) -> Option<(usize, u32)> {
        if self.aliases.is_empty() {
            return None;
        }
        let mut key = String::new();
        let mut best = None;
        for (end, piece) in folded.iter().enumerate().take(first + 8).skip(first) {
            key.push_str(piece);
            if let Some((number, acronym)) = self.aliases.get(&key).filter(|_| !piece.is_empty()) {
                let words = grammar.words(first, end + 1);
                let written = if *acronym { fold::in_capitals(words) } else { fold::has_capital(words) };
                if written || shouting {
                    best = Some((end + 1, *number));
                }
            }
        }
        best
    }

    /// Whether the alias is known already.
    pub fn knows(&self, alias: &str) -> bool {
        self.aliases.contains_key(&fold::fold(alias))
    }

    fn add(&mut self, alias: &str, actor: &Actor, kind: ActorKind) {
        let key = fold::fold(alias);
        if key.len() < 2 || self.aliases.contains_key(&key) {
            return;
        }
        let number = match self.by_name.get(&actor.name) {
            Some(at) if self.actors[*at as usize].kind == kind => *at,
            _ => {
                let number = self.actors.len() as u32;
                self.actors.push(Known { actor: actor.clone(), kind });
                self.by_name.insert(actor.name.clone(), number);
                number
            }
        };
        self.aliases.insert(key, (number, fold::in_capitals(alias)));
    }

    /// Learns from a sentence that has been read: brackets after names, and persons' surnames.
    pub fn learn(&mut self, dictionary: &Dictionary, grammar: &Grammar, mentions: &[Mention]) {
        for mention in mentions.iter().filter(|m| m.named) {
            self.learn_bracket(grammar, mention);
            if mention.kind == ActorKind::Person {
                self.learn_surname(dictionary, grammar, mention);
            } else if mention.actor.id.is_none() && mention.actor.name != mention.actor.text {
                // An unknown group with a name of its own: 'a group calling itself X'.
                self.add(&mention.actor.name.clone(), &mention.actor, mention.kind);
            }
        }
    }

    /// 'Full Name (ACRO)' and 'ACRO (Full Name)'.
    fn learn_bracket(&mut self, grammar: &Grammar, mention: &Mention) {
        let open = mention.core.1;
        if open + 2 >= grammar.count() {
            return;
        }
        let closing = match grammar.form(open) {
            "(" => ")",
            "[" => "]",
            _ => return,
        };
        let Some(close) = (open + 1..grammar.count().min(open + 12)).find(|t| grammar.form(*t) == closing) else { return };
        let inside = grammar.words(open + 1, close);
        let full = grammar.words(mention.core.0, mention.core.1);
        if close == open + 2 && fold::in_capitals(inside) || is_acronym_of(full, inside) || is_acronym_of(inside, full) {
            self.add(inside, &mention.actor, mention.kind);
        }
    }

    /// The last word of a person's full name, unless it is the name of a state, a people or a body: 'Israel' is not Israel Katz.
    fn learn_surname(&mut self, dictionary: &Dictionary, grammar: &Grammar, mention: &Mention) {
        let name = grammar
            .sentence
            .names
            .iter()
            .find(|n| n.kind == NameKind::Person && (n.first as usize) < mention.core.1 && mention.core.0 < n.end as usize);
        let (first, end) = name.map_or(mention.core, |n| (n.first as usize, n.end as usize));
        if end - first < 2 || grammar.upos(end - 1) != Upos::Propn {
            return;
        }
        let personal = |sense: &Sense| matches!(sense.target, Target::HolderShort(_) | Target::FigureShort(_));
        let free = |token: usize| dictionary.names().get(&fold::fold(grammar.form(token))).iter().all(personal);
        if free(end - 1) {
            self.add(grammar.form(end - 1), &mention.actor, ActorKind::Person);
        }
        // In much of the world the first name is the one in use: 'Getachew Reda … Getachew'.
        if grammar.upos(first) == Upos::Propn && free(first) {
            self.add(grammar.form(first), &mention.actor, ActorKind::Person);
        }
    }
}

/// Whether the letters of `short` are the initials of words of `full`, in order.
pub(super) fn is_acronym_of(full: &str, short: &str) -> bool {
    if !fold::in_capitals(short) || short.contains(' ') {
        return false;
    }
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    let initials = full.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next()).flat_map(char::to_uppercase);
    let mut wanted = letters.iter();
    let mut next = wanted.next();
    for initial in initials {
        if next == Some(&initial) {
            next = wanted.next();
        }
    }
    next.is_none() && letters.len() >= 2
}
