//! `griot codebook`: the coding rules, checked and shown to people.

use crate::engine::Engine;
use crate::{Misuse, Outcome, args};
use griot_coder::codebook::{Frame, check, show};
use griot_types::{Block, BlockKind, Document, Span, sha256};
use std::io::{self, Write};

/// Runs the command.
pub fn run(command: &args::Codebook) -> anyhow::Result<Outcome> {
    match command {
        args::Codebook::Check { codebook } => check_frames(codebook.as_deref()),
        args::Codebook::Show { name, codebook } => show_frames(name, codebook.as_deref()),
    }
}

/// With a folder of one's own its frames alone are told of: the shipped ones are somebody else's work.
fn check_frames(folder: Option<&std::path::Path>) -> anyhow::Result<Outcome> {
    let engine = Engine::new(folder)?;
    let book = engine.coder().codebook();
    let mine = |frame: &Frame| folder.is_none() || frame.own;
    let findings = check::check(book, |frame, example| !mine(frame) || fires(&engine, frame, example));
    let mut out = io::stdout().lock();
    let mut count = 0;
    for (frame, finding) in findings.iter().filter(|(frame, _)| mine(frame)) {
        writeln!(out, "{}: '{}' {finding}", frame.place, frame.name)?;
        count += 1;
    }
    let frames = book.frames.iter().filter(|f| mine(f)).count();
    writeln!(out, "{frames} frames, {count} findings")?;
    Ok(if count > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

fn fires(engine: &Engine, frame: &Frame, sentence: &str) -> bool {
    let span = Span::new(0, sentence.len() as u32);
    let blocks = vec![Block { span, kind: BlockKind::Paragraph }];
    let document = Document { id: sha256(sentence.as_bytes()), text: sentence.to_owned(), blocks, ..Document::default() };
    let sentences = engine.language().read(&document);
    let reading = engine.world().read(&document, &sentences);
    engine.coder().frames(&document, &sentences, &reading).contains(&frame.name.as_str())
}

/// Frames by their name, by its beginning, by their type or by the file that they stand in.
fn show_frames(name: &str, folder: Option<&std::path::Path>) -> anyhow::Result<Outcome> {
    let engine = Engine::new(folder)?;
    let wanted = name.to_lowercase();
    let named = |frame: &&Frame| {
        let own = frame.name.to_lowercase();
        let file = frame.place.rsplit(['/', '\\']).next().unwrap_or("").split(".toml").next().unwrap_or("");
        own == wanted
            || own.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('.'))
            || file == wanted
            || frame.claims.iter().any(|claim| claim.type_.as_str().eq_ignore_ascii_case(&wanted))
    };
    let found: Vec<&Frame> = engine.coder().codebook().frames.iter().filter(named).collect();
    if found.is_empty() {
        return Err(Misuse(format!(
            "no frame, file or type is called '{name}'; try a type such as 'retreat' or a frame's name such as 'attack.noun' (docs/CODEBOOK.md lists all)"
        ))
        .into());
    }
    let mut out = io::stdout().lock();
    for frame in found {
        writeln!(out, "{}", show::frame(frame))?;
    }
    Ok(Outcome::Done)
}
