//! Lines that stand too far left or right: in no column of the lines above them, or in that of another name.

pub(super) mod first_item;
pub(super) mod inward;
pub(super) mod left_behind;
pub(super) mod lost_dash;
pub(super) mod outward;
pub(super) mod stray;

use std::cmp::Ordering;

use super::draft::Draft;
use super::structure::lines::begins_entry;
use super::syntax::{Explained, Mend};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Language, Localised, counted};

/// So many lines above are looked at.
pub(super) const FAR: usize = 400;

/// A column in which lines above begin, and the first line that does so.
struct Column {
    /// Counted from 0.
    at: usize,
    first: Span,
    /// What that line begins with: `show` or `- show`.
    name: String,
    /// Whether its lines begin with `- `.
    dashed: bool,
}

/// The finding with the beginning of the lines that the line of `at` is nearest to, and how to get there.
pub(super) fn related(finding: Diagnostic, at: usize, draft: &Draft) -> Diagnostic {
    match nearest(at, draft) {
        Some(Column { at: column, first, name, .. }) if first.start != finding.span.start => {
            let own = indent(draft.line(at).0, draft);
            let finding =
                finding.with_related(first, both!("it belongs straight below this", "要与这里对齐"));
            let number = draft.number(draft.index(first.start));
            match move_to(own, column, &name, number) {
                Some(hint) => finding.with_hint(hint),
                None => finding,
            }
        }
        Some(_) | None => finding,
    }
}

/// How to move a line from its own column to that of `name`, which begins the line of this number.
fn move_to(own: usize, column: usize, name: &str, number: usize) -> Option<Localised<String>> {
    const NAME: usize = 30;
    let is_short = !name.is_empty() && !name.contains('`') && name.chars().count() <= NAME;
    let Localised { en, zh } =
        if is_short { both!("`{name}`", " `{name}` ") } else { both!("line {number}", "第 {number} 行") };
    let count = own.abs_diff(column);
    let spaces = counted(count, "space", "spaces");
    match own.cmp(&column) {
        Ordering::Greater => Some(both!(
            "remove {spaces} before it, so that it stands straight below {en}",
            "请删去前面的 {count} 个空格，与{zh}对齐"
        )),
        Ordering::Less => Some(both!(
            "put {spaces} more before it, so that it stands straight below {en}",
            "请在前面再加 {count} 个空格，与{zh}对齐"
        )),
        Ordering::Equal => None,
    }
}

/// The line of `at` moved to the column that it is nearest to.
pub(super) fn aligned(at: usize, draft: &Draft) -> Option<Mend> {
    let (start, _) = draft.line(at);
    let Column { at: column, .. } = nearest(at, draft)?;
    let own = indent(start, draft);
    (own != column).then(|| Mend { start, end: start + own, with: " ".repeat(column) })
}

/// What is wrong with the line of `at` if it begins with one of `names`, which belong at the left edge, and no line does
/// so there.
pub(super) fn at_left_edge(at: usize, names: &[&str], draft: &Draft) -> Option<Explained> {
    let (start, end) = draft.line(at);
    let own = indent(start, draft);
    let content: String = draft.slice(start + own, end).iter().collect();
    let name = names.iter().copied().find(|name| {
        content.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')) && begins_entry(&content)
    })?;
    let is_there = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'));
    if own == 0 || draft.text().lines().any(is_there) {
        return None;
    }
    let place = draft.span(start + own, start + own + name.chars().count());
    let finding = Diagnostic::new(
        Code::YamlSyntax,
        place,
        both!("`{name}` belongs at the left edge", "`{name}` 应当顶格写"),
    )
    .with_hint(without_blanks(own));
    let mend = Mend { start, end: start + own, with: String::new() };
    Some(Explained::new(finding, vec![mend], draft).about_indentation())
}

fn without_blanks(count: usize) -> Localised<String> {
    let spaces = counted(count, "space", "spaces");
    both!("remove {spaces} before it", "请删去它前面的 {count} 个空格")
}

fn nearest(at: usize, draft: &Draft) -> Option<Column> {
    let (start, end) = draft.line(at);
    let own = indent(start, draft);
    let dashed = is_dashed(start + own, end, draft);
    let columns =
        columns(start, if is_entry(start, own, draft) { Beside::Names } else { Beside::Anything }, draft);
    // An item belongs below an item, and a name below a name.
    let alike = columns.iter().any(|column| column.dashed == dashed);
    let fitting = columns.into_iter().filter(|column| !alike || column.dashed == dashed);
    // One language stands below the other.
    let name: String = draft.slice(start + own, end).iter().take_while(|c| **c != ':').collect();
    let is_language = |name: &str| Language::from_code(name).is_some();
    let apart = |column: &Column| is_language(&name) != is_language(&column.name);
    fitting.min_by_key(|it| (it.at.abs_diff(own), apart(it), own < it.at))
}

/// What a line may stand beside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Names,
    Anything,
}

/// Whether a line begins with `name: ` in this column.
fn is_entry(line: usize, column: usize, draft: &Draft) -> bool {
    let content: String = draft.slice(line + column, draft.line(line).1).iter().collect();
    begins_entry(&content)
}

