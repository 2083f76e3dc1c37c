//! Signs of the page that a lesson was copied from: the number of each line, and the `+` and `-` of lines that are new and
//! old.

use super::draft::Draft;
use super::indentation::line_above;
use super::syntax::{Explained, Mend};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Edit, Span};

/// So many of the signs are marked.
const MARKED: usize = 12;
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
pub(super) fn line_numbers(text: &str) -> Option<Diagnostic> {
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
    let hint = both!(
        "remove the number of each line and the blank behind it, so that `title` and its like stand at the left edge again",
        "请删去所有行号和后面的空格，让 `title` 等名字重新顶格"
    );
    let finding = Diagnostic::new(Code::YamlSyntax, first, message).with_hint(hint);
    Some(Diagnostic { fix: edits, ..finding })
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

/// The `+` with which tools that compare files mark a line that is new, copied with it; all of them together, with the lines
/// that they stand for, which have a `-`. Something is wrong with the file, and nothing of a lesson begins so.
pub(super) fn signs_of_change(draft: &Draft) -> Option<Explained> {
    let all = std::iter::successors(Some(0), |line| Some(draft.line(*line).1 + 1));
    let all: Vec<usize> = all.take_while(|line| *line < draft.len()).collect();
    let new: Vec<usize> = all.iter().copied().filter(|line| is_new(*line, draft)).collect();
    let old: Vec<usize> = all.iter().copied().filter(|line| is_old(*line, &new, draft)).collect();
    let mut mends: Vec<Mend> = new
        .iter()
        .map(|line| Mend { start: *line, end: line + 1, with: String::new() })
        .chain(old.iter().map(|line| Mend {
            start: *line,
            end: (draft.line(*line).1 + 1).min(draft.len()),
            with: String::new(),
        }))
        .collect();
    mends.sort_by_key(|mend| mend.start);
    let place = |line: &usize| draft.span(*line, line + 1);
    let message = both!(
        "this `+` is the sign of a page for a line that is new, and does not belong to the lesson",
        "行首的 `+` 是网页或教程里表示新增一行的记号，不属于课程"
    );
    let (sign, zh) = if new.len() == 1 { ("`+`", " `+`") } else { ("each `+`", "每一行开头的 `+`") };
    let numbers: Vec<String> = old.iter().map(|line| draft.number(*line).to_string()).collect();
    let (listed, listed_zh) = (numbers.join(", "), numbers.join("、"));
    let hint = match numbers.as_slice() {
        [] => both!("remove {sign}, and keep the blanks behind it", "请删去{zh}，保留它后面的空格"),
        [_] => both!(
            "remove {sign}, and the whole line {listed}: its `-` marks what was there before",
            "请删去{zh}，并删去整个第 {listed} 行，那里的 `-` 表示旧内容"
        ),
        [_, ..] => both!(
            "remove {sign}, and the whole lines {listed}: their `-` marks what was there before",
            "请删去{zh}，并删去整个第 {listed_zh} 行，那里的 `-` 表示旧内容"
        ),
    };
    let (first, rest) = new.split_first()?;
    let finding = Diagnostic::new(Code::YamlSyntax, place(first), message).with_hint(hint);
    let finding = rest.iter().take(MARKED).map(place).fold(finding, Diagnostic::with_another);
    Some(Explained::new(finding, mends, draft).about_indentation())
}

fn is_new(line: usize, draft: &Draft) -> bool {
    match draft.slice(line, line + 2) {
        ['+'] | ['+', '\n'] => true,
        ['+', next] => next.is_alphabetic() || matches!(next, ' ' | '-' | '#'),
        _ => false,
    }
}

/// Whether a line with `-` at the left edge stands, with others like it, straight above a new one that is as far in.
fn is_old(line: usize, new: &[usize], draft: &Draft) -> bool {
    let blanks =
        |line: usize| draft.slice(line + 1, draft.line(line).1).iter().take_while(|c| **c == ' ').count();
    let is_marked = |line: usize| draft.get(line) == Some('-') && blanks(line) > 1;
    let mut next = line;
    while is_marked(next) {
        next = draft.line(next).1 + 1;
    }
    next != line && new.contains(&next) && blanks(next) == blanks(line) && line_above(next, draft).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_numbers(text: &str) -> Option<String> {
        let finding = line_numbers(text)?;
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
