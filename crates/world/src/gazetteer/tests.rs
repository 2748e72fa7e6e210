use super::*;
use griot_types::{Deprel, Name, NameKind, Place, ROOT, Sentence, Span, Token, Upos, Xpos};
use std::sync::LazyLock;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::shipped);

fn context(countries: &[&str]) -> PlaceContext {
    PlaceContext { countries: countries.iter().map(|&code| (code.into(), 1)).collect(), dateline: None }
}

fn place(name: &str, countries: &[&str]) -> Option<Place> {
    GAZETTEER.resolve(&[PlaceName::new(name)], &context(countries)).pop().flatten()
}

fn country(name: &str, countries: &[&str]) -> String {
    place(name, countries).and_then(|p| p.country).unwrap_or_default().to_string()
}

/// A sentence of plain words; the name is what stands between brackets.
fn sentence(marked: &str) -> (String, Sentence, usize, usize) {
    let text = marked.replace(['[', ']'], "");
    let open = marked.find('[').expect("a bracket");
    let close = marked.find(']').expect("a bracket") - 1;
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_word = c.is_alphanumeric();
        let push = |tokens: &mut Vec<Token>, from: usize, to: usize| {
            let is_number = text[from..to].starts_with(|c: char| c.is_ascii_digit());
            let upos = if is_number { Upos::Num } else { Upos::X };
            let span = Span::new(from as u32, to as u32);
            tokens.push(Token {
                span,
                upos,
                xpos: Xpos::Xx,
                feats: "".into(),
                lemma: "".into(),
                head: ROOT,
                deprel: Deprel::Dep,
                margin: 255,
            });
        };
        // The tokenizer keeps a possessive mark and its letter together.
        let is_mark = matches!(c, '\'' | '’') && text[at..].chars().nth(1) == Some('s');
        if let Some(from) = start
            && !is_word
        {
            push(&mut tokens, from, at);
            start = None;
        }
        if is_mark {
            start = Some(at);
        } else if is_word {
            start = start.or(Some(at));
        } else if !c.is_whitespace() {
            push(&mut tokens, at, at + c.len_utf8());
        }
    }
    let first = tokens.partition_point(|t| t.span.end as usize <= open);
    let end = tokens.partition_point(|t| (t.span.start as usize) < close);
    let names = vec![Name { first: first as u32, end: end as u32, kind: NameKind::Place }];
    (text.clone(), Sentence { span: Span::new(0, text.len() as u32), block: 0, tokens, names }, first, end)
}

/// The place phrase's words, the place's name, and its where_prec.
fn phrase(marked: &str) -> (String, String, u8) {
    let (text, sentence, first, end) = sentence(marked);
    let phrase = GAZETTEER.phrase(&text, &sentence, first, end);
    let place = GAZETTEER.resolve(&[phrase.mention(&text)], &context(&["MLI"])).pop().flatten().unwrap_or_default();
    (place.text, place.name, place.precision.unwrap_or(0))
}

/// Villages, towns and regions as reports from the Sahel spell them, with the country that such a report names.
const SAHEL: &[(&str, &str)] = &[
    ("Bamako", "MLI"),
    ("Gao", "MLI"),
    ("Timbuktu", "MLI"),
    ("Kidal", "MLI"),
    ("Mopti", "MLI"),
    ("Menaka", "MLI"),
    ("Sévaré", "MLI"),
    ("Bandiagara", "MLI"),
    ("Aguelhok", "MLI"),
    ("Tessalit", "MLI"),
    ("Ber", "MLI"),
    ("Ogossagou", "MLI"),
    ("Moura", "MLI"),
    ("Boni", "MLI"),
    ("Hombori", "MLI"),
    ("Douentza", "MLI"),
    ("Konna", "MLI"),
    ("Diabaly", "MLI"),
    ("Ansongo", "MLI"),
    ("Diffa", "NER"),
    ("Tillabéri", "NER"),
    ("Djibo", "BFA"),
    ("Arbinda", "BFA"),
    ("Solhan", "BFA"),
    ("Diapaga", "BFA"),
    ("Koutougou", "NER"),
];

#[test]
fn names_in_the_sahel_land_in_the_country_of_the_report() {
    for (name, alpha3) in SAHEL {
        assert_eq!(country(name, &[alpha3]), *alpha3, "{name}");
    }
    for name in ["Liptako", "Lake Chad", "the Sahel", "Azawad", "Liptako-Gourma"] {
        assert_eq!(place(name, &["MLI"]).and_then(|p| p.precision), Some(5), "{name}");
    }
}

#[test]
fn spellings_lead_to_the_village_that_is_meant() {
    for (name, geonames) in [("Ogossagou", 2452421), ("Diabaly", 2458187), ("Moura", 2453345), ("Arbinda", 2363174), ("Aguelhoc", 2461247)]
    {
        let country = if name == "Arbinda" { "BFA" } else { "MLI" };
        assert_eq!(place(name, &[country]).and_then(|p| p.geonames), Some(geonames), "{name}");
    }
    assert_eq!(place("Ogossagou", &[]), None, "without a country nothing is guessed");
}

