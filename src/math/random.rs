//! Seeded random numbers, each of which can be had without those before it.

use std::sync::atomic::{AtomicBool, Ordering};

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use super::threads::{blank, fill_columns};
use super::{GoOn, Matrix, uniform};

/// How many uniform numbers make one that is close to normal.
const UNIFORM: usize = 12;

/// How many words of 32 bits the generator gives for one number.
const WORDS: u128 = 2 * UNIFORM as u128;

/// How many elementary steps a random number is worth.
const STEPS: usize = 16;

/// A source of random numbers of mean 0, the same for a seed on every machine and in every later version.
///
/// Each number is the sum of twelve uniform ones less six, which has variance 1 and is close to normal. Unlike the
/// exact transforms it needs no logarithm or cosine, whose last digits differ between machines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Random {
    /// What tells this source from others.
    pub seed: u64,
    /// The standard deviation.
    pub deviation: f64,
    /// How many decimals the numbers are rounded to; `None` for all that they have.
    pub decimals: Option<i32>,
}

impl Random {
    /// The number at this place of the endless row of them, from 0.
    pub fn number(&self, place: usize) -> f64 {
        self.next(&mut self.from(place))
    }

    /// A matrix of the first numbers, row by row: `[rows, columns]`.
    pub fn matrix(&self, rows: usize, columns: usize) -> Matrix {
        self.matrix_while(rows, columns, &|_| true).expect("nothing stops it")
    }

    /// The same, given up as soon as `go_on`, which is told how many numbers are new, says no.
    pub fn matrix_while(&self, rows: usize, columns: usize, go_on: GoOn<'_>) -> Option<Matrix> {
        let mut whole = blank(rows, columns);
        let stopped = AtomicBool::new(false);
        fill_columns(&mut whole, STEPS, &|block, numbers| {
            if stopped.load(Ordering::Relaxed) || !go_on(numbers.len()) {
                stopped.store(true, Ordering::Relaxed);
                return;
            }
            for row in 0..rows {
                let mut generator = self.from(row * columns + block.start);
                for number in numbers[row..].iter_mut().step_by(rows) {
                    *number = self.next(&mut generator);
                }
            }
        });
        (!stopped.into_inner()).then_some(whole)
    }

    /// The generator as it is before the number at a place.
    fn from(&self, place: usize) -> ChaCha8Rng {
        let mut generator = ChaCha8Rng::seed_from_u64(self.seed);
        generator.set_word_pos(place as u128 * WORDS);
        generator
    }

    fn next(&self, generator: &mut ChaCha8Rng) -> f64 {
        let normal = (0..UNIFORM).map(|_| uniform(generator)).sum::<f64>() - 6.0;
        let number = normal * self.deviation;
        self.decimals.map_or(number, |decimals| {
            let unit = 10_f64.powi(decimals);
            // Adding 0 turns a negative zero into a plain one.
            (number * unit).round() / unit + 0.0
        })
    }
}

/// Random numbers of mean 0 and the given standard deviation, row by row.
pub fn random(rows: usize, columns: usize, seed: u64, deviation: f64) -> Matrix {
    Random { seed, deviation, decimals: None }.matrix(rows, columns)
}

#[cfg(test)]
mod tests {
    use rand::Rng;

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
    fn each_number_can_be_had_without_those_before_it_to_the_bit() {
        // One generator from the start to the end, as the documentation says, and no places.
        let mut generator = ChaCha8Rng::seed_from_u64(7);
        let mut uniform = || (generator.next_u64() >> 11) as f64 * 2_f64.powi(-53);
        let mut number = || (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
        let in_a_row = Matrix::from_row_iterator(130, 70, (0..130 * 70).map(|_| number() * 0.3));
        let source = Random { seed: 7, deviation: 0.3, decimals: None };
        let at_once = source.matrix(130, 70);
        for row in 0..130 {
            for column in 0..70 {
                let bits = in_a_row[(row, column)].to_bits();
                assert_eq!(at_once[(row, column)].to_bits(), bits, "{row}, {column}");
                assert_eq!(source.number(row * 70 + column).to_bits(), bits, "{row}, {column}");
            }
        }
    }

    #[test]
    fn decimals_round_and_leave_no_negative_zero() {
        let source = Random { seed: 3, deviation: 0.2, decimals: Some(1) };
        let (rounded, whole) = (source.matrix(20, 20), Random { decimals: None, ..source }.matrix(20, 20));
        for (rounded, whole) in rounded.iter().zip(whole.iter()) {
            assert_eq!(rounded.to_string(), format!("{rounded:.1}").trim_end_matches(".0"), "{whole}");
            assert!(
                (rounded - whole).abs() <= 0.05 + 1e-12 && (*rounded != 0.0 || rounded.is_sign_positive())
            );
        }
    }
}
