//! Which claims become one entry, and what that comes to.

use super::*;
use griot_record::bounds::Rule;
use proptest::prelude::*;

#[test]
fn one_happening_over_reports_is_one_entry_with_bounds() {
    let desk = Desk::new();
    let record = desk.record();
    let wire = Report::new("Wire", "2022-03-02").says("eight killed", |claim| killed(claim, 8.0, "2022-03-01")).done();
    let courier = Report::new("Courier", "2022-03-03").says("eleven dead", |claim| killed(claim, 11.0, "2022-03-01")).done();
    let update = Report::new("Wire", "2022-03-04").says("twelve killed", |claim| killed(claim, 12.0, "2022-03-01")).done();
    let elsewhere = |claim| Claim { place: Some(place("Arbinda", 2, (14.2, -0.87))), ..killed(claim, 8.0, "2022-03-01") };
    let other = Report::new("Wire", "2022-03-05").says("eight killed there", elsewhere).done();
    add(&record, &[wire, courier, update, other]);
    let entries = all(&record);
    assert_eq!(entries.len(), 2, "{entries:#?}");
    let djibo = entries.iter().find(|entry| entry.reports == 3).unwrap();
    assert_eq!(djibo.independent, 2);
    // The wire's first toll was superseded by its second.
    assert_eq!((djibo.number.low, djibo.number.best, djibo.number.high), (Some(11.0), Some(12.0), Some(12.0)));
    assert_eq!(djibo.members.iter().filter(|member| member.superseded).count(), 1);
    assert!(djibo.members.iter().all(|member| member.why.contains(&"the place")));
    let lowest = record.ask(&Question { rule: Rule::Minimum, ..Question::default() }).unwrap();
    assert!(lowest.iter().any(|entry| entry.number.best == Some(11.0) && entry.number.rule.as_deref() == Some("minimum")));
}

#[test]
fn near_copies_are_one_source() {
    let desk = Desk::new();
    let record = desk.record();
    let story = "Gunmen on motorbikes killed eight soldiers of a patrol near Djibo on Tuesday, the army said in a statement read on state radio. \
        Reinforcements from the next base arrived after nightfall and found the vehicles burnt.";
    for publisher in ["Wire", "Echo", "Herald"] {
        let report = Report::new(publisher, "2022-03-02").says(story, |claim| killed(claim, 8.0, "2022-03-01"));
        add(&record, &[report.done()]);
    }
    let own = Report::new("Courier", "2022-03-03").says("Eleven dead, says the hospital", |claim| killed(claim, 11.0, "2022-03-01"));
    add(&record, &[own.done()]);
    let entries = all(&record);
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].reports, entries[0].independent), (4, 2));
    assert_eq!(record.reports(&Filter { publisher: Some("Echo".into()), ..Filter::default() }, None).unwrap()[0].copies.len(), 2);
}

#[test]
fn a_tally_is_not_an_incident_and_its_last_count_holds() {
    let desk = Desk::new();
    let record = desk.record();
    let tally = |n: f64, end: &str| {
        let end = end.to_owned();
        move |claim| Claim {
            time: Some(Time {
                text: "since 2013".into(),
                start: "2013-01-01".parse().ok(),
                end: end.parse().ok(),
                precision: Some(Precision::Range),
            }),
            place: None,
            places: vec![],
            quantity: Some(Quantity::of("more than", n, Bound::MoreThan, "people")),
            ..killed(claim, n, "2022-03-01")
        }
    };
    add(
        &record,
        &[
            Report::new("Wire", "2022-06-20").says("more than 270 killed since 2013", tally(270.0, "2022-06-20")).done(),
            Report::new("Review", "2023-06-18").says("more than 300 killed since 2013", tally(300.0, "2023-06-18")).done(),
            Report::new("Wire", "2022-03-02").says("eight killed", |claim| killed(claim, 8.0, "2022-03-01")).done(),
        ],
    );
    let entries = all(&record);
    assert_eq!(entries.len(), 2);
    let tally = entries.iter().find(|entry| entry.cumulative).unwrap();
    assert_eq!((tally.number.low, tally.number.best, tally.number.high), (Some(300.0), Some(300.0), None));
    assert_eq!(entries.iter().find(|entry| !entry.cumulative).unwrap().number.best, Some(8.0));
}

