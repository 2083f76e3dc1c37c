//! The last good screen of a lesson, and beside it the report on its file, which was saved with mistakes.

use super::overlay::wrap_code;
use super::text::{Align, Line, Role};

use super::{At, Part, SMALLEST, lesson};
use crate::app::{Broken, Model, Size, Walk};
use crate::both;

/// From this width on the report stands to the right of the lesson, which keeps eighty cells; else below it.
const WIDE: u16 = 140;

/// How wide the report is beside the lesson, with its border.
const BESIDE: u16 = 60;

/// The fewest lines of a report below the lesson, its heading included.
const FEWEST: u16 = 4;

/// The lesson and the report.
pub(super) fn build(model: &Model, walk: &Walk, broken: &Broken) -> Vec<Part> {
    let Size { width, height } = model.size;
    if width >= WIDE {
        let mut parts = smaller(model, walk, Size { width: width - BESIDE, height });
        let border = model.settings.glyphs.frame().vertical;
        let lines = report(model, broken, usize::from(BESIDE - 3), usize::from(height));
        for (line, y) in lines.into_iter().zip(0..height) {
            parts.push(Part::Text(At { x: width - BESIDE, y }, Line::of(border, Role::Border)));
            parts.push(Part::Text(At { x: width - BESIDE + 2, y }, line));
        }
        return parts;
    }
    let room = usize::from(width) - 2;
    let most = FEWEST.max(height / 3);
    let lines = report(model, broken, room, usize::from(most));
    let used = lines.len() as u16;
    // Where the lesson would be too small for its own good, the report covers what stands above its keys.
    let above = height - used;
    let (mut parts, first) = if above >= SMALLEST.height {
        (smaller(model, walk, Size { width, height: above }), above)
    } else {
        (lesson::build(model, walk), above - 1)
    };
    for (line, y) in lines.into_iter().zip(first..) {
        let mut whole = Line::of(" ", Role::Plain);
        whole.append(&line.pad(room + 1, Align::Left));
        parts.push(Part::Text(At { x: 0, y }, whole));
    }
    parts
}

/// The lesson on a part of the screen.
fn smaller(model: &Model, walk: &Walk, size: Size) -> Vec<Part> {
    lesson::build(&Model { size, ..model.clone() }, walk)
}

/// The heading and as much of the report as there is room for.
fn report(model: &Model, broken: &Broken, width: usize, height: usize) -> Vec<Line> {
    let glyphs = model.settings.glyphs;
    let text = broken.report.get(model.language);
    let lines = text.lines().map(|line| Line::of(line, role(line)).plain(glyphs));
    let mut lines: Vec<_> = lines.flat_map(|line| wrap_code(&line, width)).collect();
    let room = height.saturating_sub(1);
    let more = lines.len() > room;
    lines.truncate(room);
    lines.insert(0, heading(model, broken, more).plain(glyphs).truncate(width, glyphs));
    lines
}

/// Which file, where, what is seen instead, and how to see all of it.
fn heading(model: &Model, broken: &Broken, more: bool) -> Line {
    let file = broken.file.rsplit(['/', '\\']).next().unwrap_or(&broken.file);
    let place = match broken.place {
        Some((line, column)) => {
            both!("{file}, line {line}, column {column}", "{file} 第 {line} 行第 {column} 列")
        }
        None => both!("{file}", "{file}"),
    };
    let stays = both!("the last good version stays", "仍显示上一个正确的版本");
    let mut heading = Line::of(place.get(model.language).as_str(), Role::Error);
    if more {
        let all = both!("all of it", "全部");
        heading = heading.with("  e ", Role::Key).with(all.get(model.language), Role::Muted);
    }
    heading.with("  ", Role::Plain).with(stays.get(model.language), Role::Muted)
}

/// The first line of a finding stands out: the headings are `error[…]` and `warning[…]` in every language.
fn role(line: &str) -> Role {
    if line.starts_with("error[") {
        Role::Strong
    } else if line.starts_with("warning[") {
        Role::Warning
    } else {
        Role::Plain
    }
}
