//! The compiled gazetteer: one file that is used as it lies in memory.
//!
//! ```text
//! magic, 8 bytes
//! 7 × (offset u32, length u32): rows, names, units, countries, codes, lists, index
//! rows       21 bytes each: latitude i32 and longitude i32 in 1e-5 degrees, name (offset in names << 8 | length) u32, GeoNames id u24,
//!            population u16 (11 bits, then the power of two that they are shifted by), unit u16, country u8, code u8
//! names      UTF-8, end to end
//! units      4 bytes each: name of a first-level unit, as in rows; number 0 is none
//! countries  8 bytes each: alpha-2 code, alpha-3 code, padding; number 0 is none
//! codes      8 bytes each: feature class, feature code padded with zeros
//! lists      where a name has several rows: how many, then the rows' numbers as differences, all LEB128
//! index      an fst map from folded name to row << 1, or to the offset in lists << 1 | 1
//! ```
//!
//! Integers are little-endian and read byte by byte, so that the file needs no alignment and no `unsafe`. Nothing is checked beyond the
//! sections' bounds: a damaged row reads as an empty name or a wrong point, never as a crash.

use super::{Class, Entry, Error, fold};
use griot_types::SmolStr;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Name and version of the format.
const MAGIC: &[u8; 8] = b"griotgz\x01";
/// Bytes before the first section.
const HEADER: usize = 8 + SECTIONS * 8;
/// How many sections there are.
const SECTIONS: usize = 7;
/// Bytes a row.
const ROW: usize = 21;
/// Bytes a country: alpha-2, alpha-3, three of padding.
const COUNTRY: usize = 8;
/// Bytes a feature code.
const CODE: usize = 8;

/// The file's bytes, in the binary or in memory of their own.
#[derive(Clone, Debug)]
enum Bytes {
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
}

/// A stretch of the file.
#[derive(Clone, Debug)]
struct Section {
    bytes: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        let all: &[u8] = match &self.bytes {
            Bytes::Static(bytes) => bytes,
            Bytes::Shared(bytes) => bytes,
        };
        &all[self.range.clone()]
    }
}

/// A compiled gazetteer.
pub(super) struct Table {
    rows: Section,
    names: Section,
    units: Section,
    countries: Section,
    codes: Section,
    lists: Section,
    index: fst::Map<Section>,
}

/// One row, its numbers looked up.
pub(super) struct Row<'t> {
    pub geonames: u32,
    pub name: &'t str,
    pub latitude: f64,
    pub longitude: f64,
    pub population: u32,
    pub country: &'t str,
    pub admin1: &'t str,
    pub feature: char,
    pub code: &'t str,
}

impl Table {
    /// Uses bytes that live as long as the program.
    pub fn from_static(bytes: &'static [u8]) -> Result<Table, Error> {
        Table::new(Bytes::Static(bytes))
    }

    /// Uses bytes read from elsewhere.
    pub fn from_vec(bytes: Vec<u8>) -> Result<Table, Error> {
        Table::new(Bytes::Shared(bytes.into()))
    }

    fn new(bytes: Bytes) -> Result<Table, Error> {
        let whole = Section { range: 0..bytes_len(&bytes), bytes: bytes.clone() };
        let data = whole.as_ref();
        if data.len() < HEADER || &data[..8] != MAGIC {
            return Err(Error::Compiled("this is no compiled gazetteer of this version".into()));
        }
        let mut sections = Vec::with_capacity(SECTIONS);
        for section in 0..SECTIONS {
            let start = u32_at(data, 8 + section * 8) as usize;
            let end = start + u32_at(data, 12 + section * 8) as usize;
            if start < HEADER || end > data.len() {
                return Err(Error::Compiled(format!("the file is cut short: {} bytes where {end} should be", data.len())));
            }
            sections.push(Section { bytes: bytes.clone(), range: start..end });
        }
        let mut next = sections.into_iter();
        let mut section = || next.next().ok_or_else(|| Error::Compiled("a section is missing".into()));
        let (rows, names, units, countries, codes, lists) = (section()?, section()?, section()?, section()?, section()?, section()?);
        let index = fst::Map::new(section()?).map_err(|cause| Error::Compiled(format!("its index is damaged: {cause}")))?;
        Ok(Table { rows, names, units, countries, codes, lists, index })
    }

