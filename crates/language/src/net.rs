//! The net as it lies in the model, and its encoder: tokens → one vector each that tagger, parser and name finder read.
//!
//! A token's embeddings, and those of two neighbours on each side, go through one layer; then residual convolutions over three tokens
//! widen the view by one token on each side each (after Collobert et al. 2011 and He et al. 2016). Tags are read after the first convolution,
//! and the best XPOS tag of each token is added to its vector, so that the later layers see their neighbours' tags (after Zhang & Weiss
//! 2016, stack-propagation). All activations are rectified, so
//! they are never negative and fit 7 bits without a sign. Sums are integers; the little that is done in floating point is done one
//! element at a time, so every processor computes the same.

use crate::{
    features::{FEATURES, PAD},
    hash::Table,
    kernels::{LANES, Packed, multiply},
    model::{Error, Section, Sections},
    tagger::Tagger,
};

/// Empty rows between two sentences, as many as a window reaches beyond its middle.
pub const GAP: usize = 2;
/// Tokens that the first layer sees at once.
pub const WINDOW: usize = 5;
/// Tags are read after so many convolutions.
pub const TAGS_AFTER: usize = 1;
/// Tokens that a convolution sees at once.
pub const CONV: usize = 3;

/// The net's sizes, as the model's first section holds them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Sizes {
    /// Columns of the five embedding tables; each a multiple of 4.
    pub columns: [u32; FEATURES],
    /// Width of the encoder; a multiple of 16.
    pub hidden: u32,
    /// Residual convolutions.
    pub layers: u32,
    /// Width of the name finder's own layer; a multiple of 16.
    pub name_hidden: u32,
    /// Width of the parser's hidden layer; a multiple of 16.
    pub parser_hidden: u32,
}

impl Sizes {
    /// Width of a token's embeddings together.
    pub fn input(&self) -> usize {
        self.columns.iter().map(|&c| c as usize).sum()
    }
}

/// A linear layer: `y[j] = sum[j] · scale[j] + bias[j]`, where `sum` is the integer product. The scale undoes both quantisations; the
/// bias holds the layer's own and what the inputs' zero point adds.
#[derive(Clone, Copy, Debug)]
pub struct Linear<'m> {
    /// The weights.
    pub weights: Packed<'m>,
    /// One for each output.
    pub scale: &'m [f32],
    /// One for each output.
    pub bias: &'m [f32],
}

