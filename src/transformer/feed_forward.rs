//! The feed-forward network: `activation(X·W_1 + b_1)·W_2 + b_2` (Vaswani et al. 2017, §3.3), each position on its own.

use super::attention::Naming;
use super::projection::Layout;
use crate::graph::op::Activation;
use crate::graph::{CannotAdd, Graph, NodeId, Op, Part, op};

/// Two products with a bend between them.
///
/// With a gate the hidden numbers are `activation(X·W_gate) ⊙ (X·W_1 + b_1)`; with `SiLU` this is `SwiGLU`
/// (Shazeer 2020).
#[derive(Debug, Clone)]
pub struct FeedForward {
    /// How all weights are stored; the shapes here are those of [`Layout::InOut`].
    pub layout: Layout,
    /// `[d_model, d_ff]`
    pub first: Linear,
    /// `W_gate`, `[d_model, d_ff]`
    pub gate: Option<NodeId>,
    /// The bend.
    pub activation: Activation,
    /// `[d_ff, d_model]`
    pub second: Linear,
}

/// A product with weights, and what is added to every row.
#[derive(Debug, Clone, Copy)]
pub struct Linear {
    /// `[d, e]`
    pub weights: NodeId,
    /// `[1, e]`
    pub bias: Option<NodeId>,
}

impl FeedForward {
    /// Adds `linear_1`, with a gate also `gate` and `activated`, then `hidden` and `output`; before a bias is added,
    /// the products are called `product_1` and `product_2`. Gives the output. `[n, d_model] -> [n, d_model]`
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, from: NodeId, naming: &Naming) -> Result<NodeId, CannotAdd> {
        // [n, d_model] · [d_model, d_ff] -> [n, d_ff]
        let names = ["product_1", "linear_1"].map(|name| naming.of(name));
        let linear = self.first.build(graph, from, self.layout, names, Part::Hidden)?;
        let activate = |of| Op::Activate(op::Activate { of, with: self.activation });
        let hidden = match self.gate {
            None => graph.push(naming.of("hidden"), activate(linear), Part::Hidden)?,
            Some(weights) => {
                graph.play(weights, Part::Weights);
                // [n, d_model] · [d_model, d_ff] -> [n, d_ff]
                let gate = self.layout.product(from, weights);
                let gate = graph.push(naming.of("gate"), gate, Part::Hidden)?;
                let activated = graph.push(naming.of("activated"), activate(gate), Part::Hidden)?;
                // [n, d_ff] ⊙ [n, d_ff] -> [n, d_ff]
                let opened = Op::Multiply(op::Multiply { left: activated, right: linear });
                graph.push(naming.of("hidden"), opened, Part::Hidden)?
            }
        };
        // [n, d_ff] · [d_ff, d_model] -> [n, d_model]
        let names = ["product_2", "output"].map(|name| naming.of(name));
        self.second.build(graph, hidden, self.layout, names, Part::FeedForward)
    }
}

impl Linear {
    /// Adds the product and, where there is a bias, its sum with it. The last of both has the last name.
    fn build(
        self,
        graph: &mut Graph,
        from: NodeId,
        layout: Layout,
        [product, last]: [String; 2],
        part: Part,
    ) -> Result<NodeId, CannotAdd> {
        graph.play(self.weights, Part::Weights);
        let op = layout.product(from, self.weights);
        let Some(bias) = self.bias else { return graph.push(last, op, part) };
        graph.play(bias, Part::Weights);
        let product = graph.push(product, op, part)?;
        // [n, e] + [1, e] -> [n, e]
        graph.push(last, Op::Add(op::Add { terms: vec![product, bias] }), part)
    }
}
