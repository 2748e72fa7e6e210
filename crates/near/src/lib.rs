//! Near-copies: the same wire story in five papers is one source.
//!
//! A report is taken as the set of its shingles, all runs of five words in it. A sketch of 72 least hash values (MinHash: A. Broder, 'On the
//! resemblance and containment of documents', 1997) in 24 bands of three finds candidates: two reports that share half of all their shingles meet
//! in a band with a chance of 96 %, two that share a twentieth with one of 0.3 %. Candidates are then compared shingle by shingle, and are copies
//! where half of the shorter one is in the longer one, so that cut and continued stories are found too.

use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words in a shingle.
const WORDS: usize = 5;
/// Bands of a sketch.
pub const BANDS: usize = 24;
/// Hash values in each band.
const ROWS: usize = 3;
/// The share of the shorter report's shingles from which it counts as a copy.
pub const COPIED: f64 = 0.5;
/// A report with fewer shingles is a copy only where it is the same to the word.
const FEW: usize = 12;

/// Small letters and digits without accents, other marks as one space: how words and names are compared.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') && !matches!(c, '\'' | '’') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The shingles of a text, as hash values.
pub fn shingles(text: &str) -> FxHashSet<u64> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut set = FxHashSet::default();
    for window in words.windows(WORDS.min(words.len()).max(1)) {
        let mut hasher = FxHasher::default();
        window.hash(&mut hasher);
        // The hasher's low bits are weak; the sketch needs all of them.
        set.insert(mix(hasher.finish()));
    }
    set
}

/// The finalizer of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// One value for each band: reports that agree in one of them are candidates.
pub fn bands(shingles: &FxHashSet<u64>) -> Vec<i64> {
    let mut least = [u64::MAX; BANDS * ROWS];
    for shingle in shingles {
        for (at, value) in least.iter_mut().enumerate() {
            *value = (*value).min(mix(shingle ^ (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        }
    }
    let band = |rows: &[u64]| rows.iter().fold(0u64, |all, row| mix(all ^ row)) as i64;
    least.chunks(ROWS).map(band).collect()
}

/// The share of the smaller set that is in the other; 0 where that says nothing.
pub fn share(a: &FxHashSet<u64>, b: &FxHashSet<u64>) -> f64 {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    ratio(small.iter().filter(|shingle| large.contains(shingle)).count(), small.len(), large.len())
}

/// The same of sets that are kept as lists in order, each value once.
pub fn share_sorted(a: &[u32], b: &[u32]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        shared += usize::from(a[i] == b[j]);
        (i, j) = (i + usize::from(a[i] <= b[j]), j + usize::from(b[j] <= a[i]));
    }
    ratio(shared, a.len().min(b.len()), a.len().max(b.len()))
}

fn ratio(shared: usize, small: usize, large: usize) -> f64 {
    let is_same = shared == small && small == large;
    if small == 0 || small < FEW && !is_same { 0.0 } else { shared as f64 / small as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Gunmen on motorbikes attacked the market of Ansongo on Thursday afternoon and killed at least twelve people, the mayor said. \
        Three shops were set on fire. The army sent a patrol from Gao, which found the attackers gone. Nobody has claimed the attack, which is \
        the third in the district since the beginning of the month, according to a tally of local associations.";

    #[test]
    fn cut_and_continued_stories_are_copies() {
        let whole = shingles(STORY);
        let cut = shingles(&format!("ANSONGO (Wire) - {}", &STORY[..230]));
        let continued =
            shingles(&format!("{STORY} On Friday the governor visited the wounded and promised to send more soldiers to the district."));
        let other = shingles(
            "The mayor of Ansongo said on Thursday that at least twelve people had died when men on motorbikes opened fire at the market.",
        );
        assert!(share(&whole, &cut) > COPIED && share(&whole, &continued) > COPIED);
        assert!(share(&whole, &other) < 0.2);
        let meet = |a: &FxHashSet<u64>, b: &FxHashSet<u64>| bands(a).iter().zip(bands(b)).any(|(x, y)| *x == y);
        assert!(meet(&whole, &cut) && meet(&whole, &continued) && !meet(&whole, &other));
    }

    #[test]
    fn short_texts_are_copies_only_to_the_word() {
        let (a, b) = (shingles("Army takes Kidal after a siege of ten days"), shingles("Army takes Kidal after a siege of nine days"));
        assert_eq!(share(&a, &b), 0.0);
        assert_eq!(share(&a, &a), 1.0);
        assert_eq!(share(&shingles(""), &a), 0.0);
    }

    #[test]
    fn lists_share_what_sets_share() {
        let list = |set: &FxHashSet<u64>| {
            let mut list: Vec<u32> = set.iter().map(|&shingle| shingle as u32).collect();
            list.sort_unstable();
            list
        };
        let texts = [
            STORY,
            &STORY[..230],
            "Army takes Kidal after a siege of ten days",
            "",
            "Nothing of that sort was said on that day by anybody",
        ];
        for a in texts.map(shingles) {
            for b in texts.map(shingles) {
                assert_eq!(share_sorted(&list(&a), &list(&b)), share(&a, &b));
            }
        }
    }
}
