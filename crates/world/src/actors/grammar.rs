//! A sentence's tree, ready for questions that go down it.

use crate::dictionary::Lexicon;
use griot_types::{Deprel, Sentence, SmolStr, Upos, Xpos};

/// A sentence with its text and the dependents of each token.
pub struct Grammar<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Where each token's dependents start in `list`; one longer than the tokens.
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl<'a> Grammar<'a> {
    /// Sorts the tokens by their heads, once.
    pub fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        let count = sentence.tokens.len();
        let mut starts = vec![0u32; count + 1];
        for token in 0..count {
            if let Some(head) = sentence.head(token).filter(|h| *h < count) {
                starts[head + 1] += 1;
            }
        }
        for i in 0..count {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut list = vec![0; starts.last().copied().unwrap_or(0) as usize];
        for token in 0..count {
            if let Some(head) = sentence.head(token).filter(|h| *h < count) {
                list[next[head] as usize] = token as u32;
                next[head] += 1;
            }
        }
        Grammar { text, sentence, starts, list }
    }

    /// How many tokens there are.
    pub fn count(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// The token's dependents in order.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.list[self.starts[token] as usize..self.starts[token + 1] as usize].iter().map(|t| *t as usize)
    }

    /// The word as it stands.
    pub fn form(&self, token: usize) -> &'a str {
        self.sentence.form(token, self.text)
    }

    /// How it hangs on its head.
    pub fn deprel(&self, token: usize) -> Deprel {
        self.sentence.tokens[token].deprel
    }

    /// Its part of speech.
    pub fn upos(&self, token: usize) -> Upos {
        self.sentence.tokens[token].upos
    }

    /// Its Penn tag.
    pub fn xpos(&self, token: usize) -> Xpos {
        self.sentence.tokens[token].xpos
    }

    /// Its base form.
    pub fn lemma(&self, token: usize) -> &str {
        &self.sentence.tokens[token].lemma
    }

    /// The preposition that a nominal hangs by.
    pub fn case(&self, token: usize) -> Option<usize> {
        self.children(token).find(|c| *c < token && self.deprel(*c) == Deprel::Case && self.xpos(*c) != Xpos::Pos)
    }

    /// Whether the token is a noun or name.
    pub fn nominal(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::Propn)
    }

    /// Whether the token is a part of a larger name or noun and heads no phrase of its own.
    pub fn is_part(&self, token: usize) -> bool {
        matches!(
            self.deprel(token),
            Deprel::Compound | Deprel::Flat | Deprel::Fixed | Deprel::Goeswith | Deprel::NmodDesc | Deprel::Case | Deprel::Punct
        ) && self.sentence.head(token).is_some_and(|h| self.nominal(h) || self.upos(h) == Upos::Adj)
    }

    /// The bytes of tokens `first..end`.
    pub fn words(&self, first: usize, end: usize) -> &'a str {
        self.sentence.cover(first, end).of(self.text)
    }

    /// Where the leading run of a noun phrase starts: the determiners, adjectives, possessors and nouns before `head` that belong to it.
    /// `core` is the first token that is surely inside.
    pub fn left_edge(&self, head: usize, core: usize) -> usize {
        let mut first = core;
        while first > 0 && self.belongs_left(first - 1, first, head) {
            first -= 1;
        }
        // Marks, conjunctions and prepositions at the edge belong to what is before it, and so does a 'that' that cannot be a determiner.
        while first < core && (self.is_loose(first, head) || self.lemma(first) == "that" && self.is_plural(head)) {
            first += 1;
        }
        first
    }

    /// A word that opens no noun phrase.
    fn is_loose(&self, token: usize, head: usize) -> bool {
        let beside = self.upos(token) == Upos::Adv && self.sentence.head(token) == Some(head) && self.upos(token + 1) != Upos::Num;
        beside
            || matches!(self.upos(token), Upos::Punct | Upos::Cconj | Upos::Sconj | Upos::Sym | Upos::Aux | Upos::Part)
            || self.upos(token) == Upos::Adp
                && !self.children(token).any(|c| self.deprel(c) == Deprel::Fixed)
                && self.upos(token + 1) != Upos::Num
    }

    /// Whether `token`, just before `first`, hangs on something in `first..=head` by links of a noun phrase alone.
    fn belongs_left(&self, token: usize, first: usize, head: usize) -> bool {
        let mut at = token;
        for _ in 0..8 {
            let Some(up) = self.sentence.head(at) else { return false };
            let inside = (first..=head).contains(&up);
            let link = match self.deprel(at) {
                Deprel::Det
                | Deprel::DetPredet
                | Deprel::Amod
                | Deprel::Compound
                | Deprel::NmodPoss
                | Deprel::Nummod
                | Deprel::Flat
                | Deprel::NmodDesc
                | Deprel::Goeswith
                | Deprel::Fixed => true,
                Deprel::Advmod | Deprel::NmodUnmarked | Deprel::OblUnmarked => up != head || self.upos(at) == Upos::Adv,
                Deprel::Case => self.xpos(at) == Xpos::Pos || (up != head && inside && self.upos(up) != Upos::Propn),
                Deprel::Conj => up < at && up != head,
                Deprel::Cc => up != head,
                Deprel::Punct => up != head && self.xpos(at) == Xpos::Hyph || self.form(at) == "-" || (up != head && self.form(at) == ","),
                _ => self.xpos(at) == Xpos::Hyph && inside,
            };
            if !link {
                return false;
            }
            if inside {
                return true;
            }
            if up > head {
                return false;
            }
            at = up;
        }
        false
    }

    /// The first token after a leading count, 'At least 17 Nigerien soldiers' → 'Nigerien'; a phrase that a possessive or a definite word
    /// opens keeps its count. `counts` says which words count besides numerals.
    pub fn without_count(&self, first: usize, head: usize, counts: impl Fn(usize) -> bool) -> usize {
        let mut last = None;
        for token in first..head {
            match self.upos(token) {
                Upos::Num => last = Some(token),
                Upos::Pron => return first,
                Upos::Det if self.opens_definite(token) => return first,
                _ if counts(token) => last = Some(token),
                Upos::Noun | Upos::Propn => break,
                Upos::Adj if last.is_some() => break,
                _ => {}
            }
        }
        last.map_or(first, |token| token + 1)
    }

    /// 'the', 'this', 'those'.
    pub fn opens_definite(&self, token: usize) -> bool {
        let token = &self.sentence.tokens[token];
        token.upos == Upos::Det && (token.feature("Definite") == Some("Def") || token.feature("PronType") == Some("Dem"))
            || token.lemma == "the"
    }

    /// The name that a group gives itself from a token on: 'calling itself the Army of the Just', 'that calls itself X', 'known as X'.
    pub fn own_name(&self, lexicon: &Lexicon, at: usize) -> Option<(usize, usize)> {
        let count = self.count();
        let stands = |phrase: &Vec<SmolStr>| phrase.iter().enumerate().all(|(i, word)| at + i < count && self.form(at + i) == word);
        let phrase = lexicon.namings().iter().filter(|p| stands(p)).max_by_key(|p| p.len())?;
        let mut first = at + phrase.len();
        first += usize::from(first < count && self.form(first) == "the");
        let capital = |t: usize| t < count && self.form(t).starts_with(char::is_uppercase);
        let small = |t: usize| t < count && lexicon.is_inside_names(self.form(t));
        let mut end = first;
        while capital(end) || end > first && small(end) && (end + 1..end + 3).find(|t| !small(*t)).is_some_and(capital) {
            end += 1;
        }
        (end > first).then_some((first, end))
    }

    /// Whether the word names several.
    pub fn is_plural(&self, token: usize) -> bool {
        matches!(self.xpos(token), Xpos::Nns | Xpos::Nnps) || self.sentence.tokens[token].feature("Number") == Some("Plur")
    }
}
