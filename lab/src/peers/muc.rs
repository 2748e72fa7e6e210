//! MUC-4: terrorist incidents in Latin America, whole reports in capitals, with templates as answers.
//!
//! The templates of a report are taken together, slot by slot: kinds of incident, perpetrators, people attacked, things attacked, people
//! killed, people injured. Two fillers are alike when they share their head word or one has all words of the other.

use super::{Counts, Row, Show};
use crate::line::{self, Line};
use anyhow::{Context, Result};
use griot_coder::claims::{Origin, with_origins};
use griot_coder::scene::Scene;
use griot_types::{Claim, Deprel, Status, Type, Upos};
use std::collections::BTreeMap;
use std::{fs, path::Path};

const SLOTS: [&str; 6] = ["incident type", "perpetrator", "victim", "target", "killed", "injured"];

/// A filler: its wordings, and whether an answer without it is as right.
#[derive(Clone, Debug)]
struct Filler {
    wordings: Vec<String>,
    optional: bool,
}

type Slots<T> = [Vec<T>; 6];

pub(super) fn score(line: &Line, folder: &Path, show: Show) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (name, set) in [("dev", "dev"), ("tst1–2", "tst1 tst2")] {
        let mut slots = [Counts::default(); 6];
        for part in set.split(' ') {
            for (id, text, wanted) in reports(&folder.join(part))? {
                let found = answers(line, &text);
                for slot in 0..SLOTS.len() {
                    let counts = compare(&found[slot], &wanted[slot]);
                    if show.all && (counts.right < counts.found || counts.right < counts.wanted) {
                        println!("muc4 {id} {}: found {:?}, wanted {:?}", SLOTS[slot], found[slot], wanted[slot]);
                    }
                    slots[slot].add(counts);
                }
            }
        }
        let mut all = Counts::default();
        for (slot, counts) in SLOTS.iter().zip(slots) {
            all.add(counts);
            rows.push(Row::new(format!("MUC-4 {name}: {slot}"), counts));
        }
        rows.push(Row::new(format!("MUC-4 {name}: all slots"), all).peer(".50–.60 (m)", ".45 / .65"));
    }
    Ok(rows)
}

fn compare(found: &[String], wanted: &[Filler]) -> Counts {
    let mut counts = Counts::of(found, wanted, |f, w| w.wordings.iter().any(|x| alike(f, x)));
    let missed_optional = wanted.iter().filter(|w| w.optional && !found.iter().any(|f| w.wordings.iter().any(|x| alike(f, x)))).count();
    counts.wanted -= missed_optional as f64;
    counts
}

fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let text: String = text.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { ' ' }).collect();
        let small = ["THE", "A", "AN", "OF", "AND"];
        text.to_uppercase().split_whitespace().filter(|w| !small.contains(w)).map(|w| w.trim_end_matches('S').to_owned()).collect()
    };
    let head = |text: &str| -> Option<String> {
        let upper = text.to_uppercase();
        let phrase = [" OF ", " FROM ", " IN ", " [", " WHO ", ", "].iter().fold(upper.as_str(), |t, cut| t.split(cut).next().unwrap_or(t));
        words(phrase).pop()
    };
    let (x, y) = (words(a), words(b));
    !x.is_empty() && !y.is_empty() && (head(a) == head(b) || x.iter().all(|w| y.contains(w)) || y.iter().all(|w| x.contains(w)))
}

// --- what the answers say ----------------------------------------------------------------------------------------------------------------

/// The reports of a folder: id, text, fillers.
fn reports(folder: &Path) -> Result<Vec<(String, String, Slots<Filler>)>> {
    let mut texts = Vec::new();
    let mut keys: BTreeMap<String, Slots<Filler>> = BTreeMap::new();
    let mut files: Vec<_> = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        let content = String::from_utf8_lossy(&fs::read(file.path())?).into_owned();
        if name.starts_with("key-") {
            templates(&content, &mut keys);
        } else if name != "text-headers-info" {
            texts.extend(split(&content));
        }
    }
    Ok(texts.into_iter().filter_map(|(id, text)| keys.get(&id).cloned().map(|slots| (id, text, slots))).collect())
}

