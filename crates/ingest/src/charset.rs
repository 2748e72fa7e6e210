//! Bytes to text: byte-order mark, a declared charset, UTF-8, else a guess.

use crate::ErrorKind;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text and how it was come by.
#[derive(Debug, PartialEq)]
pub struct Decoded {
    /// The text, without its byte-order mark.
    pub text: String,
    /// The charset's name where it had to be guessed.
    pub guessed: Option<&'static str>,
    /// How many characters could not be read and became U+FFFD.
    pub replaced: usize,
}

/// How much of the input decides what it is. Detection is linear, but slow.
const SAMPLE: usize = 1 << 20;

/// Decodes `bytes`; `declared` is the charset that the format itself names (HTML's `meta`).
///
/// A byte-order mark outweighs a declaration, and valid UTF-8 too: pages that say Latin-1 and are UTF-8 are common, the reverse cannot
/// pass as UTF-8. What is left is guessed with Mozilla's detector.
pub fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<Decoded, ErrorKind> {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        return with(encoding, &bytes[length..], None);
    }
    let head = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(encoding) = wide(head) {
        return with(encoding, &bytes, Some(encoding.name()));
    }
    if is_binary(head) {
        return Err(ErrorKind::Binary);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text, guessed: None, replaced: 0 }),
        Err(error) => error.into_bytes(),
    };
    if is_damaged_utf8(&bytes) {
        return with(UTF_8, &bytes, None);
    }
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.as_bytes()))
        && encoding != UTF_8
    {
        return with(encoding, &bytes, None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    with(encoding, &bytes, Some(encoding.name()))
}

fn with(encoding: &'static Encoding, bytes: &[u8], guessed: Option<&'static str>) -> Result<Decoded, ErrorKind> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let replaced = if damaged { text.matches('\u{fffd}').count() } else { 0 };
    // A right guess leaves next to nothing that no writer types. One odd character in fifty is a wrong charset.
    let (mut odd, mut all) = (0, 0);
    for c in text.chars().take(SAMPLE) {
        all += 1;
        odd += usize::from(matches!(c, '\u{fffd}' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}'));
    }
    if odd * 50 > all { Err(ErrorKind::UnknownCharset) } else { Ok(Decoded { text, guessed, replaced }) }
}

/// UTF-16 without its mark: of English text nearly every second byte is zero.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |offset: usize| head[..pairs * 2].iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 >= pairs * 8 && even * 50 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 8 && odd * 50 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes hold what no text holds: more than stray control characters.
fn is_binary(head: &[u8]) -> bool {
    let controls = head.iter().filter(|&&b| b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b) || b == 127).count();
    let zeros = head.iter().filter(|&&b| b == 0).count();
    controls * 50 > head.len() || zeros * 1000 > head.len()
}

/// Whether the start of an input rules out UTF-8 text: UTF-16 or binary data.
pub fn is_no_utf8_text(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || is_binary(head)
}

/// Whether bytes are UTF-8 but for a few broken places: many well-formed sequences of several bytes cannot be chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * broken
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Gunmen killed five people near Sévaré, Tillabéri and Ménaka, the governor’s office said.";

    #[test]
    fn utf8_with_and_without_its_mark() {
        let plain = decode(TEXT.into(), None).unwrap();
        assert_eq!((plain.text.as_str(), plain.guessed, plain.replaced), (TEXT, None, 0));
        assert_eq!(decode(format!("\u{feff}{TEXT}").into_bytes(), None).unwrap(), plain);
    }

    #[test]
    fn utf16_with_and_without_its_mark() {
        for big in [false, true] {
            let wide =
                |text: &str| text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect::<Vec<u8>>();
            assert_eq!(decode(wide(&format!("\u{feff}{TEXT}")), None).unwrap().text, TEXT);
            let guessed = decode(wide(TEXT), None).unwrap();
            assert_eq!((guessed.text.as_str(), guessed.guessed), (TEXT, Some(if big { "UTF-16BE" } else { "UTF-16LE" })));
        }
    }

    #[test]
    fn a_charset_of_one_byte_is_guessed_or_declared() {
        let bytes = encoding_rs::WINDOWS_1252.encode(TEXT).0.into_owned();
        let guessed = decode(bytes.clone(), None).unwrap();
        assert_eq!((guessed.text.as_str(), guessed.guessed), (TEXT, Some("windows-1252")));
        let declared = decode(bytes, Some("iso-8859-1")).unwrap();
        assert_eq!((declared.text.as_str(), declared.guessed), (TEXT, None));
    }

    #[test]
    fn a_broken_byte_in_utf8_is_replaced() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xff);
        let damaged = decode(bytes, None).unwrap();
        assert_eq!((damaged.text, damaged.replaced), (format!("{TEXT}\u{fffd}"), 1));
    }

    #[test]
    fn what_is_no_text() {
        assert!(matches!(decode(vec![0; 100], None), Err(ErrorKind::Binary)));
        assert!(matches!(decode((0..=255).cycle().take(5000).collect(), None), Err(ErrorKind::Binary)));
        // Bytes that are undefined in every charset of one byte, and no sequence of any other.
        assert!(matches!(decode(b"\xff\x81\x8d\x9d".repeat(50), None), Err(ErrorKind::UnknownCharset)));
    }
}
