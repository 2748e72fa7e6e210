//! The whole reports of `tests/reports` must keep their floors, and the compiled rules must be those of `codebook/`.

use griot_coder::Codebook;
use griot_lab::{codebook, line::Line, reports};
use std::{fs, path::PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[derive(serde::Deserialize)]
struct Floors {
    found: f64,
    whole: f64,
    precision: f64,
    traps: usize,
}

#[test]
fn reports_keep_their_floors() {
    let folder = root().join("tests/reports");
    let floors: Floors =
        toml::from_str(&fs::read_to_string(folder.join("floors.toml")).expect("floors.toml")).expect("floors.toml is TOML");
    let line = Line::shipped().expect("the shipped models open");
    let scores = reports::run_reports(&line, &folder).expect("the reports can be read");
    assert!(scores.len() >= 6, "only {} reports", scores.len());
    let sum = |f: fn(&griot_lab::expect::ReportScore) -> usize| scores.iter().map(|(_, s)| f(s)).sum::<usize>() as f64;
    let (found, whole) = (sum(|s| s.found) / sum(|s| s.facts), sum(|s| s.whole) / sum(|s| s.facts));
    let precision = sum(|s| s.right) / sum(|s| s.claims);
    let traps = sum(|s| s.sprung.len()) as usize;
    assert!(found >= floors.found, "found {found:.3}");
    assert!(whole >= floors.whole, "found whole {whole:.3}");
    assert!(precision >= floors.precision, "precision {precision:.3}");
    assert!(traps <= floors.traps, "{traps} traps sprung");
}

#[test]
fn the_compiled_codebook_is_not_stale() {
    let book =
        Codebook::compile(&codebook::sources(&root().join("codebook/frames")).expect("codebook/frames")).expect("the frames compile");
    let shipped = fs::read(root().join("models/codebook.bin")).expect("models/codebook.bin");
    assert!(book.to_bytes() == shipped, "models/codebook.bin is older than codebook/frames: run 'griot-lab compile-codebook'");
}
