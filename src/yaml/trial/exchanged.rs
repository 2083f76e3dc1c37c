//! Two lines of which the second belongs above the first: `en: …` above its `say:`.

use super::{Evidence, Trial};
use crate::both;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{below, own_and_above};
use crate::yaml::structure::outline::{self, Entry, Part, Table, entry};
use crate::yaml::syntax::{Mend, told};

/// The line of `at`, or the one above it, below the one that follows it.
pub(super) fn trials(at: usize, table: Table<'_>, draft: &Draft) -> Vec<Trial> {
    own_and_above(at, draft).into_iter().filter_map(|line| of_line(line, table, draft)).collect()
}

fn of_line(line: usize, table: Table<'_>, draft: &Draft) -> Option<Trial> {
    let Entry { dash: None, column, name: Some(name), is_empty: false } = entry(line, draft) else {
        return None;
    };
    let end = draft.line(line).1;
    let owner = below(line, draft).filter(|below| *below == end + 1)?;
    let Entry { column: of_owner, name: Some(outer), is_empty: true, .. } = entry(owner, draft) else {
        return None;
    };
    let last = draft.line(owner).1;
    let path = [outline::above(owner, of_owner, draft), vec![Part::Name(outer.clone())]].concat();
    if column <= of_owner || !table(&path)?.fields.contains(&name.as_str()) {
        return None;
    }
    let text = |from: usize, to: usize| draft.slice(from, to).iter().collect::<String>();
    let with = format!("{}\n{}", text(owner, last), text(line, end));
    let (first, second) = (draft.number(line), draft.number(owner));
    let message = both!(
        "`{name}` belongs below `{outer}`, not above it",
        "`{name}` 应当写在 `{outer}` 下面，这里却在它上面"
    );
    let hint = both!("exchange lines {first} and {second}", "请把第 {first} 行与第 {second} 行对调");
    let mend = Mend { start: line, end: last, with };
    let mark = draft.span(line + column, line + column + name.chars().count());
    let told = told(mark, message, hint, vec![mend], draft);
    Some(Trial { lines: line..last, by: Evidence::Names, told })
}
