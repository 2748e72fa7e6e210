//! What one report says of the world: its actors, sentence by sentence.

use crate::{
    Dictionary, PlaceMention, TimeMention, World,
    actors::{
        Composer, Mention,
        assemble::{Assembler, Owner, entry_actor},
        grammar::Grammar,
        introduced::Introduced,
        matching::{self, Match, Named},
    },
    calendar::Anchor,
    dictionary::{ActorKind, Entry, Namesakes, Target, day_of, fold},
    gazetteer::{Candidate, Class, NAMED, PlaceContext},
    places,
};
use griot_types::{Actor, Document, Person, Place, Sentence, SmolStr, Upos};
use std::collections::{BTreeMap, BTreeSet};

/// A report's actors.
pub struct Reading<'a> {
    /// One for each sentence, in order.
    pub sentences: Vec<SentenceReading>,
    world: &'a World,
    text: &'a str,
    tokens: &'a [Sentence],
    assembler: Assembler<'a>,
    countries: BTreeMap<SmolStr, u32>,
    leads: BTreeMap<SmolStr, f64>,
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
    /// Adjectives of nationality with their states: 'Israeli' of 'an Israeli air strike'; token and actor.
    pub peoples: Vec<(usize, Actor)>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(world: &'a World, document: &'a Document, sentences: &'a [Sentence]) -> Reading<'a> {
        let dictionary = &world.dictionary;
        let today = document.date.or(document.dateline.and_then(|d| d.date));
        let assembler = Assembler { dictionary, today };
        let namesakes = Namesakes::new(dictionary, &document.text, today.map(day_of));
        let mut introduced = Introduced::default();
        let mut countries = BTreeMap::new();
        let mut read = Vec::with_capacity(sentences.len());
        let mut names = Vec::new();
        let mut active = BTreeSet::new();
        let mut anchor = Anchor::default();
        for (number, sentence) in sentences.iter().enumerate() {
            let grammar = Grammar::new(&document.text, sentence);
            let matches = matching::find(dictionary, &introduced, &grammar, &namesakes, |words| world.gazetteer.knows(words));
            count_countries(world, &matches, &introduced, &mut countries);
            let times = world.calendar.read_after(&document.text, sentence, today, &mut anchor);
            let unit = |words: &str| namesakes.unit(&world.gazetteer, words);
            let mentions = Composer {
                dictionary,
                assembler,
                grammar: &grammar,
                matches: &matches,
                introduced: &introduced,
                times: &times,
                unit: &unit,
            }
            .mentions();
            places::collect(&world.gazetteer, dictionary, &grammar, &matches, &times, number, &mut names);
            let ids = mentions.iter().filter_map(|m| m.actor.id.as_deref().and_then(|id| dictionary.entry(id)));
            active.extend(ids.flat_map(|entry| entry.active.iter().cloned()));
            introduced.learn(dictionary, &grammar, &mentions);
            let peoples = peoples(dictionary, &grammar, &matches);
            read.push(SentenceReading { mentions, places: vec![], times, peoples });
        }
        // Where a group is known to act weighs less than what the report names.
        let mut weights: BTreeMap<SmolStr, u32> = countries.iter().map(|(c, n)| (c.clone(), n * NAMED)).collect();
        for country in active {
            weights.entry(country).or_insert(1);
        }
        let context = PlaceContext { countries: weights.into_iter().collect(), dateline: dateline_country(world, document) };
        places::resolve(&world.gazetteer, &document.text, &names, &context, &countries, |sentence, place| {
            // What turns out to be a place is no private person, and Georgia beside Atlanta no state of the Caucasus; a state that only a codebook of
            // the user's own knows is one all the same.
            let known = |m: &Mention| m.actor.country.as_deref().is_some_and(|c| world.gazetteer.country(c).is_some());
            let elsewhere = |m: &Mention| {
                place.place.admin1.is_some() && place.place.country.is_some() && place.place.country != m.actor.country && known(m)
            };
            read[sentence]
                .mentions
                .retain(|m| m.head != place.head || if m.place { !elsewhere(m) } else { m.actor.person != Some(Person::Private) });
            read[sentence].places.push(place);
        });
        let leads = leads(world, document, &read);
        Reading { sentences: read, world, text: &document.text, tokens: sentences, assembler, countries, leads }
    }

    /// The phrase that this token heads, or the name that it is a part of; for 'three' in 'three of the soldiers' and 'dozens' in 'dozens of
    /// villagers' the phrase that is counted.
    pub fn mention_at(&self, sentence: usize, head: usize) -> Option<&Mention> {
        let mentions = &self.sentences.get(sentence)?.mentions;
        let named = || mentions.iter().filter(|m| (m.core.0..m.core.1).contains(&head)).min_by_key(|m| m.core.1 - m.core.0);
        mentions.iter().find(|m| m.head == head).or_else(named).or_else(|| {
            let counted = self.counted(sentence, head)?;
            mentions.iter().find(|m| m.head == counted)
        })
    }

    /// What a counting word counts: the noun after its 'of'.
    fn counted(&self, sentence: usize, head: usize) -> Option<usize> {
        let sentence = self.tokens.get(sentence)?;
        let token = sentence.tokens.get(head)?;
        if token.upos != Upos::Num && !self.world.dictionary.lexicon().is_counting(self.text, sentence, head) {
            return None;
        }
        let of = |t: usize| sentence.children(t).any(|c| sentence.tokens[c].lemma == "of");
        sentence.children(head).find(|c| *c > head && of(*c))
    }

    /// The state whose adjective a token is.
    pub fn people_at(&self, sentence: usize, token: usize) -> Option<&Actor> {
        self.sentences.get(sentence)?.peoples.iter().find(|(t, _)| *t == token).map(|(_, actor)| actor)
    }

    /// The dictionary entry with this id: kind, aliases, relations, countries that it acts in.
    pub fn entry(&self, id: &str) -> Option<&'a Entry> {
        self.world.dictionary.entry(id)
    }

    /// The actor that a described phrase is when it belongs to `owner`: ('France', 'its 1,500 soldiers') → `FRAMIL`. A phrase that already
    /// names somebody stays what it is.
    pub fn possessed(&self, owner: &Actor, mention: &Mention) -> Actor {
        match &mention.described {
            // The officers of a police force are policemen.
            Some(_) if owner.sectors.iter().any(|s| s == "COP") && mention.actor.sectors.iter().any(|s| s == "MIL") => {
                Actor { text: mention.actor.text.clone(), ..owner.clone() }
            }
            Some(described) if mention.actor.id.is_none() => {
                let owner = self.assembler.owner(owner);
                let mut actor = self.assembler.assemble(described, owner, &mention.actor.text).0;
                if mention.named && mention.kind == ActorKind::Person {
                    actor.name.clone_from(&mention.actor.name);
                }
                actor
            }
            _ => mention.actor.clone(),
        }
    }

    /// The same of another owner than the phrase itself names: the second state of 'ambassadors of Algeria and Gabon'.
    pub fn also_possessed(&self, owner: &Actor, mention: &Mention) -> Option<Actor> {
        let described = mention.described.as_ref()?;
        Some(self.assembler.assemble(described, self.assembler.owner(owner), &mention.actor.text).0)
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

    /// The state itself of a country (alpha-3).
    pub fn state(&self, country: &str, text: &str) -> Option<Actor> {
        self.world.dictionary.entry(&country.to_lowercase()).map(|entry| entry_actor(entry, text))
    }

    /// The capital of a country (alpha-3), with `text` as its words.
    pub fn capital(&self, country: &str, text: &str) -> Option<Place> {
        let name = self.world.dictionary.country(country).map(|c| c.capital.clone()).filter(|name| !name.is_empty())?;
        let city = |c: &Candidate| c.country == country && matches!(c.class, Class::Capital | Class::Seat | Class::Populated);
        let found = self.world.gazetteer.lookup(&name).filter(city).max_by_key(|c| c.population)?;
        Some(Place {
            text: text.to_owned(),
            name: found.name.to_string(),
            country: Some(found.country.clone()),
            admin1: found.admin1.as_ref().map(SmolStr::to_string),
            latitude: Some(found.latitude),
            longitude: Some(found.longitude),
            precision: Some(found.precision),
            geonames: found.geonames,
        })
    }

    /// How much each country (alpha-3) is what the report is about: where its places lie, whose states and peoples it names, where it was
    /// written. The lead weighs double; where a group is at home weighs little, since rebels are seldom at home where they fight.
    pub fn leads(&self) -> &BTreeMap<SmolStr, f64> {
        &self.leads
    }

    /// How often the report names each country (alpha-3): by name, people, capital or an actor at home there.
    pub fn countries(&self) -> &BTreeMap<SmolStr, u32> {
        &self.countries
    }
}

