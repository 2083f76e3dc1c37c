//! What surrounds attention in a block.

use std::sync::Arc;

use qkv::graph::{Axis, Constant, NodeId, Op, Shape, Visible, op};
use qkv::transformer::{
    Attention, Block, Dropping, FeedForward, Head, Layout, Linear, MultiHead, Naming, Norm, NormKind, Order,
    Projection, Rules, Source, Sublayer, SublayerKind, Values,
};

use super::{Choice, Kind, Kitchen, Step};

impl Kitchen {
    pub(super) fn subtract(&mut self, step: &Step, of: NodeId) {
        let (left, right) = self.pair(step, of);
        self.push(Op::Subtract(op::Subtract { left, right }));
    }

    pub(super) fn multiply(&mut self, step: &Step, of: NodeId) {
        let (left, right) = self.pair(step, of);
        self.push(Op::Multiply(op::Multiply { left, right }));
    }

    /// Two matrices of one shape, in either order, or one with a single row for all rows of the other.
    fn pair(&mut self, step: &Step, of: NodeId) -> (NodeId, NodeId) {
        let Shape { rows, columns } = self.graph.node(of).shape.clone();
        match step.choice {
            Choice::First => (of, self.alike(step, 1, &rows, &columns)),
            Choice::Second => (self.alike(step, 1, &rows, &columns), of),
            Choice::Third => {
                let row = self.given(step, Axis::numbered(1), Arc::clone(&columns));
                if step.allowed[0] { (of, row) } else { (row, of) }
            }
        }
    }

    pub(super) fn activate(&mut self, step: &Step, of: NodeId) {
        use op::Activation::{Gelu, GeluTanh, Relu, Sigmoid, Silu, Tanh};
        let with = *step.picks[1].get(&[Relu, Gelu, GeluTanh, Silu, Sigmoid, Tanh]);
        self.push(Op::Activate(op::Activate { of, with }));
    }

    pub(super) fn dropout(&mut self, step: &Step, of: NodeId) {
        let rate = *step.picks[1].get(&[0.0, 0.1, 0.5, 0.9]);
        self.push(Op::Dropout(op::Dropout { of, rate, seed: step.picks[2].index(1000) as u64 }));
    }

    pub(super) fn norm(&mut self, step: &Step, of: NodeId) {
        let epsilon = *step.picks[1].get(&[1e-5, 0.0, 1.0]);
        let epsilon = Constant { value: epsilon, symbol: "ε".to_owned() };
        self.push(if matches!(step.kind, Kind::RmsNorm) {
            Op::RmsNorm(op::RmsNorm { of, epsilon })
        } else {
            Op::LayerNorm(op::LayerNorm { of, epsilon })
        });
    }

    /// One block of attention and a feed-forward network, or of one of them.
    pub(super) fn block(&mut self, step: &Step, of: NodeId) {
        let d_model = Arc::clone(&self.graph.node(of).shape.columns);
        let (d_k, d_v) = (Arc::clone(&self.axes[3]), Arc::clone(&self.axes[4]));
        let mut weights =
            |rows: &Arc<Axis>, columns: &Arc<Axis>| self.given(step, Arc::clone(rows), Arc::clone(columns));
        let source = Source::Projected {
            queries: Projection::new(of, weights(&d_model, &d_k)),
            keys: Projection::new(of, weights(&d_model, &d_k)),
        };
        let values = Values::Projected(Projection::new(of, weights(&d_model, &d_v)));
        let rules = if step.allowed[0] { Rules::masked(Visible::Causal) } else { Rules::default() };
        let attention = Attention { source, values, rules };
        let output_weights = Some(weights(&Axis::numbered(d_v.size()), &d_model));
        let heads = MultiHead::new(vec![Head { name: "1".to_owned(), attention }], output_weights);
        let one = Axis::numbered(1);
        let first = Linear { weights: weights(&d_model, &d_k), bias: Some(weights(&one, &d_k)) };
        let second = Linear { weights: weights(&d_k, &d_model), bias: None };
        let gated = step.picks[1].index(2) == 0;
        let gate = gated.then(|| weights(&d_model, &d_k));
        let network =
            FeedForward { layout: Layout::InOut, first, gate, activation: op::Activation::Silu, second };
        let kind = if gated { NormKind::RootMeanSquare } else { NormKind::Layer };
        let gain = step.allowed[0].then(|| weights(&one, &d_model));
        let norm = Norm { kind, epsilon: Constant::plain(1e-5), gain, bias: None };
        let kinds = match step.choice {
            Choice::First => vec![SublayerKind::SelfAttention(heads), SublayerKind::FeedForward(network)],
            Choice::Second => vec![SublayerKind::FeedForward(network)],
            Choice::Third => vec![SublayerKind::CrossAttention { memory: of, heads }],
        };
        let dropout = step.allowed[0].then_some(Dropping { rate: 0.5, seed: 7 });
        let sublayer = |kind| Sublayer { kind, norm: Some(norm.clone()), dropout };
        let order = if gated { Order::Pre } else { Order::Post };
        let naming = Naming { prefix: format!("b{}", self.graph.len()), suffix: "@main".to_owned() };
        let block = Block { sublayers: kinds.into_iter().map(sublayer).collect(), order };
        block.build(&mut self.graph, of, &naming).expect("everything is made to fit");
    }
}
