//! Names that stand beside the one they belong to, and not inside it.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, is_slip};
use crate::language::counted;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{below, from, indent, line_above, own_and_above, put_before};
use crate::yaml::structure::outline::{self, Entry, Part, Table, entry};
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong if the line of `at`, or the one above it, belongs inside what stands above.
pub(in crate::yaml) fn missing(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let outermost = outermost(at, table, draft);
    own_and_above(at, draft).into_iter().chain(outermost).find_map(|line| {
        let path = outline::above(line, entry(line, draft).column, draft);
        of_name_above(line, &path, table, draft, |_| false)
            .or_else(|| of_block_above(line, table, draft, |_| false))
    })
}

/// The line of the outermost name that `at` is in, if there is no such name.
fn outermost(at: usize, table: Table<'_>, draft: &Draft) -> Option<usize> {
    let path = outline::above(at, entry(draft.line(at).0, draft).column, draft);
    let Some(Part::Name(name)) = path.first().filter(|name| table(std::slice::from_ref(*name)).is_none())
    else {
        return None;
    };
    let mut up = std::iter::successors(line_above(draft.line(at).0, draft), |up| line_above(*up, draft));
    up.find(|line| indent(*line, draft) == 0 && entry(*line, draft).name.as_ref() == Some(name))
}

/// A line below a name in its own column, with or without something inside, that has no such name beside it.
pub(in crate::yaml) fn of_name_above(
    line: usize,
    path: &[Part],
    table: Table<'_>,
    draft: &Draft,
    fits: impl Fn(&[Part]) -> bool,
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
    let here = table(path)?;
    let takes_any = table(&inside).is_some_and(|it| it.takes_any_name())
        && !here.fields.iter().any(|field| is_slip(&name, field))
        && fits(&[inside.as_slice(), &[Part::Name(name.clone())]].concat());
    let belongs = of_owner == column && !here.knows(&name) && (has_name(&name, &inside, table) || takes_any);
    let by = inner.unwrap_or(column + 2) - column;
    let goes_along =
        |other: &str| if takes_any { !here.knows(other) } else { has_name(other, &inside, table) };
    let lines = block(line, column, goes_along, draft);
    belongs.then(|| explained(&lines, by, &name, &above, owner, draft))
}

/// A line straight above a name in its own column, inside which it belongs.
pub(in crate::yaml) fn of_name_below(
    line: usize,
    path: &[Part],
    table: Table<'_>,
    draft: &Draft,
) -> Option<Explained> {
    let Entry { dash: None, column, name: Some(name), .. } = entry(line, draft) else { return None };
    let own: Vec<usize> =
        from(line, draft).take_while(|at| *at == line || indent(*at, draft) > column).collect();
    let owner = below(*own.last()?, draft)?;
    let Entry { dash: None, column: of_owner, name: Some(beside), is_empty: true } = entry(owner, draft)
    else {
        return None;
    };
    let first = below(owner, draft)?;
    let by = indent(first, draft).checked_sub(column).filter(|by| *by > 0)?;
    let inside = [path.to_vec(), vec![Part::Name(beside.clone())]].concat();
    let is_there = from(first, draft)
        .take_while(|at| indent(*at, draft) > column)
        .any(|at| indent(at, draft) == column + by && entry(at, draft).name.as_ref() == Some(&name));
    let is_item = entry(first, draft).dash.is_some();
    if of_owner != column
        || is_there
        || is_item
        || table(path)?.knows(&name)
        || !has_name(&name, &inside, table)
    {
        return None;
    }
    let blanks = " ".repeat(by);
    let text = |at: &usize| -> String {
        let words: String = draft.slice(*at, draft.line(*at).1).iter().collect();
        format!("{blanks}{words}\n")
    };
    let end = draft.line(*own.last()?).1 + 1;
    let mends = vec![
        Mend { start: line, end, with: String::new() },
        Mend { start: first, end: first, with: own.iter().map(text).collect() },
    ];
    let spaces = counted(by, "more space", "more spaces");
    let message = both!(
        "`{name}` belongs inside `{beside}`, and stands beside it",
        "`{name}` 应当写在 `{beside}` 里面，这里却与它并列"
    );
    let number = draft.number(owner);
    let hint = both!(
        "move it to straight below `{beside}:` in line {number}, with {spaces} before it",
        "请移到第 {number} 行 `{beside}:` 的下面，前面多空 {by} 格"
    );
    let start = line + column;
    let place = draft.span(start, start + name.chars().count());
    let finding = Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint);
    Some(Explained::new(finding, mends, draft).about_indentation())
}

