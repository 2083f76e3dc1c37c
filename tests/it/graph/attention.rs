//! What holds of heads, masks and softmax, whatever the numbers are.

use proptest::prelude::*;
use qkv::graph::{EmptyRow, Graph, NodeId, Op, Part, Side, Trace, Visible, op};
use qkv::math::Matrix;
use qkv::transformer::{
    Attention, Extras, Fused, Head, Heads, Layout, Masking, MultiHead, Naming, Output, Projection, Rules,
    Source, Values, Wanted,
};

use super::proof::prove;
use super::{close, give, matrix, run, value};

/// The masked matrix of some scores.
fn masked(scores: &Matrix, visible: Visible) -> Matrix {
    run(&[scores], |given| Op::Mask(op::Mask::new(given[0], visible)))
}

fn softmax_of(scores: &Matrix, empty_row: EmptyRow) -> Matrix {
    run(&[scores], |given| Op::Softmax(op::Softmax { of: given[0], empty_row }))
}

fn reversed(m: &Matrix) -> Matrix {
    let (rows, columns) = m.shape();
    Matrix::from_fn(rows, columns, |row, column| m[(rows - 1 - row, columns - 1 - column)])
}

fn square() -> impl Strategy<Value = Matrix> {
    (1..=7_usize).prop_flat_map(|n| matrix(n, n))
}

/// Every mask that needs no table, for so many keys.
fn rules(keys: usize, size: usize) -> Vec<Visible> {
    let valid = size.min(keys);
    vec![
        Visible::Causal,
        Visible::Backward,
        Visible::Padding { from: valid, to: keys },
        Visible::Padding { from: valid / 2, to: valid },
        Visible::Prefix(valid),
        Visible::Window { before: size, after: 0 },
        Visible::Window { before: size, after: size / 2 },
        Visible::Block(size + 1),
    ]
}

