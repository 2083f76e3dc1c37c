//! Which cells are lit: the one that is explained, the cells it is made of, and the focus of the step.

use std::collections::HashSet;

use super::text::Role;
use crate::app::{Visit, Walk};
use crate::graph::{Cell, NodeId, Place};
use crate::lesson::Focus;

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
}

impl Lit {
    /// What is lit while the learner is there.
    pub(super) fn of(walk: &Walk) -> Self {
        let focus = walk.current().focus.clone();
        let Some(Visit { place, operand }) = explained(walk) else {
            return Self { lines: focus.clone(), focus, ..Self::default() };
        };
        let mut lit = Self { focus, ..Self::default() };
        if let Place::Cell(cell) = place {
            lit.selected = Some(cell);
        }
        let trace = &walk.lesson.trace;
        let mut index = 0;
        trace.derive(place).sources(&mut |source| {
            let marked = walk.looking.is_some() && index == operand;
            index += 1;
            if let Place::Cell(cell) = source {
                if marked {
                    lit.marked = Some(cell);
                }
                if lit.sources.len() < MOST {
                    lit.sources.insert(cell);
                }
            }
        });
        lit
    }

    /// The stored row and column of a matrix that a window over it keeps in sight.
    pub(super) fn anchor(&self, node: NodeId) -> Option<(usize, usize)> {
        let selected = self.selected.filter(|cell| cell.node == node).map(|cell| (cell.row, cell.column));
        // A matrix beside the one that the step is about shows the same part of itself.
        let line = self.focus.iter().find(|line| line.node == node).or_else(|| self.focus.last());
        selected.or_else(|| line.map(|line| (line.row.unwrap_or(0), line.column.unwrap_or(0))))
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
    Some(Visit { place: Place::Cell(cell), operand: 0 })
}