    /// How many rows there are.
    pub fn len(&self) -> u32 {
        (self.rows.as_ref().len() / ROW) as u32
    }

    /// One row; `None` beyond the last.
    pub fn row(&self, number: u32) -> Option<Row<'_>> {
        let start = number as usize * ROW;
        let row = self.rows.as_ref().get(start..start + ROW)?;
        let code = slice(&self.codes, usize::from(row[20]) * CODE, CODE);
        let text = code.get(1..).unwrap_or_default();
        let used = text.iter().position(|&b| b == 0).unwrap_or(text.len());
        Some(Row {
            geonames: u32::from_le_bytes([row[12], row[13], row[14], 0]),
            latitude: f64::from(u32_at(row, 0) as i32) / 1e5,
            longitude: f64::from(u32_at(row, 4) as i32) / 1e5,
            population: unpack(u16::from_le_bytes([row[15], row[16]])),
            name: self.name(u32_at(row, 8)),
            admin1: self.unit(u16::from_le_bytes([row[17], row[18]])),
            country: text_of(slice(&self.countries, usize::from(row[19]) * COUNTRY + 2, 3)),
            feature: code.first().map_or('?', |&b| char::from(b)),
            code: text_of(&text[..used]),
        })
    }

    /// The rows that have exactly this folded name.
    pub fn find(&self, folded: &str) -> Vec<u32> {
        self.index.get(folded).map(|value| self.list(value)).unwrap_or_default()
    }

    /// The rows whose folded name an automaton accepts, with that name.
    pub fn search<A: fst::Automaton>(&self, automaton: A) -> Vec<(String, Vec<u32>)> {
        use fst::{IntoStreamer, Streamer};
        let mut found = Vec::new();
        let mut stream = self.index.search(automaton).into_stream();
        while let Some((name, value)) = stream.next() {
            found.push((String::from_utf8_lossy(name).into_owned(), self.list(value)));
        }
        found
    }

    /// The alpha-3 code of a two-letter country code.
    pub fn alpha3(&self, alpha2: &str) -> Option<SmolStr> {
        let mut rows = self.countries.as_ref().chunks_exact(COUNTRY);
        rows.find(|row| alpha2.len() == 2 && &row[..2] == alpha2.as_bytes()).map(|row| text_of(&row[2..5]).into())
    }

    fn list(&self, value: u64) -> Vec<u32> {
        if value & 1 == 0 {
            return vec![(value >> 1) as u32];
        }
        let mut rest = self.lists.as_ref().get((value >> 1) as usize..).unwrap_or_default();
        let count = varint(&mut rest);
        let mut row = 0u32;
        let mut rows = Vec::new();
        for _ in 0..count {
            row = row.wrapping_add(varint(&mut rest));
            rows.push(row);
            if rest.is_empty() {
                break;
            }
        }
        rows
    }

    fn name(&self, reference: u32) -> &str {
        text_of(slice(&self.names, (reference >> 8) as usize, (reference & 255) as usize))
    }

    fn unit(&self, number: u16) -> &str {
        let unit = slice(&self.units, usize::from(number) * 4, 4);
        if unit.is_empty() { "" } else { self.name(u32_at(unit, 0)) }
    }
}

fn bytes_len(bytes: &Bytes) -> usize {
    match bytes {
        Bytes::Static(bytes) => bytes.len(),
        Bytes::Shared(bytes) => bytes.len(),
    }
}

/// `length` bytes from `start`, or none at all.
fn slice(section: &Section, start: usize, length: usize) -> &[u8] {
    section.as_ref().get(start..start + length).unwrap_or_default()
}

