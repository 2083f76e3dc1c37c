//! A mask as a table of numbers alone, where it is not said what they stand for.

use super::Kind;
use super::moved::put_below;
use super::otherwise::{LONGEST, Otherwise, is_in_brackets, names, put_around, record_with, word};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, lines_at};
use crate::yaml::{Tree, Value};

/// `mask: [[1, 0], [1, 1]]`
pub(super) fn table_of_a_mask(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    record_with(kind, "allow").filter(|record| record.field("hide").is_some())?;
    let number = |cell: &str| match cell.to_lowercase().as_str() {
        "true" => Some("1".to_owned()),
        "false" => Some("0".to_owned()),
        "-∞" | "−∞" | "-.inf" | "-inf" | "-infinity" => Some("-inf".to_owned()),
        other => other.parse::<f64>().is_ok().then(|| cell.to_owned()),
    };
    let numbers = |row: &Tree| row.as_list()?.iter().map(|cell| number(cell.as_text()?)).collect();
    let has_words = |row: &Tree| {
        let is_said = |cell: &Tree| cell.as_text().is_some_and(|cell| cell.to_lowercase() == "true");
        row.as_list().is_some_and(|cells| cells.iter().any(is_said))
    };
    let rows: Vec<Vec<String>> =
        tree.as_list().filter(|rows| !rows.is_empty())?.iter().map(numbers).collect::<Option<_>>()?;
    let says_yes_or_no = rows.iter().flatten().all(|cell| matches!(cell.as_str(), "0" | "1"));
    // Hardly anybody hides a word from itself.
    let is_own =
        |sign: &str| rows.iter().enumerate().all(|(at, row)| row.get(at).is_none_or(|cell| cell == sign));
    let (field, en, zh) = if !says_yes_or_no {
        ("add", "numbers that are added to the scores", "加到分数上的数")
    } else if is_own("0") {
        ("hide", "1 where a key is hidden", "1 表示遮住")
    } else {
        ("allow", "1 where a key may be seen", "1 表示可以看到")
    };
    let lines: Vec<String> = rows.iter().map(|row| format!("[{}]", row.join(", "))).collect();
    let plain = format!("[{}]", lines.join(", "));
    let is_short = plain.chars().count() <= LONGEST;
    let message = if tree.as_list().is_some_and(|rows| rows.iter().any(has_words)) {
        both!("nothing says what `true` stands for in this mask", "没有写明掩码中的 `true` 是什么意思")
    } else {
        both!("nothing says what these numbers of a mask stand for", "没有写明掩码中的这些数是什么意思")
    };
    let in_place = format!("{{{field}: {plain}}}");
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
    let finding = match (is_short, is_in_brackets(tree)) {
        (true, true) => finding
            .with_hint(both!("write `{in_place}`: {en}", "请写 `{in_place}`：{zh}"))
            .with_fix(tree.span, in_place),
        (true, false) => {
            let lines = lines_at([tree.span]);
            let hint = both!(
                "remove {lines}, and write `{in_place}` after the `mask:` above: {en}",
                "请删去{lines}，再在上面的 `mask:` 后面写 `{in_place}`：{zh}"
            );
            finding.with_hint(hint).with_fix(tree.span, in_place)
        }
        (false, true) => {
            let hint = both!(
                "write `{{{field}: ` before the rows and `}}` after them: {en}",
                "请在这些行前面加上 `{{{field}: `，后面加上 `}}`：{zh}"
            );
            put_around(finding.with_hint(hint), tree, &format!("{{{field}: "), "}")
        }
        (false, false) => put_below(finding, &[&format!("{field}:")], "-", tree.span),
    };
    let list = |items: Vec<Tree>| Tree { span: tree.span, value: Value::List(items) };
    let row = |row: &Vec<String>| list(row.iter().map(|cell| word(cell, tree.span)).collect());
    let meant = names(vec![(field, list(rows.iter().map(row).collect()))], tree.span);
    Some(Otherwise { finding, meant })
}
