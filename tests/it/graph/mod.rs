//! The graph: every number explains itself, and attention has the properties that the lessons tell of it.
#![allow(clippy::float_cmp, reason = "what must be the same to the bit is compared to the bit")]

mod attention;
mod block;
mod comparison;
mod kept;
mod positions;
pub(crate) mod proof;
mod random;
mod rule;
mod trace;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use qkv::graph::{Axis, Cell, Constant, Graph, NodeId, Op, Origin, Part, Place, Shape, Trace, Visible, op};
use qkv::math::{Matrix, softmax};
use qkv::transformer::{Attention, Head, Masking, MultiHead, Naming, Projection, Rules, Source, Values};

use proof::{places, prove};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_number_of_any_graph_explains_itself(recipe in random::of_any_kind()) {
        prove(&recipe.evaluate()).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn a_number_changes_only_with_its_sources(recipe in random::calm(), pick: Index) {
        let graph = recipe.cook();
        let givens: Vec<_> =
            graph.nodes().filter(|(_, node)| matches!(node.op, Op::Given(_))).map(|(id, _)| id).collect();
        let node = *pick.get(&givens);
        let (rows, columns) = graph.node(node).shape.size();
        let at = pick.index(rows * columns);
        let changed = Cell { node, row: at / columns, column: at % columns };
        let (before, after) = (Trace::evaluate(Arc::new(graph.clone())), Trace::evaluate(bump(&graph, changed)));
        // What is no number any more, as −∞ − −∞, can undo that a row is all masked, which is a rule and no source.
        prop_assume!(graph.nodes().all(|(id, _)| !after.value(id).iter().any(|number| number.is_nan())));
        // So can a product with −∞ that changes its sign; whether a row is all masked is a rule about the whole row.
        let masked = |trace: &Trace, id| {
            let value: Arc<Matrix> = trace.value(id);
            value.row_iter().map(|row| row.iter().all(|x| *x == f64::NEG_INFINITY)).collect::<Vec<_>>()
        };
        prop_assume!(graph.nodes().all(|(id, _)| masked(&before, id) == masked(&after, id)));
        let dependent = dependents(&before, changed);
        for (id, node) in graph.nodes() {
            for place in places(&before, id) {
                let moved = before.number(place).to_bits() != after.number(place).to_bits();
                prop_assert!(!moved || dependent.contains(&place), "{} {place:?} moved without a source", node.name);
            }
        }
    }
}

/// The graph with one given number made larger by 1.
fn bump(graph: &Graph, cell: Cell) -> Arc<Graph> {
    let mut bumped = Graph::default();
    for (id, node) in graph.nodes() {
        let mut op = node.op.clone();
        if let (true, Op::Given(op::Given { values, .. })) = (id == cell.node, &mut op) {
            Arc::make_mut(values)[(cell.row, cell.column)] += 1.0;
        }
        bumped.push(node.name.clone(), op, node.part).expect("it could be pushed before");
    }
    Arc::new(bumped)
}

/// The cell, and every number that has it for a source, directly or not.
fn dependents(trace: &Trace, cell: Cell) -> HashSet<Place> {
    let mut dependents = HashSet::from([Place::Cell(cell)]);
    for (id, _) in trace.graph().nodes() {
        for place in places(trace, id) {
            let mut depends = false;
            trace.derive(place).sources(&mut |source| depends |= dependents.contains(&source));
            // Principal components are found by a search through the whole of their matrix.
            if let Op::Components(op::Components { of, .. }) = trace.node(id).op {
                depends |= places(trace, of).any(|source| dependents.contains(&source));
            }
            if depends {
                dependents.insert(place);
            }
        }
    }
    dependents
}

