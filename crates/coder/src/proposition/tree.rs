//! A sentence's tree with its edges both ways, and the few questions that the proposition layer asks of it.

use griot_types::{Deprel, ROOT, Sentence, SmolStr, Token, Upos, Xpos};

/// A sentence and the children of each of its tokens.
pub struct Tree<'a> {
    /// The sentence.
    pub sentence: &'a Sentence,
    /// The report's text.
    pub text: &'a str,
    heads: Vec<u32>,
    deprels: Vec<Deprel>,
    starts: Vec<u32>,
    children: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Mends what no English tree can be (see `repair`) and sorts the tokens under their heads.
    pub fn new(sentence: &'a Sentence, text: &'a str) -> Self {
        let heads = sentence.tokens.iter().map(|t| t.head).collect();
        let deprels = sentence.tokens.iter().map(|t| t.deprel).collect();
        let mut tree = Tree { sentence, text, heads, deprels, starts: Vec::new(), children: Vec::new() };
        tree.sort();
        if super::repair::repair(&mut tree) {
            tree.sort();
        }
        tree
    }

    fn sort(&mut self) {
        let n = self.heads.len();
        self.starts = vec![0; n + 1];
        for &head in self.heads.iter().filter(|&&h| h != ROOT) {
            self.starts[head as usize + 1] += 1;
        }
        for i in 0..n {
            self.starts[i + 1] += self.starts[i];
        }
        let mut next = self.starts.clone();
        self.children = vec![0; self.starts[n] as usize];
        for (i, &head) in self.heads.iter().enumerate().filter(|(_, h)| **h != ROOT) {
            let slot = &mut next[head as usize];
            self.children[*slot as usize] = i as u32;
            *slot += 1;
        }
    }

    /// Hangs what is joined to a word inside a long name on the name: 'Islamic State in the Greater Sahara and JNIM' are two groups, not two deserts.
    /// `names` are the stretches of tokens that are one name each, `first..end`.
    pub fn keep_names(mut self, names: impl Iterator<Item = (usize, usize)>) -> Self {
        for (first, end) in names.filter(|(first, end)| end - first > 1) {
            let inside = first..end;
            let Some(head) = inside.clone().find(|&t| self.head(t).is_none_or(|h| !inside.contains(&h)) && self.deprel(t) != Deprel::Case)
            else {
                continue;
            };
            let astray = |t: usize| !inside.contains(&t) && self.deprel(t) == Deprel::Conj;
            let astray: Vec<usize> = inside
                .clone()
                .filter(|&t| t != head)
                .flat_map(|t| self.children(t).collect::<Vec<usize>>())
                .filter(|&t| astray(t))
                .collect();
            for token in astray {
                self.hang(token, head, Deprel::Conj);
            }
            // No word inside a name plays a part of its own outside: 'Tehreek-i-Taliban' says nothing.
            let apart: Vec<usize> = inside.clone().filter(|&t| t != head && self.head(t).is_some_and(|h| !inside.contains(&h))).collect();
            for token in apart {
                self.hang(token, head, Deprel::Flat);
            }
        }
        self
    }

    /// Hangs a token elsewhere; `false` where that would make a loop.
    pub(super) fn hang(&mut self, token: usize, head: usize, deprel: Deprel) -> bool {
        if self.dominates(token, head) {
            return false;
        }
        self.heads[token] = head as u32;
        self.deprels[token] = deprel;
        self.sort();
        true
    }

    /// Makes a token the root and hangs the old root on it.
    pub(super) fn crown(&mut self, token: usize, old: usize, deprel: Deprel) {
        self.heads[token] = ROOT;
        self.deprels[token] = Deprel::Root;
        self.heads[old] = token as u32;
        self.deprels[old] = deprel;
        self.sort();
    }

    /// Names a token's relation anew.
    pub(super) fn rename(&mut self, token: usize, deprel: Deprel) {
        self.deprels[token] = deprel;
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    /// One token.
    pub fn token(&self, at: usize) -> &'a Token {
        &self.sentence.tokens[at]
    }

    /// The token's lemma.
    pub fn lemma(&self, at: usize) -> &'a str {
        &self.sentence.tokens[at].lemma
    }

    /// The token's relation to its head.
    pub fn deprel(&self, at: usize) -> Deprel {
        self.deprels[at]
    }

    /// The token's head.
    pub fn head(&self, at: usize) -> Option<usize> {
        let head = self.heads[at];
        (head != ROOT).then_some(head as usize)
    }

    /// The token's dependents in order.
    pub fn children(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[self.starts[at] as usize..self.starts[at + 1] as usize].iter().map(|&c| c as usize)
    }

    /// The first dependent under one of these relations.
    pub fn child(&self, at: usize, deprels: &[Deprel]) -> Option<usize> {
        self.children(at).find(|&c| deprels.contains(&self.deprel(c)))
    }

    /// The preposition or prepositions that mark the token, as one lemma string: 'according to'. Empty for none.
    pub fn case(&self, at: usize) -> SmolStr {
        self.marker(at, Deprel::Case)
    }

    /// Whether the phrase opens with 'the', 'this' or 'those'.
    pub fn has_the(&self, at: usize) -> bool {
        let word = |c: usize| self.token(c);
        self.children(at).any(|c| {
            self.deprel(c) == Deprel::Det && (word(c).feature("Definite") == Some("Def") || word(c).feature("PronType") == Some("Dem"))
        })
    }

    /// Whether the phrase is one that the reader is taken to know: 'the attack', 'its raid', 'that offensive'.
    pub fn is_definite(&self, at: usize) -> bool {
        self.has_the(at) || self.child(at, &[Deprel::NmodPoss]).is_some()
    }

    /// The conjunction that opens the token's clause: 'because', 'in order to'.
    pub fn mark(&self, at: usize) -> SmolStr {
        self.marker(at, Deprel::Mark)
    }

    /// The conjunction of an adverbial clause, which may be an adverb: 'when', 'where'.
    pub fn conjunction(&self, at: usize) -> SmolStr {
        let mark = self.mark(at);
        if !mark.is_empty() {
            return mark;
        }
        let adverb = self.children(at).find(|&c| c < at && self.deprel(c) == Deprel::Advmod && self.token(c).xpos == Xpos::Wrb);
        adverb.map(|c| self.token(c).span.of(self.text).to_lowercase().into()).unwrap_or_default()
    }

    fn marker(&self, at: usize, deprel: Deprel) -> SmolStr {
        let mut words = Vec::new();
        for child in self.children(at).filter(|&c| self.deprel(c) == deprel && self.token(c).upos != Upos::Part || self.is_to(c, deprel)) {
            words.push(self.token(child).span.of(self.text).to_lowercase());
            words.extend(
                self.children(child).filter(|&f| self.deprel(f) == Deprel::Fixed).map(|f| self.token(f).span.of(self.text).to_lowercase()),
            );
        }
        // 'from near the border' keeps its first preposition: it says the direction, the second the place.
        SmolStr::from(words.join(" "))
    }

    /// Infinitival 'to' marks a clause; the possessive 's is no preposition.
    fn is_to(&self, at: usize, deprel: Deprel) -> bool {
        deprel == Deprel::Mark && self.deprel(at) == Deprel::Mark && self.lemma(at) == "to"
    }

    /// The token and all that hangs below it, in the order of the text.
    pub fn subtree(&self, at: usize) -> Vec<usize> {
        let mut found = vec![at];
        let mut next = 0;
        while next < found.len() {
            found.extend(self.children(found[next]));
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// The coordination that the token opens: itself and its conjuncts.
    pub fn conjuncts(&self, at: usize) -> Vec<usize> {
        let mut found = vec![at];
        let mut next = 0;
        while next < found.len() {
            found.extend(self.children(found[next]).filter(|&c| self.deprel(c) == Deprel::Conj));
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// Whether `below` hangs somewhere under `above`, or is it.
    pub fn dominates(&self, above: usize, below: usize) -> bool {
        let mut at = Some(below);
        // The parser promises a tree; the bound keeps a tree from elsewhere from looping.
        for _ in 0..=self.len() {
            match at {
                Some(i) if i == above => return true,
                Some(i) => at = self.head(i),
                None => return false,
            }
        }
        false
    }
}
