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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::lesson::check;

    /// The last statement that makes a matrix.
    fn statement(library: Library, definition: &str) -> String {
        let text = format!("title: Code\nmatrices:\n  - X: {{given: [[1, -2]]}}\n  - Y: {definition}\n");
        let checked = check(&Source::new("code.yaml", &text));
        let trace = checked.lesson.expect("a lesson without errors").trace;
        let id = trace.graph().find("Y").expect("it is defined");
        library.statements(&trace, id).pop().expect("it is made by a statement")
    }

    // The lines for NumPy were run, and gave the numbers of qkv.
    #[test]
    fn norms_and_activations_are_what_the_libraries_call_them() {
        let numpy = |definition| statement(Library::NumPy, definition);
        assert_eq!(
            numpy("{layer_norm: X}"),
            "Y = (X - X.mean(axis=-1, keepdims=True)) / np.sqrt(X.var(axis=-1, keepdims=True) + 1e-5)"
        );
        assert_eq!(
            numpy("{activate: {of: X, with: gelu}}"),
            "Y = X * (1 + np.vectorize(erf)(X / np.sqrt(2))) / 2"
        );
        let torch = |definition| statement(Library::PyTorch, definition);
        assert_eq!(torch("{rms_norm: X}"), "Y = torch.nn.functional.rms_norm(X, X.shape[-1:], eps=1e-5)");
        assert_eq!(
            torch("{dropout: {of: X, rate: 0.25, seed: 1}}"),
            "Y = torch.where(kept == 1, X / (1 - 0.25), 0.0)"
        );
    }
}
