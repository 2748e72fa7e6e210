//! Many claims to groups.

use super::likeness::{Likeness, Reason, compare, is_same};
use super::{Facts, Who};
use griot_types::Kind;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What people said of pairs of claims, the smaller id first: together or apart.
pub type Pairs = FxHashMap<(i64, i64), bool>;

/// Claims that are in reach of each other, and the entries that they make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The smallest id of all claims in reach.
    pub knot: i64,
    /// The claims of one entry, as places in the list given, in the order of their ids.
    pub members: Vec<usize>,
}

/// Groups `facts`. Claims are put together in the order of what they have in common, ids breaking ties, and two groups become one only where no
/// claim of one contradicts a claim of the other. `alone` claims stay by themselves.
pub fn knit(facts: &[Facts], pairs: &Pairs, alone: &dyn Fn(i64) -> bool) -> Vec<Group> {
    let mut order: Vec<usize> = (0..facts.len()).collect();
    order.sort_unstable_by_key(|&at| facts[at].id);
    let edges = edges(facts, &order, pairs, alone);
    let mut reach = Forest::new(facts.len());
    let mut groups = Forest::new(facts.len());
    for edge in &edges {
        reach.join(edge.a, edge.b);
        let (a, b) = (groups.root(edge.a), groups.root(edge.b));
        if a != b && (edge.told || agree(facts, groups.members(a), groups.members(b), pairs)) {
            groups.join(a, b);
        }
    }
    let knots: FxHashMap<usize, i64> = (0..facts.len())
        .filter(|&at| reach.root(at) == at)
        .collect::<Vec<_>>()
        .into_iter()
        .map(|root| (root, reach.members(root).iter().map(|&at| facts[at].id).min().unwrap_or(0)))
        .collect();
    let mut out = Vec::new();
    for at in order {
        if groups.root(at) == at {
            let mut members = groups.members(at).to_vec();
            members.sort_unstable_by_key(|&at| facts[at].id);
            out.push(Group { knot: knots[&reach.root(at)], members });
        }
    }
    out
}

/// Two claims that may be one.
struct Edge {
    a: usize,
    b: usize,
    points: u32,
    told: bool,
}

fn edges(facts: &[Facts], order: &[usize], pairs: &Pairs, alone: &dyn Fn(i64) -> bool) -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut lanes: Vec<((i64, i64), usize)> =
        order.iter().map(|&at| (facts[at].lanes(), at)).filter(|&(_, at)| !alone(facts[at].id)).collect();
    lanes.sort_by_key(|&((first, _), at)| (facts[at].type_, first, facts[at].id));
    // Relations are told in the same words by hundreds of reports: one of a kind speaks for all.
    let mut first_of_kind: FxHashMap<Kindred, usize> = FxHashMap::default();
    let mut kept = Vec::with_capacity(lanes.len());
    for (lane, at) in lanes {
        match Kindred::of(&facts[at]).map(|kindred| *first_of_kind.entry(kindred).or_insert(at)) {
            Some(first) if first != at => edges.push(Edge { a: first, b: at, points: u32::MAX, told: false }),
            _ => kept.push((lane, at)),
        }
    }
    for (number, &((_, last), a)) in kept.iter().enumerate() {
        for &((first, _), b) in &kept[number + 1..] {
            if facts[b].type_ != facts[a].type_ || first > last + 1 {
                break;
            }
            if pairs.get(&key(facts[a].id, facts[b].id)) == Some(&false) {
                continue;
            }
            if let Some(Likeness { points, .. }) = is_same(&facts[a], &facts[b]) {
                edges.push(Edge { a, b, points, told: false });
            }
        }
    }
    let ids = |edge: &Edge| key(facts[edge.a].id, facts[edge.b].id);
    edges.sort_by(|x, y| y.points.cmp(&x.points).then_with(|| ids(x).cmp(&ids(y))));
    // What people put together joins what was found by then, so that later reports find their place in a part of it.
    let places: FxHashMap<i64, usize> = facts.iter().enumerate().map(|(at, facts)| (facts.id, at)).collect();
    let free = |(a, b): &(i64, i64)| !alone(*a) && !alone(*b);
    let mut told: Vec<(i64, i64)> = pairs.iter().filter(|(pair, together)| **together && free(pair)).map(|(pair, _)| *pair).collect();
    told.sort_unstable();
    for (a, b) in told {
        if let (Some(&a), Some(&b)) = (places.get(&a), places.get(&b)) {
            edges.push(Edge { a, b, points: 0, told: true });
        }
    }
    edges
}

