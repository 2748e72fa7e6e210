//! `griot serve`: the workbench in the browser.

use super::export::Book;
use super::{args, missed, names, told};
use crate::engine::{Engine, hold_faults};
use crate::messages::say;
use crate::{Misuse, Outcome};
use griot_exchange::export::Classify;
use griot_ingest::{Options, Reader};
use griot_record::{About, Reading, Record, ReportRow};
use griot_types::{Claim, Date};
use griot_web::{ActorChoice, Background, Clerk, Missed, NewName, PlaceChoice};
use griot_world::dictionary::{Target, fold::fold};
use griot_world::gazetteer::Class;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The reports of the demonstration: name and bytes.
static DEMONSTRATION: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/demonstration.rs"));

/// How many candidates of a name are offered.
const CHOICES: usize = 20;

/// Runs the command.
pub fn run(args: &args::Serve) -> anyhow::Result<Outcome> {
    let engine = Desk {
        engine: Engine::new(args.codebook.as_deref())?,
        reader: Reader::new(Options::default()),
        codebook: Mutex::new(args.codebook.clone()),
    };
    hold_faults();
    let (path, wait) = (args.record.clone(), args.wait);
    let clerk = Clerk::start(move || Record::create(&path, wait), args.who.clone()).map_err(|error| match error {
        griot_web::Error::Record(error) => told(error),
        other => other.into(),
    })?;
    let ready = |address: std::net::SocketAddr| {
        // Whoever waits for the address reads this line.
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "The workbench is at http://{address}/ - open it in a browser; Ctrl+C ends it.").and_then(|()| out.flush());
    };
    if !griot_web::has_front_end() {
        say("note: this griot was built without its workbench; with Node 20 or newer, 'make' builds it. The API is served without it.");
    }
    griot_web::serve(clerk, Arc::new(engine), args.port, ready)?;
    Ok(Outcome::Done)
}

/// What sort of place a class is, in words.
fn sort_of(class: Class) -> &'static str {
    match class {
        Class::Country => "country",
        Class::Region => "region",
        Class::Capital => "capital",
        Class::Seat => "seat of a first-level unit",
        Class::Populated => "populated place",
        Class::Admin1 => "first-level unit",
        Class::Admin2 => "lower unit",
        Class::Site => "site",
        Class::Area => "area",
        Class::Other => "other point",
    }
}

/// The reading side, as the workbench asks for it.
struct Desk {
    engine: Engine,
    reader: Reader,
    /// The user's own codebook; one name is written at a time.
    codebook: Mutex<Option<PathBuf>>,
}

impl griot_web::Engine for Desk {
    fn missed(&self, report: &ReportRow, claims: &[Claim], text: &str) -> Vec<Missed> {
        let rows = missed::of_report(&self.engine, &self.reader, report, claims, text.to_owned());
        rows.iter()
            .map(|row| Missed { sentence: row.sentence, start: row.start, end: row.end, weight: row.weight, signs: missed::signs(row) })
            .collect()
    }

    fn places(&self, name: &str) -> Vec<PlaceChoice> {
        let gazetteer = self.engine.world().gazetteer();
        let mut found: Vec<_> = gazetteer.lookup(name).collect();
        if found.is_empty() {
            found = gazetteer.lookup_fuzzy(name, &[]);
        }
        // A country before its capital, then the larger before the smaller.
        found.sort_by(|a, b| {
            (a.edits, a.class > Class::Region, std::cmp::Reverse(a.population), &a.name, a.geonames).cmp(&(
                b.edits,
                b.class > Class::Region,
                std::cmp::Reverse(b.population),
                &b.name,
                b.geonames,
            ))
        });
        found.truncate(CHOICES);
        let choice = |place: griot_world::gazetteer::Candidate| PlaceChoice {
            name: place.name.to_string(),
            country: Some(place.country.to_string()).filter(|country| !country.is_empty()),
            admin1: place.admin1.as_ref().map(ToString::to_string),
            kind: sort_of(place.class).to_owned(),
            latitude: place.latitude,
            longitude: place.longitude,
            precision: place.precision,
            geonames: place.geonames,
            population: place.population,
        };
        found.into_iter().map(choice).collect()
    }

