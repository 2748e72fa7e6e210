//! Trains and measures the language layer.

mod adam;
mod batch;
mod corpus;
mod gemm;
mod network;
mod oracle;
mod quantise;
mod random;
mod score;
mod splitter;
mod tables;
mod train;
mod vocabulary;

pub use score::score;
pub use train::{Options, train};
