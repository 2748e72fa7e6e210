//! The crate's one error.

/// A dictionary that cannot be read: which file, which line, why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct Error {
    /// The file's name as it was given.
    pub file: String,
    /// From 1; 1 too where the fault has no place of its own.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Error {
    pub(crate) fn at(file: &str, line: usize, message: impl Into<String>) -> Error {
        Error { file: file.to_owned(), line, message: message.into() }
    }
}
