//! Several heads side by side: `concat(Z_1, …, Z_h)·W_O` (Vaswani et al. 2017, §3.2.2).

use super::attention::{Attention, Naming};
use crate::graph::{CannotAdd, Graph, NodeId, Op, Part, op};

/// Heads that look at the same positions.
#[derive(Debug, Clone)]
pub struct MultiHead {
    /// At least one head, each with values.
    pub heads: Vec<Head>,
    /// `W_O`, `[n_heads·d_v, d_model]`; without it the heads end at their concat.
    pub output_weights: Option<NodeId>,
}

/// One of several heads.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its name among the heads: `1`, `adjectives`.
    pub name: String,
    /// What it is made of.
    pub attention: Attention,
}

impl MultiHead {
    /// Adds each head's nodes under `PREFIX.HEAD.…`, then `PREFIX.concat` and `PREFIX.output`. Gives the last node.
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let mut parts = Vec::with_capacity(self.heads.len());
        for head in &self.heads {
            let nodes = head.attention.build(graph, &naming.within(&head.name))?;
            parts.push(nodes.output.expect("a head among several has values"));
        }
        // [n, d_v], … -> [n, n_heads·d_v]
        let concat = graph.push(naming.of("concat"), Op::Concat(op::Concat { parts }), Part::Concat)?;
        let Some(weights) = self.output_weights else { return Ok(concat) };
        graph.play(weights, Part::OutputWeights);
        // [n, n_heads·d_v] · [n_heads·d_v, d_model] -> [n, d_model]
        let op = Op::Product(op::Product { left: concat, right: weights });
        graph.push(naming.of("output"), op, Part::Output)
    }

    /// The same heads over other positions.
    pub fn looking(&self, queries_from: NodeId, keys_values_from: NodeId) -> Self {
        let look = |head: &Head| Head {
            attention: head.attention.looking(queries_from, keys_values_from),
            name: head.name.clone(),
        };
        Self { heads: self.heads.iter().map(look).collect(), ..self.clone() }
    }
}
