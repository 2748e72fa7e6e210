//! The whole recipe: data → vocabulary, tables, net → model file.

use super::{
    batch::{Example, Losses, Weights, learn, parse, teaches},
    corpus::{self, Sentence},
    count::Counted,
    exchange,
    network::Network,
    quantise,
    random::Random,
    rename::Pool,
    vectors::Vectors,
    vocabulary::Vocabulary,
    weak,
};
use anyhow::{Context, Result};
use griot_language::{
    features::{FEATURES, UNKNOWN},
    names::labels,
    net::Sizes,
    transitions::Action,
};
use griot_types::{Deprel, ROOT, Upos, Xpos};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Columns of the words' embeddings.
const WORD_COLUMNS: usize = 64;

/// How long and how large.
#[derive(clap::Args, Clone, Debug)]
pub struct Options {
    /// Passes over the data.
    #[arg(long, default_value_t = 12)]
    epochs: usize,
    /// Width of the encoder.
    #[arg(long, default_value_t = 128)]
    hidden: u32,
    /// Residual convolutions.
    #[arg(long, default_value_t = 3)]
    layers: u32,
    /// Highest learning rate; it falls to zero in a straight line.
    #[arg(long, default_value_t = 0.0015)]
    rate: f32,
    /// Share of activations that are dropped.
    #[arg(long, default_value_t = 0.2)]
    dropout: f32,
    /// Share of words that are made unknown, beside the rare ones.
    #[arg(long, default_value_t = 0.1)]
    forget: f32,
    /// Share of names that are replaced by other names.
    #[arg(long, default_value_t = 0.15)]
    rename: f32,
    /// What the teacher says: CoNLL-U of the exported sentences, and of plain text (see `lab/teacher`).
    #[arg(long)]
    labelled: Vec<PathBuf>,
    /// The teacher's vectors of words.
    #[arg(long)]
    vectors: Option<PathBuf>,
    /// What a sentence weighs whose tree is the teacher's.
    #[arg(long, default_value_t = 1.0)]
    trust: f32,
    /// Where the trained floats are kept. If the file is there already, they are taken from it and nothing is trained.
    #[arg(long)]
    floats: Option<PathBuf>,
    /// Tokens of a batch.
    #[arg(long, default_value_t = 400)]
    batch: usize,
}

/// Trains on the shippable data under `data` and writes the model.
pub fn train(data: &Path, codebook: &Path, model: &Path, options: &Options) -> Result<()> {
    let mut sentences = load(data)?;
    // What is counted is counted on what people annotated.
    let (actions, (feats, feats_xpos)) = (actions(&sentences), bundles(&sentences));
    let counted = Counted::of(&sentences, codebook)?;
    let treebanks = sentences.len();
    for path in &options.labelled {
        exchange::take(&mut sentences, treebanks, path)?;
    }
    let trees = sentences.iter().filter(|s| s.tree.is_some()).count();
    let weak = sentences.iter().filter(|s| !s.known.is_empty());
    let (told, open) = weak.fold((0, 0), |(t, o), s| (t + s.names.iter().flatten().count(), o + s.known.iter().filter(|k| !**k).count()));
    eprintln!("{} sentences, {trees} with trees; {told} names told in EWT, {open} words there not known", sentences.len());
    let vectors = options.vectors.as_deref().map_or(Ok(Vectors::default()), |path| Vectors::read(path, WORD_COLUMNS))?;
    let pool = Pool::of(&sentences, data, options.rename)?;
    let vocabulary = Vocabulary::of(&sentences, &pool.states, &vectors.words);
    let mut random = Random::new(1);
    let sizes = Sizes {
        columns: [WORD_COLUMNS as u32, 32, 16, 24, 24],
        hidden: options.hidden,
        layers: options.layers,
        name_hidden: 64,
        parser_hidden: 128,
    };
    let rows = std::array::from_fn(|f| vocabulary.counts[f].len());
    let tags = Upos::ALL.len() + Xpos::ALL.len() + feats.len();
    let mut net = Network::new(sizes, rows, tags, actions.len(), &mut random);
    vectors.fill(&vocabulary, &mut net.tables[0]);
    match &options.floats {
        Some(path) if path.exists() => take(&mut net, path)?,
        _ => fit(&mut net, &sentences, &vocabulary, &actions, &feats, &pool, options, &mut random),
    }
    if let Some(path) = &options.floats {
        let bytes: Vec<u8> = net.params().iter().flat_map(|p| p.w.iter().flat_map(|w| w.to_le_bytes())).collect();
        fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    watch(&net, data, &vocabulary, &actions, &feats, &pool)?;
    let whole = quantise::Model {
        net: &net,
        vocabulary: &vocabulary,
        actions: &actions,
        feats: &feats,
        feats_xpos: &feats_xpos,
        counted: &counted,
    };
    let examples = examples(&sentences, &vocabulary, &feats, &pool, 1.0, None);
    let sample: Vec<&Example> = examples.iter().filter(|e| e.gold.is_some()).step_by(20).collect();
    let bytes = quantise::write(&whole, &sample, "griot-language-en-1");
    fs::write(model, &bytes).with_context(|| format!("writing {}", model.display()))?;
    eprintln!("{}: {:.1} MB", model.display(), bytes.len() as f64 / 1e6);
    Ok(())
}

/// Fills the net from a file of floats.
fn take(net: &mut Network, path: &Path) -> Result<()> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let mut floats = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    for w in net.params().into_iter().flat_map(|p| &mut p.w) {
        *w = floats.next().context("too few floats: was the file made with other options?")?;
    }
    Ok(())
}

