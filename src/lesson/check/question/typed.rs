//! Answers that are written down, where what is asked for belongs.

use super::Checker;
use super::drawn::drawn_answer;
use crate::both;
use crate::diagnostic::Code;
use crate::graph::{Cell, NodeId, Side, Trace};
use crate::lesson::Shown;
use crate::lesson::expression::{self, NumberFormat, Value};
use crate::lesson::question::{Answer, MOST_TOKENS, Question};
use crate::yaml::{Tree, quoted_text};

/// What is known of a question beside its answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The question in words.
    pub(super) ask: Option<&'a Tree>,
    /// What its step shows.
    pub(super) show: &'a [Shown],
    /// The numbers, where they are there.
    pub(super) trace: Option<&'a Trace>,
}

impl Asked<'_> {
    /// The matrices that its step shows.
    pub(super) fn matrices(&self) -> impl DoubleEndedIterator<Item = NodeId> {
        self.show.iter().filter_map(|shown| match shown {
            Shown::Matrix(node) => Some(*node),
            Shown::Text(_) => None,
        })
    }
}

/// Where an answer is found.
enum Found<T> {
    There(T),
    /// Only the author knows which row is asked about; in this one, of this name, it may be.
    Perhaps(T, String),
}

impl<T> Found<T> {
    fn map<U>(self, to: impl FnOnce(T) -> U) -> Found<U> {
        match self {
            Self::There(of) => Found::There(to(of)),
            Self::Perhaps(of, row) => Found::Perhaps(to(of), row),
        }
    }
}

