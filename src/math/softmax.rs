//! Softmax, row by row.

use super::threads::{Cut, Piece, fill_pieces, threads_for};
use super::{Input, Matrix, larger};

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
pub fn softmax<'a>(a: impl Into<Input<'a>>) -> Matrix {
    shares(a).weights
}

/// [`softmax`] with what it divides by; each exponential is taken once.
pub fn shares<'a>(a: impl Into<Input<'a>>) -> Shares {
    let mut weights = a.into().into_own();
    let threads = threads_for(weights.len().saturating_mul(EXPONENTIAL));
    let totals = fill_pieces(&mut weights, Cut::Rows, threads, |_, piece| of_rows(piece));
    let totals = super::stack(&totals.iter().collect::<Vec<_>>());
    Shares { weights, totals }
}

/// Makes weights of some rows, walking along the columns as they are stored, and gives their maxima and totals.
fn of_rows(mut piece: Piece<'_>) -> Matrix {
    let (rows, columns) = piece.shape();
    let mut totals = Matrix::zeros(rows, 2);
    let (maxima, sums) = totals.as_mut_slice().split_at_mut(rows);
    maxima.fill(f64::NEG_INFINITY);
    for column in 0..columns {
        for (max, x) in maxima.iter_mut().zip(piece.column(column).as_slice()) {
            *max = larger(*max, *x);
        }
    }
    for column in 0..columns {
        let mut column = piece.column_mut(column);
        let column = column.as_mut_slice();
        for (x, (max, sum)) in column.iter_mut().zip(maxima.iter().zip(sums.iter_mut())) {
            *x = if *x == f64::NEG_INFINITY { 0.0 } else { (*x - max).exp() };
            *sum += *x;
        }
    }
    // A row that sees nothing has the total 0 and keeps its zeros.
    let divisors: Vec<_> = sums.iter().map(|sum| if *sum == 0.0 { 1.0 } else { *sum }).collect();
    for column in 0..columns {
        for (x, divisor) in piece.column_mut(column).as_mut_slice().iter_mut().zip(&divisors) {
            *x /= divisor;
        }
    }
    totals
}
