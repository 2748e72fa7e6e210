//! Finds frames by the lemma of their head word.

use super::{Count, Form, Frame, Roles, Template};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// (form, lemma) to the frames and the patterns of theirs that the word may call.
#[derive(Debug, Default)]
pub struct Index {
    words: FxHashMap<(Form, SmolStr), Vec<(u32, u32)>>,
    /// For verbs the frames in which something is done to an object, less those in which nothing is.
    objects: FxHashMap<SmolStr, i32>,
}

impl Index {
    /// Index `frames` by their patterns.
    pub fn new(frames: &[Frame]) -> Index {
        let mut words: FxHashMap<(Form, SmolStr), Vec<(u32, u32)>> = FxHashMap::default();
        let mut objects: FxHashMap<SmolStr, i32> = FxHashMap::default();
        for (number, frame) in frames.iter().enumerate() {
            for (at, pattern) in frame.patterns.iter().enumerate() {
                words.entry((pattern.form, pattern.lemma.clone())).or_default().push((number as u32, at as u32));
                if pattern.form == Form::Verb && !frame.claims.is_empty() {
                    let object = frame.claims.iter().any(done_to_object);
                    *objects.entry(pattern.lemma.clone()).or_default() += if object { 1 } else { -1 };
                }
            }
        }
        // The frame that asks for most stands first, and of equals the one that was written first: the first that fits is the best.
        for found in words.values_mut() {
            found.sort_by_key(|&(frame, pattern)| std::cmp::Reverse(rank(&frames[frame as usize], pattern as usize)));
        }
        Index { words, objects }
    }

    /// Whether by most of its frames something is done to the object of this verb.
    pub fn takes_object(&self, lemma: &str) -> bool {
        self.objects.get(lemma).is_some_and(|&balance| balance > 0)
    }

    /// Frames (by number) and patterns (by number in their frame) whose head word this is, the highest [`rank`] first.
    pub fn find(&self, form: Form, lemma: &SmolStr) -> &[(u32, u32)] {
        self.words.get(&(form, lemma.clone())).map_or(&[], Vec::as_slice)
    }
}

/// What puts one frame before another where both fit: the user's own, then the number of its words and conditions.
pub fn rank(frame: &Frame, pattern: usize) -> (bool, usize) {
    (frame.own, 2 * frame.patterns[pattern].extra() + 2 * frame.when.len())
}

fn done_to_object(template: &Template) -> bool {
    let object = |roles: &Roles| roles.0.iter().flatten().any(|item| item.path.len() == 1 && item.path[0] == "obj");
    object(&template.target) || matches!(&template.count, Some(Count::Of(roles)) if object(roles))
}
