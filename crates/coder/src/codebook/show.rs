//! Frames for people: what calls them, what must hold, what they claim, and an example.

use super::{Class, Clause, Codebook, Condition, Count, Form, Frame, Pattern, Roles, Template, Test};
use griot_types::{Kind, Type};
use std::fmt::Write;

/// How many words of a list are shown before it is cut.
const SHOWN: usize = 12;

/// One frame in full.
pub fn frame(frame: &Frame) -> String {
    let mut out = format!("{}  ({})\n", frame.name, frame.place);
    for (form, title) in FORMS {
        let words: Vec<String> = frame.patterns.iter().filter(|p| p.form == form).map(pattern).collect();
        if !words.is_empty() {
            line(&mut out, title, &words.join(", "));
        }
    }
    for condition in &frame.when {
        line(&mut out, "when", &said(condition, "is"));
    }
    for condition in &frame.unless {
        line(&mut out, "unless", &said(condition, "is"));
    }
    for template in &frame.claims {
        line(&mut out, "claims", &claim(template));
    }
    if let Some(complement) = &frame.complement {
        let status = complement.status.map_or("as it is", |s| s.as_str());
        line(&mut out, "governs", &format!("what stands in {}: {status}", complement.roles.join(" or ")));
    }
    if let Some(light) = &frame.light {
        line(&mut out, "lends", &format!("its arguments to the noun in {}; its subject is the noun's {}", light.role, light.subject));
    }
    for example in &frame.examples {
        line(&mut out, "example", example);
    }
    out
}

/// The whole codebook as one page of Markdown, by type.
pub fn page(book: &Codebook) -> String {
    let mut out = format!(
        "# The codebook\n\nAll {} frames, by what they claim first. Made from `codebook/frames/` by `griot-lab write-codebook`; the format is in FRAMES.md.\n\
         Lists of words are cut after {SHOWN}; `griot codebook show NAME` prints a frame in full.\n",
        book.frames.len()
    );
    for type_ in Type::ALL {
        let frames: Vec<&Frame> = book.frames.iter().filter(|f| main(f) == Some(*type_)).collect();
        if !frames.is_empty() {
            section(&mut out, type_.as_str(), &frames);
        }
    }
    let others: Vec<&Frame> = book.frames.iter().filter(|f| main(f).is_none()).collect();
    section(&mut out, "Frames that claim nothing themselves", &others);
    out
}

const FORMS: [(Form, &str); 3] = [(Form::Verb, "verbs"), (Form::Noun, "nouns"), (Form::Adjective, "adjectives")];

fn main(frame: &Frame) -> Option<Type> {
    frame.claims.iter().map(|t| t.type_).find(|t| t.kind() == Kind::Event).or_else(|| frame.claims.first().map(|t| t.type_))
}

fn section(out: &mut String, title: &str, frames: &[&Frame]) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n## {title}\n\n| frame | words | when | claims | example |\n|---|---|---|---|---|");
    for frame in frames {
        let words: Vec<String> = frame.patterns.iter().map(pattern).collect();
        let when: Vec<String> = frame.when.iter().map(|c| said(c, "is")).chain(frame.unless.iter().map(|c| said(c, "is not"))).collect();
        let claims: Vec<String> = frame.claims.iter().map(claim).collect();
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            frame.name,
            cut(&words),
            when.join("; "),
            claims.join("; "),
            frame.examples.first().map_or("", String::as_str)
        );
    }
}

fn line(out: &mut String, title: &str, text: &str) {
    let _ = writeln!(out, "  {title:<10} {text}");
}

fn cut(words: &[String]) -> String {
    let mut text = words.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if words.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

fn pattern(pattern: &Pattern) -> String {
    let mut words: Vec<&str> = pattern.before.iter().map(|w| w.as_str()).collect();
    words.push(&pattern.lemma);
    words.extend(pattern.object.iter().map(|w| w.as_str()));
    words.extend(pattern.particles.iter().map(|w| w.as_str()));
    words.join(" ")
}

fn said(condition: &Condition, is: &str) -> String {
    let any: Vec<String> = condition.any.iter().map(test).collect();
    format!("{} {is} {}", condition.role, any.join(" or "))
}

fn test(test: &Test) -> String {
    match test {
        Test::Lemmas(words) => match words.as_slice() {
            [word] => format!("'{word}'"),
            words => format!("one of {}", cut(&words.iter().map(|w| w.to_string()).collect::<Vec<_>>())),
        },
        Test::Class(class) => class_name(*class),
        Test::Event(None) => "an act".into(),
        Test::Event(Some(type_)) => format!("an act of {type_}"),
        Test::Clause(clause) => clause_name(*clause).into(),
        Test::Absent => "absent".into(),
        Test::Any => "there".into(),
        Test::All(tests) => tests.iter().map(self::test).collect::<Vec<_>>().join(" that is "),
        Test::Definite => "one that is known ('the …', 'its …')".into(),
    }
}

fn class_name(class: Class) -> String {
    format!("a {}", format!("{class:?}").to_lowercase())
}

fn clause_name(clause: Clause) -> &'static str {
    match clause {
        Clause::Infinitive => "an infinitive",
        Clause::Finite => "a clause",
        Clause::Gerund => "a gerund",
        Clause::Obligation => "a clause of what must be",
        Clause::Refusal => "a clause of what one will not do",
        Clause::Question => "a question",
    }
}

fn claim(template: &Template) -> String {
    let mut text = template.type_.to_string();
    if let Some(mode) = &template.mode {
        let _ = write!(text, "/{mode}");
    }
    if let Some(code) = &template.cameo {
        let _ = write!(text, " {code}");
    }
    if let Some(status) = template.status {
        let _ = write!(text, ", {status}");
    }
    for (title, roles) in [("by", &template.source), ("to", &template.target), ("at", &template.place)] {
        if !roles.is_empty() {
            let _ = write!(text, ", {title} {}", expression(roles));
        }
    }
    match &template.count {
        Some(Count::Of(roles)) => {
            let _ = write!(text, ", counts {}", expression(roles));
        }
        Some(Count::Change(change, roles)) => {
            let _ = write!(text, ", a {change} of {}", expression(roles));
        }
        None => {}
    }
    text
}

fn expression(roles: &Roles) -> String {
    let union = |items: &Vec<super::Item>| items.iter().map(|i| i.path.join(".")).collect::<Vec<_>>().join(" + ");
    let mut parts: Vec<String> = roles.0.iter().map(union).collect();
    parts.dedup();
    parts.join(" or ")
}
