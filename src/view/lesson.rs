//! The screen of a lesson: header, pipeline, picture, words, explanation and keys, from above.

use super::names;
use super::picture::{self, Canvas, Drawing, Room};
use super::text::{Align, Line, Role, cells};
use super::words::{MEASURE, Row, Spacing, Words};
use super::wrap::wrap;
use super::{At, Overflow, Part, footer, plot, prose, question};
use crate::app::{Model, Mouse, Size, Walk};
use crate::graph::NodeId;
use crate::language::words;
use crate::lesson::{Shown, Step, TokenText};

/// The parts of the screen.
pub(super) fn build(model: &Model, walk: &Walk) -> Vec<Part> {
    let canvas = Canvas::new(model, walk);
    let layout = Layout::of(model, &canvas);
    let (spacing, y, bottom, across) =
        (layout.spacing, layout.y, layout.bottom, usize::from(layout.room.width));
    let mut parts = vec![Part::Text(At::default(), header(model, walk))];
    if spacing.pipeline > 0 {
        // One long name may be wider than a narrow screen by itself.
        let stages = pipeline(&canvas, across).truncate(across, canvas.glyphs);
        parts.push(Part::Text(At { x: 1, y: 1 }, stages));
    }
    parts.push(Part::Text(At { x: 1, y: bottom }, footer::line(model, across)));
    let (drawing, rows) = layout.seen();
    parts.extend(drawing.moved(At { x: 1, y }));
    parts.extend(rows.map(|(y, row)| Part::Text(At { x: 1, y }, row.line)));
    parts
}

/// The option of the question, from 0, that stands at a place of the screen, while it can be taken.
pub(super) fn option_at(model: &Model, walk: &Walk, at: At) -> Option<usize> {
    walk.open_question()?;
    let (_, mut rows) = Layout::of(model, &Canvas::new(model, walk)).seen();
    let (_, row) = rows.find(|(y, _)| *y == at.y)?;
    let x = at.x.checked_sub(1)?;
    row.options.into_iter().find_map(|(cells, option)| cells.contains(&x).then_some(option))
}

/// The picture and the words of a step, and what each has of the screen.
struct Layout {
    spacing: Spacing,
    /// The first line below header and pipeline.
    y: u16,
    /// The line of the keys.
    bottom: u16,
    words: Words,
    /// So many lines are kept for the words.
    for_words: u16,
    /// The picture, which may be larger than its room.
    drawing: Drawing,
    room: Room,
}

impl Layout {
    fn of(model: &Model, canvas: &Canvas<'_>) -> Self {
        let Size { width, height } = model.size;
        let spacing = Spacing::of(height);
        let (y, bottom, width) = (1 + spacing.pipeline, height - 1, width - 2);
        let words = Words::of(model, canvas, usize::from(width).min(MEASURE));
        let for_words = words.height(bottom - y, spacing);
        // A plot takes all the lines that it is given: one stays blank between the words and the keys.
        let air = if canvas.walk.current().plot.is_some() { spacing.gap } else { 0 };
        let room = Room { width, height: (bottom - y).saturating_sub(for_words + spacing.gap + air) };
        Self { spacing, y, bottom, words, for_words, drawing: draw(canvas, room), room }
    }

    /// What of the picture fits, and the lines of words below it that are seen, with where each stands.
    fn seen(self) -> (Drawing, impl Iterator<Item = (u16, Row)>) {
        let drawing = self.drawing.within(self.room);
        let used = drawing.size.height;
        let spare = (self.bottom - self.y - used).saturating_sub(self.for_words);
        let words_y = self.y + used + self.spacing.gap.max(1).min(spare).min(used);
        let rows = self.words.within(self.bottom - words_y);
        (drawing, (words_y..self.bottom).zip(rows))
    }
}

/// What of the step is not seen at once.
pub(super) fn overflow(model: &Model, walk: &Walk) -> Overflow {
    let canvas = Canvas::new(model, walk);
    let Layout { spacing, y, bottom, words, drawing, room, .. } = Layout::of(model, &canvas);
    let lines = bottom - y;
    let clipped = drawing.size.width > room.width || drawing.size.height > room.height;
    let drawing = drawing.within(room);
    let below = drawing.size.height + spacing.gap.min(drawing.size.height);
    let cut = words.count().saturating_sub(usize::from(lines - below.min(lines)));
    let seen = |node: NodeId| {
        drawing.parts.iter().any(|part| match part {
            Part::Grid(grid) => grid.rows.iter().flatten().any(|it| it.cell.node == node),
            Part::Text(..) | Part::Plot(_) => false,
        })
    };
    let picture = match walk.current().plot {
        Some(_) => !drawing.parts.iter().any(|part| matches!(part, Part::Plot(_))),
        None => !walk.shown().all(seen),
    };
    Overflow { lines: cut, picture: picture || clipped }
}

/// The paragraphs of the step.
pub(super) fn said(model: &Model, walk: &Walk) -> Vec<String> {
    let say = walk.current().say.get(model.language);
    prose::paragraphs(&Canvas::new(model, walk), say, Role::Plain).iter().map(Line::text).collect()
}

