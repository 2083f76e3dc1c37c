//! The report of a check as lines of the screen: what is wrong, where, and what to do, each in its colour.

use super::glyphs::Glyphs;
use super::overlay::wrap_code;
use super::text::{Line, Role, cells};
use super::wrap::wrap;
use crate::diagnostic::{ERROR, HELP, WARNING};
use crate::language::{Language, Words};

/// A report, wrapped.
pub(super) fn lines(text: &str, language: Language, glyphs: Glyphs, width: usize) -> Vec<Line> {
    // Lines are few: those that only space out the report are left out.
    let lines: Vec<_> = text.lines().filter(|line| line.trim() != "|").collect();
    let mut severity = Role::Error;
    let painted = narrowed(&lines, width, glyphs.ellipsis()).into_iter().map(|line| {
        severity = severity_of(&line, language).unwrap_or(severity);
        (painted(&line, severity, language).plain(glyphs), gutter(&line))
    });
    painted
        .flat_map(|(line, gutter)| match gutter {
            Some(gutter) if line.width() > width => label_below(&line, gutter, width),
            Some(_) | None => wrap_code(&line, width),
        })
        .collect()
}

/// A line of marks whose label does not fit beside them: the label stands below, behind the bar.
fn label_below(line: &Line, gutter: usize, width: usize) -> Vec<Line> {
    let text = line.text();
    let label = gutter + marks_end(&text[gutter..]);
    let role = line.0.last().map_or(Role::Plain, |span| span.role);
    let room = width.saturating_sub(cells(&text[..gutter]));
    let said = wrap(&Line::of(text[label..].trim(), role), room);
    // The label begins below its mark as far as there is room for it.
    let mark = text[gutter..label].trim_end().trim_end_matches(['^', '-']);
    let widest = said.iter().map(Line::width).max().unwrap_or(0);
    let indent = cells(mark).min(room.saturating_sub(widest));
    let below = said.iter().map(|said| said.labelled(&" ".repeat(indent), Role::Plain));
    let below = below.map(|said| said.labelled(&text[..gutter], Role::Muted));
    std::iter::once(line.clip(cells(text[..label].trim_end()))).chain(below).collect()
}

/// What is kept of a finding for which there is little room.
#[derive(Clone, Copy)]
pub(super) enum Kept {
    /// What is wrong, the line with its mark, and what to do.
    Marked,
    /// The same without the mark.
    Line,
    /// What is wrong and what to do.
    Remedy,
}

impl Kept {
    pub(super) const ALL: [Self; 3] = [Self::Marked, Self::Line, Self::Remedy];

