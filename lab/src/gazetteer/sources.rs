//! The sources of the gazetteer, read and merged.

use super::units::{Units, add_short_names, without_sort};
use anyhow::{Context, Result};
use griot_types::SmolStr;
use griot_world::gazetteer::{Class, Entry, fold, geonames};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Places with fewer inhabitants keep only their main name: their other names are spellings that no report in English uses.
const FEWEST_FOR_ALIASES: u32 = 10_000;

/// All places, and the countries' codes.
pub struct Sources {
    pub entries: Vec<Entry>,
    /// alpha-2 and alpha-3.
    pub countries: Vec<(SmolStr, SmolStr)>,
}

/// Reads everything.
pub fn read(folder: &Path, places: &Path) -> Result<Sources> {
    let json = |path: &Path| -> Result<Value> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        serde_json::from_str(&text).with_context(|| path.display().to_string())
    };
    let world = json(&places.join("countries/world-countries-5.1.0.json"))?;
    let counts = json(&folder.join("countries.json"))?;
    let (mut entries, countries) = read_countries(&world, &counts)?;
    let capitals = capitals(&world);
    let alpha3: HashMap<String, SmolStr> = countries.iter().map(|(two, three)| (two.to_string(), three.clone())).collect();
    let units_path = folder.join("admin1.geojson");
    let text = std::fs::read_to_string(&units_path).with_context(|| units_path.display().to_string())?;
    let mut units = Units::read(&text, &alpha3)?;
    let mut lines = read_country_files(&places.join("geonames_sahel"), &alpha3)?;
    let cities = json(&folder.join("cities500.json"))?;
    let mut names_of_codes = merge_units(&mut units, &mut lines);
    name_new_codes(&cities, &alpha3, &lines, &mut names_of_codes);
    let merged = cities_of(&cities, &alpha3, &units, &names_of_codes, &capitals, &lines)?;
    let known: HashSet<u32> = merged.iter().map(|entry| entry.geonames).collect();
    entries.extend(merged);
    for mut line in lines {
        if !known.contains(&line.entry.geonames) {
            let country = line.entry.countries.first().cloned().unwrap_or_default();
            line.entry.admin1 = names_of_codes.get(&(country, line.admin1.clone())).cloned();
            line.entry.aliases.retain(|alias| is_usable(alias));
            entries.push(line.entry);
        }
    }
    entries.extend(seconds(&folder.join("rg_cities1000.csv"), &alpha3, &units, &entries)?);
    count_people(&mut units, &entries);
    entries.extend(units.all.into_iter().map(|unit| unit.entry));
    let romanised = romanised_countries(&world);
    for entry in &mut entries {
        if entry.countries.first().is_some_and(|country| romanised.contains(country)) {
            entry.name = without_scholarly_marks(&entry.name);
            entry.admin1 = entry.admin1.as_deref().map(without_scholarly_marks);
        }
        entry.name.truncate(entry.name.floor_char_boundary(250));
    }
    Ok(Sources { entries, countries })
}

