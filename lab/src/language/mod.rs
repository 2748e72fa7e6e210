//! Trains and measures the language layer.

mod adam;
mod batch;
mod corpus;
mod gemm;
mod network;
mod oracle;
mod quantise;
mod random;
mod rename;
mod score;
mod splitter;
mod tables;
mod train;
mod vocabulary;
mod weak;

pub use score::score;
pub use train::{Options, train};
