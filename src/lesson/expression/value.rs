//! Expressions whose names are looked up: nothing about them can fail any more.

use std::ops::Range;
use std::sync::Arc;

use super::syntax::{Comparison, Elementary, Extreme, Operator, Reduction};
use crate::diagnostic::Span;
use crate::graph::{Cell, Memo, NodeId, Place, Side, Trace};
use crate::math::{self, NotShares};

/// Of more cells, only some are asked whether they are uncovered.
const MOST_WITNESSES: usize = 4096;

/// What an expression is worth.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number; may be infinite or none at all, as the numbers of a matrix may.
    Number(f64),
    /// A token or feature, told apart from its likes: `the#2`; or a shape: `8×2`.
    Label(String),
}

/// An expression that is looked up in a graph: one number, or the name of a row or column.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    content: Content,
    found: Memo<Value>,
    witnesses: Memo<Arc<[Cell]>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Number(Computation),
    /// The row or column with the largest or smallest cell of a selection that is one line.
    Extreme {
        extreme: Extreme,
        of: Selection,
        along: Side,
    },
    /// How many rows and columns a matrix has.
    Shape {
        of: NodeId,
        rows: usize,
        columns: usize,
    },
}

/// A number and how it is worked out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Computation {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    Cell(Cell),
    /// How many rows or columns of a matrix there are.
    Size(NodeId, usize),
    Negate(Box<Computation>),
    Operation(Operator, Box<Computation>, Box<Computation>),
    Elementary(Elementary, Box<Computation>),
    Reduction(Reduction, Vec<Numbers>),
    /// Of two lines with the same number of cells.
    Comparison(Comparison, Selection, Selection),
}

/// One number, or those of some cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Numbers {
    One(Computation),
    Cells(Selection),
}

/// Some rows and columns of a matrix: what a reference stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The matrix.
    pub node: NodeId,
    /// Its stored rows, from 0.
    pub rows: Range<usize>,
    /// Its stored columns, from 0.
    pub columns: Range<usize>,
}

impl Selection {
    /// Its cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + use<> {
        let Self { node, rows, columns } = self.clone();
        rows.flat_map(move |row| columns.clone().map(move |column| Cell { node, row, column }))
    }

    /// How many rows and columns it has.
    pub fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.columns.len())
    }

    /// Whether a cell is one of them.
    pub fn contains(&self, cell: Cell) -> bool {
        self.node == cell.node && self.rows.contains(&cell.row) && self.columns.contains(&cell.column)
    }

    /// Cell `index` of [`cells`](Self::cells).
    pub(super) fn nth(&self, index: usize) -> Cell {
        let width = self.columns.len();
        let (row, column) = (self.rows.start + index / width, self.columns.start + index % width);
        Cell { node: self.node, row, column }
    }

    /// Its only cell, if it has one only.
    pub fn cell(&self) -> Option<Cell> {
        let only = self.rows.len() == 1 && self.columns.len() == 1;
        only.then_some(Cell { node: self.node, row: self.rows.start, column: self.columns.start })
    }
}

impl Resolved {
    pub(super) fn new(content: Content) -> Self {
        Self { content, found: Memo::default(), witnesses: Memo::default() }
    }

    pub(super) const fn content(&self) -> &Content {
        &self.content
    }

    /// The number of a cell.
    pub fn of_cell(cell: Cell) -> Self {
        Self::computed(Kind::Cell(cell))
    }

    /// A number that stands in no matrix.
    pub fn of_number(number: f64) -> Self {
        Self::computed(Kind::Number(number))
    }

    fn computed(kind: Kind) -> Self {
        Self::new(Content::Number(Computation { span: Span::default(), kind }))
    }

    /// What it is worth with the numbers of a trace.
    ///
    /// `argmax` and `argmin` among equals are the first; where a cell is no number at all, there is no largest one and
    /// the result is no number either.
    pub fn evaluate(&self, trace: &Trace) -> Value {
        match &self.content {
            Content::Number(Computation { kind: Kind::Cell(cell), .. }) => Value::Number(trace.cell(*cell)),
            // It may be asked of a whole matrix, and is asked again for every frame.
            content @ (Content::Number(_) | Content::Extreme { .. } | Content::Shape { .. }) => {
                self.found.of(trace, || content.evaluate(trace))
            }
        }
    }

