//! What a stack keeps in memory, counted without asking the plan of its evaluation.

use std::sync::Arc;

use qkv::diagnostic::Source;
use qkv::graph::{Axis, BUDGET, Estimate, Evaluation, Graph, Op, Shape, Trace, op, peak};
use qkv::lesson;

/// The sizes of a stack whose heads share out the features.
#[derive(Clone, Copy)]
struct Sizes {
    layers: usize,
    heads: usize,
    tokens: usize,
    d_k: usize,
    d_ff: usize,
}

impl Sizes {
    const fn d_model(self) -> usize {
        self.heads * self.d_k
    }

    /// Of each layer the queries, keys, values and weighted sums of its heads, what comes of `W_O`, and both products of
    /// the feed-forward network: scores, patterns, norms and sums are soon computed again.
    const fn products(self) -> usize {
        let attention = 4 * self.heads * self.d_k + self.d_model();
        self.layers * self.tokens * (attention + self.d_ff + self.d_model())
    }

    /// What rows share: the maximum and the total of each pattern, the mean and the variance of each norm, of which
    /// there are two in a layer and one at the end.
    const fn shared(self) -> usize {
        2 * self.tokens * (self.layers * (self.heads + 2) + 1)
    }

    /// The graph of a lesson with such a stack, and of one in which all sizes but the layers and heads are others.
    fn graphs(self, others: Self) -> (Graph, Graph) {
        let Self { layers, heads, tokens, d_k, d_ff } = self;
        let text = format!(
            "title: A stack\naxes: {{position: {tokens}, d_model: {}, d_k: {d_k}, d_ff: {d_ff}}}\nmatrices:\n  \
             - X: {{random: {{rows: position, cols: d_model, seed: 1}}}}\n  \
             - gpt: {{stack: {{of: X, mask: causal, weights: {{seed: 7, n_layers: {layers}, n_heads: {heads}}}}}}}\n",
            self.d_model()
        );
        let lesson = lesson::check(&Source::new("stack.yaml", &text)).lesson.expect("it has no mistakes");
        let small = lesson.trace.graph().clone();
        let size = |axis: &Axis| {
            let sizes = [
                (tokens, others.tokens),
                (self.d_model(), others.d_model()),
                (d_k, others.d_k),
                (d_ff, others.d_ff),
            ];
            let other = sizes.iter().find(|(own, _)| *own == axis.size());
            Axis::numbered(other.expect("every size is told from the others").1)
        };
        let mut large = Graph::default();
        for (_, node) in small.nodes() {
            let op = if let Op::Random(random) = &node.op {
                let shape = Shape::new(size(&random.shape.rows), size(&random.shape.columns));
                Op::Random(op::Random { shape, ..random.clone() })
            } else {
                node.op.clone()
            };
            large.push(node.name.clone(), op, node.part).expect("the others fit together as these do");
        }
        (small, large)
    }
}

const SMALL: Sizes = Sizes { layers: 12, heads: 12, tokens: 5, d_k: 2, d_ff: 7 };
const LARGE: Sizes = Sizes { layers: 12, heads: 12, tokens: 512, d_k: 64, d_ff: 3072 };

#[test]
fn a_stack_keeps_its_products_and_what_rows_share_and_nothing_else() {
    let (small, _) = SMALL.graphs(LARGE);
    let trace = Trace::evaluate_while(Arc::new(small), 0, &Evaluation::default()).expect("nobody cancels it");
    for (id, node) in trace.graph().nodes() {
        let is_product = matches!(node.op, Op::Product(_));
        assert_eq!(trace.kept(id).is_some(), is_product, "{}", node.name);
    }
    assert_eq!(trace.stored(), SMALL.products() + SMALL.shared());
}

#[test]
fn twelve_layers_as_large_as_gpt_2_take_less_than_600_megabytes() {
    const BYTES: usize = size_of::<f64>();
    const MOST: usize = 600_000_000;
    let (_, large) = SMALL.graphs(LARGE);
    let kept = Estimate::of(&large).stored(BUDGET);
    // Besides numbers only the labels of matrices side by side are reckoned with, which take a few hundredths.
    let numbers = LARGE.products() + LARGE.shared();
    assert!((numbers..numbers + numbers / 25).contains(&kept), "{kept} for {numbers}");
    // While it is evaluated, there is more: a head at work, or what the feed-forward network is made of.
    let at_once = peak(&large, BUDGET).0;
    assert!(at_once >= kept && at_once * BYTES < MOST * 8 / 10, "{at_once} numbers");
}
