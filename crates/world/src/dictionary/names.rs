//! No name may mean two actors at one time with nothing to tell them apart.

use super::{check::place, entry::Entry, fold, term};
use crate::Error;
use griot_types::SmolStr;
use rustc_hash::FxHashMap;

/// A name as an entry bears it.
struct Borne<'a> {
    entry: &'a Entry,
    name: &'a str,
    near: bool,
}

/// Refuses the same name for two actors that exist at the same time, unless all but one of them bear it as `short` and they share no country:
/// then what the report is about decides. One after the other they may share it: then the day decides.
///
/// # Errors
/// The name and both actors, at the first line that names the second.
pub fn check(entries: &[Entry], files: &[(String, String)]) -> Result<(), Error> {
    let mut names: FxHashMap<String, Vec<Borne>> = FxHashMap::default();
    for entry in entries.iter().filter(|e| !e.phase) {
        if !entry.short.is_empty() && entry.country.is_none() && entry.active.is_empty() {
            return Err(place(
                files,
                &entry.id,
                format!("'{}' has short names and no country that would tell when they are meant", entry.id),
            ));
        }
        let full = (!super::bears_the_states_name(entry) && !entry.short.contains(&entry.name)).then_some(&entry.name);
        let plain = full.into_iter().chain(&entry.aliases).map(|n| (n, false));
        for (name, near) in plain.chain(entry.short.iter().map(|n| (n, true))) {
            let key = fold::fold(name);
            if key.is_empty() {
                return Err(place(files, &entry.id, format!("'{}' has a name without a letter", entry.id)));
            }
            let bearers = names.entry(key).or_default();
            for other in bearers.iter().filter(|o| o.entry.id != entry.id) {
                if let Some(why) = clash(other, &Borne { entry, name, near }) {
                    let message = format!("'{name}' is a name of '{}' and of '{}' at the same time: {why}", other.entry.id, entry.id);
                    return Err(place(files, &entry.id, message));
                }
            }
            bearers.push(Borne { entry, name, near });
        }
    }
    Ok(())
}

/// Why two bearers of one name cannot be told apart.
fn clash(a: &Borne, b: &Borne) -> Option<&'static str> {
    let (first, second) = (a.entry, b.entry);
    if term::is_over(&first.until, &second.since) || term::is_over(&second.until, &first.since) {
        return None;
    }
    if fold::in_capitals(a.name) != fold::in_capitals(b.name) {
        return None;
    }
    if !a.near && !b.near {
        return Some("make it `short` in all but one, or give `since` and `until`");
    }
    let countries = |e: &Entry| -> Vec<SmolStr> { e.country.iter().chain(&e.active).cloned().collect() };
    let of_second = countries(second);
    countries(first).iter().any(|c| of_second.contains(c)).then_some("they share a country; leave it to the one meant more often")
}
