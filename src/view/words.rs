//! What is said beneath the picture, and how the lines of a screen are shared out.

use std::ops::Range;

use super::picture::Canvas;
use super::question::Options;
use super::text::{Line, Role, cells};
use super::wrap::wrap;
use super::{explain, lit, prose, published, question};
use crate::app::{Glyphs, Model, Notes};
use crate::language::words;

/// The widest column of prose that is comfortable to read.
pub(super) const MEASURE: usize = 100;

/// How the lines of the screen are shared out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spacing {
    /// Lines for the pipeline and the blank after it.
    pub(super) pipeline: u16,
    /// Blank lines between picture and words.
    pub(super) gap: u16,
    /// The fewest lines that the picture keeps.
    picture: u16,
}

impl Spacing {
    pub(super) const fn of(height: u16) -> Self {
        match height {
            0..=16 => Self { pipeline: 0, gap: 0, picture: 5 },
            17..=22 => Self { pipeline: 1, gap: 0, picture: 8 },
            23..=29 => Self { pipeline: 2, gap: 1, picture: 8 },
            _ => Self { pipeline: 2, gap: 1, picture: 14 },
        }
    }
}

/// What is said beneath the picture.
pub(super) struct Words {
    /// The prose, and the note where notes are shown.
    said: Vec<Line>,
    /// The question with its options.
    asked: Vec<Row>,
    /// What the learner has said to it, or what is right and why.
    answered: Vec<Line>,
    /// How the number that is looked at came to be, or the matrix.
    explanation: Vec<Line>,
    /// How many lines the explanation takes while walking, at most: the picture stays where it is when a portion is
    /// uncovered and when the learner begins to look.
    reserved: usize,
    width: usize,
    glyphs: Glyphs,
}

/// A line of words, and where options of the question stand in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) line: Line,
    /// Options, from 0, with the cells of the line that they take.
    pub(super) options: Vec<(Range<u16>, usize)>,
}

impl From<Line> for Row {
    fn from(line: Line) -> Self {
        Self { line, options: Vec::new() }
    }
}

impl Words {
    pub(super) fn of(model: &Model, canvas: &Canvas<'_>, width: usize) -> Self {
        let step = canvas.walk.current();
        let glyphs = model.settings.glyphs;
        let wrapped = |lines: Vec<Line>| -> Vec<Line> {
            lines.into_iter().flat_map(|line| wrap(&line.plain(glyphs), width)).collect()
        };
        let mut said = prose::uncovered_paragraphs(canvas, step.say.get(model.language));
        said.extend(published::lines(canvas));
        if let (Some(note), Notes::Shown) = (&step.note, model.settings.notes) {
            let label = words("For the teacher: ", "教师备注：");
            let mut lines = prose::paragraphs(canvas, note.get(model.language), Role::Note);
            if let Some(first) = lines.first_mut() {
                *first = first.labelled(label.get(model.language), Role::Note);
            }
            if !said.is_empty() && Spacing::of(model.size.height).gap > 0 {
                said.push(Line::new());
            }
            said.extend(lines);
        }
        let question::Block { asked, options, said: answered } = question::block(canvas);
        let has_words = !said.is_empty() || !asked.is_empty();
        let is_turned = canvas.walk.convention != canvas.walk.lesson.convention;
        if is_turned && has_words && canvas.walk.shown().next().is_some() {
            let turned = words(
                "(Turned: in the words, rows and columns, above and below change places.)",
                "（已转置：文字中的行与列、上与下都要互换。）",
            );
            said.push(Line::of(*turned.get(model.language), Role::Muted));
        }
        let mut asked: Vec<Row> = wrapped(asked).into_iter().map(Row::from).collect();
        asked.extend(option_rows(options, glyphs, width));
        let mut answered = wrapped(answered);
        let told = answered.len();
        // While numbers are looked at to find the answer, the question is read from its beginning.
        if canvas.walk.looking.is_some() && canvas.walk.open_question().is_some() {
            asked.extend(answered.drain(..).map(Row::from));
        }
        let formula = wrapped(formula(canvas).into_iter().collect());
        let focus = lit::focus(canvas.walk).map(|visit| wrapped(vec![explain::in_numbers(canvas, visit)]));
        let reserved = if canvas.walk.current().question.is_some() {
            // The picture stays where it is when the answer is shown, and afterwards.
            let most = question::to_come(canvas).into_iter().map(|lines| wrapped(lines).len()).max();
            most.unwrap_or(0).saturating_sub(told)
        } else {
            formula.len().max(focus.map_or(0, |lines| lines.len()))
        };
        let explanation = match (&canvas.walk.looking, lit::explained(canvas.walk)) {
            (Some(_), Some(visit)) => wrapped(explain::in_full(canvas, visit)),
            // A question has the room, and its answer explains itself.
            (None, _) if !asked.is_empty() => Vec::new(),
            (None, Some(visit)) => wrapped(vec![explain::in_numbers(canvas, visit)]),
            (_, None) => formula,
        };
        let said = wrapped(said).into_iter().map(|line| prose::cover(line, glyphs)).collect();
        Self { said, asked, answered, explanation, reserved, width, glyphs }
    }

