//! Definitions of where tokens stand: one-hot rows and positions.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Axis, NodeId, Op, Part, Side, op};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::attention::Turned;
use crate::lesson::check::sizes::called;
use crate::math::{Angles, Pairs, Slowest};
use crate::yaml::{Key, Tree};

/// The largest number of a first position: sines and cosines are still exact to nine digits there.
const FARTHEST_POSITION: f64 = 1_000_000.0;

impl Checker<'_> {
    pub(super) fn define_one_hot(&mut self, key: &Key, value: &Tree) -> Option<()> {
        self.need_vocabulary(value.span, None)?;
        self.define_per_text(key, value, |checker, tree| {
            let text = checker.text(tree)?;
            let op::Gather { table, rows, positions } = checker.rows_of(text)?;
            let vocabulary = Arc::clone(&checker.graph.node(table).shape.rows);
            Some((Op::OneHot(op::OneHot { entries: rows, positions, vocabulary }), Part::OneHot))
        })
    }

    pub(super) fn define_positions(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let features = value.get("axis").and_then(|tree| self.axis(tree));
        let angles = self.angles(value);
        self.define_per_text(key, value.get("of")?, |checker, tree| {
            let text = checker.text(tree)?;
            let (features, angles) = (features.clone()?, angles?);
            let positions = Arc::clone(checker.axes.get(text)?);
            let op = op::Sinusoids { positions, features, angles };
            Some((Op::Sinusoids(op), Part::Positions))
        })
    }

    pub(super) fn define_learned_positions(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let table = self.operand_in(value, "table");
        self.define_per_text(key, value.get("of")?, |checker, tree| {
            let text = checker.text(tree)?;
            let Some(table) = table.as_ref()?.member(text) else {
                checker.report(
                    Code::ShapeMismatch,
                    tree.span,
                    both!(
                        "there is no table of positions for the text `{text}`",
                        "没有用于文本 `{text}` 的位置表"
                    ),
                    both!("name one table for all texts", "请为所有文本写同一个位置表"),
                );
                return None;
            };
            let positions = Arc::clone(checker.axes.get(text)?);
            checker.is_long_enough(table, text, positions.size(), tree.span)?;
            checker.graph.play(table, Part::Positions);
            let rows = (0..positions.size()).collect();
            Some((Op::Gather(op::Gather { table, rows, positions }), Part::Positions))
        })
    }

    /// Reports a table of positions that ends before the text does.
    fn is_long_enough(&mut self, table: NodeId, text: &str, tokens: usize, span: Span) -> Option<()> {
        let node = self.graph.node(table);
        let (name, rows) = (node.name.clone(), node.shape.rows.size());
        if tokens <= rows {
            return Some(());
        }
        let Localised { en, zh } = self.to_resize(table, Side::Rows, &Axis::numbered(tokens));
        self.report(
            Code::ShapeMismatch,
            span,
            both!(
                "the text `{text}` has {tokens} tokens, and `{name}` has rows for {rows} positions",
                "文本 `{text}` 有 {tokens} 个词元，而 `{name}` 只有 {rows} 个位置（行）"
            ),
            both!("{en}, one for each position", "{zh}，每个位置一行"),
        );
        None
    }

    pub(super) fn define_rotary(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let angles = self.angles(value);
        let angles = angles?;
        let span = value.get("of")?.span;
        self.define_members(key, &[of], |checker, nodes| {
            checker.turns_in_pairs(nodes[0], span)?;
            Some(Op::Rotate(op::Rotate { of: nodes[0], angles }))
        })
    }

    /// Reports a matrix with an odd number of columns, of which rotary positions leave one without a partner.
    fn turns_in_pairs(&mut self, node: NodeId, span: Span) -> Option<()> {
        let of = self.graph.node(node);
        if of.shape.columns.size().is_multiple_of(2) {
            return Some(());
        }
        let (name, columns) = (&of.name, called(&of.shape.columns, Side::Columns));
        let message = Localised {
            en: format!("rotary positions turn numbers in pairs, and `{name}` has {}", columns.en),
            zh: format!("旋转位置编码要把数两两成对旋转，而 `{name}` 有 {}", columns.zh),
        };
        self.report_odd(span, message, &[Turned::vectors(node)]);
        None
    }

    /// The angles that positions turn by.
    pub(in crate::lesson::check) fn angles(&mut self, tree: &Tree) -> Option<Angles> {
        let plain = Angles::default();
        let base = match tree.get("base") {
            Some(tree) => self.number(tree).and_then(|base| self.is_base(base, tree.span)),
            None => Some(plain.base),
        };
        let first = match tree.get("first") {
            Some(tree) => self.number(tree).and_then(|first| self.is_position(first, tree.span)),
            None => Some(plain.first),
        };
        let word = |field: &str| tree.get(field).and_then(Tree::as_text);
        let pairs = match word("layout") {
            Some("halves") => Pairs::Halves,
            Some(_) | None => Pairs::Interleaved,
        };
        let slowest = match word("slowest") {
            Some("base") => Slowest::Base,
            Some(_) | None => Slowest::BelowBase,
        };
        Some(Angles { pairs, slowest, base: base?, first: first? })
    }

    fn is_position(&mut self, first: f64, span: Span) -> Option<f64> {
        if first.abs() <= FARTHEST_POSITION {
            return Some(first);
        }
        self.report(
            Code::OutOfRange,
            span,
            both!(
                "with such large numbers one position cannot be told from the next",
                "数这么大，就分不清一个位置和下一个位置了"
            ),
            both!(
                "write `first: 0` or `first: 1`; {FARTHEST_POSITION} is the most",
                "请写 `first: 0` 或 `first: 1`，最大为 {FARTHEST_POSITION}"
            ),
        );
        None
    }

    fn is_base(&mut self, base: f64, span: Span) -> Option<f64> {
        if base > 0.0 {
            return Some(base);
        }
        self.report(
            Code::BadNumber,
            span,
            both!("`base` must be above 0, and this is {base}", "`base` 必须大于 0，而这里是 {base}"),
            both!("write `base: 10000`, which is usual", "请写 `base: 10000`，这是通常的值"),
        );
        None
    }
}
