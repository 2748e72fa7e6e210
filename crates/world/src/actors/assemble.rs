//! Whose and what: an owner and a description make an actor with a code, an id and a name.

use super::mention::Described;
use crate::dictionary::{ActorKind, Dictionary, Entry, Target, day_of, fold, within};
use griot_types::{Actor, Date, Person, SmolStr};

/// Whose force, body or official it is.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'a> {
    /// Nobody is named.
    Nobody,
    /// A country, alpha-3.
    Country(&'a str),
    /// A dictionary entry that is no state.
    Entry(&'a Entry),
    /// An actor that no dictionary knows.
    Stranger(&'a Actor),
}

/// Makes actors; knows the dictionary and the day of publication, which tells who held an office.
#[derive(Clone, Copy)]
pub struct Assembler<'a> {
    /// The dictionary.
    pub dictionary: &'a Dictionary,
    /// The day of publication.
    pub today: Option<Date>,
}

/// Country or `---`, then sectors.
pub fn code(country: Option<&str>, sectors: &[SmolStr]) -> SmolStr {
    // Attackers of whom nothing is known have the sector alone.
    if country.is_none() && sectors.len() == 1 && sectors[0] == "UAF" {
        return "UAF".into();
    }
    let mut code = String::from(country.unwrap_or("---"));
    sectors.iter().for_each(|s| code.push_str(s));
    code.into()
}

impl<'a> Assembler<'a> {
    /// Whose it is when a phrase or a claim names this actor as the owner.
    pub fn owner<'b>(&'b self, actor: &'b Actor) -> Owner<'b> {
        // What a group's leader has is the group's.
        let body = |id: &str| actor.person.and(id.rsplit_once('-')).and_then(|(body, _)| self.dictionary.entry(body));
        match actor.id.as_deref().and_then(|id| self.dictionary.entry(id).or_else(|| body(id))) {
            Some(entry) => self.owner_entry(entry),
            None => match actor.country.as_deref() {
                // A group without an entry is itself the owner, whatever country it is in.
                Some(_) if actor.sectors.iter().any(|s| s == "REB" || s == "PRM") => Owner::Stranger(actor),
                Some(country) => Owner::Country(country),
                None => Owner::Stranger(actor),
            },
        }
    }

    /// The same for an entry: a state, its government and its army own as the country does.
    pub fn owner_entry<'b>(&self, entry: &'b Entry) -> Owner<'b> {
        let of_state = matches!(entry.kind, ActorKind::State | ActorKind::Government | ActorKind::Military | ActorKind::Police);
        match entry.country.as_deref() {
            Some(country) if of_state && entry.id.starts_with(&country.to_lowercase()) => Owner::Country(country),
            _ => Owner::Entry(entry),
        }
    }

    /// The actor that `described` is when it belongs to `owner`, and its kind.
    pub fn assemble(&self, described: &Described, owner: Owner, text: &str) -> (Actor, ActorKind) {
        let (mut actor, kind) = match owner {
            Owner::Country(country) => self.of_country(described, country, text),
            Owner::Entry(entry) => self.of_entry(described, entry, text),
            Owner::Stranger(actor) if joins(described.kind, ActorKind::Group) || is_body(actor) && speaks_for(described.kind) => {
                (Actor { text: text.to_owned(), person: None, ..actor.clone() }, described.kind)
            }
            Owner::Stranger(_) | Owner::Nobody => (nobodys(described, text), described.kind),
        };
        if kind == ActorKind::Person {
            actor.person = Some(Person::Public);
        }
        (actor, kind)
    }

    fn of_country(&self, described: &Described, country: &str, text: &str) -> (Actor, ActorKind) {
        use ActorKind::*;
        let sectors = &described.sectors;
        let lower = country.to_lowercase();
        let is = |sector: &str| sectors.len() == 1 && sectors[0] == sector;
        let mut kind = described.kind;
        if kind == Body {
            kind = ActorKind::from_sectors(sectors).unwrap_or(State);
        }
        let local = described.local.as_deref().is_some_and(|word| word.is_empty() || self.dictionary.lexicon().is_local(word, country));
        let suffix = match kind {
            // The government of a state in India is not India's.
            Government | Police | Ministry | Court | Person if local => None,
            State if sectors.is_empty() => Some(""),
            Government if sectors.first().is_some_and(|s| s == "GOV") => Some("gov"),
            Military if is("MIL") => Some("mil"),
            Police if is("COP") => Some("cop"),
            Ministry | Person if !described.suffix.is_empty() => Some(described.suffix.as_str()),
            Person if is("MIL") => Some("mil"),
            Person if is("COP") => Some("cop"),
            _ => None,
        };
        let mut actor = Actor {
            text: text.to_owned(),
            name: text.to_owned(),
            code: code(Some(country), sectors),
            country: Some(country.into()),
            sectors: sectors.clone(),
            ..Actor::default()
        };
        if let Some(suffix) = suffix {
            let id: SmolStr = if suffix.is_empty() { lower.as_str().into() } else { format!("{lower}-{suffix}").into() };
            match self.dictionary.entry(&id) {
                Some(entry) => {
                    actor.name.clone_from(&entry.name);
                    actor.code = entry.code.clone();
                    actor.ucdp = entry.ucdp;
                }
                None => {
                    if let Some(name) = self.name_of_body(described, country) {
                        actor.name = name;
                    }
                }
            }
            actor.id = Some(id);
        }
        (actor, kind)
    }

    /// A ministry speaks for its state; an office is its holder's.
    fn name_of_body(&self, described: &Described, country: &str) -> Option<String> {
        if !described.office {
            return self.dictionary.country(country).map(|c| c.name.clone());
        }
        let today = day_of(self.today?);
        let holders = &self.dictionary.sources().holder;
        let held = holders.iter().filter(|h| h.country.as_deref() == Some(country) && h.office == described.suffix);
        held.filter(|h| within(&today, &h.from, &h.until)).max_by(|a, b| a.from.cmp(&b.from)).map(|h| h.name.clone())
    }

    fn of_entry(&self, described: &Described, entry: &Entry, text: &str) -> (Actor, ActorKind) {
        use ActorKind::*;
        if let Some(compound) = self.compound(described, entry) {
            return (entry_actor(compound, text), compound.kind);
        }
        match described.kind {
            // Gunmen of a group are the group.
            Unidentified if entry.kind.has_members() => (entry_actor(entry, text), entry.kind),
            Civilian | Unidentified | Media | Company => (nobodys(described, text), described.kind),
            Person => {
                let mut actor = entry_actor(entry, text);
                if !described.suffix.is_empty() {
                    actor.id = Some(format!("{}-{}", entry.id, described.suffix).into());
                }
                (actor, Person)
            }
            kind if joins(kind, entry.kind) => (entry_actor(entry, text), entry.kind),
            kind => {
                // Troops of an alliance or organisation: its code and what they are.
                let mut actor = entry_actor(entry, text);
                let added = described.sectors.iter().filter(|s| !entry.code.contains(s.as_str()));
                actor.code = added.fold(String::from(entry.code.as_str()), |code, s| code + s).into();
                actor.sectors = described.sectors.clone();
                (actor, kind)
            }
        }
    }

    /// An entry with a name made of another entry's name and the noun: 'UN' + 'peacekeepers'.
    fn compound(&self, described: &Described, entry: &Entry) -> Option<&'a Entry> {
        let noun = fold::fold(&described.noun);
        std::iter::once(&entry.name).chain(&entry.aliases).find_map(|name| {
            let key = fold::fold(name) + &noun;
            self.dictionary.names().get(&key).iter().find_map(|sense| match sense.target {
                Target::Entry(at) => self.dictionary.entry_at(at),
                _ => None,
            })
        })
    }
}

