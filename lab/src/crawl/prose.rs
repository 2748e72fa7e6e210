//! Sentences of made-up reports, from the lists of `prose.txt`.

use crate::random::Random;
use std::collections::HashMap;

/// The lists, by name.
pub struct Prose(HashMap<&'static str, Vec<&'static str>>);

impl Default for Prose {
    fn default() -> Prose {
        let mut lists: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut name = "";
        for line in include_str!("prose.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(list) => name = list,
                None => lists.entry(name).or_default().push(line),
            }
        }
        Prose(lists)
    }
}

impl Prose {
    /// One of a list, with what its brackets stand for, and a capital in front.
    pub fn one(&self, list: &str, chance: &mut Random) -> String {
        let mut words = String::new();
        self.put(list, chance, &mut words);
        let first = words.chars().next().map_or(0, char::len_utf8);
        words[..first].to_uppercase() + &words[first..]
    }

    fn put(&self, list: &str, chance: &mut Random, to: &mut String) {
        if let Some((low, high)) = list.split_once('-').and_then(|(low, high)| Some((low.parse().ok()?, high.parse::<usize>().ok()?))) {
            let low: usize = low;
            to.push_str(&(low + chance.below(high - low + 1)).to_string());
            return;
        }
        let Some(all) = self.0.get(list) else { panic!("prose.txt has no list '{list}'") };
        let mut rest = all[chance.below(all.len())];
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { panic!("prose.txt, list '{list}': a bracket is not closed") };
            to.push_str(before);
            self.put(name, chance, to);
            rest = after;
        }
        to.push_str(rest);
    }
}

/// A report.
#[derive(Clone)]
pub struct Story {
    /// Its headline.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// The paper.
    pub publisher: String,
    /// As 2023-05-03.
    pub day: String,
    /// What it says.
    pub paragraphs: Vec<String>,
}

impl Story {
    /// Some 2.5 KB that no other report has; one in five sentences tells of no act.
    pub fn english(prose: &Prose, chance: &mut Random) -> Story {
        let number = 6 + chance.below(5);
        Story::of(prose, chance, "title", number, |chance| if chance.below(5) == 0 { "plain" } else { "sentence" })
    }

    /// The same in another language.
    pub fn french(prose: &Prose, chance: &mut Random) -> Story {
        Story::of(prose, chance, "french-title", 6, |_| "french")
    }

    fn of(prose: &Prose, chance: &mut Random, title: &str, number: usize, list: impl Fn(&mut Random) -> &'static str) -> Story {
        let title = prose.one(title, chance);
        let author = format!("{} {}", prose.one("first", chance), prose.one("last", chance));
        let publisher = format!("The {} Paper", prose.one("town", chance));
        let day = format!("{}-{:02}-{:02}", 2014 + chance.below(10), 1 + chance.below(12), 1 + chance.below(28));
        let paragraphs = (0..number)
            .map(|_| {
                let sentences: Vec<String> = (0..2 + chance.below(3))
                    .map(|_| {
                        let list = list(chance);
                        prose.one(list, chance)
                    })
                    .collect();
                sentences.join(" ")
            })
            .collect();
        Story { title, author, publisher, day, paragraphs }
    }

    /// What another paper makes of it: a sentence of its own in front and the last paragraph left out.
    pub fn copied(&self, prose: &Prose, chance: &mut Random) -> Story {
        let mut copy = self.clone();
        copy.publisher = format!("The {} Herald", prose.one("town", chance));
        copy.title = prose.one("title", chance);
        copy.paragraphs.pop();
        copy.paragraphs[0] = format!("{} {}", prose.one("plain", chance), copy.paragraphs[0]);
        copy
    }
}
