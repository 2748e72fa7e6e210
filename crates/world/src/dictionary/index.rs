//! The index of all names: a finite-state map from folded names to what they can mean.
//!
//! It is built once, when the dictionaries are compiled, and read as it lies: a look-up walks the automaton along the tokens of the
//! sentence, so the longest name that starts at a token is found in one pass.

use super::{entry::Entry, fold, source::Sources};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// An entry, by its number.
    Entry(u32),
    /// A country's people or adjective; number of the country.
    Demonym(u32),
    /// A country's capital.
    Capital(u32),
    /// Another name of its seat of government.
    Seat(u32),
    /// An office-holder by the full name; number of the row.
    Holder(u32),
    /// An office-holder by a short name.
    HolderShort(u32),
    /// A public person by the full name.
    Figure(u32),
    /// A public person by a short name.
    FigureShort(u32),
}

/// One meaning of a folded name, and how the name must be written to have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sense {
    /// What it stands for.
    pub target: Target,
    /// An acronym, which means this in capitals only.
    pub capitals: bool,
    /// Common words, which mean this in small letters too.
    pub small: bool,
    /// Means this only in a report that names one of its countries.
    pub near: bool,
}

/// Folded names and their senses, as stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Index {
    /// An `fst::Map` from folded name to the number of its senses.
    bytes: Vec<u8>,
    senses: Vec<Vec<Sense>>,
}

/// The index, ready to walk.
pub struct Names {
    map: fst::Map<Vec<u8>>,
    senses: Vec<Vec<Sense>>,
}

impl Index {
    /// Collects every name of the sources; `entries` as [`super::entries`] makes them.
    pub fn build(sources: &Sources, entries: &[Entry]) -> Index {
        let mut names: BTreeMap<String, Vec<Sense>> = BTreeMap::new();
        let mut add_so = |name: &str, target: Target, near: bool| {
            let key = fold::fold(name);
            if key.is_empty() {
                return;
            }
            let capitals = fold::in_capitals(name) && key.len() > 1;
            let sense = Sense { target, capitals, small: !fold::has_capital(name), near };
            let senses = names.entry(key).or_default();
            match senses.iter_mut().find(|s| s.target == target) {
                // Of two spellings that fold alike the one that asks for less decides.
                Some(old) => {
                    old.capitals &= sense.capitals;
                    old.small |= sense.small;
                    old.near &= near;
                }
                None => senses.push(sense),
            }
        };
        for (i, entry) in entries.iter().enumerate() {
            entry.short.iter().for_each(|s| add_so(s, Target::Entry(i as u32), true));
        }
        for (i, country) in sources.country.iter().enumerate() {
            country.short_seats.iter().for_each(|s| add_so(s, Target::Seat(i as u32), true));
        }
        let mut add = |name: &str, target: Target| add_so(name, target, false);
        for (i, entry) in entries.iter().enumerate() {
            if !super::bears_the_states_name(entry) && !entry.short.contains(&entry.name) {
                add(&entry.name, Target::Entry(i as u32));
            }
            for alias in &entry.aliases {
                add(alias, Target::Entry(i as u32));
            }
        }
        for (i, country) in sources.country.iter().enumerate() {
            let i = i as u32;
            country.demonyms.iter().for_each(|d| add(d, Target::Demonym(i)));
            country.seats.iter().for_each(|s| add(s, Target::Seat(i)));
            add(&country.capital, Target::Capital(i));
        }
        for (i, holder) in sources.holder.iter().enumerate() {
            let i = i as u32;
            add(&holder.name, Target::Holder(i));
            holder.aliases.iter().for_each(|n| add(n, Target::Holder(i)));
            holder.short.iter().for_each(|n| add(n, Target::HolderShort(i)));
        }
        for (i, figure) in sources.figure.iter().enumerate() {
            let i = i as u32;
            add(&figure.name, Target::Figure(i));
            figure.aliases.iter().for_each(|n| add(n, Target::Figure(i)));
            figure.short.iter().for_each(|n| add(n, Target::FigureShort(i)));
        }
        let mut builder = fst::MapBuilder::memory();
        let mut senses = Vec::with_capacity(names.len());
        for (key, list) in names {
            // Keys of a sorted map are in order and unique, which is all that the builder asks for.
            if builder.insert(&key, senses.len() as u64).is_ok() {
                senses.push(list);
            }
        }
        Index { bytes: builder.into_inner().unwrap_or_default(), senses }
    }

    /// Makes it walkable; `None` where the bytes are no map.
    pub fn open(self) -> Option<Names> {
        Some(Names { map: fst::Map::new(self.bytes).ok()?, senses: self.senses })
    }
}

impl Names {
    /// The senses of a whole folded name.
    pub fn get(&self, folded: &str) -> &[Sense] {
        self.map.get(folded).map_or(&[], |at| self.at(at))
    }

    fn at(&self, number: u64) -> &[Sense] {
        self.senses.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// Walks the automaton over `pieces` (folded tokens, some of them empty) and calls `found(count, senses)` after each piece at which a
    /// name ends, `count` being how many pieces it took.
    pub fn walk<'a>(&'a self, pieces: impl Iterator<Item = &'a str>, mut found: impl FnMut(usize, &'a [Sense])) {
        let fst = self.map.as_fst();
        let mut node = fst.root();
        let mut output = fst::raw::Output::zero();
        for (count, piece) in pieces.enumerate() {
            for byte in piece.bytes() {
                let Some(at) = node.find_input(byte) else { return };
                let transition = node.transition(at);
                output = output.cat(transition.out);
                node = fst.node(transition.addr);
            }
            if !piece.is_empty() && node.is_final() {
                found(count + 1, self.at(output.cat(node.final_output()).value()));
            }
        }
    }
}
