//! From floats to the shipped model: 8-bit weights, 7-bit activations.

use super::{
    batch::{Example, hide, lay_out},
    count::Counted,
    gemm::{View, multiply_add},
    network::{Layer, Network},
    oracle::Gold,
    vocabulary::Vocabulary,
};
use griot_language::{
    features::FEATURES,
    kernels::{LANES, pack},
    model::{Section, Writer},
    net::Layout,
    transitions::{Action, State},
};

/// The share of activations that may be cut off at the top.
const CUT: f64 = 0.0002;

/// Everything a model holds.
pub struct Model<'a> {
    pub net: &'a Network,
    pub vocabulary: &'a Vocabulary,
    pub actions: &'a [Action],
    pub feats: &'a [String],
    pub feats_xpos: &'a [u64],
    pub counted: &'a Counted,
}

/// The model file's bytes. `sample` shows how large activations get.
pub fn write(model: &Model, sample: &[&Example], id: &str) -> Vec<u8> {
    use Section::*;
    let mut writer = Writer::default();
    let net = model.net;
    let keys = [
        (WordKeys, WordValues, WordRows),
        (Suffix3Keys, Suffix3Values, Suffix3Rows),
        (Suffix2Keys, Suffix2Values, Suffix2Rows),
        (Prefix3Keys, Prefix3Values, Prefix3Rows),
        (ShapeKeys, ShapeValues, ShapeRows),
    ];
    let step = embedding_step(net);
    for (feature, (k, v, rows)) in keys.into_iter().enumerate() {
        let mut entries: Vec<(u64, u32)> = model.vocabulary.rows[feature].iter().map(|(&h, &r)| (h, r)).collect();
        entries.sort_by_key(|&(_, row)| row);
        writer.table(k, v, &entries);
        let bytes: Vec<u8> = net.tables[feature].w.iter().map(|&w| ((w / step).round() + 64.0).clamp(0.0, 127.0) as u8).collect();
        writer.array(rows, &bytes);
    }
    let ranges = activation_ranges(net, model.actions, sample);
    let steps: Vec<f32> = ranges.iter().map(|&top| 127.0 / top).collect();
    writer.array(Sizes, &[net.sizes]);
    writer.array(Scales, &steps);
    let top = |layer: usize| 1.0 / steps[layer];
    let last = net.convs.len();
    Quantised::of(&net.window, step, 64).write(&mut writer, WindowWeights, WindowScale, WindowBias);
    let mut convs = Quantised::default();
    for (at, conv) in net.convs.iter().enumerate() {
        convs.append(Quantised::of(conv, top(at), 0));
    }
    convs.write(&mut writer, ConvWeights, ConvScale, ConvBias);
    writer.array(TagRows, &net.tag_rows.w);
    Quantised::of(&net.tags, top(last + 1), 0).write(&mut writer, TagWeights, TagScale, TagBias);
    Quantised::of(&net.names, top(last), 0).write(&mut writer, NameWeights, NameScale, NameBias);
    Quantised::of(&net.name_out, top(last + 2), 0).write(&mut writer, NameOutWeights, NameOutScale, NameOutBias);
    project(net, top(last)).write(&mut writer, ProjectWeights, ProjectScale, ProjectBias);
    writer.array(StateRows, &net.state.w);
    Quantised::of(&net.actions, top(last + 3), 0).write(&mut writer, ActionWeights, ActionScale, ActionBias);
    writer.lines(Feats, model.feats);
    writer.array(FeatsXpos, model.feats_xpos);
    let lines: Vec<String> = model.actions.iter().map(line).collect();
    writer.lines(Labels, &lines);
    model.counted.write(&mut writer);
    writer.finish(id)
}

fn line(action: &Action) -> String {
    match action {
        Action::Shift => "shift".to_owned(),
        Action::Left(label) => format!("left {label}"),
        Action::Right(label) => format!("right {label}"),
    }
}

