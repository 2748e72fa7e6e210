//! One step of training: a batch of sentences through the net, the losses of its three heads, and back.

use super::{
    corpus::Sentence,
    gemm::{View, multiply_add},
    network::{Activations, Network, mask, softmax, transpose},
    oracle::Gold,
    random::Random,
    weak::UNKNOWN,
};
use griot_language::{
    features::FEATURES,
    names,
    net::{GAP, GAP_IDS, Layout},
    transitions::{Action, DISCRETE, NONE, POSITIONS, State},
};
use griot_types::{Upos, Xpos};

/// A sentence ready for the net.
#[derive(Clone, Debug)]
pub struct Example {
    pub rows: Vec<[u32; FEATURES]>,
    /// UPOS, XPOS and bundle of features of each word.
    pub tags: Option<Vec<[usize; 3]>>,
    pub gold: Option<Gold>,
    pub names: Option<Vec<u8>>,
    /// What its tags and tree weigh.
    pub weight: f32,
}

/// What the losses of a batch weigh and how much is dropped.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    pub tags: [f32; 3],
    pub names: f32,
    pub dropout: f32,
    pub explore: f32,
}

/// Sums of losses, for watching.
#[derive(Clone, Copy, Debug, Default)]
pub struct Losses {
    pub tags: f32,
    pub names: f32,
    pub parser: f32,
}

/// Lays examples out for the encoder. Words are replaced by 'unknown' where `drop` says so.
pub fn lay_out(examples: &[&Example], mut drop: impl FnMut(&mut [u32; FEATURES])) -> (Layout, Vec<[u32; FEATURES]>) {
    let mut layout = Layout::default();
    layout.clear();
    let mut ids = vec![GAP_IDS; GAP];
    for example in examples {
        layout.push(example.rows.len());
        for mut row in example.rows.iter().copied() {
            drop(&mut row);
            ids.push(row);
        }
        ids.extend([GAP_IDS; GAP]);
    }
    (layout, ids)
}

/// Computes all gradients of a batch.
pub fn learn(
    net: &mut Network,
    examples: &[&Example],
    actions: &[Action],
    weights: &Weights,
    random: &mut Random,
    drop: impl FnMut(&mut [u32; FEATURES]),
) -> Losses {
    // Sentences with trees come first, so that the rest can be left out of the products for tags and trees.
    let mut examples: Vec<&Example> = examples.to_vec();
    examples.sort_by_key(|e| e.gold.is_none());
    let examples = &examples[..];
    let (layout, ids) = lay_out(examples, drop);
    let acts = net.encode(&layout, &ids, Some((weights.dropout, random)));
    let scale = 1.0 / examples.iter().map(|e| e.rows.len()).sum::<usize>() as f32;
    let mut gradient = vec![0.0; layout.rows * net.sizes.hidden as usize];
    let mut tag_gradient = vec![0.0; gradient.len()];
    let losses = Losses {
        tags: learn_tags(net, examples, &layout, &acts, weights, scale, &mut tag_gradient),
        names: learn_names(net, examples, &layout, &acts, weights, scale, random, &mut gradient),
        parser: learn_parser(net, examples, actions, &layout, &acts, weights, scale, random, &mut gradient),
    };
    net.encode_backward(&layout, &ids, &acts, gradient, &tag_gradient);
    losses
}

/// The rows up to the last sentence with a tree.
fn tree_rows(examples: &[&Example], layout: &Layout) -> usize {
    let trees = examples.iter().zip(&layout.sentences).filter(|(e, _)| e.gold.is_some());
    trees.map(|(_, &(first, len))| first + len).max().unwrap_or(0)
}

fn learn_tags(
    net: &mut Network,
    examples: &[&Example],
    layout: &Layout,
    acts: &Activations,
    weights: &Weights,
    scale: f32,
    gradient: &mut [f32],
) -> f32 {
    let (hidden, n) = (net.sizes.hidden as usize, net.tags.outputs());
    let top = &acts.tag_input;
    let rows = tree_rows(examples, layout);
    let mut scores = acts.tag_scores[..rows * n].to_vec();
    let mut taught = vec![false; rows];
    let mut loss = 0.0;
    let (u, x) = (Upos::ALL.len(), Xpos::ALL.len());
    let ranges = [0..u, u..u + x, u + x..n];
    for (example, &(first, _)) in examples.iter().zip(&layout.sentences) {
        for (at, tags) in example.tags.iter().flatten().enumerate() {
            taught[first + at] = true;
            let row = &mut scores[(first + at) * n..(first + at + 1) * n];
            for ((range, &tag), &weight) in ranges.iter().zip(tags).zip(&weights.tags) {
                loss += softmax(&mut row[range.clone()], |_| true, |i| i == tag, weight * example.weight * scale);
            }
        }
    }
    for (row, _) in taught.iter().enumerate().filter(|(_, taught)| !**taught) {
        scores[row * n..(row + 1) * n].fill(0.0);
    }
    net.tags.backward(top, hidden, rows, &scores, gradient);
    loss
}

