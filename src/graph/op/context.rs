//! The context of a position: its neighbours, in equal parts.

use std::sync::Arc;

use super::{Form, Mismatch, Op, Operands, Operation};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::reason::Reason;
use crate::graph::replay::Grown;
use crate::graph::{Axis, Cell, Graph, NodeId, Shape, Trace};
use crate::language::words;
use crate::math::{self, Matrix};

/// The averaging matrix of contexts: `A[i, j] = 1 / c_i` where `0 < |i − j| ≤ window`, else 0, `-> [n, n]`, with `c_i`
/// the number of such neighbours. `A·X` is the mean of each context, which CBOW begins with (Mikolov et al. 2013, §3.1).
#[derive(Debug, Clone)]
pub struct Context {
    /// The positions.
    pub positions: Arc<Axis>,
    /// How many neighbours on either side belong to it; at least 1.
    pub window: usize,
}

impl Operation for Context {
    fn operands(&self) -> Vec<NodeId> {
        Vec::new()
    }

    fn form(&self) -> Form {
        Form::Given
    }

    fn infer_shape(&self, _graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(Shape::new(Arc::clone(&self.positions), Arc::clone(&self.positions)))
    }

    fn evaluate(&self, _operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::context(self.positions.size(), self.window))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        if at.row == at.column {
            return Expr::defined(0.0, Reason::Itself);
        }
        if at.row.abs_diff(at.column) > self.window {
            return Expr::defined(0.0, Reason::OutsideContext);
        }
        let neighbours = math::neighbours(at.row, self.positions.size(), self.window);
        Expr::number(1.0).over(Expr::number(neighbours as f64))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        vec![FormulaPiece::Word(words("1 ÷ size of the context", "1 ÷ 上下文的大小"))]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Context(Self { positions: grown.axis(&self.positions), window: self.window }))
    }
}
