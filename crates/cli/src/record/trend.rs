//! `griot trend`: is it getting more or less?

use super::args::{self, Form};
use super::ask::{filter, put};
use super::reference::wrong;
use super::{open, told};
use crate::{Misuse, Outcome};
use griot_exchange::{cells, write};
use griot_record::trend::{self, Comparison, Counted, Period, Series, TableFilter, number as shown};
use griot_types::Date;
use griot_world::World;
use std::fmt::Write as _;

/// How long the longest bar of a chart on the terminal is.
const BAR: usize = 40;

/// Runs the command.
pub fn run(args: &args::Trend) -> anyhow::Result<Outcome> {
    put(&answer(args)?)
}

/// What it says; where a picture is asked for, that is written.
pub fn answer(args: &args::Trend) -> anyhow::Result<String> {
    let (record, world) = (open(&args.which.record, &args.which.when)?, World::shipped());
    let filter = filter(&args.which, &world)?;
    let counted = if args.count == args::Count::Deaths { Counted::Deaths } else { Counted::Events };
    let (series, what) = match args.table {
        Some(n) => {
            let tables = record.references().map_err(told)?;
            let table = tables.iter().find(|table| table.n == n).ok_or_else(|| {
                Misuse(format!("this record has no table {n}; 'griot reference {}' lists them", args.which.record.display()))
            })?;
            let rows = TableFilter {
                countries: filter.countries.clone(),
                types: args.table_type.clone(),
                actor: args.which.actor.first().cloned(),
                dyad: <[String; 2]>::try_from(args.which.dyad.clone()).ok(),
                from: filter.from,
                to: filter.to,
            };
            let what = if counted == Counted::Deaths { "deaths (best estimate)" } else { "rows" };
            let series = record.reference_trend(table, &rows, counted, args.by).map_err(told)?;
            (series, format!("{what} of table {n}, {} {}", table.source, table.version))
        }
        None => {
            let what = if counted == Counted::Deaths { "reported deaths (best estimate)" } else { "reported events" };
            (record.trend(&filter, &args.which.rule, counted, args.by).map_err(told)?, what.to_owned())
        }
    };
    let windows = match (args.window.as_slice(), args.around) {
        ([], None) => None,
        ([a, b], None) => Some((*a, *b)),
        ([], Some(day)) => Some(series.around(day, args.span)),
        _ => return Err(Misuse("a comparison needs two windows: --window FROM..TO twice, or --around DATE".into()).into()),
    };
    let compared = windows.map(|(a, b)| series.compare(a, b).map_err(Misuse)).transpose()?;
    if let Some(path) = &args.svg {
        let svg = svg(&series, &what, compared.as_ref());
        write::whole(path, |file| file.write_all(svg.as_bytes()).map_err(|error| griot_exchange::Error::file(path, error)))
            .map_err(wrong)?;
    }
    Ok(match args.format {
        Form::Csv => csv(&series),
        Form::Jsonl => {
            let mut text = super::ask::jsonl(&series.periods)?;
            if let Some(compared) = &compared {
                text.push_str(&super::ask::jsonl(std::slice::from_ref(compared))?);
            }
            text
        }
        Form::Table => table(&series, &what, compared.as_ref()),
    })
}

fn csv(series: &Series) -> String {
    cells::rows(|writer| {
        writer.write_record(["period", "first", "last", "count", "low", "high", "reports", "unwatched", "incomplete", "begins", "ends"])?;
        series.periods.iter().try_for_each(|period| {
            let reports = period.reports.map_or_else(String::new, |n| n.to_string());
            writer.write_record([
                period.name.clone(),
                period.first.to_string(),
                period.last.to_string(),
                period.count.to_string(),
                period.low.to_string(),
                period.high.to_string(),
                reports,
                period.unwatched.to_string(),
                period.incomplete.to_string(),
                cells::text(&period.begins.join("; ")),
                cells::text(&period.ends.join("; ")),
            ])
        })
    })
}

