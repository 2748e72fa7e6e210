//! The map as an export with the same choices would leave it: entries made coarse before they are counted, so that nobody sees on it what the file
//! does not hold.

use crate::Engine;
use crate::clerk::Desk;
use crate::error::Result;
use crate::give;
use griot_exchange::export::safe::{self, Crowd, Safety};
use griot_record::trend::Counted;
use griot_record::{Atlas, Entry, Question, Spot, Sum};
use griot_types::Place;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::IntoParams;

/// How coarse the map is, in the words of an export.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Levels {
    /// exact, grid, admin1 or country
    place_level: String,
    /// exact, week or month
    date_level: String,
}

impl Levels {
    /// What is to be made coarse; `None` where nothing is.
    pub(crate) fn asked(&self) -> Result<Option<Safety>> {
        Ok(Some(give::safety(&self.place_level, &self.date_level, false)?).filter(Safety::coarsens))
    }
}

/// The entries that count, made coarse, with what each counts for.
fn entries(desk: &Desk, question: &Question, counted: Counted, safety: &Safety) -> Result<(Vec<Entry>, Vec<[f64; 3]>)> {
    let (mut entries, bounds): (Vec<Entry>, Vec<_>) = desk.record.counted(&question.filter, &question.rule, counted)?.into_iter().unzip();
    safe::withhold(&mut entries, safety);
    entries.iter_mut().for_each(|entry| safe::coarsen(entry, safety));
    Ok((entries, bounds))
}

/// What names a coarse place in questions.
fn key(place: &Place) -> String {
    let words = |part: Option<&str>| part.unwrap_or("").to_lowercase();
    let at = place.precision.unwrap_or(7);
    format!("{}/{}/{}@{at}", place.name.to_lowercase(), words(place.admin1.as_deref()), words(place.country.as_deref()))
}

/// A first-level unit has no point in the file; on the map it is drawn at the gazetteer's.
fn spot(engine: &dyn Engine, place: &Place, sum: Sum) -> Spot {
    let unit = || engine.unit(place.country.as_deref()?, place.admin1.as_deref()?);
    let point = place.latitude.zip(place.longitude).or_else(|| if place.precision == Some(4) { unit() } else { None });
    Spot {
        key: key(place),
        name: if place.name.is_empty() { place.text.clone() } else { place.name.clone() },
        country: place.country.clone(),
        admin1: place.admin1.as_ref().map(ToString::to_string),
        latitude: point.map(|(north, _)| north),
        longitude: point.map(|(_, east)| east),
        precision: place.precision.unwrap_or(7),
        sum,
    }
}

/// The map of what a question counts, and how its entries stand together.
pub(crate) fn map(desk: &Desk, engine: &dyn Engine, question: &Question, counted: Counted, safety: &Safety) -> Result<(Atlas, Crowd)> {
    let (entries, bounds) = entries(desk, question, counted, safety)?;
    let about = desk.record.about(question.filter.from, question.filter.to)?;
    let mut atlas = Atlas { counted, about, ..Atlas::default() };
    let mut places: BTreeMap<String, (&Place, Sum)> = BTreeMap::new();
    for (entry, bounds) in entries.iter().zip(bounds) {
        atlas.all.add(bounds);
        match &entry.place {
            Some(place) => places.entry(key(place)).or_insert((place, Sum::default())).1.add(bounds),
            None => atlas.nowhere.add(bounds),
        }
    }
    atlas.spots = places.into_values().map(|(place, sum)| spot(engine, place, sum)).collect();
    atlas.spots.sort_by(|a, b| b.sum.best.total_cmp(&a.sum.best).then_with(|| a.key.cmp(&b.key)));
    Ok((atlas, safe::crowd(&entries, safety)))
}

/// A page of the entries of one coarse place, as they would leave, and how many there are; `nowhere` is what lies at none.
pub(crate) fn at(
    desk: &Desk,
    question: &Question,
    counted: Counted,
    safety: &Safety,
    wanted: &str,
    offset: usize,
) -> Result<(usize, Vec<Entry>)> {
    let (mut entries, _) = entries(desk, question, counted, safety)?;
    entries.retain(|entry| entry.place.as_ref().map_or_else(|| "nowhere".to_owned(), key) == wanted);
    let all = entries.len();
    Ok((all, entries.into_iter().skip(offset).take(question.limit.unwrap_or(usize::MAX)).collect()))
}
