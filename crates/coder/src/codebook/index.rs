//! Finds frames by the lemma of their head word.

use super::{Form, Frame};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// (form, lemma) to the frames and the patterns of theirs that the word may call.
#[derive(Debug, Default)]
pub struct Index {
    words: FxHashMap<(Form, SmolStr), Vec<(u32, u32)>>,
}

impl Index {
    /// Index `frames` by their patterns.
    pub fn new(frames: &[Frame]) -> Index {
        let mut words: FxHashMap<(Form, SmolStr), Vec<(u32, u32)>> = FxHashMap::default();
        for (number, frame) in frames.iter().enumerate() {
            for (at, pattern) in frame.patterns.iter().enumerate() {
                words.entry((pattern.form, pattern.lemma.clone())).or_default().push((number as u32, at as u32));
            }
        }
        Index { words }
    }

    /// Frames (by number) and patterns (by number in their frame) whose head word this is.
    pub fn find(&self, form: Form, lemma: &SmolStr) -> &[(u32, u32)] {
        self.words.get(&(form, lemma.clone())).map_or(&[], Vec::as_slice)
    }
}
