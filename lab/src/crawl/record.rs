//! Records of a web archive, whole and damaged.

use super::page;
use super::prose::{Prose, Story};
use crate::random::Random;
use anyhow::Result;
use std::io::Write;
use std::path::Path;

/// How each record is packed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Packing {
    /// Told from a file's name.
    pub fn of(path: &Path) -> Packing {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("gz") => Packing::Gzip,
            Some("zst") => Packing::Zstd,
            _ => Packing::None,
        }
    }

    /// A record as it lies in the file.
    pub fn member(self, record: &[u8]) -> Result<Vec<u8>> {
        Ok(match self {
            Packing::None => record.to_vec(),
            Packing::Gzip => gzip(record)?,
            Packing::Zstd => zstd_member(record)?,
        })
    }
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// A frame with its checksum, as crawlers write them: without one, a changed byte may pass unseen.
fn zstd_member(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 3)?;
    encoder.include_checksum(true)?;
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// A report and the page around it.
pub struct Page<'p> {
    pub url: &'p str,
    pub story: &'p Story,
    pub layout: usize,
}

/// A record with its head and the two line ends behind it, its length `off` from the truth.
fn warc(kind: &str, media: &str, url: &str, body: &[u8], off: i64) -> Vec<u8> {
    let length = body.len() as i64 + off;
    let head = format!(
        "WARC/1.0\r\n{kind}WARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn http(fields: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{fields}\r\n").as_bytes(), body].concat()
}

fn response(url: &str, body: &[u8], off: i64) -> Vec<u8> {
    warc("WARC-Type: response\r\n", "application/http; msgtype=response", url, body, off)
}

pub fn info() -> Vec<u8> {
    warc("WARC-Type: warcinfo\r\n", "application/warc-fields", "", b"software: made up\r\n", 0)
}

/// What crawlers keep besides pages.
pub fn other(url: &str, chance: &mut Random) -> Vec<u8> {
    match chance.below(4) {
        0 => warc("WARC-Type: request\r\n", "application/http; msgtype=request", url, b"GET / HTTP/1.1\r\n\r\n", 0),
        1 => response(&format!("{url}.png"), &http("Content-Type: image/png\r\n", b"\x89PNG\r\n\x1a\n"), 0),
        2 => response(&format!("{url}/robots.txt"), &http("Content-Type: text/plain\r\n", b"User-agent: *\r\nDisallow: /x\r\n"), 0),
        _ => response(&format!("{url}/gone"), b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No such page.</p>", 0),
    }
}

impl Page<'_> {
    /// The page in one of the charsets and ways of sending that are met; one in ten is the record of its text.
    pub fn record(&self, prose: &Prose, chance: &mut Random) -> Vec<u8> {
        if chance.per_mille(100) {
            let text = format!("{}\n\n{}\n", self.story.title, self.story.paragraphs.join("\n\n"));
            return warc("WARC-Type: conversion\r\n", "text/plain", self.url, text.as_bytes(), 0);
        }
        let (body, media) = self.body(prose, chance);
        let body = match chance.below(4) {
            0 => http(&format!("Content-Type: {media}\r\nTransfer-Encoding: chunked\r\n"), &chunked(&body)),
            1 => match gzip(&body) {
                Ok(packed) => http(&format!("Content-Type: {media}\r\nContent-Encoding: gzip\r\n"), &packed),
                Err(_) => http(&format!("Content-Type: {media}\r\n"), &body),
            },
            _ => http(&format!("Content-Type: {media}\r\n"), &body),
        };
        response(self.url, &body, 0)
    }

    /// The page's bytes and its media type.
    fn body(&self, prose: &Prose, chance: &mut Random) -> (Vec<u8>, &'static str) {
        let (inside, media, encoding) = match chance.below(8) {
            0 => ("", "text/html; charset=windows-1252", encoding_rs::WINDOWS_1252),
            1 => ("iso-8859-1", "text/html", encoding_rs::WINDOWS_1252),
            2 => ("", "text/html; charset=utf-16le", encoding_rs::UTF_16LE),
            3 => ("", "text/html", encoding_rs::UTF_8),
            _ => ("utf-8", "text/html; charset=utf-8", encoding_rs::UTF_8),
        };
        let page = page::page(self.story, self.layout, inside, prose, chance);
        let bytes = match encoding == encoding_rs::UTF_16LE {
            true => page.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            false => encoding.encode(&page).0.into_owned(),
        };
        (bytes, media)
    }
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in body.chunks(8000) {
        out.extend(format!("{:x}\r\n", chunk.len()).bytes());
        out.extend_from_slice(chunk);
        out.extend(b"\r\n");
    }
    out.extend(b"0\r\n\r\n");
    out
}