#[test]
fn names_of_several_countries_and_units_are_kept_apart() {
    for (name, alpha3, precision) in [
        ("Niger", "NER", 6),
        ("Nigeria", "NGA", 6),
        ("Niger State", "NGA", 4),
        ("Guinea", "GIN", 6),
        ("Guinea-Bissau", "GNB", 6),
        ("Equatorial Guinea", "GNQ", 6),
        ("Congo", "COD", 6),
        ("DRC", "COD", 6),
        ("Democratic Republic of Congo", "COD", 6),
        ("Republic of the Congo", "COG", 6),
        ("Congo-Brazzaville", "COG", 6),
        ("Georgia", "GEO", 6),
        ("Chad", "TCD", 6),
        ("Lake Chad", "", 5),
        ("Sudan", "SDN", 6),
        ("South Sudan", "SSD", 6),
        ("Turkey", "TUR", 6),
        ("Burma", "MMR", 6),
        ("Kosovo", "XKX", 6),
        ("U.S.", "USA", 6),
        ("the United States", "USA", 6),
        ("Ivory Coast", "CIV", 6),
        ("Gaza", "PSE", 4),
        ("Donbas", "UKR", 5),
    ] {
        let found = place(name, &[]).unwrap_or_default();
        assert_eq!((found.country.as_deref().unwrap_or_default(), found.precision), (alpha3, Some(precision)), "{name}");
    }
    assert_eq!(place("Georgia", &["USA"]).and_then(|p| p.precision), Some(4));
    assert_eq!(place("Niger", &["NER"]).and_then(|p| p.precision), Some(6));
    assert_eq!(country("Congo", &["COG"]), "COG");
}

#[test]
fn the_report_decides_between_namesakes_but_the_famous_stay_famous() {
    assert_eq!(country("Tripoli", &[]), "LBY");
    assert_eq!(country("Tripoli", &["LBN"]), "LBN");
    assert_eq!(country("Boni", &["BFA"]), "BFA");
    assert_eq!(country("Boni", &["MLI"]), "MLI");
    assert_eq!(country("Paris", &["MLI"]), "FRA");
    assert_eq!(country("Mora", &["CMR"]), "CMR");
    assert_eq!(country("Beni", &["COD"]), "COD");
    let near = [PlaceName::new("Boni"), PlaceName::new("Douentza"), PlaceName::new("Hombori")];
    let boni = GAZETTEER.resolve(&near, &context(&["MLI"])).swap_remove(0).unwrap_or_default();
    assert_eq!(boni.geonames, Some(2459917), "of Mali's places of this name the one on the road from Douentza to Hombori");
}

#[test]
fn places_carry_their_english_names() {
    for (name, english) in
        [("Tombouctou", "Timbuktu"), ("Kiev", "Kyiv"), ("Raqqa", "Raqqa"), ("Ar Raqqah", "Raqqa"), ("Jenin", "Jenin"), ("Rafah", "Rafah")]
    {
        assert_eq!(place(name, &[]).map(|p| p.name), Some(english.to_owned()), "{name}");
    }
    assert_eq!(place("Goma", &[]).and_then(|p| p.admin1), Some("North Kivu".to_owned()));
    assert_eq!(place("Ménaka", &[]).and_then(|p| p.admin1), Some("Ménaka".to_owned()));
}

#[test]
fn place_phrases_say_how_exact_they_are() {
    for (marked, words, name, precision) in [
        ("killed near [Ansongo] on Tuesday", "near Ansongo", "Ansongo", 2),
        ("fighting in [Gao] on Tuesday", "Gao", "Gao", 1),
        ("fighting in [Mali]", "Mali", "Mali", 6),
        ("in the [Mopti] region", "Mopti region", "Mopti", 4),
        ("in [Mopti Region]", "Mopti Region", "Mopti", 4),
        ("in the region of [Mopti]", "region of Mopti", "Mopti", 4),
        ("in [Ansongo] cercle", "Ansongo cercle", "Ansongo Cercle", 3),
        ("in northern [Mali]", "northern Mali", "Mali", 5),
        ("in [Northern Mali]", "Northern Mali", "Mali", 5),
        ("in northern and central [Mali]", "northern and central Mali", "Mali", 5),
        ("in the north of [Mali]", "the north of Mali", "Mali", 5),
        ("in [Mali]'s north", "Mali's north", "Mali", 5),
        ("northeast of [Gao]", "northeast of Gao", "Gao", 2),
        ("about 20 km north of [Gao]", "20 km north of Gao", "Gao", 2),
        ("some 20 kilometres (12 miles) from [Gao]", "20 kilometres (12 miles) from Gao", "Gao", 2),
        ("on the outskirts of [Gao]", "the outskirts of Gao", "Gao", 2),
        ("near the town of [Gao]", "near the town of Gao", "Gao", 2),
        ("in the city of [Gao]", "Gao", "Gao", 1),
        ("at [Gao] airport", "Gao airport", "Gao", 1),
        ("between [Gao] and Kidal", "between Gao and Kidal", "Gao", 5),
        ("between Gao and [Kidal]", "between Gao and Kidal", "Gao", 5),
        ("along the border with [Niger]", "along the border with Niger", "Mali", 5),
        ("near the border with [Niger]", "near the border with Niger", "Mali", 5),
        ("on the [Mali]-Niger border", "the Mali-Niger border", "Mali", 5),
        ("on the [Mali-Niger] border", "the Mali-Niger border", "Mali", 5),
        ("on the border between Mali and [Niger]", "the border between Mali and Niger", "Mali", 5),
        ("on [Mali]'s border with Niger", "Mali's border with Niger", "Mali", 5),
        ("off the coast of [Somalia]", "off the coast of Somalia", "Somalia", 7),
        ("in [South Sudan]", "South Sudan", "South Sudan", 6),
        ("in the [Lake Chad] region", "Lake Chad region", "Lake Chad", 5),
    ] {
        assert_eq!(phrase(marked), (words.to_owned(), name.to_owned(), precision), "{marked}");
    }
}

