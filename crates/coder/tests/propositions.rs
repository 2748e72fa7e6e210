//! Who does what, construction by construction: `tests/propositions` has a file for each, with the propositions that its sentences must give.
//!
//! `> sentence`, then a line for each predicate looked at: `lemma: role=lemma …`, where `+word` is a particle of the verb.

use griot_coder::Coder;
use griot_coder::scene::Scene;
use griot_ingest::Options;
use griot_language::Language;
use griot_world::World;
use std::{fs, path::Path};

#[test]
fn each_construction_gives_its_propositions() {
    let (language, world, coder) = (Language::shipped(), World::shipped(), Coder::shipped().unwrap());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/propositions");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let (mut wrong, mut sentences) = (Vec::new(), 0);
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        for block in fs::read_to_string(&file).unwrap().split("\n> ").skip(1) {
            let (text, wanted) = block.split_once('\n').unwrap();
            sentences += 1;
            let document = griot_ingest::read_bytes("sentence.txt", text.into(), &Options::default()).remove(0).unwrap();
            let read = language.read(&document);
            let reading = world.read(&document, &read);
            let scene = coder.scene(&document, &read, &reading);
            for line in wanted.lines().map(str::trim).filter(|l| !l.is_empty()) {
                if !says(&scene, line) {
                    wrong.push(format!("{name}: '{text}' lacks '{line}'"));
                }
            }
        }
    }
    assert!(sentences >= 40, "{sentences}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether some proposition of the text has the predicate, the fillers and the particles of the line.
fn says(scene: &Scene, line: &str) -> bool {
    let (predicate, wanted) = line.split_once(':').unwrap();
    scene.propositions.iter().enumerate().any(|(s, all)| {
        all.list.iter().any(|proposition| {
            proposition.lemma == predicate
                && wanted.split_whitespace().all(|part| match part.split_once('=') {
                    Some((role, lemma)) => proposition.fillers(role).any(|a| scene.trees[s].lemma(a.token).eq_ignore_ascii_case(lemma)),
                    None => proposition.particles.iter().any(|(word, _)| Some(word.as_str()) == part.strip_prefix('+')),
                })
        })
    })
}
