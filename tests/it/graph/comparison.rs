//! What attention is compared with: a convolution is attention to fixed distances, and a recurrent network is a long way.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use qkv::graph::op::Activation;
use qkv::graph::{Axis, Cell, Graph, NodeId, Op, Part, Place, Trace, Visible, op};
use qkv::math::{Matrix, product, stack};
use qkv::transformer::{
    Attention, Cost, Extras, Head, Heads, Layout, MODELS, MultiHead, Naming, Output, Projection, Recurrence,
    Rules, Sight, Sizes, Source, Values,
};

use super::proof::prove;
use super::{close, give, matrix, value};

/// A text and, for some distances, the two matrices whose product is the kernel there.
type Slices = (Matrix, Vec<(isize, Matrix, Matrix)>);

fn text_and_slices() -> impl Strategy<Value = Slices> {
    let sizes = (1..=7_usize, 1..=4_usize, 1..=4_usize, 1..=4_usize);
    let offsets = prop::collection::btree_set(-4..=4_isize, 1..=5);
    (sizes, offsets).prop_flat_map(|((n, d_in, d_v, d_out), offsets)| {
        let slice = move |offset: isize| (Just(offset), matrix(d_in, d_v), matrix(d_v, d_out));
        (matrix(n, d_in), offsets.into_iter().map(slice).collect::<Vec<_>>())
    })
}

proptest! {
    /// Cordonnier et al. 2020, theorem 1: one head for each distance, whose pattern depends on the distance only.
    #[test]
    fn a_convolution_is_attention_with_one_head_for_each_distance((x, slices) in text_and_slices()) {
        let positions = x.nrows();
        let mut graph = Graph::default();
        let of = give(&mut graph, "X", &x);
        let flat = give(&mut graph, "flat", &Matrix::zeros(positions, positions));
        let mut kernel = Vec::new();
        let mut heads = Vec::new();
        for (offset, value_weights, output_weights) in &slices {
            let weights = give(&mut graph, &format!("K{offset}"), &product(value_weights, output_weights));
            let slice = op::KernelSlice { offset: *offset, weights };
            kernel.push(slice);
            // A single key is allowed, or none where it would lie beyond the ends.
            let cells = (0..positions).flat_map(|query| (0..positions).map(move |key| (query, key)));
            let allowed = cells.map(|(query, key)| slice.looks_at(query, positions) == Some(key)).collect();
            let weights = give(&mut graph, &format!("V{offset}"), value_weights);
            let attention = Attention {
                source: Source::Scores(flat),
                values: Values::Projected(Projection::new(of, weights)),
                rules: Rules::masked(Visible::Cells(allowed)),
            };
            heads.push(Head { name: format!("at_{}", heads.len()), attention });
        }
        // [d_v, d_out], … -> [n_heads·d_v, d_out]
        let mixed = stack(&slices.iter().map(|(_, _, weights)| weights).collect::<Vec<_>>());
        let weights = give(&mut graph, "W_O", &mixed);
        let output = Some(Output { weights, bias: None, layout: Layout::InOut });
        let naming = Naming { prefix: "mh".to_owned(), suffix: String::new() };
        MultiHead { heads: Heads::Separate(heads), output, extras: Extras::default() }.build(&mut graph, &naming).expect("everything fits");
        graph.push("Y", Op::Convolution(op::Convolution { of, kernel }), Part::Other).expect("it fits");
        let trace = Trace::evaluate(Arc::new(graph));
        prop_assert!(close(&value(&trace, "Y"), &value(&trace, "mh.output")));
        prove(&trace).map_err(TestCaseError::fail)?;
    }
}

/// A network over `n` tokens, and a head beside it.
fn network_and_head(n: usize, activation: Option<Activation>) -> Trace {
    let number = |row: usize, column: usize| ((row * 3 + column * 5) % 7) as f64 / 7.0 - 0.4;
    let mut graph = Graph::default();
    let of = give(&mut graph, "X", &Matrix::from_fn(n, 3, number));
    let weights =
        |graph: &mut Graph, name: &str, rows: usize| give(graph, name, &Matrix::from_fn(rows, 2, number));
    let (input_weights, state_weights) = (weights(&mut graph, "W_x", 3), weights(&mut graph, "W_h", 2));
    let naming = |prefix: &str| Naming { prefix: prefix.to_owned(), suffix: String::new() };
    Recurrence { of, input_weights, state_weights, bias: None, activation }
        .build(&mut graph, &naming("rnn"))
        .expect("everything fits");
    let (query_weights, key_weights) = (weights(&mut graph, "W_Q", 3), weights(&mut graph, "W_K", 3));
    let values = Values::Projected(Projection::new(of, weights(&mut graph, "W_V", 3)));
    let source = Source::Projected {
        queries: Projection::new(of, query_weights),
        keys: Projection::new(of, key_weights),
    };
    Attention { source, values, rules: Rules::masked(Visible::Causal) }
        .build(&mut graph, &naming("head"))
        .expect("everything fits");
    Trace::evaluate(Arc::new(graph))
}

