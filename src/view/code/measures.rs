//! Measures, similarity and principal components in NumPy and PyTorch.

use super::Library;
use crate::graph::{Quantity, Side};

impl Library {
    /// One number for each row, or for each column.
    pub(super) fn measure(self, of: &str, each: Side, quantity: Quantity) -> String {
        let axis = match each {
            Side::Rows => 1,
            Side::Columns => 0,
        };
        let along = match self {
            Self::NumPy => format!("axis={axis}, keepdims=True"),
            Self::PyTorch => format!("dim={axis}, keepdim=True"),
        };
        match (quantity, self) {
            (Quantity::Sum, _) => format!("{of}.sum({along})"),
            (Quantity::Mean, _) => format!("{of}.mean({along})"),
            (Quantity::MeanSquare, _) => format!("({of} ** 2).mean({along})"),
            (Quantity::Variance { .. }, Self::NumPy) => format!("{of}.var({along})"),
            (Quantity::Variance { .. }, Self::PyTorch) => format!("{of}.var({along}, correction=0)"),
            (Quantity::Deviation { .. }, Self::NumPy) => format!("{of}.std({along})"),
            (Quantity::Deviation { .. }, Self::PyTorch) => format!("{of}.std({along}, correction=0)"),
            (Quantity::Minimum, Self::NumPy) => format!("{of}.min({along})"),
            (Quantity::Minimum, Self::PyTorch) => format!("{of}.amin({along})"),
            (Quantity::Maximum, Self::NumPy) => format!("{of}.max({along})"),
            (Quantity::Maximum, Self::PyTorch) => format!("{of}.amax({along})"),
            (Quantity::FirstSmallest, _) => format!("{of}.argmin({along}) + 1"),
            (Quantity::FirstLargest, _) => format!("{of}.argmax({along}) + 1"),
            (Quantity::Norm, _) => format!("{}.linalg.norm({of}, {along})", self.module()),
            (Quantity::Entropy, Self::NumPy) => {
                format!("-({of} * np.log(np.where({of} == 0, 1, {of}))).sum({along})")
            }
            (Quantity::Entropy, Self::PyTorch) => format!("torch.special.entr({of}).sum({along})"),
        }
    }

    /// The lengths that vectors are divided by; `PyTorch` has a function for all of it.
    pub(super) fn prepare_unit_rows(self, of: &str) -> Option<String> {
        match self {
            Self::NumPy => Some(format!("length = np.linalg.norm({of}, axis=-1, keepdims=True)")),
            Self::PyTorch => None,
        }
    }

    pub(super) fn unit_rows(self, of: &str) -> String {
        match self {
            Self::NumPy => format!("{of} / np.where(length == 0, 1, length)"),
            Self::PyTorch => format!("torch.nn.functional.normalize({of}, dim=-1)"),
        }
    }

    pub(super) fn distances(self, left: &str, right: &str) -> String {
        match self {
            Self::NumPy => format!("np.linalg.norm({left}[:, None] - {right}[None], axis=-1)"),
            Self::PyTorch => format!("torch.cdist({left}, {right})"),
        }
    }

    pub(super) fn prepare_components(self, of: &str, count: usize) -> Vec<String> {
        let first = match self {
            Self::NumPy => format!("v = vectors[:, ::-1][:, :{count}]"),
            Self::PyTorch => format!("v = vectors.flip(1)[:, :{count}]"),
        };
        vec![format!("values, vectors = {}.linalg.eigh({of}.T @ {of})", self.module()), first]
    }

    /// The directions with their signs: the largest entry of each is positive.
    pub(super) fn components(self, count: usize) -> String {
        match self {
            Self::NumPy => format!("v * np.sign(v[np.abs(v).argmax(axis=0), np.arange({count})])"),
            Self::PyTorch => "v * v.gather(0, v.abs().argmax(dim=0, keepdim=True)).sign()".to_owned(),
        }
    }
}
