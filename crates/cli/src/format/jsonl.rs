//! The contract: one claim a line, all keys in order, offsets in code points.

use crate::engine::Coded;
use griot_types::CodePoints;

/// One report's claims.
pub fn report(coded: &Coded) -> String {
    let points = CodePoints::new(&coded.document.text);
    let mut out = String::new();
    for claim in &coded.claims {
        // A claim is plain data with string keys; such a value always has a JSON form.
        if let Ok(line) = serde_json::to_string(&claim.clone().in_code_points(&points)) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}
