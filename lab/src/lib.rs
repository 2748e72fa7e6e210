//! Measuring Griot against expectations that people wrote: cases and whole reports (`tests/README.md` has the format).

pub mod calibrate;
pub mod codebook;
pub mod coverage;
pub mod crawl;
pub mod expect;
pub mod line;
pub mod peers;
pub mod random;
pub mod refer;
pub mod reports;
pub mod unknown;
pub mod world;