impl Checker<'_> {
    /// Reports `answer: Tom`, and `answer: {token: [Tom, Mia]}`.
    pub(super) fn is_typed(&mut self, answer: &Tree, asked: Asked<'_>) -> bool {
        if let Some(word) = answer.as_text() {
            let Some(found) = self.where_asked(word.trim(), asked) else { return false };
            self.report_typed(answer, &found.map(|of| format!("{{token: {}}}", quoted_text(&of))));
            return true;
        }
        let Some(list) = answer.get("token").filter(|of| of.as_list().is_some()) else { return false };
        let words = list.as_list().unwrap_or_default().iter().filter_map(Tree::as_text);
        let Some(found) = words.into_iter().find_map(|word| self.where_asked(word.trim(), asked)) else {
            return false;
        };
        self.report_typed(list, &found.map(|of| quoted_text(&of)));
        true
    }

    /// Reports `question: Who?` with `answer: Tom` beside it.
    pub(in crate::lesson::check) fn is_answered_beside(
        &mut self,
        step: &Tree,
        show: &[Shown],
        trace: Option<&Trace>,
    ) -> bool {
        let (Some(ask), Some((key, answer))) = (step.get("question"), step.entry("answer")) else {
            return false;
        };
        let (Some(words), Some(word)) = (ask.as_text(), answer.as_text()) else { return false };
        let asked = Asked { ask: Some(ask), show, trace };
        let Some(found) = self.where_asked(word.trim(), asked).filter(|_| !words.contains('`')) else {
            return false;
        };
        let (Found::There(found) | Found::Perhaps(found, _)) = found.map(|of| quoted_text(&of));
        let (line, words) = (self.source.line(key.span.start), quoted_text(words.trim()));
        self.told_as_one.push(key.span);
        self.report(
            Code::WrongKind,
            ask.span,
            both!(
                "a question has two parts: `ask`, its words, and `answer`, which says where qkv finds the answer",
                "问题分两部分：`ask` 写问题的文字，`answer` 写明到哪里去找答案"
            ),
            both!(
                "write `question: {{ask: {words}, answer: {{token: {found}}}}}`, and remove line {line}",
                "请写 `question: {{ask: {words}, answer: {{token: {found}}}}}`，并删去第 {line} 行"
            ),
        );
        true
    }

    /// Reports `token: Tom`.
    pub(super) fn is_name_typed(&mut self, tree: &Tree, word: &str, asked: Asked<'_>) -> bool {
        let Some(found) = self.where_asked(word, asked) else { return false };
        self.report_typed(tree, &found.map(|of| quoted_text(&of)));
        true
    }

    /// Whether a number is asked for by the name of a row or column alone, which is reported.
    pub(super) fn is_name_alone(&mut self, tree: &Tree, word: &str, asked: Asked<'_>) -> bool {
        let scope = self.scope();
        let is_other = self.graph.find(word).is_some() || self.sizes.contains_key(word);
        let Some(any) = scope.label(word).filter(|_| !is_other) else { return false };
        let has_it = |node: NodeId| {
            let has = |side: &Side| self.graph.node(node).shape.axis(*side).find(word).is_ok();
            Some((node, [Side::Rows, Side::Columns].into_iter().find(has)?))
        };
        let cell = |(node, side): (NodeId, Side)| {
            let place = self.graph.node(node).shape.axis(side).find(word).unwrap_or(0);
            let cell = match side {
                Side::Rows => Cell { node, row: place, column: 0 },
                Side::Columns => Cell { node, row: 0, column: place },
            };
            (expression::reference(&self.graph, cell), side)
        };
        let may_be_asked = |(cell, _): &(String, Side)| {
            let value = expression::parse(cell).ok().and_then(|it| it.resolve(&scope).ok());
            let question = value.map(|value| {
                let (written, format) = (cell.clone(), NumberFormat::default());
                Question::of(Answer::Number { value, written, format })
            });
            let is_drawn = |question| drawn_answer(&question, asked.show, asked.trace?);
            question.and_then(is_drawn).is_none()
        };
        let mut shown = asked.matrices().filter_map(has_it).map(cell);
        let drawn = asked.matrices().find_map(has_it).map(|(node, _)| &self.graph.node(node).name);
        let open = shown.find(may_be_asked);
        let drawn = drawn.filter(|_| open.is_none());
        let (cell, side) = open.unwrap_or_else(|| cell(any));
        let cell = quoted_text(&cell);
        let message = match side {
            Side::Rows => both!(
                "`{word}` is a row, and `cell` asks for one number",
                "`{word}` 是一行，而 `cell` 问的是一个数"
            ),
            Side::Columns => both!(
                "`{word}` is a column, and `cell` asks for one number",
                "`{word}` 是一列，而 `cell` 问的是一个数"
            ),
        };
        let hint = match drawn {
            Some(drawn) => both!(
                "the numbers of `{drawn}` are seen on this step: write a cell of another matrix, such as `{cell}`",
                "这一步已经显示了 `{drawn}` 的数：请写别的矩阵的单元格，例如 `{cell}`"
            ),
            None => both!("write the cell, such as `{cell}`", "请写单元格，例如 `{cell}`"),
        };
        self.report(Code::WrongKind, tree.span, message, hint);
        true
    }

    fn report_typed(&mut self, tree: &Tree, asked: &Found<String>) {
        let hint = match asked {
            Found::There(asked) => both!("write where it is found: `{asked}`", "请写明在哪里找：`{asked}`"),
            Found::Perhaps(asked, row) => both!(
                "write in which row it is found, such as `{asked}` if the question is about `{row}`",
                "请写明在哪一行里找，例如问的是 `{row}` 时写 `{asked}`"
            ),
        };
        let message = both!("do not write the answer: qkv computes it", "答案不用自己写，由 qkv 计算");
        self.report(Code::WrongKind, tree.span, message, hint);
    }

    /// Where a name is found that is the answer: in the row that the question names, or the only one where it is true; else
    /// perhaps in the first.
    fn where_asked(&self, word: &str, asked: Asked<'_>) -> Option<Found<String>> {
        if self.graph.find(word).is_some() || self.scope().label(word).is_none() {
            return None;
        }
        let has_it = |node: &NodeId| self.graph.node(*node).shape.columns.find(word).is_ok();
        let mut shown = asked.matrices();
        let nodes: Vec<NodeId> = self.graph.nodes().map(|(id, _)| id).filter(has_it).collect();
        let shares = nodes.iter().rfind(|node| self.graph.node(**node).part.holds_shares());
        let Some(of) = shown.rfind(has_it) else {
            let down = asked.matrices().find_map(|of| self.column_with(of, word, asked.trace));
            return down
                .map(Found::There)
                .or_else(|| Some(self.row_with(*shares.or(nodes.last())?, word, asked)));
        };
        Some(self.row_with(of, word, asked))
    }

    /// Where in a matrix with a column of this name it is the answer.
    fn row_with(&self, of: NodeId, word: &str, asked: Asked<'_>) -> Found<String> {
        let is_it = |call: &str| {
            let value = expression::parse(call).ok()?.resolve(&self.scope()).ok()?;
            Some(value.evaluate(asked.trace?) == Value::Label(word.to_owned()))
        };
        let called = |call: &str, row| format!("{call}({})", expression::row_reference(&self.graph, of, row));
        if let Some(row) = self.row_named(of, asked) {
            let [largest, smallest] = ["argmax", "argmin"].map(|call| called(call, row));
            let is_smallest = is_it(&largest) == Some(false) && is_it(&smallest) == Some(true);
            return Found::There(if is_smallest { smallest } else { largest });
        }
        let node = self.graph.node(of);
        let rows = 0..node.shape.rows.size().min(MOST_TOKENS);
        let true_of: Vec<usize> =
            rows.clone().filter(|row| is_it(&called("argmax", *row)) == Some(true)).collect();
        if let [only] = true_of[..] {
            return Found::There(called("argmax", only));
        }
        // A row of another name is not taken for the answer that was written.
        let is_other = |row: &usize| node.shape.rows.label(*row) != word;
        let example =
            true_of.iter().copied().find(is_other).or_else(|| rows.clone().find(is_other)).unwrap_or(0);
        Found::Perhaps(called("argmax", example), node.shape.rows.unique_label(example))
    }

    /// The only column of a matrix in which the row of this name has the largest number.
    fn column_with(&self, of: NodeId, word: &str, trace: Option<&Trace>) -> Option<String> {
        let node = self.graph.node(of);
        node.shape.rows.find(word).ok()?;
        let calls = (0..node.shape.columns.size().min(MOST_TOKENS))
            .map(|at| format!("argmax({}[:, {}])", node.name, node.shape.columns.unique_label(at)));
        let is_it = |call: &String| {
            let value = expression::parse(call).ok()?.resolve(&self.scope()).ok()?;
            Some(value.evaluate(trace?) == Value::Label(word.to_owned()))
        };
        let mut true_of = calls.filter(|call| is_it(call) == Some(true));
        true_of.next().filter(|_| true_of.next().is_none())
    }

    /// The row of a matrix that a question names, with stars or as the only one.
    pub(super) fn row_named(&self, of: NodeId, asked: Asked<'_>) -> Option<usize> {
        let ask = self.source.slice(asked.ask?.span);
        let rows = &self.graph.node(of).shape.rows;
        let labels = || (0..rows.size()).filter(|row| rows.find(rows.label(*row)).is_ok());
        let only = |is_named: &dyn Fn(&str) -> bool| {
            let mut named = labels().filter(|row| is_named(rows.label(*row)));
            named.next().filter(|_| named.next().is_none())
        };
        only(&|label| ask.contains(&format!("*{label}*"))).or_else(|| only(&|label| is_word(label, ask)))
    }
}

/// Whether a text has this word, and not only as a part of another.
fn is_word(word: &str, text: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric();
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(in_word) && !text[at + word.len()..].starts_with(in_word))
}
