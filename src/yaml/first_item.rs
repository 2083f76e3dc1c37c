//! Lists whose first item lacks its `- `, while the items below it have theirs.

use super::draft::Draft;
use super::indentation::{indent, is_dashed};
use super::structure::begins_entry;
use super::syntax::{Explained, Mend};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};

/// So many lines above are looked at.
const FAR: usize = 400;

/// What is wrong if the line of `at` begins with `- `, and what stands above it under the same name does not.
pub(super) fn without_dash(at: usize, draft: &Draft) -> Option<Explained> {
    let (second, end) = draft.line(at);
    let column = indent(second, draft);
    if !is_dashed(second + column, end, draft) {
        return None;
    }
    let lines = first_item(second, column, draft)?;
    let (first, last) = (*lines.first()?, draft.line(*lines.first()?).1);
    let own = indent(first, draft);
    let place = draft.span(first + own, last);
    let finding = Diagnostic::new(
        Code::YamlSyntax,
        place,
        both!("the first item of this list does not begin with `- `", "这个列表的第一项前面缺少 `- `"),
    )
    .with_related(
        draft.span(second + column, end),
        both!("the next item begins with `- `", "下一项以 `- ` 开头"),
    )
    .with_hint(both!("write `- ` before it", "请在前面写上 `- `"));
    let mends = with_dash(&lines, column, draft);
    let finding = mends.iter().fold(finding, |finding, mend| mend.fixing(finding, draft));
    Some(Explained { finding, about_indentation: true, mends })
}

/// The lines between the name of a list and its first `- `, which stands in `column` of the line that begins at `second`.
fn first_item(second: usize, column: usize, draft: &Draft) -> Option<Vec<usize>> {
    let mut lines: Vec<usize> = Vec::new();
    let mut start = second;
    for _ in 0..FAR {
        let (line, end) = draft.line(start.checked_sub(1)?);
        start = line;
        let own = indent(line, draft);
        if line + own >= end || draft.get(line + own) == Some('#') {
            continue;
        }
        let content = draft.slice(line + own, end);
        let names_list = content.strip_suffix(&[':']).is_some_and(|name| !name.contains(&':'));
        let first_column = lines.last().map(|first| indent(*first, draft));
        // A name with nothing behind it, further left than the item, is that of the list.
        if names_list && own <= column && first_column.is_some_and(|first| own < first) {
            let first = *lines.last()?;
            let text: String =
                draft.slice(first + indent(first, draft), draft.line(first).1).iter().collect();
            lines.reverse();
            return begins_entry(&text).then_some(lines);
        }
        if own < column || (own == column && content.first() == Some(&'-')) {
            return None;
        }
        lines.push(line);
    }
    None
}

/// A `- ` in `column` before the first of these lines, and the others moved below what it begins.
fn with_dash(lines: &[usize], column: usize, draft: &Draft) -> Vec<Mend> {
    let own = lines.first().map_or(0, |first| indent(*first, draft));
    let shift = (column + 2).saturating_sub(own);
    let mend = |(at, line): (usize, &usize)| match (at, shift) {
        (0, 0) => Some(Mend { start: line + column, end: line + column + 1, with: "-".to_owned() }),
        (0, _) => Some(Mend { start: line + column, end: line + own, with: "- ".to_owned() }),
        (_, 0) => None,
        (_, _) => Some(Mend { start: *line, end: *line, with: " ".repeat(shift) }),
    };
    lines.iter().enumerate().filter_map(mend).collect()
}
