//! PETRARCH's unit suite: sentences about invented countries, with the dictionaries that name them.
//!
//! The dictionaries are turned into a codebook to be laid over the shipped one, and the `griot` program reads the sentences with it and
//! writes `--format petrarch`; so the whole way that a user would go is measured.

use super::{Counts, Row, Show};
use crate::line::Line;
use anyhow::{Context, Result, anyhow, bail};
use griot_types::sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Source, target, code.
type Event = (String, String, String);

pub(super) fn score(_: &Line, folder: &Path, show: Show) -> Result<Vec<Row>> {
    let program = env::current_exe()?.with_file_name("griot");
    if !program.exists() {
        eprintln!("petrarch-suite: left out, since {} is not built ('cargo build --release -p griot')", program.display());
        return Ok(Vec::new());
    }
    let records = records(&read(folder, ".xml")?);
    let work = env::temp_dir().join(format!("griot-petrarch-{}", std::process::id()));
    let result = run(&program, &work, folder, &records);
    let _ = fs::remove_dir_all(&work);
    let found = result?;
    let (mut triples, mut pairs) = (Counts::default(), Counts::default());
    for record in &records {
        let none = Vec::new();
        let mine = found.get(&sha256(record.text.as_bytes())).unwrap_or(&none);
        let counts =
            Counts::of(mine, &record.events, |a, b| a.0 == b.0 && a.1 == b.1 && a.2[..3.min(a.2.len())] == b.2[..3.min(b.2.len())]);
        if show.all && (counts.right < counts.found || counts.right < counts.wanted) {
            println!("petrarch-suite {}: found {mine:?}, wanted {:?}: {}", record.id, record.events, record.text);
        }
        triples.add(counts);
        let sides = |events: &[Event]| -> Vec<(String, String)> {
            events.iter().map(|e| (e.0.clone(), e.1.clone())).collect::<BTreeSet<_>>().into_iter().collect()
        };
        pairs.add(Counts::of(&sides(mine), &sides(&record.events), |a, b| a == b));
    }
    Ok(vec![
        Row::new("PETRARCH unit suite: source, target, CAMEO code", triples)
            .peer(".76 PETRARCH-1, .70 UniversalPetrarch, .51 PETRARCH-2", ".50 / .70"),
        Row::new("PETRARCH unit suite: source and target", pairs),
    ])
}

fn read(folder: &Path, ending: &str) -> Result<String> {
    let files = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let file = files
        .filter_map(|f| f.ok().map(|f| f.path()))
        .find(|p| p.to_string_lossy().ends_with(ending))
        .ok_or_else(|| anyhow!("{} holds no file that ends in '{ending}'", folder.display()))?;
    Ok(String::from_utf8_lossy(&fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?).into_owned())
}

/// One sentence of the suite.
struct Record {
    id: String,
    date: String,
    text: String,
    events: Vec<Event>,
}

fn records(xml: &str) -> Vec<Record> {
    let attribute = |tag: &str, name: &str| -> Option<String> {
        let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
        Some(tag[start..].split('"').next()?.to_owned())
    };
    xml.split("<Sentence ")
        .skip(1)
        .filter_map(|block| {
            let head = block.split('>').next()?;
            let text = block.split("<Text>").nth(1)?.split("</Text>").next()?;
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&").replace("&quot;", "\"");
            let tags: Vec<&str> = block.split("<EventCoding").skip(1).filter_map(|t| t.split('>').next()).collect();
            let error = tags.iter().any(|t| t.contains("error="));
            let events = tags
                .iter()
                .filter_map(|t| Some((attribute(t, "sourcecode")?, attribute(t, "targetcode")?, attribute(t, "eventcode")?)))
                .filter(|(s, t, _)| !s.contains('&') && !t.contains('&'))
                .collect();
            // Records that test how the coder fails on files in a form of its own say nothing about sentences.
            (!error && !text.starts_with("ALL OF THE UNIT TESTS")).then(|| Record {
                id: attribute(head, "id").unwrap_or_default(),
                date: attribute(head, "date").unwrap_or_default(),
                text,
                events,
            })
        })
        .collect()
}

