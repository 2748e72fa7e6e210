//! 'The number of attacks rose': counts over time, in each table of others that has them and in the record.

use super::{Answer, Row, Text, Verdict, name};
use crate::bounds::Rule;
use crate::error::Result;
use crate::question::Filter;
use crate::reference::Reference;
use crate::store::Record;
use crate::trend::{Counted, Series, TableFilter, Unit};
use griot_types::{Change, Claim, Date, Type};

/// Over how many whole years before the text a change without a time is looked for.
const YEARS: i16 = 10;

pub fn answers(record: &Record, tables: &[Reference], claim: &Claim, text: &Text) -> Result<Vec<Answer>> {
    let counted = match claim.type_ {
        Type::Attacks => Counted::Events,
        Type::Killed | Type::Casualties => Counted::Deaths,
        _ => return Ok(Vec::new()),
    };
    let Some(country) = claim.place.as_ref().and_then(|place| place.country.clone()) else { return Ok(Vec::new()) };
    let Some(date) = text.date.or(record.span()?.map(|(_, last)| last)) else { return Ok(Vec::new()) };
    let told = claim.time.as_ref().and_then(|time| time.start.zip(time.end)).filter(|(start, end)| end.year() - start.year() >= 3);
    let (first, last) = told.map_or((date.year() - YEARS, date.year() - 1), |(start, end)| (start.year(), end.year()));
    let mut found = Vec::new();
    for table in tables.iter().filter(|table| matches!(table.source.as_str(), "ged" | "ged-sample" | "acled" | "country-year")) {
        // A release ends somewhere; the years after it are not years without events.
        let Some((begins, ends)) = record.reference_span(table.n)? else { continue };
        let (first, last) = (first.max(begins.year()), last.min(ends.year()));
        if first >= last {
            continue;
        }
        let mut ways = vec![(Counted::Deaths, "deaths (best estimate)")];
        // A row of the country-year table is a year, and no event.
        if table.source != "country-year" {
            ways.push((Counted::Events, "events"));
        }
        for (way, words) in ways {
            let filter = TableFilter {
                countries: vec![country.to_string()],
                from: Date::new(first, 1, 1).ok(),
                to: Date::new(last, 12, 31).ok(),
                ..TableFilter::default()
            };
            let series = record.reference_trend(table, &filter, way, Unit::Year)?;
            found.extend(answer(&series, claim, format!("{words} in {country} by {}, {first} to {last}", name(table)), &name(table)));
        }
    }
    let filter = Filter {
        countries: vec![country.to_string()],
        types: if counted == Counted::Events { vec![Type::Assault] } else { Vec::new() },
        from: Date::new(first, 1, 1).ok(),
        to: Date::new(last, 12, 31).ok(),
        ..Filter::default()
    };
    let series = record.trend(&filter, &Rule::default(), counted, Unit::Year)?;
    let what = if counted == Counted::Events { "reported attacks" } else { "reported deaths" };
    found.extend(answer(&series, claim, format!("{what} in {country} in this record, {first} to {last}"), "this record"));
    Ok(found)
}

/// The later half of the years against the earlier, and how many years went the way that is told.
fn answer(series: &Series, claim: &Claim, definition: String, source: &str) -> Option<Answer> {
    let years = series.periods.as_slice();
    if years.len() < 4 || years.iter().filter(|year| year.count > 0.0).count() < 3 {
        return None;
    }
    let half = years.len() / 2;
    let window = |years: &[crate::trend::Period]| Some((years.first()?.first, years.last()?.last));
    let compared = series.compare(window(&years[..half])?, window(&years[half..])?).ok()?;
    let rise = claim.change == Some(Change::Rise);
    let way = if rise { "rose" } else { "fell" };
    let steps = years.windows(2).filter(|pair| if rise { pair[1].count > pair[0].count } else { pair[1].count < pair[0].count }).count();
    let (low, high) = compared.interval?;
    let verdict = match (rise, low > 1.0, high < 1.0) {
        (true, true, _) | (false, _, true) => Verdict::Supported,
        (true, _, true) | (false, true, _) => Verdict::Contradicted,
        _ => Verdict::NotEnough,
    };
    let ratio = compared.ratio.map_or_else(String::new, |ratio| format!("the later half is {ratio:.2} times the earlier a year, "));
    let found = format!("{ratio}95 % interval {low:.2} to {high:.2} ({}); it {way} in {steps} of {} years", compared.why, years.len() - 1);
    let rows = years.iter().map(|year| Row { source: source.to_owned(), text: format!("{} {}", year.name, year.count) }).collect();
    Some(Answer { definition, verdict, found, rows })
}