/// The picture and the words alone, below each other.
pub(super) fn page(model: &Model, walk: &Walk) -> Vec<Part> {
    let canvas = Canvas::new(model, walk);
    let Size { width, height } = model.size;
    let drawing = draw(&canvas, Room { width, height });
    let words = Words::of(model, &canvas, usize::from(width).min(MEASURE));
    let below = drawing.size.height + u16::from(drawing.size.height > 0);
    let lines = words.all().into_iter().zip(below..).map(|(line, y)| Part::Text(At { x: 0, y }, line));
    drawing.moved(At::default()).chain(lines).collect()
}

/// The answer to the question of the step alone.
pub(super) fn answer(model: &Model, walk: &Walk) -> Vec<Part> {
    let canvas = Canvas::new(model, walk);
    let width = usize::from(model.size.width).min(MEASURE);
    let lines = question::answer(&canvas).into_iter();
    let lines = lines.flat_map(|line| wrap(&line.plain(model.settings.glyphs), width));
    lines.zip(0..).map(|(line, y)| Part::Text(At { x: 0, y }, line)).collect()
}

/// The matrices, texts and plot of the step, or the matrix that was gone into.
fn draw(canvas: &Canvas<'_>, room: Room) -> Drawing {
    let step = canvas.walk.current();
    let inside = canvas.walk.looking.as_ref().filter(|looking| looking.path().len() > 1);
    if let Some(looking) = inside {
        return picture::draw(canvas, &[looking.visit().place.node()], room);
    }
    let mut drawing = Drawing::default();
    let texts = step.show.iter().filter_map(|shown| match shown {
        Shown::Text(text) => Some(&canvas.walk.lesson.texts[*text]),
        Shown::Matrix(_) => None,
    });
    for text in texts {
        let y = if drawing.size.height == 0 { 0 } else { drawing.size.height + 1 };
        drawing.place(tokens(canvas, text, room.width), At { x: 0, y });
    }
    let nodes: Vec<NodeId> = canvas.walk.shown().collect();
    let y = if drawing.size.height == 0 { 0 } else { drawing.size.height + 1 };
    let below = Room { height: room.height.saturating_sub(y), ..room };
    if let Some(plot) = &step.plot {
        drawing.place(plot::beside(canvas, &nodes, plot, below), At { x: 0, y });
    } else if !nodes.is_empty() {
        drawing.place(picture::draw(canvas, &nodes, below), At { x: 0, y });
    }
    drawing
}

/// The tokens of a text in a row, each with its number and, where there is one, its gloss.
fn tokens(canvas: &Canvas<'_>, text: &TokenText, width: u16) -> Drawing {
    let gloss = text.gloss.get(canvas.language).as_deref();
    let mut drawing = Drawing::default();
    let (mut x, mut y) = (0_u16, 0_u16);
    let height = 2 + u16::from(gloss.is_some());
    for (index, token) in text.tokens.labels().iter().enumerate() {
        let meaning = gloss.and_then(|gloss| gloss.get(index));
        let lines = [
            Some(Line::of((index + 1).to_string(), Role::Muted)),
            Some(Line::of(token.as_str(), Role::Inputs)),
            meaning.map(|meaning| Line::of(meaning.as_str(), Role::Muted)),
        ];
        let lines: Vec<Line> = lines.into_iter().flatten().collect();
        let own = lines.iter().map(Line::width).max().unwrap_or(0);
        if x > 0 && usize::from(x) + own > usize::from(width) {
            (x, y) = (0, y + height + 1);
        }
        let mut column = Drawing::default();
        for (line, at) in lines.into_iter().zip(0..) {
            column.parts.push(Part::Text(At { x: 0, y: at }, line.pad(own, Align::Centre)));
        }
        column.size = Room { width: own as u16, height };
        drawing.place(column, At { x, y });
        x += own as u16 + 3;
    }
    drawing
}

/// ` qkv  A fluffy blue creature        toy numbers  7/18 ▕███████▌   ▏`
fn header(model: &Model, walk: &Walk) -> Line {
    let width = usize::from(model.size.width);
    let step: &Step = walk.current();
    let steps = walk.lesson.steps.len();
    let done = if steps > 1 { walk.step as f64 / (steps - 1) as f64 } else { 1.0 };
    let mut right = match model.mouse {
        Mouse::On => Line::of(*words("mouse  ", "鼠标  ").get(model.language), Role::Key),
        Mouse::Off => Line::new(),
    };
    if model.advice.is_some() {
        let advice = words("advice  ", "建议  ");
        right = right.with("e ", Role::Key).with(advice.get(model.language), Role::Muted);
    }
    right.push(step.honesty.words().get(model.language), Role::Muted);
    right.push(&format!("  {}/{steps} ", walk.step + 1), Role::Strong);
    if width >= 80 {
        right.push(&model.settings.glyphs.progress(done, 12), Role::Border);
    }
    right.push(" ", Role::Plain);
    let mut left = Line::of(" qkv ", Role::Title);
    left.push(" ", Role::Plain);
    left.push(walk.lesson.title.get(model.language), Role::Heading);
    let room = width.saturating_sub(right.width() + 1);
    let glyphs = model.settings.glyphs;
    let mut line = left.plain(glyphs).truncate(room, glyphs).pad(room + 1, Align::Left);
    line.append(&right);
    line
}

