//! Expected claims: reading the language of `tests/README.md`, matching it against claims, scoring.

mod line;
mod markdown;
mod score;

pub use line::{Expected, Polarity, is_called};
pub use markdown::{Block, Case, cases, report_block};
pub use score::{CaseResult, ReportScore, right_claims, score_case, score_report, shown};
