//! Cases and reports as Markdown: headings, quoted texts, blocks of expected claims.

use super::line::Expected;
use griot_types::Date;

/// The fenced block of expected claims.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its lines.
    pub lines: Vec<Expected>,
    /// Whether other claims may stand beside (a last line `...`).
    pub open: bool,
}

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// `file.md: heading`.
    pub name: String,
    /// The text.
    pub text: String,
    /// Its publication date.
    pub date: Option<Date>,
    /// What is expected.
    pub expected: Block,
}

/// All cases of a file.
///
/// # Errors
/// File, line and what is wrong there.
pub fn cases(file: &str, markdown: &str) -> Result<Vec<Case>, String> {
    let mut found: Vec<Case> = Vec::new();
    let mut fenced = false;
    for (number, line) in markdown.lines().enumerate() {
        let fail = |message: String| format!("{file}:{}: {message}", number + 1);
        if let Some(heading) = line.strip_prefix("## ").filter(|_| !fenced) {
            found.push(Case { name: format!("{file}: {heading}"), text: String::new(), date: None, expected: Block::default() });
            continue;
        }
        let Some(case) = found.last_mut() else { continue };
        if line.starts_with("```") {
            fenced = line == "```claims";
        } else if fenced {
            add(&mut case.expected, line).map_err(fail)?;
        } else if let Some(date) = published(line) {
            case.date = Some(date.map_err(fail)?);
        } else if let Some(text) = line.strip_prefix('>') {
            quote(&mut case.text, text.trim());
        }
    }
    found.retain(|c| !c.text.is_empty());
    Ok(found)
}

/// The block and the date of a report's companion page.
///
/// # Errors
/// File, line and what is wrong there.
pub fn report_block(file: &str, markdown: &str) -> Result<(Block, Option<Date>), String> {
    let (mut block, mut date, mut fenced) = (Block::default(), None, false);
    for (number, line) in markdown.lines().enumerate() {
        let fail = |message: String| format!("{file}:{}: {message}", number + 1);
        if line.starts_with("```") {
            fenced = line == "```claims";
        } else if fenced {
            add(&mut block, line).map_err(fail)?;
        } else if let Some(found) = published(line) {
            date = Some(found.map_err(fail)?);
        }
    }
    Ok((block, date))
}

fn add(block: &mut Block, line: &str) -> Result<(), String> {
    match line.trim() {
        "" => {}
        "..." => block.open = true,
        line if line.starts_with('#') => {}
        line => block.lines.push(Expected::parse(line)?),
    }
    Ok(())
}

fn published(line: &str) -> Option<Result<Date, String>> {
    let date = line.strip_prefix("Published ")?;
    let date = date.get(..10).unwrap_or(date);
    Some(date.parse().map_err(|_| format!("'{date}' is no date")))
}

fn quote(text: &mut String, line: &str) {
    if line.is_empty() {
        text.push_str("\n\n");
    } else {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push(' ');
        }
        text.push_str(line);
    }
}
