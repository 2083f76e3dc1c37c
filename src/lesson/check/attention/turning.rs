//! Queries and keys that rotary positions turn in pairs, and what to type where each has an odd number of numbers.

use std::sync::Arc;

use super::Settings;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, AxisKind, NodeId, Origin, Side};
use crate::language::{Localised, all_of, counted};
use crate::lesson::check::Checker;
use crate::lesson::check::sizes::layout::made_along;
use crate::transformer::{Layout, Projection, Source};
use crate::yaml::Tree;

/// A side of a matrix that queries or keys get their numbers from, shared by so many heads.
#[derive(Clone, Copy)]
pub(in crate::lesson::check) struct Turned {
    node: NodeId,
    side: Side,
    heads: usize,
}

impl Turned {
    /// Vectors that are turned as they are.
    pub(in crate::lesson::check) const fn vectors(node: NodeId) -> Self {
        Self { node, side: Side::Columns, heads: 1 }
    }

    pub(super) const fn made(weights: NodeId, layout: Layout, heads: usize) -> Self {
        Self { node: weights, side: made_along(layout), heads }
    }

    /// Queries and keys, if there are any.
    pub(super) fn of_source(source: &Source) -> Vec<Self> {
        let made = |of: &Projection| Self::made(of.weights, of.layout, 1);
        match source {
            Source::Projected { queries, keys } => vec![made(queries), made(keys)],
            Source::Vectors { queries, keys } => vec![Self::vectors(*queries), Self::vectors(*keys)],
            Source::Scores(_) => Vec::new(),
        }
    }
}