#[test]
fn a_plan_is_not_the_deed_and_a_denial_is_of_it() {
    let desk = Desk::new();
    let record = desk.record();
    let raid =
        |status| move |claim| Claim { kind: Kind::Event, type_: Type::Assault, quantity: None, status, ..killed(claim, 1.0, "2022-03-01") };
    add(
        &record,
        &[
            Report::new("Wire", "2022-03-02").says("attacked", raid(Status::Actual)).done(),
            Report::new("Review", "2022-03-02").says("did not attack", raid(Status::Negated)).done(),
            Report::new("Courier", "2022-03-02").says("will attack", raid(Status::Intended)).done(),
        ],
    );
    let entries = all(&record);
    assert_eq!(entries.len(), 2);
    assert!(entries.iter().any(|entry| entry.status == Status::Actual && entry.disputed && entry.reports == 2));
    assert!(entries.iter().any(|entry| entry.status == Status::Intended && entry.reports == 1));
}

#[test]
fn private_persons_are_in_no_list() {
    let desk = Desk::new();
    let record = desk.record();
    let person = |person| Actor { text: "A. Cissé".into(), name: format!("{person:?} Cissé"), person: Some(person), ..Actor::default() };
    let report = Report::new("Wire", "2022-03-02")
        .says("said", |claim| Claim { said_by: vec![person(Person::Private), person(Person::Public)], ..killed(claim, 1.0, "2022-03-01") });
    add(&record, &[report.done()]);
    let names: Vec<String> = record.actors(&Filter::default(), None).unwrap().into_iter().map(|actor| actor.name).collect();
    assert_eq!(names, ["BFA-MIL", "Public Cissé"]);
    assert!(record.profile(&["Private Cissé".to_owned()], &Rule::default()).unwrap().is_none());
}

#[test]
fn questions_narrow() {
    let desk = Desk::new();
    let record = desk.record();
    let report = |n: i32, day: &str| {
        let words = format!("toll {n}");
        Report::new(&format!("Paper {n}"), day).says(&words, |claim| killed(claim, f64::from(n), day)).done()
    };
    add(&record, &[report(1, "2022-01-05"), report(2, "2022-02-05"), report(3, "2022-03-05")]);
    let best = |filter: Filter| ask(&record, filter).iter().filter_map(|entry| entry.number.best).collect::<Vec<_>>();
    assert_eq!(best(Filter::default()), [1.0, 2.0, 3.0]);
    assert_eq!(best(Filter { from: "2022-02-01".parse().ok(), ..Filter::default() }), [2.0, 3.0]);
    assert_eq!(best(Filter { to: "2022-02-05".parse().ok(), ..Filter::default() }), [1.0, 2.0]);
    assert_eq!(best(Filter { text: Some("toll 2".into()), ..Filter::default() }), [2.0]);
    assert_eq!(best(Filter { text: Some("NEAR( \" AND".into()), ..Filter::default() }), Vec::<f64>::new());
    assert_eq!(best(Filter { publisher: Some("paper 3".into()), ..Filter::default() }), [3.0]);
    assert_eq!(best(Filter { actors: vec!["bfa".into()], place: Some("DJIBO".into()), ..Filter::default() }), [1.0, 2.0, 3.0]);
    assert_eq!(best(Filter { actors: vec!["mli".into()], ..Filter::default() }), Vec::<f64>::new());
    assert_eq!(best(Filter { types: vec![Type::Injured], ..Filter::default() }), Vec::<f64>::new());
    let around =
        |kilometres| Filter { around: Some(griot_record::Around { latitude: 14.0, longitude: -1.6, kilometres }), ..Filter::default() };
    assert_eq!((best(around(50.0)).len(), best(around(5.0)).len()), (3, 0));
    assert_eq!(record.ask(&Question { limit: Some(2), ..Question::default() }).unwrap().len(), 2);
}

