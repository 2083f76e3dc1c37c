//! Matrices that do not fit together, in words.

use super::Checker;
use super::numbers::one_row;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{AxisOf, CannotAdd, Form, Mismatch, Node, NodeId, Origin, Part, Shape, Side};
use crate::language::{Localised, Words, counted, words};

impl Checker<'_> {
    /// Reports why a matrix that is made from others in this form cannot be made.
    pub(super) fn report_cannot_make(&mut self, error: CannotAdd, form: Form, span: Span) {
        let hint = match &error {
            CannotAdd::Mismatch(mismatch) if form == Form::Elementwise => self.no_counterparts(mismatch),
            CannotAdd::Mismatch(_) | CannotAdd::Duplicate(_) => None,
        };
        self.report_cannot_add(error, span);
        if let (Some(hint), Some(finding)) = (hint, self.findings.last_mut()) {
            finding.hint = Some(hint);
        }
    }

    /// What to know of two matrices that are put together cell by cell and fit on neither side.
    fn no_counterparts(&self, Mismatch { left, right }: &Mismatch) -> Option<Localised<String>> {
        let (a, b) = (self.graph.node(left.node), self.graph.node(right.node));
        let ((rows, columns), (rows_b, columns_b)) = (a.shape.size(), b.shape.size());
        let (a, b) = (&a.name, &b.name);
        (left.side == Side::Rows && columns != columns_b).then(|| {
            both!(
                "number by number only matrices of one size go together: make `{b}` {rows}×{columns}, or `{a}` {rows_b}×{columns_b}",
                "逐个数运算的两个矩阵必须一样大：请把 `{b}` 写成 {rows}×{columns}，或把 `{a}` 写成 {rows_b}×{columns_b}"
            )
        })
    }

    /// How to give a matrix, of two with axes of one size, the axis of the other: that which is given, the second first.
    fn same_axis(&self, left: &AxisOf, right: &AxisOf) -> Localised<String> {
        let renamed = |of: &AxisOf, other: &AxisOf| {
            let node = self.graph.node(of.node);
            let is_own = node.op.origin().is_some() && self.definitions.contains_key(&node.name);
            let (own, wanted) = (of.axis.name()?.to_owned(), other.axis.name()?.to_owned());
            is_own.then(|| (node.name.clone(), own, wanted))
        };
        match renamed(right, left).or_else(|| renamed(left, right)) {
            Some((name, own, wanted)) => both!(
                "where `{name}` is made, write `{wanted}` instead of `{own}`",
                "请在生成 `{name}` 的地方把 `{own}` 改成 `{wanted}`"
            ),
            None => both!(
                "they have the same size but are different axes: use the same axis for both",
                "两者大小相同，但不是同一个轴：请使用同一个轴"
            ),
        }
    }

    pub(super) fn report_cannot_add(&mut self, error: CannotAdd, span: Span) {
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
            CannotAdd::Mismatch(mismatch) => {
                let (message, hint) = self.mismatch(&mismatch);
                // Operands of this definition are named after its own name, which is where `span` is.
                let place = |node| self.named_at.get(&node).copied().filter(|named| named.start > span.end);
                let (left, right) = (place(mismatch.left.node), place(mismatch.right.node));
                let (primary, other) = match (left, right) {
                    (left, Some(right)) => (right, left.filter(|left| *left != right)),
                    (Some(left), None) => (left, None),
                    (None, None) => (span, None),
                };
                let finding = Diagnostic::new(Code::ShapeMismatch, primary, message).with_hint(hint);
                let finding = match other {
                    Some(other) => finding.with_related(other, both!("does not fit this", "与这个不匹配")),
                    None => finding,
                };
                self.findings.push(finding);
            }
        }
    }

    pub(super) fn mismatch(
        &self,
        Mismatch { left, right }: &Mismatch,
    ) -> (Localised<String>, Localised<String>) {
        let (a, b) = (&self.graph.node(left.node).name, &self.graph.node(right.node).name);
        let (a_axis, b_axis) = (&left.axis, &right.axis);
        let shape = |node| {
            let (rows, columns) = self.graph.node(node).shape.size();
            format!("{rows}×{columns}")
        };
        let (a_shape, b_shape) = (shape(left.node), shape(right.node));
        if let Some(words) = self.row_for_every_row(left, right) {
            return words;
        }
        let (a_side, b_side) = (side_words(left.side), side_words(right.side));
        let sizes = [left, right].map(|of| self.graph.node(of.node).shape.size());
        let message = if left.side == right.side && sizes[0] != sizes[1] {
            let [of_a, of_b] = [left, right].map(|of| along(&self.graph.node(of.node).shape));
            Localised {
                en: format!("`{a}` is {a_shape}{}, and `{b}` is {b_shape}{}", of_a.en, of_b.en),
                zh: format!("`{a}` 是 {a_shape}{}，而 `{b}` 是 {b_shape}{}", of_a.zh, of_b.zh),
            }
        } else {
            Localised {
                en: format!(
                    "`{a}` ({a_shape}) has {} {a_axis}, and `{b}` ({b_shape}) has {} {b_axis}",
                    a_side.en, b_side.en
                ),
                zh: format!(
                    "`{a}`（{a_shape}）的{}是 {a_axis}，而 `{b}`（{b_shape}）的{}是 {b_axis}",
                    a_side.zh, b_side.zh
                ),
            }
        };
        let is_product = left.side == Side::Columns && right.side == Side::Rows;
        let columns = left.side == Side::Columns && right.side == Side::Columns;
        let tokens_across = [left, right].into_iter().find_map(|of| self.has_tokens_across(of));
        let hint = if let Some(name) = tokens_across {
            both!(
                "are the tokens of `{name}` its columns? Here they are rows: say `layout: columns` where `{name}` is given",
                "`{name}` 的词元是不是写成了列？这里一行是一个词元：请在给出 `{name}` 的地方写 `layout: columns`"
            )
        } else if columns && self.graph.node(right.node).part == Part::Concat {
            both!(
                "what attention gives back is added to what went in: mix the heads with a `W_O` whose columns are {a_axis}",
                "注意力的结果要与输入相加：请用列为 {a_axis} 的 `W_O` 混合各头"
            )
        } else if columns && matches!(self.graph.node(right.node).part, Part::Output | Part::FeedForward) {
            both!(
                "what comes out is added to what went in: the columns of the last weights must be {a_axis}",
                "输出要与输入相加：最后一个权重的列必须是 {a_axis}"
            )
        } else if a_axis.size() == b_axis.size() && !self.fits_turned(right, left) {
            self.same_axis(left, right)
        } else if let Some(turned) = self.written_turned(left, right) {
            self.to_turn(turned)
        } else if let (true, Some(hint)) = (is_product, self.rows_to_write(left, right)) {
            hint
        } else if is_product {
            both!(
                "for a product, the columns of the first must be the rows of the second",
                "相乘时，前一个矩阵的列必须与后一个矩阵的行是同一个轴"
            )
        } else {
            both!("these two axes must be the same", "这两个轴必须相同")
        };
        (message, hint)
    }

    /// For written weights with another number of rows than what they are multiplied with has columns.
    fn rows_to_write(&self, left: &AxisOf, right: &AxisOf) -> Option<Localised<String>> {
        let (before, weights) = (self.graph.node(left.node), self.graph.node(right.node));
        if weights.op.origin() != Some(Origin::Written) || weights.shape.rows.name().is_some() {
            return None;
        }
        let (of, name, size) = (&before.name, &weights.name, left.axis.size());
        let rows = counted(size, "row", "rows");
        Some(both!(
            "give `{name}` {rows}, one for each column of `{of}`",
            "请给 `{name}` 写 {size} 行：`{of}` 的每一列对应一行"
        ))
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
        let row = one_row(needs);
        let message = both!(
            "`{name}` has {numbers}, and each row of `{of}` has {needs}",
            "`{name}` 有 {has} 个数，而 `{of}` 每行有 {needs} 个数"
        );
        let hint = both!(
            "where `{name}` is given, write one row of {wanted}: `{row}`",
            "请在给出 `{name}` 的地方只写一行 {needs} 个数：`{row}`"
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

    /// The name of a written matrix whose columns, and not its rows, are the tokens of a text.
    fn has_tokens_across(&self, of: &AxisOf) -> Option<String> {
        let node = self.graph.node(of.node);
        let is_text = |side: Side| {
            let name = node.shape.axis(side).name();
            name.is_some_and(|name| self.texts.iter().any(|text| text.name == name))
        };
        let written = node.op.origin() == Some(Origin::Written);
        (written && is_text(Side::Columns) && !is_text(Side::Rows)).then(|| node.name.clone())
    }

    /// Of two operands the given one that would fit if its rows were its columns; the second first, because weights
    /// stand there.
    fn written_turned(&self, left: &AxisOf, right: &AxisOf) -> Option<NodeId> {
        let turned = |of: &AxisOf, other: &AxisOf| {
            let origin = self.graph.node(of.node).op.origin();
            let is_given = matches!(origin, Some(Origin::Written | Origin::Random { .. }));
            (is_given && self.fits_turned(of, other)).then_some(of.node)
        };
        turned(right, left).or_else(|| turned(left, right))
    }

    /// What to type where a matrix is made, so that its rows are its columns.
    fn to_turn(&self, node: NodeId) -> Localised<String> {
        let Node { name, shape, op, .. } = self.graph.node(node);
        let has_axes = shape.rows.name().is_some() || shape.columns.name().is_some();
        match op.origin() {
            Some(Origin::Random { .. }) => both!(
                "are the rows of `{name}` its columns? Then exchange its `rows` and `cols`",
                "`{name}` 是否行列写反了？若是，请对调它的 `rows` 与 `cols`"
            ),
            Some(Origin::Written) if !has_axes => both!(
                "are the rows of `{name}` its columns? Then write `- {name}: {{given: {{layout: columns, values: [[…]]}}}}`",
                "`{name}` 是否行列写反了？若是，请写成 `- {name}: {{given: {{layout: columns, values: [[…]]}}}}`"
            ),
            Some(_) | None => both!(
                "is `{name}` written the other way round? Then say `layout: columns` where it is given, or exchange its `rows` and `cols`",
                "`{name}` 是否行列写反了？若是，请在给定处写 `layout: columns`，或对调它的 `rows` 与 `cols`"
            ),
        }
    }

    /// Whether the other side of an operand is what its counterpart asks for.
    fn fits_turned(&self, of: &AxisOf, counterpart: &AxisOf) -> bool {
        let other = match of.side {
            Side::Rows => Side::Columns,
            Side::Columns => Side::Rows,
        };
        self.graph.node(of.node).shape.axis(other).agrees_with(&counterpart.axis)
    }
}

/// What the rows and columns of a matrix are, in brackets: ` (rows main, columns d_model)`.
fn along(shape: &Shape) -> Localised<String> {
    let named = |side: Side| {
        let (Localised { en, zh }, name) = (side_words(side), shape.axis(side).name()?);
        Some((format!("{en} {name}"), format!("{zh} {name}")))
    };
    let (en, zh): (Vec<_>, Vec<_>) = [Side::Rows, Side::Columns].into_iter().filter_map(named).unzip();
    if en.is_empty() {
        return Localised::default();
    }
    Localised { en: format!(" ({})", en.join(", ")), zh: format!("（{}）", zh.join("，")) }
}

const fn side_words(side: Side) -> Words {
    match side {
        Side::Rows => words("rows", "行"),
        Side::Columns => words("columns", "列"),
    }
}
