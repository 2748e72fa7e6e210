//! How fast an archive is coded: one thread against two through the program itself, and where one thread's time goes.

use anyhow::{Context, Result, bail, ensure};
use clap::Subcommand;
use griot_archive::{Counts, Plan};
use griot_ingest::{Options, Reader};
use griot_lab::{crawl, line::Line};
use griot_types::Claim;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Program, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

#[derive(Subcommand)]
pub enum Command {
    /// Write distinct made-up reports: JSONL, or a web archive of pages around them with known damage sown in, as the name ends.
    GenerateReports {
        /// Where they go: FILE.jsonl, or FILE.warc, FILE.warc.gz, FILE.warc.zst with FILE.….sown.jsonl beside it, which says what stands where.
        out: PathBuf,
        /// How many reports or pages.
        #[arg(long, default_value_t = 1000)]
        reports: usize,
        /// The seed: the same one gives the same bytes.
        #[arg(long, default_value_t = 7)]
        seed: u64,
    },
    /// Say whether a run of `griot code` found all that 'generate-reports' sowed.
    CheckSown {
        /// The archive.
        archive: PathBuf,
        /// The folder that it was coded into.
        coded: PathBuf,
    },
    /// Code an archive with one thread and with two, and say where the time goes.
    BenchArchive {
        /// The archive, in any of the formats of `griot code`: 'generate-reports' makes one.
        input: PathBuf,
        /// The program.
        #[arg(long, default_value = "target/release/griot")]
        griot: PathBuf,
        /// Leave the stages out.
        #[arg(long)]
        whole: bool,
    },
}

pub fn run(command: Command) -> Result<()> {
    match command {
        Command::GenerateReports { out, reports, seed } => generate(&out, reports, seed),
        Command::CheckSown { archive, coded } => check_sown(&archive, &coded),
        Command::BenchArchive { input, griot, whole } => bench(&input, &griot, whole),
    }
}

/// Where it is written what was sown into an archive.
fn sown_beside(archive: &Path) -> PathBuf {
    let mut name = archive.as_os_str().to_owned();
    name.push(".sown.jsonl");
    name.into()
}

fn generate(out: &Path, reports: usize, seed: u64) -> Result<()> {
    if !out.to_string_lossy().contains(".warc") {
        return crawl::write_lines(out, reports, seed);
    }
    let sown = crawl::write(out, reports, seed)?;
    let lines: String = sown.iter().map(|sown| serde_json::to_string(sown).map(|line| line + "\n")).collect::<Result<_, _>>()?;
    Ok(fs::write(sown_beside(out), lines)?)
}

fn check_sown(archive: &Path, coded: &Path) -> Result<()> {
    let path = sown_beside(archive);
    let lines = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let sown: Vec<crawl::Sown> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let (kinds, wrong) = crawl::check(&sown, coded)?;
    println!("| sown | records | came out as they should |\n|---|---|---|");
    for (kind, found) in &kinds {
        println!("| {kind} | {} | {} |", found.sown, found.right);
    }
    wrong.iter().take(40).for_each(|line| println!("{line}"));
    println!("{} came out otherwise", wrong.len());
    Ok(())
}

fn bench(input: &Path, griot: &Path, whole: bool) -> Result<()> {
    let size = griot_ingest::size(input) as f64 / 1e6;
    let one = time(griot, input, 1)?;
    let two = time(griot, input, 2)?;
    println!("{}, {size:.1} MB", input.display());
    for (threads, run) in [(1, &one), (2, &two)] {
        let seconds = run.time.as_secs_f64();
        println!("  {threads} thread(s)  {seconds:8.2} s  {:8.3} MB/s  {} MB at most", size / seconds, run.memory / 1024);
    }
    println!("  two threads are {:.2} times one", one.time.as_secs_f64() / two.time.as_secs_f64());
    ensure!(one.bytes == two.bytes, "one thread and two write other bytes");
    if !whole {
        stages(input)?;
    }
    Ok(())
}

