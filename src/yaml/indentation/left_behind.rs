//! An item of a list that stands further left than the items above and below it.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::draft::Draft;
use crate::yaml::indentation::lost_dash::shortened;
use crate::yaml::indentation::{from, indent, line_above, own_and_above, put_before};
use crate::yaml::structure::outline::{self, Belongs, Entry, Part, Shape, Table, entry};
use crate::yaml::syntax::{Explained, Mend};

/// So many lines above are looked at.
const FAR: usize = 400;

/// What is wrong if the line of `at`, or that above it, is an item that stands too far left: the reading stops at the
/// item below.
pub(in crate::yaml) fn item(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let below = *own_and_above(at, draft).iter().find(|line| entry(**line, draft).dash.is_some())?;
    let column = entry(below, draft).dash?;
    let further_left = line_above(below, draft).filter(|line| indent(*line, draft) < column);
    let above = further_left.and_then(|line| explained(line, column, table, draft));
    above.or_else(|| explained(below, column_above(below, draft)?, table, draft))
}

/// The column of the nearest item above a line that stands further right than the line.
fn column_above(line: usize, draft: &Draft) -> Option<usize> {
    let own = indent(line, draft);
    let mut columns = lines_above(line, draft).take_while(|above| indent(*above, draft) > own);
    columns.by_ref().filter_map(|above| entry(above, draft).dash).min()
}

fn lines_above(line: usize, draft: &Draft) -> impl Iterator<Item = usize> {
    std::iter::successors(line_above(line, draft), |line| line_above(*line, draft)).take(FAR)
}

fn explained(line: usize, column: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let own = indent(line, draft);
    let Entry { dash, column: inner, name, .. } = entry(line, draft);
    let name = name.filter(|_| own < column)?;
    // The item above, with nothing further left between the two.
    let above = lines_above(line, draft)
        .take_while(|above| indent(*above, draft) >= column)
        .find(|above| entry(*above, draft).dash == Some(column))?;
    let path = outline::above(above, column, draft);
    let is_field = |path: &[Part]| table(path).is_some_and(|it: Belongs| it.knows(&name));
    let has_items = table(&path)?.shapes.contains(&Shape::ItemsWithNames);
    let fits = is_field(&[path.clone(), vec![Part::Item]].concat())
        || table(&[path.clone(), vec![Part::Item]].concat())?.takes_any_name();
    // A name that has a place where it stands is no item.
    if own > 0 || !has_items || !fits || (dash.is_none() && is_field(&[])) {
        return None;
    }
    let lines: Vec<usize> =
        from(line, draft).take_while(|at| *at == line || indent(*at, draft) > column.max(own + 1)).collect();
    // Where they stand as they would below a dash in its place, only the dash has moved.
    let is_in_place = |at: &usize| dash.is_some() && indent(*at, draft) == column + inner - own;
    let lines = if lines.get(1).is_some_and(is_in_place) { vec![line] } else { lines };
    let is_short = lines.len() == 1 || dash.is_some();
    let shift = column - own;
    let with = |at: &usize| if *at == line && dash.is_none() { "- " } else { "" };
    let mends: Vec<Mend> = lines
        .iter()
        .map(|at| Mend { start: *at, end: *at, with: format!("{}{}", " ".repeat(shift), with(at)) })
        .collect();
    let text: String = draft.slice(line + inner, draft.line(line).1).iter().collect();
    let (written, number) =
        (format!("{}- {}", " ".repeat(column), shortened(text.trim_end())), draft.number(above));
    let (message, begins, length) = match dash {
        Some(dash) => (both!("this `-` stands too far left", "这个 `-` 太靠左了"), dash, 1),
        None => (both!("`{name}` stands too far left", "`{name}` 太靠左了"), inner, name.chars().count()),
    };
    let hint = if dash.is_none() {
        both!(
            "write `{written}`, with its `-` straight below the `-` of line {number}",
            "请写成 `{written}`，让 `-` 与第 {number} 行的 `-` 对齐"
        )
    } else {
        put_before(&lines, shift, draft)
    };
    let place = draft.span(line + begins, line + begins + length);
    let finding = Diagnostic::new(Code::YamlSyntax, place, message)
        .with_hint(hint)
        .with_related(draft.span(above + column, above + column + 1), both!("the item above", "上一项"));
    is_short.then(|| Explained::new(finding, mends, draft).about_indentation())
}
