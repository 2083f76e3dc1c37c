//! Which numbers dropout keeps.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use super::{Matrix, uniform};

/// Each cell becomes 0 with the probability `rate`; the others are divided by `1 − rate`, so that the mean stays
/// (Srivastava et al. 2014).
///
/// `[n, m] -> [n, m]`. Which ones is fixed by the seed, row by row.
///
/// ```
/// use qkv::math::{Matrix, dropout};
/// let some = dropout(&Matrix::repeat(20, 20, 3.0), 0.25, 7);
/// assert!(some.iter().all(|x| [0.0, 4.0].contains(x)));
/// ```
pub fn dropout(a: &Matrix, rate: f64, seed: u64) -> Matrix {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let mut dropped = Matrix::zeros(a.nrows(), a.ncols());
    for row in 0..a.nrows() {
        for column in 0..a.ncols() {
            if uniform(&mut generator) >= rate {
                dropped[(row, column)] = a[(row, column)] / (1.0 - rate);
            }
        }
    }
    dropped
}

/// Whether [`dropout`] keeps the number at `index`, counted row by row from 0.
///
/// ```
/// use qkv::math::keeps;
/// let kept = (0..10_000).filter(|index| keeps(0.25, 7, *index)).count();
/// assert!((7_300..7_700).contains(&kept));
/// ```
pub fn keeps(rate: f64, seed: u64, index: usize) -> bool {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    // A number of 64 bits is two words of the stream.
    generator.set_word_pos(2 * index as u128);
    uniform(&mut generator) >= rate
}
