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

#[cfg(test)]
mod tests {
    use crate::dictionary::compile;

    /// Two actors called 'ABC', with these further lines each.
    fn two(first: &str, second: &str) -> Result<(), String> {
        let country = |iso3: &str| format!("[[country]]\niso3 = \"{iso3}\"\nname = \"{iso3}land\"\n");
        let actor = |id: &str, lines: &str| {
            format!("[[actor]]\nid = \"{id}\"\nname = \"Name of {id}\"\nkind = \"group\"\ncode = \"{id}\"\n{lines}\n")
        };
        let text = country("AAA") + &country("BBB") + &actor("one", first) + &actor("two", second);
        compile(&[("actors/x.toml".to_owned(), text)]).map(|_| ()).map_err(|e| e.to_string())
    }

    const PLAIN: &str = "country = \"AAA\"\naliases = [\"ABC\"]\n";
    const SHORT_HERE: &str = "country = \"AAA\"\nshort = [\"ABC\"]\n";
    const SHORT_THERE: &str = "country = \"BBB\"\nshort = [\"ABC\"]\n";

    #[test]
    fn one_name_for_two_is_refused() {
        let message = two(PLAIN, "country = \"BBB\"\naliases = [\"ABC\"]\n").expect_err("two plain names");
        assert!(
            message.contains("'ABC'") && message.contains("'one'") && message.contains("'two'") && message.contains("short"),
            "{message}"
        );
        assert!(two(SHORT_HERE, SHORT_HERE).expect_err("one country").contains("they share a country"));
        assert!(two(PLAIN, SHORT_HERE).is_err());
        assert!(two("short = [\"ABC\"]\n", SHORT_THERE).expect_err("no country").contains("no country"));
    }

    #[test]
    fn what_tells_them_apart_lets_them_pass() {
        assert_eq!(two(PLAIN, SHORT_THERE), Ok(()));
        assert_eq!(two(SHORT_HERE, SHORT_THERE), Ok(()));
        let (early, late) = (format!("{PLAIN}until = \"2010-11\"\n"), format!("{PLAIN}since = \"2010-11\"\n"));
        assert_eq!(two(&early, &late), Ok(()));
        assert_eq!(two(PLAIN, "country = \"AAA\"\naliases = [\"Abc\"]\n"), Ok(()), "a word is no acronym");
    }

    #[test]
    fn times_must_be_times() {
        let with = |lines: &str| two(PLAIN, &format!("country = \"BBB\"\n{lines}\n"));
        assert!(with("since = \"98\"").is_err());
        assert!(with("since = \"2014\"\nuntil = \"2013\"").is_err());
        assert!(with("phases = [{ since = \"2014\", kind = \"party\", code = \"\" }]").is_err());
        assert!(with("active = [\"ZZZ\"]").is_err());
        assert_eq!(
            with("since = \"2014\"\nphases = [{ since = \"2015\", kind = \"party\", code = \"BBBPTYTWO\", sectors = [\"PTY\"] }]"),
            Ok(())
        );
    }
}