#[test]
fn what_a_place_lies_in_decides() {
    for (marked, alpha3, unit) in [
        ("in [Paris], Texas", "USA", "Texas"),
        ("in [Boni] in northern Burkina Faso", "BFA", ""),
        ("in [Georgia], United States", "USA", ""),
    ] {
        let (text, sentence, first, end) = sentence(marked);
        let phrase = GAZETTEER.phrase(&text, &sentence, first, end);
        let found = GAZETTEER.resolve(&[phrase.mention(&text)], &context(&["MLI"])).pop().flatten().unwrap_or_default();
        assert_eq!(found.country.as_deref(), Some(alpha3), "{marked}");
        assert!(unit.is_empty() || found.admin1.as_deref() == Some(unit), "{marked}: {found:?}");
    }
}

#[test]
fn a_country_file_can_be_laid_over() {
    let mut gazetteer = Gazetteer::shipped();
    let line = "99000001\tQuxville\tQuxville\tQuxburg\t9.5\t13.25\tP\tPPL\tNG\t\t35\t\t\t\t1200\t\t300\tAfrica/Lagos\t2020-01-01\n";
    assert_eq!(gazetteer.overlay(line, "NG.txt"), Ok(1));
    let found: Vec<_> = gazetteer.lookup("quxburg").collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].name.as_str(), found[0].country.as_str(), found[0].is_main_name), ("Quxville", "NGA", false));
    let error = gazetteer.overlay(&format!("{line}12\tBad\tBad\n"), "NG.txt").err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("NG.txt:2: 3 columns where GeoNames has 19"));
}

#[test]
fn what_cannot_be_read_is_named() {
    assert!(matches!(Gazetteer::from_parts(b"nonsense".to_vec(), ""), Err(Error::Compiled(_))));
    assert!(matches!(Gazetteer::from_parts(COMPILED[..COMPILED.len() - 1].to_vec(), ""), Err(Error::Compiled(_))));
    let error = Gazetteer::with_regions(
        "[[region]]\nname = \"X\"\nat = [95.0, 0.0]\nradius = 1\ncountries = []\nprecision = 5\nsource = \"memory\"",
        "mine.toml",
    );
    assert_eq!(error.err().map(|e| e.to_string()).as_deref(), Some("mine.toml:2: the point 95, 0 is not on Earth"));
    let error = Gazetteer::with_regions("\n[[region]]\nnam = 3", "mine.toml");
    assert!(error.err().is_some_and(|e| e.to_string().starts_with("mine.toml:3: ")));
}

/// The compiled file was made with the folding rules and the format of this source: every row is found under its own name.
#[test]
fn the_compiled_file_is_not_stale() {
    let table = &GAZETTEER.table;
    assert!(table.len() > 300_000);
    for number in 0..table.len() {
        let row = table.row(number).expect("a row of the table");
        let folded = fold(row.name);
        assert!(!folded.is_ascii() || table.find(&folded).contains(&number), "{} ({folded})", row.name);
        assert!(row.latitude.abs() <= 90.0 && row.longitude.abs() <= 180.0);
    }
}

/// Every further name leads somewhere: a name that the gazetteer spells otherwise would be lost without a word.
#[test]
fn further_names_lead_to_places() {
    let regions = Regions::read(REGIONS, "codebook/regions.toml").expect("the shipped file");
    let lost: Vec<_> = regions.aliases.iter().chain(&regions.common).filter(|(_, name)| !GAZETTEER.knows(name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let units: std::collections::HashSet<String> =
        (0..GAZETTEER.table.len()).filter_map(|row| GAZETTEER.table.row(row)).map(|row| row.admin1.to_owned()).collect();
    let lost: Vec<_> = regions.units.keys().filter(|name| !units.contains(*name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}