    fn unit(&self, country: &str, name: &str) -> Option<(f64, f64)> {
        let units = self.engine.world().gazetteer().lookup(name).filter(|place| place.class == Class::Admin1 && place.country == country);
        let largest = units.max_by_key(|place| place.population)?;
        Some((largest.latitude, largest.longitude))
    }

    fn carried(&self, record: &Record) -> Result<(), String> {
        super::reference::carried(record).map_err(|error| error.to_string())
    }

    fn actors(&self, name: &str) -> Vec<ActorChoice> {
        let dictionary = self.engine.world().dictionary();
        let folded = fold(name);
        if folded.is_empty() {
            return Vec::new();
        }
        let exact = dictionary.names().get(&folded).iter().filter_map(|sense| match sense.target {
            Target::Entry(number) => dictionary.entry_at(number),
            _ => None,
        });
        let alike = dictionary.entries().iter().filter(|entry| fold(&entry.name).contains(&folded));
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for entry in exact.chain(alike).filter(|entry| !entry.phase) {
            if found.len() < CHOICES && seen.insert(entry.id.clone()) {
                found.push(ActorChoice {
                    id: Some(entry.id.to_string()),
                    name: entry.name.clone(),
                    code: entry.code.to_string(),
                    country: entry.country.as_ref().map(ToString::to_string),
                    sectors: entry.sectors.iter().map(ToString::to_string).collect(),
                });
            }
        }
        found
    }

    fn actor_ids(&self, name: &str) -> Vec<String> {
        names::actors(self.engine.world(), name)
    }

    fn background(&self, name: &str) -> Option<Background> {
        names::background(self.engine.world(), name)
    }

    fn country(&self, name: &str) -> String {
        names::country(self.engine.world(), name)
    }

    fn demonstration(&self) -> Result<Vec<Reading>, String> {
        let read = |(name, bytes): &(&str, &[u8])| -> Result<Vec<Reading>, String> {
            let documents = self.reader.read_bytes(name, bytes.to_vec());
            let reading = |document| {
                let coded = self.engine.code(document, false).map_err(|fault| fault.to_string())?;
                let about = About { licence: Some("CC0".into()), ..About::default() };
                Ok(Reading { document: coded.document, about, claims: coded.claims, language: None })
            };
            documents.into_iter().map(|document| reading(document.map_err(|error| error.to_string())?)).collect()
        };
        let all: Result<Vec<Vec<Reading>>, String> = DEMONSTRATION.par_iter().map(read).collect();
        Ok(all?.into_iter().flatten().collect())
    }

    fn read(&self, text: &str, date: Option<Date>) -> Result<Vec<Reading>, String> {
        let reader = Reader::new(Options { date, ..Options::default() });
        let reading = |document| {
            let coded = self.engine.code(document, false).map_err(|fault| fault.to_string())?;
            Ok(Reading { document: coded.document, about: About::default(), claims: coded.claims, language: None })
        };
        let documents = reader.read_bytes("the text", text.as_bytes().to_vec());
        documents.into_iter().map(|document| reading(document.map_err(|error| error.to_string())?)).collect()
    }

    fn acled(&self, claim: &Claim) -> Option<(String, String)> {
        Book(self.engine.coder().codebook()).acled(claim)
    }

    fn ucdp(&self, claim: &Claim) -> Option<u8> {
        Book(self.engine.coder().codebook()).ucdp(claim)
    }

    fn versions(&self) -> (String, String) {
        (self.engine.language().id().to_string(), self.engine.version().to_owned())
    }

    fn add_name(&self, name: &NewName) -> Result<String, String> {
        let folder = self.codebook.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = folder.as_ref().ok_or("this workbench has no codebook of your own; start it with --codebook DIR")?;
        write_name(folder, name).map_err(|error| error.to_string())
    }
}