fn text_of(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// Reads four bytes; callers have checked that they are there.
fn u32_at(bytes: &[u8], start: usize) -> u32 {
    u32::from_le_bytes([bytes[start], bytes[start + 1], bytes[start + 2], bytes[start + 3]])
}

fn varint(bytes: &mut &[u8]) -> u32 {
    let mut value = 0u32;
    for shift in (0..35).step_by(7) {
        let Some((&byte, rest)) = bytes.split_first() else { break };
        *bytes = rest;
        value |= u32::from(byte & 127).checked_shl(shift).unwrap_or(0);
        if byte < 128 {
            break;
        }
    }
    value
}

fn push_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 128 {
        out.push(value as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A number to three digits and a half, in two bytes.
fn pack(number: u32) -> u16 {
    let shift = (32 - number.leading_zeros()).saturating_sub(11);
    ((number >> shift) << 5) as u16 | shift as u16
}

fn unpack(packed: u16) -> u32 {
    u32::from(packed >> 5) << (packed & 31)
}

/// Strings that are kept once each.
#[derive(Default)]
struct Pool {
    bytes: Vec<u8>,
    known: BTreeMap<String, u32>,
}

impl Pool {
    fn add(&mut self, text: &str) -> Result<u32, Error> {
        if let Some(&reference) = self.known.get(text) {
            return Ok(reference);
        }
        if text.len() > 255 || self.bytes.len() >= 1 << 24 {
            return Err(Error::Compiled(format!("the name '{text}' is too long, or there are too many names")));
        }
        let reference = ((self.bytes.len() as u32) << 8) | text.len() as u32;
        self.bytes.extend_from_slice(text.as_bytes());
        self.known.insert(text.to_owned(), reference);
        Ok(reference)
    }
}

/// Numbers for values, in the order of their first use.
fn number_of<T: PartialEq + Clone>(known: &mut Vec<T>, value: &T) -> usize {
    known.iter().position(|other| other == value).unwrap_or_else(|| {
        known.push(value.clone());
        known.len() - 1
    })
}

/// Compiles places into a file; populations keep three digits and a half. `countries` are pairs of alpha-2 and alpha-3; folded names that are not ASCII are left out.
///
/// Rows are put in the order of their folded names, which keeps the index small and the output the same for the same places.
///
/// # Errors
/// Too much of something for the format: names over 255 bytes, over 255 feature codes or countries, over 65,535 first-level units.
pub fn compile(mut entries: Vec<Entry>, countries: &[(SmolStr, SmolStr)]) -> Result<Vec<u8>, Error> {
    entries.sort_by_cached_key(|e| (fold(&e.name), std::cmp::Reverse(e.population), e.geonames, e.countries.clone(), e.code.clone()));
    let mut pool = Pool::default();
    let mut units = vec![pool.add("")?];
    let mut unit_numbers: BTreeMap<String, u16> = BTreeMap::new();
    let mut codes: Vec<(char, SmolStr)> = Vec::new();
    let mut rows = Vec::with_capacity(entries.len() * ROW);
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        let unit = match entry.admin1.as_deref().unwrap_or_default() {
            "" => 0,
            name => match unit_numbers.get(name) {
                Some(&unit) => unit,
                None => {
                    let unit = u16::try_from(units.len()).map_err(|_| Error::Compiled("too many first-level units".into()))?;
                    units.push(pool.add(name)?);
                    unit_numbers.insert(name.to_owned(), unit);
                    unit
                }
            },
        };
        let alpha3 = entry.countries.first();
        let country = alpha3.and_then(|code| countries.iter().position(|(_, three)| three == code)).map_or(0, |n| n + 1);
        let code = number_of(&mut codes, &(entry.feature, entry.code.clone()));
        rows.extend(((entry.latitude * 1e5).round() as i32).to_le_bytes());
        rows.extend(((entry.longitude * 1e5).round() as i32).to_le_bytes());
        rows.extend(pool.add(&entry.name)?.to_le_bytes());
        let id = Some(entry.geonames).filter(|&id| id < 1 << 24).ok_or_else(|| Error::Compiled(format!("the id {}", entry.geonames)))?;
        rows.extend(&id.to_le_bytes()[..3]);
        rows.extend(pack(entry.population).to_le_bytes());
        rows.extend(unit.to_le_bytes());
        rows.push(u8::try_from(country).map_err(|_| Error::Compiled("too many countries".into()))?);
        rows.push(u8::try_from(code).map_err(|_| Error::Compiled("too many feature codes".into()))?);
        if let (Class::Country, Some(alpha3)) = (Class::of(entry.feature, &entry.code), alpha3) {
            names.entry(country_key(alpha3)).or_insert_with(|| vec![number as u32]);
        }
        for name in entry.aliases.iter().chain([&entry.name]) {
            let folded = fold(name);
            if !folded.is_empty() && folded.is_ascii() {
                let list = names.entry(folded).or_default();
                if list.last() != Some(&(number as u32)) {
                    list.push(number as u32);
                }
            }
        }
    }
    let (lists, index) = index(&names)?;
    let units: Vec<u8> = units.into_iter().flat_map(u32::to_le_bytes).collect();
    Ok(join(&[&rows, &pool.bytes, &units, &country_table(countries), &code_table(&codes)?, &lists, &index]))
}

/// The key under which the index has a country's code: no folded name can be one.
pub(super) fn country_key(alpha3: &str) -> String {
    format!("={}", alpha3.to_ascii_lowercase())
}

/// The lists and the index of folded names.
fn index(names: &BTreeMap<String, Vec<u32>>) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let failed = |cause: fst::Error| Error::Compiled(cause.to_string());
    let mut lists = Vec::new();
    let mut index = fst::MapBuilder::memory();
    for (name, rows) in names {
        let value = match rows.as_slice() {
            [row] => u64::from(*row) << 1,
            _ => {
                let start = lists.len() as u64;
                push_varint(&mut lists, rows.len() as u32);
                let mut last = 0;
                for &row in rows {
                    push_varint(&mut lists, row - last);
                    last = row;
                }
                start << 1 | 1
            }
        };
        index.insert(name, value).map_err(failed)?;
    }
    Ok((lists, index.into_inner().map_err(failed)?))
}

/// Number 0 is no country.
fn country_table(countries: &[(SmolStr, SmolStr)]) -> Vec<u8> {
    let mut table = vec![0; COUNTRY];
    for (two, three) in countries {
        let mut row = [0; COUNTRY];
        row.iter_mut().zip(two.bytes().take(2)).for_each(|(to, from)| *to = from);
        row[2..].iter_mut().zip(three.bytes().take(3)).for_each(|(to, from)| *to = from);
        table.extend(row);
    }
    table
}

fn code_table(codes: &[(char, SmolStr)]) -> Result<Vec<u8>, Error> {
    let mut table = Vec::new();
    for (feature, code) in codes {
        if code.len() >= CODE || !feature.is_ascii() {
            return Err(Error::Compiled(format!("the feature code '{feature}.{code}' is too long")));
        }
        let mut row = [0; CODE];
        row[0] = *feature as u8;
        row[1..].iter_mut().zip(code.bytes()).for_each(|(to, from)| *to = from);
        table.extend(row);
    }
    Ok(table)
}

/// The header and the sections behind it.
fn join(sections: &[&[u8]; SECTIONS]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    let mut start = HEADER as u32;
    for section in sections {
        file.extend(start.to_le_bytes());
        file.extend((section.len() as u32).to_le_bytes());
        start += section.len() as u32;
    }
    sections.iter().for_each(|section| file.extend(*section));
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn populations_keep_their_first_digits() {
        for number in [0, 1, 2047, 2048, 84_208, 4_227_569, 24_874_500, u32::MAX] {
            let back = unpack(pack(number));
            assert!(back <= number && f64::from(number - back) <= f64::from(number) / 1000.0, "{number} became {back}");
        }
    }
}
