//! A claim in plain words.

use super::{days, numbers};
use griot_types::{Actor, Cause, Change, Claim, Document, Kind, Part, Place, Status, Type};
use griot_world::World;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How an act is told; what is left out of a mode's comes from its type's.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
struct Act {
    r#do: Option<String>,
    did: Option<String>,
    done: Option<String>,
    to: Option<String>,
    noun: Option<String>,
    of: Option<String>,
}

/// What stands before a claim of a status and around its speaker.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    word: String,
    /// In place of `word` where somebody says so.
    said: Option<String>,
    speaker: String,
    verb: String,
    /// In place of `verb` for what would lie in the past.
    past: Option<String>,
}

/// The plain words of `labels.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    event: BTreeMap<String, Act>,
    mutual: BTreeMap<String, Act>,
    relation: BTreeMap<String, String>,
    figure: BTreeMap<String, String>,
    cause: BTreeMap<String, String>,
    sector: BTreeMap<String, String>,
    status: BTreeMap<String, State>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| toml::from_str(include_str!("../../labels.toml")).expect("a test reads this file"));

/// Where the target stands in a verb such as 'told {} to leave'.
const SLOT: &str = "{}";
/// Where the place stands in words that an act has for a place: 'seized Kidal'.
const PLACE: &str = "{place}";

/// Puts the claims of one report into words.
pub struct Words<'r> {
    world: &'r World,
    document: &'r Document,
    claims: BTreeMap<&'r str, &'r Claim>,
}

impl<'r> Words<'r> {
    /// For the claims of `document`.
    pub fn new(world: &'r World, document: &'r Document, claims: &'r [Claim]) -> Words<'r> {
        Words { world, document, claims: claims.iter().map(|claim| (claim.id.as_str(), claim)).collect() }
    }

    /// An actual event, relation or strength whose time stands before it: 'France withdrew – from Mali; according to the ministry'.
    pub fn told(&self, claim: &Claim) -> String {
        self.with_rest(claim, self.clause(claim), self.rest(claim, false))
    }

    /// A claim that is not reported as done; its status stands before it.
    pub fn said(&self, claim: &Claim) -> String {
        self.with_rest(claim, self.clause(claim), self.rest(claim, true))
    }

    /// A figure: its number for the first column, the rest for the second.
    pub fn figure(&self, claim: &Claim) -> (String, String) {
        // What is counted with an act is named by its own words; who did it stands with the act.
        let other = claim.type_ == Type::Other;
        let mut clause = match (claim.target.is_empty(), claim.type_) {
            (true, Type::Other) => {
                let noun = self.part(claim, Part::Action);
                if noun.starts_with(|c: char| c.is_ascii_digit()) { self.actors(&claim.source) } else { noun }
            }
            (true, Type::Killed) => String::new(),
            (true, _) => self.actors(&claim.source),
            (false, _) => self.actors(&claim.target),
        };
        if !other && !claim.source.is_empty() && (!claim.target.is_empty() || claim.type_ == Type::Killed) {
            let by = format!("by {}", self.actors(&claim.source));
            clause = if clause.is_empty() { by } else { format!("{clause}, {by}") };
        }
        (count(claim), self.with_rest(claim, clause, self.rest(claim, true)))
    }

    /// 'planned', 'asked for', 'denied', 'uncertain'.
    pub fn status(&self, claim: &Claim) -> String {
        state(claim.status)
            .map(|state| state.said.as_ref().filter(|_| !claim.said_by.is_empty()).unwrap_or(&state.word).clone())
            .unwrap_or_default()
    }

    fn with_rest(&self, claim: &Claim, clause: String, rest: Vec<String>) -> String {
        match (clause.is_empty(), rest.is_empty()) {
            (_, true) => clause,
            (true, false) => rest.join("; "),
            // A relation has its dash already.
            (false, false) if claim.kind == Kind::Relation => format!("{clause}; {}", rest.join("; ")),
            (false, false) => format!("{clause} – {}", rest.join("; ")),
        }
    }

    /// The claim without where, when and by whom it is said.
    fn clause(&self, claim: &Claim) -> String {
        match claim.kind {
            Kind::Event => self.act(claim),
            Kind::Relation => self.relation(claim),
            Kind::Figure => {
                let (number, who) = (count(claim), self.actors(if claim.target.is_empty() { &claim.source } else { &claim.target }));
                if who.is_empty() { number } else { format!("{who}: {number}") }
            }
        }
    }

    fn act(&self, claim: &Claim) -> String {
        let act = self.placed(act_of(claim), claim);
        let (mut source, target) = (self.actors(&claim.source), self.actors(&claim.target));
        if source.is_empty() || target.is_empty() && act.r#do.as_ref().is_some_and(|verb| verb.contains(SLOT)) {
            let noun = act.noun.unwrap_or_else(|| claim.type_.to_string().to_lowercase());
            let noun = if target.is_empty() { noun } else { joined(&[&noun, act.of.as_deref().unwrap_or("of"), &target]) };
            return if source.is_empty() { noun } else { format!("{source}: {noun}") };
        }
        let verb = self.verb(claim, &act);
        if claim.mutual && target.is_empty() {
            return joined(&[&source, &verb]);
        }
        if verb.contains(SLOT) {
            source.push(' ');
            source.push_str(&verb.replace(SLOT, &target));
            return source;
        }
        let to = if target.is_empty() { "" } else { act.to.as_deref().unwrap_or("") };
        joined(&[&source, &verb, to, &target])
    }

