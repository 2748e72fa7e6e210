//! What one report says of the world: its actors, sentence by sentence.

use crate::{
    PlaceMention, TimeMention, World,
    actors::{
        Composer, Mention,
        assemble::{Assembler, Owner},
        grammar::Grammar,
        introduced::Introduced,
        matching::{self, Match, Named},
    },
    dictionary::{Entry, Target},
};
use griot_types::{Actor, Document, Sentence, SmolStr};
use std::collections::BTreeMap;

/// A report's actors.
pub struct Reading<'a> {
    /// One for each sentence, in order.
    pub sentences: Vec<SentenceReading>,
    world: &'a World,
    assembler: Assembler<'a>,
    countries: BTreeMap<SmolStr, u32>,
}

/// What one sentence names.
#[derive(Clone, Debug, Default)]
pub struct SentenceReading {
    /// Phrases that can be actors, by their heads.
    pub mentions: Vec<Mention>,
    /// Places, in order.
    pub places: Vec<PlaceMention>,
    /// Times, in order.
    pub times: Vec<TimeMention>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(world: &'a World, document: &'a Document, sentences: &'a [Sentence]) -> Reading<'a> {
        let dictionary = &world.dictionary;
        let today = document.date.or(document.dateline.and_then(|d| d.date));
        let assembler = Assembler { dictionary, today };
        let mut introduced = Introduced::default();
        let mut countries = BTreeMap::new();
        let mut read = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let grammar = Grammar::new(&document.text, sentence);
            let matches = matching::find(dictionary, &introduced, &grammar);
            count_countries(world, &matches, &introduced, &mut countries);
            let composer = Composer { dictionary, assembler, grammar: &grammar, matches: &matches, introduced: &introduced };
            let mentions = composer.mentions();
            introduced.learn(&grammar, &mentions);
            let times = world.calendar.read(&document.text, sentence, today);
            read.push(SentenceReading { mentions, places: vec![], times });
        }
        Reading { sentences: read, world, assembler, countries }
    }

    /// The phrase that this token heads, or the name that it is a part of.
    pub fn mention_at(&self, sentence: usize, head: usize) -> Option<&Mention> {
        let mentions = &self.sentences.get(sentence)?.mentions;
        mentions
            .iter()
            .find(|m| m.head == head)
            .or_else(|| mentions.iter().filter(|m| (m.core.0..m.core.1).contains(&head)).min_by_key(|m| m.core.1 - m.core.0))
    }

    /// The dictionary entry with this id: kind, aliases, relations, countries that it acts in.
    pub fn entry(&self, id: &str) -> Option<&'a Entry> {
        self.world.dictionary.entry(id)
    }

    /// The actor that a described phrase is when it belongs to `owner`: ('France', 'its 1,500 soldiers') → `FRAMIL`. A phrase that already
    /// names somebody stays what it is.
    pub fn possessed(&self, owner: &Actor, mention: &Mention) -> Actor {
        match &mention.described {
            Some(described) if mention.actor.id.is_none() => {
                let owner = self.assembler.owner(owner);
                self.assembler.assemble(described, owner, &mention.actor.text).0
            }
            _ => mention.actor.clone(),
        }
    }

    /// The actor that a described phrase is in a country (alpha-3) that the context tells: 'the army' → `MLIMIL`.
    pub fn in_country(&self, country: &str, mention: &Mention) -> Actor {
        match &mention.described {
            Some(described) if mention.actor.country.is_none() && mention.actor.id.is_none() => {
                let mut actor = self.assembler.assemble(described, Owner::Country(country), &mention.actor.text).0;
                if mention.actor.name != mention.actor.text {
                    actor.name.clone_from(&mention.actor.name);
                }
                actor
            }
            _ => mention.actor.clone(),
        }
    }

    /// How often the report names each country (alpha-3): by name, people, capital or an actor at home there.
    pub fn countries(&self) -> &BTreeMap<SmolStr, u32> {
        &self.countries
    }
}

/// Adds the countries that names stand for.
fn count_countries(world: &World, matches: &[Match], introduced: &Introduced, countries: &mut BTreeMap<SmolStr, u32>) {
    let dictionary = &world.dictionary;
    for found in matches {
        let country = match found.named.first() {
            Some(Named::Known(Target::Demonym(at) | Target::Capital(at) | Target::Seat(at))) => {
                dictionary.country_at(*at).map(|c| SmolStr::from(&c.iso3))
            }
            Some(Named::Known(Target::Entry(at))) => dictionary.entry_at(*at).and_then(|e| e.country.clone()),
            Some(Named::Known(Target::Holder(at) | Target::HolderShort(at))) => {
                dictionary.sources().holder.get(*at as usize).and_then(|h| h.country.as_ref()).map(SmolStr::from)
            }
            Some(Named::Introduced(number)) => introduced.actor(*number).and_then(|k| k.actor.country.clone()),
            _ => None,
        };
        if let Some(country) = country {
            *countries.entry(country).or_insert(0) += 1;
        }
    }
}