    /// How many lines are kept for the words, of a room that the picture needs a part of: as many as they take while
    /// walking, or, at the cost of the picture, as the explanation of a number that is looked at needs.
    pub(super) fn height(&self, room: u16, spacing: Spacing) -> u16 {
        let asking = self.asked.len() + self.answered.len();
        let blank = usize::from(spacing.gap > 0 && self.reserved + asking > 0);
        let most = room.saturating_sub(spacing.picture + spacing.gap);
        let walking = most.min((self.said.len() + blank + asking + self.reserved) as u16);
        walking.max(room.saturating_sub(spacing.picture).min(self.explanation.len() as u16))
    }

    /// How many lines there are.
    pub(super) fn count(&self) -> usize {
        self.said.len() + self.asked.len() + self.answered.len() + self.explanation.len()
    }

    /// All lines, below each other.
    pub(super) fn all(self) -> Vec<Line> {
        let asked = self.asked.into_iter().map(|row| row.line);
        self.said.into_iter().chain(asked).chain(self.answered).chain(self.explanation).collect()
    }

    /// The lines that are seen in that height.
    ///
    /// The explanation of a number that is looked at comes before the prose, which has been read by then.
    pub(super) fn within(self, height: u16) -> Vec<Row> {
        let explanation = self.explanation.into_iter().map(Row::from);
        let mut explanation: Vec<_> = explanation.take(usize::from(height)).collect();
        let asking = asking_within(self.asked, self.answered, usize::from(height) - explanation.len());
        // What is said to the question and the number that is looked at are kept apart where there is room to spare.
        let lines = asking.len() + explanation.len();
        if !asking.is_empty() && !explanation.is_empty() && lines + self.said.len() + 1 < usize::from(height)
        {
            explanation.insert(0, Row::default());
        }
        explanation.splice(0..0, asking);
        let left = usize::from(height) - explanation.len();
        let mut lines = self.said;
        let blank = usize::from(!explanation.is_empty() && left > lines.len());
        if lines.len() + blank > left {
            lines.truncate(left);
            if let Some(last) = lines.last_mut() {
                let ellipsis = self.glyphs.ellipsis();
                *last = last.clip(self.width - cells(ellipsis)).with(ellipsis, Role::Muted);
            }
        }
        if blank > 0 {
            lines.push(Line::new());
        }
        lines.into_iter().map(Row::from).chain(explanation).collect()
    }
}

/// The options of a question in lines of that width; short ones stand side by side.
fn option_rows(options: Options, glyphs: Glyphs, width: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    match options {
        Options::None => {}
        Options::Below(lines) => {
            for (option, line) in lines.into_iter().enumerate() {
                let wrapped = wrap(&line.plain(glyphs), width).into_iter();
                rows.extend(
                    wrapped.map(|line| Row { options: vec![(0..line.width() as u16, option)], line }),
                );
            }
        }
        Options::Beside(lines) => {
            for (option, line) in lines.into_iter().enumerate() {
                let line = line.plain(glyphs).truncate(width, glyphs);
                let start = match rows.last_mut() {
                    Some(row) if row.line.width() + BESIDE.len() + line.width() <= width => {
                        row.line.push(BESIDE, Role::Plain);
                        row.line.width()
                    }
                    Some(_) | None => {
                        rows.push(Row::default());
                        0
                    }
                };
                if let Some(row) = rows.last_mut() {
                    row.line.append(&line);
                    row.options.push((start as u16..row.line.width() as u16, option));
                }
            }
        }
    }
    rows
}

/// Between options that stand side by side.
const BESIDE: &str = "  ";

/// As much of a question as there is room for: the option that the arrows are at, or what is said in the end, is among it.
fn asking_within(asked: Vec<Row>, answered: Vec<Line>, height: usize) -> Vec<Row> {
    let is_current = |row: &Row| row.line.0.iter().any(|span| span.role == Role::Current);
    let current = asked.iter().position(is_current);
    let (asked_lines, said) = (asked.len(), answered.len());
    let lines = asked.into_iter().chain(answered.into_iter().map(Row::from));
    let too_many = (asked_lines + said).saturating_sub(height);
    let first = match current {
        Some(current) => too_many.min(current),
        None if said == 0 => 0,
        None => too_many.min(asked_lines),
    };
    lines.skip(first).take(height).collect()
}

/// How the matrix of the step is made, where the step shows one.
fn formula(canvas: &Canvas<'_>) -> Option<Line> {
    let shown: Vec<_> = canvas.walk.shown().collect();
    let [node] = shown.as_slice() else { return None };
    Some(explain::formula(canvas, *node))
}