/// More than is fetched at a time, of two actors and two towns in turn.
#[test]
fn answers_by_actor_and_place_are_all_there_in_order_and_each_once() {
    let desk = Desk::new();
    let record = desk.record();
    let first: Date = "2015-01-01".parse().unwrap();
    let reports: Vec<Reading> = (0..330i64)
        .map(|n| {
            let day = first.checked_add(jiff::Span::new().days(3 * n)).unwrap().to_string();
            let make = |claim| {
                let mut claim = killed(claim, n as f64, &day);
                claim.source = if n % 3 == 0 { vec![actor("jnim", "MLIREBJNM", "MLI", &["REB"])] } else { vec![] };
                if n % 2 == 0 {
                    claim.place = Some(place("Arbinda", 2, (14.2, -0.87)));
                    claim.places = claim.place.clone().into_iter().collect();
                }
                claim
            };
            Report::new("Paper", &day).says(&format!("toll {n}"), make).done()
        })
        .collect();
    add(&record, &reports);
    let best = |filter: Filter| ask(&record, filter).iter().filter_map(|entry| entry.number.best).map(|n| n as i64).collect::<Vec<_>>();
    let wanted = |keep: &dyn Fn(i64) -> bool| (0..330).filter(|n| keep(*n)).collect::<Vec<i64>>();
    let actors = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(best(Filter { actors: actors(&["bfa-mil", "jnim"]), ..Filter::default() }), wanted(&|_| true));
    assert_eq!(best(Filter { actors: actors(&["jnim"]), place: Some("Arbinda".into()), ..Filter::default() }), wanted(&|n| n % 6 == 0));
    let middle = Filter { from: "2016-01-01".parse().ok(), to: "2017-01-01".parse().ok(), actors: actors(&["jnim"]), ..Filter::default() };
    let day = |n: i64| first.checked_add(jiff::Span::new().days(3 * n)).unwrap().to_string();
    assert_eq!(best(middle), wanted(&|n| n % 3 == 0 && ("2016-01-01"..="2017-01-01").contains(&day(n).as_str())));
    let few = record
        .ask(&Question { filter: Filter { actors: actors(&["jnim"]), ..Filter::default() }, limit: Some(4), ..Question::default() })
        .unwrap();
    assert_eq!(few.iter().filter_map(|entry| entry.number.best).collect::<Vec<_>>(), [0.0, 3.0, 6.0, 9.0]);
}

#[test]
fn a_withdrawal_ends_a_presence_and_a_later_report_begins_another() {
    let desk = Desk::new();
    let record = desk.record();
    let force = || actor("fra-mil", "FRAMIL", "FRA", &["MIL"]);
    let state = || actor("fra", "FRA", "FRA", &[]);
    let country = || Place { precision: Some(6), ..place("Burkina Faso", 9, (12.0, -1.5)) };
    let present = |claim: Claim| Claim {
        kind: Kind::Relation,
        type_: Type::PresentIn,
        source: vec![force()],
        place: Some(country()),
        places: vec![country()],
        ..claim
    };
    let leaves = |from: Place, time: Option<Time>| {
        move |claim: Claim| Claim {
            type_: Type::Retreat,
            mode: Some("withdraw".into()),
            source: vec![state()],
            place: Some(from.clone()),
            places: vec![from],
            time,
            ..claim
        }
    };
    let held = |filter: Filter| -> Vec<(Option<String>, Option<String>)> {
        let found = ask(&record, Filter { types: vec![Type::PresentIn], ..filter });
        let words = |day: Option<Date>| day.map(|day| day.to_string());
        found.iter().flat_map(|entry| &entry.held).map(|stretch| (words(stretch.since), words(stretch.until))).collect()
    };
    let span = |since: &str, until: Option<&str>| (Some(since.to_owned()), until.map(str::to_owned));
    add(&record, &[Report::new("Wire", "2020-01-10").says("troops are there", present).done()]);
    // Who leaves a town is still in the country.
    add(
        &record,
        &[Report::new("Wire", "2021-01-10").says("left the town", leaves(place("Djibo", 1, (14.1, -1.63)), day("2021-01-09"))).done()],
    );
    assert_eq!(held(Filter::default()), [span("2020-01-10", None)]);
    add(&record, &[Report::new("Echo", "2023-02-20").says("left the country", leaves(country(), day("2023-02-19"))).done()]);
    assert_eq!(held(Filter::default()), [span("2020-01-10", Some("2023-02-19"))]);
    let on = |date: &str| Filter { from: date.parse().ok(), to: date.parse().ok(), ..Filter::default() };
    assert_eq!((held(on("2023-02-19")).len(), held(on("2023-02-20")).len(), held(on("2019-12-31")).len()), (1, 0, 0));
    // Both reports stand: the stretches show that they do not agree, or that it came back.
    add(&record, &[Report::new("Courier", "2023-06-01").says("troops are there again", present).done()]);
    assert_eq!(held(Filter::default()), [span("2020-01-10", Some("2023-02-19")), span("2023-06-01", None)]);
    assert_eq!((held(on("2023-04-01")).len(), held(on("2023-07-01")).len()), (0, 2));
}

