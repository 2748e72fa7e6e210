//! WARC, the form of web archives: records of pages as they were fetched (`response`) and of their text (`conversion`), packed or not.
//!
//! Archives are large and often damaged. A record that is damaged costs itself alone: reading goes on at the next one.

use super::{Format, http};
use crate::item::{Form, Item, Place, Told};
use crate::packed::{Packing, Unpacked};
use crate::{Error, ErrorKind};
use std::io;

/// The longest head of a record.
const HEAD: usize = 64 << 10;
const MARK: &[u8] = b"WARC/";

/// The records of a file that hold a report.
pub struct Warc<'r> {
    file: String,
    input: Unpacked<'r>,
    /// The largest record that is held.
    limit: u64,
    number: u64,
    /// Where the packed member begins whose record was found wrong: its checksum, which comes last, tells the same damage again.
    wrong_at: Option<u64>,
    ended: bool,
}

/// What is wrong with a record, and whether reading has to look for the next one.
struct Wrong {
    kind: ErrorKind,
    lost: bool,
}

/// How a record's bytes ended.
enum Body {
    Whole(Vec<u8>),
    /// Longer than what is held, and passed over.
    TooLarge,
}

impl<'r> Warc<'r> {
    /// Begins on an unpacked stream.
    pub fn new(file: &str, input: Unpacked<'r>, limit: u64) -> Warc<'r> {
        Warc { file: file.to_owned(), input, limit, number: 0, wrong_at: None, ended: false }
    }

    /// The next report; `None` at the end.
    pub fn next(&mut self) -> Option<Result<Item, Error>> {
        while !self.ended {
            let place = match self.begin() {
                Ok(Some(place)) => place,
                Ok(None) => break,
                Err(error) => {
                    let told = self.wrong_at == Some(self.input.offset());
                    let error = self.broken(error);
                    if told {
                        continue;
                    }
                    return Some(Err(error));
                }
            };
            match self.record(place) {
                Ok(Some(item)) => return Some(Ok(item)),
                Ok(None) => {}
                Err(wrong) => {
                    let error = Error::new(&self.file, wrong.kind).at(place);
                    self.wrong_at = (self.input.packing() != Packing::None).then(|| self.input.offset());
                    if wrong.lost && self.find_next().is_err() {
                        self.ended = true;
                    }
                    return Some(Err(error));
                }
            }
        }
        None
    }

    /// Damage where a record should begin.
    fn broken(&mut self, error: io::Error) -> Error {
        self.number += 1;
        let place = self.place();
        if self.find_next().is_err() {
            self.ended = true;
        }
        Error::new(&self.file, damage(self.input.packing(), error)).at(place)
    }

    fn place(&self) -> Place {
        Place { line: None, record: Some(self.number), offset: Some(self.input.offset()) }
    }

    /// Passes over what lies between records.
    fn begin(&mut self) -> io::Result<Option<Place>> {
        loop {
            let bytes = self.input.fill()?;
            if bytes.is_empty() {
                if !self.input.next_member()? {
                    return Ok(None);
                }
                continue;
            }
            let blank = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blank < bytes.len() {
                self.input.pass(blank);
                self.number += 1;
                return Ok(Some(self.place()));
            }
            self.input.pass(blank);
        }
    }

    fn record(&mut self, place: Place) -> Result<Option<Item>, Wrong> {
        let head = self.head()?;
        let Some(head) = http::Head::read(&head) else { return Err(lost("the head of a record has no end")) };
        if !head.first.starts_with("WARC/") {
            return Err(lost("here a record should begin; the length of the one before may be wrong"));
        }
        let length: Option<u64> = head.get("Content-Length").and_then(|length| length.parse().ok());
        let Some(length) = length else { return Err(lost("the record does not say how long it is")) };
        let kind = head.get("WARC-Type").unwrap_or("").to_ascii_lowercase();
        let untyped = kind.is_empty();
        let wanted = matches!(kind.as_str(), "response" | "conversion" | "resource");
        let body = self.body(length, wanted)?;
        if untyped {
            return Err(Wrong { kind: ErrorKind::Damaged("the record does not say of what type it is".to_owned()), lost: false });
        }
        if !wanted {
            return Ok(None);
        }
        let url = head.get("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
        let is_robots = url.as_deref().is_some_and(|url| url.split(['?', '#']).next().is_some_and(|path| path.ends_with("/robots.txt")));
        if is_robots {
            return Ok(None);
        }
        let Body::Whole(bytes) = body else {
            return Err(Wrong { kind: ErrorKind::TooLarge { limit: self.limit }, lost: false });
        };
        let media = head.get("Content-Type").unwrap_or("");
        let known = Told {
            url,
            fetched: head.get("WARC-Date").map(str::to_owned),
            cut: head.get("WARC-Truncated").map(str::to_owned),
            ..Told::default()
        };
        // Crawlers keep what name servers answered as responses too.
        let is_http = media.to_ascii_lowercase().starts_with("application/http");
        if kind == "response" && is_http && !bytes.starts_with(b"HTTP/") {
            return Err(Wrong { kind: ErrorKind::Damaged("what the server sent has no head".to_owned()), lost: false });
        }
        Ok(if kind == "response" { self.response(bytes, known, place) } else { self.resource(bytes, media, known, place) })
    }

    /// A page as a server sent it.
    fn response(&self, mut bytes: Vec<u8>, known: Told, place: Place) -> Option<Item> {
        let head = http::Head::read(&bytes)?;
        if !http::is_page(head.first) {
            return None;
        }
        let mut told = http::told(&head);
        let media = head.get("Content-Type");
        let body = head.body;
        let (format, charset) = match media {
            Some(media) => http::format(media)?,
            None => (super::tell("", &bytes[body..bytes.len().min(body + super::HEAD)]).ok()?, None),
        };
        told = Told { url: known.url, fetched: known.fetched, cut: known.cut, charset, ..told };
        bytes.drain(..body);
        self.item(bytes, format, told, place)
    }

    /// Bytes of a media type.
    fn resource(&self, bytes: Vec<u8>, media: &str, known: Told, place: Place) -> Option<Item> {
        let (format, charset) = http::format(media)?;
        self.item(bytes, format, Told { charset, ..known }, place)
    }

    fn item(&self, bytes: Vec<u8>, format: Format, told: Told, place: Place) -> Option<Item> {
        let form = match format {
            Format::Plain => Form::Plain,
            Format::Html => Form::Html,
            Format::Pdf => Form::Pdf,
            Format::Docx => Form::Docx,
            Format::Jsonl | Format::Warc | Format::Parquet => return None,
        };
        let name = format!("{}#{}", self.file, self.number);
        Some(Item { name, file: self.file.clone(), place, form, bytes, told })
    }

    /// The bytes of a head, up to and with its empty line.
    fn head(&mut self) -> Result<Vec<u8>, Wrong> {
        let mut head = Vec::new();
        let packing = self.input.packing();
        loop {
            let bytes = self.input.fill().map_err(|error| Wrong { kind: damage(packing, error), lost: true })?;
            if bytes.is_empty() {
                return Err(lost("it breaks off in the head of a record"));
            }
            // What begins otherwise is not gathered: it is passed over.
            if head.is_empty() && !bytes.starts_with(&MARK[..MARK.len().min(bytes.len())]) {
                return Err(lost("here a record should begin; the length of the one before may be wrong"));
            }
            let end = bytes.iter().position(|&b| b == b'\n').map_or(bytes.len(), |at| at + 1);
            head.extend_from_slice(&bytes[..end]);
            self.input.pass(end);
            if head.ends_with(b"\n\r\n") || head.ends_with(b"\n\n") {
                return Ok(head);
            }
            if head.len() > HEAD {
                return Err(lost("the head of a record has no end"));
            }
        }
    }

    /// The bytes of a record. Where its length is wrong and what follows was swallowed, that is given back.
    fn body(&mut self, length: u64, wanted: bool) -> Result<Body, Wrong> {
        let packing = self.input.packing();
        let held = wanted && length <= self.limit;
        // A length is what a file says: room is made for what is there.
        let mut body = Vec::with_capacity(if held { (length as usize).min(1 << 20) } else { 0 });
        let mut left = length;
        while left > 0 {
            let bytes = self.input.fill().map_err(|error| Wrong { kind: damage(packing, error), lost: true })?;
            if bytes.is_empty() {
                let more = self.input.next_member().map_err(|error| Wrong { kind: damage(packing, error), lost: true })?;
                let starts = more && self.input.fill().is_ok_and(|bytes| bytes.starts_with(MARK));
                if starts {
                    return Err(Wrong { kind: wrong_length(), lost: false });
                }
                if !more {
                    self.give_back_swallowed(&body);
                    return Err(Wrong { kind: ErrorKind::BrokenOff("it breaks off inside a record".to_owned()), lost: false });
                }
                continue;
            }
            let taken = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if held {
                body.extend_from_slice(&bytes[..taken]);
            } else if let Some(at) = next_mark(&bytes[..taken]) {
                self.input.pass(at);
                return Err(Wrong { kind: wrong_length(), lost: false });
            }
            self.input.pass(taken);
            left -= taken as u64;
        }
        let follows = self.input.fill().map_err(|error| Wrong { kind: damage(packing, error), lost: true })?;
        if !follows.is_empty() && !follows.starts_with(b"\r") && !follows.starts_with(b"\n") && !follows.starts_with(MARK) {
            let lost = !self.give_back_swallowed(&body);
            return Err(Wrong { kind: wrong_length(), lost });
        }
        Ok(if held { Body::Whole(body) } else { Body::TooLarge })
    }

    /// Gives back what a record took of the ones behind it. Whether it took any.
    fn give_back_swallowed(&mut self, body: &[u8]) -> bool {
        let Some(at) = next_mark(body) else { return false };
        self.input.give_back(&body[at..]);
        true
    }

    /// Looks for the next record: in the next member of a packed file, at the next line that begins one in another.
    fn find_next(&mut self) -> io::Result<()> {
        let mut line_start = false;
        loop {
            let bytes = match self.input.fill() {
                Ok(bytes) => bytes,
                Err(_) => {
                    self.ended = !self.input.recover()?;
                    return Ok(());
                }
            };
            if bytes.is_empty() {
                self.ended = !self.input.next_member()?;
                return Ok(());
            }
            // At the end of what is at hand a part of the mark is taken for it: the head is looked at again.
            if line_start && bytes.starts_with(&MARK[..MARK.len().min(bytes.len())]) {
                return Ok(());
            }
            let at = bytes.iter().position(|&b| b == b'\n').map_or(bytes.len(), |at| at + 1);
            line_start = bytes[at - 1] == b'\n';
            self.input.pass(at);
        }
    }
}

/// Where a line begins that begins a record.
fn next_mark(bytes: &[u8]) -> Option<usize> {
    bytes.windows(MARK.len() + 1).position(|window| window[0] == b'\n' && &window[1..] == MARK).map(|at| at + 1)
}

fn lost(what: &str) -> Wrong {
    Wrong { kind: ErrorKind::Damaged(what.to_owned()), lost: true }
}

fn wrong_length() -> ErrorKind {
    ErrorKind::Damaged("the length that the record gives is wrong".to_owned())
}

/// What a failure to read says: packed bytes that cannot be unpacked are damage, the rest is the operating system's.
pub fn damage(packing: Packing, error: io::Error) -> ErrorKind {
    if packing == Packing::None || error.raw_os_error().is_some() {
        return ErrorKind::Io(error);
    }
    let what = if packing == Packing::Gzip { "gzip" } else { "zstd" };
    match error.kind() {
        io::ErrorKind::UnexpectedEof => ErrorKind::BrokenOff(format!("the {what} data breaks off")),
        _ => ErrorKind::Damaged(format!("{what}: {error}")),
    }
}
