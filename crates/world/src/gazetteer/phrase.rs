//! The words around a name that belong to its place phrase: 'near Koutougou', 'Mopti region', '20 km north of Gao', 'the Mali-Niger border'.
//!
//! The grammar is over tokens, not the tree: these phrases are short and fixed, and a tree that is wrong elsewhere does no harm. Its words
//! are in `codebook/regions.toml`.

use super::regions::Words;
use super::{Candidate, Class, Gazetteer, PlaceName};
use griot_types::{Sentence, Span, Upos};

/// What a place phrase says of the point that its name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is there: 'in Gao', 'the city of Gao', 'Mali'.
    At,
    /// Close to it: 'near Koutougou', 'on the outskirts of Gao'.
    Near,
    /// In a part of it: 'northern Mali', 'the north of Mali', 'Mali's north'.
    Part,
    /// Away from it: 'north of Gao', '20 km from Gao'.
    Direction,
    /// In the unit that is called so, with its where_prec: 'Mopti region' 4, 'Bankass cercle' 3.
    Unit(u8),
    /// At an installation that is called after it: 'Gao airport'.
    Site,
    /// On the way from one to the other: 'between Gao and Kidal', 'the Gao-Kidal road'.
    Between,
    /// On a border of it: 'the Mali-Niger border', 'near the border with Niger'.
    Border,
    /// On the sea before it: 'off the coast of Somalia'.
    Coast,
}

/// A name with the words around it that belong to the place phrase. Offsets are UTF-8 bytes of the report's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacePhrase {
    /// The claim's words: with 'near' and the like, without 'in' and 'at'.
    pub span: Span,
    /// The tokens that the phrase touches, `first..end` of its sentence.
    pub first: usize,
    /// One past the last of them.
    pub end: usize,
    /// The name alone.
    pub name: Span,
    /// The second name of a stretch or a border. The phrase of that name has the same span.
    pub other: Option<Span>,
    /// What the words say it lies in: 'Mali' in 'Gao in northern Mali'.
    pub within: Option<Span>,
    /// What is said of the point.
    pub relation: Relation,
}

impl PlacePhrase {
    /// The mention to be resolved.
    pub fn mention<'t>(&self, text: &'t str) -> PlaceName<'t> {
        PlaceName {
            words: self.span.of(text),
            name: self.name.of(text),
            other: self.other.map(|span| span.of(text)),
            within: self.within.map(|span| span.of(text)),
            hint_country: None,
            state: None,
            relation: self.relation,
        }
    }
}

/// A town with fewer people lends its name to nothing that a report would name without it.
const STEM: u32 = 10_000;
/// A list of units has at most so many names.
const MOST_LISTED: usize = 12;

/// One sentence being read.
struct Reader<'g> {
    gazetteer: &'g Gazetteer,
    words: &'g Words,
    text: &'g str,
    sentence: &'g Sentence,
    forms: Vec<String>,
}

impl Gazetteer {
    /// The place phrase around the name at tokens `first..end` of a sentence of `text`.
    ///
    /// Two names of one phrase ('between Gao and Kidal') give phrases of the same span; the caller keeps one.
    pub fn phrase(&self, text: &str, sentence: &Sentence, first: usize, end: usize) -> PlacePhrase {
        let forms = (0..sentence.tokens.len()).map(|i| sentence.form(i, text).to_lowercase().replace('’', "'")).collect();
        Reader { gazetteer: self, words: &self.words, text, sentence, forms }.read(first, end)
    }

    /// Whether the word at a token says that the name before it is a place where people live or camp.
    pub fn is_settlement(&self, text: &str, sentence: &Sentence, token: usize) -> bool {
        let word = |at: usize| sentence.tokens.get(at).map(|t| t.span.of(text).to_lowercase());
        let (Some(one), two) = (word(token), word(token + 1)) else { return false };
        let both = two.map(|two| format!("{one} {two}"));
        self.words.settlements.iter().any(|entry| *entry == one || both.as_ref() == Some(entry))
    }

    /// Whether a preposition takes places and no persons: 'in', 'near'.
    pub fn takes_places(&self, preposition: &str) -> bool {
        self.words.located.iter().any(|word| word == preposition)
    }

    /// Whether the object of a verb is mostly a place where it is a name: 'left Gao', 'shelled Goma'.
    pub fn takes_place_object(&self, verb: &str) -> bool {
        self.words.taken.iter().any(|word| word == verb)
    }