/// Town, victims, day, sort, number and status of a claim.
type Told = (usize, usize, i8, u8, i32, usize);

/// Reports on the same few days, places and actors, so that much of it meets.
fn reports() -> impl Strategy<Value = Vec<Reading>> {
    let claim = (0..3usize, 0..3usize, 1..4i8, 0..4u8, 5..9i32, 0..3usize);
    let one = (0..4usize, 1..6i8, prop::collection::vec(claim, 1..4));
    prop::collection::vec(one, 2..9).prop_map(|reports| {
        let make = |(at, (publisher, date, claims)): (usize, (usize, i8, Vec<Told>))| {
            let mut report = Report::new(["Wire", "Echo", "Courier", ""][publisher], &format!("2022-03-{date:02}"));
            for (number, (town, who, when, kind, n, status)) in claims.into_iter().enumerate() {
                report = report.says(&format!("report {at} claim {number}"), |claim| {
                    let mut claim = killed(claim, f64::from(n), &format!("2022-03-{when:02}"));
                    claim.target = [vec![army()], vec![actor("bfa", "BFA", "BFA", &[])], vec![]][who].clone();
                    claim.place = [Some(place("Djibo", 1, (14.1, -1.63))), Some(place("Baraboulé", 2, (14.2, -1.8))), None][town].clone();
                    claim.places = claim.place.clone().into_iter().collect();
                    claim.status = [Status::Actual, Status::Negated, Status::Intended][status];
                    match kind {
                        0 => claim.time = None,
                        1 => (claim.kind, claim.type_, claim.quantity) = (Kind::Event, Type::Assault, None),
                        2 => {
                            (claim.kind, claim.type_, claim.quantity, claim.source) = (Kind::Relation, Type::PresentIn, None, vec![army()])
                        }
                        _ => {}
                    }
                    claim
                });
            }
            report.done()
        };
        let mut made: Vec<Reading> = reports.into_iter().enumerate().map(make).collect();
        made.sort_by(|a, b| a.document.id.cmp(&b.document.id));
        made.dedup_by(|a, b| a.document.id == b.document.id);
        made
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_does_not_matter(reports in reports(), seed in any::<prop::sample::Index>(), batch in 1..4usize) {
        let desk = Desk::new();
        let together = desk.record();
        add(&together, &reports);
        // Another order, in small batches.
        let mut shuffled = reports.clone();
        let turn = seed.index(shuffled.len());
        shuffled.rotate_left(turn);
        shuffled.reverse();
        let apart = Record::create(&desk.path("other.griot"), 1).unwrap();
        for chunk in shuffled.chunks(batch) {
            add(&apart, chunk);
        }
        let plain = |record: &Record| {
            let mut entries = all(record);
            // The number of a source is its place in this file; which claims share one is what counts.
            for entry in &mut entries {
                let mut seen = Vec::new();
                for member in &mut entry.members {
                    let at = seen.iter().position(|origin| *origin == member.origin).unwrap_or_else(|| { seen.push(member.origin); seen.len() - 1 });
                    member.origin = at as i64;
                }
            }
            entries
        };
        prop_assert_eq!(plain(&together), plain(&apart));
    }
}
