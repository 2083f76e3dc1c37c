//! The dense math core: plain functions on matrices, each with its formula, shapes and source.
//!
//! Positions are rows. Everything is `f64`, never rounded. Sums are added from left to right, so that the numbers of
//! a lesson are the same on every machine. Shapes are proved by [`crate::graph`] before anything here is called; a
//! wrong shape is a bug and panics.

mod activation;
mod choice;
mod components;
mod dropout;
mod measures;
mod norm;
mod positions;

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

pub use activation::{GELU_CUBIC, gelu, gelu_tanh, relu, sigmoid, silu};
pub use choice::{among_most, cross_entropy, drawn, largest, mean_of_rows, reaching_share, uniform_of_seed};
pub use components::principal_components;
pub use dropout::{dropout, keeps};
pub use measures::{
    cosine, distance, distances, entropy, first_largest, first_smallest, logarithm_of_share, mean,
    mean_square, norm, smaller, unit_rows, variance,
};
pub use norm::{layer_norm, mean_variance, rms_norm, row_mean_square};
pub use positions::{Angles, Pairs, Place, Slowest, one_hot, rotate, sinusoids};

/// A dense matrix, `[rows, columns]`, indexed `m[(row, column)]`.
pub type Matrix = nalgebra::DMatrix<f64>;

/// The matrix product: `C[i, j] = Σ_k A[i, k] · B[k, j]`.
///
/// `[n, k] · [k, m] -> [n, m]`
///
/// ```
/// use qkv::math::{Matrix, product};
/// let a = Matrix::from_row_slice(1, 2, &[1.0, 2.0]);
/// let b = Matrix::from_row_slice(2, 2, &[3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(product(&a, &b), Matrix::from_row_slice(1, 2, &[13.0, 16.0]));
/// ```
pub fn product(a: &Matrix, b: &Matrix) -> Matrix {
    assert_eq!(a.ncols(), b.nrows(), "the graph proves that inner axes agree");
    // Matrices are stored column by column, so the rows of `a` are laid out as columns before they are walked.
    let rows = a.transpose();
    // [n, k] · [k, m] -> [n, m]
    Matrix::from_fn(a.nrows(), b.ncols(), |i, j| dot(&rows, i, b, j))
}

/// The dot product of every row of `A` with every row of `B`, which is `A·Bᵀ`: `S[i, j] = Σ_k A[i, k] · B[j, k]`.
///
/// `[n, d], [m, d] -> [n, m]`. With queries and keys these are the attention scores (Vaswani et al. 2017, §3.2.1).
///
/// ```
/// use qkv::math::{Matrix, dot_products};
/// let q = Matrix::from_row_slice(1, 2, &[1.0, 2.0]);
/// let k = Matrix::from_row_slice(2, 2, &[3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(dot_products(&q, &k), Matrix::from_row_slice(1, 2, &[11.0, 17.0]));
/// ```
pub fn dot_products(a: &Matrix, b: &Matrix) -> Matrix {
    assert_eq!(a.ncols(), b.ncols(), "the graph proves that inner axes agree");
    let (rows, columns) = (a.transpose(), b.transpose());
    // [n, d] · [m, d]ᵀ -> [n, m]
    Matrix::from_fn(a.nrows(), b.nrows(), |i, j| dot(&rows, i, &columns, j))
}

/// The dot product of two columns, added from the first entry to the last.
fn dot(a: &Matrix, i: usize, b: &Matrix, j: usize) -> f64 {
    a.column(i).iter().zip(b.column(j).iter()).map(|(x, y)| x * y).sum()
}

/// The sum, cell by cell: `C[i, j] = A[i, j] + B[i, j]`.
///
/// `[n, m], [n, m] -> [n, m]`. As a residual connection it keeps what was there (He et al. 2015).
///
/// ```
/// use qkv::math::{Matrix, add};
/// let a = Matrix::from_row_slice(1, 2, &[1.0, 2.0]);
/// assert_eq!(add(&a, &a), Matrix::from_row_slice(1, 2, &[2.0, 4.0]));
/// ```
pub fn add(a: &Matrix, b: &Matrix) -> Matrix {
    assert_eq!(a.shape(), b.shape(), "the graph proves that shapes agree");
    a + b
}

/// Every cell divided by one number: `C[i, j] = A[i, j] / divisor`.
///
/// `[n, m] -> [n, m]`. Scores are divided by `√d_k`, so that their variance does not grow with `d_k`
/// (Vaswani et al. 2017, §3.2.1, footnote 4).
///
/// ```
/// use qkv::math::{Matrix, scale};
/// let scores = Matrix::from_row_slice(1, 2, &[112.0, 96.0]);
/// assert_eq!(scale(&scores, 8.0), Matrix::from_row_slice(1, 2, &[14.0, 12.0]));
/// ```
pub fn scale(a: &Matrix, divisor: f64) -> Matrix {
    a.map(|x| x / divisor)
}

