//! GeoJSON (RFC 7946): a point for each entry that has one, with how exact it is.

use super::{names, span};
use crate::error::{Error, Result};
use griot_record::Entry;
use serde_json::json;
use std::io::Write;
use std::path::Path;

/// How far from the point a thing may have been, by UCDP's where_prec, in km; for drawing an area in place of a false point.
fn radius(precision: Option<u8>) -> Option<u32> {
    match precision? {
        1 => Some(1),
        2 => Some(25),
        3 => Some(50),
        4 | 5 => Some(150),
        6 => Some(500),
        _ => None,
    }
}

pub fn write(entries: &[Entry], file: &mut dyn Write) -> Result<usize> {
    let failed = |error: std::io::Error| Error::file(Path::new("export"), error);
    let mut rows = 0;
    file.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[").map_err(failed)?;
    for entry in entries {
        let Some((place, point)) = entry.place.as_ref().and_then(|place| Some((place, place.latitude.zip(place.longitude)?))) else {
            continue;
        };
        let (start, end) = span(entry);
        let feature = json!({
            "type": "Feature",
            "id": entry.id,
            "geometry": { "type": "Point", "coordinates": [point.1, point.0] },
            "properties": {
                "kind": entry.kind, "type": entry.type_, "mode": entry.mode, "status": entry.status, "disputed": entry.disputed,
                "source": names(&entry.source), "target": names(&entry.target), "said_by": names(&entry.said_by),
                "place": place.name, "country": place.country, "admin1": place.admin1, "where_prec": place.precision, "radius_km": radius(place.precision),
                "start": start, "end": end, "low": entry.number.low, "best": entry.number.best, "high": entry.number.high, "unit": entry.number.unit,
                "cumulative": entry.cumulative, "of_event": entry.of_event, "inside": entry.inside, "reports": entry.reports, "independent": entry.independent,
                "confidence": entry.confidence, "decided": entry.decided, "quote": entry.members.first().map(|member| member.quote.as_str()),
            },
        });
        write!(file, "{}\n{feature}", if rows > 0 { "," } else { "" }).map_err(failed)?;
        rows += 1;
    }
    file.write_all(b"\n]}\n").map_err(failed)?;
    Ok(rows)
}