    /// Puts the first place where the act's words want it.
    fn placed(&self, act: Act, claim: &Claim) -> Act {
        let place = claim.places.first().map(|place| self.place(place)).unwrap_or_default();
        let put = |words: Option<String>| words.map(|words| words.replace(PLACE, &place));
        Act { r#do: put(act.r#do), did: put(act.did), done: put(act.done), to: act.to, noun: put(act.noun), of: act.of }
    }

    /// 'withdrew', 'will withdraw', 'did not withdraw', 'may have withdrawn'.
    fn verb(&self, claim: &Claim, act: &Act) -> String {
        let base = act.r#do.clone().unwrap_or_default();
        let did = act.did.clone().unwrap_or_else(|| base.clone());
        let done = act.done.clone().unwrap_or_else(|| did.clone());
        match state(claim.status) {
            _ if claim.status == Status::Actual => did,
            None => did,
            Some(state) => match state.past.as_ref().filter(|_| self.is_past(claim)) {
                Some(past) => format!("{past} {done}"),
                None => format!("{} {base}", state.verb),
            },
        }
    }

    /// Whether the act's last day lies before the report's.
    fn is_past(&self, claim: &Claim) -> bool {
        let end = claim.time.as_ref().and_then(|time| time.end);
        end.zip(self.document.date).is_some_and(|(end, published)| end < published)
    }

    fn relation(&self, claim: &Claim) -> String {
        let label = LABELS.relation.get(claim.type_.as_str()).map_or(claim.type_.as_str(), String::as_str);
        let source = self.actors(&claim.source);
        let share = claim.quantity.as_ref().map(numbers::words).unwrap_or_default();
        if claim.type_.wants_place() {
            let of = if share.is_empty() { "" } else { "of" };
            let place = claim.place.as_ref().map(|place| self.place(place)).unwrap_or_default();
            return format!("{source} – {}", joined(&[label, &share, of, &place]));
        }
        format!("{source} – {}", joined(&[label, &self.actors(&claim.target)]))
    }

    /// Place, time (where `timed`), whole, cause, act and speaker.
    fn rest(&self, claim: &Claim, timed: bool) -> Vec<String> {
        let mut rest = Vec::new();
        let told = claim.type_.wants_place() || claim.kind == Kind::Event && act_of(claim).did.is_some_and(|verb| verb.contains(PLACE));
        let skipped = usize::from(told);
        let places: Vec<String> = claim.places.iter().skip(skipped).map(|place| self.place(place)).collect();
        if !places.is_empty() {
            rest.push(places.join(", "));
        }
        if timed && let Some(time) = &claim.time {
            rest.push(days::words(time));
        }
        if let Some(whole) = claim.inside.as_deref().and_then(|id| self.claims.get(id)) {
            rest.push(format!("part of: {}", count(whole)));
        }
        if let Some(cause) = claim.cause.filter(|cause| *cause != Cause::Violence) {
            rest.extend(LABELS.cause.get(cause.as_str()).filter(|words| !words.is_empty()).cloned());
        }
        if claim.type_ == Type::Other
            && let Some(event) = claim.of_event.as_deref().and_then(|id| self.claims.get(id))
        {
            rest.push(self.act(event));
        }
        if !claim.said_by.is_empty() {
            let speaker = state(claim.status).map_or("according to", |state| state.speaker.as_str());
            rest.push(format!("{speaker} {}", self.actors(&claim.said_by)));
        }
        rest
    }

    /// 'A, B and C'.
    fn actors(&self, side: &[Actor]) -> String {
        let mut names: Vec<String> = side.iter().map(|actor| self.actor(actor)).collect();
        // 'Ethiopian and Somali leaders' are two actors with the same words.
        names.dedup();
        match names.pop() {
            None => String::new(),
            Some(last) if names.is_empty() => last,
            Some(last) => format!("{} and {last}", names.join(", ")),
        }
    }

    /// Whom the report's words stand for: the dictionary's name with what is meant of it, or the words themselves.
    fn actor(&self, actor: &Actor) -> String {
        let name = if actor.name.is_empty() { &actor.text } else { &actor.name };
        // A short form in capitals is what readers know a group by.
        let short =
            actor.text.len() <= 10 && actor.text.chars().all(|c| c.is_uppercase() || c.is_numeric() || c == '-') && actor.text.len() > 1;
        if short {
            return actor.text.clone();
        }
        let country = actor.country.as_deref().and_then(|code| self.world.dictionary().country(code));
        let of_state = country.is_some_and(|country| country.name == *name);
        if !of_state || actor.sectors.is_empty() {
            return name.clone();
        }
        let usual = actor.id.as_deref().is_some_and(|id| ["-gov", "-mil", "-cop"].iter().any(|end| id.ends_with(end)));
        if !usual && !actor.text.is_empty() && actor.text != *name {
            return format!("{} ({name})", actor.text);
        }
        let sectors: Vec<&str> = actor.sectors.iter().filter_map(|sector| LABELS.sector.get(sector.as_str())).map(String::as_str).collect();
        if sectors.is_empty() { name.clone() } else { format!("{name} ({})", sectors.join(", ")) }
    }

    /// 'near Koutougou, Niger'.
    fn place(&self, place: &Place) -> String {
        // 'the town', 'there': a reader of the table has not the sentence before.
        let described = !place.text.contains(char::is_uppercase) && !place.name.is_empty();
        let words = if place.text.is_empty() || described { &place.name } else { &place.text };
        let country = place.country.as_deref().and_then(|code| self.world.dictionary().country(code));
        match country {
            Some(country) if !words.contains(country.name.as_str()) && place.name != country.name => format!("{words}, {}", country.name),
            _ => words.clone(),
        }
    }

    fn part(&self, claim: &Claim, part: Part) -> String {
        claim.evidence.parts.get(part).map_or_else(String::new, |span| span.of(&self.document.text).to_owned())
    }
}

/// 'at least 17 killed', 'attacks up 119%', '12,000 personnel'.
fn count(claim: &Claim) -> String {
    let label = LABELS.figure.get(claim.type_.as_str()).map_or(claim.type_.as_str(), String::as_str);
    let number = claim.quantity.as_ref().map(numbers::words).unwrap_or_default();
    let change = match claim.change {
        Some(Change::Rise) => "up",
        Some(Change::Fall) => "down",
        None => "",
    };
    if change.is_empty() { joined(&[&number, label]) } else { joined(&[label, change, &number]) }
}

fn state(status: Status) -> Option<&'static State> {
    LABELS.status.get(status.as_str())
}

