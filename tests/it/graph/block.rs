//! The block has the properties that the lessons tell of it.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use qkv::diagnostic::Source as File;
use qkv::graph::op::Activation;
use qkv::graph::{Constant, Graph, NodeId, Op, Trace, Visible, op};
use qkv::lesson::{Lesson, check};
use qkv::math::{self, Matrix};
use qkv::transformer::{
    Attention, Block, FeedForward, Head, Layout, Linear, MultiHead, Naming, Norm, NormKind, Order,
    Projection, Rules, Source, Stack, Sublayer, SublayerKind, Values,
};

use super::{close, give, matrix, run, value};

/// The width of the vectors of these tests.
const WIDTH: usize = 4;

/// Rows whose numbers differ, so that their variance is no rounding error.
fn uneven(rows: usize) -> impl Strategy<Value = Matrix> {
    matrix(rows, WIDTH)
        .prop_filter("rows of equal numbers", |m| m.row_iter().all(|row| row.max() - row.min() > 0.1))
}

fn vectors() -> impl Strategy<Value = Matrix> {
    (1..=6_usize).prop_flat_map(uneven)
}

/// Named random weights; each call of one kitchen draws others.
struct Weights<'a> {
    graph: &'a mut Graph,
    seed: u64,
}

impl Weights<'_> {
    fn draw(&mut self, rows: usize, columns: usize) -> NodeId {
        self.seed = self.seed.wrapping_add(1);
        give(self.graph, &format!("W{}", self.seed), &math::random(rows, columns, self.seed, 0.7))
    }

    /// Two heads over `queries` and `keys`.
    fn heads(&mut self, queries: NodeId, keys: NodeId, mask: Option<&Visible>) -> MultiHead {
        let head = |name: &str, weights: &mut Self| {
            let source = Source::Projected {
                queries: Projection::new(queries, weights.draw(WIDTH, 3)),
                keys: Projection::new(keys, weights.draw(WIDTH, 3)),
            };
            let values = Values::Projected(Projection::new(keys, weights.draw(WIDTH, 2)));
            let rules = mask.cloned().map_or_else(Rules::default, Rules::masked);
            let attention = Attention { source, values, rules };
            Head { name: name.to_owned(), attention }
        };
        let heads = ["1", "2"].map(|name| head(name, self)).to_vec();
        MultiHead::new(heads, Some(self.draw(4, WIDTH)))
    }

    fn network(&mut self, activation: Activation) -> FeedForward {
        let first = Linear { weights: self.draw(WIDTH, 5), bias: Some(self.draw(1, 5)) };
        let second = Linear { weights: self.draw(5, WIDTH), bias: Some(self.draw(1, WIDTH)) };
        FeedForward { layout: Layout::InOut, first, gate: None, activation, second }
    }

    fn norm(&mut self, kind: NormKind) -> Norm {
        let bias = (kind == NormKind::Layer).then(|| self.draw(1, WIDTH));
        Norm { kind, epsilon: epsilon(1e-5), gain: Some(self.draw(1, WIDTH)), bias }
    }

    /// A whole layer; with a memory it looks at that, too.
    fn block(&mut self, x: NodeId, memory: Option<NodeId>, mask: Option<&Visible>, order: Order) -> Block {
        let mut kinds = vec![SublayerKind::SelfAttention(self.heads(x, x, mask))];
        kinds.extend(memory.map(|memory| {
            let heads = self.heads(x, memory, None);
            SublayerKind::CrossAttention { memory, heads }
        }));
        kinds.push(SublayerKind::FeedForward(self.network(Activation::Gelu)));
        let sublayer = |kind| Sublayer { kind, norm: Some(self.norm(NormKind::Layer)), dropout: None };
        Block { sublayers: kinds.into_iter().map(sublayer).collect(), order }
    }
}

fn epsilon(value: f64) -> Constant {
    Constant { value, symbol: "ε".to_owned() }
}

fn named(prefix: &str) -> Naming {
    Naming { prefix: prefix.to_owned(), suffix: String::new() }
}

/// One block over these vectors, and what it gives.
fn run_block(x: &Matrix, mask: Option<&Visible>, order: Order, seed: u64) -> Trace {
    let mut graph = Graph::default();
    let x = give(&mut graph, "X", x);
    let block = Weights { graph: &mut graph, seed }.block(x, None, mask, order);
    block.build(&mut graph, x, &named("block")).expect("everything fits");
    Trace::evaluate(Arc::new(graph))
}