/// Lets the program read all records; its events by document.
fn run(program: &Path, work: &Path, folder: &Path, records: &[Record]) -> Result<BTreeMap<String, Vec<Event>>> {
    let (reports, codebook) = (work.join("reports"), work.join("codebook"));
    for dir in [&reports, &codebook.join("dictionaries"), &codebook.join("frames")] {
        fs::create_dir_all(dir)?;
    }
    fs::write(codebook.join("dictionaries/petrarch.toml"), actors(&read(folder, "actors.txt")?) + &agents(&read(folder, "agents.txt")?))?;
    fs::write(codebook.join("frames/petrarch.toml"), verbs(&read(folder, "verbs.2.0.txt")?))?;
    let mut manifest = String::from("file,date,publisher,url\n");
    for (n, record) in records.iter().enumerate() {
        let name = format!("{n:04}.txt");
        fs::write(reports.join(&name), &record.text)?;
        if record.date.len() == 8 {
            writeln!(manifest, "{name},{}-{}-{},,", &record.date[..4], &record.date[4..6], &record.date[6..])?;
        }
    }
    let list: PathBuf = work.join("manifest.csv");
    fs::write(&list, manifest)?;
    let output = Command::new(program)
        .args(["read", "--format", "petrarch", "--codebook"])
        .arg(&codebook)
        .arg("--manifest")
        .arg(&list)
        .arg(&reports)
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    if output.stdout.is_empty() {
        bail!("{} read nothing: {}", program.display(), String::from_utf8_lossy(&output.stderr));
    }
    let mut found: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let [document, _, _, source, target, code] = line.split('\t').collect::<Vec<_>>()[..] {
            // The suite asks for both sides of an event by its own dictionaries, in which everybody has a country; and some of its sentences
            // stand in it twice.
            let event = (source.to_owned(), target.to_owned(), code.to_owned());
            let events = found.entry(document.to_owned()).or_default();
            if !source.starts_with("---") && !target.starts_with("---") && !events.contains(&event) {
                events.push(event);
            }
        }
    }
    Ok(found)
}

// --- dictionaries to a codebook ------------------------------------------------------------------------------------------------------

/// A dictionary's line without its comment.
fn bare(line: &str) -> &str {
    line.split('#').next().unwrap_or("").split("<!").next().unwrap_or("").trim()
}

fn in_brackets(line: &str) -> Option<&str> {
    Some(line.split_once('[')?.1.split(']').next()?.trim())
}

