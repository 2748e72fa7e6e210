use super::*;
use std::sync::LazyLock;

static WORLD: LazyLock<World> = LazyLock::new(World::shipped);

fn told(sort: &str, name: &str, number: Option<u32>, day: &str, country: &str) -> Told {
    let asked = Asked { sort, name, number, day: day.parse().ok(), country: Some(country).filter(|country| !country.is_empty()) };
    Crosswalk::new(&WORLD).unwrap().tell(&asked)
}

fn ids(told: &Told) -> Vec<&str> {
    told.actors.iter().map(|who| who.id.as_str()).collect()
}

#[test]
fn ucdps_numbers_and_names() {
    let mali = told("ged", "Government of Mali", Some(72), "2022-03-27", "MLI");
    assert_eq!((mali.outcome, mali.how, ids(&mali)), (Outcome::Actor, Some(How::Number), vec!["mli-gov"]));
    // The same without numbers, as HDX gives GED.
    for (name, country, id, how) in [
        ("Government of Mali", "MLI", "mli-gov", How::State),
        ("Government of Yemen (North Yemen)", "YEM", "yem-gov", How::State),
        ("Government of Russia (Soviet Union)", "UKR", "rus-gov", How::State),
        ("JNIM", "MLI", "jnim", How::Alias),
    ] {
        let told = told("ged", name, None, "2022-03-27", country);
        assert_eq!((told.outcome, told.how, ids(&told)), (Outcome::Actor, Some(how), vec![id]), "{name}");
    }
    let civilians = told("ged", "Civilians", Some(1), "2022-03-27", "MLI");
    assert_eq!((civilians.outcome, civilians.code.as_deref()), (Outcome::Sort, Some("MLICVL")));
    let wrong = told("ged", "JNIM", Some(72), "2022-03-27", "MLI");
    assert_eq!((ids(&wrong), wrong.note.as_deref()), (vec!["mli-gov"], Some("by its name it would be jnim")));
}

#[test]
fn a_name_means_whom_it_meant_on_its_day() {
    let is = told("ged", "IS", Some(234), "2022-06-01", "MLI");
    assert_eq!((ids(&is), is.there.clone()), (vec!["islamic-state"], vec!["is-gs".to_owned()]));
    assert!(told("ged", "IS", Some(234), "2014-06-01", "MLI").there.is_empty(), "before there was one");
    // Before JNIM there were those who formed it.
    let early = told("acled", "JNIM", None, "2016-05-01", "MLI");
    assert_eq!(early.outcome, Outcome::Outside);
    assert!(ids(&early).contains(&"jnim") && ids(&early).contains(&"ansar-dine"), "{early:?}");
    assert!(early.note.as_deref().unwrap().contains("before its start"));
    // The Taliban were rebels, and govern.
    let code = |day| told("ged", "Taleban", Some(303), day, "AFG").code.unwrap();
    assert_ne!(code("2015-01-01"), code("2022-01-01"));
    assert!(code("2022-01-01").contains("GOV"), "{}", code("2022-01-01"));
}

