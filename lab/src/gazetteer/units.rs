//! First-level units: which one a point lies in, and what the sources call it.

use anyhow::{Context, Result};
use griot_types::SmolStr;
use griot_world::gazetteer::{Entry, fold};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// A first-level unit of Natural Earth.
pub struct Unit {
    /// As a place of the gazetteer.
    pub entry: Entry,
    /// Outer rings, (longitude, latitude).
    rings: Vec<Vec<(f64, f64)>>,
    /// West, south, east, north.
    bounds: [f64; 4],
}

/// All units by country.
pub struct Units {
    /// In the order of the source.
    pub all: Vec<Unit>,
    of_country: HashMap<SmolStr, Vec<usize>>,
}

/// Words for the sort of unit that sources write into its name.
const SORTS: &[&str] = &[
    "region",
    "region de",
    "region du",
    "region des",
    "province",
    "state",
    "governorate",
    "muhafazat",
    "oblast",
    "district",
    "county",
    "department",
    "departement",
    "prefecture",
    "wilaya de",
    "wilaya",
    "provincia de",
    "departamento de",
    "estado de",
    "estado",
];
/// Directions as units' names have them, long and short.
const DIRECTIONS: &[(&str, &str)] = &[("northern", "north"), ("southern", "south"), ("eastern", "east"), ("western", "west")];

impl Units {
    /// Reads what `units.py` wrote.
    pub fn read(json: &str, alpha3: &HashMap<String, SmolStr>) -> Result<Units> {
        let root: Value = serde_json::from_str(json).context("admin1.geojson")?;
        let features = root["features"].as_array().context("admin1.geojson has no features")?;
        let labels = label_counts(features);
        let mut units = Units { all: Vec::new(), of_country: HashMap::new() };
        for feature in features {
            let of = |key: &str| feature["properties"][key].as_str().unwrap_or_default();
            let country = alpha3.get(of("iso_a2")).cloned().or_else(|| breakaway(of("adm0_a3")));
            let (Some(country), false) = (country, of("name").is_empty()) else { continue };
            let mut aliases: Vec<String> = Vec::new();
            let label = of("woe_label").split(',').next().unwrap_or_default();
            for name in [of("gn_name"), of("woe_name"), label] {
                let is_own = labels.get(&(of("adm0_a3").to_owned(), fold(name))) == Some(&1);
                if !name.is_empty() && (is_own || name == of("gn_name")) {
                    aliases.push(name.to_owned());
                }
            }
            let Some((rings, (longitude, latitude))) = largest_ring(&feature["geometry"]) else { continue };
            let points = || rings.iter().flatten();
            let bounds = [
                points().map(|p| p.0).fold(f64::MAX, f64::min),
                points().map(|p| p.1).fold(f64::MAX, f64::min),
                points().map(|p| p.0).fold(f64::MIN, f64::max),
                points().map(|p| p.1).fold(f64::MIN, f64::max),
            ];
            let mut entry = Entry {
                geonames: 0,
                name: of("name").to_owned(),
                aliases,
                latitude,
                longitude,
                feature: 'A',
                code: "ADM1".into(),
                population: 0,
                countries: vec![country.clone()],
                admin1: Some(of("name").to_owned()),
                radius: 0.0,
                precision: None,
            };
            add_short_names(&mut entry);
            units.of_country.entry(country).or_default().push(units.all.len());
            units.all.push(Unit { entry, rings, bounds });
        }
        Ok(units)
    }

    /// The unit of a country that holds a point; on a simplified coast the nearest one within some 30 km.
    pub fn at(&self, country: &str, latitude: f64, longitude: f64) -> Option<&Unit> {
        let units = || self.of_country.get(country).into_iter().flatten().map(|&i| &self.all[i]);
        if let Some(unit) = units().find(|unit| unit.holds(longitude, latitude)) {
            return Some(unit);
        }
        let near = units().map(|unit| (unit, unit.distance(longitude, latitude))).min_by(|a, b| a.1.total_cmp(&b.1))?;
        (near.1 < 0.3).then_some(near.0)
    }

    /// The units of one country.
    pub fn of(&mut self, country: &str) -> impl Iterator<Item = &mut Unit> {
        self.all.iter_mut().filter(move |unit| unit.entry.countries.first().is_some_and(|code| code == country))
    }
}

impl Unit {
    /// Even-odd rule over the outer rings.
    fn holds(&self, x: f64, y: f64) -> bool {
        let [west, south, east, north] = self.bounds;
        if x < west || x > east || y < south || y > north {
            return false;
        }
        self.rings.iter().any(|ring| {
            let mut inside = false;
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                if (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0 {
                    inside = !inside;
                }
            }
            inside
        })
    }