/// All of the net.
#[derive(Clone, Debug)]
pub struct Net<'m> {
    /// Its sizes.
    pub sizes: Sizes,
    /// What an activation is multiplied with before it is rounded to 7 bits: the encoder's layers, what tags read, names, parser.
    pub steps: &'m [f32],
    /// Look-up of features.
    pub tables: [Table<'m>; FEATURES],
    /// Embedding rows, one byte a column.
    pub rows: [&'m [u8]; FEATURES],
    /// The first layer.
    pub window: Linear<'m>,
    /// The convolutions.
    pub convs: Vec<Linear<'m>>,
    /// UPOS, XPOS and features, side by side.
    pub tags: Linear<'m>,
    /// What each XPOS tag adds to the encoder.
    pub tag_rows: &'m [f32],
    /// The name finder's hidden layer, over three tokens.
    pub names: Linear<'m>,
    /// Its labels.
    pub name_out: Linear<'m>,
    /// What a token adds to the parser's hidden layer at each position of the state, side by side; one scale and bias for all.
    pub project: Linear<'m>,
    /// What discrete features of the state add.
    pub state_rows: &'m [f32],
    /// The parser's actions.
    pub actions: Linear<'m>,
}

impl<'m> Net<'m> {
    /// Finds the net's parts in the model. Looks at no weight, so it costs a microsecond.
    pub fn resolve(sections: &Sections<'m>) -> Result<Net<'m>, Error> {
        use Section::{
            ActionBias, ActionScale, ActionWeights, ConvBias, ConvScale, ConvWeights, NameBias, NameOutBias, NameOutScale, NameOutWeights,
            NameScale, NameWeights, Prefix3Keys, Prefix3Rows, Prefix3Values, ProjectBias, ProjectScale, ProjectWeights, Scales, ShapeKeys,
            ShapeRows, ShapeValues, StateRows, Suffix2Keys, Suffix2Rows, Suffix2Values, Suffix3Keys, Suffix3Rows, Suffix3Values, TagBias,
            TagRows, TagScale, TagWeights, WindowBias, WindowScale, WindowWeights, WordKeys, WordRows, WordValues,
        };
        let sizes: Sizes = *sections.array::<Sizes>(Section::Sizes)?.first().ok_or(Error::Damaged("sizes"))?;
        if sizes.layers > 16 || sizes.columns.iter().any(|c| c % 4 != 0) || sizes.input() == 0 || !(sizes.hidden as usize).is_multiple_of(LANES) {
            return Err(Error::Damaged("sizes"));
        }
        let hidden = sizes.hidden as usize;
        let layer = |weights, scale, bias, k: usize| -> Result<Linear<'m>, Error> {
            let (weights, scale, bias) = (sections.array::<i8>(weights)?, sections.array::<f32>(scale)?, sections.array::<f32>(bias)?);
            let n = weights.len() / k.max(1);
            if n * k != weights.len() || n == 0 || !n.is_multiple_of(LANES) || scale.is_empty() || scale.len() != bias.len() {
                return Err(Error::Damaged("layer"));
            }
            Ok(Linear { weights: Packed { k, n, weights }, scale, bias })
        };
        let conv_k = CONV * hidden;
        let all = layer(ConvWeights, ConvScale, ConvBias, conv_k * sizes.layers.max(1) as usize)?;
        let convs = (0..sizes.layers as usize)
            .map(|i| Linear {
                weights: Packed { k: conv_k, n: hidden, weights: &all.weights.weights[i * conv_k * hidden..(i + 1) * conv_k * hidden] },
                scale: &all.scale[i * hidden..(i + 1) * hidden],
                bias: &all.bias[i * hidden..(i + 1) * hidden],
            })
            .collect();
        Ok(Net {
            sizes,
            steps: sections.array(Scales)?,
            tables: [
                sections.table(WordKeys, WordValues)?,
                sections.table(Suffix3Keys, Suffix3Values)?,
                sections.table(Suffix2Keys, Suffix2Values)?,
                sections.table(Prefix3Keys, Prefix3Values)?,
                sections.table(ShapeKeys, ShapeValues)?,
            ],
            rows: [
                sections.array(WordRows)?,
                sections.array(Suffix3Rows)?,
                sections.array(Suffix2Rows)?,
                sections.array(Prefix3Rows)?,
                sections.array(ShapeRows)?,
            ],
            window: layer(WindowWeights, WindowScale, WindowBias, WINDOW * sizes.input())?,
            convs,
            tags: layer(TagWeights, TagScale, TagBias, hidden)?,
            tag_rows: sections.array(TagRows)?,
            names: layer(NameWeights, NameScale, NameBias, conv_k)?,
            name_out: layer(NameOutWeights, NameOutScale, NameOutBias, sizes.name_hidden as usize)?,
            project: layer(ProjectWeights, ProjectScale, ProjectBias, hidden)?,
            state_rows: sections.array(StateRows)?,
            actions: layer(ActionWeights, ActionScale, ActionBias, sizes.parser_hidden as usize)?,
        })
    }

    /// Rounds activations of layer `step` to 7 bits. Negative ones become 0.
    pub fn quantise(&self, step: usize, values: &[f32], out: &mut Vec<u8>) {
        let by = self.steps[step];
        out.clear();
        // Adding 2^23 rounds to the nearest whole number and leaves it in the low bits, which no conversion does as fast.
        out.extend(values.iter().map(|&v| ((v * by).clamp(0.0, 127.0) + 8_388_608.0).to_bits() as u8));
    }
}

/// Where each sentence of a batch lies in its matrices: `GAP` empty rows, a sentence, `GAP` empty rows, a sentence … `GAP` empty rows.
#[derive(Debug, Default)]
pub struct Layout {
    /// First row and number of tokens of each sentence.
    pub sentences: Vec<(usize, usize)>,
    /// All rows.
    pub rows: usize,
}

impl Layout {
    /// Empties the batch.
    pub fn clear(&mut self) {
        self.sentences.clear();
        self.rows = GAP;
    }

    /// Adds a sentence.
    pub fn push(&mut self, tokens: usize) {
        self.sentences.push((self.rows, tokens));
        self.rows += tokens + GAP;
    }

    /// The rows between sentences.
    pub fn gaps(&self) -> impl Iterator<Item = usize> + '_ {
        let after = self.sentences.iter().map(|&(first, len)| first + len);
        std::iter::once(0).chain(after).flat_map(|start| start..start + GAP)
    }
}

/// Buffers of the encoder, kept between batches.
#[derive(Debug, Default)]
pub struct Encoder {
    input: Vec<u8>,
    sums: Vec<i32>,
    /// The tokens' vectors, `rows × hidden`.
    values: Vec<f32>,
    /// The same, rounded: what the heads read.
    pub output: Vec<u8>,
}

