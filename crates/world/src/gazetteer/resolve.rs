//! Which of the places of a name a report means.
//!
//! All names of a report are settled together. Each candidate gets a score from what is known of it alone (class, population, how exactly
//! it bears the name) and from the report (the countries it speaks of, the containing place that the phrase names). Then, twice over, what
//! the other names were settled to counts too: their countries, their units, their nearness. This is the usual recipe of toponym
//! resolution, population prior with one-referent-per-discourse and minimal spread (Leidner 2007, 'Toponym Resolution in Text').

use super::support::{Support, unit_of};
use super::{Candidate, Class, Gazetteer, Relation, fold};
use griot_types::{Place, SmolStr};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a report says as a whole about where it plays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceContext {
    /// Countries (alpha-3) that the report names, or whose people, government or groups it names, and how often: [`NAMED`] for each time,
    /// less for what only makes a country likely.
    pub countries: Vec<(SmolStr, u32)>,
    /// The country it was written in.
    pub dateline: Option<SmolStr>,
}

/// One mention of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceName<'t> {
    /// The report's words: 'near Koutougou'.
    pub words: &'t str,
    /// The name in them: 'Koutougou'.
    pub name: &'t str,
    /// The second name, where the place lies between two or on their border.
    pub other: Option<&'t str>,
    /// The place that the phrase says it lies in: 'Mali' for 'Gao, Mali' and 'Gao in northern Mali'.
    pub within: Option<&'t str>,
    /// The country that it must lie in, alpha-3, where the caller knows.
    pub hint_country: Option<&'t str>,
    /// The state, alpha-3, that it is, or whose capital it is, unless the report plays around another place of that name.
    pub state: Option<&'t str>,
    /// What the words say of the point.
    pub relation: Relation,
}

impl<'t> PlaceName<'t> {
    /// A bare name.
    pub fn new(name: &'t str) -> PlaceName<'t> {
        PlaceName { words: name, name, other: None, within: None, hint_country: None, state: None, relation: Relation::At }
    }
}

/// Score for lying in a country that the report speaks of most; less, down to half, for one that it speaks of less.
const CONTEXT: f64 = 5.0;
/// Score for lying where the phrase itself says.
const WITHIN: f64 = 8.0;
/// Score of a capital or a city of a million: what an English reader thinks of first.
const FAMOUS: f64 = 2.5;
/// On top of that for a capital of two million.
const METROPOLIS: f64 = 1.5;
/// Score of a state's or a capital's name for that state: what nearness and company must outweigh.
const KNOWN: f64 = 2.0;
/// Score for being the place of that name which the report has told apart elsewhere ('Paris, Texas').
const TOLD: f64 = 6.0;
/// Cost of each letter that differs.
const EDIT: f64 = 1.5;
/// What sounding alike gives back of that.
const SOUND: f64 = 1.2;
/// Highest score for lying close to another place of the report.
const NEARNESS: f64 = 3.0;
/// Distance over which nearness falls to a third, km.
const NEAR_KM: f64 = 150.0;
/// Highest score for lying in the country of the report's other places.
const COMPANY: f64 = 4.0;
/// Highest score for lying in the unit of the report's other places.
const UNIT: f64 = 3.5;
/// How often company is looked at again after names were settled by it.
const ROUNDS: usize = 3;
/// Within this distance, km, two places are in one part of the world.
const REGION_KM: f64 = 2000.0;
/// A town of this size is known beyond its district.
const SEEN: u32 = 5_000;
/// What one naming of a country counts in [`PlaceContext`].
pub const NAMED: u32 = 3;
/// How many names before and after one are looked at: keeps the work linear in the length of a report.
const WINDOW: usize = 40;

/// What a phrase says that a place lies in.
struct Within {
    /// Its folded name.
    name: String,
    /// The countries of that name, or that the region of that name lies in.
    countries: Vec<SmolStr>,
    /// The first-level units of that name.
    units: Vec<Candidate>,
}

impl Within {
    fn holds(&self, candidate: &Candidate) -> bool {
        if candidate.class != Class::Country && self.countries.iter().any(|country| candidate.is_in(country)) {
            return true;
        }
        let is_unit = |unit: &str| fold(unit) == self.name || fold(unit).strip_suffix(" region") == Some(self.name.as_str());
        candidate.class != Class::Admin1
            && candidate.admin1.as_deref().is_some_and(|unit| is_unit(unit) || self.units.iter().any(|u| u.name == unit))
    }
}

/// A name that is settled once for all its mentions in the report.
pub(super) struct Group<'m> {
    mention: PlaceName<'m>,
    /// How often it stands in the report.
    mentions: u32,
    /// What the phrase says it lies in.
    within: Option<Within>,
    pub candidates: Vec<Candidate>,
    /// Score of each candidate without company.
    alone: Vec<f64>,
    /// Score with company, as last counted.
    scores: Vec<f64>,
    best: Option<usize>,
}

