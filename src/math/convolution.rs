//! Sums over what stands near: what attention is set beside.

use super::Matrix;
use super::product::dot;

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
