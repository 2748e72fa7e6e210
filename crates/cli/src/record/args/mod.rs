//! The command line of the commands about a record.

mod tables;

pub use tables::*;

use crate::args::date;
use clap::{Args, Subcommand, ValueEnum};
use griot_record::bounds::Rule;
use griot_record::groups::By;
use griot_record::trend::Unit;
use griot_record::{Around, Moment};
use griot_types::{Date, Status, Type};
use std::path::PathBuf;

/// The commands about a record file.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add reports to a record file, which is made if absent
    Add(Add),
    /// Ask a record for events: who is reported to have done what to whom
    Events(Entries),
    /// Ask a record for relations: who is with whom, who is where
    Relations(Entries),
    /// Ask a record for figures, with bounds over independent sources
    Figures(Entries),
    /// List the actors of a record; private persons are in no list
    Actors(Ask),
    /// List the places of a record
    Places(Ask),
    /// List the reports of a record
    Reports(Ask),
    /// Show an entry, a claim, a report or an actor with all that hangs on it
    Show(Show),
    /// Check all hashes, both chains, and every quote against its report
    Verify(Verify),
    /// Decide on entries and claims: accept, reject, correct, merge, split, choose, comment, undo
    #[command(subcommand)]
    Decide(Decide),
    /// List all decisions
    History(History),
    /// How far coders agree who decided on the same claims (Krippendorff's alpha), and what is left to adjudicate
    Agree(History),
    /// Which frames and names people rejected and corrected most
    Learn(History),
    /// List sentences with violence, numbers or actors and no claim, the most telling first
    Missed(Missed),
    /// What changed between two states of a record, and why
    Diff(Diff),
    /// Is it so, and under which definition: sentences or reports against the record and the tables of others in it
    Check(Check),
    /// Is it getting more or less: counts over time, and two stretches of time held against each other
    Trend(Trend),
    /// A table of others and the record's tolls, row to entry: what both have, what one lacks, and whether their dead agree
    Match(Matching),
    /// Keep a table of others beside the record: UCDP, ACLED, GDELT, ICEWS, POLECAT, UN peacekeeping, Geo-PKO, ViEWS
    Import(Import),
    /// Give entries out as UCDP GED, ACLED, PLOVER, GDELT, GeoJSON, Web Annotations or flat tables
    Export(Export),
    /// List the tables of others, count one by year, tell whom its names mean, compare two releases, give one out again, drop one
    Reference(Reference),
    /// The workbench in the browser, on this machine alone: read and review reports, compare and merge entries
    Serve(Serve),
    /// Follow RSS and Atom feeds into a record; the only command that opens connections to other machines
    Watch(Watch),
}

/// `griot decide`.
#[derive(Debug, Subcommand)]
pub enum Decide {
    /// These entries or claims are right
    Accept(Several),
    /// They are wrong and count no longer
    Reject(Several),
    /// Fields of a claim are otherwise: status=negated quantity.best=17 time.start=2023-08-22 place.name=Gao
    Correct(Correct),
    /// These entries are about the same
    Merge(Several),
    /// These claims are not about the same as the rest of their entry
    Split(Several),
    /// The best value of an entry
    Choose(Choose),
    /// Words about an entry, a claim or a report, given as --why
    Comment(One),
    /// How sensitive a report is: 0 public, 1 internal, 2 restricted, 3 secret
    Sensitivity(Sensitivity),
    /// A decision no longer counts; that is a decision too
    Undo(Undo),
}

/// Where, who and why.
#[derive(Args, Debug)]
pub struct Hand {
    /// The record file
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// Why
    #[arg(long, value_name = "WORDS", required = true)]
    pub why: String,
    /// Who decides
    #[arg(long, value_name = "NAME", env = "GRIOT_CODER")]
    pub who: String,
    /// How many seconds to wait for another program that writes this record
    #[arg(long, value_name = "SECONDS", default_value_t = griot_record::WAIT)]
    pub wait: u64,
}

/// About several entries or claims.
#[derive(Args, Debug)]
pub struct Several {
    #[command(flatten)]
    pub hand: Hand,
    /// Ids of entries or claims
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,
}

