//! What a person at a desk asks of a record: what waits, the claims of a report with what was decided of them, which entries may be doubles, and a
//! place for claims of one's own.

use crate::codec;
use crate::decisions::{Rulings, START};
use crate::derive::type_number;
use crate::entry::Entry;
use crate::error::{ErrorKind, Result};
use crate::merge::{Facts, Reason, compare};
use crate::question::{Question, ReportRow};
use crate::scope::Scope;
use crate::store::{Record, now};
use griot_types::{Claim, CodePoints, Date, Span, Type};
use rusqlite::params;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// The model's name under which claims are kept that people wrote. The codebook's place holds who and the how manieth.
pub const HAND: &str = "by hand";

/// Points in common above which two entries are shown as possible doubles.
const ALIKE: u32 = 6;

/// What is in a record and what waits.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Standing {
    /// Reports.
    pub reports: i64,
    /// Claims that count.
    pub claims: i64,
    /// Entries.
    pub entries: i64,
    /// Claims that nobody decided.
    pub open: i64,
    /// Accepted claims.
    pub accepted: i64,
    /// Rejected claims.
    pub rejected: i64,
    /// Decisions.
    pub decisions: i64,
    /// When a report was added last.
    pub added: Option<String>,
    /// How many reports came with that batch or later than the last decision.
    pub fresh: i64,
    /// The first and the last day of events.
    pub span: Option<(Date, Date)>,
}

/// A report in the queue.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Queued {
    /// The report.
    #[serde(flatten)]
    pub report: ReportRow,
    /// Claims that nobody decided.
    pub open: i64,
    /// What a look is worth: over its open claims, the chance of a mistake times the weight.
    pub doubt: f64,
}

/// A claim of a report as it lies on the desk; offsets in code points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Held {
    /// As it counts, with people's corrections.
    pub claim: Claim,
    /// As it was read, where people corrected it.
    pub read: Option<Claim>,
    /// Its entry.
    pub entry: Option<String>,
    /// Accepted, rejected or open.
    pub decided: Option<bool>,
    /// Who wrote it, where no machine did.
    pub hand: Option<String>,
}

/// An entry that may be the same as another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Double {
    /// Its id.
    pub id: String,
    /// Points for what agrees.
    pub points: u32,
    /// What agrees.
    pub agree: Vec<&'static str>,
}

/// How many entries there are, by what they are sorted by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Facets {
    /// By type.
    pub types: Vec<(String, i64)>,
    /// By country, alpha-3.
    pub countries: Vec<(String, i64)>,
}

/// The chance that a claim is wrong times the weight of what it says: a death weighs more than a meeting.
pub(crate) fn doubt(claim: &Claim) -> f64 {
    let weight = match claim.type_ {
        Type::Killed | Type::Casualties | Type::Assault => 3.0,
        Type::Injured | Type::Abducted | Type::Missing | Type::Displaced | Type::Coerce => 2.0,
        _ => 1.0,
    };
    weight * (1.0 - claim.confidence.unwrap_or(0.5))
}

