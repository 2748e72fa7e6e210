//! Out, in and out again; tables of others as they really are.

use griot_exchange::export::safe::{DateLevel, PlaceLevel, Safety};
use griot_exchange::export::{Classify, Exported, Form, Profile, Wanted as Asked, export};
use griot_exchange::import::{Wanted, import};
use griot_exchange::{reference, write};
use griot_record::bounds::Rule;
use griot_record::{About, Filter, Reading, Record};
use griot_types::{Claim, Document, sha256};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

struct Told;

impl Classify for Told {
    fn acled(&self, claim: &Claim) -> Option<(String, String)> {
        (claim.type_ == griot_types::Type::Assault).then(|| ("Battles".into(), "Armed clash".into()))
    }
    fn ucdp(&self, _: &Claim) -> Option<u8> {
        None
    }
}

fn actor(name: &str, code: &str, country: &str, sectors: &[&str], person: Option<&str>) -> Value {
    json!({ "text": name, "name": name, "code": code, "country": country, "sectors": sectors, "id": null, "ucdp": null, "person": person })
}

/// A report with an ambush, its toll and a private person who tells of it.
fn record(folder: &Path) -> Record {
    let record = Record::create(&folder.join("r.griot"), 1).unwrap();
    let text = "Rebels ambushed soldiers near Ansongo on 3 May and killed 12 of them, said Awa Diallo, a farmer. =SUM(1)";
    let at = |words: &str| {
        let start = text.find(words).unwrap();
        json!({ "sentence": 0, "start": start, "end": start + words.len(), "quote": words, "parts": {}, "also": [] })
    };
    let place = json!({ "text": "Ansongo", "name": "Ansongo", "country": "MLI", "admin1": "Gao", "latitude": 15.66, "longitude": 0.5, "precision": 2,
                        "geonames": 2457161 });
    let claim = |kind: &str, type_: &str, words: &str, more: Value| -> Claim {
        let mut all = json!({
            "id": "", "document": sha256(text.as_bytes()), "codebook": "c", "kind": kind, "type": type_, "mode": null, "context": [], "cameo": null,
            "source": [], "target": [], "mutual": false, "quantity": null, "change": null, "cause": null, "of_event": null, "inside": null,
            "place": place, "places": [place], "time": { "text": "on 3 May", "start": "2023-05-03", "end": "2023-05-03", "precision": "day" },
            "status": "actual", "said_by": [], "confidence": 0.7, "evidence": at(words)
        });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut claim: Claim = serde_json::from_value(all).unwrap();
        claim.identify(0);
        claim
    };
    let (rebels, army) = (actor("=Rebels", "MLIREB", "MLI", &["REB"], None), actor("Mali", "MLIMIL", "MLI", &["MIL"], None));
    let act = claim("event", "ASSAULT", "Rebels ambushed soldiers", json!({ "source": [rebels], "target": [army] }));
    let toll = claim(
        "figure",
        "killed",
        "killed 12 of them",
        json!({ "target": [army], "of_event": act.id, "said_by": [actor("Awa Diallo", "MLICVL", "MLI", &["CVL"], Some("private"))],
                "quantity": { "text": "12", "low": 12, "best": 12, "high": 12, "relation": "exact", "unit": "people" } }),
    );
    let date = Some(griot_types::Date::constant(2023, 5, 4));
    let document = Document {
        id: sha256(text.as_bytes()),
        name: "r.txt".into(),
        title: Some("Ambush, \"12\" dead".into()),
        publisher: Some("=Wire".into()),
        date,
        text: text.into(),
        ..Document::default()
    };
    record.add(&[Reading { document, about: About::default(), claims: vec![act, toll], language: None }], "m", "c").unwrap();
    record
}

fn out(record: &Record, profile: Profile, form: Form, safety: Safety, path: &Path) -> Exported {
    let wanted = Asked { profile, form, filter: Filter::default(), rule: Rule::default(), safety, hxl: false, classify: &Told };
    write::whole(path, |file| export(record, &wanted, file)).unwrap()
}

fn first(path: &Path) -> Value {
    serde_json::from_str(fs::read_to_string(path).unwrap().lines().next().unwrap()).unwrap()
}

