//! Rows brought to one size, so that layers above meet numbers of the same kind.

use super::threads::fill_parts;
use super::{Input, Matrix, map};

/// Layer norm of each row: `Y[i, j] = (A[i, j] − mean_i) / √(variance_i + ε)` (Ba et al. 2016, §3).
///
/// `[n, d] -> [n, d]`; each row then has mean 0 and, but for ε, variance 1. The variance divides by `d`, not `d − 1`.
///
/// ```
/// use qkv::math::{Matrix, layer_norm};
/// let y = layer_norm(&Matrix::from_row_slice(1, 2, &[1.0, 5.0]), 0.0);
/// assert_eq!(y, Matrix::from_row_slice(1, 2, &[-1.0, 1.0]));
/// ```
pub fn layer_norm(a: &Matrix, epsilon: f64) -> Matrix {
    layer_norm_by(a, &means_and_variances(a), epsilon)
}

/// [`layer_norm`] with the mean and the variance of each row, `[n, 2]`.
pub fn layer_norm_by<'a>(a: impl Into<Input<'a>>, shared: &Matrix, epsilon: f64) -> Matrix {
    let sizes: Vec<_> = shared.column(1).iter().map(|variance| (variance + epsilon).sqrt()).collect();
    map(a, |i, _, x| (x - shared[(i, 0)]) / sizes[i])
}

/// The mean of each row and the mean of its squared distances from it, `[n, d] -> [n, 2]`, in two passes: a single one
/// would subtract two nearly equal numbers where the mean is large.
pub fn means_and_variances(a: &Matrix) -> Matrix {
    let means = means_of_rows(a, |_, x| x);
    let variances = means_of_rows(a, |row, x| (x - means[row]) * (x - means[row]));
    Matrix::from_iterator(a.nrows(), 2, means.iter().chain(&variances).copied())
}

/// RMS norm of each row: `Y[i, j] = A[i, j] / √(Σ_k A[i, k]² / d + ε)` (Zhang and Sennrich 2019).
///
/// `[n, d] -> [n, d]`; each row then has, but for ε, the mean square 1. Nothing is subtracted.
///
/// ```
/// use qkv::math::{Matrix, rms_norm};
/// let y = rms_norm(&Matrix::from_row_slice(1, 2, &[2.0, -2.0]), 0.0);
/// assert_eq!(y, Matrix::from_row_slice(1, 2, &[1.0, -1.0]));
/// ```
pub fn rms_norm(a: &Matrix, epsilon: f64) -> Matrix {
    rms_norm_by(a, &mean_squares(a), epsilon)
}

/// [`rms_norm`] with the mean square of each row, `[n, 1]`.
pub fn rms_norm_by<'a>(a: impl Into<Input<'a>>, shared: &Matrix, epsilon: f64) -> Matrix {
    let sizes: Vec<_> = shared.iter().map(|square| (square + epsilon).sqrt()).collect();
    map(a, |i, _, x| x / sizes[i])
}

/// The mean of the squares of each row, `[n, d] -> [n, 1]`.
pub fn mean_squares(a: &Matrix) -> Matrix {
    Matrix::from_vec(a.nrows(), 1, means_of_rows(a, |_, x| x * x))
}

/// The mean of a term along each row, from the first column to the last. Matrices are stored column by column, so all
/// rows of a piece are walked at once.
fn means_of_rows(a: &Matrix, term: impl Fn(usize, f64) -> f64 + Sync) -> Vec<f64> {
    let rows = a.nrows();
    let mut means = vec![0.0; rows];
    fill_parts(&mut means, a.len(), &|first, means| {
        for column in a.as_slice().chunks_exact(rows) {
            for (row, (sum, x)) in (first..).zip(means.iter_mut().zip(&column[first..])) {
                *sum += term(row, *x);
            }
        }
        means.iter_mut().for_each(|sum| *sum /= a.ncols() as f64);
    });
    means
}
