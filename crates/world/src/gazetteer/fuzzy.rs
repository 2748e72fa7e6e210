//! Names that differ by a letter or two: an automaton over the index that counts edits (Wagner and Fischer's table, row by row).

/// Accepts byte strings within `most` edits (insertion, deletion, replacement) of a folded name and with its first letter.
#[derive(Clone)]
pub(super) struct Near<'n> {
    name: &'n [u8],
    most: u8,
}

impl<'n> Near<'n> {
    /// The automaton for a folded name, with as many edits as its length allows: one from five letters on, two from eight.
    /// `None` for shorter names and for names that are not ASCII.
    pub fn new(folded: &'n str) -> Option<Near<'n>> {
        let most = match folded.len() {
            0..=4 => return None,
            5..=7 => 1,
            _ => 2,
        };
        (folded.is_ascii() && folded.len() <= 64).then_some(Near { name: folded.as_bytes(), most })
    }

    /// Whether so many edits are within bounds.
    pub fn allows(&self, edits: u8) -> bool {
        edits <= self.most
    }

    /// How many edits lie between the name and another.
    pub fn edits(&self, other: &str) -> u8 {
        let start = fst::Automaton::start(self);
        let end = other.bytes().fold(start, |state, byte| fst::Automaton::accept(self, &state, byte));
        end.last().copied().unwrap_or(u8::MAX)
    }
}

/// Whether two folded names of as many words differ in no word by more than its own length allows: 'Imphal West' is not 'Imphal East'.
pub(super) fn word_by_word(left: &str, right: &str) -> bool {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.split(' ').collect(), right.split(' ').collect());
    if left.len() != right.len() || left.len() == 1 {
        return true;
    }
    left.iter().zip(right).all(|(l, r)| *l == r || Near::new(l).is_some_and(|near| near.allows(near.edits(r))))
}

/// Whether two folded names sound alike in the spellings that conflict news mixes: French and English vowels (Diabali and Diabaly,
/// Moussa and Musa), single and double consonants.
pub(super) fn sound_alike(left: &str, right: &str) -> bool {
    let plain = |name: &str| {
        let flat = name
            .replace("ou", "u")
            .replace("oo", "u")
            .replace("ee", "i")
            .replace(['y', 'j'], "i")
            .replace(['c', 'q'], "k")
            .replace('w', "u");
        let mut letters: Vec<char> = flat.replace('z', "s").chars().filter(|c| !c.is_whitespace()).collect();
        letters.dedup();
        letters
    };
    plain(left) == plain(right)
}

/// State: the table's last row; empty when the first letter differs.
impl fst::Automaton for Near<'_> {
    type State = Vec<u8>;

    fn start(&self) -> Vec<u8> {
        (0..=self.name.len() as u8).collect()
    }

    fn is_match(&self, state: &Vec<u8>) -> bool {
        state.last().is_some_and(|&edits| edits <= self.most)
    }

    fn can_match(&self, state: &Vec<u8>) -> bool {
        state.iter().any(|&edits| edits <= self.most)
    }

    fn accept(&self, state: &Vec<u8>, byte: u8) -> Vec<u8> {
        let is_first = state.first() == Some(&0);
        if state.is_empty() || (is_first && self.name.first() != Some(&byte)) {
            return Vec::new();
        }
        let mut row = Vec::with_capacity(state.len());
        let mut left = state[0].saturating_add(1);
        row.push(left);
        for (i, &letter) in self.name.iter().enumerate() {
            let replaced = state[i].saturating_add(u8::from(letter != byte));
            left = replaced.min(left.saturating_add(1)).min(state[i + 1].saturating_add(1));
            row.push(left);
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::Near;

    #[test]
    fn edits_are_counted() {
        let near = Near::new("ogossagou").expect("long enough");
        assert_eq!(near.edits("ogossagou"), 0);
        assert_eq!(near.edits("ogossogou"), 1);
        assert_eq!(near.edits("ogosogou"), 2);
        assert_eq!(near.edits("agossogou"), u8::MAX);
        assert!(Near::new("boni").is_none());
    }

    #[test]
    fn words_are_compared_one_by_one() {
        assert!(!super::word_by_word("imphal west", "imphal east") && !super::word_by_word("north kivu", "south kivu"));
        assert!(super::word_by_word("ogossagou peulh", "ogossogou peulh") && super::word_by_word("ogossagou", "ogossogou"));
    }
}