#[test]
fn what_a_profile_holds_comes_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path());
    for (profile, form, name) in [
        (Profile::Ged, Form::Csv, "ged.csv"),
        (Profile::Acled, Form::Csv, "acled.csv"),
        (Profile::Plover, Form::Csv, "polecat.csv"),
        (Profile::Gdelt, Form::Tabs, "gdelt.CSV"),
    ] {
        let path = folder.path().join(name);
        let came = out(&record, profile, form, Safety::default(), &path);
        assert!(came.rows > 0, "{name}");
        let table = import(&record, &path, &Wanted::default()).unwrap();
        assert_eq!((table.table.rows as usize, table.refused.len(), table.odd.len()), (came.rows, 0, 0), "{name}");
        let again = folder.path().join(format!("again-{name}"));
        write::whole(&again, |file| reference::write(&record, &table.table, file)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), fs::read_to_string(&again).unwrap(), "{name}");
        assert!(import(&record, &path, &Wanted::default()).is_err(), "the same file twice");
    }
}

#[test]
fn ged_rows_are_ucdps() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path());
    let path = folder.path().join("ged.jsonl");
    out(&record, Profile::Ged, Form::Jsonl, Safety::default(), &path);
    let row = first(&path);
    for (name, value) in [
        ("type_of_violence", json!(1)),
        ("side_a", json!("Mali")),
        ("side_b", json!("=Rebels")),
        ("deaths_a", json!(12)),
        ("deaths_b", json!(0)),
        ("best", json!(12)),
        ("where_prec", json!(2)),
        ("priogrid_gid", json!(152_282)),
        ("country_id", json!(432)),
        ("region", json!("Africa")),
        ("date_prec", json!(1)),
        ("date_start", json!("2023-05-03")),
        ("gwnoa", json!("432")),
        ("gwnob", Value::Null),
        ("source_headline", json!("Ambush,  12  dead")),
        ("event_clarity", json!(1)),
    ] {
        assert_eq!(row[name], value, "{name}");
    }
    assert_eq!(row.as_object().unwrap().len(), 49);
}

#[test]
fn private_persons_exact_places_and_formulas_stay_behind() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path());
    let path = folder.path().join("g.csv");
    let came = out(&record, Profile::Griot, Form::Csv, Safety::default(), &path);
    assert_eq!(came.withheld, 1);
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("Diallo") && text.contains("a private person") && text.contains("\"'=Rebels\""), "{text}");
    out(&record, Profile::Griot, Form::Csv, Safety { persons: true, ..Safety::default() }, &path);
    assert!(fs::read_to_string(&path).unwrap().contains("Diallo"));

    let coarse = Safety { place: PlaceLevel::Admin1, date: DateLevel::Month, ..Safety::default() };
    let path = folder.path().join("c.jsonl");
    // The record has two entries that stand alone; GED has a row for the toll only.
    let came = out(&record, Profile::Griot, Form::Jsonl, coarse, &path);
    assert_eq!((came.rows, came.small), (2, 2));
    let came = out(&record, Profile::Ged, Form::Jsonl, coarse, &path);
    assert_eq!((came.rows, came.small), (1, 1));
    let row = first(&path);
    assert_eq!((&row["where_prec"], &row["where_coordinates"], &row["latitude"]), (&json!(4), &json!("Gao"), &Value::Null));
    assert_eq!((&row["date_start"], &row["date_end"], &row["date_prec"]), (&json!("2023-05-01"), &json!("2023-05-31"), &json!(4)));
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("Ansongo") && !text.contains("05-03") && !text.contains("05-04") && !text.contains("Ambush"), "{text}");
    let grid = Safety { place: PlaceLevel::Grid, ..Safety::default() };
    out(&record, Profile::Geojson, Form::Jsonl, grid, &path);
    let all: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(all["features"][0]["geometry"]["coordinates"], json!([0.75, 15.75]));
    assert_eq!(all["features"][0]["properties"]["where_prec"], 5);

    let path = folder.path().join("a.jsonl");
    out(&record, Profile::Annotations, Form::Jsonl, Safety::default(), &path);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains("\"exact\":\"Rebels ambushed soldiers\"") && !text.contains("killed 12 of them"));
}

#[test]
fn parquet_has_its_schema() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("g.parquet");
    let came = out(&record(folder.path()), Profile::Griot, Form::Parquet, Safety::default(), &path);
    let reader = SerializedFileReader::new(fs::File::open(&path).unwrap()).unwrap();
    let meta = reader.metadata().file_metadata();
    assert_eq!((meta.num_rows() as usize, meta.schema_descr().num_columns()), (came.rows, griot_exchange::rows::ENTRIES.len()));
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
    assert!(rows.iter().any(|row| row.contains("best: 12.0") && row.contains("where_prec: 2")), "{rows:?}");
}

