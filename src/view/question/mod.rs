//! The question of a step: its words, the learner's answer, hints, and in the end what is right and why.

mod hint;
mod solution;

use super::picture::Canvas;
use super::text::{Line, Role};
use super::{names, prose};
use crate::app::{Attempt, Field, Outcome};
use crate::both;
use crate::graph::Side;
use crate::language::{Words, words};
use crate::lesson::question::{Answer, Manner, Question, Rank, Verdict};
use hint::hints;
use solution::solved;

/// The question as it is seen, not yet wrapped.
#[derive(Default)]
pub(super) struct Block {
    /// Its words.
    pub(super) asked: Vec<Line>,
    /// Its options.
    pub(super) options: Options,
    /// What the learner has said, and hints; in the end what is right and why.
    pub(super) said: Vec<Line>,
}

/// The options of a question, one line for each.
#[derive(Default)]
pub(super) enum Options {
    /// It has none.
    #[default]
    None,
    /// Short names, as many side by side as fit.
    Beside(Vec<Line>),
    /// Others, each on lines of its own.
    Below(Vec<Line>),
}

/// The question of the step; nothing where it asks nothing.
pub(super) fn block(canvas: &Canvas<'_>) -> Block {
    let walk = canvas.walk;
    let (Some(question), Some(attempt)) = (&walk.current().question, walk.attempt()) else {
        return Block::default();
    };
    let (asked, options) = (asked(canvas, question), options(canvas, question, attempt));
    let said = if attempt.is_over() {
        solved(canvas, question, attempt)
    } else {
        let mut lines = field(canvas, question, attempt);
        lines.extend(hints(canvas, question, attempt.hints));
        lines
    };
    Block { asked, options, said }
}

/// The answer alone, for the end of a printed lesson.
pub(super) fn answer(canvas: &Canvas<'_>) -> Vec<Line> {
    match &canvas.walk.current().question {
        Some(question) => solved(canvas, question, &Attempt { outcome: Outcome::Passed, ..Attempt::NONE }),
        None => Vec::new(),
    }
}

/// What may come to stand below the question, each at its longest: the answer and, where there is a plot, all hints.
///
/// A plot takes the room that there is, so that each hint would draw it anew. A picture of matrices is left what it
/// needs: hints that may never be asked for shall not cost it what the matrices are made of.
pub(super) fn to_come(canvas: &Canvas<'_>) -> Vec<Vec<Line>> {
    let step = canvas.walk.current();
    let Some(question) = &step.question else { return Vec::new() };
    let picked = match question.manner(canvas.trace) {
        Manner::Typing => Vec::new(),
        Manner::One => question.options().checked_sub(1).into_iter().collect(),
        Manner::Several | Manner::Order => (0..question.options()).collect(),
    };
    let wrong = Attempt {
        typed: "0.00".to_owned(),
        picked,
        verdict: Some(Verdict::Wrong),
        outcome: Outcome::Told,
        ..Attempt::NONE
    };
    let mut all = vec![solved(canvas, question, &wrong)];
    if step.plot.is_some() {
        let mut hinted = field(canvas, question, &wrong);
        hinted.extend(hints(canvas, question, question.hints(canvas.trace).len()));
        all.push(hinted);
    }
    all
}

/// The question in the author's words, or in words made of what is asked for.
fn asked(canvas: &Canvas<'_>, question: &Question) -> Vec<Line> {
    let mut lines = match &question.ask {
        Some(ask) => prose::paragraphs(canvas, ask.get(canvas.language), Role::Strong),
        None => vec![made(canvas, question)],
    };
    let label = words("Question: ", "问题：");
    if let Some(first) = lines.first_mut() {
        *first = first.labelled(label.get(canvas.language), Role::Heading);
    }
    if question.manner(canvas.trace) == Manner::Several
        && let Some(last) = lines.last_mut()
    {
        let several = words(" (several are right)", "（多选）");
        last.push(several.get(canvas.language), Role::Muted);
    }
    lines
}

fn made(canvas: &Canvas<'_>, question: &Question) -> Line {
    let words = match &question.answer {
        Answer::Number { value, written, .. } => {
            let name = match value.place() {
                Some(place) => names::place(canvas.trace, place, canvas.language),
                None => names::shortened(canvas.trace, written),
            };
            both!("What is {name}?", "{name} 是多少？")
        }
        Answer::Token { value, line, .. } => {
            let name = canvas.trace.graph().symbol(line.node);
            let shape = &canvas.trace.node(line.node).shape;
            let (row, column) = (shape.rows.size(), shape.columns.size());
            let of = match value.line() {
                Some((_, Side::Columns)) if row > 1 => {
                    format!("{name}[{}]", shape.rows.unique_label(line.rows.start))
                }
                Some((_, Side::Rows)) if column > 1 => {
                    format!("{name}[:, {}]", shape.columns.unique_label(line.columns.start))
                }
                Some((_, Side::Rows | Side::Columns)) | None => name.to_owned(),
            };
            if value.is_smallest() {
                both!("Which one has the smallest number in {of}?", "{of} 中哪一个的数最小？")
            } else {
                both!("Which one has the largest number in {of}?", "{of} 中哪一个的数最大？")
            }
        }
        Answer::Shape(node) => {
            let name = canvas.trace.graph().symbol(*node);
            both!("How many rows and columns does {name} have?", "{name} 有几行几列？")
        }
        Answer::Order { by: Rank::Largest, .. } => {
            both!("Put these in order, the largest first.", "请按从大到小排序。")
        }
        Answer::Order { by: Rank::Smallest, .. } => {
            both!("Put these in order, the smallest first.", "请按从小到大排序。")
        }
        Answer::Making(_) => both!("In which order are these computed?", "它们按什么先后顺序算出？"),
        Answer::Choose(_) => both!("Which is right?", "哪一项是对的？"),
    };
    Line::of(words.get(canvas.language).as_str(), Role::Strong)
}

