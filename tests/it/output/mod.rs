//! What becomes of logits: which tokens may be chosen, which is, what is lost, and texts that a model writes itself.
#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod generation;

use proptest::prelude::*;
use qkv::math::{
    Matrix, among_most, cross_entropy, drawn, largest, mean, reaching_share, softmax, uniform_of_seed,
};

/// Any row of logits, with equal ones and ones that are masked.
fn row() -> impl Strategy<Value = Vec<f64>> {
    let number =
        prop_oneof![3 => -5.0..5.0, 2 => (-2_i8..=2).prop_map(f64::from), 1 => Just(f64::NEG_INFINITY)];
    prop::collection::vec(number, 1..9)
}

fn shares(row: &[f64]) -> Vec<f64> {
    softmax(&Matrix::from_row_slice(1, row.len(), row)).iter().copied().collect()
}

fn sum_of_kept(row: &[f64], kept: &[bool]) -> f64 {
    row.iter().zip(kept).filter(|(_, kept)| **kept).map(|(x, _)| x).sum()
}

proptest! {
    #[test]
    fn top_k_keeps_k_and_none_that_is_smaller_than_one_left_out(row in row(), k in 1..9_usize) {
        let kept = among_most(&row, k);
        prop_assert_eq!(kept.iter().filter(|kept| **kept).count(), k.min(row.len()));
        for (at, x) in row.iter().enumerate().filter(|(at, _)| kept[*at]) {
            for (other, y) in row.iter().enumerate().filter(|(other, _)| !kept[*other]) {
                // Of equal ones the first stays.
                prop_assert!(x > y || (x >= y && at < other), "{row:?} {k}: {kept:?}");
            }
        }
    }

    #[test]
    fn top_p_reaches_the_share_and_would_not_without_its_least(row in row(), share in 0.01..1.0) {
        let row = shares(&row);
        prop_assume!(row.iter().sum::<f64>() > 0.5);
        let kept = reaching_share(&row, share);
        let reached = sum_of_kept(&row, &kept);
        prop_assert!(reached >= share - 1e-9, "{row:?} {share}: {kept:?}");
        let least = row.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(x, _)| *x).fold(1.0, f64::min);
        prop_assert!(reached - least < share, "{row:?} {share}: {kept:?}");
        let left_out = row.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(x, _)| *x).fold(0.0, f64::max);
        prop_assert!(left_out <= least, "{row:?} {share}: {kept:?}");
    }

    #[test]
    fn what_is_lost_on_a_token_is_minus_the_logarithm_of_its_probability(row in row(), pick: prop::sample::Index) {
        let target = pick.index(row.len());
        prop_assume!(row[target].is_finite());
        let loss = cross_entropy(&Matrix::from_row_slice(1, row.len(), &row), &[target])[(0, 0)];
        prop_assert!(loss >= 0.0, "{loss}");
        prop_assert!((loss + shares(&row)[target].ln()).abs() < 1e-9, "{loss}");
    }

    #[test]
    fn nothing_without_a_probability_is_ever_drawn(row in row(), number in 0.0..1.0) {
        let row = shares(&row);
        match drawn(&row, number) {
            Some(place) => prop_assert!(row[place] > 0.0),
            None => prop_assert!(row.iter().all(|x| *x == 0.0)),
        }
    }

    #[test]
    fn the_greedy_choice_is_the_first_of_the_largest(row in row()) {
        let place = largest(&row);
        prop_assert!(row.iter().all(|x| *x <= row[place]));
        prop_assert!(row[..place].iter().all(|x| *x < row[place]));
    }
}

#[test]
fn over_many_seeds_tokens_are_drawn_as_often_as_their_probabilities_say() {
    let probabilities = [0.5, 0.0, 0.125, 0.25, 0.125];
    for row in [0, 3] {
        let mut counts = [0_u32; 5];
        for seed in 0..8000 {
            counts[drawn(&probabilities, uniform_of_seed(seed, row)).unwrap()] += 1;
        }
        for (count, probability) in counts.into_iter().zip(probabilities) {
            // Five standard deviations of a share of 8000 draws.
            let deviation = (probability * (1.0 - probability) / 8000.0_f64).sqrt();
            let share = f64::from(count) / 8000.0;
            assert!((share - probability).abs() <= 5.0 * deviation, "{counts:?} in row {row}");
        }
    }
}

#[test]
fn each_row_draws_a_number_of_its_own_and_a_seed_the_same_for_ever() {
    let numbers: Vec<_> = (0..4).map(|row| uniform_of_seed(42, row)).collect();
    // The first word of ChaCha8 for seed 42 is ae90bfb5395d5ba1, as three releases of its crate document.
    assert_eq!(numbers[0].to_bits(), ((0xae90_bfb5_395d_5ba1_u64 >> 11) as f64 * 2_f64.powi(-53)).to_bits());
    assert!(numbers.windows(2).all(|pair| pair[0].to_bits() != pair[1].to_bits()), "{numbers:?}");
}

#[test]
fn the_mean_of_losses_is_what_training_looks_at() {
    let logits = Matrix::from_row_slice(2, 2, &[0.0, 0.0, 3_f64.ln(), 0.0]);
    let losses = cross_entropy(&logits, &[1, 0]);
    let expected = f64::midpoint(2_f64.ln(), (4_f64 / 3.0).ln());
    assert!((mean(losses.as_slice()) - expected).abs() < 1e-15);
}
