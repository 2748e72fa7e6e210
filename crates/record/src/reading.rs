//! The claims of a reading, as they are kept and as they are taken out again.
//!
//! The claims of one report name the same actors and places over and over, so their bodies are kept together: one a line, deflated, behind four bytes
//! that say how long they are. A quote is what the report's text says at the claim's offsets and is not kept twice.

use crate::codec;
use crate::error::Result;
use crate::store::Record;
use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use griot_types::Claim;
use std::io::Read;
use std::rc::Rc;

/// How many readings a record holds unpacked: about as many as a page of answers opens.
const OPEN: usize = 256;

/// One reading of one report.
pub(crate) struct Whole {
    document: String,
    codebook: String,
    text: String,
    /// The number of the first claim; the others follow it.
    first: i64,
    ids: Vec<i64>,
    bodies: Vec<String>,
}

impl Whole {
    /// Its claims, in order, each with its number.
    pub fn claims(&self) -> impl Iterator<Item = (i64, std::result::Result<Claim, serde_json::Error>)> {
        (0..self.ids.len()).map(|at| (self.first + at as i64, self.at(at)))
    }

    fn at(&self, at: usize) -> std::result::Result<Claim, serde_json::Error> {
        codec::unpack(self.ids[at], &self.document, &self.codebook, &self.text, self.bodies.get(at).map_or("", String::as_str))
    }

    /// The ids, and beside them the bodies as they were written.
    pub fn rows(&self) -> impl Iterator<Item = (i64, &str)> {
        self.ids.iter().copied().zip(self.bodies.iter().map(String::as_str))
    }
}

/// The bodies of a reading's claims as one blob.
pub(crate) fn pack<'a>(bodies: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut plain = String::new();
    for body in bodies {
        // JSON has no bare line end.
        plain.push_str(body);
        plain.push('\n');
    }
    let mut blob = (plain.len() as u32).to_le_bytes().to_vec();
    // Reading from memory into memory cannot fail.
    let _ = ZlibEncoder::new(plain.as_bytes(), Compression::default()).read_to_end(&mut blob);
    blob
}

/// The bodies of a blob; `None` where it is none.
pub(crate) fn unpack(blob: &[u8]) -> Option<Vec<String>> {
    let (size, packed) = blob.split_first_chunk::<4>()?;
    let size = u64::from(u32::from_le_bytes(*size));
    let mut plain = String::new();
    // One byte more than is told, to see whether there is more: what was tampered with must not fill the memory.
    ZlibDecoder::new(packed).take(size + 1).read_to_string(&mut plain).ok()?;
    (plain.len() as u64 == size).then(|| plain.lines().map(str::to_owned).collect())
}

impl Record {
    /// A reading by its number, unpacked.
    pub(crate) fn whole(&self, coding: i64) -> Result<Rc<Whole>> {
        if let Some(open) = self.open.borrow().get(&coding) {
            return Ok(open.clone());
        }
        let sql = "SELECT report.hash, reader.codebook, report_text.text, coding.first, coding.claims, coding.bodies
             FROM coding JOIN report ON report.n = coding.report JOIN reader ON reader.n = coding.reader
             JOIN report_text ON report_text.n = coding.report WHERE coding.n = ?1";
        let found = self.row(sql, [coding], |row| {
            let text = crate::verify::text_at(row, 2)?.unwrap_or_default();
            let names = (row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?, String::from_utf8_lossy(&text).into_owned());
            Ok((names, row.get::<_, i64>(3)?, row.get::<_, i64>(4)?, row.get::<_, Vec<u8>>(5)?))
        })?;
        let lost = || self.damaged(format!("the claims of reading {coding} cannot be unpacked"));
        let ((hash, codebook, text), first, claims, blob) = found.ok_or_else(lost)?;
        let bodies = unpack(&blob).ok_or_else(lost)?;
        let ids = self.rows("SELECT id FROM claim WHERE n >= ?1 AND n < ?2 ORDER BY n", [first, first + claims], |row| row.get(0))?;
        if ids.len() != bodies.len() {
            return Err(lost());
        }
        let whole = Rc::new(Whole { document: crate::add::hash_name(&hash), codebook, text, first, ids, bodies });
        let mut open = self.open.borrow_mut();
        if open.len() >= OPEN {
            open.clear();
        }
        open.insert(coding, whole.clone());
        Ok(whole)
    }

    /// The claim with this number in this reading, as it was read.
    pub(crate) fn claim_at(&self, coding: i64, n: i64) -> Result<Claim> {
        let whole = self.whole(coding)?;
        let at = usize::try_from(n - whole.first).ok().filter(|at| *at < whole.ids.len());
        let at = at.ok_or_else(|| self.damaged(format!("claim number {n} is not in its reading")))?;
        whole.at(at).map_err(|error| self.damaged(format!("claim {}: {error}", codec::id(whole.ids[at]))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_come_back_and_never_as_something_else() {
        let bodies = ["{\"kind\":\"event\"}", "{\"quote\":\"a\\nb\"}", "{}"];
        let blob = pack(bodies.into_iter());
        assert_eq!(unpack(&blob).unwrap(), bodies);
        assert_eq!(unpack(&pack(std::iter::empty())).unwrap(), Vec::<String>::new());
        for at in 0..blob.len() {
            let mut wrong = blob.clone();
            wrong[at] ^= 0x10;
            // Bits that pad the last byte say nothing; all others are missed.
            assert!(unpack(&wrong).is_none_or(|read| read == bodies), "byte {at}");
        }
        assert_eq!(unpack(&[1, 0]), None);
    }
}
