//! Rows brought to one size, so that layers above meet numbers of the same kind.

use super::Matrix;

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
    let mut normalised = a.clone();
    for (i, mut row) in normalised.row_iter_mut().enumerate() {
        let (mean, variance) = mean_variance(a, i);
        for x in &mut row {
            *x = (*x - mean) / (variance + epsilon).sqrt();
        }
    }
    normalised
}

/// The mean of a row and the mean of its squared distances from it, in two passes: a single one would subtract two
/// nearly equal numbers where the mean is large.
pub fn mean_variance(a: &Matrix, row: usize) -> (f64, f64) {
    let count = a.ncols() as f64;
    let mean = a.row(row).iter().sum::<f64>() / count;
    let squares = a.row(row).iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, squares / count)
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
    let mut normalised = a.clone();
    for (i, mut row) in normalised.row_iter_mut().enumerate() {
        let size = (row_mean_square(a, i) + epsilon).sqrt();
        for x in &mut row {
            *x /= size;
        }
    }
    normalised
}

/// The mean of the squares of a row.
pub fn row_mean_square(a: &Matrix, row: usize) -> f64 {
    a.row(row).iter().map(|x| x * x).sum::<f64>() / a.ncols() as f64
}
