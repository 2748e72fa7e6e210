//! Products of matrices of floats for training.
//!
//! Every element is a chain of fused multiply-adds in the order of `k`, whatever the width of the processor's registers, so that all of
//! them train the same model.

/// A matrix as a slice and the distances between its rows and its columns.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub data: &'a [f32],
    pub row: usize,
    pub column: usize,
}

impl<'a> View<'a> {
    /// Rows one after the other; `row` may be less than a row's length, so that rows overlap.
    pub fn rows(data: &'a [f32], row: usize) -> Self {
        View { data, row, column: 1 }
    }

    /// The transpose.
    pub fn turned(self) -> Self {
        View { data: self.data, row: self.column, column: self.row }
    }
}

/// `c += a · b`, where `a` is `m × k`, `b` is `k × n` with rows one after the other, and `c` is `m × n` with rows `stride` apart.
pub fn multiply_add(m: usize, n: usize, k: usize, a: View, b: &[f32], c: &mut [f32], stride: usize) {
    if m == 0 || n == 0 || k == 0 {
        return;
    }
    assert!((m - 1) * a.row + (k - 1) * a.column < a.data.len());
    assert!(k * n <= b.len() && (m - 1) * stride + n <= c.len());
    let mut done = 0;
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: the processor has AVX-512, and the assertions keep every access inside the slices.
            done = unsafe { x86::wide(m, n, k, a, b, c, stride) };
        } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            // SAFETY: as above with AVX2.
            done = unsafe { x86::narrow(m, n, k, a, b, c, stride) };
        }
    }
    for i in 0..m {
        for j in done..n {
            let mut sum = c[i * stride + j];
            for p in 0..k {
                sum = a.data[i * a.row + p * a.column].mul_add(b[p * n + j], sum);
            }
            c[i * stride + j] = sum;
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::View;
    use std::arch::x86_64::*;

    macro_rules! kernel {
        ($name:ident, $tile:ident, $features:literal, $lanes:literal, $vector:ty, $load:ident, $splat:ident, $store:ident, $fma:ident) => {
            /// Does all columns that fill a register and returns how many these are.
            ///
            /// # Safety
            /// The processor has the features; the slices are long enough (see [`super::multiply_add`]).
            #[target_feature(enable = $features)]
            pub unsafe fn $name(m: usize, n: usize, k: usize, a: View, b: &[f32], c: &mut [f32], stride: usize) -> usize {
                let full = n / $lanes * $lanes;
                let mut j = 0;
                while j < full {
                    let two = full - j >= 2 * $lanes;
                    let mut i = 0;
                    while i < m {
                        // SAFETY: rows i..i + R and columns j..j + C · lanes exist.
                        unsafe {
                            match (m - i >= 6, two) {
                                (true, true) => $tile::<6, 2>(i, j, n, k, a, b, c, stride),
                                (true, false) => $tile::<6, 1>(i, j, n, k, a, b, c, stride),
                                (false, true) => $tile::<1, 2>(i, j, n, k, a, b, c, stride),
                                (false, false) => $tile::<1, 1>(i, j, n, k, a, b, c, stride),
                            }
                        }
                        i += if m - i >= 6 { 6 } else { 1 };
                    }
                    j += if two { 2 * $lanes } else { $lanes };
                }
                full
            }

            /// # Safety
            /// As above, for rows `i..i + R` and columns `j..j + C * lanes`.
            #[target_feature(enable = $features)]
            #[inline]
            #[allow(clippy::too_many_arguments)]
            unsafe fn $tile<const R: usize, const C: usize>(
                i: usize,
                j: usize,
                n: usize,
                k: usize,
                a: View,
                b: &[f32],
                c: &mut [f32],
                stride: usize,
            ) {
                // SAFETY: the caller's promise covers all loads and stores below.
                unsafe {
                    let out = c.as_mut_ptr().add(i * stride + j);
                    let mut sums: [[$vector; C]; R] =
                        std::array::from_fn(|r| std::array::from_fn(|l| $load(out.add(r * stride + l * $lanes))));
                    for p in 0..k {
                        let row = b.as_ptr().add(p * n + j);
                        let columns: [$vector; C] = std::array::from_fn(|l| $load(row.add(l * $lanes)));
                        for r in 0..R {
                            let x = $splat(*a.data.get_unchecked((i + r) * a.row + p * a.column));
                            for l in 0..C {
                                sums[r][l] = $fma(x, columns[l], sums[r][l]);
                            }
                        }
                    }
                    for r in 0..R {
                        for l in 0..C {
                            $store(out.add(r * stride + l * $lanes), sums[r][l]);
                        }
                    }
                }
            }
        };
    }

    kernel!(wide, wide_tile, "avx512f", 16, __m512, _mm512_loadu_ps, _mm512_set1_ps, _mm512_storeu_ps, _mm512_fmadd_ps);
    kernel!(narrow, narrow_tile, "avx2,fma", 8, __m256, _mm256_loadu_ps, _mm256_set1_ps, _mm256_storeu_ps, _mm256_fmadd_ps);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_definition() {
        let (m, n, k) = (13, 53, 9);
        let a: Vec<f32> = (0..m * k).map(|i| (i % 7) as f32 - 3.0).collect();
        let b: Vec<f32> = (0..k * n).map(|i| (i % 5) as f32 * 0.5).collect();
        let mut c = vec![1.0; m * n];
        multiply_add(m, n, k, View::rows(&a, k), &b, &mut c, n);
        for i in 0..m {
            for j in 0..n {
                let sum: f32 = 1.0 + (0..k).map(|p| a[i * k + p] * b[p * n + j]).sum::<f32>();
                assert_eq!(c[i * n + j], sum);
            }
        }
    }
}
