//! What may be wrong with frames that compile: no example, an example on which the frame is silent, two that can never both fire.

use super::{Codebook, Frame, Pattern};
use std::fmt;

/// Something about a frame that its writer should look at.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// It has no example.
    NoExample,
    /// It does not fire on this example.
    Silent(String),
    /// Another frame stands before it with the same words and the same conditions, so that these words can never call it.
    Hidden {
        /// The words.
        words: String,
        /// The frame that takes them.
        by: String,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Finding::NoExample => write!(f, "has no example; add a sentence of your own writing"),
            Finding::Silent(example) => write!(f, "does not fire on its example '{example}'; see `griot read --explain`"),
            Finding::Hidden { words, by } => {
                write!(f, "'{words}' is taken by '{by}', which has the same conditions; change the conditions or drop it")
            }
        }
    }
}

/// Looks through all frames; `fires` says whether a frame fires on a sentence.
pub fn check(book: &Codebook, mut fires: impl FnMut(&Frame, &str) -> bool) -> Vec<(&Frame, Finding)> {
    let mut findings = Vec::new();
    for (number, frame) in book.frames.iter().enumerate() {
        if frame.examples.is_empty() {
            findings.push((frame, Finding::NoExample));
        }
        for example in &frame.examples {
            if !fires(frame, example) {
                findings.push((frame, Finding::Silent(example.clone())));
            }
        }
        for pattern in &frame.patterns {
            let earlier = book.index().find(pattern.form, &pattern.lemma).iter().filter(|(f, _)| (*f as usize) < number);
            let hidden = earlier.map(|(f, p)| (&book.frames[*f as usize], *p as usize)).find(|(other, p)| {
                same(&other.patterns[*p], pattern) && other.own == frame.own && other.when == frame.when && other.unless == frame.unless
            });
            if let Some((other, _)) = hidden {
                findings.push((frame, Finding::Hidden { words: pattern.lemma.to_string(), by: other.name.to_string() }));
            }
        }
    }
    findings
}

fn same(a: &Pattern, b: &Pattern) -> bool {
    a.before == b.before && a.object == b.object && a.particles == b.particles
}
