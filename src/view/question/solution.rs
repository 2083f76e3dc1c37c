//! What is right, and why: what a question comes to in the end.

use super::{option_texts, order};
use crate::app::{Attempt, Outcome, Visit};
use crate::both;
use crate::language::words;
use crate::lesson::expression::{NumberFormat, Resolved, Value};
use crate::lesson::question::{Answer, Manner, Question};
use crate::view::number::{Format, Precision, written};
use crate::view::picture::Canvas;
use crate::view::text::{Line, Role};
use crate::view::{explain, prose};

/// What is right, what the learner said, how the number came to be, and the author's explanation.
pub(super) fn solved(canvas: &Canvas<'_>, question: &Question, attempt: &Attempt) -> Vec<Line> {
    let label = match attempt.outcome {
        Outcome::Found => words("Right: ", "答对了："),
        Outcome::Open | Outcome::Told | Outcome::Passed => words("Answer: ", "答案："),
    };
    let mut first = Line::of(*label.get(canvas.language), Role::Heading);
    first.append(&right(canvas, question));
    let said = said(canvas, question, attempt);
    if attempt.outcome != Outcome::Found && !said.is_empty() {
        let said = both!("  (you said {said})", "（你的答案：{said}）");
        first.push(said.get(canvas.language), Role::Muted);
    }
    let mut lines = vec![first];
    if let Answer::Number { value, .. } = &question.answer
        && let Some(place) = value.place()
    {
        lines.push(explain::in_numbers(canvas, Visit::of(place, canvas.trace)));
    }
    if let Some(explain) = &question.explain {
        lines.extend(prose::paragraphs(canvas, explain.get(canvas.language), Role::Plain));
    }
    lines
}

/// The last answer that the learner has given: as it was typed, or the numbers of options.
fn said(canvas: &Canvas<'_>, question: &Question, attempt: &Attempt) -> String {
    match question.manner(canvas.trace) {
        Manner::Typing => attempt.typed.trim().to_owned(),
        Manner::Order => order(canvas, &attempt.picked),
        Manner::One | Manner::Several => {
            let mut taken: Vec<usize> = attempt.picked.iter().map(|option| option + 1).collect();
            taken.sort_unstable();
            let numbers: Vec<String> = taken.iter().map(ToString::to_string).collect();
            numbers.join(words(", ", "、").get(canvas.language))
        }
    }
}

fn right(canvas: &Canvas<'_>, question: &Question) -> Line {
    match &question.answer {
        Answer::Number { value, format, .. } if *format != NumberFormat::default() => {
            let text = match value.evaluate(canvas.trace) {
                Value::Number(number) => written(number, *format, canvas.decimals, canvas.glyphs),
                Value::Label(label) => label,
            };
            Line::of(text, Role::Strong)
        }
        Answer::Number { value, .. } | Answer::Token { value, .. } => {
            Line::of(value_of(canvas, value, canvas.decimals), Role::Strong)
        }
        Answer::Shape(node) => {
            let (rows, columns) = canvas.trace.node(*node).shape.size();
            Line::of(format!("{rows}×{columns}"), Role::Strong)
        }
        Answer::Order { .. } | Answer::Making(_) | Answer::Choose(_) => {
            let texts = option_texts(canvas, question);
            let mut line = Line::new();
            for option in question.right(canvas.trace) {
                if !line.is_empty() {
                    line.push("; ", Role::Plain);
                }
                line.push(&format!("{} ", option + 1), Role::Muted);
                line.push(&texts[option].text(), Role::Strong);
                if let Answer::Order { items, .. } = &question.answer {
                    let number = value_of(canvas, &items[option].1, canvas.decimals);
                    line.push(&format!(" = {number}"), Role::Number);
                }
            }
            line
        }
    }
}

fn value_of(canvas: &Canvas<'_>, value: &Resolved, decimals: u8) -> String {
    match value.evaluate(canvas.trace) {
        // A number of a matrix is printed like its neighbours.
        Value::Number(number) => match value.place() {
            Some(place) => {
                let sample = canvas.trace.extent(place.node()).sample();
                Format::for_values(sample, Precision::new(decimals), canvas.glyphs).number(number)
            }
            None => printed(canvas, number, decimals),
        },
        Value::Label(label) => label,
    }
}

pub(super) fn printed(canvas: &Canvas<'_>, number: f64, decimals: u8) -> String {
    Format::for_values([number], Precision::new(decimals), canvas.glyphs).number(number)
}
