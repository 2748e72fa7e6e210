//! Two claims held against each other.
//!
//! Points are given for what agrees; the table of points is below, and each comes with its reason. Some things stand against a merge whatever
//! else agrees: other countries, towns too far apart, days too far apart, named actors that differ, a running tally beside an incident's toll.

use super::facts::{Facts, When, Where, Who};
use griot_types::{Kind, Type};

/// Two towns closer than this are one place to reports that name the nearest one they know.
const NEAR_KM: f64 = 25.0;
/// A strength holds for about a month; another month's is another strength.
const STRENGTH_DAYS: i32 = 31;
/// Tallies that start within this many days count from the same event.
const TALLY_DAYS: i32 = 31;
/// Reports that give no day of what they tell speak of the same days where they were published this close to each other.
const CLOSE_DAYS: i32 = 2;
/// What two claims must have in common.
const ENOUGH: u32 = 9;

/// What agrees between two claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The type and the mode of the act, or the measure.
    Type,
    /// The day.
    Day,
    /// Days that overlap or follow each other.
    NearDay,
    /// The time that a tally counts from, or a longer stretch.
    Stretch,
    /// The place.
    Place,
    /// Places close to each other, or one inside the other.
    NearPlace,
    /// Who did it.
    Source,
    /// Who may be the same: a part of the other, or the same sort of people.
    NearSource,
    /// Whom it was done to.
    Target,
    /// Who may be the same.
    NearTarget,
    /// The number.
    Count,
    /// Numbers whose bounds overlap.
    NearCount,
    /// The words for the act.
    Words,
    /// A person said so.
    Person,
}

impl Reason {
    /// In words: 'the day'.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Type => "what is reported",
            Reason::Day => "the day",
            Reason::NearDay => "days that meet",
            Reason::Stretch => "the time counted over",
            Reason::Place => "the place",
            Reason::NearPlace => "places that may be one",
            Reason::Source => "who did it",
            Reason::NearSource => "doers that may be one",
            Reason::Target => "whom it was done to",
            Reason::NearTarget => "persons concerned that may be the same",
            Reason::Count => "the number",
            Reason::NearCount => "numbers whose bounds meet",
            Reason::Words => "the words for it",
            Reason::Person => "a person's decision",
        }
    }
}

/// How much two claims have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Likeness {
    /// Points for what agrees.
    pub points: u32,
    /// What agrees.
    pub reasons: Vec<Reason>,
    time: u32,
    place: u32,
    source: u32,
    target: u32,
    count: u32,
}

/// How two actors stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Two that differ.
    Against,
    /// Nothing is known that would make them differ.
    Open,
    /// The same sort of people of the same country.
    Kin,
    /// One is a part of the other.
    Part,
    /// The same.
    Same,
}

/// How two actors stand to each other.
pub fn tie(a: &Who, b: &Who) -> Tie {
    if a.key == b.key {
        return Tie::Same;
    }
    let inside = |whole: &Who, part: &Who| part.key.strip_prefix(whole.key.as_str()).is_some_and(|rest| rest.starts_with('-'));
    if a.known && b.known {
        return if inside(a, b) || inside(b, a) { Tie::Part } else { Tie::Against };
    }
    if a.country.is_some() && b.country.is_some() && a.country != b.country {
        return Tie::Against;
    }
    let (camp_a, camp_b) = (camp(a), camp(b));
    match (camp_a, camp_b) {
        (Some(x), Some(y)) if x != y => Tie::Against,
        (Some(_), Some(_)) if a.country.is_some() && a.country == b.country => Tie::Kin,
        // Of two names that no dictionary knows one may be short for the other; else they are two.
        _ if !a.known && !b.known && camp_a.is_none() && camp_b.is_none() => {
            if is_short_for(&a.key, &b.key) || is_short_for(&b.key, &a.key) { Tie::Part } else { Tie::Against }
        }
        _ => Tie::Open,
    }
}

/// Whether all words of a name are in the other: 'Keïta' and 'Ibrahim Boubacar Keïta'.
fn is_short_for(short: &str, long: &str) -> bool {
    !short.is_empty() && short.split(' ').all(|word| long.split(' ').any(|other| other == word))
}