proptest! {
    #[test]
    fn the_backward_mask_of_reversed_scores_is_the_reversed_causal_mask(scores in square()) {
        let backward = masked(&reversed(&scores), Visible::Backward);
        prop_assert_eq!(backward, reversed(&masked(&scores, Visible::Causal)));
    }

    #[test]
    fn wide_windows_prefixes_and_blocks_become_the_masks_that_they_are_between(scores in square(), more in 0..3_usize) {
        let n = scores.nrows();
        let wide = n - 1 + more;
        let of = |visible| masked(&scores, visible);
        prop_assert_eq!(of(Visible::Window { before: wide, after: 0 }), of(Visible::Causal));
        prop_assert_eq!(of(Visible::Window { before: 0, after: wide }), of(Visible::Backward));
        prop_assert_eq!(&of(Visible::Window { before: wide, after: wide }), &scores);
        prop_assert_eq!(of(Visible::Prefix(0)), of(Visible::Causal));
        prop_assert_eq!(&of(Visible::Prefix(n)), &scores);
        prop_assert_eq!(&of(Visible::Padding { from: n, to: n }), &scores);
        prop_assert_eq!(&of(Visible::Block(n + more)), &scores);
        prop_assert_eq!(of(Visible::Block(1)), of(Visible::Window { before: 0, after: 0 }));
    }

    #[test]
    fn a_rule_is_the_table_that_it_stands_for(
        (n, m) in (1..=6_usize, 1..=6_usize),
        size in 0..5_usize,
        numbers in prop::collection::vec(-3.0..3.0, 36),
    ) {
        let scores = Matrix::from_row_iterator(n, m, numbers.iter().copied().take(n * m));
        for rule in rules(m, size) {
            let cells: Vec<bool> = (0..n * m).map(|cell| rule.allows(cell / m, cell % m, m)).collect();
            let added: Vec<f64> =
                cells.iter().map(|seen| if *seen { 0.0 } else { f64::NEG_INFINITY }).collect();
            let expected = masked(&scores, rule.clone());
            prop_assert_eq!(&masked(&scores, Visible::Cells(cells.into())), &expected, "{:?}", rule);
            prop_assert_eq!(&masked(&scores, Visible::Added(added.into())), &expected, "{:?}", rule);
        }
    }

    #[test]
    fn of_several_masks_each_hides_what_it_hides_alone(scores in square(), size in 0..4_usize, pick: [usize; 2]) {
        let all = rules(scores.ncols(), size);
        let pair = pick.map(|index| all[index % all.len()].clone());
        let both = masked(&scores, Visible::All(pair.to_vec()));
        let [first, second] = pair;
        prop_assert_eq!(both, masked(&masked(&scores, first), second));
    }

    #[test]
    fn hiding_weights_and_renormalising_is_hiding_scores(scores in square(), size in 0..4_usize) {
        for rule in rules(scores.ncols(), size) {
            let before = softmax_of(&masked(&scores, rule.clone()), EmptyRow::Zeros);
            let mut after = softmax_of(&scores, EmptyRow::Zeros);
            let keys = scores.ncols();
            for (query, mut row) in after.row_iter_mut().enumerate() {
                for (key, weight) in row.iter_mut().enumerate() {
                    if !rule.allows(query, key, keys) {
                        *weight = 0.0;
                    }
                }
                let total: f64 = row.iter().sum();
                // A row that sees nothing has nothing to be divided by.
                row.iter_mut().for_each(|weight| *weight /= if total > 0.0 { total } else { 1.0 });
            }
            prop_assert!(close(&before, &after), "{rule:?}");
        }
    }

    #[test]
    fn a_row_that_sees_nothing_is_what_the_lesson_says(scores in square()) {
        let blind = masked(&scores, Visible::Padding { from: 0, to: scores.ncols() });
        let n = scores.ncols() as f64;
        prop_assert!(softmax_of(&blind, EmptyRow::Zeros).iter().all(|weight| *weight == 0.0));
        prop_assert!(softmax_of(&blind, EmptyRow::Missing).iter().all(|weight| weight.is_nan()));
        prop_assert!(softmax_of(&blind, EmptyRow::Uniform).iter().all(|weight| *weight == 1.0 / n));
        // Other rows do not notice.
        let causal = masked(&scores, Visible::Causal);
        for rule in [EmptyRow::Missing, EmptyRow::Uniform] {
            prop_assert_eq!(softmax_of(&causal, rule), softmax_of(&causal, EmptyRow::Zeros));
        }
    }

    #[test]
    fn the_score_of_a_hidden_key_does_not_matter(scores in square(), other in -1e3..1e3, size in 0..4_usize) {
        for rule in rules(scores.ncols(), size) {
            let keys = scores.ncols();
            let changed = Matrix::from_fn(scores.nrows(), keys, |query, key| {
                if rule.allows(query, key, keys) { scores[(query, key)] } else { other }
            });
            prop_assert_eq!(masked(&scores, rule.clone()), masked(&changed, rule));
        }
    }
}

/// Weights of several heads over tokens, wherever they are kept.
#[derive(Debug, Clone)]
struct Several {
    x: Matrix,
    n_heads: usize,
    n_kv_heads: usize,
    /// `[d, n_heads·d_k]`
    query: Matrix,
    /// `[d, n_kv_heads·d_k]`
    key: Matrix,
    /// `[d, n_kv_heads·d_v]`
    value: Matrix,
    /// `[n_heads·d_v, d]`
    output: Matrix,
    /// The biases of queries, keys, values and output.
    biases: [Matrix; 4],
}

fn several() -> impl Strategy<Value = Several> {
    let sizes = ((1..=5_usize, 1..=4_usize), (1..=3_usize, 1..=3_usize), (1..=2_usize, 1..=2_usize));
    sizes.prop_flat_map(|((n, d), (k, v), (n_kv_heads, shared))| {
        let n_heads = n_kv_heads * shared;
        let (wide_q, wide_k, wide_v, wide) = (n_heads * k, n_kv_heads * k, n_kv_heads * v, n_heads * v);
        let weights = (matrix(d, wide_q), matrix(d, wide_k), matrix(d, wide_v), matrix(wide, d));
        let biases = (matrix(1, wide_q), matrix(1, wide_k), matrix(1, wide_v), matrix(1, d));
        (matrix(n, d), weights, biases).prop_map(move |(x, (query, key, value, output), (q, k, v, o))| {
            Several { x, n_heads, n_kv_heads, query, key, value, output, biases: [q, k, v, o] }
        })
    })
}

