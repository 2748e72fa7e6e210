//! Calibrates the confidence of claims on reports whose record is known: logistic regression with a ridge, judged by leaving out each report in turn.
//!
//! A claim is right where it answers a line of the record in all fields that the line names; see tests/README.md.

use crate::expect;
use crate::line::Line;
use crate::reports;
use anyhow::{Context, Result, anyhow};
use griot_coder::claims;
use griot_coder::codebook::{Confidence, Features};
use griot_types::SmolStr;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// How much a weight is drawn to zero: a feature seen in few claims tells little.
const RIDGE: f64 = 4.0;
/// Rounds of Newton's method; it settles in fewer.
const ROUNDS: usize = 30;

/// A claim of a report with a known record.
struct Judged {
    report: usize,
    features: Features,
    right: bool,
}

/// Fits the weights on the reports of `folders`, prints how reliable they are on reports that were left out, and writes them.
pub fn calibrate(line: &Line, folders: &[PathBuf], out: &Path) -> Result<()> {
    let judged = judged(line, folders)?;
    let reports = judged.iter().map(|claim| claim.report + 1).max().unwrap_or(0);
    if reports < 2 {
        return Err(anyhow!("confidence is calibrated on two reports or more; {reports} found"));
    }
    let mut told: Vec<(f64, bool)> = Vec::new();
    for left in 0..reports {
        let kept: Vec<&Judged> = judged.iter().filter(|claim| claim.report != left).collect();
        let confidence = Confidence::new(fit(&kept));
        let chances = judged.iter().filter(|claim| claim.report == left);
        told.extend(chances.filter_map(|claim| Some((confidence.of(&claim.features)?, claim.right))));
    }
    print!("{}", table(&told, reports));
    let weights = fit(&judged.iter().collect::<Vec<&Judged>>());
    fs::write(out, page(&weights, judged.len(), reports)).with_context(|| format!("cannot write {}", out.display()))
}

/// Prints how reliable the shipped confidence is on reports that it was not made from.
pub fn reliability(line: &Line, folders: &[PathBuf]) -> Result<()> {
    let judged = judged(line, folders)?;
    let confidence = &line.coder.codebook().confidence;
    let told: Vec<(f64, bool)> = judged.iter().filter_map(|claim| Some((confidence.of(&claim.features)?, claim.right))).collect();
    print!("{}", table(&told, judged.iter().map(|claim| claim.report + 1).max().unwrap_or(0)));
    Ok(())
}

fn judged(line: &Line, folders: &[PathBuf]) -> Result<Vec<Judged>> {
    let (mut judged, mut report) = (Vec::new(), 0);
    for folder in folders {
        for (name, text) in reports::markdown(folder)? {
            let stem = name.trim_end_matches(".md");
            let Some(path) = ["txt", "html"].iter().map(|e| folder.join(format!("{stem}.{e}"))).find(|p| p.exists()) else { continue };
            let (block, date) = expect::report_block(&name, &text).map_err(|e| anyhow!(e))?;
            let document = reports::document(&path, date)?;
            let sentences = line.language.read(&document);
            let reading = line.world.read(&document, &sentences);
            let scene = line.coder.scene(&document, &sentences, &reading);
            let (claims, origins): (Vec<_>, Vec<_>) = claims::with_origins(&scene).into_iter().unzip();
            let right = expect::right_claims(&block, &claims);
            judged.extend(origins.into_iter().zip(right).map(|(origin, right)| Judged { report, features: origin.features, right }));
            report += 1;
        }
    }
    Ok(judged)
}

