//! Scores whom words stand for, against pages such as `tests/reference/worked.md`, in which they are marked: `[the group|m23]`.

use crate::expect;
use crate::line::Line;
use anyhow::{Context, Result, anyhow, bail};
use griot_coder::reference::Who;
use griot_types::{Actor, Date, Deprel, Document, Sentence, Span};
use std::{fs, path::Path};

/// One marked phrase.
struct Mark {
    /// Its words in the text without marks.
    span: Span,
    /// Whom it stands for; each with its alternatives.
    wanted: Vec<Vec<String>>,
}

/// How the phrases came out.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    open: usize,
    /// Phrases that stand for nobody the report names, and whether they were left so.
    nobody: usize,
    left: usize,
}

/// Scores a page and prints the table, and with `all` each phrase that came out otherwise than marked.
///
/// # Errors
/// A page that cannot be read, or a mark in it.
pub fn score(line: &Line, page: &Path, all: bool) -> Result<()> {
    let markdown = fs::read_to_string(page).with_context(|| format!("cannot read {}", page.display()))?;
    let mut sum = Score::default();
    for case in expect::cases(&page.to_string_lossy(), &markdown).map_err(|e| anyhow!(e))? {
        let (text, marks) = unmark(&case.text).with_context(|| case.name.clone())?;
        let document = document(&text, case.date)?;
        let sentences = line.language.read(&document);
        let reading = line.world.read(&document, &sentences);
        let scene = line.coder.scene(&document, &sentences, &reading);
        for mark in marks {
            let found = head(&sentences, mark.span).map(|(s, t)| {
                let tree = &scene.trees[s];
                let own = scene.reference.single(tree, s, t);
                // 'its weapons' are nobody; the mark tells whose they are.
                let somebody = mark.wanted != [["-"]];
                let whose = tree.children(t).find(|&c| somebody && own.is_empty() && tree.deprel(c) == Deprel::NmodPoss);
                whose.map_or(own, |w| scene.reference.single(tree, s, w))
            });
            let found = found.unwrap_or_default();
            let said = judge(&mut sum, &mark, &found);
            if all && !said.is_empty() {
                let names: Vec<String> = found.iter().map(|w| format!("{} {}", w.actor.code, w.actor.name)).collect();
                println!("{said:6} [{}|{}] {} ({})", mark.span.of(&text), shown(&mark.wanted), names.join(" + "), case.name);
            }
        }
    }
    let named = sum.right + sum.wrong + sum.open;
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    println!(
        "{named} phrases stand for somebody: right {:.2}, wrong {:.2}, open {:.2}; of those resolved {:.2} are right; \
         {} stand for nobody named, {:.2} left so",
        share(sum.right, named),
        share(sum.wrong, named),
        share(sum.open, named),
        share(sum.right, sum.right + sum.wrong + sum.nobody - sum.left),
        sum.nobody,
        share(sum.left, sum.nobody)
    );
    Ok(())
}

/// The text as `griot read` would take it, so that a dateline is one; marks are at home in it only where it stays as it is.
fn document(text: &str, date: Option<Date>) -> Result<Document> {
    let options = griot_ingest::Options { date, ..griot_ingest::Options::default() };
    let read = griot_ingest::read_bytes("page.txt", text.as_bytes().to_vec(), &options).into_iter().next();
    let document = read.context("the text holds no report")?.map_err(|e| anyhow!("{e}"))?;
    if document.text != text {
        bail!("the text is not read as it stands: {}", document.text)
    }
    Ok(document)
}

fn judge(sum: &mut Score, mark: &Mark, found: &[Who]) -> &'static str {
    let hit = |names: &[String], actor: &Actor| names.iter().any(|name| expect::is_called(actor, name));
    let all = found.len() == mark.wanted.len()
        && mark.wanted.iter().all(|names| found.iter().any(|w| hit(names, &w.actor)))
        && found.iter().all(|w| mark.wanted.iter().any(|names| hit(names, &w.actor)));
    let open = found.iter().all(is_open);
    match mark.wanted.as_slice() {
        [names] if names == &["-"] => {
            sum.nobody += 1;
            sum.left += usize::from(open);
            if open { "" } else { "WRONG" }
        }
        [names] if open && names.iter().any(|n| n == "-") => {
            sum.right += 1;
            ""
        }
        _ if all => {
            sum.right += 1;
            ""
        }
        _ if open => {
            sum.open += 1;
            "open"
        }
        _ => {
            sum.wrong += 1;
            "WRONG"
        }
    }
}

/// Whether nothing but the words themselves says who it is.
fn is_open(who: &Who) -> bool {
    !who.named && who.actor.id.is_none() && who.actor.country.is_none()
}

fn shown(wanted: &[Vec<String>]) -> String {
    wanted.iter().map(|names| names.join("/")).collect::<Vec<_>>().join(",")
}

/// The token of the words that hangs on something outside them.
fn head(sentences: &[Sentence], span: Span) -> Option<(usize, usize)> {
    let inside = |t: &griot_types::Token| span.start <= t.span.start && t.span.end <= span.end;
    let s = sentences.iter().position(|s| s.tokens.iter().any(inside))?;
    let sentence = &sentences[s];
    let outside = |t: usize| sentence.head(t).is_none_or(|h| !inside(&sentence.tokens[h]));
    (0..sentence.tokens.len()).rev().find(|&t| inside(&sentence.tokens[t]) && outside(t)).map(|t| (s, t))
}

/// The text without its marks, and the marks.
fn unmark(marked: &str) -> Result<(String, Vec<Mark>)> {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let Some((mark, next)) = after.split_once(']') else { bail!("a mark is not closed: [{after}") };
        let Some((words, who)) = mark.split_once('|') else { bail!("a mark has no '|': [{mark}]") };
        let start = text.len() as u32;
        text.push_str(words);
        let wanted = who.split(',').map(|one| one.split('/').map(|name| name.trim_matches('"').to_owned()).collect()).collect();
        marks.push(Mark { span: Span::new(start, text.len() as u32), wanted });
        rest = next;
    }
    text.push_str(rest);
    Ok((text, marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let (text, marks) = unmark("[The group|a/b,\"C d\"] left.").unwrap();
        assert_eq!(text, "The group left.");
        assert_eq!(marks[0].span.of(&text), "The group");
        assert_eq!(marks[0].wanted, vec![vec!["a".to_owned(), "b".to_owned()], vec!["C d".to_owned()]]);
        assert!(unmark("[The group|a").is_err());
        assert!(unmark("[The group]").is_err());
    }
}
