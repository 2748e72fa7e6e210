//! Exit codes, messages, notes, standard input, closed pipes.

use crate::{Desk, REPORT};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

#[test]
fn all_done_is_zero_and_silent() {
    let desk = Desk::new();
    desk.file("a.txt", REPORT);
    let run = desk.griot(&["read", "a.txt", "--format", "jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.lines().count() >= 3, "{}", run.out);
}

#[test]
fn a_wrong_command_line_is_two() {
    let desk = Desk::new();
    desk.file("a.txt", REPORT);
    desk.file("list.csv", "file,date\na.txt,the third of May\n");
    for (args, hint) in [
        (&["read"][..], "<FILE>"),
        (&[], "Usage"),
        (&["write", "a.txt"], "write"),
        (&["read", "a.txt", "--format", "xml"], "jsonl"),
        (&["read", "a.txt", "--date", "2023-02-29"], "2023-05-03"),
        (&["read", "a.txt", "--threads", "0"], "1..=1024"),
        (&["read", "a.txt", "--manifest", "none.csv"], "none.csv: cannot be read"),
        (&["read", "a.txt", "--manifest", "list.csv"], "list.csv, line 2"),
        (&["read", "a.txt", "--codebook", "none"], "none: is not a folder"),
    ] {
        let run = desk.griot(args);
        assert_eq!(run.code, Some(2), "{args:?}");
        assert!(run.err.contains(hint), "{args:?}: {}", run.err);
        assert_eq!(run.out, "", "{args:?}");
    }
}

#[test]
fn help_and_versions_are_answers() {
    let desk = Desk::new();
    let help = desk.griot(&["read", "--help"]);
    assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
    assert!(help.out.contains("--manifest"));
    let version = desk.griot(&["--version"]);
    assert_eq!(version.code, Some(0));
    let lines: Vec<Vec<&str>> = version.out.lines().map(|line| line.split_whitespace().collect()).collect();
    let names: Vec<&str> = lines.iter().map(|line| line[0]).collect();
    assert_eq!(names, ["griot", "model", "codebook", "dictionaries"]);
    assert!(lines.iter().all(|line| line.len() == 2));
}

#[test]
fn bad_inputs_are_named_and_the_others_done() {
    let desk = Desk::new();
    desk.file("good.txt", REPORT);
    desk.file("empty.txt", "");
    desk.file("binary.txt", [0u8, 159, 146, 150, 0, 1, 2, 3].repeat(50));
    desk.file(
        "french.txt",
        "Les forces armées ont annoncé vendredi que cinq soldats avaient été tués dans une attaque contre leur camp dans le nord. "
            .repeat(4),
    );
    let alone = desk.griot(&["read", "good.txt", "--format", "jsonl"]);
    let run = desk.griot(&["read", "empty.txt", "binary.txt", "none.txt", "french.txt", "good.txt", "--format", "jsonl"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.out, alone.out);
    for cause in ["empty.txt: holds no text", "binary.txt: ", "none.txt: cannot be read", "french.txt: is in French"] {
        assert_eq!(run.err.matches(cause).count(), 1, "{cause}: {}", run.err);
    }
    assert!(run.err.contains("4 of 5 inputs failed"), "{}", run.err);
}

#[test]
fn a_bad_line_leaves_the_other_lines() {
    let desk = Desk::new();
    let line = |text: &str| format!("{{\"text\":\"{text}\",\"date\":\"2023-08-26\"}}\n");
    desk.file("many.jsonl", line("Gunmen attacked Gao.") + "{\"text\": \n" + &line("Gunmen attacked Gao."));
    let run = desk.griot(&["read", "many.jsonl", "--format", "csv"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("many.jsonl, line 2"), "{}", run.err);
    assert!(run.out.contains("many.jsonl#1") && run.out.contains("many.jsonl#3"), "{}", run.out);
}

#[test]
fn notes_are_said_once() {
    let desk = Desk::new();
    for name in ["a.txt", "b.txt", "c.txt"] {
        desk.file(name, "Gunmen attacked Gao on Friday.");
    }
    let run = desk.griot(&["read", "a.txt", "b.txt", "c.txt", "--format", "jsonl"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(run.err.matches("a.txt: No date of publication").count(), 1, "{}", run.err);
    assert!(!run.err.contains("b.txt") && run.err.contains("2 more reports"), "{}", run.err);
    let dated = desk.griot(&["read", "a.txt", "--format", "jsonl", "--date", "2023-08-26"]);
    assert_eq!(dated.err, "");
    assert!(dated.out.contains("\"2023-08-25\""), "{}", dated.out);
}

#[test]
fn manifests_date_reports() {
    let desk = Desk::new();
    desk.file("in/a.txt", "Gunmen attacked Gao on Friday.");
    desk.file("list.csv", "file,date,publisher\na.txt,2023-08-26,Sahel Wire\n");
    let run = desk.griot(&["read", "in", "--manifest", "list.csv", "--format", "csv"]);
    assert_eq!(run.err, "");
    assert!(run.out.contains("2023-08-25") && run.out.contains("Sahel Wire"), "{}", run.out);
}

#[test]
fn standard_input_is_a_report() {
    let desk = Desk::new();
    desk.file("a.txt", REPORT);
    let file = desk.griot(&["read", "a.txt", "--format", "jsonl"]);
    let piped = desk.griot_with(&["read", "-", "--format", "jsonl"], REPORT.as_bytes());
    assert_eq!((piped.code, piped.out), (Some(0), file.out));
    assert_eq!(desk.griot_with(&["read", "-"], b"").code, Some(1));
}

#[test]
fn a_closed_pipe_is_success() {
    let desk = Desk::new();
    desk.file("many.jsonl", "{\"text\":\"Gunmen attacked Gao and rebels seized Kidal on Friday.\",\"date\":\"2023-08-26\"}\n".repeat(3000));
    let mut child =
        desk.command(&["read", "many.jsonl", "--format", "jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with('{'));
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let desk = Desk::new();
    desk.file("a.txt", REPORT);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = desk.command(&["read", "a.txt"]).stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("standard output"));
}

#[test]
fn nothing_from_a_report_steers_the_terminal() {
    let desk = Desk::new();
    desk.file("a.txt", "Gunmen attacked Gao\u{1b}[2J and \u{202e}Kidal on Friday, the \u{7}army said.");
    let run = desk.griot(&["read", "a.txt", "--color", "never"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("Gunmen"), "{}", run.out);
    let steers = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!run.out.contains(steers) && !run.err.contains(steers), "{:?}", run.out);
}