#[test]
fn every_operation_occurs_in_the_random_graphs() {
    // Read from the source, so that an operation that is added later is missed here.
    let source = include_str!("../../../src/graph/op/mod.rs");
    let start = source.find("pub enum Op {").expect("it is there");
    let body = &source[start..start + source[start..].find("\n}").expect("it ends")];
    let variants = body.lines().filter_map(|line| Some(line.strip_prefix("    ")?.split_once('(')?.0));
    let variants: BTreeSet<_> = variants.map(str::to_owned).collect();
    assert!(variants.contains("Softmax") && variants.len() >= 10, "{variants:?}");

    let mut runner = TestRunner::deterministic();
    let mut occurring: BTreeSet<String> = BTreeSet::new();
    let (mut lost_rows, mut beyond) = (0, 0);
    for _ in 0..200 {
        let recipe = random::of_any_kind().new_tree(&mut runner).expect("nothing is rejected").current();
        let trace = recipe.evaluate();
        for (id, node) in trace.graph().nodes() {
            let name = format!("{:?}", node.op);
            occurring.extend(name.split('(').next().map(str::to_owned));
            let masked = |row: usize| trace.value(id).row(row).iter().all(|x| *x == f64::NEG_INFINITY);
            lost_rows +=
                usize::from(matches!(node.op, Op::Mask(_)) && (0..node.shape.rows.size()).any(masked));
            beyond += usize::from(trace.value(id).iter().any(|x| x.is_nan()));
        }
    }
    assert_eq!(occurring, variants);
    assert!(lost_rows > 10 && beyond > 10, "rows that see nothing: {lost_rows}, missing numbers: {beyond}");
}

fn matrix(rows: usize, columns: usize) -> impl Strategy<Value = Matrix> {
    filled(rows, columns, (-3.0..3.0).boxed())
}

fn filled(rows: usize, columns: usize, number: BoxedStrategy<f64>) -> impl Strategy<Value = Matrix> {
    prop::collection::vec(number, rows * columns)
        .prop_map(move |values| Matrix::from_vec(rows, columns, values))
}

/// A matrix of 1 to 6 rows and columns.
fn sized(number: BoxedStrategy<f64>) -> impl Strategy<Value = Matrix> {
    (1..=6_usize, 1..=6_usize).prop_flat_map(move |(rows, columns)| filled(rows, columns, number.clone()))
}

/// Any score that can be: every finite number, and −∞ for what is masked.
fn any_score() -> BoxedStrategy<f64> {
    let finite = any::<f64>().prop_filter("finite", |x| x.is_finite());
    prop_oneof![2 => finite, 2 => -5.0..5.0, 1 => Just(f64::NEG_INFINITY), 1 => Just(f64::MAX), 1 => Just(-f64::MAX)]
        .boxed()
}

/// `Σ|A·B|`, against which a rounding error is small.
fn close(a: &Matrix, b: &Matrix) -> bool {
    let size = a.iter().chain(b.iter()).fold(1.0, |most: f64, x| most.max(x.abs()));
    a.shape() == b.shape() && a.iter().zip(b.iter()).all(|(a, b)| (a - b).abs() <= 1e-9 * size)
}

proptest! {
    #[test]
    fn softmax_shares_1_in_each_row_whatever_the_scores(scores in sized(any_score())) {
        let shares = softmax(&scores);
        for (given, shares) in scores.row_iter().zip(shares.row_iter()) {
            prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{given} -> {shares}");
            let nothing_to_see = given.iter().all(|x| *x == f64::NEG_INFINITY);
            let sum: f64 = shares.iter().sum();
            prop_assert!((sum - if nothing_to_see { 0.0 } else { 1.0 }).abs() < 1e-12, "{given} -> {shares}");
            for (score, share) in given.iter().zip(shares.iter()) {
                prop_assert!(*score > f64::NEG_INFINITY || *share == 0.0, "masked: {given} -> {shares}");
            }
        }
    }

    #[test]
    fn a_larger_score_never_gets_a_smaller_share(scores in sized(any_score())) {
        let shares = softmax(&scores);
        for (given, shares) in scores.row_iter().zip(shares.row_iter()) {
            for (a, p) in given.iter().zip(shares.iter()) {
                for (b, q) in given.iter().zip(shares.iter()) {
                    prop_assert!(a >= b || p <= q, "{a} gets {p}, {b} gets {q}");
                }
            }
        }
    }

    #[test]
    fn softmax_does_not_change_when_all_scores_of_a_row_shift(
        scores in sized(prop_oneof![4 => -20.0..20.0, 1 => Just(f64::NEG_INFINITY)].boxed()),
        shift in -1e3..1e3,
    ) {
        prop_assert!(close(&softmax(&scores), &softmax(&scores.map(|x| x + shift))));
    }

    #[test]
    fn a_gap_of_scores_is_the_logarithm_of_the_ratio_of_shares(scores in sized((-5.0..5.0).boxed())) {
        let shares = softmax(&scores);
        for (given, shares) in scores.row_iter().zip(shares.row_iter()) {
            let gap = (shares[0] / shares[shares.len() - 1]).ln();
            prop_assert!((gap - (given[0] - given[given.len() - 1])).abs() < 1e-9);
        }
    }
}