fn table(folder: &Path, name: &str, text: &str) -> griot_exchange::Result<griot_exchange::import::Imported> {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    import(&Record::create(&folder.join("t.griot"), 1).unwrap(), &path, &Wanted::default())
}

#[test]
fn acled_in_each_of_its_shapes() {
    let folder = tempfile::tempdir().unwrap();
    let head = "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,interaction,iso,country,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities";
    // Columns and codes of before 2023, days in words.
    let old = format!(
        "data_id,{head},iso3\n7,MLI1,31 December 2020,2020,1,Battles,Armed clash,A,1,B,2,12,466,Mali,Gao,Gao,16.27,-0.04,1,Wire,n,5,MLI\n8,MLI2,16-Feb-21,2021,1,Battles,Armed clash,A,1,B,2,12,466,Mali,Gao,Gao,16.27,-0.04,3,Wire,n,2,MLI\n"
    );
    let came = table(folder.path(), "old.csv", &old).unwrap();
    assert_eq!((came.table.source.as_str(), came.table.rows, came.refused.len()), ("acled", 2, 0));
    // One row an actor, codes in words, a year that cannot be.
    let new = format!(
        "{head},timestamp\nMLI1,2020-12-31,2020,1,Battles,Armed clash,A,State forces,B,Rebel group,State forces-Rebel group,466,Mali,Gao,Gao,16.27,-0.04,1,Wire,n,5,1\nMLI1,2020-12-31,2020,1,Battles,Armed clash,B,Rebel group,A,State forces,State forces-Rebel group,466,Mali,Gao,Gao,16.27,-0.04,1,Wire,n,5,1\nMLI3,0025-02-16,25,1,Battles,Armed clash,A,State forces,B,Rebel group,x,466,Mali,Gao,Gao,16.27,-0.04,1,Wire,n,9,1\n"
    );
    let came = table(folder.path(), "new.csv", &new).unwrap();
    assert_eq!((came.table.rows, came.refused.len(), came.notes.len()), (2, 1, 1));
    assert_eq!(came.refused[0].line, 4);
    assert!(came.refused[0].cause.contains("0025-02-16"), "{}", came.refused[0].cause);
    let record = Record::open(&folder.path().join("t.griot")).unwrap();
    let sum = |n| reference::years(&record, n, true).unwrap().iter().map(|year| year.best).sum::<f64>();
    assert_eq!((sum(1), sum(2)), (7.0, 5.0), "the deaths of an event are counted once");
    assert!(reference::years(&record, 1, true).unwrap().iter().all(|year| year.country.as_deref() == Some("MLI")));
}

#[test]
fn gdelt_countries_are_fips_and_polecat_is_latin_1() {
    let folder = tempfile::tempdir().unwrap();
    let mut cells = vec![""; 61];
    (cells[0], cells[1], cells[26], cells[51], cells[53], cells[56], cells[57]) = ("9", "20230503", "190", "1", "NG", "16.0", "8.0");
    let came = table(folder.path(), "g.CSV", &(cells.join("\t") + "\n")).unwrap();
    assert_eq!((came.table.source.as_str(), came.table.header), ("gdelt", false));
    let record = Record::open(&folder.path().join("t.griot")).unwrap();
    assert_eq!(reference::years(&record, 1, true).unwrap()[0].country.as_deref(), Some("NER"));
    drop(record);
    let names = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tActor Name\tRecipient Name\tCountry\tLatitude\tLongitude";
    let path = folder.path().join("p.tab");
    fs::write(&path, [names.as_bytes(), b"\n1\t2023-05-03\tASSAULT\tfirearms\tCit\xe9\tNone\tMLI\tNone\tNone\n"].concat()).unwrap();
    let record = Record::create(&folder.path().join("t.griot"), 1).unwrap();
    let came = import(&record, &path, &Wanted::default()).unwrap();
    let mut actor = None;
    record
        .reference_rows::<griot_exchange::Error>(came.table.n, |row| {
            actor = row.side_a;
            Ok(())
        })
        .unwrap();
    assert_eq!(actor.as_deref(), Some("Cité"));
}

