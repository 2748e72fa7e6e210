//! Scores the cases and the whole reports of `tests/`.

use crate::expect::{self, ReportScore};
use crate::line::{self, Line};
use anyhow::{Context, Result, anyhow};
use griot_types::Document;
use std::{fs, path::Path};

/// A case and how it came out.
pub struct Run {
    /// `file.md: heading`.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What is missing, sprung, too much.
    pub result: expect::CaseResult,
}

/// Runs every case in a folder.
pub fn run_cases(line: &Line, folder: &Path) -> Result<Vec<Run>> {
    let mut runs = Vec::new();
    for (name, text) in markdown(folder)? {
        for case in expect::cases(&name, &text).map_err(|e| anyhow!(e))? {
            let claims = line.read(&from_bytes("case.txt", case.text.clone().into_bytes(), case.date)?);
            runs.push(Run { name: case.name, text: case.text, result: expect::score_case(&case.expected, &claims) });
        }
    }
    Ok(runs)
}

/// The Markdown files of a folder, by name.
pub fn markdown(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "md") {
            files.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), fs::read_to_string(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

/// Scores every report in a folder that has a companion page: (name, score).
pub fn run_reports(line: &Line, folder: &Path) -> Result<Vec<(String, ReportScore)>> {
    let mut scores = Vec::new();
    for (name, text) in markdown(folder)? {
        let stem = name.trim_end_matches(".md");
        let Some(path) = ["txt", "html"].iter().map(|e| folder.join(format!("{stem}.{e}"))).find(|p| p.exists()) else { continue };
        let (block, date) = expect::report_block(&name, &text).map_err(|e| anyhow!(e))?;
        let document = document(&path, date)?;
        scores.push((stem.to_owned(), expect::score_report(&block, &line.read(&document))));
    }
    Ok(scores)
}

/// Scores one report against a page of facts.
pub fn run_report(line: &Line, report: &Path, facts: &Path, date: Option<griot_types::Date>) -> Result<ReportScore> {
    let text = fs::read_to_string(facts).with_context(|| format!("cannot read {}", facts.display()))?;
    let (block, published) = expect::report_block(&facts.to_string_lossy(), &text).map_err(|e| anyhow!(e))?;
    let document = document(report, date.or(published))?;
    Ok(expect::score_report(&block, &line.read(&document)))
}

/// One file as a document, as `griot read` would take it.
pub fn document(path: &Path, date: Option<griot_types::Date>) -> Result<Document> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    from_bytes(&path.to_string_lossy(), bytes, date)
}

fn from_bytes(name: &str, bytes: Vec<u8>, date: Option<griot_types::Date>) -> Result<Document> {
    let options = griot_ingest::Options { date, ..griot_ingest::Options::default() };
    let documents = griot_ingest::read_bytes(name, bytes, &options);
    documents.into_iter().next().ok_or_else(|| anyhow!("{name} holds no report"))?.map_err(Into::into)
}

/// Prints how the cases came out, the failing ones in full where `all` is set.
pub fn print_cases(runs: &[Run], all: bool) {
    for run in runs.iter().filter(|r| all && !r.result.passed()) {
        println!("## {}\n> {}", run.name, run.text.replace('\n', " "));
        for line in &run.result.missed {
            println!("  missed   {line}");
        }
        for (line, claim) in &run.result.sprung {
            println!("  SPRUNG   {line}\n           {claim}");
        }
        for line in &run.result.surplus {
            println!("  surplus  {line}");
        }
    }
    let passed = runs.iter().filter(|r| r.result.passed()).count();
    let sprung = runs.iter().map(|r| r.result.sprung.len()).sum::<usize>();
    println!("{passed} of {} cases pass; {sprung} traps sprung", runs.len());
}

/// Prints how the reports came out.
pub fn print_reports(scores: &[(String, ReportScore)], all: bool) {
    let mut sum = ReportScore::default();
    for (name, score) in scores {
        if all {
            println!("## {name}");
            for line in &score.missed {
                println!("  {line}");
            }
            for (line, claim) in &score.sprung {
                println!("  SPRUNG {line}\n         {claim}");
            }
            for line in &score.wrong {
                println!("  + {line}");
            }
        }
        println!("{name}: {}", summary(score));
        sum.facts += score.facts;
        sum.found += score.found;
        sum.whole += score.whole;
        sum.claims += score.claims;
        sum.right += score.right;
        sum.sprung.extend(score.sprung.clone());
    }
    println!("all: {}", summary(&sum));
}

fn summary(score: &ReportScore) -> String {
    let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
    format!(
        "{} facts, found {:.2}, whole {:.2}; {} claims, precision {:.2}; traps sprung {}",
        score.facts,
        share(score.found, score.facts),
        share(score.whole, score.facts),
        score.claims,
        share(score.right, score.claims),
        score.sprung.len()
    )
}

/// Prints the tree, the propositions and the claims of a text.
pub fn explain(line: &Line, text: &str, date: Option<griot_types::Date>) {
    let document = line::document(text, date);
    let sentences = line.language.read(&document);
    let reading = line.world.read(&document, &sentences);
    let scene = line.coder.scene(&document, &sentences, &reading);
    for (s, sentence) in sentences.iter().enumerate() {
        print!("{}", griot_coder::proposition::show(sentence, text));
        for name in &sentence.names {
            println!("name {:?} {}", name.kind, sentence.cover(name.first as usize, name.end as usize).of(text));
        }
        for place in &reading.sentences[s].places {
            println!("place {}..{} {:?} {:?}", place.first, place.end, place.place.name, place.place.country);
        }
        for time in &reading.sentences[s].times {
            println!("time {}..{} {:?} {:?}..{:?}", time.first, time.end, time.kind, time.time.start, time.time.end);
        }
        for count in &scene.counts[s] {
            println!("count {:?} of {} unit {}", count.quantity.text, sentence.form(count.head, text), count.quantity.unit);
        }
        for mention in &reading.sentences[s].mentions {
            println!(
                "mention {} {:?} {} [{}] force={} people={}",
                mention.head, mention.kind, mention.actor.code, mention.actor.text, mention.force, mention.people
            );
        }
        for token in 0..sentence.tokens.len() {
            for who in scene.reference.found(s, token) {
                println!("who {} {} = {} {}", token, sentence.form(token, text), who.actor.code, who.actor.name);
            }
        }
        for (p, proposition) in scene.propositions[s].list.iter().enumerate() {
            let arguments: Vec<String> =
                proposition.arguments.iter().map(|a| format!("{}={}", a.role, sentence.form(a.token, text))).collect();
            println!(
                "{p}: {} {:?} {:?} passive={} neg={} {:?} gov={:?} frame={} stance={} | {}",
                proposition.lemma,
                proposition.form,
                proposition.clause,
                proposition.passive,
                proposition.negated,
                proposition.modality,
                proposition.governor.as_ref().map(|g| (g.proposition, &g.link)),
                scene.frame(s, p).map_or("-", |f| f.name.as_str()),
                scene.stance(s, p).status,
                arguments.join(" ")
            );
        }
    }
    println!("leads {:?}", reading.leads());
    for claim in griot_coder::claims::of(&scene) {
        println!("{}", expect::shown(&claim));
    }
}
