//! Cells and rows of CSV that are safe in spreadsheets.

use csv::{QuoteStyle, WriterBuilder};

/// Rows as CSV, every cell in quotes.
pub fn rows(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> String {
    // Programs in some countries split at semicolons; quoted cells stay whole there too.
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(Vec::new());
    // Writing to memory fails on rows of unequal length alone, of which tests make sure.
    match write(&mut writer).ok().and_then(|()| writer.into_inner().ok()) {
        Some(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        None => String::new(),
    }
}

/// Words as a cell: a spreadsheet would run what starts like a formula, so that an apostrophe stands before it. Numbers of the program's own
/// making, such as a longitude, do not come this way.
pub fn text(words: &str) -> String {
    let runs = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    // A null byte ends the file for some programs.
    let words = words.replace('\0', "\u{fffd}");
    if runs { format!("'{words}") } else { words }
}