/// A head with its weights, over any rows.
#[derive(Debug, Clone)]
struct Weights {
    query: Matrix,
    key: Matrix,
    value: Matrix,
}

/// Tokens with a head whose weights fit them.
fn tokens_and_head() -> impl Strategy<Value = (Matrix, Weights)> {
    (2..=6_usize, 1..=5_usize, 1..=4_usize, 1..=4_usize).prop_flat_map(|(n, d, k, v)| {
        let weights = (matrix(d, k), matrix(d, k), matrix(d, v));
        (matrix(n, d), weights.prop_map(|(query, key, value)| Weights { query, key, value }))
    })
}

fn give(graph: &mut Graph, name: &str, values: &Matrix) -> NodeId {
    let shape = Shape::new(Axis::numbered(values.nrows()), Axis::numbered(values.ncols()));
    let op = Op::Given(op::Given { values: Arc::new(values.clone()), shape, origin: Origin::Written });
    graph.push(name, op, Part::Other).expect("the name is free")
}

fn attention(graph: &mut Graph, x: NodeId, weights: &Weights, mask: Option<Visible>) -> Attention {
    let prefix = graph.len();
    let mut given = |name: &str, values: &Matrix| give(graph, &format!("{prefix}.{name}"), values);
    let (query_weights, key_weights) = (given("W_Q", &weights.query), given("W_K", &weights.key));
    let values = Values::Projected(Projection::new(x, given("W_V", &weights.value)));
    let (queries, keys) = (Projection::new(x, query_weights), Projection::new(x, key_weights));
    let rules = Rules { mask: mask.map(Masking::new), ..Rules::default() };
    Attention { source: Source::Projected { queries, keys }, values, rules }
}

/// A matrix of the graph by its name.
fn value(trace: &Trace, name: &str) -> Matrix {
    let node = trace.graph().find(name).unwrap_or_else(|| panic!("no matrix is called {name}"));
    trace.value(node).as_ref().clone()
}

fn run_head(x: &Matrix, weights: &Weights, mask: Option<Visible>) -> Trace {
    let mut graph = Graph::default();
    let x = give(&mut graph, "X", x);
    let head = attention(&mut graph, x, weights, mask);
    let naming = Naming { prefix: "head".to_owned(), suffix: String::new() };
    head.build(&mut graph, &naming).expect("everything fits");
    Trace::evaluate(Arc::new(graph))
}

/// Every operation but those of attention, on its own: a node made of given matrices.
fn run(given: &[&Matrix], op: impl FnOnce(&[NodeId]) -> Op) -> Matrix {
    let mut graph = Graph::default();
    let given: Vec<_> = given.iter().enumerate().map(|(n, m)| give(&mut graph, &n.to_string(), m)).collect();
    let id = graph.push("out", op(&given), Part::Other).expect("everything fits");
    Trace::evaluate(Arc::new(graph)).value(id).as_ref().clone()
}

