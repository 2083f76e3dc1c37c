//! Random heads, masks and settings of softmax.

use std::sync::Arc;

use qkv::graph::{Axis, Constant, EmptyRow, NodeId, Shape, Side, Visible};
use qkv::math::Angles;
use qkv::transformer::{
    Attention, Extras, Fused, Head, Heads, Layout, Masking, MultiHead, Naming, Output, Projection, Rules,
    Scale, Source, Values, Wanted,
};

use super::{Choice, Kitchen, Step, divisor};

impl Kitchen {
    /// A head of any source that has values; the queries come from `of`.
    pub(super) fn attention(&mut self, step: &Step, of: NodeId) -> Attention {
        let Shape { rows: queries, columns } = self.graph.node(of).shape.clone();
        let (d_k, d_v) = (Arc::clone(&self.axes[3]), Arc::clone(&self.axes[4]));
        let (source, keys) = match step.choice {
            Choice::First => {
                let queries = self.projection(step, of, &d_k);
                let keys_from = *step.picks[1].get(&self.nodes());
                let keys = self.projection(step, keys_from, &d_k);
                let positions = Arc::clone(&self.graph.node(keys_from).shape.rows);
                (Source::Projected { queries, keys }, positions)
            }
            Choice::Second => {
                let keys = self.partner(step, Side::Columns, &columns);
                let positions = Arc::clone(&self.graph.node(keys).shape.rows);
                (Source::Vectors { queries: of, keys }, positions)
            }
            Choice::Third => (Source::Scores(of), columns),
        };
        let values = match step.picks[2].index(3) {
            0 => Values::Vectors(self.given(step, Arc::clone(&keys), d_v)),
            1 => {
                let from = self.partner(step, Side::Rows, &keys);
                Values::Projected(self.projection(step, from, &d_v))
            }
            _ => {
                let from = self.partner(step, Side::Rows, &keys);
                let down = self.projection(step, from, &d_k);
                Values::Factored { down, up: self.weights(step, &d_k, &d_v) }
            }
        };
        let rules = rules(step, queries.size(), keys.size());
        Attention { source, values, rules }
    }

    fn projection(&mut self, step: &Step, from: NodeId, made: &Arc<Axis>) -> Projection {
        let columns = Arc::clone(&self.graph.node(from).shape.columns);
        let weights = self.weights(step, &columns, made);
        let bias = is(step, 1).then(|| self.given(step, Axis::numbered(1), Arc::clone(made)));
        Projection { from, weights, bias, layout: layout(step) }
    }

    fn weights(&mut self, step: &Step, from: &Arc<Axis>, made: &Arc<Axis>) -> NodeId {
        let (rows, columns) = match layout(step) {
            Layout::InOut => (from, made),
            Layout::OutIn => (made, from),
        };
        self.given(step, Arc::clone(rows), Arc::clone(columns))
    }

    fn output(&mut self, step: &Step, width: usize) -> Output {
        let d_model = Arc::clone(&self.axes[2]);
        let weights = self.weights(step, &Axis::numbered(width), &d_model);
        let bias = is(step, 1).then(|| self.given(step, Axis::numbered(1), d_model));
        Output { weights, bias, layout: layout(step) }
    }

    pub(super) fn heads(&mut self, step: &Step, of: NodeId) {
        let count = 1 + step.picks[1].index(3);
        let heads =
            (1..=count).map(|n| Head { name: n.to_string(), attention: self.attention(step, of) }).collect();
        let width = count * self.axes[4].size();
        let output = is(step, 0).then(|| self.output(step, width));
        // These heads may look at different positions, and then there is no average of their patterns.
        let average = if count == 1 { Wanted::Yes } else { Wanted::No };
        let extras = Extras { average, ..extras(step) };
        self.build(&MultiHead { heads: Heads::Separate(heads), output, extras });
    }

