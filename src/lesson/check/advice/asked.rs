//! Shares that are not what their author takes them for: cells asked about with row and column exchanged, and numbers
//! whose decimals hide them.

use super::typed::is_lit;
use super::{items, versions};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Cell, Place, Side, Trace};
use crate::lesson::check::{Checker, locate};
use crate::lesson::expression::{self, Form, Formatted, NumberFormat, Resolved};
use crate::lesson::question::Answer;
use crate::lesson::{Focus, Lesson, Step};
use crate::yaml::Tree;

/// A share so near to 0 or 1 is rounded to it on purpose.
const NEAR: f64 = 0.02;

impl Checker<'_> {
    /// Reports questions about the wrong one of two cells, and shares that are written as 0 or 1.
    pub(super) fn shares_are_meant(&mut self, tree: &Tree, lesson: &Lesson) {
        for (tree, step) in items(tree, "steps").zip(&lesson.steps) {
            self.cells_are_not_exchanged(tree, step, &lesson.trace);
            self.line_is_the_named_one(tree, step, &lesson.trace);
            self.shares_keep_their_decimals(tree, &lesson.trace);
        }
    }

    /// Reports a cell that is asked about where the step lights the one with its row and column exchanged.
    fn cells_are_not_exchanged(&mut self, tree: &Tree, step: &Step, trace: &Trace) {
        let Some(asked) = tree.get("question").filter(|_| tree.get("focus").is_some()) else { return };
        let place = asked.get("answer").and_then(|answer| answer.get("cell"));
        let answer = step.question.as_ref().map(|question| &question.answer);
        let (Some(place), Some(Answer::Number { value, .. })) = (place, answer) else { return };
        let Some((cell, turned)) = exchangeable(value, trace) else { return };
        if is_lit(cell, step) || !is_lit(turned, step) {
            return;
        }
        let ask = asked.get("ask").map(versions).unwrap_or_default();
        let shape = &trace.node(cell.node).shape;
        let (row, column) = (shape.rows.label(cell.row), shape.columns.label(cell.column));
        let orders: Vec<bool> = ask
            .iter()
            .filter_map(|text| {
                let text = text.as_text()?;
                Some(text.find(row)? > text.find(column)?)
            })
            .collect();
        let is_lit_alone = step.focus.iter().all(|focus| focus.row.is_some() && focus.column.is_some());
        let is_sure = if is_hidden(cell, trace) {
            orders.iter().all(|is_turned| *is_turned)
        } else {
            is_lit_alone && !orders.is_empty() && orders.iter().all(|is_turned| *is_turned)
        };
        if !is_sure {
            return;
        }
        let [own, meant] = [cell, turned].map(|cell| expression::reference(&self.graph, cell));
        let lit = self.lit_around(turned, step);
        let message = if is_hidden(cell, trace) {
            let number = if trace.cell(cell) == 0.0 { "0" } else { "−∞" };
            both!(
                "`{own}` is {number}, because the mask hides it, but the `focus` of this step is on `{lit}`",
                "`{own}` 被掩码遮住，值为 {number}，而这一步高亮的是 `{lit}`"
            )
        } else {
            both!(
                "this asks about `{own}`, but the `focus` of this step is on `{lit}`",
                "这里问的是 `{own}`，而这一步高亮的是 `{lit}`"
            )
        };
        let written = place.as_text().unwrap_or_default();
        let format = &written[Formatted::formula_end(written)..];
        let meant = locate::in_place_of(self.source, place, &format!("{meant}{format}"));
        let hint =
            both!("row and column look exchanged: write `{meant}`", "行和列似乎写反了：请写 `{meant}`");
        self.report(Code::Questionable, place.span, message, hint);
    }

    /// What a step lights where it lights a cell: the cell, or its whole row.
    fn lit_around(&self, cell: Cell, step: &Step) -> String {
        let is_row = |focus: &&Focus| focus.row == Some(cell.row) && focus.column.is_none();
        match step.focus.iter().filter(|focus| focus.node == cell.node).find(is_row) {
            Some(_) => expression::row_reference(&self.graph, cell.node, cell.row),
            None => expression::reference(&self.graph, cell),
        }
    }

    /// Reports a token that is asked for in the row of another token than the question names.
    fn line_is_the_named_one(&mut self, tree: &Tree, step: &Step, trace: &Trace) {
        let asked = tree.get("question");
        let place = asked.and_then(|asked| asked.get("answer")?.get("token"));
        let answer = step.question.as_ref().map(|question| &question.answer);
        let (Some(place), Some(Answer::Token { value, line, .. })) = (place, answer) else { return };
        let Some((_, side)) = value.line() else { return };
        let shape = &trace.node(line.node).shape;
        let (axis, at) = match side {
            Side::Rows => (&shape.columns, line.columns.start),
            Side::Columns => (&shape.rows, line.rows.start),
        };
        let own = axis.label(at);
        let ask = asked.and_then(|asked| asked.get("ask")).map(versions).unwrap_or_default();
        let has_own = |tree: &&Tree| tree.as_text().is_some_and(|text| text.contains(own));
        let is_asked_elsewhere = ask.iter().any(has_own);
        for tree in ask.into_iter().filter(|tree| !has_own(tree)) {
            let text = tree.as_text().unwrap_or_default();
            let marked = |label: &str| [format!("*{label}*"), format!("“{label}”"), format!("\"{label}\"")];
            let is_named = |label: &&String| marked(label).iter().any(|words| text.contains(words.as_str()));
            let mut named = axis.labels().iter().filter(is_named);
            let (Some(other), None) = (named.next(), named.next()) else { continue };
            if is_asked_elsewhere {
                // The other language asks for what the answer is.
                let at = text.find(other.as_str()).unwrap_or_default();
                let place = locate::in_source(self.source, tree, Span::new(at, at + other.len()));
                let message = both!(
                    "this asks about `{other}`, and the other language and the answer are about `{own}`",
                    "这里问的是 `{other}`，而另一种语言和答案说的都是 `{own}`"
                );
                let hint = both!("write `{own}` here", "请在这里写 `{own}`");
                self.report(Code::Questionable, place, message, hint);
                return;
            }
            let message = both!(
                "the question names `{other}`, and the answer is that of `{own}`",
                "问题说的是 `{other}`，而答案取自 `{own}`"
            );
            let hint = both!(
                "write `{other}` in the place of `{own}` here, or name `{own}` in the question",
                "请把这里的 `{own}` 改成 `{other}`，或在问题里写 `{own}`"
            );
            self.report(Code::Questionable, place.span, message, hint);
            return;
        }
    }

    /// Reports shares between 0 and 1 that are written as one of the two.
    fn shares_keep_their_decimals(&mut self, tree: &Tree, trace: &Trace) {
        let asked = tree.get("question");
        let of_question = |field: &str| asked.and_then(|asked| asked.get(field));
        let texts = [tree.get("say"), tree.get("note"), of_question("ask"), of_question("hint")];
        let texts = texts.into_iter().chain([of_question("explain")]).flatten().flat_map(versions);
        for text in texts.collect::<Vec<_>>() {
            let braces = self.in_braces(text.as_text().unwrap_or_default());
            for braces in braces {
                let hidden = braces.values.iter().find_map(|value| hidden_share(value, braces.format, trace));
                let span = Span::new(braces.span.start + 1, braces.span.end - 1);
                self.decimals_hide(text, span, hidden);
            }
        }
        let answer = of_question("answer").and_then(|answer| answer.get("cell"));
        if let Some((tree, written)) = answer.and_then(|tree| Some((tree, tree.as_text()?)))
            && let Ok(Formatted { expression, format }) = Formatted::parse(written)
            && let Ok(value) = expression.resolve(&self.scope())
        {
            self.decimals_hide(tree, Span::new(0, written.len()), hidden_share(&value, format, trace));
        }
    }

    fn decimals_hide(&mut self, tree: &Tree, span: Span, hidden: Option<f64>) {
        let Some(share) = hidden else { return };
        let written = tree.as_text().and_then(|text| text.get(span.range())).unwrap_or_default();
        let (formula, decimals) = (Formatted::formula(written), enough(share));
        let is = format!("{share:.decimals$}");
        let shown = format!("{:.0}", share.round());
        let message = both!(
            "this share is {is}, but with so few decimals it is shown as {shown}",
            "这个份额是 {is}，小数位数太少，显示成了 {shown}"
        );
        let hint = both!("write `{formula}:.{decimals}`", "请写 `{formula}:.{decimals}`");
        let place = locate::in_source(self.source, tree, span);
        self.findings.push(Diagnostic::new(Code::Questionable, place, message).with_hint(hint));
    }
}

