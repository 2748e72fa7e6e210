//! The loader of the codebook: what it takes, and that it says file and line of what it does not.

use griot_coder::Codebook;

fn error(frames: &str) -> String {
    match Codebook::compile(&[("mine.toml".to_owned(), frames.to_owned())]) {
        Ok(_) => panic!("this should not compile:\n{frames}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn mistakes_are_named_with_file_and_line() {
    let cases = [
        ("[[frame]]\nname = \"a\"\nverbs = [\"go\"]\ntyp = \"RETREAT\"\n", "mine.toml:4", "unknown field"),
        ("\n[[frame]]\nname = \"a\"\nverbs = [\"go\"]\ntype = \"RETREET\"\n", "mine.toml:2", "'RETREET' is not one of"),
        ("[[frame]]\nname = \"a\"\ntype = \"RETREAT\"\n", "mine.toml:1", "no 'verbs'"),
        ("[[frame]]\nname = \"a\"\nverbs = [\"go\"]\n", "mine.toml:1", "makes no claim"),
        ("[[frame]]\nname = \"a\"\nverbs = [\"@motion\"]\ntype = \"RETREAT\"\n", "mine.toml:1", "no set '@motion'"),
        (
            "[[frame]]\nname = \"a\"\nverbs = [\"go\"]\ntype = \"RETREAT\"\nwhen = { obj = \"#tank\" }\n",
            "mine.toml:1",
            "'#tank' is no class",
        ),
        ("[[frame]]\nname = \"a\"\nverbs = [\"go\"]\ntype = \"controls\"\nmode = \"seize\"\n", "mine.toml:1", "is no event"),
        ("[[frame]]\nname = \"a\"\nverbs = [\"go\"]\ntype = \"killed\"\n", "mine.toml:1", "needs a 'count'"),
        ("[[frame]]\nname = \"a\"\nverbs = [\"kill and maim\"]\ntype = \"ASSAULT\"\n", "mine.toml:1", "joins two verbs"),
        (
            "[[frame]]\nname = \"a\"\nverbs = [\"go\"]\ntype = \"RETREAT\"\n\n[[frame]]\nname = \"a\"\nverbs = [\"leave\"]\ntype = \"RETREAT\"\n",
            "mine.toml:6",
            "stands in this file already",
        ),
        ("[[frame]]\nname = \"a\nverbs = []\n", "mine.toml:2", ""),
    ];
    for (frames, place, message) in cases {
        let error = error(frames);
        assert!(error.starts_with(place), "{error:?} should start with {place}");
        assert!(error.contains(message), "{error:?} should say {message:?}");
    }
}

#[test]
fn a_later_file_replaces_frames_by_name() {
    let shipped = ("a.toml".to_owned(), "[[frame]]\nname = \"leave\"\nverbs = [\"leave\"]\ntype = \"RETREAT\"\n".to_owned());
    let own = ("b.toml".to_owned(), "[[frame]]\nname = \"leave\"\nverbs = [\"leave\", \"quit\"]\ntype = \"CONCEDE\"\n".to_owned());
    let book = Codebook::compile(&[shipped.clone(), own]).expect("both compile");
    assert_eq!(book.frames.len(), 1);
    assert_eq!(book.frames[0].patterns.len(), 2);
    assert_ne!(book.version, Codebook::compile(&[shipped]).expect("it compiles").version);
}

#[test]
fn the_compiled_form_reads_back() {
    let source = ("a.toml".to_owned(), "[[frame]]\nname = \"leave\"\nverbs = [\"leave\"]\ntype = \"RETREAT\"\n".to_owned());
    let book = Codebook::compile(&[source]).expect("it compiles");
    let again = Codebook::from_bytes(&book.to_bytes()).expect("it reads back");
    assert_eq!(book.to_bytes(), again.to_bytes());
    assert!(Codebook::from_bytes(b"\xff\xff").is_err());
}
