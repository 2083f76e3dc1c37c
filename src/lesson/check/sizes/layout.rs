//! Which way weights are stored, and what is said of weights that only fit the other way.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, NodeId, Side};
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::lesson::check::sizes::{called, side_words, so_many};
use crate::transformer::Layout;
use crate::yaml::Tree;

/// Vectors that meet weights, with the place where the weights are named.
pub(in crate::lesson::check) struct Meeting {
    pub(in crate::lesson::check) span: Span,
    pub(in crate::lesson::check) from: Columns,
    pub(in crate::lesson::check) weights: NodeId,
}

/// The columns of vectors.
#[derive(PartialEq, Eq)]
pub(in crate::lesson::check) enum Columns {
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

    /// So many rows or columns, with the axis that they are.
    fn said(&self, side: Side) -> Localised<String> {
        match self {
            Self::Axis(axis) => called(axis, side),
            Self::Count(count) => so_many(*count, side),
        }
    }
}

/// What is said of weights that would fit if their rows were their columns.
fn turned_words(names: &str, wanted: &Localised<String>, layout: Layout) -> Localised<String> {
    let (en, zh, is) = (&wanted.en, &wanted.zh, side_words(made_along(layout)));
    let (own, own_zh) = (is.en, is.zh);
    both!(
        "{names} should have {en}, and they stand as {own} here",
        "{names} 应当有 {zh}，而这里写成了{own_zh}"
    )
}

/// What `weights` says; the table of fields has reported any word that is no layout.
pub(in crate::lesson::check) fn layout_of(tree: &Tree) -> Layout {
    match tree.get("weights").and_then(Tree::as_text) {
        Some("out_in") => Layout::OutIn,
        Some(_) | None => Layout::InOut,
    }
}

/// Where the first field of a definition is named that is a single word.
pub(in crate::lesson::check) fn first_field(tree: &Tree) -> Span {
    let entries = tree.as_map().unwrap_or_default();
    let word = entries.iter().find(|(_, value)| value.as_text().is_some());
    word.or(entries.first()).map_or(tree.span, |(field, _)| field.span)
}

/// Whether what weights make are their rows or their columns.
pub(in crate::lesson::check) const fn made_along(layout: Layout) -> Side {
    match layout {
        Layout::InOut => Side::Columns,
        Layout::OutIn => Side::Rows,
    }
}

/// The other way of storing weights.
pub(in crate::lesson::check) const fn other(layout: Layout) -> Layout {
    match layout {
        Layout::InOut => Layout::OutIn,
        Layout::OutIn => Layout::InOut,
    }
}

