//! Recurrence: one position after the other, each state made of the one before it.

use std::sync::Arc;

use super::{Activation, Form, Mismatch, Op, Operands, Operation, agree, axis, named};
use crate::graph::expr::{Expr, Line};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::replay::Grown;
use crate::graph::{Axis, AxisOf, Cell, Graph, NodeId, Shape, Side, Trace};
use crate::math::{self, Matrix};

/// One step of a recurrent network: `h_t = f(x_t·W_x + h_{t−1}·W_h + b)`, `-> [1, d_h]` (Elman 1990).
#[derive(Debug, Clone)]
pub struct Recur {
    /// `X`, `[n, d_in]`
    pub of: NodeId,
    /// `t`, the row of `X` that comes in, from 0.
    pub position: usize,
    /// `h_{t−1}`, `[1, d_h]`; nothing at the first position.
    pub previous: Option<NodeId>,
    /// `W_x`, `[d_in, d_h]`
    pub input_weights: NodeId,
    /// `W_h`, `[d_h, d_h]`
    pub state_weights: NodeId,
    /// `b`, `[1, d_h]`
    pub bias: Option<NodeId>,
    /// `f`; nothing leaves the sum as it is.
    pub activation: Option<Activation>,
    /// What the one row stands for: the token at the position.
    pub row: Arc<Axis>,
}

impl Operation for Recur {
    fn operands(&self) -> Vec<NodeId> {
        let state = self.previous.map(|previous| [previous, self.state_weights]);
        [self.of, self.input_weights]
            .into_iter()
            .chain(state.into_iter().flatten())
            .chain(self.bias)
            .collect()
    }

    fn form(&self) -> Form {
        Form::Several
    }

    fn weights(&self, _graph: &Graph) -> Vec<NodeId> {
        [self.input_weights, self.state_weights].into_iter().chain(self.bias).collect()
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        agree(graph, (self.of, Side::Columns), (self.input_weights, Side::Rows))?;
        let hidden = (self.input_weights, Side::Columns);
        agree(graph, hidden, (self.state_weights, Side::Rows))?;
        agree(graph, hidden, (self.state_weights, Side::Columns))?;
        for row in self.previous.into_iter().chain(self.bias) {
            agree(graph, hidden, (row, Side::Columns))?;
            let rows = axis(graph, row, Side::Rows);
            if rows.size() != 1 {
                let left = AxisOf { node: self.of, side: Side::Rows, axis: Arc::clone(&self.row) };
                return Err(Mismatch { left, right: AxisOf { node: row, side: Side::Rows, axis: rows } });
            }
        }
        let columns =
            [self.input_weights, self.state_weights].map(|weights| axis(graph, weights, Side::Columns));
        Ok(Shape::new(Arc::clone(&self.row), named(columns.into_iter())))
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        let x = operands.value(self.of).rows(self.position, 1).into_owned();
        // [1, d_in] · [d_in, d_h] -> [1, d_h]
        let mut sum = math::product(&x, &operands.value(self.input_weights));
        if let Some(previous) = self.previous {
            // [1, d_h] · [d_h, d_h] -> [1, d_h]
            sum = math::add(
                &sum,
                &math::product(&operands.value(previous), &operands.value(self.state_weights)),
            );
        }
        if let Some(bias) = self.bias {
            sum = math::add(&sum, &operands.value(bias));
        }
        Arc::new(self.activation.map_or_else(|| sum.clone(), |activation| sum.map(|x| activation.of(x))))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let inputs = trace.node(self.of).shape.columns.size();
        let states = trace.node(self.state_weights).shape.rows.size();
        let column = |weights| Line::column(weights, at.column);
        let mut sum = Expr::dot(Line::row(self.of, self.position), column(self.input_weights), inputs);
        if let Some(previous) = self.previous {
            sum = sum.plus(Expr::dot(Line::row(previous, 0), column(self.state_weights), states));
        }
        if let Some(bias) = self.bias {
            sum = sum.plus(Expr::at(bias, 0, at.column));
        }
        match self.activation {
            Some(activation) => activation.written_out(sum),
            None => sum,
        }
    }

    fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        let product = |left: FormulaPiece, right: NodeId| {
            let (right, dot) = (FormulaPiece::Matrix(right), FormulaPiece::Sign("·"));
            match convention {
                Convention::Rows => [left, dot, right],
                Convention::Columns => [right, dot, left],
            }
        };
        let mut pieces: Vec<_> =
            self.activation.map(|activation| FormulaPiece::Sign(activation.name())).into_iter().collect();
        if self.activation.is_some() {
            pieces.push(FormulaPiece::Sign("("));
        }
        pieces.extend(product(FormulaPiece::Entry(self.of, self.position), self.input_weights));
        if let Some(previous) = self.previous {
            pieces.push(FormulaPiece::Sign(" + "));
            pieces.extend(product(FormulaPiece::Matrix(previous), self.state_weights));
        }
        if let Some(bias) = self.bias {
            pieces.extend([FormulaPiece::Sign(" + "), FormulaPiece::Matrix(bias)]);
        }
        if self.activation.is_some() {
            pieces.push(FormulaPiece::Sign(")"));
        }
        pieces
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Recur(Self {
            of: grown.operand(self.of),
            previous: self.previous.map(|previous| grown.operand(previous)),
            input_weights: grown.operand(self.input_weights),
            state_weights: grown.operand(self.state_weights),
            bias: self.bias.map(|bias| grown.operand(bias)),
            row: Arc::clone(&self.row),
            ..*self
        }))
    }
}
