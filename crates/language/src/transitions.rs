//! The arc-hybrid transition system with the root last (Kuhlmann, Gómez-Rodríguez & Satta 2011; Ballesteros & Nivre 2013).
//!
//! A state is a stack of words whose heads are not yet known and a buffer of words not yet read; behind the last word waits the root.
//! SHIFT moves the next word to the stack; LEFT hangs the top of the stack on the next word; RIGHT hangs it on the word below it. Every
//! word is shifted once and popped once, so a sentence of n words takes 2n steps, and with the two rules in [`State::may`] every sequence
//! of steps ends in a tree with one root.

use griot_types::{Deprel, ROOT};

/// One step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack hangs on the next word.
    Left(Deprel),
    /// The top of the stack hangs on the word below it.
    Right(Deprel),
}

impl Action {
    /// As the model writes it: `shift`, `left nsubj`, `right obj`.
    pub fn parse(line: &str) -> Option<Action> {
        match line.split_once(' ') {
            None => (line == "shift").then_some(Action::Shift),
            Some(("left", label)) => label.parse().ok().map(Action::Left),
            Some(("right", label)) => label.parse().ok().map(Action::Right),
            Some(_) => None,
        }
    }
}

/// Words of the state that the parser looks at: the stack's three uppermost, the buffer's first two, the outermost children of the
/// uppermost two, and the next word's leftmost child.
pub const POSITIONS: usize = 10;
/// Discrete features of the state, see [`State::discrete`].
pub const DISCRETE: usize = 10;

const LABELS: usize = Deprel::ALL.len() + 1;
const SIZES: [usize; DISCRETE] = [LABELS, LABELS, LABELS, LABELS, LABELS, 9, 9, 16, 4, 10];

/// How many values the discrete features have together.
pub const STATE_ROWS: usize = {
    let (mut sum, mut i) = (0, 0);
    while i < DISCRETE {
        sum += SIZES[i];
        i += 1;
    }
    sum
};

/// No word.
pub const NONE: u32 = u32::MAX;

/// What is known of a word's children so far.
#[derive(Clone, Copy, Debug)]
struct Word {
    head: u32,
    label: Deprel,
    leftmost: u32,
    rightmost: u32,
    left: u8,
    right: u8,
    /// By how much its arc was preferred; see `Token::margin`.
    margin: u8,
}

/// A state of the parser over one sentence.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Words without a head yet, in order.
    pub stack: Vec<u32>,
    /// The next word; the number of words stands for the root.
    pub next: u32,
    words: Vec<Word>,
}

impl State {
    /// The first state of a sentence of `tokens` words.
    pub fn start(&mut self, tokens: usize) {
        self.stack.clear();
        self.next = 0;
        self.words.clear();
        let word = Word { head: NONE, label: Deprel::Dep, leftmost: NONE, rightmost: NONE, left: 0, right: 0, margin: u8::MAX };
        self.words.resize(tokens, word);
    }

    /// The number of words, which as a head is the root.
    pub fn root(&self) -> u32 {
        self.words.len() as u32
    }

    /// Whether every word has its head.
    pub fn is_final(&self) -> bool {
        self.next == self.root() && self.stack.is_empty()
    }

    /// Whether SHIFT, any LEFT, any RIGHT may be taken. The root takes one child only, when all else hangs on it.
    pub fn may(&self) -> [bool; 3] {
        let (words, at_root) = (self.stack.len(), self.next == self.root());
        [!at_root, words > 0 && (!at_root || words == 1), words > 1]
    }

    /// Whether `action` may be taken: [`State::may`], and `root` is the label of the root alone.
    pub fn allows(&self, action: Action) -> bool {
        let [shift, left, right] = self.may();
        match action {
            Action::Shift => shift,
            Action::Left(label) => left && (label == Deprel::Root) == (self.next == self.root()),
            Action::Right(label) => right && label != Deprel::Root,
        }
    }

    /// Takes a step that [`State::allows`].
    pub fn take(&mut self, action: Action) {
        match action {
            Action::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Action::Left(label) => {
                if let Some(child) = self.stack.pop() {
                    self.hang(child, self.next, label);
                }
            }
            Action::Right(label) => {
                if let (Some(child), Some(&head)) = (self.stack.pop(), self.stack.last()) {
                    self.hang(child, head, label);
                }
            }
        }
    }

    /// The same for a step that was preferred to the next best by `margin`.
    pub fn take_by(&mut self, action: Action, margin: u8) {
        let child = self.stack.last().copied();
        self.take(action);
        if let (Some(child), Action::Left(_) | Action::Right(_)) = (child, action) {
            self.words[child as usize].margin = margin;
        }
    }

