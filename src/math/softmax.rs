//! Softmax, row by row.

use super::threads::{Cut, Piece, blank, fill_pieces, threads_for};
use super::{Matrix, larger};

/// How many elementary steps an exponential is worth.
const EXPONENTIAL: usize = 8;

/// Softmax of each row, with the two numbers that the cells of a row share.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// The weights, `[n, m]`.
    pub weights: Matrix,
    /// The maximum of each row, no number where a cell is none, and the total of its exponentials, 0 where every cell is
    /// −∞: `[n, 2]`.
    pub totals: Matrix,
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
    shares(a).weights
}

/// [`softmax`] with what it divides by; each exponential is taken once.
pub fn shares(a: &Matrix) -> Shares {
    let (rows, columns) = a.shape();
    let mut weights = blank(rows, columns);
    // Each piece of rows leaves its maxima and totals in the lines of its own.
    let mut totals = Matrix::zeros(rows, 2);
    let threads = threads_for(a.len().saturating_mul(EXPONENTIAL));
    let found = std::sync::Mutex::new(&mut totals);
    let whole: Piece<'_> = weights.rows_range_mut(0..rows);
    fill_pieces(whole, Cut::Rows, 0, threads, &|first, piece| {
        let own = of_rows(a, first, piece);
        let mut found = found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        found.rows_mut(first, own.nrows()).copy_from(&own);
    });
    Shares { weights, totals }
}

/// Fills the weights of some rows, walking along the columns as they are stored, and gives their maxima and totals.
fn of_rows(a: &Matrix, first: usize, mut weights: Piece<'_>) -> Matrix {
    let (rows, columns) = weights.shape();
    let mut totals = Matrix::zeros(rows, 2);
    let (maxima, sums) = totals.as_mut_slice().split_at_mut(rows);
    let part = |column: usize| &a.as_slice()[column * a.nrows() + first..][..rows];
    maxima.fill(f64::NEG_INFINITY);
    for column in 0..columns {
        for (max, x) in maxima.iter_mut().zip(part(column)) {
            *max = larger(*max, *x);
        }
    }
    for column in 0..columns {
        let mut column_of_weights = weights.column_mut(column);
        let own = column_of_weights.iter_mut().zip(part(column));
        for ((weight, x), (max, sum)) in own.zip(maxima.iter().zip(sums.iter_mut())) {
            *weight = if *max == f64::NEG_INFINITY { 0.0 } else { (x - max).exp() };
            *sum += *weight;
        }
    }
    for column in 0..columns {
        for (weight, sum) in weights.column_mut(column).iter_mut().zip(sums.iter()) {
            // A row that sees nothing has the total 0 and keeps its zeros.
            if *sum != 0.0 {
                *weight /= sum;
            }
        }
    }
    totals
}
