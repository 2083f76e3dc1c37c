//! From logits to a token: which may be chosen, which is chosen, and how much the right one was missed.

use std::cmp::Ordering;

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use super::{Matrix, shares};

/// Sums of probabilities reach a share also when rounding leaves them short of it by no more than this.
const ROUNDING: f64 = 1e-12;

/// Which numbers are among the `k` largest of a row; of equal ones the first.
///
/// ```
/// use qkv::math::among_most;
/// assert_eq!(among_most(&[2.0, 5.0, 2.0, 1.0], 2), [true, true, false, false]);
/// ```
pub fn among_most(row: &[f64], k: usize) -> Vec<bool> {
    let mut kept = vec![false; row.len()];
    for index in ranked(row).into_iter().take(k) {
        kept[index] = true;
    }
    kept
}

/// Which numbers belong to the smallest set of the largest whose sum reaches `share`; of equal ones the first come
/// first. Where even all of them do not reach it, all belong to it (nucleus sampling, Holtzman et al. 2020, §3.1).
///
/// ```
/// use qkv::math::reaching_share;
/// assert_eq!(reaching_share(&[0.25, 0.5, 0.125, 0.125], 0.7), [true, true, false, false]);
/// ```
pub fn reaching_share(row: &[f64], share: f64) -> Vec<bool> {
    let mut kept = vec![false; row.len()];
    let mut sum = 0.0;
    for index in ranked(row) {
        kept[index] = true;
        sum += row[index];
        if sum >= share - ROUNDING {
            break;
        }
    }
    kept
}

/// The place of the largest number; of equal ones the first, and what is no number only where nothing else is.
///
/// ```
/// use qkv::math::largest;
/// assert_eq!(largest(&[1.0, 3.0, 3.0]), 1);
/// ```
pub fn largest(row: &[f64]) -> usize {
    (1..row.len()).fold(0, |best, index| if by_size(row[index], row[best]).is_gt() { index } else { best })
}

/// The place at which the running sum of a row of probabilities first exceeds `number`, which lies in [0, 1): each
/// place is hit as often as its probability says. Where rounding leaves the whole sum short of the number, the last
/// place that has a probability; `None` where none has.
///
/// ```
/// use qkv::math::drawn;
/// assert_eq!(drawn(&[0.25, 0.0, 0.75], 0.25), Some(2));
/// ```
pub fn drawn(row: &[f64], number: f64) -> Option<usize> {
    let mut sum = 0.0;
    let hit = row.iter().position(|probability| {
        sum += probability;
        number < sum
    });
    hit.or_else(|| row.iter().rposition(|probability| *probability > 0.0))
}

/// The number of [0, 1) that a seed gives to row `row`; the same on every machine.
pub fn uniform_of_seed(seed: u64, row: usize) -> f64 {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    for _ in 0..row {
        generator.next_u64();
    }
    super::uniform(&mut generator)
}

/// What is lost on the right answers: `L[i] = −ln softmax(A)[i, targets[i]] = max_i + ln Σ_k exp(A[i, k] − max_i) −
/// A[i, targets[i]]`.
///
/// `[n, m] -> [targets, 1]`; rows beyond the targets are left out. Without the logarithm of a quotient nothing is
/// lost where a probability is too small for a number (Goodfellow et al. 2016, §6.2.2.3).
///
/// ```
/// use qkv::math::{Matrix, cross_entropy};
/// let loss = cross_entropy(&Matrix::from_row_slice(1, 2, &[0.0, 0.0]), &[1]);
/// assert!((loss[(0, 0)] - 2_f64.ln()).abs() < 1e-15);
/// ```
pub fn cross_entropy(a: &Matrix, targets: &[usize]) -> Matrix {
    cross_entropy_by(a, &shares(a).totals, targets)
}

/// [`cross_entropy`] with the maximum of each row and the total of its exponentials, `[targets, 2]`.
pub fn cross_entropy_by(a: &Matrix, totals: &Matrix, targets: &[usize]) -> Matrix {
    Matrix::from_fn(targets.len(), 1, |i, _| totals[(i, 0)] + totals[(i, 1)].ln() - a[(i, targets[i])])
}

/// The places of a row from the largest number to the smallest; of equal ones the first comes first.
fn ranked(row: &[f64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..row.len()).collect();
    places.sort_by(|a, b| by_size(row[*b], row[*a]));
    places
}

/// An order of everything that can stand in a cell: what is no number is least, and −0 is 0.
fn by_size(a: f64, b: f64) -> Ordering {
    let key = |x: f64| if x.is_nan() { -f64::NAN.abs() } else { x + 0.0 };
    key(a).total_cmp(&key(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_never_preferred_and_a_negative_zero_is_no_less_than_zero() {
        assert_eq!(largest(&[f64::NAN, f64::NEG_INFINITY]), 1);
        assert_eq!(largest(&[-f64::NAN, f64::NAN, -3.0]), 2);
        assert_eq!(largest(&[-0.0, 0.0]), 0);
        assert_eq!(among_most(&[-0.0, 0.0, f64::NAN], 1), [true, false, false]);
    }

    #[test]
    fn a_number_that_rounding_leaves_over_goes_to_the_last_that_has_a_probability() {
        assert_eq!(drawn(&[0.1, 0.2, 0.0], 0.999), Some(1));
        assert_eq!(drawn(&[0.0, 0.0], 0.5), None);
    }

    #[test]
    fn a_share_that_is_reached_but_for_rounding_is_reached() {
        // 0.1 + 0.2 is a little more, and 0.7 + 0.1 a little less than what is written.
        assert_eq!(reaching_share(&[0.7, 0.1, 0.1, 0.1], 0.8), [true, true, false, false]);
        assert_eq!(reaching_share(&[0.5, 0.25], 1.0), [true, true]);
    }
}
