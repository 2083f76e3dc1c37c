//! A function of each cell: the bend between the two products of a feed-forward network.

use std::f64::consts::{FRAC_2_PI, SQRT_2};
use std::sync::Arc;

use super::{Constant, Form, Mismatch, Op, Operands, Operation};
use crate::graph::expr::{Expr, Function};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::{Cell, Graph, Grown, NodeId, Shape, Trace};
use crate::math::{self, Matrix};

/// A function of each cell: `[n, m] -> [n, m]`.
#[derive(Debug, Clone)]
pub struct Activate {
    /// `[n, m]`
    pub of: NodeId,
    /// The function.
    pub with: Activation,
}

/// A non-linear function of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// `max(0, x)`
    Relu,
    /// `x·(1 + erf(x/√2))/2`
    Gelu,
    /// `x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2`
    GeluTanh,
    /// `x/(1 + exp(−x))`
    Silu,
    /// `1/(1 + exp(−x))`
    Sigmoid,
    /// `tanh(x)`
    Tanh,
}

impl Activation {
    /// Its value at `x`.
    pub fn of(self, x: f64) -> f64 {
        match self {
            Self::Relu => math::relu(x),
            Self::Gelu => math::gelu(x),
            Self::GeluTanh => math::gelu_tanh(x),
            Self::Silu => math::silu(x),
            Self::Sigmoid => math::sigmoid(x),
            Self::Tanh => x.tanh(),
        }
    }

    /// How people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relu => "ReLU",
            Self::Gelu | Self::GeluTanh => "GELU",
            Self::Silu => "SiLU",
            Self::Sigmoid => "sigmoid",
            Self::Tanh => "tanh",
        }
    }

    /// How its value at `x` comes to be, written out.
    pub(super) fn written_out(self, x: Expr) -> Expr {
        let half = |share: Expr| x.clone().times(Expr::number(1.0).plus(share)).over(Expr::number(2.0));
        let one_and_power =
            || Expr::number(1.0).plus(x.clone().apply(Function::Negative).apply(Function::Exponential));
        match self {
            Self::Relu => x.apply(Function::Rectified),
            Self::Gelu => {
                let root = Expr::Constant(Constant { value: SQRT_2, symbol: "√2".to_owned() });
                half(x.clone().over(root).apply(Function::ErrorFunction))
            }
            Self::GeluTanh => {
                let root =
                    Expr::Constant(Constant { value: FRAC_2_PI.sqrt(), symbol: "√(2/π)".to_owned() });
                let cubic = Expr::number(math::GELU_CUBIC).times(x.clone().apply(Function::Cube));
                half(root.times(x.clone().plus(cubic)).apply(Function::Tanh))
            }
            Self::Silu => x.clone().over(one_and_power()),
            Self::Sigmoid => Expr::number(1.0).over(one_and_power()),
            Self::Tanh => x.apply(Function::Tanh),
        }
    }
}

impl Operation for Activate {
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
        // [n, m] -> [n, m]
        Arc::new(math::map(operands.last(self.of), |_, _, x| self.with.of(x)))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        self.with.written_out(Expr::at(self.of, at.row, at.column))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let name = FormulaPiece::Sign(self.with.name());
        vec![name, FormulaPiece::Sign("("), FormulaPiece::Matrix(self.of), FormulaPiece::Sign(")")]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Activate(Self { of: grown.operand(self.of), ..self.clone() }))
    }
}
