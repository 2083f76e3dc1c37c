//! What an operation has to answer.

use std::sync::Arc;

use super::{Form, Mismatch, Op, Origin};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::replay::Grown;
use crate::graph::{Aggregate, AggregateKind, Cell, Graph, NodeId, Shape, Trace};
use crate::math::{self, Matrix};

/// The matrices that an operation is made of. Operands come first, so that all are there.
pub(in crate::graph) trait Operands {
    /// The matrix of an operand.
    fn value(&self, operand: NodeId) -> Arc<Matrix>;

    /// The same, not to be asked for again by this operation: where nobody else needs it, nobody else holds it, and the
    /// result may take its [memory](math::Input).
    fn last(&self, operand: NodeId) -> Arc<Matrix> {
        self.value(operand)
    }
}

impl<F: Fn(NodeId) -> Arc<Matrix>> Operands for F {
    fn value(&self, operand: NodeId) -> Arc<Matrix> {
        self(operand)
    }
}

/// What every operation answers.
pub(super) trait Operation {
    /// The matrices that it is made of, in the order of the formula.
    fn operands(&self) -> Vec<NodeId>;

    /// How it is drawn.
    fn form(&self) -> Form;

    /// The sign between operands that are drawn side by side, cell by cell.
    fn sign(&self) -> &'static str {
        "+"
    }

    /// The shape of the result.
    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch>;

    /// Operands that stand where a model has its weights, if they are given: the same for every position.
    fn weights(&self, _graph: &Graph) -> Vec<NodeId> {
        Vec::new()
    }

    /// What the cells of a row share, in the order in which one is made of another.
    fn aggregates(&self) -> &'static [AggregateKind] {
        &[]
    }

    /// The numbers that the cells of each row share, `[rows, aggregates]`; not asked for where
    /// [`evaluate_while`](Self::evaluate_while) gives them with the value.
    fn share(&self, _operands: &dyn Operands) -> Matrix {
        Matrix::zeros(0, 0)
    }

    /// The value; `shared` is what [`share`](Self::share) gave.
    fn evaluate(&self, operands: &dyn Operands, shared: &Matrix) -> Arc<Matrix>;

    /// The value with what its rows share; `None` as soon as `go_on`, which is told the work done so far, says no. To be
    /// written only where one run gives both, or where the work is long.
    fn evaluate_while(
        &self,
        operands: &dyn Operands,
        _go_on: math::GoOn<'_>,
    ) -> Option<(Arc<Matrix>, Matrix)> {
        let shared = self.share(operands);
        Some((self.evaluate(operands, &shared), shared))
    }

    /// Whether a large lesson keeps the value. An operation whose derivation asks for its own cell is always kept.
    fn storage(&self) -> Storage {
        match self.form() {
            Form::Reduce | Form::Several => Storage::Always,
            Form::Product
            | Form::ProductOfRows
            | Form::Elementwise
            | Form::Stack
            | Form::Normalise
            | Form::Gather
            | Form::Given => Storage::WhileNeeded,
        }
    }

    /// Where the numbers come from, if they are there from the start.
    fn origin(&self) -> Option<Origin> {
        None
    }

    /// How many cells of each operand one cell is made of, numbers that a row shares aside.
    fn reach(&self, graph: &Graph) -> usize {
        match self.form() {
            Form::Product | Form::ProductOfRows => {
                self.operands().first().map_or(1, |left| graph.node(*left).shape.columns.size())
            }
            Form::Several => {
                self.weights(graph).iter().map(|weights| graph.node(*weights).shape.rows.size()).sum()
            }
            Form::Elementwise | Form::Stack | Form::Normalise | Form::Reduce | Form::Gather | Form::Given => {
                1
            }
        }
    }

    /// The work of an evaluation, counted in multiplications of a large product; all else takes some of them for each
    /// cell.
    fn steps(&self, graph: &Graph, shape: &Shape) -> usize {
        const CELL: usize = 16;
        let (rows, columns) = shape.size();
        let each = match self.form() {
            Form::Product | Form::ProductOfRows | Form::Several => self.reach(graph).saturating_add(CELL),
            Form::Normalise => 8 * CELL,
            Form::Elementwise | Form::Stack | Form::Reduce | Form::Gather | Form::Given => {
                (self.operands().len() + 1).saturating_mul(CELL)
            }
        };
        (rows * columns).saturating_mul(each)
    }

    /// One cell, where the value is not kept.
    fn cell(&self, at: Cell, trace: &Trace) -> f64 {
        self.derive(at, trace).compute(trace)
    }

    /// How one cell came to be.
    fn derive(&self, at: Cell, trace: &Trace) -> Expr;

    /// How a number that a row shares came to be; `None` for a kind that is not among the
    /// [`aggregates`](Self::aggregates).
    fn derive_aggregate(&self, _at: Aggregate, _trace: &Trace) -> Option<Expr> {
        None
    }

    /// How the whole matrix is made, in symbols; empty for a given one.
    fn formula(&self, convention: Convention) -> Vec<FormulaPiece>;

    /// The same done again over a text that has grown; `None` where it is made for the text as it is.
    fn replay(&self, grown: &Grown<'_>) -> Option<Op>;
}

/// Whether a value stays in memory once everything that uses it is computed, in a lesson that is too large to keep all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::graph) enum Storage {
    /// It does: it is costly to compute again, or there is no other way to a single cell.
    Always,
    /// It does not, and is computed when it is looked at, as long as that is not far from what is kept.
    WhileNeeded,
}