/// The country that the report was written in: that of the only place of its dateline's name, or of a capital.
fn dateline_country(world: &World, document: &Document) -> Option<SmolStr> {
    let name = document.dateline?.place?.of(&document.text);
    let dictionary = &world.dictionary;
    let known = dictionary.names().get(&fold::fold(name)).iter().find_map(|sense| match sense.target {
        Target::Capital(at) => dictionary.country_at(at).map(|c| SmolStr::from(&c.iso3)),
        Target::Entry(at) => dictionary.entry_at(at).and_then(|e| e.country.clone()),
        _ => None,
    });
    known.or_else(|| world.gazetteer.lookup(name).max_by_key(|c| c.population).map(|c| c.country))
}

/// Weighs the countries of a report.
fn leads(world: &World, document: &Document, sentences: &[SentenceReading]) -> BTreeMap<SmolStr, f64> {
    let mut leads = BTreeMap::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let weight = if number == 0 { 2.0 } else { 1.0 };
        let mut add = |country: &SmolStr, value: f64| *leads.entry(country.clone()).or_insert(0.0) += value * weight;
        let states = sentence.mentions.iter().map(|m| m.head).collect::<BTreeSet<_>>();
        for place in sentence.places.iter().filter(|p| !states.contains(&p.head)) {
            place.place.country.iter().for_each(|c| add(c, 1.0));
        }
        for mention in sentence.mentions.iter().filter(|m| m.named || m.actor.country.is_some()) {
            let known = mention.actor.id.as_deref().and_then(|id| world.dictionary.entry(id));
            let armed = mention.kind.has_members() && !matches!(mention.kind, ActorKind::Military | ActorKind::Police);
            match known.filter(|_| armed) {
                Some(entry) => entry.active.iter().for_each(|c| add(c, 0.75 / entry.active.len().pow(2) as f64)),
                None => mention.actor.country.iter().for_each(|c| add(c, 1.0)),
            }
        }
    }
    if let Some(country) = dateline_country(world, document) {
        *leads.entry(country).or_insert(0.0) += 2.0;
    }
    leads
}

/// The states whose adjectives stand in a sentence.
fn peoples(dictionary: &Dictionary, grammar: &Grammar, matches: &[Match]) -> Vec<(usize, Actor)> {
    let mut found = Vec::new();
    for name in matches {
        let Some(Named::Known(Target::Demonym(at))) = name.named.first() else { continue };
        let state = dictionary.country_at(*at).and_then(|c| dictionary.entry(&c.iso3.to_lowercase()));
        if let Some(entry) = state {
            found.push((name.end - 1, entry_actor(entry, grammar.words(name.first, name.end))));
        }
    }
    found
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
