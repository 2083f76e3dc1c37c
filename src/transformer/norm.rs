//! A norm with its learned gain and bias (Ba et al. 2016, §3; Zhang and Sennrich 2019).

use super::attention::Naming;
use crate::graph::{CannotAdd, Constant, Graph, NodeId, Op, Part, op};

/// A norm: `norm(X) ⊙ gain + bias`.
#[derive(Debug, Clone)]
pub struct Norm {
    /// What rows are brought to.
    pub kind: NormKind,
    /// `ε`, not negative.
    pub epsilon: Constant,
    /// `[1, d]`, often called γ.
    pub gain: Option<NodeId>,
    /// `[1, d]`, often called β.
    pub bias: Option<NodeId>,
}

/// What a norm brings rows to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NormKind {
    /// Mean 0 and variance 1.
    Layer,
    /// Mean square 1.
    RootMeanSquare,
}

impl Norm {
    /// Adds the node `last` and, where there is a gain or a bias, what comes before it: `PREFIX.normalised` and
    /// `PREFIX.times_gain`. `[n, d] -> [n, d]`
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(
        &self,
        graph: &mut Graph,
        of: NodeId,
        naming: &Naming,
        last: &str,
    ) -> Result<NodeId, CannotAdd> {
        for weights in [self.gain, self.bias].into_iter().flatten() {
            graph.play(weights, Part::Weights);
        }
        let epsilon = self.epsilon.clone();
        let normalise = match self.kind {
            NormKind::Layer => Op::LayerNorm(op::LayerNorm { of, epsilon }),
            NormKind::RootMeanSquare => Op::RmsNorm(op::RmsNorm { of, epsilon }),
        };
        let is_all = self.gain.is_none() && self.bias.is_none();
        let name = if is_all { last.to_owned() } else { naming.of("normalised") };
        let mut made = graph.push(name, normalise, Part::Norm)?;
        if let Some(gain) = self.gain {
            // [n, d] ⊙ [1, d] -> [n, d]
            let op = Op::Multiply(op::Multiply { left: made, right: gain });
            let name = if self.bias.is_none() { last.to_owned() } else { naming.of("times_gain") };
            made = graph.push(name, op, Part::Norm)?;
        }
        if let Some(bias) = self.bias {
            // [n, d] + [1, d] -> [n, d]
            let op = Op::Add(op::Add { terms: vec![made, bias] });
            made = graph.push(last, op, Part::Norm)?;
        }
        Ok(made)
    }
}
