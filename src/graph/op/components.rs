//! Principal components, and how much of the whole they keep.

use std::sync::Arc;

use super::{Form, Mismatch, Op, Operands, Operation, axis};
use crate::graph::expr::{Expr, Fold, Line};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::reason::Reason;
use crate::graph::{Aggregate, AggregateKind, Axis, Cell, Graph, Grown, NodeId, Place, Shape, Side, Trace};
use crate::language::words;
use crate::math::{self, Matrix};

/// The directions in which rows differ most, as columns `pc1`, `pc2`, …: `[n, m] -> [m, count]`.
///
/// They are found by search, so a cell has no arithmetic of its own; what makes them right is that they have the length
/// 1, are at right angles, and that no others keep more of the variance.
#[derive(Debug, Clone)]
pub struct Components {
    /// `[n, m]`, each column with the mean 0.
    pub of: NodeId,
    /// How many; at most `m`.
    pub count: usize,
}

impl Operation for Components {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Reduce
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        let names = (1..=self.count).map(|number| format!("pc{number}")).collect();
        Ok(Shape::new(axis(graph, self.of, Side::Columns), Axis::labelled(names)))
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::principal_components(&operands.value(self.of), self.count))
    }

    fn storage(&self) -> super::Storage {
        // No arithmetic leads to a single cell.
        super::Storage::Always
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        Expr::defined(trace.cell(at), Reason::Component)
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let words = words("principal components of ", "主成分，取自 ");
        vec![FormulaPiece::Word(words), FormulaPiece::Matrix(self.of)]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Components(Self { of: grown.operand(self.of), ..self.clone() }))
    }
}

/// A row of numbers divided by the sum of another row: `[1, k], [1, m] -> [1, k]`. Where that sum is 0, there is nothing
/// to have a share of, and each number is multiplied by it instead: the shares are 0.
#[derive(Debug, Clone)]
pub struct ShareOf {
    /// `[1, k]`
    pub part: NodeId,
    /// `[1, m]`
    pub whole: NodeId,
}

impl Operation for ShareOf {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.part, self.whole]
    }

    fn form(&self) -> Form {
        Form::Reduce
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        super::agree(graph, (self.part, Side::Rows), (self.whole, Side::Rows))?;
        Ok(graph.node(self.part).shape.clone())
    }

    fn aggregates(&self) -> &'static [AggregateKind] {
        &[AggregateKind::Total]
    }

    fn share(&self, operands: &dyn Operands) -> Matrix {
        let whole = operands.value(self.whole);
        let totals = whole.row_iter().map(|row| row.iter().sum());
        Matrix::from_iterator(whole.nrows(), 1, totals)
    }

    fn evaluate(&self, operands: &dyn Operands, shared: &Matrix) -> Arc<Matrix> {
        let part = operands.value(self.part);
        let share = |x: f64, total: f64| if total == 0.0 { x * total } else { x / total };
        let of = |row, column| share(part[(row, column)], shared[(row, 0)]);
        Arc::new(Matrix::from_fn(part.nrows(), part.ncols(), of))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let Cell { node, row, column } = at;
        let total = Place::Aggregate(Aggregate { node, kind: AggregateKind::Total, row });
        let number = Expr::at(self.part, row, column);
        let nothing = trace.number(total) == 0.0;
        if nothing { number.times(Expr::Place(total)) } else { number.over(Expr::Place(total)) }
    }

    fn derive_aggregate(&self, at: Aggregate, trace: &Trace) -> Option<Expr> {
        let count = trace.node(self.whole).shape.columns.size();
        let number = Expr::Running(Line::row(self.whole, at.row));
        (at.kind == AggregateKind::Total).then(|| Expr::fold(Fold::Sum, count, number))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let (part, whole) = (FormulaPiece::Matrix(self.part), FormulaPiece::Matrix(self.whole));
        vec![part, FormulaPiece::Sign(" ÷ Σ "), whole]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::ShareOf(Self { part: grown.operand(self.part), whole: grown.operand(self.whole) }))
    }
}
