//! The mask: cells that may not be seen.

use std::sync::Arc;

use super::{Form, Mismatch, Operands, Operation};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::mask::Visible;
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Op, Shape, Trace};
use crate::language::words;
use crate::math::{self, Matrix};

/// Cells that may not be seen become −∞ or another number; what the mask adds is added to the others:
/// `[queries, keys] -> [queries, keys]` (Vaswani et al. 2017, §3.2.3).
#[derive(Debug, Clone)]
pub struct Mask {
    /// `[queries, keys]`
    pub of: NodeId,
    /// Which keys each query may see.
    pub visible: Visible,
    /// What a hidden score becomes: −∞, or a finite number such as −10⁹; never missing.
    pub hidden: f64,
}

impl Mask {
    /// A mask that hides under −∞.
    pub const fn new(of: NodeId, visible: Visible) -> Self {
        Self { of, visible, hidden: f64::NEG_INFINITY }
    }
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

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        let of = operands.last(self.of);
        let (keys, adds) = (of.ncols(), self.visible.adds());
        Arc::new(math::map_columns(of, |key, scores| {
            let mut seen = vec![true; scores.len()];
            self.visible.see(0, key, keys, &mut seen);
            for (query, (score, seen)) in scores.iter_mut().zip(seen).enumerate() {
                if !seen {
                    *score = self.hidden;
                } else if adds {
                    let added = self.visible.added(query, key, keys);
                    *score = added.iter().fold(*score, |score, number| score + number.value);
                }
            }
        }))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let keys = trace.node(self.of).shape.columns.size();
        if let Some(reason) = self.visible.why_hidden(at.row, at.column, keys) {
            return Expr::defined(self.hidden, reason);
        }
        let added = self.visible.added(at.row, at.column, keys);
        let score = Expr::at(self.of, at.row, at.column);
        added.into_iter().fold(score, |score, number| score.plus(Expr::Constant(number)))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let open = FormulaPiece::Word(words("mask(", "掩码("));
        vec![open, FormulaPiece::Matrix(self.of), FormulaPiece::Sign(")")]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        let visible = self.visible.grown()?;
        Some(Op::Mask(Self { of: grown.operand(self.of), visible, hidden: self.hidden }))
    }
}
