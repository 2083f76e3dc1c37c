//! Matrices that do not fit together, in words.

use super::Checker;
use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{CannotAdd, Mismatch, Origin, Side};
use crate::language::{Localised, words};

impl Checker<'_> {
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
                self.report(Code::ShapeMismatch, span, message, hint);
            }
        }
    }

    fn mismatch(&self, Mismatch { left, right }: &Mismatch) -> (Localised<String>, Localised<String>) {
        let (a, b) = (&self.graph.node(left.node).name, &self.graph.node(right.node).name);
        let (a_axis, b_axis) = (&left.axis, &right.axis);
        let side = |side: Side| match side {
            Side::Rows => words("rows", "行"),
            Side::Columns => words("columns", "列"),
        };
        let (a_side, b_side) = (side(left.side), side(right.side));
        let message = Localised {
            en: format!("`{a}` has {} {a_axis}, and `{b}` has {} {b_axis}", a_side.en, b_side.en),
            zh: format!("`{a}` 的{}是 {a_axis}，而 `{b}` 的{}是 {b_axis}", a_side.zh, b_side.zh),
        };
        let turned = |side: Side| match side {
            Side::Rows => Side::Columns,
            Side::Columns => Side::Rows,
        };
        let other = self.graph.node(right.node).shape.axis(turned(right.side));
        let is_written =
            matches!(self.graph.node(right.node).op.origin(), Some(Origin::Written | Origin::Random { .. }));
        let is_product = left.side == Side::Columns && right.side == Side::Rows;
        let hint = if a_axis.size() == b_axis.size() && !other.agrees_with(a_axis) {
            both!(
                "they have one size but are different axes: use the same axis for both",
                "两者大小相同，但不是同一个轴：请使用同一个轴"
            )
        } else if is_product && !is_written {
            both!(
                "for a product, the columns of the first must be the rows of the second",
                "相乘时，前一个矩阵的列必须与后一个矩阵的行是同一个轴"
            )
        } else if other.agrees_with(a_axis) && is_written {
            both!(
                "is `{b}` written the other way round? Then say `layout: columns` where it is given, or exchange its `rows` and `cols`",
                "`{b}` 是否行列写反了？若是，请在给定处写 `layout: columns`，或对调它的 `rows` 与 `cols`"
            )
        } else {
            both!("these two axes must be the same", "这两个轴必须相同")
        };
        (message, hint)
    }
}
