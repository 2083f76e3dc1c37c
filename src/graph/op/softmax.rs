//! Softmax: the numbers of a row become weights that sum to 1.

use std::sync::Arc;

use super::{Form, Mismatch, Operands, Operation};
use crate::graph::expr::{Expr, Fold, Function, Line};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::reason::Reason;
use crate::graph::replay::Grown;
use crate::graph::{Aggregate, AggregateKind, Cell, Graph, NodeId, Op, Place, Shape, Trace};
use crate::math::{self, Matrix, Shares};

/// Softmax along each row: `[queries, keys] -> [queries, keys]`.
#[derive(Debug, Clone)]
pub struct Softmax {
    /// `[queries, keys]`
    pub of: NodeId,
    /// What becomes of a row of −∞ only.
    pub empty_row: EmptyRow,
}

/// What softmax makes of a row in which every key is hidden, where its formula says 0 ÷ 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyRow {
    /// Nothing is attended to: every weight is 0.
    #[default]
    Zeros,
    /// The formula is taken at its word: no weight is a number, as in `PyTorch`.
    Missing,
    /// Every key gets the same weight.
    Uniform,
}

impl EmptyRow {
    /// The weight of each of so many keys.
    fn weight(self, keys: usize) -> f64 {
        match self {
            Self::Zeros => 0.0,
            Self::Missing => f64::NAN,
            Self::Uniform => 1.0 / keys as f64,
        }
    }

    const fn reason(self, keys: usize) -> Reason {
        match self {
            Self::Zeros => Reason::NothingToSee,
            Self::Missing => Reason::NoNumber,
            Self::Uniform => Reason::AllAlike { keys },
        }
    }
}

impl Softmax {
    /// Softmax that makes zeros of a row in which every key is hidden.
    pub fn new(of: NodeId) -> Self {
        Self { of, empty_row: EmptyRow::default() }
    }
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

    fn evaluate(&self, operands: &dyn Operands, shared: &Matrix) -> Arc<Matrix> {
        Arc::new(self.filled(math::softmax(operands.last(self.of)), shared))
    }

    fn evaluate_while(
        &self,
        operands: &dyn Operands,
        _go_on: math::GoOn<'_>,
    ) -> Option<(Arc<Matrix>, Matrix)> {
        let Shares { weights, totals } = math::shares(operands.last(self.of));
        Some((Arc::new(self.filled(weights, &totals)), totals))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let Cell { node, row, column } = at;
        let shared = |kind| Place::Aggregate(Aggregate { node, kind, row });
        if trace.number(shared(AggregateKind::Maximum)) == f64::NEG_INFINITY {
            let keys = trace.node(self.of).shape.columns.size();
            return Expr::defined(self.empty_row.weight(keys), self.empty_row.reason(keys));
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

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Softmax(Self { of: grown.operand(self.of), empty_row: self.empty_row }))
    }
}

/// The column in which a row's maximum is kept among what it shares.
const MAXIMUM: usize = 0;

impl Softmax {
    /// The weights with what the rule gives to rows that see nothing.
    fn filled(&self, mut weights: Matrix, shared: &Matrix) -> Matrix {
        let keys = weights.ncols();
        if self.empty_row != EmptyRow::Zeros {
            for (row, mut line) in weights.row_iter_mut().enumerate() {
                if shared[(row, MAXIMUM)] == f64::NEG_INFINITY {
                    line.fill(self.empty_row.weight(keys));
                }
            }
        }
        weights
    }
}

/// How the maximum of a row of `of`, or the total of its exponentials, came to be.
pub(super) fn derive_row_total(of: NodeId, at: Aggregate, trace: &Trace) -> Option<Expr> {
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
        AggregateKind::Mean | AggregateKind::Variance | AggregateKind::MeanSquare | AggregateKind::Norm => {
            None
        }
    }
}
