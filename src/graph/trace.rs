//! The trace of a graph: every value, and for every number how it came to be.

use std::sync::Arc;

use super::{Aggregate, AggregateKind, Cell, Expr, Graph, Node, NodeId, Place};
use crate::math::{self, Matrix};

/// A graph with its values.
#[derive(Debug, Clone)]
pub struct Trace {
    graph: Arc<Graph>,
    values: Vec<Arc<Matrix>>,
}

impl Trace {
    /// Evaluates every node, in order of definition. Shapes are proved, so nothing here can fail.
    pub fn evaluate(graph: Arc<Graph>) -> Self {
        let mut values: Vec<Arc<Matrix>> = Vec::with_capacity(graph.len());
        for (_, node) in graph.nodes() {
            let value = node.op.evaluate(|operand| Arc::clone(&values[operand.index()]));
            values.push(value);
        }
        Self { graph, values }
    }

    /// The graph that was evaluated.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The node of an id.
    pub fn node(&self, id: NodeId) -> &Node {
        self.graph.node(id)
    }

    /// A whole matrix, positions as rows.
    pub fn value(&self, node: NodeId) -> &Matrix {
        &self.values[node.index()]
    }

    /// The number in a cell.
    pub fn cell(&self, cell: Cell) -> f64 {
        self.value(cell.node)[(cell.row, cell.column)]
    }

    /// The number at a place.
    pub fn number(&self, place: Place) -> f64 {
        match place {
            Place::Cell(cell) => self.cell(cell),
            Place::Aggregate(aggregate) => self.aggregate(aggregate),
        }
    }

    /// How the number at a place came to be.
    pub fn derive(&self, place: Place) -> Expr {
        let op = &self.node(place.node()).op;
        match place {
            Place::Cell(cell) => op.derive(cell, self),
            Place::Aggregate(aggregate) => op
                .derive_aggregate(aggregate, self)
                .expect("aggregates are made by the operation that has them"),
        }
    }

    fn aggregate(&self, Aggregate { node, kind, row }: Aggregate) -> f64 {
        let of = self.node(node).op.operands()[0];
        let maximum = math::row_maximum(self.value(of), row);
        match kind {
            AggregateKind::Maximum => maximum,
            AggregateKind::Total => math::row_total(self.value(of), row, maximum),
        }
    }
}
