//! What to ask instead of what has no answer: another cell, another row, or what the step shows.

use super::Checker;
use super::typed::Asked;
use crate::both;
use crate::diagnostic::Code;
use crate::graph::{Cell, NodeId, Part, Trace};
use crate::language::Localised;
use crate::lesson::Shown;
use crate::lesson::check::advice::meant::{Extreme, asked_for};
use crate::lesson::check::advice::versions;
use crate::lesson::check::cells_to_search;
use crate::lesson::check::locate::in_place_of;
use crate::lesson::expression::{self, Resolved, Selection};
use crate::lesson::question::MOST_TOKENS;
use crate::yaml::Tree;

/// The matrices in which something else may be asked: that of the question, unless its step shows others.
fn candidates(own: Option<NodeId>, show: &[Shown]) -> Vec<NodeId> {
    let shown = show.iter().filter_map(|shown| match shown {
        Shown::Matrix(node) => Some(*node),
        Shown::Text(_) => None,
    });
    let shown: Vec<NodeId> = shown.collect();
    let own = own.into_iter().filter(|own| shown.is_empty() || shown.contains(own));
    let mut all: Vec<NodeId> = own.collect();
    all.extend(shown.iter().rev().filter(|node| !all.contains(node)).copied().collect::<Vec<_>>());
    all
}

