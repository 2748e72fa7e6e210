//! Answers for people: a line for what is reported, one for how well, one for the words.

use crate::table::layout::{cut, fill, plain};
use crate::table::words::Words;
use crate::table::{days, numbers};
use anstyle::{AnsiColor, Style};
use griot_record::groups::Group;
use griot_record::trend::number as shown;
use griot_record::{ActorRow, Entry, Member, PlaceRow, ReportRow, Stretch};
use griot_types::{Amount, Bound, Claim, Document, Evidence, Kind, Quantity, Status};
use griot_world::World;
use std::io::IsTerminal;

/// The widest lines.
const WIDEST: usize = 116;
const NARROWEST: usize = 40;
/// The column of days and numbers.
const COLUMN: usize = 17;

const LEAD: Style = AnsiColor::Yellow.on_default();
const DIM: Style = Style::new().dimmed();
const HEADING: Style = AnsiColor::Cyan.on_default().bold();

/// Writes answers.
pub struct Lines<'w> {
    world: &'w World,
    width: usize,
}

impl<'w> Lines<'w> {
    /// As wide as the terminal.
    pub fn new(world: &'w World) -> Lines<'w> {
        let width = crate::read::width(std::io::stdout().is_terminal());
        Lines { world, width: width.clamp(NARROWEST, WIDEST) }
    }

    /// A heading with an empty line before it.
    pub fn heading(&self, words: &str) -> String {
        format!("\n{HEADING}{words}{HEADING:#}\n")
    }

    /// An entry; `explain` adds all its claims with what they have in common.
    pub fn entry(&self, entry: &Entry, explain: bool) -> String {
        let claim = claim(entry);
        let document = Document::default();
        let words = Words::new(self.world, &document, std::slice::from_ref(&claim));
        let (lead, mut body) = match entry.kind {
            Kind::Figure => {
                let (number, body) = words.figure(&claim);
                let open = entry.number.high.is_none() && entry.number.low != entry.number.best;
                let between = claim.quantity.as_ref().is_some_and(|quantity| quantity.relation == Bound::Between);
                let best = entry.number.best.filter(|_| between || open);
                (
                    best.map_or(number.clone(), |best| {
                        format!("{number}, best {}", numbers::words(&Quantity::of("", best, Bound::Exact, "people")))
                    }),
                    body,
                )
            }
            _ if entry.status == Status::Actual => (days::lead(&claim), words.told(&claim)),
            _ => (days::lead(&claim), format!("{}: {}", words.status(&claim), words.said(&claim))),
        };
        let lead = if lead.is_empty() { "no day told".to_owned() } else { lead };
        if body.is_empty() {
            body = "(nobody named)".to_owned();
        }
        if entry.kind == Kind::Figure && entry.status != Status::Actual {
            body = format!("{}: {body}", words.status(&claim));
        }
        let mut out = self.pair(&lead, &body);
        out.push_str(&self.dim(&self.standing(entry)));
        for stretch in &entry.held {
            out.push_str(&self.dim(&held(stretch)));
        }
        let told = |member: &&Member| !member.superseded && member.status == entry.status;
        let best = |member: &&Member| told(member) && member.number == entry.number.best;
        match entry.members.iter().find(best).or_else(|| entry.members.iter().find(told)) {
            _ if explain => entry.members.iter().for_each(|member| out.push_str(&self.member(member))),
            Some(member) => out.push_str(&self.dim(&self.quoted(member))),
            None => {}
        }
        out
    }

    /// How well it is reported.
    fn standing(&self, entry: &Entry) -> String {
        let plural = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
        let days = match (entry.first_reported, entry.last_reported) {
            (Some(first), Some(last)) if first != last => format!("reported {first} to {last}"),
            (Some(day), _) => format!("reported {day}"),
            _ => "reported on an unknown day".to_owned(),
        };
        let mut parts = vec![entry.id.clone(), days, plural(entry.reports, "report"), plural(entry.independent, "independent source")];
        parts.extend(
            entry.number.rule.as_ref().filter(|_| entry.members.len() > 1).map(|rule| format!("best by {}", rule.replace('_', " "))),
        );
        parts.extend(entry.cumulative.then(|| "running tally".to_owned()));
        parts.extend(entry.disputed.then(|| "denied by others".to_owned()));
        parts.extend(entry.inside.as_ref().map(|whole| format!("part of {whole}")));
        parts.extend(entry.of_event.as_ref().map(|event| format!("of {event}")));
        parts.extend(entry.decided.map(str::to_owned));
        parts.join(" · ")
    }

    /// The words that stand for an entry, with where they come from.
    fn quoted(&self, member: &Member) -> String {
        let source = origin(member);
        let room = self.width.saturating_sub(COLUMN + 4 + source.chars().count() + 5).max(20);
        format!("“{}” ({source})", cut(&plain(&member.quote), 0, room))
    }

    fn member(&self, member: &Member) -> String {
        let mut words = format!("{}  {}", member.claim, self.quoted(member));
        if member.status != Status::Actual {
            words.push_str(&format!(" · {}", member.status));
        }
        if member.superseded {
            words.push_str(" · superseded by a later one of the same source");
        }
        if let Some(accepted) = member.decided {
            words.push_str(if accepted { " · accepted" } else { " · rejected" });
        }
        if let Some(like) = &member.like {
            words.push_str(&format!(" · with {like}: {}", member.why.join(", ")));
        }
        self.dim(&words)
    }

    /// A group of entries with their sums.
    pub fn group(&self, group: &Group) -> String {
        let entries = if group.entries == 1 { "1 entry".to_owned() } else { format!("{} entries", group.entries) };
        let mut body = group.group.clone().unwrap_or_else(|| "(not told, or not listed)".to_owned());
        if let Some(best) = group.best {
            body.push_str(&format!(": {} {}", shown(best), group.type_.map_or("", |type_| type_.as_str())));
            if let Some((low, high)) = group.low.zip(group.high).filter(|ends| *ends != (best, best)) {
                body.push_str(&format!(" ({}–{})", shown(low), shown(high)));
            }
        } else if let Some(type_) = group.type_ {
            body.push_str(&format!(": {type_}, not added up"));
        }
        let mut parts = Vec::new();
        parts.extend(group.first.zip(group.last).map(|(a, b)| if a == b { a.to_string() } else { format!("{a} to {b}") }));
        if group.best.is_some() && group.left_out > 0 {
            parts.push(format!("{} of them in no sum: tallies, parts of a whole, changes", group.left_out));
        }
        let mut out = self.pair(&entries, &body);
        out.push_str(&self.dim(&parts.join(" · ")));
        out
    }

    /// An actor.
    pub fn actor(&self, actor: &ActorRow) -> String {
        let id = actor.id.as_deref().map(|id| format!(" · {id}")).unwrap_or_default();
        self.pair(&format!("{} entries", actor.entries), &format!("{} [{}]{id}", actor.name, actor.code))
    }

    /// A place.
    pub fn place(&self, place: &PlaceRow) -> String {
        let inside: Vec<&str> = [place.admin1.as_deref(), place.country.as_deref()].into_iter().flatten().collect();
        let point = place.latitude.zip(place.longitude).map(|(lat, lon)| format!(" · {lat}, {lon}")).unwrap_or_default();
        self.pair(&format!("{} entries", place.entries), &format!("{} ({}){point}", place.name, inside.join(", ")))
    }

    /// A report.
    pub fn report(&self, report: &ReportRow) -> String {
        let title = report.title.as_deref().filter(|title| !title.is_empty()).unwrap_or(&report.name);
        let mut out = self.pair(&report.date.map_or_else(|| "no date".to_owned(), |date| date.to_string()), title);
        let mut parts = vec![report.id.get(..19).unwrap_or(&report.id).to_owned()];
        parts.extend(report.publisher.clone());
        parts.push(
            report.language.as_ref().map_or_else(|| format!("{} claims", report.claims), |language| format!("in {language}, not read")),
        );
        parts.extend(report.licence.clone());
        parts.extend((report.sensitivity > 0).then(|| format!("sensitivity {}", report.sensitivity)));
        parts.extend((!report.copies.is_empty()).then(|| format!("{} near-copies", report.copies.len())));
        parts.extend(report.url.clone());
        out.push_str(&self.dim(&parts.join(" · ")));
        out
    }

    /// A sentence that gave no claim.
    pub fn missed(&self, row: &super::missed::Row) -> String {
        let mut out = self.pair(&row.date.map_or_else(|| "no date".to_owned(), |date| date.to_string()), &row.quote);
        let told = [super::missed::signs(row), row.title.clone(), row.report.get(..19).unwrap_or(&row.report).to_owned()];
        out.push_str(&self.dim(&told.join(" · ")));
        out
    }

    /// Two columns.
    pub fn pair(&self, lead: &str, body: &str) -> String {
        let (leads, bodies) = (fill(&plain(lead), COLUMN, "", ""), fill(&plain(body), self.width - COLUMN - 4, "", "  "));
        let mut out = String::new();
        for at in 0..leads.len().max(bodies.len()) {
            let lead = leads.get(at).map_or("", String::as_str);
            let gap = " ".repeat(COLUMN + 2 - crate::table::layout::width(lead).min(COLUMN));
            let line = format!("  {LEAD}{lead}{LEAD:#}{gap}{}", bodies.get(at).map_or("", String::as_str));
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// Lines in the second column that stand back.
    pub fn dim(&self, words: &str) -> String {
        let indent = " ".repeat(COLUMN + 4);
        let lines = fill(&plain(words), self.width - COLUMN - 4, "", "  ");
        lines.into_iter().map(|line| format!("{indent}{DIM}{line}{DIM:#}\n")).collect()
    }
}

/// 'there since 2013-01-12 at the latest, until 2022-08-31 (e…)'.
fn held(stretch: &Stretch) -> String {
    let mut words = match (stretch.since, stretch.since_told) {
        (Some(day), true) => format!("since {day}"),
        (Some(day), false) => format!("since {day} at the latest"),
        (None, _) => "since an unknown day".to_owned(),
    };
    match (stretch.until, &stretch.until_by) {
        (Some(day), Some(entry)) => words.push_str(&format!(", until {day} (ended by {entry})")),
        (Some(day), None) => words.push_str(&format!(", until {day}")),
        (None, _) => words.push_str(", no end reported"),
    }
    words
}

/// 'Sahel Wire, 2023-05-03'.
pub fn origin(member: &Member) -> String {
    let who = member.publisher.as_deref().unwrap_or(&member.title);
    let who = plain(who);
    let who = cut(&who, 0, 40);
    member.date.map_or_else(|| who.clone(), |date| format!("{who}, {date}"))
}

/// The entry as the one claim that it comes to, for the words of tables.
fn claim(entry: &Entry) -> Claim {
    let number = &entry.number;
    let quantity = number.unit.as_ref().map(|unit| {
        let amount = |n: Option<f64>| n.map(Amount);
        let relation = match (number.low, number.best, number.high) {
            (Some(low), _, Some(high)) if low == high => Bound::Exact,
            (Some(_), _, Some(_)) => Bound::Between,
            (Some(_), _, None) => Bound::MoreThan,
            (None, _, Some(_)) => Bound::LessThan,
            (None, _, None) => Bound::About,
        };
        let text = entry.members.first().and_then(|member| member.quantity.clone()).unwrap_or_default();
        Quantity { text, low: amount(number.low), best: amount(number.best), high: amount(number.high), relation, unit: unit.clone() }
    });
    Claim {
        id: entry.id.clone(),
        document: String::new(),
        codebook: String::new(),
        kind: entry.kind,
        type_: entry.type_,
        mode: entry.mode.clone(),
        context: Vec::new(),
        cameo: None,
        source: entry.source.clone(),
        target: entry.target.clone(),
        mutual: entry.mutual,
        quantity,
        change: entry.change,
        cause: entry.cause,
        of_event: None,
        inside: None,
        place: entry.place.clone(),
        places: entry.place.clone().into_iter().collect(),
        time: entry.time.clone(),
        status: entry.status,
        said_by: entry.said_by.clone(),
        evidence: Evidence::default(),
        confidence: None,
    }
}