/// Says how well the floats parse EWT's development split, to see what rounding costs.
fn watch(net: &Network, data: &Path, vocabulary: &Vocabulary, actions: &[Action], feats: &[String], pool: &Pool) -> Result<()> {
    let sentences = corpus::treebank(&data.join("language/ud-ewt/dev.conllu"), false)?;
    let (mut right, mut all) = (0, 0);
    for example in examples(&sentences, vocabulary, feats, pool, 1.0, None) {
        let Some(gold) = &example.gold else { continue };
        let found = parse(net, &example, actions);
        for at in 0..gold.heads.len() {
            right += usize::from(found.heads[at] == gold.heads[at] && found.labels[at].base() == gold.labels[at].base());
            all += 1;
        }
    }
    eprintln!("before rounding: LAS {:.2} on EWT dev", 100.0 * right as f64 / all as f64);
    Ok(())
}

/// All sentences that may be trained on and shipped.
pub fn load(data: &Path) -> Result<Vec<Sentence>> {
    let language = data.join("language");
    let mut sentences = corpus::treebank(&language.join("ud-ewt/train.conllu"), false)?;
    sentences.extend(corpus::treebank(&language.join("ud-gum/train.conllu"), true)?);
    for domain in ["politics", "science", "literature", "music", "ai"] {
        sentences.extend(corpus::names(&language.join(format!("ner-crossner/{domain}/train.txt")), 0, 1, corpus::crossner)?);
    }
    sentences.extend(corpus::names(&language.join("ner-wnut17/train.conll"), 0, 1, corpus::wnut)?);
    sentences.extend(corpus::names(&language.join("ner-wikigold/wikigold.conll"), 0, 1, corpus::conll)?);
    let lexicon = weak::Lexicon::of(&sentences, data)?;
    let persons = weak::person_words(&sentences);
    for sentence in sentences.iter_mut().filter(|s| s.names.is_none()) {
        if let Some(tree) = &sentence.tree {
            let (names, known) = weak::label(sentence, tree, &lexicon, &persons);
            (sentence.names, sentence.known) = (Some(names), known);
        }
    }
    sentences.retain(|s| teaches(s) && s.forms.len() <= 200);
    Ok(sentences)
}

/// Every step that the treebanks' arcs need.
fn actions(sentences: &[Sentence]) -> Vec<Action> {
    let (mut left, mut right): (BTreeMap<Deprel, u32>, BTreeMap<Deprel, u32>) = Default::default();
    for gold in sentences.iter().filter_map(|s| s.tree.as_ref().map(|t| &t.gold)) {
        for (at, (&head, &label)) in gold.heads.iter().zip(&gold.labels).enumerate() {
            let side = if head == ROOT || head > at as u32 { &mut left } else { &mut right };
            *side.entry(label).or_insert(0) += 1;
        }
    }
    let seen = |side: BTreeMap<Deprel, u32>| side.into_iter().filter(|&(_, count)| count >= 3).map(|(label, _)| label);
    let mut actions = vec![Action::Shift];
    actions.extend(seen(left).map(Action::Left));
    actions.extend(seen(right).filter(|&l| l != Deprel::Root).map(Action::Right));
    actions
}

/// Bundles of features seen at least three times, and the XPOS tags that each goes with.
fn bundles(sentences: &[Sentence]) -> (Vec<String>, Vec<u64>) {
    let mut seen: BTreeMap<String, (u32, u64)> = BTreeMap::new();
    for tree in sentences.iter().filter_map(|s| s.tree.as_ref()) {
        for (feats, &xpos) in tree.feats.iter().zip(&tree.xpos) {
            let (count, tags) = seen.entry(feats.to_string()).or_default();
            *count += 1;
            *tags |= 1 << xpos as u64;
        }
    }
    seen.into_iter().filter(|(_, (count, _))| *count >= 3).map(|(feats, (_, tags))| (feats, tags)).unzip()
}