/// 'MINAS_TIRITH' as a report writes it.
fn written(name: &str) -> String {
    let name = name.trim().trim_matches('_').replace('_', " ");
    let small = ["OF", "THE", "AND"];
    name.split(' ')
        .filter(|w| !w.is_empty())
        .enumerate()
        .map(|(n, word)| match word {
            _ if word.len() <= 3 && n == 0 && !small.contains(&word) || word.contains('.') => word.to_owned(),
            _ if small.contains(&word) && n > 0 => word.to_lowercase(),
            _ => word.split('-').map(capital).collect::<Vec<_>>().join("-"),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
}

/// One entry of the actors: its names, the code that it has at all times, and those that it has between two days ('' where open).
#[derive(Default)]
struct Entry {
    names: Vec<String>,
    code: String,
    phases: Vec<(String, String, String)>,
}

/// Names with their codes: what has a code of three letters acts as a country, all else as an actor of that code.
fn actors(text: &str) -> String {
    let mut entries: Vec<Entry> = Vec::new();
    for line in text.lines().map(bare).filter(|l| !l.is_empty() && !l.starts_with("--")) {
        let name = line.split('[').next().unwrap_or("").trim();
        let (code, since, until) = in_brackets(line).map(dated).unwrap_or_default();
        if name.is_empty() {
            let Some(last) = entries.last_mut() else { continue };
            if !since.is_empty() || !until.is_empty() {
                last.phases.push((code, since, until));
            } else if last.code.is_empty() {
                last.code = code;
            }
        } else if let (Some(alias), Some(last)) = (name.strip_prefix('+'), entries.last_mut()) {
            last.names.push(written(alias));
        } else {
            entries.push(Entry { names: vec![written(name)], code, phases: Vec::new() });
        }
    }
    let bodies = ["NGO", "NGM", "UNO", "IMF", "IBR", "EEC", "IGO", "IMG", "INT"];
    let mut out = String::new();
    let mut states: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for entry in &mut entries {
        entry.code = entry.code.to_uppercase();
        entry.phases.retain(|(code, ..)| is_code(code));
        if entry.code.is_empty() {
            entry.code = entry.phases.first().map_or_else(String::new, |(code, ..)| code.chars().take(3).collect());
        }
        if !is_code(&entry.code) {
            continue;
        }
        let home = entry.code[..3].to_owned();
        if entry.code.len() == 3 && entry.phases.is_empty() && !bodies.contains(&home.as_str()) {
            states.entry(home).or_default().extend(entry.names.iter().cloned());
        } else if seen.insert(entry.names[0].to_lowercase()) {
            let id = format!("petrarch-{}", seen.len());
            let country = if bodies.contains(&home.as_str()) {
                String::new()
            } else {
                states.entry(home.clone()).or_default();
                format!("country = {home:?}\n")
            };
            let phases: Vec<String> = entry.phases.iter().map(phase).collect();
            let _ = writeln!(
                out,
                "[[actor]]\nid = {id:?}\nname = {:?}\nkind = \"group\"\ncode = {:?}\n{country}aliases = {:?}\nphases = [{}]\nsource = \"memory\"\n",
                entry.names[0],
                entry.code,
                &entry.names[1..],
                phases.join(", ")
            );
        }
    }
    for (code, names) in states {
        // A country that only its members' codes name has its code for a name.
        let (name, others) = names.split_first().map_or((&code, &[][..]), |(first, rest)| (first, rest));
        let _ = writeln!(out, "[[country]]\niso3 = {code:?}\niso2 = \"\"\nname = {name:?}\naliases = {others:?}\ndemonyms = []\n");
    }
    out
}

/// Whether this is a code: letters, three for a country or body and three for each role.
fn is_code(code: &str) -> bool {
    code.len() >= 3 && code.is_ascii() && code.bytes().filter(u8::is_ascii_uppercase).count() >= 3
}

/// 'HOBGOV 19950601 - 19990815', 'HOB < 950601', 'HOBREB >990816': the code, and the first and the last day on which it holds.
fn dated(inside: &str) -> (String, String, String) {
    let code: String = inside.chars().take_while(|c| !matches!(c, ' ' | '<' | '>')).collect();
    let rest = &inside[code.len()..];
    let mut days = rest.split(|c: char| !c.is_ascii_digit()).filter_map(day);
    let (first, second) = (days.next().unwrap_or_default(), days.next().unwrap_or_default());
    // A phase needs a beginning.
    let bounds = if rest.contains('<') { ("1900-01-01".to_owned(), first) } else { (first, second) };
    (code, bounds.0, bounds.1)
}

/// '950601' and '19950601' as '1995-06-01'.
fn day(digits: &str) -> Option<String> {
    let full = match digits.len() {
        6 => format!("19{digits}"),
        8 => digits.to_owned(),
        _ => return None,
    };
    Some(format!("{}-{}-{}", &full[..4], &full[4..6], &full[6..]))
}

fn phase((code, since, until): &(String, String, String)) -> String {
    let sectors: Vec<String> = code.as_bytes().chunks(3).skip(1).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    let mut days = String::new();
    for (name, day) in [("since", since), ("until", until)] {
        if !day.is_empty() {
            let _ = write!(days, "{name} = {day:?}, ");
        }
    }
    format!("{{ {days}kind = \"group\", code = {code:?}, sectors = {sectors:?} }}")
}

/// Common nouns with the roles that they add.
fn agents(text: &str) -> String {
    let mut out = String::new();
    let mut seen = BTreeSet::new();
    for line in text.lines().map(bare).filter(|l| !l.is_empty() && !l.starts_with(['<', '!'])) {
        let Some(code) = in_brackets(line).map(|c| c.replace('~', "").trim().to_owned()) else { continue };
        let noun = line.split(['[', '{']).next().unwrap_or("").trim().trim_matches('_').replace('_', " ").to_lowercase();
        let sectors: Vec<String> = code.as_bytes().chunks(3).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
        if noun.is_empty() || noun.contains('!') || !seen.insert(noun.clone()) || sectors.iter().any(|s| s.len() != 3) {
            continue;
        }
        let kind = match sectors[0].as_str() {
            "MIL" => "military",
            "COP" => "police",
            "REB" | "OPP" | "MOP" => "group",
            "MED" => "media",
            "NGO" => "ngo",
            "GOV" => "government",
            _ => "civilian",
        };
        let _ = writeln!(out, "[[agent]]\nnouns = [{noun:?}]\nsectors = {sectors:?}\nkind = {kind:?}\n");
    }
    out
}

/// The type that a code of the CAMEO family has; what says nothing of an act has none.
fn type_of(code: &str) -> &'static str {
    match code.get(..2) {
        Some("03") => "AGREE",
        Some("04") => "CONSULT",
        Some("05") => "SUPPORT",
        Some("06") => "COOPERATE",
        Some("07") => "AID",
        Some("08") => "CONCEDE",
        Some("10") => "REQUEST",
        Some("12") => "REJECT",
        Some("13") => "THREATEN",
        Some("14") => "PROTEST",
        Some("15") => "MOBILIZE",
        Some("16") => "SANCTION",
        Some("17") => "COERCE",
        Some("18" | "19" | "20" | "21" | "22") => "ASSAULT",
        _ => "ACCUSE",
    }
}

/// Verbs with the code of each, and with the codes that they have before certain objects.
fn verbs(text: &str) -> String {
    let mut sets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut set, mut block, mut code) = (String::new(), Vec::new(), String::new());
    let mut out = String::new();
    let mut number = 0;
    for line in text.lines().map(bare).filter(|l| !l.is_empty()) {
        if let Some(name) = line.strip_prefix('&') {
            set = name.trim_matches('_').to_owned();
        } else if let Some(word) = line.strip_prefix('+').filter(|_| code.is_empty()) {
            sets.entry(set.clone()).or_default().push(word.trim_matches('_').replace('_', " ").to_lowercase());
        } else if line.starts_with("---") {
            code = in_brackets(line).unwrap_or("---").split(':').next().unwrap_or("---").to_owned();
            block.clear();
        } else if line.starts_with(['-', '*']) {
            let pattern = line.trim_start_matches('-');
            if let (Some(own), Some((before, after))) = (in_brackets(line), pattern.split_once('*')) {
                number += 1;
                if before.trim().is_empty() {
                    out.push_str(&frame(number, &block, own, condition(after.split('[').next().unwrap_or(""), &sets)));
                }
            }
        } else {
            let verb = line.split(['{', '[']).next().unwrap_or("").trim().trim_matches(['_', '+']).replace('_', " ").to_lowercase();
            // A verb may have a code of its own, and several verbs share the block's patterns.
            let own = in_brackets(line).unwrap_or(&code).to_owned();
            number += 1;
            out.push_str(&frame(number, std::slice::from_ref(&verb), &own, None));
            block.push(verb);
        }
    }
    out
}