#[allow(clippy::too_many_arguments)]
fn learn_names(
    net: &mut Network,
    examples: &[&Example],
    layout: &Layout,
    acts: &Activations,
    weights: &Weights,
    scale: f32,
    random: &mut Random,
    gradient: &mut [f32],
) -> f32 {
    if examples.iter().all(|e| e.names.is_none()) {
        return 0.0;
    }
    let (hidden, own, n) = (net.sizes.hidden as usize, net.sizes.name_hidden as usize, names::LABELS);
    let top = &acts.layers[acts.layers.len() - 1];
    let rows = layout.rows - 2;
    let mut inner = net.names.forward(top, hidden, rows);
    let mut keep = mask(inner.len(), weights.dropout, random);
    for (x, k) in inner.iter_mut().zip(&mut keep) {
        if *x <= 0.0 {
            *k = 0.0;
        }
        *x *= *k;
    }
    let mut scores = net.name_out.forward(&inner, own, rows);
    let mut taught = vec![false; rows];
    let mut loss = 0.0;
    for (example, &(first, _)) in examples.iter().zip(&layout.sentences) {
        for (at, &label) in example.names.iter().flatten().enumerate() {
            if label == UNKNOWN {
                continue;
            }
            let row = first + at - 1;
            taught[row] = true;
            loss += softmax(&mut scores[row * n..(row + 1) * n], |_| true, |i| i == usize::from(label), weights.names * scale);
        }
    }
    for (row, _) in taught.iter().enumerate().filter(|(_, taught)| !**taught) {
        scores[row * n..(row + 1) * n].fill(0.0);
    }
    let mut inner_gradient = vec![0.0; inner.len()];
    net.name_out.backward(&inner, own, rows, &scores, &mut inner_gradient);
    for (g, k) in inner_gradient.iter_mut().zip(&keep) {
        *g *= k;
    }
    net.names.backward(top, hidden, rows, &inner_gradient, gradient);
    loss
}

/// The states that a batch of sentences went through.
#[derive(Default)]
struct Trace {
    positions: Vec<[u32; POSITIONS]>,
    discrete: Vec<[u16; DISCRETE]>,
    /// First row of the state's sentence.
    first: Vec<usize>,
    hidden: Vec<f32>,
    keep: Vec<f32>,
    /// Gradients of the actions' scores.
    scores: Vec<f32>,
}

#[allow(clippy::too_many_arguments)]
fn learn_parser(
    net: &mut Network,
    examples: &[&Example],
    actions: &[Action],
    layout: &Layout,
    acts: &Activations,
    weights: &Weights,
    scale: f32,
    random: &mut Random,
    gradient: &mut [f32],
) -> f32 {
    let (hidden, wide) = (net.sizes.hidden as usize, net.project.columns);
    let top = &acts.layers[acts.layers.len() - 1];
    let rows = tree_rows(examples, layout);
    let mut projected = vec![0.0; rows * wide];
    multiply_add(rows, wide, hidden, View::rows(top, hidden), &net.project.w, &mut projected, wide);
    let mut trace = Trace::default();
    let loss = walk(net, examples, actions, layout, &projected, weights, scale, random, &mut trace);
    if trace.first.is_empty() {
        return 0.0;
    }
    let width = net.sizes.parser_hidden as usize;
    let mut back = vec![0.0; trace.hidden.len()];
    net.actions.backward(&trace.hidden, width, trace.first.len(), &trace.scores, &mut back);
    projected.fill(0.0);
    for (at, back) in back.chunks_exact_mut(width).enumerate() {
        for (g, k) in back.iter_mut().zip(&trace.keep[at * width..]) {
            *g *= k;
        }
        for (position, &word) in trace.positions[at].iter().enumerate() {
            if word != NONE {
                let row = ((trace.first[at] + word as usize) * POSITIONS + position) * width;
                for (p, &g) in projected[row..row + width].iter_mut().zip(&*back) {
                    *p += g;
                }
            }
        }
        for &row in &trace.discrete[at] {
            net.state.add(usize::from(row), back);
        }
        net.parser_bias.add(0, back);
    }
    multiply_add(hidden, wide, rows, View::rows(top, hidden).turned(), &projected, &mut net.project.g, wide);
    let turned = transpose(&net.project.w, hidden, wide);
    multiply_add(rows, hidden, wide, View::rows(&projected, wide), &turned, gradient, hidden);
    loss
}