fn split(content: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in content.lines() {
        let id =
            line.split_whitespace().next().filter(|id| (id.starts_with("DEV-MUC3-") || id.starts_with("TST")) && !line.starts_with(' '));
        match (id, all.last_mut()) {
            (Some(id), _) => all.push((id.to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line.trim_end());
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    all
}

fn templates(content: &str, keys: &mut BTreeMap<String, Slots<Filler>>) {
    let mut id = String::new();
    let mut slot = 0;
    let mut optional = false;
    for line in content.lines().filter(|l| !l.starts_with(';')) {
        let number = line.split_once('.').and_then(|(n, _)| n.trim().parse::<usize>().ok());
        if let Some(number) = number {
            slot = number;
        }
        let value = line.get(36..).unwrap_or("").trim();
        match slot {
            0 if number.is_some() => {
                id = value.split_whitespace().next().unwrap_or("").to_owned();
                keys.entry(id.clone()).or_default();
            }
            1 => optional = value.contains("OPTIONAL"),
            4 if number.is_some() && !matches!(value, "*" | "-" | "") => {
                put(keys, &id, 0, Filler { wordings: value.split(" / ").map(|t| t.trim().to_owned()).collect(), optional });
            }
            9 | 10 => strings(keys, &id, 1, value, optional),
            18 | 19 => strings(keys, &id, 2, value, optional),
            12 => strings(keys, &id, 3, value, optional),
            23 => {
                let value = value.trim_start_matches(['?', ' ']);
                if value.starts_with("DEATH") {
                    strings(keys, &id, 4, value, optional);
                } else if value.starts_with("INJURY") {
                    strings(keys, &id, 5, value, optional);
                }
            }
            _ => {}
        }
    }
}

/// The quoted wordings of a line; a name in front of a colon describes what stands behind it.
fn strings(keys: &mut BTreeMap<String, Slots<Filler>>, id: &str, slot: usize, value: &str, optional: bool) {
    let wordings: Vec<String> = value.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    if !wordings.is_empty() {
        put(keys, id, slot, Filler { wordings, optional: optional || value.starts_with('?') });
    }
}

/// The templates of one report often name the same: it counts once.
fn put(keys: &mut BTreeMap<String, Slots<Filler>>, id: &str, slot: usize, filler: Filler) {
    let Some(slots) = keys.get_mut(id) else { return };
    match slots[slot].iter_mut().find(|f| f.wordings.iter().any(|w| filler.wordings.contains(w))) {
        Some(known) => {
            known.optional &= filler.optional;
            known.wordings.extend(filler.wordings);
        }
        None => slots[slot].push(filler),
    }
}

// --- what Griot says ---------------------------------------------------------------------------------------------------------------------

fn answers(line: &Line, text: &str) -> Slots<String> {
    let document = line::document(text, None);
    let sentences = line.language.read(&document);
    let reading = line.world.read(&document, &sentences);
    let scene = line.coder.scene(&document, &sentences, &reading);
    let claims = with_origins(&scene);
    let mut slots: Slots<String> = Default::default();
    let mut add = |slot: usize, text: String| {
        if !text.is_empty() && !slots[slot].iter().any(|s: &String| alike(s, &text)) {
            slots[slot].push(text);
        }
    };
    for (claim, origin) in claims.iter().filter(|(c, _)| is_incident(c)) {
        add(0, kind(claim, text).to_owned());
        claim.source.iter().for_each(|a| add(1, words(a)));
        claim.target.iter().for_each(|a| add(2, words(a)));
        things(&scene, origin).into_iter().for_each(|t| add(3, t));
        // 'the murder of the judge' counts nobody and says that she is dead, as 'the judge was wounded' says that she is hurt.
        let frame = scene.propositions[origin.sentence].at(origin.predicate).and_then(|p| scene.frame(origin.sentence, p));
        for (slot, harm) in [(4, Type::Killed), (5, Type::Injured)] {
            if frame.is_some_and(|f| f.claims.iter().any(|t| t.type_ == harm)) && !claim.target.iter().any(armed) {
                claim.target.iter().for_each(|a| add(slot, words(a)));
            }
        }
    }
    let incident = |id: &Option<String>| id.as_ref().is_none_or(|id| claims.iter().any(|(c, _)| c.id == *id && is_incident(c)));
    for (claim, _) in &claims {
        let slot = match claim.type_ {
            Type::Killed => 4,
            Type::Injured => 5,
            _ => continue,
        };
        // Fighters and soldiers who fall in battle are no victims of an incident.
        if claim.status == Status::Actual && incident(&claim.of_event) && !claim.target.iter().any(armed) {
            claim.target.iter().for_each(|a| {
                add(slot, words(a));
                add(2, words(a));
            });
        }
    }
    slots
}

/// The report's words for somebody; for 'they' and 'his', which name nobody, those that they stand for, and nothing where nobody is known.
fn words(actor: &griot_types::Actor) -> String {
    const PRONOUNS: [&str; 15] = ["i", "we", "us", "our", "he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "who"];
    let pronoun = |text: &str| PRONOUNS.contains(&text.to_lowercase().as_str());
    let told = if pronoun(&actor.text) { &actor.name } else { &actor.text };
    if pronoun(told) { String::new() } else { told.clone() }
}

fn armed(actor: &griot_types::Actor) -> bool {
    actor.sectors.iter().any(|s| matches!(s.as_str(), "MIL" | "REB" | "UAF" | "PRM"))
}

/// Attacks by groups, and by anybody on those who bear no arms; battles between forces are none.
fn is_incident(claim: &Claim) -> bool {
    let battle = claim.mutual || !claim.target.is_empty() && claim.target.iter().all(armed);
    let on_rebels = claim.target.iter().any(|a| a.sectors.iter().any(|s| s == "REB"));
    claim.type_ == Type::Assault
        && matches!(claim.status, Status::Actual)
        && !on_rebels
        && (!battle || matches!(claim.mode.as_deref(), Some("explosives" | "abduct" | "targeted")))
}

fn kind(claim: &Claim, text: &str) -> &'static str {
    let action = super::part(claim, griot_types::Part::Action).map_or("", |s| s.of(text)).to_lowercase();
    match claim.mode.as_deref() {
        Some("explosives" | "suicide-attack") => "BOMBING",
        Some("abduct") => "KIDNAPPING",
        Some("destroy") if ["burn", "fire", "torch", "arson", "ablaze"].iter().any(|w| action.contains(w)) => "ARSON",
        _ => "ATTACK",
    }
}

/// The things that an attack was made on: what stands where the attacked stands and is nobody.
fn things(scene: &Scene, origin: &Origin) -> Vec<String> {
    let s = origin.sentence;
    let Some(p) = scene.propositions[s].at(origin.predicate) else { return Vec::new() };
    let tree = &scene.trees[s];
    let mut found = Vec::new();
    for role in ["obj", "on", "against", "at", "outside", "near"] {
        for (_, head) in scene.role(s, p, role) {
            for token in tree.conjuncts(head) {
                let mention = scene.reading.mention_at(s, token);
                let body = mention.is_none_or(|m| !m.people && !m.force);
                let place = scene.place_at(s, token).is_some_and(|m| m.head == token);
                let time = scene.reading.sentences[s].times.iter().any(|t| (t.first..t.end).contains(&token));
                if !matches!(tree.token(token).upos, Upos::Noun | Upos::Propn)
                    || !body
                    || place
                    || time
                    || scene.propositions[s].at(token).is_some()
                {
                    continue;
                }
                let mut words: Vec<usize> = tree
                    .children(token)
                    .filter(|&c| c < token && matches!(tree.deprel(c), Deprel::Compound | Deprel::Amod | Deprel::Flat))
                    .collect();
                words.push(token);
                found.push(words.iter().map(|&t| tree.token(t).span.of(tree.text)).collect::<Vec<_>>().join(" "));
            }
        }
    }
    found
}
