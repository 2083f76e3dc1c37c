//! Questions whose answer stands in a matrix that the step draws: as the same number, only under another name.

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Cell, Form, NodeId, Place, Trace};
use crate::lesson::Shown;
use crate::lesson::check::{Checker, cells_to_search};
use crate::lesson::expression::{self, Resolved};
use crate::lesson::question::{Answer, Question, origins};

impl Checker<'_> {
    /// Reports a number that is asked for, and is drawn in another matrix that it was copied from. What is made of it is
    /// covered on the screen.
    pub(super) fn report_drawn_answer(
        &mut self,
        question: &Question,
        show: &[Shown],
        place: Span,
        trace: &Trace,
    ) {
        let Some(cell) = drawn_answer(question, show, trace) else { return };
        let reference = expression::reference(&self.graph, cell);
        let name = &self.graph.node(cell.node).name;
        self.report(
            Code::AnswerShown,
            place,
            both!(
                "the step draws `{name}`, where the answer can be seen: it is `{reference}`",
                "这一步画出了 `{name}`，其中的 `{reference}` 就是答案"
            ),
            both!("ask for a number that this step does not draw", "请问这一步没有画出的数"),
        );
    }
}

/// The cell that a step draws, and in which a number stands that its question asks for.
pub(super) fn drawn_answer(question: &Question, show: &[Shown], trace: &Trace) -> Option<Cell> {
    let asked: Vec<&Resolved> = match &question.answer {
        Answer::Number { value, .. } => vec![value],
        Answer::Order { items, .. } => items.iter().map(|(_, value)| value).collect(),
        Answer::Token { .. } | Answer::Shape(_) | Answer::Making(_) | Answer::Choose(_) => return None,
    };
    let asked: Vec<Cell> = asked
        .into_iter()
        .filter_map(|value| match value.place()? {
            Place::Cell(cell) => Some(origin(cell, trace)),
            Place::Aggregate(_) => None,
        })
        .collect();
    let seen = drawn(show, trace).into_iter().flat_map(|node| cells_to_search(node, trace));
    let mut seen = seen.filter(|cell| !question.covers(*cell, trace));
    seen.find(|cell| asked.contains(&origin(*cell, trace)))
}

/// Where the number of a cell was copied from, in the end.
fn origin(cell: Cell, trace: &Trace) -> Cell {
    match origins(Place::Cell(cell), trace).last() {
        Some(Place::Cell(origin)) => origin,
        Some(Place::Aggregate(_)) | None => cell,
    }
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
