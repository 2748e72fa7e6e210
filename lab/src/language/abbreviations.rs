//! Abbreviations of which the treebanks have too few, by where they stand: `abbreviations.txt`.

use griot_language::tokenizer::{Entry, key};

const LIST: &str = include_str!("abbreviations.txt");

/// Where an abbreviation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// 'Gen.': a name follows.
    BeforeName,
    /// 'approx.': something follows.
    Inside,
    /// 'fig. 3': with its stop, a number follows.
    BeforeNumber,
    /// 'Sept.': mostly before a number.
    Month,
    /// 'Inc.', 'dept.': the sentence may end with it.
    Anywhere,
}

/// The abbreviations without their stops, in small letters.
pub fn all() -> Vec<(Stands, &'static str)> {
    let mut stands = Stands::BeforeName;
    let mut all = Vec::new();
    for line in LIST.lines() {
        if let Some(head) = line.strip_prefix("# ") {
            stands = match head {
                "before a name" => Stands::BeforeName,
                "inside a sentence" => Stands::Inside,
                "before a number" => Stands::BeforeNumber,
                "of a month" => Stands::Month,
                _ => Stands::Anywhere,
            };
        } else {
            all.extend(line.split(' ').map(|word| (stands, word)));
        }
    }
    all
}

/// What the tokenizer's table says of them.
pub fn entries() -> impl Iterator<Item = (u64, u32)> {
    all().into_iter().map(|(stands, word)| (key(Entry::Abbreviation, word), if stands == Stands::BeforeNumber { 2 } else { 1 }))
}
