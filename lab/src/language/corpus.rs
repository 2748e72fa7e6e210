//! The treebanks and the name corpora, read into sentences.

use super::oracle::Gold;
use anyhow::{Context, Result, bail};
use griot_types::{Name, NameKind, ROOT, SmolStr, Upos, Xpos};
use std::{collections::HashMap, fs, path::Path};

/// One sentence with what its source says of it.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// The words.
    pub forms: Vec<String>,
    /// Whether a space follows each word.
    pub spaces: Vec<bool>,
    /// Tags, lemmas and tree; absent in name corpora.
    pub tree: Option<Tree>,
    /// Names; absent where the source marks none.
    pub names: Option<Vec<Name>>,
    /// Whether it is known of each word what name it is in; empty where all are known.
    pub known: Vec<bool>,
    /// Whether a paragraph begins here.
    pub paragraph: bool,
    /// How sure the teacher is of the tree, where the tree is its.
    pub taught: Option<f32>,
}

/// What a treebank says of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub upos: Vec<Upos>,
    pub xpos: Vec<Xpos>,
    pub feats: Vec<SmolStr>,
    pub lemmas: Vec<String>,
    pub gold: Gold,
    /// The last column.
    misc: Vec<String>,
}

/// Reads a treebank. `named` says whether its `Entity=` marks names.
pub fn treebank(path: &Path, named: bool) -> Result<Vec<Sentence>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut sentences = Vec::new();
    let mut current = Sentence { tree: Some(Tree::default()), ..Sentence::default() };
    let mut surface: Option<(usize, bool)> = None;
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            if !current.forms.is_empty() {
                sentences.push(std::mem::take(&mut current));
                current.tree = Some(Tree::default());
            }
            continue;
        }
        if line.starts_with('#') {
            if let Some(sure) = line.strip_prefix("# sure = ") {
                current.taught = Some(sure.parse().with_context(|| format!("{}:{}", path.display(), number + 1))?);
            }
            current.paragraph |= line.starts_with("# newpar") || line.starts_with("# newdoc");
            continue;
        }
        token(&mut current, &mut surface, line).with_context(|| format!("{}:{}", path.display(), number + 1))?;
    }
    if named {
        gum_names(&mut sentences);
    }
    Ok(sentences)
}

/// Adds a line of a treebank to its sentence. `surface` is the last word of an open multi-word token, and whether a space follows it.
fn token(sentence: &mut Sentence, surface: &mut Option<(usize, bool)>, line: &str) -> Result<()> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = columns[..] else { bail!("not ten columns") };
    let space = !misc.split('|').any(|pair| pair == "SpaceAfter=No");
    if let Some((_, last)) = id.split_once('-') {
        *surface = Some((last.parse()?, space));
        return Ok(());
    }
    if id.contains('.') {
        return Ok(());
    }
    let id: usize = id.parse()?;
    let space = match *surface {
        Some((last, after)) if id == last => {
            *surface = None;
            after
        }
        Some(_) => false,
        None => space,
    };
    let tree = sentence.tree.get_or_insert_default();
    sentence.forms.push(form.to_owned());
    sentence.spaces.push(space);
    tree.upos.push(upos.parse()?);
    tree.xpos.push(xpos.parse()?);
    tree.feats.push(if feats == "_" { SmolStr::default() } else { feats.into() });
    tree.lemmas.push(lemma.to_owned());
    let head: u32 = head.parse()?;
    tree.gold.heads.push(head.checked_sub(1).unwrap_or(ROOT));
    tree.gold.labels.push(deprel.parse()?);
    tree.misc.push(misc.to_owned());
    Ok(())
}

/// Takes the names from `Name=B-Person`, `Name=I-Person` in the last column. At `Name=?` it is not known.
pub fn marked_names(sentences: &mut [Sentence]) {
    for sentence in sentences {
        let Some(tree) = &sentence.tree else { continue };
        let marks = tree.misc.iter().map(|misc| misc.split('|').find_map(|pair| pair.strip_prefix("Name=")).unwrap_or("O"));
        let marks: Vec<String> = marks.map(str::to_owned).collect();
        sentence.known = if marks.iter().any(|m| m == "?") { marks.iter().map(|m| m != "?").collect() } else { Vec::new() };
        sentence.names = Some(spans(&marks, |kind| match kind {
            "Person" => Some(NameKind::Person),
            "Place" => Some(NameKind::Place),
            "Organisation" => Some(NameKind::Organisation),
            _ => None,
        }));
    }
}

/// Finds the names among GUM's mentions: persons, places and organisations whose words from the first to the last proper noun are the
/// mention itself but for articles and titles before it.
fn gum_names(sentences: &mut [Sentence]) {
    let mut open: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    for sentence in sentences {
        open.clear();
        let mut names = Vec::new();
        let Some(tree) = &sentence.tree else { continue };
        for (at, misc) in tree.misc.iter().enumerate() {
            let Some(entity) = misc.split('|').find_map(|pair| pair.strip_prefix("Entity=")) else { continue };
            for (opens, closes, body) in brackets(entity) {
                let id = body.split('-').next().unwrap_or("").to_owned();
                if opens {
                    open.entry(id.clone()).or_default().push((at, body));
                }
                if closes && let Some((first, body)) = open.get_mut(&id).and_then(Vec::pop) {
                    names.extend(gum_name(tree, first, at + 1, &body));
                }
            }
        }
        // Of nested names the longest is kept.
        names.sort_by_key(|name: &Name| (std::cmp::Reverse(name.end - name.first), name.first));
        let mut kept: Vec<Name> = Vec::new();
        for name in names {
            if kept.iter().all(|k| name.end <= k.first || k.end <= name.first) {
                kept.push(name);
            }
        }
        kept.sort_by_key(|name| name.first);
        sentence.names = Some(kept);
    }
}

