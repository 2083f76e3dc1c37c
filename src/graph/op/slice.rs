//! Some of the rows or columns of a matrix.

use std::ops::Range;
use std::sync::Arc;

use super::{Form, Mismatch, Op, Operands, Operation};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::{Cell, Graph, Grown, NodeId, Shape, Side, Trace};
use crate::math::Matrix;

/// Rows or columns `entries` of a matrix: `[n, m] -> [n, b − a]` for columns `a..b`, `[n, m] -> [b − a, m]` for rows.
///
/// This is how one head is cut out of queries that are computed for all heads at once.
#[derive(Debug, Clone)]
pub struct Slice {
    /// `[n, m]`
    pub of: NodeId,
    /// Whether rows or columns are taken.
    pub side: Side,
    /// Which of them, from 0; at least one, and none beyond the matrix.
    pub entries: Range<usize>,
}

impl Operation for Slice {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Gather
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        let Shape { rows, columns } = graph.node(self.of).shape.clone();
        Ok(match self.side {
            Side::Rows => Shape::new(rows.part(self.entries.clone()), columns),
            Side::Columns => Shape::new(rows, columns.part(self.entries.clone())),
        })
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        let of = operands.value(self.of);
        let (from, count) = (self.entries.start, self.entries.len());
        Arc::new(match self.side {
            // [n, m] -> [b − a, m]
            Side::Rows => of.rows(from, count).into_owned(),
            // [n, m] -> [n, b − a]
            Side::Columns => of.columns(from, count).into_owned(),
        })
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        match self.side {
            Side::Rows => Expr::at(self.of, at.row + self.entries.start, at.column),
            Side::Columns => Expr::at(self.of, at.row, at.column + self.entries.start),
        }
    }

    fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        let (first, last) = (self.entries.start + 1, self.entries.end);
        let taken = if first == last { first.to_string() } else { format!("{first}:{last}") };
        let range = match (self.side, convention) {
            (Side::Rows, Convention::Rows) | (Side::Columns, Convention::Columns) => format!("[{taken}, :]"),
            (Side::Columns, Convention::Rows) | (Side::Rows, Convention::Columns) => format!("[:, {taken}]"),
        };
        vec![FormulaPiece::Matrix(self.of), FormulaPiece::Range(range)]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        // The same rows of a longer text are there still.
        Some(Op::Slice(Self { of: grown.operand(self.of), ..self.clone() }))
    }
}
