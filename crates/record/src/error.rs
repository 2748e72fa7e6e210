//! What can go wrong with a record, and what to do about it.

use std::path::Path;

/// A record that could not be opened, read or written. The message names the file, the cause and the remedy.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {kind}")]
pub struct Error {
    name: String,
    // No source: its words are in the message, and would be said twice.
    kind: ErrorKind,
}

/// What is wrong. Each message ends with what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No such file, where one must be.
    #[error("there is no such record; make one with 'griot add'")]
    Missing,
    /// A file that is something else.
    #[error("is not a record; give a file that 'griot add' made, or a new name")]
    NotARecord,
    /// A record that a later program wrote.
    #[error("was written by a newer version of Griot (format {found}, this program knows {known}); use that version or a later one")]
    Newer {
        /// The file's format.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// A record in an older format that was opened for reading alone.
    #[error("is in the older format {found}; bring it up to date with 'griot add' or 'griot decide', which write it")]
    Older {
        /// The file's format.
        found: i64,
    },
    /// Another program is writing.
    #[error("is being written by another program, and {seconds} s of waiting did not help; try again later or raise --wait")]
    Busy {
        /// How long this one waited.
        seconds: u64,
    },
    /// No room.
    #[error("the disk is full; nothing of the last batch was kept, what was confirmed before is safe; make room and run the command again")]
    Full,
    /// No right to write.
    #[error("cannot be written; check your rights to the file and its folder")]
    ReadOnly,
    /// Something that the record keeps is not what it was.
    #[error("is damaged ({0}); 'griot verify' lists what is wrong; go back to a copy")]
    Damaged(String),
    /// Nothing under this name.
    #[error("holds nothing called '{0}'; give the id of an entry, a claim or a report, or an actor's id or name")]
    Unknown(String),
    /// A question or decision that makes no sense.
    #[error("{0}")]
    Misuse(String),
    /// Anything else that the database says.
    #[error("{0}")]
    Database(#[source] rusqlite::Error),
}

/// What everything here returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error about the record at `path`.
    pub fn new(path: &Path, kind: ErrorKind) -> Error {
        Error { name: path.display().to_string(), kind }
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// What the database said about the record at `path`.
    pub(crate) fn of(path: &Path, seconds: u64, error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, PermissionDenied, ReadOnly,
        };
        let kind = match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => ErrorKind::Busy { seconds },
            Some(DiskFull) => ErrorKind::Full,
            Some(ReadOnly | PermissionDenied | CannotOpen) => ErrorKind::ReadOnly,
            Some(NotADatabase) => ErrorKind::NotARecord,
            Some(DatabaseCorrupt) => ErrorKind::Damaged(error.to_string()),
            _ => ErrorKind::Database(error),
        };
        Error::new(path, kind)
    }
}
