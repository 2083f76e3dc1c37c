//! How near rows are to each other: unit lengths and distances.

use std::sync::Arc;

use super::{Form, Mismatch, Op, Operands, Operation, agree, axis};
use crate::graph::expr::{Expr, Fold, Function, Line};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::{Aggregate, AggregateKind, Cell, Graph, Grown, NodeId, Place, Shape, Side, Trace};
use crate::math::{self, Matrix};

/// Each row divided by its own length: `[n, m] -> [n, m]`. A row of length 0 stays as it is.
#[derive(Debug, Clone)]
pub struct UnitRows {
    /// `[n, m]`
    pub of: NodeId,
}

impl Operation for UnitRows {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Elementwise
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(graph.node(self.of).shape.clone())
    }

    fn aggregates(&self) -> &'static [AggregateKind] {
        &[AggregateKind::Norm]
    }

    fn share(&self, operands: &dyn Operands) -> Matrix {
        let rows = operands.value(self.of).transpose();
        let lengths: Vec<f64> = rows.column_iter().map(|row| math::norm(row.as_slice())).collect();
        Matrix::from_vec(lengths.len(), 1, lengths)
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::unit_rows(&operands.value(self.of)))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let Cell { node, row, column } = at;
        let length = Place::Aggregate(Aggregate { node, kind: AggregateKind::Norm, row });
        let number = Expr::at(self.of, row, column);
        if trace.number(length) == 0.0 { number } else { number.over(Expr::Place(length)) }
    }

    fn derive_aggregate(&self, at: Aggregate, trace: &Trace) -> Option<Expr> {
        let count = trace.node(self.of).shape.columns.size();
        let square = Expr::Running(Line::row(self.of, at.row)).apply(Function::Square);
        (at.kind == AggregateKind::Norm).then(|| Expr::fold(Fold::Sum, count, square).apply(Function::Root))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let of = || FormulaPiece::Matrix(self.of);
        vec![of(), FormulaPiece::Sign(" ÷ ‖"), of(), FormulaPiece::Sign("‖")]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::UnitRows(Self { of: grown.operand(self.of) }))
    }
}

/// The Euclidean distance of every row from every row: `[n, d], [m, d] -> [n, m]`.
#[derive(Debug, Clone)]
pub struct Distances {
    /// `[n, d]`
    pub left: NodeId,
    /// `[m, d]`
    pub right: NodeId,
}

impl Operation for Distances {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.left, self.right]
    }

    fn form(&self) -> Form {
        Form::ProductOfRows
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        agree(graph, (self.left, Side::Columns), (self.right, Side::Columns))?;
        Ok(Shape::new(axis(graph, self.left, Side::Rows), axis(graph, self.right, Side::Rows)))
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        // [n, d], [m, d] -> [n, m]
        Arc::new(math::distances(&operands.value(self.left), &operands.value(self.right)))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let count = trace.node(self.left).shape.columns.size();
        let number = |node, row| Expr::Running(Line::row(node, row));
        let apart = number(self.left, at.row).minus(number(self.right, at.column));
        Expr::fold(Fold::Sum, count, apart.apply(Function::Square)).apply(Function::Root)
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        vec![
            FormulaPiece::Sign("‖"),
            FormulaPiece::Matrix(self.left),
            FormulaPiece::Sign(" − "),
            FormulaPiece::Matrix(self.right),
            FormulaPiece::Sign("‖"),
        ]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Distances(Self { left: grown.operand(self.left), right: grown.operand(self.right) }))
    }
}
