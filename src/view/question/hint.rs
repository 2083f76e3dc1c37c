//! The hints to a question, the author's own and those that are computed.

use super::solution::printed;
use crate::both;
use crate::language::{Localised, words};
use crate::lesson::question::{Answer, Hint, Manner, Question};
use crate::view::picture::Canvas;
use crate::view::text::{Line, Role};
use crate::view::{explain, prose};

/// The hints that are given so far.
pub(super) fn hints(canvas: &Canvas<'_>, question: &Question, given: usize) -> Vec<Line> {
    let label = words("Hint: ", "提示：");
    let hints = question.hints(canvas.trace);
    let lines = hints.into_iter().take(given).flat_map(|hint| match hint {
        Hint::Written => question
            .hint
            .as_ref()
            .map_or_else(Vec::new, |hint| prose::paragraphs(canvas, hint.get(canvas.language), Role::Note)),
        Hint::Operands => vec![operands(canvas, question)],
        Hint::Partial => vec![partial(canvas, question)],
    });
    lines.map(|line| line.labelled(label.get(canvas.language), Role::Note)).collect()
}

fn operands(canvas: &Canvas<'_>, question: &Question) -> Line {
    match &question.answer {
        Answer::Number { value, .. } => {
            value.place().map_or_else(Line::new, |place| explain::operands(canvas, place))
        }
        Answer::Shape(node) => {
            let mut line = explain::formula(canvas, *node);
            for operand in canvas.trace.node(*node).op.operands() {
                let (rows, columns) = canvas.trace.node(operand).shape.size();
                let name = canvas.trace.graph().symbol(operand);
                line.push(&format!("; {name} {rows}×{columns}"), Role::Muted);
            }
            line
        }
        Answer::Token { .. } | Answer::Order { .. } | Answer::Making(_) | Answer::Choose(_) => Line::new(),
    }
}

fn partial(canvas: &Canvas<'_>, question: &Question) -> Line {
    let say = |words: Localised<String>| Line::of(words.get(canvas.language).as_str(), Role::Plain);
    let right = question.right(canvas.trace);
    match &question.answer {
        Answer::Number { value, .. } => {
            value.place().map_or_else(Line::new, |place| explain::partial(canvas, place))
        }
        Answer::Token { line, .. } => {
            let cell = right.first().and_then(|right| line.cells().nth(*right));
            let number = cell.map_or(f64::NAN, |cell| canvas.trace.cell(cell));
            let number = printed(canvas, number, canvas.decimals);
            say(both!("Its number is {number}.", "它的数是 {number}。"))
        }
        Answer::Order { .. } | Answer::Making(_) => {
            let first = right.first().map_or(0, |first| first + 1);
            say(both!("Number {first} comes first.", "第 {first} 项排在最前。"))
        }
        Answer::Choose(choices) => {
            let wrong = (0..choices.len()).find(|option| !right.contains(option)).map_or(0, |it| it + 1);
            let count = right.len();
            match question.manner(canvas.trace) {
                Manner::Several => say(both!("{count} of them are right.", "有 {count} 项是对的。")),
                Manner::Typing | Manner::One | Manner::Order => {
                    say(both!("It is not number {wrong}.", "不是第 {wrong} 项。"))
                }
            }
        }
        Answer::Shape(_) => Line::new(),
    }
}
