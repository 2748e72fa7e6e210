//! A record file from the command line.

use super::{Desk, root};
use std::io::{BufRead, BufReader};
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

/// What was confirmed before the program was killed is there afterwards, and the record is whole. GRIOT_KILLS=100 kills it a hundred times.
#[test]
fn killed_while_adding_nothing_confirmed_is_lost() {
    let desk = Desk::new();
    let reports: String = (0..400)
        .map(|n| format!("{{\"text\":\"Gunmen killed {n} soldiers near Gao on Tuesday, the army said.\",\"date\":\"2023-05-03\"}}\n"))
        .collect();
    desk.file("in.jsonl", reports);
    let kills = std::env::var("GRIOT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(3u64);
    for kill in 0..kills {
        // Now before anything is confirmed, now after one of the batches, now in the middle of the next.
        let mut child = desk.command(&["add", "r.griot", "in.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut out: Vec<String> = lines.by_ref().take((kill % 4 * 110) as usize).collect();
        std::thread::sleep(std::time::Duration::from_millis(kill * 37 % 200));
        child.kill().unwrap();
        out.extend(lines);
        child.wait().unwrap();
        let added = out.iter().filter(|line| line.contains("sha256:"));
        let confirmed: Vec<&str> = added.filter_map(|line| line.split_whitespace().nth(1)).collect();
        if kill % 10 == 9 {
            // From nothing again, else the work is done after some runs and nothing is interrupted any more.
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(desk.path().join(format!("r.griot{end}")));
            }
        } else if desk.path().join("r.griot").exists() && !confirmed.is_empty() {
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

/// The questions that a report on Mali's peacekeepers leaves a reader with, asked of the demonstration record.
#[test]
fn the_demonstration_record_answers_how_many_since_when_how_many_dead_who_left_and_who_is_with_whom() {
    let desk = Desk::new();
    let run = desk.griot(&["add", "r.griot", &root().join("examples/sahel").to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.lines().filter(|line| line.starts_with("added ")).count() >= 60);
    let then = ["--published-by", "2022-07-31"];
    let ask = |args: &[&str], more: &[&str]| rows(&desk, &[args, more].concat());
    let bests = |found: &[serde_json::Value]| found.iter().filter_map(|entry| entry["best"].as_f64()).collect::<Vec<_>>();

    // How many peacekeepers, now and as far as was known in July 2022.
    let strength = ["figures", "r.griot", "--type", "personnel", "--actor", "minusma"];
    assert!(bests(&ask(&strength, &["--from", "2023-06-01", "--to", "2023-07-31"])).contains(&13_000.0));
    let known = bests(&ask(&strength, &then));
    assert!(known.contains(&12_261.0) && !known.contains(&13_000.0), "{known:?}");

    // How many of them are dead: a running tally whose last count holds, never added to incidents.
    let dead = ["figures", "r.griot", "--type", "killed", "--text", "peacekeepers"];
    let tally = |found: &[serde_json::Value]| {
        found.iter().filter(|entry| entry["cumulative"] == true).filter_map(|e| e["best"].as_f64()).fold(0.0, f64::max)
    };
    assert_eq!((tally(&ask(&dead, &[])), tally(&ask(&dead, &then))), (311.0, 270.0));

    // Who was there in July 2022, and who left when. What was known then tells of a plan and of no end.
    let present = ["relations", "r.griot", "--type", "present_in", "--country", "Mali", "--actor", "france", "--status", "actual"];
    let french = &ask(&present, &["--on", "2022-07-15"])[0];
    assert_eq!(french["held"][0]["until"], "2022-08-31");
    let left = &ask(&["show", "r.griot", french["held"][0]["until_by"].as_str().unwrap()], &[])[0]["entry"];
    assert_eq!((&left["type"], &left["mode"]), (&"RETREAT".into(), &"withdraw".into()));
    // What France only says of others, Wagner's presence, is found too.
    let french = |entry: &serde_json::Value| entry["source"].to_string().contains("FRA");
    assert!(!ask(&present, &["--on", "2023-07-15"]).iter().any(french));
    assert!(ask(&present, &then)[0]["held"][0]["until"].is_null());
    let leaving = ["events", "r.griot", "--type", "RETREAT", "--actor", "france", "--country", "Mali"];
    assert!(ask(&leaving, &then).iter().any(|entry| entry["status"] == "intended"));

    // Who is affiliated with whom.
    let with = ask(&["relations", "r.griot", "--type", "affiliated_with", "--actor", "jnim"], &[]);
    assert!(with.iter().any(|entry| entry["target"][0]["name"] == "al-Qaeda" && entry["independent"] == 2), "{with:#?}");

    // Tolls that differ, each bound in a quote.
    for (place, low, high) in [("Ogossagou", 134.0, None), ("Solhan", 132.0, Some(160.0)), ("Tinzaouaten", 50.0, Some(84.0))] {
        let found = ask(&["figures", "r.griot", "--type", "killed", "--place", place], &[]);
        let bound = |entry: &serde_json::Value| (entry["low"].as_f64(), entry["high"].as_f64()) == (Some(low), high);
        let toll = found.iter().find(|entry| bound(entry)).unwrap_or_else(|| panic!("{place}: {found:#?}"));
        assert!(
            toll["independent"].as_i64() == Some(2)
                && toll["members"].as_array().unwrap().iter().all(|m| !m["quote"].as_str().unwrap().is_empty())
        );
    }
    // What was corrected later is one entry, and the first toll is superseded.
    let revised = ask(&["figures", "r.griot", "--type", "killed", "--place", "Tessit", "--text", "soldiers"], &[]);
    assert!(
        revised.iter().any(|entry| entry["best"] == 42.0 && entry["members"].as_array().unwrap().iter().any(|m| m["superseded"] == true)),
        "{revised:#?}"
    );
}

#[test]
fn two_coders_are_compared_and_what_they_put_right_is_listed() {
    let desk = desk();
    let none = desk.griot(&["agree", "r.griot"]);
    assert!(none.out.starts_with("No claim was decided on by two coders"), "{}", none.out);
    let claims: Vec<String> = rows(&desk, &["figures", "r.griot", "--type", "killed", "--place", "Djibo"])
        .iter()
        .flat_map(|entry| {
            entry["members"].as_array().unwrap().iter().map(|member| member["claim"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let decide = |args: &[&str]| {
        let run = desk.griot(&[&["decide"], args].concat());
        assert_eq!(run.code, Some(0), "{}", run.err);
    };
    for who in ["Ada", "Ben"] {
        for claim in &claims[..3] {
            decide(&["accept", "r.griot", claim, "--who", who, "--why", "as it says"]);
        }
    }
    decide(&["correct", "r.griot", &claims[0], "quantity.best=9", "place.name=Arbinda", "--who", "Ben", "--why", "another town"]);
    decide(&["reject", "r.griot", &claims[1], "--who", "Ben", "--why", "an old toll"]);
    let found = rows(&desk, &["agree", "r.griot"]);
    let field = |name: &str| {
        found.iter().find(|row| row["field"] == name && row["claim"].is_null()).unwrap_or_else(|| panic!("{name}: {found:#?}"))
    };
    assert_eq!((field("verdict")["claims"].as_i64(), field("type")["claims"].as_i64()), (Some(3), Some(2)));
    assert_eq!(field("place")["same"], 0.5);
    assert!(field("number")["alpha"].as_f64().is_some_and(|alpha| alpha < 1.0), "{found:#?}");
    let open: Vec<_> = found.iter().filter(|row| row["claim"] == claims[0].as_str()).map(|row| row["field"].as_str().unwrap()).collect();
    assert_eq!(open, ["place", "number"]);
    let lessons = rows(&desk, &["learn", "r.griot"]);
    assert!(lessons.iter().any(|row| row["field"] == "place.name" && row["read"] == "Djibo" && row["right"] == "Arbinda"), "{lessons:#?}");
    assert!(lessons.iter().any(|row| row["field"] == "rejected" && row["read"].as_str().unwrap().starts_with("killed")), "{lessons:#?}");
}

#[test]
fn what_gave_no_claim_is_listed_with_its_words() {
    let desk = Desk::new();
    let text = "Rebels killed five soldiers in Gao on Monday.\n\nÀ propos, thirty soldiers and a café.\n\nIt was late.\n";
    desk.file("a.txt", text);
    assert_eq!(desk.griot(&["add", "r.griot", "a.txt", "--date", "2023-08-26"]).code, Some(0));
    let run = desk.griot(&["missed", "r.griot", "--format", "jsonl"]);
    let rows: Vec<serde_json::Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let quotes: Vec<&str> = rows.iter().map(|row| row["quote"].as_str().unwrap()).collect();
    assert!(!quotes.iter().any(|quote| quote.contains("Rebels") || quote.contains("late")), "{quotes:?}");
    for row in &rows {
        let at = |key: &str| row[key].as_u64().unwrap() as usize;
        let stretch: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(row["quote"], stretch);
    }
    assert!(quotes.iter().any(|quote| quote.contains("café")), "{quotes:?}");
    let csv = desk.griot(&["missed", "r.griot", "--format", "csv"]).out;
    assert_eq!(csv.lines().count(), rows.len() + 1);
    assert_eq!(desk.griot(&["missed", "r.griot", "--report", "nothing"]).code, Some(2));
    assert!(desk.griot(&["missed", "r.griot", "--report", "a.txt"]).out.lines().count() >= rows.len());
}
