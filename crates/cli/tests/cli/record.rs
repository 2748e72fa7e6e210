//! A record file from the command line.

use super::{Desk, root};
use std::process::Stdio;

/// The demonstration reports added to a record.
fn desk() -> Desk {
    let desk = Desk::new();
    let run = desk.griot(&["add", "r.griot", &root().join("tests/record").to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.out.lines().filter(|line| line.starts_with("added ")).count(), 8, "{}", run.out);
    desk
}

fn rows(desk: &Desk, args: &[&str]) -> Vec<serde_json::Value> {
    let run = desk.griot(&[args, &["--format", "jsonl"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn reports_go_in_once_and_answers_come_out_cited() {
    let desk = desk();
    let again = desk.griot(&["add", "r.griot", &root().join("tests/record").to_string_lossy()]);
    assert!(again.out.ends_with("0 reports added with 0 claims, 8 there already\n"), "{}", again.out);
    // Four reports of one ambush, two of them the same wire story and one its update.
    let ambush = rows(&desk, &["figures", "r.griot", "--type", "killed", "--place", "Djibo"]);
    assert!(ambush.iter().any(|entry| entry["best"] == 12 || entry["best"] == 12.0), "{ambush:#?}");
    for entry in rows(&desk, &["events", "r.griot"]) {
        let members = entry["members"].as_array().unwrap();
        assert!(!members.is_empty());
        for member in members {
            assert!(!member["quote"].as_str().unwrap().is_empty());
            let shown = rows(&desk, &["show", "r.griot", member["claim"].as_str().unwrap()]);
            assert_eq!(shown[0]["entry"], entry["id"]);
        }
    }
    let table = desk.griot(&["events", "r.griot", "--actor", "Islamic State", "--explain"]);
    assert!(table.out.contains("Menaka") && table.out.contains("independent source") && !table.out.contains("occurred"), "{}", table.out);
    let csv = desk.griot(&["figures", "r.griot", "--format", "csv", "--country", "Mali"]);
    assert!(csv.out.lines().count() > 1 && csv.out.starts_with("\"id\",\"kind\""), "{}", csv.out);
    assert_eq!(rows(&desk, &["reports", "r.griot", "--text", "\"UN Security Council\""]).len(), 1);
    assert!(rows(&desk, &["actors", "r.griot", "--text", "wagner"]).len() == 1);
    let verify = desk.griot(&["verify", "r.griot"]);
    assert_eq!((verify.code, verify.out.ends_with("all as it was written\n")), (Some(0), true), "{}{}", verify.out, verify.err);
}

#[test]
fn an_actor_is_shown_with_all_that_hangs_on_it() {
    let desk = desk();
    let shown = desk.griot(&["show", "r.griot", "minusma"]);
    for wanted in ["Reported strength", "12,000 personnel", "13,000 personnel", "Where it is reported to be", "Lakeside Review"] {
        assert!(shown.out.contains(wanted), "{wanted}: {}", shown.out);
    }
    let unknown = desk.griot(&["show", "r.griot", "nobody-at-all"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("holds nothing called 'nobody-at-all'"), "{}", unknown.err);
}

#[test]
fn decisions_from_the_command_line() {
    let desk = desk();
    let entry = rows(&desk, &["events", "r.griot", "--place", "Menaka"])[0].clone();
    let id = entry["id"].as_str().unwrap();
    let decided = desk.griot(&["decide", "reject", "r.griot", id, "--who", "Ada", "--why", "another village"]);
    assert_eq!(decided.code, Some(0), "{}", decided.err);
    assert!(rows(&desk, &["events", "r.griot", "--place", "Menaka"]).is_empty());
    assert!(!rows(&desk, &["events", "r.griot", "--place", "Menaka", "--rejected"]).is_empty());
    assert_eq!(desk.griot(&["decide", "undo", "r.griot", "1", "--who", "Ada", "--why", "the same after all"]).code, Some(0));
    assert_eq!(rows(&desk, &["events", "r.griot", "--place", "Menaka"])[0]["id"], entry["id"]);
    assert_eq!(rows(&desk, &["history", "r.griot"]).len(), 2);
    let wrong = desk.griot(&["decide", "accept", "r.griot", "e0123", "--who", "Ada", "--why", ""]);
    assert_eq!(wrong.code, Some(2));
    let same = desk.griot(&["diff", "r.griot", "r.griot"]);
    assert_eq!(same.out, "Nothing changed.\n");
    let early = desk.griot(&["events", "r.griot", "--as-of", "2001-01-01"]);
    assert!(early.code == Some(2) && early.err.contains("--published-by"), "{}", early.err);
    assert!(rows(&desk, &["events", "r.griot", "--published-by", "2022-04-01"]).len() < rows(&desk, &["events", "r.griot"]).len());
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_kept() {
    let desk = Desk::new();
    desk.file("in/empty.txt", "");
    desk.file("in/fr.txt", "Published 2023-05-03\n\nLes forces armées ont repris la ville de Kidal après dix jours de combats, selon le ministère de la défense, qui n'a pas donné de bilan des victimes de cette opération menée avec des alliés étrangers.");
    desk.file("in/a.txt", "Published 2023-05-03\n\nGunmen killed four soldiers near Gao on Tuesday, the army said.");
    let run = desk.griot(&["add", "r.griot", "in"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("empty.txt") && run.err.contains("its text is kept without claims"), "{}", run.err);
    assert_eq!(rows(&desk, &["reports", "r.griot"]).len(), 2);
    let none = desk.griot(&["events", "none.griot"]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("there is no such record"), "{}", none.err);
}

/// What was confirmed before the program was killed is there afterwards, and the record is whole. The full run of a hundred is in lab/.
#[test]
fn killed_while_adding_nothing_confirmed_is_lost() {
    let desk = Desk::new();
    let reports: String = (0..400)
        .map(|n| format!("{{\"text\":\"Gunmen killed {n} soldiers near Gao on Tuesday, the army said.\",\"date\":\"2023-05-03\"}}\n"))
        .collect();
    desk.file("in.jsonl", reports);
    for delay in [60, 90, 130] {
        let mut child = desk.command(&["add", "r.griot", "in.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay));
        child.kill().unwrap();
        let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        let confirmed: Vec<&str> =
            out.lines().filter(|line| line.contains("sha256:")).filter_map(|line| line.split_whitespace().nth(1)).collect();
        if desk.path().join("r.griot").exists() && !confirmed.is_empty() {
            let there = desk.griot(&["reports", "r.griot", "--format", "csv"]).out;
            assert!(confirmed.iter().all(|id| id.len() < 71 || there.contains(id)));
            assert_eq!(desk.griot(&["verify", "r.griot"]).code, Some(0));
        }
    }
    let done = desk.griot(&["add", "r.griot", "in.jsonl"]);
    assert_eq!(done.code, Some(0), "{}", done.err);
    assert_eq!(rows(&desk, &["reports", "r.griot"]).len(), 400);
    assert_eq!(desk.griot(&["verify", "r.griot"]).code, Some(0));
}
