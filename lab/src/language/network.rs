//! The net in floats: what it computes of a batch, and the gradients of its losses. Its shape is that of `griot_language::net`.

use super::{
    adam::Param,
    gemm::{View, multiply_add},
    random::Random,
};
use griot_language::{
    features::FEATURES,
    names::LABELS,
    net::{CONV, GAP, Layout, Sizes, TAGS_AFTER, WINDOW},
    transitions::{POSITIONS, STATE_ROWS},
};
use griot_types::{Upos, Xpos};

/// All parameters.
#[derive(Clone, Debug)]
pub struct Network {
    pub sizes: Sizes,
    pub tables: [Param; FEATURES],
    pub window: Layer,
    pub convs: Vec<Layer>,
    /// UPOS, XPOS and features, side by side.
    pub tags: Layer,
    /// What each XPOS tag adds to the encoder.
    pub tag_rows: Param,
    pub names: Layer,
    pub name_out: Layer,
    pub project: Param,
    pub parser_bias: Param,
    pub state: Param,
    pub actions: Layer,
}

/// A linear layer.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Inputs by outputs.
    pub weights: Param,
    pub bias: Param,
}

impl Layer {
    fn new(inputs: usize, outputs: usize, random: &mut Random) -> Layer {
        Layer { weights: Param::layer(inputs, outputs, random), bias: Param::new(1, outputs, 0.0, random) }
    }

    /// Number of outputs.
    pub fn outputs(&self) -> usize {
        self.weights.columns
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.weights.w.len() / self.weights.columns
    }

    /// `rows` rows of outputs; input rows start `stride` apart.
    pub fn forward(&self, input: &[f32], stride: usize, rows: usize) -> Vec<f32> {
        let (k, n) = (self.inputs(), self.outputs());
        let mut out: Vec<f32> = self.bias.w.iter().copied().cycle().take(rows * n).collect();
        multiply_add(rows, n, k, View::rows(input, stride), &self.weights.w, &mut out, n);
        out
    }

    /// Adds to the layer's gradients and to those of its input.
    pub fn backward(&mut self, input: &[f32], stride: usize, rows: usize, out: &[f32], input_gradient: &mut [f32]) {
        let (k, n) = (self.inputs(), self.outputs());
        for row in out.chunks_exact(n) {
            for (g, &d) in self.bias.g.iter_mut().zip(row) {
                *g += d;
            }
        }
        multiply_add(k, n, rows, View::rows(input, stride).turned(), out, &mut self.weights.g, n);
        // Overlapping rows are added part by part, so that no product writes one element twice.
        let turned = transpose(&self.weights.w, k, n);
        let part = if stride == 0 { k } else { stride.min(k) };
        for from in (0..k).step_by(part) {
            let width = part.min(k - from);
            let block: Vec<f32> = (0..n).flat_map(|j| turned[j * k + from..j * k + from + width].iter().copied()).collect();
            multiply_add(rows, width, n, View::rows(out, n), &block, &mut input_gradient[from..], stride);
        }
    }

    fn step(&mut self, rate: f32, step: i32) {
        self.weights.step(rate, step);
        self.bias.step(rate, step);
    }
}

/// `k × n` to `n × k`.
pub fn transpose(matrix: &[f32], k: usize, n: usize) -> Vec<f32> {
    let mut out = vec![0.0; k * n];
    for i in 0..k {
        for j in 0..n {
            out[j * k + i] = matrix[i * n + j];
        }
    }
    out
}

/// Activations of one batch, all `rows` of its layout.
#[derive(Debug, Default)]
pub struct Activations {
    /// Embeddings side by side.
    pub input: Vec<f32>,
    input_mask: Vec<f32>,
    /// Each encoder layer's sum, the last of which the heads read.
    pub layers: Vec<Vec<f32>>,
    /// What each layer added was multiplied with: 0 where it was dropped or not positive.
    masks: Vec<Vec<f32>>,
    /// What the tags are read from.
    pub tag_input: Vec<f32>,
    /// The tags' scores, all rows.
    pub tag_scores: Vec<f32>,
    /// The best XPOS tag of each row.
    best: Vec<usize>,
}