/// A country's alpha-3 code: Kosovo has none in ISO 3166, and XKX is what statistics offices use.
fn code_of(country: &Value) -> SmolStr {
    match country["cca3"].as_str().unwrap_or_default() {
        "UNK" => "XKX".into(),
        code => code.into(),
    }
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Pairs of alpha-2 and alpha-3 codes.
type Codes = Vec<(SmolStr, SmolStr)>;

/// Countries and their codes.
fn read_countries(world: &Value, counts: &Value) -> Result<(Vec<Entry>, Codes)> {
    let (mut entries, mut codes) = (Vec::new(), Vec::new());
    for country in world.as_array().context("the list of countries is no list")? {
        let alpha2 = country["cca2"].as_str().context("a country without a code")?;
        let alpha3 = code_of(country);
        let name = country["name"]["common"].as_str().context("a country without a name")?;
        let official = country["name"]["official"].as_str().unwrap_or_default();
        let spellings = strings(&country["altSpellings"]).filter(|name| name.len() > 2);
        let number = |value: &Value| value.as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        entries.push(Entry {
            geonames: number(&counts[alpha2]["geonameid"]),
            name: name.to_owned(),
            aliases: spellings.chain([official]).map(str::to_owned).collect(),
            latitude: country["latlng"][0].as_f64().context("a country without a point")?,
            longitude: country["latlng"][1].as_f64().context("a country without a point")?,
            feature: 'A',
            code: "PCLI".into(),
            population: number(&counts[alpha2]["population"]),
            countries: vec![alpha3.clone()],
            admin1: None,
            radius: 0.0,
            precision: None,
        });
        codes.push((alpha2.into(), alpha3));
    }
    Ok((entries, codes))
}

/// Folded names of capitals by country.
fn capitals(world: &Value) -> HashMap<SmolStr, Vec<String>> {
    let countries = world.as_array().into_iter().flatten();
    countries.map(|country| (code_of(country), strings(&country["capital"]).map(fold).collect())).collect()
}

/// GeoNames' country files, without rows for countries, for what no longer exists, and for
/// streams, water holes and dunes, at which no report puts anything.
fn read_country_files(folder: &Path, alpha3: &HashMap<String, SmolStr>) -> Result<Vec<geonames::Line>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .map(|item| item.map(|item| item.path()))
        .collect::<Result<_, _>>()?;
    paths.retain(|path| path.file_stem().is_some_and(|stem| stem.len() == 2));
    paths.sort();
    let mut lines = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        lines.extend(geonames::read(&text, &path.display().to_string(), |two| alpha3.get(two).cloned())?);
    }
    let mut seen = HashSet::new();
    lines.retain(|line| {
        let entry = &line.entry;
        let is_gone = entry.code.ends_with('H') && entry.feature == 'A' || matches!(entry.code.as_str(), "PPLQ" | "PPLW" | "PPLH");
        let is_country = Class::of(entry.feature, &entry.code) == Class::Country;
        let is_water = matches!(entry.code.as_str(), "STM" | "STMI" | "STMD" | "STMX" | "WTRH" | "PNDI" | "DUNE" | "TRGD");
        !is_gone && !is_water && !is_country && !entry.countries.is_empty() && !entry.name.is_empty() && seen.insert(entry.geonames)
    });
    Ok(lines)
}

/// Puts GeoNames' first-level units and Natural Earth's together: names, ids and aliases of both, one row each. Where Natural Earth's
/// units are those of another level (Burkina Faso's provinces), they become second-level units. Gives the units' names by GeoNames' codes.
fn merge_units(units: &mut Units, lines: &mut Vec<geonames::Line>) -> BTreeMap<(SmolStr, SmolStr), String> {
    let mut firsts: BTreeMap<SmolStr, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.entry.code == "ADM1") {
        firsts.entry(line.entry.countries[0].clone()).or_default().push(index);
    }
    let mut names = BTreeMap::new();
    let mut merged = HashSet::new();
    for (country, rows) in firsts {
        let count = units.of(&country).count();
        let matched: Vec<usize> =
            rows.iter().copied().filter(|&row| units.of(&country).any(|unit| unit.is_called(&lines[row].entry.name))).collect();
        let same_level = matched.len() * 2 > rows.len() && count < rows.len() * 2;
        if !same_level {
            units.of(&country).for_each(|unit| unit.entry.code = "ADM2".into());
        }
        for row in rows {
            let line = &mut lines[row];
            let unit = units.of(&country).find(|unit| same_level && unit.is_called(&line.entry.name));
            let name = match unit {
                Some(unit) => {
                    unit.entry.geonames = line.entry.geonames;
                    unit.entry.population = line.entry.population;
                    unit.entry.aliases.extend(line.entry.aliases.iter().cloned().chain([line.entry.name.clone()]));
                    add_short_names(&mut unit.entry);
                    unit.entry.aliases.retain(|alias| is_usable(alias));
                    merged.insert(line.entry.geonames);
                    unit.entry.name.clone()
                }
                None => {
                    add_short_names(&mut line.entry);
                    line.entry.name.strip_suffix(" Region").unwrap_or(&line.entry.name).to_owned()
                }
            };
            line.entry.admin1 = Some(name.clone());
            names.insert((country.clone(), line.admin1.clone()), name);
        }
    }
    for line in lines.iter_mut().filter(|line| line.entry.feature == 'A') {
        let bare = without_sort(&fold(&line.entry.name));
        if bare.len() > 2 {
            add_short_names(&mut line.entry);
        }
    }
    lines.retain(|line| !merged.contains(&line.entry.geonames));
    names
}

