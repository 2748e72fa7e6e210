//! Pieces to blocks: which piece is a headline, a byline, a dateline, and what the report says of itself.

use crate::dateline;
use crate::dates::{self, Written};
use crate::forms::{self, Key};
use crate::layout::{Hint, Piece, ends_sentence};
use griot_types::{Block, BlockKind, Span};
use std::ops::Range;

/// A date as a source gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its words.
    pub words: String,
    /// What they say; `None` where they are no date.
    pub written: Option<Written>,
}

impl Given {
    /// Reads a source's words for a date.
    pub fn new(words: &str) -> Self {
        // '22 August 2025 (covering 14–21 August)': brackets may say more than the day.
        let before = || words.split_once('(').and_then(|(day, _)| dates::read(day));
        Given { words: words.to_owned(), written: dates::read(words).or_else(before) }
    }
}

/// What a report's own source says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Its headline.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<Given>,
    /// A day of change, used where no day of publication is given.
    pub updated: Option<Given>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its link.
    pub url: Option<String>,
}

impl Meta {
    /// Keeps `self` and fills its gaps from `other`.
    pub fn or(self, other: Meta) -> Meta {
        Meta {
            title: self.title.or(other.title),
            date: self.date.or(other.date),
            updated: self.updated.or(other.updated),
            publisher: self.publisher.or(other.publisher),
            url: self.url.or(other.url),
        }
    }

    fn fill(&mut self, key: Key, value: &str) {
        match key {
            Key::Date => drop(self.date.get_or_insert_with(|| Given::new(value))),
            Key::Updated => drop(self.updated.get_or_insert_with(|| Given::new(value))),
            Key::Publisher => drop(self.publisher.get_or_insert_with(|| value.to_owned())),
            Key::Title => drop(self.title.get_or_insert_with(|| value.to_owned())),
            Key::Url => drop(self.url.get_or_insert_with(|| value.to_owned())),
            Key::Author => {}
        }
    }
}

/// A text's blocks and what was learnt with them.
#[derive(Debug, Default)]
pub struct Labelled {
    /// The blocks in order, not overlapping.
    pub blocks: Vec<Block>,
    /// What the text says of itself.
    pub meta: Meta,
    /// The dateline's span, its place and its date.
    pub dateline: Option<(Span, Option<Span>, Option<Written>)>,
}

/// Longest headline and heading, in bytes, and in words.
const HEADLINE: (usize, usize) = (220, 25);
const HEADING: (usize, usize) = (90, 12);

/// Labels `pieces` of `text`.
///
/// A report has a head (fields, headline, byline), a body and a foot (credits, copyright). Fields are looked for in head and foot alone: a
/// colon inside the body is the report's own.
pub fn label(text: &str, pieces: &[Piece]) -> Labelled {
    let mut labelled = Labelled::default();
    let foot = foot(text, pieces);
    let (mut in_head, mut headline_sought, mut dateline_sought) = (true, true, true);
    for (index, piece) in pieces.iter().enumerate() {
        let words = &text[piece.at.clone()];
        let outside = in_head || index >= foot;
        let about = if outside { forms::field(words) } else { None };
        let credit = matches!(piece.hint, Hint::None | Hint::Item) && (forms::is_credit(words) || outside && forms::is_authorship(words));
        if let Some((key, value)) = about.filter(|_| piece.hint == Hint::None) {
            labelled.meta.fill(key, value);
            labelled.push(piece.at.clone(), BlockKind::Byline);
        } else if credit {
            labelled.push(piece.at.clone(), BlockKind::Byline);
        } else if dateline_sought
            && piece.hint == Hint::None
            && let Some(found) = dateline::find(words)
        {
            labelled.take_dateline(text, piece, &found);
            (in_head, dateline_sought) = (false, false);
        } else {
            let kind = kind(text, pieces, index, in_head && headline_sought, foot);
            if kind == BlockKind::Headline {
                labelled.meta.fill(Key::Title, words);
                headline_sought = false;
            } else if kind != BlockKind::Heading {
                (in_head, dateline_sought) = (false, false);
            }
            labelled.push(piece.at.clone(), kind);
        }
    }
    labelled
}

/// Where the foot starts: the last pieces that all speak of the report.
fn foot(text: &str, pieces: &[Piece]) -> usize {
    let body = pieces.iter().rposition(|piece| !forms::stands_alone(&text[piece.at.clone()]));
    body.map_or(0, |at| at + 1)
}

fn kind(text: &str, pieces: &[Piece], index: usize, headline_sought: bool, foot: usize) -> BlockKind {
    let piece = &pieces[index];
    let words = &text[piece.at.clone()];
    match piece.hint {
        Hint::Item => BlockKind::Item,
        Hint::Headline => BlockKind::Headline,
        Hint::Heading if headline_sought && index + 1 < foot => BlockKind::Headline,
        Hint::Heading => BlockKind::Heading,
        Hint::None => {
            let after = pieces[index + 1..foot.max(index + 1)].iter().take(12).map(|next| &text[next.at.clone()]);
            let next = after.into_iter().find(|next| !forms::stands_alone(next));
            let before_list = pieces.get(index + 1).is_some_and(|next| matches!(next.hint, Hint::Item));
            // 'Gao region:' heads the list under it.
            let bare = if before_list { words.trim_end_matches(':') } else { words };
            // What has the day of the report straight under it is its title.
            let dated = pieces.get(index + 1).is_some_and(|next| forms::field(&text[next.at.clone()]).is_some());
            let leads = piece.blank_after
                || dated
                || next.is_some_and(|next| next.len() > words.len() || ends_sentence(next) || dateline::find(next).is_some());
            if headline_sought && next.is_some() && leads && is_short(words, HEADLINE) {
                BlockKind::Headline
            } else if (piece.blank_after || before_list)
                && is_short(bare, HEADING)
                && !ends_sentence(bare)
                && next.is_some_and(|next| next.len() > words.len() || ends_sentence(next))
            {
                BlockKind::Heading
            } else {
                BlockKind::Paragraph
            }
        }
    }
}

/// Whether words are few, start with a capital or a number and end without a full stop.
fn is_short(words: &str, (bytes, count): (usize, usize)) -> bool {
    let closed = words.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', ':', ';', ',', '…']);
    let opens = words.starts_with(|c: char| !c.is_lowercase());
    words.len() <= bytes && words.split_whitespace().count() <= count && !closed && opens
}

impl Labelled {
    fn push(&mut self, at: Range<usize>, kind: BlockKind) {
        self.blocks.push(Block { span: span(at), kind });
    }

    /// Parts a piece into its dateline and the paragraph behind it.
    fn take_dateline(&mut self, text: &str, piece: &Piece, found: &dateline::Found) {
        let start = piece.at.start;
        let end = start + found.end;
        let place = found.place.clone().map(|place| span(start + place.start..start + place.end));
        self.dateline = Some((span(start..end), place, found.date));
        self.push(start..end, BlockKind::Dateline);
        let rest = &text[end..piece.at.end];
        let behind = rest.trim_start();
        if !behind.is_empty() {
            self.push(piece.at.end - behind.len()..piece.at.end, BlockKind::Paragraph);
        }
    }
}

/// Offsets fit because texts of 4 GiB and more are refused before they get here.
fn span(at: Range<usize>) -> Span {
    Span::new(at.start as u32, at.end as u32)
}
