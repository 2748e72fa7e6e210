//! Events as the older coders write them, for comparison: document, sentence number, date, source, target, CAMEO code.

use crate::engine::Coded;
use griot_types::{Actor, Claim, Kind, Status};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

/// How PLOVER's codes read in CAMEO.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cameo {
    /// What stands in a country's place for bodies of no country.
    international: Vec<String>,
    /// PLOVER sector to CAMEO role; '' for none.
    sectors: BTreeMap<String, String>,
    /// PLOVER type to the CAMEO code that says no more than the type.
    roots: BTreeMap<String, String>,
}

static CAMEO: LazyLock<Cameo> = LazyLock::new(|| toml::from_str(include_str!("../../cameo.toml")).expect("a test reads this file"));

/// What stands for an actor or a country that is not known.
const UNKNOWN: &str = "---";

/// One report's events. Acts that are denied, demanded or uncertain are none to the older coders.
pub fn report(coded: &Coded) -> String {
    let date = coded.document.date.map_or_else(|| UNKNOWN.to_owned(), |day| day.strftime("%Y%m%d").to_string());
    let mut out = String::new();
    let mut written = BTreeSet::new();
    for claim in coded.claims.iter().filter(|claim| counts(claim)) {
        let code = cameo(claim);
        // Pleas and public statements are not coded by PLOVER either.
        if code.starts_with("01") || code.starts_with("02") {
            continue;
        }
        for (source, target) in pairs(claim) {
            let line = format!("{}\t{}\t{date}\t{source}\t{target}\t{code}", claim.document, claim.evidence.sentence);
            if written.insert(line.clone()) {
                // Writing to a string cannot fail.
                let _ = writeln!(out, "{line}");
            }
        }
    }
    out
}

fn counts(claim: &Claim) -> bool {
    claim.kind == Kind::Event && matches!(claim.status, Status::Actual | Status::Intended)
}

/// The claim's code, or that of its type.
fn cameo(claim: &Claim) -> String {
    let root = || CAMEO.roots.get(claim.type_.as_str()).cloned();
    claim.cameo.as_ref().map(|code| code.to_string()).or_else(root).unwrap_or_else(|| UNKNOWN.to_owned())
}

/// Each actor of one side with each of the other; what is mutual in both directions.
fn pairs(claim: &Claim) -> Vec<(String, String)> {
    let codes = |side: &[Actor]| -> Vec<String> {
        let mut codes: Vec<String> = side.iter().map(actor).collect();
        codes.dedup();
        if codes.is_empty() { vec![UNKNOWN.to_owned()] } else { codes }
    };
    let (mut sources, mut targets) = (codes(&claim.source), codes(&claim.target));
    // A meeting whose parties all stand on one side is held among them.
    if claim.mutual && claim.target.is_empty() && sources.len() > 1 {
        targets = sources.split_off(1);
    }
    let mut pairs = Vec::new();
    for source in &sources {
        for target in &targets {
            pairs.push((source.clone(), target.clone()));
            if claim.mutual {
                pairs.push((target.clone(), source.clone()));
            }
        }
    }
    pairs
}

/// An actor's code in CAMEO's form.
fn actor(actor: &Actor) -> String {
    let code = actor.code.as_str();
    let international = CAMEO.international.iter().any(|prefix| code.starts_with(prefix.as_str()));
    let headed = actor.country.as_deref().is_some_and(|country| code.starts_with(country)) || code.starts_with(UNKNOWN) || international;
    let (head, rest) = if headed { code.split_at_checked(3).unwrap_or((code, "")) } else { (UNKNOWN, code) };
    let mut out = head.to_owned();
    let letters: Vec<char> = rest.chars().collect();
    for part in letters.chunks(3) {
        let part: String = part.iter().collect();
        match CAMEO.sectors.get(&part).filter(|_| actor.sectors.iter().any(|sector| *sector == part)) {
            Some(role) => out.push_str(role),
            None => out.push_str(&part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use griot_types::{Document, Type};

    fn named(code: &str, country: Option<&str>, sectors: &[&str]) -> Actor {
        Actor {
            code: code.into(),
            country: country.map(Into::into),
            sectors: sectors.iter().map(|s| (*s).into()).collect(),
            ..Actor::default()
        }
    }

    fn event(status: Status, mutual: bool, source: &[&str], target: &[&str], cameo: Option<&str>) -> Claim {
        let mut claim: Claim = serde_json::from_str(include_str!("../../tests/claim.json")).unwrap();
        let state = |codes: &[&str]| codes.iter().map(|code| named(code, Some(&code[..3]), &[])).collect();
        (claim.kind, claim.type_, claim.status, claim.mutual) = (Kind::Event, Type::Assault, status, mutual);
        (claim.source, claim.target, claim.cameo) = (state(source), state(target), cameo.map(Into::into));
        claim
    }

    fn lines(claims: Vec<Claim>) -> Vec<String> {
        let document = Document { date: Some("2023-08-26".parse().unwrap()), ..Document::default() };
        let text = report(&Coded { document, claims, explained: Vec::new() });
        text.lines().map(|line| line.split('\t').skip(1).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn codes_take_the_older_form() {
        for (code, country, sectors, wanted) in [
            ("MLIREBJNM", Some("MLI"), &["REB"][..], "MLIREBJNM"),
            ("REB", None, &["REB"][..], "---REB"),
            ("---REB", None, &["REB"][..], "---REB"),
            ("UAF", None, &["UAF"][..], "---UAF"),
            ("IGOUNOPKO", None, &["PKO"][..], "IGOUNOPKO"),
            ("USAJRNNYT", Some("USA"), &["JRN"][..], "USAMEDNYT"),
            ("MLIMED", Some("MLI"), &["MED"][..], "MLIHLH"),
            ("UKRPREDPR", Some("UKR"), &["PRE"][..], "UKRDPR"),
            ("", None, &[][..], "---"),
        ] {
            assert_eq!(actor(&named(code, country, sectors)), wanted, "{code}");
        }
    }

    #[test]
    fn sides_are_expanded_and_what_is_mutual_is_turned() {
        let one = event(Status::Actual, false, &["NER", "MLI"], &["FRA"], Some("190"));
        assert_eq!(lines(vec![one]), ["2 20230826 NER FRA 190", "2 20230826 MLI FRA 190"]);
        let both = event(Status::Actual, true, &["NER"], &["FRA"], Some("190"));
        assert_eq!(lines(vec![both]), ["2 20230826 NER FRA 190", "2 20230826 FRA NER 190"]);
        let alone = event(Status::Intended, false, &[], &["FRA"], None);
        assert_eq!(lines(vec![alone]), ["2 20230826 --- FRA 190"]);
    }

    #[test]
    fn what_is_no_act_is_left_out() {
        let left_out =
            [Status::Negated, Status::CalledFor, Status::Possible].map(|status| event(status, false, &["NER"], &["FRA"], Some("190")));
        assert!(lines(left_out.to_vec()).is_empty());
        assert!(lines(vec![event(Status::Actual, false, &["NER"], &["FRA"], Some("010"))]).is_empty());
        let figure: Claim = serde_json::from_str(include_str!("../../tests/claim.json")).unwrap();
        assert!(lines(vec![figure]).is_empty());
    }

    #[test]
    fn every_type_has_a_root() {
        for type_ in Type::ALL.iter().filter(|type_| type_.kind() == Kind::Event) {
            assert!(CAMEO.roots.contains_key(type_.as_str()), "{type_}");
        }
    }
}
