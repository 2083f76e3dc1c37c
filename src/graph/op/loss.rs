//! How much is lost on the right answers.

use std::sync::Arc;

use super::softmax::derive_row_total;
use super::{Form, Mismatch, Operands, Operation, axis};
use crate::graph::expr::{Expr, Function};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::replay::Grown;
use crate::graph::{Aggregate, AggregateKind, Axis, Cell, Graph, NodeId, Op, Place, Shape, Side, Trace};
use crate::language::words;
use crate::math::{self, Matrix};

/// The cross-entropy of each row with its right column, `−ln softmax(A)[i, target i]`: `[n, m] -> [targets, 1]`.
#[derive(Debug, Clone)]
pub struct CrossEntropy {
    /// The logits, `[n, m]`
    pub of: NodeId,
    /// The right column of each row; rows beyond the last are left out. At least one and at most as many as rows.
    pub targets: Vec<usize>,
}

impl Operation for CrossEntropy {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Reduce
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        let rows = axis(graph, self.of, Side::Rows).first(self.targets.len());
        Ok(Shape::new(rows, Axis::features("loss", vec!["loss".to_owned()])))
    }

    fn aggregates(&self) -> &'static [AggregateKind] {
        &[AggregateKind::Maximum, AggregateKind::Total]
    }

    fn share(&self, operands: &dyn Operands) -> Matrix {
        // [n, m] -> [targets, 2]
        math::shares(operands.value(self.of)).totals.rows(0, self.targets.len()).into_owned()
    }

    fn evaluate(&self, operands: &dyn Operands, shared: &Matrix) -> Arc<Matrix> {
        // [n, m] -> [targets, 1]
        Arc::new(math::cross_entropy_by(&operands.value(self.of), shared, &self.targets))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        let Cell { node, row, .. } = at;
        let shared = |kind| Expr::Place(Place::Aggregate(Aggregate { node, kind, row }));
        let all = shared(AggregateKind::Total).apply(Function::Logarithm);
        shared(AggregateKind::Maximum).plus(all).minus(Expr::at(self.of, row, self.targets[row]))
    }

    fn derive_aggregate(&self, at: Aggregate, trace: &Trace) -> Option<Expr> {
        derive_row_total(self.of, at, trace)
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let target = words(")[target]", ")[目标]");
        vec![FormulaPiece::Sign("−ln softmax("), FormulaPiece::Matrix(self.of), FormulaPiece::Word(target)]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        // What comes after a longer text is not said.
        let targets = self.targets.clone();
        Some(Op::CrossEntropy(Self { of: grown.operand(self.of), targets }))
    }
}