fn table(series: &Series, what: &str, compared: Option<&Comparison>) -> String {
    let mut text = String::new();
    if series.periods.is_empty() {
        return "Nothing that answers has a day. That nothing was reported is no sign that nothing happened.\n".to_owned();
    }
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{what} by {}", series.unit.name());
    let most = series.periods.iter().map(|period| period.count).fold(1.0, f64::max);
    let width = series.periods.iter().map(|period| period.name.len()).max().unwrap_or(0);
    for period in &series.periods {
        let full = (period.count / most * BAR as f64).round() as usize;
        let bar = if period.incomplete { "░".repeat(full) } else { "█".repeat(full) };
        let range = if series.counted == Counted::Deaths && (period.low != period.count || period.high != period.count) {
            format!("  ({}–{})", shown(period.low), shown(period.high))
        } else {
            String::new()
        };
        let line = format!("  {:<width$} {:>9}  {bar}{range}{}", period.name, shown(period.count), notes(period));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    if let (Some(lag), true) = (series.lag, series.periods.iter().any(|period| period.incomplete)) {
        let _ = writeln!(text, "  ░ reports may still come: nine in ten of what has a day here was reported within {lag} days");
    } else if series.periods.iter().any(|period| period.incomplete) {
        let _ = writeln!(text, "  ░ later than the day until which the table counts");
    }
    if series.undated > 0 {
        let _ = writeln!(text, "  {} without a day are left out", series.undated);
    }
    if let Some(c) = compared {
        for line in c.words(series.unit) {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

fn notes(period: &Period) -> String {
    let notes: Vec<String> = trend::notes(period).iter().map(|note| crate::table::layout::plain(note)).collect();
    if notes.is_empty() { String::new() } else { format!("  {}", notes.join("; ")) }
}

/// The same as a picture, which needs nothing else.
fn svg(series: &Series, what: &str, compared: Option<&Comparison>) -> String {
    let (wide, high, left, foot) = (960.0, 360.0, 60.0, 60.0);
    let most = series.periods.iter().map(|period| period.count.max(period.high)).fold(1.0, f64::max);
    let step = (wide - left - 10.0) / series.periods.len().max(1) as f64;
    let y = |n: f64| high - foot - n / most * (high - foot - 40.0);
    let escape = |words: &str| words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>{}</title>\n\
         <defs><pattern id=\"open\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"3\" height=\"6\" fill=\"#0072b2\"/></pattern></defs>\n\
         <text x=\"{left}\" y=\"20\" font-size=\"14\">{} by {}</text>\n",
        escape(what),
        escape(what),
        series.unit.name()
    );
    for n in [0.0, most / 2.0, most] {
        let _ = writeln!(
            svg,
            "<line x1=\"{left}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ccc\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            wide - 10.0,
            left - 6.0,
            y(n) + 4.0,
            shown(n),
            y = y(n)
        );
    }
    let every = (series.periods.len() as f64 / 12.0).ceil().max(1.0) as usize;
    for (at, period) in series.periods.iter().enumerate() {
        let x = left + at as f64 * step;
        let fill = if period.incomplete { "url(#open)" } else { "#0072b2" };
        if period.unwatched {
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"40\" width=\"{step:.1}\" height=\"{:.1}\" fill=\"#eee\"><title>not watched</title></rect>",
                high - foot - 40.0
            );
        }
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fill}\"><title>{}: {}</title></rect>",
            x + 0.1 * step,
            y(period.count),
            0.8 * step,
            (high - foot - y(period.count)).max(0.0),
            period.name,
            shown(period.count)
        );
        if period.high > period.count || period.low < period.count && series.counted == Counted::Deaths {
            let middle = x + step / 2.0;
            let _ = writeln!(
                svg,
                "<line x1=\"{middle:.1}\" x2=\"{middle:.1}\" y1=\"{:.1}\" y2=\"{:.1}\" stroke=\"#333\"/>",
                y(period.low),
                y(period.high)
            );
        }
        if at % every == 0 {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                x + step / 2.0,
                high - foot + 16.0,
                period.name
            );
        }
    }
    if let Some(c) = compared {
        let lines = c.words(series.unit);
        let line = lines.get(2).map_or("", String::as_str);
        let _ = writeln!(svg, "<text x=\"{left}\" y=\"{:.1}\">{}</text>", high - 14.0, escape(line));
    }
    svg.push_str("</svg>\n");
    svg
}

/// `2021-01-01..2021-12-31`.
pub fn window(words: &str) -> Result<(Date, Date), String> {
    let wrong = || format!("'{words}' is no window; write it as in 2021-01-01..2021-12-31");
    let (from, to) = words.split_once("..").ok_or_else(wrong)?;
    let window = (from.parse::<Date>().map_err(|_| wrong())?, to.parse::<Date>().map_err(|_| wrong())?);
    if window.0 <= window.1 { Ok(window) } else { Err(format!("'{words}' ends before it begins")) }
}
