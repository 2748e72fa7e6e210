//! What maps, timelines and networks are drawn from.

use super::*;
use griot_record::bounds::Rule;
use griot_record::trend::{Counted, Unit};
use griot_record::{Atlas, Network, Stand};

fn attack(mut claim: Claim, at: Option<Place>, date: &str) -> Claim {
    claim.source = vec![actor("jnim", "MLIREBJNM", "MLI", &["REB"])];
    claim.target = vec![army()];
    claim.places = at.clone().into_iter().collect();
    claim.place = at;
    claim.time = day(date);
    claim
}

fn seen(record: &Record, filter: Filter, counted: Counted) -> Atlas {
    record.atlas(&filter, &Rule::default(), counted).unwrap()
}

fn spots(atlas: &Atlas) -> Vec<(String, usize, f64)> {
    atlas.spots.iter().map(|spot| (spot.key.clone(), spot.sum.entries, spot.sum.best)).collect()
}

/// Djibo is named exactly and as 'near Djibo', and one attack is told with a country alone, one with nothing.
fn three_months(record: &Record) {
    let djibo = || place("Djibo", 1, (14.1, -1.63));
    let near = || Place { precision: Some(2), ..djibo() };
    let country = || Place { precision: Some(6), ..place("Burkina Faso", 9, (12.0, -1.5)) };
    let arbinda = || place("Arbinda", 2, (14.23, -0.86));
    add(
        record,
        &[
            Report::new("Wire", "2022-01-06").says("attacked Djibo", |claim| attack(claim, Some(djibo()), "2022-01-05")).done(),
            Report::new("Wire", "2022-01-21").says("attacked near Djibo", |claim| attack(claim, Some(near()), "2022-01-20")).done(),
            Report::new("Echo", "2022-02-11")
                .says("attacked a town of the country", |claim| attack(claim, Some(country()), "2022-02-10"))
                .says("attacked Djibo on the way to Arbinda", |claim| Claim {
                    places: vec![country(), arbinda()],
                    ..attack(claim, Some(arbinda()), "2022-02-09")
                })
                .done(),
            Report::new("Echo", "2022-03-02").says("attacked somewhere", |claim| attack(claim, None, "2022-03-01")).done(),
            Report::new("Wire", "2022-03-11").says("killed some", |claim| killed(claim, 4.0, "2022-03-10")).done(),
            Report::new("Echo", "2022-03-12").says("killed more", |claim| killed(claim, 6.0, "2022-03-10")).done(),
        ],
    );
}

#[test]
fn places_keep_how_exactly_they_are_told() {
    let desk = Desk::new();
    let record = desk.record();
    three_months(&record);
    let all = seen(&record, Filter::default(), Counted::Events);
    assert_eq!((all.all.entries, all.nowhere.entries), (5, 1));
    let one = |key: &str| (key.to_owned(), 1, 1.0);
    // Of two places the one that the entry stands at, and not the country beside it.
    assert_eq!(spots(&all), [one("1@1"), one("1@2"), one("2@1"), one("9@6")]);
    let near = record.at_spot(&Question::default(), Counted::Events, "1@2", 0).unwrap();
    assert_eq!((near.0, near.1[0].members[0].quote.as_str()), (1, "attacked near Djibo"));
    let nowhere = record.at_spot(&Question::default(), Counted::Events, "nowhere", 0).unwrap();
    assert_eq!((nowhere.0, nowhere.1[0].members[0].quote.as_str()), (1, "attacked somewhere"));
    assert_eq!(record.at_spot(&Question::default(), Counted::Events, "77@1", 0).unwrap().0, 0);
    let deaths = seen(&record, Filter::default(), Counted::Deaths);
    assert_eq!(spots(&deaths), [("1@1".to_owned(), 1, deaths.all.best)]);
    assert_eq!((deaths.all.low, deaths.all.high), (4.0, 6.0));
}

