//! Place names of a report: which words are place names, and which places they mean.

use griot_types::Place;

/// A place that a sentence names.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// The first token of the place phrase: 'near' in 'near Koutougou'.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// The head of the name in the tree.
    pub head: usize,
    /// The place; without coordinates where the gazetteer knows none of that name.
    pub place: Place,
}
