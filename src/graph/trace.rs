//! The trace of a graph: every value, and for every number how it came to be.

use std::sync::Arc;

use super::{Aggregate, Cell, Expr, Graph, Node, NodeId, Place};
use crate::math::Matrix;

/// A graph with its values.
#[derive(Debug, Clone)]
pub struct Trace {
    graph: Arc<Graph>,
    values: Vec<Arc<Matrix>>,
    extents: Vec<Extent>,
    /// Of each node what its rows share, `[rows, aggregates]`, so that a cell explains itself without reading its row.
    shared: Vec<Matrix>,
}

/// A few numbers that stand for a whole matrix when it is decided how to print and shade it, so that drawing a window
/// of a large matrix need not read all of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Extent {
    /// The smallest finite number.
    pub min: f64,
    /// The largest finite number.
    pub max: f64,
    /// The number that is furthest from whole, if one is not whole.
    pub fraction: Option<f64>,
    /// The smallest magnitude besides 0, which needs the most room where numbers are printed with powers of ten.
    pub least: Option<f64>,
    /// An infinity or a missing number, if there is one.
    pub beyond: Option<f64>,
}

impl Extent {
    fn of(matrix: &Matrix) -> Self {
        let mut extent = Self { min: f64::INFINITY, max: f64::NEG_INFINITY, ..Self::default() };
        let from_whole = |value: f64| (value - value.round()).abs();
        for &value in matrix {
            if value.is_finite() {
                extent.min = extent.min.min(value);
                extent.max = extent.max.max(value);
                if from_whole(value) > extent.fraction.map_or(0.0, from_whole) {
                    extent.fraction = Some(value);
                }
                if value != 0.0 && value.abs() < extent.least.map_or(f64::INFINITY, f64::abs) {
                    extent.least = Some(value);
                }
            } else {
                extent.beyond = extent.beyond.or(Some(value));
            }
        }
        if extent.min > extent.max {
            (extent.min, extent.max) = (0.0, 0.0);
        }
        extent
    }

    /// The largest magnitude.
    pub const fn magnitude(&self) -> f64 {
        self.max.abs().max(self.min.abs())
    }

    /// Numbers of the matrix that need the most room and digits.
    pub fn sample(&self) -> impl Iterator<Item = f64> + Clone + use<> {
        [Some(self.min), Some(self.max), self.fraction, self.least, self.beyond].into_iter().flatten()
    }
}

impl Trace {
    /// Evaluates every node, in order of definition. Shapes are proved, so nothing here can fail.
    pub fn evaluate(graph: Arc<Graph>) -> Self {
        let mut values: Vec<Arc<Matrix>> = Vec::with_capacity(graph.len());
        let mut shared = Vec::with_capacity(graph.len());
        for (_, node) in graph.nodes() {
            let operand = |operand: NodeId| Arc::clone(&values[operand.index()]);
            let own = node.op.share(&operand);
            let value = node.op.evaluate(&operand, &own);
            values.push(value);
            shared.push(own);
        }
        let extents = values.iter().map(|value| Extent::of(value)).collect();
        Self { graph, values, extents, shared }
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
    pub fn value(&self, node: NodeId) -> Arc<Matrix> {
        Arc::clone(&self.values[node.index()])
    }

    /// What stands for the matrix when it is decided how to print it.
    pub fn extent(&self, node: NodeId) -> Extent {
        self.extents[node.index()]
    }

    /// The number in a cell.
    pub fn cell(&self, cell: Cell) -> f64 {
        self.values[cell.node.index()][(cell.row, cell.column)]
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
        let kinds = self.node(node).op.aggregates();
        let column = kinds.iter().position(|own| *own == kind).expect("the operation has this aggregate");
        self.shared[node.index()][(row, column)]
    }
}
