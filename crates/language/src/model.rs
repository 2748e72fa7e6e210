//! The model file: a header, a table of sections, and flat arrays that are used where they lie.
//!
//! All numbers are little-endian. Every section starts at a multiple of 64 bytes, so that arrays of any number can be read in place.
//!
//! | bytes | what |
//! |---|---|
//! | 0..8 | `GRIOTLNG` |
//! | 8..12 | format version ([`FORMAT`]) |
//! | 12..16 | number of sections |
//! | 16..24 | checksum: [`hash`](crate::hash::hash) of all bytes after the header |
//! | 24..64 | the model's id, padded with zeros |
//! | 64.. | for each section: offset, length in bytes, both `u64` |

use crate::hash::{Table, hash};
use bytemuck::Pod;

/// The format's version. A model written under another one is refused.
pub const FORMAT: u32 = 2;
/// The first bytes of every model.
pub const MAGIC: &[u8; 8] = b"GRIOTLNG";
/// Length of the header.
pub const HEADER: usize = 64;
/// What every section's offset is a multiple of.
pub const ALIGN: usize = 64;

/// Why bytes are not a usable model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The first bytes are not those of a model.
    #[error("not a Griot language model")]
    NotAModel,
    /// Made for another version of the format.
    #[error("the language model has format {found}, this program reads format {}", FORMAT)]
    Format {
        /// The version that the file names.
        found: u32,
    },
    /// Cut short, changed, or made by a faulty writer.
    #[error("the language model is damaged: {0}")]
    Damaged(&'static str),
    /// A CoNLL-U line that holds no token.
    #[error("line {line} is not CoNLL-U: {what}")]
    Conllu {
        /// The line's number, from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// The machine's byte order is not the model's.
    #[error("language models are little-endian and this processor is not")]
    ByteOrder,
}

/// What each section holds; its number is its place in the section table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs)]
pub enum Section {
    /// `u32`: sizes, see [`crate::net::Sizes`].
    Sizes,
    /// `f32`: activation scales, see [`crate::net::Net`].
    Scales,
    /// Look-up of a token's features: slots of five tables, one after the other.
    WordKeys,
    WordValues,
    Suffix3Keys,
    Suffix3Values,
    Suffix2Keys,
    Suffix2Values,
    Prefix3Keys,
    Prefix3Values,
    ShapeKeys,
    ShapeValues,
    /// `u8`: the five embedding tables, row by row, 64 standing for zero.
    WordRows,
    Suffix3Rows,
    Suffix2Rows,
    Prefix3Rows,
    ShapeRows,
    /// Linear layers: `i8` weights packed for the kernels, `f32` scale and bias of each output.
    WindowWeights,
    WindowScale,
    WindowBias,
    ConvWeights,
    ConvScale,
    ConvBias,
    TagWeights,
    TagScale,
    TagBias,
    /// `f32`: what each XPOS tag adds to its token's vector.
    TagRows,
    NameWeights,
    NameScale,
    NameBias,
    NameOutWeights,
    NameOutScale,
    NameOutBias,
    ProjectWeights,
    ProjectScale,
    ProjectBias,
    /// `f32`: rows added to the parser's hidden layer for discrete features of the state.
    StateRows,
    ActionWeights,
    ActionScale,
    ActionBias,
    /// Lines: bundles of features that the tagger chooses from.
    Feats,
    /// `u64`: for each bundle the XPOS tags that it was seen with, a bit each.
    FeatsXpos,
    /// Lines: the label of every LEFT action, then of every RIGHT action.
    Labels,
    /// Lines: lemma scripts.
    LemmaScripts,
    LemmaKeys,
    LemmaValues,
    /// The tokenizer's words.
    TokenKeys,
    TokenValues,
    /// `i16`: weights of the sentence splitter.
    Segment,
}

/// How many sections a model has.
pub const SECTIONS: usize = Section::Segment as usize + 1;

/// A model's sections, checked to lie inside the file.
#[derive(Clone, Copy, Debug)]
pub struct Sections<'m> {
    bytes: &'m [u8],
}