    /// By how much the arc of each word was preferred, in order.
    pub fn margins(&self) -> impl Iterator<Item = u8> + '_ {
        self.words.iter().map(|word| word.margin)
    }

    fn hang(&mut self, child: u32, head: u32, label: Deprel) {
        let word = &mut self.words[child as usize];
        (word.head, word.label) = (head, label);
        let Some(parent) = self.words.get_mut(head as usize) else { return };
        if child < head {
            // Left children come nearest first, so the last one is the leftmost.
            parent.leftmost = child;
            parent.left = (parent.left + 1).min(3);
        } else {
            parent.rightmost = child;
            parent.right = (parent.right + 1).min(3);
        }
    }

    /// Head and label of each word of a final state; the root's child has head [`ROOT`].
    pub fn arcs(&self) -> impl Iterator<Item = (u32, Deprel)> + '_ {
        let root = self.root();
        self.words.iter().map(move |w| (if w.head == root { ROOT } else { w.head }, w.label))
    }

    fn top(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at])
    }

    fn word(&self, word: u32) -> Option<&Word> {
        self.words.get(word as usize)
    }

    /// The words that the parser looks at, [`NONE`] where there is none.
    pub fn positions(&self) -> [u32; POSITIONS] {
        let (s0, s1, s2) = (self.top(0), self.top(1), self.top(2));
        let ahead = |by: u32| if self.next + by < self.root() { self.next + by } else { NONE };
        let b0 = ahead(0);
        let leftmost = |word| self.word(word).map_or(NONE, |w| w.leftmost);
        let rightmost = |word| self.word(word).map_or(NONE, |w| w.rightmost);
        [s0, s1, s2, b0, ahead(1), leftmost(s0), rightmost(s0), leftmost(s1), rightmost(s1), leftmost(b0)]
    }

    /// Rows (of [`STATE_ROWS`]) for the labels of the five children in [`State::positions`], the distances s0–b0 and s1–s0, the numbers of
    /// children of s0 and b0, and the height of the stack with whether the root is next.
    pub fn discrete(&self, positions: &[u32; POSITIONS]) -> [u16; DISCRETE] {
        let [s0, s1, _, b0, ..] = *positions;
        let label = |child: u32| self.word(child).map_or(0, |w| 1 + w.label as usize);
        let distance = |left: u32, right: u32| match (left, right) {
            (NONE, _) | (_, NONE) => 0,
            _ => match right - left {
                d @ 0..=4 => d as usize,
                5..=6 => 5,
                7..=10 => 6,
                11..=20 => 7,
                _ => 8,
            },
        };
        let children = self.word(s0).map_or(0, |w| usize::from(w.left * 4 + w.right));
        let before = self.word(b0).map_or(0, |w| usize::from(w.left));
        let height = self.stack.len().min(4) + if self.next == self.root() { 5 } else { 0 };
        let values = [
            label(positions[5]),
            label(positions[6]),
            label(positions[7]),
            label(positions[8]),
            label(positions[9]),
            distance(s0, b0),
            distance(s1, s0),
            children,
            before,
            height,
        ];
        let mut base = 0;
        let mut rows = [0; DISCRETE];
        for ((row, value), size) in rows.iter_mut().zip(values).zip(SIZES) {
            *row = (base + value) as u16;
            base += size;
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any legal choice of steps ends after 2n of them in a tree with one root.
    #[test]
    fn every_walk_ends_in_a_tree() {
        let mut seed = 7u64;
        for tokens in 1..40 {
            let mut state = State::default();
            state.start(tokens);
            let mut steps = 0;
            while !state.is_final() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let label = if state.next == state.root() { Deprel::Root } else { Deprel::Dep };
                let all = [Action::Shift, Action::Left(label), Action::Right(Deprel::Obj)];
                let legal: Vec<Action> = all.into_iter().filter(|&a| state.allows(a)).collect();
                assert!(!legal.is_empty());
                state.take(legal[(seed >> 33) as usize % legal.len()]);
                let positions = state.positions();
                assert!(state.discrete(&positions).iter().all(|&row| (row as usize) < STATE_ROWS));
                steps += 1;
            }
            assert_eq!(steps, 2 * tokens);
            let heads: Vec<u32> = state.arcs().map(|(head, _)| head).collect();
            assert_eq!(heads.iter().filter(|&&h| h == ROOT).count(), 1);
            for start in 0..tokens {
                let (mut word, mut up) = (start, 0);
                while heads[word] != ROOT {
                    word = heads[word] as usize;
                    up += 1;
                    assert!(up <= tokens, "a cycle");
                }
            }
        }
    }
}