/// Cells that may not be seen become another number: `C[i, j] = A[i, j]` where `allowed(i, j)`, else `hidden`.
///
/// `[n, m] -> [n, m]`. Under −∞ softmax gives exactly 0 (Vaswani et al. 2017, §3.2.3).
///
/// ```
/// use qkv::math::{Matrix, is_causal, mask};
/// let scores = Matrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
/// let masked = mask(&scores, f64::NEG_INFINITY, is_causal);
/// assert_eq!(masked, Matrix::from_row_slice(2, 2, &[1.0, f64::NEG_INFINITY, 3.0, 4.0]));
/// ```
pub fn mask(a: &Matrix, hidden: f64, allowed: impl Fn(usize, usize) -> bool) -> Matrix {
    Matrix::from_fn(a.nrows(), a.ncols(), |i, j| if allowed(i, j) { a[(i, j)] } else { hidden })
}

/// The causal mask: a query sees the keys up to its own position, never a later one.
pub const fn is_causal(query: usize, key: usize) -> bool {
    key <= query
}

/// Softmax of each row: `P[i, j] = exp(A[i, j] − max_i) / Σ_k exp(A[i, k] − max_i)`, with `max_i` the row's maximum.
///
/// `[n, m] -> [n, m]`; each row sums to 1. Subtracting the maximum changes nothing but keeps `exp` in range for any
/// input. A row of −∞ only, where no key may be seen, becomes a row of zeros: nothing is attended to.
///
/// ```
/// use qkv::math::{Matrix, softmax};
/// let p = softmax(&Matrix::from_row_slice(1, 2, &[14.0, 12.0]));
/// assert!((p[(0, 0)] - 0.880_797_077_977_882_3).abs() < 1e-15);
/// ```
pub fn softmax(a: &Matrix) -> Matrix {
    let mut p = a.clone();
    for (i, mut row) in p.row_iter_mut().enumerate() {
        let max = row_maximum(a, i);
        let total = row_total(a, i, max);
        for x in &mut row {
            *x = if max == f64::NEG_INFINITY { 0.0 } else { (*x - max).exp() / total };
        }
    }
    p
}

/// The largest cell of a row; −∞ for a row without cells, and no number where a cell is none.
pub fn row_maximum(a: &Matrix, row: usize) -> f64 {
    a.row(row).iter().copied().fold(f64::NEG_INFINITY, larger)
}

/// The larger of two numbers, and no number if one of them is none.
///
/// [`f64::max`] would pass over what is missing, and a row of missing numbers would be taken for a masked one.
pub const fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

/// What softmax divides by: `Σ_k exp(A[i, k] − max)`; 0 where every cell of the row is −∞.
pub fn row_total(a: &Matrix, row: usize, max: f64) -> f64 {
    if max == f64::NEG_INFINITY { 0.0 } else { a.row(row).iter().map(|x| (x - max).exp()).sum() }
}

/// Matrices side by side: `[n, a], [n, b], … -> [n, a + b + …]`, as the heads are before `W_O`
/// (Vaswani et al. 2017, §3.2.2).
///
/// ```
/// use qkv::math::{Matrix, concat};
/// let a = Matrix::from_row_slice(1, 1, &[1.0]);
/// let b = Matrix::from_row_slice(1, 2, &[2.0, 3.0]);
/// assert_eq!(concat(&[&a, &b]), Matrix::from_row_slice(1, 3, &[1.0, 2.0, 3.0]));
/// ```
pub fn concat(parts: &[&Matrix]) -> Matrix {
    let rows = parts.first().map_or(0, |part| part.nrows());
    let mut whole = Matrix::zeros(rows, parts.iter().map(|part| part.ncols()).sum());
    let mut column = 0;
    for part in parts {
        whole.columns_mut(column, part.ncols()).copy_from(part);
        column += part.ncols();
    }
    whole
}

/// Matrices one below the other: `[a, m], [b, m], … -> [a + b + …, m]`.
///
/// ```
/// use qkv::math::{Matrix, stack};
/// let a = Matrix::from_row_slice(1, 2, &[1.0, 2.0]);
/// assert_eq!(stack(&[&a, &a]), Matrix::from_row_slice(2, 2, &[1.0, 2.0, 1.0, 2.0]));
/// ```
pub fn stack(parts: &[&Matrix]) -> Matrix {
    let columns = parts.first().map_or(0, |part| part.ncols());
    let mut whole = Matrix::zeros(parts.iter().map(|part| part.nrows()).sum(), columns);
    let mut row = 0;
    for part in parts {
        whole.rows_mut(row, part.nrows()).copy_from(part);
        row += part.nrows();
    }
    whole
}