/// Whether those whom the noun names, belonging to such an entry, are the entry: its fighters, its members, its wing.
fn joins(noun: ActorKind, entry: ActorKind) -> bool {
    use ActorKind::*;
    matches!(noun, Body | Government | Party | Alliance | Igo | Ngo | State) || noun.has_members() && entry.has_members() || noun == entry
}

/// Whether an actor whom no dictionary knows is armed men or bears a name of its own.
fn is_body(actor: &Actor) -> bool {
    actor.person.is_none() && (actor.name != actor.text || actor.sectors.iter().any(|s| matches!(s.as_str(), "REB" | "PRM" | "CRM")))
}

/// Whether such a noun, said of a group, is the group: its leader, its men.
fn speaks_for(noun: ActorKind) -> bool {
    matches!(noun, ActorKind::Person | ActorKind::Unidentified)
}

/// The actor that an entry is.
pub fn entry_actor(entry: &Entry, text: &str) -> Actor {
    Actor {
        text: text.to_owned(),
        name: entry.name.clone(),
        code: entry.code.clone(),
        country: entry.country.clone(),
        sectors: entry.sectors.clone(),
        id: Some(entry.id.clone()),
        ucdp: entry.ucdp,
        person: None,
    }
}

fn nobodys(described: &Described, text: &str) -> Actor {
    Actor {
        text: text.to_owned(),
        name: text.to_owned(),
        code: code(None, &described.sectors),
        sectors: described.sectors.clone(),
        ..Actor::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        assert_eq!(code(Some("MLI"), &["REB".into()]), "MLIREB");
        assert_eq!(code(None, &["REB".into()]), "---REB");
        assert_eq!(code(None, &["UAF".into()]), "UAF");
        assert_eq!(code(None, &[]), "---");
    }
}
