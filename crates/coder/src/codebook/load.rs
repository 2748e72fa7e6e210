//! Reads the human-edited TOML of the codebook; every mistake is reported with file and line.

use super::{
    Class, Clause, Codebook, Complement, Condition, Confidence, Count, Error, Form, Frame, Grammar, Index, Item, Light, Needs, Pattern,
    Roles, Subtypes, Template, Test,
};
use griot_types::{Cause, Change, Kind, Status, Type, sha256};
use griot_world::ActorKind;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use toml::Spanned;

/// A word or a list of words.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Many(Vec<String>),
}

impl Words {
    fn list(&self) -> Vec<&str> {
        match self {
            Words::One(word) => vec![word.as_str()],
            Words::Many(words) => words.iter().map(String::as_str).collect(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct FrameFile {
    sets: BTreeMap<String, Vec<String>>,
    frame: Vec<Spanned<RawFrame>>,
    measure: Vec<RawMeasure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    #[serde(rename = "type")]
    type_: String,
    nouns: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawFrame {
    name: String,
    verbs: Vec<String>,
    nouns: Vec<String>,
    adjectives: Vec<String>,
    when: BTreeMap<String, Words>,
    unless: BTreeMap<String, Words>,
    complement: Option<RawComplement>,
    speech: bool,
    retells: bool,
    light: Option<RawLight>,
    noun_of: Option<String>,
    noun_poss: Option<String>,
    examples: Vec<String>,
    note: Option<String>,
    also: Vec<RawTemplate>,
    #[serde(rename = "type")]
    type_: Option<String>,
    measure: Option<String>,
    mode: Option<String>,
    mode_by: BTreeMap<String, String>,
    context: Vec<String>,
    cameo: Option<String>,
    source: Option<String>,
    target: Option<String>,
    said_by: Option<String>,
    place: Option<String>,
    mutual: bool,
    status: Option<String>,
    cause: Option<String>,
    needs: Option<String>,
    count: Option<String>,
    change: Option<String>,
    of: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawTemplate {
    #[serde(rename = "type")]
    type_: Option<String>,
    measure: Option<String>,
    mode: Option<String>,
    mode_by: BTreeMap<String, String>,
    context: Vec<String>,
    cameo: Option<String>,
    source: Option<String>,
    target: Option<String>,
    said_by: Option<String>,
    place: Option<String>,
    mutual: bool,
    status: Option<String>,
    cause: Option<String>,
    needs: Option<String>,
    count: Option<String>,
    change: Option<String>,
    of: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawComplement {
    role: String,
    status: String,
    past: Option<String>,
    #[serde(default)]
    speaker: String,
    #[serde(default)]
    subject: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLight {
    role: String,
    subj: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct GrammarFile {
    auxiliaries: BTreeMap<String, String>,
    adverbs: BTreeMap<String, String>,
    conjunctions: BTreeMap<String, String>,
    sources: Vec<String>,
    locatives: Vec<String>,
    partitives: Vec<String>,
    counters: Vec<String>,
    particles: Vec<String>,
    namers: Vec<String>,
    directions: BTreeMap<SmolStr, Change>,
    comparisons: Vec<String>,
    descriptions: BTreeMap<String, Vec<ActorKind>>,
    several: BTreeMap<String, Vec<ActorKind>>,
    places: BTreeMap<String, Vec<u8>>,
    sides: Vec<String>,
    capitals: Vec<String>,
    pretences: Vec<String>,
    mocks: Vec<String>,
    inversions: Vec<String>,
    remembrances: Vec<String>,
    counterparts: BTreeMap<String, Vec<ActorKind>>,
    irregular: BTreeMap<String, String>,
}

/// The weights of a claim's confidence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfidenceFile {
    weights: BTreeMap<SmolStr, f64>,
}

/// What the later steps need of all files.
struct Shared {
    sets: BTreeMap<String, Vec<SmolStr>>,
    particles: Vec<String>,
}

/// Compiles sources; a later file or frame of the same name replaces an earlier one.
pub(super) fn compile(base: &[(String, String)], own: &[(String, String)]) -> Result<Codebook, Error> {
    let own_files: Vec<&str> = own.iter().map(|(name, _)| name.as_str()).collect();
    let sources = last_of_each(&[base, own].concat());
    let mut grammar_file = GrammarFile::default();
    let (mut acled, mut ucdp) = (Subtypes::default(), Subtypes::default());
    let mut confidence = Confidence::default();
    let mut files = Vec::new();
    for (name, text) in &sources {
        if name.ends_with("grammar.toml") {
            grammar_file = parse(name, text)?;
        } else if name.ends_with("acled.toml") {
            acled = Subtypes::parse(name, text)?;
        } else if name.ends_with("ucdp.toml") {
            ucdp = Subtypes::parse(name, text)?;
        } else if name.ends_with("confidence.toml") {
            confidence = Confidence::new(parse::<ConfidenceFile>(name, text)?.weights);
        } else {
            files.push((name, text, parse::<FrameFile>(name, text)?));
        }
    }
    let mut shared = Shared { sets: BTreeMap::new(), particles: grammar_file.particles.clone() };
    for (_, _, file) in &files {
        for (set, words) in &file.sets {
            shared.sets.insert(set.clone(), words.iter().map(SmolStr::from).collect());
        }
    }
    let mut frames: Vec<Frame> = Vec::new();
    let mut by_name: FxHashMap<SmolStr, usize> = FxHashMap::default();
    let mut measures = FxHashMap::default();
    for (name, text, file) in &files {
        for measure in &file.measure {
            let type_ = parse_type(&measure.type_).map_err(|message| Error::Source { file: name.to_string(), line: 1, message })?;
            for noun in &measure.nouns {
                measures.insert(noun.into(), type_);
            }
        }
        for raw in &file.frame {
            let line = line_of(text, raw.span().start);
            let fail = |message: String| Error::Source { file: name.to_string(), line, message };
            let mut frame = frame(raw.get_ref(), &shared, format!("{name}:{line}")).map_err(fail)?;
            frame.own = own_files.contains(&name.as_str());
            match by_name.get(&frame.name) {
                Some(&at) if same_file(&frames[at].place, name) => {
                    return Err(fail(format!("a frame named '{}' stands in this file already", frame.name)));
                }
                Some(&at) => frames[at] = frame,
                None => {
                    by_name.insert(frame.name.clone(), frames.len());
                    frames.push(frame);
                }
            }
        }
    }
    let version = version(&sources);
    let index = Index::new(&frames);
    Ok(Codebook { version, frames, grammar: grammar(&grammar_file, &sources)?, measures, acled, ucdp, confidence, index })
}

fn last_of_each(sources: &[(String, String)]) -> Vec<(String, String)> {
    let mut kept: Vec<(String, String)> = Vec::new();
    for (name, text) in sources {
        match kept.iter_mut().find(|(n, _)| n == name) {
            Some(slot) => slot.1 = text.clone(),
            None => kept.push((name.clone(), text.clone())),
        }
    }
    kept
}

fn same_file(place: &str, file: &str) -> bool {
    place.strip_prefix(file).is_some_and(|rest| rest.starts_with(':'))
}

fn version(sources: &[(String, String)]) -> String {
    let mut all = String::new();
    for (name, text) in sources {
        all.push_str(name);
        all.push('\n');
        // A checkout with other line ends holds the same rules.
        all.push_str(&text.replace("\r\n", "\n"));
    }
    format!("griot-{}", &sha256(all.as_bytes())["sha256:".len()..][..12])
}

fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|&&b| b == b'\n').count() + 1
}

fn parse<'t, T: Deserialize<'t>>(file: &str, text: &'t str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| Error::Source {
        file: file.to_owned(),
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        message: error.message().to_owned(),
    })
}

fn grammar(file: &GrammarFile, sources: &[(String, String)]) -> Result<Grammar, Error> {
    let statuses = |table: &BTreeMap<String, String>| -> Result<FxHashMap<SmolStr, Option<Status>>, Error> {
        table
            .iter()
            .map(|(word, status)| {
                let status = keep_or_status(status).map_err(|message| {
                    let (name, text) = sources.iter().find(|(name, _)| name.ends_with("grammar.toml")).cloned().unwrap_or_default();
                    let line = text.lines().position(|l| l.starts_with(word.as_str())).map_or(1, |at| at + 1);
                    Error::Source { file: name, line, message }
                })?;
                Ok((word.into(), status))
            })
            .collect()
    };
    let words = |list: &[String]| list.iter().map(SmolStr::from).collect();
    let kinds = |map: &BTreeMap<String, Vec<ActorKind>>| map.iter().map(|(noun, kinds)| (noun.into(), kinds.clone())).collect();
    Ok(Grammar {
        auxiliaries: statuses(&file.auxiliaries)?,
        adverbs: statuses(&file.adverbs)?,
        conjunctions: statuses(&file.conjunctions)?,
        sources: words(&file.sources),
        locatives: words(&file.locatives),
        partitives: words(&file.partitives),
        counters: words(&file.counters),
        namers: words(&file.namers),
        directions: file.directions.clone(),
        comparisons: words(&file.comparisons),
        descriptions: kinds(&file.descriptions),
        several: kinds(&file.several),
        places: file.places.iter().map(|(word, precisions)| (word.into(), precisions.clone())).collect(),
        sides: words(&file.sides),
        capitals: words(&file.capitals),
        pretences: words(&file.pretences),
        mocks: words(&file.mocks),
        inversions: words(&file.inversions),
        remembrances: words(&file.remembrances),
        counterparts: kinds(&file.counterparts),
        irregular: file.irregular.iter().map(|(form, lemma)| (form.into(), lemma.into())).collect(),
    })
}

fn keep_or_status(word: &str) -> Result<Option<Status>, String> {
    if word == "keep" { Ok(None) } else { word.parse().map(Some) }
}

fn parse_type(word: &str) -> Result<Type, String> {
    word.parse()
}

fn frame(raw: &RawFrame, shared: &Shared, place: String) -> Result<Frame, String> {
    if raw.name.is_empty() {
        return Err("a frame needs a 'name'".into());
    }
    let about = |message: String| format!("frame '{}': {message}", raw.name);
    let mut patterns = Vec::new();
    for (form, words) in [(Form::Verb, &raw.verbs), (Form::Noun, &raw.nouns), (Form::Adjective, &raw.adjectives)] {
        for word in words {
            for word in expand_set(word, shared).map_err(about)? {
                patterns.push(pattern(form, &word, shared).map_err(about)?);
            }
        }
    }
    if patterns.is_empty() {
        return Err(about("it has no 'verbs', 'nouns' or 'adjectives'".into()));
    }
    let mut claims = Vec::new();
    let main = main_template(raw);
    if main.type_.is_some() || main.measure.is_some() || main.change.is_some() {
        claims.push(template(&main, shared).map_err(about)?);
    }
    for also in &raw.also {
        claims.push(template(also, shared).map_err(about)?);
    }
    let complement = raw.complement.as_ref().map(|c| complement(c, shared)).transpose().map_err(about)?;
    let light = raw.light.as_ref().map(light).transpose().map_err(about)?;
    if claims.is_empty() && complement.is_none() && light.is_none() && !raw.speech {
        return Err(about("it makes no claim: give it a 'type', a 'complement' or 'light'".into()));
    }
    Ok(Frame {
        name: raw.name.as_str().into(),
        place,
        patterns,
        when: conditions(&raw.when, shared).map_err(about)?,
        unless: conditions(&raw.unless, shared).map_err(about)?,
        claims,
        complement,
        speech: raw.speech,
        retells: raw.retells,
        light,
        of_is_doer: side(raw.noun_of.as_deref(), "obj").map_err(about)? == "subj",
        poss_is_sufferer: side(raw.noun_poss.as_deref(), "subj").map_err(about)? == "obj",
        own: false,
        examples: raw.examples.clone(),
    })
}

fn main_template(raw: &RawFrame) -> RawTemplate {
    RawTemplate {
        type_: raw.type_.clone(),
        measure: raw.measure.clone(),
        mode: raw.mode.clone(),
        mode_by: raw.mode_by.clone(),
        context: raw.context.clone(),
        cameo: raw.cameo.clone(),
        source: raw.source.clone(),
        target: raw.target.clone(),
        said_by: raw.said_by.clone(),
        place: raw.place.clone(),
        mutual: raw.mutual,
        status: raw.status.clone(),
        cause: raw.cause.clone(),
        needs: raw.needs.clone(),
        count: raw.count.clone(),
        change: raw.change.clone(),
        of: raw.of.clone(),
    }
}

fn side<'a>(word: Option<&'a str>, default: &'a str) -> Result<&'a str, String> {
    match word {
        None => Ok(default),
        Some(word @ ("subj" | "obj")) => Ok(word),
        Some(word) => Err(format!("'{word}' is neither 'subj' nor 'obj'")),
    }
}

fn expand_set(word: &str, shared: &Shared) -> Result<Vec<SmolStr>, String> {
    match word.strip_prefix('@') {
        None => Ok(vec![word.into()]),
        Some(set) => shared.sets.get(set).cloned().ok_or_else(|| format!("there is no set '@{set}'")),
    }
}

/// Reads 'take control of': verb, fixed object, particles, told apart by the grammar's list of particles and prepositions.
fn pattern(form: Form, text: &str, shared: &Shared) -> Result<Pattern, String> {
    let mut words = text.split_whitespace().map(SmolStr::from).collect::<Vec<_>>();
    if words.is_empty() {
        return Err("an empty word".into());
    }
    if form == Form::Verb {
        let lemma = words.remove(0);
        let (particles, objects): (Vec<_>, Vec<_>) = words.into_iter().partition(|w| shared.particles.iter().any(|p| p == w));
        if objects.iter().any(|w| w == "and" || w == "or") {
            return Err(format!("'{text}' joins two verbs: list them one by one"));
        }
        // Of a longer fixed object ('offer good offices') the head noun is what the tree tells surely.
        return Ok(Pattern { form, lemma, before: Vec::new(), object: objects.into_iter().next_back(), particles });
    }
    // 'out of question' is the word of its clause, a preposition with its noun.
    if form == Form::Adjective && words.len() > 1 && shared.particles.contains(&words[0].to_string()) {
        return Ok(Pattern { form, lemma: words.join(" ").into(), before: Vec::new(), object: None, particles: Vec::new() });
    }
    // The treebanks split 'pull-out' at its hyphen.
    let mut words: Vec<SmolStr> = words.iter().flat_map(|w| w.split('-')).filter(|w| !w.is_empty()).map(SmolStr::from).collect();
    let Some(lemma) = words.pop() else { return Err(format!("'{text}' is no word")) };
    Ok(Pattern { form, lemma, before: words, object: None, particles: Vec::new() })
}

fn conditions(raw: &BTreeMap<String, Words>, shared: &Shared) -> Result<Vec<Condition>, String> {
    raw.iter()
        .map(|(role, words)| {
            let any = words.list().into_iter().map(|word| test(word, shared)).collect::<Result<_, _>>()?;
            Ok(Condition { role: role.into(), any })
        })
        .collect()
}

fn test(word: &str, shared: &Shared) -> Result<Test, String> {
    // '#event:ASSAULT #definite': both of one filler.
    if word.starts_with('#') && word.contains(' ') {
        return Ok(Test::All(word.split_whitespace().map(|part| test(part, shared)).collect::<Result<_, _>>()?));
    }
    if let Some(class) = word.strip_prefix('#') {
        return class_test(class);
    }
    Ok(Test::Lemmas(expand_set(word, shared)?))
}

fn class_test(word: &str) -> Result<Test, String> {
    if let Some(type_) = word.strip_prefix("event:") {
        return Ok(Test::Event(Some(parse_type(type_)?)));
    }
    Ok(match word {
        "event" => Test::Event(None),
        "none" => Test::Absent,
        "any" => Test::Any,
        "definite" => Test::Definite,
        "infinitive" => Test::Clause(Clause::Infinitive),
        "finite" => Test::Clause(Clause::Finite),
        "gerund" => Test::Clause(Clause::Gerund),
        "obligation" => Test::Clause(Clause::Obligation),
        "refusal" => Test::Clause(Clause::Refusal),
        "question" => Test::Clause(Clause::Question),
        "actor" => Test::Class(Class::Actor),
        "someone" => Test::Class(Class::Someone),
        "force" => Test::Class(Class::Force),
        "state" => Test::Class(Class::State),
        "government" => Test::Class(Class::Government),
        "military" => Test::Class(Class::Military),
        "group" => Test::Class(Class::Group),
        "body" => Test::Class(Class::Body),
        "person" => Test::Class(Class::Person),
        "civilian" => Test::Class(Class::Civilian),
        "igo" => Test::Class(Class::Igo),
        "mission" => Test::Class(Class::Mission),
        "people" => Test::Class(Class::People),
        "place" => Test::Class(Class::Place),
        "time" => Test::Class(Class::Time),
        "number" => Test::Class(Class::Number),
        "money" => Test::Class(Class::Money),
        _ => return Err(format!("'#{word}' is no class; docs/FRAMES.md lists them")),
    })
}

/// Reads 'subj:force | with + obj'.
fn roles(text: &str, shared: &Shared) -> Result<Roles, String> {
    let mut alternatives = Vec::new();
    for alternative in text.split('|').filter(|a| !a.trim().is_empty()) {
        let mut union = Vec::new();
        for item in alternative.split('+') {
            let item = item.trim();
            let (path, class) = match item.split_once(':') {
                Some((path, class)) => (path.trim(), Some(class.trim())),
                None => (item, None),
            };
            if path.is_empty() {
                return Err(format!("'{text}' names an empty role"));
            }
            let test = match class {
                None => None,
                Some(class) if class.starts_with('@') => Some(test(class, shared)?),
                Some(class) => Some(class_test(class.trim_start_matches('#'))?),
            };
            union.push(Item { path: path.split('.').map(SmolStr::from).collect(), test });
        }
        alternatives.push(union);
    }
    Ok(Roles(alternatives))
}

fn complement(raw: &RawComplement, shared: &Shared) -> Result<Complement, String> {
    let speaker = (!raw.speaker.is_empty()).then(|| roles(&raw.speaker, shared)).transpose()?;
    Ok(Complement {
        roles: raw.role.split(['|', '+']).map(|r| r.trim().into()).collect(),
        status: keep_or_status(&raw.status)?,
        past: raw.past.as_deref().map(str::parse).transpose()?,
        speaker,
        subject_controls: raw.subject == "subj",
    })
}

fn light(raw: &RawLight) -> Result<Light, String> {
    Ok(Light { role: raw.role.as_str().into(), subject: side(Some(&raw.subj), "subj")?.into() })
}

fn template(raw: &RawTemplate, shared: &Shared) -> Result<Template, String> {
    let roles = |text: &Option<String>| roles(text.as_deref().unwrap_or(""), shared);
    let type_ = match (&raw.type_, &raw.measure) {
        (Some(type_), _) | (None, Some(type_)) => parse_type(type_)?,
        // The measure of a change follows from the noun; `other` stands where none is listed.
        (None, None) => Type::Other,
    };
    let count = match (&raw.change, &raw.count) {
        (Some(change), _) => {
            let change = match change.as_str() {
                "rise" => Change::Rise,
                "fall" => Change::Fall,
                other => return Err(format!("change is 'rise' or 'fall', not '{other}'")),
            };
            Some(Count::Change(change, roles(&raw.of)?))
        }
        (None, Some(_)) => Some(Count::Of(roles(&raw.count)?)),
        (None, None) => None,
    };
    let kind = type_.kind();
    if kind == Kind::Relation && count.is_some() {
        return Err(format!(
            "the relation '{type_}' takes no 'count': a share is read beside it, another count needs a figure of its own in 'also'"
        ));
    }
    if kind == Kind::Figure && count.is_none() {
        return Err(format!("the figure '{type_}' needs a 'count' or a 'change'"));
    }
    if kind != Kind::Event && (raw.mode.is_some() || raw.cameo.is_some() || !raw.context.is_empty()) {
        return Err(format!("'{type_}' is no event: mode, context and cameo belong to events alone"));
    }
    let needs = match raw.needs.as_deref() {
        None if kind == Kind::Relation => Needs::Both,
        None if kind == Kind::Figure => Needs::None,
        None | Some("either") => Needs::Either,
        Some("source") => Needs::Source,
        Some("target") => Needs::Target,
        Some("both") => Needs::Both,
        Some("place") => Needs::Place,
        Some("none") => Needs::None,
        Some(other) => return Err(format!("'needs' cannot be '{other}'")),
    };
    Ok(Template {
        type_,
        mode: raw.mode.as_deref().map(SmolStr::from),
        mode_by: raw.mode_by.iter().map(|(t, m)| Ok((parse_type(t)?, m.into()))).collect::<Result<_, String>>()?,
        context: raw.context.iter().map(SmolStr::from).collect(),
        cameo: raw.cameo.as_deref().map(SmolStr::from),
        source: roles(&raw.source)?,
        target: roles(&raw.target)?,
        said_by: roles(&raw.said_by)?,
        place: roles(&raw.place)?,
        mutual: raw.mutual,
        status: raw.status.as_deref().map(str::parse).transpose()?,
        cause: raw.cause.as_deref().map(cause).transpose()?,
        needs,
        count,
    })
}

fn cause(word: &str) -> Result<Cause, String> {
    word.parse()
}
