//! The one hot loop: 7-bit activations times 8-bit weights, summed in 32 bits.
//!
//! Activations are `0..=127` and weights `-127..=127`, so the sum of two neighbouring products fits 16 bits and no instruction set
//! saturates: AVX-512 VNNI, AVX2 and plain code give the same sums and therefore the same trees.
//!
//! Weights are packed as `[k / 4][n][4]`: four inputs of one output lie together (what the dot-product instructions want), and
//! neighbouring outputs follow each other (so that no sum across a register is ever needed).

/// A matrix of 8-bit weights, `k` inputs by `n` outputs. `k` is a multiple of 4 and `n` of 16.
#[derive(Clone, Copy, Debug)]
pub struct Packed<'m> {
    /// Inputs.
    pub k: usize,
    /// Outputs.
    pub n: usize,
    /// `[k / 4][n][4]`.
    pub weights: &'m [i8],
}

/// Outputs are padded to a multiple of this.
pub const LANES: usize = 16;

/// For each of `rows` rows: `out[r][j] = Σ_i a[r * stride + i] · w[i][j]`. Rows may overlap (`stride < k`), which is how a window over
/// neighbouring tokens is read without copying it.
///
/// # Panics
/// If `a` or `out` is too short.
pub fn multiply(a: &[u8], stride: usize, rows: usize, w: Packed, out: &mut [i32]) {
    assert_eq!(w.weights.len(), w.k * w.n);
    assert!(w.k.is_multiple_of(4) && w.n.is_multiple_of(LANES));
    assert!(rows == 0 || (rows - 1) * stride + w.k <= a.len());
    assert!(rows * w.n <= out.len());
    match instructions() {
        Instructions::Plain => multiply_plain(a, stride, rows, w, out),
        // SAFETY: the processor has the features, and the assertions above keep every access inside the slices.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx2 => unsafe { x86::multiply_avx2(a, stride, rows, w, out) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Instructions::Vnni => unsafe { x86::multiply_vnni(a, stride, rows, w, out) },
    }
}

/// The instruction sets that there is code for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instructions {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

#[cfg(test)]
thread_local! {
    /// What a test wants used, of what the processor has.
    pub(crate) static ONLY: std::cell::Cell<Option<Instructions>> = const { std::cell::Cell::new(None) };
}

/// The best that this processor has.
fn instructions() -> Instructions {
    #[cfg(test)]
    if let Some(only) = ONLY.get() {
        return only;
    }
    available()[0]
}

/// All that this processor has, the best first.
fn available() -> &'static [Instructions] {
    #[cfg(target_arch = "x86_64")]
    {
        use Instructions::{Avx2, Plain, Vnni};
        if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512f") {
            return &[Vnni, Avx2, Plain];
        }
        if is_x86_feature_detected!("avx2") {
            return &[Avx2, Plain];
        }
    }
    &[Instructions::Plain]
}

