//! What the formats look like from outside.

use crate::{Desk, REPORT, root};

#[test]
fn the_table_groups_and_quotes() {
    let desk = Desk::new();
    desk.file("a.txt", REPORT);
    let run = desk.griot(&["read", "a.txt"]);
    for words in ["a.txt", "Saturday, 2023-08-26", "What happened", "The toll", "at least 17 killed", "“", "2023-08-22", "Only said"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    assert!(!run.out.contains('\u{1b}'));
    for width in ["40", "60", "80", "200"] {
        let output = desk.command(&["read", "a.txt"]).env("COLUMNS", width).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width.parse().unwrap(), "{width}: {text}");
    }
}

#[test]
fn colours_are_asked_for_and_say_nothing_of_their_own() {
    let desk = Desk::new();
    desk.file("a.txt", REPORT);
    let never = desk.griot(&["read", "a.txt", "--color", "never"]).out;
    let always = desk.griot(&["read", "a.txt", "--color", "always"]).out;
    assert!(always.contains('\u{1b}') && !never.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&always).to_string(), never);
    let json = desk.griot(&["read", "a.txt", "--color", "always", "--format", "jsonl"]).out;
    assert!(!json.contains('\u{1b}'));
}

#[test]
fn a_page_holds_every_claim_and_nothing_from_outside() {
    let desk = Desk::new();
    desk.file("a.txt", REPORT);
    desk.file(
        "b.html",
        "<html><head><title>A &lt;b&gt; title</title></head><body><p>Rebels killed five soldiers in Gao on Monday &amp; left. \
        The army said &lt;img src=x onerror=alert(1)&gt; that it had pulled out of two posts near the town.</p></body></html>",
    );
    let page = desk.griot(&["read", "a.txt", "b.html", "--date", "2023-08-26", "--format", "html"]).out;
    let claims = desk.griot(&["read", "a.txt", "b.html", "--date", "2023-08-26", "--format", "jsonl"]).out;
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert_eq!(page.matches("<article>").count(), 2);
    // Each claim has a line, and a number in the text that leads to it.
    assert_eq!(page.matches("<li id=").count(), claims.lines().count());
    for line in page.lines().filter(|line| line.contains("<li id=")) {
        let id = line.split('"').nth(1).unwrap();
        assert!(page.contains(&format!("href=\"#{id}\">")), "{id}");
    }
    for outside in ["<img", "<script", "http:", "https:", "src=", "@import", "url("] {
        assert!(!page.contains(outside) || page.contains("&lt;img src=x") && outside == "src=", "{outside}");
    }
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"), "{page}");
}

#[test]
fn an_explanation_names_tree_proposition_and_frame() {
    let desk = Desk::new();
    desk.file("a.txt", REPORT);
    let inside = desk.griot(&["read", "a.txt", "--explain"]);
    for words in ["frame ", "proposition ", "withdraw: verb", ".toml:", "tree ", "nsubj"] {
        assert!(inside.out.contains(words), "{words}: {}", inside.out);
    }
    let plain = desk.griot(&["read", "a.txt", "--format", "jsonl"]);
    let beside = desk.griot(&["read", "a.txt", "--format", "jsonl", "--explain"]);
    assert_eq!(beside.out, plain.out);
    for line in plain.out.lines() {
        let claim: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(beside.err.contains(claim["id"].as_str().unwrap()));
    }
}

#[test]
fn petrarch_lines_have_six_fields() {
    let desk = Desk::new();
    desk.file("a.txt", REPORT);
    let run = desk.griot(&["read", "a.txt", "--format", "petrarch"]);
    assert!(run.out.lines().count() >= 2, "{}", run.out);
    for line in run.out.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        assert_eq!(fields.len(), 6, "{line}");
        assert!(fields[0].starts_with("sha256:") && fields[1].parse::<u32>().is_ok() && fields[2] == "20230826", "{line}");
        assert!(fields[3].len() >= 3 && fields[4].len() >= 3 && fields[5].bytes().all(|b| b.is_ascii_digit()), "{line}");
    }
}