/// What a mention was settled to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranked {
    /// The likeliest place; `None` where the gazetteer knows no place that fits.
    pub place: Option<Place>,
    /// The other places that the name could mean, the likeliest first; at most [`OTHERS`].
    pub others: Vec<Candidate>,
}

/// How many other candidates are kept for the reviewer.
pub const OTHERS: usize = 4;

/// What a name was settled to, and whether its phrase says where it lies.
struct Settled {
    place: Candidate,
    told: bool,
}

/// A town of this size that bears the name exactly is rather meant than a misspelt hamlet, wherever it lies.
const TOWN: u32 = 100_000;

/// What makes two mentions one: the folded name, the unit and the country beside it, whether it is a unit itself.
type Key<'m> = (String, Option<&'m str>, Option<&'m str>, Option<&'m str>, bool);

impl Gazetteer {
    /// Settles all mentions of one report, in the order of the text; `None` where the gazetteer knows no place that fits.
    pub fn resolve(&self, mentions: &[PlaceName<'_>], context: &PlaceContext) -> Vec<Option<Place>> {
        self.rank(mentions, context).into_iter().map(|ranked| ranked.place).collect()
    }

    /// The same with the candidates that were passed over.
    pub fn rank(&self, mentions: &[PlaceName<'_>], context: &PlaceContext) -> Vec<Ranked> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut known: HashMap<Key<'_>, usize> = HashMap::new();
        let mut group_of = Vec::with_capacity(mentions.len());
        let told = inherited(mentions);
        for mention in &told {
            let is_unit = matches!(mention.relation, Relation::Unit(_));
            let key = (fold(mention.name), mention.within, mention.hint_country, mention.state, is_unit);
            let number = *known.entry(key).or_insert_with(|| {
                groups.push(Group {
                    mention: *mention,
                    mentions: 0,
                    within: None,
                    candidates: Vec::new(),
                    alone: Vec::new(),
                    scores: Vec::new(),
                    best: None,
                });
                groups.len() - 1
            });
            groups[number].mentions += 1;
            group_of.push(number);
        }
        for group in &mut groups {
            group.candidates = self.exact(&group.mention);
            group.within = group.mention.within.map(|name| self.within(name));
            self.keep_within(group);
        }
        self.settle(&mut groups, context);
        let places = told.iter().zip(&group_of).map(|(mention, &number)| {
            let group = &groups[number];
            let place = match group.best {
                Some(best) => Some(self.place(mention, &group.candidates[best], context)),
                None => group.within.as_ref().and_then(|within| self.unknown_within(mention, within)),
            };
            Ranked { place, others: group.others() }
        });
        places.collect()
    }

    /// What a phrase says that a place lies in.
    fn within(&self, name: &str) -> Within {
        let mut within = Within { name: fold(name), countries: Vec::new(), units: Vec::new() };
        for container in self.lookup(name) {
            match container.class {
                Class::Region if container.precision == 4 && container.also.is_empty() => {
                    within.countries.push(container.country.clone());
                    within.units.push(container);
                }
                Class::Country | Class::Region => within.countries.extend(container.also.into_iter().chain([container.country])),
                Class::Admin1 => within.units.push(container),
                _ => {}
            }
        }
        within
    }

    /// Of the places of a name those that lie where the phrase says; where there is none, those there whose name is a letter or two off. A place
    /// beyond that border is not what is meant, however it is called.
    fn keep_within(&self, group: &mut Group<'_>) {
        let Some(within) = group.within.as_ref().filter(|within| !within.countries.is_empty() || !within.units.is_empty()) else { return };
        if group.candidates.iter().any(|c| within.holds(c)) {
            group.candidates.retain(|c| within.holds(c));
            return;
        }
        // 'Ghana, Guinea and Mali' are neighbours.
        let is_equal = |c: &Candidate| is_famous(c) || c.class == Class::Admin1;
        if group.candidates.iter().any(is_equal) {
            group.within = None;
            return;
        }
        let countries: Vec<&str> = within.units.iter().map(|unit| &unit.country).chain(&within.countries).map(SmolStr::as_str).collect();
        group.candidates = self.lookup_fuzzy(group.mention.name, &countries).into_iter().filter(|c| within.holds(c)).collect();
    }

    /// A place that the gazetteer lacks, in a unit or a country that it has: their point, and where_prec says how rough that is.
    fn unknown_within(&self, mention: &PlaceName<'_>, within: &Within) -> Option<Place> {
        let country = |within: &Within| match &within.countries[..] {
            [country] => self.country(country),
            _ => None,
        };
        // A unit's name may stand for a region of the codebook too.
        let of_one = |unit: &Candidate| within.units.iter().map(|u| &u.country).chain(&within.countries).all(|c| *c == unit.country);
        let container = match within.units.first().filter(|unit| of_one(unit)) {
            Some(unit) => unit.clone(),
            None => country(within)?,
        };
        let unit = container.unit().or((container.class == Class::Region).then_some(&container.name));
        Some(Place {
            text: mention.words.to_owned(),
            name: mention.name.to_owned(),
            country: Some(container.country.clone()),
            admin1: unit.map(SmolStr::to_string),
            latitude: Some(container.latitude),
            longitude: Some(container.longitude),
            precision: Some(container.precision),
            geonames: None,
        })
    }

    /// The places that bear the mention's name, with its unit's word or without.
    fn exact(&self, mention: &PlaceName<'_>) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = self.lookup(mention.name).collect();
        if matches!(mention.relation, Relation::Unit(_) | Relation::Site) {
            let more: Vec<Candidate> = self.lookup(mention.words).filter(|c| !found.contains(c)).collect();
            found.extend(more);
        }
        // Of a country and its town of the same name (Mexico, Luxembourg), the bare name means the country.
        let countries: Vec<SmolStr> = found.iter().filter(|c| c.class == Class::Country).map(|c| c.country.clone()).collect();
        found.retain(|c| !matches!(c.class, Class::Capital | Class::Seat | Class::Populated) || !countries.contains(&c.country));
        if matches!(mention.relation, Relation::Unit(_)) {
            let is_unit = |c: &Candidate| matches!(c.class, Class::Admin1 | Class::Admin2 | Class::Region);
            let has_unit = found.iter().any(is_unit);
            let has_other = found.iter().any(|c| c.class != Class::Country);
            found.retain(|c| if has_unit { is_unit(c) } else { !has_other || c.class != Class::Country });
        }
        found
    }

    fn settle(&self, groups: &mut [Group<'_>], context: &PlaceContext) {
        let mut counts: BTreeMap<SmolStr, u32> = BTreeMap::new();
        for (country, count) in &context.countries {
            *counts.entry(country.clone()).or_insert(0) += count;
        }
        if let Some(country) = &context.dateline {
            *counts.entry(country.clone()).or_insert(0) += NAMED;
        }
        for group in groups.iter_mut() {
            let weights = without_own(&counts, group);
            self.add_fuzzy(group, &weights);
            group.score_alone(&weights);
        }
        let support = Support::of(groups);
        for (number, group) in groups.iter_mut().enumerate() {
            let scores: Vec<f64> = group.candidates.iter().zip(&group.alone).map(|(c, score)| score + support.score(number, c)).collect();
            group.best = best(&scores);
            group.scores = scores;
        }
        let speaks_of_none = counts.values().all(|count| *count == 0);
        for _ in 0..ROUNDS {
            let settled: Vec<Option<Settled>> = groups.iter().map(Group::settled).collect();
            if speaks_of_none {
                self.add_company_fuzzy(groups, &settled);
            }
            // What turned out to be another place of a state's or capital's name says nothing of that state.
            let mut weights = counts.clone();
            for group in groups.iter().filter(|g| !g.is_state()) {
                take(&mut weights, group);
            }
            for (number, group) in groups.iter_mut().enumerate() {
                group.score_alone(&if group.is_state() { without_own(&weights, group) } else { weights.clone() });
                let is_state = group.mention.state.is_some();
                let scores: Vec<f64> =
                    group.candidates.iter().zip(&group.alone).map(|(c, score)| score + company(c, is_state, number, &settled)).collect();
                group.best = best(&scores);
                group.scores = scores;
            }
        }
    }

    /// Adds misspelt names of the countries that the report speaks of, unless one of them, or a place that everyone knows, bears the name.
    fn add_fuzzy(&self, group: &mut Group<'_>, weights: &BTreeMap<SmolStr, u32>) {
        let mut countries: Vec<&str> = weights.keys().map(SmolStr::as_str).collect();
        if let Some(hint) = group.mention.hint_country.or(group.mention.state) {
            countries = vec![hint];
        }
        let is_known =
            group.candidates.iter().any(|c| is_famous(c) || c.population >= TOWN || countries.iter().any(|country| c.is_in(country)));
        let is_bound = group.within.as_ref().is_some_and(|within| !within.countries.is_empty() || !within.units.is_empty());
        if !countries.is_empty() && !is_known && !is_bound {
            let near = |a: &Candidate, b: &Candidate| {
                a.population >= SEEN && distance_km((a.latitude, a.longitude), (b.latitude, b.longitude)) < REGION_KM
            };
            let exact = group.candidates.len();
            for other in self.lookup_fuzzy(group.mention.name, &countries) {
                // A town of just this name in the same part of the world is meant, on whichever side of a border.
                if !group.candidates[..exact].iter().any(|c| near(c, &other)) {
                    group.candidates.push(other);
                }
            }
        }
    }

    /// Where the caller knows no country, the report's other places say in which countries to look for names that nothing bears exactly.
    fn add_company_fuzzy(&self, groups: &mut [Group<'_>], settled: &[Option<Settled>]) {
        let weights: BTreeMap<SmolStr, u32> =
            settled.iter().flatten().map(|s| &s.place).filter(|c| !c.country.is_empty()).map(|c| (c.country.clone(), 1)).collect();
        for group in groups.iter_mut().filter(|g| g.candidates.is_empty()) {
            self.add_fuzzy(group, &weights);
            group.score_alone(&BTreeMap::new());
        }
    }

    /// The claim's place for a mention that was settled to a candidate.
    fn place(&self, mention: &PlaceName<'_>, candidate: &Candidate, context: &PlaceContext) -> Place {
        let mut place = Place {
            text: mention.words.to_owned(),
            name: candidate.name.to_string(),
            country: (candidate.also.is_empty() && !candidate.country.is_empty()).then(|| candidate.country.clone()),
            admin1: candidate.admin1.as_ref().map(SmolStr::to_string),
            latitude: Some(candidate.latitude),
            longitude: Some(candidate.longitude),
            precision: Some(precision(mention.relation, candidate)),
            geonames: candidate.geonames,
        };
        let hint = mention.hint_country.or(mention.state);
        if place.country.is_none() && hint.is_some_and(|hint| candidate.is_in(hint)) {
            place.country = hint.map(SmolStr::from);
        }
        match mention.relation {
            Relation::Between => {
                let other = mention.other.and_then(|other| self.nearest(other, candidate));
                (place.latitude, place.longitude) = match other {
                    Some((latitude, longitude)) => (Some(latitude), Some(longitude)),
                    None => (None, None),
                };
                place.geonames = None;
            }
            Relation::Border => self.put_on_border(&mut place, mention, candidate, context),
            Relation::Coast => (place.latitude, place.longitude) = (None, None),
            _ => {}
        }
        place
    }

    /// The point half-way to the nearest place of a name, if one is within a day's drive (600 km).
    fn nearest(&self, name: &str, from: &Candidate) -> Option<(f64, f64)> {
        let distance = |c: &Candidate| distance_km((c.latitude, c.longitude), (from.latitude, from.longitude));
        let other = self.lookup(name).filter(|c| c.class != Class::Country).min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        (distance(&other) < 600.0).then(|| ((from.latitude + other.latitude) / 2.0, (from.longitude + other.longitude) / 2.0))
    }

    /// A border is a line between two countries, and no point of it is known. Which side it is on is what the report speaks of more.
    fn put_on_border(&self, place: &mut Place, mention: &PlaceName<'_>, candidate: &Candidate, context: &PlaceContext) {
        (place.latitude, place.longitude) = (None, None);
        let count = |country: &str| context.countries.iter().find(|(code, _)| code == country).map_or(0, |(_, count)| *count);
        let other = match mention.other {
            Some(name) => self.lookup(name).find(|c| c.class == Class::Country),
            None => {
                let others = context.countries.iter().filter(|(code, count)| *code != candidate.country && *count > 0);
                let top = others.max_by_key(|(code, count)| (*count, std::cmp::Reverse(code.clone())));
                top.and_then(|(code, _)| self.country(code))
            }
        };
        let Some(other) = other else {
            (place.country, place.geonames) = (None, None);
            return;
        };
        let is_other_side = mention.other.is_none() || count(&other.country) > count(&candidate.country);
        if candidate.class == Class::Country && is_other_side {
            (place.name, place.country, place.geonames) = (other.name.to_string(), Some(other.country), other.geonames);
        }
    }
}

/// The mentions, a bare name with what the last phrase of that name (or else the first after it) said that it lies in: 'Palma in Cabo Delgado',
/// then 'Palma'. States and capitals are not called after what they lie in.
fn inherited<'t>(mentions: &[PlaceName<'t>]) -> Vec<PlaceName<'t>> {
    let names: Vec<String> = mentions.iter().map(|mention| fold(mention.name)).collect();
    let mut last: HashMap<&str, &'t str> = HashMap::new();
    for (mention, name) in mentions.iter().zip(&names).rev() {
        if let Some(within) = mention.within {
            last.insert(name, within);
        }
    }
    let mut told = mentions.to_vec();
    for (mention, name) in told.iter_mut().zip(&names) {
        match mention.within {
            Some(within) => {
                last.insert(name, within);
            }
            None if mention.state.is_none() && !matches!(mention.relation, Relation::Unit(_) | Relation::Border) => {
                mention.within = last.get(name.as_str()).copied();
            }
            None => {}
        }
    }
    told
}

/// The counts of countries without what a group's own mentions brought to them: a name is no evidence for itself.
fn without_own(counts: &BTreeMap<SmolStr, u32>, group: &Group<'_>) -> BTreeMap<SmolStr, u32> {
    let mut counts = counts.clone();
    take(&mut counts, group);
    counts
}

/// Takes a group's own mentions off the counts of countries.
fn take(counts: &mut BTreeMap<SmolStr, u32>, group: &Group<'_>) {
    if let Some(count) = group.mention.state.and_then(|state| counts.get_mut(state)) {
        *count = count.saturating_sub(group.mentions * NAMED);
    }
    counts.retain(|_, count| *count > 0);
}

impl Group<'_> {
    /// Whether it is settled to the state, or the state's capital, that bears its name.
    fn is_state(&self) -> bool {
        let best = self.best.map(|best| &self.candidates[best]);
        self.mention.state.is_some_and(|state| best.is_some_and(|c| is_of_state(c, state)))
    }

