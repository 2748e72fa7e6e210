//! One country's codes in the data sets that name countries (`codebook/countries.csv`, which says where they are from).

use griot_record::merge::fold;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Whose codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// ISO 3166-1 alpha-3.
    Alpha3,
    /// ISO 3166-1 numeric, the UN's M49.
    M49,
    /// FIPS 10-4: NG is Niger.
    Fips,
    /// Gleditsch and Ward's numbers, UCDP's `country_id`.
    Gw,
    /// Correlates of War.
    Cow,
    /// ViEWS.
    Views,
    /// A name.
    Name,
}

/// The codes of one country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// ISO 3166-1 alpha-3.
    pub alpha3: String,
    /// ISO 3166-1 alpha-2.
    pub alpha2: String,
    /// ISO 3166-1 numeric, three digits.
    pub m49: String,
    /// FIPS 10-4.
    pub fips: String,
    /// Gleditsch-Ward.
    pub gw: String,
    /// Correlates of War.
    pub cow: String,
    /// ViEWS.
    pub views: String,
    /// The name.
    pub name: String,
}

/// Names that the data sets write and the table does not.
const NAMES: [(&str, &str); 26] = [
    ("DR Congo (Zaire)", "COD"),
    ("DR Congo", "COD"),
    ("Democratic Republic of Congo", "COD"),
    ("Congo", "COG"),
    ("Republic of Congo", "COG"),
    ("Ivory Coast", "CIV"),
    ("Cote d'Ivoire", "CIV"),
    ("Bosnia-Herzegovina", "BIH"),
    ("Macedonia, FYR", "MKD"),
    ("North Macedonia", "MKD"),
    ("Kingdom of eSwatini (Swaziland)", "SWZ"),
    ("eSwatini", "SWZ"),
    ("Madagascar (Malagasy)", "MDG"),
    ("Myanmar (Burma)", "MMR"),
    ("Russia (Soviet Union)", "RUS"),
    ("Serbia (Yugoslavia)", "SRB"),
    ("Yemen (North Yemen)", "YEM"),
    ("Zimbabwe (Rhodesia)", "ZWE"),
    ("Cambodia (Kampuchea)", "KHM"),
    ("United States of America", "USA"),
    ("East Timor", "TLS"),
    ("Iran (Islamic Republic of)", "IRN"),
    ("Syrian Arab Republic", "SYR"),
    ("United Republic of Tanzania", "TZA"),
    ("Occupied Palestinian Territory", "PSE"),
    ("Republic of South Sudan", "SSD"),
];

struct Book {
    all: Vec<Codes>,
    by: FxHashMap<(u8, String), usize>,
}

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("../../../codebook/countries.csv").as_bytes());
    let mut book = Book { all: Vec::new(), by: FxHashMap::default() };
    for row in reader.records().filter_map(Result::ok) {
        let at = |i: usize| row.get(i).unwrap_or_default().to_owned();
        let codes = Codes { alpha3: at(0), alpha2: at(1), m49: at(2), fips: at(3), gw: at(4), cow: at(5), views: at(6), name: at(7) };
        let n = book.all.len();
        let number = |words: &str| words.trim_start_matches('0').to_owned();
        for (scheme, code) in [
            (Scheme::Alpha3, codes.alpha3.clone()),
            (Scheme::M49, number(&codes.m49)),
            (Scheme::Fips, codes.fips.clone()),
            (Scheme::Gw, codes.gw.clone()),
            (Scheme::Cow, codes.cow.clone()),
            (Scheme::Views, codes.views.clone()),
            (Scheme::Name, fold(&codes.name)),
        ] {
            if !code.is_empty() {
                book.by.entry((scheme as u8, code)).or_insert(n);
            }
        }
        book.all.push(codes);
    }
    for (name, alpha3) in NAMES {
        if let Some(&n) = book.by.get(&(Scheme::Alpha3 as u8, alpha3.to_owned())) {
            book.by.insert((Scheme::Name as u8, fold(name)), n);
        }
    }
    // The West Bank has a FIPS code of its own beside Gaza's.
    if let Some(&n) = book.by.get(&(Scheme::Alpha3 as u8, "PSE".to_owned())) {
        book.by.insert((Scheme::Fips as u8, "WE".to_owned()), n);
    }
    book
});

/// The country that `code` means under `scheme`. Numbers may be written with leading zeros or as `250.0`.
pub fn find(scheme: Scheme, code: &str) -> Option<&'static Codes> {
    let code = code.trim();
    let key = match scheme {
        Scheme::Name => fold(code),
        Scheme::Alpha3 | Scheme::Fips => code.to_uppercase(),
        _ => code.strip_suffix(".0").unwrap_or(code).trim_start_matches('0').to_owned(),
    };
    BOOK.by.get(&(scheme as u8, key)).map(|&n| &BOOK.all[n])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_taken_for_one_of_another_scheme() {
        let name = |scheme, code| find(scheme, code).map(|codes| codes.name.as_str());
        assert_eq!(name(Scheme::Fips, "NG"), Some("Niger"));
        assert_eq!(name(Scheme::Fips, "NI"), Some("Nigeria"));
        assert_eq!(name(Scheme::Fips, "UV"), Some("Burkina Faso"));
        assert_eq!(name(Scheme::M49, "250.0"), Some("France"));
        assert_eq!(name(Scheme::M49, "004"), Some("Afghanistan"));
        assert_eq!(name(Scheme::Gw, "432"), Some("Mali"));
        assert_eq!(name(Scheme::Views, "50"), Some("Mali"));
        assert_eq!(name(Scheme::Views, "214"), Some("Chad"));
        assert_eq!(name(Scheme::Name, "Yemen (North Yemen)"), Some("Yemen"));
        assert_eq!(name(Scheme::Name, "burkina faso"), Some("Burkina Faso"));
        assert_eq!(name(Scheme::Cow, "679"), Some("Yemen"));
        assert_eq!(name(Scheme::Gw, "679"), None);
        assert_eq!(name(Scheme::Name, "Atlantis"), None);
    }

    #[test]
    fn every_code_stands_for_one_country() {
        let mut seen = std::collections::BTreeMap::new();
        for codes in &BOOK.all {
            for (scheme, code) in
                [("fips", &codes.fips), ("gw", &codes.gw), ("views", &codes.views), ("m49", &codes.m49), ("alpha2", &codes.alpha2)]
            {
                if !code.is_empty() {
                    assert_eq!(seen.insert((scheme, code.clone()), codes.alpha3.clone()), None, "{scheme} {code}");
                }
            }
        }
        assert!(seen.len() > 900);
    }
}