/// A first-level unit younger than the country file is called after the seat of a second-level unit in it, the largest of several, as
/// such units mostly are; without a seat, after its largest place.
fn name_new_codes(
    cities: &Value,
    alpha3: &HashMap<String, SmolStr>,
    lines: &[geonames::Line],
    names: &mut BTreeMap<(SmolStr, SmolStr), String>,
) {
    let seats: HashSet<u64> =
        lines.iter().filter(|line| line.entry.code.starts_with("PPLA")).map(|line| u64::from(line.entry.geonames)).collect();
    let with_file: HashSet<SmolStr> = names.keys().map(|(country, _)| country.clone()).collect();
    let mut largest: BTreeMap<(SmolStr, SmolStr), ((bool, u64), String)> = BTreeMap::new();
    for city in cities.as_object().into_iter().flat_map(|map| map.values()) {
        let Some(country) = alpha3.get(city["countrycode"].as_str().unwrap_or_default()) else { continue };
        let key = (country.clone(), SmolStr::from(city["admin1code"].as_str().unwrap_or_default()));
        let is_seat = city["geonameid"].as_u64().is_some_and(|id| seats.contains(&id));
        let population = (is_seat, city["population"].as_u64().unwrap_or(0));
        let name = city["name"].as_str().unwrap_or_default().to_owned();
        if with_file.contains(country) && !names.contains_key(&key) && largest.get(&key).is_none_or(|(most, _)| *most < population) {
            largest.insert(key, (population, name));
        }
    }
    names.extend(largest.into_iter().map(|(key, (_, name))| (key, name)));
}

/// Second-level units, of which no open register of points is at hand: each lies in the middle of the towns that GeoNames puts in it. Countries
/// whose own file is read have theirs from there.
fn seconds(path: &Path, alpha3: &HashMap<String, SmolStr>, units: &Units, known: &[Entry]) -> Result<Vec<Entry>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let own: HashSet<&SmolStr> = known.iter().filter(|entry| entry.code == "ADM2").filter_map(|entry| entry.countries.first()).collect();
    let mut towns: BTreeMap<(SmolStr, String, String), Vec<(f64, f64)>> = BTreeMap::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        let columns = comma_separated(line);
        let [latitude, longitude, _, first, second, country] = &columns[..] else {
            anyhow::bail!("{}:{}: {} columns instead of 6", path.display(), index + 1, columns.len());
        };
        let at = (latitude.parse().context("latitude")?, longitude.parse().context("longitude")?);
        let Some(country) = alpha3.get(country.as_str()).filter(|country| !own.contains(country)) else { continue };
        if is_usable(second) {
            towns.entry((country.clone(), first.clone(), second.clone())).or_default().push(at);
        }
    }
    let middle = |points: &[(f64, f64)]| {
        let count = points.len() as f64;
        (points.iter().map(|p| p.0).sum::<f64>() / count, points.iter().map(|p| p.1).sum::<f64>() / count)
    };
    let entries = towns.into_iter().map(|((country, first, name), points)| {
        let (latitude, longitude) = middle(&points);
        let unit = units.at(&country, latitude, longitude).map(|unit| unit.entry.name.clone());
        Entry {
            geonames: 0,
            name,
            aliases: Vec::new(),
            latitude,
            longitude,
            feature: 'A',
            code: "ADM2".into(),
            population: 0,
            countries: vec![country],
            admin1: unit.or(Some(first).filter(|first| !first.is_empty())),
            radius: 0.0,
            precision: None,
        }
    });
    Ok(entries.collect())
}

/// The fields of a line, which may stand in quotation marks.
fn comma_separated(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().into_iter().for_each(|field| field.push(c)),
        }
    }
    fields
}