/// About one.
#[derive(Args, Debug)]
pub struct One {
    #[command(flatten)]
    pub hand: Hand,
    /// Id of an entry, a claim or a report
    #[arg(value_name = "ID")]
    pub id: String,
}

/// `griot decide correct`.
#[derive(Args, Debug)]
pub struct Correct {
    #[command(flatten)]
    pub hand: Hand,
    /// Id of the claim
    #[arg(value_name = "CLAIM")]
    pub id: String,
    /// Fields with their values; a value is JSON, a plain word is taken as text
    #[arg(required = true, value_name = "FIELD=VALUE")]
    pub fields: Vec<String>,
}

/// `griot decide choose`.
#[derive(Args, Debug)]
pub struct Choose {
    #[command(flatten)]
    pub hand: Hand,
    /// Id of the entry
    #[arg(value_name = "ENTRY")]
    pub id: String,
    /// The value
    #[arg(value_name = "NUMBER")]
    pub best: f64,
}

/// `griot decide sensitivity`.
#[derive(Args, Debug)]
pub struct Sensitivity {
    #[command(flatten)]
    pub hand: Hand,
    /// Id of the report
    #[arg(value_name = "REPORT")]
    pub id: String,
    /// The level
    #[arg(value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(0..=3))]
    pub level: u8,
}

/// `griot decide undo`.
#[derive(Args, Debug)]
pub struct Undo {
    #[command(flatten)]
    pub hand: Hand,
    /// The decision's number, as 'griot history' gives it
    #[arg(value_name = "N")]
    pub n: i64,
}

/// `griot history`, `griot agree`, `griot learn`.
#[derive(Args, Debug)]
pub struct History {
    /// The record file
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t = Shape::Table)]
    pub format: Shape,
}

/// `griot diff`.
#[derive(Args, Debug)]
pub struct Diff {
    /// The record before: a file, with @ and a day or a moment (UTC) as it stood then
    #[arg(value_name = "RECORD@DATE")]
    pub before: String,
    /// The record after
    #[arg(value_name = "RECORD@DATE")]
    pub after: String,
    /// How the best number is chosen: minimum, maximum, majority, latest, source_order=PUBLISHER,PUBLISHER…
    #[arg(long, value_name = "RULE", default_value = "majority")]
    pub rule: Rule,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t = Shape::Table)]
    pub format: Shape,
}

/// `griot add`.
#[derive(Args, Debug)]
pub struct Add {
    /// The record file
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// Reports: plain text, HTML or JSONL; a folder for all reports below it; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<PathBuf>,
    /// Day of publication of reports whose source gives none, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
    /// CSV table with the columns file, date, publisher and url
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Folder with frames and dictionaries of your own, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
    /// Licence of these reports' texts
    #[arg(long, value_name = "WORDS")]
    pub licence: Option<String>,
    /// How sensitive these reports are: 0 public, 1 internal, 2 restricted, 3 secret
    #[arg(long, value_name = "LEVEL", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=3))]
    pub sensitivity: u8,
    /// Day on which these reports were fetched
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub retrieved: Option<Date>,
    /// How many seconds to wait for another program that writes this record
    #[arg(long, value_name = "SECONDS", default_value_t = griot_record::WAIT)]
    pub wait: u64,
    /// How many reports are read at a time [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// `griot check`.
#[derive(Args, Debug)]
pub struct Check {
    /// The record file
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// Reports; - for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A sentence
    #[arg(long, value_name = "SENTENCE")]
    pub text: Option<String>,
    /// The day on which it was said, where the source gives none
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
    #[command(flatten)]
    pub when: When,
    /// Folder with frames and dictionaries of your own, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t = Shape::Table)]
    pub format: Shape,
}

/// `griot trend`.
#[derive(Args, Debug)]
pub struct Trend {
    #[command(flatten)]
    pub which: Which,
    /// What is counted
    #[arg(long, value_enum, default_value_t = Count::Events)]
    pub count: Count,
    /// week, month, quarter or year
    #[arg(long, value_name = "UNIT", default_value = "month")]
    pub by: Unit,
    /// Of a table of others, by its number, in place of the record's entries
    #[arg(long, value_name = "N")]
    pub table: Option<i64>,
    /// Of a table of others: rows of this type, in the table's words; several for any of them
    #[arg(long, value_name = "WORDS", requires = "table")]
    pub table_type: Vec<String>,
    /// A stretch of time; twice, to hold one against the other
    #[arg(long, value_name = "FROM..TO", value_parser = super::trend::window, conflicts_with = "around")]
    pub window: Vec<(Date, Date)>,
    /// Hold the time after this day against the time before: since the withdrawal
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub around: Option<Date>,
    /// With --around: so many weeks, months … on each side
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(i64).range(1..=1000))]
    pub span: i64,
    /// The chart as an SVG file, too
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t = Form::Table)]
    pub format: Form,
}