impl Encoder {
    /// Encodes the tokens whose feature rows are `ids` (all rows of the layout, gaps as [`PAD`]), and scores their tags on the way.
    pub fn encode(&mut self, net: &Net, layout: &Layout, ids: &[[u32; FEATURES]], tagger: &mut Tagger) {
        let (width, hidden) = (net.sizes.input(), net.sizes.hidden as usize);
        self.embed(net, ids);
        let inner = layout.rows - 2 * GAP;
        self.values.clear();
        self.values.resize(layout.rows * hidden, 0.0);
        self.sums.resize(layout.rows * hidden, 0);
        multiply(&self.input, width, inner, net.window.weights, &mut self.sums);
        add_rectified(&net.window, &self.sums, &mut self.values[GAP * hidden..(GAP + inner) * hidden]);
        for (step, conv) in net.convs.iter().enumerate() {
            self.clear_gaps(layout, hidden);
            if step == TAGS_AFTER {
                self.tag(net, layout, tagger);
            }
            net.quantise(step, &self.values, &mut self.output);
            multiply(&self.output[(GAP - 1) * hidden..], hidden, inner, conv.weights, &mut self.sums);
            add_rectified(conv, &self.sums, &mut self.values[GAP * hidden..(GAP + inner) * hidden]);
        }
        self.clear_gaps(layout, hidden);
        net.quantise(net.convs.len(), &self.values, &mut self.output);
    }

    /// Scores tags and adds the best ones' rows to the tokens' vectors.
    fn tag(&mut self, net: &Net, layout: &Layout, tagger: &mut Tagger) {
        let hidden = net.sizes.hidden as usize;
        net.quantise(net.convs.len() + 1, &self.values, &mut self.output);
        tagger.score(net, &self.output, layout.rows);
        for &(first, tokens) in &layout.sentences {
            for row in first..first + tokens {
                let at = tagger.best_xpos(net, row) * hidden;
                for (value, &add) in self.values[row * hidden..(row + 1) * hidden].iter_mut().zip(&net.tag_rows[at..at + hidden]) {
                    *value = (*value + add).max(0.0);
                }
            }
        }
    }

    /// Puts the tokens' embeddings side by side.
    fn embed(&mut self, net: &Net, ids: &[[u32; FEATURES]]) {
        self.input.clear();
        self.input.reserve(ids.len() * net.sizes.input());
        for row in ids {
            for ((&id, table), &columns) in row.iter().zip(&net.rows).zip(&net.sizes.columns) {
                let columns = columns as usize;
                let at = id as usize * columns;
                match table.get(at..at + columns) {
                    Some(bytes) => self.input.extend_from_slice(bytes),
                    None => self.input.resize(self.input.len() + columns, 64),
                }
            }
        }
    }

    fn clear_gaps(&mut self, layout: &Layout, hidden: usize) {
        for row in layout.gaps() {
            self.values[row * hidden..(row + 1) * hidden].fill(0.0);
        }
    }
}

/// `values += max(0, layer(sums))`.
fn add_rectified(layer: &Linear, sums: &[i32], values: &mut [f32]) {
    let n = layer.weights.n;
    for (row, sums) in values.chunks_exact_mut(n).zip(sums.chunks_exact(n)) {
        for (((value, &sum), &scale), &bias) in row.iter_mut().zip(sums).zip(layer.scale).zip(layer.bias) {
            *value += (sum as f32 * scale + bias).max(0.0);
        }
    }
}

/// The feature rows of a gap.
pub const GAP_IDS: [u32; FEATURES] = [PAD; FEATURES];

impl Net<'_> {
    /// Whether the layers fit each other, so that no product reads beyond its input.
    pub fn check(&self, actions: usize, feats: usize) -> Result<(), Error> {
        use crate::{names::LABELS, transitions::{POSITIONS, STATE_ROWS}};
        use griot_types::{Upos, Xpos};
        let (hidden, names, parser) = (self.sizes.hidden as usize, self.sizes.name_hidden as usize, self.sizes.parser_hidden as usize);
        let tags = Upos::ALL.len() + Xpos::ALL.len() + feats;
        let whole = |layer: &Linear, n: usize| layer.weights.n >= n && layer.scale.len() == layer.weights.n;
        let fits = whole(&self.window, hidden)
            && self.window.weights.n == hidden
            && self.convs.len() > TAGS_AFTER
            && self.convs.len() + 4 == self.steps.len()
            && self.tag_rows.len() == Xpos::ALL.len() * hidden
            && whole(&self.tags, tags)
            && self.names.weights.n == names
            && whole(&self.names, names)
            && whole(&self.name_out, LABELS)
            && self.project.weights.n == POSITIONS * parser
            && self.project.scale.len() == parser
            && self.state_rows.len() == STATE_ROWS * parser
            && whole(&self.actions, actions);
        if fits { Ok(()) } else { Err(Error::Damaged("layer sizes")) }
    }
}
