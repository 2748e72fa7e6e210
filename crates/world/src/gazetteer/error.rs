//! What can be wrong with a gazetteer that is given to Griot.

/// Why a gazetteer file, a regions file or a country file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The compiled file is not one, is of another version, or is cut short.
    #[error("gazetteer: {0}")]
    Compiled(String),
    /// A text file has a line that cannot be read. Lines count from 1.
    #[error("{file}:{line}: {cause}")]
    Line {
        /// The file, as far as its name is known.
        file: String,
        /// Where in it.
        line: usize,
        /// What is wrong there.
        cause: String,
    },
}
