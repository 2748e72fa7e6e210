//! The ratio of two rates.
//!
//! Counts of a window's pieces are taken as Poisson where their spread allows it, else as negative binomial. Whether it does is asked of the index of
//! dispersion within the windows, Σ(x−x̄)²/x̄, which is χ² under Poisson (Fisher 1950, Biometrics 6:17). The negative binomial's dispersion α (variance
//! μ+αμ²) is the one of greatest likelihood with each window's own mean; the interval of the log ratio is Wald's from the expected information,
//! (1/μ₁+α)/n₁+(1/μ₀+α)/n₀ (Hilbe 2011, Negative Binomial Regression).

use griot_types::Date;
use serde::Serialize;
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};
use statrs::function::gamma::ln_gamma;

/// What the counts are taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Model {
    /// Variance and mean are one.
    #[serde(rename = "Poisson")]
    Poisson,
    /// The variance is greater.
    #[serde(rename = "negative binomial")]
    NegativeBinomial,
}

/// A stretch of time with its pieces' counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Window {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// How many whole pieces lie in it.
    pub pieces: usize,
    /// What was counted in them.
    pub total: f64,
    /// For each piece.
    pub rate: f64,
}

/// The later window against the earlier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The earlier.
    pub before: Window,
    /// The later.
    pub after: Window,
    /// Rate of the later over that of the earlier; `None` where the earlier has none.
    pub ratio: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// The chance of such a difference or a greater one if the rates were the same.
    pub p: Option<f64>,
    /// The model.
    pub model: Model,
    /// The index of dispersion, its degrees of freedom, and the chance of such a spread under Poisson; `None` with fewer than two pieces a window.
    pub dispersion: Option<(f64, u32, f64)>,
    /// The negative binomial's α.
    pub alpha: Option<f64>,
    /// Why this model, in words.
    pub why: String,
}

/// A spread that Poisson gives less often than this is too much for it.
const TOO_WIDE: f64 = 0.05;

/// The later window's rate against the earlier's. `before` and `after` hold what was counted in each whole piece.
pub fn compare(earlier: (Date, Date), before: &[f64], later: (Date, Date), after: &[f64]) -> Comparison {
    let window = |(from, to): (Date, Date), counts: &[f64]| Window {
        from,
        to,
        pieces: counts.len(),
        total: counts.iter().sum(),
        rate: if counts.is_empty() { 0.0 } else { counts.iter().sum::<f64>() / counts.len() as f64 },
    };
    let (before_window, after_window) = (window(earlier, before), window(later, after));
    let dispersion = dispersion(&[before, after]);
    let wide = dispersion.is_some_and(|(_, _, p)| p < TOO_WIDE);
    let (m0, m1) = (before_window.rate, after_window.rate);
    let alpha = wide.then(|| alpha(&[(before, m0), (after, m1)]));
    let ratio = (m0 > 0.0 && !after.is_empty()).then(|| m1 / m0);
    // A window without any count has no logarithm: half an event is added to each, as is usual for empty cells.
    let add = if m0 > 0.0 && m1 > 0.0 { 0.0 } else { 0.5 };
    let (n0, n1) = (before.len() as f64, after.len() as f64);
    let mean = |total: f64, n: f64| (total + add) / n;
    let (mean0, mean1) = (mean(before_window.total, n0), mean(after_window.total, n1));
    let a = alpha.unwrap_or(0.0);
    let deviation = ((1.0 / mean1 + a) / n1 + (1.0 / mean0 + a) / n0).sqrt();
    let known = n0 > 0.0 && n1 > 0.0 && (before_window.total + after_window.total) > 0.0 && deviation.is_finite();
    let log = (mean1 / mean0).ln();
    let normal = Normal::standard();
    let reach = normal.inverse_cdf(0.975) * deviation;
    let why = match (dispersion, wide) {
        (None, _) => "Poisson: with one piece a window their spread cannot be seen, and the interval may be too narrow".to_owned(),
        (Some((d, df, p)), false) => {
            format!("Poisson: the counts spread as Poisson's do (index of dispersion {d:.1} on {df} degrees of freedom, p {p:.2})")
        }
        (Some((d, df, p)), true) => {
            format!(
                "negative binomial: the counts spread wider than Poisson's (index of dispersion {d:.1} on {df} degrees of freedom, p {})",
                small(p)
            )
        }
    };
    Comparison {
        ratio,
        interval: known.then(|| ((log - reach).exp(), (log + reach).exp())),
        p: known.then(|| 2.0 * (1.0 - normal.cdf((log / deviation).abs()))),
        model: if wide { Model::NegativeBinomial } else { Model::Poisson },
        dispersion,
        alpha,
        why,
        before: before_window,
        after: after_window,
    }
}

