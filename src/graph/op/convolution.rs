//! Convolution: what stands at fixed distances, each distance with weights of its own.

use std::sync::Arc;

use super::{Form, Mismatch, Op, Operands, Operation, agree, axis, named};
use crate::graph::expr::{Expr, Line};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::reason::Reason;
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Shape, Side, Trace};
use crate::math::{self, Matrix};

/// A convolution over positions: `Y[i] = Σ_o X[i + o]·K_o`, with zeros beyond both ends: `[n, d_in] -> [n, d_out]`.
///
/// Attention makes the same of heads that each look at one distance only (Cordonnier et al. 2020, theorem 1).
#[derive(Debug, Clone)]
pub struct Convolution {
    /// `X`, `[n, d_in]`
    pub of: NodeId,
    /// At least one, in the order of their offsets.
    pub kernel: Vec<KernelSlice>,
}

/// The weights of one distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KernelSlice {
    /// How many positions further on it looks; before, if negative.
    pub offset: isize,
    /// `K_o`, `[d_in, d_out]`
    pub weights: NodeId,
}

impl KernelSlice {
    /// The position that is looked at from `position`, of `count` in all; `None` beyond the ends.
    pub fn looks_at(self, position: usize, count: usize) -> Option<usize> {
        position.checked_add_signed(self.offset).filter(|at| *at < count)
    }
}

impl Operation for Convolution {
    fn operands(&self) -> Vec<NodeId> {
        std::iter::once(self.of).chain(self.kernel.iter().map(|slice| slice.weights)).collect()
    }

    fn form(&self) -> Form {
        Form::Several
    }

    fn weights(&self, _graph: &Graph) -> Vec<NodeId> {
        self.kernel.iter().map(|slice| slice.weights).collect()
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        let first = self.kernel[0].weights;
        for slice in &self.kernel {
            agree(graph, (self.of, Side::Columns), (slice.weights, Side::Rows))?;
            agree(graph, (first, Side::Columns), (slice.weights, Side::Columns))?;
        }
        let columns = named(self.kernel.iter().map(|slice| axis(graph, slice.weights, Side::Columns)));
        Ok(Shape::new(axis(graph, self.of, Side::Rows), columns))
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        let kernel: Vec<_> =
            self.kernel.iter().map(|slice| (slice.offset, operands.value(slice.weights))).collect();
        let slices: Vec<_> = kernel.iter().map(|(offset, weights)| (*offset, weights.as_ref())).collect();
        // [n, d_in], [d_in, d_out] for each offset -> [n, d_out]
        Arc::new(math::convolution(&operands.value(self.of), &slices))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let (positions, count) = trace.node(self.of).shape.size();
        let dots = self.kernel.iter().filter_map(|slice| {
            let row = slice.looks_at(at.row, positions)?;
            Some(Expr::dot(Line::row(self.of, row), Line::column(slice.weights, at.column), count))
        });
        dots.reduce(Expr::plus).unwrap_or_else(|| Expr::defined(0.0, Reason::BeyondTheEnds))
    }

    fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        let mut pieces = Vec::new();
        for slice in &self.kernel {
            if !pieces.is_empty() {
                pieces.push(FormulaPiece::Sign(" + "));
            }
            let moved = FormulaPiece::Moved(self.of, slice.offset);
            let weights = FormulaPiece::Matrix(slice.weights);
            let dot = FormulaPiece::Sign("·");
            pieces.extend(match convention {
                Convention::Rows => [moved, dot, weights],
                Convention::Columns => [weights, dot, moved],
            });
        }
        pieces
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        let slice = |slice: &KernelSlice| KernelSlice { weights: grown.operand(slice.weights), ..*slice };
        let kernel = self.kernel.iter().map(slice).collect();
        Some(Op::Convolution(Self { of: grown.operand(self.of), kernel }))
    }
}
