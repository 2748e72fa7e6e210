//! The contract: one claim a line, all keys in order, offsets in code points.

use super::schemes::{self, Scheme};
use crate::engine::Coded;
use griot_coder::Codebook;
use griot_types::CodePoints;

/// One report's claims; what other classifications call each stands behind its own keys.
pub fn report(coded: &Coded, asked: &[Scheme], book: &Codebook) -> String {
    let names = schemes::columns(asked);
    let points = CodePoints::new(&coded.document.text);
    let mut out = String::new();
    for claim in &coded.claims {
        // A claim is plain data with string keys; such a value always has a JSON form.
        if let Ok(line) = serde_json::to_string(&claim.clone().in_code_points(&points)) {
            let mut line = line;
            for (name, value) in names.iter().zip(schemes::values(asked, book, claim)) {
                line.pop();
                let value = serde_json::Value::from(value);
                line.push_str(&format!(",\"{name}\":{value}}}"));
            }
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}
