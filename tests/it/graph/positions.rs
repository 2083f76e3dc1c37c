//! What the lessons tell of positions and measures.

use std::f64::consts::TAU;
use std::sync::Arc;

use proptest::prelude::*;
use qkv::graph::{Axis, Graph, Op, Quantity, Side, Trace, op};
use qkv::math::{self, Angles, Matrix, Pairs, Slowest};
use qkv::transformer::{Cosines, Naming, PrincipalComponents};

use super::{close, filled, give, matrix, run, sized, value};

fn any_angles() -> impl Strategy<Value = Angles> {
    let pairs = prop_oneof![Just(Pairs::Interleaved), Just(Pairs::Halves)];
    let slowest = prop_oneof![Just(Slowest::BelowBase), Just(Slowest::Base)];
    (pairs, slowest, 1.5..20_000.0, 0..50_u32).prop_map(|(pairs, slowest, base, first)| Angles {
        pairs,
        slowest,
        base,
        first: f64::from(first),
    })
}

fn small() -> BoxedStrategy<f64> {
    prop_oneof![3 => -3.0..3.0, 1 => (-2_i8..=2).prop_map(f64::from)].boxed()
}

/// Rows of shares that sum to 1, some of them 0.
fn shares() -> impl Strategy<Value = Matrix> {
    sized(prop_oneof![3 => 0.01..1.0, 1 => Just(0.0)].boxed()).prop_map(|mut raw| {
        for mut row in raw.row_iter_mut() {
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|share| *share = if sum > 0.0 { *share / sum } else { 1.0 });
        }
        let width = raw.ncols() as f64;
        // What had nothing but zeros is shared evenly.
        for mut row in raw.row_iter_mut().filter(|row| row.iter().sum::<f64>() > 1.5) {
            row.iter_mut().for_each(|share| *share = 1.0 / width);
        }
        raw
    })
}

