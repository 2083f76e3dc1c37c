//! Answers that are written down, where what is asked for belongs.

use super::Checker;
use crate::both;
use crate::diagnostic::Code;
use crate::graph::{NodeId, Trace};
use crate::language::Localised;
use crate::lesson::Shown;
use crate::lesson::expression::{self, Value};
use crate::lesson::question::MOST_TOKENS;
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

impl Checker<'_> {
    /// Reports `answer: Tom`, and `answer: {token: [Tom, Mia]}`.
    pub(super) fn is_typed(&mut self, answer: &Tree, asked: Asked<'_>) -> bool {
        if let Some(word) = answer.as_text() {
            let Some(found) = self.where_asked(word.trim(), asked) else { return false };
            let quoted = quoted_text(&found);
            self.report_typed(answer, &format!("{{token: {quoted}}}"));
            return true;
        }
        let Some(list) = answer.get("token").filter(|of| of.as_list().is_some()) else { return false };
        let words = list.as_list().unwrap_or_default().iter().filter_map(Tree::as_text);
        let Some(found) = words.into_iter().find_map(|word| self.where_asked(word.trim(), asked)) else {
            return false;
        };
        self.report_typed(list, &quoted_text(&found));
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
        let (line, words, found) =
            (self.source.line_column(key.span.start).0, quoted_text(words.trim()), quoted_text(&found));
        self.told_as_one.push(key.span);
        self.report(
            Code::WrongKind,
            ask.span,
            both!(
                "a question has its words after `ask`, and after `answer` where qkv finds the answer",
                "问题的文字写在 `ask` 后面，`answer` 后面写明到哪里去找答案"
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
        let (quoted, Localised { en, zh }) = (quoted_text(&found), row_to_write(&found));
        self.report(
            Code::WrongKind,
            tree.span,
            both!("`{word}` is an answer, not what is asked for", "`{word}` 是答案，不是所问的内容"),
            both!(
                "qkv computes the answer: write where it is found, `{quoted}`{en}",
                "答案由 qkv 计算：请写明在哪里找，即 `{quoted}`{zh}"
            ),
        );
        true
    }

    fn report_typed(&mut self, tree: &Tree, asked: &str) {
        let Localised { en, zh } = row_to_write(asked);
        self.report(
            Code::WrongKind,
            tree.span,
            both!("do not write the answer: qkv computes it", "答案不用自己写，由 qkv 计算"),
            both!("write where it is found: `{asked}`{en}", "请写明在哪里找：`{asked}`{zh}"),
        );
    }

    /// Where a name is found that is the answer: in the row that the question names, or the only one where it is true;
    /// else the row is left to the author.
    fn where_asked(&self, word: &str, asked: Asked<'_>) -> Option<String> {
        if self.graph.find(word).is_some() || self.scope().label(word).is_none() {
            return None;
        }
        let has_it = |node: &NodeId| self.graph.node(*node).shape.columns.find(word).is_ok();
        let mut shown = asked.show.iter().filter_map(|shown| match shown {
            Shown::Matrix(node) => Some(*node),
            Shown::Text(_) => None,
        });
        let nodes: Vec<NodeId> = self.graph.nodes().map(|(id, _)| id).filter(has_it).collect();
        let shares = nodes.iter().rfind(|node| self.graph.node(**node).part.holds_shares());
        let of = shown.rfind(has_it).or(shares.or(nodes.last()).copied())?;
        let is_it = |call: &str| {
            let value = expression::parse(call).ok()?.resolve(&self.scope()).ok()?;
            Some(value.evaluate(asked.trace?) == Value::Label(word.to_owned()))
        };
        let called = |call: &str, row| format!("{call}({})", expression::row_reference(&self.graph, of, row));
        if let Some(row) = self.row_named(of, asked) {
            let [largest, smallest] = ["argmax", "argmin"].map(|call| called(call, row));
            let is_smallest = is_it(&largest) == Some(false) && is_it(&smallest) == Some(true);
            return Some(if is_smallest { smallest } else { largest });
        }
        let node = self.graph.node(of);
        let calls = (0..node.shape.rows.size().min(MOST_TOKENS)).map(|row| called("argmax", row));
        let mut true_of = calls.filter(|call| is_it(call) == Some(true));
        let only = true_of.next().filter(|_| true_of.next().is_none());
        Some(only.unwrap_or_else(|| format!("argmax({}[…])", node.name)))
    }

    /// The row of a matrix that a question names, with stars or as the only one.
    fn row_named(&self, of: NodeId, asked: Asked<'_>) -> Option<usize> {
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

/// What is said of `…` in the place of a row that only the author knows.
fn row_to_write(call: &str) -> Localised<String> {
    if call.contains("[…]") {
        both!(", with the row that is asked about for `…`", "，`…` 处写所问的那一行")
    } else {
        Localised::default()
    }
}

/// Whether a text has this word, and not only as a part of another.
fn is_word(word: &str, text: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric();
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(in_word) && !text[at + word.len()..].starts_with(in_word))
}
