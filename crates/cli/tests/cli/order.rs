//! Reports come out in the order they went in, whole, and each as if it were alone.

use crate::Desk;

const PLACES: [&str; 12] = ["Gao", "Kidal", "Mopti", "Timbuktu", "Bamako", "Ménaka", "Diffa", "Djibo", "Goma", "Bunia", "Beni", "Mosul"];

fn desk() -> (Desk, Vec<String>) {
    let desk = Desk::new();
    let names: Vec<String> = (0..PLACES.len()).map(|at| format!("report-{at:02}.txt")).collect();
    for (at, (name, place)) in names.iter().zip(PLACES).enumerate() {
        // Reports of very different length end at very different times.
        let more = format!("Rebels attacked {place} again and killed {} soldiers. ", at + 2).repeat((at % 4) * 40);
        desk.file(name, format!("Published 2023-08-26\n\nGunmen attacked {place} on Friday. The army denied it. {more}"));
    }
    (desk, names)
}

#[test]
fn a_report_reads_the_same_alone_and_among_others() {
    let (desk, names) = desk();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    for format in ["table", "jsonl", "petrarch"] {
        let together = desk.griot(&[&["read", "--format", format], all.as_slice()].concat());
        let alone: String = names.iter().map(|name| desk.griot(&["read", "--format", format, name]).out).collect();
        assert!(!alone.is_empty());
        assert_eq!(together.out, alone, "{format}");
        let folder = desk.griot(&["read", "--format", format, "."]);
        assert_eq!(folder.out.replace("./", ""), alone, "{format}");
    }
}

#[test]
fn threads_change_nothing() {
    let (desk, names) = desk();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    for format in ["table", "jsonl", "csv"] {
        let run = |threads| desk.griot(&[&["read", "--explain", "--format", format, "--threads", threads], all.as_slice()].concat());
        let (one, two) = (run("1"), run("2"));
        assert_eq!((one.out, one.err), (two.out, two.err), "{format}");
    }
}

#[test]
fn a_table_has_one_header_row() {
    let (desk, _) = desk();
    let run = desk.griot(&["read", ".", "--format", "csv"]);
    assert_eq!(run.out.matches("\"id\",\"document\"").count(), 1);
    let mut rows = csv::Reader::from_reader(run.out.as_bytes());
    let reports: Vec<String> = rows.records().map(|row| row.unwrap()[2].to_owned()).collect();
    assert!(reports.len() >= PLACES.len() && reports.is_sorted());
}