impl<'m> Sections<'m> {
    /// Checks header and section table, not the contents.
    pub fn open(bytes: &'m [u8]) -> Result<Self, Error> {
        if cfg!(target_endian = "big") {
            return Err(Error::ByteOrder);
        }
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
            return Err(Error::NotAModel);
        }
        let found = u32_at(bytes, 8);
        if found != FORMAT {
            return Err(Error::Format { found });
        }
        if u32_at(bytes, 12) as usize != SECTIONS || bytes.len() < HEADER + SECTIONS * 16 {
            return Err(Error::Damaged("section table"));
        }
        let sections = Sections { bytes };
        for section in 0..SECTIONS {
            let (start, len) = sections.place(section);
            let end = start.checked_add(len).ok_or(Error::Damaged("section offset"))?;
            if !start.is_multiple_of(ALIGN) || end > bytes.len() {
                return Err(Error::Damaged("section offset"));
            }
        }
        Ok(sections)
    }

    /// Whether the contents are those that were written.
    pub fn is_whole(&self) -> bool {
        let mut sum = [0; 8];
        sum.copy_from_slice(&self.bytes[16..24]);
        u64::from_le_bytes(sum) == checksum(&self.bytes[HEADER..])
    }

    /// The model's id.
    pub fn id(&self) -> &'m str {
        let id = &self.bytes[24..HEADER];
        let len = id.iter().position(|&b| b == 0).unwrap_or(id.len());
        str::from_utf8(&id[..len]).unwrap_or("")
    }

    /// A section as an array.
    pub fn array<T: Pod>(&self, section: Section) -> Result<&'m [T], Error> {
        let (start, len) = self.place(section as usize);
        bytemuck::try_cast_slice(&self.bytes[start..start + len]).map_err(|_| Error::Damaged("array"))
    }

    /// A section as lines of text.
    pub fn lines(&self, section: Section) -> Result<Vec<&'m str>, Error> {
        let text = str::from_utf8(self.array::<u8>(section)?).map_err(|_| Error::Damaged("text"))?;
        Ok(text.split_terminator('\n').collect())
    }

    /// Two sections as a look-up table.
    pub fn table(&self, keys: Section, values: Section) -> Result<Table<'m>, Error> {
        let (keys, values) = (self.array::<u64>(keys)?, self.array::<u32>(values)?);
        if !keys.len().is_power_of_two() || keys.len() != values.len() {
            return Err(Error::Damaged("table"));
        }
        Ok(Table { keys, values })
    }

    fn place(&self, section: usize) -> (usize, usize) {
        let at = HEADER + section * 16;
        (u64_at(self.bytes, at), u64_at(self.bytes, at + 8))
    }
}

/// The checksum of a model's bytes after its header: eight lanes, so that it runs at the speed of memory.
pub fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes = [0u64; 8];
    let mut chunks = bytes.chunks_exact(64);
    for chunk in &mut chunks {
        for (lane, word) in lanes.iter_mut().zip(chunk.chunks_exact(8)) {
            let mut raw = [0; 8];
            raw.copy_from_slice(word);
            *lane = (*lane ^ u64::from_le_bytes(raw)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        }
    }
    let mut all = Vec::from(bytemuck::cast_slice::<u64, u8>(&lanes));
    all.extend_from_slice(chunks.remainder());
    hash(0, &all)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn u64_at(bytes: &[u8], at: usize) -> usize {
    (u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32) as usize
}

/// Puts sections together into a model file.
#[cfg(feature = "train")]
#[derive(Debug, Default)]
pub struct Writer {
    sections: std::collections::BTreeMap<usize, Vec<u8>>,
}

#[cfg(feature = "train")]
impl Writer {
    /// The sections of a model, to change some of them.
    pub fn of(sections: &Sections) -> Writer {
        let section = |number: usize| {
            let (start, len) = sections.place(number);
            (number, sections.bytes[start..start + len].to_vec())
        };
        Writer { sections: (0..SECTIONS).map(section).collect() }
    }

    /// Sets a section to an array.
    pub fn array<T: Pod>(&mut self, section: Section, array: &[T]) {
        self.sections.insert(section as usize, bytemuck::cast_slice(array).to_vec());
    }

    /// Sets a section to lines of text.
    pub fn lines<S: AsRef<str>>(&mut self, section: Section, lines: &[S]) {
        let text: String = lines.iter().map(|line| format!("{}\n", line.as_ref())).collect();
        self.sections.insert(section as usize, text.into_bytes());
    }

    /// Sets two sections to a look-up table.
    pub fn table(&mut self, keys: Section, values: Section, entries: &[(u64, u32)]) {
        let (k, v) = crate::hash::build(entries);
        self.array(keys, &k);
        self.array(values, &v);
    }

    /// The file's bytes. The id is cut after 40 bytes; sections never set are empty.
    pub fn finish(&self, id: &str) -> Vec<u8> {
        let mut bytes = vec![0; HEADER + SECTIONS * 16];
        for section in 0..SECTIONS {
            bytes.resize(bytes.len().next_multiple_of(ALIGN), 0);
            let (start, data) = (bytes.len() as u64, self.sections.get(&section).map_or(&[][..], |d| d));
            bytes.extend_from_slice(data);
            let at = HEADER + section * 16;
            bytes[at..at + 8].copy_from_slice(&start.to_le_bytes());
            bytes[at + 8..at + 16].copy_from_slice(&(data.len() as u64).to_le_bytes());
        }
        bytes[..8].copy_from_slice(MAGIC);
        bytes[8..12].copy_from_slice(&FORMAT.to_le_bytes());
        bytes[12..16].copy_from_slice(&(SECTIONS as u32).to_le_bytes());
        let id = &id.as_bytes()[..id.len().min(HEADER - 24)];
        bytes[24..24 + id.len()].copy_from_slice(id);
        let sum = checksum(&bytes[HEADER..]);
        bytes[16..24].copy_from_slice(&sum.to_le_bytes());
        bytes
    }
}