    /// The units in which its candidates lie, each once.
    pub fn units(&self) -> BTreeSet<(SmolStr, SmolStr)> {
        self.candidates.iter().filter_map(unit_of).collect()
    }

    /// The candidates besides the best, the likeliest first, places of one point once.
    fn others(&self) -> Vec<Candidate> {
        let mut order: Vec<usize> = (0..self.candidates.len().min(self.scores.len())).collect();
        order.sort_by(|a, b| self.scores[*b].total_cmp(&self.scores[*a]).then(a.cmp(b)));
        let mut others: Vec<Candidate> = Vec::new();
        for candidate in order.into_iter().filter(|at| Some(*at) != self.best).map(|at| &self.candidates[at]) {
            if others.len() < OTHERS && !others.iter().any(|o| o.latitude == candidate.latitude && o.longitude == candidate.longitude) {
                others.push(candidate.clone());
            }
        }
        others
    }

    fn settled(&self) -> Option<Settled> {
        Some(Settled { place: self.candidates[self.best?].clone(), told: self.within.is_some() })
    }

    fn score_alone(&mut self, weights: &BTreeMap<SmolStr, u32>) {
        let most = weights.values().copied().max().unwrap_or(0);
        let mention = &self.mention;
        let mut scores: Vec<f64> = Vec::with_capacity(self.candidates.len());
        for candidate in &self.candidates {
            let mut score = prior(candidate) - EDIT * f64::from(candidate.edits);
            if candidate.edits > 0 && candidate.sounds_alike {
                score += SOUND;
            }
            let weight = weights.iter().filter(|(country, _)| candidate.is_in(country)).map(|(_, &count)| count).max();
            // Many villages of the world are called as states are. A state's name beside another's means no village there.
            let as_state = mention.state.is_some() && is_little_namesake(candidate);
            if let Some(count) = weight.filter(|_| !as_state) {
                score += CONTEXT * (0.5 + 0.5 * f64::from(count) / f64::from(most));
            }
            if let Some(hint) = mention.hint_country {
                score += if candidate.is_in(hint) { WITHIN } else { -WITHIN };
            }
            if mention.state.is_some_and(|state| is_of_state(candidate, state)) {
                score += KNOWN;
            }
            if self.within.as_ref().is_some_and(|within| within.holds(candidate)) {
                score += WITHIN;
            }
            if let Relation::Unit(precision) = mention.relation {
                score += if candidate.precision == precision { 4.0 } else { 0.0 };
            }
            scores.push(score);
        }
        self.alone = scores;
        if !matches!(mention.relation, Relation::Unit(_)) {
            self.prefer_seats();
        }
    }

