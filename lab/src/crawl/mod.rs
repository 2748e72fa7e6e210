//! A web archive of made-up reports with known damage sown in, and whether a run of `griot code` found all of both.

mod check;
mod page;
mod prose;
mod record;

pub use check::{Found, check};
pub use prose::{Prose, Story};

use crate::random::Random;

use anyhow::{Context, Result};
use record::Packing;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Of a thousand pages so many are damaged, so many are in French, and so many are near-copies of an earlier one.
const DAMAGED: usize = 20;
const FRENCH: usize = 50;
const COPIES: usize = 20;
/// Records that are larger than what is read by default stand at every so many pages: one is as large as hundreds of others.
const HUGE_EVERY: usize = 5000;
/// How many earlier reports a copy is made of one of.
const REMEMBERED: usize = 200;

/// What was put at a place of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sown {
    /// Where the record begins in the file as it lies: of a packed one its member.
    pub offset: u64,
    /// Its link.
    pub url: String,
    /// What it is: `report`, `copy`, `french`, the name of a damage, or `other` for what is passed over in silence.
    pub what: String,
    /// The word in the errors' column `kind`; empty where none is expected.
    pub error: String,
    /// The link of the report that a copy was made of.
    pub copy_of: String,
    /// The report's first and last words, a line each.
    pub words: String,
}

/// Writes the archive to `out`, packed as its name says (`.gz`, `.zst`, or neither), and gives what is in it.
pub fn write(out: &Path, pages: usize, seed: u64) -> Result<Vec<Sown>> {
    let mut file = BufWriter::new(File::create(out).with_context(|| out.display().to_string())?);
    let packing = Packing::of(out);
    let (prose, mut chance) = (Prose::default(), Random::new(seed));
    let mut sown: Vec<Sown> = Vec::new();
    let mut earlier: Vec<(String, Story)> = Vec::new();
    let mut offset = 0;
    let mut put = |bytes: &[u8], mut what: Sown| -> Result<()> {
        what.offset = offset;
        offset += bytes.len() as u64;
        file.write_all(bytes)?;
        sown.push(what);
        Ok(())
    };
    let none = |what: &str| Sown {
        offset: 0,
        url: String::new(),
        what: what.into(),
        error: String::new(),
        copy_of: String::new(),
        words: String::new(),
    };
    put(&packing.member(&record::info())?, none("other"))?;
    for number in 0..pages {
        let url = format!("https://paper{}.example/{number}", chance.below(60));
        if chance.per_mille(100) {
            put(&packing.member(&record::other(&url, &mut chance))?, Sown { url: url.clone(), ..none("other") })?;
        }
        let mut what = Sown { url: url.clone(), ..none("report") };
        let story = if chance.per_mille(FRENCH) {
            (what.what, what.error) = ("french".into(), "language".into());
            Story::french(&prose, &mut chance)
        } else if chance.per_mille(COPIES) && !earlier.is_empty() {
            let (of, story) = &earlier[chance.below(earlier.len())];
            (what.what, what.copy_of) = ("copy".into(), of.clone());
            story.copied(&prose, &mut chance)
        } else {
            Story::english(&prose, &mut chance)
        };
        let damage = if number % HUGE_EVERY == HUGE_EVERY / 2 {
            Some(record::Damage::Huge)
        } else {
            chance.per_mille(DAMAGED).then(|| record::Damage::any(&mut chance))
        };
        let layout = chance.below(page::LAYOUTS);
        let page = record::Page { url: &url, story: &story, layout };
        let bytes = match damage {
            None => {
                what.words = format!("{}\n{}", story.paragraphs[0], story.paragraphs[story.paragraphs.len() - 1]);
                if what.what == "report" {
                    let at = if earlier.len() < REMEMBERED { earlier.len() } else { chance.below(REMEMBERED) };
                    earlier.truncate(REMEMBERED);
                    if at == earlier.len() {
                        earlier.push((url.clone(), story.clone()))
                    } else {
                        earlier[at] = (url.clone(), story.clone())
                    }
                }
                packing.member(&page.record(&prose, &mut chance))?
            }
            Some(damage) => {
                what = Sown { what: damage.name().into(), error: damage.error().into(), copy_of: String::new(), ..what };
                damage.write(&page, packing, &prose, &mut chance)?
            }
        };
        put(&bytes, what)?;
    }
    file.flush()?;
    Ok(sown)
}

/// Writes reports as JSONL, a line each.
pub fn write_lines(out: &Path, reports: usize, seed: u64) -> Result<()> {
    let mut file = BufWriter::new(File::create(out).with_context(|| out.display().to_string())?);
    let (prose, mut chance) = (Prose::default(), Random::new(seed));
    for number in 0..reports {
        let Story { title, publisher, day, paragraphs, .. } = Story::english(&prose, &mut chance);
        let text = format!("{title}\n\n{}", paragraphs.join("\n\n"));
        let line = serde_json::json!({"id": number.to_string(), "title": title, "text": text, "date": day, "publisher": publisher});
        writeln!(file, "{line}")?;
    }
    Ok(file.flush()?)
}
