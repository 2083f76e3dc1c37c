//! Numbers that are there from the start: written in the lesson, or the identity.

use std::sync::Arc;

use super::{Form, Mismatch, Operation};
use crate::graph::expr::{Expr, Reason};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Op, Shape, Trace};
use crate::math::Matrix;

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

    fn evaluate(&self, _value: &dyn Fn(NodeId) -> Arc<Matrix>, _shared: &Matrix) -> Arc<Matrix> {
        Arc::clone(&self.values)
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        Expr::defined(trace.cell(at), Reason::Given(self.origin))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        Vec::new()
    }

    fn replay(&self, _grown: &Grown<'_>) -> Option<Op> {
        None
    }
}
