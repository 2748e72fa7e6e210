//! What a web server answered: the head that names status, type and packing, and the body unpacked.

use super::Format;
use crate::ErrorKind;
use crate::item::Told;
use std::io::Read;

/// How often a body may be packed in itself.
const DEEPEST: usize = 2;

/// The first line and the fields of a head, and where the body begins.
pub struct Head<'b> {
    /// The first line.
    pub first: &'b str,
    fields: Vec<(&'b str, &'b str)>,
    /// Where the body begins.
    pub body: usize,
}

impl<'b> Head<'b> {
    /// Reads a head; `None` where there is no end to it or it is no text.
    pub fn read(bytes: &'b [u8]) -> Option<Head<'b>> {
        let mut at = 0;
        let mut lines = Vec::new();
        loop {
            let length = bytes[at..].iter().position(|&b| b == b'\n')?;
            // Fields of other charsets are met, and none of them is one that is looked at.
            let line = bytes[at..at + length].trim_ascii_end();
            at += length + 1;
            if line.is_empty() {
                break;
            }
            lines.push(std::str::from_utf8(line).unwrap_or(""));
        }
        let (first, rest) = lines.split_first()?;
        let fields = rest.iter().filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim())).collect();
        Some(Head { first, fields, body: at })
    }

    /// A field's value.
    pub fn get(&self, name: &str) -> Option<&'b str> {
        self.fields.iter().find(|(known, value)| known.eq_ignore_ascii_case(name) && !value.is_empty()).map(|(_, value)| *value)
    }
}

/// The format and charset of a media type; `None` for what is no report.
pub fn format(media: &str) -> Option<(Format, Option<String>)> {
    let mut parts = media.split(';').map(str::trim);
    let format = match parts.next()?.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/plain" => Format::Plain,
        "application/pdf" => Format::Pdf,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Format::Docx,
        _ => return None,
    };
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    Some((format, charset.filter(|charset| !charset.is_empty())))
}

/// Whether a body with this first line is a page, and neither a redirection nor an excuse.
pub fn is_page(first: &str) -> bool {
    first.starts_with("HTTP/") && first.split_ascii_whitespace().nth(1) == Some("200")
}

/// What a head says of how the body was sent.
pub fn told(head: &Head) -> Told {
    let list = |name: &str| -> Vec<String> {
        let words = head.get(name).unwrap_or("").split(',').map(|word| word.trim().to_ascii_lowercase());
        words.filter(|word| !word.is_empty() && word != "identity").collect()
    };
    let mut sent = list("transfer-encoding");
    let chunked = sent.iter().any(|word| word == "chunked");
    sent.retain(|word| word != "chunked");
    let mut packed = list("content-encoding");
    packed.append(&mut sent);
    Told { packed, chunked, ..Told::default() }
}

/// The body as it was before it was sent, of at most `limit` bytes.
pub fn unpack(mut bytes: Vec<u8>, told: &Told, limit: u64) -> Result<Vec<u8>, ErrorKind> {
    if told.chunked {
        // Many crawlers undo the chunks and keep the field.
        bytes = unchunk(&bytes).unwrap_or(bytes);
    }
    if told.packed.len() > DEEPEST {
        return Err(ErrorKind::Damaged(format!("it is packed {} times over", told.packed.len())));
    }
    for packing in told.packed.iter().rev() {
        let mut out = Vec::new();
        // The field is kept by many crawlers too, when the packing is undone.
        let result = match packing.as_str() {
            "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => {
                flate2::read::MultiGzDecoder::new(&bytes[..]).take(limit + 1).read_to_end(&mut out)
            }
            "deflate" if is_zlib(&bytes) => flate2::read::ZlibDecoder::new(&bytes[..]).take(limit + 1).read_to_end(&mut out),
            "zstd" if bytes.starts_with(b"\x28\xb5\x2f\xfd") => {
                zstd::stream::read::Decoder::new(&bytes[..]).and_then(|decoder| decoder.take(limit + 1).read_to_end(&mut out))
            }
            "gzip" | "x-gzip" | "deflate" | "zstd" => continue,
            other if crate::charset::is_no_utf8_text(&bytes[..bytes.len().min(super::HEAD)]) || std::str::from_utf8(&bytes).is_err() => {
                let name: String = other.chars().take(20).collect();
                return Err(ErrorKind::Packing(name));
            }
            _ => continue,
        };
        result.map_err(|error| ErrorKind::Damaged(format!("{packing}: {error}")))?;
        if out.len() as u64 > limit {
            return Err(ErrorKind::TooLarge { limit });
        }
        bytes = out;
    }
    Ok(bytes)
}

fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

/// Puts chunks together; `None` where the bytes are none.
fn unchunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    loop {
        let end = bytes.iter().take(64).position(|&b| b == b'\n')?;
        let line = std::str::from_utf8(&bytes[..end]).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        bytes = &bytes[end + 1..];
        if length == 0 {
            return Some(out);
        }
        // The last chunk may be cut off with the record.
        out.extend_from_slice(&bytes[..length.min(bytes.len())]);
        let Some(rest) = bytes.get(length..) else { return Some(out) };
        bytes = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if bytes.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(packed: &[&str], chunked: bool) -> Told {
        Told { packed: packed.iter().map(|&word| word.to_owned()).collect(), chunked, ..Told::default() }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn bodies_are_unpacked_whether_or_not_the_crawler_did() {
        let page = b"<p>Gunmen fled.</p>".to_vec();
        let unpack = |bytes: &[u8], told: &Told| unpack(bytes.to_vec(), told, 1000).map_err(|error| error.to_string());
        for (bytes, told) in [
            (page.clone(), packed(&[], false)),
            (page.clone(), packed(&["gzip", "br", "deflate", "zstd"][..1], true)),
            (gzip(&page), packed(&["gzip"], false)),
            (gzip(&gzip(&page)), packed(&["gzip", "gzip"], false)),
            ([b"8;x=1\r\n<p>Gunme\r\nB\r\nn fled.</p>\r\n0\r\n\r\n".to_vec()].concat(), packed(&[], true)),
            (zstd::encode_all(&page[..], 1).unwrap(), packed(&["zstd"], false)),
        ] {
            assert_eq!(unpack(&bytes, &told).as_deref(), Ok(&page[..]));
        }
        let bomb = gzip(&vec![b' '; 100_000]);
        assert_eq!(unpack(&bomb, &packed(&["gzip"], false)), Err("is larger than 1000 bytes; split it into smaller files".to_owned()));
        assert!(unpack(&bomb, &packed(&["gzip", "gzip", "gzip"], false)).unwrap_err().contains("packed 3 times over"));
        assert!(unpack(&gzip(&page)[..20], &packed(&["gzip"], false)).unwrap_err().starts_with("is damaged (gzip: "));
        assert!(unpack(b"\x8b\x05\x80\xff\x00", &packed(&["br"], false)).unwrap_err().contains("packed as 'br'"));
    }

    #[test]
    fn media_types() {
        assert_eq!(format("Text/HTML; Charset=\"latin1\""), Some((Format::Html, Some("latin1".to_owned()))));
        assert_eq!(format("text/plain"), Some((Format::Plain, None)));
        assert_eq!(format("image/png"), None);
    }
}