/// The parts of `(1-person-new(2-place-giv)1)`: whether each opens, whether it closes, what it says.
fn brackets(entity: &str) -> Vec<(bool, bool, String)> {
    let mut parts = Vec::new();
    let mut opens = false;
    let mut body = String::new();
    for c in entity.chars() {
        match c {
            '(' => {
                if !body.is_empty() {
                    parts.push((opens, false, std::mem::take(&mut body)));
                }
                opens = true;
            }
            ')' => {
                parts.push((opens, true, std::mem::take(&mut body)));
                opens = false;
            }
            _ => body.push(c),
        }
    }
    if !body.is_empty() {
        parts.push((opens, false, body));
    }
    parts
}

/// The name inside a mention, if it is one: `1-person-new-…-1,2-coref-Link`, where the numbers name the mention's core words.
fn gum_name(tree: &Tree, first: usize, end: usize, body: &str) -> Option<Name> {
    let fields: Vec<&str> = body.split('-').collect();
    let kind = match *fields.get(1)? {
        "person" => NameKind::Person,
        "place" => NameKind::Place,
        "organization" => NameKind::Organisation,
        _ => return None,
    };
    // The core's first word is the mention's head; a name is a mention headed by a proper noun.
    let inside = |at: usize| first <= at && at < end;
    let head = (first..end).find(|&at| {
        let head = tree.gold.heads[at];
        head == ROOT || !inside(head as usize)
    })?;
    if tree.upos[head] != Upos::Propn && !matches!(tree.xpos[head], Xpos::Nnp | Xpos::Nnps) {
        return None;
    }
    let proper = |at: usize| tree.upos[at] == Upos::Propn || matches!(tree.xpos[at], Xpos::Nnp | Xpos::Nnps);
    // From the head outward: proper nouns and what joins them ('University of Portsmouth', 'Jean - Pierre').
    let joint = |at: usize| {
        matches!(tree.xpos[at], Xpos::Hyph | Xpos::Pos)
            || (kind == NameKind::Organisation && matches!(tree.lemmas[at].as_str(), "of" | "for" | "and" | "&" | "the" | "on"))
    };
    let (mut from, mut to) = (head, head + 1);
    while from > first && (proper(from - 1) || (joint(from - 1) && from - 1 > first && proper(from - 2))) {
        from -= 1;
    }
    while to < end && (proper(to) || (joint(to) && to + 1 < end && (proper(to + 1) || (joint(to + 1) && to + 2 < end && proper(to + 2))))) {
        to += 1;
    }
    // 'President Macron': a title before a person is not the name.
    while kind == NameKind::Person && from + 1 < to && tree.gold.labels[from].as_str() == "nmod:desc" {
        from += 1;
    }
    Some(Name { first: from as u32, end: to as u32, kind })
}

/// Reads a name corpus of lines `form … tag`, tags in IOB or IO form. `kind` maps a tag's name to a kind; others are no names.
pub fn names(path: &Path, form: usize, tag: usize, kind: impl Fn(&str) -> Option<NameKind>) -> Result<Vec<Sentence>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut sentences = Vec::new();
    let (mut forms, mut tags): (Vec<String>, Vec<String>) = Default::default();
    for line in text.lines().chain([""]) {
        if line.starts_with("# ") && line.contains(" = ") {
            continue;
        }
        let columns: Vec<&str> = line.split([' ', '\t']).filter(|c| !c.is_empty()).collect();
        match (columns.get(form), columns.get(tag)) {
            (Some(form), Some(tag)) => {
                forms.push((*form).to_owned());
                tags.push((*tag).to_owned());
            }
            _ if !forms.is_empty() => {
                let names = Some(spans(&tags, &kind));
                let spaces = vec![true; forms.len()];
                sentences.push(Sentence { forms: std::mem::take(&mut forms), spaces, names, ..Sentence::default() });
                tags.clear();
            }
            _ => {}
        }
    }
    Ok(sentences)
}

/// The names that a sequence of tags marks.
fn spans(tags: &[String], kind: impl Fn(&str) -> Option<NameKind>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut open: Option<&str> = None;
    for (at, tag) in tags.iter().enumerate() {
        let (part, name) = tag.split_once('-').unwrap_or(("O", ""));
        if part == "O" {
            open = None;
            continue;
        }
        let continues = part == "I" && open == Some(name);
        open = Some(name);
        let Some(kind) = kind(name) else { continue };
        match names.last_mut() {
            Some(last) if continues && last.end as usize == at => last.end += 1,
            _ => names.push(Name { first: at as u32, end: at as u32 + 1, kind }),
        }
    }
    names
}

/// CrossNER's kinds.
pub fn crossner(tag: &str) -> Option<NameKind> {
    match tag {
        "person" | "politician" | "scientist" | "writer" | "researcher" | "musicalartist" => Some(NameKind::Person),
        "location" | "country" => Some(NameKind::Place),
        "organisation" | "politicalparty" | "university" | "band" => Some(NameKind::Organisation),
        _ => None,
    }
}

/// WNUT 2017's kinds.
pub fn wnut(tag: &str) -> Option<NameKind> {
    match tag {
        "person" => Some(NameKind::Person),
        "location" => Some(NameKind::Place),
        "corporation" | "group" => Some(NameKind::Organisation),
        _ => None,
    }
}

/// CoNLL's kinds.
pub fn conll(tag: &str) -> Option<NameKind> {
    match tag {
        "PER" => Some(NameKind::Person),
        "LOC" => Some(NameKind::Place),
        "ORG" => Some(NameKind::Organisation),
        _ => None,
    }
}