impl Network {
    /// A net to be trained. `feature_rows` are the sizes of the embedding tables.
    pub fn new(sizes: Sizes, feature_rows: [usize; FEATURES], tags: usize, actions: usize, random: &mut Random) -> Network {
        let (hidden, own, parser) = (sizes.hidden as usize, sizes.name_hidden as usize, sizes.parser_hidden as usize);
        Network {
            sizes,
            tables: std::array::from_fn(|f| Param::table(feature_rows[f], sizes.columns[f] as usize, random)),
            window: Layer::new(WINDOW * sizes.input(), hidden, random),
            convs: (0..sizes.layers).map(|_| Layer::new(CONV * hidden, hidden, random)).collect(),
            tags: Layer::new(hidden, tags, random),
            tag_rows: Param::table(Xpos::ALL.len(), hidden, random),
            names: Layer::new(CONV * hidden, own, random),
            name_out: Layer::new(own, LABELS, random),
            project: Param::new(hidden, POSITIONS * parser, (3.0 / (4 * hidden) as f32).sqrt(), random),
            parser_bias: Param::new(1, parser, 0.0, random),
            state: Param::table(STATE_ROWS, parser, random),
            actions: Layer::new(parser, actions, random),
        }
    }

    /// Encodes a batch. With `dropout`, inputs and what layers add are dropped at these rates.
    pub fn encode(&self, layout: &Layout, ids: &[[u32; FEATURES]], dropout: Option<(f32, &mut Random)>) -> Activations {
        let (rows, hidden) = (layout.rows, self.sizes.hidden as usize);
        let inner = rows - 2 * GAP;
        let (rate, mut random) = match dropout {
            Some((rate, random)) => (rate, Some(random)),
            None => (0.0, None),
        };
        let mut acts = Activations { input: self.embed(ids), ..Activations::default() };
        if let Some(random) = random.as_deref_mut() {
            acts.input_mask = mask(acts.input.len(), rate * 0.6, random);
            for (x, m) in acts.input.iter_mut().zip(&acts.input_mask) {
                *x *= m;
            }
        }
        let mut sum = vec![0.0; rows * hidden];
        for step in 0..=self.convs.len() {
            let added = match step {
                0 => self.window.forward(&acts.input, self.sizes.input(), inner),
                _ => self.convs[step - 1].forward(&sum[(GAP - 1) * hidden..], hidden, inner),
            };
            let mut keep = match random.as_deref_mut() {
                Some(random) => mask(added.len(), rate, random),
                None => vec![1.0; added.len()],
            };
            let body = &mut sum[GAP * hidden..(GAP + inner) * hidden];
            for ((x, &a), k) in body.iter_mut().zip(&added).zip(&mut keep) {
                if a > 0.0 {
                    *x += a * *k;
                } else {
                    *k = 0.0;
                }
            }
            for row in layout.gaps() {
                sum[row * hidden..(row + 1) * hidden].fill(0.0);
            }
            if step == TAGS_AFTER {
                self.tag(layout, &mut sum, &mut acts);
            }
            acts.layers.push(sum.clone());
            acts.masks.push(keep);
        }
        acts
    }

    /// Scores tags and adds the best ones' rows to the tokens' vectors.
    fn tag(&self, layout: &Layout, sum: &mut [f32], acts: &mut Activations) {
        let (hidden, n) = (self.sizes.hidden as usize, self.tags.outputs());
        acts.tag_input = sum.to_vec();
        acts.tag_scores = self.tags.forward(sum, hidden, layout.rows);
        acts.best = vec![0; layout.rows];
        for &(first, tokens) in &layout.sentences {
            for row in first..first + tokens {
                let xpos = &acts.tag_scores[row * n + Upos::ALL.len()..][..Xpos::ALL.len()];
                let best = (1..xpos.len()).fold(0, |best, at| if xpos[at] > xpos[best] { at } else { best });
                acts.best[row] = best;
                for (x, &add) in sum[row * hidden..(row + 1) * hidden].iter_mut().zip(self.tag_rows.row(best)) {
                    *x = (*x + add).max(0.0);
                }
            }
        }
    }

    fn embed(&self, ids: &[[u32; FEATURES]]) -> Vec<f32> {
        let mut input = Vec::with_capacity(ids.len() * self.sizes.input());
        for row in ids {
            for (&id, table) in row.iter().zip(&self.tables) {
                input.extend_from_slice(table.row(id as usize));
            }
        }
        input
    }