impl Record {
    /// What is in the record and what waits.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn standing(&self) -> Result<Standing> {
        let count = |sql: &str| self.row(sql, [], |row| row.get::<_, i64>(0)).map(Option::unwrap_or_default);
        let rulings = Rulings::read(self, &self.scope)?;
        let mut standing = Standing {
            reports: count("SELECT count(*) FROM report")?,
            claims: count("SELECT count(*) FROM fact")?,
            entries: count("SELECT count(*) FROM entry")?,
            decisions: count("SELECT count(*) FROM decision")?,
            fresh: count(
                "SELECT count(*) FROM report JOIN batch ON batch.n = report.batch
                 WHERE batch.at > coalesce((SELECT max(at) FROM decision), (SELECT at FROM batch ORDER BY n DESC LIMIT 1 OFFSET 1), '')",
            )?,
            added: self.row("SELECT max(at) FROM batch", [], |row| row.get(0))?.flatten(),
            span: self.span()?,
            ..Standing::default()
        };
        for (claim, verdict) in rulings.decided() {
            if self.entry_of(claim)?.is_some() {
                *(if verdict { &mut standing.accepted } else { &mut standing.rejected }) += 1;
            }
        }
        standing.open = standing.claims - standing.accepted - standing.rejected;
        Ok(standing)
    }

    /// Reports with open claims, those first where a look is worth most.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn queue(&self, limit: usize) -> Result<Vec<Queued>> {
        let rulings = Rulings::read(self, &self.scope)?;
        let mut sums: FxHashMap<i64, (i64, f64)> = FxHashMap::default();
        let sql = "SELECT report, count(*), sum(doubt) FROM fact GROUP BY report";
        for (report, open, doubt) in self.rows(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, f64>(2)?)))? {
            sums.insert(report, (open, doubt));
        }
        let sql = "SELECT report, doubt FROM claim JOIN fact ON fact.claim = claim.n WHERE claim.id = ?1";
        for (claim, _) in rulings.decided() {
            for (report, doubt) in self.rows(sql, [claim], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?)))? {
                let sum = sums.entry(report).or_default();
                *sum = (sum.0 - 1, sum.1 - doubt);
            }
        }
        let mut waiting: Vec<(i64, i64, f64)> =
            sums.into_iter().filter(|(_, (open, _))| *open > 0).map(|(report, (open, doubt))| (report, open, doubt)).collect();
        waiting.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        let row = |(report, open, doubt): (i64, i64, f64)| {
            Ok(Queued { report: self.report_row(report, &rulings)?, open, doubt: (doubt * 1000.0).round() / 1000.0 })
        };
        waiting.into_iter().take(limit).map(row).collect()
    }

    /// The claims of a report in the order of its text, with what was decided of each.
    ///
    /// # Errors
    /// There is no such report; the record cannot be read.
    pub fn desk(&self, report: &str) -> Result<(ReportRow, String, Vec<Held>)> {
        let rulings = Rulings::read(self, &self.scope)?;
        let n = self.report_number(&self.report_named(report)?)?;
        let text = self.text(n)?;
        let points = CodePoints::new(&text);
        let mut held = Vec::new();
        for current in self.current(n, &self.scope, &rulings)? {
            let id = codec::number(&current.claim.id).unwrap_or_default();
            let read = self.claim_as_read(&current.claim.id)?;
            let entry = self.entry_of(id)?.map(|entry| format!("e{}", codec::id(entry)));
            let hand = read.codebook.strip_prefix(HAND).map(|who| who.trim_start_matches([':', ' ']).to_owned());
            let read = (read != current.claim).then(|| read.in_code_points(&points));
            held.push(Held { claim: current.claim.in_code_points(&points), read, entry, decided: rulings.verdict(id), hand });
        }
        held.sort_by_key(|held| (held.claim.evidence.start, held.claim.kind, held.claim.evidence.end, held.claim.id.clone()));
        Ok((self.report_row(n, &rulings)?, text, held))
    }

    /// A page of the entries that a question asks for, and how many there are in all. With `conflicts`, only those whose independent sources give
    /// different numbers last, or deny each other.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn page(&self, question: &Question, offset: usize, conflicts: bool) -> Result<(usize, Vec<Entry>)> {
        let rulings = Rulings::read(self, &self.scope)?;
        let most = question.limit.unwrap_or(usize::MAX);
        let mut found = self.find(&question.filter, None)?;
        if conflicts {
            let all = self.rows("SELECT n FROM entry WHERE conflict = 1", [], |row| row.get::<_, i64>(0))?;
            let all: FxHashSet<i64> = all.into_iter().collect();
            found.retain(|n| all.contains(n));
        }
        let shown = found.iter().skip(offset).take(most);
        Ok((found.len(), shown.map(|n| self.entry(*n, &rulings, &question.rule)).collect::<Result<_>>()?))
    }

    /// How many entries there are of each type and in each country, the most first.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn facets(&self) -> Result<Facets> {
        let types = self.rows("SELECT type, count(*) FROM entry GROUP BY type ORDER BY 2 DESC, 1", [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
        })?;
        let named = |(type_, count): (i64, i64)| {
            let name = crate::derive::type_of(type_).map_or("other", |type_| type_.as_str());
            (name.to_owned(), count)
        };
        let sql = "SELECT country, count(*) FROM entry WHERE country IS NOT NULL GROUP BY country ORDER BY 2 DESC, 1";
        let countries = self.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Facets { types: types.into_iter().map(named).collect(), countries })
    }

    /// Entries that have much in common with this one and are not one with it, the likest first.
    ///
    /// # Errors
    /// There is no such entry; the record cannot be read.
    pub fn doubles(&self, entry: &str, limit: usize) -> Result<Vec<Double>> {
        let n = self.entry_named(entry)?;
        let mine = self.all_facts(n)?;
        let Some(head) = mine.first() else { return Ok(Vec::new()) };
        let (first, last) = mine.iter().map(Facts::lanes).fold((i64::MAX, i64::MIN), |(a, b), (x, y)| (a.min(x), b.max(y)));
        let sql =
            "SELECT DISTINCT entry FROM fact WHERE type = ?1 AND first BETWEEN ?2 AND ?3 AND last >= ?4 AND entry <> ?5 ORDER BY entry";
        let bounds = params![type_number(head.type_) as i64, first - 2 - Facts::WIDEST, last + 2, first - 2, n];
        let mut found = Vec::new();
        for other in self.rows(sql, bounds, |row| row.get::<_, i64>(0))? {
            let theirs = self.all_facts(other)?;
            // Entries are compared by a few of their claims: all with all would grow with the square of what hundreds of reports say.
            let pairs = mine.iter().take(8).flat_map(|a| theirs.iter().take(8).filter_map(|b| compare(a, b)));
            if let Some(best) = pairs.max_by_key(|likeness| likeness.points).filter(|likeness| likeness.points >= ALIKE) {
                let agree = best.reasons.iter().map(|reason: &Reason| reason.words()).collect();
                found.push(Double { id: format!("e{}", codec::id(other)), points: best.points, agree });
            }
        }
        found.sort_by(|a, b| b.points.cmp(&a.points).then_with(|| a.id.cmp(&b.id)));
        found.truncate(limit);
        Ok(found)
    }

    fn all_facts(&self, entry: i64) -> Result<Vec<Facts>> {
        let blobs = self.rows("SELECT facts FROM fact WHERE entry = ?1 ORDER BY claim", [entry], |row| row.get::<_, Vec<u8>>(0))?;
        blobs.iter().map(|blob| Ok(self.thaw(blob)?.facts)).collect()
    }

    /// Keeps a claim that a person wrote of a report. `claim` has its offsets in code points; id, codebook and quote are set here. To take it back
    /// is to reject it.
    ///
    /// # Errors
    /// There is no such report, its text does not reach as far, nobody is named, or the record cannot be written.
    pub fn write_claim(&self, report: &str, claim: Claim, who: &str) -> Result<Claim> {
        let misuse = |words: String| self.error(ErrorKind::Misuse(words));
        if who.trim().is_empty() {
            return Err(misuse("a claim needs somebody who writes it".into()));
        }
        let id = self.report_named(report)?;
        let n = self.report_number(&id)?;
        let text = self.text(n)?;
        let mut claim = in_bytes(claim, &text);
        let (start, end) = (claim.evidence.start as usize, claim.evidence.end as usize);
        let quote = text.get(start..end).filter(|quote| !quote.trim().is_empty());
        claim.evidence.quote = quote.ok_or_else(|| misuse("the words of a claim lie in its report".into()))?.to_owned();
        if claim.type_.kind() != claim.kind {
            return Err(misuse(format!("'{}' is no type of a claim of kind {}", claim.type_, claim.kind)));
        }
        claim.document.clone_from(&id);
        self.write(|record| {
            let last =
                record.row("SELECT n, hash FROM batch ORDER BY n DESC LIMIT 1", [], |row| Ok((row.get::<_, i64>(0)? + 1, row.get(1)?)))?;
            let (batch, previous): (i64, String) = last.unwrap_or_else(|| (1, START.to_owned()));
            let at = now();
            record.run(record.db.execute_batch("PRAGMA defer_foreign_keys = ON"))?;
            claim.codebook = format!("{HAND}: {who} #{batch}");
            let taken: FxHashSet<String> =
                record.current(n, &Scope::default(), &Rulings::default())?.into_iter().map(|current| current.claim.id).collect();
            // A machine's claim of the same words and type may be there already.
            for ordinal in 0.. {
                claim.identify(ordinal);
                if !taken.contains(&claim.id) {
                    break;
                }
            }
            let reader = record.reader(HAND, &claim.codebook)?;
            let mut kept = Vec::new();
            record.add_claims(std::slice::from_ref(&claim), [n, reader, batch], &mut kept)?;
            let hash = crate::add::batch_hash(batch, &at, &previous, kept);
            record.execute("INSERT INTO batch (n, at, previous, hash) VALUES (?1, ?2, ?3, ?4)", params![batch, at, previous, hash])?;
            record.derive_reports(&[n])
        })?;
        Ok(claim.in_code_points(&CodePoints::new(&text)))
    }
}

