//! Norms: each row is brought to one size.

use std::sync::Arc;

use super::{Constant, Form, Mismatch, Op, Operands, Operation};
use crate::graph::expr::{Expr, Fold, Function, Line};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::{Aggregate, AggregateKind, Cell, Graph, Grown, NodeId, Place, Shape, Trace};
use crate::math::{self, Matrix};

/// Each row less its mean, divided by the root of its variance: `[n, d] -> [n, d]`.
#[derive(Debug, Clone)]
pub struct LayerNorm {
    /// `[n, d]`
    pub of: NodeId,
    /// `ε`, which is added to the variance, so that a row of equal numbers is not divided by 0; not negative.
    pub epsilon: Constant,
}

impl Operation for LayerNorm {
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
        &[AggregateKind::Mean, AggregateKind::Variance]
    }

    fn share(&self, operands: &dyn Operands) -> Matrix {
        // [n, d] -> [n, 2]
        math::means_and_variances(&operands.value(self.of))
    }

    fn evaluate(&self, operands: &dyn Operands, shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::layer_norm_by(operands.last(self.of), shared, self.epsilon.value))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        let centred = Expr::at(self.of, at.row, at.column).minus(shared(at, AggregateKind::Mean));
        centred.over(root_of(shared(at, AggregateKind::Variance), &self.epsilon))
    }

    fn derive_aggregate(&self, at: Aggregate, trace: &Trace) -> Option<Expr> {
        let number = Expr::Running(Line::row(self.of, at.row));
        match at.kind {
            AggregateKind::Mean => Some(mean_of(number, self.of, trace)),
            AggregateKind::Variance => {
                let mean = Place::Aggregate(Aggregate { kind: AggregateKind::Mean, ..at });
                Some(mean_of(number.minus(Expr::Place(mean)).apply(Function::Square), self.of, trace))
            }
            AggregateKind::Maximum
            | AggregateKind::Total
            | AggregateKind::MeanSquare
            | AggregateKind::Norm => None,
        }
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        vec![FormulaPiece::Sign("LayerNorm("), FormulaPiece::Matrix(self.of), FormulaPiece::Sign(")")]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::LayerNorm(Self { of: grown.operand(self.of), ..self.clone() }))
    }
}

/// Each row divided by the root of its mean square: `[n, d] -> [n, d]`.
#[derive(Debug, Clone)]
pub struct RmsNorm {
    /// `[n, d]`
    pub of: NodeId,
    /// `ε`, which is added to the mean square, so that a row of zeros is not divided by 0; not negative.
    pub epsilon: Constant,
}

impl Operation for RmsNorm {
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
        &[AggregateKind::MeanSquare]
    }

    fn share(&self, operands: &dyn Operands) -> Matrix {
        // [n, d] -> [n, 1]
        math::mean_squares(&operands.value(self.of))
    }

    fn evaluate(&self, operands: &dyn Operands, shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::rms_norm_by(operands.last(self.of), shared, self.epsilon.value))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        let root = root_of(shared(at, AggregateKind::MeanSquare), &self.epsilon);
        Expr::at(self.of, at.row, at.column).over(root)
    }

    fn derive_aggregate(&self, at: Aggregate, trace: &Trace) -> Option<Expr> {
        let number = Expr::Running(Line::row(self.of, at.row));
        (at.kind == AggregateKind::MeanSquare)
            .then(|| mean_of(number.apply(Function::Square), self.of, trace))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        vec![FormulaPiece::Sign("RMSNorm("), FormulaPiece::Matrix(self.of), FormulaPiece::Sign(")")]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::RmsNorm(Self { of: grown.operand(self.of), ..self.clone() }))
    }
}

/// A number that the row of a cell shares.
fn shared(at: Cell, kind: AggregateKind) -> Expr {
    Expr::Place(Place::Aggregate(Aggregate { node: at.node, kind, row: at.row }))
}

/// `√(variance + ε)`
fn root_of(variance: Expr, epsilon: &Constant) -> Expr {
    variance.plus(Expr::Constant(epsilon.clone())).apply(Function::Root)
}

/// The mean of a term along the row of a matrix: `Σ term ÷ d`.
fn mean_of(term: Expr, of: NodeId, trace: &Trace) -> Expr {
    let columns = &trace.node(of).shape.columns;
    let size = columns.size();
    let symbol = columns.name().map_or_else(|| size.to_string(), str::to_owned);
    Expr::fold(Fold::Sum, size, term).over(Expr::Constant(Constant { value: size as f64, symbol }))
}