#[test]
fn acleds_shapes() {
    for (name, day, id, code) in [
        ("Military Forces of Mali (2021-)", "2022-03-27", "mli-mil", "MLIMIL"),
        ("Military Forces of Mali (2021-) Presidential Guard", "2022-03-27", "mli-mil", "MLIMIL"),
        ("Police Forces of Niger (2011-2021) Gendarmerie", "2020-01-01", "ner-cop", "NERCOP"),
        ("Government of Burkina Faso (2022-)", "2023-01-01", "bfa-gov", "BFAGOV"),
        ("JNIM: Group for Support of Islam and Muslims", "2022-03-27", "jnim", "MLIREBJNM"),
        ("ISSP: Islamic State Sahel Province", "2023-03-27", "is-gs", "MLIREBISG"),
    ] {
        let told = told("acled", name, None, day, "MLI");
        assert_eq!(
            (told.outcome, ids(&told), told.code.as_deref(), told.note.as_deref()),
            (Outcome::Actor, vec![id], Some(code), None),
            "{name}"
        );
    }
    let late = told("acled", "Military Forces of Mali (2013-2020)", None, "2022-03-27", "MLI");
    assert_eq!((ids(&late), late.note.as_deref()), (vec!["mli-mil"], Some("a day outside 2013-2020")));
    for (name, code, whose) in [
        ("Civilians (Mali)", "MLICVL", ""),
        ("Rioters (Niger)", "NERCVL", ""),
        ("Protesters (International)", "---CVL", ""),
        ("Unidentified Armed Group (Mali)", "UAF", ""),
        ("Unidentified Communal Militia (Mali)", "MLIPRM", ""),
        ("Fulani Ethnic Militia (Mali)", "MLIPRM", "fulani"),
        ("Mutiny of Military Forces of Mali (2020-2021)", "MLIMIL", ""),
        ("Journalists (Mali)", "MLIJRN", ""),
    ] {
        let told = told("acled", name, None, "2020-09-01", "MLI");
        let wanted: Vec<&str> = Some(whose).filter(|whose| !whose.is_empty()).into_iter().collect();
        assert_eq!((told.outcome, told.code.as_deref(), ids(&told)), (Outcome::Sort, Some(code), wanted), "{name}");
    }
    // A shape of one table is none in another; no state is made of a word.
    assert_eq!(told("ged", "Rioters (Niger)", None, "2020-09-01", "NER").outcome, Outcome::Unknown);
    assert_eq!(told("acled", "Military Forces of Atlantis (2021-)", None, "2022-01-01", "MLI").outcome, Outcome::Unknown);
    assert_eq!(told("acled", "The Nobodies", None, "2022-01-01", "MLI").outcome, Outcome::Unknown);
}

#[test]
fn lists_and_names_that_several_bear() {
    let both = told("ged", "GATIA, JNIM", Some(6837), "2018-03-01", "MLI");
    let half = told("ged", "GATIA, Nobodies", None, "2018-03-01", "MLI");
    assert_eq!((half.outcome, half.note.as_deref()), (Outcome::Unknown, Some("not told: Nobodies")));
    assert_eq!(both.outcome, Outcome::Actors, "{both:?}");
    let text = "[[country]]\niso3 = \"AAA\"\nname = \"Aland\"\n[[country]]\niso3 = \"BBB\"\nname = \"Bland\"\n".to_owned()
        + &[
            "one\"\ncountry = \"AAA\"\naliases = [\"ABC\"]",
            "two\"\ncountry = \"BBB\"\nshort = [\"ABC\"]",
            "old\"\nuntil = \"2010\"\naliases = [\"Old Ones\"]",
            "new\"\nsince = \"2011\"\naliases = [\"Old Ones\"]",
        ]
        .map(|actor| format!("[[actor]]\nname = \"Name of {}\"\nkind = \"group\"\ncode = \"X\"\nid = \"{actor}\n", &actor[..3]))
        .concat();
    let world = World::from_sources(&[("actors/x.toml".to_owned(), text)]).unwrap();
    let crosswalk = Crosswalk::new(&world).unwrap();
    let tell = |name, day: &str, country| crosswalk.tell(&Asked { sort: "acled", name, number: None, day: day.parse().ok(), country });
    assert_eq!(ids(&tell("ABC", "2020-01-01", Some("AAA"))), ["one"]);
    let two = tell("ABC", "2020-01-01", Some("BBB"));
    assert_eq!((two.outcome, ids(&two)), (Outcome::Actor, vec!["two"]), "at home there");
    assert_eq!(tell("abc", "2020-01-01", Some("AAA")).outcome, Outcome::Unknown, "an acronym stands in capitals");
    assert_eq!((ids(&tell("Old Ones", "2009-05-05", None)), ids(&tell("Old Ones", "2012-05-05", None))), (vec!["old"], vec!["new"]));
    let differ = tell("Name of one: Name of two", "2020-01-01", None);
    assert_eq!((differ.outcome, ids(&differ)), (Outcome::Ambiguous, vec!["one", "two"]));
}