/// Newton's method on the log-likelihood less the ridge. The bias is free.
fn fit(judged: &[&Judged]) -> BTreeMap<SmolStr, f64> {
    let mut names: Vec<SmolStr> = judged.iter().flat_map(|claim| claim.features.0.iter().map(|(name, _)| name.clone())).collect();
    names.sort();
    names.dedup();
    let at = |name: &SmolStr| names.binary_search(name).unwrap_or(0);
    let rows: Vec<(Vec<(usize, f64)>, f64)> = judged
        .iter()
        .map(|claim| (claim.features.0.iter().map(|(name, value)| (at(name), *value)).collect(), f64::from(u8::from(claim.right))))
        .collect();
    let n = names.len();
    let mut weights = vec![0.0; n];
    for _ in 0..ROUNDS {
        let mut slope: Vec<f64> = (0..n).map(|i| if names[i] == "bias" { 0.0 } else { -RIDGE * weights[i] }).collect();
        let mut curve: Vec<Vec<f64>> =
            (0..n).map(|i| (0..n).map(|j| if i == j { if names[i] == "bias" { 1e-6 } else { RIDGE } } else { 0.0 }).collect()).collect();
        for (row, right) in &rows {
            let sum: f64 = row.iter().map(|(i, value)| weights[*i] * value).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            for (i, value) in row {
                slope[*i] += (right - chance) * value;
                for (j, other) in row {
                    curve[*i][*j] += chance * (1.0 - chance) * value * other;
                }
            }
        }
        let step = solve(curve, slope);
        let most = step.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight += step);
        if most < 1e-8 {
            break;
        }
    }
    names.into_iter().zip(weights).collect()
}

/// Gauss's elimination with pivots, for a positive definite matrix.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for column in 0..n {
        let pivot = (column..n).max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs())).unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let head = matrix[column].clone();
        for row in column + 1..n {
            let factor = matrix[row][column] / head[column];
            if factor != 0.0 {
                for k in column..n {
                    matrix[row][k] -= factor * head[k];
                }
                right[row] -= factor * right[column];
            }
        }
    }
    for column in (0..n).rev() {
        let known: f64 = (column + 1..n).map(|k| matrix[column][k] * right[k]).sum();
        right[column] = (right[column] - known) / matrix[column][column];
    }
    right
}

/// How often claims of each tenth of confidence are right, and the Brier score beside that of the mean alone.
fn table(told: &[(f64, bool)], reports: usize) -> String {
    let mut out = format!("{} claims of {reports} reports\n\n| confidence | claims | mean | right |\n|---|---|---|---|\n", told.len());
    for tenth in 0..10 {
        let (from, to) = (f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0);
        let inside: Vec<&(f64, bool)> = told.iter().filter(|(chance, _)| (from..to).contains(chance)).collect();
        if inside.is_empty() {
            continue;
        }
        let count = inside.len() as f64;
        let mean = inside.iter().map(|(chance, _)| chance).sum::<f64>() / count;
        let right = inside.iter().filter(|(_, right)| *right).count() as f64 / count;
        let _ = writeln!(out, "| {from:.1}–{to:.1} | {} | {mean:.2} | {right:.2} |", inside.len());
    }
    let all = told.len().max(1) as f64;
    let share = told.iter().filter(|(_, right)| *right).count() as f64 / all;
    let brier = |chance: &dyn Fn(f64) -> f64| {
        told.iter().map(|(told, right)| (chance(*told) - f64::from(u8::from(*right))).powi(2)).sum::<f64>() / all
    };
    let _ = writeln!(out, "\nright {share:.2}; Brier score {:.3}, of the mean alone {:.3}", brier(&|told| told), brier(&|_| share));
    out
}

fn page(weights: &BTreeMap<SmolStr, f64>, claims: usize, reports: usize) -> String {
    let mut out = format!(
        "# What a claim's confidence follows from: the weights of a logistic regression, made by `griot-lab calibrate` from {claims} claims of\n\
         # {reports} reports whose record is known. The features: crates/coder/src/claims/confidence.rs.\n\n[weights]\n"
    );
    for (name, weight) in weights {
        let _ = writeln!(out, "{:?} = {weight:.4}", name.as_str());
    }
    out
}
