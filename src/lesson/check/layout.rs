//! Which way weights are stored, and what is said of weights that only fit the other way.

use std::sync::Arc;

use super::Checker;
use super::sizes::numbers;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, NodeId, Side};
use crate::language::{Localised, counted};
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

    /// So many numbers, with the axis that they are.
    fn said(&self) -> Localised<String> {
        match self {
            Self::Axis(axis) => numbers(axis),
            Self::Count(count) => {
                let numbers = counted(*count, "number", "numbers");
                both!("{numbers}", "{count} 个数")
            }
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

/// Where the first field of a definition is named.
pub(super) fn first_field(tree: &Tree) -> Span {
    tree.as_map().and_then(<[_]>::first).map_or(tree.span, |(field, _)| field.span)
}

/// Whether what weights make are their rows or their columns.
pub(super) const fn made_along(layout: Layout) -> Side {
    match layout {
        Layout::InOut => Side::Columns,
        Layout::OutIn => Side::Rows,
    }
}

/// The other way of storing weights.
pub(super) const fn other(layout: Layout) -> Layout {
    match layout {
        Layout::InOut => Layout::OutIn,
        Layout::OutIn => Layout::InOut,
    }
}

impl Checker<'_> {
    /// Reports weights that do not fit, where all of the definition would if they were stored the other way. What fits
    /// neither way is left to the builder. `meetings` gives what meets what in a layout; `beside` is where a field can be added that says which it is.
    pub(super) fn stored_right(
        &mut self,
        (layout, beside): (Layout, Span),
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
        let name = &self.graph.node(weights).name;
        let (taken, met) = (numbers(&self.taken_by(weights, layout)), from.said());
        let message = if self.vocabulary == Some(weights) {
            both!(
                "`{name}` has a row for each token, and `W_U` must have a column for each",
                "`{name}` 每个词元占一行，而 `W_U` 应当每个词元占一列"
            )
        } else {
            Localised {
                en: format!(
                    "the weights `{name}` take vectors of {}, and the vectors here have {}",
                    taken.en, met.en
                ),
                zh: format!("权重 `{name}` 适用于有 {} 的向量，而这里的向量有 {}", taken.zh, met.zh),
            }
        };
        let finding = Diagnostic::new(Code::ShapeMismatch, span, message);
        let finding = if self.vocabulary == Some(weights) {
            finding.with_hint(both!(
                "remove `W_U: {name}`: where no weights are given, the vocabulary itself is used",
                "请删去 `W_U: {name}`：不写权重时，用的就是词表本身"
            ))
        } else {
            self.stored_otherwise(finding, (layout, beside), weights)
        };
        self.findings.push(finding);
        None
    }

    /// The same finding with what to write beside weights that are stored the other way, and where.
    fn stored_otherwise(
        &self,
        finding: Diagnostic,
        (layout, beside): (Layout, Span),
        weights: NodeId,
    ) -> Diagnostic {
        let name = &self.graph.node(weights).name;
        let finding = match layout {
            Layout::InOut => finding
                .with_related(
                    beside,
                    both!("`weights: out_in` belongs beside this", "`weights: out_in` 写在这旁边"),
                )
                .with_hint(both!(
                    "`{name}` seems to have a row for each output, as PyTorch keeps weights: add `weights: out_in`",
                    "`{name}` 似乎像 PyTorch 那样每个输出占一行：请加上 `weights: out_in`"
                )),
            Layout::OutIn => finding.with_hint(both!(
                "`{name}` seems to have a row for each input: remove `weights: out_in`",
                "`{name}` 似乎每个输入占一行：请删去 `weights: out_in`"
            )),
        };
        self.with_definitions(finding, &[weights])
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