/// Adds up `rows` one element at a time in their order, on top of what `out` holds. An empty row adds nothing.
pub fn add_rows<T: Copy + std::ops::AddAssign>(rows: &[&[T]], out: &mut [T]) {
    match instructions() {
        Instructions::Plain => add_rows_plain(rows, out),
        // SAFETY: the processor has AVX2, which AVX-512 includes; the code inside is safe.
        #[cfg(target_arch = "x86_64")]
        _ => unsafe { add_rows_avx2(rows, out) },
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn add_rows_avx2<T: Copy + std::ops::AddAssign>(rows: &[&[T]], out: &mut [T]) {
    add_rows_plain(rows, out);
}

/// Inlined into its callers, so that each compiles it for its own instructions.
#[inline(always)]
fn add_rows_plain<T: Copy + std::ops::AddAssign>(rows: &[&[T]], out: &mut [T]) {
    for row in rows {
        for (sum, &add) in out.iter_mut().zip(*row) {
            *sum += add;
        }
    }
}

/// [`multiply`] in plain code, for every processor.
fn multiply_plain(a: &[u8], stride: usize, rows: usize, w: Packed, out: &mut [i32]) {
    for r in 0..rows {
        let row = &a[r * stride..r * stride + w.k];
        for j in (0..w.n).step_by(LANES) {
            let mut sums = [0i32; LANES];
            for (quad, i) in row.chunks_exact(4).zip(0..) {
                let block = &w.weights[(i * w.n + j) * 4..(i * w.n + j + LANES) * 4];
                for (sum, four) in sums.iter_mut().zip(block.chunks_exact(4)) {
                    for t in 0..4 {
                        *sum += i32::from(quad[t]) * i32::from(four[t]);
                    }
                }
            }
            out[r * w.n + j..r * w.n + j + LANES].copy_from_slice(&sums);
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Packed;
    use std::arch::x86_64::*;

    /// As many weights as one line of the cache holds.
    #[derive(Clone, Copy)]
    #[repr(C, align(64))]
    struct Line([i8; 64]);

    /// From this many rows on, the weights of a tile's outputs are copied side by side first: read in strides they push each other out of
    /// the nearest cache, and every tile would wait for them again.
    const MANY: usize = 16;

    /// Copies the weights of `outputs` outputs from `j` on, a multiple of 16 of them.
    fn panel(w: &Packed, j: usize, outputs: usize, lines: &mut Vec<Line>) {
        lines.clear();
        for i in 0..w.k / 4 {
            let weights = &w.weights[(i * w.n + j) * 4..][..outputs * 4];
            lines.extend(weights.as_chunks::<64>().0.iter().map(|&line| Line(line)));
        }
    }

    /// The kernel for one instruction set, in a macro because the two differ in every type. A tile is `R` rows by `C` registers of outputs.
    macro_rules! kernel {
        ($name:ident, $tile:ident, $features:literal, $lanes:literal, $vector:ty, $zero:ident, $load:ident, $splat:ident, $store:ident, $dot:expr) => {
            /// # Safety
            /// The processor has the features; `a`, `w.weights` and `out` are long enough (see [`super::multiply`]).
            #[target_feature(enable = $features)]
            pub unsafe fn $name(a: &[u8], stride: usize, rows: usize, w: Packed, out: &mut [i32]) {
                let mut lines = Vec::new();
                let mut j = 0;
                while j < w.n {
                    let columns = match (w.n - j) / $lanes {
                        // One row alone waits for its own sums, so more of them are run side by side.
                        6.. if rows < 4 => 6,
                        2.. => 2,
                        _ => 1,
                    };
                    let (weights, step) = if rows >= MANY {
                        panel(&w, j, columns * $lanes, &mut lines);
                        (lines.as_ptr().cast::<i8>(), columns * $lanes * 4)
                    } else {
                        (w.weights[j * 4..].as_ptr(), w.n * 4)
                    };
                    let mut r = 0;
                    while r < rows {
                        // SAFETY: rows r..r + R and outputs up to j + C · lanes exist.
                        r += unsafe {
                            match (rows - r, columns) {
                                (4.., 2) => $tile::<4, 2>(a, stride, r, j, w, weights, step, out),
                                (4.., 1) => $tile::<4, 1>(a, stride, r, j, w, weights, step, out),
                                (_, 6) => $tile::<1, 6>(a, stride, r, j, w, weights, step, out),
                                (_, 2) => $tile::<1, 2>(a, stride, r, j, w, weights, step, out),
                                _ => $tile::<1, 1>(a, stride, r, j, w, weights, step, out),
                            }
                        };
                    }
                    j += columns * $lanes;
                }
            }

            /// # Safety
            /// As above, for rows `r..r + R` and outputs `j..j + C * lanes`, whose weights for each four inputs stand `step` bytes apart from
            /// `weights` on. Returns `R`.
            #[target_feature(enable = $features)]
            #[inline]
            #[allow(clippy::too_many_arguments, clippy::needless_range_loop)]
            unsafe fn $tile<const R: usize, const C: usize>(
                a: &[u8],
                stride: usize,
                r: usize,
                j: usize,
                w: Packed,
                weights: *const i8,
                step: usize,
                out: &mut [i32],
            ) -> usize {
                // Plain indices: an iterator's own functions lack the features, and where they are not inlined they cost more than the sums.
                let mut sums: [[$vector; C]; R] = [[$zero(); C]; R];
                let mut i = 0;
                while i < w.k / 4 {
                    let mut columns = [$zero(); C];
                    let mut c = 0;
                    while c < C {
                        // SAFETY: inside the weights, since i < k / 4 and the tile's C · lanes outputs stand side by side.
                        columns[c] = unsafe { $load(weights.add(i * step + c * $lanes * 4).cast()) };
                        c += 1;
                    }
                    let mut row = 0;
                    while row < R {
                        // SAFETY: four bytes of row r + row, whose k bytes lie inside `a`.
                        let quad = $splat(unsafe { a.as_ptr().add((r + row) * stride + i * 4).cast::<i32>().read_unaligned() });
                        let mut c = 0;
                        while c < C {
                            sums[row][c] = $dot(sums[row][c], quad, columns[c]);
                            c += 1;
                        }
                        row += 1;
                    }
                    i += 1;
                }
                let mut row = 0;
                while row < R {
                    let mut c = 0;
                    while c < C {
                        // SAFETY: inside `out`, which holds all rows.
                        unsafe { $store(out.as_mut_ptr().add((r + row) * w.n + j + c * $lanes).cast(), sums[row][c]) };
                        c += 1;
                    }
                    row += 1;
                }
                R
            }
        };
    }

    kernel!(
        multiply_vnni,
        tile_vnni,
        "avx512f,avx512vnni",
        16,
        __m512i,
        _mm512_setzero_si512,
        _mm512_loadu_si512,
        _mm512_set1_epi32,
        _mm512_storeu_si512,
        |sum, quad, column| _mm512_dpbusd_epi32(sum, quad, column)
    );

    kernel!(
        multiply_avx2,
        tile_avx2,
        "avx2",
        8,
        __m256i,
        _mm256_setzero_si256,
        _mm256_loadu_si256,
        _mm256_set1_epi32,
        _mm256_storeu_si256,
        |sum, quad, column| {
            // Pairs fit 16 bits because activations stop at 127; the second step adds the two pairs of an output.
            let pairs = _mm256_maddubs_epi16(quad, column);
            _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
        }
    );
}

/// Packs `weights[i][j]` (`k` rows of `n`), padding `k` to a multiple of 4 and `n` of [`LANES`] with zeros.
#[cfg(any(feature = "train", test))]
pub fn pack(weights: &[i8], k: usize, n: usize) -> Vec<i8> {
    let (wide_k, wide_n) = (k.next_multiple_of(4), n.next_multiple_of(LANES));
    let mut packed = vec![0; wide_k * wide_n];
    for i in 0..k {
        for j in 0..n {
            packed[((i / 4) * wide_n + j) * 4 + i % 4] = weights[i * n + j];
        }
    }
    packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use griot_types::{Block, BlockKind, Document, Span};

    /// Every path gives the sums of the definition, for odd numbers of rows and overlapping rows.
    #[test]
    fn all_paths_agree() {
        let (k, n, rows, stride) = (44, 48, 23, 12);
        let mut seed = 1u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed >> 16
        };
        let weights: Vec<i8> = (0..k * n).map(|_| (next() % 255) as i8).map(|w| w.max(-127)).collect();
        let a: Vec<u8> = (0..stride * rows + k).map(|_| (next() % 128) as u8).collect();
        let packed = pack(&weights, k, n);
        let w = Packed { k, n, weights: &packed };
        let mut expected = vec![0; rows * n];
        for r in 0..rows {
            for j in 0..n {
                expected[r * n + j] = (0..k).map(|i| i32::from(a[r * stride + i]) * i32::from(weights[i * n + j])).sum();
            }
        }
        for &instructions in available() {
            ONLY.set(Some(instructions));
            for rows in [1, 3, 7, rows] {
                let mut out = vec![0; rows * n];
                multiply(&a, stride, rows, w, &mut out);
                assert_eq!(out, expected[..rows * n], "{instructions:?}, {rows} rows");
            }
        }
    }

    /// The same trees, tags and names, down to the last bit of a score.
    #[test]
    fn all_instructions_read_the_same() {
        let text = include_str!("../tests/dispatches.txt");
        let block = Block { span: Span::new(0, text.len() as u32), kind: BlockKind::Paragraph };
        let document = Document { text: text.to_owned(), blocks: vec![block], ..Document::default() };
        let language = Language::shipped();
        let read: Vec<_> = available()
            .iter()
            .map(|&instructions| {
                ONLY.set(Some(instructions));
                language.read(&document)
            })
            .collect();
        assert!(read[0].len() > 100 && read.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
