//! Plain text for the teacher to label: news, examples of the codebook, speeches. All of it may be shipped as weights.

use anyhow::{Context, Result};
use griot_language::{Language, conllu};
use griot_types::{Block, BlockKind, Document, Span};
use std::{collections::HashSet, fs, path::Path};

/// Sentences shorter or longer than this, in tokens, teach little or cost much.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=70;

/// Cuts the plain texts under `data` and the examples of the frames in `codebook` into sentences and tokens, and writes those as CoNLL-U. What
/// the model that reads them says of tags and trees is written too, and is for the teacher to replace.
pub fn write(data: &Path, codebook: &Path, factbook: Option<&Path>, out: &Path) -> Result<()> {
    let language = Language::shipped();
    let mut text = String::new();
    let mut seen = HashSet::new();
    for (source, paragraphs) in sources(data, codebook, factbook)? {
        let mut count = 0;
        for (number, document) in paragraphs.iter().map(|paragraph| document(paragraph)).enumerate() {
            for (at, sentence) in language.read(&document).iter().enumerate() {
                if LENGTHS.contains(&sentence.tokens.len()) && seen.insert(sentence.span.of(&document.text).to_owned()) {
                    conllu::write_sentence(&mut text, &document.text, sentence, &format!("{source}-{}-{}", number + 1, at + 1));
                    count += sentence.tokens.len();
                }
            }
        }
        eprintln!("{source}: {count} tokens");
    }
    fs::write(out, text).with_context(|| format!("writing {}", out.display()))
}

fn document(paragraph: &str) -> Document {
    let span = Span::new(0, paragraph.len() as u32);
    Document { text: paragraph.to_owned(), blocks: vec![Block { span, kind: BlockKind::Paragraph }], ..Document::default() }
}

/// The texts, each as its name and its paragraphs.
fn sources(data: &Path, codebook: &Path, factbook: Option<&Path>) -> Result<Vec<(&'static str, Vec<String>)>> {
    let mut ecb = columns(&data.join("events/ecb-plus/ECB_Train_corpus.txt"))?;
    ecb.extend(columns(&data.join("events/ecb-plus/ECB_Dev_corpus.txt"))?);
    Ok(vec![
        ("frames", examples(codebook)?),
        ("ecb-plus", ecb),
        ("factbook", factbook.map_or(Ok(Vec::new()), factbook_pages)?),
        ("meantime", meantime(&data.join("events/meantime/intra_cross-doc_annotation"))?),
        ("union", speeches(&data.join("text/state-of-the-union-1945-2006.txt"))?),
    ])
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// All files of a folder and of those below it with this extension, in the order of their names.
pub fn files(folder: &Path, extension: &str) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The examples of the codebook's frames.
fn examples(folder: &Path) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for path in files(folder, "toml")? {
        for list in read(&path)?.split("\nexamples = [").skip(1) {
            let list = list.split("\"]").next().unwrap_or("");
            out.extend(list.split("\", \"").map(|example| example.trim_start_matches('"').replace("\\\"", "\"")));
        }
    }
    Ok(out)
}

/// ECB+: one token a line, `document sentence token word chain`.
fn columns(path: &Path) -> Result<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for paragraph in read(path)?.split("\n\n") {
        let words = paragraph.lines().filter_map(|line| line.split('\t').nth(3));
        out.push(joined(words));
    }
    Ok(out)
}

/// MEANTIME: `<token sentence="…">word</token>`.
fn meantime(folder: &Path) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for path in files(folder, "xml")? {
        let (mut sentence, mut words) = (String::new(), Vec::new());
        let text = read(&path)?;
        for token in text.split("<token ").skip(1) {
            let number = token.split("sentence=\"").nth(1).and_then(|t| t.split('"').next()).unwrap_or("");
            let word = token.split_once('>').and_then(|(_, rest)| rest.split('<').next()).unwrap_or("");
            if number != sentence {
                out.push(joined(words.drain(..)));
                number.clone_into(&mut sentence);
            }
            words.push(word.replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'"));
        }
        out.push(joined(words));
    }
    Ok(out)
}

/// The World Factbook's pages on the history and the economy of each country: `"Background": {"text": "…"}`.
fn factbook_pages(folder: &Path) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for path in files(folder, "json")? {
        let page: serde_json::Value = serde_json::from_str(&read(&path)?).with_context(|| format!("reading {}", path.display()))?;
        for place in ["/Introduction/Background/text", "/Economy/Economy - overview/text"] {
            if let Some(text) = page.pointer(place).and_then(serde_json::Value::as_str) {
                out.push(text.split_whitespace().collect::<Vec<_>>().join(" ").replace("``", "\"").replace(" ++ ", " "));
            }
        }
    }
    Ok(out)
}

/// The speeches of the last decades: a paragraph a line.
fn speeches(path: &Path) -> Result<Vec<String>> {
    let text = read(path)?;
    let recent = text.char_indices().nth(text.chars().count() / 2).map_or("", |(at, _)| &text[at..]);
    Ok(recent.lines().filter(|line| line.split(' ').count() > 4).map(str::to_owned).collect())
}

/// Tokens as text again: no space before closing marks, none behind opening ones.
fn joined<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> String {
    let (mut out, mut open, mut quoted) = (String::new(), true, false);
    for word in words {
        let word = match word.as_ref() {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            word => word,
        };
        let closes = match word {
            "\"" => quoted,
            "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "..." | "”" => true,
            _ => word.starts_with(['\'', '’']) || word == "n't" || word == "n’t",
        };
        if !open && !closes {
            out.push(' ');
        }
        out.push_str(word);
        if word == "\"" {
            quoted = !quoted;
        }
        open = matches!(word, "(" | "[" | "$" | "£" | "€" | "“") || (word == "\"" && quoted);
    }
    out
}
