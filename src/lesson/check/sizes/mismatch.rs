//! Matrices that do not fit together, in words.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{AxisOf, CannotAdd, Mismatch, Node, NodeId, Part, Shape, Side};
use crate::language::{Localised, counted};
use crate::lesson::check::Checker;
use crate::lesson::check::advice::items;
use crate::lesson::check::numbers::grid;
use crate::lesson::check::sizes::{along, called, side_words};
use crate::yaml::Tree;

impl Checker<'_> {
    /// How to give a matrix, of two with axes of one size, the axis of the other: that which is given, the second first.
    fn same_axis(&self, left: &AxisOf, right: &AxisOf) -> Localised<String> {
        let (wanted, own) = (grid::called(&left.axis), grid::called(&right.axis));
        let is_product = left.side == Side::Columns && right.side == Side::Rows;
        if let Some(Localised { en, zh }) =
            self.to_write_out(right.node, right.side, &left.axis).filter(|_| is_product)
        {
            return both!(
                "`{wanted}` and `{own}` have the same size, but are different axes: {en}",
                "`{wanted}` 与 `{own}` 大小相同，但不是同一个轴：{zh}"
            );
        }
        let renamed = |of: &AxisOf, other: &AxisOf| {
            let node = self.graph.node(of.node);
            let is_own = node.op.origin().is_some() && self.definitions.contains_key(&node.name);
            let (own, wanted) = (of.axis.name()?.to_owned(), other.axis.name()?.to_owned());
            is_own.then(|| (node.name.clone(), own, wanted))
        };
        if let Some((name, own, wanted)) = renamed(right, left).or_else(|| renamed(left, right)) {
            let line = self.line_given(&name).unwrap_or_default();
            return both!(
                "in line {line}, where `{name}` is given, write `{wanted}` instead of `{own}`",
                "请在给出 `{name}` 的第 {line} 行把 `{own}` 改成 `{wanted}`"
            );
        }
        both!(
            "`{wanted}` and `{own}` have the same size, but are different axes: write `{wanted}` for both",
            "`{wanted}` 与 `{own}` 大小相同，但不是同一个轴：请都写成 `{wanted}`"
        )
    }

    /// The same with what to do about it, where that is known better than from the sizes alone.
    pub(in crate::lesson::check) fn report_cannot_add(
        &mut self,
        error: CannotAdd,
        better: Option<Localised<String>>,
        span: Span,
    ) {
        match error {
            CannotAdd::Duplicate(first) => {
                let name = self.graph.node(first).name.clone();
                self.report(
                    Code::DuplicateName,
                    span,
                    both!("there is a matrix called `{name}` already", "已经有一个名为 `{name}` 的矩阵"),
                    both!("use another name", "请换一个名称"),
                );
            }
            CannotAdd::Mismatch(mismatch) => self.report_mismatch(&mismatch, better, span),
        }
    }

    fn report_mismatch(&mut self, mismatch: &Mismatch, better: Option<Localised<String>>, span: Span) {
        self.unfitting.insert([mismatch.left.node, mismatch.right.node]);
        let (message, hint) = self.mismatch(mismatch);
        let is_known_better = better.is_some();
        let hint = better.unwrap_or(hint);
        // Operands of this definition are named after its own name, which is where `span` is.
        let place = |node| self.named_at.get(&node).copied().filter(|named| named.start > span.end);
        let (left, right) = (place(mismatch.left.node), place(mismatch.right.node));
        // What is added to something else is made by weights, and these are to be changed.
        let right = right.or_else(|| place(*self.weights_at_fault(mismatch)?.first()?));
        let (primary, other) = match (left, right) {
            (left, Some(right)) => (right, left.filter(|left| *left != right)),
            (Some(left), None) => (left, None),
            (None, None) => (span, None),
        };
        let as_long = self.as_long_as_queries(mismatch, primary);
        let finding = Diagnostic::new(Code::ShapeMismatch, primary, message);
        let finding = finding.with_hint(as_long.clone().unwrap_or(hint));
        // What one matrix is wrong for in several definitions is one mistake.
        let is_same = |it: &&mut Diagnostic| {
            it.message == finding.message && (!is_known_better || it.hint == finding.hint)
        };
        if let Some(told) = self.findings.iter_mut().find(is_same) {
            told.related.push((primary, both!("and here", "还有这里")));
            told.hint = as_long.or(told.hint.take());
            return;
        }
        let finding = match other {
            Some(other) => finding.with_related(other, both!("does not fit this", "与这个不匹配")),
            None => finding,
        };
        let definitions = self.at_fault(mismatch);
        self.findings.push(self.with_definitions(finding, &definitions));
    }

    /// For weights of keys that have neither the rows that vectors need nor as many columns as those of queries, both at
    /// once.
    fn as_long_as_queries(
        &self,
        Mismatch { left, right }: &Mismatch,
        place: Span,
    ) -> Option<Localised<String>> {
        let around = |item: &&Tree| item.span.range().contains(&place.start);
        let (_, definition) = items(self.tree, "matrices").find(around)?.as_map()?.first()?;
        let attention = definition.get("attention").filter(|attention| attention.get("layout").is_none())?;
        attention.get("W_K").filter(|keys| keys.span == place)?;
        let queries = self.graph.node(self.graph.find(attention.get("W_Q")?.as_text()?)?);
        let (own, long) = (&self.graph.node(right.node).shape.columns, &queries.shape.columns);
        if right.side != Side::Rows || own.size() == long.size() {
            return None;
        }
        let wanted = Shape::new(Arc::clone(&left.axis), Arc::clone(long));
        let Localised { en, zh } = self.to_reshape(right.node, &wanted);
        let (of, queries) = (&self.graph.node(left.node).name, &queries.name);
        Some(both!(
            "{en}: one row for each column of `{of}`, and as many numbers in each as `{queries}` has columns, as keys must be as long as queries",
            "{zh}：`{of}` 的每一列对应一行；键必须与查询一样长，所以每行的数与 `{queries}` 的列一样多"
        ))
    }

    /// The matrices of which one has to be changed: not what went in where the weights of a layer do not lead back to it.
    fn at_fault(&self, mismatch: &Mismatch) -> Vec<NodeId> {
        let both = || vec![mismatch.left.node, mismatch.right.node];
        self.weights_at_fault(mismatch).unwrap_or_else(both)
    }

    /// The weights that make what is added to what went in, if it is this that does not fit.
    fn weights_at_fault(&self, Mismatch { left, right }: &Mismatch) -> Option<Vec<NodeId>> {
        let part = self.graph.node(right.node).part;
        let is_added = matches!(part, Part::Concat | Part::Output | Part::FeedForward);
        (is_added && left.side == right.side).then(|| self.last_weights(right.node).into_iter().collect())
    }

    /// The weights that give a matrix its columns.
    pub(in crate::lesson::check) fn last_weights(&self, node: NodeId) -> Option<NodeId> {
        let operands = self.graph.node(node).op.operands();
        let is_given = |id: &&NodeId| {
            let node = self.graph.node(**id);
            node.op.origin().is_some() && node.shape.rows.size() > 1
        };
        let given = operands.iter().rev().find(is_given).copied();
        given.or_else(|| operands.first().and_then(|first| self.last_weights(*first)))
    }

    /// The same finding with the places where these matrices are given, where a reader sees their size.
    pub(in crate::lesson::check) fn with_definitions(
        &self,
        finding: Diagnostic,
        nodes: &[NodeId],
    ) -> Diagnostic {
        let mut told: Vec<NodeId> = Vec::new();
        nodes.iter().fold(finding, |finding, id| {
            let node = self.graph.node(*id);
            let place = self.definitions.get(&node.name).filter(|_| node.op.origin().is_some());
            let Some(place) = place.filter(|_| !told.contains(id)) else { return finding };
            told.push(*id);
            let ((rows, columns), name, along) = (node.shape.size(), &node.name, along(&node.shape));
            let size = format!("{rows}×{columns}");
            let words = if finding.message.en.contains(&size) {
                both!("`{name}` is given here", "`{name}` 在这里给出")
            } else {
                Localised {
                    en: format!("`{name}` is given here, {size}{}", along.en),
                    zh: format!("`{name}` 在这里给出，{size}{}", along.zh),
                }
            };
            finding.with_related(*place, words)
        })
    }

    fn mismatch(&self, Mismatch { left, right }: &Mismatch) -> (Localised<String>, Localised<String>) {
        if let Some(words) = self.row_for_every_row(left, right) {
            return words;
        }
        (self.what_does_not_fit(left, right), self.how_to_fit(left, right))
    }

    fn what_does_not_fit(&self, left: &AxisOf, right: &AxisOf) -> Localised<String> {
        let [(a, of_a), (b, of_b)] = [left, right].map(|of| {
            let node = self.graph.node(of.node);
            (&node.name, &node.shape)
        });
        if left.side == right.side && of_a.size() != of_b.size() {
            let ((rows, columns), (rows_b, columns_b)) = (of_a.size(), of_b.size());
            let (of_a, of_b) = (along(of_a), along(of_b));
            return Localised {
                en: format!(
                    "`{a}` is {rows}×{columns}{}, and `{b}` is {rows_b}×{columns_b}{}",
                    of_a.en, of_b.en
                ),
                zh: format!(
                    "`{a}` 是 {rows}×{columns}{}，而 `{b}` 是 {rows_b}×{columns_b}{}",
                    of_a.zh, of_b.zh
                ),
            };
        }
        if left.axis.size() == right.axis.size() {
            let (a_side, b_side) = (side_words(left.side), side_words(right.side));
            let (a_axis, b_axis) = (grid::called(&left.axis), grid::called(&right.axis));
            return Localised {
                en: format!(
                    "the {} of `{a}` are `{a_axis}`, and the {} of `{b}` are `{b_axis}`",
                    a_side.en, b_side.en
                ),
                zh: format!(
                    "`{a}` 的{}是 `{a_axis}` 轴，而 `{b}` 的{}是 `{b_axis}` 轴",
                    a_side.zh, b_side.zh
                ),
            };
        }
        let (has_a, has_b) = (called(&left.axis, left.side), called(&right.axis, right.side));
        Localised {
            en: format!("`{a}` has {}, and `{b}` has {}", has_a.en, has_b.en),
            zh: format!("`{a}` 有 {}，而 `{b}` 有 {}", has_a.zh, has_b.zh),
        }
    }

    fn how_to_fit(&self, left: &AxisOf, right: &AxisOf) -> Localised<String> {
        let columns = left.side == Side::Columns && right.side == Side::Columns;
        let (of, made) = (self.graph.node(left.node), self.graph.node(right.node));
        let wanted = called(&left.axis, right.side);
        if let Some(tokens) = [left, right].into_iter().find_map(|of| self.has_tokens_across(of)) {
            let beside = if tokens == left.node { right } else { left };
            return self.to_make_tokens_rows(tokens, beside);
        }
        if columns && made.part == Part::Concat {
            let rows = counted(made.shape.columns.size(), "row", "rows");
            let count = made.shape.columns.size();
            return Localised {
                en: format!(
                    "mix the heads, so that their output can be added to `{}`: add `W_O: …`, a matrix of {rows} and {}",
                    of.name, wanted.en
                ),
                zh: format!(
                    "各头的输出要混合后才能与 `{}` 相加：请加上 `W_O: …`，即一个 {count} 行、{}的矩阵",
                    of.name, wanted.zh
                ),
            };
        }
        if columns && matches!(made.part, Part::Output | Part::FeedForward) {
            let weights = self.last_weights(right.node).unwrap_or(right.node);
            let (of, Localised { en, zh }) = (&of.name, self.to_resize(weights, right.side, &left.axis));
            return both!("what comes out is added to `{of}`: {en}", "输出要与 `{of}` 相加：{zh}");
        }
        if left.axis.size() == right.axis.size() && !self.fits_turned(right, left) {
            return self.same_axis(left, right);
        }
        if let Some(turned) = self.written_turned(left, right) {
            return self.to_turn(turned);
        }
        if let Some(hint) = self.goes_with(left, right).filter(|_| columns) {
            return hint;
        }
        let Localised { en, zh } = self.to_resize(right.node, right.side, &left.axis);
        let of = &of.name;
        match (left.side, right.side) {
            (Side::Columns, Side::Rows) => {
                both!("{en}, one for each column of `{of}`", "{zh}：`{of}` 的每一列对应一行")
            }
            (Side::Columns, Side::Columns) => both!(
                "the rows of both must be equally long: {en}, as `{of}` has",
                "两者的行应当一样长：{zh}，与 `{of}` 一样多"
            ),
            (Side::Rows, Side::Rows | Side::Columns) => {
                both!("{en}, as `{of}` has", "{zh}，与 `{of}` 一样多")
            }
        }
    }

    /// For one row, such as a gain, that is to meet every row of another matrix and is longer or shorter.
    fn row_for_every_row(
        &self,
        left: &AxisOf,
        right: &AxisOf,
    ) -> Option<(Localised<String>, Localised<String>)> {
        let (many, one) = (self.graph.node(left.node), self.graph.node(right.node));
        let is_one = one.shape.rows.size() == 1 && many.shape.rows.size() > 1;
        let along_columns = left.side == Side::Columns && right.side == Side::Columns;
        let (has, needs) = (right.axis.size(), left.axis.size());
        if !is_one || !along_columns || has == needs {
            return None;
        }
        let (name, of) = (&one.name, &self.named_by_the_lesson(left.node).name);
        let (numbers, wanted) = (counted(has, "number", "numbers"), counted(needs, "number", "numbers"));
        let Localised { en, zh } = self.to_write_row(right.node, needs);
        let message = both!(
            "`{name}` has {numbers}, and each row of `{of}` has {needs}",
            "`{name}` 有 {has} 个数，而 `{of}` 每行有 {needs} 个数"
        );
        let hint = both!(
            "one row of {wanted} is needed, one for each column of `{of}`: {en}",
            "这里应当是一行 {needs} 个数，与 `{of}` 的每行一样多：{zh}"
        );
        Some((message, hint))
    }

    /// The matrix itself if the lesson names it, or what it is made of.
    fn named_by_the_lesson(&self, node: NodeId) -> &Node {
        let own = self.graph.node(node);
        let stem = own.name.split('@').next().unwrap_or_default();
        if self.definitions.contains_key(stem) {
            return own;
        }
        own.op.operands().first().map_or(own, |first| self.named_by_the_lesson(*first))
    }
}
