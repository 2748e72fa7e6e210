//! Trained parameters and Adam (Kingma & Ba 2015).

use griot_lab::random::Random;

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.98;

/// A matrix of parameters with its gradient and Adam's two moments, rows one after the other.
#[derive(Clone, Debug)]
pub struct Param {
    /// Values.
    pub w: Vec<f32>,
    /// Gradient of the present batch.
    pub g: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    /// Length of a row.
    pub columns: usize,
    /// For tables of which a batch uses few rows: those that have a gradient.
    touched: Option<Vec<u32>>,
}

impl Param {
    /// Uniform in `±bound`.
    pub fn new(rows: usize, columns: usize, bound: f32, random: &mut Random) -> Param {
        let w: Vec<f32> = (0..rows * columns).map(|_| (random.unit() * 2.0 - 1.0) * bound).collect();
        let zeros = vec![0.0; w.len()];
        Param { g: zeros.clone(), first: zeros.clone(), second: zeros, w, columns, touched: None }
    }

    /// The usual start of a layer of `rows` inputs (He et al. 2015).
    pub fn layer(rows: usize, columns: usize, random: &mut Random) -> Param {
        Param::new(rows, columns, (3.0 / rows as f32).sqrt(), random)
    }

    /// A table of which a batch uses few rows.
    pub fn table(rows: usize, columns: usize, random: &mut Random) -> Param {
        Param { touched: Some(Vec::new()), ..Param::new(rows, columns, 0.1, random) }
    }

    /// Row `row`.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.w[row * self.columns..(row + 1) * self.columns]
    }

    /// Adds to the gradient of row `row`.
    pub fn add(&mut self, row: usize, gradient: &[f32]) {
        if let Some(touched) = &mut self.touched {
            touched.push(row as u32);
        }
        for (g, &d) in self.g[row * self.columns..(row + 1) * self.columns].iter_mut().zip(gradient) {
            *g += d;
        }
    }

    /// One step against the gradient, which is then zero. `step` counts from 1. Rows without a gradient stay as they are.
    pub fn step(&mut self, rate: f32, step: i32) {
        let rate = rate * (1.0 - BETA2.powi(step)).sqrt() / (1.0 - BETA1.powi(step));
        match self.touched.take() {
            None => self.range(0, self.w.len(), rate),
            Some(mut touched) => {
                touched.sort_unstable();
                touched.dedup();
                for &row in &touched {
                    self.range(row as usize * self.columns, (row as usize + 1) * self.columns, rate);
                }
                touched.clear();
                self.touched = Some(touched);
            }
        }
    }

    fn range(&mut self, from: usize, to: usize, rate: f32) {
        let moments = self.first[from..to].iter_mut().zip(&mut self.second[from..to]);
        for ((w, g), (first, second)) in self.w[from..to].iter_mut().zip(&mut self.g[from..to]).zip(moments) {
            *first = BETA1 * *first + (1.0 - BETA1) * *g;
            *second = BETA2 * *second + (1.0 - BETA2) * *g * *g;
            *w -= rate * *first / (second.sqrt() + 1e-6);
            *g = 0.0;
        }
    }
}
