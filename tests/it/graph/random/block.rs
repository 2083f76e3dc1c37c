//! What surrounds attention in a block.

use std::sync::Arc;

use qkv::graph::{Constant, NodeId, Op, Shape, op};

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
                let row = self.given(step, qkv::graph::Axis::numbered(1), Arc::clone(&columns));
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
        self.push(match step.kind {
            Kind::RmsNorm => Op::RmsNorm(op::RmsNorm { of, epsilon }),
            _ => Op::LayerNorm(op::LayerNorm { of, epsilon }),
        });
    }
}
