//! English as Griot reads it: a document's text → sentences of words with tags, base forms, a dependency tree and names.
//!
//! The way through, one file each: [`tokenizer`] cuts words, [`segmenter`] cuts sentences, [`features`] say what a word looks like, [`net`] turns
//! words into vectors, [`tagger`], [`parser`] (over [`transitions`]) and [`names`] read these, [`lemmatizer`] finds base forms. [`model`] is the
//! file that all of them use where it lies; [`kernels`] is the one hot loop. Trees and tags follow Universal Dependencies, version 2, as
//! the treebanks EWT and GUM apply it.
//!
//! Reading cannot fail, does no I/O, takes time and memory linear in the text, and gives the same on every processor.
//!
//! ```
//! use griot_language::Language;
//! use griot_types::{Block, BlockKind, Document, Span};
//!
//! let text = "Gunmen attacked a village near Gao.";
//! let document = Document {
//!     text: text.to_owned(),
//!     blocks: vec![Block { span: Span::new(0, text.len() as u32), kind: BlockKind::Paragraph }],
//!     ..Document::default()
//! };
//! let sentences = Language::shipped().read(&document);
//! assert_eq!(sentences[0].form(1, text), "attacked");
//! assert_eq!(sentences[0].tokens[1].lemma, "attack");
//! assert_eq!(sentences[0].head(0), Some(1));
//! ```

macro_rules! parts {
    ($($name:ident),*) => { $(
        #[cfg(feature = "train")]
        pub mod $name;
        #[cfg(not(feature = "train"))]
        mod $name;
    )* };
}

pub mod conllu;
parts!(features, hash, kernels, lemmatizer, model, names, net, parser, segmenter, tagger, tokenizer, transitions);
mod read;

pub use model::{Error, FORMAT as VERSION};
pub use read::Language;