/// A line further left than the block above, which lacks such a name and to which it belongs.
pub(in crate::yaml) fn of_block_above(
    line: usize,
    table: Table<'_>,
    draft: &Draft,
    fits: impl Fn(&[Part]) -> bool,
) -> Option<Explained> {
    let Entry { dash: None, column: own, name: Some(name), .. } = entry(line, draft) else { return None };
    let here = table(&outline::above(line, own, draft))?;
    if here.knows(&name) {
        return None;
    }
    let is_slip = here.fields.iter().any(|field| is_slip(&name, field));
    let up = line_above(line, draft)?;
    let levels = outline::enclosing(up, entry(up, draft).column, draft);
    let path: Vec<Part> = levels.iter().map(|(part, _)| part.clone()).collect();
    let names = levels.iter().enumerate().filter(|(_, (part, _))| *part != Part::Item);
    let outer = names.map(|(depth, (_, column))| (&path[..depth], *column)).rev();
    let blocks = [(path.as_slice(), entry(up, draft).column)].into_iter().chain(outer);
    let (path, column) = blocks.take_while(|(_, column)| *column > own).find(|(path, column)| {
        let inside = [*path, &[Part::Name(name.clone())]].concat();
        let takes_any = || table(path).is_some_and(|it| it.takes_any_name()) && !is_slip && fits(&inside);
        (has_name(&name, path, table) || takes_any()) && !is_again(&name, line, *column, draft)
    })?;
    let first = block_above(line, column, draft).last().copied()?;
    let lines_below: Vec<usize> =
        from(line, draft).skip(1).take_while(|line| indent(*line, draft) > own).collect();
    // What follows may stand where it should.
    let stays = lines_below.first().is_some_and(|below| {
        let Entry { column: of_below, name, .. } = entry(*below, draft);
        let is_beside = || name.is_some_and(|name| has_name(&name, path, table));
        of_below > column || (of_below == column && is_beside())
    });
    let lines = [vec![line], if stays { Vec::new() } else { lines_below }].concat();
    let owner = entry(first, draft).name?;
    Some(explained(&lines, column - own, &name, &owner, first, draft))
}

/// The lines above that begin in this column, up to where the block begins.
fn block_above(line: usize, column: usize, draft: &Draft) -> Vec<usize> {
    let mut lines = Vec::new();
    for up in std::iter::successors(line_above(line, draft), |up| line_above(*up, draft)) {
        let entry = entry(up, draft);
        if entry.column == column && entry.name.is_some() {
            lines.push(up);
        }
        if entry.column < column || entry.dash.is_some_and(|dash| dash < column) {
            break;
        }
    }
    lines
}

/// Whether this name, or one that follows it, stands in the block above already: then another item begins here.
fn is_again(name: &str, line: usize, column: usize, draft: &Draft) -> bool {
    let names = |lines: Vec<usize>| lines.into_iter().filter_map(|line| entry(line, draft).name);
    let above: Vec<String> = names(block_above(line, column, draft)).collect();
    let after = from(line, draft).skip(1).take_while(|line| indent(*line, draft) >= column);
    let after = after.filter(|line| entry(*line, draft).column == column).collect();
    above.iter().any(|it| it == name) || names(after).any(|name| above.contains(&name))
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
    let hint = put_before(lines, by, draft);
    let message = both!("`{name}` stands too far left", "`{name}` 太靠左了");
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(start, start + name.chars().count()), message)
        .with_hint(hint)
        .with_related(
            draft.span(of_owner, of_owner + owner.chars().count()),
            both!("it belongs to what begins here", "它属于这里开始的内容"),
        );
    Explained::new(finding, mends, draft).about_indentation()
}