    /// Degrees to the nearest corner; a lower bound from the box where that is far.
    fn distance(&self, x: f64, y: f64) -> f64 {
        let [west, south, east, north] = self.bounds;
        let outside = (west - x).max(x - east).max(south - y).max(y - north);
        if outside > 0.5 {
            return outside;
        }
        self.rings.iter().flatten().map(|p| (p.0 - x).hypot(p.1 - y)).fold(f64::MAX, f64::min)
    }

    /// Whether one of its names, without the words for its sort, is a name's.
    pub fn is_called(&self, name: &str) -> bool {
        let bare = without_sort(&fold(name));
        self.entry.aliases.iter().chain([&self.entry.name]).any(|own| without_sort(&fold(own)) == bare)
    }
}

/// Countries that Natural Earth keeps apart and ISO 3166 does not.
fn breakaway(code: &str) -> Option<SmolStr> {
    match code {
        "SOL" => Some("SOM".into()),
        "CYN" => Some("CYP".into()),
        "KAB" => Some("KAZ".into()),
        _ => None,
    }
}

/// How many units of a country have a folded name as name or label: the labels of split units still name the undivided one.
fn label_counts(features: &[Value]) -> BTreeMap<(String, String), u32> {
    let mut counts = BTreeMap::new();
    for feature in features {
        let of = |key: &str| feature["properties"][key].as_str().unwrap_or_default();
        let label = of("woe_label").split(',').next().unwrap_or_default();
        let mut names = vec![fold(of("name")), fold(of("woe_name")), fold(label)];
        names.sort();
        names.dedup();
        for name in names {
            *counts.entry((of("adm0_a3").to_owned(), name)).or_insert(0) += 1;
        }
    }
    counts
}

/// A folded name without the words for the sort of unit.
pub fn without_sort(folded: &str) -> String {
    let mut name = folded;
    for sort in SORTS {
        name = name.strip_suffix(sort).filter(|rest| rest.ends_with(' ')).unwrap_or(name).trim_end();
        name = name.strip_prefix(sort).filter(|rest| rest.starts_with(' ')).unwrap_or(name).trim_start();
    }
    name.to_owned()
}

/// Adds the names that newspapers use: without the sort of unit, 'South' for 'Southern' and the other way round.
pub fn add_short_names(entry: &mut Entry) {
    let mut more = Vec::new();
    for name in entry.aliases.iter().chain([&entry.name]) {
        let bare = without_sort(&fold(name));
        for (long, short) in DIRECTIONS {
            for (from, to) in [(long, short), (short, long)] {
                if let Some(rest) = bare.strip_prefix(from).filter(|rest| rest.starts_with(' ')) {
                    more.push(capitalised(&format!("{to}{rest}")));
                }
            }
        }
        if bare.len() > 2 && bare != fold(name) {
            more.push(capitalised(&bare));
        }
    }
    entry.aliases.extend(more);
}

/// Short names are made from folded ones; aliases in lower case would be taken for transliterations.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The outer rings of a (multi)polygon as (longitude, latitude), and the middle of the largest.
#[allow(clippy::type_complexity)]
fn largest_ring(geometry: &Value) -> Option<(Vec<Vec<(f64, f64)>>, (f64, f64))> {
    let point = |p: &Value| Some((p[0].as_f64()?, p[1].as_f64()?));
    let ring = |polygon: &Value| polygon[0].as_array().into_iter().flatten().filter_map(point).collect::<Vec<_>>();
    let coordinates = &geometry["coordinates"];
    let rings = match geometry["type"].as_str()? {
        "Polygon" => vec![ring(coordinates)],
        _ => coordinates.as_array()?.iter().map(ring).collect(),
    };
    let middle = rings.iter().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs())).map(|ring| centroid(ring))?;
    Some((rings, middle))
}

/// Signed area in square degrees (shoelace formula).
fn area(ring: &[(f64, f64)]) -> f64 {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0
}

/// Centre of mass of a ring; its first corner where it has no area.
fn centroid(ring: &[(f64, f64)]) -> (f64, f64) {
    let area = area(ring);
    if area.abs() < 1e-9 {
        return ring.first().copied().unwrap_or_default();
    }
    let (mut x, mut y) = (0.0, 0.0);
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        let cross = a.0 * b.1 - b.0 * a.1;
        x += (a.0 + b.0) * cross;
        y += (a.1 + b.1) * cross;
    }
    (x / (6.0 * area), y / (6.0 * area))
}
