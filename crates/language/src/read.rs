//! The whole layer: a model, and documents read with it.

use crate::{
    features::{FEATURES, UNKNOWN, hashes, rows},
    hash::Table,
    lemmatizer::{Script, lemma},
    model::{ALIGN, Error, Section, Sections},
    names::NameFinder,
    net::{Encoder, GAP_IDS, Layout, Net},
    parser::Parser,
    segmenter::{self, Splitter},
    tagger::Tagger,
    tokenizer::Tokenizer,
    transitions::Action,
};
use griot_types::{Deprel, Document, ROOT, Sentence, SmolStr, Span, Token, Upos};

/// The bytes of a model at an address that is a multiple of [`ALIGN`].
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

const _: () = assert!(align_of::<Aligned<[u8; 1]>>() == ALIGN);

static SHIPPED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/language.bin"));

/// Rows of one batch: enough to keep the kernels busy, few enough to stay in the cache.
const BATCH: usize = 256;

/// A model of English, ready to read.
#[derive(Debug)]
pub struct Language {
    store: Store,
    /// Bundles of features and, a bit each, the XPOS tags that they go with.
    feats: Vec<SmolStr>,
    feats_xpos: Vec<u64>,
    actions: Vec<Action>,
    scripts: Vec<Script>,
}

/// Where the model's bytes are.
enum Store {
    Static(&'static [u8]),
    Owned(Vec<Block>, usize),
}

/// A stretch of an owned model; vectors of it are aligned as models must be.
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C, align(64))]
struct Block([u8; 64]);

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} bytes", self.bytes().len())
    }
}

impl Store {
    fn bytes(&self) -> &[u8] {
        match self {
            Store::Static(bytes) => bytes,
            Store::Owned(blocks, len) => &bytemuck::cast_slice(blocks)[..*len],
        }
    }
}

impl Language {
    /// The model that comes with the program, used where it lies in the binary.
    ///
    /// # Panics
    /// If the program was built with a model of another format; a test guards against it.
    pub fn shipped() -> Language {
        Language::open(Store::Static(&SHIPPED.0)).expect("the shipped model fits the program")
    }

    /// A model from elsewhere, copied and checked whole.
    pub fn from_bytes(bytes: &[u8]) -> Result<Language, Error> {
        let mut blocks = vec![Block([0; 64]); bytes.len().div_ceil(64)];
        bytemuck::cast_slice_mut(&mut blocks)[..bytes.len()].copy_from_slice(bytes);
        let store = Store::Owned(blocks, bytes.len());
        if !Sections::open(store.bytes())?.is_whole() {
            return Err(Error::Damaged("checksum"));
        }
        Language::open(store)
    }

    fn open(store: Store) -> Result<Language, Error> {
        let sections = Sections::open(store.bytes())?;
        let net = Net::resolve(&sections)?;
        Parts::resolve(&sections)?;
        let feats: Vec<SmolStr> = sections.lines(Section::Feats)?.into_iter().map(SmolStr::from).collect();
        let feats_xpos = sections.array::<u64>(Section::FeatsXpos)?.to_vec();
        let actions = sections.lines(Section::Labels)?.into_iter().map(Action::parse).collect::<Option<Vec<_>>>();
        let actions = actions.ok_or(Error::Damaged("actions"))?;
        let scripts = sections.lines(Section::LemmaScripts)?.into_iter().map(Script::parse).collect::<Option<Vec<_>>>();
        let scripts = scripts.ok_or(Error::Damaged("lemma scripts"))?;
        net.check(actions.len(), feats.len())?;
        if feats.len() != feats_xpos.len() {
            return Err(Error::Damaged("features"));
        }
        Ok(Language { store, feats, feats_xpos, actions, scripts })
    }

    /// The model's id, which every claim's provenance can name.
    pub fn id(&self) -> &str {
        Sections::open(self.store.bytes()).map_or("", |sections| sections.id())
    }

