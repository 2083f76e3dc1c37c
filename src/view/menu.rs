//! The menu of lessons.

use super::text::{Align, Line, Role};
use super::{At, Part, lesson};
use crate::app::{Entry, Model};
use crate::language::words;

/// The parts of the screen.
pub(super) fn build(model: &Model) -> Vec<Part> {
    let (width, height) = (usize::from(model.size.width), model.size.height);
    let language = model.language;
    let question = words("How does attention work? Number by number.", "注意力机制如何运作？逐个数字来看。");
    let mut title = Line::of(" qkv ", Role::Title);
    title.push("  ", Role::Plain);
    title.push(question.get(language), Role::Heading);
    let mut parts = vec![Part::Text(At { x: 0, y: 0 }, title.truncate(width, model.settings.glyphs))];
    let top = if height < 17 { 2 } else { 3 };
    let room = usize::from(height.saturating_sub(top + 2));
    let first = window(model.chosen, model.catalog.len(), room);
    for (index, entry) in model.catalog.iter().enumerate().skip(first).take(room) {
        let line = line(model, index, entry, width - 2);
        parts.push(Part::Text(At { x: 1, y: top + (index - first) as u16 }, line));
    }
    if model.catalog.is_empty() {
        let none = words("There is no lesson here.", "这里没有课程。");
        parts.push(Part::Text(At { x: 1, y: top }, Line::of(*none.get(language), Role::Warning)));
    }
    parts.push(Part::Text(At { x: 1, y: height - 1 }, lesson::footer(model, width - 2)));
    parts
}

/// The first entry that is seen when `chosen` is to be in sight.
pub(super) fn window(chosen: usize, count: usize, room: usize) -> usize {
    chosen.saturating_sub(room / 2).min(count.saturating_sub(room))
}

fn line(model: &Model, index: usize, entry: &Entry, width: usize) -> Line {
    let chosen = index == model.chosen;
    let role = if chosen { Role::Focus } else { Role::Plain };
    let marker = if chosen { model.settings.glyphs.then() } else { " " };
    let progress = entry.progress.map_or_else(String::new, |progress| {
        format!(
            "{}/{} {}",
            progress.step,
            progress.steps,
            model.settings.glyphs.progress(progress.share(), 8)
        )
    });
    let mut left = Line::of(format!("{marker} {:>2}  ", index + 1), role);
    left.push(entry.title.get(model.language), role);
    let right = Line::of(format!(" {progress} "), if chosen { role } else { Role::Muted });
    let room = width.saturating_sub(right.width());
    let mut line = Line::new();
    for span in left.truncate(room, model.settings.glyphs).pad(room, Align::Left).0 {
        line.push(&span.text, role);
    }
    line.append(&right);
    line
}
