//! What is counted rather than trained: lemma scripts, and the tokenizer's words.

use super::{abbreviations, corpus::Sentence, inflect};
use griot_language::{
    features::{ending, normalise},
    lemmatizer::{LONGEST, Script, ending_key, word_key},
    tokenizer::{Entry, Tokenizer, is_gap, key},
};
use griot_types::{Span, Xpos};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Lemma scripts and which words and endings they are for.
#[derive(Debug, Default)]
pub struct Lemmas {
    pub scripts: Vec<Script>,
    pub entries: Vec<(u64, u32)>,
}

/// Forms and lemmas of one word, and how often they go together.
type Pairs = BTreeMap<(String, String), u32>;

/// Counts scripts of words and of endings. An ending gets the script that most different words with it have. Forms that the treebanks lack
/// are made from the base forms that they and the codebook have.
pub fn lemmas(sentences: &[Sentence], codebook: &Bases) -> Lemmas {
    let mut words: BTreeMap<(u64, String, u8), Pairs> = BTreeMap::new();
    let mut normal = String::new();
    let trees = sentences.iter().filter_map(|s| s.tree.as_ref().map(|tree| (s, tree)));
    for (sentence, tree) in trees {
        for ((form, lemma), &xpos) in sentence.forms.iter().zip(&tree.lemmas).zip(&tree.xpos) {
            normalise(form, &mut normal);
            let pairs = words.entry((word_key(&normal, xpos), normal.clone(), xpos as u8)).or_default();
            *pairs.entry((form.clone(), lemma.clone())).or_insert(0) += 1;
        }
    }
    let mut endings: BTreeMap<u64, HashMap<Script, u32>> = BTreeMap::new();
    let mut known: Vec<(u64, Script)> = Vec::new();
    for ((hash, word, xpos), pairs) in &words {
        let script = fitting(pairs);
        let xpos = Xpos::ALL[usize::from(*xpos)];
        // 'Sept.' is written out as 'September'; that says nothing of 'Capt.'
        if !word.ends_with('.') {
            for len in 0..=LONGEST {
                let end = if len == 0 { "" } else { ending(word, len) };
                *endings.entry(ending_key(end, xpos)).or_default().entry(script.clone()).or_insert(0) += 1;
            }
        }
        known.push((*hash, script));
    }
    known.extend(inflected(&words, codebook));
    let mut out = Lemmas::default();
    let mut numbers: HashMap<Script, u32> = HashMap::new();
    let endings: Vec<(u64, Script)> = endings.iter().map(|(&hash, scripts)| (hash, most(scripts))).collect();
    for (hash, script) in known.into_iter().chain(endings) {
        let number = *numbers.entry(script.clone()).or_insert_with(|| {
            out.scripts.push(script);
            out.scripts.len() as u32 - 1
        });
        out.entries.push((hash, number));
    }
    out
}

/// Base forms in small letters.
#[derive(Debug, Default)]
pub struct Bases {
    pub verbs: BTreeSet<String>,
    pub nouns: BTreeSet<String>,
}

/// Scripts of the forms that no treebank has. Of two base forms of one form the one that stands first here is taken.
fn inflected(words: &BTreeMap<(u64, String, u8), Pairs>, codebook: &Bases) -> Vec<(u64, Script)> {
    let mut forms: Vec<inflect::Form> = Vec::new();
    let mut bases = Bases { verbs: codebook.verbs.clone(), nouns: codebook.nouns.clone() };
    let base = |word: &str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    for ((_, word, xpos), pairs) in words {
        let itself = pairs.keys().any(|(_, lemma)| lemma == word);
        match Xpos::ALL[usize::from(*xpos)] {
            // 'fought' is the past tense where it is the participle, and the other way round.
            Xpos::Vbn => forms.extend(pairs.keys().map(|(_, lemma)| (word.clone(), Xpos::Vbd, lemma.clone()))),
            Xpos::Vbd if word.ends_with("ed") => forms.extend(pairs.keys().map(|(_, lemma)| (word.clone(), Xpos::Vbn, lemma.clone()))),
            Xpos::Vb | Xpos::Vbp if itself && base(word) => _ = bases.verbs.insert(word.clone()),
            Xpos::Nn if itself && base(word) => _ = bases.nouns.insert(word.clone()),
            _ => {}
        }
    }
    let irregular: Vec<inflect::Form> = inflect::irregular().collect();
    let past: BTreeSet<&str> = irregular.iter().map(|(_, _, base)| base.as_str()).collect();
    let regular = bases.verbs.iter().flat_map(|base| inflect::verb(base));
    let regular = regular.filter(|(_, tag, base)| !(matches!(tag, Xpos::Vbd | Xpos::Vbn) && past.contains(base.as_str())));
    forms.extend(irregular.iter().cloned().chain(regular).chain(bases.nouns.iter().map(|base| inflect::noun(base))));
    let known: BTreeSet<(&str, u8)> = words.keys().map(|(_, word, xpos)| (word.as_str(), *xpos)).collect();
    forms.retain(|(form, xpos, _)| !known.contains(&(form.as_str(), *xpos as u8)));
    forms.iter().map(|(form, xpos, lemma)| (word_key(form, *xpos), Script::between(form, lemma))).collect()
}