/// An encoder over `source` and a decoder over `target`, two layers each.
fn translate(source: &Matrix, target: &Matrix, order: Order, seed: u64) -> Trace {
    let mut graph = Graph::default();
    let (x, y) = (give(&mut graph, "X", source), give(&mut graph, "Y", target));
    let mut weights = Weights { graph: &mut graph, seed };
    let layers = (0..2).map(|_| weights.block(x, None, None, order)).collect();
    let encoder = Stack { layers, norm: Some(weights.norm(NormKind::Layer)) };
    let memory = encoder.build(&mut graph, x, &named("encoder")).expect("everything fits");
    let mut weights = Weights { graph: &mut graph, seed: seed.wrapping_add(1000) };
    let layers = (0..2).map(|_| weights.block(y, Some(memory), Some(&Visible::Causal), order)).collect();
    let decoder = Stack { layers, norm: Some(weights.norm(NormKind::Layer)) };
    decoder.build(&mut graph, y, &named("decoder")).expect("everything fits");
    Trace::evaluate(Arc::new(graph))
}

fn layer_norm(x: &Matrix, by: f64) -> Matrix {
    run(&[x], |given| Op::LayerNorm(op::LayerNorm { of: given[0], epsilon: epsilon(by) }))
}

fn rms_norm(x: &Matrix) -> Matrix {
    run(&[x], |given| Op::RmsNorm(op::RmsNorm { of: given[0], epsilon: epsilon(0.0) }))
}

fn order() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::Pre), Just(Order::Post)]
}

