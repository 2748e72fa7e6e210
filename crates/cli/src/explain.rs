//! What a claim rests on: the sentence's tree, the proposition read from it, and the frame that made the claim.

use crate::engine::Coded;
use crate::table::layout::plain;
use griot_coder::claims::Origin;
use griot_coder::codebook::Form;
use griot_coder::proposition::{ClauseForm, Link, Proposition, show};
use griot_coder::scene::Scene;
use griot_types::{Claim, Place};
use griot_world::gazetteer::Candidate;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What one claim rests on, in words.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The sentence's number.
    pub sentence: usize,
    /// Its tree, a line a token.
    pub tree: String,
    /// The proposition: predicate, roles, what it hangs on.
    pub proposition: String,
    /// The frame's name and where it stands.
    pub frame: String,
    /// For each place of the claim the others that its name could mean, the likeliest first.
    pub places: Vec<String>,
}

/// What the claim of this origin rests on.
pub fn ground(scene: &Scene, origin: &Origin, claim: &Claim) -> Ground {
    let s = origin.sentence;
    let tree = scene.trees.get(s).map_or_else(String::new, |tree| show(tree.sentence, tree.text));
    let all = scene.propositions.get(s);
    let found = all.and_then(|all| all.at(origin.predicate).map(|at| (all, &all.list[at])));
    let proposition = match found {
        Some((all, proposition)) => describe(scene, s, &all.list, proposition),
        None => format!("none: a count at '{}'", word(scene, s, origin.predicate)),
    };
    let frame = match &origin.frame {
        // The shipped frames go by their files' names alone.
        Some((name, place)) if place.contains(['/', '\\']) => format!("{name} ({place})"),
        Some((name, place)) => format!("{name} (codebook/frames/{place})"),
        None => "none: the counted noun alone".to_owned(),
    };
    let places = claim.places.iter().filter_map(|place| others(scene, s, place)).collect();
    Ground { sentence: s, tree: plain_lines(&tree), proposition: plain(&proposition), frame, places }
}

/// 'Solenzo: not Solenzo (Sikasso, MLI, geonames 2449875) …'.
fn others(scene: &Scene, s: usize, place: &Place) -> Option<String> {
    let mention = scene.reading.sentences.get(s)?.places.iter().find(|m| m.place == *place && !m.candidates.is_empty())?;
    let one = |c: &Candidate| {
        let within: Vec<&str> = c.admin1.iter().chain([&c.country]).map(|w| w.as_str()).filter(|w| !w.is_empty()).collect();
        let id = c.geonames.map_or(String::new(), |id| format!(", geonames {id}"));
        format!("{} ({}{id})", c.name, within.join(", "))
    };
    let list: Vec<String> = mention.candidates.iter().map(one).collect();
    Some(plain(&format!("'{}' is not {}", place.text, list.join(", "))))
}

fn word<'a>(scene: &'a Scene, s: usize, token: usize) -> &'a str {
    scene.trees.get(s).filter(|tree| token < tree.len()).map_or("", |tree| tree.token(token).span.of(tree.text))
}

/// 'withdraw: verb, infinitive, negated; subj = France, obj = soldiers; comp of 'told''.
fn describe(scene: &Scene, s: usize, all: &[Proposition], proposition: &Proposition) -> String {
    let mut out = proposition.lemma.to_string();
    for (particle, _) in &proposition.particles {
        let _ = write!(out, " {particle}");
    }
    out.push_str(match proposition.form {
        Form::Verb => ": verb",
        Form::Noun => ": noun",
        Form::Adjective => ": adjective",
    });
    out.push_str(match proposition.clause {
        ClauseForm::Finite => ", finite",
        ClauseForm::Infinitive => ", infinitive",
        ClauseForm::Gerund => ", gerund",
        ClauseForm::Participle => ", participle",
        ClauseForm::Nominal => "",
    });
    if proposition.passive {
        out.push_str(", passive");
    }
    if proposition.negated {
        out.push_str(", negated");
    }
    if let Some(status) = proposition.modality {
        let _ = write!(out, ", {status}");
    }
    let mut mark = "; ";
    for argument in &proposition.arguments {
        let _ = write!(out, "{mark}{} = {}", argument.role, word(scene, s, argument.token));
        mark = ", ";
    }
    if let Some(governor) = &proposition.governor
        && let Some(head) = all.get(governor.proposition)
    {
        let link = match &governor.link {
            Link::Role(role) => format!("{role} of"),
            Link::Adverbial(word) if word.is_empty() => "beside".to_owned(),
            Link::Adverbial(word) => format!("'{word}' under"),
            Link::Relative => "relative clause in".to_owned(),
            Link::Beside => "beside".to_owned(),
        };
        let _ = write!(out, "; {link} '{}'", head.lemma);
    }
    out
}

/// The same for all claims of a report, for standard error.
pub fn all(coded: &Coded) -> String {
    let mut shown = BTreeSet::new();
    let mut out = String::new();
    for (claim, ground) in coded.claims.iter().zip(&coded.explained) {
        let _ = writeln!(out, "{} {} {}", claim.id, claim.kind, claim.type_);
        for line in lines(ground, &mut shown) {
            let _ = writeln!(out, "  {line}");
        }
    }
    out
}

/// The lines for one claim. A tree that was `shown` in this report is named, not drawn again.
pub fn lines(ground: &Ground, shown: &mut BTreeSet<usize>) -> Vec<String> {
    let mut lines = vec![format!("frame        {}", ground.frame), format!("proposition  {}", ground.proposition)];
    lines.extend(ground.places.iter().map(|place| format!("place        {place}")));
    if shown.insert(ground.sentence) {
        lines.push(format!("tree         sentence {}: token, word, part of speech, relation, base form, head", ground.sentence));
        lines.extend(ground.tree.lines().map(|line| format!("  {}", line.trim_end())));
    } else {
        lines.push(format!("tree         sentence {}, above", ground.sentence));
    }
    lines
}

fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}
