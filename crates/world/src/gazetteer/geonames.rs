//! GeoNames' country files: 19 tab-separated columns, no header (<https://download.geonames.org/export/dump/readme.txt>).

use super::{Entry, Error};
use griot_types::SmolStr;

/// One line of a country file: the place, and the codes of its units, which the file gives as rows of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The place; `admin1` is not yet filled in.
    pub entry: Entry,
    /// Code of the first-level unit inside its country.
    pub admin1: SmolStr,
}

/// Reads a country file. `file` is its name for messages; `alpha3` turns a two-letter country code into alpha-3.
///
/// First-level units are named from the file's own `ADM1` rows.
///
/// # Errors
/// A line with too few columns, or with an id or coordinate that is no number.
pub fn read(text: &str, file: &str, alpha3: impl Fn(&str) -> Option<SmolStr>) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let parsed = parse(line, &alpha3).map_err(|cause| Error::Line { file: file.to_owned(), line: index + 1, cause })?;
        lines.push(parsed);
    }
    let units: Vec<(SmolStr, SmolStr, String)> = lines
        .iter()
        .filter(|line| line.entry.code == "ADM1")
        .filter_map(|line| Some((line.entry.countries.first()?.clone(), line.admin1.clone(), line.entry.name.clone())))
        .collect();
    for line in &mut lines {
        let country = line.entry.countries.first().cloned().unwrap_or_default();
        let unit = units.iter().find(|(of, code, _)| *of == country && *code == line.admin1);
        line.entry.admin1 = unit.map(|(_, _, name)| name.clone());
    }
    Ok(lines)
}

/// Reads one line.
fn parse(line: &str, alpha3: &impl Fn(&str) -> Option<SmolStr>) -> Result<Line, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    if columns.len() < 15 {
        return Err(format!("{} columns where GeoNames has 19", columns.len()));
    }
    let number = |column: usize, what: &str| {
        columns[column]
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite())
            .ok_or_else(|| format!("the {what} '{}' is no number", columns[column]))
    };
    let geonames = columns[0].parse().map_err(|_| format!("the id '{}' is no number", columns[0]))?;
    let (latitude, longitude) = (number(4, "latitude")?, number(5, "longitude")?);
    if latitude.abs() > 90.0 || longitude.abs() > 180.0 {
        return Err(format!("the point {latitude}, {longitude} is not on Earth"));
    }
    let aliases = columns[3].split(',').chain([columns[2]]).filter(|alias| !alias.is_empty() && *alias != columns[1]);
    let entry = Entry {
        geonames,
        name: columns[1].to_owned(),
        aliases: aliases.map(str::to_owned).collect(),
        latitude,
        longitude,
        feature: columns[6].chars().next().filter(char::is_ascii).unwrap_or('?'),
        code: columns[7].into(),
        population: columns[14].parse::<u64>().map_or(0, |n| u32::try_from(n).unwrap_or(u32::MAX)),
        countries: alpha3(columns[8]).into_iter().collect(),
        admin1: None,
        radius: 0.0,
        precision: None,
    };
    Ok(Line { entry, admin1: columns[10].into() })
}
