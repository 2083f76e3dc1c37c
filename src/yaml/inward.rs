//! Names that stand beside the one they belong to, and not inside it.

use super::draft::Draft;
use super::indentation::{from, indent, line_above, own_and_above};
use super::outline::{self, Entry, Part, Table, entry};
use super::syntax::{Explained, Mend};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::counted;

/// What is wrong if the line of `at`, or the one above it, belongs inside what stands above.
pub(super) fn missing(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    own_and_above(at, draft).into_iter().find_map(|line| {
        let path = outline::above(line, entry(line, draft).column, draft);
        of_name_above(line, &path, table, draft).or_else(|| of_item_above(line, table, draft))
    })
}

/// A line below a name in its own column, with or without something inside, that has no such name beside it.
pub(super) fn of_name_above(
    line: usize,
    path: &[Part],
    table: Table<'_>,
    draft: &Draft,
) -> Option<Explained> {
    let Entry { dash: None, column, name: Some(name), .. } = entry(line, draft) else { return None };
    let mut owner = line_above(line, draft)?;
    let mut inner = None;
    while entry(owner, draft).column > column {
        inner = Some(entry(owner, draft).column);
        owner = line_above(owner, draft)?;
    }
    let Entry { column: of_owner, name: Some(above), is_empty: true, .. } = entry(owner, draft) else {
        return None;
    };
    let inside = [path.to_vec(), vec![Part::Name(above.clone())]].concat();
    let fits = of_owner == column && has_name(&name, &inside, table) && !has_name(&name, path, table);
    let by = inner.unwrap_or(column + 2) - column;
    let lines = block(line, column, |other| has_name(other, &inside, table), draft);
    fits.then(|| explained(&lines, by, &name, &above, owner, draft))
}

/// A line as far left as the dash of the item above, which lacks such a name.
fn of_item_above(line: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let Entry { dash: None, column, name: Some(name), .. } = entry(line, draft) else { return None };
    let mut up = line_above(line, draft)?;
    let mut above = vec![up];
    while entry(up, draft).dash != Some(column) {
        up = line_above(up, draft).filter(|up| indent(*up, draft) >= column)?;
        above.push(up);
    }
    let Entry { column: inner, name: Some(owner), .. } = entry(up, draft) else { return None };
    let names = |lines: &[usize]| -> Vec<String> {
        let own = lines.iter().map(|line| entry(*line, draft)).filter(|entry| entry.column == inner);
        own.filter_map(|entry| entry.name).collect()
    };
    let of_item = names(&above);
    let path = outline::above(line, inner, draft);
    let after: Vec<usize> =
        from(line, draft).skip(1).take_while(|line| indent(*line, draft) > column).collect();
    let is_again = names(&after).iter().chain([&name]).any(|name| of_item.contains(name));
    let fits = !is_again && has_name(&name, &path, table);
    fits.then(|| explained(&[line], inner - column, &name, &owner, up, draft))
}

fn has_name(name: &str, path: &[Part], table: Table<'_>) -> bool {
    table(path).is_some_and(|it| it.fields.contains(&name))
}

/// The line and those below it in its column that belong together, with what is further right than they are.
fn block(line: usize, column: usize, belongs: impl Fn(&str) -> bool, draft: &Draft) -> Vec<usize> {
    let is_one = |line: &usize| entry(*line, draft).name.is_some_and(|name| belongs(&name));
    let goes_on = |at: &usize| {
        let own = indent(*at, draft);
        *at == line || (own == column && is_one(at)) || (own > column && !is_one(at))
    };
    from(line, draft).take_while(goes_on).collect()
}

fn explained(lines: &[usize], by: usize, name: &str, owner: &str, above: usize, draft: &Draft) -> Explained {
    let mends: Vec<Mend> =
        lines.iter().map(|line| Mend { start: *line, end: *line, with: " ".repeat(by) }).collect();
    let line = lines.first().copied().unwrap_or(above);
    let start = line + entry(line, draft).column;
    let of_owner = above + entry(above, draft).column;
    let spaces = counted(by, "more space", "more spaces");
    let hint = if lines.len() == 1 {
        both!("put {spaces} before it", "请在前面多空 {by} 格")
    } else {
        both!(
            "put {spaces} before it and each line below that belongs there",
            "请在它和下面同属的各行前面多空 {by} 格"
        )
    };
    let message = both!("`{name}` stands too far left", "`{name}` 太靠左了");
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(start, start + name.chars().count()), message)
        .with_hint(hint)
        .with_related(
            draft.span(of_owner, of_owner + owner.chars().count()),
            both!("it belongs to what begins here", "它属于这里开始的内容"),
        );
    Explained::new(finding, mends, draft).about_indentation()
}
