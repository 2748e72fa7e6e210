//! Parts of a total: 'including two children', '54 of them children', 'of whom five were foreigners', 'Among them were 12 girls'.
//!
//! What joins a part to its total are a few words beside the number, which parsers hang anywhere; so they are looked for in the order of the text.

use super::draft::Draft;
use super::figures::{TOLLS, Used, measure, singular, take_count};
use crate::quantity::Count;
use crate::scene::Scene;
use griot_types::{Deprel, Kind, Type, Upos};

/// Drafts the parts of a sentence's totals that no frame counts, and ties those to their totals that a frame has counted.
pub fn of_sentence(scene: &Scene, s: usize, from: usize, used: &mut Used, drafts: &mut Vec<Draft>) {
    let mut last: Option<(usize, usize)> = None;
    for count in candidates(scene, s) {
        let opened = opens(scene, s, &count);
        // '… including 12 children, three nuns and a doctor': the list goes on.
        let listed = last.filter(|&(end, _)| goes_on(scene, s, end, count.first)).map(|(_, whole)| whole);
        let whole = match (opened, listed) {
            (Some(opening), _) => whole_of(scene, s, from, &count, opening, drafts),
            (None, whole) => whole,
        };
        let Some(whole) = whole else { continue };
        // '50,000 of them have had no food': what they do is another matter.
        if opened.is_some_and(|o| o.pronoun) && !used.has(&count) && acts(scene, s, &count) {
            continue;
        }
        let done = drafts[from..].iter().position(|d| d.quantity.as_ref().is_some_and(|q| q.span == span(scene, s, &count)));
        match done.map(|d| d + from) {
            Some(at) if at != whole && drafts[at].inside.is_none() => {
                let same = drafts[at].type_ == drafts[whole].type_ || drafts[whole].type_ == Type::Casualties;
                if whole < at && same && opened.is_some() {
                    drafts[at].inside = Some(whole);
                    if drafts[at].said_by.is_empty() && drafts[whole].sentence == s {
                        drafts[at].said_by = drafts[whole].said_by.clone();
                    }
                    drafts[at].of_event = drafts[at].of_event.or(drafts[whole].of_event);
                    drafts[at].time = drafts[at].time.take().or_else(|| drafts[whole].time.clone());
                    if drafts[at].target.is_empty() || opened.is_some_and(|o| o.pronoun) && count.of.is_some() {
                        drafts[at].target = drafts[whole].target.clone();
                    }
                }
            }
            Some(_) => {}
            None => part(scene, s, &count, whole, opened, drafts),
        }
        used.take(&count);
        if opened.is_none() && done.is_some() {
            continue;
        }
        last = Some((count.head.max(count.end) + 1, whole));
    }
}

/// '12 people dead and 30 wounded', '12 deaths and 30 injuries': a count beside a toll, of a measure that its own noun names.
pub fn beside(scene: &Scene, s: usize, from: usize, used: &mut Used, drafts: &mut Vec<Draft>) {
    for count in scene.counts[s].iter().filter(|c| c.quantity.unit != "percent" && c.head > c.number) {
        if used.has(count) || opens(scene, s, count).is_some() {
            continue;
        }
        let Some(type_) = measure(scene, s, count.head).filter(|t| TOLLS.contains(t)) else { continue };
        let end = |d: &Draft| d.quantity.as_ref().map_or(0, |q| q.span.end);
        let start = span(scene, s, count).start;
        let toll = (from..drafts.len())
            .filter(|&d| {
                TOLLS.contains(&drafts[d].type_) && drafts[d].change.is_none() && drafts[d].quantity.is_some() && end(&drafts[d]) <= start
            })
            .max_by_key(|&d| end(&drafts[d]));
        let Some(toll) = toll else { continue };
        let tree = &scene.trees[s];
        // A verb between the two has the count for its own, unless it is the one that told the toll: 'seven were killed and 31 wounded'.
        let own = drafts[toll].predicate;
        let verb = |t: usize| t != own && tree.token(t).span.start >= end(&drafts[toll]) && tree.token(t).upos == Upos::Verb;
        if (0..count.first).any(verb) {
            continue;
        }
        used.take(count);
        let mut draft = Draft { type_, predicate: count.head, target: Vec::new(), inside: None, ..drafts[toll].clone() };
        take_count(scene, s, count.head, count, type_, &mut draft);
        // '31 wounded' are of the same sort as the dead; '30 injuries' are nobody.
        draft.target = if matches!(tree.token(count.head).upos, Upos::Adj | Upos::Verb) { drafts[toll].target.clone() } else { Vec::new() };
        drafts.push(draft);
    }
}

