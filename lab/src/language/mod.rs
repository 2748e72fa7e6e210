//! Trains and measures the language layer.

mod abbreviations;
mod adam;
mod batch;
mod corpus;
mod count;
mod exchange;
mod gemm;
mod inflect;
mod network;
mod oracle;
mod plain;
mod quantise;
mod rename;
mod score;
mod speed;
mod splitter;
mod tables;
mod train;
mod vectors;
mod vocabulary;

use griot_lab::random;
mod weak;

pub use count::count;
pub use exchange::export;
pub use plain::write as write_plain;
pub use score::score;
pub use speed::time;
pub use train::{Options, train};