/// The rows in an order of their own.
fn permutation(rows: usize, keys: &[u64]) -> Vec<usize> {
    let mut order: Vec<_> = (0..rows).collect();
    order.sort_by_key(|row| keys[*row]);
    order
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn layer_norm_gives_each_row_the_mean_0_and_the_variance_1(x in vectors()) {
        for row in layer_norm(&x, 0.0).row_iter() {
            let mean = row.mean();
            prop_assert!(mean.abs() < 1e-12, "{mean}");
            let variance = row.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / WIDTH as f64;
            prop_assert!((variance - 1.0).abs() < 1e-9, "{variance}");
        }
    }

    #[test]
    fn layer_norm_does_not_see_a_shift_or_a_stretch_of_a_row(x in vectors(), by in 0.1..10.0, to in -5.0..5.0) {
        prop_assert!(close(&layer_norm(&x.map(|x| x * by + to), 0.0), &layer_norm(&x, 0.0)));
    }

    #[test]
    fn rms_norm_gives_each_row_the_mean_square_1_and_does_not_see_a_stretch(x in vectors(), by in 0.1..10.0) {
        let normed = rms_norm(&x);
        for row in normed.row_iter() {
            prop_assert!((row.norm_squared() / WIDTH as f64 - 1.0).abs() < 1e-12);
        }
        prop_assert!(close(&rms_norm(&(&x * by)), &normed));
    }

    #[test]
    fn layer_norm_is_rms_norm_of_a_row_of_mean_0(x in vectors()) {
        let mut centred = x.clone();
        for mut row in centred.row_iter_mut() {
            let mean = row.mean();
            row.add_scalar_mut(-mean);
        }
        prop_assert!(close(&layer_norm(&x, 0.0), &rms_norm(&centred)));
    }

    #[test]
    fn a_feed_forward_network_treats_every_row_on_its_own(x in vectors(), keys: [u64; 6], seed: u64) {
        let output = |x: &Matrix| {
            let mut graph = Graph::default();
            let x = give(&mut graph, "X", x);
            let network = Weights { graph: &mut graph, seed }.network(Activation::Relu);
            network.build(&mut graph, x, &named("ff")).expect("everything fits");
            value(&Trace::evaluate(Arc::new(graph)), "ff.output")
        };
        let order = permutation(x.nrows(), &keys);
        prop_assert_eq!(output(&x.select_rows(&order)), output(&x).select_rows(&order));
    }

    #[test]
    fn without_a_mask_a_block_gives_permuted_outputs_for_permuted_tokens(
        x in vectors(),
        keys: [u64; 6],
        order in order(),
        seed: u64,
    ) {
        let permuted = permutation(x.nrows(), &keys);
        let output = |x: &Matrix| value(&run_block(x, None, order, seed), "block.output");
        prop_assert!(close(&output(&x.select_rows(&permuted)), &output(&x).select_rows(&permuted)));
    }

    #[test]
    fn under_the_causal_mask_a_block_lets_nothing_of_later_tokens_through(
        x in vectors(),
        other in uneven(1),
        pick: Index,
        order in order(),
        seed: u64,
    ) {
        let token = pick.index(x.nrows());
        let mut changed = x.clone();
        changed.row_mut(token).copy_from(&other.row(0));
        let [before, after] =
            [x, changed].map(|x| value(&run_block(&x, Some(&Visible::Causal), order, seed), "block.output"));
        prop_assert_eq!(before.rows(0, token), after.rows(0, token));
    }

    #[test]
    fn norms_stand_where_their_order_says(x in vectors(), order in order(), seed: u64) {
        let trace = run_block(&x, None, order, seed);
        // What the sublayers gave back is taken as it is; everything around them is computed here once more.
        let [found, after] = ["block.attention.output", "block.feed_forward.output"].map(|name| value(&trace, name));
        let learned = |node: &str| {
            let operand = |name: &str, which: usize| {
                let id = trace.graph().find(name).expect(name);
                trace.value(trace.node(id).op.operands()[which]).as_ref().clone()
            };
            (operand(&format!("{node}.times_gain"), 1), operand(&if node == "block.norm_2" && order == Order::Post {
                "block.output".to_owned()
            } else {
                node.to_owned()
            }, 1))
        };
        let norm = |x: &Matrix, (gain, bias): (Matrix, Matrix)| {
            let mut y = x.clone();
            for mut row in y.row_iter_mut() {
                let mean = row.mean();
                let root = (row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / WIDTH as f64 + 1e-5).sqrt();
                for (column, x) in row.iter_mut().enumerate() {
                    *x = (*x - mean) / root * gain[column] + bias[column];
                }
            }
            y
        };
        let (first, second) = (learned("block.norm_1"), learned("block.norm_2"));
        match order {
            Order::Pre => {
                prop_assert!(close(&value(&trace, "block.norm_1"), &norm(&x, first)));
                let middle = &x + found;
                prop_assert!(close(&value(&trace, "block.norm_2"), &norm(&middle, second)));
                prop_assert!(close(&value(&trace, "block.output"), &(middle + after)));
            }
            Order::Post => {
                let middle = norm(&(&x + found), first);
                prop_assert!(close(&value(&trace, "block.norm_1"), &middle));
                prop_assert!(close(&value(&trace, "block.output"), &norm(&(middle + after), second)));
            }
        }
    }

    #[test]
    fn what_a_decoder_gives_does_not_depend_on_later_targets(
        source in vectors(),
        target in vectors(),
        other in uneven(1),
        pick: Index,
        order in order(),
        seed: u64,
    ) {
        let token = pick.index(target.nrows());
        let mut changed = target.clone();
        changed.row_mut(token).copy_from(&other.row(0));
        let [before, after] = [target, changed].map(|target| translate(&source, &target, order, seed));
        let earlier = |trace| value(trace, "decoder.output").rows(0, token).clone_owned();
        prop_assert_eq!(earlier(&before), earlier(&after));
        prop_assert_eq!(value(&before, "encoder.output"), value(&after, "encoder.output"));
    }

    #[test]
    fn a_decoder_looks_from_each_target_at_all_of_the_source(
        source in vectors(),
        target in vectors(),
        order in order(),
        seed: u64,
    ) {
        let trace = translate(&source, &target, order, seed);
        for layer in 1..=2 {
            for head in 1..=2 {
                let cross = value(&trace, &format!("decoder.{layer}.cross_attention.{head}.pattern"));
                prop_assert_eq!(cross.shape(), (target.nrows(), source.nrows()));
                prop_assert!(cross.iter().all(|weight| *weight > 0.0));
                let own = value(&trace, &format!("decoder.{layer}.attention.{head}.pattern"));
                prop_assert_eq!(own.shape(), (target.nrows(), target.nrows()));
                let within = value(&trace, &format!("encoder.{layer}.attention.{head}.pattern"));
                prop_assert_eq!(within.shape(), (source.nrows(), source.nrows()));
            }
        }
        prop_assert_eq!(value(&trace, "decoder.output").shape(), target.shape());
    }

    #[test]
    fn dropout_keeps_numbers_whole_or_drops_them(x in vectors(), rate in 0.0..0.95, seed: u64) {
        let after = run(&[&x], |given| Op::Dropout(op::Dropout { of: given[0], rate, seed }));
        for (before, after) in x.iter().zip(after.iter()) {
            prop_assert!(*after == 0.0 || *after == before / (1.0 - rate), "{before} becomes {after}");
        }
        let nothing = run(&[&x], |given| Op::Dropout(op::Dropout { of: given[0], rate: 0.0, seed }));
        prop_assert_eq!(nothing, x);
    }

    #[test]
    fn an_activation_lies_between_0_and_its_argument_or_between_its_bounds(x in -30.0..30.0) {
        for with in [Activation::Relu, Activation::Gelu, Activation::GeluTanh, Activation::Silu] {
            let y = with.of(x);
            // GELU and SiLU dip below 0 for negative numbers, the lowest point of SiLU is −0.2785.
            prop_assert!(y <= x.max(0.0) && y >= -0.2785, "{with:?}({x}) = {y}");
            prop_assert!((with.of(x) - with.of(-x) - x).abs() < 1e-12, "{with:?}: x·Φ(x) + x·Φ(−x) = x");
        }
        prop_assert!((0.0..=1.0).contains(&Activation::Sigmoid.of(x)));
        prop_assert!((Activation::Tanh.of(x) - (2.0 * Activation::Sigmoid.of(2.0 * x) - 1.0)).abs() < 1e-12);
    }
}

