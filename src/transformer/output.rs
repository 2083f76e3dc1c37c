//! The end of a model: logits over the vocabulary, and the probabilities that are made of them.

use super::attention::Naming;
use super::projection::Layout;
use crate::graph::op::Keeping;
use crate::graph::{CannotAdd, Constant, Graph, NodeId, Op, Part, op};

/// The logits of each position: `X·W_U + b`, or `X·Eᵀ` with the embeddings themselves (Press and Wolf 2017).
#[derive(Debug, Clone, Copy)]
pub struct Logits {
    /// `X`, `[n, d_model]`
    pub of: NodeId,
    /// What the vectors meet.
    pub unembedding: Unembedding,
    /// `b`, `[1, vocabulary]`
    pub bias: Option<NodeId>,
}

/// What vectors meet to become logits.
#[derive(Debug, Clone, Copy)]
pub enum Unembedding {
    /// The vocabulary of the lesson, `[vocabulary, d_model]`: input and output share their weights.
    Tied(NodeId),
    /// `W_U`, `[d_model, vocabulary]` or `[vocabulary, d_model]` as the layout says.
    Weights {
        /// `W_U`
        weights: NodeId,
        /// How it is stored.
        layout: Layout,
    },
}

impl Logits {
    /// Adds `NAME`, with a bias after `NAME.product`: `[n, d_model] -> [n, vocabulary]`.
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let op = match self.unembedding {
            // [n, d_model] · [vocabulary, d_model]ᵀ -> [n, vocabulary]
            Unembedding::Tied(right) => Op::DotProducts(op::DotProducts { left: self.of, right }),
            // [n, d_model] · [d_model, vocabulary] -> [n, vocabulary]
            Unembedding::Weights { weights, layout } => {
                graph.play(weights, Part::UnembeddingWeights);
                layout.product(self.of, weights)
            }
        };
        let Some(bias) = self.bias else { return graph.push(naming.whole(), op, Part::Logits) };
        let product = graph.push(naming.of("product"), op, Part::Logits)?;
        graph.push(naming.whole(), Op::Add(op::Add { terms: vec![product, bias] }), Part::Logits)
    }
}

/// What is done to logits before a token is chosen of them: temperature, then top-k, then top-p.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sampling {
    /// What logits are divided by; larger than 0.
    pub temperature: Option<Constant>,
    /// How many of the largest are kept; at least one.
    pub top_k: Option<usize>,
    /// The share that the most probable together reach; above 0 and at most 1.
    pub top_p: Option<f64>,
}

impl Sampling {
    /// Adds `NAME.tempered`, `NAME.top_k`, `NAME.before_top_p` and `NAME.top_p`, as far as they are asked for, and
    /// `NAME`, the probabilities: `[n, vocabulary] -> [n, vocabulary]`.
    ///
    /// # Errors
    /// When a name is taken.
    pub fn build(&self, graph: &mut Graph, logits: NodeId, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let mut last = logits;
        if let Some(divisor) = &self.temperature {
            let op = Op::Scale(op::Scale { of: last, divisor: divisor.clone() });
            last = graph.push(naming.of("tempered"), op, Part::Logits)?;
        }
        if let Some(k) = self.top_k {
            let op = Op::Keep(op::Keep { of: last, by: last, keeping: Keeping::Most(k) });
            last = graph.push(naming.of("top_k"), op, Part::Logits)?;
        }
        if let Some(share) = self.top_p {
            let before = Op::Softmax(op::Softmax { of: last, empty_row: op::EmptyRow::default() });
            let by = graph.push(naming.of("before_top_p"), before, Part::Probabilities)?;
            let op = Op::Keep(op::Keep { of: last, by, keeping: Keeping::Share(share) });
            last = graph.push(naming.of("top_p"), op, Part::Logits)?;
        }
        graph.push(
            naming.whole(),
            Op::Softmax(op::Softmax { of: last, empty_row: op::EmptyRow::default() }),
            Part::Probabilities,
        )
    }
}
