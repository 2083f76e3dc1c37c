//! The report on a file that was saved with mistakes: beside the last good screen of its lesson, or alone where there is
//! none.

use super::overlay::scrolled;
use super::report::{Kept, lines};
use super::text::{Align, Line, Role};
use super::wrap::wrap;
use super::{At, Part, SMALLEST, footer, lesson};
use crate::app::{Broken, Model, Size, Walk};
use crate::both;
use crate::language::words;

/// From this width on the report stands to the right of the lesson, which keeps eighty cells; else below it.
const WIDE: u16 = 146;

/// How wide the report is beside the lesson, with its border.
const BESIDE: u16 = 66;

/// The fewest lines of a report below the lesson, its heading included.
const FEWEST: u16 = 4;

/// The lesson and the report.
pub(super) fn build(model: &Model, walk: &Walk, broken: &Broken) -> Vec<Part> {
    let Size { width, height } = model.size;
    if width >= WIDE {
        let mut parts = smaller(model, walk, Size { width: width - BESIDE, height });
        let border = model.settings.glyphs.frame().vertical;
        let lines = report(model, broken, usize::from(BESIDE - 3), usize::from(height));
        let at = |x, y| At { x: width - BESIDE + x, y };
        parts.extend((0..height).map(|y| Part::Text(at(0, y), Line::of(border, Role::Border))));
        parts.extend(lines.into_iter().zip(0..height).map(|(line, y)| Part::Text(at(2, y), line)));
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

/// The report of a lesson that was never right, on the whole screen.
pub(super) fn alone(model: &Model, broken: &Broken) -> Vec<Part> {
    let (width, height) = (usize::from(model.size.width) - 2, model.size.height);
    let glyphs = model.settings.glyphs;
    let mut title = Line::of(" qkv ", Role::Title);
    title.push(" ", Role::Plain);
    title.push(model.catalog[broken.entry].title.get(model.language), Role::Heading);
    let waits = words(
        "The lesson opens as soon as the file is saved without mistakes.",
        "文件改正并保存后，课程会自动打开。",
    );
    let waits = wrap(&Line::of(*waits.get(model.language), Role::Muted), width);
    let first = if height < 17 { 1 } else { 2 };
    let top = first + 2 + waits.len() as u16;
    let room = usize::from((height - 1).saturating_sub(top));
    let text = broken.report.get(model.language);
    let (lines, seen) = scrolled(lines(text, model.language, glyphs, width), room, broken.scroll, glyphs);
    let mut heading = place(model, broken);
    heading.append(&seen);
    let at = |x, y, line: Line| Part::Text(At { x, y }, line.plain(glyphs).truncate(width, glyphs));
    let mut parts = vec![at(0, 0, title)];
    parts.extend([heading].into_iter().chain(waits).zip(first..).map(|(line, y)| at(1, y, line)));
    parts.extend(lines.into_iter().zip(top..).map(|(line, y)| at(1, y, line)));
    parts.push(Part::Text(At { x: 1, y: height - 1 }, footer::line(model, width)));
    parts
}

/// The heading and as much of the report as there is room for.
fn report(model: &Model, broken: &Broken, width: usize, height: usize) -> Vec<Line> {
    let glyphs = model.settings.glyphs;
    let text = broken.report.get(model.language);
    let room = height.saturating_sub(1);
    let told = |text: &str| lines(text, model.language, glyphs, width);
    let mut lines = told(text);
    let more = lines.len() > room;
    if more {
        let (first, others) = text.split_once("\n\n").unwrap_or((text, ""));
        let kept = Kept::ALL.into_iter().map(|kept| told(&kept.of(first)));
        lines = kept.into_iter().find(|lines| lines.len() <= room).unwrap_or(lines);
        lines.extend(told(&Kept::Remedy.of(others)));
        lines.truncate(room);
    }
    lines.insert(0, heading(model, broken, more).plain(glyphs).truncate(width, glyphs));
    lines
}

/// Which file, where, what is seen instead, and how to see all of it.
fn heading(model: &Model, broken: &Broken, more: bool) -> Line {
    let stays = both!("the last good version stays", "仍显示上一个正确的版本");
    let mut heading = place(model, broken);
    if more {
        let all = both!("all of it", "全部");
        heading = heading.with("  e ", Role::Key).with(all.get(model.language), Role::Muted);
    }
    heading.with("  ", Role::Plain).with(stays.get(model.language), Role::Muted)
}

/// Which file, and where the first mistake is.
fn place(model: &Model, broken: &Broken) -> Line {
    let file = broken.file.rsplit(['/', '\\']).next().unwrap_or(&broken.file);
    let place = match broken.place {
        Some((line, column)) => {
            both!("{file}, line {line}, column {column}", "{file} 第 {line} 行第 {column} 列")
        }
        None => both!("{file}", "{file}"),
    };
    Line::of(place.get(model.language).as_str(), Role::Error)
}
