//! The mask: cells that may not be seen.

use std::sync::Arc;

use super::{Form, Mismatch, Operation};
use crate::graph::expr::{Expr, Reason};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::mask::Visible;
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Op, Shape, Trace};
use crate::language::words;
use crate::math::{self, Matrix};

/// Cells that may not be seen become −∞: `[queries, keys] -> [queries, keys]`.
#[derive(Debug, Clone)]
pub struct Mask {
    /// `[queries, keys]`
    pub of: NodeId,
    /// Which keys each query may see.
    pub visible: Visible,
}

impl Operation for Mask {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Elementwise
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(graph.node(self.of).shape.clone())
    }

    fn evaluate(&self, value: &dyn Fn(NodeId) -> Arc<Matrix>, _shared: &Matrix) -> Arc<Matrix> {
        let of = value(self.of);
        Arc::new(math::mask(&of, |query, key| self.visible.allows(query, key, of.ncols())))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        if self.visible.allows(at.row, at.column, trace.node(self.of).shape.columns.size()) {
            return Expr::at(self.of, at.row, at.column);
        }
        let reason = match self.visible {
            Visible::Causal => Reason::LaterKey,
            Visible::Cells(_) => Reason::MaskedKey,
        };
        Expr::defined(f64::NEG_INFINITY, reason)
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let open = FormulaPiece::Word(words("mask(", "掩码("));
        vec![open, FormulaPiece::Matrix(self.of), FormulaPiece::Sign(")")]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        let visible = self.visible.grown()?;
        Some(Op::Mask(Self { of: grown.operand(self.of), visible }))
    }
}
