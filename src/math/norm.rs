//! Rows brought to one size, so that layers above meet numbers of the same kind.

use super::threads::{Cut, fill_pieces, threads_for};
use super::{Input, Matrix, map_columns};

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
    let (means, variances) = shared.as_slice().split_at(shared.nrows());
    let sizes: Vec<_> = variances.iter().map(|variance| (variance + epsilon).sqrt()).collect();
    map_columns(a, |_, numbers| {
        for (x, (mean, size)) in numbers.iter_mut().zip(means.iter().zip(&sizes)) {
            *x = (*x - mean) / size;
        }
    })
}

/// The mean of each row and the mean of its squared distances from it, `[n, d] -> [n, 2]`, in two passes: a single one
/// would subtract two nearly equal numbers where the mean is large.
pub fn means_and_variances(a: &Matrix) -> Matrix {
    let means = means_of_rows(a, &Matrix::zeros(a.nrows(), 1), |x| x);
    let variances = means_of_rows(a, &means, |distance| distance * distance);
    Matrix::from_columns(&[means.column(0), variances.column(0)])
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
    map_columns(a, |_, numbers| {
        for (x, size) in numbers.iter_mut().zip(&sizes) {
            *x /= size;
        }
    })
}

/// The mean of the squares of each row, `[n, d] -> [n, 1]`.
pub fn mean_squares(a: &Matrix) -> Matrix {
    means_of_rows(a, &Matrix::zeros(a.nrows(), 1), |x| x * x)
}

/// The mean of a term along each row, from the first column to the last; the term is of how far a number is from that of
/// its row in `from`. Matrices are stored column by column, so all rows of a piece are walked at once.
fn means_of_rows(a: &Matrix, from: &Matrix, term: impl Fn(f64) -> f64 + Sync) -> Matrix {
    let mut means = Matrix::zeros(a.nrows(), 1);
    fill_pieces(&mut means, Cut::Rows, threads_for(a.len()), |first, mut piece| {
        let mut sums = piece.column_mut(0);
        let from = &from.as_slice()[first..][..sums.len()];
        for column in a.column_iter() {
            let numbers = &column.as_slice()[first..];
            for (sum, (x, from)) in sums.as_mut_slice().iter_mut().zip(numbers.iter().zip(from)) {
                *sum += term(x - from);
            }
        }
        sums /= a.ncols() as f64;
    });
    means
}