/// How a part opens.
#[derive(Clone, Copy, Debug)]
struct Opening {
    /// Where its words start.
    first: usize,
    /// Whether a pronoun stands for the total ('of whom', 'among them').
    pronoun: bool,
}

/// Counts and single persons, in the order of the text.
fn candidates(scene: &Scene, s: usize) -> Vec<Count> {
    let tree = &scene.trees[s];
    let mut found: Vec<Count> = scene.counts[s].iter().filter(|c| c.quantity.unit != "percent").cloned().collect();
    let counted = |t: usize| scene.counts[s].iter().any(|c| c.head == t || c.number == t);
    found.extend((0..tree.len()).filter(|&t| tree.token(t).upos == Upos::Noun && !counted(t)).filter_map(|t| singular(scene, s, t)));
    found.sort_by_key(|c| c.first);
    found
}

fn word<'s>(scene: &'s Scene, s: usize, at: usize) -> &'s str {
    scene.trees[s].token(at).span.of(scene.trees[s].text)
}

fn is(scene: &Scene, s: usize, at: usize, words: &[&str]) -> bool {
    words.iter().any(|w| word(scene, s, at).eq_ignore_ascii_case(w))
}

/// The words that make a count a part.
fn opens(scene: &Scene, s: usize, count: &Count) -> Option<Opening> {
    let pronouns = ["them", "whom", "which", "those", "these"];
    if let Some(of) = count.of
        && is(scene, s, of, &pronouns)
    {
        return Some(Opening { first: count.first, pronoun: true });
    }
    let mut at = count.first;
    // 'Among them were 12 girls', 'of whom at least five'
    while at > 0 && scene.trees[s].token(at - 1).upos == Upos::Aux {
        at -= 1;
    }
    if at >= 2 && is(scene, s, at - 1, &pronouns) && is(scene, s, at - 2, &["of", "among", "amongst"]) {
        return Some(Opening { first: at - 2, pronoun: true });
    }
    let partitive = at == count.first && at >= 1 && scene.book.grammar.partitives.iter().any(|w| is(scene, s, at - 1, &[w]));
    // 'Of 28 casualties in the blast, seven were killed'
    let listed = count.head == count.number
        && scene.counts[s]
            .first()
            .is_some_and(|c| c.first == 1 && is(scene, s, 0, &["of"]) && (c.end..count.first).any(|t| is(scene, s, t, &[","])));
    if listed {
        return Some(Opening { first: count.first, pronoun: true });
    }
    // 'among 30 people' opens nothing when nothing stands before it.
    partitive.then_some(Opening { first: at.saturating_sub(1), pronoun: false }).filter(|o| o.first > 0)
}

/// Whether those counted do something of their own.
fn acts(scene: &Scene, s: usize, count: &Count) -> bool {
    let tree = &scene.trees[s];
    let subject = matches!(tree.deprel(count.number), Deprel::Nsubj | Deprel::NsubjPass);
    subject && tree.head(count.number).is_some_and(|v| tree.token(v).upos == Upos::Verb && v > count.end)
}

/// Whether only a noun's end, a comma or an 'and' stands between two items of a list.
fn goes_on(scene: &Scene, s: usize, from: usize, to: usize) -> bool {
    let tree = &scene.trees[s];
    from <= to
        && (from..to).any(|t| matches!(tree.token(t).upos, Upos::Cconj | Upos::Punct))
        && (from..to).all(|t| matches!(tree.token(t).upos, Upos::Cconj | Upos::Punct | Upos::Noun | Upos::Adj | Upos::Propn))
        && (from..to).all(|t| !is(scene, s, t, &[".", ";", ":"]))
}