    /// Reads all blocks that say something of the world. No sentence crosses a block; a single line end inside a block is a space.
    pub fn read(&self, document: &Document) -> Vec<Sentence> {
        let Some((net, parts)) = self.parts() else { return Vec::new() };
        let mut reader = Reader::new(self, &net, &parts, &document.text);
        let (mut tokens, mut ends) = (Vec::new(), Vec::new());
        for (number, block) in document.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_read()) {
            if document.text.get(block.span.start as usize..block.span.end as usize).is_none() {
                continue;
            }
            tokens.clear();
            ends.clear();
            parts.tokenizer.tokenize(&document.text, block.span.start as usize, block.span.end as usize, &mut tokens);
            parts.splitter.split(&document.text, &tokens, &mut ends);
            let mut start = 0;
            for &end in &ends {
                reader.push(number as u32, &tokens[start..end]);
                start = end;
            }
        }
        reader.finish()
    }

    /// Reads sentences whose tokens are given; spans that are no stretch of `text` are left out. A sentence longer than the parser reads
    /// at once is read in parts, whose roots hang on the first one's.
    pub fn parse_tokens(&self, text: &str, sentences: &[Vec<Span>]) -> Vec<Sentence> {
        let Some((net, parts)) = self.parts() else { return Vec::new() };
        let mut reader = Reader::new(self, &net, &parts, text);
        let mut pieces = Vec::new();
        let mut given = Vec::new();
        for (number, sentence) in sentences.iter().enumerate() {
            given.clear();
            given.extend(sentence.iter().copied().filter(|span| !span.of(text).is_empty()));
            pieces.push(given.len().div_ceil(segmenter::LONGEST).max(1));
            if given.is_empty() {
                reader.push(number as u32, &[]);
            }
            for piece in given.chunks(segmenter::LONGEST) {
                reader.push(number as u32, piece);
            }
        }
        let mut read = reader.finish().into_iter();
        pieces.into_iter().map(|count| join(read.by_ref().take(count))).collect()
    }

    fn parts(&self) -> Option<(Net<'_>, Parts<'_>)> {
        // Both were resolved once when the model was opened, so that neither fails here.
        let sections = Sections::open(self.store.bytes()).ok()?;
        Some((Net::resolve(&sections).ok()?, Parts::resolve(&sections).ok()?))
    }
}

/// The model's parts beside the net.
struct Parts<'m> {
    tokenizer: Tokenizer<'m>,
    lemmas: Table<'m>,
    splitter: Splitter<'m>,
}

impl<'m> Parts<'m> {
    fn resolve(sections: &Sections<'m>) -> Result<Parts<'m>, Error> {
        let lemmas = sections.table(Section::LemmaKeys, Section::LemmaValues)?;
        Ok(Parts {
            tokenizer: Tokenizer { table: sections.table(Section::TokenKeys, Section::TokenValues)? },
            lemmas,
            splitter: Splitter { weights: sections.array(Section::Segment)?, words: lemmas },
        })
    }
}

/// Reads the sentences of one text in batches.
struct Reader<'a> {
    language: &'a Language,
    net: &'a Net<'a>,
    parts: &'a Parts<'a>,
    text: &'a str,
    done: Vec<Sentence>,
    /// The batch: its sentences (block and first token), their tokens, and the rows of the encoder.
    batch: Vec<(u32, usize)>,
    tokens: Vec<Span>,
    layout: Layout,
    ids: Vec<[u32; FEATURES]>,
    encoder: Encoder,
    tagger: Tagger,
    parser: Parser,
    names: NameFinder,
    normal: String,
    shaped: String,
}

impl<'a> Reader<'a> {
    fn new(language: &'a Language, net: &'a Net<'a>, parts: &'a Parts<'a>, text: &'a str) -> Self {
        let mut reader = Reader {
            language,
            net,
            parts,
            text,
            done: Vec::new(),
            batch: Vec::new(),
            tokens: Vec::new(),
            layout: Layout::default(),
            ids: Vec::new(),
            encoder: Encoder::default(),
            tagger: Tagger::default(),
            parser: Parser::default(),
            names: NameFinder::default(),
            normal: String::new(),
            shaped: String::new(),
        };
        reader.clear();
        reader
    }

    fn clear(&mut self) {
        self.batch.clear();
        self.tokens.clear();
        self.layout.clear();
        self.ids.clear();
        self.ids.extend([GAP_IDS; crate::net::GAP]);
    }

