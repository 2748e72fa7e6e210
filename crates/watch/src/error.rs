//! What can go wrong: with the files of a person, and with what a server gives.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// A file that cannot be followed. Each message names the file and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// `feeds.toml` has a mistake.
    #[error("{}{}: {what}", file.display(), place(*line))]
    Feeds {
        /// The file.
        file: PathBuf,
        /// The line, from 1, where it is known.
        line: Option<usize>,
        /// What is wrong and what to do.
        what: String,
    },
    /// Another `griot watch` is at work on the same record.
    #[error("another 'griot watch' adds to this record ({} is locked); wait until it is done or end it", .0.display())]
    Locked(PathBuf),
    /// The state cannot be read or written.
    #[error("{}: {cause}; check your rights and the room on the disk", file.display())]
    State {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: String,
    },
}

fn place(line: Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!(", line {line}"))
}

/// Why something could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It may not be fetched: by the file's rules, by `robots.txt`, by its address.
    Refused(String),
    /// The server says that there is nothing to have.
    Gone(u16),
    /// The server cannot answer now; how long it asks to be left alone.
    Later(u16, Option<Duration>),
    /// No answer, or one that broke off.
    Broken(String),
    /// More bytes than are taken.
    TooLarge(u64),
    /// An answer that is no feed.
    NoFeed(String),
}

impl Failure {
    /// Whether asking again soon would give the same.
    pub fn lasts(&self) -> bool {
        matches!(self, Failure::Refused(_) | Failure::Gone(_) | Failure::TooLarge(_))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Failure::Refused(why) => f.write_str(why),
            Failure::Gone(status) => write!(f, "the server answers {status}; look whether the address is still right"),
            Failure::Later(status, _) => write!(f, "the server answers {status}, so it is asked again later"),
            Failure::Broken(why) => write!(f, "{why}; it is asked again later"),
            Failure::TooLarge(limit) => write!(f, "is larger than {limit} bytes; set max_bytes higher if it should be taken"),
            Failure::NoFeed(why) => write!(f, "is no RSS or Atom feed that can be read ({why}); look at the address in a browser"),
        }
    }
}
