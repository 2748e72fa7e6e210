//! Claims on paper: one file a format.

pub mod csv;
mod jsonl;
mod petrarch;

use crate::engine::Coded;
use crate::table::Table;
use clap::ValueEnum;
use griot_world::World;

/// How claims are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: what happened, who is where, who is with whom, the toll, each line with its quote
    Table,
    /// JSON Lines: one claim a line, all fields, offsets in code points; docs/claim.schema.json
    Jsonl,
    /// One row a claim, flat columns, safe in spreadsheets; docs/CSV.md
    Csv,
    /// One tab-separated line an event, for comparison with older coders: document, sentence, date, source, target, CAMEO code
    Petrarch,
}

/// Writes reports in one format; what it writes for a report depends on that report alone.
#[derive(Debug)]
pub struct Writer {
    format: Format,
    table: Table,
    explain: bool,
}

impl Writer {
    /// A writer; `colours` and `width` (in columns) are the table's.
    pub fn new(format: Format, colours: bool, width: usize, explain: bool) -> Writer {
        Writer { format, table: Table::new(colours, width), explain }
    }

    /// What stands once before all reports.
    pub fn head(&self) -> String {
        if self.format == Format::Csv { csv::head() } else { String::new() }
    }

    /// Whether claims are to be explained.
    pub fn explains(&self) -> bool {
        self.explain
    }

    /// Whether the explanation stands among the claims.
    pub fn explains_inside(&self) -> bool {
        self.format == Format::Table
    }

    /// One report's claims.
    pub fn report(&self, coded: &Coded, world: &World) -> String {
        match self.format {
            Format::Table => self.table.report(coded, world),
            Format::Jsonl => jsonl::report(coded),
            Format::Csv => csv::report(coded),
            Format::Petrarch => petrarch::report(coded),
        }
    }
}
