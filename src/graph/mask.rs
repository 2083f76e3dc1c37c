//! Which keys each query may see.

use std::sync::Arc;

use crate::math;

/// Which keys each query may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visible {
    /// Keys up to the query's own position.
    Causal,
    /// Said cell by cell, row by row: `allowed[query * keys + key]`.
    Cells(Arc<[bool]>),
}

impl Visible {
    /// The same over a text that has grown; `None` for what is said cell by cell.
    pub(super) fn grown(&self) -> Option<Self> {
        match self {
            Self::Causal => Some(self.clone()),
            Self::Cells(_) => None,
        }
    }

    /// Whether this query may see this key, of `keys` in all.
    pub fn allows(&self, query: usize, key: usize, keys: usize) -> bool {
        match self {
            Self::Causal => math::is_causal(query, key),
            Self::Cells(allowed) => allowed[query * keys + key],
        }
    }
}
