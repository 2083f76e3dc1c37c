//! Cells whose row and column stand in each other's place: `X[noun, creature]` for `X[creature, noun]`.

use std::ops::Range;

use super::entry::{Extent, noun};
use super::finding::{finding, hinted};
use super::resolve::both_of;
use super::syntax::Cells;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Node, Side};

impl Cells {
    /// The rows and columns of a matrix, from 0.
    pub(super) fn find(&self, node: &Node) -> Result<(Range<usize>, Range<usize>), Vec<Diagnostic>> {
        let Self { rows, columns, .. } = self;
        both_of(rows.find(node, Side::Rows), columns.find(node, Side::Columns)).map_err(|findings| {
            let better = self.exchanged(node, &findings).or_else(|| self.otherwise(node, &findings));
            better.map_or(findings, |better| vec![better])
        })
    }

    /// Whether a matrix has these cells, without what would be said if it had not.
    pub(super) fn are_in(&self, node: &Node) -> bool {
        self.rows.is_in(node, Side::Rows) && self.columns.is_in(node, Side::Columns)
    }

    /// The one row or column that is named, where a range of them lacks its other end.
    pub(super) fn one_of_half(&self) -> Option<String> {
        let own = match (&self.rows, &self.columns) {
            (half, Extent::All) | (Extent::All, half) => half.half()?,
            (_, _) => return None,
        };
        Some(own.written())
    }

    /// What is better said than that neither is there.
    fn exchanged(&self, node: &Node, findings: &[Diagnostic]) -> Option<Diagnostic> {
        let fits = self.columns.is_in(node, Side::Rows) && self.rows.is_in(node, Side::Columns);
        // Of a single entry nobody knows whether the other one is missing or meant to be all.
        let is_pair = self.columns != Extent::All;
        if !fits || !is_pair || !is_unknown(findings) {
            return None;
        }
        let meant = format!("{}, {}", self.columns.written(), self.rows.written());
        Some(exchanged(node, &meant, self.span).with_fix(self.span, meant))
    }
}

/// Whether there is a name among what is wrong; which of two numbers is the row cannot be told.
pub(in crate::lesson) fn is_unknown(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.code == Code::UnknownLabel)
}

/// Says that row and column are exchanged, and what is meant.
pub(in crate::lesson) fn exchanged(node: &Node, meant: &str, span: Span) -> Diagnostic {
    let name = &node.name;
    let (row, column) = (noun(node, Side::Rows), noun(node, Side::Columns));
    let (row_en, column_en, row_zh, column_zh) = (row.en, column.en, row.zh, column.zh);
    let message = both!(
        "{row_en} and {column_en} of `{name}` are exchanged here: the {row_en} comes first",
        "这里 `{name}` 的{row_zh}和{column_zh}写反了：应先写{row_zh}，后写{column_zh}"
    );
    hinted(finding(Code::UnknownLabel, span, message), both!("write `[{meant}]`", "请写 `[{meant}]`"))
}