proptest! {
    #[test]
    fn under_the_causal_mask_a_later_token_changes_no_earlier_output(
        (x, weights) in tokens_and_head(),
        other in -3.0..3.0,
        pick: Index,
    ) {
        let token = pick.index(x.nrows());
        let mut changed = x.clone();
        changed.row_mut(token).fill(other);
        let before = run_head(&x, &weights, Some(Visible::Causal));
        let after = run_head(&changed, &weights, Some(Visible::Causal));
        for name in ["head.pattern", "head.Z"] {
            for query in 0..token {
                let row = |trace| value(trace, name).row(query).clone_owned();
                prop_assert_eq!(row(&before), row(&after), "{}", name);
            }
        }
        for query in 0..x.nrows() {
            for key in query + 1..x.nrows() {
                prop_assert_eq!(value(&before, "head.pattern")[(query, key)], 0.0);
            }
        }
    }

    #[test]
    fn without_a_mask_permuted_tokens_give_permuted_outputs(
        (x, weights) in tokens_and_head(),
        keys in any::<[u64; 6]>(),
    ) {
        let mut order: Vec<_> = (0..x.nrows()).collect();
        order.sort_by_key(|token| keys[*token]);
        let (plain, permuted) = (run_head(&x, &weights, None), run_head(&x.select_rows(&order), &weights, None));
        prop_assert!(close(&value(&plain, "head.Z").select_rows(&order), &value(&permuted, "head.Z")));
        let pattern = value(&plain, "head.pattern").select_rows(&order).select_columns(&order);
        prop_assert!(close(&pattern, &value(&permuted, "head.pattern")));
    }

    #[test]
    fn an_output_lies_between_the_values_that_it_is_mixed_of((x, weights) in tokens_and_head()) {
        let trace = run_head(&x, &weights, Some(Visible::Causal));
        for (values, outputs) in value(&trace, "head.V").column_iter().zip(value(&trace, "head.Z").column_iter()) {
            for (query, output) in outputs.iter().enumerate() {
                let seen = values.rows(0, query + 1);
                prop_assert!(seen.min() - 1e-9 <= *output && *output <= seen.max() + 1e-9);
            }
        }
    }

    #[test]
    fn the_product_with_w_o_is_the_sum_of_the_heads_with_their_slices(
        (x, weights) in tokens_and_head(),
        second in -2.0..2.0,
        d_model in 1..=5_usize,
        numbers in prop::collection::vec(-3.0..3.0, 40),
    ) {
        let d_v = weights.value.ncols();
        let others = Weights { query: weights.query.map(|w| w * second), ..weights.clone() };
        let output = Matrix::from_row_iterator(2 * d_v, d_model, numbers.iter().copied().cycle().take(2 * d_v * d_model));
        let mut graph = Graph::default();
        let x = give(&mut graph, "X", &x);
        let heads = [&weights, &others].map(|weights| attention(&mut graph, x, weights, None));
        let heads = ["a", "b"].iter().zip(heads);
        let heads = heads.map(|(name, attention)| Head { name: (*name).to_owned(), attention }).collect();
        let output_weights = Some(give(&mut graph, "W_O", &output));
        let naming = Naming { prefix: "mh".to_owned(), suffix: String::new() };
        MultiHead::new(heads, output_weights).build(&mut graph, &naming).expect("everything fits");
        let trace = Trace::evaluate(Arc::new(graph));
        let slices = value(&trace, "mh.a.Z") * output.rows(0, d_v) + value(&trace, "mh.b.Z") * output.rows(d_v, d_v);
        prop_assert!(close(&value(&trace, "mh.output"), &slices));
    }

    #[test]
    fn dividing_the_queries_divides_their_dot_products(
        (q, k) in (1..=6_usize, 1..=6_usize, 1..=6_usize).prop_flat_map(|(n, m, d)| (matrix(n, d), matrix(m, d))),
        by in prop_oneof![0.1..100.0, -100.0..-0.1],
    ) {
        let divide = |m: &Matrix| {
            let divisor = Constant { value: by, symbol: "s".to_owned() };
            run(&[m], |given| Op::Scale(op::Scale { of: given[0], divisor }))
        };
        let dots = |q: &Matrix| run(&[q, &k], |given| Op::DotProducts(op::DotProducts { left: given[0], right: given[1] }));
        prop_assert!(close(&dots(&divide(&q)), &divide(&dots(&q))));
    }

    #[test]
    fn dot_products_are_the_product_with_the_transpose(
        (a, b) in (1..=6_usize, 1..=6_usize, 1..=6_usize).prop_flat_map(|(n, m, d)| (matrix(n, d), matrix(m, d))),
    ) {
        let turned = run(&[&b], |given| Op::Transpose(op::Transpose { of: given[0] }));
        let product = run(&[&a, &turned], |given| Op::Product(op::Product { left: given[0], right: given[1] }));
        let dots = run(&[&a, &b], |given| Op::DotProducts(op::DotProducts { left: given[0], right: given[1] }));
        prop_assert_eq!(product, dots);
    }

    #[test]
    fn a_look_up_is_the_product_with_one_hot_rows(table in sized((-3.0..3.0).boxed()), picks: [Index; 4]) {
        let rows = picks.map(|pick| pick.index(table.nrows())).to_vec();
        let one_hot = Matrix::from_fn(4, table.nrows(), |i, j| if rows[i] == j { 1.0 } else { 0.0 });
        let positions = Axis::tokens("main", ["a", "b", "c", "d"].map(str::to_owned).to_vec());
        let gathered = run(&[&table], |given| Op::Gather(op::Gather { table: given[0], rows, positions }));
        prop_assert_eq!(gathered, one_hot * table);
    }
}

