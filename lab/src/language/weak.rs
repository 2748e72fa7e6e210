//! Names in a treebank that marks none, as far as they can be told: labels for some words, 'not known' for the rest.
//!
//! EWT is the largest text here and has trees but no names. Three things are as good as told: a word that is no proper noun and stands beside
//! none is in no name; a chain of `flat` proper nouns is a person; a proper noun that the name corpora, the list of the world's states or UCDP's
//! list of actors always hold for one thing is that thing (distant supervision, Mintz et al. 2009). Words that are not known teach nothing.

use super::corpus::{Sentence, Tree};
use anyhow::{Context, Result};
use griot_types::{Deprel, Name, NameKind, Upos, Xpos};
use std::{collections::HashMap, fs, path::Path};

/// The label of a word of which nothing is known.
pub const UNKNOWN: u8 = 255;

/// What is always one thing: words joined by spaces, lower case → a kind, or `None` for what is no name.
#[derive(Debug, Default)]
pub struct Lexicon(HashMap<String, Option<NameKind>>);

impl Lexicon {
    /// Counts the names of `sentences` and adds states, regions and UCDP's actors.
    pub fn of(sentences: &[Sentence], data: &Path) -> Result<Lexicon> {
        let mut counts: HashMap<String, [u32; 4]> = HashMap::new();
        for sentence in sentences {
            let Some(names) = &sentence.names else { continue };
            let mut free = vec![true; sentence.forms.len()];
            for name in names {
                let (first, end) = (name.first as usize, name.end as usize);
                counts.entry(join(&sentence.forms[first..end])).or_default()[name.kind as usize] += 1;
                free[first..end].fill(false);
            }
            let capital = |at: usize| sentence.forms[at].starts_with(char::is_uppercase);
            for at in (1..free.len()).filter(|&at| free[at] && capital(at)) {
                counts.entry(join(&sentence.forms[at..=at])).or_default()[3] += 1;
            }
        }
        let mut lexicon = Lexicon::default();
        const KINDS: [Option<NameKind>; 4] = [Some(NameKind::Person), Some(NameKind::Place), Some(NameKind::Organisation), None];
        for (words, count) in counts {
            let all: u32 = count.iter().sum();
            let least = if words.contains(' ') { 1 } else { 2 };
            if let Some(at) = (0..4).find(|&at| count[at] >= least && count[at] * 10 >= all * 9) {
                lexicon.0.insert(words, KINDS[at]);
            }
        }
        lexicon.add_places(data)?;
        lexicon.add_actors(data)?;
        for word in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] {
            lexicon.0.insert(word.to_lowercase(), None);
        }
        Ok(lexicon)
    }

    fn add_places(&mut self, data: &Path) -> Result<()> {
        for file in ["ne_admin0_world_simpl001.geojson", "ne_admin1_sahel.geojson"] {
            let path = data.join("places/natural_earth").join(file);
            let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            for part in text.split("\"name\":").skip(1) {
                if let Some(name) = part.trim_start().strip_prefix('"').and_then(|p| p.split('"').next()) {
                    self.0.insert(spaced(name), Some(NameKind::Place));
                }
            }
        }
        Ok(())
    }

    fn add_actors(&mut self, data: &Path) -> Result<()> {
        let path = data.join("reference/ucdp_actor/ucdp-actor-221.csv");
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        for line in text.lines().skip(1) {
            let name =
                line.split_once(',').map_or("", |(_, rest)| rest.trim_start_matches('"').split([',', '"', '(']).next().unwrap_or(""));
            if name.starts_with(char::is_uppercase) && !name.starts_with("Government of") && name.len() > 3 {
                self.0.entry(spaced(name.trim())).or_insert(Some(NameKind::Organisation));
            }
        }
        Ok(())
    }

    fn get(&self, words: &[String]) -> Option<Option<NameKind>> {
        self.0.get(&join(words)).copied()
    }
}

fn join(words: &[String]) -> String {
    words.join(" ").to_lowercase()
}

/// A name as the treebanks cut it.
fn spaced(name: &str) -> String {
    name.replace('-', " - ").to_lowercase()
}