/// The columns that are open above the line that begins at `start`, from the right; a name has its place beside other names.
fn columns(mut start: usize, beside: Beside, draft: &Draft) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut open = usize::MAX;
    for _ in 0..FAR {
        let Some(above) = start.checked_sub(1) else { break };
        let (line, end) = draft.line(above);
        start = line;
        let own = indent(line, draft);
        if is_idle(line, draft) || own > open {
            continue;
        }
        let mut take = |column: usize, dashed: bool| {
            let first = draft.span(line + column, end);
            let content: String = draft.slice(line + column, end).iter().collect();
            let name = content.split(':').next().unwrap_or_default().to_owned();
            match columns.iter_mut().find(|it| it.at == column && it.dashed == dashed) {
                Some(known) => (known.first, known.name) = (first, name),
                None => columns.push(Column { at: column, first, name, dashed }),
            }
        };
        let is_item = is_dashed(line + own, end, draft);
        if is_item {
            let blanks = draft.slice(line + own + 1, end).iter().take_while(|c| **c == ' ').count();
            let inner = own + 1 + blanks;
            let fits = beside == Beside::Anything || is_entry(line, inner, draft);
            if fits && inner < open && line + inner < end {
                take(inner, false);
            }
        }
        take(own, is_item);
        open = own;
    }
    columns
}

pub(super) fn indent(line: usize, draft: &Draft) -> usize {
    let (start, end) = draft.line(line);
    draft.slice(start, end).iter().take_while(|c| **c == ' ').count()
}

/// The line of `at`, and the nearest above it that holds anything: where the library stops is often the line after a slip.
pub(super) fn own_and_above(at: usize, draft: &Draft) -> [usize; 2] {
    let own = draft.line(at).0;
    [own, line_above(own, draft).unwrap_or(own)]
}

/// What to do about lines that stand so many columns too far right.
pub(super) fn remove_before(lines: &[usize], by: usize, draft: &Draft) -> Localised<String> {
    let spaces = counted(by, "space", "spaces");
    match each_of(lines, draft) {
        Some(Localised { en, zh }) => {
            both!("remove {spaces} before {en}", "请删去{zh}每行前面的 {by} 个空格")
        }
        None => both!("remove {spaces} before it", "请删去它前面的 {by} 个空格"),
    }
}

/// The same of lines that stand too far left.
pub(super) fn put_before(lines: &[usize], by: usize, draft: &Draft) -> Localised<String> {
    let spaces = counted(by, "more space", "more spaces");
    match each_of(lines, draft) {
        Some(Localised { en, zh }) => {
            both!("put {spaces} before {en}", "请在{zh}每行前面再加 {by} 个空格")
        }
        None => both!("put {spaces} before it", "请在它前面再加 {by} 个空格"),
    }
}

/// How a word that stands behind others, or behind a sign that has no meaning there, begins a line of its own in a column.
pub(super) fn on_new_line(
    word: &str,
    sign: Option<char>,
    column: usize,
    place: Localised<String>,
) -> Localised<String> {
    let Localised { en: place, zh: place_zh } = place;
    let Localised { en: first, zh: first_zh } = match sign {
        Some(sign) => both!(
            "remove the `{sign}` before `{word}`, press Enter there",
            "请把 `{word}` 前面的 `{sign}` 换成回车"
        ),
        None => both!("press Enter before `{word}`", "请在 `{word}` 前面按回车键"),
    };
    let spaces = counted(column, "space", "spaces");
    if column == 0 {
        both!("{first}: it must begin at the left edge, {place}", "{first_zh}，另起一行顶格写，{place_zh}")
    } else {
        both!(
            "{first}, and put {spaces} before it: it must stand {place}",
            "{first_zh}，另起一行，行首空 {column} 格，{place_zh}"
        )
    }
}

/// The numbers of several lines.
pub(super) fn each_of(lines: &[usize], draft: &Draft) -> Option<Localised<String>> {
    let [first, .., last] = lines else { return None };
    let (first, last) = (draft.number(*first), draft.number(*last));
    Some(if first + 1 == last {
        both!("each of the lines {first} and {last}", "第 {first}、{last} 行")
    } else {
        both!("each of the lines {first} to {last}", "第 {first} 至 {last} 行")
    })
}

/// The nearest line above that holds anything.
pub(super) fn line_above(line: usize, draft: &Draft) -> Option<usize> {
    let mut above = draft.line(line.checked_sub(1)?).0;
    while is_idle(above, draft) {
        above = draft.line(above.checked_sub(1)?).0;
    }
    Some(above)
}

/// The nearest line below that holds anything.
pub(super) fn below(line: usize, draft: &Draft) -> Option<usize> {
    let mut below = draft.line(line).1 + 1;
    while below < draft.len() && is_idle(below, draft) {
        below = draft.line(below).1 + 1;
    }
    (below < draft.len()).then_some(below)
}

/// A line, and all below it that hold anything.
pub(super) fn from(line: usize, draft: &Draft) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(line), |line| below(*line, draft))
}

/// Whether a line is empty or a comment.
pub(super) fn is_idle(line: usize, draft: &Draft) -> bool {
    matches!(draft.get(line + indent(line, draft)), None | Some('\n' | '#'))
}

pub(super) fn is_dashed(at: usize, end: usize, draft: &Draft) -> bool {
    matches!(draft.slice(at, end), ['-'] | ['-', ' ', ..])
}