/// Offsets in code points to bytes; what lies behind the text's end becomes its end.
fn in_bytes(mut claim: Claim, text: &str) -> Claim {
    let starts: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    let byte = |point: u32| starts.get(point as usize).copied().unwrap_or(text.len() as u32);
    let span = |start: u32, end: u32| Span::new(byte(start), byte(end.max(start)));
    let evidence = &mut claim.evidence;
    let whole = span(evidence.start, evidence.end);
    (evidence.start, evidence.end) = (whole.start, whole.end);
    for (_, part) in &mut evidence.parts.0 {
        *part = span(part.start, part.end);
    }
    evidence.also.clear();
    claim
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::add::{About, Reading};
    use crate::decisions::Verdict;
    use griot_types::{Document, Evidence, Kind, sha256};
    use serde_json::json;

    fn claim(text: &str, words: &str, type_: &str, confidence: f64) -> Claim {
        let start = text.find(words).unwrap() as u32;
        let kind = if type_.chars().all(char::is_uppercase) { "event" } else { "figure" };
        let mut claim: Claim = serde_json::from_value(json!({
            "id": "", "document": sha256(text.as_bytes()), "codebook": "c", "kind": kind, "type": type_, "mode": null, "context": [], "cameo": null,
            "source": [], "target": [], "mutual": false, "quantity": null, "change": null, "cause": null, "of_event": null, "inside": null,
            "place": null, "places": [], "time": null, "status": "actual", "said_by": [], "confidence": confidence,
            "evidence": { "sentence": 0, "start": start, "end": start + words.len() as u32, "quote": words, "parts": {}, "also": [] }
        }))
        .unwrap();
        claim.identify(0);
        claim
    }

    fn record(folder: &std::path::Path) -> (Record, Vec<String>) {
        let record = Record::create(&folder.join("r.griot"), 1).unwrap();
        let texts = ["The army met the mayor.", "Gunmen raided Éla and killed five."];
        let claims = [claim(texts[0], "army met", "CONSULT", 0.9), claim(texts[1], "Gunmen raided", "ASSAULT", 0.5)];
        let readings = texts.iter().zip(claims).map(|(text, claim)| Reading {
            document: Document { id: sha256(text.as_bytes()), name: "r.txt".into(), text: (*text).into(), ..Document::default() },
            about: About::default(),
            claims: vec![claim],
            language: None,
        });
        record.add(&readings.collect::<Vec<_>>(), "m", "c").unwrap();
        (record, texts.iter().map(|text| sha256(text.as_bytes())).collect())
    }

    #[test]
    fn what_is_least_sure_and_weighs_most_waits_first() {
        let folder = tempfile::tempdir().unwrap();
        let (record, ids) = record(folder.path());
        let order = |record: &Record| record.queue(9).unwrap().into_iter().map(|q| (q.report.id, q.open)).collect::<Vec<_>>();
        assert_eq!(order(&record), [(ids[1].clone(), 1), (ids[0].clone(), 1)]);
        let (_, _, held) = record.desk(&ids[1]).unwrap();
        record.decide(&Verdict::Accept(vec![held[0].claim.id.clone()]), "Awa", "").unwrap();
        assert_eq!(order(&record), [(ids[0].clone(), 1)]);
        let standing = record.standing().unwrap();
        assert_eq!((standing.reports, standing.claims, standing.open, standing.accepted, standing.decisions), (2, 2, 1, 1, 1));
        assert_eq!(record.desk(&ids[1]).unwrap().2[0].decided, Some(true));
    }

    #[test]
    fn claims_of_ones_own_count_are_chained_and_can_be_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let (record, ids) = record(folder.path());
        let text = "Gunmen raided Éla and killed five.";
        let mut mine = claim(text, "killed five", "killed", 1.0);
        mine.confidence = None;
        // In code points: one less than in bytes behind the É.
        (mine.evidence.start, mine.evidence.end) = (mine.evidence.start - 1, mine.evidence.end - 1);
        let kept = record.write_claim(&ids[1], mine.clone(), "Awa").unwrap();
        assert_eq!(kept.evidence.quote, "killed five");
        let again = record.write_claim(&ids[1], mine.clone(), "Awa").unwrap();
        assert_ne!(kept.id, again.id, "two claims of the same words are told apart");
        let (row, _, held) = record.desk(&ids[1]).unwrap();
        assert_eq!((row.claims, held.len()), (3, 3));
        assert_eq!(held[1].hand.as_deref(), Some("Awa #2"));
        assert!(record.verify().unwrap().findings.is_empty());
        record.decide(&Verdict::Reject(vec![kept.id.clone()]), "Awa", "taken back").unwrap();
        assert_eq!(record.desk(&ids[1]).unwrap().2.iter().filter(|held| held.decided == Some(false)).count(), 1);
        // A new reading of the machine takes the place of its old one alone.
        let reading = Reading {
            document: Document { id: ids[1].clone(), name: "r.txt".into(), text: text.into(), ..Document::default() },
            about: About::default(),
            claims: vec![],
            language: None,
        };
        record.add(&[reading], "m", "c2").unwrap();
        assert_eq!(record.desk(&ids[1]).unwrap().2.len(), 2);
        let outside = Claim { evidence: Evidence { start: 900, end: 950, ..mine.evidence.clone() }, ..mine.clone() };
        assert!(record.write_claim(&ids[1], outside, "Awa").is_err());
        assert!(record.write_claim(&ids[1], Claim { kind: Kind::Event, ..mine.clone() }, "Awa").is_err());
        assert!(record.write_claim(&ids[1], mine, " ").is_err());
    }
}
