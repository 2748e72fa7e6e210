//! `griot import` and `griot reference`: tables of others beside the record.

use super::args::{self, Form};
use super::ask::{jsonl, put};
use super::told;
use crate::codebook::Folder;
use crate::messages::say;
use crate::{Misuse, Outcome};
use griot_exchange::crosswalk::{self, Crosswalk};
use griot_exchange::import::{self, Wanted};
use griot_exchange::{reference, write};
use griot_record::{Record, Reference};
use griot_world::World;

/// How many refused rows are named.
const NAMED: usize = 20;

/// Keeps a table.
pub fn import(args: &args::Import) -> anyhow::Result<Outcome> {
    let record = Record::create(&args.record, args.wait).map_err(told)?;
    let mut failed = false;
    if args.files.is_empty() {
        if args.profile.as_deref() != Some("country-year") {
            return Err(Misuse(
                "there is nothing to import: give a file, or --profile country-year for the table that Griot carries".into(),
            )
            .into());
        }
        let came = import::import_carried(&record).map_err(wrong)?;
        return put(&line(&came.table));
    }
    for file in &args.files {
        let wanted = Wanted {
            source: args.profile.clone(),
            version: args.release.clone().unwrap_or_default(),
            as_of: args.counts_until,
            licence: args.licence.clone(),
        };
        let came = import::import(&record, file, &wanted).map_err(wrong)?;
        for note in &came.notes {
            say(&format!("note: {}: {note}", file.display()));
        }
        for refused in came.refused.iter().take(NAMED) {
            say(&format!("{}: line {}: {}", file.display(), refused.line, refused.cause));
        }
        for odd in came.odd.iter().take(NAMED) {
            say(&format!("note: {}: line {}: {}; kept as it came", file.display(), odd.line, odd.cause));
        }
        if came.odd.len() > NAMED {
            say(&format!(
                "note: {}: {} more rows have numbers that do not agree; they are kept as they came",
                file.display(),
                came.odd.len() - NAMED
            ));
        }
        if came.refused.len() > NAMED {
            say(&format!("{}: {} more rows are refused", file.display(), came.refused.len() - NAMED));
        }
        failed |= !came.refused.is_empty();
        put(&line(&came.table))?;
    }
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// Puts UCDP's country-year table, which the program carries, into a record.
pub fn carried(record: &Record) -> anyhow::Result<()> {
    import::import_carried(record).map(drop).map_err(wrong)
}

/// Lists tables, shows one, drops one, gives one out, or compares two.
pub fn reference(args: &args::Reference) -> anyhow::Result<Outcome> {
    if let Some(n) = args.drop {
        let record = Record::open_to_write(&args.record, args.wait).map_err(told)?;
        record.drop_reference(n).map_err(told)?;
        return put(&format!("table {n} is taken out\n"));
    }
    let record = Record::open(&args.record).map_err(told)?;
    let tables = record.references().map_err(told)?;
    let named = |n: i64| tables.iter().find(|table| table.n == n).ok_or_else(|| Misuse(format!("this record has no table {n}")));
    if let Some(n) = args.years {
        let years = reference::years(&record, named(n)?.n, args.by_country).map_err(wrong)?;
        return put(&reference::years_csv(&years));
    }
    if let Some(n) = args.actors {
        return actors(&record, named(n)?, args);
    }
    if args.format == Form::Csv {
        return Err(Misuse("--format csv is for --actors; --years is CSV without it".into()).into());
    }
    if let Some(n) = args.table {
        let out = args.out.as_ref().ok_or_else(|| Misuse("--table needs --out FILE, where the table is written".into()))?;
        let table = named(n)?;
        let rows = write::whole(out, |file| reference::write(&record, table, file)).map_err(wrong)?;
        return put(&format!("{}: {rows} rows of table {n} ({} {})\n", out.display(), table.source, table.version));
    }
    if let [before, after] = args.diff.as_slice() {
        let changes = reference::diff(&record, named(*before)?, named(*after)?).map_err(wrong)?;
        let text = match args.format {
            Form::Jsonl => jsonl(&changes)?,
            _ => reference::diff_words(&changes),
        };
        return put(&text);
    }
    match args.format {
        Form::Jsonl => put(&jsonl(&tables)?),
        _ if tables.is_empty() => put("This record has no tables of others; 'griot import' brings them in.\n"),
        _ => put(&tables.iter().map(line).collect::<String>()),
    }
}

/// Whom the names in a table mean.
fn actors(record: &Record, table: &Reference, args: &args::Reference) -> anyhow::Result<Outcome> {
    let own = args.codebook.as_deref().map(Folder::read).transpose()?.map(|folder| folder.world()).transpose()?.flatten();
    let world = own.unwrap_or_else(World::shipped);
    let walked = crosswalk::table(record, table, &Crosswalk::new(&world).map_err(wrong)?).map_err(wrong)?;
    if args.dyads && walked.dyads.is_empty() {
        return Err(Misuse(format!("table {} is '{}', which names no dyads", table.n, table.source)).into());
    }
    let text = match (args.format, args.dyads) {
        (Form::Table, false) => walked.words(),
        (Form::Table, true) => walked.dyads_words(),
        (Form::Csv, false) => walked.csv(),
        (Form::Csv, true) => walked.dyads_csv(),
        (Form::Jsonl, false) => jsonl(&walked.lines)?,
        (Form::Jsonl, true) => jsonl(&walked.dyads)?,
    };
    put(&text)
}

fn line(table: &Reference) -> String {
    let maybe = |words: &str, before: &str| if words.is_empty() { String::new() } else { format!("{before}{words}") };
    let as_of = table.as_of.map_or_else(String::new, |day| format!(", counts until {day}"));
    let refused = if table.refused > 0 { format!(", {} refused", table.refused) } else { String::new() };
    format!(
        "table {}  {}{}  {} rows{refused}  {}{as_of}{}\n",
        table.n,
        table.source,
        maybe(&table.version, " "),
        table.rows,
        crate::table::layout::plain(&table.file),
        maybe(table.licence.as_deref().unwrap_or_default(), " · "),
    )
}

/// An error of the exchange; what the person asked wrongly is a mistake of the command line.
pub fn wrong(error: griot_exchange::Error) -> anyhow::Error {
    match error {
        griot_exchange::Error::Record(error) => told(error),
        griot_exchange::Error::Asked(words) => Misuse(words).into(),
        other => other.into(),
    }
}