#[test]
fn a_row_of_missing_numbers_is_not_taken_for_a_masked_one() {
    let given = Matrix::from_row_slice(2, 2, &[f64::NAN, f64::NAN, f64::NEG_INFINITY, f64::NAN]);
    assert!(softmax(&given).iter().all(|share| share.is_nan()));
    let mut graph = Graph::default();
    let of = give(&mut graph, "A", &given);
    graph.push("P", Op::Softmax(op::Softmax::new(of)), Part::Other).unwrap();
    prove(&Trace::evaluate(Arc::new(graph))).unwrap();
}

#[test]
fn matrices_whose_axes_disagree_cannot_be_put_together() {
    let mut graph = Graph::default();
    let mut given = |name: &str, rows: Arc<Axis>, columns: Arc<Axis>| {
        let values = Arc::new(Matrix::zeros(rows.size(), columns.size()));
        let op = Op::Given(op::Given { values, shape: Shape::new(rows, columns), origin: Origin::Written });
        graph.push(name, op, Part::Other).unwrap()
    };
    let (d_k, d_v) = (Axis::sized("d_k", 3), Axis::sized("d_v", 3));
    let a = given("A", Axis::numbered(3), Arc::clone(&d_k));
    let b = given("B", Arc::clone(&d_v), Arc::clone(&d_v));
    let c = given("C", Axis::numbered(2), d_k);
    let wrong = [
        Op::Product(op::Product { left: a, right: b }),
        Op::DotProducts(op::DotProducts { left: a, right: b }),
        Op::Add(op::Add { terms: vec![a, b] }),
        Op::Add(op::Add { terms: vec![a, c] }),
        Op::Concat(op::Concat { parts: vec![a, c] }),
    ];
    for op in wrong {
        assert!(op.infer_shape(&graph).is_err(), "{op:?}");
    }
    let right = [
        Op::Product(op::Product { left: a, right: a }),
        Op::DotProducts(op::DotProducts { left: c, right: a }),
    ];
    for op in right {
        assert!(op.infer_shape(&graph).is_ok(), "{op:?}");
    }
    assert!(graph.push("A", Op::Transpose(op::Transpose { of: a }), Part::Other).is_err());
}
