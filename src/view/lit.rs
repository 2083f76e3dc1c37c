//! Which cells are lit: the one that is explained, the cells it is made of, and the focus of the step.

use std::collections::HashSet;

use super::text::Role;
use crate::app::{Visit, Walk};
use crate::graph::{Cell, NodeId, Place};
use crate::lesson::{Focus, Reveal};

/// More sources than this are more than any screen shows.
const MOST: usize = 20_000;

/// What is lit on the screen of a lesson.
#[derive(Debug, Default)]
pub(super) struct Lit {
    selected: Option<Cell>,
    marked: Option<Cell>,
    sources: HashSet<Cell>,
    lines: Vec<Focus>,
    /// What the step is about, lit or not.
    focus: Vec<Focus>,
    /// The matrix, row and column at which the learner looks.
    looked_at: Option<(NodeId, usize, usize)>,
    /// The cell that is marked to be followed, or would be if one began to look, and those that it is worked out with:
    /// the other factor of its term.
    followed: Vec<Cell>,
    /// The stored row or column that was uncovered last, while a step is being uncovered.
    uncovered: Option<(Option<usize>, Option<usize>)>,
}

impl Lit {
    /// What is lit while the learner is there.
    pub(super) fn of(walk: &Walk) -> Self {
        let focus = walk.current().focus.clone();
        let explained = explained(walk);
        let (uncovered, followed) = (last_uncovered(walk), followed(walk, explained));
        let Some(Visit { place, operand }) = explained else {
            return Self { lines: focus.clone(), focus, uncovered, followed, ..Self::default() };
        };
        let mut lit = Self { focus, followed, uncovered, ..Self::default() };
        match place {
            Place::Cell(cell) => {
                lit.selected = Some(cell);
                lit.looked_at = walk.looking.as_ref().map(|_| (cell.node, cell.row, cell.column));
            }
            Place::Aggregate(shared) => lit.looked_at = Some((shared.node, shared.row, 0)),
        }
        let expr = walk.lesson.trace.derive(place);
        let cell = |place: Place| match place {
            Place::Cell(cell) => Some(cell),
            Place::Aggregate(_) => None,
        };
        lit.marked = walk.looking.as_ref().and_then(|_| expr.source(operand)).and_then(cell);
        expr.sources(&mut |source| {
            if lit.sources.len() < MOST {
                lit.sources.extend(cell(source));
            }
        });
        lit
    }

    /// The stored row and column of a matrix that a window over it keeps in sight.
    pub(super) fn anchor(&self, node: NodeId) -> Option<(usize, usize)> {
        let looked_at = self.looked_at.filter(|(own, ..)| *own == node).map(|(_, row, column)| (row, column));
        let at = |line: &Focus| (line.row.unwrap_or(0), line.column.unwrap_or(0));
        let own = self.focus.iter().find(|line| line.node == node).map(at);
        let followed = self.followed(node).map(|cell| (cell.row, cell.column));
        let explains = self.looked_at.is_some() || self.selected.is_some();
        let followed_or_own =
            if explains && !self.is_selected(node) { followed.or(own) } else { own.or(followed) };
        // A matrix beside the one that the step is about shows the same part of itself.
        looked_at.or(followed_or_own).or_else(|| self.focus.last().map(at))
    }

    fn is_selected(&self, node: NodeId) -> bool {
        self.selected.is_some_and(|cell| cell.node == node)
    }

    /// The stored row or column that a window must not lose: what was uncovered last, while nothing is looked at.
    pub(super) fn must_show(&self) -> (Option<usize>, Option<usize>) {
        self.uncovered.filter(|_| self.looked_at.is_none()).unwrap_or_default()
    }

    /// The cell of a matrix that is marked to be followed, or would be if one began to look, or else one that it is
    /// worked out with.
    pub(super) fn followed(&self, node: NodeId) -> Option<Cell> {
        self.followed.iter().copied().find(|cell| cell.node == node)
    }

    /// The role that a cell has by being lit, if it is.
    pub(super) fn role(&self, cell: Cell) -> Option<Role> {
        if self.selected == Some(cell) {
            return Some(Role::Selected);
        }
        if self.marked == Some(cell) {
            return Some(Role::Focus);
        }
        if self.sources.contains(&cell) {
            return Some(Role::Source);
        }
        let on_line = self.lines.iter().any(|line| {
            line.node == cell.node
                && line.row.is_none_or(|row| row == cell.row)
                && line.column.is_none_or(|column| column == cell.column)
        });
        on_line.then_some(Role::Source)
    }
}

/// The stored row or column that was uncovered last; `None` before the first, and after the last where the step has a
/// focus to come back to.
fn last_uncovered(walk: &Walk) -> Option<(Option<usize>, Option<usize>)> {
    let going_on = walk.uncovered < walk.portions() || walk.current().focus.is_empty();
    let last = walk.uncovered.checked_sub(1).filter(|_| going_on)?;
    match walk.current().reveal {
        Reveal::All => None,
        Reveal::Rows => Some((Some(last), None)),
        Reveal::Columns => Some((None, Some(last))),
        Reveal::Cells => {
            let node = walk.shown().next_back()?;
            let columns = walk.lesson.trace.node(node).shape.columns.size();
            Some((Some(last / columns), Some(last % columns)))
        }
    }
}

/// The cells that the marked term of what is looked at, or would be looked at first, is made of; the marked one first.
fn followed(walk: &Walk, explained: Option<Visit>) -> Vec<Cell> {
    let Some(Visit { place, operand }) = explained.or_else(|| walk.visit()) else { return Vec::new() };
    let cell = |place: Place| match place {
        Place::Cell(cell) => Some(cell),
        Place::Aggregate(_) => None,
    };
    walk.lesson.trace.derive(place).together_with(operand).into_iter().filter_map(cell).collect()
}

/// What is explained: the place looked at, or while walking the focus once it is uncovered.
pub(super) fn explained(walk: &Walk) -> Option<Visit> {
    if let Some(looking) = &walk.looking {
        return Some(looking.visit());
    }
    focus(walk).filter(|visit| match visit.place {
        Place::Cell(Cell { node, row, column }) => walk.is_uncovered(node, row, column),
        Place::Aggregate(_) => true,
    })
}

/// The focus of the step, where it is one cell.
pub(super) fn focus(walk: &Walk) -> Option<Visit> {
    let one_cell = |focus: &Focus| Some(Cell { node: focus.node, row: focus.row?, column: focus.column? });
    let cell = walk.current().focus.iter().rev().find_map(one_cell)?;
    Some(Visit::of(Place::Cell(cell), &walk.lesson.trace))
}
