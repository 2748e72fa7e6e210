//! The crate as its users see it: bytes, files and streams in; documents and messages out.

mod archives;
mod bad;
mod files;
mod plain;
mod support;
mod web;