/// Parses all sentences side by side, following the net's own choice or the oracle's, and records states and gradients of scores.
#[allow(clippy::too_many_arguments)]
fn walk(
    net: &Network,
    examples: &[&Example],
    actions: &[Action],
    layout: &Layout,
    projected: &[f32],
    weights: &Weights,
    scale: f32,
    random: &mut Random,
    trace: &mut Trace,
) -> f32 {
    let (width, n) = (net.sizes.parser_hidden as usize, actions.len());
    let mut loss = 0.0;
    let mut best = Vec::new();
    let mut running: Vec<(usize, &Gold, State, f32)> = Vec::new();
    for (example, &(first, tokens)) in examples.iter().zip(&layout.sentences) {
        if let Some(gold) = &example.gold {
            let mut state = State::default();
            state.start(tokens);
            running.push((first, gold, state, example.weight * scale));
        }
    }
    while !running.is_empty() {
        let mut inner = Vec::with_capacity(running.len() * width);
        for (first, _, state, _) in &running {
            let positions = state.positions();
            let discrete = state.discrete(&positions);
            hide(net, projected, *first, &positions, &discrete, &mut inner);
            trace.positions.push(positions);
            trace.discrete.push(discrete);
            trace.first.push(*first);
        }
        let mut keep = mask(inner.len(), weights.dropout, random);
        for (x, k) in inner.iter_mut().zip(&mut keep) {
            if *x <= 0.0 {
                *k = 0.0;
            }
            *x *= *k;
        }
        let mut scores = net.actions.forward(&inner, width, running.len());
        for ((_, gold, state, weight), scores) in running.iter_mut().zip(scores.chunks_exact_mut(n)) {
            gold.best(state, actions, &mut best);
            let top = |good: &dyn Fn(usize) -> bool, scores: &[f32]| {
                (0..n)
                    .filter(|&i| good(i))
                    .fold(None, |top: Option<usize>, i| if top.is_some_and(|t| scores[t] >= scores[i]) { top } else { Some(i) })
            };
            let legal = |i: usize| state.allows(actions[i]);
            let chosen = if random.chance(weights.explore) { top(&legal, scores) } else { top(&|i| best[i], scores) };
            loss += softmax(scores, legal, |i| best[i], *weight);
            if let Some(chosen) = chosen {
                state.take(actions[chosen]);
            }
        }
        trace.hidden.extend(inner);
        trace.keep.extend(keep);
        trace.scores.extend(scores);
        running.retain(|(_, _, state, _)| !state.is_final());
    }
    loss
}

/// Heads and labels by the net in floats, of one sentence.
pub fn parse(net: &Network, example: &Example, actions: &[Action]) -> Gold {
    let (layout, ids) = lay_out(&[example], |_| {});
    let acts = net.encode(&layout, &ids, None);
    let (hidden, wide) = (net.sizes.hidden as usize, net.project.columns);
    let mut projected = vec![0.0; layout.rows * wide];
    multiply_add(layout.rows, wide, hidden, View::rows(&acts.layers[acts.layers.len() - 1], hidden), &net.project.w, &mut projected, wide);
    let mut state = State::default();
    state.start(example.rows.len());
    while !state.is_final() {
        let positions = state.positions();
        let mut inner = Vec::new();
        hide(net, &projected, GAP, &positions, &state.discrete(&positions), &mut inner);
        inner.iter_mut().for_each(|x| *x = x.max(0.0));
        let scores = net.actions.forward(&inner, inner.len(), 1);
        let legal = (0..actions.len()).filter(|&at| state.allows(actions[at]));
        let Some(best) = legal.reduce(|best, at| if scores[at] > scores[best] { at } else { best }) else { break };
        state.take(actions[best]);
    }
    let (heads, labels) = state.arcs().unzip();
    Gold { heads, labels }
}

/// Appends the parser's hidden layer, before it is rectified, for one state.
pub fn hide(net: &Network, projected: &[f32], first: usize, positions: &[u32; POSITIONS], discrete: &[u16; DISCRETE], out: &mut Vec<f32>) {
    let width = net.sizes.parser_hidden as usize;
    let from = out.len();
    out.extend_from_slice(&net.parser_bias.w);
    let sum = &mut out[from..];
    for (position, &word) in positions.iter().enumerate() {
        if word != NONE {
            let row = ((first + word as usize) * POSITIONS + position) * width;
            for (x, &add) in sum.iter_mut().zip(&projected[row..row + width]) {
                *x += add;
            }
        }
    }
    for &row in discrete {
        for (x, &add) in sum.iter_mut().zip(net.state.row(usize::from(row))) {
            *x += add;
        }
    }
}

/// Whether a sentence teaches anything.
pub fn teaches(sentence: &Sentence) -> bool {
    !sentence.forms.is_empty() && (sentence.tree.is_some() || sentence.names.is_some())
}