/// Whom an unnamed actor could be: state forces are no rebels, and neither are civilians.
fn camp(who: &Who) -> Option<u8> {
    who.sectors.first().map(|sector| match sector.as_str() {
        "PKO" => 1,
        "MIL" | "COP" | "GOV" | "SPY" | "LEG" => 2,
        "REB" | "PRM" | "UAF" | "CRM" => 3,
        _ => 4,
    })
}

/// What two claims have in common; `None` where something stands against their being one.
pub fn compare(a: &Facts, b: &Facts) -> Option<Likeness> {
    if a.kind != b.kind || a.class != b.class || a.part != b.part || a.change != b.change || a.mutual != b.mutual {
        return None;
    }
    let mut likeness = Likeness::default();
    likeness.types(a, b)?;
    likeness.sides(a, b)?;
    likeness.places(a, b)?;
    likeness.times(a, b)?;
    likeness.counts(a, b)?;
    if a.words.iter().any(|word| b.words.contains(word)) {
        likeness.give(1, Reason::Words);
    }
    Some(likeness)
}

/// Whether two claims are taken for one, with what they have in common.
pub fn is_same(a: &Facts, b: &Facts) -> Option<Likeness> {
    let likeness = compare(a, b)?;
    likeness.is_enough(a, b).then_some(likeness)
}

impl Likeness {
    fn give(&mut self, points: u32, reason: Reason) -> u32 {
        self.points += points;
        self.reasons.push(reason);
        points
    }

    fn is_enough(&self, a: &Facts, b: &Facts) -> bool {
        let side = self.source.max(self.target);
        if a.kind == Kind::Relation {
            let ends = if a.type_.is_some_and(Type::wants_place) { self.place >= 3 } else { self.target >= 3 };
            return self.source >= 3 && ends;
        }
        if a.type_ == Some(Type::Personnel) {
            return self.source >= 3 && self.time > 0 && a.report != b.report;
        }
        if a.is_cumulative() {
            return side >= 3 && self.time > 0 && (a.report != b.report || self.count >= 4);
        }
        if a.type_.is_none() {
            // Where nothing but words, names and days is known, the same words in the same days must do: nothing stands against it.
            return self.time > 0 && self.reasons.contains(&Reason::Words);
        }
        // What a report tells twice with other details its reader already took for two things, unless all that can be told is the same.
        if a.report == b.report {
            return match a.kind {
                Kind::Figure => self.count >= 4 && self.time > 0 && (self.place >= 3 || side >= 3),
                _ => self.time >= 5 && self.place >= 3 && side >= 3,
            };
        }
        let anchored = self.place >= 3 || side >= 3 || (self.place > 0 && self.count >= 4);
        // Things said or agreed are many on one day: both sides must be known.
        let said = a.kind == Kind::Event && !is_deed(a.type_);
        let sides = if said { self.source >= 3 && (self.target >= 3 || a.target.is_empty() && b.target.is_empty()) } else { true };
        let counted = a.type_ != Some(Type::Other) || self.count >= 4 && self.reasons.contains(&Reason::Words);
        self.time > 0 && anchored && sides && counted && self.points >= ENOUGH
    }

    fn types(&mut self, a: &Facts, b: &Facts) -> Option<()> {
        match (a.type_, b.type_) {
            (Some(x), Some(y)) if x != y => return None,
            (Some(_), Some(_)) => {}
            // Where nothing but the words is known they must meet.
            _ => {
                let meet = a.words.iter().any(|word| b.words.contains(word));
                self.give(3 * u32::from(meet), Reason::Words);
                return meet.then_some(());
            }
        }
        let points = if a.mode == b.mode { 2 } else { u32::from(a.mode.is_none() || b.mode.is_none()) };
        self.give(points, Reason::Type);
        Some(())
    }

    fn sides(&mut self, a: &Facts, b: &Facts) -> Option<()> {
        let straight = side(&a.source, &b.source).zip(side(&a.target, &b.target));
        // Who is named first of two that do it together is chance.
        let crossed = if a.mutual { side(&a.source, &b.target).zip(side(&a.target, &b.source)) } else { None };
        let (source, target) = [straight, crossed].into_iter().flatten().max_by_key(|(x, y)| (*x as u8) + (*y as u8))?;
        self.source = self.give_side(source, Reason::Source, Reason::NearSource);
        self.target = self.give_side(target, Reason::Target, Reason::NearTarget);
        // A toll of some is not that of all: who suffered must be the same or unknown in both.
        let told = a.kind == Kind::Figure && a.target.is_empty() != b.target.is_empty();
        if told && !a.could_be_all_of(b) { None } else { Some(()) }
    }

