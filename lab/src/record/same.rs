//! How well merging finds the same happening over reports: ECB+ (dev) and MEANTIME, gold mentions, within a topic.
//!
//! The mentions are given; what is scored is which of them are put together. A mention comes with the words for the act and, in MEANTIME, its participants,
//! the day that it is linked to and the report's day. ECB+ does not mark whose the names in a sentence are, and taken as sides they part what belongs
//! together, so that there the base forms of the words are all that is known. Gold chains of names are not used, nor are types of acts: these sets have none of ours. ECB+ gives no days; its reports of one
//! topic count as published on the same day. The metric is B³ over all mentions, those that stand alone too: for each mention the share of its group that
//! belongs there, and the share of its gold chain that is in its group; the mean of each, and F1 of the two.

use anyhow::{Context, Result};
use griot_lab::world::xml;
use griot_record::merge::{Class, Facts, Pairs, When, Where, Who, day, fold, knit, stems};
use griot_types::{Date, Kind};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// A mention of an act with its gold chain.
pub struct Mention {
    chain: String,
    facts: Facts,
}

/// Mentions by topic.
type Topics = BTreeMap<String, Vec<Mention>>;

/// B³.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// How many mentions.
    pub mentions: usize,
    /// Sum of the shares of groups that belong there.
    precision: f64,
    /// Sum of the shares of chains that were found.
    recall: f64,
}

impl Score {
    /// Precision, recall, F1.
    pub fn figures(&self) -> (f64, f64, f64) {
        let (p, r) = (self.precision / self.mentions.max(1) as f64, self.recall / self.mentions.max(1) as f64);
        (p, r, 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE))
    }
}

/// Prints the scores of both sets under `data`, each beside that of leaving every mention alone.
pub fn print(data: &Path) -> Result<()> {
    println!("| set | mentions | B³ precision | recall | F1 | F1 of merging nothing |\n|---|---|---|---|---|---|");
    for (name, topics) in [("ECB+ dev", ecb(&data.join("events/ecb-plus"))?), ("MEANTIME", meantime(&data.join("events/meantime"))?)] {
        let (p, r, f) = score(&topics, true).figures();
        let (.., alone) = score(&topics, false).figures();
        let mentions: usize = topics.values().map(Vec::len).sum();
        println!("| {name} | {mentions} | {p:.3} | {r:.3} | {f:.3} | {alone:.3} |");
    }
    Ok(())
}

/// B³ over all topics.
pub fn score(topics: &Topics, merge: bool) -> Score {
    let mut score = Score::default();
    for mentions in topics.values() {
        let facts: Vec<Facts> = mentions.iter().map(|mention| mention.facts.clone()).collect();
        let groups = knit(&facts, &Pairs::default(), &|_| !merge);
        let mut chains: HashMap<&str, usize> = HashMap::new();
        mentions.iter().for_each(|mention| *chains.entry(mention.chain.as_str()).or_default() += 1);
        for group in groups {
            for &at in &group.members {
                let chain = mentions[at].chain.as_str();
                let both = group.members.iter().filter(|&&other| mentions[other].chain == chain).count() as f64;
                score.mentions += 1;
                score.precision += both / group.members.len() as f64;
                score.recall += both / chains[chain] as f64;
            }
        }
    }
    score
}

/// What is known of a mention: the words, the names of both sides and of the place, the day.
struct Known<'w> {
    report: i64,
    words: &'w str,
    source: Option<&'w str>,
    target: Option<&'w str>,
    place: Option<&'w str>,
    when: Option<Date>,
    published: i32,
}

fn facts(id: i64, known: &Known) -> Facts {
    let who = |name: Option<&str>| -> Vec<Who> {
        name.map(|name| Who { key: fold(name).into(), known: false, country: None, sectors: vec![] }).into_iter().collect()
    };
    Facts {
        id,
        report: known.report,
        kind: Kind::Event,
        type_: None,
        mode: None,
        class: Class::Reported,
        source: who(known.source),
        target: who(known.target),
        mutual: false,
        place: known.place.map(|name| Where {
            geonames: None,
            name: fold(name).into(),
            country: None,
            admin1: None,
            point: None,
            precision: 3,
        }),
        when: known.when.map(|at| When { start: Some(day(at)), end: Some(day(at)), range: false }),
        published: Some(known.published),
        count: None,
        unit: None,
        change: None,
        cause: None,
        part: false,
        words: stems(known.words),
    }
}