fn small(p: f64) -> String {
    if p < 0.001 { "below .001".to_owned() } else { format!("{p:.3}") }
}

/// The index of dispersion within windows, its degrees of freedom and χ²'s upper tail.
fn dispersion(windows: &[&[f64]]) -> Option<(f64, u32, f64)> {
    let (mut index, mut freedom) = (0.0, 0);
    for counts in windows {
        let mean = counts.iter().sum::<f64>() / counts.len().max(1) as f64;
        if mean > 0.0 {
            index += counts.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / mean;
            freedom += counts.len() as u32 - 1;
        }
    }
    let chi = ChiSquared::new(f64::from(freedom)).ok().filter(|_| freedom > 0)?;
    Some((index, freedom, chi.sf(index)))
}

/// The α of greatest likelihood, each window with its own mean.
fn alpha(windows: &[(&[f64], f64)]) -> f64 {
    let likelihood = |log_alpha: f64| -> f64 {
        let size = (-log_alpha).exp();
        let of = |x: f64, mean: f64| {
            ln_gamma(x + size) - ln_gamma(size) - ln_gamma(x + 1.0) + size * (size / (size + mean)).ln() + x * (mean / (size + mean)).ln()
        };
        windows.iter().filter(|(_, mean)| *mean > 0.0).map(|(counts, mean)| counts.iter().map(|&x| of(x, *mean)).sum::<f64>()).sum()
    };
    // The likelihood has one top over log α; golden sections close in on it.
    let golden = (5f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (-14.0, 6.0);
    for _ in 0..90 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if likelihood(a) < likelihood(b) { low = a } else { high = b }
    }
    ((low + high) / 2.0).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days() -> ((Date, Date), (Date, Date)) {
        let day = |y| (Date::constant(y, 1, 1), Date::constant(y, 12, 31));
        (day(2022), day(2023))
    }

    fn near(a: f64, b: f64, off: f64) {
        assert!((a - b).abs() <= off, "{a} is not {b}");
    }

    /// Expected values from statsmodels 0.14: GLM(y, X, families.Poisson()) and NegativeBinomial(y, X), whose interval from the observed information
    /// agrees with this one to the sixth digit.
    #[test]
    fn ratios_are_those_of_statsmodels() {
        let (before, after) = days();
        let calm =
            compare(before, &[3., 5., 4., 6., 2., 5., 3., 4., 7., 4., 5., 6.], after, &[8., 6., 9., 7., 5., 10., 8., 7., 9., 6., 8., 7.]);
        assert_eq!(calm.model, Model::Poisson);
        let (d, df, p) = calm.dispersion.unwrap();
        near(d, 8.177_777_8, 1e-6);
        assert_eq!(df, 22);
        near(p, 0.996_657_4, 1e-6);
        near(calm.ratio.unwrap(), 1.666_666_7, 1e-6);
        let (low, high) = calm.interval.unwrap();
        near(low, 1.189_403_5, 1e-5);
        near(high, 2.335_437_7, 1e-5);
        near(calm.p.unwrap(), 0.003_001_1, 1e-6);

        let wild = compare(
            before,
            &[3., 0., 14., 2., 25., 1., 7., 0., 4., 30., 2., 6.],
            after,
            &[12., 40., 3., 22., 9., 61., 5., 18., 2., 33., 27., 8.],
        );
        assert_eq!(wild.model, Model::NegativeBinomial);
        near(wild.alpha.unwrap(), 1.023_595_9, 1e-5);
        near(wild.ratio.unwrap(), 2.553_191_5, 1e-6);
        let (low, high) = wild.interval.unwrap();
        near(low, 1.097_913, 1e-5);
        near(high, 5.937_434_5, 1e-4);
        near(wild.p.unwrap(), 0.029_487_8, 1e-5);
    }

    #[test]
    fn what_is_empty_or_alone_says_so() {
        let (before, after) = days();
        let none = compare(before, &[0., 0.], after, &[0., 0.]);
        assert_eq!((none.ratio, none.interval, none.p), (None, None, None));
        let new = compare(before, &[0., 0., 0.], after, &[4., 5., 6.]);
        assert_eq!(new.ratio, None);
        assert!(new.interval.unwrap().0 > 1.0);
        let alone = compare(before, &[4.], after, &[9.]);
        assert_eq!(alone.dispersion, None);
        assert!(alone.why.contains("cannot be seen"));
    }
}
