//! What a person sees: a report's claims in groups, each a readable line with its quote beneath.
//!
//! * [`groups`] puts claims in order, each with its words;
//! * [`words`] turns a claim into plain words, with the labels of `labels.toml`;
//! * [`numbers`] and [`days`] write quantities and times;
//! * [`layout`] wraps, cuts and cleans text for a terminal.

pub mod days;
mod groups;
pub mod layout;
pub mod numbers;
#[cfg(test)]
mod tests;
pub mod words;

use crate::engine::Coded;
use crate::explain;
use crate::messages;
use anstyle::{AnsiColor, Style};
use griot_types::{Claim, Document, Kind, Part};
use griot_world::World;
pub use groups::{Line, groups};
use layout::{cut, fill, plain, width};
use std::collections::BTreeSet;

/// The narrowest and the widest lines: below, words would not fit; above, the eye loses the line.
const NARROWEST: usize = 40;
const WIDEST: usize = 116;
/// The widest first column.
const COLUMN: usize = 25;

/// How to write tables.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    width: usize,
    style: Styles,
}

/// Styles of what stands out or stands back. Colour says nothing that words do not.
#[derive(Clone, Copy, Debug, Default)]
struct Styles {
    title: Style,
    heading: Style,
    lead: Style,
    dim: Style,
}

impl Table {
    /// Tables with or without colours for a terminal of so many columns.
    pub fn new(colours: bool, width: usize) -> Table {
        let style = if colours {
            Styles {
                title: Style::new().bold(),
                heading: AnsiColor::Cyan.on_default().bold(),
                lead: AnsiColor::Yellow.on_default(),
                dim: Style::new().dimmed(),
            }
        } else {
            Styles::default()
        };
        Table { width: width.clamp(NARROWEST, WIDEST), style }
    }

    /// One report, with an empty line behind it.
    pub fn report(&self, coded: &Coded, world: &World) -> String {
        let mut out = self.head(coded);
        let mut shown = BTreeSet::new();
        for (heading, lines) in groups(coded, world) {
            self.group(&mut out, heading, &lines, coded, &mut shown);
        }
        out.push('\n');
        out
    }

    fn head(&self, coded: &Coded) -> String {
        let Document { name, title, date, publisher, .. } = &coded.document;
        let mut out = String::new();
        let name = match name.strip_prefix('-') {
            Some(item) if item.is_empty() || item.starts_with('#') => format!("standard input{item}"),
            _ => plain(name),
        };
        let title = title.as_deref().map(plain).filter(|title| !title.is_empty());
        for line in fill(title.as_deref().unwrap_or(&name), self.width, "", "") {
            self.put(&mut out, self.style.title, &line);
            out.push('\n');
        }
        let count = coded.claims.len();
        let mut facts = vec![date.map_or_else(|| "date of publication not known".to_owned(), days::published)];
        facts.extend(publisher.as_deref().map(plain));
        facts.extend(title.is_some().then_some(name));
        facts.push(match count {
            0 => "nothing that Griot codes".to_owned(),
            1 => "1 claim".to_owned(),
            _ => format!("{count} claims"),
        });
        let notes = coded.document.notes.iter().map(|note| format!("note: {}", plain(&messages::placed(&coded.document, note))));
        for line in std::iter::once(facts.join(" · ")).chain(notes) {
            for line in fill(&line, self.width, "", "  ") {
                self.put(&mut out, self.style.dim, &line);
                out.push('\n');
            }
        }
        out
    }

    fn group(&self, out: &mut String, heading: &str, lines: &[Line], coded: &Coded, shown: &mut BTreeSet<usize>) {
        out.push('\n');
        for line in fill(heading, self.width, "", "") {
            self.put(out, self.style.heading, &line);
            out.push('\n');
        }
        let widest = lines.iter().map(|line| width(&line.lead)).max().unwrap_or(0);
        let column = widest.min(COLUMN).min(self.width / 3);
        for line in lines {
            self.line(out, line, column);
            if let Some(ground) = coded.explained.get(line.number) {
                for explained in explain::lines(ground, shown) {
                    self.put(out, self.style.dim, &format!("    {explained}"));
                    out.push('\n');
                }
            }
        }
    }

    /// The lead in its column, the words beside it, the quote beneath them.
    fn line(&self, out: &mut String, line: &Line, column: usize) {
        let indent = if column == 0 { 2 } else { column + 4 };
        let leads = fill(&line.lead, column.max(1), "", "");
        let quote = self.quote(line.claim, self.width - indent);
        // Where there is nothing to say beside the number, the quote itself stands there.
        let bare = line.body.is_empty();
        let bodies = if bare { vec![self.styled(self.style.dim, &quote)] } else { fill(&line.body, self.width - indent, "", "  ") };
        for at in 0..leads.len().max(bodies.len()).max(1) {
            let lead = leads.get(at).map_or("", String::as_str);
            let body = bodies.get(at).map_or("", String::as_str);
            out.push_str("  ");
            if column > 0 {
                self.put(out, self.style.lead, lead);
                if !body.is_empty() {
                    out.push_str(&" ".repeat(column + 2 - width(lead).min(column)));
                }
            }
            out.push_str(body);
            trim(out);
            out.push('\n');
        }
        if !bare {
            out.push_str(&" ".repeat(indent));
            self.put(out, self.style.dim, &quote);
            out.push('\n');
        }
    }

    /// The quote, cut to the line about the words for the act, and the code that the claim got.
    fn quote(&self, claim: &Claim, room: usize) -> String {
        let mut tag = String::new();
        if claim.kind == Kind::Event {
            let mode = claim.mode.as_ref().map(|mode| format!("/{mode}")).unwrap_or_default();
            tag = plain(&format!(" [{}{mode}]", claim.type_));
        }
        let more = claim.evidence.also.len();
        if more > 0 {
            tag.push_str(&format!(" and {more} more"));
        }
        // On a narrow terminal the quote needs the room.
        if width(&tag) + 24 > room {
            tag.clear();
        }
        let evidence = &claim.evidence;
        let heart = [Part::Action, Part::Quantity].iter().find_map(|part| evidence.parts.get(*part)).map_or(0, |span| {
            // Parts are offsets in the report, the quote starts at its own.
            span.start.saturating_sub(evidence.start) as usize
        });
        let before = evidence.quote.get(..heart).unwrap_or("");
        let room = room.saturating_sub(2 + width(&tag));
        format!("“{}”{tag}", cut(&plain(&evidence.quote), width(&plain(before)), room))
    }

    fn styled(&self, style: Style, words: &str) -> String {
        format!("{style}{words}{style:#}")
    }

    fn put(&self, out: &mut String, style: Style, words: &str) {
        out.push_str(&self.styled(style, words));
    }
}

/// Takes spaces off the end of a line.
fn trim(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
}