/// `griot match`.
#[derive(Args, Debug)]
pub struct Matching {
    #[command(flatten)]
    pub which: Which,
    /// The table's number
    #[arg(long, value_name = "N")]
    pub table: i64,
    /// How many days a row and an entry may be apart
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(i32).range(0..=366))]
    pub days: i32,
    /// How many kilometres
    #[arg(long, value_name = "KM", default_value_t = 25.0)]
    pub kilometres: f64,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t = Form::Table)]
    pub format: Form,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Count {
    /// Entries, or rows of a table
    Events,
    /// The dead of incidents; running tallies and parts of a whole are left out
    Deaths,
}

/// `griot serve`.
#[derive(Args, Debug)]
pub struct Serve {
    /// The record file, which is made if absent
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// The port on 127.0.0.1; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8467)]
    pub port: u16,
    /// Who decides at this desk
    #[arg(long, value_name = "NAME", env = "GRIOT_CODER", default_value = "desk")]
    pub who: String,
    /// Folder with frames and dictionaries of your own, which new names go into
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
    /// How many seconds to wait for another program that writes this record
    #[arg(long, value_name = "SECONDS", default_value_t = griot_record::WAIT)]
    pub wait: u64,
}

/// `griot watch`.
#[derive(Args, Debug)]
pub struct Watch {
    /// The file that names the feeds (docs/WATCH.md): contact, and for each feed url and publisher
    #[arg(value_name = "FEEDS")]
    pub feeds: PathBuf,
    /// The record file, which is made if absent; what was dealt with is kept beside it in RECORD.watch.json
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// Stay, and visit each feed when it is due, until Ctrl+C
    #[arg(long)]
    pub follow: bool,
    /// Stay, with this time between two visits of feeds whose 'every' is not given
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(5..=100_000))]
    pub every: Option<u64>,
    /// Visit feeds that are not due yet, too; servers that asked for a pause are left alone all the same
    #[arg(long)]
    pub now: bool,
    /// Say what would be fetched, without opening a connection
    #[arg(long)]
    pub dry_run: bool,
    /// Folder with frames and dictionaries of your own, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
    /// How many seconds to wait for another program that writes this record
    #[arg(long, value_name = "SECONDS", default_value_t = griot_record::WAIT)]
    pub wait: u64,
}

/// Which state of the record is meant.
#[derive(Args, Clone, Debug)]
pub struct When {
    /// The record as it stood at the end of this day, or at this moment (UTC)
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Moment>,
    /// Only what reports say that were published by this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published_by: Option<Date>,
}