    /// A unit and the town it is called after are near each other, and the bare name means the town.
    fn prefer_seats(&mut self) {
        for unit in 0..self.candidates.len() {
            if !matches!(self.candidates[unit].class, Class::Admin1 | Class::Admin2) {
                continue;
            }
            let score = self.alone[unit];
            let at = (self.candidates[unit].latitude, self.candidates[unit].longitude);
            let country = self.candidates[unit].country.clone();
            let towns = self.candidates.iter().enumerate().filter(|(_, c)| {
                matches!(c.class, Class::Capital | Class::Seat | Class::Populated)
                    && c.country == country
                    && c.edits == 0
                    && distance_km((c.latitude, c.longitude), at) < 400.0
            });
            if let Some((town, _)) = towns.max_by_key(|(index, c)| (c.population, std::cmp::Reverse(*index))) {
                self.alone[town] = self.alone[town].max(score + 0.2);
            }
        }
    }
}

/// Whether a place is this state or its capital.
fn is_of_state(candidate: &Candidate, state: &str) -> bool {
    candidate.country == state && matches!(candidate.class, Class::Country | Class::Capital)
}

/// Whether no reader who sees a state's name thinks of it: few beyond its district know it, or its own name is another ('Benin' for Benin City).
fn is_little_namesake(candidate: &Candidate) -> bool {
    !matches!(candidate.class, Class::Country | Class::Region | Class::Admin1 | Class::Capital)
        && (candidate.population < TOWN || !candidate.is_main_name)
}

