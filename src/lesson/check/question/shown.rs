//! Questions that answer themselves: on the step that asks, nothing may show what is asked for.

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{NodeId, Trace};
use crate::language::{Language, Localised};
use crate::lesson::check::advice::numbers::decimals;
use crate::lesson::check::{Checker, locate, version};
use crate::lesson::expression::{Resolved, Value};
use crate::lesson::prose::braces;
use crate::lesson::question::{Answer, Question};
use crate::lesson::{Piece, Prose, Shown};
use crate::yaml::Tree;

impl Checker<'_> {
    /// Reports what gives the answer of a step's own question away.
    pub(in crate::lesson::check) fn keeps_its_answer(
        &mut self,
        step: &Tree,
        question: &Question,
        show: &[Shown],
        say: &Localised<Prose>,
        trace: &Trace,
    ) {
        if !self.is_sound() {
            return;
        }
        let asked = step.get("question");
        let texts = [
            (step.get("say"), Some(say)),
            (asked.and_then(|tree| tree.get("ask")), question.ask.as_ref()),
            (asked.and_then(|tree| tree.get("hint")), question.hint.as_ref()),
        ];
        for (tree, prose) in texts {
            if let (Some(tree), Some(prose)) = (tree, prose) {
                self.report_answer_in(tree, prose, question, trace);
            }
        }
        let place = asked.and_then(|tree| tree.get("answer")).map_or(step.span, |tree| tree.span);
        self.report_drawn_answer(question, show, place, trace);
        match &question.answer {
            Answer::Shape(node) => self.report_shown_shape(*node, show, step, place),
            Answer::Order { .. } | Answer::Making(_) => {
                let right = question.right(trace);
                if right.is_sorted() {
                    self.report(
                        Code::AnswerShown,
                        place,
                        both!("the items stand in the right order already", "各项已经按正确的顺序排列"),
                        both!("write them in another order", "请换一个顺序来写"),
                    );
                }
            }
            Answer::Number { .. } | Answer::Token { .. } | Answer::Choose(_) => {}
        }
    }

    /// A matrix is drawn with its size, and so are those that it is made of.
    fn report_shown_shape(&mut self, asked: NodeId, show: &[Shown], step: &Tree, place: Span) {
        let draws = |shown: &Shown| match shown {
            Shown::Matrix(node) => *node == asked || self.graph.node(*node).op.operands().contains(&asked),
            Shown::Text(_) => false,
        };
        if !show.iter().any(draws) {
            return;
        }
        let name = &self.graph.node(asked).name;
        let message = both!(
            "the step draws `{name}`, so that its rows and columns can be counted",
            "这一步画出了 `{name}`，行数和列数一看便知"
        );
        let hint = both!(
            "show what `{name}` is made of, and `{name}` on the next step",
            "这一步只显示 `{name}` 的来源，下一步再显示 `{name}`"
        );
        let shown = step.get("show").map_or(step.span, |tree| tree.span);
        let finding = crate::diagnostic::Diagnostic::new(Code::AnswerShown, place, message)
            .with_related(shown, both!("it is drawn here", "在这里画出"))
            .with_hint(hint);
        self.findings.push(finding);
    }

    fn report_answer_in(
        &mut self,
        tree: &Tree,
        prose: &Localised<Prose>,
        question: &Question,
        trace: &Trace,
    ) {
        for language in Language::ALL {
            let Some(own) = version(tree, language) else { continue };
            let Some(text) = own.as_text() else { continue };
            for span in given_away(text, prose.get(language), question, trace) {
                self.report(
                    Code::AnswerShown,
                    locate::in_source(self.source, own, span),
                    both!("this tells the answer before it is asked for", "这里提前说出了答案"),
                    both!(
                        "move it to `explain`, which is shown after the answer",
                        "请移到 `explain` 里，作答之后才会显示"
                    ),
                );
            }
            // The same text in both languages is reported once.
            if version(tree, language.other()).is_none_or(|other| other.span == own.span) {
                break;
            }
        }
    }
}

/// The places of a text that tell the answer.
fn given_away(text: &str, prose: &Prose, question: &Question, trace: &Trace) -> Vec<Span> {
    let numbers = prose.paragraphs.iter().flatten().filter_map(|piece| match piece {
        Piece::Number { value, .. } => Some(value),
        Piece::Words(_) | Piece::Emphasis(_) => None,
    });
    let computed = braces(text).into_iter().zip(numbers);
    let told = computed.filter(|(_, value)| tells(value, question, trace)).map(|(span, _)| span);
    let typed = decimals(text).into_iter().filter(|(_, typed)| is_answer(typed, question, trace));
    told.chain(typed.map(|(start, typed)| Span::new(start, start + typed.len()))).collect()
}

/// Whether a number in the words is one that is asked for.
fn tells(value: &Resolved, question: &Question, trace: &Trace) -> bool {
    let same =
        |asked: &Resolved| asked.node() == value.node() && asked.evaluate(trace) == value.evaluate(trace);
    match &question.answer {
        Answer::Number { value, .. } => same(value),
        Answer::Token { value: asked, .. } => {
            same(asked)
                || value.place().is_some_and(|place| match place {
                    crate::graph::Place::Cell(cell) => question.covers(cell, trace),
                    crate::graph::Place::Aggregate(_) => false,
                })
        }
        Answer::Order { items, .. } => items.iter().any(|(_, asked)| same(asked)),
        Answer::Shape(_) | Answer::Making(_) | Answer::Choose(_) => false,
    }
}

/// Whether a typed number with at least two decimals is the rounded answer.
fn is_answer(typed: &str, question: &Question, trace: &Trace) -> bool {
    let Answer::Number { value, .. } = &question.answer else { return false };
    let Value::Number(number) = value.evaluate(trace) else { return false };
    let decimals = typed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    decimals >= 2 && format!("{:.decimals$}", number.abs()) == typed
}
