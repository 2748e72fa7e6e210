//! `griot parse`: the language layer alone.

use crate::Outcome;
use crate::args::{self, Input};
use crate::messages::Messages;
use anyhow::Context;
use griot_ingest::{Options, Reader};
use griot_language::{Language, conllu};
use std::io::{self, Read, Write};
use std::path::Path;

/// Runs the command.
pub fn run(args: &args::Parse) -> anyhow::Result<Outcome> {
    let language = Language::shipped();
    let mut messages = Messages::default();
    let mut out = io::BufWriter::new(io::stdout().lock());
    // The date of publication, which reading without one notes, has no bearing on trees.
    let reader = Reader::new(Options::default());
    for input in &args.inputs {
        match args.input {
            Input::Conllu => match given(input, &language) {
                Ok(text) => out.write_all(text.as_bytes()).context("standard output")?,
                Err(error) => messages.failed(&error),
            },
            Input::Text => {
                for document in reader.open(input) {
                    match document {
                        Ok(document) => {
                            let sentences = language.read(&document);
                            writeln!(out, "# newdoc id = {}", document.id)?;
                            out.write_all(conllu::write(&document, &sentences).as_bytes()).context("standard output")?;
                        }
                        Err(error) => messages.failed(&error.to_string()),
                    }
                }
            }
        }
    }
    out.flush().context("standard output")?;
    Ok(if messages.finish() { Outcome::SomeFailed } else { Outcome::Done })
}

/// Reads given sentences and tokens, and writes their trees.
fn given(path: &Path, language: &Language) -> Result<String, String> {
    let name = path.display();
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| format!("{name}: cannot be read ({error}); check the path and your rights to it"))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("{name}, byte {}: is not UTF-8; save the file as UTF-8", error.utf8_error().valid_up_to()))?;
    let given = conllu::read(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(|error| format!("{name}: {error}"))?;
    if given.sentences.is_empty() {
        return Err(format!("{name}: holds no sentences; give CoNLL-U with ten columns a token, or leave out --input conllu"));
    }
    let sentences = language.parse_tokens(&given.document.text, &given.sentences);
    Ok(conllu::write_given(&given, &sentences))
}
