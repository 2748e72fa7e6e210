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

#[test]
fn frames_are_shown_and_checked() {
    let desk = Desk::new();
    let shown = desk.griot(&["codebook", "show", "retreat"]);
    assert_eq!(shown.code, Some(0));
    assert!(shown.out.contains("verbs") && shown.out.contains("RETREAT/withdraw") && shown.out.contains("example"), "{}", shown.out);
    let unknown = desk.griot(&["codebook", "show", "zorblax"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("no frame, file or type is called 'zorblax'"), "{}", unknown.err);
    desk.file(
        "own/frames/mine.toml",
        "[[frame]]\nname = \"greeble\"\nverbs = [\"greeble\"]\ntype = \"ASSAULT\"\nsource = \"subj\"\ntarget = \"obj\"\n\n\
         [[frame]]\nname = \"greeble.again\"\nverbs = [\"greeble\"]\ntype = \"AID\"\nsource = \"subj\"\nexamples = [\"Nothing happened.\"]\n",
    );
    let checked = desk.griot(&["codebook", "check", "--codebook", "own"]);
    assert_eq!(checked.code, Some(1));
    for finding in ["mine.toml:1: 'greeble' has no example", "'greeble.again' does not fire", "taken by 'greeble'", "2 frames, 3 findings"]
    {
        assert!(checked.out.contains(finding), "{finding}: {}", checked.out);
    }
}
