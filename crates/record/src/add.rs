//! Reports and readings into the record.

use crate::codec;
use crate::decisions::START;
use crate::error::{ErrorKind, Result};
use crate::reading;
use crate::store::{Record, now};
use griot_near as near;
use griot_types::{Claim, Document, sha256};
use rusqlite::params;
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

/// What is known of a report besides what its document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Under what licence its text may be used.
    pub licence: Option<String>,
    /// 0 public, 1 internal, 2 restricted, 3 secret.
    pub sensitivity: u8,
    /// When it was fetched: a day or a moment, as the person writes it.
    pub retrieved: Option<String>,
}

/// One report with what the machine read in it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The report.
    pub document: Document,
    /// What else is known of it.
    pub about: About,
    /// Its claims, offsets in bytes; empty where `language` is set.
    pub claims: Vec<Claim>,
    /// The language, where it is one that is not read: the text is kept uncoded.
    pub language: Option<String>,
}

/// What the record knows of a report before it is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    Not,
    /// The report, read by another model or codebook.
    Otherwise,
    /// The report and this reading.
    Wholly,
}

/// What came of adding one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Added,
    /// It was there; a new reading was added.
    Recoded,
    /// It was there, with this reading.
    There,
}

impl Record {
    /// What is known of the report called `id` (`sha256:…`) as read by `model` under `codebook`.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn knows(&self, id: &str, model: &str, codebook: &str) -> Result<Known> {
        let Some(hash) = hash_bytes(id) else { return Ok(Known::Not) };
        let Some(n) = self.row("SELECT n FROM report WHERE hash = ?1", [hash], |row| row.get::<_, i64>(0))? else { return Ok(Known::Not) };
        let sql = "SELECT 1 FROM coding JOIN reader ON reader.n = coding.reader WHERE coding.report = ?1 AND model = ?2 AND codebook = ?3";
        let read = self.row(sql, params![n, model, codebook], |_| Ok(()))?.is_some();
        Ok(if read { Known::Wholly } else { Known::Otherwise })
    }

    /// Adds reports in one transaction: all of them are in the record afterwards, or none. When this returns they are on the disk.
    ///
    /// # Errors
    /// The record cannot be written; a claim is not of its report.
    pub fn add(&self, readings: &[Reading], model: &str, codebook: &str) -> Result<Vec<Outcome>> {
        if readings.is_empty() {
            return Ok(Vec::new());
        }
        for reading in readings {
            self.hold_together(reading)?;
        }
        self.write(|record| {
            let (batch, previous) = record
                .row("SELECT n, hash FROM batch ORDER BY n DESC LIMIT 1", [], |row| Ok((row.get::<_, i64>(0)? + 1, row.get(1)?)))?
                .unwrap_or_else(|| (1, START.to_owned()));
            let at = now();
            // The rows of the batch refer to it; its own hash is over them, and a batch is never changed once it is written.
            record.run(record.db.execute_batch("PRAGMA defer_foreign_keys = ON"))?;
            let reader = record.reader(model, codebook)?;
            let (mut outcomes, mut touched, mut kept) = (Vec::new(), Vec::new(), Kept::new());
            for reading in readings {
                let (n, outcome) = record.add_one(reading, reader, batch, &mut kept)?;
                outcomes.push(outcome);
                if outcome != Outcome::There {
                    touched.push(n);
                }
            }
            if touched.is_empty() {
                return Ok(outcomes);
            }
            let hash = batch_hash(batch, &at, &previous, kept);
            record.execute("INSERT INTO batch (n, at, previous, hash) VALUES (?1, ?2, ?3, ?4)", params![batch, at, previous, hash])?;
            let mut all: FxHashSet<i64> = touched.iter().copied().collect();
            for n in touched {
                all.extend(record.find_copies(n)?);
            }
            let mut all: Vec<i64> = all.into_iter().collect();
            all.sort_unstable();
            record.derive_reports(&all)?;
            Ok(outcomes)
        })
    }

    /// A reading must hold together before anything of it is kept.
    fn hold_together(&self, reading: &Reading) -> Result<()> {
        let Document { id, name, text, .. } = &reading.document;
        let wrong = |what: String| self.error(ErrorKind::Misuse(format!("{name}: {what}")));
        if hash_bytes(id).is_none() {
            return Err(wrong(format!("'{id}' is no hash of a report")));
        }
        for claim in &reading.claims {
            let evidence = &claim.evidence;
            let quoted = text.get(evidence.start as usize..evidence.end as usize) == Some(evidence.quote.as_str());
            if claim.document != *id || codec::number(&claim.id).is_none() || !quoted {
                return Err(wrong(format!("claim {} does not belong to this report", claim.id)));
            }
        }
        Ok(())
    }

    pub(crate) fn reader(&self, model: &str, codebook: &str) -> Result<i64> {
        self.execute("INSERT OR IGNORE INTO reader (model, codebook) VALUES (?1, ?2)", [model, codebook])?;
        let n = self.row("SELECT n FROM reader WHERE model = ?1 AND codebook = ?2", [model, codebook], |row| row.get(0))?;
        Ok(n.unwrap_or_default())
    }

    fn add_one(&self, reading: &Reading, reader: i64, batch: i64, kept: &mut Kept) -> Result<(i64, Outcome)> {
        let raw = hash_bytes(&reading.document.id).unwrap_or_default();
        let known = self.row("SELECT n FROM report WHERE hash = ?1", [&raw], |row| row.get::<_, i64>(0))?;
        let (n, outcome) = match known {
            Some(n) => (n, Outcome::Recoded),
            None => (self.add_report(reading, &raw, batch, kept)?, Outcome::Added),
        };
        if reading.language.is_some() {
            return Ok((n, if known.is_some() { Outcome::There } else { outcome }));
        }
        let read = self.row("SELECT 1 FROM coding WHERE report = ?1 AND reader = ?2", [n, reader], |_| Ok(()))?.is_some();
        if read {
            return Ok((n, Outcome::There));
        }
        self.add_claims(&reading.claims, [n, reader, batch], kept)?;
        Ok((n, outcome))
    }

    pub(crate) fn add_claims(&self, claims: &[Claim], [report, reader, batch]: [i64; 3], kept: &mut Kept) -> Result<()> {
        let bodies: Vec<String> = claims.iter().map(codec::pack).collect();
        let ids: Vec<i64> = claims.iter().map(|claim| codec::number(&claim.id).unwrap_or_default()).collect();
        let quotes = claims.iter().map(|claim| claim.evidence.quote.as_str());
        let coded = coding_hash(ids.iter().zip(quotes).zip(&bodies).map(|((id, quote), body)| (*id, quote, body.as_str())));
        kept.push((report, coded.clone()));
        let first = self.row("SELECT coalesce(max(n), 0) + 1 FROM claim", [], |row| row.get::<_, i64>(0))?.unwrap_or(1);
        self.execute(
            "INSERT INTO coding (report, reader, batch, claims, hash, first, bodies) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![report, reader, batch, claims.len() as i64, coded, first, reading::pack(bodies.iter().map(String::as_str))],
        )?;
        let coding = self.db.last_insert_rowid();
        for ((n, id), claim) in (first..).zip(ids).zip(claims) {
            self.execute("INSERT INTO claim (n, coding, id) VALUES (?1, ?2, ?3)", [n, coding, id])?;
            self.execute("INSERT INTO claim_words (rowid, quote) VALUES (?1, ?2)", params![n, claim.evidence.quote])?;
        }
        Ok(())
    }

    fn add_report(&self, reading: &Reading, raw: &[u8], batch: i64, kept: &mut Kept) -> Result<i64> {
        let Reading { document, about, language, .. } = reading;
        let text_hash = hash_bytes(&sha256(document.text.as_bytes())).unwrap_or_default();
        self.execute(
            "INSERT INTO report (hash, text_hash, name, title, date, publisher, url, licence, sensitivity, retrieved, language, batch)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                raw,
                text_hash,
                document.name,
                document.title,
                document.date.map(|date| date.to_string()),
                document.publisher,
                document.url,
                about.licence,
                about.sensitivity,
                about.retrieved,
                language,
                batch
            ],
        )?;
        let n = self.db.last_insert_rowid();
        kept.push((n, raw.iter().chain(&text_hash).copied().collect()));
        let title = document.title.as_deref().unwrap_or("");
        self.execute("INSERT INTO report_text (n, title, text) VALUES (?1, ?2, ?3)", params![n, title, document.text])?;
        self.execute("INSERT INTO report_words (rowid, title, text) VALUES (?1, ?2, ?3)", params![n, title, document.text])?;
        Ok(n)
    }

    /// Finds the near-copies of a new report; gives the reports whose group changed.
    fn find_copies(&self, n: i64) -> Result<Vec<i64>> {
        if self.row("SELECT 1 FROM source WHERE report = ?1", [n], |_| Ok(()))?.is_some() {
            return Ok(Vec::new());
        }
        let text = |n: i64| {
            self.row("SELECT text FROM report_text WHERE n = ?1", [n], |row| row.get::<_, String>(0)).map(Option::unwrap_or_default)
        };
        let mine = near::shingles(&text(n)?);
        let mut candidates: FxHashSet<i64> = FxHashSet::default();
        for (band, value) in near::bands(&mine).into_iter().enumerate() {
            candidates.extend(
                self.rows("SELECT report FROM band WHERE band = ?1 AND value = ?2", [band as i64, value], |row| row.get::<_, i64>(0))?,
            );
            self.execute("INSERT OR IGNORE INTO band (band, value, report) VALUES (?1, ?2, ?3)", [band as i64, value, n])?;
        }
        let mut groups: FxHashSet<i64> = FxHashSet::default();
        let mut candidates: Vec<i64> = candidates.into_iter().filter(|other| *other != n).collect();
        candidates.sort_unstable();
        for other in candidates {
            let share = near::share(&mine, &near::shingles(&text(other)?));
            if share >= near::COPIED {
                self.execute("INSERT OR IGNORE INTO copy (a, b, share) VALUES (?1, ?2, ?3)", params![n.min(other), n.max(other), share])?;
                groups.extend(self.row("SELECT grp FROM source WHERE report = ?1", [other], |row| row.get::<_, i64>(0))?);
            }
        }
        let group = groups.iter().copied().min().unwrap_or(n).min(n);
        self.execute("INSERT INTO source (report, grp) VALUES (?1, ?2)", [n, group])?;
        let mut changed = Vec::new();
        for old in groups {
            changed.extend(self.rows("SELECT report FROM source WHERE grp = ?1", [old], |row| row.get::<_, i64>(0))?);
            self.execute("UPDATE source SET grp = ?1 WHERE grp = ?2", [group, old])?;
        }
        Ok(changed)
    }
}

