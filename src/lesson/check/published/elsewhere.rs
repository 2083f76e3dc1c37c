//! Numbers that the source prints of something else than is written.

use crate::both;
use crate::diagnostic::Code;
use crate::graph::{Cell, NodeId, Place, Trace};
use crate::lesson::check::{Checker, cells_to_search};
use crate::lesson::published::Published;
use crate::yaml::Tree;

/// A number with fewer decimals is soon that of another cell.
const DECIMALS: u8 = 2;

impl Checker<'_> {
    /// The cell that a single number was printed of, where the one that is written has another: the same one of a matrix
    /// that the step shows, or else the only one of its row, its column or all of a shown matrix.
    pub(super) fn printed_elsewhere(
        &self,
        published: &Published,
        shown: &[NodeId],
        trace: &Trace,
    ) -> Option<Cell> {
        let [row] = published.rows.as_slice() else { return None };
        let [printed] = row.as_slice() else { return None };
        let Some(Place::Cell(own)) = printed.computed.place() else { return None };
        if published.decimals < DECIMALS || printed.number == 0.0 {
            return None;
        }
        let half = 0.5 * 10_f64.powi(-i32::from(published.decimals)) + 1e-9;
        let is_printed = |cell: &Cell| (trace.cell(*cell) - printed.number).abs() <= half;
        let names = |cell: Cell| {
            let shape = &self.graph.node(cell.node).shape;
            (shape.rows.label(cell.row), shape.columns.label(cell.column))
        };
        let nodes = if shown.is_empty() { std::slice::from_ref(&own.node) } else { shown };
        let cells: Vec<Cell> =
            nodes.iter().flat_map(|node| cells_to_search(*node, trace)).filter(is_printed).collect();
        let only = |is_near: &dyn Fn(&Cell) -> bool| {
            let mut near = cells.iter().copied().filter(is_near);
            near.next().filter(|_| near.next().is_none())
        };
        only(&|cell| names(*cell) == names(own))
            .or_else(|| only(&|cell| names(*cell).0 == names(own).0))
            .or_else(|| only(&|cell| names(*cell).1 == names(own).1))
            .or_else(|| only(&|_| true))
    }

    /// Reports numbers that are those of this row, where something else is written.
    pub(super) fn report_row_meant(&mut self, of: &Tree, row: &str) {
        let written = of.as_text().unwrap_or_default().trim();
        let name = row.trim_matches('"');
        let message = both!(
            "these numbers are those of `{name}`, and not of `{written}`",
            "这些数是 `{name}` 的数，而不是 `{written}` 的"
        );
        let hint = both!("write `of: {row}`", "请写 `of: {row}`");
        self.report(Code::ShapeMismatch, of.span, message, hint);
    }
}
