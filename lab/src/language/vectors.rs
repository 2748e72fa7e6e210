//! The teacher's vectors of words, as the first values of their embeddings.
//!
//! The treebanks hold few words; a word that none of them has starts, and if it is never trained stays, where the teacher puts it, near words of
//! like use (after Collobert et al. 2011).

use super::{adam::Param, vocabulary::Vocabulary};
use anyhow::{Context, Result, bail};
use std::{fs, path::Path};

/// Words, most frequent first, and the vector of each.
#[derive(Debug, Default)]
pub struct Vectors {
    pub words: Vec<String>,
    values: Vec<Vec<f32>>,
}

impl Vectors {
    /// Reads lines `word value value …`.
    pub fn read(path: &Path, columns: usize) -> Result<Vectors> {
        let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let mut vectors = Vectors::default();
        for (number, line) in text.lines().enumerate() {
            let mut parts = line.split(' ');
            let word = parts.next().unwrap_or("").to_owned();
            let values: Vec<f32> =
                parts.map(str::parse).collect::<Result<_, _>>().with_context(|| format!("{}:{}", path.display(), number + 1))?;
            if values.len() != columns {
                bail!("{}:{}: {} values, not {columns}", path.display(), number + 1, values.len());
            }
            vectors.words.push(word);
            vectors.values.push(values);
        }
        Ok(vectors)
    }

    /// Puts the vectors into the table of words.
    pub fn fill(&self, vocabulary: &Vocabulary, table: &mut Param) {
        let (mut normal, mut shaped) = (String::new(), String::new());
        for (word, values) in self.words.iter().zip(&self.values) {
            let row = vocabulary.look_up(word, &mut normal, &mut shaped)[0] as usize;
            if row >= griot_language::features::FIRST as usize {
                table.w[row * table.columns..(row + 1) * table.columns].copy_from_slice(values);
            }
        }
    }
}
