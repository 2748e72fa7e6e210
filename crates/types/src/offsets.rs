//! Offsets: UTF-8 bytes inside the program, code points at its edges.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A stretch of a text: `start..end`, half open. UTF-8 byte offsets unless a function says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The stretch `start..end`.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Span { start, end }
    }

    /// The words themselves. Empty where the span is not a stretch of `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// As a pair, `[start, end]`, as the claim's JSON has it.
impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(u32, u32)>::deserialize(deserializer)?;
        if start > end {
            return Err(serde::de::Error::custom("a span ends before it starts"));
        }
        Ok(Span { start, end })
    }
}

/// How many bytes lie between two marks of the index.
const STRIDE: usize = 64;

/// Turns byte offsets of one text into code points (Python's string indices).
///
/// Building is one pass over the text; a look-up counts at most 64 bytes. ASCII texts need no index.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * STRIDE`; empty for ASCII.
    marks: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// Index `text`.
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                marks.push(count);
                count += starts(chunk);
            }
            marks.push(count);
        }
        CodePoints { text, marks }
    }

    /// The number of code points before byte `offset` (clamped to the text's end).
    pub fn at(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        if self.marks.is_empty() {
            return offset as u32;
        }
        let block = offset / STRIDE;
        self.marks[block] + starts(&self.text.as_bytes()[block * STRIDE..offset])
    }

    /// A span in code points.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.at(span.start), self.at(span.end))
    }
}

/// How many code points start among these bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        let text = "Sévaré — «Ménaka» 🕊 e\u{301} ".repeat(40);
        let points = CodePoints::new(&text);
        for (count, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(offset as u32), count as u32);
        }
        assert_eq!(points.at(text.len() as u32) as usize, text.chars().count());
    }
}