/// Names that are persons in `flat` chains, and how often each was seen there.
pub fn person_words(sentences: &[Sentence]) -> HashMap<String, u32> {
    let mut words = HashMap::new();
    for (sentence, tree) in sentences.iter().filter_map(|s| s.tree.as_ref().map(|t| (s, t))) {
        for (first, end) in chains(&sentence.forms, tree) {
            for word in &sentence.forms[first..end] {
                *words.entry(word.to_lowercase()).or_insert(0) += 1;
            }
        }
    }
    words
}

fn is_proper(tree: &Tree, at: usize) -> bool {
    tree.upos[at] == Upos::Propn || matches!(tree.xpos[at], Xpos::Nnp | Xpos::Nnps)
}

/// Chains of proper nouns joined by `flat`, of letters alone, that are most likely persons.
fn chains(forms: &[String], tree: &Tree) -> Vec<(usize, usize)> {
    let mut chains = Vec::new();
    for head in 0..forms.len() {
        let mut end = head + 1;
        while end < forms.len() && tree.gold.labels[end] == Deprel::Flat && tree.gold.heads[end] as usize == head {
            end += 1;
        }
        let plain =
            |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’')) && word.starts_with(char::is_uppercase);
        let placelike = ["lake", "mount", "los", "san", "new", "puerto", "fort", "cape", "santa", "al", "la", "st.", "sri", "war", "plan"];
        let persons = (head..end).all(|at| is_proper(tree, at) && plain(&forms[at]))
            && !placelike.contains(&forms[head].to_lowercase().as_str())
            && forms[end - 1].chars().count() > 2;
        if end - head >= 2 && persons {
            chains.push((head, end));
        }
    }
    chains
}

/// Names and labels of a sentence whose tree is known: the names that can be told, and for each word whether it is known.
pub fn label(sentence: &Sentence, tree: &Tree, lexicon: &Lexicon, persons: &HashMap<String, u32>) -> (Vec<Name>, Vec<bool>) {
    let forms = &sentence.forms;
    let count = forms.len();
    let proper: Vec<bool> = (0..count).map(|at| is_proper(tree, at)).collect();
    let beside = |at: usize| (at > 0 && proper[at - 1]) || (at + 1 < count && proper[at + 1]);
    let mut known: Vec<bool> = (0..count)
        .map(|at| {
            let capital = forms[at].starts_with(char::is_uppercase) && at > 0;
            let joint =
                matches!(tree.xpos[at], Xpos::Hyph | Xpos::Cc | Xpos::In | Xpos::Dt | Xpos::Pos | Xpos::Afx | Xpos::Fw) && beside(at);
            !proper[at] && !capital && !joint
        })
        .collect();
    let mut names: Vec<Name> = Vec::new();
    let mut add = |first: usize, end: usize, kind: NameKind, known: &mut Vec<bool>| {
        if names.iter().all(|n| end <= n.first as usize || n.end as usize <= first) {
            names.push(Name { first: first as u32, end: end as u32, kind });
            known[first..end].fill(true);
        }
    };
    let chains = chains(forms, tree);
    let mut at = 0;
    while at < count {
        if !proper[at] {
            at += 1;
            continue;
        }
        // A run of proper nouns, with the hyphens inside it.
        let mut end = at + 1;
        while end < count && (proper[end] || (tree.xpos[end] == Xpos::Hyph && end + 1 < count && proper[end + 1])) {
            end += 1;
        }
        let (mut first, run_end) = (at, end);
        at = end;
        while first + 1 < run_end && tree.gold.labels[first] == Deprel::NmodDesc {
            known[first] = true;
            first += 1;
        }
        let joined = |place: Option<usize>| place.is_some_and(|p| p < count && matches!(tree.xpos[p], Xpos::Hyph | Xpos::Afx));
        if joined(first.checked_sub(1)) || joined(Some(run_end)) {
            continue;
        }
        match lexicon.get(&forms[first..run_end]) {
            Some(Some(kind)) => add(first, run_end, kind, &mut known),
            Some(None) => known[first..run_end].fill(true),
            None if chains.contains(&(first, run_end)) => add(first, run_end, NameKind::Person, &mut known),
            None if run_end - first == 1 && persons.get(&forms[first].to_lowercase()).is_some_and(|&seen| seen > 1) => {
                add(first, run_end, NameKind::Person, &mut known);
            }
            None => {}
        }
    }
    names.sort_by_key(|name| name.first);
    (names, known)
}
