//! What is lit, in other forms than those of `focus`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::Tree;

const ROWS: [&str; 6] = ["row", "rows", "query", "from", "行", "查询"];
const COLUMNS: [&str; 8] = ["column", "columns", "col", "cols", "key", "to", "列", "键"];

/// The finding for several cells in brackets, and for a row and a column by name.
pub(super) fn lit_otherwise(tree: &Tree) -> Option<Diagnostic> {
    by_name(tree).or_else(|| several(tree))
}

/// `{row: magnet, column: thing}`
fn by_name(tree: &Tree) -> Option<Diagnostic> {
    let entries = tree.as_map()?;
    let of = |names: &[&str]| {
        let (_, value) = entries.iter().find(|(key, _)| names.contains(&key.text.as_str()))?;
        value.as_text().filter(|text| !text.contains([',', '[', ']', '{', '}', '"', ':', '#']))
    };
    let written = match (of(&ROWS), of(&COLUMNS), entries.len()) {
        (Some(row), Some(column), 2) => format!("[{row}, {column}]"),
        (Some(row), None, 1) => format!("[{row}]"),
        (None, Some(column), 1) => format!("[\":\", {column}]"),
        _ => return None,
    };
    let message = both!(
        "a row and a column stand here in brackets, without names",
        "这里的行和列写在方括号里，不写名字"
    );
    let hint = both!("write `focus: {written}`", "请写 `focus: {written}`");
    Some(Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint).with_fix(tree.span, written))
}

/// `[[a, x], [b, x]]`
fn several(tree: &Tree) -> Option<Diagnostic> {
    let cells: Vec<Vec<&str>> = tree
        .as_list()?
        .iter()
        .map(|cell| cell.as_list()?.iter().map(Tree::as_text).collect::<Option<_>>())
        .collect::<Option<_>>()?;
    let [first, .., last] = cells.as_slice() else {
        let [only] = cells.as_slice() else { return None };
        let written = format!("[{}]", only.join(", "));
        let message = both!("a pair of brackets too many stands here", "这里多了一层方括号");
        let hint = both!("write `focus: {written}`", "请写 `focus: {written}`");
        return Some(Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint));
    };
    let one = format!("[{}]", first.join(", "));
    let count = cells.len();
    let message =
        both!("`focus` lights one place, and these are {count}", "`focus` 只能高亮一处，而这里有 {count} 处");
    let range = match (first.as_slice(), last.as_slice()) {
        ([a, x], [b, y]) if x == y && a != b => Some(format!("[\"{a}:{b}\", {x}]")),
        ([a, x], [b, y]) if a == b && x != y => Some(format!("[{a}, \"{x}:{y}\"]")),
        (_, _) => None,
    };
    let hint = match range {
        Some(range) => both!(
            "keep one, `focus: {one}`; or light all from the first to the last, `focus: {range}`",
            "请只保留一处：`focus: {one}`；要从第一个到最后一个全部高亮，请写 `focus: {range}`"
        ),
        None => both!("keep one: `focus: {one}`", "请只保留一处：`focus: {one}`"),
    };
    Some(Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint))
}
