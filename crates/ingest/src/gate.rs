//! The language gate: lets English through, and whatever it is not sure of.

use whatlang::{Lang, Script};

/// Bytes of each window and how many are taken, evenly over the text: enough to tell, and the same work for any size.
const WINDOW: usize = 3000;
const WINDOWS: usize = 6;
/// Fewer letters than this in Latin script are read as English: names alone would decide.
const ENOUGH: usize = 160;
/// English running text has some four in ten of its words among these; lists of names and headlines still have one in ten.
const COMMON: [&str; 28] = [
    "the", "of", "and", "to", "a", "in", "is", "was", "that", "for", "on", "with", "by", "said", "as", "at", "from", "were", "has", "had",
    "have", "it", "its", "be", "been", "are", "after", "their",
];
/// The share of common words, in percent, above which text is English whatever its letters look like.
const SHARE: usize = 12;

/// The name of the language where the text is surely not English; the script's where the language is not known.
pub fn foreign(text: &str) -> Option<String> {
    let sample = sample(text);
    let (mut latin, mut all) = (0usize, 0usize);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        latin += usize::from(is_latin(c));
    }
    if latin * 2 < all {
        let info = whatlang::detect(&sample);
        return Some(match info {
            Some(info) if info.script() != Script::Latin => info.lang().eng_name().to_owned(),
            _ => "another script".to_owned(),
        });
    }
    if latin < ENOUGH || english_share(&sample) >= SHARE {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    (info.lang() != Lang::Eng && info.is_reliable()).then(|| info.lang().eng_name().to_owned())
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}')
}

/// How many of a hundred words are common English ones.
fn english_share(sample: &str) -> usize {
    let (mut common, mut all) = (0, 0);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        common += usize::from(COMMON.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    common * 100 / all.max(1)
}

/// Windows spread over the text.
fn sample(text: &str) -> String {
    if text.len() <= WINDOW * WINDOWS {
        return text.to_owned();
    }
    let stride = (text.len() - WINDOW) / (WINDOWS - 1);
    let mut sample = String::with_capacity(WINDOW * WINDOWS + WINDOWS);
    for window in 0..WINDOWS {
        let start = boundary(text, window * stride);
        sample.push_str(&text[start..boundary(text, start + WINDOW)]);
        sample.push('\n');
    }
    sample
}

fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_passes() {
        for text in [
            "",
            "12,000",
            "Bamako",
            "Gao: 5 morts",
            "THE ARMY SAID ON FRIDAY THAT FIVE SOLDIERS WERE KILLED WHEN GUNMEN ATTACKED THEIR CAMP IN THE NORTH OF THE COUNTRY.",
            &"Ousmane Coulibaly, Iyad Ag Ghaly, Amadou Koufa and Abdoulaye Diop were named in the list of Ménaka, Tillabéri and Sévaré. "
                .repeat(5),
        ] {
            assert_eq!(foreign(text), None, "{text}");
        }
    }

    #[test]
    fn other_languages_are_named() {
        let french = "Les forces armées ont annoncé vendredi que cinq soldats avaient été tués dans une attaque contre leur camp dans le nord du pays. \
                      Le gouvernement a condamné cette attaque et a promis de poursuivre ses auteurs jusque dans leurs derniers retranchements.";
        for (text, language) in [
            (french, "French"),
            (french.to_uppercase().as_str(), "French"),
            ("В пятницу боевики напали на лагерь армии, пятеро солдат погибли.", "Russian"),
            ("قتل خمسة جنود في هجوم على معسكر للجيش يوم الجمعة", "Arabic"),
            ("马里政府要求联合国维和人员离开", "Mandarin"),
        ] {
            assert_eq!(foreign(text).as_deref(), Some(language));
        }
    }

    #[test]
    fn the_work_does_not_grow_with_the_text() {
        assert!(sample(&"é the ".repeat(1_000_000)).len() <= WINDOW * WINDOWS + WINDOWS);
    }
}
