//! The report on a file that was saved with mistakes: beside the last good screen of its lesson, or alone where there is
//! none.

use super::overlay::{scrolled, wrap_code};
use super::text::{Align, Line, Role, cells};
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
    let (lines, seen) = scrolled(lines(text, model, width), room, broken.scroll, glyphs);
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
    let mut lines = lines(text, model, width);
    let more = lines.len() > room;
    if more {
        let (first, others) = text.split_once("\n\n").unwrap_or((text, ""));
        let kept = Kept::ALL.into_iter().map(|kept| self::lines(&kept.of(first), model, width));
        lines = kept.into_iter().find(|lines| lines.len() <= room).unwrap_or(lines);
        lines.extend(self::lines(&Kept::Remedy.of(others), model, width));
        lines.truncate(room);
    }
    lines.insert(0, heading(model, broken, more).plain(glyphs).truncate(width, glyphs));
    lines
}

/// What is kept of a finding for which there is little room.
#[derive(Clone, Copy)]
enum Kept {
    /// What is wrong, the line with its mark, and what to do.
    Marked,
    /// The same without the mark.
    Line,
    /// What is wrong and what to do.
    Remedy,
}

impl Kept {
    const ALL: [Self; 3] = [Self::Marked, Self::Line, Self::Remedy];

    /// What is left of a report. Other lines of the file, and the place, which stands in the heading, are left out.
    fn of(self, report: &str) -> String {
        let lines: Vec<&str> = report.lines().collect();
        let is_mark = |at: usize| {
            lines.get(at).is_some_and(|line| gutter(line).is_some_and(|text| line[text..].contains('^')))
        };
        let keeps = |at: &usize| match (gutter(lines[*at]), self) {
            (None, _) => !lines[*at].trim_start().starts_with("-->") && lines[*at].trim() != "...",
            (Some(_), Self::Marked) => is_mark(*at) || is_mark(at + 1),
            (Some(_), Self::Line) => is_mark(at + 1),
            (Some(_), Self::Remedy) => false,
        };
        (0..lines.len()).filter(keeps).map(|at| lines[at]).collect::<Vec<_>>().join("\n")
    }
}

