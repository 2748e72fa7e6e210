//! Other names for the same sentences: a place of one word becomes another place, the words of a person's name those of another.
//!
//! The name corpora are small and from elsewhere. Putting names of the Sahel's places and of other persons where names stand teaches the net to
//! know a name by what is around it and by its looks, not by having seen it (after Dai & Adel 2020, mention replacement).

use super::{corpus::Sentence, random::Random};
use anyhow::{Context, Result};
use griot_types::NameKind;
use std::{borrow::Cow, collections::BTreeSet, fs, path::Path};

/// Names to put in, and how often.
#[derive(Debug, Default)]
pub struct Pool {
    places: Vec<String>,
    /// States of one word, of which every one should be known by itself.
    pub states: Vec<String>,
    /// First words of persons' names, and the others.
    persons: [Vec<String>; 2],
    share: f32,
}

impl Pool {
    /// Persons from the corpora, places from there and from GeoNames' populated places of the Sahel and Natural Earth's states.
    pub fn of(sentences: &[Sentence], data: &Path, share: f32) -> Result<Pool> {
        let mut places = BTreeSet::new();
        let mut persons = [BTreeSet::new(), BTreeSet::new()];
        for sentence in sentences {
            for name in sentence.names.iter().flatten() {
                let words = &sentence.forms[name.first as usize..name.end as usize];
                match (name.kind, words) {
                    (NameKind::Place, [word]) if is_plain(word) => _ = places.insert(word.clone()),
                    (NameKind::Person, [first, .., last]) if is_plain(first) && is_plain(last) => {
                        persons[0].insert(first.clone());
                        persons[1].insert(last.clone());
                    }
                    _ => {}
                }
            }
        }
        let known = places.len();
        for country in ["ML", "NE", "BF", "MR", "SN", "CI", "GN"] {
            let path = data.join(format!("places/geonames_sahel/{country}.txt"));
            let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            // Every tenth, so that the corpora's own places keep their part.
            let names = text.lines().filter_map(|line| {
                let columns: Vec<&str> = line.split('\t').collect();
                (columns.get(6) == Some(&"P")).then(|| columns.get(1).copied()).flatten()
            });
            places.extend(names.step_by(10).filter(|name| is_plain(name) && name.len() < 14).map(str::to_owned));
        }
        let path = data.join("places/natural_earth/ne_admin0_world_simpl001.geojson");
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let names = text.split("\"name\":").skip(1).filter_map(|part| part.trim_start().strip_prefix('"')?.split('"').next());
        let states: BTreeSet<String> = names.filter(|name| is_plain(name)).map(str::to_owned).collect();
        eprintln!("{} place names to put in, {known} of them from the corpora", places.len());
        Ok(Pool {
            places: places.into_iter().collect(),
            states: states.into_iter().collect(),
            persons: persons.map(|p| p.into_iter().collect()),
            share,
        })
    }

    /// The sentence's words, some of its names replaced.
    pub fn rename<'s>(&self, sentence: &'s Sentence, random: &mut Random) -> Vec<Cow<'s, str>> {
        let mut forms: Vec<Cow<str>> = sentence.forms.iter().map(|form| Cow::Borrowed(form.as_str())).collect();
        let pick = |from: &[String], random: &mut Random| from.get((random.draw() % from.len().max(1) as u64) as usize).cloned();
        for name in sentence.names.iter().flatten() {
            if !random.chance(self.share) {
                continue;
            }
            let (first, end) = (name.first as usize, name.end as usize);
            match name.kind {
                NameKind::Place if end - first == 1 && is_plain(&forms[first]) => {
                    let from = if random.chance(0.5) { &self.states } else { &self.places };
                    if let Some(word) = pick(from, random) {
                        forms[first] = Cow::Owned(word);
                    }
                }
                NameKind::Person if forms[first..end].iter().all(|word| is_plain(word)) => {
                    for (at, form) in forms[first..end].iter_mut().enumerate() {
                        let place = usize::from(at > 0 || (end - first == 1 && random.chance(0.7)));
                        if let Some(word) = pick(&self.persons[place], random) {
                            *form = Cow::Owned(word);
                        }
                    }
                }
                _ => {}
            }
        }
        forms
    }
}

/// One capitalised word of letters.
fn is_plain(word: &str) -> bool {
    word.chars().count() > 2 && word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '\'')
}
