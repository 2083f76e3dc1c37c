//! Numbers that are there from the start: written in the lesson, drawn from a seed, or the identity.

use std::sync::Arc;

use super::{Form, Mismatch, Operands, Operation, Storage};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::reason::Reason;
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Op, Shape, Trace};
use crate::math::{self, Matrix};

/// Numbers that the lesson gives.
#[derive(Debug, Clone)]
pub struct Given {
    /// The numbers, positions as rows.
    pub values: Arc<Matrix>,
    /// What its rows and columns stand for.
    pub shape: Shape,
    /// Where the numbers come from.
    pub origin: Origin,
}

impl Given {
    /// Numbers that are written in the lesson.
    pub fn written(values: impl Into<Arc<Matrix>>, shape: Shape) -> Self {
        Self { values: values.into(), shape, origin: Origin::Written }
    }
}

/// Where given numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Written in the lesson.
    Written,
    /// Drawn by a seeded generator.
    Random {
        /// The seed.
        seed: u64,
    },
    /// 1 on the diagonal, 0 elsewhere.
    Identity,
}

impl Operation for Given {
    fn operands(&self) -> Vec<NodeId> {
        Vec::new()
    }

    fn form(&self) -> Form {
        Form::Given
    }

    fn infer_shape(&self, _graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(self.shape.clone())
    }

    fn evaluate(&self, _operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::clone(&self.values)
    }

    fn origin(&self) -> Option<Origin> {
        Some(self.origin)
    }

    fn storage(&self) -> Storage {
        // The numbers are in the graph anyway.
        Storage::Always
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        Expr::defined(self.values[(at.row, at.column)], Reason::Given(self.origin))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        Vec::new()
    }

    fn replay(&self, _grown: &Grown<'_>) -> Option<Op> {
        None
    }
}

/// Numbers drawn by a seeded generator. Each can be had without the others, so a large lesson need not keep them.
#[derive(Debug, Clone)]
pub struct Random {
    /// Where the numbers come from, row by row.
    pub source: math::Random,
    /// What its rows and columns stand for.
    pub shape: Shape,
}

/// How many multiplications of a large product a random number is worth.
const STEPS: usize = 1024;

impl Operation for Random {
    fn operands(&self) -> Vec<NodeId> {
        Vec::new()
    }

    fn form(&self) -> Form {
        Form::Given
    }

    fn origin(&self) -> Option<Origin> {
        Some(Origin::Random { seed: self.source.seed })
    }

    fn infer_shape(&self, _graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(self.shape.clone())
    }

    fn steps(&self, _graph: &Graph, shape: &Shape) -> usize {
        let (rows, columns) = shape.size();
        (rows * columns).saturating_mul(STEPS)
    }

    fn evaluate(&self, _operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        let (rows, columns) = self.shape.size();
        Arc::new(self.source.matrix(rows, columns))
    }

    fn evaluate_while(
        &self,
        _operands: &dyn Operands,
        go_on: math::GoOn<'_>,
    ) -> Option<(Arc<Matrix>, Matrix)> {
        let (rows, columns) = self.shape.size();
        let matrix = self.source.matrix_while(rows, columns, &|numbers| go_on(numbers * STEPS))?;
        Some((Arc::new(matrix), Matrix::zeros(0, 0)))
    }

    fn cell(&self, at: Cell, _trace: &Trace) -> f64 {
        self.source.number(at.row * self.shape.columns.size() + at.column)
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        Expr::defined(self.cell(at, trace), Reason::Given(Origin::Random { seed: self.source.seed }))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        Vec::new()
    }

    fn replay(&self, _grown: &Grown<'_>) -> Option<Op> {
        None
    }
}
