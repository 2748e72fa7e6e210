//! Names of villages, towns and regions as reports from the Sahel spell them, and the country that each lies in. Each stands in a sentence that
//! names its country, as in a report; then all stand in one report that names none.

use crate::line::{Line, document};
use anyhow::Result;

/// Name, the country as a report names it, alpha-3 of the countries that are right.
const NAMES: [(&str, &str, &[&str]); 27] = [
    ("Bamako", "Mali", &["MLI"]),
    ("Gao", "Mali", &["MLI"]),
    ("Timbuktu", "Mali", &["MLI"]),
    ("Kidal", "Mali", &["MLI"]),
    ("Mopti", "Mali", &["MLI"]),
    ("Menaka", "Mali", &["MLI"]),
    ("Sévaré", "Mali", &["MLI"]),
    ("Bandiagara", "Mali", &["MLI"]),
    ("Aguelhok", "Mali", &["MLI"]),
    ("Tessalit", "Mali", &["MLI"]),
    ("Ber", "Mali", &["MLI"]),
    ("Ogossagou", "Mali", &["MLI"]),
    ("Moura", "Mali", &["MLI"]),
    ("Boni", "Mali", &["MLI"]),
    ("Hombori", "Mali", &["MLI"]),
    ("Douentza", "Mali", &["MLI"]),
    ("Liptako", "Mali", &["MLI", "NER", "BFA"]),
    ("Konna", "Mali", &["MLI"]),
    ("Diabaly", "Mali", &["MLI"]),
    ("Ansongo", "Mali", &["MLI"]),
    ("Lake Chad", "Chad", &["TCD", "NER", "NGA", "CMR"]),
    ("Diffa", "Niger", &["NER"]),
    ("Tillabéri", "Niger", &["NER"]),
    ("Djibo", "Burkina Faso", &["BFA"]),
    ("Arbinda", "Burkina Faso", &["BFA"]),
    ("Solhan", "Burkina Faso", &["BFA"]),
    ("Diapaga", "Burkina Faso", &["BFA"]),
];

/// Prints both counts and the names that landed elsewhere.
///
/// # Errors
/// None; the signature is that of its neighbours.
pub fn print(line: &Line) -> Result<()> {
    let (named, together) = score(line, &mut |error| println!("{error}"));
    println!("{named} of 27 inside their country with the country named, {together} of 27 all in one report that names none");
    Ok(())
}

/// How many land inside their country: each with its country named, all together without.
pub fn score(line: &Line, tell: &mut dyn FnMut(String)) -> (usize, usize) {
    let mut named = 0;
    for (name, country, right) in NAMES {
        let text = format!("The army of {country} said that gunmen had attacked a patrol in {name} on Monday.");
        named += usize::from(lands(line, &text, name, right, tell));
    }
    let text: String = NAMES.iter().map(|(name, ..)| format!("Gunmen attacked a patrol in {name} on Monday. ")).collect();
    let together = NAMES.iter().filter(|(name, _, right)| lands(line, &text, name, right, tell)).count();
    (named, together)
}

fn lands(line: &Line, text: &str, name: &str, right: &[&str], tell: &mut dyn FnMut(String)) -> bool {
    let document = document(text, None);
    let sentences = line.language.read(&document);
    let reading = line.world.read(&document, &sentences);
    let place = reading.sentences.iter().flat_map(|s| &s.places).find(|p| p.names.0.of(text) == name).map(|p| &p.place);
    let is_right = place.is_some_and(|place| match &place.country {
        Some(country) => right.contains(&country.as_str()),
        // A region over several countries has none; its point is in one of them.
        None => place.latitude.is_some() && line.world.gazetteer().lookup(name).any(|c| right.iter().any(|r| c.is_in(r))),
    });
    if !is_right {
        tell(format!("{name}: {place:?}"));
    }
    is_right
}
