//! The lemmatizer: a word and its XPOS tag name a script that turns the form into the base form.
//!
//! Scripts are learned from the treebanks (after Chrupała 2008): keep or lower the case, take so many characters off the end, put others
//! there. Known words have their own script, irregular ones one that replaces all of them; unknown words take that of their longest
//! known ending.

use crate::{
    features::{ending, normalise},
    hash::{Table, hash},
};
use griot_types::{SmolStr, Xpos};

/// Longest ending that scripts are learned for, in characters.
pub const LONGEST: usize = 5;

/// How a form becomes a lemma.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Script {
    lower: bool,
    strip: usize,
    add: SmolStr,
}

impl Script {
    /// As the model writes it: `l` (lower case) or `k` (keep), how many characters go, a colon, what comes instead.
    pub fn parse(line: &str) -> Option<Script> {
        let lower = match line.as_bytes().first()? {
            b'l' => true,
            b'k' => false,
            _ => return None,
        };
        let (strip, add) = line[1..].split_once(':')?;
        Some(Script { lower, strip: strip.parse().ok()?, add: add.into() })
    }

    #[cfg(any(feature = "train", test))]
    /// The shortest script from `form` to `lemma`; the case is kept where that does as well.
    pub fn between(form: &str, lemma: &str) -> Script {
        let make = |lower: bool| {
            let from: Vec<char> = if lower { form.to_lowercase().chars().collect() } else { form.chars().collect() };
            let to: Vec<char> = lemma.chars().collect();
            let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            Script { lower, strip: from.len() - shared, add: to[shared..].iter().collect::<String>().into() }
        };
        let (kept, lowered) = (make(false), make(true));
        if kept.strip + kept.add.len() <= lowered.strip + lowered.add.len() && !(lemma.chars().all(char::is_lowercase)) {
            kept
        } else {
            lowered
        }
    }

    #[cfg(any(feature = "train", test))]
    /// The line that [`Script::parse`] reads.
    pub fn line(&self) -> String {
        format!("{}{}:{}", if self.lower { 'l' } else { 'k' }, self.strip, self.add)
    }

    /// Applies the script.
    pub fn apply(&self, form: &str) -> SmolStr {
        if !self.lower || !form.chars().any(char::is_uppercase) {
            return self.finish(form);
        }
        self.finish(&form.to_lowercase())
    }

    fn finish(&self, form: &str) -> SmolStr {
        if self.strip == 0 && self.add.is_empty() {
            return form.into();
        }
        let stem = match self.strip.checked_sub(1) {
            None => form,
            Some(back) => form.char_indices().rev().nth(back).map_or("", |(at, _)| &form[..at]),
        };
        let mut lemma = String::with_capacity(stem.len() + self.add.len());
        lemma.push_str(stem);
        lemma.push_str(&self.add);
        if lemma.is_empty() { form.into() } else { lemma.into() }
    }
}

/// The key of a whole word with its tag; `word` is [`normalise`]d.
pub fn word_key(word: &str, xpos: Xpos) -> u64 {
    hash(64 + xpos as u8, word.as_bytes())
}

/// The key of an ending with a tag.
pub fn ending_key(end: &str, xpos: Xpos) -> u64 {
    hash(128 + xpos as u8, end.as_bytes())
}

/// The base form of `form` under `xpos`. `normal` is a buffer.
pub fn lemma(table: &Table, scripts: &[Script], form: &str, xpos: Xpos, normal: &mut String) -> SmolStr {
    normalise(form, normal);
    let known = table.get(word_key(normal, xpos));
    let script = known.or_else(|| {
        let mut longest = (0..=LONGEST).rev().map(|len| if len == 0 { "" } else { ending(normal, len) });
        longest.find_map(|end| table.get(ending_key(end, xpos)))
    });
    script.and_then(|at| scripts.get(at as usize)).map_or_else(|| form.into(), |script| script.apply(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_turn_forms_into_lemmas() {
        for (form, lemma) in [("Carried", "carry"), ("is", "be"), ("Gao", "Gao"), ("WENT", "go"), ("12,000", "12,000"), ("’s", "'s"), ("mice", "mouse")] {
            let script = Script::between(form, lemma);
            assert_eq!(script.apply(form), lemma, "{}", script.line());
            assert_eq!(Script::parse(&script.line()), Some(script));
        }
        assert_eq!(Script::between("Carried", "carry").apply("married"), "marry");
    }

    #[test]
    fn a_script_longer_than_the_word_leaves_something() {
        assert_eq!(Script::parse("l9:").map(|s| s.apply("ab")), Some("ab".into()));
        assert_eq!(Script::parse("x9:"), None);
    }
}