/// The script that gives the right lemma most often, of 'I' and 'i' as of 'Was' and 'was'; of equal ones the least.
fn fitting(pairs: &Pairs) -> Script {
    let tried = pairs.keys().map(|(form, lemma)| {
        let script = Script::between(form, lemma);
        let right = pairs.iter().filter(|((form, lemma), _)| script.apply(form) == *lemma).map(|(_, count)| count).sum();
        (script, right)
    });
    most(&tried.collect())
}

/// The most frequent script; of equal ones the least.
fn most(scripts: &HashMap<Script, u32>) -> Script {
    let best = scripts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    best.map(|(script, _)| script.clone()).unwrap_or_else(|| Script::between("", ""))
}

/// Sentences of one paragraph as text: the text, every token's span, and how many tokens there are before the end of each sentence.
pub fn paragraphs(sentences: &[Sentence]) -> Vec<(String, Vec<Span>, Vec<usize>)> {
    let mut out: Vec<(String, Vec<Span>, Vec<usize>)> = Vec::new();
    for sentence in sentences {
        if sentence.paragraph || out.is_empty() {
            out.push(Default::default());
        }
        let Some((text, tokens, ends)) = out.last_mut() else { continue };
        for (form, &space) in sentence.forms.iter().zip(&sentence.spaces) {
            let start = text.len() as u32;
            text.push_str(form);
            tokens.push(Span::new(start, text.len() as u32));
            if space {
                text.push(' ');
            }
        }
        if !text.ends_with(' ') {
            text.push(' ');
        }
        ends.push(tokens.len());
    }
    out
}

/// Learns the tokenizer's words from the treebanks: what most often stays one token or is several there.
pub fn tokens(sentences: &[Sentence]) -> Vec<(u64, u32)> {
    let mut count: BTreeMap<(u8, String), [u32; 2]> = BTreeMap::new();
    let mut split: BTreeMap<String, BTreeMap<u32, u32>> = BTreeMap::new();
    // Abbreviations, and how many of them stand before a number.
    let mut numbered: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    let mut vote = |entry: Entry, word: &str, yes: bool| {
        let lower = word.to_lowercase().replace(['’', '‘'], "'");
        count.entry((entry as u8, lower)).or_default()[usize::from(yes)] += 1;
    };
    for (text, tokens, _) in paragraphs(sentences) {
        for (at, span) in tokens.iter().enumerate() {
            let form = span.of(&text);
            let next = tokens.get(at + 1).map(|n| n.of(&text)).filter(|_| tokens[at].end == tokens[at + 1].start);
            let letters = |s: &str| s.chars().all(char::is_alphabetic) && !s.is_empty();
            if let Some(word) = form.strip_suffix('.').filter(|w| letters(w)) {
                vote(Entry::Abbreviation, word, true);
                let number = tokens.get(at + 1).is_some_and(|n| n.of(&text).starts_with(|c: char| c.is_ascii_digit()));
                numbered.entry(word.to_lowercase()).or_default()[usize::from(number)] += 1;
            } else if letters(form) && next == Some(".") {
                vote(Entry::Abbreviation, form, false);
            }
            if let Some((prefix, rest)) = form.split_once('-').filter(|(p, r)| letters(p) && r.chars().count() > 1) {
                vote(Entry::Prefix, prefix, true);
                if rest.chars().all(|c| c.is_alphanumeric() || c == '-') {
                    vote(Entry::Hyphened, form, true);
                }
            } else if letters(form) && next == Some("-") {
                vote(Entry::Prefix, form, false);
                if let Some(second) = tokens.get(at + 2).filter(|t| t.start == tokens[at + 1].end) {
                    vote(Entry::Hyphened, &format!("{form}-{}", second.of(&text)), false);
                }
            }
            let number = |s: &str| s.starts_with(|c: char| c.is_ascii_digit()) && s.ends_with(|c: char| c.is_ascii_digit());
            if number(form)
                && let Some(unit) = next.filter(|n| letters(n))
            {
                vote(Entry::Unit, unit, true);
            } else if form.starts_with(|c: char| c.is_ascii_digit()) {
                let unit = form.trim_start_matches(|c: char| c.is_ascii_digit());
                if letters(unit) {
                    vote(Entry::Unit, unit, false);
                }
            }
        }
        whole_words(&text, &tokens, &mut vote, &mut split);
    }
    finish(&count, &split, &numbered)
}