/// The stages of the lesson with the present one marked; inside an operand, the way back out.
fn pipeline(canvas: &Canvas<'_>, width: usize) -> Line {
    let walk = canvas.walk;
    let then = format!(" {} ", canvas.glyphs.then());
    if let Some(looking) = walk.looking.as_ref().filter(|looking| looking.path().len() > 1) {
        let mut line = Line::new();
        for visit in looking.path() {
            if !line.is_empty() {
                line.push(&then, Role::Muted);
            }
            line.push(&names::place(canvas.trace, visit.place, canvas.language), Role::Todo);
        }
        return from_end(&line, width, canvas.glyphs.ellipsis());
    }
    let mut stages: Vec<(String, usize)> = Vec::new();
    let mut current = 0;
    for (index, step) in walk.lesson.steps.iter().enumerate() {
        let label = stage(canvas, step).or_else(|| stages.last().map(|(label, _)| label.clone()));
        let label = label.unwrap_or_else(|| step.title.get(canvas.language).clone());
        let label = canvas.glyphs.plain(&label);
        if stages.last().is_none_or(|(last, _)| *last != label) {
            stages.push((label, index));
        }
        if index == walk.step {
            current = stages.len() - 1;
        }
    }
    let ellipsis = canvas.glyphs.ellipsis();
    // However long its name, the present stage leaves room for its brackets and for signs that there is more.
    let room = width.saturating_sub(2 * (cells(&then) + cells(ellipsis)) + cells("[]"));
    let mut spans: Vec<Line> = Vec::new();
    for (index, (label, _)) in stages.iter().enumerate() {
        spans.push(match index.cmp(&current) {
            std::cmp::Ordering::Less => Line::of(label.as_str(), Role::Done),
            std::cmp::Ordering::Equal => {
                let mut present = Line::of("[", Role::Current);
                present.append(&Line::of(label.as_str(), Role::Current).truncate(room, canvas.glyphs));
                present.push("]", Role::Current);
                present
            }
            std::cmp::Ordering::Greater => Line::of(label.as_str(), Role::Todo),
        });
    }
    around(&spans, current, &then, width, ellipsis)
}

/// How a step is called in the pipeline: by the matrices or the text that it shows.
fn stage(canvas: &Canvas<'_>, step: &Step) -> Option<String> {
    let mut labels: Vec<String> = Vec::new();
    for shown in &step.show {
        let label = match shown {
            Shown::Text(_) => words("tokens", "词元").get(canvas.language).to_string(),
            Shown::Matrix(node) => names::stage(canvas.trace, *node, canvas.walk.convention, canvas.language),
        };
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    (!labels.is_empty()).then(|| labels.join(" "))
}

/// As many stages around the current one as fit.
fn around(stages: &[Line], current: usize, then: &str, width: usize, ellipsis: &str) -> Line {
    let separator = cells(then);
    let room = width.saturating_sub(2 * (cells(ellipsis) + separator));
    let (mut first, mut last) = (current, current);
    let mut used = stages.get(current).map_or(0, Line::width);
    loop {
        let before = first.checked_sub(1).map(|index| stages[index].width() + separator);
        let after = stages.get(last + 1).map(|stage| stage.width() + separator);
        match (before, after) {
            (_, Some(more))
                if used + more <= room && (last - current <= current - first || before.is_none()) =>
            {
                used += more;
                last += 1;
            }
            (Some(more), _) if used + more <= room => {
                used += more;
                first -= 1;
            }
            (_, Some(more)) if used + more <= room => {
                used += more;
                last += 1;
            }
            (Some(_) | None, Some(_) | None) => break,
        }
    }
    let mut line = Line::new();
    if first > 0 {
        line.push(ellipsis, Role::Muted);
        line.push(then, Role::Muted);
    }
    for (index, stage) in stages.iter().enumerate().take(last + 1).skip(first) {
        if index > first {
            line.push(then, Role::Muted);
        }
        line.append(stage);
    }
    if last + 1 < stages.len() {
        line.push(then, Role::Muted);
        line.push(ellipsis, Role::Muted);
    }
    line
}

/// The end of a line that is too long, after an ellipsis.
fn from_end(line: &Line, width: usize, ellipsis: &str) -> Line {
    let mut spans = line.0.as_slice();
    let width_of = |spans: &[super::text::Span]| spans.iter().map(super::text::Span::width).sum::<usize>();
    let cut = width_of(spans) > width;
    while spans.len() > 1 && width_of(spans) + cells(ellipsis) > width {
        spans = &spans[1..];
    }
    let mut end = if cut { Line::of(ellipsis, Role::Muted) } else { Line::new() };
    end.append(&Line(spans.to_vec()));
    end
}
