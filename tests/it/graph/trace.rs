//! What is kept, what is computed when looked at, and what is computed again: the numbers are always the same.

use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use proptest::sample::Index;
use qkv::graph::{
    Axis, Cell, Constant, EmptyRow, Estimate, Evaluation, Graph, NodeId, Op, Part, Shape, Trace, Visible, op,
    peak,
};
use qkv::math::{LARGE_PRODUCT, Matrix, Random, dot_products, product, random};

use super::proof::{places, prove};
use super::{bump, give, random as recipes};

fn with_budget(graph: &Graph, budget: usize) -> Trace {
    let trace = Trace::evaluate_while(Arc::new(graph.clone()), budget, &Evaluation::default());
    trace.expect("nobody cancels it")
}

fn ids(graph: &Graph) -> Vec<NodeId> {
    graph.nodes().map(|(id, _)| id).collect()
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

/// Every number of both is the same to the bit, cell by cell and as whole matrices.
fn assert_same(a: &Trace, b: &Trace) -> Result<(), TestCaseError> {
    for (id, node) in a.graph().nodes() {
        let (whole, other) = (a.value(id), b.value(id));
        prop_assert!(whole.iter().zip(other.iter()).all(|(x, y)| same(*x, *y)), "{}", node.name);
        for place in places(a, id) {
            prop_assert!(same(a.number(place), b.number(place)), "{} {place:?}", node.name);
        }
        let sample = |trace: &Trace| trace.extent(id).sample().map(f64::to_bits).collect::<Vec<_>>();
        prop_assert_eq!(sample(a), sample(b));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_computed_when_looked_at_is_what_would_have_been_kept(recipe in recipes::of_any_kind()) {
        let graph = recipe.cook();
        let (all, least) = (with_budget(&graph, usize::MAX), with_budget(&graph, 0));
        assert_same(&all, &least)?;
        prove(&least).map_err(TestCaseError::fail)?;
        prop_assert!(ids(&graph).iter().all(|id| all.kept(*id).is_some()));
    }

    #[test]
    fn no_more_is_kept_and_in_memory_than_was_said_before(recipe in recipes::calm(), budget in 0..400_usize) {
        let graph = recipe.cook();
        let (trace, estimate) = (with_budget(&graph, budget), Estimate::of(&graph));
        prop_assert!(trace.stored() <= estimate.stored(budget));
        // What is kept is there at the end, and the most at once is no less.
        let kept: usize = ids(&graph).iter().filter_map(|id| trace.kept(*id)).map(|value| value.len()).sum();
        prop_assert!(kept <= peak(&graph, budget).0);
        if estimate.stored(usize::MAX) <= budget {
            prop_assert!(ids(&graph).iter().all(|id| trace.kept(*id).is_some()));
        }
    }

    #[test]
    fn other_numbers_change_what_depends_on_them_and_share_the_rest(
        recipe in recipes::calm(),
        pick: Index,
        budget in prop::sample::select(vec![0, usize::MAX]),
    ) {
        let graph = recipe.cook();
        let givens: Vec<_> =
            graph.nodes().filter(|(_, node)| matches!(node.op, Op::Given(_))).map(|(id, _)| id).collect();
        prop_assume!(!givens.is_empty());
        let node = *pick.get(&givens);
        let before = with_budget(&graph, budget);
        let mut values = Matrix::clone(&before.value(node));
        values[(0, 0)] += 1.0;
        let after = before.replaced(node, values);
        let anew = with_budget(&bump(&graph, Cell { node, row: 0, column: 0 }), budget);
        assert_same(&after, &anew)?;
        let mut stale = vec![node];
        for (id, own) in graph.nodes() {
            if own.op.operands().iter().any(|operand| stale.contains(operand)) {
                stale.push(id);
            }
        }
        for id in ids(&graph).into_iter().filter(|id| !stale.contains(id)) {
            if let (Some(before), Some(after)) = (before.kept(id), after.kept(id)) {
                prop_assert!(Arc::ptr_eq(before, after));
            }
        }
    }
}

#[test]
fn random_numbers_can_be_replaced_and_are_given_then() {
    let mut graph = Graph::default();
    let shape = Shape::new(Axis::numbered(2), Axis::numbered(2));
    let source = Random { seed: 1, deviation: 1.0, decimals: Some(1) };
    let drawn = graph.push("W", Op::Random(op::Random { source, shape }), Part::Other).expect("it fits");
    let twice = Op::Add(op::Add { terms: vec![drawn, drawn] });
    let twice = graph.push("twice", twice, Part::Other).expect("it fits");
    for budget in [0, usize::MAX] {
        let trace = with_budget(&graph, budget).replaced(drawn, Matrix::from_element(2, 2, 1.5));
        assert_eq!(*trace.value(twice), Matrix::from_element(2, 2, 3.0));
        prove(&trace).expect("the numbers explain themselves");
    }
}

/// A chain of so many sums, as the residuals of a deep stack.
fn chain(length: usize) -> (Graph, NodeId) {
    let mut graph = Graph::default();
    let mut x = give(&mut graph, "x", &random(3, 4, 1, 1.0));
    let bias = give(&mut graph, "b", &random(1, 4, 2, 1.0));
    for n in 0..length {
        let sum = Op::Add(op::Add { terms: vec![x, bias] });
        x = graph.push(format!("x{n}"), sum, Part::Other).expect("it fits");
    }
    (graph, x)
}

#[test]
fn however_long_a_chain_is_a_cell_is_never_far_from_what_is_kept() {
    let (graph, last) = chain(5000);
    let trace = with_budget(&graph, 0);
    let mut far = 0;
    let mut longest = 0;
    for id in ids(&graph) {
        far = if trace.kept(id).is_some() { 0 } else { far + 1 };
        longest = longest.max(far);
    }
    assert!((10..100).contains(&longest), "{longest}");
    let whole = with_budget(&graph, usize::MAX);
    assert!(same(trace.cell(Cell { node: last, row: 2, column: 3 }), whole.value(last)[(2, 3)]));
}

#[test]
fn sums_of_sums_do_not_grow_beyond_bounds() {
    let mut graph = Graph::default();
    let mut x = give(&mut graph, "x", &random(2, 2, 1, 1.0));
    for n in 0..60 {
        // Without a bound a cell of the last would be made of 2⁶⁰ others.
        let sum = Op::Add(op::Add { terms: vec![x, x] });
        x = graph.push(format!("x{n}"), sum, Part::Other).expect("it fits");
    }
    let trace = with_budget(&graph, 0);
    let start = random(2, 2, 1, 1.0)[(1, 1)];
    assert!(same(trace.cell(Cell { node: x, row: 1, column: 1 }), start * 2_f64.powi(60)));
}

/// A causal head whose products are large, with weights from seeds.
fn large_head(tokens: usize) -> Graph {
    let mut graph = Graph::default();
    let mut draw = |name: &str, rows: usize, columns: usize, seed: u64| {
        let shape = Shape::new(Axis::numbered(rows), Axis::numbered(columns));
        let source = Random { seed, deviation: 0.2, decimals: None };
        graph.push(name, Op::Random(op::Random { source, shape }), Part::Other).expect("it fits")
    };
    let (x, w) = (draw("X", tokens, 90, 1), draw("W", 90, 80, 2));
    let mut push = |name: &str, op: Op| graph.push(name, op, Part::Other).expect("it fits");
    let q = push("Q", Op::Product(op::Product { left: x, right: w }));
    let scores = push("S", Op::DotProducts(op::DotProducts { left: q, right: q }));
    let scaled = push("C", Op::Scale(op::Scale { of: scores, divisor: Constant::plain(3.0) }));
    let masked =
        push("M", Op::Mask(op::Mask { of: scaled, visible: Visible::Causal, hidden: f64::NEG_INFINITY }));
    let pattern = push("P", Op::Softmax(op::Softmax { of: masked, empty_row: EmptyRow::Zeros }));
    let parts = vec![pattern, pattern, pattern];
    push("Z", Op::Product(op::Product { left: pattern, right: q }));
    push("three", Op::Concat(op::Concat { parts }));
    graph
}

#[test]
fn a_large_lesson_keeps_little_and_its_cells_are_close_to_the_whole() {
    let graph = large_head(300);
    let trace = with_budget(&graph, 100_000);
    let kept: Vec<_> = graph.nodes().filter(|(id, _)| trace.kept(*id).is_some()).collect();
    let names: Vec<_> = kept.iter().map(|(_, node)| node.name.as_str()).collect();
    assert_eq!(names, ["Q", "Z"]);
    for (id, node) in graph.nodes() {
        let whole = trace.value(id);
        let (rows, columns) = node.shape.size();
        for (row, column) in (0..400).map(|n| (n * 7 % rows, n * 11 % columns)) {
            let (cell, bulk) = (trace.cell(Cell { node: id, row, column }), whole[(row, column)]);
            let close = (cell - bulk).abs() <= 1e-12 * bulk.abs().max(1.0);
            assert!(same(cell, bulk) || close, "{} [{row}, {column}]: {cell} {bulk}", node.name);
        }
    }
}

#[test]
fn large_products_are_close_to_their_sums_and_small_ones_are_the_same_to_the_bit() {
    let by_hand = |a: &Matrix, b: &Matrix| {
        Matrix::from_fn(a.nrows(), b.ncols(), |i, j| (0..a.ncols()).map(|k| a[(i, k)] * b[(k, j)]).sum())
    };
    let small = [(5, 7, 3), (1, 4, 1)];
    let large = [(128, 80, 110), (110, 80, 128), (4, 520, 512), (520, 512, 4), (600, 5, 400)];
    for (n, k, m) in small.into_iter().chain(large) {
        let (a, b) = (random(n, k, 1, 1.0), random(k, m, 2, 1.0));
        let wanted = by_hand(&a, &b);
        for got in [product(&a, &b), dot_products(&a, &b.transpose())] {
            assert_eq!(got.shape(), wanted.shape());
            let far = got.iter().zip(wanted.iter()).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
            assert!(far <= if n * k * m > LARGE_PRODUCT { 1e-11 } else { 0.0 }, "{n}×{k}×{m}: {far}");
        }
    }
}

#[test]
fn progress_never_falls_and_ends_at_one() {
    let seen: Arc<Mutex<Vec<f64>>> = Arc::default();
    let evaluation: Arc<Mutex<Option<Arc<Evaluation>>>> = Arc::default();
    let (noted, watched) = (Arc::clone(&seen), Arc::clone(&evaluation));
    let own = Arc::new(Evaluation::new(move || {
        let watched = watched.lock().expect("no panic").clone().expect("it is there before it begins");
        noted.lock().expect("no panic").push(watched.fraction());
    }));
    *evaluation.lock().expect("no panic") = Some(Arc::clone(&own));
    assert!(same(own.fraction(), 0.0));
    Trace::evaluate_while(Arc::new(large_head(200)), 0, &own).expect("nobody cancels it");
    assert!(same(own.fraction(), 1.0));
    let seen = seen.lock().expect("no panic");
    assert!(
        seen.len() > 3 && seen.is_sorted() && seen.iter().all(|share| (0.0..=1.0).contains(share)),
        "{seen:?}"
    );
}

#[test]
fn a_cancelled_evaluation_stops_where_it_is() {
    let slot: Arc<Mutex<Option<Arc<Evaluation>>>> = Arc::default();
    let (watched, calls) = (Arc::clone(&slot), Arc::new(Mutex::new(0)));
    let counted = Arc::clone(&calls);
    let evaluation = Arc::new(Evaluation::new(move || {
        *counted.lock().expect("no panic") += 1;
        let watched = watched.lock().expect("no panic").clone().expect("it is there before it begins");
        if watched.fraction() > 0.3 {
            watched.cancel();
        }
    }));
    *slot.lock().expect("no panic") = Some(Arc::clone(&evaluation));
    // A chain of products, so that a third is far from the end.
    let mut graph = Graph::default();
    let mut x = give(&mut graph, "x", &random(20, 20, 1, 0.1));
    for n in 0..300 {
        x = graph
            .push(format!("x{n}"), Op::Product(op::Product { left: x, right: x }), Part::Other)
            .expect("it fits");
    }
    assert!(Trace::evaluate_while(Arc::new(graph), 0, &evaluation).is_none());
    assert!(
        evaluation.fraction() < 0.4 && *calls.lock().expect("no panic") < 45,
        "{}",
        evaluation.fraction()
    );
}

#[test]
fn one_long_product_is_cancelled_on_its_way() {
    let mut graph = Graph::default();
    let x = give(&mut graph, "x", &random(300, 100, 1, 0.1));
    let y = give(&mut graph, "y", &random(100, 300, 1, 0.1));
    graph.push("p", Op::Product(op::Product { left: x, right: y }), Part::Other).expect("it fits");
    let evaluation = Evaluation::default();
    evaluation.cancel();
    assert!(Trace::evaluate_while(Arc::new(graph), 0, &evaluation).is_none());
    let stopped = qkv::math::product_while(&random(300, 100, 1, 1.0), &random(100, 300, 1, 1.0), &|_| false);
    assert!(stopped.is_none());
}
