//! A claim's body: its JSON without what stands elsewhere and without empty fields.

use griot_types::Claim;
use serde_json::{Map, Value, json};

/// The number of a claim's id; `None` where it is not sixteen hexadecimal digits.
pub fn number(id: &str) -> Option<i64> {
    (id.len() == 16).then(|| u64::from_str_radix(id, 16).ok()).flatten().map(|n| n as i64)
}

/// The id of a number.
pub fn id(number: i64) -> String {
    format!("{:016x}", number as u64)
}

/// The claim's body.
pub fn pack(claim: &Claim) -> String {
    let mut value = serde_json::to_value(claim).unwrap_or_default();
    if let Some(map) = value.as_object_mut() {
        for key in ["id", "document", "codebook"] {
            map.remove(key);
        }
        // The first place is the same as 'place' nearly always.
        if map.get("places").and_then(Value::as_array).is_some_and(|places| places.len() == 1 && places.first() == map.get("place")) {
            map.remove("places");
        }
        if let Some(evidence) = map.get_mut("evidence").and_then(Value::as_object_mut) {
            evidence.remove("quote");
        }
    }
    strip(&mut value);
    value.to_string()
}

/// Takes out what is null, false or empty.
fn strip(value: &mut Value) {
    if let Some(map) = value.as_object_mut() {
        map.values_mut().for_each(strip);
        map.retain(|_, value| !is_empty(value));
    } else if let Some(list) = value.as_array_mut() {
        list.iter_mut().for_each(strip);
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// The claim of a body; its quote is what `text` says at its offsets, and empty where these lie outside.
///
/// # Errors
/// The body is no claim's.
pub fn unpack(id: i64, document: &str, codebook: &str, text: &str, body: &str) -> Result<Claim, serde_json::Error> {
    let mut value: Value = serde_json::from_str(body)?;
    if let Some(map) = value.as_object_mut() {
        map.insert("id".into(), json!(self::id(id)));
        map.insert("document".into(), json!(document));
        map.insert("codebook".into(), json!(codebook));
        let place = map.get("place").cloned();
        map.entry("places").or_insert_with(|| place.into_iter().collect());
        for key in ["context", "source", "target", "said_by"] {
            map.entry(key).or_insert_with(|| json!([]));
        }
        map.entry("mutual").or_insert(json!(false));
        for key in ["source", "target", "said_by"] {
            for actor in map.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten() {
                fill(actor, &[("text", json!("")), ("name", json!("")), ("code", json!("")), ("sectors", json!([]))]);
            }
        }
        for place in map.get_mut("places").and_then(Value::as_array_mut).into_iter().flatten() {
            fill(place, &[("text", json!("")), ("name", json!(""))]);
        }
        for (key, empty) in [("place", vec![("text", json!("")), ("name", json!(""))]), ("time", vec![("text", json!(""))])] {
            if let Some(value) = map.get_mut(key) {
                fill(value, &empty);
            }
        }
        let evidence = map.entry("evidence").or_insert_with(|| json!({}));
        fill(evidence, &[("sentence", json!(0)), ("start", json!(0)), ("end", json!(0)), ("parts", json!({})), ("also", json!([]))]);
        if let Some(evidence) = evidence.as_object_mut() {
            let at = |key: &str| evidence.get(key).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
            let quote = at("start").zip(at("end")).and_then(|(start, end)| text.get(start..end)).unwrap_or_default().to_owned();
            evidence.insert("quote".into(), json!(quote));
        }
    }
    serde_json::from_value(value)
}

fn fill(value: &mut Value, empty: &[(&str, Value)]) {
    if let Some(map) = value.as_object_mut() {
        put(map, empty);
    }
}

fn put(map: &mut Map<String, Value>, empty: &[(&str, Value)]) {
    for (key, value) in empty {
        if !map.contains_key(*key) {
            map.insert((*key).into(), value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_come_back_as_they_were() {
        let whole: Claim = serde_json::from_str(include_str!("../../cli/tests/claim.json")).unwrap();
        let mut bare = whole.clone();
        (bare.source, bare.target, bare.said_by) = (vec![], vec![], vec![]);
        (bare.place, bare.places, bare.time, bare.quantity) = (None, vec![], None, None);
        let mut two = whole.clone();
        two.places.push(griot_types::Place { text: "Gao".into(), name: "Gao".into(), ..Default::default() });
        for mut claim in [whole, bare, two] {
            claim.identify(3);
            let body = pack(&claim);
            assert!(!body.contains("null") && !body.contains("[]"), "{body}");
            let text = " ".repeat(claim.evidence.start as usize) + &claim.evidence.quote;
            let back = unpack(number(&claim.id).unwrap(), &claim.document, &claim.codebook, &text, &body).unwrap();
            assert_eq!(back, claim);
        }
    }

    #[test]
    fn ids_are_numbers() {
        for text in ["0000000000000000", "ffffffffffffffff", "8000000000000001", "00000000deadbeef"] {
            assert_eq!(id(number(text).unwrap()), text);
        }
        assert_eq!(number("xyz"), None);
    }
}
