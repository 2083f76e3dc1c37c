//! A recurrent network: one state after the other (Elman 1990), to stand beside attention.

use std::sync::Arc;

use super::attention::Naming;
use crate::graph::op::Activation;
use crate::graph::{Axis, CannotAdd, Graph, NodeId, Op, Part, op};

/// `h_t = f(x_t·W_x + h_{t−1}·W_h + b)`, from the first position to the last.
#[derive(Debug, Clone)]
pub struct Recurrence {
    /// `X`, `[n, d_in]`
    pub of: NodeId,
    /// `W_x`, `[d_in, d_h]`
    pub input_weights: NodeId,
    /// `W_h`, `[d_h, d_h]`
    pub state_weights: NodeId,
    /// `b`, `[1, d_h]`
    pub bias: Option<NodeId>,
    /// `f`; nothing leaves the sum as it is.
    pub activation: Option<Activation>,
}

impl Recurrence {
    /// Adds the states `PREFIX.1`, `PREFIX.2`, …, each made of the one before it, and `PREFIX.output`, `[n, d_h]`, with
    /// all of them. Gives the last node.
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let positions = Arc::clone(&graph.node(self.of).shape.rows);
        let mut states = Vec::with_capacity(positions.size());
        for position in 0..positions.size() {
            let step = op::Recur {
                of: self.of,
                position,
                previous: states.last().copied(),
                input_weights: self.input_weights,
                state_weights: self.state_weights,
                bias: self.bias,
                activation: self.activation,
                row: Axis::features("position", vec![positions.unique_label(position)]),
            };
            states.push(graph.push(naming.of(&(position + 1).to_string()), Op::Recur(step), Part::Other)?);
        }
        // [1, d_h], … -> [n, d_h]
        graph.push(naming.of("output"), Op::Stack(op::Stack { parts: states, positions }), Part::Output)
    }
}