    /// Heads cut out of one projection, of which some share keys and values.
    pub(super) fn fused_heads(&mut self, step: &Step, of: NodeId) {
        let n_kv_heads = 1 + step.picks[1].index(2);
        let n_heads = n_kv_heads * (1 + step.picks[2].index(2));
        let (d_k, d_v) = (1 + step.picks[3].index(3), 1 + step.picks[0].index(2));
        let keys_from = *step.picks[1].get(&self.nodes());
        let queries = self.projection(step, of, &Axis::numbered(n_heads * d_k));
        let keys = self.projection(step, keys_from, &Axis::numbered(n_kv_heads * d_k));
        let values = self.projection(step, keys_from, &Axis::sized("d_values", n_kv_heads * d_v));
        let size = |node: NodeId| self.graph.node(node).shape.rows.size();
        let rules = rules(step, size(of), size(keys_from));
        let output = is(step, 0).then(|| self.output(step, n_heads * d_v));
        let heads = Heads::Fused(Box::new(Fused { queries, keys, values, n_heads, n_kv_heads, rules }));
        self.build(&MultiHead { heads, output, extras: extras(step) });
    }

    fn build(&mut self, heads: &MultiHead) {
        let naming = Naming { prefix: format!("m{}", self.graph.len()), suffix: String::new() };
        heads.build(&mut self.graph, &naming).expect("everything is made to fit");
    }
}

/// One of the switches of a step.
fn is(step: &Step, switch: usize) -> bool {
    step.allowed[switch % step.allowed.len()]
}

fn layout(step: &Step) -> Layout {
    if is(step, 2) { Layout::OutIn } else { Layout::InOut }
}

fn extras(step: &Step) -> Extras {
    let wanted = |switch| if is(step, switch) { Wanted::Yes } else { Wanted::No };
    Extras { contributions: wanted(3), average: wanted(4) }
}

fn rules(step: &Step, queries: usize, keys: usize) -> Rules {
    let scale = match step.picks[3].index(3) {
        0 => Scale::RootOfQuerySize,
        1 => Scale::None,
        _ => Scale::By(divisor(step)),
    };
    let mask = is(step, 0).then(|| Masking { visible: mask(step, queries, keys), hidden: hidden(step) });
    let temperature = is(step, 5).then(|| Constant::plain(0.5));
    let rotary = (step.picks[0].index(3) == 0).then(Angles::default);
    Rules { scale, mask, temperature, empty_row: empty_row(step), rotary }
}

pub(super) fn empty_row(step: &Step) -> EmptyRow {
    [EmptyRow::Zeros, EmptyRow::Missing, EmptyRow::Uniform][step.picks[1].index(3)]
}

/// Often −∞.
pub(super) fn hidden(step: &Step) -> f64 {
    [f64::NEG_INFINITY, f64::NEG_INFINITY, -1e9][step.picks[2].index(3)]
}

/// A mask of any kind, or two at once; some hide whole rows.
pub(super) fn mask(step: &Step, queries: usize, keys: usize) -> Visible {
    let kind = step.picks[3].index(10);
    if kind == 9 {
        let second = one_mask(step, step.picks[2].index(9), queries, keys);
        return Visible::All(vec![one_mask(step, step.picks[1].index(9), queries, keys), second]);
    }
    one_mask(step, kind, queries, keys)
}

fn one_mask(step: &Step, kind: usize, queries: usize, keys: usize) -> Visible {
    let size = step.picks[0].index(4);
    let cells = queries * keys;
    match kind {
        0 => Visible::Causal,
        1 => Visible::Backward,
        2 => Visible::Padding { from: size.min(keys), to: keys },
        3 => Visible::Prefix(size.min(keys)),
        4 => Visible::Window { before: size, after: step.picks[1].index(3) },
        5 => Visible::Block(size + 1),
        6 => Visible::Cells(step.allowed.iter().copied().cycle().take(cells).collect()),
        7 => Visible::Cells((0..cells).map(|cell| is(step, cell / keys)).collect()),
        _ => {
            // Infinite numbers other than −∞ are in no mask.
            let number = |cell: usize| step.numbers[cell % step.numbers.len()].min(1e3);
            Visible::Added((0..cells).map(number).collect())
        }
    }
}