    fn give_side(&mut self, tie: Tie, same: Reason, near: Reason) -> u32 {
        match tie {
            Tie::Same => self.give(4, same),
            Tie::Part => self.give(3, near),
            Tie::Kin => self.give(2, near),
            Tie::Open | Tie::Against => 0,
        }
    }

    fn places(&mut self, a: &Facts, b: &Facts) -> Option<()> {
        let (Some(x), Some(y)) = (&a.place, &b.place) else {
            // A relation to a place that is not named is none to another.
            let wanted = a.kind == Kind::Relation && a.type_.is_some_and(Type::wants_place) && (a.place.is_some() || b.place.is_some());
            return (!wanted).then_some(());
        };
        let standing = a.kind == Kind::Relation || a.type_ == Some(Type::Personnel);
        let points = places(x, y, standing)?;
        self.place = self.give(points, if points >= 3 { Reason::Place } else { Reason::NearPlace });
        Some(())
    }

    fn times(&mut self, a: &Facts, b: &Facts) -> Option<()> {
        if a.kind == Kind::Relation {
            return Some(());
        }
        if a.is_cumulative() != b.is_cumulative() {
            return None;
        }
        let (points, reason) = if a.type_ == Some(Type::Personnel) {
            strengths(a, b)?
        } else if a.is_cumulative() {
            tallies(a.when?, b.when?)?
        } else {
            dates(a, b)?
        };
        self.time = points;
        if points > 0 {
            self.give(points, reason);
        }
        Some(())
    }

    fn counts(&mut self, a: &Facts, b: &Facts) -> Option<()> {
        let (Some(x), Some(y)) = (a.count, b.count) else {
            return (a.kind != Kind::Figure || a.count.is_none() == b.count.is_none()).then_some(());
        };
        if a.unit != b.unit || a.cause.is_some() && b.cause.is_some() && a.cause != b.cause {
            return None;
        }
        let best = |(low, best, high): (Option<f64>, Option<f64>, Option<f64>)| best.or(low).or(high);
        let meets =
            x.0.or(x.1).unwrap_or(0.0) <= y.2.unwrap_or(f64::INFINITY) && y.0.or(y.1).unwrap_or(0.0) <= x.2.unwrap_or(f64::INFINITY);
        if best(x) == best(y) {
            self.count = self.give(4, Reason::Count);
        } else if meets {
            self.count = self.give(2, Reason::NearCount);
        }
        Some(())
    }
}

impl Facts {
    /// Of two counts, one of which names nobody, whether the one that does may be of all: of people of no sort, and not much more or less.
    fn could_be_all_of(&self, other: &Facts) -> bool {
        let best = |facts: &Facts| facts.count.and_then(|(low, best, high)| best.or(low).or(high));
        let (Some(x), Some(y)) = (best(self), best(other)) else { return best(self) == best(other) };
        let unsorted = self.target.iter().chain(&other.target).all(|who| !who.known && who.country.is_none() && camp(who) == Some(4));
        x == y || unsorted && x.max(y) <= 2.0 * x.min(y)
    }
}

/// Whether an act is done with the hands: such acts are told by where and when, the others by who says what to whom.
fn is_deed(type_: Option<Type>) -> bool {
    matches!(type_, None | Some(Type::Assault | Type::Coerce | Type::Mobilize | Type::Retreat | Type::Protest | Type::Aid | Type::Sanction))
}

/// The best tie between two sides; `None` where both are known and none of one can be one of the other.
fn side(a: &[Who], b: &[Who]) -> Option<Tie> {
    if a.is_empty() || b.is_empty() {
        return Some(Tie::Open);
    }
    let best = a.iter().flat_map(|x| b.iter().map(move |y| tie(x, y))).max()?;
    (best != Tie::Against).then_some(best)
}

