//! English inflection: the forms of verbs and nouns whose base forms are known, so that the lemmatizer knows 'shelled' for 'shell'
//! and need not guess 'shel' from its ending.

use griot_types::Xpos;

/// Base form, past tense and past participle of verbs that follow no rule.
const IRREGULAR: &str = include_str!("irregular.txt");

/// A form, its tag, its base form.
pub type Form = (String, Xpos, String);

/// The verbs that follow no rule, in their past forms.
pub fn irregular() -> impl Iterator<Item = Form> {
    IRREGULAR.lines().flat_map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let form = |at: usize, tag| words.get(at).map(|form| ((*form).to_owned(), tag, words[0].to_owned()));
        [form(1, Xpos::Vbd), form(2, Xpos::Vbn)].into_iter().flatten().collect::<Vec<_>>()
    })
}

/// The forms of a verb that follows the rules: 'shells', 'shelling', 'shelled'.
pub fn verb(base: &str) -> Vec<Form> {
    let mut forms = vec![(with_s(base), Xpos::Vbz, base.to_owned())];
    for stem in stems(base) {
        let soft = stem.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y']));
        let going = match stem.strip_suffix("ie") {
            Some(stem) => format!("{stem}ying"),
            None => format!("{}ing", soft.unwrap_or(&stem)),
        };
        let gone = match stem.strip_suffix('y') {
            _ if stem.ends_with('e') => format!("{stem}d"),
            Some(short) if short.ends_with(is_consonant) => format!("{short}ied"),
            _ => format!("{stem}ed"),
        };
        forms.push((going, Xpos::Vbg, base.to_owned()));
        forms.extend([Xpos::Vbd, Xpos::Vbn].map(|tag| (gone.clone(), tag, base.to_owned())));
    }
    forms
}

/// The plural of a noun that follows the rules.
pub fn noun(base: &str) -> Form {
    let form = match base.strip_suffix("man") {
        Some(stem) if !stem.is_empty() => format!("{stem}men"),
        _ => with_s(base),
    };
    (form, Xpos::Nns, base.to_owned())
}

/// The base form, and with its last letter doubled where it may be ('rebel', 'rebell').
fn stems(base: &str) -> Vec<String> {
    let letters: Vec<char> = base.chars().collect();
    let doubles = matches!(letters[..], [.., a, b, c] if !is_vowel(a) && is_vowel(b) && is_consonant(c) && !matches!(c, 'w' | 'x' | 'y' | 'h'))
        || matches!(letters[..], ['q', 'u', b, c] if is_vowel(b) && is_consonant(c));
    let syllables = letters.windows(2).filter(|pair| is_vowel(pair[0]) && !is_vowel(pair[1])).count();
    let doubled = format!("{base}{}", letters.last().copied().unwrap_or_default());
    match (doubles, syllables) {
        (false, _) => vec![base.to_owned()],
        (true, ..2) => vec![doubled],
        // 'rebelled' but 'visited', 'travelled' and 'traveled': both are kept, and the one that nobody writes does no harm.
        (true, _) => vec![base.to_owned(), doubled],
    }
}

fn with_s(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if stem.ends_with(is_consonant) => format!("{stem}ies"),
        _ if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") => format!("{base}es"),
        _ if base.ends_with('o') && base.chars().rev().nth(1).is_some_and(is_consonant) => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_lowercase() && !is_vowel(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_and_nouns_that_follow_the_rules() {
        for (base, expected) in [
            ("shell", "shells shelling shelled"),
            ("seize", "seizes seizing seized"),
            ("deny", "denies denying denied"),
            ("deploy", "deploys deploying deployed"),
            ("ambush", "ambushes ambushing ambushed"),
            ("rob", "robs robbing robbed"),
            ("loot", "loots looting looted"),
            ("favor", "favors favoring favored favorring favorred"),
            ("die", "dies dying died"),
            ("agree", "agrees agreeing agreed"),
            ("veto", "vetoes vetoing vetoed"),
        ] {
            let mut forms: Vec<String> = verb(base).into_iter().filter(|form| form.1 != Xpos::Vbn).map(|form| form.0).collect();
            forms.dedup();
            assert_eq!(forms.join(" "), expected);
        }
        for (base, plural) in [("gunman", "gunmen"), ("militia", "militias"), ("army", "armies"), ("man", "mans")] {
            assert_eq!(noun(base).0, plural);
        }
    }
}
