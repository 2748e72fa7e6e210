//! What share of the words for acts in a body of text has a frame.
//!
//! Predicates are the verbs that the parser finds, and nouns that look like names of acts: known to a frame, or the same word as a verb of
//! the text, or with an ending that makes nouns of verbs; prepositions made of verbs and nouns that name somebody are none. Lemmas in `ordinary.txt` carry no conflict meaning and are left out of the share.

use crate::line::{self, Line};
use anyhow::{Context, Result};
use griot_coder::codebook::Form;
use griot_types::{Deprel, SmolStr, Upos};
use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path};

/// Verbs and nouns that carry no conflict meaning, as 'v lemma' or 'n lemma', judged one by one.
const ORDINARY: &str = include_str!("ordinary.txt");

/// How often a predicate stands in the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Use {
    /// Its tokens.
    pub tokens: usize,
    /// Those of them on which a frame fires.
    pub fired: usize,
}

/// Predicates by form ('v', 'n') and lemma.
pub type Uses = BTreeMap<(char, String), Use>;

/// A predicate on which no frame fires: form, lemma, and how it stands in its sentence.
pub type Silent = (char, String, String);

/// Counts the predicates of all texts in files and folders, and lists those on which no frame fires.
pub fn count(line: &Line, paths: &[impl AsRef<Path>]) -> Result<(Uses, Vec<Silent>)> {
    let mut silent = Vec::new();
    let mut uses = Uses::new();
    let mut verbs: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        for text in texts(path.as_ref())? {
            let document = line::document(&text, None);
            let sentences = line.language.read(&document);
            let reading = line.world.read(&document, &sentences);
            let scene = line.coder.scene(&document, &sentences, &reading);
            for (s, sentence) in sentences.iter().enumerate() {
                for (t, token) in sentence.tokens.iter().enumerate() {
                    let form = match token.upos {
                        Upos::Verb => 'v',
                        Upos::Noun => 'n',
                        _ => continue,
                    };
                    // 'according to' is a preposition, and 'the armed forces' names somebody.
                    let preposition = matches!(scene.trees[s].deprel(t), Deprel::Case | Deprel::Fixed | Deprel::Mark);
                    if preposition || form == 'n' && reading.sentences[s].mentions.iter().any(|m| m.head == t) {
                        continue;
                    }
                    let lemma = token.lemma.to_lowercase();
                    if lemma.len() < 3 || !lemma.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-') {
                        continue;
                    }
                    if form == 'v' {
                        *verbs.entry(lemma.clone()).or_default() += 1;
                    }
                    let fired = scene.propositions[s].at(t).is_some_and(|p| scene.chosen[s][p].is_some());
                    let count = uses.entry((form, lemma)).or_default();
                    count.tokens += 1;
                    count.fired += usize::from(fired);
                    if !fired {
                        let roles: Vec<String> = scene.propositions[s].at(t).map_or_else(Vec::new, |p| {
                            let arguments = scene.propositions[s].list[p].arguments.iter();
                            arguments.map(|a| format!("{}={}", a.role, scene.trees[s].lemma(a.token))).collect()
                        });
                        let words = sentence.form(t, &document.text);
                        let whole = sentence.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
                        silent.push((form, token.lemma.to_lowercase(), format!("{words} {} [{}] {whole}", token.deprel, roles.join(" "))));
                    }
                }
            }
        }
    }
    let endings = ["tion", "sion", "ment", "ing", "ance", "ence", "al", "age", "ure"];
    uses.retain(|(form, lemma), count| {
        // A word that is now and then taken for a verb is no act; 'raid' and 'protest' are verbs as often as nouns.
        let verbal = verbs.get(lemma).is_some_and(|n| n * 5 >= count.tokens);
        *form == 'v' || known(line, *form, lemma) || verbal || lemma.len() > 6 && endings.iter().any(|e| lemma.ends_with(e))
    });
    silent.retain(|(form, lemma, _)| uses.contains_key(&(*form, lemma.clone())));
    Ok((uses, silent))
}

/// Whether any frame is called by the word.
pub fn known(line: &Line, form: char, lemma: &str) -> bool {
    let forms: &[Form] = if form == 'v' { &[Form::Verb, Form::Adjective] } else { &[Form::Noun] };
    forms.iter().any(|f| !line.coder.codebook().index().find(*f, &SmolStr::new(lemma)).is_empty())
}

fn ordinary() -> BTreeSet<&'static str> {
    ORDINARY.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect()
}

/// Prints the predicates with conflict meaning on which no frame fires, each with its sentence.
pub fn print_silent(silent: &[Silent]) {
    let ordinary = ordinary();
    for (form, lemma, context) in silent.iter().filter(|(form, lemma, _)| !ordinary.contains(format!("{form} {lemma}").as_str())) {
        println!("{form} {lemma}\t{context}");
    }
}

/// Prints the share, and with `all` every predicate that counts.
pub fn print(line: &Line, uses: &Uses, all: bool) {
    let ordinary = ordinary();
    let bearing = |form: char, lemma: &str| !ordinary.contains(format!("{form} {lemma}").as_str());
    let mut list: Vec<_> = uses.iter().filter(|((form, lemma), _)| bearing(*form, lemma)).collect();
    list.sort_by_key(|((form, lemma), count)| (std::cmp::Reverse(count.tokens), *form, lemma.clone()));
    let (mut tokens, mut with, mut fired) = (0, 0, 0);
    for ((form, lemma), count) in list {
        let has = known(line, *form, lemma);
        tokens += count.tokens;
        with += if has { count.tokens } else { 0 };
        fired += count.fired;
        if all {
            println!("{form} {lemma}\t{}\t{}\t{}", count.tokens, if has { "frame" } else { "-" }, count.fired);
        }
    }
    let share = |n: usize| n as f64 / tokens.max(1) as f64;
    println!("{tokens} tokens of predicates with conflict meaning; {:.3} have a frame, on {:.3} one fires", share(with), share(fired));
}

/// The reports of a file, or of all files below a folder: running text, JSON Lines with a text, tables with a snippet, words with tags.
fn texts(path: &Path) -> Result<Vec<String>> {
    if path.is_dir() {
        let mut files: Vec<_> = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?.into_iter().map(|f| f.path()).collect();
        files.sort();
        let mut all = Vec::new();
        for file in files {
            all.extend(texts(&file)?);
        }
        return Ok(all);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    if ["readme", "licen", "key-", "copying", "attribution", "text-headers"].iter().any(|s| name.starts_with(s)) || name.contains("templ") {
        return Ok(Vec::new());
    }
    let text = String::from_utf8_lossy(&fs::read(path).with_context(|| format!("cannot read {}", path.display()))?).into_owned();
    Ok(match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jsonl" | "json") => text
            .lines()
            .filter_map(|l| serde_json::from_str::<serde_json::Value>(l.trim_start_matches('\u{feff}')).ok())
            .filter_map(|v| ["doc_text", "text"].iter().find_map(|k| v.get(k)?.as_str().map(str::to_owned)))
            .collect(),
        Some("tsv") => text.lines().skip(1).filter_map(|l| l.split('\t').nth(1).map(str::to_owned)).collect(),
        Some("txt") if text.lines().take(20).filter(|l| l.ends_with(" O")).count() > 5 => text
            .split("\n\n")
            .map(|block| block.lines().filter_map(|l| Some(l.rsplit_once(' ')?.0)).collect::<Vec<_>>().join(" "))
            .collect(),
        Some("txt") => vec![text],
        Some(_) => Vec::new(),
        None => vec![text],
    })
}
