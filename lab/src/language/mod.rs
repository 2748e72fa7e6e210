//! Trains and measures the language layer.

mod adam;
mod batch;
mod corpus;
mod exchange;
mod gemm;
mod network;
mod oracle;
mod plain;
mod quantise;
mod random;
mod rename;
mod score;
mod splitter;
mod tables;
mod train;
mod vectors;
mod vocabulary;
mod weak;

pub use exchange::export;
pub use plain::write as write_plain;
pub use score::score;
pub use train::{Options, train};
