//! Numbers that only change their place: looked up, turned, or laid side by side or one below the other.

use std::sync::Arc;

use super::{Form, Mismatch, Operands, Operation, agree, axis, listed, named};
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

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        // [entries, d] -> [n, d]
        let table = operands.value(self.table);
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

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        // [n, m] -> [m, n]
        Arc::new(operands.value(self.of).transpose())
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
        let rows = shared(graph, &self.parts, Side::Rows)?;
        let columns: Vec<_> = self.parts.iter().map(|part| axis(graph, *part, Side::Columns)).collect();
        Ok(Shape::new(rows, Axis::joined(&columns)))
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        // [n, a], [n, b], … -> [n, a + b + …]
        together(operands, &self.parts, math::concat)
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let (part, column) = part_with(&self.parts, Side::Columns, at.column, trace);
        Expr::at(part, at.row, column)
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

/// Matrices one below the other: `[a, m], [b, m], … -> [a + b + …, m]`.
#[derive(Debug, Clone)]
pub struct Stack {
    /// At least one, with the same columns.
    pub parts: Vec<NodeId>,
    /// What the rows stand for, as many as the parts have together.
    pub positions: Arc<Axis>,
}

impl Operation for Stack {
    fn operands(&self) -> Vec<NodeId> {
        self.parts.clone()
    }

    fn form(&self) -> Form {
        Form::Stack
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        let columns = shared(graph, &self.parts, Side::Columns)?;
        Ok(Shape::new(Arc::clone(&self.positions), columns))
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        // [a, m], [b, m], … -> [a + b + …, m]
        together(operands, &self.parts, math::stack)
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let (part, row) = part_with(&self.parts, Side::Rows, at.row, trace);
        Expr::at(part, row, at.column)
    }

    fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        // Where tokens are columns, what is stacked stands side by side.
        let between = match convention {
            Convention::Rows => " ; ",
            Convention::Columns => " | ",
        };
        let mut pieces = vec![FormulaPiece::Sign("[")];
        match self.parts.as_slice() {
            [first, _, _, .., last] => pieces.extend([
                FormulaPiece::Matrix(*first),
                FormulaPiece::Sign(between),
                FormulaPiece::Sign("…"),
                FormulaPiece::Sign(between),
                FormulaPiece::Matrix(*last),
            ]),
            few => pieces.extend(listed(few, between)),
        }
        pieces.push(FormulaPiece::Sign("]"));
        pieces
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        // A longer text has more states, each a matrix of its own, than were stacked.
        let positions = grown.axis(&self.positions);
        let same = positions.size() == self.positions.size();
        same.then(|| Op::Stack(Self { parts: grown.operands(&self.parts), positions }))
    }
}

/// The axis on which all parts agree.
fn shared(graph: &Graph, parts: &[NodeId], side: Side) -> Result<Arc<Axis>, Mismatch> {
    for part in &parts[1..] {
        agree(graph, (parts[0], side), (*part, side))?;
    }
    Ok(named(parts.iter().map(|part| axis(graph, *part, side))))
}

fn together(operands: &dyn Operands, parts: &[NodeId], join: fn(&[&Matrix]) -> Matrix) -> Arc<Matrix> {
    let parts: Vec<_> = parts.iter().map(|part| operands.value(*part)).collect();
    Arc::new(join(&parts.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
}

/// Which of parts that lie one after the other has an entry of the whole, and which entry of the part that is.
fn part_with(parts: &[NodeId], side: Side, entry: usize, trace: &Trace) -> (NodeId, usize) {
    let mut left = entry;
    for part in parts {
        let entries = trace.node(*part).shape.axis(side).size();
        if left < entries {
            return (*part, left);
        }
        left -= entries;
    }
    unreachable!("the whole is as large as its parts together")
}