    /// The number that it is worth; a name is none.
    pub fn number(&self, trace: &Trace) -> f64 {
        match self.evaluate(trace) {
            Value::Number(number) => number,
            Value::Label(_) => f64::NAN,
        }
    }

    /// Its place, if it is exactly one cell.
    pub fn place(&self) -> Option<Place> {
        match &self.content {
            Content::Number(Computation { kind: Kind::Cell(cell), .. }) => Some(Place::Cell(*cell)),
            Content::Number(_) | Content::Extreme { .. } | Content::Shape { .. } => None,
        }
    }

    /// Whether it is the largest or smallest of some numbers, and that of a cell is one of them.
    pub fn is_extreme_among(&self, cell: Cell) -> bool {
        let Content::Number(Computation { kind: Kind::Reduction(reduction, numbers), .. }) = &self.content
        else {
            return false;
        };
        let is_among = |numbers: &Numbers| match numbers {
            Numbers::One(one) => one.kind == Kind::Cell(cell),
            Numbers::Cells(selection) => selection.contains(cell),
        };
        matches!(reduction, Reduction::Maximum | Reduction::Minimum) && numbers.iter().any(is_among)
    }

    /// Whether it is the name of the smallest number.
    pub const fn is_smallest(&self) -> bool {
        matches!(self.content, Content::Extreme { extreme: Extreme::Smallest, .. })
    }

    /// The row or column that `argmax` or `argmin` searches, and along which side of the matrix its names are.
    pub fn line(&self) -> Option<(&Selection, Side)> {
        match &self.content {
            Content::Number(_) | Content::Shape { .. } => None,
            Content::Extreme { of, along, .. } => Some((of, *along)),
        }
    }

    /// The cells that it reads.
    pub fn cells(&self) -> Vec<Cell> {
        match &self.content {
            Content::Number(computation) => {
                let read = std::cell::RefCell::new(Vec::new());
                computation.compute(&|cell| {
                    read.borrow_mut().push(cell);
                    0.0
                });
                read.into_inner()
            }
            Content::Extreme { of, .. } => of.cells().collect(),
            Content::Shape { .. } => Vec::new(),
        }
    }

    /// The cells that it reads; of very many, the first and the last of each matrix. While these are covered it is not told,
    /// and what is uncovered row by row or column by column ends with the last.
    pub fn witnesses(&self, trace: &Trace) -> Arc<[Cell]> {
        self.witnesses.of(trace, || {
            let cells = self.cells();
            if cells.len() <= MOST_WITNESSES {
                return cells.into();
            }
            let mut nodes: Vec<NodeId> = cells.iter().map(|cell| cell.node).collect();
            nodes.sort_unstable();
            nodes.dedup();
            let ends = nodes.into_iter().flat_map(|node| {
                let own = |cell: &&Cell| cell.node == node;
                [cells.iter().find(own), cells.iter().rfind(own)]
            });
            ends.flatten().copied().collect()
        })
    }

    /// The first matrix that it reads.
    pub fn node(&self) -> Option<NodeId> {
        match &self.content {
            Content::Number(computation) => computation.node(),
            Content::Extreme { of, .. } => Some(of.node),
            Content::Shape { of, .. } => Some(*of),
        }
    }
}

/// An entropy that is asked of numbers that are no shares.
#[derive(Debug)]
pub(super) struct NoShares {
    /// The place of the entropy.
    pub(super) span: Span,
    pub(super) why: NotShares,
    /// The negative number, or the sum.
    pub(super) number: f64,
    /// The cell of the negative number, or the first of those that are added up; `None` for what is no cell.
    pub(super) cell: Option<Cell>,
    /// All of which it is asked.
    pub(super) numbers: Vec<f64>,
}

impl Resolved {
    /// The first entropy in it that is asked of numbers that are no shares.
    pub(super) fn no_shares(&self, trace: &Trace) -> Option<NoShares> {
        match &self.content {
            Content::Number(computation) => computation.no_shares(&|cell| trace.cell(cell)),
            Content::Extreme { .. } | Content::Shape { .. } => None,
        }
    }
}