/// The position that a number belongs to; `None` for weights, which belong to none.
fn position(trace: &Trace, place: Place) -> Option<usize> {
    let (name, row) = match place {
        Place::Cell(Cell { node, row, .. }) => (&trace.node(node).name, row),
        Place::Aggregate(shared) => (&trace.node(shared.node).name, shared.row),
    };
    match name.strip_prefix("rnn.") {
        Some(state) if state != "output" => Some(state.parse::<usize>().expect("states have numbers") - 1),
        _ => (!name.starts_with("W_")).then_some(row),
    }
}

/// How many times information changes its position on the shortest way from the first token to a number of the last.
fn steps_from_the_first_token(trace: &Trace, last: NodeId) -> usize {
    let rows = trace.node(last).shape.rows.size();
    let start = Place::Cell(Cell { node: last, row: rows - 1, column: 0 });
    let mut steps: BTreeMap<String, usize> = BTreeMap::new();
    let mut open = vec![(start, 0)];
    let mut best = usize::MAX;
    while let Some((place, taken)) = open.pop() {
        let known = steps.entry(format!("{place:?}")).or_insert(usize::MAX);
        if *known <= taken {
            continue;
        }
        *known = taken;
        let here = position(trace, place).expect("only numbers of positions are followed");
        if trace.node(place.node()).name == "X" && here == 0 {
            best = best.min(taken);
        }
        trace.derive(place).sources(&mut |source| {
            if let Some(there) = position(trace, source) {
                open.push((source, taken + usize::from(there != here)));
            }
        });
    }
    best
}

#[test]
fn a_recurrent_network_takes_n_minus_1_steps_from_the_first_token_to_the_last_and_attention_one() {
    for n in 2..=6 {
        let trace = network_and_head(n, Some(Activation::Tanh));
        let steps =
            |name: &str| steps_from_the_first_token(&trace, trace.graph().find(name).expect("it is there"));
        assert_eq!((steps("rnn.output"), steps("head.Z")), (n - 1, 1), "{n} tokens");
    }
}

#[test]
fn every_state_is_made_of_the_one_before_it() {
    let trace = network_and_head(5, None);
    for t in 2..=5 {
        let state = trace.graph().find(&format!("rnn.{t}")).expect("it is there");
        let before = trace.graph().find(&format!("rnn.{}", t - 1));
        assert!(trace.node(state).op.operands().iter().any(|operand| Some(*operand) == before), "{t}");
    }
    prove(&trace).unwrap();
}

#[test]
fn a_state_of_a_later_token_changes_no_earlier_one() {
    let (short, long) =
        (network_and_head(3, Some(Activation::Tanh)), network_and_head(6, Some(Activation::Tanh)));
    let states = value(&long, "rnn.output").rows(0, 3).into_owned();
    assert_eq!(states, value(&short, "rnn.output"));
}

#[test]
fn a_context_is_its_neighbours_in_equal_parts_without_itself() {
    for (n, window) in [(1, 1), (2, 1), (5, 1), (5, 2), (6, 9)] {
        let mut graph = Graph::default();
        let op = Op::Context(op::Context { positions: Axis::numbered(n), window });
        graph.push("A", op, Part::Other).expect("a free name");
        let trace = Trace::evaluate(Arc::new(graph));
        let average = value(&trace, "A");
        for (position, row) in average.row_iter().enumerate() {
            let near = |other: &usize| *other != position && other.abs_diff(position) <= window;
            let neighbours: Vec<_> = (0..n).filter(near).collect();
            for (other, part) in row.iter().enumerate() {
                let expected = if neighbours.contains(&other) { 1.0 / neighbours.len() as f64 } else { 0.0 };
                assert_eq!(*part, expected, "{n} tokens, window {window}: {position}, {other}");
            }
        }
        prove(&trace).unwrap();
    }
}

#[test]
fn the_formula_of_every_count_gives_its_number() {
    let mut graph = Graph::default();
    for model in MODELS {
        model.sizes.parameters().build(&mut graph, model.name).expect("a free name");
        let Sizes { d_model, d_k, d_v, n_heads, .. } = model.sizes;
        for (name, mask) in [
            ("all", Sight::All),
            ("past", Sight::Causal),
            ("near", Sight::Window(256)),
            ("itself", Sight::Window(1)),
        ] {
            let tokens = vec![1, 256, 2048];
            let (n_kv_heads, n_layers) = (n_heads / 4, Some(model.sizes.n_layers));
            let cost = Cost { tokens, d_model, d_k, d_v, n_heads, n_kv_heads, mask, bytes: 2, n_layers };
            let name = format!("{}.{name}", model.name);
            cost.build(&mut graph, &name).expect("a free name");
            let trace = Trace::evaluate(Arc::new(graph.clone()));
            for (name, counts) in
                [(name.clone(), cost.cells()), (format!("{name}.layers"), cost.of_all_layers())]
            {
                let counts: Vec<_> = counts.iter().map(|count| count.value().expect("it is exact")).collect();
                let table = trace.graph().find(&name).expect("it was built");
                let shown: Vec<_> =
                    trace.value(table).transpose().iter().map(|number| *number as u64).collect();
                assert_eq!(shown, counts, "{name}");
            }
        }
    }
    prove(&Trace::evaluate(Arc::new(graph))).unwrap();
}