#[test]
fn releases_are_compared_by_their_ids() {
    let folder = tempfile::tempdir().unwrap();
    let head = "id,type_of_violence,side_a,side_b,latitude,longitude,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,country";
    let row = |id: u8, best: u8| format!("{id},1,A,B,1,2,2020-01-0{id} 00:00:00.000,2020-01-0{id},{best},0,0,0,{best},9,0,Mali\n");
    let before = table(folder.path(), "a.csv", &format!("{head}\n{}{}", row(1, 3), row(2, 4))).unwrap();
    let after = table(folder.path(), "b.csv", &format!("{head}\n{}{}", row(2, 5), row(3, 1))).unwrap();
    let record = Record::open(&folder.path().join("t.griot")).unwrap();
    let changes = reference::diff(&record, &before.table, &after.table).unwrap();
    let told: Vec<(&str, &str)> = changes.iter().map(|change| (change.id.as_str(), change.what)).collect();
    assert_eq!(told, [("1", "removed"), ("2", "changed"), ("3", "added")]);
    assert!(reference::diff_words(&changes).contains("best: 4 → 5"));
    // The parts do not make the sum: kept and named.
    let odd = table(folder.path(), "c.csv", &format!("{head}\n7,1,A,B,1,2,2020-01-01,2020-01-01,1,0,0,0,3,9,0,Mali\n")).unwrap();
    assert_eq!((odd.table.rows, odd.odd.len()), (1, 1));
    assert!(table(folder.path(), "d.csv", "a,b\n1,2\n").is_err());
}

/// Totals by year of the real files, where they are.
#[test]
fn real_tables_keep_their_totals() {
    let Some(data) = reference_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let record = Record::create(&folder.path().join("t.griot"), 1).unwrap();
    for (file, best, rows) in [
        ("ucdp_ged_full_columns/ucdpged_sample1000_v23.csv", "best", 1000),
        ("hdx_ucdp_bgd/conflict_data_BGD.csv", "best", 601),
        ("un_peacekeeping/DPPADPOSS-FATALITIES.csv", "", 4429),
        ("ucdp_country_year/organizedviolencecy_v25_1.csv", "cumulative_total_deaths_in_orgvio_best_cy", 6936),
    ] {
        let path = data.join(file);
        let came = import(&record, &path, &Wanted::default()).unwrap();
        assert_eq!((came.table.rows, came.refused.len()), (rows, 0), "{file}");
        let sum: f64 = reference::years(&record, came.table.n, false).unwrap().iter().map(|year| year.best).sum();
        let bytes = fs::read(&path).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
        let at = reader.headers().unwrap().iter().position(|name| name == best);
        let own: f64 = reader.records().map(|row| at.map_or(1.0, |at| row.unwrap()[at].parse().unwrap_or_default())).sum();
        assert_eq!(sum, own, "{file}");
        let again = folder.path().join("again");
        write::whole(&again, |file| reference::write(&record, &came.table, file)).unwrap();
        // The country-year table came with the line ends of Windows, which are not kept.
        let came_as = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        assert!(came_as == fs::read_to_string(&again).unwrap(), "{file}");
    }
    let mali = {
        let tables = record.references().unwrap();
        let years = reference::years(&record, tables[3].n, true).unwrap();
        years.iter().find(|year| year.year == 2022 && year.country.as_deref() == Some("MLI")).unwrap().best
    };
    assert!(mali > 1000.0, "{mali}");
    // HDX's file is of GED 19.1, six years older than the table; docs/EXCHANGE.md lists the years in which they differ.
    let tables = record.references().unwrap();
    let bangladesh = |n: usize, year: i16| {
        let years = reference::years(&record, tables[n].n, true).unwrap();
        years.iter().find(|one| one.year == year && one.country.as_deref() == Some("BGD")).map_or(0.0, |one| one.best)
    };
    let differ: Vec<(i16, f64, f64)> =
        (1989..=2018).map(|year| (year, bangladesh(1, year), bangladesh(3, year))).filter(|(_, one, other)| one != other).collect();
    assert_eq!(differ, [(2001, 62.0, 72.0), (2002, 6.0, 7.0), (2004, 51.0, 75.0), (2018, 26.0, 28.0)]);
}

