//! What cannot be read is left out, so that it does not hide what is wrong elsewhere in the file.

use super::draft::Draft;
use super::indentation::{indent, is_dashed, is_idle};
use super::structure::lines::begins_entry;
use crate::diagnostic::Span;

/// An entry or item with nothing in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its place in the file, with its name.
    pub span: Span,
    /// The outermost name under which it stands.
    pub under: String,
    /// Whether it is one item of a list, and the rest of the list is there.
    pub is_item: bool,
}

/// Leaves out the item of an outermost list, or the whole outermost entry, in which a broken value begins at `from`, and
/// in which the reading stopped at `at`.
pub(super) fn leave_out(from: usize, at: usize, draft: &mut Draft) -> Option<LeftOut> {
    let (line, _) = draft.line(from);
    let outer = start_above(line, draft, |start, draft| {
        let (_, end) = draft.line(start);
        let content: String = draft.slice(start, end).iter().collect();
        indent(start, draft) == 0 && !is_dashed(start, end, draft) && begins_entry(&content)
    })?;
    let under: String = draft.slice(outer, draft.line(outer).1).iter().take_while(|c| **c != ':').collect();
    let item = item_of(outer, line, draft);
    let start = item.unwrap_or(outer);
    let column = indent(start, draft);
    let value = after_name(start + column, draft);
    let end = end_of(line.max(start), item.map(|_| column), draft);
    let span = draft.span(start + column, end);
    if at > end || draft.slice(value, end).iter().all(|c| c.is_whitespace()) {
        return None;
    }
    draft.replace(value, end, "");
    Some(LeftOut { span, under, is_item: item.is_some() })
}

/// The first line from `line` upwards that is such a one.
fn start_above(mut line: usize, draft: &Draft, is_it: impl Fn(usize, &Draft) -> bool) -> Option<usize> {
    while !is_it(line, draft) {
        line = draft.line(line.checked_sub(1)?).0;
    }
    Some(line)
}

/// The line of the item that `line` belongs to, if a list with `-` stands under the name in the line `outer`.
fn item_of(outer: usize, line: usize, draft: &Draft) -> Option<usize> {
    let mut first = draft.line(outer).1 + 1;
    while first <= line && is_idle(first, draft) {
        first = draft.line(first).1 + 1;
    }
    let column = indent(first, draft);
    let (_, end) = draft.line(first);
    if first > line || !is_dashed(first + column, end, draft) {
        return None;
    }
    start_above(line, draft, |start, draft| {
        start <= outer
            || (indent(start, draft) == column && is_dashed(start + column, draft.line(start).1, draft))
    })
    .filter(|start| *start > outer)
}

/// Past `- ` and the name with its colon that may stand at `start`.
fn after_name(start: usize, draft: &Draft) -> usize {
    let (_, end) = draft.line(start);
    let dash = usize::from(is_dashed(start, end, draft));
    let rest = draft.slice(start + dash, end);
    let blanks = rest.iter().take_while(|c| **c == ' ').count();
    let name = rest[blanks..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
    let has_colon = name > 0 && rest.get(blanks + name) == Some(&':');
    start + dash + if has_colon { blanks + name + 1 } else { 0 }
}

/// Where what begins above ends: before the first line that is not further right than the `column` of an item, or at
/// the left edge.
fn end_of(line: usize, column: Option<usize>, draft: &Draft) -> usize {
    let mut end = draft.line(line).1;
    while draft.get(end).is_some() {
        let next = end + 1;
        let own = indent(next, draft);
        let (_, next_end) = draft.line(next);
        let goes_on = own > column.unwrap_or(0)
            || (column.is_none() && is_dashed(next, next_end, draft))
            || is_idle(next, draft);
        if !goes_on {
            break;
        }
        end = next_end;
    }
    end
}