impl Checker<'_> {
    /// Reports queries that rotary positions cannot turn: those of an odd size, and those that are not there. The
    /// first that is turned are the queries.
    pub(super) fn turns_evenly(
        &mut self,
        around: &Tree,
        turned: &[Turned],
        settings: &Settings,
    ) -> Option<()> {
        if settings.rotary.is_none() {
            return Some(());
        }
        let span = around.entry("rotary").map_or(around.span, |(field, _)| field.span);
        let Some(queries) = turned.first() else {
            let written = around.entry("rotary").map_or(span, |(field, value)| field.span.to(value.span));
            let field = self.source.slice(written);
            self.report(
                Code::ConflictingFields,
                span,
                both!(
                    "`rotary` turns queries and keys, and here are only scores",
                    "`rotary` 旋转的是查询和键，而这里直接给出了分数"
                ),
                both!("remove `{field}`", "请删去 `{field}`"),
            );
            return None;
        };
        let width = self.axis_turned(queries).size() / queries.heads;
        if width.is_multiple_of(2) {
            return Some(());
        }
        let numbers = counted(width, "number", "numbers");
        let message = match queries.heads {
            1 => odd_queries(width),
            heads => both!(
                "rotary positions turn numbers in pairs, and in each of the {heads} heads a query has {numbers}",
                "旋转位置编码要把数两两成对旋转，而 {heads} 个头中，每个头的查询有 {width} 个数"
            ),
        };
        self.report_odd(span, message, turned);
        None
    }

    /// The same for a size of queries that is written where the weights are made, as a number.
    pub(in crate::lesson::check) fn size_turns_evenly(
        &mut self,
        around: &Tree,
        weights: &Tree,
    ) -> Option<()> {
        let is_turned = around
            .get("rotary")
            .is_some_and(|rotary| rotary.as_text() == Some("true") || rotary.as_map().is_some());
        let Some((place, size)) = weights.entry("d_k").filter(|_| is_turned) else { return Some(()) };
        let Some(size) = size.as_count().filter(|size| !size.is_multiple_of(2)) else { return Some(()) };
        let even = size.saturating_add(1);
        let hint = both!("write `d_k: {even}` here", "请在这里写 `d_k: {even}`");
        self.report(Code::ShapeMismatch, place.span, odd_queries(size as usize), hint);
        None
    }

    /// Reports numbers that cannot be turned in pairs, with all that has to be changed.
    pub(in crate::lesson::check) fn report_odd(
        &mut self,
        span: Span,
        message: Localised<String>,
        turned: &[Turned],
    ) {
        let mut finding = Diagnostic::new(Code::ShapeMismatch, span, message);
        let mut sizes: Vec<String> = Vec::new();
        let mut remedies: Vec<Localised<String>> = Vec::new();
        let mut longer: Vec<Longer> = Vec::new();
        for of in turned {
            let axis = Arc::clone(self.axis_turned(of));
            let even = (axis.size() / of.heads + 1) * of.heads;
            let known = axis.name().filter(|name| !self.is_text(name));
            if let Some((name, place)) = known.and_then(|name| Some((name, self.axis_places.get(name)?))) {
                let size = format!("`{name}: {even}`");
                let names = both!(
                    "add names to `{name}` in `axes`, until there are {even}",
                    "在 `axes` 中给 `{name}` 补上名字，补足 {even} 个"
                );
                if sizes.contains(&size) || remedies.contains(&names) {
                    continue;
                }
                let count = axis.size();
                finding = finding.with_related(*place, both!("{count} here", "这里是 {count}"));
                if axis.kind() == AxisKind::Numbered {
                    sizes.push(size);
                    longer.extend(self.written_along(name).map(|(of, side)| (of, side, even)));
                } else {
                    remedies.push(names);
                }
            } else {
                let node = self.last_weights_or_itself(of.node);
                let side = if node == of.node { of.side } else { Side::Columns };
                let entry = (self.graph.node(node).name.clone(), side, even);
                if !longer.contains(&entry) {
                    finding = self.with_definitions(finding, &[node]);
                    longer.push(entry);
                }
            }
        }
        if !sizes.is_empty() {
            let Localised { en, zh } = all_of(sizes);
            remedies.insert(0, both!("write {en} in `axes`", "在 `axes` 中写 {zh}"));
        }
        remedies.extend(self.given_more(&longer));
        let (en, zh): (Vec<String>, Vec<String>) = remedies.into_iter().map(|it| (it.en, it.zh)).unzip();
        let (en, zh) = (en.join(", and "), zh.join("，并"));
        self.findings.push(finding.with_hint(both!("{en}", "请{zh}")));
    }

    fn axis_turned(&self, of: &Turned) -> &Arc<Axis> {
        self.graph.node(of.node).shape.axis(of.side)
    }

    fn last_weights_or_itself(&self, node: NodeId) -> NodeId {
        let is_given = self.graph.node(node).op.origin().is_some();
        let weights = if is_given { None } else { self.last_weights(node) };
        weights.unwrap_or(node)
    }

    /// What to do about matrices that need more rows or columns; those that need as many together.
    fn given_more(&self, longer: &[Longer]) -> Vec<Localised<String>> {
        let mut sizes: Vec<(Side, usize)> = Vec::new();
        for (_, side, count) in longer {
            if !sizes.contains(&(*side, *count)) {
                sizes.push((*side, *count));
            }
        }
        let told = |(side, count): (Side, usize)| {
            let same = longer.iter().filter(|it| it.1 == side && it.2 == count);
            let place = |(name, ..): &Longer| match self.line_given(name) {
                Some(line) => both!("`{name}` in line {line}", "第 {line} 行的 `{name}`"),
                None => both!("`{name}`", "`{name}`"),
            };
            let of = all_of(same.map(place));
            let (en, zh) = (of.en, of.zh);
            match side {
                Side::Rows => {
                    both!("add numbers to {en} until there are {count} rows", "把{zh} 补足 {count} 行")
                }
                Side::Columns => both!(
                    "add numbers to {en} until there are {count} in each row",
                    "把{zh} 的每一行都补足 {count} 个数"
                ),
            }
        };
        sizes.into_iter().map(told).collect()
    }

    /// The matrices of the lesson whose numbers are written along an axis, so that more are needed of a longer one.
    fn written_along(&self, axis: &str) -> impl Iterator<Item = (String, Side)> {
        let written = self.graph.nodes().filter(|(_, node)| node.op.origin() == Some(Origin::Written));
        written.flat_map(move |(_, node)| {
            let has = move |side: &Side| node.shape.axis(*side).name() == Some(axis);
            [Side::Rows, Side::Columns].into_iter().filter(has).map(|side| (node.name.clone(), side))
        })
    }
}

fn odd_queries(width: usize) -> Localised<String> {
    let numbers = counted(width, "number", "numbers");
    both!(
        "rotary positions turn numbers in pairs, and each query has {numbers}",
        "旋转位置编码要把数两两成对旋转，而每个查询有 {width} 个数"
    )
}

/// Matrices, with the side of each that needs so many.
type Longer = (String, Side, usize);
