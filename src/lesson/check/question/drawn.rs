//! Questions whose answer stands in a matrix that the step draws: as the same number, only under another name.

use std::collections::BTreeSet;

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Cell, Form, NodeId, Place, Trace};
use crate::lesson::Shown;
use crate::lesson::check::Checker;
use crate::lesson::expression::{self, Resolved, Value};
use crate::lesson::question::{Answer, Question, origins};

/// Larger matrices are never read number by number.
const MOST_CELLS: usize = 4096;

impl Checker<'_> {
    /// Reports a number that is asked for, and is drawn in another matrix that it was copied from, or that adds up what
    /// the question adds up.
    pub(super) fn report_drawn_answer(
        &mut self,
        question: &Question,
        show: &[Shown],
        place: Span,
        trace: &Trace,
    ) {
        let asked: Vec<&Resolved> = match &question.answer {
            Answer::Number { value, .. } => vec![value],
            Answer::Order { items, .. } => items.iter().map(|(_, value)| value).collect(),
            Answer::Token { .. } | Answer::Shape(_) | Answer::Making(_) | Answer::Choose(_) => return,
        };
        let asked: Vec<Asked> = asked.into_iter().filter_map(|value| Asked::of(value, trace)).collect();
        let seen = drawn(show, trace).into_iter().flat_map(|node| cells(node, trace));
        let mut seen = seen.filter(|cell| !question.covers(*cell, trace));
        let Some(cell) = seen.find(|cell| asked.iter().any(|asked| asked.is(*cell, trace))) else { return };
        let reference = expression::reference(&self.graph, cell);
        let name = &self.graph.node(cell.node).name;
        self.report(
            Code::AnswerShown,
            place,
            both!(
                "the step draws `{name}`, where `{reference}` is the answer",
                "这一步画出了 `{name}`，其中的 `{reference}` 就是答案"
            ),
            both!("ask for a number that this step does not draw", "请问这一步没有画出的数"),
        );
    }
}

/// A number that is asked for.
enum Asked {
    /// The first of the cells that hold it and were copied from each other.
    Cell(Cell),
    /// Something made of these cells.
    Made(BTreeSet<Cell>, f64),
}

impl Asked {
    fn of(value: &Resolved, trace: &Trace) -> Option<Self> {
        if let Some(Place::Cell(cell)) = value.place() {
            return Some(Self::Cell(origin(cell, trace)));
        }
        let Value::Number(number) = value.evaluate(trace) else { return None };
        let cells: BTreeSet<Cell> = value.cells().into_iter().collect();
        (cells.len() > 1).then_some(Self::Made(cells, number))
    }

    /// Whether a cell holds this number, and not by chance.
    fn is(&self, cell: Cell, trace: &Trace) -> bool {
        match self {
            Self::Cell(asked) => origin(cell, trace) == *asked,
            Self::Made(cells, number) => {
                let own = trace.cell(cell);
                if (own - number).abs() > 1e-12 * number.abs().max(1.0) {
                    return false;
                }
                let mut sources = BTreeSet::new();
                trace.derive(Place::Cell(cell)).sources(&mut |place| {
                    if let Place::Cell(cell) = place {
                        sources.insert(cell);
                    }
                });
                sources == *cells
            }
        }
    }
}

/// Where the number of a cell was copied from, in the end.
fn origin(cell: Cell, trace: &Trace) -> Cell {
    origins(cell, trace).last().unwrap_or(cell)
}

/// The matrices that a step shows; one that stands alone is drawn with what it is made of.
fn drawn(show: &[Shown], trace: &Trace) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = show
        .iter()
        .filter_map(|shown| match shown {
            Shown::Matrix(node) => Some(*node),
            Shown::Text(_) => None,
        })
        .collect();
    if let [node] = nodes[..] {
        let op = &trace.node(node).op;
        match op.form() {
            Form::Given => {}
            Form::Product
            | Form::ProductOfRows
            | Form::Elementwise
            | Form::Stack
            | Form::Normalise
            | Form::Reduce
            | Form::Gather
            | Form::Several => nodes.extend(op.operands()),
        }
    }
    nodes
}

fn cells(node: NodeId, trace: &Trace) -> Vec<Cell> {
    let (rows, columns) = trace.node(node).shape.size();
    if rows.saturating_mul(columns) > MOST_CELLS {
        return Vec::new();
    }
    (0..rows).flat_map(|row| (0..columns).map(move |column| Cell { node, row, column })).collect()
}