/// What a batch adds, by the report's number: hashes of raw bytes and text of a new report, the hash of a new reading.
pub(crate) type Kept = Vec<(i64, Vec<u8>)>;

/// The hash of a batch, chained to the one before.
pub(crate) fn batch_hash(n: i64, at: &str, previous: &str, mut kept: Kept) -> String {
    // A report comes before its reading, and reports in the order of their numbers.
    kept.sort_by_key(|(report, _)| *report);
    let mut hash = Sha256::new();
    hash.update(format!("{n}\n{at}\n{previous}\n"));
    kept.iter().for_each(|(_, bytes)| hash.update(bytes));
    hash_name(&hash.finalize())
}

/// The bytes of `sha256:…`.
pub(crate) fn hash_bytes(name: &str) -> Option<Vec<u8>> {
    let hex = name.strip_prefix("sha256:")?;
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    (0..32).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()).collect()
}

/// `sha256:…` of a hash's bytes.
pub(crate) fn hash_name(bytes: &[u8]) -> String {
    bytes.iter().fold("sha256:".to_owned(), |name, byte| name + &format!("{byte:02x}"))
}

/// The hash over all claims of a reading: ids, quotes and bodies.
pub(crate) fn coding_hash<'a>(claims: impl Iterator<Item = (i64, &'a str, &'a str)>) -> Vec<u8> {
    let mut hash = Sha256::new();
    for (id, quote, body) in claims {
        // Lengths keep what belongs to one apart from what belongs to the next.
        hash.update(format!("{}\n{}\n{}\n", codec::id(id), quote.len(), body.len()));
        hash.update(quote);
        hash.update(body);
    }
    hash.finalize().to_vec()
}