/// A layer in integers.
#[derive(Default)]
struct Quantised {
    weights: Vec<i8>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Quantised {
    /// `input` is the value of one step of the layer's input, `zero` the step that stands for 0.
    fn of(layer: &Layer, input: f32, zero: i32) -> Quantised {
        let (k, n) = (layer.inputs(), layer.outputs());
        let tops: Vec<f32> = (0..n).map(|j| (0..k).fold(1e-9f32, |top, i| top.max(layer.weights.w[i * n + j].abs()))).collect();
        let mut out = Quantised::from_tops(&layer.weights.w, k, n, &tops, input);
        let wide = n.next_multiple_of(LANES);
        out.bias = layer.bias.w.clone();
        for (j, bias) in out.bias.iter_mut().enumerate() {
            let step = tops[j] / 127.0;
            let sum: i32 = (0..k).map(|i| (layer.weights.w[i * n + j] / step).round() as i32).sum();
            *bias -= (zero * sum) as f32 * out.scale[j];
        }
        out.bias.resize(wide, 0.0);
        out
    }

    fn from_tops(weights: &[f32], k: usize, n: usize, tops: &[f32], input: f32) -> Quantised {
        let rounded: Vec<i8> = (0..k * n).map(|at| (weights[at] / (tops[at % n] / 127.0)).round().clamp(-127.0, 127.0) as i8).collect();
        let mut scale: Vec<f32> = tops.iter().map(|top| top / 127.0 * input).collect();
        scale.resize(n.next_multiple_of(LANES), 0.0);
        Quantised { weights: pack(&rounded, k, n), scale, bias: Vec::new() }
    }

    fn append(&mut self, other: Quantised) {
        self.weights.extend(other.weights);
        self.scale.extend(other.scale);
        self.bias.extend(other.bias);
    }

    fn write(&self, writer: &mut Writer, weights: Section, scale: Section, bias: Section) {
        writer.array(weights, &self.weights);
        writer.array(scale, &self.scale);
        writer.array(bias, &self.bias);
    }
}

/// The parser's projection: one scale for each hidden unit over all positions, so that positions are added as integers.
fn project(net: &Network, input: f32) -> Quantised {
    let (k, n, width) = (net.sizes.hidden as usize, net.project.columns, net.sizes.parser_hidden as usize);
    let mut tops = vec![1e-9f32; width];
    for (at, w) in net.project.w.iter().enumerate() {
        let unit = at % n % width;
        tops[unit] = tops[unit].max(w.abs());
    }
    let all: Vec<f32> = (0..n).map(|j| tops[j % width]).collect();
    let mut out = Quantised::from_tops(&net.project.w, k, n, &all, input);
    out.scale.truncate(width);
    out.bias = net.parser_bias.w.clone();
    out
}

/// The value of one step of the embeddings: what is beyond 63 of them is cut.
fn embedding_step(net: &Network) -> f32 {
    let mut all: Vec<f32> = net.tables.iter().flat_map(|t| t.w.iter().map(|w| w.abs())).collect();
    quantile(&mut all, 0.0001) / 63.0
}

/// The value that a share `cut` of `values` exceeds.
fn quantile(values: &mut [f32], cut: f64) -> f32 {
    if values.is_empty() {
        return 1.0;
    }
    let at = ((values.len() - 1) as f64 * (1.0 - cut)) as usize;
    values.select_nth_unstable_by(at, f32::total_cmp);
    values[at].max(1e-6)
}

/// How large the encoder's layers, what tags are read from, the name finder's and the parser's hidden layers get.
fn activation_ranges(net: &Network, actions: &[Action], sample: &[&Example]) -> Vec<f32> {
    let mut seen: Vec<Vec<f32>> = vec![Vec::new(); net.convs.len() + 4];
    for examples in sample.chunks(16) {
        let (layout, ids): (Layout, Vec<[u32; FEATURES]>) = lay_out(examples, |_| {});
        let acts = net.encode(&layout, &ids, None);
        for (layer, values) in acts.layers.iter().enumerate() {
            seen[layer].extend(values.iter().copied().filter(|&v| v > 0.0));
        }
        let hidden = net.sizes.hidden as usize;
        let top = &acts.layers[net.convs.len()];
        seen[net.convs.len() + 1].extend(acts.tag_input.iter().copied().filter(|&v| v > 0.0));
        seen[net.convs.len() + 2].extend(net.names.forward(top, hidden, layout.rows - 2).into_iter().filter(|&v| v > 0.0));
        let wide = net.project.columns;
        let mut projected = vec![0.0; layout.rows * wide];
        multiply_add(layout.rows, wide, hidden, View::rows(top, hidden), &net.project.w, &mut projected, wide);
        for (example, &(first, _)) in examples.iter().zip(&layout.sentences) {
            if let Some(gold) = &example.gold {
                let states = gold_states(gold, actions);
                for state in states {
                    let positions = state.positions();
                    let mut inner = Vec::new();
                    hide(net, &projected, first, &positions, &state.discrete(&positions), &mut inner);
                    seen[net.convs.len() + 3].extend(inner.into_iter().filter(|&v| v > 0.0));
                }
            }
        }
    }
    seen.iter_mut().map(|values| quantile(values, CUT)).collect()
}

/// The states on the way to the gold tree.
fn gold_states(gold: &Gold, actions: &[Action]) -> Vec<State> {
    let (mut state, mut best, mut states) = (State::default(), Vec::new(), Vec::new());
    state.start(gold.heads.len());
    while !state.is_final() {
        gold.best(&state, actions, &mut best);
        let Some(at) = best.iter().position(|&b| b) else { break };
        states.push(state.clone());
        state.take(actions[at]);
    }
    states
}