/// ViEWS' two forms of its actuals: a Parquet file is the table that its CSV is.
#[test]
fn a_table_as_parquet_is_the_same_table() {
    use griot_exchange::export::{Cell, Holds, Sheet};
    let folder = tempfile::tempdir().unwrap();
    let record = Record::create(&folder.path().join("t.griot"), 1).unwrap();
    let sheet = Sheet {
        columns: vec![("outcome", Holds::Real), ("month_id", Holds::Int), ("country_id", Holds::Int), ("name", Holds::Text)],
        tags: None,
        rows: vec![
            vec![Cell::Real(7.0), Cell::Int(457), Cell::Int(50), "Mali, \"the\" state".into()],
            vec![Cell::Real(0.5), Cell::Int(468), Cell::Int(47), Cell::None],
        ],
    };
    let path = folder.path().join("views.parquet");
    write::whole(&path, |file| sheet.write(Form::Parquet, false, file)).unwrap();
    let came = import(&record, &path, &Wanted::default()).unwrap();
    assert_eq!((came.table.source.as_str(), came.table.rows, came.refused.len()), ("views", 2, 0));
    let mut rows = Vec::new();
    record
        .reference_rows::<griot_exchange::Error>(came.table.n, |row| {
            rows.push(row);
            Ok(())
        })
        .unwrap();
    assert_eq!(rows[0].cells, ["7", "457", "50", "Mali, \"the\" state"]);
    assert_eq!((rows[0].country.as_deref(), rows[0].best), (Some("MLI"), Some(7.0)));
    assert_eq!((rows[1].country.as_deref(), rows[1].best, rows[1].cells[3].as_str()), (Some("BFA"), Some(0.5), ""));
    assert_eq!(rows.iter().map(|row| row.first.unwrap().to_string()).collect::<Vec<_>>(), ["2018-01-01", "2018-12-01"]);

    // Cut off or spoilt it is refused with its name, and nothing is kept.
    let whole = fs::read(&path).unwrap();
    for broken in [&whole[..whole.len() / 2], &whole[..5], &[&whole[..40], &vec![0xff; whole.len() - 40][..]].concat()] {
        let path = folder.path().join("broken.parquet");
        fs::write(&path, broken).unwrap();
        let error = import(&record, &path, &Wanted::default()).unwrap_err().to_string();
        assert!(error.contains("broken.parquet") && error.contains("Parquet"), "{error}");
    }
    assert_eq!(record.references().unwrap().len(), 1);
}

fn reference_data() -> Option<PathBuf> {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/reference");
    if data.is_dir() {
        return Some(data);
    }
    eprintln!("skipped: {} is not here", data.display());
    None
}

#[test]
fn views_actuals_are_the_same_as_parquet_and_as_csv() {
    let Some(data) = reference_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let record = Record::create(&folder.path().join("t.griot"), 1).unwrap();
    let csv = import(&record, &data.join("views_cm/cm_actuals_2018_2024.csv"), &Wanted::default()).unwrap();
    let all = reference::years(&record, csv.table.n, true).unwrap();
    for year in 2018..=2024 {
        let parquet = import(&record, &data.join(format!("views_cm/cm_actuals_{year}.parquet")), &Wanted::default()).unwrap();
        let mut found = reference::years(&record, parquet.table.n, true).unwrap();
        found.retain(|one| one.best > 0.0);
        let wanted: Vec<_> = all.iter().filter(|one| one.year == year && one.best > 0.0).cloned().collect();
        assert!(found.len() > 15 && found == wanted, "{year}");
    }
}

#[test]
fn whom_the_names_of_geds_sample_mean() {
    let Some(data) = reference_data() else { return };
    let world = griot_world::World::shipped();
    let crosswalk = griot_exchange::crosswalk::Crosswalk::new(&world).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let record = Record::create(&folder.path().join("t.griot"), 1).unwrap();
    let came = import(&record, &data.join("ucdp_ged_full_columns/ucdpged_sample1000_v23.csv"), &Wanted::default()).unwrap();
    let walked = griot_exchange::crosswalk::table(&record, &came.table, &crosswalk).unwrap();
    assert_eq!(walked.rows, 1000);
    assert!(walked.actors >= 790 && walked.known >= 980, "{} {}", walked.actors, walked.known);
    assert_eq!(walked.lines.iter().map(|line| line.rows).sum::<usize>(), 2000);
    assert_eq!(walked.dyads.iter().map(|dyad| dyad.rows).sum::<usize>(), 1000);
    assert!(walked.dyads.iter().any(|dyad| dyad.number == Some(11973) && dyad.sides[1].actors[0].id == "syrian-insurgents"));

    // Names without numbers.
    let came = import(&record, &data.join("ucdp_ged_sample_21/ged211_sample_sahel.csv"), &Wanted::default()).unwrap();
    let walked = griot_exchange::crosswalk::table(&record, &came.table, &crosswalk).unwrap();
    assert_eq!(walked.rows, 10_334);
    assert!(walked.known >= 8_700 && walked.dyads.is_empty(), "{}", walked.known);
}
