//! Cells that stand in a text without their braces.

use super::{braces, is_inside};
use crate::diagnostic::Span;
use crate::lesson::expression::Scope;

/// Brackets further apart belong to no cell.
const LONGEST: usize = 200;

/// The `NAME[…]` of a text that stand outside of braces, where a matrix has the name.
pub(in crate::lesson) fn cells(text: &str, scope: &Scope<'_>) -> Vec<Span> {
    let computed = braces(text);
    let outside = |at: usize| !is_inside(&computed, at);
    let brackets = text.match_indices(['[', '［']).filter(|(at, _)| outside(*at));
    let cells = brackets.filter_map(|(at, _)| {
        let before = &text[..at];
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '#');
        let word = before.len() - before.trim_end_matches(is_part).len();
        // Chinese sets no blank before a name.
        let starts = before[at - word..].char_indices().map(|(start, _)| at - word + start);
        let start = starts
            .filter(|start| {
                !before[..*start].ends_with(|c: char| c.is_ascii_alphanumeric() || "_.@".contains(c))
            })
            .find(|start| scope.graph.find(&before[*start..]).is_some())?;
        let (length, closing) =
            text[at..].char_indices().take(LONGEST + 1).find(|(_, c)| matches!(c, ']' | '］' | '\n'))?;
        let end = at + length + closing.len_utf8();
        (closing != '\n' && length <= LONGEST && outside(end - 1)).then(|| Span::new(start, end))
    });
    cells.collect()
}

/// Whether a text stops inside a cell: `head.pattern[he, `.
pub(super) fn breaks_off(text: &str) -> bool {
    let name = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '@'))).unwrap_or(0);
    name > 0 && text[name..].starts_with('[') && !text.contains([']', '}', '\n'])
}
