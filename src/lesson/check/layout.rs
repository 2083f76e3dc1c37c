//! Which way weights are stored, and what is said of weights that only fit the other way.

use std::fmt;
use std::sync::Arc;

use super::Checker;
use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Axis, NodeId};
use crate::transformer::Layout;
use crate::yaml::Tree;

/// Vectors that meet weights, with the place where the weights are named.
pub(super) struct Meeting {
    pub(super) span: Span,
    pub(super) from: Columns,
    pub(super) weights: NodeId,
}

/// The columns of vectors.
pub(super) enum Columns {
    Axis(Arc<Axis>),
    /// So many without a name, as of what stands side by side; perhaps more than an axis may have.
    Count(usize),
}

impl Columns {
    fn agree_with(&self, axis: &Axis) -> bool {
        match self {
            Self::Axis(own) => own.agrees_with(axis),
            Self::Count(count) => *count == axis.size(),
        }
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Axis(axis) => axis.fmt(f),
            Self::Count(count) => count.fmt(f),
        }
    }
}

/// What `weights` says; the table of fields has reported any word that is no layout.
pub(super) fn layout_of(tree: &Tree) -> Layout {
    match tree.get("weights").and_then(Tree::as_text) {
        Some("out_in") => Layout::OutIn,
        Some(_) | None => Layout::InOut,
    }
}

const fn other(layout: Layout) -> Layout {
    match layout {
        Layout::InOut => Layout::OutIn,
        Layout::OutIn => Layout::InOut,
    }
}

impl Checker<'_> {
    /// Reports weights that do not fit, where all of the definition would if they were stored the other way. What fits
    /// neither way is left to the builder. `meetings` gives what meets what in a layout.
    pub(super) fn stored_right(
        &mut self,
        layout: Layout,
        meetings: impl Fn(&Self, Layout) -> Vec<Meeting>,
    ) -> Option<()> {
        let fits = |checker: &Self, meeting: &Meeting, layout| {
            meeting.from.agree_with(&checker.taken_by(meeting.weights, layout))
        };
        let wrong = meetings(self, layout).into_iter().find(|meeting| !fits(self, meeting, layout));
        let Some(Meeting { span, from, weights }) = wrong else { return Some(()) };
        let other = other(layout);
        if !meetings(self, other).iter().all(|meeting| fits(self, meeting, other)) {
            return Some(());
        }
        let node = self.graph.node(weights);
        let (name, (rows, columns)) = (node.name.clone(), node.shape.size());
        let own = self.taken_by(weights, layout);
        let (side, hint) = match layout {
            Layout::InOut if self.vocabulary == Some(weights) => (
                both!("rows", "行"),
                both!(
                    "leave `{name}` out here: where no weights are given, the vocabulary itself is used",
                    "这里不必写 `{name}`：不写权重时，用的就是词表本身"
                ),
            ),
            Layout::InOut => (
                both!("rows", "行"),
                both!(
                    "is `{name}` stored as PyTorch keeps weights, with a row for each output? Then add `weights: out_in`",
                    "`{name}` 是否像 PyTorch 那样每个输出占一行？若是，请加上 `weights: out_in`"
                ),
            ),
            Layout::OutIn => (
                both!("columns", "列"),
                both!(
                    "is `{name}` stored with a row for each input? Then remove `weights: out_in`",
                    "`{name}` 是否每个输入占一行？若是，请删去 `weights: out_in`"
                ),
            ),
        };
        let (en, zh) = (side.en, side.zh);
        self.report(
            Code::ShapeMismatch,
            span,
            both!(
                "the weights `{name}` ({rows}×{columns}) have {en} {own}, and the vectors they meet have columns {from}",
                "权重 `{name}`（{rows}×{columns}）的{zh}是 {own}，而与它相乘的向量的列是 {from}"
            ),
            hint,
        );
        None
    }

    /// The place where a matrix was named last, or else the place of its definition.
    pub(super) fn named(&self, node: NodeId, span: Span) -> Span {
        self.named_at.get(&node).copied().filter(|named| named.start > span.end).unwrap_or(span)
    }

    /// The axis of what weights make of a vector.
    pub(super) fn made_by(&self, weights: NodeId, layout: Layout) -> Arc<Axis> {
        let shape = &self.graph.node(weights).shape;
        match layout {
            Layout::InOut => Arc::clone(&shape.columns),
            Layout::OutIn => Arc::clone(&shape.rows),
        }
    }

    /// The axis of the vectors that weights take.
    pub(super) fn taken_by(&self, weights: NodeId, layout: Layout) -> Arc<Axis> {
        self.made_by(weights, other(layout))
    }

    /// The columns of a matrix.
    pub(super) fn columns(&self, node: NodeId) -> Arc<Axis> {
        Arc::clone(&self.graph.node(node).shape.columns)
    }
}
