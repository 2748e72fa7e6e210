//! The dependency parser: a transition system driven greedily by a small net.
//!
//! What a token adds to the hidden layer at each position of the state is computed once for the whole batch (the trick of Chen & Manning
//! 2014, here over encoded tokens as in Kiperwasser & Goldberg 2016); a step then costs ten additions of vectors and one small product.
//! Trained with a dynamic oracle (Goldberg & Nivre 2013), so that it knows what to do after its own mistakes.

use crate::{
    kernels::{add_rows, multiply},
    net::Net,
    transitions::{Action, NONE, POSITIONS, State},
};

/// The parser's buffers, kept between batches.
#[derive(Debug, Default)]
pub struct Parser {
    projected: Vec<i32>,
    sums: Vec<i32>,
    hidden: Vec<f32>,
    rounded: Vec<u8>,
    scores: Vec<i32>,
    /// The state; final after [`Parser::parse`].
    pub state: State,
}

impl Parser {
    /// Prepares a batch of encoded tokens (`rows × hidden`, rounded).
    pub fn project(&mut self, net: &Net, encoded: &[u8], rows: usize) {
        let n = net.project.weights.n;
        self.projected.resize(rows * n, 0);
        multiply(encoded, net.sizes.hidden as usize, rows, net.project.weights, &mut self.projected);
    }

    /// Parses the sentence of `tokens` words whose first stands in row `first` of the batch. `step` is the parser's place among the net's
    /// quantisation steps.
    pub fn parse(&mut self, net: &Net, actions: &[Action], first: usize, tokens: usize) {
        self.state.start(tokens);
        let step = net.convs.len() + 3;
        while !self.state.is_final() {
            self.hide(net, first);
            net.quantise(step, &self.hidden, &mut self.rounded);
            self.scores.resize(net.actions.weights.n, 0);
            multiply(&self.rounded, 0, 1, net.actions.weights, &mut self.scores);
            let (action, margin) = self.best(net, actions);
            self.state.take_by(action, margin);
        }
    }

    /// The hidden layer for the present state.
    fn hide(&mut self, net: &Net, first: usize) {
        let width = net.sizes.parser_hidden as usize;
        let positions = self.state.positions();
        self.sums.clear();
        self.sums.resize(width, 0);
        let mut words: [&[i32]; POSITIONS] = [&[]; POSITIONS];
        for ((position, &word), row) in positions.iter().enumerate().zip(&mut words) {
            if word != NONE {
                *row = &self.projected[((first + word as usize) * POSITIONS + position) * width..][..width];
            }
        }
        add_rows(&words, &mut self.sums);
        self.hidden.clear();
        let scaled = self.sums.iter().zip(net.project.scale).zip(net.project.bias);
        self.hidden.extend(scaled.map(|((&sum, &scale), &bias)| sum as f32 * scale + bias));
        let discrete = self.state.discrete(&positions).map(|row| &net.state_rows[usize::from(row) * width..][..width]);
        add_rows(&discrete, &mut self.hidden);
    }

    /// The best legal action, of equal ones the first, and by how much it beats the next best, in tenths. Where the model knows no label for what must
    /// be done, the plainest one.
    fn best(&self, net: &Net, actions: &[Action]) -> (Action, u8) {
        let mut best: Option<(f32, Action)> = None;
        let mut next = f32::NEG_INFINITY;
        for (index, &action) in actions.iter().enumerate() {
            let score = self.scores[index] as f32 * net.actions.scale[index] + net.actions.bias[index];
            if score > next && self.state.allows(action) {
                match best {
                    Some((top, _)) if score <= top => next = score,
                    _ => {
                        next = best.map_or(next, |(top, _)| top);
                        best = Some((score, action));
                    }
                }
            }
        }
        // The cast saturates: what has no rival is as sure as can be.
        best.map_or_else(|| (self.fallback(), 0), |(top, action)| (action, ((top - next) * 10.0) as u8))
    }

    fn fallback(&self) -> Action {
        use griot_types::Deprel::{Dep, Root};
        match self.state.may() {
            [true, ..] => Action::Shift,
            [_, true, _] => Action::Left(Root),
            _ => Action::Right(Dep),
        }
    }
}
