//! Activations, dropout and norms as code.

use super::Library;
use crate::graph::op::{Activation, Dropout};

impl Library {
    /// What an activation needs before its own line.
    pub(super) fn before_activation(self, with: Activation) -> Vec<String> {
        match (self, with) {
            (Self::NumPy, Activation::Gelu) => vec!["from math import erf".to_owned()],
            (
                Self::NumPy,
                Activation::Relu
                | Activation::GeluTanh
                | Activation::Silu
                | Activation::Sigmoid
                | Activation::Tanh,
            )
            | (Self::PyTorch, _) => Vec::new(),
        }
    }

    pub(super) fn activation(self, with: Activation, x: &str) -> String {
        match self {
            Self::NumPy => match with {
                Activation::Relu => format!("np.maximum(0, {x})"),
                Activation::Gelu => format!("{x} * (1 + np.vectorize(erf)({x} / np.sqrt(2))) / 2"),
                Activation::GeluTanh => {
                    format!("{x} * (1 + np.tanh(np.sqrt(2 / np.pi) * ({x} + 0.044715 * {x}**3))) / 2")
                }
                Activation::Silu => format!("{x} / (1 + np.exp(-{x}))"),
                Activation::Sigmoid => format!("1 / (1 + np.exp(-{x}))"),
                Activation::Tanh => format!("np.tanh({x})"),
            },
            Self::PyTorch => match with {
                Activation::Relu => format!("torch.relu({x})"),
                Activation::Gelu => format!("torch.nn.functional.gelu({x})"),
                Activation::GeluTanh => format!("torch.nn.functional.gelu({x}, approximate=\"tanh\")"),
                Activation::Silu => format!("torch.nn.functional.silu({x})"),
                Activation::Sigmoid => format!("torch.sigmoid({x})"),
                Activation::Tanh => format!("torch.tanh({x})"),
            },
        }
    }

    /// Which numbers dropout keeps: both libraries would draw others.
    pub(super) fn before_dropout(self, dropout: &Dropout, (rows, columns): (usize, usize)) -> Vec<String> {
        let kept = self
            .array(rows, columns, |row, column| f64::from(u8::from(dropout.keeps((row, column), columns))));
        vec![format!("kept = {kept}")]
    }

    pub(super) fn layer_norm(self, x: &str, epsilon: f64) -> String {
        match self {
            Self::NumPy => format!(
                "({x} - {x}.mean(axis=-1, keepdims=True)) / np.sqrt({x}.var(axis=-1, keepdims=True) + {epsilon:?})"
            ),
            Self::PyTorch => format!("torch.nn.functional.layer_norm({x}, {x}.shape[-1:], eps={epsilon:?})"),
        }
    }

    pub(super) fn rms_norm(self, x: &str, epsilon: f64) -> String {
        match self {
            Self::NumPy => format!("{x} / np.sqrt(({x}**2).mean(axis=-1, keepdims=True) + {epsilon:?})"),
            Self::PyTorch => format!("torch.nn.functional.rms_norm({x}, {x}.shape[-1:], eps={epsilon:?})"),
        }
    }
}
