//! The dynamic oracle of the arc-hybrid system (Goldberg & Nivre 2013, 'Training deterministic parsers with non-deterministic oracles').
//!
//! For any state, also one that no correct parse goes through, it says how many arcs of the gold tree each step would put out of reach.

use griot_language::transitions::{Action, State};
use griot_types::{Deprel, ROOT};

/// A gold tree: each word's head ([`ROOT`] for the root) and label.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    pub heads: Vec<u32>,
    pub labels: Vec<Deprel>,
}

impl Gold {
    /// The head, with the root as the number of words.
    fn head(&self, word: u32) -> u32 {
        match self.heads[word as usize] {
            ROOT => self.heads.len() as u32,
            head => head,
        }
    }

    /// Gold arcs lost by SHIFT, LEFT, RIGHT; `None` where the step may not be taken.
    pub fn costs(&self, state: &State) -> [Option<u32>; 3] {
        let [shift, left, right] = state.may();
        let (next, root) = (state.next, state.root());
        let top = state.stack.last().copied();
        let below = state.stack.iter().rev().nth(1).copied();
        let shift = shift.then(|| {
            // The next word loses its dependents on the stack, and its head there unless that is the top.
            let dependents = state.stack.iter().filter(|&&d| self.head(d) == next).count() as u32;
            let head = self.head(next);
            dependents + u32::from(Some(head) != top && state.stack.contains(&head))
        });
        let kids = |word: u32| (next..root).filter(|&d| self.head(d) == word).count() as u32;
        let left = top.filter(|_| left).map(|top| {
            let head = self.head(top);
            kids(top) + u32::from(head != next && (Some(head) == below || head > next))
        });
        let right = top.filter(|_| right).map(|top| kids(top) + u32::from(self.head(top) >= next));
        [shift, left, right]
    }

    /// Marks in `best` the actions that lose the fewest arcs, with the gold label where the word's label can be told.
    pub fn best(&self, state: &State, actions: &[Action], best: &mut Vec<bool>) {
        let costs = self.costs(state);
        let least = costs.iter().flatten().min().copied().unwrap_or(0);
        let label = state.stack.last().map(|&top| self.labels[top as usize]);
        let good = costs.map(|cost| cost == Some(least));
        best.clear();
        best.extend(actions.iter().map(|&action| match action {
            Action::Shift => good[0],
            Action::Left(l) => good[1] && Some(l) == label,
            Action::Right(l) => good[2] && Some(l) == label,
        }));
        for (b, &action) in best.iter_mut().zip(actions) {
            *b &= state.allows(action);
        }
        if !best.contains(&true) {
            // The label is unknown or makes no sense here (a root that can no longer be one): any label will do.
            best.clear();
            best.extend(actions.iter().map(|&action| match action {
                Action::Shift => good[0],
                Action::Left(_) => good[1] && state.allows(action),
                Action::Right(_) => good[2] && state.allows(action),
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 'Gunmen(2) attacked(root) villages(2)' with heads by index: following zero-cost steps rebuilds the tree.
    #[test]
    fn free_steps_rebuild_the_tree() {
        let gold = Gold {
            heads: vec![2, 2, 3, ROOT, 5, 3],
            labels: vec![Deprel::Det, Deprel::Amod, Deprel::Nsubj, Deprel::Root, Deprel::Det, Deprel::Obj],
        };
        let mut actions = vec![Action::Shift];
        for label in [Deprel::Det, Deprel::Amod, Deprel::Nsubj, Deprel::Root, Deprel::Obj] {
            actions.extend([Action::Left(label), Action::Right(label)]);
        }
        let mut state = State::default();
        state.start(6);
        let mut best = Vec::new();
        while !state.is_final() {
            assert!(gold.costs(&state).contains(&Some(0)));
            gold.best(&state, &actions, &mut best);
            let at = best.iter().position(|&b| b).unwrap();
            state.take(actions[at]);
        }
        let (heads, labels): (Vec<u32>, Vec<Deprel>) = state.arcs().unzip();
        assert_eq!(heads, gold.heads);
        assert_eq!(labels, gold.labels);
    }
}
