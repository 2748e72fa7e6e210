//! Tables in, forms of the field out, trends and checks, from the command line.

use super::{Desk, root};

/// The demonstration record's reports.
fn sahel() -> Desk {
    let desk = Desk::new();
    let run = desk.griot(&["add", "r.griot", &root().join("examples/sahel").to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    desk
}

fn lines(desk: &Desk, args: &[&str]) -> Vec<serde_json::Value> {
    let run = desk.griot(&[args, &["--format", "jsonl"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_profile_goes_out_and_what_can_comes_in_again() {
    let desk = sahel();
    for (profile, file, columns) in [
        ("griot", "a.csv", 42),
        ("hxl", "h.csv", 42),
        ("ged", "b.csv", 49),
        ("acled", "c.csv", 31),
        ("plover", "d.csv", 40),
        ("gdelt", "e.CSV", 61),
        ("geojson", "f.geojson", 0),
        ("annotations", "g.jsonl", 0),
        ("ged", "i.parquet", 0),
    ] {
        let run = desk.griot(&["export", "r.griot", "--profile", profile, "--out", file]);
        assert_eq!(run.code, Some(0), "{profile}: {}", run.err);
        assert!(run.out.contains("sha256:") && run.out.contains("reported"), "{}", run.out);
        if columns > 0 {
            let text = std::fs::read_to_string(desk.path().join(file)).unwrap();
            let tab = profile == "gdelt";
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(if tab { b'\t' } else { b',' })
                .quoting(!tab)
                .has_headers(false)
                .from_reader(text.as_bytes());
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert!(rows.len() > 20 && rows.iter().all(|row| row.len() == columns), "{profile}");
            assert_eq!(rows[1].iter().any(|cell| cell.starts_with("#event")), profile == "hxl");
        }
    }
    for (file, sort) in [("b.csv", "ged"), ("c.csv", "acled"), ("d.csv", "polecat"), ("e.CSV", "gdelt")] {
        let run = desk.griot(&["import", "r.griot", file]);
        assert_eq!(run.code, Some(0), "{file}: {}", run.err);
        assert!(run.out.contains(sort), "{}", run.out);
    }
    let out = desk.griot(&["reference", "r.griot", "--table", "1", "--out", "again.csv"]);
    assert_eq!(out.code, Some(0), "{}", out.err);
    let read = |name: &str| std::fs::read(desk.path().join(name)).unwrap();
    assert_eq!(read("b.csv"), read("again.csv"));
    let piped = desk.griot(&["export", "r.griot", "--profile", "acled"]);
    assert_eq!(piped.out.as_bytes(), read("c.csv"));
    for wrong in [
        &["export", "r.griot", "--profile", "geojson", "--out", "x.csv"][..],
        &["export", "r.griot", "--profile", "acled", "--out", "x.csv", "--hxl"],
        &["export", "r.griot", "--profile", "ged", "--out", "x.doc"],
        &["import", "r.griot"],
        &["import", "r.griot", "f.geojson"],
        &["reference", "r.griot", "--years", "99"],
        &["trend", "r.griot", "--window", "2021-01-01..2020-01-01"],
        &["trend", "r.griot", "--window", "2020-01-01..2020-12-31"],
        &["trend", "r.griot", "--by", "year", "--window", "2015-01-01..2018-12-31", "--window", "2018-01-01..2019-12-31"],
        &["check", "r.griot"],
    ] {
        let run = desk.griot(wrong);
        assert_eq!(run.code, Some(2), "{wrong:?}: {}", run.err);
        assert!(!run.err.is_empty());
    }
    assert!(!desk.path().join("x.csv").exists());
}

#[test]
fn names_in_a_table_are_told() {
    let desk = Desk::new();
    // Rows of our own making, in ACLED's columns.
    let head = "event_id_cnty,event_date,event_type,sub_event_type,actor1,assoc_actor_1,actor2,country,latitude,longitude,fatalities";
    let row = |n: u8, day: &str, one: &str, beside: &str, two: &str| {
        format!("MLI{n},{day},Battles,Armed clash,{one},{beside},{two},Mali,16.27,-0.04,{n}\n")
    };
    let text = format!(
        "{head}\n{}{}{}",
        row(1, "2022-03-27", "Military Forces of Mali (2021-)", "Wagner Group; Unheard Of", "JNIM: Group for Support of Islam and Muslims"),
        row(2, "2015-03-27", "Military Forces of Mali (2013-2020)", "", "JNIM: Group for Support of Islam and Muslims"),
        row(3, "2022-05-01", "=Nobody Known", "", "Civilians (Mali)"),
    );
    std::fs::write(desk.path().join("a.csv"), text).unwrap();
    assert_eq!(desk.griot(&["import", "r.griot", "a.csv"]).code, Some(0));
    let told = lines(&desk, &["reference", "r.griot", "--actors", "1"]);
    let of = |name: &str, outcome: &str| {
        told.iter().find(|one| one["name"] == name && one["outcome"] == outcome).unwrap_or_else(|| panic!("{told:#?}"))
    };
    assert_eq!(of("Military Forces of Mali (2021-)", "actor")["actors"][0]["id"], "mli-mil");
    assert_eq!(of("Wagner Group", "actor")["rows"], 1);
    assert_eq!(of("JNIM: Group for Support of Islam and Muslims", "actor")["first"], "2022-03-27");
    assert_eq!(of("JNIM: Group for Support of Islam and Muslims", "outside")["first"], "2015-03-27");
    assert_eq!(of("Civilians (Mali)", "sort")["code"], "MLICVL");
    of("Unheard Of", "unknown");
    let run = desk.griot(&["reference", "r.griot", "--actors", "1"]);
    assert!(run.out.contains("3 rows name somebody; in 1 (33.3 %) every side is an actor"), "{}", run.out);
    let csv = desk.griot(&["reference", "r.griot", "--actors", "1", "--format", "csv"]);
    assert!(csv.out.contains("\"'=Nobody Known\""), "{}", csv.out);
    let own = desk.path().join("own/dictionaries");
    std::fs::create_dir_all(&own).unwrap();
    let actor = "[[actor]]\nid = \"heard-of\"\nname = \"Unheard Of\"\nkind = \"group\"\ncode = \"MLIREBUNH\"\ncountry = \"MLI\"\n";
    std::fs::write(own.join("mine.toml"), actor).unwrap();
    let mine = lines(&desk, &["reference", "r.griot", "--actors", "1", "--codebook", "own"]);
    assert!(mine.iter().any(|one| one["name"] == "Unheard Of" && one["actors"][0]["id"] == "heard-of"), "{mine:#?}");
    for wrong in
        [&["--actors", "9"][..], &["--dyads"], &["--actors", "1", "--dyads"], &["--actors", "1", "--years", "1"], &["--format", "csv"]]
    {
        assert_eq!(desk.griot(&[&["reference", "r.griot"], wrong].concat()).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn the_carried_table_answers_on_the_first_day() {
    let desk = Desk::new();
    let run = desk.griot(&["import", "r.griot", "--profile", "country-year"]);
    assert!(run.out.contains("6936 rows") && run.out.contains("CC BY 4.0"), "{}", run.out);
    // UCDP country-year 25.1: Mali 2022, Burkina Faso 2023.
    for (country, year, best) in [("mali", "2022", 3656.0), ("burkina faso", "2023", 6122.0)] {
        let years = lines(&desk, &["trend", "r.griot", "--table", "1", "--count", "deaths", "--by", "year", "--country", country]);
        assert_eq!(years.len(), 36, "1989 to 2024");
        let found = years.iter().find(|one| one["name"] == year).unwrap();
        assert_eq!(found["count"], best, "{country}");
    }
    let run = desk.griot(&[
        "trend",
        "r.griot",
        "--table",
        "1",
        "--count",
        "deaths",
        "--by",
        "year",
        "--country",
        "mali",
        "--around",
        "2017-06-01",
        "--span",
        "5",
        "--svg",
        "t.svg",
    ]);
    assert!(run.out.contains("negative binomial") && run.out.contains("leaves out 1"), "{}", run.out);
    let svg = std::fs::read_to_string(desk.path().join("t.svg")).unwrap();
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    let again = desk.griot(&["import", "r.griot", "--profile", "country-year"]);
    assert_eq!(again.code, Some(2));
    assert!(again.err.contains("there already"), "{}", again.err);
    let checked = lines(
        &desk,
        &["check", "r.griot", "--date", "2023-06-30", "--text", "The number of attacks in Mali has risen over the past ten years."],
    );
    assert_eq!(checked[0]["verdict"], "supported", "{checked:#?}");
}

#[test]
fn sentences_are_held_against_the_record() {
    let desk = sahel();
    let verdict = |text: &str| {
        let checked = lines(&desk, &["check", "r.griot", "--date", "2022-01-10", "--text", text]);
        checked.iter().find(|one| one["claim"] == "killed").unwrap()["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict("Gunmen killed at least 100 people in the village of Solhan in Burkina Faso in June 2021."), "supported");
    assert_eq!(verdict("Gunmen killed 160 people in the village of Solhan in Burkina Faso in June 2021."), "depends on the definition");
    assert_eq!(verdict("Gunmen killed 40 people in the village of Solhan in Burkina Faso in June 2021."), "contradicted");
    assert_eq!(verdict("Gunmen killed 40 people in the village of Bourem in Mali in June 2019."), "not enough in the record");
    let run = desk.griot(&["trend", "r.griot", "--by", "year", "--country", "mali"]);
    assert!(run.out.contains("2022") && run.out.contains("reports may still come"), "{}", run.out);
    let matched = desk.griot(&["match", "r.griot", "--table", "1"]);
    assert_eq!(matched.code, Some(2));
}
