//! What others who classify conflict events call a claim, as further columns that are asked for by `--types`.

use clap::ValueEnum;
use griot_coder::Codebook;
use griot_types::Claim;

/// A classification of other coders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scheme {
    /// ACLED's event type and sub-event type
    Acled,
    /// UCDP's type of violence: 1 state-based, 2 non-state, 3 one-sided
    Ucdp,
}

/// The names of the columns that the schemes add.
pub fn columns(schemes: &[Scheme]) -> Vec<&'static str> {
    let names = |scheme: &Scheme| match scheme {
        Scheme::Acled => ["acled_event", "acled_sub_event"].as_slice(),
        Scheme::Ucdp => ["ucdp_type"].as_slice(),
    };
    schemes.iter().flat_map(names).copied().collect()
}

/// What they hold for a claim; `None` where a scheme has no word for it.
pub fn values<'b>(schemes: &[Scheme], book: &'b Codebook, claim: &Claim) -> Vec<Option<&'b str>> {
    let mut values = Vec::new();
    for scheme in schemes {
        match scheme {
            Scheme::Acled => {
                let rule = book.acled.of(claim);
                values.extend([rule.map(|r| r.event.as_str()), rule.map(|r| r.sub_event.as_str())]);
            }
            Scheme::Ucdp => values.push(book.ucdp.of(claim).map(|r| r.event.as_str())),
        }
    }
    values
}