/// A convolution over positions: `Y[i] = Σ_o X[i + o]·K_o`, with zeros beyond both ends.
///
/// `[n, d_in]`, and `[d_in, d_out]` for each offset `o`, `-> [n, d_out]`. Like the convolutions of neural networks it
/// does not turn the kernel round.
///
/// ```
/// use qkv::math::{Matrix, convolution};
/// let x = Matrix::from_row_slice(3, 1, &[1.0, 2.0, 4.0]);
/// let (before, here) = (Matrix::from_element(1, 1, -1.0), Matrix::from_element(1, 1, 1.0));
/// let steps = convolution(&x, &[(-1, &before), (0, &here)]);
/// assert_eq!(steps, Matrix::from_row_slice(3, 1, &[1.0, 1.0, 2.0]));
/// ```
pub fn convolution(x: &Matrix, kernel: &[(isize, &Matrix)]) -> Matrix {
    let outputs = kernel.first().map_or(0, |(_, weights)| weights.ncols());
    let rows = x.transpose();
    Matrix::from_fn(x.nrows(), outputs, |i, j| {
        let looked_at = |offset: isize| i.checked_add_signed(offset).filter(|at| *at < x.nrows());
        let term = |(offset, weights): &(isize, &Matrix)| Some(dot(&rows, looked_at(*offset)?, weights, j));
        kernel.iter().filter_map(term).reduce(|sum, term| sum + term).unwrap_or(0.0)
    })
}

/// How many other positions, of `count` in all, are at most `window` away from one.
pub fn neighbours(position: usize, count: usize, window: usize) -> usize {
    let last = count.saturating_sub(1).min(position.saturating_add(window));
    last - position.saturating_sub(window)
}

/// The averaging matrix of contexts: `A[i, j] = 1 / c_i` where `0 < |i − j| ≤ window`, else 0, with `c_i` the number of
/// [neighbours] of `i`. `-> [n, n]`; each row sums to 1, but for that of a lone position.
///
/// ```
/// use qkv::math::{Matrix, context};
/// let near = Matrix::from_row_slice(3, 3, &[0.0, 1.0, 0.0, 0.5, 0.0, 0.5, 0.0, 1.0, 0.0]);
/// assert_eq!(context(3, 1), near);
/// ```
pub fn context(count: usize, window: usize) -> Matrix {
    Matrix::from_fn(count, count, |i, j| {
        let near = i != j && i.abs_diff(j) <= window;
        if near { 1.0 / neighbours(i, count, window) as f64 } else { 0.0 }
    })
}

/// Random numbers of mean 0 and the given standard deviation, row by row; the same for a seed on every machine and in
/// every later version.
///
/// Each number is the sum of twelve uniform ones less six, which has variance 1 and is close to normal. Unlike the
/// exact transforms it needs no logarithm or cosine, whose last digits differ between machines.
pub fn random(rows: usize, columns: usize, seed: u64, deviation: f64) -> Matrix {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let mut normal = || (0..12).map(|_| uniform(&mut generator)).sum::<f64>() - 6.0;
    Matrix::from_row_iterator(rows, columns, (0..rows * columns).map(|_| normal() * deviation))
}

/// A number in [0, 1): the top 53 bits of the next word.
/// The next uniform number in [0, 1): the top 53 bits of a word.
fn uniform(generator: &mut ChaCha8Rng) -> f64 {
    (generator.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_bits_for_ever() {
        // The words of ChaCha8 for seed 42 are documented by three releases of rand; the first is ae90bfb5395d5ba1.
        let mut generator = ChaCha8Rng::seed_from_u64(42);
        assert_eq!(generator.next_u64(), 0xae90_bfb5_395d_5ba1);
        // Twelve words, summed as the documentation of `random` says, without calling it.
        let mut generator = ChaCha8Rng::seed_from_u64(42);
        let twelve: f64 = (0..12).map(|_| (generator.next_u64() >> 11) as f64 * 2_f64.powi(-53)).sum();
        assert_eq!(random(1, 1, 42, 1.0)[(0, 0)].to_bits(), (twelve - 6.0).to_bits());
    }

    #[test]
    fn random_numbers_have_the_deviation_asked_for() {
        let m = random(100, 100, 1, 0.5);
        let variance = m.iter().map(|x| x * x).sum::<f64>() / 1e4;
        assert!((variance - 0.25).abs() < 0.01, "{variance}");
    }

    #[test]
    fn softmax_survives_any_input() {
        let inf = f64::NEG_INFINITY;
        let p = softmax(&Matrix::from_row_slice(3, 2, &[1e308, -1e308, inf, 5.0, inf, inf]));
        assert_eq!(p, Matrix::from_row_slice(3, 2, &[1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
    }
}
