//! Looking: a cell is explained, its operands can be followed down to the inputs, and back.

use super::Direction;
use crate::graph::{Cell, Convention, NodeId, Place, Trace};

/// The places that were gone into, the one being explained last; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    visits: Vec<Visit>,
}

/// One place on the way down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// What is explained.
    pub place: Place,
    /// Which of its operands, in the order of the formula, is marked to be followed.
    pub operand: usize,
}

impl Visit {
    /// A place with the number marked that says most about it.
    pub fn of(place: Place, trace: &Trace) -> Self {
        Self { place, operand: trace.derive(place).heaviest(trace) }
    }
}

impl Looking {
    /// Starts at a cell.
    pub(super) fn at(cell: Cell, trace: &Trace) -> Self {
        Self { visits: vec![Visit::of(Place::Cell(cell), trace)] }
    }

    /// The way down along these places, none of whose marks is past the last operand; `None` along nothing.
    pub(super) fn along(mut visits: Vec<Visit>, trace: &Trace) -> Option<Self> {
        for visit in &mut visits {
            visit.operand = visit.operand.min(operands(trace, visit.place).saturating_sub(1));
        }
        if visits.is_empty() { None } else { Some(Self { visits }) }
    }

    /// The place being explained.
    pub fn visit(&self) -> Visit {
        *self.visits.last().expect("the first place is never left")
    }

    /// The places on the way down, the one being explained last.
    pub fn path(&self) -> &[Visit] {
        &self.visits
    }

    /// Looks at a place: in the matrix being looked at, or one shown beside it, it moves there; elsewhere it goes in.
    pub(super) fn select(looking: Option<Self>, place: Place, trace: &Trace, shown: &[NodeId]) -> Self {
        let visit = Visit::of(place, trace);
        let Some(mut looking) = looking else { return Self { visits: vec![visit] } };
        let beside = looking.visits.len() == 1 && shown.contains(&place.node());
        if beside || looking.visit().place.node() == place.node() {
            looking.visits.pop();
        }
        looking.visits.push(visit);
        looking
    }

    pub(super) fn next_operand(&mut self, trace: &Trace) {
        let count = operands(trace, self.visit().place);
        let visit = self.top();
        visit.operand = if visit.operand + 1 < count { visit.operand + 1 } else { 0 };
    }

    pub(super) fn previous_operand(&mut self, trace: &Trace) {
        let count = operands(trace, self.visit().place);
        let visit = self.top();
        visit.operand = visit.operand.checked_sub(1).unwrap_or(count.saturating_sub(1));
    }

    pub(super) fn follow(&mut self, trace: &Trace) {
        let Visit { place, operand } = self.visit();
        if let Some(place) = trace.derive(place).source(operand) {
            self.visits.push(Visit::of(place, trace));
        }
    }

    /// Comes out of an operand; tells whether there was one to come out of.
    pub(super) fn back(&mut self) -> bool {
        let inside = self.visits.len() > 1;
        if inside {
            self.visits.pop();
        }
        inside
    }

    /// Moves to the neighbouring cell as drawn; past an edge on to the next of the shown matrices.
    pub(super) fn move_cell(
        &mut self,
        direction: Direction,
        convention: Convention,
        trace: &Trace,
        shown: &[NodeId],
    ) {
        let place = match self.visit().place {
            Place::Cell(cell) => match step(cell, direction, convention, trace) {
                Some(cell) => Place::Cell(cell),
                None if self.visits.len() == 1 => neighbour(cell, direction, convention, trace, shown),
                None => return,
            },
            // A shared number stands for its row; any arrow goes to the first cell that shares it.
            Place::Aggregate(shared) => Place::Cell(Cell { node: shared.node, row: shared.row, column: 0 }),
        };
        *self.top() = Visit::of(place, trace);
    }

    fn top(&mut self) -> &mut Visit {
        self.visits.last_mut().expect("the first place is never left")
    }
}

/// How many operands the explanation of a place has.
fn operands(trace: &Trace, place: Place) -> usize {
    trace.derive(place).count_sources()
}

/// The neighbouring cell of the same matrix, as drawn.
fn step(cell: Cell, direction: Direction, convention: Convention, trace: &Trace) -> Option<Cell> {
    let (rows, columns) = trace.node(cell.node).shape.size();
    let (row, column) = match stored(direction, convention) {
        Direction::Up => (cell.row.checked_sub(1)?, cell.column),
        Direction::Down => (cell.row + 1, cell.column),
        Direction::Left => (cell.row, cell.column.checked_sub(1)?),
        Direction::Right => (cell.row, cell.column + 1),
    };
    (row < rows && column < columns).then_some(Cell { row, column, ..cell })
}

/// The direction within the stored matrix that is this one on the screen.
const fn stored(direction: Direction, convention: Convention) -> Direction {
    match (convention, direction) {
        (Convention::Rows, direction) => direction,
        (Convention::Columns, Direction::Up) => Direction::Left,
        (Convention::Columns, Direction::Left) => Direction::Up,
        (Convention::Columns, Direction::Down) => Direction::Right,
        (Convention::Columns, Direction::Right) => Direction::Down,
    }
}

/// The cell next to it beyond the edge, in the matrix before or after; the cell itself where there is none.
fn neighbour(
    cell: Cell,
    direction: Direction,
    convention: Convention,
    trace: &Trace,
    shown: &[NodeId],
) -> Place {
    let here = shown.iter().position(|node| *node == cell.node);
    let there = match direction {
        Direction::Up | Direction::Left => here.and_then(|here| here.checked_sub(1)),
        Direction::Down | Direction::Right => here.map(|here| here + 1),
    };
    let Some(&node) = there.and_then(|there| shown.get(there)) else { return Place::Cell(cell) };
    let (rows, columns) = trace.node(node).shape.size();
    let (row, column) = (cell.row.min(rows - 1), cell.column.min(columns - 1));
    Place::Cell(match stored(direction, convention) {
        Direction::Up => Cell { node, row: rows - 1, column },
        Direction::Down => Cell { node, row: 0, column },
        Direction::Left => Cell { node, row, column: columns - 1 },
        Direction::Right => Cell { node, row, column: 0 },
    })
}