/// What a run of the program came to.
struct Run {
    time: Duration,
    /// The most memory that it had, in KiB; 0 where the system does not say.
    memory: u64,
    /// The hash of all that it wrote.
    bytes: String,
}

fn time(griot: &Path, input: &Path, threads: usize) -> Result<Run> {
    let out = std::env::temp_dir().join(format!("griot-bench-{}-{threads}", std::process::id()));
    let since = Instant::now();
    let mut child = Program::new(griot)
        .args(["code", "--threads", &threads.to_string(), "--out"])
        .arg(&out)
        .arg(input)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{}: build it first", griot.display()))?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut memory = 0;
    let outcome = loop {
        if let Some(outcome) = child.try_wait()? {
            break outcome;
        }
        let words = fs::read_to_string(&status).unwrap_or_default();
        let line = words.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        memory = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(memory);
        std::thread::sleep(Duration::from_millis(20));
    };
    let time = since.elapsed();
    if outcome.code().is_none_or(|code| code > 1) {
        bail!("griot code ended with {outcome}");
    }
    let mut all = Vec::new();
    for table in ["claims", "reports", "errors"] {
        let mut parts: Vec<PathBuf> =
            fs::read_dir(out.join(table))?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        parts.sort();
        for part in parts {
            all.extend(griot_types::sha256(&fs::read(part)?).into_bytes());
        }
    }
    fs::remove_dir_all(&out)?;
    Ok(Run { time, memory, bytes: griot_types::sha256(&all) })
}

/// Times the stages one by one on one thread.
fn stages(input: &Path) -> Result<()> {
    let line = Line::shipped()?;
    let reader = Reader::new(Options::default());
    let mut spent = [Duration::ZERO; 4];
    let mut tokens = 0;
    let mut claims: HashMap<String, Vec<Claim>> = HashMap::new();
    let mut since = Instant::now();
    let mut lap = |stage: usize| {
        spent[stage] += since.elapsed();
        since = Instant::now();
    };
    for item in reader.items(input) {
        let document = item.and_then(|item| reader.read(item));
        lap(0);
        let Ok(document) = document else { continue };
        let sentences = line.language.read(&document);
        tokens += sentences.iter().map(|sentence| sentence.tokens.len()).sum::<usize>();
        lap(1);
        let reading = line.world.read(&document, &sentences);
        lap(2);
        claims.insert(document.name.clone(), line.coder.code(&document, &sentences, &reading));
        lap(3);
    }
    let reports = claims.len();
    // Writing is what is left of a run whose claims are made already.
    let out = std::env::temp_dir().join(format!("griot-bench-{}-writing", std::process::id()));
    let plan = Plan {
        inputs: vec![input.to_owned()],
        out: out.clone(),
        reader: Reader::new(Options::default()),
        coder: Arc::new(move |document| match claims.get(&document.name) {
            Some(claims) => Ok((document, claims.clone())),
            None => Err("was not read before".to_owned()),
        }),
        key: String::new(),
        threads: 1,
        shard: 4 << 20,
        patience: Duration::from_secs(120),
    };
    let since = Instant::now();
    griot_archive::run(plan, &|_: &Counts| {})?;
    let whole = since.elapsed();
    fs::remove_dir_all(&out)?;
    let writing = whole.saturating_sub(spent[0]);
    let all = spent.iter().sum::<Duration>() + writing;
    println!(
        "{reports} reports, {tokens} tokens, one thread: {:.0} tokens/s from bytes to claims",
        tokens as f64 / spent.iter().sum::<Duration>().as_secs_f64()
    );
    for (stage, time) in ["reading", "language", "world", "coder", "writing"].iter().zip(spent.iter().chain([&writing])) {
        println!("  {stage:<9} {:7.2} s  {:5.1} %", time.as_secs_f64(), 100.0 * time.as_secs_f64() / all.as_secs_f64());
    }
    Ok(())
}
