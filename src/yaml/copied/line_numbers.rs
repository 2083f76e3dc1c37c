//! The number of each line, copied with the lesson from a page.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Edit, Span};
use crate::language::Localised;

/// Fewer lines with numbers may be anything.
const FEWEST: usize = 3;

/// A line with its number.
struct Numbered<'a> {
    start: usize,
    /// How many columns the number and the blanks before it take.
    width: usize,
    rest: &'a str,
}

/// The finding for a file in which every line begins with its number.
pub(in crate::yaml) fn finding(text: &str) -> Option<Diagnostic> {
    let mut lines = Vec::new();
    let (mut start, mut last, mut empty) = (0, None, 0);
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        if content.trim().is_empty() {
            empty += 1;
        } else {
            let digits = content.trim_start();
            let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            let number: usize = digits[..length].parse().ok()?;
            // Some pages count the lines without words, and others do not.
            if last.is_some_and(|last: usize| number <= last || number - last > 1 + empty) {
                return None;
            }
            (last, empty) = (Some(number), 0);
            let width = content.len() - digits.len() + length;
            lines.push(Numbered { start, width, rest: &digits[length..] });
        }
        start += line.len();
    }
    let sign = lines.first()?.rest.trim_start().chars().next()?;
    let sign = matches!(sign, '|' | '│' | ':' | '.' | ')').then_some(sign);
    let behind = |line: &Numbered<'_>| -> Option<usize> {
        if line.rest.is_empty() {
            return Some(0);
        }
        let blanks = line.rest.len() - line.rest.trim_start_matches(' ').len();
        match sign {
            Some(sign) => line.rest[blanks..].starts_with(sign).then(|| blanks + sign.len_utf8()),
            None => line.rest.starts_with([' ', '\t']).then_some(0),
        }
    };
    let behind: Vec<usize> = lines.iter().map(behind).collect::<Option<_>>()?;
    if lines.len() < FEWEST {
        return None;
    }
    let edits: Vec<Edit> = lines
        .iter()
        .zip(lengths(&lines, &behind))
        .map(|(line, length)| Edit { span: Span::new(line.start, line.start + length), with: String::new() })
        .collect();
    let first = edits.first()?.span;
    let message = both!(
        "line numbers stand before the lines of this file, and do not belong to the lesson",
        "每一行开头都有行号，它们不属于课程"
    );
    let hint = hint(text, &lines, &edits)?;
    let finding = Diagnostic::new(Code::YamlSyntax, first, message).with_hint(hint);
    Some(Diagnostic { fix: edits, ..finding })
}

/// How much to remove from each line.
fn hint(text: &str, lines: &[Numbered<'_>], edits: &[Edit]) -> Option<Localised<String>> {
    let length = |edit: &Edit| text[edit.span.range()].chars().count();
    // Behind a number without words nothing may be left to remove.
    let filled = || edits.iter().filter(|edit| !text[edit.span.end..].starts_with(['\r', '\n']));
    let first = filled().next()?;
    let rest = text[first.span.end..].lines().next()?;
    let begins: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let count = length(first);
    if filled().all(|edit| length(edit) == count) {
        return Some(both!(
            "remove the first {count} characters of each line (the number and the spaces around it), and no more: the first line then begins with `{begins}`",
            "请删去每一行开头的 {count} 个字符（行号和它前后的空格），其余空格保留，第一行就以 `{begins}` 开头"
        ));
    }
    let own = lines.iter().find(|line| line.start == first.span.start)?;
    let behind = &text[own.start + own.width..first.span.end];
    Some(both!(
        "remove the number of each line and `{behind}` behind it, and no more: the first line then begins with `{begins}`",
        "请删去每一行的行号和紧跟着的 `{behind}`，其余空格保留，第一行就以 `{begins}` 开头"
    ))
}

/// How many bytes at the beginning of each line are no part of it: its number, the sign behind it, and as many blanks as all
/// lines have. Numbers may be set in a column as wide as the widest of them.
fn lengths(lines: &[Numbered<'_>], behind: &[usize]) -> Vec<usize> {
    let filled = || lines.iter().zip(behind).filter(|(line, behind)| line.rest.len() > **behind);
    if filled().all(|(line, behind)| line.rest[*behind..].starts_with('\t')) {
        return lines
            .iter()
            .zip(behind)
            .map(|(line, behind)| line.width + (behind + 1).min(line.rest.len()))
            .collect();
    }
    let blanks = |line: &Numbered<'_>, behind: usize| {
        let rest = &line.rest[behind..];
        rest.len() - rest.trim_start_matches(' ').len()
    };
    let widest = lines.iter().map(|line| line.width).max().unwrap_or(0);
    let column =
        filled().map(|(line, behind)| line.width + behind + blanks(line, *behind)).min().unwrap_or(0);
    let fewest = filled().map(|(line, behind)| blanks(line, *behind)).min().unwrap_or(0);
    let sign = behind.last().copied().unwrap_or(0);
    let in_column = column > widest + sign;
    let length = |(line, behind): (&Numbered<'_>, &usize)| {
        let whole = line.width + line.rest.len();
        if in_column { column.min(whole) } else { (line.width + behind + fewest).min(whole) }
    };
    lines.iter().zip(behind).map(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_numbers(text: &str) -> Option<String> {
        let finding = finding(text)?;
        let mut written = text.to_owned();
        for Edit { span, with } in finding.fix.into_iter().rev() {
            written.replace_range(span.range(), &with);
        }
        Some(written)
    }

    #[test]
    fn numbers_go_away_with_what_is_set_behind_all_of_them() {
        let lesson = "title: A\nsteps:\n  - show: X\n";
        for text in [
            "1 title: A\n2 steps:\n3   - show: X\n",
            "9. title: A\n10. steps:\n11.   - show: X\n",
            "  9  title: A\n 10  steps:\n 11    - show: X\n",
            "9   title: A\n10  steps:\n11    - show: X\n",
            "1\ttitle: A\n2\tsteps:\n3\t  - show: X\n",
            "  9 │ title: A\n 10 │ steps:\n 11 │   - show: X\n",
        ] {
            assert_eq!(without_numbers(text).as_deref(), Some(lesson), "{text}");
        }
        assert_eq!(without_numbers("1 a: 1\n\n2 b: 2\n3 c: 3\n").as_deref(), Some("a: 1\n\nb: 2\nc: 3\n"));
    }

    #[test]
    fn other_numbers_stay() {
        for text in ["1 0 0\n0 1 0\n0 0 1\n", "1 a\n2 b\n", "1: a\n2: b\ntitle: A\n", "1 a\n2 b\n4 c\n"] {
            assert_eq!(without_numbers(text), None, "{text}");
        }
    }
}
