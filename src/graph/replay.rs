//! Definitions done again over a text that has grown, as when a model writes token by token.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Axis, AxisKind, CannotAdd, Graph, NodeId};

/// What an operation asks when it is done again over a longer text.
pub struct Grown<'a> {
    graph: &'a Graph,
    text: &'a str,
    tokens: &'a Arc<Axis>,
    copies: &'a HashMap<NodeId, NodeId>,
}

impl Grown<'_> {
    /// The matrix that takes the place of an operand: its copy, or itself where the text plays no part in it.
    pub fn operand(&self, id: NodeId) -> NodeId {
        self.copies.get(&id).copied().unwrap_or(id)
    }

    /// All operands.
    pub fn operands(&self, ids: &[NodeId]) -> Vec<NodeId> {
        ids.iter().map(|id| self.operand(*id)).collect()
    }

    /// The axis that takes the place of another: that of the grown text, or itself.
    pub fn axis(&self, axis: &Arc<Axis>) -> Arc<Axis> {
        Arc::clone(if is_of(axis, self.text) { self.tokens } else { axis })
    }

    /// The graph, for what an operation must look up.
    pub const fn graph(&self) -> &Graph {
        self.graph
    }
}

/// Whether these are the tokens of a text.
fn is_of(axis: &Axis, text: &str) -> bool {
    axis.kind() == AxisKind::Tokens && axis.name() == Some(text)
}

/// The definitions that have to be done again when a text grows.
#[derive(Debug, Clone)]
pub struct Replay {
    text: String,
    nodes: Vec<NodeId>,
}

/// Why definitions cannot be done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotReplay {
    /// The definition is made for the text as it is, such as a given matrix with one row for each token.
    Fixed(NodeId),
    /// What is made of it no longer fits.
    Add(NodeId, CannotAdd),
}

impl Replay {
    /// Everything that `of` is made of and that the tokens of a text play a part in, with itself; nothing where they
    /// play none.
    pub fn plan(graph: &Graph, of: NodeId, text: &str) -> Self {
        let mut cone = BTreeSet::from([of]);
        let mut waiting = vec![of];
        while let Some(id) = waiting.pop() {
            waiting.extend(graph.node(id).op.operands().into_iter().filter(|operand| cone.insert(*operand)));
        }
        let mut over_text = BTreeSet::new();
        for id in cone {
            let node = graph.node(id);
            let own = [&node.shape.rows, &node.shape.columns].iter().any(|axis| is_of(axis, text));
            if own || node.op.operands().iter().any(|operand| over_text.contains(operand)) {
                over_text.insert(id);
            }
        }
        Self { text: text.to_owned(), nodes: over_text.into_iter().collect() }
    }

    /// The definitions, in order.
    pub fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// Adds a copy of each definition over the tokens of the grown text, called what `name` says, and gives the copies
    /// by their originals.
    ///
    /// # Errors
    /// When a definition cannot grow, or a name is taken.
    pub fn run(
        &self,
        graph: &mut Graph,
        tokens: &Arc<Axis>,
        name: impl Fn(&str) -> String,
    ) -> Result<HashMap<NodeId, NodeId>, CannotReplay> {
        let mut copies = HashMap::new();
        for &id in &self.nodes {
            let grown = Grown { graph, text: &self.text, tokens, copies: &copies };
            let op = graph.node(id).op.replay(&grown).ok_or(CannotReplay::Fixed(id))?;
            let name = name(&graph.node(id).name);
            let copy =
                graph.push(name, op, graph.node(id).part).map_err(|error| CannotReplay::Add(id, error))?;
            graph.note_replay(copy, id);
            copies.insert(id, copy);
        }
        Ok(copies)
    }
}