    /// What is left of a report. Other lines of the file, and the place, which stands in the heading, are left out.
    pub(super) fn of(self, report: &str) -> String {
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

/// The colour of the finding that begins with this line, `error[unknown-field]: …`, if one does.
fn severity_of(line: &str, language: Language) -> Option<Role> {
    let begins = |severity: Words| {
        line.strip_prefix(*severity.get(language)).is_some_and(|rest| rest.starts_with('['))
    };
    let colours = [(ERROR, Role::Error), (WARNING, Role::Warning)];
    colours.into_iter().find_map(|(severity, role)| begins(severity).then_some(role))
}

/// What is wrong and what to do stand out, marks have the colour of their finding, and what only says where stands back.
fn painted(line: &str, severity: Role, language: Language) -> Line {
    if let Some(severity) = severity_of(line, language) {
        let message = [": ", "："].iter().filter_map(|colon| Some(line.find(colon)? + colon.len())).min();
        let message = message.unwrap_or(line.len());
        return Line::of(&line[..message], severity).with(&line[message..], Role::Strong);
    }
    if let Some(at) = gutter(line) {
        let (gutter, text) = line.split_at(at);
        let text = if is_code(gutter) { Line::of(text, Role::Plain) } else { marks(text, severity) };
        return text.labelled(gutter, Role::Muted);
    }
    let help = *HELP.get(language);
    match line.split_once(help) {
        Some((before, hint)) if before.trim() == "=" => {
            Line::of(before, Role::Muted).with(help, Role::Strong).with(hint, Role::Plain)
        }
        Some(_) | None if line.trim_start().starts_with(['-', '.', '=']) => Line::of(line, Role::Muted),
        Some(_) | None => Line::of(line, Role::Plain),
    }
}

/// Marks below a line of the file, and what is said at the last of them in its colour.
fn marks(text: &str, severity: Role) -> Line {
    let mut line = Line::new();
    let mut role = Role::Muted;
    let drawn = marks_end(text);
    for mark in text[..drawn].split_inclusive(' ') {
        role = match mark.as_bytes()[0] {
            b'^' => severity,
            b' ' => role,
            _ => Role::Muted,
        };
        line.push(mark, role);
    }
    line.with(&text[drawn..], role)
}

/// Where the marks of a line end and what is said at the last of them begins.
fn marks_end(text: &str) -> usize {
    text.find(|c| !matches!(c, ' ' | '^' | '-' | '|')).unwrap_or(text.len())
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
        let drawn = |gutter: &str, text: &str| if is_code(gutter) { text.len() } else { marks_end(text) };
        let too_long =
            parts.iter().any(|(gutter, text)| cells(text[..drawn(gutter, text)].trim_end()) > room(gutter));
        let marks = parts.iter().filter(|(gutter, _)| !is_code(gutter));
        let first = marks.filter_map(|(_, text)| text.find(['^', '-']).map(|at| cells(&text[..at]))).min();
        // The first mark comes to stand in the first third.
        let cut = if too_long { first.unwrap_or(0).saturating_sub(width / 3) } else { 0 };
        narrow.extend(parts.iter().map(|(gutter, text)| {
            let room = if is_code(gutter) { room(gutter) } else { usize::MAX };
            format!("{gutter}{}", window(text, cut, room, ellipsis))
        }));
    }
    narrow
}

/// Where the text of a line of the file begins, behind its number and the bar.
fn gutter(line: &str) -> Option<usize> {
    let (number, rest) = line.split_once('|')?;
    let blank = number.chars().all(|c| c == ' ' || c.is_ascii_digit());
    blank.then(|| number.len() + 1 + usize::from(rest.starts_with(' ')))
}

/// Whether this stands before a line of the file, and not before its marks.
fn is_code(gutter: &str) -> bool {
    gutter.contains(|c: char| c.is_ascii_digit())
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
    fn a_label_that_does_not_fit_beside_its_mark_stands_below_it() {
        let seen = |report: &str, width| {
            let lines = lines(report, Language::English, Glyphs::Unicode, width);
            lines.iter().map(Line::text).collect::<Vec<_>>()
        };
        let report = "9 | W: 1\n  |    --- this is wrong because of it, in lines 25, 26";
        let below = ["9 | W: 1", "  |    ---", "  |   this is wrong because of", "  |   it, in lines 25, 26"];
        assert_eq!(seen(report, 30), below);
        assert_eq!(seen("  |      ^ the first", 20), ["  |      ^ the first"]);
        assert_eq!(seen("  |      ^ the first", 18), ["  |      ^", "  |      the first"]);
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

    /// How a line is painted within a warning: its parts and their colours.
    fn assert_painted(line: &str, language: Language, parts: &[(&str, Role)]) {
        let painted = painted(line, Role::Warning, language);
        let told = painted.0.iter().map(|span| (span.text.trim(), span.role));
        assert_eq!(told.filter(|(text, _)| !text.is_empty()).collect::<Vec<_>>(), parts, "{line}");
    }

    #[test]
    fn each_part_of_a_report_has_its_colour_in_both_languages() {
        use Language::{Chinese, English};
        use Role::{Error, Muted, Plain, Strong, Warning};
        assert_painted("error[unknown-name]: x", English, &[("error[unknown-name]:", Error), ("x", Strong)]);
        assert_painted(
            "错误[unknown-name]：没有",
            Chinese,
            &[("错误[unknown-name]：", Error), ("没有", Strong)],
        );
        assert_painted("warning[x-1]: x", English, &[("warning[x-1]:", Warning), ("x", Strong)]);
        assert_painted("  --> a.yaml:1:1", English, &[("--> a.yaml:1:1", Muted)]);
        assert_painted("10 | a[x]: 1 - 2 ^", English, &[("10 |", Muted), ("a[x]: 1 - 2 ^", Plain)]);
        assert_painted("   |  --- ^^^ a - b", English, &[("|  ---", Muted), ("^^^ a - b", Warning)]);
        let shown = [("|", Muted), ("^^^", Warning), ("--- the first", Muted)];
        assert_painted("   |  ^^^ --- the first", English, &shown);
        let hint = [("=", Muted), ("help", Strong), (": write `help: `", Plain)];
        assert_painted("   = help: write `help: `", English, &hint);
        assert_painted("   = 提示：请写", Chinese, &[("=", Muted), ("提示", Strong), ("：请写", Plain)]);
    }
}
