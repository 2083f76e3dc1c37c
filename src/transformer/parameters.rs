//! Which matrices of a graph are parameters: what a model would have to learn.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{AxisKind, Graph, NodeId, Op, Part};

/// A matrix that counts as a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The matrix.
    pub node: NodeId,
    /// How many numbers it has.
    pub numbers: usize,
    /// What it is used in, as the beginnings of dotted names: `mh` and `mh.1` of `mh.1.Q`. Empty for what is used in
    /// nodes of no group.
    pub used_in: BTreeSet<String>,
}

/// The parameters of a graph, in order of definition.
///
/// A matrix is one if it is given (written, random or the identity), stands where weights stand (in a product, as a
/// bias of one row, as a kernel, or as the table that tokens are looked up in, also by way of a transpose or with other
/// matrices beside it) and is not over the positions of a text. Given queries, keys, values, scores and embeddings of
/// tokens are what a model computes, and do not count; the vocabulary does.
pub fn parameters(graph: &Graph) -> Vec<Parameter> {
    let mut used: BTreeMap<NodeId, BTreeSet<String>> = BTreeMap::new();
    let nodes: Vec<_> = graph.nodes().collect();
    for (id, node) in nodes.into_iter().rev() {
        let groups = groups(&node.name);
        for weights in node.op.weights(graph) {
            used.entry(weights).or_default().extend(groups.iter().cloned());
        }
        // What is only moved before it is used stands where its result stands.
        if let (Some(uses), Op::Transpose(_) | Op::Concat(_) | Op::Stack(_) | Op::Slice(_)) =
            (used.get(&id).cloned(), &node.op)
        {
            for operand in node.op.operands() {
                used.entry(operand).or_default().extend(uses.iter().cloned());
            }
        }
    }
    let counts = |(node, _): &(NodeId, BTreeSet<String>)| is_learned(graph, *node);
    let parameter = |(node, used_in)| {
        let (rows, columns) = graph.node(node).shape.size();
        Parameter { node, numbers: rows * columns, used_in }
    };
    used.into_iter().filter(counts).map(parameter).collect()
}

/// Whether a matrix that is used as weights is given for every position alike.
fn is_learned(graph: &Graph, id: NodeId) -> bool {
    let node = graph.node(id);
    let computed = matches!(
        node.part,
        Part::Embeddings
            | Part::Queries
            | Part::Keys
            | Part::Values
            | Part::Scores
            | Part::Scaled
            | Part::Masked
            | Part::Pattern
    );
    let vocabulary = graph.find("vocabulary").map(|id| &graph.node(id).shape.rows);
    let of_text = [&node.shape.rows, &node.shape.columns]
        .into_iter()
        .any(|axis| axis.kind() == AxisKind::Tokens && Some(axis) != vocabulary);
    // A table of positions is over positions and is learned.
    matches!(node.op, Op::Given(_)) && !computed && (!of_text || node.part == Part::Positions)
}

/// The groups that a node belongs to: `mh` and `mh.1` of `mh.1.Q@animal`.
fn groups(name: &str) -> BTreeSet<String> {
    let plain = name.split('@').next().unwrap_or(name);
    plain.match_indices('.').map(|(dot, _)| plain[..dot].to_owned()).collect()
}
