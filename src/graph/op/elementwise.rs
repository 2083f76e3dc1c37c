//! Cell by cell: scaling, sums, differences and products.

use std::sync::Arc;

use super::{Constant, Form, Mismatch, Op, Operands, Operation, agree, axis, listed, named};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Shape, Side, Trace};
use crate::math::{self, Matrix};

/// Every cell divided by one number: `[n, m] -> [n, m]`.
#[derive(Debug, Clone)]
pub struct Scale {
    /// `[n, m]`
    pub of: NodeId,
    /// What it is divided by; not 0.
    pub divisor: Constant,
}

impl Operation for Scale {
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
        Arc::new(math::scale(operands.last(self.of), self.divisor.value))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        Expr::at(self.of, at.row, at.column).over(Expr::Constant(self.divisor.clone()))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let divisor = FormulaPiece::Constant(self.divisor.clone());
        vec![FormulaPiece::Matrix(self.of), FormulaPiece::Sign(" ÷ "), divisor]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Scale(Self { of: grown.operand(self.of), divisor: self.divisor.clone() }))
    }
}

/// The sum of matrices of one shape, cell by cell; a term of a single row is added to every row, as a bias is.
#[derive(Debug, Clone)]
pub struct Add {
    /// At least one, each `[n, m]` or `[1, m]`.
    pub terms: Vec<NodeId>,
}

impl Operation for Add {
    fn operands(&self) -> Vec<NodeId> {
        self.terms.clone()
    }

    fn form(&self) -> Form {
        Form::Elementwise
    }

    fn weights(&self, graph: &Graph) -> Vec<NodeId> {
        // A bias: one row for all positions.
        let rows = |node: &NodeId| graph.node(*node).shape.rows.size();
        self.terms.iter().copied().filter(|term| rows(term) == 1).collect()
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        spread_shape(graph, &self.terms)
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(spread(&self.terms, operands, |a, b| a + b))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let term = |term: &NodeId| spread_cell(*term, at, trace);
        self.terms[1..].iter().fold(term(&self.terms[0]), |sum, next| sum.plus(term(next)))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        listed(&self.terms, " + ")
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Add(Self { terms: grown.operands(&self.terms) }))
    }
}

/// The difference of two matrices of one shape, cell by cell; an operand of a single row stands for every row.
#[derive(Debug, Clone)]
pub struct Subtract {
    /// What is subtracted from, `[n, m]` or `[1, m]`.
    pub left: NodeId,
    /// What is subtracted, `[n, m]` or `[1, m]`.
    pub right: NodeId,
}

impl Operation for Subtract {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.left, self.right]
    }

    fn form(&self) -> Form {
        Form::Elementwise
    }

    fn sign(&self) -> &'static str {
        "−"
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        spread_shape(graph, &[self.left, self.right])
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(spread(&[self.left, self.right], operands, |a, b| a - b))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        spread_cell(self.left, at, trace).minus(spread_cell(self.right, at, trace))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        listed(&[self.left, self.right], " − ")
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Subtract(Self { left: grown.operand(self.left), right: grown.operand(self.right) }))
    }
}

/// The product of two matrices of one shape, cell by cell; a factor of a single row multiplies every row, as the gain
/// of a norm does.
#[derive(Debug, Clone)]
pub struct Multiply {
    /// `[n, m]` or `[1, m]`
    pub left: NodeId,
    /// `[n, m]` or `[1, m]`
    pub right: NodeId,
}

impl Operation for Multiply {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.left, self.right]
    }

    fn form(&self) -> Form {
        Form::Elementwise
    }

    fn weights(&self, graph: &Graph) -> Vec<NodeId> {
        // A gain: one row for all positions.
        let rows = |node: &NodeId| graph.node(*node).shape.rows.size();
        self.operands().into_iter().filter(|factor| rows(factor) == 1).collect()
    }

    fn sign(&self) -> &'static str {
        "⊙"
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        spread_shape(graph, &[self.left, self.right])
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(spread(&[self.left, self.right], operands, |a, b| a * b))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        spread_cell(self.left, at, trace).times(spread_cell(self.right, at, trace))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        listed(&[self.left, self.right], " ⊙ ")
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Multiply(Self { left: grown.operand(self.left), right: grown.operand(self.right) }))
    }
}

/// The shape of operands that are put together cell by cell, where an operand of a single row stands for every row.
fn spread_shape(graph: &Graph, operands: &[NodeId]) -> Result<Shape, Mismatch> {
    let rows_of = |node: &NodeId| graph.node(*node).shape.rows.size();
    let tallest = operands.iter().copied().find(|node| rows_of(node) > 1).unwrap_or(operands[0]);
    for operand in operands {
        if rows_of(operand) != 1 {
            agree(graph, (tallest, Side::Rows), (*operand, Side::Rows))?;
        }
        agree(graph, (operands[0], Side::Columns), (*operand, Side::Columns))?;
    }
    let tall = operands.iter().filter(|node| rows_of(node) == rows_of(&tallest));
    let rows = named(tall.map(|node| axis(graph, *node, Side::Rows)));
    let columns = named(operands.iter().map(|node| axis(graph, *node, Side::Columns)));
    Ok(Shape::new(rows, columns))
}

/// The values of operands put together cell by cell, from the first to the last; those of a single row in every row.
fn spread(these: &[NodeId], operands: &dyn Operands, join: impl Fn(f64, f64) -> f64 + Sync) -> Matrix {
    let first = operands.last(these[0]);
    let others: Vec<_> = these[1..].iter().map(|operand| operands.value(*operand)).collect();
    // [n, m], [1, m], … -> [n, m]
    let rows = others.iter().map(|other| other.nrows()).fold(first.nrows(), usize::max);
    let joined = |row, column, first| {
        let cell = |other: &Arc<Matrix>| other[(if other.nrows() == 1 { 0 } else { row }, column)];
        others.iter().fold(first, |all, other| join(all, cell(other)))
    };
    if first.nrows() == rows {
        return math::map(first, joined);
    }
    math::from_fn(rows, first.ncols(), |row, column| joined(row, column, first[(0, column)]))
}

/// The cell of an operand that goes into a cell of the result.
fn spread_cell(operand: NodeId, at: Cell, trace: &Trace) -> Expr {
    let rows = trace.node(operand).shape.rows.size();
    Expr::at(operand, if rows == 1 { 0 } else { at.row }, at.column)
}