/// The cell of queries and keys that a value is, and the one with its row and column exchanged.
pub(super) fn exchangeable(value: &Resolved, trace: &Trace) -> Option<(Cell, Cell)> {
    let Some(Place::Cell(cell)) = value.place() else { return None };
    let node = trace.node(cell.node);
    let is_square = node.part.is_query_by_key() && node.shape.rows == node.shape.columns;
    let turned = Cell { node: cell.node, row: cell.column, column: cell.row };
    (is_square && turned != cell).then_some((cell, turned))
}

/// Whether a mask hides a cell: its score is −∞, or it is made of one that is.
pub(in crate::lesson::check) fn is_hidden(cell: Cell, trace: &Trace) -> bool {
    let is_masked = |cell: Cell| trace.cell(cell) == f64::NEG_INFINITY;
    let node = trace.node(cell.node);
    let size = node.shape.size();
    let mut alike = node.op.operands().into_iter().filter(|of| trace.node(*of).shape.size() == size);
    is_masked(cell) || trace.cell(cell) == 0.0 && alike.any(|node| is_masked(Cell { node, ..cell }))
}

/// A share that is written as 0 or 1 and is far from both.
fn hidden_share(value: &Resolved, format: NumberFormat, trace: &Trace) -> Option<f64> {
    let place = value.place()?;
    let share = trace.number(place);
    let (Some(decimals), Form::Plain) = (format.decimals.map(usize::from), format.form) else { return None };
    let is_whole = format!("{share:.decimals$}").parse::<f64>().is_ok_and(|it| it.fract() == 0.0);
    let is_share = trace.node(place.node()).part.holds_shares();
    (is_share && is_whole && (share - share.round()).abs() > NEAR).then_some(share)
}

/// How many decimals show a share: one where that is all of it.
fn enough(share: f64) -> usize {
    if (share * 10.0 - (share * 10.0).round()).abs() < 1e-9 { 1 } else { 2 }
}