/// Which entries of which record.
#[derive(Args, Debug)]
pub struct Which {
    /// The record file
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    #[command(flatten)]
    pub when: When,
    /// About this actor or a part of it, on either side: id, name or code; several for any of them
    #[arg(long, value_name = "ACTOR")]
    pub actor: Vec<String>,
    /// Between these two, or parts of them, whichever of them did it
    #[arg(long, num_args = 2, value_names = ["ACTOR", "ACTOR"])]
    pub dyad: Vec<String>,
    /// Said by this actor
    #[arg(long, value_name = "ACTOR")]
    pub speaker: Vec<String>,
    /// Of this type: ASSAULT, present_in, killed …; several for any of them
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<Type>,
    /// Of this PLOVER mode
    #[arg(long)]
    pub mode: Option<String>,
    /// actual, intended, called_for, negated or possible; several for any of them
    #[arg(long)]
    pub status: Vec<Status>,
    /// In this country: alpha-3 code or name; several for any of them
    #[arg(long)]
    pub country: Vec<String>,
    /// At the place of this name
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// Around a point, within so many kilometres
    #[arg(long, value_name = "LAT,LON,KM", value_parser = around, allow_hyphen_values = true)]
    pub within: Option<Around>,
    /// Not over before this day (of reports: published since)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<Date>,
    /// Begun by this day (of reports: published by)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Option<Date>,
    /// Held or happened on this day: the same as --from and --to
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with_all = ["from", "to"])]
    pub on: Option<Date>,
    /// With these words in a quote (of reports: in title or text); "…" keeps words together
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Reported by this publisher
    #[arg(long)]
    pub publisher: Option<String>,
    /// From so many independent sources at least
    #[arg(long, value_name = "N")]
    pub independent: Option<u32>,
    /// Right with this chance at least by one of its claims: 0.8
    #[arg(long, value_name = "CHANCE", value_parser = crate::args::chance)]
    pub min_confidence: Option<f64>,
    /// Only what a person accepted
    #[arg(long)]
    pub accepted: bool,
    /// Also what a person rejected
    #[arg(long)]
    pub rejected: bool,
    /// How the best number is chosen: minimum, maximum, majority, latest, source_order=PUBLISHER,PUBLISHER…
    #[arg(long, value_name = "RULE", default_value = "majority")]
    pub rule: Rule,
}

/// The questions about entries.
#[derive(Args, Debug)]
pub struct Entries {
    #[command(flatten)]
    pub ask: Ask,
    /// Count the answers by what they have in common, and add up their tolls: actor, dyad, place, country, type, month, year
    #[arg(long, value_name = "BY", conflicts_with = "explain")]
    pub group: Option<By>,
}

/// The questions.
#[derive(Args, Debug)]
pub struct Ask {
    #[command(flatten)]
    pub which: Which,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t = Form::Table)]
    pub format: Form,
    /// How many answers at most; 0 for all [default: 50 in a table, else all]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// With each answer all its claims and why they were merged
    #[arg(long)]
    pub explain: bool,
}

/// `griot missed`.
#[derive(Args, Debug)]
pub struct Missed {
    /// The record file
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    #[command(flatten)]
    pub when: When,
    /// Of this report alone: its file's name, its id or the beginning of its id
    #[arg(long, value_name = "REPORT")]
    pub report: Option<String>,
    /// Published since this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<Date>,
    /// Published by this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Option<Date>,
    /// Published by this publisher
    #[arg(long)]
    pub publisher: Option<String>,
    /// Folder with frames and dictionaries of your own, laid over the shipped ones
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t = Form::Table)]
    pub format: Form,
    /// How many sentences at most; 0 for all [default: 50 in a table, else all]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// `griot show`.
#[derive(Args, Debug)]
pub struct Show {
    /// The record file
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
    /// Id of an entry, a claim or a report, or an actor's id, name or code
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub when: When,
    /// How the best number is chosen: minimum, maximum, majority, latest, source_order=PUBLISHER,PUBLISHER…
    #[arg(long, value_name = "RULE", default_value = "majority")]
    pub rule: Rule,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t = Shape::Table)]
    pub format: Shape,
}

/// `griot verify`.
#[derive(Args, Debug)]
pub struct Verify {
    /// The record file
    #[arg(value_name = "RECORD")]
    pub record: PathBuf,
}

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people
    Table,
    /// JSON Lines: one answer a line, all fields; docs/RECORD.md
    Jsonl,
    /// One row an answer, flat, safe in spreadsheets
    Csv,
}

/// How one thing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// For people
    Table,
    /// One line of JSON
    Jsonl,
}

fn around(words: &str) -> Result<Around, String> {
    let numbers: Vec<f64> = words.split(',').map_while(|part| part.trim().parse().ok()).collect();
    match numbers.as_slice() {
        [latitude, longitude, kilometres] if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && *kilometres > 0.0 => {
            Ok(Around { latitude: *latitude, longitude: *longitude, kilometres: *kilometres })
        }
        _ => Err("write degrees north, degrees east and kilometres, as in 16.27,-0.05,50".to_owned()),
    }
}