#[test]
fn trees_go_out_and_tokens_come_in() {
    let desk = Desk::new();
    desk.file("a.txt", "Gunmen attacked Gao. The army didn't answer.");
    let text = desk.griot(&["parse", "a.txt"]);
    assert_eq!((text.code, text.err.as_str()), (Some(0), ""));
    let words: Vec<Vec<&str>> = text.out.lines().filter(|line| line.contains('\t')).map(|line| line.split('\t').collect()).collect();
    assert!(words.len() >= 9 && words.iter().all(|columns| columns.len() == 10), "{}", text.out);
    desk.file("a.conllu", &text.out);
    let given = desk.griot(&["parse", "a.conllu", "--input", "conllu"]);
    let forms = |out: &str| -> Vec<String> {
        out.lines().filter(|line| line.contains('\t')).map(|line| line.split('\t').nth(1).unwrap().to_owned()).collect()
    };
    assert_eq!(given.code, Some(0));
    assert_eq!(forms(&given.out), forms(&text.out));
    desk.file("bad.conllu", "1\tGunmen\n\nx\tattacked\n");
    let bad = desk.griot(&["parse", "bad.conllu", "--input", "conllu"]);
    assert_eq!(bad.code, Some(1));
    assert!(bad.err.contains("bad.conllu") && bad.err.contains('3'), "{}", bad.err);
}

#[test]
fn the_demonstration_reads() {
    let desk = Desk::new();
    let demo = root().join("tests/reports/demo");
    let run = desk.griot(&["read", demo.to_str().unwrap()]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for heading in ["What happened", "Who is where and in what strength", "Who is with whom", "The toll", "Only said, planned"] {
        assert!(run.out.contains(heading), "{heading}");
    }
}

#[test]
fn other_classifications_are_further_columns_and_keys() {
    let desk = Desk::new();
    desk.file("a.txt", "Gunmen killed 12 villagers near Djibo on Monday. The army and the rebels clashed in Kidal.");
    let table = desk.griot(&["read", "a.txt", "--format", "csv", "--types", "acled,ucdp"]).out;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let head: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    assert!(head.ends_with(&["confidence", "acled_event", "acled_sub_event", "ucdp_type"].map(str::to_owned)), "{head:?}");
    let ends: Vec<Vec<String>> = rows.records().map(|r| r.unwrap().iter().rev().take(3).map(str::to_owned).collect()).collect();
    assert!(ends.contains(&["3", "Attack", "Violence against civilians"].map(str::to_owned).to_vec()), "{ends:?}");
    assert!(ends.contains(&["1", "Armed clash", "Battles"].map(str::to_owned).to_vec()), "{ends:?}");
    let lines = desk.griot(&["read", "a.txt", "--format", "jsonl", "--types", "ucdp"]).out;
    let claims: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(claims.iter().any(|c| c["ucdp_type"] == "3") && claims.iter().all(|c| c.get("acled_event").is_none()), "{lines}");
    let refused = desk.griot(&["read", "a.txt", "--types", "acled"]);
    assert_eq!(refused.code, Some(2));
}

#[test]
fn the_manual_and_the_completions_know_every_command() {
    let desk = Desk::new();
    let folder = desk.path().join("man").to_string_lossy().into_owned();
    assert_eq!(desk.griot(&["man", "--out", &folder]).code, Some(0));
    let help = desk.griot(&["--help"]).out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|name| !name.is_empty()).collect();
    assert!(names.len() > 15, "{help}");
    for name in names.iter().filter(|name| **name != "help") {
        let page = std::fs::read_to_string(desk.path().join(format!("man/griot-{name}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{name}: {page}");
    }
    assert!(desk.griot(&["man"]).out.contains("griot"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = desk.griot(&["completions", shell]).out;
        assert!(names.iter().all(|name| text.contains(name)), "{shell}");
    }
}

#[test]
fn the_less_sure_claims_can_be_left_out() {
    let desk = Desk::new();
    let reports = root().join("tests/reports/demo").to_string_lossy().into_owned();
    let claims = |args: &[&str]| -> Vec<serde_json::Value> {
        let run = desk.griot(&[&["read", reports.as_str(), "--format", "jsonl"], args].concat());
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let chance = |claim: &serde_json::Value| claim["confidence"].as_f64().unwrap();
    let (all, sure) = (claims(&[]), claims(&["--min-confidence", "0.7"]));
    assert!(all.iter().all(|claim| (0.01..=0.99).contains(&chance(claim))));
    let kept: Vec<&serde_json::Value> = all.iter().filter(|claim| chance(claim) >= 0.7).collect();
    assert!(!kept.is_empty() && kept.len() < all.len());
    assert_eq!(kept.iter().map(|claim| &claim["id"]).collect::<Vec<_>>(), sure.iter().map(|claim| &claim["id"]).collect::<Vec<_>>());
    let ids: Vec<&serde_json::Value> = sure.iter().map(|claim| &claim["id"]).collect();
    for pointed in sure.iter().flat_map(|claim| [&claim["of_event"], &claim["inside"]]).filter(|id| !id.is_null()) {
        assert!(ids.contains(&pointed));
    }
    assert_eq!(desk.griot(&["read", &reports, "--min-confidence", "80"]).code, Some(2));
}
