//! Dropout: in training, some numbers become 0 at random.

use std::sync::Arc;

use super::{Constant, Form, Mismatch, Op, Operands, Operation};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::reason::Reason;
use crate::graph::{Cell, Graph, Grown, NodeId, Shape, Trace};
use crate::math::{self, Matrix};

/// Each cell becomes 0 with the probability `rate`; the others are divided by `1 − rate`, so that the mean stays:
/// `[n, m] -> [n, m]` (Srivastava et al. 2014; Vaswani et al. 2017, §5.4).
///
/// It belongs to training only. A weight of a pattern may exceed 1 after it, and a row need not sum to 1.
#[derive(Debug, Clone)]
pub struct Dropout {
    /// `[n, m]`
    pub of: NodeId,
    /// The probability that a cell becomes 0; from 0 to below 1.
    pub rate: f64,
    /// What fixes which cells become 0.
    pub seed: u64,
}

impl Dropout {
    /// Whether a cell of a matrix with so many columns is kept.
    pub fn keeps(&self, (row, column): (usize, usize), columns: usize) -> bool {
        math::keeps(self.rate, self.seed, row * columns + column)
    }
}

impl Operation for Dropout {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Elementwise
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(graph.node(self.of).shape.clone())
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::dropout(&operands.value(self.of), self.rate, self.seed))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        if !self.keeps((at.row, at.column), trace.node(self.of).shape.columns.size()) {
            return Expr::defined(0.0, Reason::Dropped);
        }
        let kept = Expr::number(1.0).minus(Expr::number(self.rate));
        Expr::at(self.of, at.row, at.column).over(kept)
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        vec![
            FormulaPiece::Sign("dropout("),
            FormulaPiece::Matrix(self.of),
            FormulaPiece::Sign(", "),
            FormulaPiece::Constant(Constant::plain(self.rate)),
            FormulaPiece::Sign(")"),
        ]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Dropout(Self { of: grown.operand(self.of), ..self.clone() }))
    }
}
