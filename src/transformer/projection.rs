//! A projection: vectors times weights, with an optional bias.

use super::attention::Naming;
use crate::graph::{CannotAdd, Graph, NodeId, Op, Part, op};

/// Vectors times weights: `X·W`, or `X·Wᵀ`, and a bias added to every row.
#[derive(Debug, Clone, Copy)]
pub struct Projection {
    /// `X`, `[n, in]`
    pub from: NodeId,
    /// `W`, `[in, out]` or `[out, in]` as the layout says.
    pub weights: NodeId,
    /// `b`, `[1, out]`
    pub bias: Option<NodeId>,
    /// How the weights are stored.
    pub layout: Layout,
}

/// Which way weights are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// `[in, out]`: `X·W`, as papers write it.
    #[default]
    InOut,
    /// `[out, in]`: `X·Wᵀ`, as the linear layers of `PyTorch` keep them.
    OutIn,
}

impl Projection {
    /// `X·W` without a bias.
    pub const fn new(from: NodeId, weights: NodeId) -> Self {
        Self { from, weights, bias: None, layout: Layout::InOut }
    }

    /// Adds the node `PREFIX.NAME`, and before it `PREFIX.NAME_without_bias` where there is a bias.
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(
        &self,
        graph: &mut Graph,
        naming: &Naming,
        name: &str,
        part: Part,
    ) -> Result<NodeId, CannotAdd> {
        let product = self.layout.product(self.from, self.weights);
        let Some(bias) = self.bias else { return graph.push(naming.of(name), product, part) };
        let product = graph.push(naming.of(&format!("{name}_without_bias")), product, part)?;
        // [n, out] + [1, out] -> [n, out]
        graph.push(naming.of(name), Op::Add(op::Add { terms: vec![product, bias] }), part)
    }
}

impl Layout {
    /// Vectors times weights.
    pub const fn product(self, from: NodeId, weights: NodeId) -> Op {
        match self {
            // [n, in] · [in, out] -> [n, out]
            Self::InOut => Op::Product(op::Product { left: from, right: weights }),
            // [n, in] · [out, in]ᵀ -> [n, out]
            Self::OutIn => Op::DotProducts(op::DotProducts { left: from, right: weights }),
        }
    }
}