#[test]
fn a_time_narrows_places_and_what_reports_speak_of() {
    let desk = Desk::new();
    let record = desk.record();
    three_months(&record);
    let span = |from: &str, to: &str| Filter { from: from.parse().ok(), to: to.parse().ok(), ..Filter::default() };
    let february = seen(&record, span("2022-02-01", "2022-02-28"), Counted::Events);
    assert_eq!(february.spots.iter().map(|spot| spot.key.as_str()).collect::<Vec<_>>(), ["2@1", "9@6"]);
    assert_eq!(february.about, [("BFA".to_owned(), 1)]);
    let places = |filter: Filter| -> Vec<(String, i64)> {
        record.places(&filter, None).unwrap().into_iter().map(|place| (place.name, place.entries)).collect()
    };
    let row = |name: &str, entries: i64| (name.to_owned(), entries);
    assert_eq!(places(Filter::default()), [row("Djibo", 3), row("Burkina Faso", 2), row("Arbinda", 1)]);
    assert_eq!(places(span("2022-02-01", "2022-02-28")), [row("Burkina Faso", 2), row("Arbinda", 1)]);
    assert_eq!(places(Filter { from: "2022-03-01".parse().ok(), ..Filter::default() }), [row("Djibo", 1)]);
    let april = seen(&record, span("2022-04-01", "2022-04-30"), Counted::Events);
    assert_eq!((april.all.entries, april.about.len()), (0, 0));
    let series = record.trend(&Filter::default(), &Rule::default(), Counted::Events, Unit::Month).unwrap();
    assert_eq!(series.periods.iter().map(|period| period.count).collect::<Vec<_>>(), [2.0, 2.0, 1.0]);
    assert_eq!(record.about_over_time(&["bfa".to_owned()], &series).unwrap(), [2, 1, 2]);
    assert_eq!(record.about_over_time(&["MLI".to_owned()], &series).unwrap(), [0, 0, 0]);
}

fn around(record: &Record, name: &str, limit: usize) -> Option<Network> {
    record.network(&[name.to_owned()], &Filter::default(), &Rule::default(), limit).unwrap()
}

#[test]
fn a_network_has_dated_lines_that_name_their_entries() {
    let desk = Desk::new();
    let record = desk.record();
    three_months(&record);
    let ally = |claim: Claim| Claim {
        kind: Kind::Relation,
        type_: Type::SuccessorOf,
        source: vec![actor("jnim", "MLIREBJNM", "MLI", &["REB"])],
        target: vec![actor("ansar-dine", "MLIREBADN", "MLI", &["REB"])],
        ..claim
    };
    let person = Actor { text: "A. Cissé".into(), name: "A. Cissé".into(), person: Some(Person::Private), ..Actor::default() };
    let report = Report::new("Wire", "2017-03-03")
        .says("came of it", ally)
        .says("attacked a man", |claim| Claim { target: vec![person.clone()], ..attack(claim, None, "2017-03-02") });
    add(&record, &[report.done()]);
    let jnim = around(&record, "jnim", 20).unwrap();
    let lines: Vec<_> = jnim.neighbours.iter().flat_map(|one| one.edges.iter().map(|edge| (one.actor.id.as_deref(), edge))).collect();
    let told: Vec<_> = lines.iter().map(|(id, edge)| (*id, edge.stand, edge.types.clone(), edge.entries)).collect();
    assert_eq!(
        told,
        [
            (Some("bfa-mil"), Stand::Against, vec![(Type::Assault, true, 5)], 5),
            (Some("ansar-dine"), Stand::Tie, vec![(Type::SuccessorOf, true, 1)], 1)
        ]
    );
    let (first, last) = (lines[0].1.first, lines[0].1.last);
    assert_eq!((first, last), ("2022-01-05".parse().ok(), "2022-03-01".parse().ok()));
    let newest = record.show(&lines[0].1.ids[0], &Rule::default()).unwrap();
    assert!(matches!(newest, griot_record::Shown::Entry { entry, .. } if entry.members[0].quote == "attacked somewhere"));
    // From the other end it is what was done to it; its losses are its own.
    let army = around(&record, "bfa-mil", 20).unwrap();
    assert_eq!(army.neighbours[0].edges[0].types, [(Type::Assault, false, 5)]);
    assert_eq!((army.losses.len(), jnim.losses.len()), (1, 0));
    assert_eq!((around(&record, "jnim", 1).unwrap().more, around(&record, "A. Cissé", 20)), (1, None));
}
