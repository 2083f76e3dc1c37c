//! Matrices that are put together in a way that says more about why they do not fit than their sizes do.

use crate::both;
use crate::diagnostic::Span;
use crate::graph::{Axis, CannotAdd, Form, Mismatch, Node, NodeId, Op, Side};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::sizes::called;

/// How a matrix is put together of others, as far as it matters to what is said of two that do not fit.
pub(in crate::lesson::check) enum Joining {
    /// The item `product`, which an author has typed with both names.
    Product,
    /// The product cell by cell, where that of matrices may be meant.
    Times,
    CellByCell,
    /// Weights of one size, these.
    Kernel(Vec<NodeId>),
    Other,
}

impl Joining {
    pub(in crate::lesson::check) fn of(op: &Op) -> Self {
        if matches!(op, Op::Product(_)) {
            Self::Product
        } else if matches!(op, Op::Multiply(_)) {
            Self::Times
        } else if matches!(op, Op::Convolution(_)) {
            Self::Kernel(op.operands().into_iter().skip(1).collect())
        } else if op.form() == Form::Elementwise {
            Self::CellByCell
        } else {
            Self::Other
        }
    }
}

impl Checker<'_> {
    /// Reports why a matrix that is put together of others in this way cannot be made.
    pub(in crate::lesson::check) fn report_cannot_make(
        &mut self,
        error: CannotAdd,
        joining: &Joining,
        span: Span,
    ) {
        let hint = match (&error, joining) {
            (CannotAdd::Mismatch(mismatch), Joining::Times) => {
                self.matrix_product(mismatch).or_else(|| self.no_counterparts(mismatch))
            }
            (CannotAdd::Mismatch(mismatch), Joining::CellByCell) => self.no_counterparts(mismatch),
            (CannotAdd::Mismatch(mismatch), Joining::Product) => self.other_product(mismatch, span),
            (CannotAdd::Mismatch(mismatch), Joining::Kernel(weights)) => self.like_others(mismatch, weights),
            (CannotAdd::Mismatch(_), Joining::Other) | (CannotAdd::Duplicate(_), _) => None,
        };
        self.report_cannot_add(error, hint, span);
    }

    /// For `multiply` of two matrices that only `product` can multiply.
    fn matrix_product(&self, Mismatch { left, right }: &Mismatch) -> Option<Localised<String>> {
        let (a, b) = (self.graph.node(left.node), self.graph.node(right.node));
        let (left, right) = (&a.name, &b.name);
        (a.shape.columns.name().is_some() && a.shape.columns == b.shape.rows).then(|| {
            both!(
                "number by number only matrices of one size are multiplied: for the product of matrices write `product: [{left}, {right}]`",
                "只有一样大的矩阵才能逐个数相乘：要作矩阵乘法，请写 `product: [{left}, {right}]`"
            )
        })
    }

    /// For weights of a kernel that are not as the others are, of which one fits.
    fn like_others(
        &self,
        Mismatch { left, right }: &Mismatch,
        weights: &[NodeId],
    ) -> Option<Localised<String>> {
        let columns = weights.contains(&right.node).then(|| self.graph.node(left.node))?;
        let fits = |id: &&NodeId| {
            let rows = &self.graph.node(**id).shape.rows;
            **id != right.node && (rows.agrees_with(&columns.shape.columns) || weights.contains(&left.node))
        };
        let kept = self.graph.node(*weights.iter().find(fits)?);
        let Localised { en, zh } = self.to_reshape(right.node, &kept.shape);
        let name = &kept.name;
        Some(both!(
            "all weights of a kernel have one size: {en}, as `{name}` has",
            "一个卷积核的各个权重应当一样大：{zh}，与 `{name}` 一样大"
        ))
    }

    /// What to know of two matrices that are put together cell by cell and fit on neither side.
    fn no_counterparts(&self, Mismatch { left, right }: &Mismatch) -> Option<Localised<String>> {
        let (a, b) = (self.graph.node(left.node), self.graph.node(right.node));
        if left.side != Side::Rows || a.shape.columns.size() == b.shape.columns.size() {
            return None;
        }
        let is_given = |node: &Node| node.op.origin().is_some();
        let is_left = is_given(a) && !is_given(b);
        let (id, changed, kept) = if is_left { (left.node, a, b) } else { (right.node, b, a) };
        let here = self.named_at.get(&id).copied().unwrap_or_default();
        let (name, other) = (&changed.name, &kept.name);
        if let Some(line) = self.line_of_other_use(name, here) {
            let [rows, columns] = [Side::Rows, Side::Columns].map(|side| called(kept.shape.axis(side), side));
            let (rows_zh, columns_zh) = (rows.zh, columns.zh);
            let (rows, columns) = (rows.en, columns.en);
            return Some(both!(
                "line {line} uses `{name}` as well, so leave it as it is: write here another matrix, as large as `{other}`, with {rows} and {columns}",
                "第 {line} 行也用到 `{name}`，请不要改它；请在这里换一个与 `{other}` 一样大的矩阵：{rows_zh}、{columns_zh}"
            ));
        }
        let Localised { en, zh } = self.to_reshape(id, &kept.shape);
        Some(both!(
            "number by number only matrices of one size go together: {en}, as `{other}` has",
            "逐个数运算的两个矩阵必须一样大：{zh}，与 `{other}` 一样大"
        ))
    }

    /// Two operands of `product` that can be multiplied in another way: exchanged, row by row, or the second after the
    /// vectors that it is made for.
    fn other_product(&self, Mismatch { left, right }: &Mismatch, span: Span) -> Option<Localised<String>> {
        let (a, b) = (self.graph.node(left.node), self.graph.node(right.node));
        let (left_name, right_name) = (&a.name, &b.name);
        if [left, right].into_iter().any(|of| self.has_tokens_across(of).is_some()) {
            return None;
        }
        let is_same = |one: &Axis, other: &Axis| one.name().is_some() && one.name() == other.name();
        if is_same(&b.shape.columns, &a.shape.rows) {
            return Some(both!(
                "exchange the two: write `product: [{right_name}, {left_name}]`",
                "请对调这两个矩阵：写成 `product: [{right_name}, {left_name}]`"
            ));
        }
        let meets = |node: &Node| {
            node.op.origin().is_none()
                && node.name != *left_name
                && is_same(&node.shape.columns, &b.shape.rows)
        };
        let met = self.graph.nodes().map(|(_, node)| node).find(|node| meets(node));
        if let (Some(_), Some(Node { name, .. })) = (b.op.origin(), met) {
            if let Some(scores) = self.scores_with_keys(a, b, name, span) {
                return Some(scores);
            }
            let axis = called(&b.shape.rows, Side::Rows);
            return Some(Localised {
                en: format!(
                    "`{right_name}`, with its {}, fits `{name}`: write `product: [{name}, {right_name}]`",
                    axis.en
                ),
                zh: format!(
                    "`{right_name}` 有 {}，与 `{name}` 匹配：请写 `product: [{name}, {right_name}]`",
                    axis.zh
                ),
            });
        }
        let is_computed = b.op.origin().is_none() && a.shape.columns.agrees_with(&b.shape.columns);
        is_computed.then(|| {
            both!(
                "to multiply the rows of `{left_name}` with the rows of `{right_name}`, write `dot_products: [{left_name}, {right_name}]`",
                "要把 `{left_name}` 的行与 `{right_name}` 的行相乘，请写 `dot_products: [{left_name}, {right_name}]`"
            )
        })
    }

    /// For queries that are multiplied with the weights of keys: the keys that are missing between, and the scores. What is
    /// called after the weights, such as `K` after `W_K`, is the keys themselves.
    fn scores_with_keys(
        &self,
        queries: &Node,
        weights: &Node,
        of: &str,
        span: Span,
    ) -> Option<Localised<String>> {
        let (own, a, b) = (self.source.slice(span), &queries.name, &weights.name);
        let keys = b.strip_prefix("W_").filter(|stem| stem.starts_with(['K', 'k']))?;
        let is_made = matches!(queries.op, Op::Product(_)) && queries.shape.columns == weights.shape.columns;
        if !is_made || own.starts_with(keys) || self.definitions.contains_key(keys) {
            return None;
        }
        Some(both!(
            "above this line add `- {keys}: {{product: [{of}, {b}]}}`, and write `- {own}: {{dot_products: [{a}, {keys}]}}` here",
            "请在这一行上面加一行 `- {keys}: {{product: [{of}, {b}]}}`，再把这一行写成 `- {own}: {{dot_products: [{a}, {keys}]}}`"
        ))
    }
}
