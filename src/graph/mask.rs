//! Which keys each query may see, and what a mask adds to the scores of those that it may.

use std::sync::Arc;

use super::op::Constant;
use super::reason::Reason;
use crate::math;

/// Which keys each query may see. A rule is a rule and no table: it takes no room, however long the texts are.
#[derive(Debug, Clone, PartialEq)]
pub enum Visible {
    /// Keys up to the query's own position.
    Causal,
    /// Keys from the query's own position on.
    Backward,
    /// All keys but those from `from` to before `to`, which are padding. What a text grows by comes after its padding, so
    /// that the places of the padding stay the same.
    Padding {
        /// The first key that is padding.
        from: usize,
        /// The first key after the padding.
        to: usize,
    },
    /// The first so many keys, by all queries; after them, keys up to the query's own position.
    Prefix(usize),
    /// Keys around the query's own position.
    Window {
        /// So many before it.
        before: usize,
        /// So many after it.
        after: usize,
    },
    /// Keys of the query's own block of so many positions; not 0.
    Block(usize),
    /// Said cell by cell, row by row: `allowed[query * keys + key]`.
    Cells(Arc<[bool]>),
    /// Numbers that are added to the scores, row by row: `added[query * keys + key]`. −∞ hides the key; no other number
    /// is infinite.
    Added(Arc<[f64]>),
    /// Several masks at once: a key must be allowed by all of them, and what they add is added up.
    All(Vec<Self>),
}

impl Visible {
    /// The same over a text that has grown; `None` for what is said cell by cell.
    pub(super) fn grown(&self) -> Option<Self> {
        match self {
            Self::Causal
            | Self::Backward
            | Self::Padding { .. }
            | Self::Prefix(_)
            | Self::Window { .. }
            | Self::Block(_) => Some(self.clone()),
            Self::Cells(_) | Self::Added(_) => None,
            Self::All(masks) => masks.iter().map(Self::grown).collect::<Option<_>>().map(Self::All),
        }
    }

    /// Whether this query may see this key, of `keys` in all.
    pub fn allows(&self, query: usize, key: usize, keys: usize) -> bool {
        let mut seen = [true];
        self.see(query, key, keys, &mut seen);
        seen[0]
    }

    /// The same for queries side by side, from `first` on: leaves in `seen` only those that may see this key.
    pub(super) fn see(&self, first: usize, key: usize, keys: usize, seen: &mut [bool]) {
        match self {
            Self::Causal => leave(seen, first, |query| math::is_causal(query, key)),
            Self::Backward => leave(seen, first, |query| query <= key),
            Self::Padding { from, to } => leave(seen, first, |_| !(*from..*to).contains(&key)),
            Self::Prefix(length) => leave(seen, first, |query| key < *length || math::is_causal(query, key)),
            Self::Window { before, after } => leave(seen, first, |query| {
                query <= key.saturating_add(*before) && key <= query.saturating_add(*after)
            }),
            Self::Block(size) => leave(seen, first, |query| query / size == key / size),
            Self::Cells(allowed) => leave(seen, first, |query| allowed[query * keys + key]),
            Self::Added(added) => leave(seen, first, |query| added[query * keys + key] > f64::NEG_INFINITY),
            Self::All(masks) => masks.iter().for_each(|mask| mask.see(first, key, keys, seen)),
        }
    }

    /// What hides this key from this query; `None` where it may be seen.
    pub fn why_hidden(&self, query: usize, key: usize, keys: usize) -> Option<Reason> {
        if self.allows(query, key, keys) {
            return None;
        }
        Some(match self {
            Self::Causal => Reason::LaterKey,
            Self::Backward => Reason::EarlierKey,
            Self::Padding { from, to } => Reason::Padding { from: *from, to: *to },
            Self::Prefix(length) => Reason::LaterThanPrefix { length: *length },
            Self::Window { before, after } => Reason::OutsideWindow { before: *before, after: *after },
            Self::Block(size) => Reason::OtherBlock { size: *size },
            Self::Cells(_) => Reason::MaskedKey,
            Self::Added(_) => Reason::AddedInfinity,
            Self::All(masks) => return masks.iter().find_map(|mask| mask.why_hidden(query, key, keys)),
        })
    }

    /// The numbers that are added to the score of a key that may be seen, in the order of the masks.
    pub fn added(&self, query: usize, key: usize, keys: usize) -> Vec<Constant> {
        match self {
            Self::Added(added) => vec![Constant::plain(added[query * keys + key])],
            Self::All(masks) => masks.iter().flat_map(|mask| mask.added(query, key, keys)).collect(),
            Self::Causal
            | Self::Backward
            | Self::Padding { .. }
            | Self::Prefix(_)
            | Self::Window { .. }
            | Self::Block(_)
            | Self::Cells(_) => Vec::new(),
        }
    }

    /// Whether it adds numbers to scores.
    pub(super) fn adds(&self) -> bool {
        match self {
            Self::Added(_) => true,
            Self::All(masks) => masks.iter().any(Self::adds),
            Self::Causal
            | Self::Backward
            | Self::Padding { .. }
            | Self::Prefix(_)
            | Self::Window { .. }
            | Self::Block(_)
            | Self::Cells(_) => false,
        }
    }

    /// Whether it compares the position of a query with that of a key, which only positions of one text allow.
    pub fn compares_positions(&self) -> bool {
        match self {
            Self::Causal | Self::Backward | Self::Prefix(_) | Self::Window { .. } | Self::Block(_) => true,
            Self::Padding { .. } | Self::Cells(_) | Self::Added(_) => false,
            Self::All(masks) => masks.iter().any(Self::compares_positions),
        }
    }

    /// The masks that it consists of: itself, or each of several.
    pub fn each(&self) -> &[Self] {
        match self {
            Self::All(masks) => masks,
            Self::Causal
            | Self::Backward
            | Self::Padding { .. }
            | Self::Prefix(_)
            | Self::Window { .. }
            | Self::Block(_)
            | Self::Cells(_)
            | Self::Added(_) => std::slice::from_ref(self),
        }
    }
}

/// Leaves in `seen` the queries, from `first` on, that are allowed.
fn leave(seen: &mut [bool], first: usize, allows: impl Fn(usize) -> bool) {
    for (query, seen) in (first..).zip(seen) {
        *seen &= allows(query);
    }
}
