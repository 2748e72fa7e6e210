//! Places, days and actors against annotated sets, which lie beside the checkout; where they do not, nothing is measured.

use griot_lab::{line::Line, world};
use std::path::PathBuf;

fn data(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn places_keep_their_floors() {
    let line = Line::shipped().expect("the shipped models open");
    for (set, found, near) in [("places/lgl.xml", 0.75, 0.80), ("places/GeoVirus.xml", 0.90, 0.88)] {
        let Some(file) = data(set) else { continue };
        let score = world::places::score(&line, &file, &mut |_| ()).expect("the set can be read");
        assert!(score.found.f1() >= found, "{set}: found {}", score.found);
        let share = world::share(score.near, score.found.right);
        assert!(share >= near, "{set}: within 161 km {share:.3}");
    }
}

#[test]
fn dates_keep_their_floor() {
    let Some(folder) = data("events/meantime/intra_cross-doc_annotation") else { return };
    let line = Line::shipped().expect("the shipped models open");
    let score = world::dates::score(&line, &folder, &mut |_| ()).expect("the set can be read");
    assert!(score.values.f1() >= 0.70, "{}", score.values);
}

#[test]
fn actors_keep_their_floor() {
    let Some(folder) = data("events/re3d/CENTCOM") else { return };
    let line = Line::shipped().expect("the shipped models open");
    let score = world::actors::score(&line, &folder, &mut |_| ()).expect("the set can be read");
    let share = world::share(score.linked, score.gold);
    assert!(share >= 0.75, "linked {share:.3}");
}

#[test]
fn names_of_the_sahel_are_inside_their_countries() {
    let line = Line::shipped().expect("the shipped models open");
    let mut lost = Vec::new();
    let (named, _) = world::sahel::score(&line, &mut |name| lost.push(name));
    assert!(named >= 26, "{lost:?}");
}

/// The places of a text by the words of their names.
fn places(line: &Line, text: &str) -> Vec<(String, griot_types::Place)> {
    let document = griot_lab::line::document(text, None);
    let sentences = line.language.read(&document);
    let reading = line.world.read(&document, &sentences);
    reading.sentences.iter().flat_map(|s| &s.places).map(|p| (p.names.0.of(text).to_owned(), p.place.clone())).collect()
}

#[test]
fn places_are_read_by_what_the_report_says_of_them() {
    let line = Line::shipped().expect("the shipped models open");
    for (text, name, country, admin1, precision) in [
        // Names of several words with small ones inside.
        ("A tanker was hit by a missile in the Gulf of Aden on Sunday.", "Gulf of Aden", None, None, Some(7)),
        ("Rebels shelled Mocimboa da Praia on Sunday.", "Mocimboa da Praia", Some("MOZ"), Some("Cabo Delgado"), Some(1)),
        // What the phrase says that a place lies in is a border that no likeness crosses.
        ("Gunmen raided Tarmuwa Kolo village in Borno state on Sunday.", "Tarmuwa Kolo", Some("NGA"), Some("Borno"), Some(4)),
        ("Rebels entered Palma in Cabo Delgado on Sunday.", "Palma", Some("MOZ"), Some("Cabo Delgado"), Some(4)),
        // A capital's and a state's name among the towns of another country.
        (
            "A court in Paris, Texas, freed the man. The people of Paris rejoiced, as did Dallas and Fort Worth.",
            "Paris",
            Some("USA"),
            Some("Texas"),
            Some(1),
        ),
        ("Talks in Paris about the war in Mali ended on Sunday.", "Paris", Some("FRA"), None, Some(1)),
        ("Troops from Tbilisi crossed into South Ossetia, and Georgia protested.", "South Ossetia", Some("GEO"), None, Some(4)),
        // Second-level units.
        ("Two men were shot in Kanawha County in West Virginia on Sunday.", "Kanawha County", Some("USA"), Some("West Virginia"), Some(3)),
        // A camp that no gazetteer has.
        ("Shells hit a market in Tilwana camp in North Darfur on Sunday.", "Tilwana", Some("SDN"), Some("North Darfur"), Some(4)),
    ] {
        let all = places(&line, text);
        let found = all.iter().find(|(words, _)| words == name).map(|(_, place)| place);
        let found = found.unwrap_or_else(|| panic!("{text}: {all:?}"));
        let is = (found.country.as_deref(), found.precision);
        assert_eq!(is, (country, precision), "{text}: {found:?}");
        assert!(admin1.is_none() || found.admin1.as_deref() == admin1, "{text}: {found:?}");
    }
}

/// The TIMEX3 values of a text.
fn values(line: &Line, text: &str) -> Vec<String> {
    let document = griot_lab::line::document(text, "2024-05-15".parse().ok());
    let sentences = line.language.read(&document);
    let reading = line.world.read(&document, &sentences);
    let mut values = Vec::new();
    for (sentence, read) in sentences.iter().zip(&reading.sentences) {
        values.extend(read.times.iter().flat_map(|time| &time.timex).map(|timex| timex.value.to_string()));
        let periods = line.world.calendar().periods(text, sentence, document.date, &read.times);
        values.extend(periods.iter().map(|timex| timex.value.to_string()));
    }
    values
}

#[test]
fn phrases_of_time_have_their_values() {
    let line = Line::shipped().expect("the shipped models open");
    for (text, wanted) in [
        ("Shelling killed nine people overnight.", &["2024-05-14TNI"][..]),
        ("The rebels attacked the town on Friday night.", &["2024-05-10TNI"]),
        ("The siege began last June.", &["2023-06"]),
        ("Fighting has gone on since 2015 and over the past decade.", &["2015", "P10Y"]),
        ("The army ruled the country from 1998 to 2003.", &["1998", "2003"]),
        ("The bridge was built in the 1990s.", &["199"]),
        ("Elections will be held by the end of the year.", &["2024"]),
        ("The 14-year war began in the third quarter of 2010.", &["2010-Q3", "P14Y"]),
        ("Patrols find weapons every week.", &["P1W"]),
        ("The convoy was hit at 6:40 p.m. on Monday.", &["2024-05-13", "2024-05-13T18:40"]),
        ("The two sides fought during Ramadan last year.", &["2023"]),
        ("Gunmen fired on the church on Good Friday.", &["2024-03-29"]),
        ("The envoy left two days after the raid.", &["P2D"]),
    ] {
        let values = values(&line, text);
        assert!(wanted.iter().all(|value| values.iter().any(|v| v == value)), "{text}: {values:?}");
    }
}
