//! Whether the axes of operands fit together.

use std::sync::Arc;

use crate::graph::{Axis, Graph, NodeId, Side};

/// An axis of an operand, for saying what does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisOf {
    /// The operand.
    pub node: NodeId,
    /// Which of its sides.
    pub side: Side,
    /// The axis there.
    pub axis: Arc<Axis>,
}

/// Two axes that should agree and do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The first.
    pub left: AxisOf,
    /// The second.
    pub right: AxisOf,
}

/// The axis on one side of an operand.
pub(super) fn axis(graph: &Graph, node: NodeId, side: Side) -> Arc<Axis> {
    Arc::clone(graph.node(node).shape.axis(side))
}

/// Whether two sides of operands stand for the same thing.
pub(super) fn agree(graph: &Graph, left: (NodeId, Side), right: (NodeId, Side)) -> Result<(), Mismatch> {
    let of = |(node, side)| AxisOf { node, side, axis: axis(graph, node, side) };
    let (left, right) = (of(left), of(right));
    if left.axis.agrees_with(&right.axis) { Ok(()) } else { Err(Mismatch { left, right }) }
}

/// Of axes that agree, the first that has a name, or else the first.
pub(super) fn named(mut axes: impl Iterator<Item = Arc<Axis>>) -> Arc<Axis> {
    let first = axes.next().expect("an operation has operands");
    if first.name().is_some() {
        return first;
    }
    axes.find(|axis| axis.name().is_some()).unwrap_or(first)
}
