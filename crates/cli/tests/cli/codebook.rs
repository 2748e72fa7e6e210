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
fn mistakes_name_file_and_line() {
    let desk = Desk::new();
    desk.file("a.txt", "Gunmen attacked Gao.");
    for (file, text, hint) in [
        ("one/frames/bad.toml", "[[frame]]\nname = \"x\"\nverbs = [\"x\"]\ntype = \"NOTHING\"\n", "bad.toml:"),
        ("two/dictionaries/bad.toml", "[[actor]]\nid = \n", "bad.toml:"),
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