    /// Takes the gradients of the encoder's output and of what the tags are read from back to the embeddings. The choice of a tag has none.
    pub fn encode_backward(&mut self, layout: &Layout, ids: &[[u32; FEATURES]], acts: &Activations, mut gradient: Vec<f32>, tags: &[f32]) {
        let (rows, hidden, width) = (layout.rows, self.sizes.hidden as usize, self.sizes.input());
        let inner = rows - 2 * GAP;
        let mut input_gradient = vec![0.0; rows * width];
        for step in (0..=self.convs.len()).rev() {
            for row in layout.gaps() {
                gradient[row * hidden..(row + 1) * hidden].fill(0.0);
            }
            if step == TAGS_AFTER {
                self.tag_backward(layout, acts, &mut gradient);
                for (g, &t) in gradient.iter_mut().zip(tags) {
                    *g += t;
                }
            }
            let body = &gradient[GAP * hidden..(GAP + inner) * hidden];
            let added: Vec<f32> = body.iter().zip(&acts.masks[step]).map(|(g, m)| g * m).collect();
            if step == 0 {
                self.window.backward(&acts.input, width, inner, &added, &mut input_gradient);
            } else {
                let from = (GAP - 1) * hidden;
                self.convs[step - 1].backward(&acts.layers[step - 1][from..], hidden, inner, &added, &mut gradient[from..]);
            }
        }
        for (g, m) in input_gradient.iter_mut().zip(&acts.input_mask) {
            *g *= m;
        }
        for (row, gradient) in ids.iter().zip(input_gradient.chunks_exact(width)) {
            let mut at = 0;
            for (&id, table) in row.iter().zip(&mut self.tables) {
                table.add(id as usize, &gradient[at..at + table.columns]);
                at += table.columns;
            }
        }
    }

    fn tag_backward(&mut self, layout: &Layout, acts: &Activations, gradient: &mut [f32]) {
        let hidden = self.sizes.hidden as usize;
        for &(first, tokens) in &layout.sentences {
            for row in first..first + tokens {
                let range = row * hidden..(row + 1) * hidden;
                for (g, &x) in gradient[range.clone()].iter_mut().zip(&acts.layers[TAGS_AFTER][range.clone()]) {
                    if x <= 0.0 {
                        *g = 0.0;
                    }
                }
                self.tag_rows.add(acts.best[row], &gradient[range]);
            }
        }
    }

    /// All parameters in a fixed order.
    pub fn params(&mut self) -> Vec<&mut Param> {
        let mut all: Vec<&mut Param> = self.tables.iter_mut().collect();
        all.extend([&mut self.project, &mut self.parser_bias, &mut self.state, &mut self.tag_rows]);
        for layer in self.convs.iter_mut().chain([&mut self.window, &mut self.tags, &mut self.names, &mut self.name_out, &mut self.actions])
        {
            all.extend([&mut layer.weights, &mut layer.bias]);
        }
        all
    }

    /// One step of Adam on all parameters.
    pub fn step(&mut self, rate: f32, step: i32) {
        for table in self.tables.iter_mut().chain([&mut self.project, &mut self.parser_bias, &mut self.state, &mut self.tag_rows]) {
            table.step(rate, step);
        }
        for layer in self.convs.iter_mut().chain([&mut self.window, &mut self.tags, &mut self.names, &mut self.name_out, &mut self.actions])
        {
            layer.step(rate, step);
        }
    }
}

/// Zeros at `rate`, the rest scaled so that sums stay (Srivastava et al. 2014).
pub fn mask(len: usize, rate: f32, random: &mut Random) -> Vec<f32> {
    let keep = 1.0 / (1.0 - rate);
    let bound = (rate * 65536.0) as u64;
    let mut out = Vec::with_capacity(len + 3);
    while out.len() < len {
        let bits = random.draw();
        for shift in [0, 16, 32, 48] {
            out.push(if bits >> shift & 0xffff < bound { 0.0 } else { keep });
        }
    }
    out.truncate(len);
    out
}

/// Turns scores into the gradient of `-log Σ p(good)` times `weight`; returns that loss. `legal` scores alone take part.
pub fn softmax(scores: &mut [f32], legal: impl Fn(usize) -> bool, good: impl Fn(usize) -> bool, weight: f32) -> f32 {
    let top = scores.iter().enumerate().filter(|(i, _)| legal(*i)).fold(f32::NEG_INFINITY, |m, (_, &s)| m.max(s));
    let (mut all, mut right) = (0.0, 0.0);
    for (i, s) in scores.iter_mut().enumerate() {
        *s = if legal(i) { (*s - top).exp() } else { 0.0 };
        all += *s;
        if good(i) {
            right += *s;
        }
    }
    let share = (right / all).max(1e-9);
    for (i, s) in scores.iter_mut().enumerate() {
        let p = *s / all;
        *s = weight * if good(i) { p - p / share } else { p };
    }
    -share.ln() * weight
}
