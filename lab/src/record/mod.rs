//! Records of any size, made from a seed, and how long questions to them take.

mod generate;
mod same;

use clap::Subcommand;
use griot_record::bounds::Rule;
use griot_record::{Around, Filter, Question, Record};
use griot_types::{Date, Kind, Status, Type};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use generate::Source;

/// What the lab does with records.
#[derive(Subcommand)]
pub enum Command {
    /// Fill a record with made-up claims, without reading any text.
    FillRecord {
        /// The record.
        record: PathBuf,
        /// How many claims.
        #[arg(long, default_value_t = 1_000_000)]
        claims: usize,
        /// The seed.
        #[arg(long, default_value_t = 7)]
        seed: u64,
    },
    /// Score merging on ECB+ dev and MEANTIME: gold mentions, within a topic, B³.
    ScoreMerging {
        /// The folder of data.
        data: PathBuf,
    },
    /// Ask a record seeded questions of every sort and print how long they take.
    TimeQuestions {
        /// The record.
        record: PathBuf,
        /// How many questions of each sort.
        #[arg(long, default_value_t = 40)]
        each: usize,
        /// The seed.
        #[arg(long, default_value_t = 11)]
        seed: u64,
    },
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::FillRecord { record, claims, seed } => fill(&record, claims, seed),
        Command::ScoreMerging { data } => same::print(&data),
        Command::TimeQuestions { record, each, seed } => time(&record, each, seed),
    }
}

/// Claims in a made-up report, and reports in a batch.
const CLAIMS: usize = 10;
const BATCH: usize = 1000;

fn fill(path: &std::path::Path, claims: usize, seed: u64) -> anyhow::Result<()> {
    let record = Record::create(path, 10)?;
    let mut source = Source::new(seed);
    let (start, mut done, mut text) = (Instant::now(), 0, 0);
    while done < claims {
        let readings: Vec<_> = (0..BATCH.min((claims - done).div_ceil(CLAIMS))).map(|_| source.reading(CLAIMS)).collect();
        text += readings.iter().map(|reading| reading.document.text.len()).sum::<usize>();
        record.add(&readings, "made up", "made up")?;
        done += readings.iter().map(|reading| reading.claims.len()).sum::<usize>();
        eprintln!("{done} claims, {:.0} s", start.elapsed().as_secs_f64());
    }
    drop(record);
    let size = std::fs::metadata(path)?.len();
    println!(
        "{done} claims in {:.1} s; {size} bytes, {:.0} a claim; {text} bytes of text",
        start.elapsed().as_secs_f64(),
        size as f64 / done as f64
    );
    Ok(())
}

fn time(path: &std::path::Path, each: usize, seed: u64) -> anyhow::Result<()> {
    let record = Record::open(path)?;
    let mut source = Source::new(seed);
    let mut all: Vec<Duration> = Vec::new();
    println!("| question | median ms | 95th percentile ms | worst ms |\n|---|---|---|---|");
    for (name, make) in SORTS {
        let mut times = Vec::new();
        for _ in 0..each {
            let filter = make(&mut source);
            let start = Instant::now();
            record.ask(&Question { filter, rule: Rule::default(), limit: Some(50) })?;
            times.push(start.elapsed());
        }
        all.extend(&times);
        print_times(name, times);
    }
    print_times("all", all);
    Ok(())
}

fn print_times(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1000.0;
    println!("| {name} | {:.1} | {:.1} | {:.1} |", at(0.5), at(0.95), at(1.0));
}

type Sort = (&'static str, fn(&mut Source) -> Filter);

/// The sorts of questions, each narrowed by chance.
const SORTS: [Sort; 9] = [
    ("events of an actor", |s| Filter { kind: Some(Kind::Event), actors: vec![s.actor()], ..Filter::default() }),
    ("events of an actor in a year", |s| {
        let (from, to) = s.year();
        Filter { kind: Some(Kind::Event), actors: vec![s.actor()], from, to, ..Filter::default() }
    }),
    ("events in a country in a year", |s| {
        let (from, to) = s.year();
        Filter { kind: Some(Kind::Event), countries: vec![s.country()], from, to, ..Filter::default() }
    }),
    ("attacks denied", |s| {
        let (from, to) = s.year();
        Filter { types: vec![Type::Assault], statuses: vec![Status::Negated], from, to, ..Filter::default() }
    }),
    ("killed at a place", |s| Filter { types: vec![Type::Killed], place: Some(s.place()), ..Filter::default() }),
    ("figures near a point", |s| {
        let (latitude, longitude) = s.point();
        Filter { kind: Some(Kind::Figure), around: Some(Around { latitude, longitude, kilometres: 50.0 }), ..Filter::default() }
    }),
    ("who was present on a day", |s| {
        let day: Option<Date> = s.year().0;
        Filter { types: vec![Type::PresentIn], countries: vec![s.country()], from: day, to: day, ..Filter::default() }
    }),
    ("words in quotes", |s| Filter { kind: Some(Kind::Event), text: Some(format!("{} {}", s.verb(), s.place())), ..Filter::default() }),
    ("from two sources and more", |s| {
        let (from, to) = s.year();
        Filter { kind: Some(Kind::Figure), independent: Some(2), countries: vec![s.country()], from, to, ..Filter::default() }
    }),
];