    fn push(&mut self, block: u32, tokens: &[Span]) {
        self.batch.push((block, self.tokens.len()));
        self.layout.push(tokens.len());
        for token in tokens {
            let hashes = hashes(token.of(self.text), &mut self.normal, &mut self.shaped);
            self.ids.push(rows(&self.net.tables, hashes));
        }
        self.ids.extend([GAP_IDS; crate::net::GAP]);
        self.tokens.extend_from_slice(tokens);
        if self.layout.rows >= BATCH {
            self.flush();
        }
    }

    fn finish(mut self) -> Vec<Sentence> {
        self.flush();
        self.done
    }

    fn flush(&mut self) {
        if self.batch.is_empty() {
            return;
        }
        let rows = self.layout.rows;
        self.encoder.encode(self.net, &self.layout, &self.ids, &mut self.tagger);
        if self.forget_acronyms() {
            self.encoder.encode(self.net, &self.layout, &self.ids, &mut self.tagger);
        }
        let encoded = &self.encoder.output;
        self.parser.project(self.net, encoded, rows);
        self.names.score(self.net, encoded, rows);
        for at in 0..self.batch.len() {
            let sentence = self.sentence(at);
            self.done.push(sentence);
        }
        self.clear();
    }

    /// Makes acronyms that were taken for the function words which they look like ('IS' for 'is') words that nobody has seen, so that only their shape
    /// and their neighbours tell what they are. Returns whether there were any.
    fn forget_acronyms(&mut self) -> bool {
        let mut found = false;
        for (&(_, from), &(first, count)) in self.batch.iter().zip(&self.layout.sentences) {
            let forms = self.tokens[from..from + count].iter().map(|span| span.of(self.text));
            let small = forms.clone().filter(|form| form.bytes().any(|b| b.is_ascii_lowercase())).count();
            if small * 2 < count {
                continue;
            }
            for (offset, _) in forms.enumerate().filter(|(_, form)| is_acronym(form)) {
                let tags = self.tagger.tags(self.net, &self.language.feats_xpos, first + offset);
                if matches!(tags.upos, Upos::Aux | Upos::Pron | Upos::Adp | Upos::Det | Upos::Cconj | Upos::Sconj | Upos::Part) {
                    self.ids[first + offset][..FEATURES - 1].fill(UNKNOWN);
                    found = true;
                }
            }
        }
        found
    }

    /// Tags, tree and names of the batch's sentence `at`.
    fn sentence(&mut self, at: usize) -> Sentence {
        let ((block, from), (first, count)) = (self.batch[at], self.layout.sentences[at]);
        self.parser.parse(self.net, &self.language.actions, first, count);
        let spans = &self.tokens[from..from + count];
        let mut tokens = Vec::with_capacity(count);
        let arcs = self.parser.state.arcs().zip(self.parser.state.margins());
        for ((offset, &span), ((head, deprel), margin)) in spans.iter().enumerate().zip(arcs) {
            let tags = self.tagger.tags(self.net, &self.language.feats_xpos, first + offset);
            let lemma = lemma(&self.parts.lemmas, &self.language.scripts, span.of(self.text), tags.xpos, &mut self.normal);
            let feats = self.language.feats.get(tags.feats).cloned().unwrap_or_default();
            tokens.push(Token { span, upos: tags.upos, xpos: tags.xpos, feats, lemma, head, deprel, margin });
        }
        let names = self.names.names(self.net, first, count);
        let span = match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => first.cover(*last),
            _ => Span::default(),
        };
        Sentence { span, block, tokens, names }
    }
}

fn is_acronym(form: &str) -> bool {
    (2..=6).contains(&form.len()) && form.bytes().all(|b| b.is_ascii_uppercase())
}

/// Puts the parts of one sentence together.
fn join(mut parts: impl Iterator<Item = Sentence>) -> Sentence {
    let mut whole = parts.next().unwrap_or_default();
    let root = whole.tokens.iter().position(|t| t.head == ROOT).unwrap_or(0) as u32;
    for part in parts {
        let shift = whole.tokens.len() as u32;
        whole.span = whole.span.cover(part.span);
        whole.tokens.extend(part.tokens.into_iter().map(|mut token| {
            if token.head == ROOT {
                (token.head, token.deprel) = (root, Deprel::Parataxis);
            } else {
                token.head += shift;
            }
            token
        }));
        whole.names.extend(part.names.into_iter().map(|mut name| {
            name.first += shift;
            name.end += shift;
            name
        }));
    }
    whole
}
