//! Who does what, with the grammar undone.
//!
//! A [`Proposition`] is one predicate (a verb, a noun for an act, an adjective) with its arguments under the deep roles of `docs/FRAMES.md`:
//! passives are turned, relative pronouns stand for their antecedents, subjects are shared over conjunction, control and participles, and each
//! proposition knows which other governs it and how. Frames work on propositions and need no grammar.

mod nouns;
mod repair;
mod share;
mod tree;
mod verbs;

pub(crate) use share::is_elliptical;
pub use tree::Tree;
pub(crate) use verbs::stronger;

use crate::codebook::{Form, Grammar, Index};
use griot_types::{Sentence, SmolStr, Status};

/// One predicate and its arguments.
#[derive(Clone, Debug)]
pub struct Proposition {
    /// The predicate's token.
    pub head: usize,
    /// What kind of word it is.
    pub form: Form,
    /// Its lemma, in lower case.
    pub lemma: SmolStr,
    /// Particles of a verb: 'out' of 'pull out'.
    pub particles: Vec<(SmolStr, usize)>,
    /// Whether the clause is passive (its arguments are in deep roles all the same).
    pub passive: bool,
    /// The form of its clause.
    pub clause: ClauseForm,
    /// What fills its roles.
    pub arguments: Vec<Argument>,
    /// Whether it is negated.
    pub negated: bool,
    /// The status that its own auxiliaries, adverbs and conjunction give it.
    pub modality: Option<Status>,
    /// What it hangs on.
    pub governor: Option<Governor>,
}

/// The form of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseForm {
    /// 'troops left'.
    Finite,
    /// 'to leave'.
    Infinitive,
    /// 'leaving'.
    Gerund,
    /// 'sent by Paris'.
    Participle,
    /// A noun or an adjective that modifies one.
    Nominal,
}

/// What fills a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The role: `subj`, `obj`, `iobj`, `comp`, `self`, `mod`, `of`, `poss` or a preposition.
    pub role: SmolStr,
    /// The filler's head token.
    pub token: usize,
    /// How it came to fill it.
    pub origin: Origin,
}

/// How a filler came to its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It stands there.
    Own,
    /// It is shared with another proposition.
    Shared,
    /// A relative pronoun stands for it.
    Relative(usize),
}

/// What a proposition hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Governor {
    /// The governing proposition's number.
    pub proposition: usize,
    /// How.
    pub link: Link,
}

/// How a proposition hangs on its governor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// It fills this role, or stands inside what fills it.
    Role(SmolStr),
    /// An adverbial clause under this conjunction ('' for a bare participle).
    Adverbial(SmolStr),
    /// A relative clause or a participle on a noun inside the governor.
    Relative,
    /// Loosely beside it: '…, the ministry said'.
    Beside,
}

impl Proposition {
    /// A bare proposition at a token.
    fn new(head: usize, form: Form, lemma: &str) -> Self {
        Proposition {
            head,
            form,
            lemma: lemma.to_lowercase().into(),
            particles: Vec::new(),
            passive: false,
            clause: ClauseForm::Nominal,
            arguments: Vec::new(),
            negated: false,
            modality: None,
            governor: None,
        }
    }

    /// What fills a role, as the arguments stand.
    pub fn fillers<'p>(&'p self, role: &'p str) -> impl Iterator<Item = &'p Argument> + 'p {
        self.arguments.iter().filter(move |a| a.role == role)
    }

    /// Whether a role is filled.
    pub fn has(&self, role: &str) -> bool {
        self.arguments.iter().any(|a| a.role == role)
    }

    fn add(&mut self, role: impl Into<SmolStr>, token: usize, origin: Origin) {
        let role = role.into();
        if !self.arguments.iter().any(|a| a.role == role && a.token == token) {
            self.arguments.push(Argument { role, token, origin });
        }
    }
}

/// All propositions of one sentence, in the order of their heads.
#[derive(Clone, Debug, Default)]
pub struct Propositions {
    /// The propositions.
    pub list: Vec<Proposition>,
    at: Vec<Option<u32>>,
}

impl Propositions {
    /// Reads a sentence. `index` tells which nouns and adjectives are predicates.
    pub fn read(tree: &Tree, index: &Index, grammar: &Grammar) -> Propositions {
        let mut all = Propositions { list: Vec::new(), at: vec![None; tree.len()] };
        for token in 0..tree.len() {
            let found = verbs::read(tree, token, index, grammar).or_else(|| nouns::read(tree, token, index, grammar));
            if let Some(proposition) = found {
                all.at[token] = Some(all.list.len() as u32);
                all.list.push(proposition);
            }
        }
        share::govern(tree, &mut all);
        share::share(tree, &mut all, grammar);
        all
    }

    /// The proposition whose predicate stands at a token.
    pub fn at(&self, token: usize) -> Option<usize> {
        self.at.get(token).copied().flatten().map(|i| i as usize)
    }

    /// The proposition at the token, or at what it is a series, a wave, a number of.
    pub fn inside(&self, tree: &Tree, token: usize) -> Option<usize> {
        self.at(token).or_else(|| {
            tree.children(token).filter(|&c| tree.deprel(c) == griot_types::Deprel::Nmod && tree.case(c) == "of").find_map(|c| self.at(c))
        })
    }
}

/// The text of the tree, for people: one line a token.
pub fn show(sentence: &Sentence, text: &str) -> String {
    let mut out = String::new();
    for (i, token) in sentence.tokens.iter().enumerate() {
        let head = sentence.head(i).map_or("root", |h| sentence.form(h, text));
        out.push_str(&format!("{i:3} {:16} {:6} {:12} {:14} {head}\n", sentence.form(i, text), token.upos, token.deprel, token.lemma));
    }
    out
}
