//! Sentences as the language layer reads them: Universal Dependencies, version 2.

use crate::{Deprel, SmolStr, Span, Upos, Xpos};

/// The head of a sentence's root.
pub const ROOT: u32 = u32::MAX;

/// One sentence: its tokens, their tree and the names in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// From the first token's first byte to the last token's last.
    pub span: Span,
    /// Which of the document's blocks it stands in.
    pub block: u32,
    /// The tokens in order.
    pub tokens: Vec<Token>,
    /// Names of persons, places and organisations, in order, not overlapping.
    pub names: Vec<Name>,
}

/// One word or mark, its tags and its place in the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where it stands in the document.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag.
    pub xpos: Xpos,
    /// Universal features, `Name=Value|Name=Value` in alphabetical order, empty for none.
    pub feats: SmolStr,
    /// The word's base form.
    pub lemma: SmolStr,
    /// The index of the token's head in [`Sentence::tokens`]; [`ROOT`] for the root.
    pub head: u32,
    /// How it hangs on its head.
    pub deprel: Deprel,
    /// By how much the parser preferred head and relation to the next best step, in tenths of the logarithm of their odds; 255 where nothing else
    /// was to be chosen or the tree was given.
    pub margin: u8,
}

impl Token {
    /// The value of a feature, such as `Number` or `VerbForm`.
    pub fn feature(&self, name: &str) -> Option<&str> {
        self.feats.split('|').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
    }
}

/// A name: tokens `first..end` of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// What it names.
    pub kind: NameKind,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation or armed group.
    Organisation,
}

impl Sentence {
    /// The word as it stands in the report.
    pub fn form<'t>(&self, token: usize, text: &'t str) -> &'t str {
        self.tokens[token].span.of(text)
    }

    /// The token's head, if it is not the root.
    pub fn head(&self, token: usize) -> Option<usize> {
        let head = self.tokens[token].head;
        (head != ROOT).then_some(head as usize)
    }

    /// The token's dependents in order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().enumerate().filter(move |(_, t)| t.head == token as u32).map(|(i, _)| i)
    }

    /// The bytes from the first to the last of tokens `first..end`.
    pub fn cover(&self, first: usize, end: usize) -> Span {
        Span::new(self.tokens[first].span.start, self.tokens[end - 1].span.end)
    }
}
