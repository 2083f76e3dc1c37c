//! Claims that are not so of a cell, and are of the one across the diagonal.

use crate::both;
use crate::graph::Trace;
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::advice::asked::is_hidden;
use crate::lesson::check::locate::in_place_of;
use crate::lesson::expression::{self, Claim};
use crate::yaml::Tree;

/// In a matrix with more cells than these, another cell with this very number is no chance.
const SEARCHED: usize = 400;

/// Where more than one cell of so many has a number, it says little.
const FEW: usize = 8;

/// A claim about one cell, row or column, cut at the places inside the brackets.
struct Cut<'t> {
    before: &'t str,
    row: &'t str,
    column: &'t str,
    after: &'t str,
}

impl<'t> Cut<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (before, rest) = text.split_once('[')?;
        let (inside, after) = rest.split_once(']')?;
        let (row, column) = inside.split_once(',')?;
        let (row, column) = (row.trim(), column.trim());
        let is_one = !after.contains('[') && !column.contains(',') && row != column;
        is_one.then_some(Self { before, row, column, after })
    }

    fn with(&self, row: &str, column: &str) -> String {
        let Self { before, after, .. } = self;
        format!("{before}[{row}, {column}]{after}")
    }

    const fn is_cell(&self) -> bool {
        !matches!((self.row.as_bytes(), self.column.as_bytes()), ([b':'], _) | (_, [b':']))
    }
}

impl Checker<'_> {
    /// What to write for a claim that is so with row and column exchanged, and of few other cells.
    pub(in crate::lesson::check) fn across(&self, tree: &Tree, trace: &Trace) -> Option<Localised<String>> {
        let cut = Cut::of(tree.as_text()?)?;
        let meant = cut.with(cut.column, cut.row);
        let is_sure = || !cut.is_cell() || self.is_masked(&cut, trace) || self.is_rare(&cut, trace);
        if !self.is_so(&meant, trace) || !is_sure() {
            return None;
        }
        let meant = in_place_of(self.source, tree, &meant);
        Some(if cut.is_cell() {
            let (row, column) = (cut.row, cut.column);
            both!(
                "row and column are exchanged, and the claim is right for `[{column}, {row}]`: write `{meant}`",
                "行和列写反了，断言说的是 `[{column}, {row}]` 的数：请写 `{meant}`"
            )
        } else if cut.row == ":" {
            let column = cut.column;
            both!(
                "this is the column `{column}`, and the claim is right for the row `{column}`: write `{meant}`",
                "这里写的是 `{column}` 那一列，而断言说的是 `{column}` 那一行：请写 `{meant}`"
            )
        } else {
            let row = cut.row;
            both!(
                "this is the row `{row}`, and the claim is right for the column `{row}`: write `{meant}`",
                "这里写的是 `{row}` 那一行，而断言说的是 `{row}` 那一列：请写 `{meant}`"
            )
        })
    }

    /// Whether a claim is about a cell that a mask hides, of which nobody claims more than that it is 0.
    fn is_masked(&self, cut: &Cut<'_>, trace: &Trace) -> bool {
        let Cut { before, row, column, .. } = cut;
        let cell = expression::parse(&format!("{before}[{row}, {column}]"));
        let selection = cell.ok().and_then(|cell| cell.selection(&self.scope()).ok());
        selection.is_some_and(|of| of.cells().all(|cell| is_hidden(cell, trace)))
    }

    pub(super) fn is_so(&self, text: &str, trace: &Trace) -> bool {
        let resolved = Claim::parse(text).map(|claim| claim.resolve(&self.scope()));
        matches!(resolved, Ok(Ok(claim)) if claim.check(trace).is_ok())
    }

    /// Whether a claim about a cell is so of few of its matrix.
    fn is_rare(&self, cut: &Cut<'_>, trace: &Trace) -> bool {
        let name = cut.before.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '@'))).next();
        let Some(node) = name.and_then(|name| self.graph.find(name)) else { return false };
        let (rows, columns) = trace.node(node).shape.size();
        if rows.saturating_mul(columns) > SEARCHED {
            return true;
        }
        let cells = (1..=rows).flat_map(|row| (1..=columns).map(move |column| (row, column)));
        let is_so = |(row, column): &(usize, usize)| {
            self.is_so(&cut.with(&row.to_string(), &column.to_string()), trace)
        };
        let so = cells.filter(is_so).count();
        so == 1 || so * FEW <= rows * columns
    }
}