/// What is done to a record.
#[derive(Clone, Copy)]
pub enum Damage {
    /// It breaks off.
    Cut,
    /// Bytes in its midst are others.
    Flipped,
    /// It says that it is longer than it is.
    TooLong,
    /// It says that it is shorter.
    TooShort,
    NoLength,
    NoType,
    /// What the server sent has no head.
    NoHead,
    Nested,
    /// Packed for sending, and many times as large once it is unpacked.
    Bomb,
    Binary,
    Empty,
    Huge,
}

impl Damage {
    pub fn any(chance: &mut Random) -> Damage {
        use Damage::*;
        let all = [Cut, Flipped, TooLong, TooShort, NoLength, NoType, NoHead, Nested, Bomb, Binary, Empty];
        all[chance.below(all.len())]
    }

    pub fn name(self) -> &'static str {
        match self {
            Damage::Cut => "cut",
            Damage::Flipped => "flipped",
            Damage::TooLong => "too-long",
            Damage::TooShort => "too-short",
            Damage::NoLength => "no-length",
            Damage::NoType => "no-type",
            Damage::NoHead => "no-head",
            Damage::Nested => "nested",
            Damage::Bomb => "bomb",
            Damage::Binary => "binary",
            Damage::Empty => "empty",
            Damage::Huge => "huge",
        }
    }

    /// The kind of error that it is.
    pub fn error(self) -> &'static str {
        match self {
            Damage::Nested => "too_deep",
            Damage::Bomb | Damage::Huge => "too_large",
            Damage::Binary => "format",
            Damage::Empty => "empty",
            _ => "damaged",
        }
    }

    /// The damaged record as it lies in the file.
    pub fn write(self, page: &Page, packing: Packing, prose: &Prose, chance: &mut Random) -> Result<Vec<u8>> {
        const MEDIA: &str = "Content-Type: text/html; charset=utf-8\r\n";
        let html = page::page(page.story, page.layout, "utf-8", prose, chance);
        let whole = http(MEDIA, html.as_bytes());
        let record = match self {
            Damage::Cut => {
                let record = response(page.url, &whole, 0);
                let kept = record.len() / 2;
                // Of a packed record the packed bytes break off.
                let bytes = packing.member(&record)?;
                let kept = if packing == Packing::None { kept } else { bytes.len() / 2 };
                let end: &[u8] = if packing == Packing::None { b"\r\n" } else { b"" };
                return Ok([&bytes[..kept], end].concat());
            }
            Damage::Flipped if packing != Packing::None => {
                let mut bytes = packing.member(&response(page.url, &whole, 0))?;
                let middle = bytes.len() / 2;
                bytes[middle..middle + 64].iter_mut().for_each(|byte| *byte ^= 0x5a);
                return Ok(bytes);
            }
            // Nothing tells that a letter is another where nothing is packed but the body.
            Damage::Flipped => {
                let mut packed = gzip(html.as_bytes())?;
                let middle = packed.len() / 2;
                packed[middle..middle + 64].iter_mut().for_each(|byte| *byte ^= 0x5a);
                response(page.url, &http(&format!("{MEDIA}Content-Encoding: gzip\r\n"), &packed), 0)
            }
            Damage::TooLong => response(page.url, &whole, 500),
            Damage::TooShort => response(page.url, &whole, -500),
            Damage::NoLength => {
                let record = response(page.url, &whole, 0);
                let text = record.windows(16).position(|window| window == b"Content-Length: ").unwrap_or(0);
                let end = record[text..].iter().position(|&byte| byte == b'\n').unwrap_or(0) + 1;
                [&record[..text], &record[text + end..]].concat()
            }
            Damage::NoType => warc("", "application/http; msgtype=response", page.url, &whole, 0),
            Damage::NoHead => response(page.url, html.as_bytes(), 0),
            Damage::Nested => response(page.url, &http(MEDIA, "<div>".repeat(5000).as_bytes()), 0),
            Damage::Bomb => {
                let packed = gzip(&vec![b' '; 80 << 20])?;
                response(page.url, &http(&format!("{MEDIA}Content-Encoding: gzip\r\n"), &packed), 0)
            }
            Damage::Binary => {
                let bytes: Vec<u8> = (0..4000).flat_map(|_| chance.draw().to_le_bytes()).collect();
                response(page.url, &http(MEDIA, &bytes), 0)
            }
            Damage::Empty => {
                response(page.url, &http(MEDIA, b"<html><body><div id=\"app\"></div><script>start()</script></body></html>"), 0)
            }
            Damage::Huge => {
                let body = format!("<p>{}</p>", "The army said that five soldiers were killed. ".repeat(400_000));
                response(page.url, &http(MEDIA, body.as_bytes()), 0)
            }
        };
        packing.member(&record)
    }
}