/// The options, each with the number that takes it.
fn options(canvas: &Canvas<'_>, question: &Question, attempt: &Attempt) -> Options {
    let texts = option_texts(canvas, question);
    let manner = question.manner(canvas.trace);
    let right = question.right(canvas.trace);
    let lines = texts.into_iter().enumerate().map(|(option, text)| {
        let before = format!("{}{} ", mark(option, manner, attempt), option + 1);
        let at_cursor = !attempt.is_over() && canvas.walk.field == Field::Open && option == attempt.cursor;
        if at_cursor {
            return Line::of(canvas.glyphs.then().to_owned() + &before + &text.text(), Role::Current);
        }
        // In the end the place of the arrow is free: nothing moves when the right ones are marked there.
        if attempt.is_over() && right.contains(&option) && manner != Manner::Order {
            let sign = Line::of(canvas.glyphs.right_one(), Role::Strong);
            return sign.with(&before, Role::Muted).with(&text.text(), Role::Strong);
        }
        text.labelled(&format!(" {before}"), Role::Muted)
    });
    match question.answer {
        Answer::Number { .. } | Answer::Shape(_) => Options::None,
        Answer::Token { .. } => Options::Beside(lines.collect()),
        Answer::Order { .. } | Answer::Making(_) | Answer::Choose(_) => Options::Below(lines.collect()),
    }
}

/// The words of each option.
fn option_texts(canvas: &Canvas<'_>, question: &Question) -> Vec<Line> {
    match &question.answer {
        Answer::Number { .. } | Answer::Shape(_) => Vec::new(),
        Answer::Token { names, .. } => {
            names.iter().map(|name| Line::of(name.as_str(), Role::Plain)).collect()
        }
        Answer::Order { items, .. } => items
            .iter()
            .map(|(written, value)| match value.place() {
                Some(place) => names::place(canvas.trace, place, canvas.language),
                None => names::shortened(canvas.trace, written),
            })
            .map(|name| Line::of(name, Role::Plain))
            .collect(),
        Answer::Making(nodes) => {
            nodes.iter().map(|node| Line::of(canvas.trace.graph().symbol(*node), Role::Plain)).collect()
        }
        Answer::Choose(choices) => choices
            .iter()
            .map(|choice| {
                let paragraphs = prose::paragraphs(canvas, choice.say.get(canvas.language), Role::Plain);
                paragraphs.into_iter().next().unwrap_or_default()
            })
            .collect(),
    }
}

/// What stands before an option that can be taken: whether it is.
fn mark(option: usize, manner: Manner, attempt: &Attempt) -> &'static str {
    let taken = attempt.picked.contains(&option);
    match manner {
        // The order stands in a line of its own, by number: a second number here would be taken for the first.
        Manner::Order if taken => "(x) ",
        Manner::Order => "( ) ",
        Manner::Several if taken => "[x] ",
        Manner::Several => "[ ] ",
        Manner::Typing | Manner::One => "",
    }
}

/// The numbers of options in the order in which they are taken: `2 › 1`.
fn order(canvas: &Canvas<'_>, picked: &[usize]) -> String {
    let numbers: Vec<String> = picked.iter().map(|option| (option + 1).to_string()).collect();
    numbers.join(&format!(" {} ", canvas.glyphs.then()))
}

/// Where the answer is typed, what became of the last one, and how to begin.
fn field(canvas: &Canvas<'_>, question: &Question, attempt: &Attempt) -> Vec<Line> {
    let open = canvas.walk.field == Field::Open;
    let typing = question.manner(canvas.trace) == Manner::Typing;
    let mut lines = Vec::new();
    if typing && (open || !attempt.typed.is_empty()) {
        let label = words("Your answer: ", "你的答案：");
        let caret = if open { "_" } else { "" };
        lines.push(
            Line::of(*label.get(canvas.language), Role::Muted)
                .with(&attempt.typed, Role::Strong)
                .with(caret, Role::Key),
        );
    }
    if question.manner(canvas.trace) == Manner::Order && (open || !attempt.picked.is_empty()) {
        lines.push(ordering(canvas, question, attempt));
    }
    let say = |words: Words, role| Line::of(*words.get(canvas.language), role);
    match attempt.verdict {
        Some(Verdict::Wrong) => lines.push(say(words("Not yet.", "还不对。"), Role::Warning)),
        Some(Verdict::Unreadable) => lines.push(say(
            match question.answer {
                Answer::Shape(_) => words("Write rows and columns: 8 2", "请写行数和列数：8 2"),
                Answer::Number { .. }
                | Answer::Token { .. }
                | Answer::Order { .. }
                | Answer::Making(_)
                | Answer::Choose(_) => {
                    words("That is no number; 0.58 and 1/3 are.", "这不是一个数；可以写 0.58 或 1/3。")
                }
            },
            Role::Warning,
        )),
        Some(Verdict::Right) | None => {}
    }
    lines
}

/// What the learner has put in order so far: `Your order: 2 › 1 › _`
fn ordering(canvas: &Canvas<'_>, question: &Question, attempt: &Attempt) -> Line {
    let label = words("Your order: ", "你的顺序：");
    let mut line = Line::of(*label.get(canvas.language), Role::Muted)
        .with(&order(canvas, &attempt.picked), Role::Strong);
    if attempt.picked.len() < question.options() {
        if !attempt.picked.is_empty() {
            line.push(&format!(" {} ", canvas.glyphs.then()), Role::Muted);
        }
        line.push(if canvas.walk.field == Field::Open { "_" } else { canvas.glyphs.ellipsis() }, Role::Key);
    }
    line
}
