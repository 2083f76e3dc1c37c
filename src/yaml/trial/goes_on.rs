//! A line in brackets that goes on in the next one, too far left to belong to it: `{of: X,` above `mask: causal}`.

use super::{Evidence, Trial};
use crate::both;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{below, indent, line_above, own_and_above};
use crate::yaml::structure::outline::{self, Entry, Table, entry};
use crate::yaml::syntax::{Mend, told};

/// The line of `at`, or the one below it, as the end of what is open in the line above.
pub(super) fn trials(at: usize, table: Table<'_>, draft: &Draft) -> Vec<Trial> {
    let [own, above] = own_and_above(at, draft);
    [Some(own), Some(above), below(own, draft)]
        .into_iter()
        .flatten()
        .filter_map(|line| of_line(line, table, draft))
        .collect()
}

fn of_line(line: usize, table: Table<'_>, draft: &Draft) -> Option<Trial> {
    let above = line_above(line, draft)?;
    let (start, end) = (line + indent(line, draft), draft.line(line).1);
    let before: String = draft.slice(above, draft.line(above).1).iter().collect();
    let whole = before.trim_end();
    let depth = |text: &str| text.matches(['{', '[']).count().checked_sub(text.matches(['}', ']']).count());
    let is_open = depth(whole).is_some_and(|depth| depth > 0) && !whole.contains(['"', '#']);
    let Entry { column, name, .. } = entry(line, draft);
    let belongs = table(&outline::above(line, column, draft));
    let is_entry = name.is_some_and(|name| belongs.is_some_and(|it| it.knows(&name)));
    if !is_open || is_entry || !whole.ends_with(',') || indent(line, draft) > indent(above, draft) {
        return None;
    }
    let number = draft.number(above);
    let message = both!(
        "this line goes on with line {number}, whose bracket is still open",
        "这一行是第 {number} 行的继续：那里的括号还没有结束"
    );
    let hint = both!(
        "put it at the end of line {number}, behind a space",
        "请把它接到第 {number} 行末尾，中间空一格"
    );
    let mend = Mend { start: above + whole.chars().count(), end: start, with: " ".to_owned() };
    let told = told(draft.span(start, end), message, hint, vec![mend], draft);
    Some(Trial { lines: above..end, by: Evidence::Names, told })
}