fn places(a: &Where, b: &Where, standing: bool) -> Option<u32> {
    if a.country.is_some() && b.country.is_some() && a.country != b.country {
        return None;
    }
    let same = a.geonames.is_some() && a.geonames == b.geonames || a.name == b.name;
    if same {
        return Some(match a.precision.max(b.precision) {
            1..=3 => 6,
            4 | 5 => 3,
            // That both were in one country says little of an act and all of a deployment.
            _ => {
                if standing {
                    3
                } else {
                    1
                }
            }
        });
    }
    if standing {
        return None;
    }
    let (fine, coarse) = if a.precision <= b.precision { (a, b) } else { (b, a) };
    if coarse.precision >= 4 {
        let in_unit = coarse.precision == 4 && fine.admin1.is_some();
        return if in_unit && fine.admin1.as_deref() != Some(coarse.name.as_str()) { None } else { Some(1) };
    }
    match (a.point, b.point) {
        (Some(x), Some(y)) if kilometres(x, y) <= NEAR_KM => Some(3),
        _ => None,
    }
}

/// The distance of two points on the globe (haversine).
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = dlat.sin().powi(2) + lat_a.cos() * lat_b.cos() * dlon.sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

fn dates(a: &Facts, b: &Facts) -> Option<(u32, Reason)> {
    if let (None, None) = (a.when, b.when) {
        let apart = (a.published? - b.published?).abs();
        return (apart <= CLOSE_DAYS).then_some((2, Reason::NearDay));
    }
    match (a.days(), b.days()) {
        (Some((s, e)), Some((t, f))) => {
            let single = s == e && t == f && a.when.is_some() && b.when.is_some();
            if single && s == t {
                Some((5, Reason::Day))
            } else if s <= f && t <= e || single && (s - t).abs() == 1 {
                Some((2, Reason::NearDay))
            } else {
                None
            }
        }
        (None, None) if a.when == b.when => Some((3, Reason::Stretch)),
        _ => None,
    }
}

fn strengths(a: &Facts, b: &Facts) -> Option<(u32, Reason)> {
    let at = |facts: &Facts| facts.when.and_then(|when| when.end.or(when.start)).or(facts.published);
    match (at(a), at(b)) {
        (Some(x), Some(y)) if (x - y).abs() <= STRENGTH_DAYS => Some((3, Reason::NearDay)),
        _ => None,
    }
}

fn tallies(a: When, b: When) -> Option<(u32, Reason)> {
    let same_start = (a.start? - b.start?).abs() <= TALLY_DAYS;
    // A year's toll is that year's; one that runs on is brought up to date.
    let same_end = a.range && b.range || a.end == b.end;
    (same_start && same_end).then_some((4, Reason::Stretch))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(key: &str, country: &str, sectors: &[&str], known: bool) -> Who {
        Who {
            key: key.into(),
            known,
            country: (!country.is_empty()).then(|| country.into()),
            sectors: sectors.iter().map(|s| (*s).into()).collect(),
        }
    }

    #[test]
    fn actors_stand_to_each_other() {
        let army = who("ner-mil", "NER", &["MIL"], true);
        let state = who("ner", "NER", &[], true);
        let soldiers = who("nigerien soldiers", "NER", &["MIL"], false);
        let gunmen = who("gunmen", "", &["UAF"], false);
        let jnim = who("jnim", "MLI", &["REB"], true);
        let villagers = who("villagers", "", &["CVL"], false);
        assert_eq!(tie(&army, &army), Tie::Same);
        assert_eq!(tie(&army, &state), Tie::Part);
        assert_eq!(tie(&army, &soldiers), Tie::Kin);
        assert_eq!(tie(&gunmen, &jnim), Tie::Open);
        assert_eq!(tie(&gunmen, &villagers), Tie::Against);
        assert_eq!(tie(&army, &jnim), Tie::Against);
        let (full, short) = (who("ibrahim boubacar keita", "", &[], false), who("keita", "", &[], false));
        assert_eq!((tie(&full, &short), tie(&short, &who("toure", "", &[], false))), (Tie::Part, Tie::Against));
        assert_eq!(tie(&jnim, &who("isgs", "MLI", &["REB"], true)), Tie::Against);
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        let (bamako, gao) = ((12.65, -8.0), (16.27, -0.05));
        assert!((kilometres(bamako, gao) - 945.0).abs() < 15.0, "{}", kilometres(bamako, gao));
    }
}
