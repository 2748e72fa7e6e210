//! A user's own rules over the shipped ones.

use crate::Desk;

#[test]
fn own_names_and_frames_are_laid_over() {
    let desk = Desk::new();
    desk.file("a.txt", "Published 2023-08-26\n\nThe Zorblax Brigade greebled a convoy near Gao on Friday.");
    let shipped = desk.griot(&["read", "a.txt", "--format", "jsonl"]);
    assert!(!shipped.out.contains("MLIREBZRB"));
    desk.file(
        "own/dictionaries/actors/mine.toml",
        "[[actor]]\nid = \"zorblax\"\nname = \"Zorblax Brigade\"\nkind = \"group\"\ncode = \"MLIREBZRB\"\ncountry = \"MLI\"\nsectors = [\"REB\"]\naliases = []\nsource = \"memory\"\n",
    );
    desk.file(
        "own/frames/mine.toml",
        "[[frame]]\nname = \"greeble\"\nverbs = [\"greeble\", \"greebl\"]\ntype = \"ASSAULT\"\ncameo = \"190\"\nsource = \"subj\"\ntarget = \"obj\"\n",
    );
    let own = desk.griot(&["read", "a.txt", "--format", "jsonl", "--codebook", "own"]);
    assert_eq!((own.code, own.err.as_str()), (Some(0), ""));
    assert!(own.out.contains("MLIREBZRB") && own.out.contains("\"ASSAULT\""), "{}", own.out);
    let version = |out: &str| serde_json::from_str::<serde_json::Value>(out.lines().next().unwrap_or("null")).unwrap()["codebook"].clone();
    assert_ne!(version(&own.out), version(&shipped.out));
}

#[test]
fn own_country_files_are_laid_over() {
    let desk = Desk::new();
    desk.file("a.txt", "Published 2023-08-26\n\nThe army of Chad said that gunmen had attacked a patrol in Zorbleville on Friday.");
    desk.file(
        "own/places/TD.txt",
        "99000001\tZorbleville\tZorbleville\t\t9.5\t18.25\tP\tPPL\tTD\t\t35\t\t\t\t1200\t\t300\tAfrica/Ndjamena\t2020-01-01\n",
    );
    let own = desk.griot(&["read", "a.txt", "--format", "jsonl", "--codebook", "own"]);
    assert_eq!((own.code, own.err.as_str()), (Some(0), ""));
    assert!(own.out.contains("99000001"), "{}", own.out);
}

#[test]
fn mistakes_name_file_and_line() {
    let desk = Desk::new();
    desk.file("a.txt", "Gunmen attacked Gao.");
    for (file, text, hint) in [
        ("one/frames/bad.toml", "[[frame]]\nname = \"x\"\nverbs = [\"x\"]\ntype = \"NOTHING\"\n", "bad.toml:"),
        ("two/dictionaries/bad.toml", "[[actor]]\nid = \n", "bad.toml:"),
        ("five/places/TD.txt", "12\tBad\tBad\n", "TD.txt:1: 3 columns where GeoNames has 19"),
        ("three/notes.toml", "", "cannot be laid over"),
        ("four/readme.md", "", "holds no rules"),
    ] {
        desk.file(file, text);
        let folder = file.split('/').next().unwrap();
        let run = desk.griot(&["read", "a.txt", "--codebook", folder]);
        assert_eq!(run.code, Some(2), "{file}");
        assert!(run.err.contains(hint) && run.err.contains(folder), "{file}: {}", run.err);
    }
}
