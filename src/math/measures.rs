//! One number for many: how large, how spread out, how far apart.
//!
//! Lines are the numbers of a row or a column, from the first to the last. Where one of them is no number, neither is
//! what is made of them.

use super::Matrix;

/// The sum of a line divided by how many numbers it has.
pub fn mean(line: &[f64]) -> f64 {
    line.iter().sum::<f64>() / line.len() as f64
}

/// The sum of the squares of a line divided by how many numbers it has.
pub fn mean_square(line: &[f64]) -> f64 {
    line.iter().map(|x| x * x).sum::<f64>() / line.len() as f64
}

/// The population variance: the mean square of the distances from the mean, `Σ (x − mean)² ÷ n`.
///
/// ```
/// assert_eq!(qkv::math::variance(&[1.0, 3.0], 2.0), 1.0);
/// ```
pub fn variance(line: &[f64], mean: f64) -> f64 {
    line.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / line.len() as f64
}

/// The Euclidean length `√Σx²`.
///
/// ```
/// assert_eq!(qkv::math::norm(&[3.0, -4.0]), 5.0);
/// ```
pub fn norm(line: &[f64]) -> f64 {
    line.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// The entropy of shares in nats, `−Σ p·ln p`, where 0·ln 0 is 0: 0 if one has all, `ln m` if `m` have the same
/// (Shannon 1948, §6). No number where a share is negative.
///
/// ```
/// assert_eq!(qkv::math::entropy(&[0.0, 1.0]), 0.0);
/// assert_eq!(qkv::math::entropy(&[0.5, 0.5]), 2_f64.ln());
/// ```
pub fn entropy(shares: &[f64]) -> f64 {
    // Subtracting from 0 keeps the entropy of one who has all a plain 0.
    0.0 - shares.iter().map(|p| p * logarithm_of_share(*p)).sum::<f64>()
}

/// How far the sum of shares may be from 1, for what rounding does.
const OFF_ONE: f64 = 1e-6;

/// Why numbers are no shares of a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NotShares {
    /// The number at this place is negative.
    Negative(usize),
    /// Their sum, which is not 1.
    Sum(f64),
}

/// Why the numbers of a line are no shares, as entropy asks for them: each from 0 up, and 1 together within 1e-6.
/// All 0 will do, as where a query sees no key; so will what is beyond
/// all numbers, of which the entropy is no number either.
///
/// ```
/// use qkv::math::{NotShares, not_shares};
/// assert_eq!(not_shares(&[0.25, 0.75]), None);
/// assert_eq!(not_shares(&[1.0, 2.0]), Some(NotShares::Sum(3.0)));
/// ```
pub fn not_shares(line: &[f64]) -> Option<NotShares> {
    if let Some(place) = line.iter().position(|number| *number < 0.0) {
        return Some(NotShares::Negative(place));
    }
    let sum: f64 = line.iter().sum();
    (sum.is_finite() && (sum - 1.0).abs() > OFF_ONE && sum != 0.0).then_some(NotShares::Sum(sum))
}

/// The natural logarithm, and 0 at 0, where a share times its logarithm is 0 by definition.
pub fn logarithm_of_share(share: f64) -> f64 {
    if share == 0.0 { 0.0 } else { share.ln() }
}

/// The smaller of two numbers, and no number if one of them is none.
pub const fn smaller(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) }
}

/// Which number of a line is the largest, counted from 1; the first among equals. No number if one of them is none.
///
/// ```
/// assert_eq!(qkv::math::first_largest([2.0, 7.0, 7.0].into_iter()), 2.0);
/// ```
pub fn first_largest(line: impl Iterator<Item = f64>) -> f64 {
    first_best(line, |number, best| number > best)
}

/// Which number of a line is the smallest, counted from 1; the first among equals. No number if one of them is none.
pub fn first_smallest(line: impl Iterator<Item = f64>) -> f64 {
    first_best(line, |number, best| number < best)
}

fn first_best(line: impl Iterator<Item = f64>, better: fn(f64, f64) -> bool) -> f64 {
    let mut best: Option<(usize, f64)> = None;
    for (index, number) in line.enumerate() {
        if number.is_nan() {
            return f64::NAN;
        }
        if best.is_none_or(|(_, best)| better(number, best)) {
            best = Some((index, number));
        }
    }
    best.map_or(f64::NAN, |(index, _)| (index + 1) as f64)
}

/// The cosine of the angle between two lines, `a·b ÷ (‖a‖·‖b‖)`: 1 in the same direction, 0 at right angles, −1 in
/// opposite directions; 0 where one of them has length 0 and so no direction.
///
/// ```
/// assert_eq!(qkv::math::cosine(&[1.0, 0.0], &[0.0, 2.0]), 0.0);
/// ```
pub fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let lengths = (norm(a), norm(b));
    let unit = |x: f64, length: f64| if length == 0.0 { x } else { x / length };
    a.iter().zip(b).map(|(a, b)| unit(*a, lengths.0) * unit(*b, lengths.1)).sum()
}

/// The Euclidean distance of two lines, `√Σ(a − b)²`.
///
/// ```
/// assert_eq!(qkv::math::distance(&[0.0, 1.0], &[3.0, 5.0]), 5.0);
/// ```
pub fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

/// Each row divided by its own length, so that it has the length 1: `U[i, j] = A[i, j] ÷ ‖A[i]‖`.
///
/// `[n, m] -> [n, m]`. A row of length 0 has no direction and stays as it is.
pub fn unit_rows(a: &Matrix) -> Matrix {
    // Matrices are stored column by column, so the rows are laid out as columns before they are walked.
    let rows = a.transpose();
    let lengths: Vec<f64> = rows.column_iter().map(|row| norm(row.as_slice())).collect();
    Matrix::from_fn(
        a.nrows(),
        a.ncols(),
        |i, j| {
            if lengths[i] == 0.0 { a[(i, j)] } else { a[(i, j)] / lengths[i] }
        },
    )
}

/// The Euclidean distance of every row of `A` from every row of `B`: `D[i, j] = √Σ_k (A[i, k] − B[j, k])²`.
///
/// `[n, d], [m, d] -> [n, m]`
pub fn distances(a: &Matrix, b: &Matrix) -> Matrix {
    assert_eq!(a.ncols(), b.ncols(), "the graph proves that the axes agree");
    let (rows, columns) = (a.transpose(), b.transpose());
    Matrix::from_fn(a.nrows(), b.nrows(), |i, j| {
        distance(rows.column(i).as_slice(), columns.column(j).as_slice())
    })
}