#[derive(Deserialize)]
struct Gold {
    doc_id: String,
    tokens_str: String,
    coref_chain: String,
}

fn ecb(folder: &Path) -> Result<Topics> {
    let read = |name: &str| -> Result<Vec<Gold>> {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        serde_json::from_str(&text).with_context(|| path.display().to_string())
    };
    let mut topics = Topics::new();
    let mut reports: HashMap<String, i64> = HashMap::new();
    let events = read("ECB_Dev_Event_gold_mentions.json")?;
    let words = lemmas(&events);
    for (id, (event, words)) in events.into_iter().zip(&words).enumerate() {
        let next = reports.len() as i64;
        let report = *reports.entry(event.doc_id.clone()).or_insert(next);
        let known = Known { report, words, source: None, target: None, place: None, when: None, published: 0 };
        let topic = event.doc_id.split('_').next().unwrap_or("").to_owned();
        topics.entry(topic).or_default().push(Mention { facts: facts(id as i64, &known), chain: event.coref_chain });
    }
    Ok(topics)
}

/// The base forms of the words of each mention, read as a sentence with a subject: 'shot' is the verb's, not the noun's.
fn lemmas(events: &[Gold]) -> Vec<String> {
    let language = griot_language::Language::shipped();
    let read = |event: &Gold| {
        let document = griot_lab::line::document(&format!("They {} .", event.tokens_str.trim()), None);
        let tokens = language.read(&document).into_iter().flat_map(|sentence| sentence.tokens);
        tokens.skip(1).map(|token| token.lemma.to_string()).collect::<Vec<_>>().join(" ")
    };
    events.iter().map(read).collect()
}

fn meantime(folder: &Path) -> Result<Topics> {
    let mut topics = Topics::new();
    let (mut id, mut report) = (0, 0);
    for corpus in sorted(&folder.join("intra_cross-doc_annotation"))? {
        for file in sorted(&corpus)?.into_iter().filter(|file| file.extension().is_some_and(|ext| ext == "xml")) {
            let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            report += 1;
            let topic = corpus.file_name().unwrap_or_default().to_string_lossy().into_owned();
            topics.entry(topic).or_default().extend(Story::read(&text).mentions(report, &mut id));
        }
    }
    Ok(topics)
}