/// A report, wrapped.
fn lines(text: &str, model: &Model, width: usize) -> Vec<Line> {
    let glyphs = model.settings.glyphs;
    // Lines are few: those that only space out the report are left out.
    let lines: Vec<_> = text.lines().filter(|line| line.trim() != "|").collect();
    let lines = narrowed(&lines, width, glyphs.ellipsis()).into_iter();
    let lines = lines.map(|line| Line::of(line.as_str(), role(&line)).plain(glyphs));
    lines.flat_map(|line| wrap_code(&line, width)).collect()
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

/// Lines of the file that are too long lose what stands far from the mark below them, and the marks move along.
fn narrowed(lines: &[&str], width: usize, ellipsis: &str) -> Vec<String> {
    let mut narrow = Vec::new();
    for block in lines.chunk_by(|a, b| gutter(a).is_some() == gutter(b).is_some()) {
        let parts = block.iter().filter_map(|line| Some(line.split_at(gutter(line)?)));
        let parts: Vec<(&str, &str)> = parts.collect();
        if parts.is_empty() {
            narrow.extend(block.iter().map(|line| (*line).to_owned()));
            continue;
        }
        let room = |gutter: &str| width.saturating_sub(gutter.len());
        let too_long = parts.iter().any(|(gutter, text)| cells(text) > room(gutter));
        let marks = parts.iter().filter(|(gutter, _)| !gutter.contains(|c: char| c.is_ascii_digit()));
        let first = marks.filter_map(|(_, text)| text.find(['^', '-']).map(|at| cells(&text[..at]))).min();
        // The first mark comes to stand in the first third.
        let cut = if too_long { first.unwrap_or(0).saturating_sub(width / 3) } else { 0 };
        narrow.extend(
            parts
                .iter()
                .map(|(gutter, text)| format!("{gutter}{}", window(text, cut, room(gutter), ellipsis))),
        );
    }
    narrow
}

/// Where the text of a line of the file begins, behind its number and the bar.
fn gutter(line: &str) -> Option<usize> {
    let (number, rest) = line.split_once('|')?;
    let blank = number.chars().all(|c| c == ' ' || c.is_ascii_digit());
    blank.then(|| number.len() + 1 + usize::from(rest.starts_with(' ')))
}

/// The part of a text after some cells, as wide as there is room for, with a sign for what is left out on either side.
fn window(text: &str, cut: usize, room: usize, ellipsis: &str) -> String {
    let hidden = Line::of(text, Role::Plain).clip(cut).text();
    let rest = if hidden.trim().is_empty() {
        without(text, cut)
    } else {
        format!("{ellipsis}{}", without(text, cut + cells(ellipsis)))
    };
    if cells(&rest) <= room {
        return rest;
    }
    Line::of(rest, Role::Plain).clip(room.saturating_sub(cells(ellipsis))).text() + ellipsis
}

/// The text without its first cells; half of a wide sign is a blank.
fn without(text: &str, count: usize) -> String {
    let line = Line::of(text, Role::Plain);
    let skipped = line.clip(count).text();
    if cells(&skipped) == count || skipped == text {
        return text[skipped.len()..].to_owned();
    }
    let skipped = line.clip(count + 1).text();
    format!(" {}", &text[skipped.len()..])
}

/// The first line of a finding stands out: `error[unknown-field]: …`.
fn role(line: &str) -> Role {
    let code = line.split_once('[').and_then(|(word, rest)| {
        let (code, after) = rest.split_once(']')?;
        after.starts_with([':', '：']).then_some((word, code))
    });
    let is_code = |code: &str| {
        code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit())
    };
    match code {
        Some((word, code)) if !word.contains(' ') && is_code(code) => Role::Strong,
        Some(_) | None => Role::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_so_that_its_mark_is_seen_under_the_same_signs() {
        let code = format!("{}W_L, 中文{}", "中".repeat(30), "y".repeat(40));
        let marks = format!("{}^^^", " ".repeat(60));
        let (code, marks) = (format!("10 | {code}"), format!("   | {marks}"));
        for width in [39, 40, 41] {
            let seen = narrowed(&["error[x]: a | b", "   |", &code, &marks, "   = help: |"], width, "…");
            assert_eq!(seen[0], "error[x]: a | b");
            let at = |line: &str, sign: &str| line.find(sign).map(|at| cells(&line[..at]));
            assert_eq!(at(&seen[2], "W_L"), at(&seen[3], "^^^"), "{seen:#?}");
            assert!(at(&seen[3], "^^^").is_some());
            assert!(seen.iter().take(4).all(|line| cells(line) <= width), "{seen:#?}");
            assert_eq!(seen[2].matches('…').count(), 2);
        }
        let wide = narrowed(&[&code, &marks], 200, "…");
        assert_eq!(wide, [code, marks]);
    }

    #[test]
    fn where_there_is_little_room_what_to_do_stays() {
        let report = "error[unknown-name]: no axis `d_modl`\n  --> a.yaml:33:25\n   |\n11 |   d_model: 4\n   |   ------- the nearest\n...\n33 |  rows: d_modl\n   |        ^^^^^^\n   |\n   = help: did you mean `d_model`?";
        let (what, remedy) = ("error[unknown-name]: no axis `d_modl`", "   = help: did you mean `d_model`?");
        let (line, mark) = ("33 |  rows: d_modl", "   |        ^^^^^^");
        assert_eq!(Kept::Marked.of(report), [what, line, mark, remedy].join("\n"));
        assert_eq!(Kept::Line.of(report), [what, line, remedy].join("\n"));
        assert_eq!(Kept::Remedy.of(report), [what, remedy].join("\n"));
    }

    #[test]
    fn the_heading_of_a_finding_stands_out_in_both_languages() {
        for line in ["error[unknown-name]: x", "错误[unknown-name]：没有", "warning[x-1]: x"] {
            assert_eq!(role(line), Role::Strong);
        }
        for line in ["  --> a.yaml:1:1", "10 | a[x]: 1", "   = help: did you mean `a[b]: `?", "x [a]: b"] {
            assert_eq!(role(line), Role::Plain, "{line}");
        }
    }
}
