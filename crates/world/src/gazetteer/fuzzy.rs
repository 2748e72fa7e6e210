//! Names that differ by a letter or two: an automaton over the index that counts edits, a bit for each letter of the name (Wu and Manber,
//! "Fast text searching allowing errors", 1992).

/// The most edits that are ever allowed.
const MOST: usize = 2;
/// The longest name that fits: a bit for each letter, and one for the start.
const LONGEST: usize = 63;

/// Accepts byte strings within `most` edits (insertion, deletion, replacement) of a folded name and with its first letter.
#[derive(Clone)]
pub(super) struct Near<'n> {
    name: &'n [u8],
    most: usize,
    /// For each byte the places in the name where it stands, a bit each.
    stands: [u64; 128],
}

impl<'n> Near<'n> {
    /// The automaton for a folded name, with as many edits as its length allows: one from five letters on, two from eight.
    /// `None` for shorter names and for names that are not ASCII.
    pub fn new(folded: &'n str) -> Option<Near<'n>> {
        let most = match folded.len() {
            0..=4 => return None,
            5..=7 => 1,
            _ => MOST,
        };
        if !folded.is_ascii() || folded.len() > LONGEST {
            return None;
        }
        let mut stands = [0; 128];
        for (i, byte) in folded.bytes().enumerate() {
            stands[byte as usize] |= 1 << i;
        }
        Some(Near { name: folded.as_bytes(), most, stands })
    }

    /// Whether so many edits are within bounds.
    pub fn allows(&self, edits: u8) -> bool {
        usize::from(edits) <= self.most
    }

    /// How many edits lie between the name and another; `u8::MAX` for more than are allowed.
    pub fn edits(&self, other: &str) -> u8 {
        let start = fst::Automaton::start(self);
        let end = other.bytes().fold(start, |state, byte| fst::Automaton::accept(self, &state, byte));
        (0..=self.most).find(|&k| self.is_whole(&end, k)).map_or(u8::MAX, |k| k as u8)
    }

    fn is_whole(&self, state: &State, edits: usize) -> bool {
        state.reached[edits] >> self.name.len() & 1 == 1
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

/// Which beginnings of the name are what was read so far: by the number of edits, a bit for each length.
#[derive(Clone, Copy)]
pub(super) struct State {
    reached: [u64; MOST + 1],
    is_start: bool,
}

impl fst::Automaton for Near<'_> {
    type State = State;

    fn start(&self) -> State {
        // So many letters of the name may be left out as edits are allowed.
        State { reached: std::array::from_fn(|k| if k <= self.most { (1 << (k + 1)) - 1 } else { 0 }), is_start: true }
    }

    fn is_match(&self, state: &State) -> bool {
        (0..=self.most).any(|k| self.is_whole(state, k))
    }

    fn can_match(&self, state: &State) -> bool {
        state.reached != [0; MOST + 1]
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let mut next = State { reached: [0; MOST + 1], is_start: false };
        if state.is_start && self.name.first() != Some(&byte) {
            return next;
        }
        let here = self.stands.get(usize::from(byte)).copied().unwrap_or(0);
        for k in 0..=self.most {
            next.reached[k] = (state.reached[k] & here) << 1;
            if k > 0 {
                // A letter too many, another letter, a letter too few.
                next.reached[k] |= state.reached[k - 1] | state.reached[k - 1] << 1 | next.reached[k - 1] << 1;
            }
        }
        next
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