/// Adds an actor to the folder's own list, if the dictionaries still compile with it.
fn write_name(folder: &Path, name: &NewName) -> anyhow::Result<String> {
    let id = name.name.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    let file = folder.join("dictionaries/actors/own.toml");
    let old = fs::read_to_string(&file).unwrap_or_default();
    let text = |words: &str| toml::Value::String(words.trim().to_owned()).to_string();
    let list = |words: &[String]| format!("[{}]", words.iter().map(|word| text(word)).collect::<Vec<_>>().join(", "));
    let countries: Vec<String> = name.countries.iter().map(|country| country.trim().to_uppercase()).filter(|c| !c.is_empty()).collect();
    let sectors: Vec<String> = sectors(&name.code, countries.first().map_or("", String::as_str));
    let home = countries.first().map_or_else(String::new, |country| format!("country = {}\n", text(country)));
    let entry = format!(
        "[[actor]]\nid = {}\nname = {}\nkind = {}\ncode = {}\n{home}sectors = {}\nactive = {}\naliases = {}\nsource = \"own\"\n",
        text(&id),
        text(&name.name),
        text(&name.kind),
        text(&name.code),
        list(&sectors),
        list(&countries),
        list(&name.aliases),
    );
    let new = if old.is_empty() { entry } else { format!("{}\n\n{entry}", old.trim_end()) };
    fs::create_dir_all(file.parent().unwrap_or(folder))?;
    fs::write(&file, new)?;
    if let Err(error) = Engine::new(Some(folder)) {
        // What does not compile is not left behind.
        if old.is_empty() {
            fs::remove_file(&file)?
        } else {
            fs::write(&file, old)?
        }
        return Err(Misuse(format!("{error:#}")).into());
    }
    Ok(file.display().to_string())
}

/// The sectors in a code, behind its country: `MLIREBXYZ` is `REB` and a suffix of its own.
fn sectors(code: &str, country: &str) -> Vec<String> {
    let rest = code.trim().to_uppercase();
    let rest = rest.strip_prefix(country).unwrap_or(&rest);
    rest.as_bytes()
        .chunks(3)
        .filter_map(|three| std::str::from_utf8(three).ok())
        .filter(|three| SECTORS.contains(three))
        .map(str::to_owned)
        .collect()
}

/// PLOVER's sectors that a desk adds actors of.
const SECTORS: [&str; 22] = [
    "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "REB", "PRM", "UAF", "CRM", "OPP", "PTY", "CVL", "REF", "SOC", "MED", "JRN", "EDU", "BUS",
    "LAB", "NGO", "PKO",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn name(words: &str, code: &str) -> NewName {
        NewName {
            name: words.into(),
            kind: "militia".into(),
            code: code.into(),
            countries: vec!["mli".into()],
            aliases: vec!["FDB \"Bankass\"".into()],
        }
    }

    #[test]
    fn a_name_goes_into_the_codebook_or_leaves_it_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file = write_name(folder.path(), &name("Front for the Defence of Bankass", "MLIPRMFDB")).unwrap();
        let engine = Engine::new(Some(folder.path())).unwrap();
        let entry = engine.world().dictionary().entry("front-for-the-defence-of-bankass").unwrap();
        assert_eq!((entry.code.as_str(), entry.sectors.len(), entry.aliases[0].as_str()), ("MLIPRMFDB", 1, "FDB \"Bankass\""));
        let mut second = name("Dozo of the Lake", "MLIPRMDOL");
        second.aliases.clear();
        write_name(folder.path(), &second).unwrap();
        let kept = fs::read_to_string(&file).unwrap();
        assert_eq!(kept.matches("[[actor]]").count(), 2);
        let mut wrong = second.clone();
        wrong.countries = vec!["Atlantis".into()];
        assert!(write_name(folder.path(), &wrong).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), kept);
    }
}
