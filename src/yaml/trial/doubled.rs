//! The name of a list or map that stands there a second time, in the middle of what it holds.

use super::{Evidence, Trial};
use crate::both;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{from, indent, line_above};
use crate::yaml::structure::outline::{Entry, Table, entry};
use crate::yaml::syntax::{Mend, told};

/// The line of `at` as one to be left out.
pub(super) fn trials(at: usize, _: Table<'_>, draft: &Draft) -> Vec<Trial> {
    of_line(draft.line(at).0, draft).into_iter().collect()
}

fn of_line(line: usize, draft: &Draft) -> Option<Trial> {
    let Entry { dash: None, column, name: Some(name), is_empty: true } = entry(line, draft) else {
        return None;
    };
    let lines = std::iter::successors(line_above(line, draft), |line| line_above(*line, draft));
    let first =
        lines.take_while(|at| indent(*at, draft) >= column).find(|at| indent(*at, draft) == column)?;
    // It goes on with what stands right above, or it is no second beginning of that.
    if entry(first, draft).name.as_ref() != Some(&name) {
        return None;
    }
    let number = draft.number(first);
    let message = both!(
        "`{name}` stands here a second time, though its list goes on",
        "`{name}` 写了两次，而它的内容并没有结束"
    );
    let hint = both!(
        "remove this line: what stands below it goes on with `{name}` of line {number}",
        "请删去这一行：它下面的内容就接着第 {number} 行的 `{name}`"
    );
    let end = draft.line(line).1;
    let last = from(line, draft).skip(1).take_while(|at| indent(*at, draft) > column).last()?;
    let mend = Mend { start: line, end: end + 1, with: String::new() };
    let mark = draft.span(line + column, line + column + name.chars().count());
    let told = told(mark, message, hint, vec![mend], draft);
    Some(Trial { lines: line..draft.line(last).1, by: Evidence::Names, told })
}