/// GeoNames' populated places of the world.
fn cities_of(
    cities: &Value,
    alpha3: &HashMap<String, SmolStr>,
    units: &Units,
    names_of_codes: &BTreeMap<(SmolStr, SmolStr), String>,
    capitals: &HashMap<SmolStr, Vec<String>>,
    lines: &[geonames::Line],
) -> Result<Vec<Entry>> {
    let by_id: HashMap<u32, &geonames::Line> = lines.iter().map(|line| (line.entry.geonames, line)).collect();
    let mut entries = Vec::new();
    let mut largest: HashMap<SmolStr, (u32, usize)> = HashMap::new();
    for city in cities.as_object().context("cities500.json is no object")?.values() {
        let (Some(country), Some(name)) = (alpha3.get(city["countrycode"].as_str().unwrap_or_default()), city["name"].as_str()) else {
            continue;
        };
        let number = |key: &str| city[key].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        let (latitude, longitude) = (city["latitude"].as_f64().context("latitude")?, city["longitude"].as_f64().context("longitude")?);
        let (geonames, population) = (number("geonameid"), number("population"));
        let line = by_id.get(&geonames);
        let mut aliases: Vec<String> = Vec::new();
        if population >= FEWEST_FOR_ALIASES || line.is_some() {
            let known = line.into_iter().flat_map(|line| line.entry.aliases.iter().chain([&line.entry.name])).map(String::as_str);
            aliases = strings(&city["alternatenames"]).chain(known).filter(|alias| is_usable(alias)).map(str::to_owned).collect();
        }
        let code = city["admin1code"].as_str().unwrap_or_default();
        let admin1 = names_of_codes.get(&(country.clone(), code.into())).cloned();
        let is_capital =
            capitals.get(country).is_some_and(|names| names.iter().any(|n| *n == fold(name) || aliases.iter().any(|a| *n == fold(a))));
        if is_capital && largest.get(country).is_none_or(|(most, _)| *most < population) {
            largest.insert(country.clone(), (population, entries.len()));
        }
        entries.push(Entry {
            geonames,
            name: name.to_owned(),
            aliases,
            latitude,
            longitude,
            feature: 'P',
            code: line.map_or("PPL".into(), |line| line.entry.code.clone()),
            population: population.max(line.map_or(0, |line| line.entry.population)),
            countries: vec![country.clone()],
            admin1: admin1.or_else(|| units.at(country, latitude, longitude).map(|unit| unit.entry.name.clone())),
            radius: 0.0,
            precision: None,
        });
    }
    for (_, index) in largest.values() {
        entries[*index].code = "PPLC".into();
    }
    Ok(entries)
}

/// Gives each unit the inhabitants of its towns: large units are what a bare name means.
fn count_people(units: &mut Units, entries: &[Entry]) {
    let mut people: HashMap<(&str, &str), u32> = HashMap::new();
    for entry in entries.iter().filter(|entry| entry.feature == 'P' && entry.code != "PPLX") {
        if let (Some(country), Some(unit)) = (entry.countries.first(), entry.admin1.as_deref()) {
            let sum = people.entry((country, unit)).or_insert(0);
            *sum = sum.saturating_add(entry.population);
        }
    }
    for unit in &mut units.all {
        let country = unit.entry.countries.first().map_or("", |code| code.as_str());
        unit.entry.population = people.get(&(country, unit.entry.name.as_str())).copied().unwrap_or(0);
    }
}

/// Whether another name is worth a key: in Latin script, a name rather than a code or a transliteration of one that nobody prints (those
/// are in lower case).
fn is_usable(alias: &str) -> bool {
    let folded = fold(alias);
    let is_code = alias.len() <= 5 && alias.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    folded.is_ascii() && folded.len() > 2 && folded.len() <= 48 && !is_code && alias.chars().any(char::is_uppercase)
}

/// Countries whose names GeoNames romanises from Arabic script.
fn romanised_countries(world: &Value) -> HashSet<SmolStr> {
    let countries = world.as_array().into_iter().flatten();
    let romanised =
        countries.filter(|country| ["ara", "fas", "prs", "pus", "urd"].iter().any(|language| country["languages"][language].is_string()));
    romanised.map(code_of).collect()
}

/// A name without the marks of scholarly transliteration, which no newspaper prints: macrons, dots and cedillas below, half rings.
fn without_scholarly_marks(name: &str) -> String {
    let kept = name.nfd().filter(|c| !matches!(c, '\u{304}' | '\u{323}' | '\u{327}' | '\u{331}' | '‘' | '’' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '`'));
    kept.nfc().collect()
}
