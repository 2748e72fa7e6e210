//! What can go wrong on the way in and out.

use std::path::PathBuf;

/// A result with this room's error.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The record's own words.
    #[error(transparent)]
    Record(#[from] griot_record::Error),
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What is asked for cannot be done.
    #[error("{0}")]
    Asked(String),
}

impl Error {
    /// An error of a file.
    pub fn file(path: &std::path::Path, source: std::io::Error) -> Error {
        Error::File { path: path.to_owned(), source }
    }
}
