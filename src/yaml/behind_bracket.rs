//! What stands behind the closing bracket of a value that is no text: `[0, 1]^T`, `{embed: main} (from the book)`.

use super::draft::Draft;
use super::outline::{self, Entry, Part, Shape, Table, entry};
use super::syntax::{Explained, Mend};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};

/// How rows and columns are exchanged elsewhere, longer signs first.
const TRANSPOSED: [&str; 9] = ["^{\\top}", "^\\top", "^{T}", "^T", "^⊤", ".T", "ᵀ", "⊤", "'"];

/// What is wrong if the reading stopped at `at` behind such a value: quotation marks would make a text of it.
pub(super) fn explained(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let (line, end) = draft.line(at);
    let before = draft.slice(line, at);
    let value = before.len() - before.iter().rev().take_while(|c| **c == ' ').count();
    let rest: String = draft.slice(line + value, end).iter().collect();
    let rest = rest.trim();
    if !before[..value].ends_with(&[']']) && !before[..value].ends_with(&['}']) || rest.is_empty() {
        return None;
    }
    let Entry { column, name, .. } = entry(line, draft);
    let path = [outline::above(line, column, draft), name.map(Part::Name).into_iter().collect()].concat();
    let is_text = |shape: &Shape| matches!(shape, Shape::Single | Shape::Number | Shape::Text);
    let says_something = TRANSPOSED.contains(&rest) || rest.contains(char::is_alphanumeric);
    if table(&path)?.shapes.iter().any(is_text) || !says_something || rest.contains([']', '}', '`']) {
        return None;
    }
    let place = draft.span(line + value, line + value + draft.slice(line + value, end).len());
    let away = Mend { start: line + value, end, with: String::new() };
    if TRANSPOSED.contains(&rest) {
        let message = both!("`{rest}` has no meaning behind numbers", "数的后面不能写 `{rest}`");
        let finding = Diagnostic::new(Code::YamlSyntax, place, message);
        let text: String = before.iter().collect();
        // A row of numbers is written as a row, whichever way it is meant; rows and columns of a matrix are not the same.
        return Some(if text.contains("[[") || text.contains("],") || text.contains('{') {
            let hint = both!(
                "remove `{rest}`, and write each column of the numbers as a row",
                "请删去 `{rest}`，并把这些数的每一列写成一行"
            );
            Explained { finding: finding.with_hint(hint), about_indentation: false, mends: vec![away] }
        } else {
            let hint = both!("remove `{rest}`", "请删去 `{rest}`");
            Explained::new(finding.with_hint(hint), vec![away], draft)
        });
    }
    let message = both!("`{rest}` stands behind a value that is complete", "`{rest}` 写在已经完整的值后面");
    let hint = both!(
        "if it is a remark, write ` # ` before it; else remove it",
        "如果是说明，请在它前面写 ` # `；否则请删去它"
    );
    let finding = Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint);
    // Only the author knows whether it is a remark.
    let mends = vec![Mend { with: format!(" # {rest}"), ..away }];
    Some(Explained { finding, about_indentation: false, mends })
}
