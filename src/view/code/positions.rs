//! Positions in NumPy and PyTorch.

use super::Library;
use crate::graph::op;
use crate::math::{Angles, Pairs, Slowest};

impl Library {
    /// The statement that makes the angle of each position and pair, `[rows, pairs]`.
    pub(super) fn angles(self, angles: &Angles, rows: usize, width: usize) -> String {
        let (module, pairs) = (self.module(), width.div_ceil(2));
        let count = |from: f64, to: f64| match self {
            Self::NumPy => format!("np.arange({from}, {to})"),
            Self::PyTorch => format!("torch.arange({from}, {to})"),
        };
        let positions = if angles.first == 0.0 {
            format!("{module}.arange({rows})")
        } else {
            count(angles.first, angles.first + rows as f64)
        };
        let exponents = match angles.slowest {
            Slowest::BelowBase => format!("2 * {module}.arange({pairs}) / {width}"),
            Slowest::Base => format!("{module}.arange({pairs}) / {}", pairs.max(2) - 1),
        };
        format!("angle = {positions}[:, None] / {} ** ({exponents})", float(angles.base))
    }

    /// Sines and cosines of the angles, laid out as pairs are.
    pub(super) fn sinusoids(self, pairs: Pairs, width: usize) -> String {
        let (module, half) = (self.module(), width.div_ceil(2));
        let (sines, cosines) = (format!("{module}.sin(angle)"), format!("{module}.cos(angle)"));
        let whole = self.laid_out(pairs, &sines, &cosines, "len(angle), -1");
        if width == 2 * half { whole } else { format!("{whole}[:, :{width}]") }
    }

    pub(super) fn prepare_rotation(
        self,
        of: &str,
        rotate: &op::Rotate,
        (rows, width): (usize, usize),
    ) -> Vec<String> {
        let half = width / 2;
        let taken = match rotate.angles.pairs {
            Pairs::Interleaved => format!("a, b = {of}[:, 0::2], {of}[:, 1::2]"),
            Pairs::Halves => format!("a, b = {of}[:, :{half}], {of}[:, {half}:]"),
        };
        let module = self.module();
        vec![
            self.angles(&rotate.angles, rows, width),
            format!("sin, cos = {module}.sin(angle), {module}.cos(angle)"),
            taken,
        ]
    }

    pub(super) fn rotated(self, of: &str, pairs: Pairs) -> String {
        self.laid_out(pairs, "a * cos - b * sin", "a * sin + b * cos", &format!("{of}.shape"))
    }

    /// First and second numbers of pairs as one matrix.
    fn laid_out(self, pairs: Pairs, first: &str, second: &str, shape: &str) -> String {
        match (self, pairs) {
            (Self::NumPy, Pairs::Interleaved) => {
                format!("np.stack([{first}, {second}], axis=-1).reshape({shape})")
            }
            (Self::PyTorch, Pairs::Interleaved) => {
                format!("torch.stack([{first}, {second}], dim=-1).reshape({shape})")
            }
            (Self::NumPy, Pairs::Halves) => format!("np.concatenate([{first}, {second}], axis=-1)"),
            (Self::PyTorch, Pairs::Halves) => format!("torch.cat([{first}, {second}], dim=-1)"),
        }
    }
}

/// A number that Python reads as no whole one, so that powers of it may be fractions.
fn float(number: f64) -> String {
    format!("{number:?}")
}
