//! Actors and countries by the names that people use.

use griot_web::{Background, Kinship};
use griot_world::dictionary::{Target, fold::fold};
use griot_world::{EntryRelation, World};

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
        let is_part = |relation: &EntryRelation| relation.type_ == "part_of" && relation.until.is_empty() && relation.to == whole;
        for entry in dictionary.entries().iter().filter(|entry| entry.relations.iter().any(is_part)) {
            if !ids.iter().any(|known| *known == entry.id) {
                ids.push(entry.id.to_string());
            }
        }
        at += 1;
    }
    ids
}

/// What the dictionary knows of the actor with this id, else of the first with this name: other names, days, and relations in both directions.
pub fn background(world: &World, name: &str) -> Option<Background> {
    let dictionary = world.dictionary();
    let named = || {
        dictionary.names().get(&fold(name)).iter().find_map(|sense| match sense.target {
            Target::Entry(number) => dictionary.entry_at(number),
            _ => None,
        })
    };
    let actor = dictionary.entry(&name.to_lowercase()).or_else(named)?;
    let kin = |relation: &EntryRelation, out: bool, other: &str| Kinship {
        type_: relation.type_.to_string(),
        out,
        id: other.to_owned(),
        name: dictionary.entry(other).map_or_else(|| other.to_owned(), |entry| entry.name.clone()),
        since: relation.since.to_string(),
        until: relation.until.to_string(),
    };
    let own = actor.relations.iter().map(|relation| kin(relation, true, &relation.to));
    let others = dictionary.entries().iter().filter(|entry| !entry.phase && entry.id != actor.id).flat_map(|entry| {
        let to_it = entry.relations.iter().filter(|relation| relation.to == actor.id);
        to_it.map(|relation| kin(relation, false, &entry.id))
    });
    Some(Background {
        aliases: actor.aliases.clone(),
        since: actor.since.to_string(),
        until: actor.until.to_string(),
        relations: own.chain(others).collect(),
    })
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