fn sorted(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

/// One annotated report of MEANTIME.
struct Story<'x> {
    /// The words of each mention of an act or a thing, by its number.
    words: HashMap<&'x str, String>,
    events: Vec<&'x str>,
    /// The chain of each mention of an act.
    chains: HashMap<&'x str, &'x str>,
    days: HashMap<&'x str, Date>,
    published: i32,
    /// Act, participant and role.
    sides: Vec<(&'x str, &'x str, &'x str)>,
    /// Act and the day that it is linked to.
    links: Vec<(&'x str, &'x str)>,
}

impl<'x> Story<'x> {
    fn read(xml: &'x str) -> Story<'x> {
        let tokens: HashMap<&str, &str> =
            xml::elements(xml, "token").filter_map(|token| Some((token.attribute("t_id")?, token.content))).collect();
        let spell = |content: &str| -> String {
            let parts = xml::elements(content, "token_anchor").filter_map(|anchor| tokens.get(anchor.attribute("t_id")?).copied());
            parts.map(xml::unescape).collect::<Vec<_>>().join(" ")
        };
        let (mut words, mut events) = (HashMap::new(), Vec::new());
        for tag in ["EVENT_MENTION", "ENTITY_MENTION"] {
            for mention in xml::elements(xml, tag) {
                if let Some(id) = mention.attribute("m_id") {
                    words.insert(id, spell(mention.content));
                    events.extend((tag == "EVENT_MENTION").then_some(id));
                }
            }
        }
        let instances: HashMap<&str, &str> =
            xml::elements(xml, "EVENT").filter_map(|event| Some((event.attribute("m_id")?, event.attribute("instance_id")?))).collect();
        let ends =
            |content: &'x str, tag: &str| -> Vec<&'x str> { xml::elements(content, tag).filter_map(|end| end.attribute("m_id")).collect() };
        let mut chains = HashMap::new();
        for link in xml::elements(xml, "REFERS_TO") {
            for instance in ends(link.content, "target").into_iter().filter_map(|target| instances.get(target)) {
                chains.extend(ends(link.content, "source").into_iter().map(|source| (source, *instance)));
            }
        }
        let (mut days, mut published) = (HashMap::new(), 0);
        for time in xml::elements(xml, "TIMEX3") {
            if let (Some(id), Some(Ok(value))) = (time.attribute("m_id"), time.attribute("value").map(str::parse::<Date>)) {
                days.insert(id, value);
                if time.attribute("functionInDocument") == Some("CREATION_TIME") {
                    published = day(value);
                }
            }
        }
        let pairs = |tag: &str| xml::elements(xml, tag).collect::<Vec<_>>();
        let one = |content: &'x str, tag: &str| ends(content, tag).first().copied();
        let sides = pairs("HAS_PARTICIPANT")
            .iter()
            .filter_map(|link| Some((one(link.content, "source")?, one(link.content, "target")?, link.attribute("sem_role")?)))
            .collect();
        let linked = |link: &&xml::Element| matches!(link.attribute("reltype"), Some("IS_INCLUDED" | "SIMULTANEOUS" | "MEASURE"));
        let links = pairs("TLINK")
            .iter()
            .filter(linked)
            .filter_map(|link| Some((one(link.content, "source")?, one(link.content, "target")?)))
            .collect();
        Story { words, events, chains, days, published, sides, links }
    }

    fn mentions(&self, report: i64, id: &mut i64) -> Vec<Mention> {
        let named = |event: &str, role: &str| {
            let found = self.sides.iter().filter(|(act, _, part)| *act == event && *part == role);
            let names: Vec<&String> = found.filter_map(|(_, who, _)| self.words.get(who)).collect();
            names.into_iter().find(|name| name.chars().any(char::is_uppercase)).map(String::as_str)
        };
        let mut seen = HashSet::new();
        let mut out = Vec::new();
        for event in self.events.iter().filter(|event| seen.insert(**event)) {
            *id += 1;
            let known = Known {
                report,
                words: self.words.get(event).map_or("", String::as_str),
                source: named(event, "Arg0"),
                target: named(event, "Arg1"),
                place: named(event, "Argm-LOC"),
                when: self.links.iter().find(|(act, _)| act == event).and_then(|(_, time)| self.days.get(time)).copied(),
                published: self.published,
            };
            let chain = self.chains.get(event).map_or_else(|| format!("alone {id}"), |chain| (*chain).to_owned());
            out.push(Mention { facts: facts(*id, &known), chain });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(chain: &str, id: i64, words: &str) -> Mention {
        let known = Known { report: id, words, source: Some("Amadou Diallo"), target: None, place: Some("Gao"), when: None, published: 0 };
        Mention { chain: chain.into(), facts: facts(id, &known) }
    }

    #[test]
    fn b_cubed_counts_what_belongs_together() {
        let right =
            BTreeMap::from([("t".to_owned(), vec![mention("a", 1, "attacked"), mention("a", 2, "attack"), mention("b", 3, "trial")])]);
        assert_eq!(score(&right, true).figures().2, 1.0);
        // Alone: precision 1, recall (1/2 + 1/2 + 1) / 3.
        assert!((score(&right, false).figures().1 - 2.0 / 3.0).abs() < 1e-9);
        let wrong = BTreeMap::from([("t".to_owned(), vec![mention("a", 1, "attacked"), mention("b", 2, "attack")])]);
        assert_eq!(score(&wrong, true).figures().0, 0.5);
    }
}
