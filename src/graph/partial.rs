//! Values of a graph that is still growing: only what is asked for is evaluated, and each matrix once.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Graph, NodeId};
use crate::math::Matrix;

/// The values that have been asked for so far, with all that they are made of.
#[derive(Debug, Clone, Default)]
pub struct Partial {
    values: HashMap<NodeId, Arc<Matrix>>,
}

impl Partial {
    /// A matrix of the graph, positions as rows. The graph must be the one that was asked before, or one grown from it.
    pub fn value(&mut self, graph: &Graph, id: NodeId) -> Arc<Matrix> {
        let mut missing = BTreeSet::new();
        let mut waiting = vec![id];
        while let Some(next) = waiting.pop() {
            if !self.values.contains_key(&next) && missing.insert(next) {
                waiting.extend(graph.node(next).op.operands());
            }
        }
        // Operands come before what is made of them.
        for next in missing {
            let op = &graph.node(next).op;
            let operand = |operand: NodeId| Arc::clone(&self.values[&operand]);
            let (value, _) = op.evaluate_while(&operand, &|_| true).expect("nothing stops it");
            self.values.insert(next, value);
        }
        Arc::clone(&self.values[&id])
    }
}
