//! Whether all that is kept is as it was written.

use crate::add::{Kept, batch_hash, coding_hash, hash_bytes, hash_name};
use crate::codec;
use crate::decisions::START;
use crate::error::Result;
use crate::scope::Scope;
use crate::store::Record;
use griot_types::sha256;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which: `report sha256:…`, `claim …`, `decision 3`.
    pub what: String,
    /// What is wrong with it.
    pub wrong: String,
}

/// How much was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Reports.
    pub reports: usize,
    /// Claims.
    pub claims: usize,
    /// Decisions.
    pub decisions: usize,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Looked {
    fn find(&mut self, what: impl Into<String>, wrong: impl Into<String>) {
        self.findings.push(Finding { what: what.into(), wrong: wrong.into() });
    }
}

impl Record {
    /// Checks the file's structure, the hash of every report's text, of every reading and of every batch, the chains of batches and decisions,
    /// every quote against its report. The raw bytes of a report are not kept; their hash is covered by its batch's.
    ///
    /// # Errors
    /// The record cannot be read at all.
    pub fn verify(&self) -> Result<Looked> {
        let mut looked = Looked::default();
        for line in self.rows("PRAGMA integrity_check(20)", [], |row| row.get::<_, String>(0))? {
            if line != "ok" {
                looked.find("file", line);
            }
        }
        for line in self.rows("PRAGMA foreign_key_check", [], |row| {
            Ok(format!("a row of {} refers to a missing row of {}", row.get::<_, String>(0)?, row.get::<_, String>(2)?))
        })? {
            looked.find("file", line);
        }
        self.verify_reports(&mut looked)?;
        self.verify_batches(&mut looked)?;
        self.verify_decisions(&mut looked)?;
        Ok(looked)
    }

    fn verify_reports(&self, looked: &mut Looked) -> Result<()> {
        for n in self.rows("SELECT n FROM report ORDER BY n", [], |row| row.get::<_, i64>(0))? {
            looked.reports += 1;
            let sql = "SELECT report.hash, report.text_hash, report_text.text FROM report LEFT JOIN report_text ON report_text.n = report.n WHERE report.n = ?1";
            let found = self.row(sql, [n], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?, text_at(row, 2)?)))?;
            let Some((hash, text_hash, text)) = found else { continue };
            let name = format!("report {}", hash_name(&hash));
            match &text {
                None => looked.find(&name, "has lost its text"),
                Some(text) if hash_bytes(&sha256(text)) != Some(text_hash) => looked.find(&name, "its text is not what was added"),
                Some(_) => {}
            }
            self.verify_readings(n, &name, looked)?;
        }
        Ok(())
    }

    fn verify_readings(&self, report: i64, name: &str, looked: &mut Looked) -> Result<()> {
        let codings = self.rows("SELECT n, hash, claims FROM coding WHERE report = ?1 ORDER BY n", [report], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?))
        })?;
        let not_added = |coding: i64| format!("the claims of reading {coding} are not what was added");
        for (coding, hash, count) in codings {
            let Ok(whole) = self.whole(coding) else {
                looked.claims += usize::try_from(count).unwrap_or(0);
                looked.find(name, not_added(coding));
                continue;
            };
            let mut quotes = Vec::new();
            for ((_, claim), (id, _)) in whole.claims().zip(whole.rows()) {
                let what = format!("claim {}", codec::id(id));
                match claim {
                    Err(error) => looked.find(what, format!("cannot be read ({error})")),
                    Ok(claim) if claim.evidence.quote.is_empty() => looked.find(what, format!("its quote is not in {name}")),
                    Ok(claim) => quotes.push(claim.evidence.quote),
                }
            }
            looked.claims += quotes.len();
            let rows = whole.rows().zip(&quotes).map(|((id, body), quote)| (id, quote.as_str(), body));
            if quotes.len() as i64 != count || coding_hash(rows) != hash {
                looked.find(name, not_added(coding));
            }
        }
        Ok(())
    }

    fn verify_batches(&self, looked: &mut Looked) -> Result<()> {
        let rows = self.rows("SELECT n, at, previous, hash FROM batch ORDER BY n", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        })?;
        let (mut before, mut number) = (START.to_owned(), 0);
        for (n, at, previous, hash) in rows {
            number += 1;
            let reports = "SELECT n, hash, text_hash FROM report WHERE batch = ?1 ORDER BY n";
            let mut kept: Kept = self.rows(reports, [n], |row| {
                let (raw, text) = (row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?);
                Ok((row.get(0)?, raw.into_iter().chain(text).collect()))
            })?;
            let codings = "SELECT report, hash FROM coding WHERE batch = ?1 ORDER BY n";
            kept.extend(self.rows(codings, [n], |row| Ok((row.get(0)?, row.get(1)?)))?);
            if n != number || previous != before || batch_hash(n, &at, &previous, kept) != hash {
                looked.find(format!("batch {n}"), "its reports and readings are not those that were added");
            }
            before = hash;
        }
        Ok(())
    }

    fn verify_decisions(&self, looked: &mut Looked) -> Result<()> {
        let (mut before, mut number) = (START.to_owned(), 0);
        for decision in self.decisions(&Scope::default())? {
            number += 1;
            looked.decisions += 1;
            if decision.n != number || decision.previous != before {
                looked.find(format!("decision {}", decision.n), "does not follow the one before it: a decision is missing or out of place");
                number = decision.n;
            }
            if decision.right_hash() != decision.hash {
                looked.find(format!("decision {}", decision.n), "is not what was written");
            }
            before = decision.hash;
        }
        Ok(())
    }
}

/// A text's bytes, whether or not they are still UTF-8.
pub(crate) fn text_at(row: &rusqlite::Row, at: usize) -> rusqlite::Result<Option<Vec<u8>>> {
    Ok(match row.get_ref(at)? {
        rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => Some(bytes.to_vec()),
        _ => None,
    })
}
