//! Blocks one after the other: an encoder, a decoder, or either alone (Vaswani et al. 2017, §3.1).

use super::attention::Naming;
use super::block::Block;
use super::norm::Norm;
use crate::graph::{CannotAdd, Graph, NodeId};

/// Layers one after the other. An encoder is one without a mask; a decoder has causal self-attention and, where there
/// is an encoder, cross-attention to its output.
#[derive(Debug, Clone)]
pub struct Stack {
    /// At least one. The same block several times is several layers that share their weights (Lan et al. 2019).
    pub layers: Vec<Block>,
    /// A norm after the last layer, which layers with norms before their sublayers need.
    pub norm: Option<Norm>,
}

impl Stack {
    /// Adds the nodes of each layer, `PREFIX.1.…`, `PREFIX.2.…`; the last of all is `PREFIX.output`.
    /// `[n, d_model] -> [n, d_model]`
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, from: NodeId, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let mut stream = from;
        for index in 0..self.layers.len() {
            stream = self.layer(graph, index, stream, naming)?;
        }
        self.finish(graph, stream, naming)
    }

    /// Adds one layer; `from` is what the layer before it gave.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn layer(
        &self,
        graph: &mut Graph,
        index: usize,
        from: NodeId,
        naming: &Naming,
    ) -> Result<NodeId, CannotAdd> {
        let own = naming.inside(&(index + 1).to_string());
        let is_last = index + 1 == self.layers.len() && self.norm.is_none();
        let last = if is_last { naming.of("output") } else { own.of("output") };
        self.layers[index].build_up_to(graph, from, &own, &last)
    }

    /// Adds the last norm, if there is one.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn finish(&self, graph: &mut Graph, from: NodeId, naming: &Naming) -> Result<NodeId, CannotAdd> {
        match &self.norm {
            Some(norm) => norm.build(graph, from, &naming.inside("norm"), &naming.of("output")),
            None => Ok(from),
        }
    }
}