/// What is known of a place without any report.
fn prior(candidate: &Candidate) -> f64 {
    let class = match candidate.class {
        Class::Country => 7.0,
        Class::Region => 5.0,
        Class::Admin1 => 0.5,
        Class::Capital => 1.5,
        Class::Seat => 0.8,
        Class::Populated => 0.3,
        Class::Admin2 => 0.2,
        Class::Area => -0.3,
        Class::Site => -0.8,
        Class::Other => -1.0,
    };
    let people = match candidate.class {
        Class::Capital | Class::Seat | Class::Populated | Class::Admin1 => 0.6 * (f64::from(candidate.population) + 1.0).log10(),
        // Only to choose between countries of one name.
        Class::Country => 0.1 * (f64::from(candidate.population) + 1.0).log10(),
        _ => 0.0,
    };
    let famous = if is_famous(candidate) && candidate.class > Class::Region { FAMOUS } else { 0.0 };
    let famous = if candidate.class == Class::Capital && candidate.population >= 2_000_000 { famous + METROPOLIS } else { famous };
    let main = if candidate.is_main_name { 0.5 } else { 0.0 };
    class + people + famous + main
}

/// Whether an English reader thinks of it whatever the report is about.
fn is_famous(candidate: &Candidate) -> bool {
    match candidate.class {
        Class::Country | Class::Region => true,
        Class::Capital => candidate.population >= 100_000,
        Class::Seat | Class::Populated => candidate.population >= 1_000_000,
        _ => false,
    }
}