impl Checker<'_> {
    /// Reports a cell that holds no number.
    pub(super) fn report_no_number(
        &mut self,
        tree: &Tree,
        value: &Resolved,
        show: &[Shown],
        trace: Option<&Trace>,
    ) {
        let written = tree.as_text().unwrap_or_default().trim();
        let message = both!(
            "`{written}` holds no number (`nan`), so that nobody can answer",
            "`{written}` 没有数值（`nan`），无法作答"
        );
        let nodes = candidates(value.node(), show);
        let with_number = |node: &NodeId| {
            cells_to_search(*node, trace?).find(|cell| trace.is_some_and(|it| it.cell(*cell).is_finite()))
        };
        let hint = match nodes.iter().find_map(with_number) {
            Some(cell) => {
                let typed = in_place_of(self.source, tree, &expression::reference(&self.graph, cell));
                self.instead(cell.node, value.node(), &typed)
            }
            None => both!("ask for a cell of another matrix", "请改问别的矩阵中的单元格"),
        };
        self.report(Code::NoAnswer, tree.span, message, hint);
    }

    /// What to write about this matrix instead of the one that is asked about.
    fn instead(&self, of: NodeId, own: Option<NodeId>, typed: &str) -> Localised<String> {
        if own == Some(of) {
            return both!("ask for another one, such as `{typed}`", "请改问别的，例如 `{typed}`");
        }
        let name = &self.graph.node(of).name;
        both!("this step shows `{name}`: write `{typed}`", "这一步显示的是 `{name}`：请写 `{typed}`")
    }

    /// Whether several numbers of a row or column are as large, or as small, as the one that is asked for, which is reported.
    pub(super) fn is_tied(
        &mut self,
        tree: &Tree,
        (value, line): (&Resolved, &Selection),
        asked: Asked<'_>,
        trace: &Trace,
    ) -> bool {
        let numbers: Vec<f64> = line.cells().map(|cell| trace.cell(cell)).collect();
        let best = best(&numbers, value);
        let is_best = |(_, number): &(Cell, &f64)| Some(**number) == best;
        let alike: Vec<Cell> = line.cells().zip(&numbers).filter(is_best).map(|(cell, _)| cell).collect();
        let message = match alike[..] {
            [_] => return false,
            [first, second, ..] => {
                let count = alike.len();
                let (large, large_zh) = if value.is_smallest() { ("small", "小") } else { ("large", "大") };
                let (such, such_zh) = if count > 2 { ("such as ", "如 ") } else { ("", "") };
                let [a, b] = [first, second].map(|cell| expression::reference(&self.graph, cell));
                both!(
                    "{count} of these numbers are equally {large}, {such}`{a}` and `{b}`, so that there is no one answer",
                    "最{large_zh}的数有 {count} 个（{such_zh}`{a}` 和 `{b}`），没有唯一的答案"
                )
            }
            [] => both!("none of these is a number, so that there is no answer", "这里没有数，无法作答"),
        };
        let hint = if let Some(part) = self.seen_of(value, line, &numbers) {
            let typed = in_place_of(self.source, tree, &part);
            both!(
                "the mask hides them: ask about those that it leaves, `{typed}`",
                "它们被掩码遮住了：请只问没有遮住的，写 `{typed}`"
            )
        } else if let Some(turned) =
            turned_round(tree, value, asked.ask).filter(|it| self.is_answer(it, trace))
        {
            let typed = in_place_of(self.source, tree, &turned);
            both!("the question asks for the other end: write `{typed}`", "问题问的是另一头：请写 `{typed}`")
        } else if let Some((of, row)) = self.untied_row(value, line, asked, trace) {
            let row_at = row;
            let call = if value.is_smallest() { "argmin" } else { "argmax" };
            let row = expression::row_reference(&self.graph, of, row);
            let typed = in_place_of(self.source, tree, &format!("{call}({row})"));
            if self.row_named(of, asked) == Some(row_at) && line.rows != (row_at..row_at + 1) {
                let name = self.graph.node(of).shape.rows.label(row_at);
                both!("the question names `{name}`: write `{typed}`", "问题说的是 `{name}`：请写 `{typed}`")
            } else {
                self.instead(of, Some(line.node), &typed)
            }
        } else {
            both!(
                "ask for a number with `cell`, or correct the numbers",
                "请改用 `cell` 问一个数，或改正这些数"
            )
        };
        self.report(Code::NoAnswer, tree.span, message, hint);
        true
    }

    /// A row in which one number alone is the largest, or the smallest, if that is asked for: that which the question
    /// names, or else one that gives more than one share.
    fn untied_row(
        &self,
        value: &Resolved,
        line: &Selection,
        asked: Asked<'_>,
        trace: &Trace,
    ) -> Option<(NodeId, usize)> {
        let is_untied = |node: NodeId, row: usize| {
            let columns = self.graph.node(node).shape.columns.size();
            let numbers: Vec<f64> =
                (0..columns.min(MOST_TOKENS)).map(|column| trace.cell(Cell { node, row, column })).collect();
            let best = best(&numbers, value);
            columns > 1 && numbers.iter().filter(|number| Some(**number) == best).count() == 1
        };
        let is_choice = |node: NodeId, row: usize| {
            let columns = 0..self.graph.node(node).shape.columns.size().min(MOST_TOKENS);
            columns.filter(|column| trace.cell(Cell { node, row, column: *column }).is_normal()).count() > 1
        };
        let rows = |node: NodeId| {
            let count = self.graph.node(node).shape.rows.size().min(MOST_TOKENS);
            let untied = || (0..count).filter(|row| is_untied(node, *row));
            let named = self.row_named(node, asked);
            let row = untied().find(|row| Some(*row) == named);
            let row = row.or_else(|| untied().find(|row| is_choice(node, *row))).or_else(|| untied().next());
            row.map(|row| (node, row))
        };
        candidates(Some(line.node), asked.show).into_iter().find_map(rows)
    }

    /// Whether an expression has one answer.
    fn is_answer(&self, text: &str, trace: &Trace) -> bool {
        let value = expression::parse(text).ok().and_then(|it| it.resolve(&self.scope()).ok());
        value.is_some_and(|value| {
            value.line().is_some_and(|(line, _)| {
                let numbers: Vec<f64> = line.cells().map(|cell| trace.cell(cell)).collect();
                let best = best(&numbers, &value);
                numbers.iter().filter(|number| Some(**number) == best).count() == 1
            })
        })
    }

    /// The same question about the shares of a row that are not hidden, if it asks for the smallest of them.
    fn seen_of(&self, value: &Resolved, line: &Selection, shares: &[f64]) -> Option<String> {
        let node = self.graph.node(line.node);
        let is_hiding = node.part == Part::Pattern && value.is_smallest() && line.rows.len() == 1;
        let first = shares.iter().position(|share| *share > 0.0).filter(|_| is_hiding)?;
        let end = shares.iter().rposition(|share| *share > 0.0)? + 1;
        let seen = shares.get(first..end)?;
        let least = seen.iter().copied().fold(f64::INFINITY, f64::min);
        let is_one = seen.iter().filter(|share| **share <= least).count() == 1;
        if seen.len() < 2 || !is_one || least <= 0.0 {
            return None;
        }
        let row = line.rows.start;
        let of_row = expression::row_reference(&self.graph, line.node, row);
        let cell = |column| {
            let cell = Cell { node: line.node, row, column: line.columns.start + column };
            expression::reference(&self.graph, cell)
        };
        let (from, to) = (cell(first), cell(end - 1));
        let from = from.trim_end_matches(']');
        let to = to.get(of_row.trim_end_matches(']').len()..)?.trim_start_matches([',', ' ']);
        Some(format!("argmin({from}:{to})"))
    }
}

/// The other of `argmax` and `argmin`, where all words of the question ask for that.
fn turned_round(tree: &Tree, value: &Resolved, ask: Option<&Tree>) -> Option<String> {
    let (own, other, meant) = if value.is_smallest() {
        ("argmin(", "argmax(", Extreme::Largest)
    } else {
        ("argmax(", "argmin(", Extreme::Smallest)
    };
    let asks = versions(ask?);
    let is_meant = |ask: &&Tree| ask.as_text().and_then(asked_for) == Some(meant);
    let inside = tree.as_text()?.trim().strip_prefix(own)?;
    (!asks.is_empty() && asks.iter().all(is_meant)).then(|| format!("{other}{inside}"))
}

/// The largest of some numbers, or the smallest, if that is asked for.
fn best(numbers: &[f64], value: &Resolved) -> Option<f64> {
    let is_better = |a: f64, b: f64| if value.is_smallest() { a < b } else { a > b };
    numbers.iter().copied().reduce(|best, number| if is_better(number, best) { number } else { best })
}