/// The total that a part is of: the figure before it in the sentence, or, where a pronoun opens the sentence, the last one told.
fn whole_of(scene: &Scene, s: usize, from: usize, count: &Count, opening: Opening, drafts: &[Draft]) -> Option<usize> {
    let start = span(scene, s, count).start;
    let people = |d: &Draft| {
        d.type_.kind() == Kind::Figure
            && !matches!(d.type_, Type::Other | Type::Attacks)
            && d.change.is_none()
            && d.quantity.as_ref().is_some_and(|q| match (q.value.best.or(q.value.high), count.quantity.best.or(count.quantity.low)) {
                (Some(whole), Some(part)) => whole.0 > part.0,
                _ => true,
            })
    };
    let before = (from..drafts.len())
        .filter(|&d| people(&drafts[d]) && drafts[d].inside.is_none() && drafts[d].quantity.as_ref().is_some_and(|q| q.span.end <= start))
        .max_by_key(|&d| drafts[d].quantity.as_ref().map(|q| q.span.start));
    let head = opening.pronoun && (opening.first == 0 || scene.counts[s].first().is_some_and(|c| c.first == count.first));
    before.or_else(|| {
        let earlier = (0..from).rev().take_while(|&d| s - drafts[d].sentence <= 1);
        if head { earlier.into_iter().filter(|&d| drafts[d].inside.is_none()).find(|&d| people(&drafts[d])) } else { None }
    })
}

fn span(scene: &Scene, s: usize, count: &Count) -> griot_types::Span {
    scene.trees[s].sentence.cover(count.first, count.end)
}

/// A part that nothing else counts: it shares what is said of its total but for its own place and time.
fn part(scene: &Scene, s: usize, count: &Count, whole: usize, opened: Option<Opening>, drafts: &mut Vec<Draft>) {
    let mut part = Draft { inside: Some(whole), predicate: count.head, sentence: s, ..drafts[whole].clone() };
    if drafts[whole].sentence != s {
        part.action = None;
        part.proposition = None;
        part.retold = Vec::new();
    }
    part.type_ = match measure(scene, s, count.head) {
        Some(type_) if type_.kind() == Kind::Figure && !matches!(type_, Type::Attacks | Type::Personnel) => type_,
        _ => part.type_,
    };
    part.target = Vec::new();
    take_count(scene, s, count.head, count, part.type_, &mut part);
    if opened.is_some_and(|o| o.pronoun) && count.head == count.number {
        part.target = described(scene, s, count).unwrap_or_else(|| drafts[whole].target.clone());
    }
    let (first, end) = (opened.map_or(count.first, |o| o.first), phrase_end(scene, s, count.end));
    let inside = scene.trees[s].sentence.cover(first, end);
    // '174 of them in Darfur': that place is the part's alone.
    let (own, others): (Vec<_>, Vec<_>) = drafts[whole].places.clone().into_iter().partition(|p| inside.contains(p.span));
    if !own.is_empty() {
        part.places = own;
        drafts[whole].places = others;
    }
    drafts.push(part);
}

/// '54 of them children', 'of whom 12 were women': who they are is said after the number.
fn described(scene: &Scene, s: usize, count: &Count) -> Option<Vec<crate::reference::Who>> {
    let tree = &scene.trees[s];
    let end = phrase_end(scene, s, count.end);
    let after = count.of.map_or(count.end, |of| of + 1);
    let noun =
        (after..end).take_while(|&t| tree.deprel(t) != Deprel::Case).find(|&t| matches!(tree.token(t).upos, Upos::Noun | Upos::Propn))?;
    let noun = tree.head(noun).filter(|&h| h > noun && h < end && tree.deprel(noun) == Deprel::Compound).unwrap_or(noun);
    Some(scene.reference.single(tree, s, noun)).filter(|w| !w.is_empty())
}

/// The first comma, full stop or 'and' from a token on.
fn phrase_end(scene: &Scene, s: usize, from: usize) -> usize {
    (from..scene.trees[s].len())
        .find(|&t| is(scene, s, t, &[",", ".", ";", ":", "and", ")", "-", "–", "—"]))
        .unwrap_or(scene.trees[s].len())
}
