//! The tokenizer: text → words and marks, as the English treebanks cut them.
//!
//! Rules cut the text at white space, at hyphens, at clitics (`'s`, `n't`) and at marks; what no rule can know is in the model's table, learned
//! from the treebanks: abbreviations, prefixes and words that keep their hyphen, words written as one that are two ('cannot'), and marks
//! that belong together (':)', 'AT&T'). One pass, no token longer than [`LONGEST`] bytes.

use crate::hash::{Table, hash};
use griot_types::Span;

/// Longest token, in bytes; what is longer is cut.
pub const LONGEST: usize = 256;
/// Longest entry of the learned table, in bytes.
const ENTRY: usize = 40;

/// What the learned table says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Entry {
    /// Keeps its full stop: 1 always, 2 only before a number ('No. 5').
    Abbreviation = 20,
    /// Keeps its hyphen with what follows ('anti-').
    Prefix = 21,
    /// Keeps all its hyphens ('e-mail').
    Hyphened = 22,
    /// Is several tokens: the byte lengths of the first ones, a byte each, lowest first.
    Split = 23,
    /// Is one token, marks and all.
    Keep = 24,
    /// Is cut off a number before it ('300m', '5pm').
    Unit = 25,
}

/// The table's key for `word`: lower case, typographic apostrophes as plain ones.
pub fn key(entry: Entry, word: &str) -> u64 {
    let mut buffer = [0u8; ENTRY * 2];
    let mut len = 0;
    for c in word.chars() {
        let c = if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c };
        for lower in c.to_lowercase() {
            if len + 4 > buffer.len() {
                return 0;
            }
            len += lower.encode_utf8(&mut buffer[len..]).len();
        }
    }
    hash(entry as u8, &buffer[..len])
}

/// Cuts texts into tokens.
#[derive(Clone, Copy, Debug)]
pub struct Tokenizer<'m> {
    /// The learned table.
    pub table: Table<'m>,
}

