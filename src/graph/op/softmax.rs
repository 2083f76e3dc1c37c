//! Softmax: the numbers of a row become weights that sum to 1.

use std::sync::Arc;

use super::{Form, Mismatch, Operation};
use crate::graph::expr::{Expr, Fold, Function, Line, Reason};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::{Aggregate, AggregateKind, Cell, Graph, NodeId, Place, Shape, Trace};
use crate::math::{self, Matrix, Shares};

/// Softmax along each row: `[queries, keys] -> [queries, keys]`.
#[derive(Debug, Clone)]
pub struct Softmax {
    /// `[queries, keys]`
    pub of: NodeId,
}

impl Operation for Softmax {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Normalise
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(graph.node(self.of).shape.clone())
    }

    fn aggregates(&self) -> &'static [AggregateKind] {
        &[AggregateKind::Maximum, AggregateKind::Total]
    }

    fn share(&self, value: &dyn Fn(NodeId) -> Arc<Matrix>) -> Matrix {
        row_totals(&value(self.of))
    }

    fn evaluate(&self, value: &dyn Fn(NodeId) -> Arc<Matrix>, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::softmax(&value(self.of)))
    }

    fn evaluate_while(
        &self,
        value: &dyn Fn(NodeId) -> Arc<Matrix>,
        _go_on: math::GoOn<'_>,
    ) -> Option<(Arc<Matrix>, Matrix)> {
        let Shares { weights, totals } = math::shares(&value(self.of));
        Some((Arc::new(weights), totals))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let Cell { node, row, column } = at;
        let shared = |kind| Place::Aggregate(Aggregate { node, kind, row });
        if trace.number(shared(AggregateKind::Maximum)) == f64::NEG_INFINITY {
            return Expr::defined(0.0, Reason::NothingToSee);
        }
        let shifted = Expr::at(self.of, row, column).minus(Expr::Place(shared(AggregateKind::Maximum)));
        shifted.apply(Function::Exponential).over(Expr::Place(shared(AggregateKind::Total)))
    }

    fn derive_aggregate(&self, at: Aggregate, trace: &Trace) -> Option<Expr> {
        derive_row_total(self.of, at, trace)
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        vec![FormulaPiece::Sign("softmax("), FormulaPiece::Matrix(self.of), FormulaPiece::Sign(")")]
    }
}

/// The maximum of each row and the total of its exponentials, `[n, m] -> [n, 2]`.
fn row_totals(of: &Matrix) -> Matrix {
    let mut totals = Matrix::zeros(of.nrows(), 2);
    for row in 0..of.nrows() {
        let maximum = math::row_maximum(of, row);
        totals[(row, 0)] = maximum;
        totals[(row, 1)] = math::row_total(of, row, maximum);
    }
    totals
}

/// How the maximum of a row of `of`, or the total of its exponentials, came to be.
fn derive_row_total(of: NodeId, at: Aggregate, trace: &Trace) -> Option<Expr> {
    let line = Line::row(of, at.row);
    let count = trace.node(of).shape.columns.size();
    match at.kind {
        AggregateKind::Maximum => Some(Expr::fold(Fold::Maximum, count, Expr::Running(line))),
        AggregateKind::Total => {
            let maximum = Place::Aggregate(Aggregate { kind: AggregateKind::Maximum, ..at });
            if trace.number(maximum) == f64::NEG_INFINITY {
                return Some(Expr::defined(0.0, Reason::NothingToSee));
            }
            let body = Expr::Running(line).minus(Expr::Place(maximum)).apply(Function::Exponential);
            Some(Expr::fold(Fold::Sum, count, body))
        }
    }
}