proptest! {
    #[test]
    fn the_score_of_two_contents_depends_on_their_distance_only(
        contents in (1..=4_usize).prop_flat_map(|pairs| matrix(2, 2 * pairs)),
        angles in any_angles(),
        (query, key, shift) in (0..40_usize, 0..40_usize, 0..40_usize),
    ) {
        let at = |row: usize, position: usize| {
            let first = position as f64;
            math::rotate(&contents.rows(row, 1).into_owned(), &Angles { first, ..angles })
        };
        let score = |query: usize, key: usize| at(0, query).dot(&at(1, key));
        prop_assert!((score(query, key) - score(query + shift, key + shift)).abs() < 1e-9);
        // Where both stand at one place, nothing is turned against anything.
        prop_assert!((score(key, key) - contents.row(0).dot(&contents.row(1))).abs() < 1e-9);
    }

    #[test]
    fn turning_keeps_the_length_of_every_row(x in sized(small()), angles in any_angles()) {
        let turned = math::rotate(&x, &angles);
        for (before, after) in x.row_iter().zip(turned.row_iter()) {
            prop_assert!((before.norm() - after.norm()).abs() < 1e-9);
        }
    }

    #[test]
    fn sinusoids_are_bounded_and_no_two_positions_are_alike(
        width in 2..=16_usize, rows in 1..=60_usize, pairs in prop_oneof![Just(Pairs::Interleaved), Just(Pairs::Halves)],
    ) {
        let angles = Angles { pairs, ..Angles::default() };
        let positions = math::sinusoids(rows, width, &angles);
        prop_assert!(positions.iter().all(|x| x.abs() <= 1.0));
        for a in 0..rows {
            for b in 0..a {
                prop_assert!((positions.row(a) - positions.row(b)).norm() > 1e-6, "{a} and {b}");
            }
        }
    }

    #[test]
    fn a_later_position_is_an_earlier_one_turned_by_the_distance_alone(
        pairs in 1..=6_usize, angles in any_angles(), rows in 2..=20_usize, by in 1..=10_usize,
    ) {
        let width = 2 * pairs;
        let positions = math::sinusoids(rows + by, width, &angles);
        for pair in 0..pairs {
            let turn = (by as f64 / angles.divisor(pair, width)) % TAU;
            let (sine, cosine) = angles.pairs.columns(pair, width);
            for row in 0..rows {
                let expected = positions[(row, sine)] * turn.cos() + positions[(row, cosine)] * turn.sin();
                prop_assert!((positions[(row + by, sine)] - expected).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn entropy_is_0_for_one_who_has_all_and_largest_for_equal_shares(shares in shares()) {
        let most = (shares.ncols() as f64).ln();
        let quantity = Quantity::Entropy;
        let measured = run(&[&shares], |ids| Op::Measure(op::Measure { of: ids[0], each: Side::Rows, quantity }));
        for (row, entropy) in shares.row_iter().zip(measured.iter()) {
            prop_assert!((-1e-12..=most + 1e-12).contains(entropy), "{row} -> {entropy}");
            let alike = row.iter().all(|share| (share - row[0]).abs() < 1e-12);
            prop_assert!(!alike || (entropy - most).abs() < 1e-9);
            let has_all = row.iter().any(|share| (share - 1.0).abs() < 1e-15);
            prop_assert!(!has_all || entropy.abs() < 1e-9);
        }
    }

    #[test]
    fn cosines_lie_between_minus_1_and_1_and_do_not_see_lengths(
        (a, b) in (1..=5_usize, 1..=5_usize, 1..=5_usize)
            .prop_flat_map(|(n, m, d)| (filled(n, d, small()), filled(m, d, small()))),
        factor in 0.1..10.0,
    ) {
        let (plain, longer) = (cosines(&a, &b), cosines(&(&a * factor), &b));
        prop_assert!(plain.iter().all(|cosine| cosine.abs() <= 1.0 + 1e-12));
        prop_assert!(close(&plain, &longer));
        let own = cosines(&a, &a);
        for (index, row) in a.row_iter().enumerate() {
            let expected = if row.iter().all(|x| *x == 0.0) { 0.0 } else { 1.0 };
            prop_assert!((own[(index, index)] - expected).abs() < 1e-9);
        }
    }

    #[test]
    fn distance_is_0_to_oneself_the_same_both_ways_and_never_longer_by_the_straight_way(x in sized(small())) {
        let apart = math::distances(&x, &x);
        let n = x.nrows();
        for i in 0..n {
            prop_assert_eq!(apart[(i, i)], 0.0);
            for j in 0..n {
                prop_assert_eq!(apart[(i, j)], apart[(j, i)]);
                let same = x.row(i) == x.row(j);
                prop_assert_eq!(apart[(i, j)] == 0.0, same);
                for k in 0..n {
                    prop_assert!(apart[(i, j)] <= apart[(i, k)] + apart[(k, j)] + 1e-9);
                }
            }
        }
    }

    #[test]
    fn the_place_of_the_largest_is_that_of_the_first_of_equals(x in sized((-2_i8..=2).prop_map(f64::from).boxed())) {
        let measure = |quantity| {
            run(&[&x], |ids| Op::Measure(op::Measure { of: ids[0], each: Side::Columns, quantity }))
        };
        let (places, largest) = (measure(Quantity::FirstLargest), measure(Quantity::Maximum));
        let smallest = measure(Quantity::FirstSmallest);
        for (column, place) in x.column_iter().zip(places.iter()) {
            let first = column.iter().position(|number| *number == column.max()).expect("it is there");
            prop_assert_eq!(*place, (first + 1) as f64);
        }
        for (column, place) in x.column_iter().zip(smallest.iter()) {
            let first = column.iter().position(|number| *number == column.min()).expect("it is there");
            prop_assert_eq!(*place, (first + 1) as f64);
        }
        prop_assert!(x.column_iter().zip(largest.iter()).all(|(column, largest)| column.max() == *largest));
    }

    #[test]
    fn principal_components_are_at_right_angles_and_keep_the_most_first(x in sized(small())) {
        let trace = principal_components(&x, x.ncols());
        let components = value(&trace, "pc.components");
        prop_assert!(close(&(components.transpose() * &components), &Matrix::identity(x.ncols(), x.ncols())));
        let kept = value(&trace, "pc.kept");
        prop_assert!(kept.as_slice().windows(2).all(|pair| pair[0] >= pair[1] - 1e-9), "{}", kept);
        // All of them together are another view of the same rows.
        let again = value(&trace, "pc") * components.transpose();
        prop_assert!(close(&again, &value(&trace, "pc.centred")));
        let explained: f64 = value(&trace, "pc.explained").iter().sum();
        let alike = value(&trace, "pc.spread").iter().sum::<f64>() == 0.0;
        prop_assert!((explained - if alike { 0.0 } else { 1.0 }).abs() < 1e-9, "{}", explained);
        for direction in components.column_iter() {
            let largest = direction.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs()));
            let most = largest.expect("there are columns").abs();
            let first = direction.iter().find(|x| x.abs() >= most * (1.0 - 1e-9)).expect("one is the largest");
            prop_assert!(*first > 0.0);
        }
    }
}

fn cosines(a: &Matrix, b: &Matrix) -> Matrix {
    let mut graph = Graph::default();
    let (left, right) = (give(&mut graph, "a", a), give(&mut graph, "b", b));
    let naming = Naming { prefix: "cosine".to_owned(), suffix: String::new() };
    Cosines { left, right }.build(&mut graph, &naming).expect("everything fits");
    value(&Trace::evaluate(Arc::new(graph)), "cosine")
}

fn principal_components(x: &Matrix, count: usize) -> Trace {
    let mut graph = Graph::default();
    let of = give(&mut graph, "X", x);
    let naming = Naming { prefix: "pc".to_owned(), suffix: String::new() };
    PrincipalComponents { of, count }.build(&mut graph, &naming).expect("everything fits");
    Trace::evaluate(Arc::new(graph))
}

#[test]
fn the_positions_of_the_paper_have_the_numbers_of_the_paper() {
    // sin 1, cos 1, sin 1/100, cos 1/100, and the same of 2.
    let positions = math::sinusoids(3, 4, &Angles::default());
    let expected = [[0.8415, 0.5403, 0.0100, 1.0000], [0.9093, -0.4161, 0.0200, 0.9998]];
    for (row, expected) in expected.iter().enumerate() {
        for (column, expected) in expected.iter().enumerate() {
            assert!((positions[(row + 1, column)] - expected).abs() < 0.5e-4);
        }
    }
    // The figure of the Illustrated Transformer: halves, and the slowest pair reaches the base.
    let angles = Angles { pairs: Pairs::Halves, slowest: Slowest::Base, ..Angles::default() };
    let positions = math::sinusoids(3, 4, &angles);
    for (row, expected) in
        [[0.0, 0.0, 1.0, 1.0], [0.84, 0.0001, 0.54, 1.0], [0.91, 0.0002, -0.42, 1.0]].iter().enumerate()
    {
        for (column, expected) in expected.iter().enumerate() {
            assert!((positions[(row, column)] - expected).abs() < 0.5e-2, "{row} {column}");
        }
    }
    assert!((positions[(2, 1)] - 0.0002).abs() < 1e-9);
}

#[test]
fn a_measure_bears_its_name_beside_what_it_measures() {
    let mut graph = Graph::default();
    let x = give(&mut graph, "X", &Matrix::zeros(2, 3));
    for (each, quantity) in [(Side::Rows, Quantity::Sum), (Side::Columns, Quantity::Norm)] {
        let op = Op::Measure(op::Measure { of: x, each, quantity });
        let shape = op.infer_shape(&graph).expect("it fits");
        let (name, measured) = match each {
            Side::Rows => (&shape.columns, &shape.rows),
            Side::Columns => (&shape.rows, &shape.columns),
        };
        assert_eq!(name.labels(), [quantity.word()]);
        assert!(measured.agrees_with(&Axis::numbered(if each == Side::Rows { 2 } else { 3 })));
    }
}