#[test]
fn dropout_drops_about_as_many_as_its_rate_says_and_others_for_another_seed() {
    let x = Matrix::repeat(100, 100, 1.0);
    let after = |seed| run(&[&x], |given| Op::Dropout(op::Dropout { of: given[0], rate: 0.3, seed }));
    let (one, other) = (after(1), after(2));
    let dropped = one.iter().filter(|x| **x == 0.0).count();
    // The standard deviation of 10,000 draws is 46.
    assert!((2800..3200).contains(&dropped), "{dropped}");
    assert!(one != other && one == after(1));
}

fn lesson(matrices: &str) -> Lesson {
    let text = format!(
        "title: Layers\ntext: black cat slept\naxes: {{d_model: 4, d_k: 3, d_ff: 5}}\nmatrices:\n  \
         - X: {{random: {{rows: main, cols: d_model, seed: 1, deviation: 1}}}}\n{matrices}"
    );
    let checked = check(&File::new("layers.yaml", &text));
    assert_eq!(checked.findings, [], "{text}");
    checked.lesson.expect("a lesson without findings")
}

#[test]
fn repeating_a_layer_is_two_layers_with_the_same_weights() {
    let layer =
        "{feed_forward: {W_1: W_1, W_2: W_2}, attention: {heads: [{W_Q: W, W_K: W, W_V: W}], W_O: W_O}}";
    let weights = "  - W: {random: {rows: d_model, cols: d_k, seed: 2}}\n  \
                   - W_O: {random: {rows: d_k, cols: d_model, seed: 3}}\n  \
                   - W_1: {random: {rows: d_model, cols: d_ff, seed: 4}}\n  \
                   - W_2: {random: {rows: d_ff, cols: d_model, seed: 5}}\n";
    let lesson = lesson(&format!(
        "{weights}  - twice: {{stack: {{of: X, repeat: 2, layers: [{layer}]}}}}\n  \
         - both: {{stack: {{of: X, layers: [{layer}, {layer}]}}}}\n  \
         - first: {{block: {{of: X, {inner}}}\n  \
         - second: {{block: {{of: first.output, {inner}}}\n  \
         - last: {{layer_norm: second.output}}\n",
        inner = layer.strip_prefix('{').unwrap(),
    ));
    let twice = value(&lesson.trace, "twice.output");
    assert_eq!(twice, value(&lesson.trace, "both.output"));
    assert_eq!(twice, value(&lesson.trace, "last"));
    assert_ne!(twice, value(&lesson.trace, "twice.1.output"));
}

#[test]
fn every_weight_that_is_made_is_a_matrix_of_its_own() {
    let lesson =
        lesson("  - s: {stack: {of: X, weights: {seed: 7, n_layers: 2, n_heads: 2, feed_forward: gated}}}\n");
    let graph = lesson.trace.graph();
    let weights: Vec<_> = graph
        .nodes()
        .filter(|(id, node)| matches!(node.op, Op::Random(_)) && *id != graph.find("X").unwrap())
        .collect();
    // Of each layer three for each head, W_O, W_1, W_gate and W_2.
    assert_eq!(weights.len(), 2 * (2 * 3 + 1 + 3));
    for (index, (id, node)) in weights.iter().enumerate() {
        for (other, _) in &weights[..index] {
            assert_ne!(lesson.trace.value(*id), lesson.trace.value(*other), "{}", node.name);
        }
    }
    assert!(graph.find("s.2.attention.2.W_V").is_some() && graph.find("s.1.feed_forward.W_gate").is_some());
}

#[test]
fn a_block_over_several_texts_is_a_block_for_each_with_the_same_weights() {
    let text = "title: Two texts\ntexts: {a: black cat, b: cat black}\naxes: {d_model: 2, d_k: 2, d_ff: 3}\n\
                vocabulary: {axis: d_model, tokens: {black: [1, 0], cat: [0, 1]}}\nmatrices:\n  \
                - X: {embed: [a, b]}\n  - block: {block: {of: X, weights: {seed: 7}}}\n  \
                - norm: {layer_norm: {of: block.output, gain: g}}\n";
    let text = text.replace("  - norm", "  - g: {given: [[2, 3]]}\n  - norm");
    let checked = check(&File::new("texts.yaml", &text));
    assert_eq!(checked.findings, []);
    let trace = checked.lesson.unwrap().trace;
    for name in ["block.output", "block.feed_forward.hidden", "norm", "norm.normalised"] {
        let [a, b] = ["a", "b"].map(|text| value(&trace, &format!("{name}@{text}")));
        // Without a mask, the order of the tokens does not matter.
        assert!(close(&a, &b.select_rows(&[1, 0])), "{name}");
    }
}
