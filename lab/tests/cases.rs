//! The cases of `tests/cases` against the shipped models and rules.

use griot_lab::{line::Line, reports};
use std::{collections::BTreeSet, fs, path::PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every case passes or is listed as not yet passing; a listed case that passes, or that does not exist, fails the test: the list is always true.
#[test]
fn cases_pass_or_are_listed() {
    let line = Line::shipped().expect("the shipped models open");
    let runs = reports::run_cases(&line, &root().join("tests/cases")).expect("the cases can be read");
    let listed: BTreeSet<String> = fs::read_to_string(root().join("tests/cases/not-yet.txt"))
        .expect("tests/cases/not-yet.txt")
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let failing: BTreeSet<String> = runs.iter().filter(|r| !r.result.passed()).map(|r| r.name.clone()).collect();
    let broken: Vec<_> = failing.difference(&listed).collect();
    let mended: Vec<_> = listed.difference(&failing).collect();
    assert!(broken.is_empty(), "these cases fail and are not listed in tests/cases/not-yet.txt: {broken:#?}");
    assert!(mended.is_empty(), "these cases pass (or are gone): take them out of tests/cases/not-yet.txt: {mended:#?}");
    let passing = runs.len() - failing.len();
    assert!(passing >= 150, "only {passing} cases pass");
}

/// Names differ only in quoting between cases that would otherwise be one.
#[test]
fn no_two_cases_have_the_same_text() {
    let mut seen = BTreeSet::new();
    for (name, text) in reports::markdown(&root().join("tests/cases")).expect("the cases can be read") {
        for case in griot_lab::expect::cases(&name, &text).expect("the cases are well formed") {
            assert!(seen.insert(case.text.clone()), "{} repeats a text", case.name);
        }
    }
}
