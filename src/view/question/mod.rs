//! The question of a step: its words, the learner's answer, hints, and in the end what is right and why.

use super::number::{Format, Precision, written};
use super::picture::Canvas;
use super::text::{Line, Role};
use super::{explain, names, prose};
use crate::app::{Attempt, Field, Outcome, Visit};
use crate::both;
use crate::graph::Side;
use crate::language::{Words, words};
use crate::lesson::expression::{NumberFormat, Resolved, Value};
use crate::lesson::question::{Answer, Hint, Manner, Question, Rank, Verdict};

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
            let name = value
                .place()
                .map_or_else(|| written.clone(), |place| names::place(canvas.trace, place, canvas.language));
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
            both!("How many rows and columns has {name}?", "{name} 有几行几列？")
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
        let mark = mark(option, manner, attempt, &right);
        let at_cursor = !attempt.is_over() && canvas.walk.field == Field::Open && option == attempt.cursor;
        let pointer = if at_cursor { canvas.glyphs.then() } else { " " };
        let number = option + 1;
        let before = format!("{pointer}{mark}{number} ");
        if at_cursor {
            return Line::of(before + &text.text(), Role::Current);
        }
        let settled = attempt.is_over() && right.contains(&option) && manner != Manner::Order;
        let text = if settled { Line::of(text.text(), Role::Strong) } else { text };
        text.labelled(&before, Role::Muted)
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
                None => written.clone(),
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

/// What stands before an option: whether it is taken, and in the end whether it is right.
fn mark(option: usize, manner: Manner, attempt: &Attempt, right: &[usize]) -> &'static str {
    let taken = attempt.picked.contains(&option);
    match (manner, attempt.is_over()) {
        // The order stands in a line of its own, by number: a second number here would be taken for the first.
        (Manner::Order, _) if taken => "(x) ",
        (Manner::Order, _) => "( ) ",
        (Manner::Several, false) if taken => "[x] ",
        (Manner::Several | Manner::One, true) if right.contains(&option) => "[x] ",
        (Manner::Several, _) | (Manner::One, true) => "[ ] ",
        (Manner::Typing, _) | (Manner::One, false) => "",
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

/// The hints that are given so far.
fn hints(canvas: &Canvas<'_>, question: &Question, given: usize) -> Vec<Line> {
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
    let say = |words: crate::language::Localised<String>| {
        Line::of(words.get(canvas.language).as_str(), Role::Plain)
    };
    let right = question.right(canvas.trace);
    match &question.answer {
        Answer::Number { value, .. } => {
            value.place().map_or_else(Line::new, |place| explain::partial(canvas, place))
        }
        Answer::Token { line, .. } => {
            let cell = right.first().and_then(|right| line.cells().nth(*right));
            let number = cell.map_or(f64::NAN, |cell| canvas.trace.cell(cell));
            let number = printed(canvas, number, canvas.decimals);
            say(both!("its number is {number}", "它的数是 {number}"))
        }
        Answer::Order { .. } | Answer::Making(_) => {
            let first = right.first().map_or(0, |first| first + 1);
            say(both!("number {first} comes first", "第 {first} 项排在最前"))
        }
        Answer::Choose(choices) => {
            let wrong = (0..choices.len()).find(|option| !right.contains(option)).map_or(0, |it| it + 1);
            let count = right.len();
            match question.manner(canvas.trace) {
                Manner::Several => say(both!("{count} are right", "有 {count} 项是对的")),
                Manner::Typing | Manner::One | Manner::Order => {
                    say(both!("it is not number {wrong}", "不是第 {wrong} 项"))
                }
            }
        }
        Answer::Shape(_) => Line::new(),
    }
}

/// What is right, what the learner said, how the number came to be, and the author's explanation.
fn solved(canvas: &Canvas<'_>, question: &Question, attempt: &Attempt) -> Vec<Line> {
    let label = match attempt.outcome {
        Outcome::Found => words("Right: ", "答对了："),
        Outcome::Open | Outcome::Told | Outcome::Passed => words("Answer: ", "答案："),
    };
    let mut first = Line::of(*label.get(canvas.language), Role::Heading);
    first.append(&right(canvas, question));
    let typed = match question.manner(canvas.trace) {
        Manner::Typing => attempt.typed.trim().to_owned(),
        Manner::Order => order(canvas, &attempt.picked),
        Manner::One | Manner::Several => String::new(),
    };
    if attempt.outcome != Outcome::Found && !typed.is_empty() {
        let said = both!("  (you said {typed})", "（你的答案：{typed}）");
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

fn printed(canvas: &Canvas<'_>, number: f64, decimals: u8) -> String {
    Format::for_values([number], Precision::new(decimals), canvas.glyphs).number(number)
}
