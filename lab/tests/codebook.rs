//! The shipped frames: their examples call them, their page for people is up to date, and who acts does not change what is said of the act.

use griot_coder::Codebook;
use griot_coder::codebook::{check::Finding, show};
use griot_lab::{codebook, line, line::Line};
use std::{collections::BTreeSet, fs, path::PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The share of examples that call their frame; raised as frames and grammar get better.
const FLOOR: f64 = 0.92;

#[test]
fn examples_call_their_frames() {
    let line = Line::with_frames(&root().join("codebook/frames")).expect("the frames compile");
    let (examples, findings) = codebook::findings(&line);
    let bare: Vec<_> = findings.iter().filter(|(_, f)| *f == Finding::NoExample).map(|(name, _)| name).collect();
    assert!(bare.is_empty(), "frames without an example: {bare:?}");
    let silent: Vec<_> = findings.iter().filter(|(_, f)| matches!(f, Finding::Silent(_))).map(|(name, _)| name).collect();
    let share = (examples - silent.len()) as f64 / examples as f64;
    assert!(share >= FLOOR, "only {share:.3} of {examples} examples call their frame; silent: {silent:?}");
}

/// A frame takes the place of one of the same name in an earlier file, so that the earlier would be lost without a word.
#[test]
fn no_name_stands_in_two_files() {
    let sources = codebook::sources(&root().join("codebook/frames")).expect("the frames can be read");
    let mut names = BTreeSet::new();
    let twice: Vec<&str> =
        sources.iter().flat_map(|(_, text)| text.lines()).filter_map(|l| l.strip_prefix("name = ")).filter(|n| !names.insert(*n)).collect();
    assert!(names.len() > 1000, "only {} names", names.len());
    assert!(twice.is_empty(), "frames that share a name: {twice:?}");
}

#[test]
fn the_page_is_up_to_date() {
    let book =
        Codebook::compile(&codebook::sources(&root().join("codebook/frames")).expect("the frames can be read")).expect("they compile");
    let page = fs::read_to_string(root().join("docs/CODEBOOK.md")).unwrap_or_default().replace("\r\n", "\n");
    assert!(page == show::page(&book), "docs/CODEBOOK.md is older than the frames; run 'griot-lab write-codebook'");
}

/// What is said of an act, without who is in it. Confidence is left out: it follows the parser's margins, which differ a little from name to name.
fn acts(line: &Line, text: &str) -> BTreeSet<String> {
    let claims = line.read(&line::document(text, None));
    claims.iter().map(|c| format!("{} {:?} {}", c.type_, c.mode, c.status)).collect()
}

#[test]
fn the_same_act_is_coded_alike_whoever_does_it() {
    let line = Line::shipped().expect("the shipped models open");
    // Pairs of the same kind: what may differ by kind (a state's capture of a town is not a rebels' one to ACLED) is no matter of fairness.
    let nations = ["Russian", "Ukrainian", "Israeli", "Palestinian", "Sudanese", "French", "Chinese", "American", "Rwandan", "Congolese"];
    let groups = ["Hamas", "JNIM", "M23", "Hezbollah", "Boko Haram", "Al-Shabaab"];
    let faiths = ["Muslim", "Christian", "Hindu", "Buddhist", "Sikh", "Jewish"];
    let by_nation = [
        "{} troops attacked a village near the border on Monday.",
        "{} soldiers killed three civilians in the village.",
        "{} officials accused the rebels of a massacre.",
        "The UN condemned an attack by {} forces on the hospital.",
        "{} forces withdrew from the town on Friday.",
        "{} police arrested two journalists.",
        "The government refused to meet {} diplomats.",
        "{} troops may attack the town, the UN warned.",
        "{} soldiers did not fire on the crowd, the mayor said.",
    ];
    let by_group = [
        "{} attacked an army base and killed five soldiers.",
        "{} seized the town of Bria on Monday.",
        "{} released four hostages.",
        "The army accused {} of killing two teachers.",
        "{} threatened to attack the capital.",
        "{} refused to disarm.",
        "The president called on {} to lay down its weapons.",
    ];
    let by_faith = [
        "{} militants killed two policemen.",
        "A mob attacked {} villagers in the market.",
        "{} protesters marched through the capital.",
        "{} leaders condemned the killing of the priest.",
        "Gunmen abducted three {} students.",
        "Police arrested five {} activists.",
    ];
    let mut sentences = 0;
    let mut unlike = Vec::new();
    for (patterns, actors) in [(&by_nation[..], &nations[..]), (&by_group[..], &groups[..]), (&by_faith[..], &faiths[..])] {
        for pattern in patterns {
            let first = acts(&line, &pattern.replace("{}", actors[0]));
            for actor in actors {
                sentences += 1;
                let text = pattern.replace("{}", actor);
                if acts(&line, &text) != first {
                    unlike.push(format!("{text} {:?} / {:?}", acts(&line, &text), first));
                }
            }
        }
    }
    assert!(sentences >= 150, "only {sentences} sentences are compared");
    assert!(unlike.is_empty(), "{} of {sentences} differ from the first of their pattern: {unlike:#?}", unlike.len());
}

#[test]
fn claims_have_the_types_of_other_coders() {
    let line = Line::with_frames(&root().join("codebook/frames")).expect("the frames compile");
    let book = line.coder.codebook();
    let cases = [
        ("Boko Haram attacked soldiers in Borno on Monday.", "Armed clash", "1"),
        ("JNIM fighters killed three farmers near Djibo.", "Attack", "3"),
        ("The army shelled rebels in Saraqib.", "Shelling/artillery/missile attack", "1"),
        ("Gunmen kidnapped a priest in Jos.", "Abduction/forced disappearance", "3"),
        ("Rebels seized the town of Goma on Monday.", "Non-state actor overtakes territory", ""),
        ("Police arrested two journalists in Dakar.", "Arrests", ""),
    ];
    for (text, sub_event, violence) in cases {
        let claims = line.read(&line::document(text, None));
        let acled: Vec<_> = claims.iter().filter_map(|c| book.acled.of(c)).map(|r| r.sub_event.as_str()).collect();
        let ucdp: Vec<_> = claims.iter().filter_map(|c| book.ucdp.of(c)).map(|r| r.event.as_str()).collect();
        assert!(acled.contains(&sub_event), "{text} {acled:?}");
        assert_eq!(ucdp.first().copied().unwrap_or(""), violence, "{text} {ucdp:?}");
    }
}
