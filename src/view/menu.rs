//! The menu of lessons.

use std::ops::Range;

use super::text::{Align, Line, Role, cells};
use super::wrap::wrap;
use super::{At, Part, footer};
use crate::app::{Entry, Model};
use crate::both;
use crate::language::{Words, words};

/// The parts of the screen.
pub(super) fn build(model: &Model) -> Vec<Part> {
    let (width, height) = (usize::from(model.size.width), model.size.height);
    let language = model.language;
    let question = words("How does attention work? Number by number.", "注意力机制如何运作？逐个数字来看。");
    let mut title = Line::of(" qkv ", Role::Title);
    title.push("  ", Role::Plain);
    title.push(question.get(language), Role::Heading);
    let mut parts = vec![Part::Text(At { x: 0, y: 0 }, title.truncate(width, model.settings.glyphs))];
    let about = about(model, width - 2);
    let (top, seen) = lessons(model, about.len() as u16);
    let under = top + seen.len() as u16;
    let below = about.into_iter().zip(under + 1..);
    parts.extend(below.map(|(line, y)| Part::Text(At { x: 1, y }, line)));
    let glyphs = model.settings.glyphs;
    for (sign, hidden, y) in
        [(glyphs.up(), seen.start, top - 1), (glyphs.down(), model.catalog.len() - seen.end, under)]
    {
        if hidden > 0 {
            let more = both!("{sign} {hidden} more", "{sign} 还有 {hidden} 课");
            parts.push(Part::Text(At { x: 3, y }, Line::of(more.get(language).as_str(), Role::Muted)));
        }
    }
    for (index, y) in seen.zip(top..) {
        let line = line(model, index, &model.catalog[index], width - 2);
        parts.push(Part::Text(At { x: 1, y }, line));
    }
    if model.catalog.is_empty() {
        let none = words("There is no lesson here.", "这里没有课程。");
        parts.push(Part::Text(At { x: 1, y: top }, Line::of(*none.get(language), Role::Warning)));
    }
    parts.push(Part::Text(At { x: 1, y: height - 1 }, footer::line(model, width - 2)));
    parts
}

/// The line of the first lesson that is seen, and which are; below them is told about the chosen one.
fn lessons(model: &Model, about: u16) -> (u16, Range<usize>) {
    let height = model.size.height;
    let top = if height < 17 { 2 } else { 3 };
    let room = usize::from(height.saturating_sub(top + 3 + about));
    let first = window(model.chosen, model.catalog.len(), room);
    (top, first..model.catalog.len().min(first + room))
}

/// The lesson in a line of the screen.
pub(super) fn lesson_at(model: &Model, y: u16) -> Option<usize> {
    let about = about(model, usize::from(model.size.width.saturating_sub(2)));
    let (top, mut seen) = lessons(model, about.len() as u16);
    seen.nth(usize::from(y.checked_sub(top)?))
}

/// The most lines that are told about a lesson.
const MOST_ABOUT: usize = 3;

/// What is known of the chosen lesson: where its example comes from, and of an own file where it is.
fn about(model: &Model, width: usize) -> Vec<Line> {
    let Some(entry) = model.catalog.get(model.chosen) else { return Vec::new() };
    let labelled =
        |label: Words, text: &str| Line::of(*label.get(model.language), Role::Muted).with(text, Role::Muted);
    let source = entry.source.as_ref();
    let source = source.map(|source| labelled(words("Source: ", "出处："), source.get(model.language)));
    let file = entry.number.is_none().then(|| labelled(words("File: ", "文件："), &entry.id));
    let (glyphs, width) = (model.settings.glyphs, width.min(100));
    let lines = file.into_iter().chain(source);
    let mut lines: Vec<_> = lines.flat_map(|line| wrap(&line.plain(glyphs), width)).collect();
    if lines.len() > MOST_ABOUT {
        lines.truncate(MOST_ABOUT);
        if let Some(last) = lines.last_mut() {
            let ellipsis = glyphs.ellipsis();
            *last = last.clip(width - cells(ellipsis)).with(ellipsis, Role::Muted);
        }
    }
    lines
}

/// The first entry that is seen when `chosen` is to be in sight.
pub(super) fn window(chosen: usize, count: usize, room: usize) -> usize {
    chosen.saturating_sub(room / 2).min(count.saturating_sub(room))
}

fn line(model: &Model, index: usize, entry: &Entry, width: usize) -> Line {
    let chosen = index == model.chosen;
    let role = if chosen { Role::Current } else { Role::Plain };
    let marker = if chosen { model.settings.glyphs.then() } else { " " };
    let steps = |steps: usize| match steps {
        1 => both!("1 step", "1 步"),
        steps => both!("{steps} steps", "{steps} 步"),
    };
    let progress = match (&entry.progress, entry.steps) {
        (Some(progress), _) => {
            let bar = model.settings.glyphs.progress(progress.share(), 8);
            format!("{bar} {}/{}", progress.step, progress.steps)
        }
        (None, Some(count)) => steps(count).get(model.language).clone(),
        (None, None) => String::new(),
    };
    let mut left = Line::of(
        format!("{marker} {:>2}  ", entry.number.map_or_else(String::new, |number| number.to_string())),
        if chosen { Role::Key } else { Role::Muted },
    );
    left.push(entry.title.get(model.language), role);
    let right = Line::of(format!(" {progress} "), Role::Muted);
    let room = width.saturating_sub(right.width());
    let glyphs = model.settings.glyphs;
    let mut line = left.plain(glyphs).truncate(room, glyphs).pad(room, Align::Left);
    line.append(&right);
    line
}