/// Where a bias or weights come from while a graph is made.
struct Maker<'a> {
    graph: Graph,
    x: NodeId,
    of: &'a Several,
    layout: Layout,
}

impl<'a> Maker<'a> {
    fn new(of: &'a Several, layout: Layout) -> Self {
        let mut graph = Graph::default();
        let x = give(&mut graph, "X", &of.x);
        Self { graph, x, of, layout }
    }

    fn weights(&mut self, name: &str, weights: &Matrix) -> NodeId {
        let stored = match self.layout {
            Layout::InOut => weights.clone(),
            Layout::OutIn => weights.transpose(),
        };
        give(&mut self.graph, name, &stored)
    }

    fn projection(&mut self, name: &str, weights: &Matrix, bias: &Matrix) -> Projection {
        let weights = self.weights(name, weights);
        let bias = Some(give(&mut self.graph, &format!("{name}_bias"), bias));
        Projection { from: self.x, weights, bias, layout: self.layout }
    }

    fn output(&mut self) -> Output {
        let weights = self.weights("W_O", &self.of.output);
        let bias = Some(give(&mut self.graph, "b_O", &self.of.biases[3]));
        Output { weights, bias, layout: self.layout }
    }

    fn fused(mut self, rules: Rules) -> Trace {
        let of = self.of;
        let queries = self.projection("W_Q", &of.query, &of.biases[0]);
        let keys = self.projection("W_K", &of.key, &of.biases[1]);
        let values = self.projection("W_V", &of.value, &of.biases[2]);
        let (n_heads, n_kv_heads) = (of.n_heads, of.n_kv_heads);
        let heads = Heads::Fused(Box::new(Fused { queries, keys, values, n_heads, n_kv_heads, rules }));
        self.finish(heads)
    }

    /// Every head with weights of its own; heads that share keys and values have the same numbers in theirs.
    fn separate(mut self, rules: &Rules) -> Trace {
        let of = self.of;
        let shared = of.n_heads / of.n_kv_heads;
        let part = |m: &Matrix, nth: usize, heads: usize| {
            let width = m.ncols() / heads;
            m.columns(nth * width, width).into_owned()
        };
        let mut heads = Vec::new();
        for head in 0..of.n_heads {
            let mut cut = |name: &str, weights: &Matrix, bias: &Matrix, nth: usize, heads: usize| {
                let (weights, bias) = (part(weights, nth, heads), part(bias, nth, heads));
                self.projection(&format!("{name}{head}"), &weights, &bias)
            };
            let queries = cut("W_Q", &of.query, &of.biases[0], head, of.n_heads);
            let keys = cut("W_K", &of.key, &of.biases[1], head / shared, of.n_kv_heads);
            let values =
                Values::Projected(cut("W_V", &of.value, &of.biases[2], head / shared, of.n_kv_heads));
            let attention =
                Attention { source: Source::Projected { queries, keys }, values, rules: rules.clone() };
            heads.push(Head { name: (head + 1).to_string(), attention });
        }
        self.finish(Heads::Separate(heads))
    }