/// '(FOR &CEASEFIRE)' asks for a role's head word; of braces and bare words the last is the object.
fn condition(pattern: &str, sets: &BTreeMap<String, Vec<String>>) -> Option<(String, Vec<String>)> {
    let words: Vec<&str> =
        pattern.split([' ', '(', ')', '{', '}', '_']).filter(|w| !w.is_empty() && !matches!(*w, "+" | "$" | "%" | "^")).collect();
    let last = words.last()?;
    let role = if words.len() > 1 && pattern.trim_start().starts_with('(') { words[0].to_lowercase() } else { "obj".to_owned() };
    let fillers = match last.strip_prefix('&') {
        Some(set) => sets.get(set)?.iter().filter_map(|w| w.split(' ').next_back().map(singular)).collect(),
        None => vec![singular(&last.to_lowercase())],
    };
    Some((role, fillers))
}

/// Roles in which somebody stands to whom it is done.
const UNLESS: &str = "iobj = \"#actor\", with = \"#actor\", to = \"#actor\", against = \"#actor\", on = \"#actor\", from = \"#actor\", at = \"#actor\", in = \"#actor\", about = \"#actor\", over = \"#actor\", into = \"#actor\", of = \"#actor\", \"obj.with\" = \"#actor\", \"obj.between\" = \"#actor\", \"obj.of.between\" = \"#actor\", \"obj.of.with\" = \"#actor\", \"obj.subj\" = \"#actor\", \"obj.obj\" = \"#actor\", \"obj.of\" = \"#actor\", \"obj.to\" = \"#actor\", \"obj.against\" = \"#actor\", \"obj.on\" = \"#actor\", \"obj.from\" = \"#actor\"";