/// The words for a claim's act: those of both sides, of its mode, of its type.
fn act_of(claim: &Claim) -> Act {
    let type_ = claim.type_.as_str();
    let whole = claim.mode.as_ref().map(|mode| format!("{type_}/{mode}"));
    let of_place = whole.as_ref().filter(|_| !claim.places.is_empty()).and_then(|whole| LABELS.event.get(&format!("{whole}@place")));
    let mutual =
        claim.mutual.then(|| whole.as_ref().and_then(|whole| LABELS.mutual.get(whole)).or_else(|| LABELS.mutual.get(type_))).flatten();
    let of_mode = whole.as_ref().and_then(|whole| LABELS.event.get(whole));
    let mut act = Act::default();
    for from in [mutual, of_place, of_mode, LABELS.event.get(type_)].into_iter().flatten() {
        let Act { r#do, did, done, to, noun, of } = from.clone();
        // A participle belongs to its own verb.
        if act.r#do.is_none() {
            act.done = done;
        }
        act.r#do = act.r#do.or(r#do);
        act.did = act.did.or(did);
        act.to = act.to.or(to);
        act.noun = act.noun.or(noun);
        act.of = act.of.or(of);
    }
    act
}

fn joined(words: &[&str]) -> String {
    words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types with their modes, as the published schema has them.
    fn modes() -> Vec<(String, Option<String>)> {
        let schema: serde_json::Value = serde_json::from_str(include_str!("../../../../docs/claim.schema.json")).unwrap();
        let rules = schema["allOf"].as_array().unwrap().iter();
        let of = |rule: &serde_json::Value| -> Option<(String, Vec<serde_json::Value>)> {
            let type_ = rule["if"]["properties"]["type"]["const"].as_str()?.to_owned();
            Some((type_, rule["then"]["properties"]["mode"]["enum"].as_array().cloned().unwrap_or_default()))
        };
        rules
            .filter_map(of)
            .flat_map(|(type_, modes)| modes.into_iter().map(move |mode| (type_.clone(), mode.as_str().map(str::to_owned))))
            .collect()
    }

    #[test]
    fn everything_has_its_words() {
        for type_ in Type::ALL {
            let labels = match type_.kind() {
                Kind::Event => LABELS.event.contains_key(type_.as_str()),
                Kind::Relation => LABELS.relation.contains_key(type_.as_str()),
                Kind::Figure => LABELS.figure.contains_key(type_.as_str()),
            };
            assert!(labels, "{type_}");
        }
        let named = modes();
        assert_eq!(named.iter().filter(|(_, mode)| mode.is_some()).count(), 67);
        for (type_, mode) in named.iter().filter_map(|(type_, mode)| Some((type_, mode.as_ref()?))) {
            // The plainest mode of criticism is told as its type is.
            let told = LABELS.event.contains_key(&format!("{type_}/{mode}")) || (type_ == "ACCUSE" && mode == "disapprove");
            assert!(told, "{type_}/{mode}");
        }
        for key in LABELS.event.keys().chain(LABELS.mutual.keys()) {
            let (type_, mode) = key.split_once('/').map_or((key.as_str(), None), |(type_, mode)| (type_, mode.split('@').next()));
            assert!(type_.parse::<Type>().is_ok_and(|type_| type_.kind() == Kind::Event), "{key}");
            assert!(mode.is_none_or(|mode| named.iter().any(|(t, m)| t == type_ && m.as_deref() == Some(mode))), "{key}");
        }
        for status in Status::ALL {
            assert!(LABELS.status.contains_key(status.as_str()), "{status}");
        }
        for cause in Cause::ALL {
            assert!(LABELS.cause.contains_key(cause.as_str()), "{cause}");
        }
    }

    #[test]
    fn acts_are_whole() {
        for (key, act) in LABELS.event.iter().filter(|(key, _)| !key.contains('/')) {
            assert!(act.r#do.is_some() && act.did.is_some() && act.noun.is_some(), "{key}");
        }
    }
}