    /// The where_prec of a word for an administrative unit ('region' 4, 'district' 3); `None` for other words.
    pub fn unit_word(&self, word: &str) -> Option<u8> {
        let word = word.to_lowercase();
        self.words.unit.iter().find(|unit| unit.words.contains(&word)).map(|unit| unit.precision)
    }
}

impl Reader<'_> {
    fn read(&self, first: usize, end: usize) -> PlacePhrase {
        let last = self.sentence.tokens.len();
        let end = end.clamp(0, last);
        let first = first.min(end.saturating_sub(1));
        let (from, to) = self.trim(first, end);
        let mut phrase = PlacePhrase {
            span: self.cover(from, to),
            first: from,
            end: to,
            name: self.cover(from, to),
            other: None,
            within: self.owner(from),
            relation: Relation::At,
        };
        if self.border(&mut phrase) || self.stretch(&mut phrase) {
            return phrase;
        }
        self.name_parts(&mut phrase);
        self.stem(&mut phrase);
        self.right(&mut phrase);
        self.left(&mut phrase);
        phrase
    }

    fn form(&self, token: usize) -> &str {
        self.forms.get(token).map_or("", String::as_str)
    }

    /// The form of the token so far before another; empty beyond the sentence's start.
    fn before(&self, token: usize, back: usize) -> &str {
        token.checked_sub(back).map_or("", |token| self.form(token))
    }

    fn cover(&self, first: usize, end: usize) -> Span {
        if first < end && end <= self.sentence.tokens.len() { self.sentence.cover(first, end) } else { Span::default() }
    }

    /// Whether the gazetteer has the words of these tokens as a name.
    fn knows(&self, first: usize, end: usize) -> bool {
        first < end && self.gazetteer.knows(self.cover(first, end).of(self.text))
    }

    /// How many tokens from `start` on one of the entries covers; the longest; 0 for none. Entries of several words are split at spaces,
    /// and a hyphenated token that the tokenizer split counts as one word.
    fn starts(&self, list: &[String], start: usize) -> usize {
        list.iter().filter_map(|entry| self.covers(entry, start)).max().unwrap_or(0)
    }

    fn covers(&self, entry: &str, start: usize) -> Option<usize> {
        let mut token = start;
        for word in entry.split(' ') {
            let mut rest = word;
            while !rest.is_empty() {
                rest = rest.strip_prefix(self.form(token)).filter(|_| !self.form(token).is_empty())?;
                token += 1;
            }
        }
        Some(token - start)
    }

    /// How many tokens up to `end` one of the entries covers; the longest; 0 for none.
    fn ends(&self, list: &[String], end: usize) -> usize {
        (1..=end.min(8)).rev().find(|&count| list.iter().any(|entry| self.covers(entry, end - count) == Some(count))).unwrap_or(0)
    }

    fn is_article(&self, token: usize) -> bool {
        matches!(self.form(token), "the" | "a" | "an")
    }

    /// Article before and possessive mark behind are no part of a name.
    fn trim(&self, first: usize, end: usize) -> (usize, usize) {
        let (mut from, mut to) = (first, end);
        while to > from + 1 && matches!(self.form(to - 1), "'s" | "'" | "," | ".") {
            to -= 1;
        }
        while from + 1 < to && self.is_article(from) {
            from += 1;
        }
        (from, to)
    }

    fn is_capital(&self, token: usize) -> bool {
        self.cover(token, token + 1).of(self.text).chars().next().is_some_and(char::is_uppercase)
    }

    /// The longest known name that starts at a token; a run of capitalised proper nouns where none is known.
    fn name_from(&self, start: usize) -> Option<(usize, usize)> {
        let start = if self.is_article(start) { start + 1 } else { start };
        if start >= self.sentence.tokens.len() || !self.is_capital(start) {
            return None;
        }
        if let Some(name) = self.sentence.names.iter().find(|name| name.first as usize == start) {
            return Some((start, name.end as usize));
        }
        let limit = (start + 4).min(self.sentence.tokens.len());
        let known = (start + 1..=limit).rev().find(|&end| self.is_capital(end - 1) && self.knows(start, end));
        known.map(|end| (start, end))
    }

    /// The longest known name that ends before a token.
    fn name_to(&self, end: usize) -> Option<(usize, usize)> {
        if end == 0 || !self.is_capital(end - 1) {
            return None;
        }
        if let Some(name) = self.sentence.names.iter().find(|name| name.end as usize == end) {
            return Some((name.first as usize, end));
        }
        (end.saturating_sub(4)..end).find(|&first| self.is_capital(first) && self.knows(first, end)).map(|first| (first, end))
    }

    /// 'Mali's northern Gao region': the owner is where it lies.
    fn owner(&self, first: usize) -> Option<Span> {
        let mut token = first;
        while token > 0 && self.ends(&self.words.parts, token) > 0 {
            token -= self.ends(&self.words.parts, token);
        }
        if !matches!(self.before(token, 1), "'s" | "'") {
            return None;
        }
        let (from, to) = self.name_to(token - 1)?;
        self.is_wide(from, to).then(|| self.cover(from, to))
    }

    /// Whether the words name a country, a first-level unit or a region.
    fn is_wide(&self, first: usize, end: usize) -> bool {
        let name = self.cover(first, end);
        self.gazetteer.lookup(name.of(self.text)).any(|c| matches!(c.class, Class::Country | Class::Admin1 | Class::Region))
    }

    /// Moves the phrase's start, and with it its words.
    fn extend_left(&self, phrase: &mut PlacePhrase, first: usize) {
        phrase.first = first;
        phrase.span = phrase.span.cover(self.cover(first, first + 1));
    }

    /// Moves the phrase's end, and with it its words.
    fn extend_right(&self, phrase: &mut PlacePhrase, end: usize) {
        phrase.end = end;
        phrase.span = phrase.span.cover(self.cover(end - 1, end));
    }

    /// Takes parts and units inside the name off it: 'Northern Mali', 'Mopti Region'; 'Mali-Niger' is handled before.
    fn name_parts(&self, phrase: &mut PlacePhrase) {
        let (mut from, mut to) = (phrase.first, phrase.end);
        if to - from < 2 {
            return;
        }
        let part = self.starts(&self.words.parts, from);
        if part > 0 && from + part < to && !self.knows(from, to) {
            from += part;
            phrase.relation = Relation::Part;
        }
        let units = self.ends(&self.unit_words(), to);
        if units > 0 && from + units < to {
            phrase.relation = Relation::Unit(self.unit_precision(to - units, from, to - units));
            if !self.knows(from, to) {
                to -= units;
            }
        } else {
            let sites = self.ends(&self.words.sites, to);
            if sites > 0 && from + sites < to {
                phrase.relation = Relation::Site;
                to -= if self.knows(from, to) { 0 } else { sites };
            }
        }
        phrase.name = self.cover(from, to);
    }

    /// A name that nobody knows and that begins with a town's or a unit's is that of something there: 'Bukavu Central Prison'.
    fn stem(&self, phrase: &mut PlacePhrase) {
        let (from, to) = (phrase.first, phrase.end);
        let plain = (from..to).all(|token| self.is_capital(token));
        // 'Tarmuwa Kolo village' and 'Zamzam Adra in Darfur' are places of their own.
        let told = self.gazetteer.is_settlement(self.text, self.sentence, to) || self.container(to).is_some() || phrase.within.is_some();
        if phrase.relation != Relation::At || to < from + 2 || !plain || told || self.knows(from, to) {
            return;
        }
        let seen = |end: usize| {
            let name = self.cover(from, end);
            let is_town = |c: Candidate| {
                let town = matches!(c.class, Class::Capital | Class::Seat | Class::Populated) && c.population >= STEM;
                c.is_main_name && (town || matches!(c.class, Class::Admin1 | Class::Admin2))
            };
            name.of(self.text).len() >= 4 && self.gazetteer.lookup(name.of(self.text)).any(is_town)
        };
        if let Some(end) = (from + 1..to).rev().find(|&end| seen(end)) {
            phrase.name = self.cover(from, end);
            phrase.relation = Relation::Near;
        }
    }

    /// The where_prec of the plural word for units that a list of names ends with: 'Yei, Morobo and Lainya counties'.
    fn listed_units(&self, first: usize, end: usize) -> Option<u8> {
        // 'Iraq, Syria and Gulf states'
        if self.gazetteer.lookup(self.cover(first, end).of(self.text)).any(|c| c.class == Class::Country) {
            return None;
        }
        let mut at = end;
        for _ in 0..MOST_LISTED {
            let joint = matches!(self.form(at), "," | "and" | "or" | "&");
            let joint = usize::from(joint) + usize::from(joint && matches!(self.form(at + 1), "and" | "or"));
            if joint == 0 {
                return None;
            }
            at += joint;
            let name = (at..self.sentence.tokens.len().min(at + 3)).take_while(|&token| self.is_capital(token)).count();
            if name == 0 {
                return None;
            }
            at += name;
            if self.starts(&self.unit_words(), at) > 0 && self.form(at).ends_with('s') {
                return Some(self.unit_precision(at, end, end));
            }
        }
        None
    }

    fn unit_words(&self) -> Vec<String> {
        self.words.unit.iter().flat_map(|unit| unit.words.iter().cloned()).collect()
    }

    /// where_prec of the unit word at a token, for the country of the name before or behind it.
    fn unit_precision(&self, token: usize, first: usize, end: usize) -> u8 {
        let unit = self.words.unit.iter().find(|unit| unit.words.iter().any(|word| self.covers(word, token).is_some()));
        let Some(unit) = unit else { return 4 };
        let name = self.cover(first, end);
        let mut levels = self.gazetteer.lookup(name.of(self.text)).filter(|c| matches!(c.class, Class::Admin1 | Class::Admin2));
        levels.find_map(|c| unit.except.get(&c.country).copied()).unwrap_or(unit.precision)
    }

    /// What follows the name: a unit, a site, a part that it owns, what it lies in.
    fn right(&self, phrase: &mut PlacePhrase) {
        if matches!(phrase.relation, Relation::At | Relation::Part) {
            let units = self.starts(&self.unit_words(), phrase.end);
            let sites = self.starts(&self.words.sites, phrase.end);
            if units > 0 {
                let (from, to) = (phrase.first, phrase.end);
                phrase.relation = Relation::Unit(self.unit_precision(to, from, to));
                self.extend_right(phrase, to + units);
            } else if sites > 0 {
                phrase.relation = Relation::Site;
                self.extend_right(phrase, phrase.end + sites);
            } else if let Some(precision) = self.listed_units(phrase.first, phrase.end) {
                phrase.relation = Relation::Unit(precision);
            } else if matches!(self.form(phrase.end), "'s" | "'") && self.starts(&self.words.directions, phrase.end + 1) > 0 {
                let count = self.starts(&self.words.directions, phrase.end + 1);
                let is_head =
                    self.sentence.tokens.get(phrase.end + 1 + count).is_none_or(|next| next.upos != Upos::Noun && next.upos != Upos::Propn);
                if is_head {
                    phrase.relation = Relation::Part;
                    self.extend_right(phrase, phrase.end + 1 + count);
                }
            }
        }
        if phrase.within.is_none() {
            phrase.within = self.container(phrase.end);
        }
    }

    /// 'Gao, Mali', 'Gao in northern Mali', 'Gao, in Mali's north'.
    fn container(&self, end: usize) -> Option<Span> {
        let has_comma = self.form(end) == ",";
        let mut token = end + usize::from(has_comma);
        let has_word = matches!(self.form(token), "in" | "of");
        if !has_comma && !has_word {
            return None;
        }
        token += usize::from(has_word);
        token += usize::from(self.is_article(token));
        // 'in northern Mali', but 'in West Virginia' and 'in South Kivu'.
        while self.starts(&self.words.parts, token) > 0 && self.name_from(token).is_none_or(|(from, to)| !self.is_wide(from, to)) {
            token += self.starts(&self.words.parts, token);
        }
        let (from, to) = self.name_from(token)?;
        // A list ('Gao, Mali and Niger') names neighbours, not containers.
        let is_list = has_comma && !has_word && matches!(self.form(to), "and" | "or" | "&");
        (!is_list && self.is_wide(from, to)).then(|| self.cover(from, to))
    }

    /// What precedes the name: 'northern', 'the north of', 'near', 'the town of', '20 km north of', 'off the coast of'.
    fn left(&self, phrase: &mut PlacePhrase) {
        if self.before(phrase.first, 1) == "of" && phrase.relation == Relation::At && self.of_unit(phrase) {
            return;
        }
        let part = self.ends(&self.words.parts, phrase.first);
        if part > 0 && phrase.within.is_none_or(|within| within.end < phrase.span.start) {
            let start = self.all_parts(phrase.first);
            self.extend_left(phrase, start);
            if phrase.relation == Relation::At {
                phrase.relation = Relation::Part;
            }
        }
        if phrase.relation == Relation::At && self.direction(phrase) {
            return;
        }
        let mut start = phrase.first;
        if self.before(start, 1) == "of" && self.ends(&self.words.towns, start - 1) > 0 {
            start -= 1 + self.ends(&self.words.towns, start - 1);
            while start > 0 && self.sentence.tokens[start - 1].upos == Upos::Adj {
                start -= 1;
            }
        }
        start -= usize::from(start > 0 && self.is_article(start - 1));
        let coast = self.ends(&self.words.coasts, start).max(self.ends(&self.words.coasts, phrase.first));
        let near = self.ends(&self.words.near, start);
        if coast > 0 {
            let from = if self.ends(&self.words.coasts, start) > 0 { start } else { phrase.first };
            self.extend_left(phrase, from - coast);
            phrase.relation = Relation::Coast;
        } else if near > 0 && !matches!(phrase.relation, Relation::Unit(_)) {
            self.extend_left(phrase, start - near);
            phrase.relation = Relation::Near;
        }
    }

    /// 'northern and central': the first token of all the parts before a token.
    fn all_parts(&self, before: usize) -> usize {
        let mut start = before;
        loop {
            let count = self.ends(&self.words.parts, start);
            if count == 0 {
                return start;
            }
            start -= count;
            let joined = matches!(self.before(start, 1), "and" | "or" | ",");
            if !joined || self.ends(&self.words.parts, start - 1) == 0 {
                return start;
            }
            start -= 1;
        }
    }

    /// 'the region of Mopti'.
    fn of_unit(&self, phrase: &mut PlacePhrase) -> bool {
        let of = phrase.first - 1;
        let count = self.ends(&self.unit_words(), of);
        if count > 0 {
            phrase.relation = Relation::Unit(self.unit_precision(of - count, phrase.first, phrase.end));
            self.extend_left(phrase, of - count);
        }
        count > 0
    }

    /// 'the north of Mali' (a part); 'north of Gao', '20 km north of Gao', '20 km from Gao' (away from it).
    fn direction(&self, phrase: &mut PlacePhrase) -> bool {
        let link = self.before(phrase.first, 1);
        if !matches!(link, "of" | "from") {
            return false;
        }
        let mut start = phrase.first - 1;
        let count = if link == "of" { self.ends(&self.words.directions, start) } else { 0 };
        start -= count;
        if count > 0 && start > 0 && self.form(start - 1) == "the" {
            self.extend_left(phrase, start - 1);
            phrase.relation = Relation::Part;
            return true;
        }
        start -= usize::from(count > 0 && matches!(self.before(start, 1), "to" | "the"));
        let measured = self.measure(start);
        if count == 0 && measured == start {
            return false;
        }
        self.extend_left(phrase, measured);
        phrase.relation = Relation::Direction;
        true
    }

    /// The first token of '20 km', 'about 20 kilometres (12 miles)' before a token; the token itself where there is none.
    fn measure(&self, end: usize) -> usize {
        let mut start = end;
        if self.before(start, 1) == ")" {
            let Some(open) = (start.saturating_sub(6)..start).rev().find(|&token| self.form(token) == "(") else { return end };
            start = open;
        }
        let count = self.ends(&self.words.lengths, start);
        let is_number =
            |token: usize| self.sentence.tokens[token].upos == Upos::Num || self.form(token).starts_with(|c: char| c.is_ascii_digit());
        if count == 0 {
            // '20km' in one word
            let joined =
                start > 0 && is_number(start - 1) && self.words.lengths.iter().any(|unit| self.form(start - 1).ends_with(unit.as_str()));
            return if joined { start - 1 } else { end };
        }
        let mut from = start - count;
        while from > 0 && is_number(from - 1) {
            from -= 1;
        }
        if from == start - count { end } else { from }
    }

    /// 'the Mali-Niger border', 'the border with Niger', 'the border between Mali and Niger', 'Mali's border with Niger'.
    fn border(&self, phrase: &mut PlacePhrase) -> bool {
        let (first, end) = (phrase.first, phrase.end);
        if let Some((from, to, other)) = self.joined(first, end) {
            let count = self.starts(&self.words.borders, to);
            if count > 0 {
                (phrase.name, phrase.other) = other;
                self.border_words(phrase, from, to + count);
                return true;
            }
        }
        let own = usize::from(matches!(self.form(end), "'s" | "'"));
        let count = self.starts(&self.words.borders, end + own);
        if count > 0 {
            let stop = end + own + count;
            let link = self.starts(&self.words.border_with, stop);
            let other = if link > 0 { self.name_from(stop + link) } else { None };
            phrase.other = other.map(|(from, to)| self.cover(from, to));
            self.border_words(phrase, first, other.map_or(stop, |(_, to)| to));
            return true;
        }
        self.border_before(phrase)
    }

    /// The border's word stands before the name.
    fn border_before(&self, phrase: &mut PlacePhrase) -> bool {
        let (first, end) = (phrase.first, phrase.end);
        let start = first - usize::from(first > 0 && self.is_article(first - 1));
        let mut link = start;
        let mut other = None;
        if self.before(start, 1) == "and" {
            let Some((from, to)) = self.name_to(start - 1) else { return false };
            other = Some((from, to));
            link = from;
        }
        let words = self.ends(&self.words.border_with, link);
        let count = if words > 0 { self.ends(&self.words.borders, link - words) } else { 0 };
        if count == 0 {
            return false;
        }
        let from = link - words - count;
        let mut stop = end;
        if other.is_none() && self.form(link - words) == "between" && self.form(end) == "and" {
            other = self.name_from(end + 1);
            stop = other.map_or(end, |(_, to)| to);
        }
        if other.is_none() && matches!(self.before(from, 1), "'s" | "'") {
            other = self.name_to(from - 1);
        }
        phrase.other = other.map(|(from, to)| self.cover(from, to));
        let from = other.map_or(from, |(name, _)| name.min(from));
        self.border_words(phrase, from, stop);
        true
    }

    /// The words of a border from its first token on: with its article, and with 'near' and the like.
    fn border_words(&self, phrase: &mut PlacePhrase, first: usize, end: usize) {
        let mut start = first - usize::from(first > 0 && self.is_article(first - 1));
        start -= self.ends(&self.words.near, start);
        phrase.relation = Relation::Border;
        phrase.first = start;
        phrase.end = end;
        phrase.span = self.cover(start, end);
    }

    /// 'between Gao and Kidal', 'the Gao-Kidal road'.
    fn stretch(&self, phrase: &mut PlacePhrase) -> bool {
        let (first, end) = (phrase.first, phrase.end);
        if let Some((from, to, names)) = self.joined(first, end) {
            let is_way = self.ways(to) > 0;
            let is_between = self.before(from, 1) == "between";
            if is_way || is_between {
                (phrase.name, phrase.other) = names;
                phrase.relation = Relation::Between;
                phrase.first = from - usize::from(from > 0 && (is_between || self.is_article(from - 1)));
                phrase.end = to + self.ways(to);
                phrase.span = self.cover(phrase.first, phrase.end);
                return true;
            }
        }
        false
    }

    fn ways(&self, token: usize) -> usize {
        self.starts(&self.words.ways, token)
    }

    /// Two names joined by a hyphen, a dash, a slash or 'and', of which the one at hand is either: first token, end, and the two names,
    /// the first one first.
    #[allow(clippy::type_complexity)]
    fn joined(&self, first: usize, end: usize) -> Option<(usize, usize, (Span, Option<Span>))> {
        let is_joint = |token: usize| matches!(self.form(token), "-" | "–" | "—" | "/" | "and");
        if is_joint(end)
            && let Some((from, to)) = self.name_from(end + 1)
        {
            return Some((first, to, (self.cover(first, end), Some(self.cover(from, to)))));
        }
        if first > 0
            && is_joint(first - 1)
            && let Some((from, to)) = self.name_to(first - 1)
        {
            return Some((from, end, (self.cover(from, to), Some(self.cover(first, end)))));
        }
        let whole = self.cover(first, end);
        let words = whole.of(self.text);
        if self.gazetteer.knows(words) {
            return None;
        }
        let mut marks = words.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '/'));
        let (at, mark) = marks.find(|&(at, mark)| {
            let (left, right) = (words[..at].trim(), words[at + mark.len_utf8()..].trim());
            self.gazetteer.knows(left) && self.gazetteer.knows(right)
        })?;
        let right = at + mark.len_utf8();
        let left = Span::new(whole.start, whole.start + words[..at].trim_end().len() as u32);
        let gap = words[right..].len() - words[right..].trim_start().len();
        Some((first, end, (left, Some(Span::new(whole.start + (right + gap) as u32, whole.end)))))
    }
}
