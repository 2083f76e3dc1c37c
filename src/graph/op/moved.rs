//! Numbers that only change their place: looked up, turned, or laid side by side.

use std::sync::Arc;

use super::{Form, Mismatch, Operation, agree, axis, listed, named};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::replay::Grown;
use crate::graph::{Axis, AxisKind, Cell, Graph, NodeId, Op, Shape, Side, Trace};
use crate::language::words;
use crate::math::{self, Matrix};

/// Row `rows[i]` of a table becomes row `i`: the look-up of tokens.
#[derive(Debug, Clone)]
pub struct Gather {
    /// `[entries, d]`
    pub table: NodeId,
    /// Which row of the table each position takes.
    pub rows: Vec<usize>,
    /// What the positions are: the tokens of a text.
    pub positions: Arc<Axis>,
}

impl Gather {
    /// Whether position `i` takes row `i`.
    fn reads_in_order(&self) -> bool {
        self.rows.iter().copied().eq(0..self.rows.len())
    }
}

impl Operation for Gather {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.table]
    }

    fn form(&self) -> Form {
        Form::Gather
    }

    fn weights(&self, _graph: &Graph) -> Vec<NodeId> {
        vec![self.table]
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(Shape::new(Arc::clone(&self.positions), axis(graph, self.table, Side::Columns)))
    }

    fn evaluate(&self, value: &dyn Fn(NodeId) -> Arc<Matrix>, _shared: &Matrix) -> Arc<Matrix> {
        // [entries, d] -> [n, d]
        let table = value(self.table);
        Arc::new(math::from_fn(self.rows.len(), table.ncols(), |row, column| table[(self.rows[row], column)]))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        Expr::at(self.table, self.rows[at.row], at.column)
    }

    fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        let taken = match convention {
            Convention::Rows => words("rows of ", "查表："),
            Convention::Columns => words("columns of ", "查表："),
        };
        vec![FormulaPiece::Word(taken), FormulaPiece::Matrix(self.table)]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        let positions = grown.axis(&self.positions);
        let entries = &grown.graph().node(self.table).shape.rows;
        let mut rows = self.rows.clone();
        for (position, token) in positions.labels().iter().enumerate().skip(self.rows.len()) {
            let row = match entries.kind() {
                AxisKind::Tokens => entries.labels().iter().position(|entry| entry == token)?,
                // A table with one row for each position is read on.
                AxisKind::Features | AxisKind::Numbered if self.reads_in_order() => position,
                AxisKind::Features | AxisKind::Numbered => return None,
            };
            rows.push(Some(row).filter(|row| *row < entries.size())?);
        }
        Some(Op::Gather(Self { table: grown.operand(self.table), rows, positions }))
    }
}

/// Rows and columns exchanged: `[n, m] -> [m, n]`.
#[derive(Debug, Clone)]
pub struct Transpose {
    /// `[n, m]`
    pub of: NodeId,
}

impl Operation for Transpose {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Gather
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        let Shape { rows, columns } = graph.node(self.of).shape.clone();
        Ok(Shape::new(columns, rows))
    }

    fn evaluate(&self, value: &dyn Fn(NodeId) -> Arc<Matrix>, _shared: &Matrix) -> Arc<Matrix> {
        // [n, m] -> [m, n]
        Arc::new(value(self.of).transpose())
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        Expr::at(self.of, at.column, at.row)
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        vec![FormulaPiece::Transposed(self.of)]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Transpose(Self { of: grown.operand(self.of) }))
    }
}

/// Matrices side by side: `[n, a], [n, b], … -> [n, a + b + …]`.
#[derive(Debug, Clone)]
pub struct Concat {
    /// At least one, with the same rows.
    pub parts: Vec<NodeId>,
}

impl Operation for Concat {
    fn operands(&self) -> Vec<NodeId> {
        self.parts.clone()
    }

    fn form(&self) -> Form {
        Form::Stack
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        for part in &self.parts[1..] {
            agree(graph, (self.parts[0], Side::Rows), (*part, Side::Rows))?;
        }
        let columns: Vec<_> = self.parts.iter().map(|part| axis(graph, *part, Side::Columns)).collect();
        let rows = named(self.parts.iter().map(|part| axis(graph, *part, Side::Rows)));
        Ok(Shape::new(rows, Axis::joined(&columns)))
    }

    fn evaluate(&self, value: &dyn Fn(NodeId) -> Arc<Matrix>, _shared: &Matrix) -> Arc<Matrix> {
        let parts: Vec<_> = self.parts.iter().map(|part| value(*part)).collect();
        // [n, a], [n, b], … -> [n, a + b + …]
        Arc::new(math::concat(&parts.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let mut column = at.column;
        for part in &self.parts {
            let width = trace.node(*part).shape.columns.size();
            if column < width {
                return Expr::at(*part, at.row, column);
            }
            column -= width;
        }
        unreachable!("the shape of a concat is as wide as its parts together")
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let mut pieces = vec![FormulaPiece::Sign("[")];
        pieces.extend(listed(&self.parts, " | "));
        pieces.push(FormulaPiece::Sign("]"));
        pieces
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Concat(Self { parts: grown.operands(&self.parts) }))
    }
}