/// What the report's other names say for a candidate.
fn company(candidate: &Candidate, is_state: bool, number: usize, settled: &[Option<Settled>]) -> f64 {
    let from = number.saturating_sub(WINDOW);
    let others = settled.iter().enumerate().skip(from).take(2 * WINDOW + 1).filter(|(other, _)| *other != number);
    let own_unit = candidate.unit();
    let (mut nearest, mut all, mut same_country, mut fine, mut same_unit, mut told) = (f64::MAX, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (_, other) in others {
        let Some(Settled { place: other, told: is_told }) = other else { continue };
        all += 1.0;
        let coarse = matches!(other.class, Class::Country | Class::Region);
        if candidate.is_in(&other.country) && !(coarse && is_state && is_little_namesake(candidate)) {
            same_country += 1.0;
        }
        if coarse {
            continue;
        }
        fine += 1.0;
        if own_unit.is_some() && other.unit() == own_unit && other.country == candidate.country {
            same_unit += 1.0;
        }
        if *is_told && other.geonames == candidate.geonames && other.geonames.is_some() {
            told = TOLD;
        }
        nearest = nearest.min(distance_km((candidate.latitude, candidate.longitude), (other.latitude, other.longitude)));
    }
    if all == 0.0 || candidate.class == Class::Country {
        return 0.0;
    }
    let unit = if fine > 0.0 { UNIT * same_unit / fine } else { 0.0 };
    NEARNESS * (-nearest / NEAR_KM).exp() + COMPANY * same_country / all + unit + told
}

/// The first of the highest scores.
fn best(scores: &[f64]) -> Option<usize> {
    let mut best = None;
    for (index, &score) in scores.iter().enumerate() {
        if best.is_none_or(|best: usize| score > scores[best]) {
            best = Some(index);
        }
    }
    best
}

/// UCDP's where_prec for a phrase about a place.
fn precision(relation: Relation, candidate: &Candidate) -> u8 {
    let own = candidate.precision;
    match relation {
        Relation::At => own,
        Relation::Site => 1,
        Relation::Near => own.max(2),
        Relation::Direction | Relation::Part if own == 6 => 5,
        Relation::Direction => own.max(2),
        Relation::Part => own,
        Relation::Unit(precision) if own < 5 => precision,
        Relation::Unit(_) => own,
        Relation::Between | Relation::Border => 5,
        Relation::Coast => 7,
    }
}

/// The distance between two points (degrees north and east) on a sphere, in km.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let chord = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    2.0 * 6371.0 * chord.clamp(0.0, 1.0).sqrt().asin()
}
