//! What is lit, in other forms than those of `focus`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::expression::numeral;
use crate::yaml::{Scalar, Style, Tree, Value};

const ROWS: [&str; 6] = ["row", "rows", "query", "from", "行", "查询"];
const COLUMNS: [&str; 8] = ["column", "columns", "col", "cols", "key", "to", "列", "键"];

/// The finding for several cells in brackets, and for a row and a column by name.
pub(super) fn lit_otherwise(tree: &Tree) -> Option<Diagnostic> {
    by_name(tree).or_else(|| several(tree)).or_else(|| by_number(tree))
}

/// `第2行` and `row 2`
fn by_number(tree: &Tree) -> Option<Diagnostic> {
    let written = match counted_line(tree.as_text()?)? {
        (Line::Row, number) => format!("[{number}]"),
        (Line::Column, number) => format!("[\":\", {number}]"),
    };
    let message = both!("a row or a column must stand in square brackets here", "行和列要写在方括号里");
    let hint = both!("write `focus: {written}`", "请写 `focus: {written}`");
    Some(Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint).with_fix(tree.span, written))
}

/// The list that is meant by it.
pub(super) fn lit_by_number(tree: &Tree) -> Option<Value> {
    let item = |text: &str| Tree {
        span: tree.span,
        value: Value::Scalar(Scalar { text: text.to_owned(), style: Style::Plain }),
    };
    Some(Value::List(match counted_line(tree.as_text()?)? {
        (Line::Row, number) => vec![item(&number)],
        (Line::Column, number) => vec![item(":"), item(&number)],
    }))
}

enum Line {
    Row,
    Column,
}

const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Which row or column is counted from 1 in words.
fn counted_line(text: &str) -> Option<(Line, String)> {
    let words = text.trim().to_lowercase();
    let bare = words.strip_prefix("the ").unwrap_or(&words);
    if let Some((ordinal, line)) = bare.split_once(' ')
        && let Some(place) = ORDINALS.iter().position(|word| *word == ordinal)
    {
        let line = match line {
            "row" | "line" => Line::Row,
            "column" => Line::Column,
            _ => return None,
        };
        return Some((line, (place + 1).to_string()));
    }
    let chinese = words.strip_prefix('第');
    let plain = chinese.unwrap_or(&words).trim();
    let of = |ends: &[&str]| {
        let number = ends.iter().find_map(|end| match chinese {
            Some(_) => plain.strip_suffix(end),
            None => plain.strip_prefix(end),
        })?;
        let number = number.trim();
        let number = numeral(number).unwrap_or_else(|| number.to_owned());
        number.parse::<u32>().is_ok_and(|number| number > 0).then_some(number)
    };
    of(&["行", "row", "line"])
        .map(|number| (Line::Row, number))
        .or_else(|| of(&["列", "column", "col"]).map(|number| (Line::Column, number)))
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
        "a row and a column must stand in square brackets here, without `row:` and `column:`",
        "这里的行和列要写在方括号里，不写 `row:` 和 `column:`"
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
