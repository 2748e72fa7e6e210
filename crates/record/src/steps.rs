//! The formats of the file, and the way from each to the next one.

use crate::error::Result;
use crate::reading;
use crate::store::Record;
use rusqlite::params;

/// Each step brings the format from its number to the next one. A step is never changed once it was released; a new format is a new step.
pub(crate) const STEPS: &[fn(&Record) -> Result<()>] = &[base, packed, reference, claims_of];

fn base(record: &Record) -> Result<()> {
    record.run(record.db.execute_batch(include_str!("base.sql")))
}

/// From one row with its JSON for each claim to the claims of a reading together. Hashes are over the same words as before.
fn packed(record: &Record) -> Result<()> {
    record.run(record.db.execute_batch("DROP TRIGGER coding_kept; DROP TRIGGER claim_kept; DROP TRIGGER claim_stays;"))?;
    record.run(record.db.execute_batch(include_str!("packed.sql")))?;
    for coding in record.rows("SELECT n FROM coding ORDER BY n", [], |row| row.get::<_, i64>(0))? {
        let sql = "SELECT n, body FROM claim WHERE coding = ?1 ORDER BY n";
        let rows = record.rows(sql, [coding], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let first = rows.first().map_or(0, |(n, _)| *n);
        if rows.iter().zip(first..).any(|((n, _), expected)| *n != expected) {
            return Err(record.damaged(format!("the claims of reading {coding} do not follow each other")));
        }
        let blob = reading::pack(rows.iter().map(|(_, body)| body.as_str()));
        record.execute("UPDATE coding SET first = ?1, bodies = ?2 WHERE n = ?3", params![first, blob, coding])?;
    }
    record.run(record.db.execute_batch(include_str!("packed-after.sql")))
}

fn reference(record: &Record) -> Result<()> {
    record.run(record.db.execute_batch(include_str!("reference.sql")))
}

/// A reading that is added asks which claims refer to it while its batch is not yet there; without an index that is a walk over all claims.
fn claims_of(record: &Record) -> Result<()> {
    record.run(record.db.execute_batch("CREATE INDEX claim_coding ON claim (coding)"))
}