impl Tokenizer<'_> {
    /// Appends the tokens of `text[start..end]`, in order, not empty, not overlapping.
    pub fn tokenize(&self, text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
        let mut from = None;
        for (at, c) in text[start..end].char_indices() {
            let at = start + at;
            match (is_gap(c), from) {
                (true, Some(first)) => {
                    self.chunk(&text[..end], first, at, out);
                    from = None;
                }
                (false, None) => from = Some(at),
                _ => {}
            }
        }
        if let Some(first) = from {
            self.chunk(&text[..end], first, end, out);
        }
    }

    /// Cuts a stretch without gaps. `text` ends where the block ends.
    fn chunk(&self, text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
        let mut at = start;
        // Whether a word may begin here that holds marks of its own: at the start and after opening marks.
        let mut fresh = true;
        while at < end {
            let rest = &text[at..end];
            let c = rest.chars().next().unwrap_or(' ');
            let special = if fresh { self.kept(rest).or_else(|| address(rest)).or_else(|| signed(rest)) } else { None };
            if let Some(len) = special {
                push(out, at, len);
                at += len;
            } else if is_wordy(c) {
                let len = self.word(rest);
                self.clitics(&rest[..len], at, out);
                at += len;
                if rest[len..].starts_with('.') && self.keeps_stop(&rest[..len], &text[at + 1..]) {
                    // The last part of the word takes the full stop.
                    out.last_mut().expect("a word has a part").end += 1;
                    at += 1;
                }
            } else {
                let len = clitic_alone(rest).unwrap_or_else(|| marks(rest));
                push(out, at, len);
                at += len;
            }
            fresh = opens(c);
        }
    }

    /// The length of a stretch that the table keeps whole: all of `rest`, or all but closing marks.
    fn kept(&self, rest: &str) -> Option<usize> {
        if rest.len() > ENTRY {
            return None;
        }
        let bare = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', ')', ']', '”', '’']);
        [rest, bare].into_iter().find(|word| !word.is_empty() && self.table.get(key(Entry::Keep, word)).is_some()).map(str::len)
    }

    /// The length of the word at the start of `rest`, without a last full stop.
    fn word(&self, rest: &str) -> usize {
        if let Some(len) = digits_with_hyphens(rest).or_else(|| self.number_with_unit(rest)) {
            return len;
        }
        let mut last = ' ';
        let mut piece = 0;
        let mut hyphens = 0;
        let mut iter = rest.char_indices().peekable();
        while let Some((at, c)) = iter.next() {
            if at + c.len_utf8() > LONGEST {
                return at;
            }
            if is_wordy(c) {
                last = c;
                continue;
            }
            let next = iter.peek().map_or(' ', |&(_, c)| c);
            let goes_on = match c {
                '-' | '‑' if hyphens == 0 && last.is_alphabetic() && next.is_alphanumeric() => {
                    hyphens += 1;
                    if let Some(len) = self.hyphened(rest) {
                        return len;
                    }
                    self.table.get(key(Entry::Prefix, &rest[..at])).is_some()
                }
                '.' => stop_inside(&rest[piece..at], last, next),
                '$' if at <= 3 && rest[..at].bytes().all(|b| b.is_ascii_uppercase()) => return at + 1,
                _ => joins(c, last, next, &rest[at..]),
            };
            if !goes_on {
                return at;
            }
            if c == '.' {
                piece = at + 1;
            }
            last = c;
        }
        rest.len()
    }

    /// The length of the number at the start of `rest`, if a unit follows that the treebanks cut off.
    fn number_with_unit(&self, rest: &str) -> Option<usize> {
        let head = &rest.as_bytes()[..rest.len().min(ENTRY)];
        let len = head.iter().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        if len == 0 || !head[len - 1].is_ascii_digit() {
            return None;
        }
        let unit: usize = rest[len..].chars().take(5).take_while(|&c| is_wordy(c)).map(char::len_utf8).sum();
        let unit = &rest[len..len + unit];
        (!unit.is_empty() && unit.len() <= 4 && self.table.get(key(Entry::Unit, unit)).is_some()).then_some(len)
    }

    /// The length of a word with hyphens that the table keeps whole.
    fn hyphened(&self, rest: &str) -> Option<usize> {
        let mut len = 0;
        for (at, c) in rest.char_indices() {
            if !(c.is_alphanumeric() || c == '-' || c == '\'') || at > ENTRY {
                break;
            }
            len = at + c.len_utf8();
        }
        self.table.get(key(Entry::Hyphened, &rest[..len])).map(|_| len)
    }

    /// Whether the full stop after `word` is the word's own; `after` is the text behind it.
    fn keeps_stop(&self, word: &str, after: &str) -> bool {
        if after.starts_with('.') {
            return false;
        }
        let mut letters = word.chars();
        if let (Some(letter), None) = (letters.next(), letters.next())
            && letter.is_uppercase()
            && letter != 'I'
        {
            return true;
        }
        if word.contains('.') && word.split('.').all(|piece| matches!(piece.chars().count(), 1..=2) && piece.chars().all(char::is_alphabetic)) {
            return true;
        }
        let last = word.rsplit(['-', '/']).next().unwrap_or(word);
        match self.table.get(key(Entry::Abbreviation, last)) {
            Some(1) => true,
            Some(_) => after.trim_start().starts_with(|c: char| c.is_ascii_digit()),
            None => false,
        }
    }

    /// Pushes the parts of the word at `at` that the treebanks treat as words: `do|n't`, `Mali|'s`, `can|not`.
    fn clitics(&self, word: &str, at: usize, out: &mut Vec<Span>) {
        // A word has few clitics; what stands before the fourth is left whole.
        let (mut stem, mut clitics) = (word, [0; 3]);
        let mut count = 0;
        while count < clitics.len()
            && self.split(stem).is_none()
            && let Some(cut) = clitic_start(stem)
        {
            clitics[count] = cut;
            count += 1;
            stem = &stem[..cut];
        }
        let mut from = 0;
        for len in self.split(stem).unwrap_or_default().to_le_bytes() {
            let len = usize::from(len);
            if len > 0 && from + len < stem.len() && stem.is_char_boundary(from + len) {
                push(out, at + from, len);
                from += len;
            }
        }
        for &to in clitics[..count].iter().rev().chain([&word.len()]) {
            push(out, at + from, to - from);
            from = to;
        }
    }

    /// The lengths of the words that `word` is written from.
    fn split(&self, word: &str) -> Option<u32> {
        if word.len() > 16 {
            return None;
        }
        self.table.get(key(Entry::Split, word))
    }
}

fn push(out: &mut Vec<Span>, at: usize, len: usize) {
    out.push(Span::new(at as u32, (at + len) as u32));
}

/// White space, control characters and marks of direction: never part of a token.
pub fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Letters, digits, and what is written onto them.
fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Combining marks, joiners and soft hyphens, which continue what stands before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Marks after which a new word begins.
fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '"' | '“' | '‘' | '\'' | '«' | '<' | '-' | '–' | '—' | '*' | '/')
}