/// Compares what stands between gaps with its tokens.
fn whole_words(text: &str, tokens: &[Span], vote: &mut impl FnMut(Entry, &str, bool), split: &mut BTreeMap<String, BTreeMap<u32, u32>>) {
    let mut first = 0;
    while first < tokens.len() {
        let mut end = first + 1;
        while end < tokens.len() && tokens[end].start == tokens[end - 1].end {
            end += 1;
        }
        let chunk = Span::new(tokens[first].start, tokens[end - 1].end).of(text);
        let core = Span::new(tokens[first].start, tokens[first].end).of(text);
        let has_mark = |s: &str| s.chars().any(|c| !c.is_alphanumeric());
        if has_mark(core) && !core.chars().any(is_gap) && core.len() <= 24 {
            vote(Entry::Keep, core, true);
        }
        if has_mark(chunk) && end - first > 1 {
            vote(Entry::Keep, chunk, false);
        }
        // Runs of letters that are two words: up to where the letters end.
        let mut at = first;
        while at < end {
            let mut to = at + 1;
            let plain = |i: usize| tokens[i].of(text).chars().all(char::is_alphabetic);
            while plain(at) && to < end && plain(to) {
                to += 1;
            }
            let word = Span::new(tokens[at].start, tokens[to - 1].end).of(text);
            if word.len() <= 16 && plain(at) && to - at <= 4 {
                let lengths = tokens[at..to - 1].iter().enumerate().fold(0, |sum, (i, span)| sum | span.len() << (8 * i));
                *split.entry(word.to_lowercase()).or_default().entry(lengths).or_insert(0) += 1;
            }
            at = to;
        }
        first = end;
    }
}

/// Keeps what the counts bear out.
fn finish(
    count: &BTreeMap<(u8, String), [u32; 2]>,
    split: &BTreeMap<String, BTreeMap<u32, u32>>,
    numbered: &BTreeMap<String, [u32; 2]>,
) -> Vec<(u64, u32)> {
    let mut entries: Vec<(u64, u32)> = abbreviations::entries().collect();
    // 'No.' ends a sentence unless a number follows.
    let before_numbers = |word: &str| numbered.get(word).is_some_and(|[other, number]| *number > 2 && *number > 3 * other);
    let nothing = Tokenizer { table: griot_language::hash::Table::EMPTY };
    for ((kind, word), [no, yes]) in count {
        let (no, yes) = (*no, *yes);
        let entry = match *kind {
            20 if yes * 2 > no && (yes > no || yes > 2) => Entry::Abbreviation,
            20 if before_numbers(word) => Entry::Abbreviation,
            21 if yes > no && yes >= 2 && word.len() > 1 => Entry::Prefix,
            22 if yes > no => Entry::Hyphened,
            25 if yes > no && yes >= 2 && word.len() <= 4 => Entry::Unit,
            24 if yes > no && yes >= 2 && !word.contains(|c: char| c.is_ascii_digit()) => {
                let mut plain = Vec::new();
                nothing.tokenize(word, 0, word.len(), &mut plain);
                if plain.len() == 1 {
                    continue;
                }
                Entry::Keep
            }
            _ => continue,
        };
        let value = if entry == Entry::Abbreviation && before_numbers(word) { 2 } else { 1 };
        entries.push((key(entry, word), value));
    }
    for (word, ways) in split {
        let all: u32 = ways.values().sum();
        if let Some((&lengths, &times)) = ways.iter().max_by_key(|(_, times)| **times)
            && lengths != 0
            && times * 2 > all
        {
            entries.push((key(Entry::Split, word), lengths));
        }
    }
    entries
}
