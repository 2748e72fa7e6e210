//! Quantities for people.

use griot_types::{Amount, Bound, Quantity};

/// 'at least 17', 'up to 20', '10 to 20', 'dozens (24 or more)', '119%', '300,000,000 USD'.
pub fn words(quantity: &Quantity) -> String {
    let say = |amount: Option<Amount>| amount.map_or_else(|| "?".to_owned(), |Amount(n)| with_unit(n, &quantity.unit));
    match quantity.relation {
        Bound::Exact => say(quantity.best),
        Bound::About => format!("about {}", say(quantity.best)),
        Bound::MoreThan => format!("at least {}", say(quantity.low)),
        Bound::LessThan => format!("at most {}", say(quantity.high)),
        Bound::Between => format!("{} to {}", grouped(quantity.low.map_or(0.0, |low| low.0)), say(quantity.high)),
        Bound::Vague => format!("{} ({} or more)", quantity.text, say(quantity.low)),
    }
}

fn with_unit(n: f64, unit: &str) -> String {
    match unit {
        "people" | "events" | "items" => grouped(n),
        "percent" => format!("{}%", grouped(n)),
        currency => format!("{} {currency}", grouped(n)),
    }
}

/// '12,000'.
fn grouped(n: f64) -> String {
    let text = n.to_string();
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_in_words() {
        for (quantity, wanted) in [
            (Quantity::of("17", 17.0, Bound::Exact, "people"), "17"),
            (Quantity::of("some 12,000", 12000.0, Bound::About, "people"), "about 12,000"),
            (Quantity::of("more than 300", 300.0, Bound::MoreThan, "people"), "at least 300"),
            (Quantity::of("nearly 1,000", 1000.0, Bound::LessThan, "items"), "at most 1,000"),
            (Quantity::between("10-20", 10.0, 20.0, "people"), "10 to 20"),
            (Quantity::of("dozens", 24.0, Bound::Vague, "people"), "dozens (24 or more)"),
            (Quantity::of("2.5%", 2.5, Bound::Exact, "percent"), "2.5%"),
            (Quantity::of("$300m", 3e8, Bound::Exact, "USD"), "300,000,000 USD"),
        ] {
            assert_eq!(words(&quantity), wanted);
        }
    }
}