fn singular(word: &str) -> String {
    let word = word.to_lowercase();
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').filter(|w| !w.ends_with('s')).unwrap_or(&word).to_owned(),
    }
}

fn frame(number: usize, verbs: &[String], code: &str, when: Option<(String, Vec<String>)>) -> String {
    // '[040:040]' codes both directions.
    let mutual = if code.contains(':') { "mutual = true\n" } else { "" };
    let code = code.split(':').next().unwrap_or("");
    let verbs: Vec<&String> = verbs.iter().filter(|v| !v.contains(" and ") && !v.is_empty()).collect();
    if verbs.is_empty() || !code.bytes().take(3).all(|b| b.is_ascii_digit()) || code.len() < 3 {
        return String::new();
    }
    // 'X and Y agree that …': two who do it, and nobody to whom it is done, do it to each other.
    let each_other = format!(
        "[[frame]]\nname = \"petrarch.{number}.each_other\"\nverbs = {verbs:?}\nwhen = {{ subj = \"#actor\"{} }}\nunless = {{ obj = \"#actor\", {UNLESS} }}\n\
         type = {:?}\ncameo = {:?}\nmutual = true\nsource = \"subj\"\nneeds = \"both\"\nexamples = []\n\n",
        when.as_ref().map_or_else(String::new, |(role, words)| format!(", {role:?} = {words:?}")),
        type_of(code),
        &code[..3]
    );
    let when = when.map_or_else(String::new, |(role, words)| format!("when = {{ {role:?} = {words:?} }}\n"));
    format!(
        "{each_other}[[frame]]\nname = \"petrarch.{number}\"\nverbs = {verbs:?}\n{when}type = {:?}\ncameo = {:?}\n{mutual}source = \"subj\"\n\
         target = \"obj:actor | iobj:actor | obj.subj:actor | obj.with:actor | obj.of.with:actor | obj.between:actor | obj.of.between:actor | obj.against:actor | obj.on:actor | obj.of:actor | obj.to:actor | obj.from:actor | with:actor | to:actor | against:actor | on:actor | of:actor | from:actor | in:actor | about:actor | over:actor | at:actor | into:actor | obj.with:actor | obj.to:actor | obj.from:actor | obj.between:actor | obj.subj:actor | obj.obj:actor\"\n\
         needs = \"both\"\nexamples = []\n\n",
        type_of(code),
        &code[..3]
    )
}