/// Whether a mark between `last` and `next` joins them into one word; `from` starts with the mark.
fn joins(mark: char, last: char, next: char, from: &str) -> bool {
    let digits = last.is_ascii_digit() && next.is_ascii_digit();
    match mark {
        '\'' | '’' | 'ʼ' | '‘' | '`' => (last.is_alphabetic() && next.is_alphabetic()) || (last.is_ascii_digit() && next == 's'),
        ',' => digits && from.as_bytes()[1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count() == 3,
        ':' | '/' => digits,
        '&' => last.is_uppercase() && next.is_uppercase(),
        '_' => next.is_alphanumeric() || next == '_',
        _ => false,
    }
}

/// Whether a full stop inside a word goes on: in numbers, initials ('U.N') and names of files and sites ('enron.com').
fn stop_inside(piece: &str, last: char, next: char) -> bool {
    if last.is_ascii_digit() || next.is_ascii_digit() {
        return last.is_ascii_digit() && next.is_ascii_digit();
    }
    let mut letters = piece.chars();
    let single = letters.next().is_some() && letters.next().is_none();
    // 'U.N' goes on; after 'p.m' a capital begins a word of its own, though the space is missing.
    (single && next.is_alphabetic() && !(last.is_lowercase() && next.is_uppercase())) || (last.is_lowercase() && next.is_lowercase())
}

/// Dates and telephone numbers, which keep their hyphens: `2023-08-26`, `345-9945`; but `300-400` is a range and three tokens.
fn digits_with_hyphens(rest: &str) -> Option<usize> {
    let bytes = &rest.as_bytes()[..rest.len().min(32)];
    let len = bytes.iter().take_while(|b| b.is_ascii_digit() || **b == b'-').count();
    let word = rest[..len].trim_end_matches('-');
    if rest[word.len()..].starts_with(is_wordy) {
        return None;
    }
    let groups: Vec<usize> = word.split('-').map(str::len).collect();
    let keeps = match groups[..] {
        [3, 4] => true,
        [_, _] | [_] | [] => false,
        _ => groups.iter().all(|&len| len > 0),
    };
    keeps.then_some(word.len())
}

/// The length of a web or mail address at the start of `rest`, without closing marks.
fn address(rest: &str) -> Option<usize> {
    let mut end = rest.len().min(LONGEST);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let head = &rest[..end];
    let stop = head.find(['<', '>', '"', '“', '”']).unwrap_or(end);
    let head = head[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', ']', '’']);
    let is_site = head.starts_with("http://") || head.starts_with("https://") || head.starts_with("ftp://") || head.starts_with("www.");
    let is_mail = || {
        let (user, host) = head.split_once('@')?;
        let plain = |s: &str| s.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '/'));
        (!user.is_empty() && plain(user) && plain(host) && host.len() > 1).then_some(())
    };
    let is_handle = || {
        let name = head.strip_prefix(['@', '#'])?;
        let len = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
        name.starts_with(char::is_alphabetic).then_some(1 + len)
    };
    if (is_site && head.len() > 4) || is_mail().is_some() { Some(head.len()) } else { is_handle() }
}

/// The length of a number with a sign of its own: `+1`, `-5`, `.04`, `'90s`.
fn signed(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let sign = chars.next()?;
    if !matches!(sign, '+' | '-' | '.' | '\'' | '’') {
        return None;
    }
    let number = chars.as_str();
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let len = match sign {
        '\'' | '’' if digits == 2 => digits + usize::from(number[digits..].starts_with('s')),
        '\'' | '’' => return None,
        _ => number.bytes().take(LONGEST / 2).take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count(),
    };
    let number = number[..len].trim_end_matches(['.', ',']);
    let after = rest[sign.len_utf8() + number.len()..].chars().next();
    (digits > 0 && !after.is_some_and(is_wordy)).then_some(sign.len_utf8() + number.len())
}

const CLITICS: [&str; 6] = ["s", "ll", "re", "ve", "d", "m"];

/// Where a last clitic begins in `word`, if something stands before it.
fn clitic_start(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(4).find(|(_, c)| matches!(c, '\'' | '’' | 'ʼ' | '`'))?;
    let tail = &word[at + mark.len_utf8()..];
    let before = &word[..at];
    if tail.eq_ignore_ascii_case("t") {
        let stem = before.strip_suffix(['n', 'N'])?;
        return (!stem.is_empty()).then_some(stem.len());
    }
    let stands = before.chars().any(char::is_alphabetic);
    (stands && CLITICS.iter().any(|clitic| tail.eq_ignore_ascii_case(clitic))).then_some(at)
}

/// The length of a clitic that stands alone: `'s` after a space or a mark.
fn clitic_alone(rest: &str) -> Option<usize> {
    let mark = rest.chars().next().filter(|c| matches!(c, '\'' | '’'))?;
    let tail = &rest[mark.len_utf8()..];
    let len = tail.find(|c: char| !is_wordy(c)).unwrap_or(tail.len());
    CLITICS.iter().any(|clitic| tail[..len].eq_ignore_ascii_case(clitic)).then_some(mark.len_utf8() + len)
}

/// The length of the mark at the start of `rest`: a run of one mark where such runs are one token, else one character with what is
/// written onto it.
fn marks(rest: &str) -> usize {
    let mut chars = rest.char_indices();
    let Some((_, first)) = chars.next() else { return rest.len() };
    let same = |c: char| match first {
        '!' | '?' => matches!(c, '!' | '?'),
        '.' | '-' | '*' | '=' | '_' | '~' | '+' | '#' | '<' | '>' | '`' | '\'' | '|' | '^' | '$' | '…' | '–' | '—' => c == first,
        _ => is_mark(c),
    };
    let run = chars.find(|&(at, c)| !same(c) || at + c.len_utf8() > LONGEST).map_or(rest.len(), |(at, _)| at);
    run.max(first.len_utf8())
}
