//! The command line.

use crate::format::{Format, Scheme};
use clap::{Args, Parser, Subcommand, ValueEnum};
use griot_types::Date;
use std::path::PathBuf;

/// Reads reports of armed conflict and keeps a cited record of who did what to whom, where, when and at what cost.
#[derive(Debug, Parser)]
#[command(name = "griot", disable_version_flag = true, subcommand_required = false)]
pub struct Cli {
    /// Print the versions of program, language model, codebook and dictionaries
    #[arg(short = 'V', long)]
    pub version: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
// There is one of them in a run, so that its size is nothing to save.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What reports say: events, relations and figures, each with its quote
    Read(Read),
    /// Archives into Parquet tables of claims, reports and errors: all cores, and taken up again where it was stopped
    Code(Code),
    /// The language layer alone: sentences, tags, trees and names as CoNLL-U
    Parse(Parse),
    #[command(flatten)]
    Record(crate::record::args::Command),
    /// The coding rules, checked or shown for people to read
    #[command(subcommand)]
    Codebook(Codebook),
    /// Completions of this command line for a shell, to be put where the shell looks for them
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// The manual: a page on standard output, or one for each command in a folder
    Man {
        /// Folder of the pages: griot.1, griot-read.1 …
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// `griot codebook`.
#[derive(Debug, Subcommand)]
pub enum Codebook {
    /// Frames without an example, silent on their example, or hidden by another
    Check {
        /// Folder with frames of your own: then they alone are checked, over the shipped ones
        #[arg(long, value_name = "DIR")]
        codebook: Option<PathBuf>,
    },
    /// Print frames in full
    Show {
        /// A frame's name or its beginning, a file of frames, or a type of claim: retreat
        #[arg(value_name = "NAME")]
        name: String,
        /// Folder with frames of your own, laid over the shipped ones
        #[arg(long, value_name = "DIR")]
        codebook: Option<PathBuf>,
    },
}

/// `griot read`.
#[derive(Args, Debug)]
pub struct Read {
    /// Reports: plain text, HTML, PDF, DOCX, JSONL, WARC or Parquet; a folder for all reports below it; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<PathBuf>,
    /// Day of publication of reports whose source gives none, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
    /// CSV table with the columns file, date, publisher and url
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Besides its own type, what other classifications call each claim, in csv and jsonl: acled, ucdp or both with a comma
    #[arg(long, value_enum, value_delimiter = ',', value_name = "SCHEME")]
    pub types: Vec<Scheme>,
    /// Only claims that are right with this chance at least: 0.8 keeps those of which about four in five or more are
    #[arg(long, value_name = "CHANCE", value_parser = chance)]
    pub min_confidence: Option<f64>,
    /// Folder with frames and dictionaries of your own, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
    /// Show for each claim the sentence's tree, the proposition and the frame it came from
    #[arg(long)]
    pub explain: bool,
    /// How many reports are read at a time [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Whether the table has colours
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
}

/// `griot code`.
#[derive(Args, Debug)]
pub struct Code {
    /// WARC, JSONL and Parquet files, reports as text, HTML, PDF or DOCX, packed with gzip or zstd or not; folders for all below them
    #[arg(required = true, value_name = "IN")]
    pub inputs: Vec<PathBuf>,
    /// Folder of the tables; the same command again goes on where it was stopped
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Day of publication of reports whose source gives none, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
    /// CSV table with the columns file, date, publisher and url
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Folder with frames and dictionaries of your own, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
    /// How many reports are coded at a time [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Bytes of input that become one file of each table
    #[arg(long, value_name = "BYTES", default_value_t = 4 << 20, value_parser = clap::value_parser!(u64).range(1..))]
    pub shard: u64,
    /// Largest report in bytes, unpacked; a larger one is an error row
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20, value_parser = clap::value_parser!(u64).range(1..))]
    pub max_bytes: u64,
    /// Largest text of a report in bytes; a larger one is an error row
    #[arg(long, value_name = "BYTES", default_value_t = 2 << 20, value_parser = clap::value_parser!(u64).range(1..))]
    pub max_text: u64,
    /// Longest that a report may take; one that takes longer is an error row
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..))]
    pub seconds: u64,
}

/// `griot parse`.
#[derive(Args, Debug)]
pub struct Parse {
    /// Reports; a folder for all reports below it; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<PathBuf>,
    /// What the files hold: reports, or sentences and tokens as CoNLL-U whose other columns are ignored
    #[arg(long, value_enum, default_value_t = Input::Text)]
    pub input: Input,
}

/// What `griot parse` is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Input {
    /// Reports
    Text,
    /// CoNLL-U
    Conllu,
}

/// When the table has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A chance from 0 to 1.
pub fn chance(words: &str) -> Result<f64, String> {
    let chance = words.parse::<f64>().ok().filter(|chance| (0.0..=1.0).contains(chance));
    chance.ok_or_else(|| "a chance lies between 0 and 1, as in 0.8".to_owned())
}

/// A day, strictly YYYY-MM-DD.
pub fn date(words: &str) -> Result<Date, String> {
    let strict =
        words.len() == 10 && words.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let day = if strict { words.parse::<Date>().ok() } else { None };
    day.ok_or_else(|| "no such day; write year, month and day as in 2023-05-03".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn dates_are_strict() {
        assert_eq!(date("2024-02-29").map(|d| d.to_string()), Ok("2024-02-29".to_owned()));
        for wrong in ["2023-02-29", "29.02.2024", "2024-2-9", "20240229", "", "2024-02-29T10:00"] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }
}
