//! Questions whose answer stands in a matrix that the step draws: as the same number, only under another name.

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Cell, Form, NodeId, Place, Trace};
use crate::lesson::Shown;
use crate::lesson::check::{Checker, cells_to_search};
use crate::lesson::expression::{self, Resolved, Value};
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
        let Some((cell, asked)) = drawn_answer(question, show, trace) else { return };
        let reference = expression::reference(&self.graph, cell);
        let [name, own] = [cell, asked].map(|cell| &self.graph.node(cell.node).name);
        let message = if own == name {
            both!(
                "the step draws `{name}`, where the answer can be seen: it is `{reference}`",
                "这一步画出了 `{name}`，其中的 `{reference}` 就是答案"
            )
        } else {
            both!(
                "`{own}` takes its numbers from `{name}`, and the step draws `{name}` as well: `{reference}` is the answer",
                "`{own}` 的数取自 `{name}`，而这一步也画出了 `{name}`：其中的 `{reference}` 就是答案"
            )
        };
        let row = expression::row_reference(&self.graph, asked.node, asked.row);
        let hint = match &question.answer {
            Answer::Number { .. } => {
                let computed = self.computed_from(&row, trace.cell(asked), trace);
                both!(
                    "ask for something that is calculated from `{own}`, such as `answer: {{cell: \"{computed}\"}}`",
                    "请改问由 `{own}` 计算出来的数，例如 `answer: {{cell: \"{computed}\"}}`"
                )
            }
            Answer::Order { .. }
            | Answer::Token { .. }
            | Answer::Shape(_)
            | Answer::Making(_)
            | Answer::Choose(_) => both!(
                "ask for numbers of a matrix that is calculated from `{name}`, or show a matrix without `{name}` beside it",
                "请改问由 `{name}` 计算出来的矩阵中的数，或改为显示旁边不会画出 `{name}` 的矩阵"
            ),
        };
        self.report(Code::AnswerShown, place, message, hint);
    }

    /// What can be asked of a row instead of a number that is seen, and does not come to this number itself.
    fn computed_from(&self, row: &str, seen: f64, trace: &Trace) -> String {
        const APART: f64 = 1e-9;
        let differs = |formula: &String| {
            let value = expression::parse(formula).ok().and_then(|it| it.resolve(&self.scope()).ok());
            matches!(value.map(|it| it.evaluate(trace)), Some(Value::Number(number)) if (number - seen).abs() > APART)
        };
        let formulas = ["sum", "mean", "max"].map(|of| format!("{of}({row})"));
        formulas.iter().find(|it| differs(it)).unwrap_or(&formulas[0]).clone()
    }
}

/// The cell that a step draws, and in which a number stands that its question asks for, and the cell that is asked for.
pub(super) fn drawn_answer(question: &Question, show: &[Shown], trace: &Trace) -> Option<(Cell, Cell)> {
    let asked: Vec<&Resolved> = match &question.answer {
        Answer::Number { value, .. } => vec![value],
        Answer::Order { items, .. } => items.iter().map(|(_, value)| value).collect(),
        Answer::Token { .. } | Answer::Shape(_) | Answer::Making(_) | Answer::Choose(_) => return None,
    };
    let asked: Vec<Cell> = asked
        .into_iter()
        .filter_map(|value| match value.place()? {
            Place::Cell(cell) => Some(cell),
            Place::Aggregate(_) => None,
        })
        .collect();
    let seen = drawn(show, trace).into_iter().flat_map(|node| cells_to_search(node, trace));
    let mut seen = seen.filter(|cell| !question.covers(*cell, trace));
    seen.find_map(|cell| {
        let own = asked.iter().find(|own| origin(**own, trace) == origin(cell, trace))?;
        Some((cell, *own))
    })
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
