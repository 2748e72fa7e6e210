//! What must hold between the rows of the dictionaries.

use super::{
    entry::ActorKind,
    source::{NamedActor, Sources, line_of},
    term,
};
use crate::Error;
use rustc_hash::FxHashSet;

/// Checks codes, kinds, references and that ids are unique. A fault is placed at the first line of the last file that names it.
pub fn check(sources: &Sources, files: &[(String, String)]) -> Result<(), Error> {
    let fail = |word: &str, message: String| Err(place(files, word, message));
    let countries: FxHashSet<&str> = sources.country.iter().map(|c| c.iso3.as_str()).collect();
    let mut ids = FxHashSet::default();
    for country in &sources.country {
        if country.iso3.len() != 3 || !country.iso3.bytes().all(|b| b.is_ascii_uppercase()) {
            return fail(&country.iso3, format!("'{}' is not an alpha-3 code", country.iso3));
        }
        if country.name.is_empty() {
            return fail(&country.iso3, format!("country '{}' has no name", country.iso3));
        }
        if !ids.insert(country.iso3.to_lowercase()) {
            return fail(&country.iso3, format!("country '{}' stands twice", country.iso3));
        }
    }
    for actor in &sources.actor {
        if actor.id.is_empty() || actor.name.is_empty() || actor.code.is_empty() {
            return fail(&actor.id, format!("actor '{}' lacks an id, a name or a code", actor.id));
        }
        if !ids.insert(actor.id.clone()) {
            return fail(&actor.id, format!("id '{}' stands twice", actor.id));
        }
        if ActorKind::from_word(&actor.kind).is_none() {
            return fail(&actor.id, format!("'{}' is not a kind of actor", actor.kind));
        }
        if let Some(home) = actor.country.as_deref().filter(|c| !countries.contains(c)) {
            return fail(&actor.id, format!("'{home}' is no country of the dictionaries"));
        }
        for sector in actor.sectors.iter().chain(actor.phases.iter().flat_map(|p| &p.sectors)) {
            sector_ok(sector).or_else(|message| fail(&actor.id, message))?;
        }
        check_times(actor).or_else(|message| fail(&actor.id, message))?;
        if let Some(bad) = actor.active.iter().find(|c| !countries.contains(c.as_str())) {
            return fail(&actor.id, format!("'{bad}' is no country of the dictionaries"));
        }
    }
    for country in &sources.country {
        ids.extend(["gov", "mil", "cop"].map(|part| format!("{}-{part}", country.iso3.to_lowercase())));
    }
    for actor in &sources.actor {
        if let Some(bad) = actor.relations.iter().find(|r| !ids.contains(&r.to)) {
            return fail(&actor.id, format!("'{}' has a relation to '{}', which is no entry", actor.id, bad.to));
        }
    }
    check_nouns(sources, files)?;
    check_people(sources, files, &ids, &countries)
}

/// Dates are dates and in order, and a phase says what it is.
fn check_times(actor: &NamedActor) -> Result<(), String> {
    let terms = std::iter::once((&actor.since, &actor.until))
        .chain(actor.phases.iter().map(|p| (&p.since, &p.until)))
        .chain(actor.relations.iter().map(|r| (&r.since, &r.until)));
    for (since, until) in terms {
        if let Some(bad) = [since, until].into_iter().find(|d| !d.is_empty() && !term::is_date(d)) {
            return Err(format!("'{bad}' of '{}' is no year, month or day", actor.id));
        }
        if !until.is_empty() && until < since && !since.starts_with(until.as_str()) {
            return Err(format!("'{}' ends in {until} before it begins in {since}", actor.id));
        }
    }
    for phase in &actor.phases {
        if phase.code.is_empty() || phase.since.is_empty() || ActorKind::from_word(&phase.kind).is_none() {
            return Err(format!("a phase of '{}' lacks a code, a kind or its beginning", actor.id));
        }
    }
    Ok(())
}

fn check_nouns(sources: &Sources, files: &[(String, String)]) -> Result<(), Error> {
    for agent in &sources.agent {
        let first = agent.nouns.first().map_or("", String::as_str);
        if first.is_empty() {
            return Err(place(files, "[[agent]]", "an agent has no nouns".into()));
        }
        if ActorKind::from_word(&agent.kind).is_none() {
            return Err(place(files, first, format!("'{}' is not a kind of agent", agent.kind)));
        }
        for sector in &agent.sectors {
            sector_ok(sector).map_err(|message| place(files, first, message))?;
        }
    }
    for modifier in &sources.modifier {
        let first = modifier.words.first().map_or("", String::as_str);
        if !modifier.kind.is_empty() && ActorKind::from_word(&modifier.kind).is_none() {
            return Err(place(files, first, format!("'{}' is not a kind of agent", modifier.kind)));
        }
        for sector in &modifier.sectors {
            sector_ok(sector).map_err(|message| place(files, first, message))?;
        }
    }
    Ok(())
}

fn check_people(sources: &Sources, files: &[(String, String)], ids: &FxHashSet<String>, countries: &FxHashSet<&str>) -> Result<(), Error> {
    let offices: FxHashSet<&str> = sources.office.iter().map(|o| o.suffix.as_str()).collect();
    let rows = sources
        .holder
        .iter()
        .map(|h| (&h.name, &h.body, &h.country, Some(&h.office)))
        .chain(sources.figure.iter().map(|f| (&f.name, &f.body, &f.country, None)));
    for (name, body, country, office) in rows {
        if let Some(office) = office.filter(|o| !offices.contains(o.as_str())) {
            return Err(place(files, name, format!("'{office}' is not an office")));
        }
        if let Some(body) = body.as_ref().filter(|b| !ids.contains(*b)) {
            return Err(place(files, name, format!("'{body}' is no entry")));
        }
        if let Some(country) = country.as_deref().filter(|c| !countries.contains(c)) {
            return Err(place(files, name, format!("'{country}' is no country of the dictionaries")));
        }
    }
    Ok(())
}

/// PLOVER sectors, and the slots that stand for the kinds of international bodies.
fn sector_ok(sector: &str) -> Result<(), String> {
    if sector.len() == 3 && sector.bytes().all(|b| b.is_ascii_uppercase()) {
        Ok(())
    } else {
        Err(format!("'{sector}' is not a sector: three capital letters"))
    }
}

pub fn place(files: &[(String, String)], word: &str, message: String) -> Error {
    let quoted = format!("\"{word}\"");
    let found = files
        .iter()
        .rev()
        .find_map(|(name, text)| text.find(&quoted).or_else(|| text.find(word)).map(|at| (name.as_str(), line_of(text, at))));
    let (file, line) = found.unwrap_or(("dictionary", 1));
    Error::at(file, line, message)
}
