//! How tables write names, as `codebook/crosswalk.toml` says, and a name taken apart by it.

use serde::Deserialize;

/// The file's tables.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// `[[list]]`: where one cell holds the names of several.
    pub list: Vec<List>,
    /// `[[shape]]`.
    pub shape: Vec<Shape>,
}

/// What stands between the names of several in one cell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// In tables of these sorts.
    pub tables: Vec<String>,
    /// What stands between them.
    pub between: String,
}

/// A way to write names, and whom it means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// In tables of these sorts.
    pub tables: Vec<String>,
    /// Words and slots.
    pub names: Vec<Pattern>,
    /// What they mean.
    pub is: Is,
    /// Of a state: the ending of its entry's id.
    #[serde(default)]
    pub part: String,
    /// Of a sort of people: PLOVER's sectors.
    #[serde(default)]
    pub sectors: Vec<String>,
}

/// What a shape means.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Is {
    /// A state's government, army or police.
    State,
    /// People of some sort, who have no name.
    Sort,
    /// The one actor that all names in it are names of.
    Named,
}

/// What may stand in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A state's name.
    Country,
    /// A state's name or other words.
    Place,
    /// `2013-2020`, `2021-`, `2012`.
    Years,
    /// A name of the dictionaries.
    Name,
    /// Any words.
    Words,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Slot(Slot),
}

/// Words and slots in turn.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub struct Pattern(Vec<Piece>);

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Pattern, String> {
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some((before, behind)) = rest.split_once('{') {
            let (slot, after) = behind.split_once('}').ok_or_else(|| format!("'{text}' has a slot that does not end"))?;
            if !before.is_empty() {
                pieces.push(Piece::Words(before.to_owned()));
            } else if !pieces.is_empty() {
                return Err(format!("'{text}' has two slots with nothing between them"));
            }
            pieces.push(Piece::Slot(match slot {
                "country" => Slot::Country,
                "place" => Slot::Place,
                "years" => Slot::Years,
                "name" => Slot::Name,
                "words" | "branch" => Slot::Words,
                other => return Err(format!("'{text}' has the slot '{other}', which is none")),
            }));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        Ok(Pattern(pieces))
    }
}

/// What stands in the slots of a name, in their order.
pub type Filled<'n> = Vec<(Slot, &'n str)>;

impl Pattern {
    /// What stands in the slots; `fits` is asked whether a slot can hold some words. The shortest first slot that lets the rest fit is taken.
    pub fn fill<'n>(&self, name: &'n str, fits: &impl Fn(Slot, &str) -> bool) -> Option<Filled<'n>> {
        let mut filled = Vec::new();
        fill(&self.0, name, fits, &mut filled).then_some(filled)
    }
}

fn fill<'n>(pieces: &[Piece], rest: &'n str, fits: &impl Fn(Slot, &str) -> bool, filled: &mut Filled<'n>) -> bool {
    match pieces {
        [] => rest.is_empty(),
        [Piece::Words(words), behind @ ..] => rest.strip_prefix(words.as_str()).is_some_and(|rest| fill(behind, rest, fits, filled)),
        [Piece::Slot(slot), behind @ ..] => {
            let ends: Vec<usize> = match behind {
                [Piece::Words(words), ..] => rest.match_indices(words.as_str()).map(|(at, _)| at).collect(),
                _ => vec![rest.len()],
            };
            ends.into_iter().filter(|&end| end > 0).any(|end| {
                let (words, rest) = rest.split_at(end);
                filled.push((*slot, words));
                let whole = fits(*slot, words) && fill(behind, rest, fits, filled);
                if !whole {
                    filled.pop();
                }
                whole
            })
        }
    }
}

/// The first and the last year of `2013-2020`, `2021-`, `2012`; the last is open where none stands.
pub fn years(words: &str) -> Option<(i16, Option<i16>)> {
    let year = |part: &str| (part.len() == 4).then(|| part.parse::<i16>().ok()).flatten();
    match words.trim().split_once('-') {
        Some((first, "")) => Some((year(first)?, None)),
        Some((first, last)) => Some((year(first)?, Some(year(last)?))),
        None => year(words.trim()).map(|only| (only, Some(only))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled<'n>(pattern: &str, name: &'n str) -> Option<Vec<&'n str>> {
        let pattern = Pattern::try_from(pattern.to_owned()).unwrap();
        let fits = |slot, words: &str| slot != Slot::Years || years(words).is_some();
        pattern.fill(name, &fits).map(|slots| slots.into_iter().map(|(_, words)| words).collect())
    }

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(filled("Military Forces of {country} ({years})", "Military Forces of Mali (2021-)"), Some(vec!["Mali", "2021-"]));
        let branch = filled("Military Forces of {country} ({years}) {branch}", "Military Forces of Mali (2021-) Presidential Guard");
        assert_eq!(branch, Some(vec!["Mali", "2021-", "Presidential Guard"]));
        assert_eq!(
            filled("Military Forces of {country} ({years})", "Military Forces of Congo (Zaire) (1997-2001)"),
            Some(vec!["Congo (Zaire)", "1997-2001"])
        );
        assert_eq!(filled("{name}: {name}", "A: B"), Some(vec!["A", "B"]));
        assert_eq!(filled("Civilians", "Civilians (Mali)"), None);
        assert_eq!(filled("{name} ({years})", "A (Mali)"), None);
        assert!(Pattern::try_from("{name}{name}".to_owned()).is_err() && Pattern::try_from("{nobody}".to_owned()).is_err());
    }

    #[test]
    fn years_may_be_open() {
        assert_eq!(years("2013-2020"), Some((2013, Some(2020))));
        assert_eq!(years("2021-"), Some((2021, None)));
        assert_eq!(years("2012"), Some((2012, Some(2012))));
        assert_eq!((years("20-21"), years("Mali"), years("2013-20")), (None, None, None));
    }
}
