//! Claims on paper: one file a format.

pub mod csv;
mod html;
mod jsonl;
mod petrarch;
mod schemes;

pub use schemes::Scheme;

use crate::engine::{Coded, Engine};
use crate::table::Table;
use clap::ValueEnum;

/// How claims are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: what happened, who is where, who is with whom, the toll, each line with its quote
    Table,
    /// JSON Lines: one claim a line, all fields, offsets in code points; docs/claim.schema.json
    Jsonl,
    /// One row a claim, flat columns, safe in spreadsheets; docs/CSV.md
    Csv,
    /// A page to read and print: each report with its claims marked, one file, no scripts, no outside parts
    Html,
    /// One tab-separated line an event, for comparison with older coders: document, sentence, date, source, target, CAMEO code
    Petrarch,
}

/// Writes reports in one format; what it writes for a report depends on that report alone.
#[derive(Debug)]
pub struct Writer {
    format: Format,
    table: Table,
    explain: bool,
    schemes: Vec<Scheme>,
}

impl Writer {
    /// A writer; `colours` and `width` (in columns) are the table's.
    pub fn new(format: Format, colours: bool, width: usize, explain: bool) -> Writer {
        Writer { format, table: Table::new(colours, width), explain, schemes: Vec::new() }
    }

    /// The same, with what other classifications call each claim, in CSV and JSON Lines.
    pub fn with_schemes(self, schemes: &[Scheme]) -> Writer {
        Writer { schemes: schemes.to_vec(), ..self }
    }

    /// What stands once before all reports.
    pub fn head(&self) -> String {
        match self.format {
            Format::Csv => csv::head(&self.schemes),
            Format::Html => html::head(),
            _ => String::new(),
        }
    }

    /// What stands once behind all reports.
    pub fn tail(&self) -> &'static str {
        if self.format == Format::Html { html::tail() } else { "" }
    }

    /// Whether claims are to be explained.
    pub fn explains(&self) -> bool {
        self.explain
    }

    /// Whether the explanation stands among the claims.
    pub fn explains_inside(&self) -> bool {
        matches!(self.format, Format::Table | Format::Html)
    }

    /// One report's claims.
    pub fn report(&self, coded: &Coded, engine: &Engine) -> String {
        let book = engine.coder().codebook();
        match self.format {
            Format::Table => self.table.report(coded, engine.world()),
            Format::Jsonl => jsonl::report(coded, &self.schemes, book),
            Format::Csv => csv::report(coded, &self.schemes, book),
            Format::Html => html::report(coded, engine.world()),
            Format::Petrarch => petrarch::report(coded),
        }
    }
}