    fn finish(mut self, heads: Heads) -> Trace {
        let extras = Extras { contributions: Wanted::Yes, average: Wanted::Yes };
        let output = Some(self.output());
        let naming = Naming { prefix: "mh".to_owned(), suffix: String::new() };
        MultiHead { heads, output, extras }.build(&mut self.graph, &naming).expect("everything fits");
        Trace::evaluate(std::sync::Arc::new(self.graph))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn heads_cut_out_of_one_projection_are_heads_with_weights_of_their_own(weights in several()) {
        let rules = Rules::masked(Visible::Causal);
        let fused = Maker::new(&weights, Layout::InOut).fused(rules.clone());
        let separate = Maker::new(&weights, Layout::InOut).separate(&rules);
        let mut names: Vec<_> = ["mh.concat", "mh.output", "mh.average"].map(String::from).to_vec();
        names.extend((1..=weights.n_heads).flat_map(|head| ["Q", "K", "V", "Z"].map(|part| format!("mh.{head}.{part}"))));
        for name in names {
            prop_assert!(close(&value(&fused, &name), &value(&separate, &name)), "{name}");
        }
        prove(&fused).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn weights_are_the_same_whichever_way_they_are_stored(weights in several()) {
        let rules = Rules::masked(Visible::Window { before: 1, after: 1 });
        let [plain, turned] =
            [Layout::InOut, Layout::OutIn].map(|layout| Maker::new(&weights, layout).fused(rules.clone()));
        for name in ["mh.Q", "mh.1.K", "mh.concat", "mh.output", "mh.1.contribution", "mh.sum"] {
            prop_assert!(close(&value(&plain, name), &value(&turned, name)), "{name}");
        }
    }

    #[test]
    fn what_the_heads_add_by_themselves_is_the_output(weights in several()) {
        for layout in [Layout::InOut, Layout::OutIn] {
            let trace = Maker::new(&weights, layout).separate(&Rules::default());
            prop_assert!(close(&value(&trace, "mh.sum"), &value(&trace, "mh.output")));
        }
    }

    #[test]
    fn the_average_pattern_shares_1_and_lies_between_the_patterns(weights in several()) {
        let trace = Maker::new(&weights, Layout::InOut).fused(Rules::masked(Visible::Causal));
        let average = value(&trace, "mh.average");
        let patterns: Vec<_> =
            (1..=weights.n_heads).map(|head| value(&trace, &format!("mh.{head}.pattern"))).collect();
        for (query, row) in average.row_iter().enumerate() {
            prop_assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            for (key, weight) in row.iter().enumerate() {
                let all = patterns.iter().map(|pattern| pattern[(query, key)]);
                let (least, most) =
                    all.fold((f64::MAX, f64::MIN), |(least, most), x| (least.min(x), most.max(x)));
                prop_assert!((least - 1e-12..=most + 1e-12).contains(weight));
            }
        }
    }

    #[test]
    fn one_bias_for_all_keys_changes_no_pattern(weights in several(), shift in -3.0..3.0) {
        // Q·(K + b)ᵀ adds the same Q·bᵀ to every score of a query, and softmax does not see it.
        let mut moved = weights.clone();
        moved.biases[1] = moved.biases[1].map(|x| x + shift);
        let [one, other] = [&weights, &moved].map(|weights| Maker::new(weights, Layout::InOut).fused(Rules::default()));
        prop_assert!(close(&value(&one, "mh.average"), &value(&other, "mh.average")));
        prop_assert!(close(&value(&one, "mh.output"), &value(&other, "mh.output")));
    }

    #[test]
    fn a_factored_value_matrix_is_the_product_of_its_factors(
        (x, down, up) in (1..=4_usize, 1..=4_usize, 1..=3_usize, 1..=4_usize)
            .prop_flat_map(|(n, d, r, e)| (matrix(n, d), matrix(d, r), matrix(r, e))),
    ) {
        let head = |values: fn(&mut Graph, NodeId, [&Matrix; 2]) -> Values| {
            let mut graph = Graph::default();
            let given = give(&mut graph, "X", &x);
            let values = values(&mut graph, given, [&down, &up]);
            let source = Source::Vectors { queries: given, keys: given };
            let naming = Naming { prefix: "head".to_owned(), suffix: String::new() };
            let attention = Attention { source, values, rules: Rules::default() };
            attention.build(&mut graph, &naming).expect("everything fits");
            value(&Trace::evaluate(std::sync::Arc::new(graph)), "head.Z")
        };
        let factored = head(|graph, from, [down, up]| {
            let down = Projection::new(from, give(graph, "W_V", down));
            Values::Factored { down, up: give(graph, "W_V_up", up) }
        });
        let whole = head(|graph, from, [down, up]| {
            Values::Projected(Projection::new(from, give(graph, "W_V", &(down * up))))
        });
        prop_assert!(close(&factored, &whole));
    }

    #[test]
    fn a_temperature_is_one_more_divisor(scores in square(), temperature in 0.1..10.0) {
        use qkv::graph::Constant;
        use qkv::transformer::Scale;
        let head = |rules: Rules| {
            let mut graph = Graph::default();
            let source = Source::Scores(give(&mut graph, "scores", &scores));
            let naming = Naming { prefix: "head".to_owned(), suffix: String::new() };
            let attention = Attention { source, values: Values::None, rules };
            attention.build(&mut graph, &naming).expect("everything fits");
            value(&Trace::evaluate(std::sync::Arc::new(graph)), "head.pattern")
        };
        let mask = || Some(Masking::new(Visible::Causal));
        let by = |value| Some(Constant::plain(value));
        let tempered = head(Rules { mask: mask(), temperature: by(temperature), ..Rules::default() });
        let scale = Scale::By(Constant::plain(temperature));
        let divided = head(Rules { mask: mask(), scale, ..Rules::default() });
        prop_assert!(close(&tempered, &divided));
        let plain = head(Rules { mask: mask(), ..Rules::default() });
        let unchanged = head(Rules { mask: mask(), temperature: by(1.0), ..Rules::default() });
        prop_assert_eq!(&plain, &unchanged);
        // A hot pattern is flatter: its largest weight is no larger.
        for (hot, plain) in tempered.row_iter().zip(plain.row_iter()) {
            let flatter = hot.max() <= plain.max() + 1e-12;
            let sharper = hot.max() >= plain.max() - 1e-12;
            let as_it_should = if temperature >= 1.0 { flatter } else { sharper };
            prop_assert!(as_it_should);
        }
    }

    #[test]
    fn slices_side_by_side_are_the_whole(m in super::sized((-3.0..3.0).boxed()), pick: prop::sample::Index) {
        let at = pick.index(m.ncols());
        let cut = |entries: std::ops::Range<usize>| {
            run(&[&m], |given| Op::Slice(op::Slice { of: given[0], side: Side::Columns, entries }))
        };
        let right = cut(at..m.ncols());
        let whole = if at == 0 { right } else {
            run(&[&cut(0..at), &right], |given| Op::Concat(op::Concat { parts: given.to_vec() }))
        };
        prop_assert_eq!(&whole, &m);
        let row = pick.index(m.nrows());
        let rows = run(&[&m], |given| Op::Slice(op::Slice { of: given[0], side: Side::Rows, entries: row..row + 1 }));
        prop_assert_eq!(rows, m.rows(row, 1).into_owned());
    }
}

#[test]
fn a_slice_keeps_the_names_of_what_it_takes() {
    use qkv::graph::{Axis, Origin, Shape};
    let mut graph = Graph::default();
    let features = Axis::features("d_model", ["noun", "verb", "colour"].map(String::from).to_vec());
    let shape = Shape::new(Axis::sized("main", 2), features);
    let values = std::sync::Arc::new(Matrix::zeros(2, 3));
    let of = graph
        .push("X", Op::Given(op::Given { values, shape, origin: Origin::Written }), Part::Other)
        .expect("the name is free");
    let cut = |side, entries| Op::Slice(op::Slice { of, side, entries });
    let part = graph.push("part", cut(Side::Columns, 1..3), Part::Other).expect("the name is free");
    let shape = &graph.node(part).shape;
    assert_eq!(shape.columns.labels(), ["verb", "colour"]);
    assert_eq!((shape.columns.name(), shape.rows.name()), (None, Some("main")));
    let all = graph.push("all", cut(Side::Columns, 0..3), Part::Other).expect("the name is free");
    assert_eq!(graph.node(all).shape.columns.name(), Some("d_model"), "the whole keeps its name");
}
