//! Actors and countries by the names that people use.

use griot_world::World;
use griot_world::dictionary::{Target, fold::fold};

/// What a name can stand for in a record: the dictionary's ids and those of its parts, and the name itself.
pub fn actors(world: &World, name: &str) -> Vec<String> {
    let dictionary = world.dictionary();
    let mut ids: Vec<String> = vec![name.to_owned()];
    ids.extend(dictionary.entry(&name.to_lowercase()).map(|entry| entry.id.to_string()));
    for sense in dictionary.names().get(&fold(name)) {
        match sense.target {
            Target::Entry(number) => ids.extend(dictionary.entry_at(number).map(|entry| entry.id.to_string())),
            Target::Demonym(number) => ids.extend(dictionary.country_at(number).map(|country| country.iso3.to_lowercase())),
            _ => {}
        }
    }
    // Parts of parts belong to the whole, so the list grows while it is walked.
    let mut at = 0;
    while at < ids.len() {
        let whole = ids[at].clone();
        let is_part =
            |relation: &griot_world::EntryRelation| relation.type_ == "part_of" && relation.until.is_empty() && relation.to == whole;
        for entry in dictionary.entries().iter().filter(|entry| entry.relations.iter().any(is_part)) {
            if !ids.iter().any(|known| *known == entry.id) {
                ids.push(entry.id.to_string());
            }
        }
        at += 1;
    }
    ids
}

/// A country's alpha-3 code from its code or name.
pub fn country(world: &World, name: &str) -> String {
    let dictionary = world.dictionary();
    let upper = name.to_uppercase();
    if dictionary.country(&upper).is_some() {
        return upper;
    }
    let entry = dictionary.names().get(&fold(name)).iter().find_map(|sense| match sense.target {
        Target::Entry(number) => dictionary.entry_at(number).filter(|entry| entry.id.len() == 3)?.country.clone(),
        _ => None,
    });
    entry.map_or(upper, |code| code.to_string())
}
