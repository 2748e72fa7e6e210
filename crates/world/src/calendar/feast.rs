//! Holidays that move: the day of a feast in a year.

use super::resolve::date;
use griot_types::Date;
use jiff::ToSpan;

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// Month and day of the common calendar.
    Fixed(u8, u8),
    /// Days from the Easter of the Western churches.
    Easter(i16),
    /// Days from the Easter of the Orthodox churches.
    Orthodox(i16),
    /// Month and days, first to last, of the Islamic year.
    Islamic(u8, u8, u8),
    /// One day of history that goes by a name.
    Once(i16, u8, u8),
}

impl Feast {
    /// Reads '12-25', 'easter-2', 'orthodox+0', 'islamic 10-01', 'islamic 09-01..30' or '2001-09-11'.
    pub fn read(text: &str) -> Option<Feast> {
        if let Some(days) = text.strip_prefix("easter") {
            return days.parse().ok().map(Feast::Easter);
        }
        if let Some(days) = text.strip_prefix("orthodox") {
            return days.parse().ok().map(Feast::Orthodox);
        }
        if let Ok(day) = text.parse::<Date>() {
            return Some(Feast::Once(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?));
        }
        let islamic = text.strip_prefix("islamic ");
        let (month, days) = islamic.unwrap_or(text).split_once('-')?;
        let (first, last) = days.split_once("..").unwrap_or((days, days));
        let (month, first, last): (u8, u8, u8) = (month.parse().ok()?, first.parse().ok()?, last.parse().ok()?);
        match islamic {
            Some(_) => ((1..=12).contains(&month) && (1..=30).contains(&first) && first <= last && last <= 30)
                .then_some(Feast::Islamic(month, first, last)),
            None => date(2000, month, first).filter(|_| first == last).map(|_| Feast::Fixed(month, first)),
        }
    }

    /// Its first and last day in a year of the common calendar; the first of two where an Islamic feast comes twice in it.
    pub fn days(self, year: i16) -> Option<(Date, Date)> {
        let one = |day: Date| Some((day, day));
        match self {
            Feast::Fixed(month, day) => one(date(year, month, day)?),
            Feast::Once(year, month, day) => one(date(year, month, day)?),
            Feast::Easter(days) => one(easter(year)?.checked_add(days.days()).ok()?),
            Feast::Orthodox(days) => one(orthodox_easter(year)?.checked_add(days.days()).ok()?),
            Feast::Islamic(month, first, last) => {
                let islamic = i32::from(year) - 622 + (i32::from(year) - 622) / 32;
                (islamic - 1..=islamic + 2).find_map(|islamic| {
                    let start = islamic_day(islamic, month, first)?;
                    let end = islamic_day(islamic, month, last)?;
                    (start.year() == year).then_some((start, end))
                })
            }
        }
    }
}

/// Easter Sunday by the Gregorian reckoning (the anonymous algorithm of Nature, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let h = (19 * a + b - d - (b - f + 1) / 3 + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    date(year as i16, (sum / 31) as u8, (sum % 31 + 1) as u8)
}

/// Easter Sunday by the Julian reckoning, on the common calendar (Meeus, Astronomical Algorithms, chapter 8). The calendars are thirteen
/// days apart from 1900 to 2099.
fn orthodox_easter(year: i16) -> Option<Date> {
    let number = i32::from(year);
    let d = (19 * (number % 19) + 15) % 30;
    let e = (2 * (number % 4) + 4 * (number % 7) - d + 34) % 7;
    let sum = d + e + 114;
    date(year, (sum / 31) as u8, (sum % 31 + 1) as u8)?.checked_add(13.days()).ok()
}

/// A day of the Islamic calendar as tables reckon it (civil epoch, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty): within a
/// day or two of the day that is announced when the moon is seen.
fn islamic_day(year: i32, month: u8, day: u8) -> Option<Date> {
    let months = 29 * i32::from(month - 1) + i32::from(month) / 2;
    let days = (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + months + i32::from(day) - 1;
    date(622, 7, 19)?.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::{Feast, date};

    #[test]
    fn feasts_fall_where_calendars_print_them() {
        let day = |rule: &str, year: i16| Feast::read(rule).and_then(|feast| feast.days(year)).map(|(first, _)| first);
        for (rule, year, month, wanted) in [
            ("easter+0", 2024, 3, 31),
            ("easter+0", 2023, 4, 9),
            ("easter-2", 2022, 4, 15),
            ("orthodox+0", 2024, 5, 5),
            ("orthodox+0", 2022, 4, 24),
            ("12-25", 2020, 12, 25),
        ] {
            assert_eq!(day(rule, year), date(year, month, wanted), "{rule} {year}");
        }
        // Announced days: 10 April 2024 and 21 April 2023 (the end of the fast), 16 June 2024 (the feast of sacrifice).
        for (rule, year, month, wanted) in [("islamic 10-01", 2024, 4, 10), ("islamic 10-01", 2023, 4, 21), ("islamic 12-10", 2024, 6, 16)]
        {
            let off = day(rule, year).zip(date(year, month, wanted)).map(|(a, b)| (a - b).get_days().abs());
            assert!(off.is_some_and(|off| off <= 1), "{rule} {year}: {:?}", day(rule, year));
        }
        assert_eq!(Feast::read("13-01"), None);
        assert_eq!(Feast::read("islamic 09-01..31"), None);
    }
}