/// Two ids, the smaller first.
pub(crate) fn key(a: i64, b: i64) -> (i64, i64) {
    (a.min(b), a.max(b))
}

/// What makes two relations the same whatever else they say.
#[derive(PartialEq, Eq, Hash)]
struct Kindred(Option<griot_types::Type>, super::Class, bool, Vec<Who>, Vec<Who>, Option<String>);

impl Kindred {
    fn of(facts: &Facts) -> Option<Kindred> {
        // Only what is taken for one in any case: a relation without its other end is not.
        let other = if facts.type_.is_some_and(griot_types::Type::wants_place) { facts.place.is_some() } else { !facts.target.is_empty() };
        let ends = !facts.source.is_empty() && other;
        (facts.kind == Kind::Relation && ends && !facts.part && facts.change.is_none()).then(|| {
            let place =
                facts.place.as_ref().map(|place| format!("{:?} {} {:?} {}", place.geonames, place.name, place.country, place.precision));
            Kindred(facts.type_, facts.class, facts.mutual, facts.source.clone(), facts.target.clone(), place)
        })
    }
}

/// Whether no claim of one group stands against one of the other.
fn agree(facts: &[Facts], a: &[usize], b: &[usize], pairs: &Pairs) -> bool {
    let told_apart = |x: i64, y: i64| pairs.get(&key(x, y)) == Some(&false);
    if !pairs.is_empty() && a.iter().any(|&x| b.iter().any(|&y| told_apart(facts[x].id, facts[y].id))) {
        return false;
    }
    // Relations of one kind agree with what their first one agrees with.
    let distinct = |group: &[usize]| -> Vec<usize> {
        let mut seen = rustc_hash::FxHashSet::default();
        group.iter().copied().filter(|&at| Kindred::of(&facts[at]).is_none_or(|kindred| seen.insert(kindred))).collect()
    };
    let (a, b) = if facts[a[0]].kind == Kind::Relation { (distinct(a), distinct(b)) } else { (a.to_vec(), b.to_vec()) };
    a.iter().all(|&x| b.iter().all(|&y| compare(&facts[x], &facts[y]).is_some()))
}

/// Union and find, with the members of each tree; the root is the member that was there first.
struct Forest {
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Forest {
    fn new(count: usize) -> Forest {
        Forest { parent: (0..count).collect(), members: (0..count).map(|at| vec![at]).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn members(&self, root: usize) -> &[usize] {
        &self.members[root]
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            let (large, small) = if self.members[a].len() >= self.members[b].len() { (a, b) } else { (b, a) };
            let moved = std::mem::take(&mut self.members[small]);
            self.members[large].extend(moved);
            self.parent[small] = large;
        }
    }
}

/// Why a claim stands with the others of its entry: what it has in common with the one that it is most like.
pub fn why(facts: &Facts, others: &[&Facts], pairs: &Pairs) -> Option<(i64, Vec<Reason>)> {
    let mut best: Option<(u32, i64, Vec<Reason>)> = None;
    for other in others.iter().filter(|other| other.id != facts.id) {
        let told = pairs.get(&key(facts.id, other.id)) == Some(&true);
        let likeness = compare(facts, other).unwrap_or_default();
        let (points, reasons) = if told { (u32::MAX, vec![Reason::Person]) } else { (likeness.points, likeness.reasons) };
        if best.as_ref().is_none_or(|(most, id, _)| (points, std::cmp::Reverse(other.id)) > (*most, std::cmp::Reverse(*id))) {
            best = Some((points, other.id, reasons));
        }
    }
    best.map(|(_, id, reasons)| (id, reasons.into_iter().collect::<BTreeSet<_>>().into_iter().collect()))
}
