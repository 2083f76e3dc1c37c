//! Numbers that follow from constants alone, such as how many parameters a model has.

use std::sync::Arc;

use super::{Form, Mismatch, Op, Operands, Operation};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Shape, Trace};
use crate::language::words;
use crate::math::Matrix;

/// A table in which each number is reckoned from constants that its own formula names: `[n, m]`.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What its rows and columns stand for.
    pub shape: Shape,
    /// The formula of each cell, row by row, made of constants only.
    pub cells: Arc<[Expr]>,
    /// What is counted.
    pub tally: Tally,
}

/// What a table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tally {
    /// What follows from the sizes of a model: parameters, or the work of attention.
    Sizes,
    /// The multiply–adds of each round in which a text is written.
    Rounds,
}

impl Counted {
    /// The formula of one cell.
    pub fn cell(&self, row: usize, column: usize) -> &Expr {
        &self.cells[row * self.shape.columns.size() + column]
    }
}

impl Operation for Counted {
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
        let (rows, columns) = self.shape.size();
        // -> [n, m]
        Arc::new(Matrix::from_fn(rows, columns, |row, column| {
            self.cell(row, column).compute_from_constants()
        }))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        self.cell(at.row, at.column).clone()
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        vec![FormulaPiece::Word(match self.tally {
            Tally::Sizes => words("counted from the sizes", "由各个大小算出"),
            Tally::Rounds => words(
                "multiply–adds of every product: rows · inner size · columns",
                "各个矩阵乘积的乘加次数：行数·内部大小·列数",
            ),
        })]
    }

    fn replay(&self, _grown: &Grown<'_>) -> Option<Op> {
        // Counts are of sizes that no text decides.
        Some(Op::Counted(self.clone()))
    }
}
