//! A walk as plain text, for pipes, printers and screen readers.

use std::ops::RangeInclusive;

use crate::app::{LookAt, Message, Model, Size, Walking, update};
use crate::both;
use crate::language::words;
use crate::view::text::{Align, Line};
use crate::view::{self, At, Part, View};

/// The page that pictures are fitted into: as wide as a printed page in a small font, and long.
const PAGE: Size = Size { width: 112, height: 80 };

/// These steps, counted from 1, of the lesson that the model has entered, fully uncovered; the answers to their questions
/// come at the end.
pub fn walk(mut model: Model, wanted: &RangeInclusive<usize>) -> String {
    let Some(walk) = &mut model.walk else { return String::new() };
    let lesson = std::sync::Arc::clone(&walk.lesson);
    walk.go_to(wanted.start() - 1);
    // What is printed is for whoever reads it, not for the one who has answered.
    walk.attempts.clear();
    model.size = PAGE;
    let language = model.language;
    let mut text = format!("{}\n", lesson.title.get(language));
    if let Some(source) = &lesson.source {
        let from = words("Source", "出处");
        text = text + from.get(language) + ": " + source.get(language) + "\n";
    }
    let steps = lesson.steps.len();
    let mut answers = String::new();
    let first = wanted.start() - 1;
    for (index, step) in lesson.steps.iter().enumerate().take(*wanted.end()).skip(first) {
        let honesty = step.honesty.words();
        let (number, title, honesty) = (index + 1, step.title.get(language), honesty.get(language));
        let heading =
            both!("\n{number}/{steps}  {title}  ({honesty})\n", "\n{number}/{steps}  {title}（{honesty}）\n");
        text.push_str(heading.get(language));
        let uncovered = uncovered(&model);
        text.push_str(&page(&view::page(&uncovered)));
        if step.question.is_some() {
            answers = format!("{answers}\n{number}  {title}\n{}", page(&view::answer(&uncovered)));
        }
        update(&mut model, Message::Walk(Walking::NextStep));
    }
    if !answers.is_empty() {
        let heading = words("\nAnswers\n", "\n答案\n");
        text = text + heading.get(language) + &answers;
    }
    text
}

/// The model with everything of its step uncovered.
fn uncovered(model: &Model) -> Model {
    let mut model = model.clone();
    update(&mut model, Message::Look(LookAt::Leave));
    if let Some(walk) = &mut model.walk {
        walk.uncovered = walk.portions();
    }
    model
}

/// The parts of a view as lines of text.
pub fn page(view: &View) -> String {
    let mut lines: Vec<Vec<(u16, String)>> = Vec::new();
    let mut put = |At { x, y }: At, text: String| {
        let row = usize::from(y);
        if lines.len() <= row {
            lines.resize(row + 1, Vec::new());
        }
        lines[row].push((x, text));
    };
    for part in &view.parts {
        match part {
            Part::Text(at, line) => put(*at, line.text()),
            Part::Grid(grid) => {
                for (cells, y) in grid.rows.iter().zip(grid.at.y..) {
                    let texts: Vec<_> = cells.iter().map(|cell| cell.text.as_str()).collect();
                    // A sign behind each number leaves its cell blank; without signs the number has it all.
                    let between = if cells.iter().any(|cell| !cell.sign.is_empty()) { " " } else { "" };
                    put(At { x: grid.at.x, y }, texts.join(between));
                }
            }
            Part::Plot(plot) => {
                for (arrow, y) in plot.arrows.iter().zip(plot.at.y..) {
                    put(At { x: plot.at.x, y }, plot.describe(arrow));
                }
            }
        }
    }
    let mut text = String::new();
    for mut parts in lines {
        parts.sort_by_key(|(x, _)| *x);
        let mut line = Line::new();
        for (x, part) in parts {
            line = line.pad(usize::from(x), Align::Left);
            line.append(&Line::from(part));
        }
        let line = line.text();
        // A picture that was drawn tall leaves no more than one blank line in a text.
        if !(line.trim().is_empty() && text.ends_with("\n\n")) {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}
