//! Lines that were lost, run together, or written with signs of other programs, found by trial: where a name in a line of
//! its own, a line break, or a line without such a sign lets more of a file be read with less wrong in it, it is what is
//! missing.

mod doubled;
mod exchanged;
mod goes_on;
mod lost_break;
mod lost_item;
mod lost_name;
mod misplaced;
mod rewritten;

use std::ops::Range;

use super::build::{Built, build};
use super::draft::Draft;
use super::indentation::{from, indent, on_new_line};
use super::parse::Expected;
use super::syntax::{Explained, Mend, told};
use crate::both;
use crate::diagnostic::Span;
use crate::language::{Localised, counted};

/// What is lost may be so many lines above the one in which it is seen to be.
const ABOVE: usize = 8;

/// What some lines may lack.
struct Trial {
    /// The lines that would be read otherwise: from the first character to the last.
    lines: Range<usize>,
    by: Evidence,
    /// What is said, and put in, if that is what they lack.
    told: Explained,
}

/// By what it is known that lines belong where they would then stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evidence {
    /// By names of the format.
    Names,
    /// By their values alone, since any name may stand there: only a file that can be read to its end shows it.
    Values,
}

/// What is missing where a reading of the file stopped, or, where it did not stop, where something is wrong first. Each
/// trial is another reading, of which `readings` may be made.
pub(super) fn explain(
    built: &Built,
    expected: &Expected<'_>,
    draft: &Draft,
    readings: &mut usize,
) -> Option<Explained> {
    if *readings == 0 {
        return None;
    }
    let own = Standing::of(built, expected, draft);
    let wrong_first = || own.wrong.iter().map(|span| draft.index(span.start)).min();
    let at = built.stopped.as_ref().map(|stop| stop.at).or_else(wrong_first)?;
    let kinds = [
        lost_break::trials,
        goes_on::trials,
        lost_name::trials,
        lost_item::trials,
        rewritten::trials,
        doubled::trials,
        exchanged::trials,
    ];
    let trials: Vec<Trial> = kinds.iter().flat_map(|trials| trials(at, expected.belongs, draft)).collect();
    *readings = readings.checked_sub(trials.len())?;
    let better = trials.into_iter().filter_map(|Trial { lines, by, told }| {
        let mut other = draft.clone();
        other.mend(told.mends.clone());
        let standing = Standing::of(&build(&other), expected, &other);
        let is_known = by == Evidence::Names || standing.stopped.is_none();
        let is_better = is_known && standing.is_better_than(&own, draft.span(lines.start, lines.end));
        is_better.then_some((standing.rank(), told))
    });
    better.min_by_key(|(rank, _)| *rank).map(|(_, told)| told)
}

/// A line of its own, such as `steps:`, that may be lost above another, in a column further left; or two such.
fn missing(text: &str, line: usize, column: usize, by: Evidence, draft: &Draft) -> Trial {
    let own = indent(line, draft);
    let last = from(line, draft).take_while(|at| indent(*at, draft) >= own).last().unwrap_or(line);
    let lines = line..draft.line(last).1;
    if let Some(told) = in_comment(text, line, column, draft) {
        return Trial { lines, by, told };
    }
    let (message, hint) = match text.split_once('\n') {
        Some((first, second)) => {
            let (inner, second) = (second.len() - second.trim_start().len(), second.trim_start());
            (
                both!(
                    "the lines `{first}` and `{second}` are missing above this one",
                    "这一行上面缺少 `{first}` 和 `{second}` 两行"
                ),
                both!(
                    "above this line write `{first}` with {column} spaces before it, and below that `{second}` with {inner}",
                    "请在这一行上面另起一行，行首空 {column} 格，写 `{first}`；再另起一行，行首空 {inner} 格，写 `{second}`"
                ),
            )
        }
        None => of_one_line(text, column),
    };
    let mend = Mend { start: line, end: line, with: format!("{}{text}\n", " ".repeat(column)) };
    let mark = draft.span(line + own, draft.line(line).1);
    Trial { lines, by, told: told(mark, message, hint, vec![mend], draft) }
}

