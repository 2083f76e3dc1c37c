//! The continuous bag of words: a word is guessed from the words around it (Mikolov et al. 2013, §3.1).

use std::sync::Arc;

use super::attention::Naming;
use crate::graph::{Axis, CannotAdd, Graph, NodeId, Op, Part, op};

/// `softmax(A·X·W_out)`, where `A` takes the mean of each token's context.
#[derive(Debug, Clone)]
pub struct Cbow {
    /// The tokens of the text.
    pub positions: Arc<Axis>,
    /// Which row of the embeddings each token takes.
    pub rows: Vec<usize>,
    /// `W_in`, the embeddings, `[words, d_model]`.
    pub embeddings: NodeId,
    /// `W_out`, `[d_model, words]`.
    pub output_weights: NodeId,
    /// How many neighbours on either side belong to the context; at least 1.
    pub window: usize,
}

impl Cbow {
    /// Adds the nodes `embeddings`, `average`, `context`, `scores` and `probabilities`. Gives the last one.
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let positions = Arc::clone(&self.positions);
        let look_up =
            op::Gather { table: self.embeddings, rows: self.rows.clone(), positions: Arc::clone(&positions) };
        // [words, d_model] -> [n, d_model]
        let embeddings = graph.push(naming.of("embeddings"), Op::Gather(look_up), Part::Embeddings)?;
        let context = Op::Context(op::Context { positions, window: self.window });
        let average = graph.push(naming.of("average"), context, Part::Other)?;
        // [n, n] · [n, d_model] -> [n, d_model]
        let mean = Op::Product(op::Product { left: average, right: embeddings });
        let context = graph.push(naming.of("context"), mean, Part::Other)?;
        // [n, d_model] · [d_model, words] -> [n, words]
        let product = Op::Product(op::Product { left: context, right: self.output_weights });
        let scores = graph.push(naming.of("scores"), product, Part::Logits)?;
        graph.push(
            naming.of("probabilities"),
            Op::Softmax(op::Softmax { of: scores, empty_row: op::EmptyRow::default() }),
            Part::Probabilities,
        )
    }
}