/// Sentences as the net sees them. With `random`, some are recased, as headlines and wires are.
fn examples(
    sentences: &[Sentence],
    vocabulary: &Vocabulary,
    feats: &[String],
    pool: &Pool,
    trust: f32,
    mut random: Option<&mut Random>,
) -> Vec<Example> {
    let (mut normal, mut shaped) = (String::new(), String::new());
    let numbers: BTreeMap<&str, usize> = feats.iter().enumerate().map(|(i, f)| (f.as_str(), i)).collect();
    let mut out = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let case = random.as_deref_mut().map_or(1.0, Random::unit);
        let mut row = |form: &str| match case {
            ..0.03 => vocabulary.look_up(&form.to_uppercase(), &mut normal, &mut shaped),
            0.03..0.06 => vocabulary.look_up(&title(form), &mut normal, &mut shaped),
            _ => vocabulary.look_up(form, &mut normal, &mut shaped),
        };
        let rows = match random.as_deref_mut() {
            Some(random) => pool.rename(sentence, random).iter().map(|form| row(form)).collect(),
            None => sentence.forms.iter().map(|form| row(form)).collect(),
        };
        let tags = sentence.tree.as_ref().map(|tree| {
            let all = tree.upos.iter().zip(&tree.xpos).zip(&tree.feats);
            all.map(|((&u, &x), f)| [u as usize, x as usize, numbers.get(f.as_str()).copied().unwrap_or(0)]).collect()
        });
        let gold = sentence.tree.as_ref().map(|tree| tree.gold.clone());
        let names = sentence.names.as_ref().map(|names| {
            let mut labels = labels(names, sentence.forms.len());
            for (label, _) in labels.iter_mut().zip(&sentence.known).filter(|(_, known)| !**known) {
                *label = weak::UNKNOWN;
            }
            labels
        });
        let weight = sentence.taught.map_or(1.0, |_| trust);
        out.push(Example { rows, tags, gold, names, weight });
    }
    out
}

fn title(form: &str) -> String {
    let mut chars = form.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[allow(clippy::too_many_arguments)]
fn fit(
    net: &mut Network,
    sentences: &[Sentence],
    vocabulary: &Vocabulary,
    actions: &[Action],
    feats: &[String],
    pool: &Pool,
    options: &Options,
    random: &mut Random,
) {
    let tokens: usize = sentences.iter().map(|s| s.forms.len()).sum();
    let total = (options.epochs * tokens) as f32 / options.batch as f32;
    let mut step = 0;
    for epoch in 0..options.epochs {
        let started = std::time::Instant::now();
        let examples = examples(sentences, vocabulary, feats, pool, options.trust, Some(random));
        let mut order: Vec<usize> = (0..examples.len()).collect();
        random.shuffle(&mut order);
        let weights = Weights { tags: [0.3, 0.6, 0.3], names: 1.0, dropout: options.dropout, explore: if epoch == 0 { 0.1 } else { 0.9 } };
        let mut losses = Losses::default();
        let mut batch: Vec<&Example> = Vec::new();
        let (mut size, mut batches) = (0, 0);
        for (place, &at) in order.iter().enumerate() {
            batch.push(&examples[at]);
            size += examples[at].rows.len();
            if size < options.batch && place + 1 < order.len() {
                continue;
            }
            step += 1;
            let mut coin = Random::new(random.draw());
            let loss = learn(net, &batch, actions, &weights, random, |row| forget(row, options.forget, vocabulary, &mut coin));
            let rate = options.rate * (1.0 - step as f32 / (total * 1.02)).max(0.02) * (step as f32 / 200.0).min(1.0);
            net.step(rate, step);
            losses.tags += loss.tags;
            losses.names += loss.names;
            losses.parser += loss.parser;
            batches += 1;
            batch.clear();
            size = 0;
        }
        let mean = |sum: f32| sum / batches as f32;
        eprintln!(
            "epoch {:2}: tags {:.3} names {:.3} parser {:.3}, {:.0} s",
            epoch + 1,
            mean(losses.tags),
            mean(losses.names),
            mean(losses.parser),
            started.elapsed().as_secs_f32()
        );
    }
}

/// Makes words unknown at random, rare ones more often (Kiperwasser & Goldberg 2016), and now and then an affix or a shape.
fn forget(row: &mut [u32; FEATURES], share: f32, vocabulary: &Vocabulary, coin: &mut Random) {
    for (feature, id) in row.iter_mut().enumerate() {
        let rate = match feature {
            0 => share + (1.0 - share) * 0.5 / (0.5 + vocabulary.counts[0][*id as usize] as f32),
            _ => 0.03,
        };
        if *id > UNKNOWN && coin.chance(rate) {
            *id = UNKNOWN;
        }
    }
}