/// What is said of one such line.
fn of_one_line(text: &str, column: usize) -> (Localised<String>, Localised<String>) {
    let spaces = counted(column, "space", "spaces");
    let message = both!("the line `{text}` is missing above this one", "这一行上面缺少 `{text}` 这一行");
    let hint = if column == 0 {
        both!(
            "above this line write `{text}` in a line of its own, at the left edge",
            "请在这一行上面另起一行，顶格写 `{text}`"
        )
    } else {
        both!(
            "above this line write `{text}` in a line of its own, with {spaces} before it",
            "请在这一行上面另起一行，行首空 {column} 格，写 `{text}`"
        )
    };
    (message, hint)
}

/// The same where the line stands in the comment right above, as in `## steps`, or at its end.
fn in_comment(text: &str, line: usize, column: usize, draft: &Draft) -> Option<Explained> {
    let (start, end) = draft.line(line.checked_sub(1)?);
    let written: String = draft.slice(start, end).iter().collect();
    let comment = written.trim().strip_prefix('#')?.trim_start_matches(['#', ' ']);
    let blanks = " ".repeat(column);
    if comment.trim_end_matches([' ', ':', '：']) == text.trim_end_matches(':') {
        let (place, written) = (start + indent(start, draft), written.trim());
        let message = both!(
            "`{written}` is a comment, as it begins with `#`: it is not read",
            "`{written}` 以 `#` 开头，是注释，不会被读取"
        );
        let hint = if column == 0 {
            both!("write `{text}` in its place, at the left edge", "请改成 `{text}`，顶格写")
        } else {
            let spaces = counted(column, "space", "spaces");
            both!(
                "write `{text}` in its place, with {spaces} before it",
                "请改成 `{text}`，行首空 {column} 格"
            )
        };
        let mend = Mend { start, end, with: format!("{blanks}{text}") };
        return Some(told(draft.span(place, end), message, hint, vec![mend], draft));
    }
    let before = written.trim_end().strip_suffix(text).filter(|before| before.ends_with(' '))?;
    let (from, at) = (start + before.trim_end().chars().count(), start + before.chars().count());
    let message = both!(
        "`{text}` stands in the comment of this line: it is not read",
        "`{text}` 写进了这一行的注释里，不会被读取"
    );
    let place = both!("above the lines that belong to it", "在属于它的各行上面");
    let mend = Mend { start: from, end: at, with: format!("\n{blanks}") };
    let mark = draft.span(at, at + text.chars().count());
    Some(told(mark, message, on_new_line(text, None, column, place), vec![mend], draft))
}

/// How far a file can be read, and what is wrong in it.
struct Standing {
    /// The byte of the file at which the reading stops, if it does.
    stopped: Option<usize>,
    wrong: Vec<Span>,
}

impl Standing {
    fn of(built: &Built, expected: &Expected<'_>, draft: &Draft) -> Self {
        let Built { tree, findings, stopped } = built;
        let whole = tree.as_ref().filter(|_| stopped.is_none());
        let mut wrong = whole.map(|tree| (expected.faults)(tree)).unwrap_or_default();
        wrong.extend(findings.iter().map(|finding| finding.span));
        Self { stopped: stopped.as_ref().map(|stop| draft.byte(stop.at)), wrong }
    }

    /// The least is the best: what is read further, and then what has less wrong in it.
    fn rank(&self) -> (usize, usize) {
        (usize::MAX - self.stopped.unwrap_or(usize::MAX), self.wrong.len())
    }

    /// Whether more is right than in another reading, and everything at this place.
    fn is_better_than(&self, other: &Self, place: Span) -> bool {
        let is_right = |at: usize| !(place.start..place.end).contains(&at);
        let goes_on = self.stopped.is_none_or(|at| at > place.end);
        self.rank() < other.rank() && goes_on && self.wrong.iter().all(|span| is_right(span.start))
    }
}