impl Checker<'_> {
    /// Reports weights that do not fit, where all of the definition would if they were stored the other way. What fits
    /// neither way is left to the builder. `meetings` gives what meets what in a layout; `beside` is where a field can be added that says which it is.
    pub(in crate::lesson::check) fn stored_right(
        &mut self,
        (layout, beside): (Layout, Span),
        meetings: impl Fn(&Self, Layout) -> Vec<Meeting>,
    ) -> Option<()> {
        let fits = |checker: &Self, meeting: &Meeting, layout| {
            meeting.from.agree_with(&checker.taken_by(meeting.weights, layout))
        };
        let met = meetings(self, layout);
        let mut wrong = met.iter().filter(|meeting| !fits(self, meeting, layout));
        let Some(Meeting { span, from, weights }) = wrong.next() else { return Some(()) };
        let other = other(layout);
        let turned = meetings(self, other);
        if !turned.iter().all(|meeting| fits(self, meeting, other)) {
            // What comes in does not depend on how weights are stored, other than what weights before have made.
            let comes_in = met.iter().zip(turned).filter(|(own, turned)| own.from == turned.from);
            let lone: Vec<Meeting> = comes_in
                .map(|(_, turned)| turned)
                .filter(|it| !fits(self, it, layout) && fits(self, it, other))
                .collect();
            return self.several_turned(&lone, layout);
        }
        let (span, weights) = (*span, *weights);
        let name = &self.graph.node(weights).name;
        let finding = if self.vocabulary == Some(weights) {
            let message = both!(
                "`{name}` has a row for each token, and `W_U` must have a column for each",
                "`{name}` 每个词元占一行，而 `W_U` 应当每个词元占一列"
            );
            Diagnostic::new(Code::ShapeMismatch, span, message).with_hint(both!(
                "remove `W_U: {name}`: where no weights are given, the vocabulary itself is used",
                "请删去 `W_U: {name}`：不写权重时，用的就是词表本身"
            ))
        } else {
            let message = turned_words(&format!("`{name}`"), &from.said(made_along(other)), layout);
            let finding = Diagnostic::new(Code::ShapeMismatch, span, message);
            self.stored_otherwise(finding, (layout, beside), weights)
        };
        self.findings.push(finding);
        None
    }

    /// Reports several given weights that meet vectors of one length, and would fit if each of them were turned; a single
    /// one is left to the builder.
    fn several_turned(&mut self, turned: &[Meeting], layout: Layout) -> Option<()> {
        let mut weights: Vec<NodeId> = Vec::new();
        for Meeting { weights: of, .. } in turned {
            if !weights.contains(of) && self.graph.node(*of).op.origin().is_some() {
                weights.push(*of);
            }
        }
        let (Some(first), true) = (turned.first(), weights.len() > 1) else { return Some(()) };
        let names = all_of(weights.iter().map(|of| format!("`{}`", self.graph.node(*of).name)));
        let wanted = first.from.said(made_along(other(layout)));
        let message = Localised {
            en: turned_words(&names.en, &wanted, layout).en,
            zh: turned_words(&names.zh, &wanted, layout).zh,
        };
        let (en, zh): (Vec<_>, Vec<_>) =
            weights.iter().map(|of| self.turned(*of)).map(|it| (it.en, it.zh)).unzip();
        let (en, zh) = (en.join(", and "), zh.join("；"));
        let finding = Diagnostic::new(Code::ShapeMismatch, first.span, message)
            .with_hint(both!("rows and columns of these are exchanged: {en}", "它们的行列写反了：{zh}"));
        self.findings.push(self.with_definitions(finding, &weights));
        None
    }

    /// The same finding with what to write beside weights that are stored the other way, and where.
    fn stored_otherwise(
        &self,
        finding: Diagnostic,
        (layout, beside): (Layout, Span),
        weights: NodeId,
    ) -> Diagnostic {
        let finding = match layout {
            Layout::InOut => {
                let (beside, is_in_braces) = self.entry_at(beside);
                let field = self.source.slice(beside);
                let hint = if is_in_braces {
                    both!(
                        "after `{field}` write `, weights: out_in`, which says that all weights here are written with rows and columns exchanged",
                        "请在 `{field}` 后面写 `, weights: out_in`，表示这里的权重都是行列对调着写的"
                    )
                } else {
                    both!(
                        "below `{field}` add the line `weights: out_in`, which says that all weights here are written with rows and columns exchanged",
                        "请在 `{field}` 下面加一行 `weights: out_in`，表示这里的权重都是行列对调着写的"
                    )
                };
                finding.with_related(beside, both!("after this", "写在这后面")).with_hint(hint)
            }
            Layout::OutIn => finding.with_hint(both!(
                "remove `weights: out_in`, which says that all weights here are written with rows and columns exchanged",
                "请删去 `weights: out_in`，它表示这里的权重都是行列对调着写的"
            )),
        };
        self.with_definitions(finding, &[weights])
    }

    /// The field around a place with its value, as far as they stand in one line, and whether it stands in braces.
    fn entry_at(&self, place: Span) -> (Span, bool) {
        let text = &self.source.text;
        let before = text[..place.start].rfind(['\n', '{', ',', '[']).map_or(0, |at| at + 1);
        let start =
            before + text[before..place.start].find(|c: char| c != ' ').unwrap_or(place.start - before);
        let after = &text[place.end..];
        let end = after.find(['\n', ',', '}']).unwrap_or(after.len());
        let is_in_braces = after[end..].starts_with([',', '}']);
        let end = place.end + after[..end].trim_end().len();
        (Span::new(start, end), is_in_braces)
    }

    /// The place where a matrix was named last, or else the place of its definition.
    pub(in crate::lesson::check) fn named(&self, node: NodeId, span: Span) -> Span {
        self.named_at.get(&node).copied().filter(|named| named.start > span.end).unwrap_or(span)
    }

    /// The axis of what weights make of a vector.
    pub(in crate::lesson::check) fn made_by(&self, weights: NodeId, layout: Layout) -> Arc<Axis> {
        let shape = &self.graph.node(weights).shape;
        match layout {
            Layout::InOut => Arc::clone(&shape.columns),
            Layout::OutIn => Arc::clone(&shape.rows),
        }
    }

    /// The axis of the vectors that weights take.
    pub(in crate::lesson::check) fn taken_by(&self, weights: NodeId, layout: Layout) -> Arc<Axis> {
        self.made_by(weights, other(layout))
    }

    /// The columns of a matrix.
    pub(in crate::lesson::check) fn columns(&self, node: NodeId) -> Arc<Axis> {
        Arc::clone(&self.graph.node(node).shape.columns)
    }
}