impl Content {
    fn evaluate(&self, trace: &Trace) -> Value {
        match self {
            Self::Number(computation) => Value::Number(computation.compute(&|cell| trace.cell(cell))),
            Self::Extreme { extreme, of, along } => label_of(*extreme, of, *along, trace),
            Self::Shape { rows, columns, .. } => Value::Label(format!("{rows}×{columns}")),
        }
    }
}

impl Computation {
    pub(super) fn no_shares(&self, cell: &impl Fn(Cell) -> f64) -> Option<NoShares> {
        if let Some(inner) = self.parts().into_iter().find_map(|part| part.no_shares(cell)) {
            return Some(inner);
        }
        let Kind::Reduction(Reduction::Entropy, numbers) = &self.kind else { return None };
        let each = |numbers: &Numbers| match numbers {
            Numbers::One(one) => vec![(one.compute(cell), None)],
            Numbers::Cells(selection) => selection.cells().map(|at| (cell(at), Some(at))).collect(),
        };
        let asked: Vec<_> = numbers.iter().flat_map(each).collect();
        let line: Vec<f64> = asked.iter().map(|(number, _)| *number).collect();
        let why = math::not_shares(&line)?;
        let cell = match why {
            NotShares::Negative(at) => asked[at].1,
            NotShares::Sum(_) => asked.first().and_then(|(_, cell)| *cell),
        };
        let number = match why {
            NotShares::Negative(at) => line[at],
            NotShares::Sum(sum) => sum,
        };
        Some(NoShares { span: self.span, why, number, cell, numbers: line })
    }

    pub(super) fn compute(&self, cell: &impl Fn(Cell) -> f64) -> f64 {
        match &self.kind {
            Kind::Number(number) => *number,
            Kind::Cell(at) => cell(*at),
            Kind::Size(_, size) => *size as f64,
            Kind::Negate(of) => -of.compute(cell),
            Kind::Operation(operator, left, right) => operator.apply(left.compute(cell), right.compute(cell)),
            Kind::Elementary(elementary, of) => elementary.apply(of.compute(cell)),
            Kind::Reduction(reduction, numbers) => {
                let each = |numbers: &Numbers| match numbers {
                    Numbers::One(one) => vec![one.compute(cell)],
                    Numbers::Cells(selection) => selection.cells().map(cell).collect(),
                };
                reduction.apply(numbers.iter().flat_map(each))
            }
            Kind::Comparison(comparison, left, right) => {
                let line = |of: &Selection| of.cells().map(cell).collect::<Vec<_>>();
                comparison.apply(&line(left), &line(right))
            }
        }
    }

    fn node(&self) -> Option<NodeId> {
        match &self.kind {
            Kind::Number(_) => None,
            Kind::Cell(cell) => Some(cell.node),
            Kind::Size(node, _) => Some(*node),
            Kind::Negate(of) | Kind::Elementary(_, of) => of.node(),
            Kind::Operation(_, left, right) => left.node().or_else(|| right.node()),
            Kind::Reduction(_, numbers) => numbers.iter().find_map(|numbers| match numbers {
                Numbers::One(one) => one.node(),
                Numbers::Cells(selection) => Some(selection.node),
            }),
            Kind::Comparison(_, left, _) => Some(left.node),
        }
    }

    /// The parts that it is worked out from.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Number(_) | Kind::Cell(_) | Kind::Size(..) | Kind::Comparison(..) => Vec::new(),
            Kind::Negate(of) | Kind::Elementary(_, of) => vec![of],
            Kind::Operation(_, left, right) => vec![left, right],
            Kind::Reduction(_, numbers) => numbers
                .iter()
                .filter_map(|numbers| match numbers {
                    Numbers::One(one) => Some(one),
                    Numbers::Cells(_) => None,
                })
                .collect(),
        }
    }
}

/// The label of the largest or smallest cell of a line.
fn label_of(extreme: Extreme, line: &Selection, along: Side, trace: &Trace) -> Value {
    let Some(index) = extreme.of(line.cells().map(|cell| trace.cell(cell))) else {
        return Value::Number(f64::NAN);
    };
    let cell = line.nth(index);
    Value::Label(trace.node(line.node).shape.axis(along).unique_label(match along {
        Side::Rows => cell.row,
        Side::Columns => cell.column,
    }))
}
