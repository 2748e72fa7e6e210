//! A report's claims in the order in which a person asks for them.

use super::days;
use super::layout::plain;
use super::words::Words;
use crate::engine::Coded;
use griot_types::{Claim, Kind, Status, Type};
use griot_world::World;

/// A group of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Happened,
    Where,
    With,
    Toll,
    Other,
    Unreal,
}

const GROUPS: [(Group, &str); 6] = [
    (Group::Happened, "What happened"),
    (Group::Where, "Who is where and in what strength"),
    (Group::With, "Who is with whom"),
    (Group::Toll, "The toll"),
    (Group::Other, "Other figures"),
    (Group::Unreal, "Only said, planned, asked for, denied, uncertain"),
];

fn group(claim: &Claim) -> Group {
    match (claim.status, claim.kind, claim.type_) {
        (status, ..) if status != Status::Actual => Group::Unreal,
        (_, Kind::Event, _) => Group::Happened,
        (_, Kind::Relation, type_) if type_.wants_place() => Group::Where,
        (_, Kind::Relation, _) => Group::With,
        (_, Kind::Figure, Type::Personnel) => Group::Where,
        (_, Kind::Figure, Type::Other) => Group::Other,
        (_, Kind::Figure, _) => Group::Toll,
    }
}

/// One claim's line.
#[derive(Debug)]
pub struct Line<'c> {
    /// Its place among the report's claims, from 0.
    pub number: usize,
    /// The claim.
    pub claim: &'c Claim,
    /// What stands before it: a day, a number, a status.
    pub lead: String,
    /// The claim in words; empty where the lead says it all.
    pub body: String,
}

/// The groups that have claims, with their headings, and the claims in order.
pub fn groups<'c>(coded: &'c Coded, world: &World) -> Vec<(&'static str, Vec<Line<'c>>)> {
    let words = Words::new(world, &coded.document, &coded.claims);
    let mut all = Vec::new();
    for (group, heading) in GROUPS {
        let mut lines: Vec<Line> = Vec::new();
        for (number, claim) in coded.claims.iter().enumerate().filter(|(_, claim)| self::group(claim) == group) {
            let (lead, body) = match group {
                Group::Toll | Group::Other => words.figure(claim),
                Group::Unreal => (words.status(claim), words.said(claim)),
                _ => (days::lead(claim), words.told(claim)),
            };
            lines.push(Line { number, claim, lead: plain(&lead), body: plain(&body) });
        }
        if group == Group::Happened {
            // What has no date comes last, in the order of the text.
            lines.sort_by_key(|line| days::order(line.claim));
        }
        if !lines.is_empty() {
            all.push((heading, lines));
        }
    }
    all
}
