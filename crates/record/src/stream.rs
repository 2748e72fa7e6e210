//! Entries of some actors or places in the order of answers, without looking at all of them.
//!
//! The tables that join entries to actors and places are sorted by first day and name within each actor and place. Answers are merged from their heads and
//! checked one by one, so that the first fifty of an actor with a hundred thousand entries cost fifty.

use crate::error::Result;
use crate::store::Record;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// How many rows are fetched at a time.
const PIECE: i64 = 100;

/// What the entries are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Actor,
    Place,
}

/// The entries of one actor or place and one kind.
struct Stream {
    number: i64,
    kind: i64,
    rows: VecDeque<(i64, i64)>,
    last: (i64, i64),
    dry: bool,
}

impl Record {
    /// Gives `take` the numbers of the entries of these actors or places, of these kinds, begun by `to` and not over before `from`, in order and each once, until it wants no more.
    pub(crate) fn stream(
        &self,
        by: By,
        numbers: &[i64],
        kinds: &[i64],
        (from, to): (i64, i64),
        take: &mut dyn FnMut(i64) -> Result<bool>,
    ) -> Result<()> {
        let sql = match by {
            By::Actor => {
                "SELECT DISTINCT first, entry FROM entry_actor WHERE actor = ?1 AND kind = ?2 AND (first, entry) > (?3, ?4) AND first <= ?5 AND last >= ?7
                 ORDER BY first, entry LIMIT ?6"
            }
            By::Place => {
                "SELECT first, entry FROM entry_place WHERE place = ?1 AND kind = ?2 AND (first, entry) > (?3, ?4) AND first <= ?5 AND last >= ?7
                 ORDER BY first, entry LIMIT ?6"
            }
        };
        let mut streams: Vec<Stream> = Vec::new();
        for &number in numbers {
            let new = |&kind| Stream { number, kind, rows: VecDeque::new(), last: (i64::MIN, i64::MIN), dry: false };
            streams.extend(kinds.iter().map(new));
        }
        let mut heads = BinaryHeap::new();
        for (at, stream) in streams.iter_mut().enumerate() {
            heads.extend(self.next(stream, sql, (from, to))?.map(|row| Reverse((row, at))));
        }
        let mut before = None;
        while let Some(Reverse((row, at))) = heads.pop() {
            if before != Some(row) && !take(row.1)? {
                return Ok(());
            }
            before = Some(row);
            heads.extend(self.next(&mut streams[at], sql, (from, to))?.map(|row| Reverse((row, at))));
        }
        Ok(())
    }

    fn next(&self, stream: &mut Stream, sql: &str, (from, to): (i64, i64)) -> Result<Option<(i64, i64)>> {
        if stream.rows.is_empty() && !stream.dry {
            let values = [stream.number, stream.kind, stream.last.0, stream.last.1, to, PIECE, from];
            stream.rows = self.rows(sql, values, |row| Ok((row.get(0)?, row.get(1)?)))?.into();
            stream.dry = (stream.rows.len() as i64) < PIECE;
            stream.last = stream.rows.back().copied().unwrap_or(stream.last);
        }
        Ok(stream.rows.pop_front())
    }
}
