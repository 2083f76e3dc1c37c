//! The names and shapes that stand on the right of claims.

use super::Operand;
use crate::both;
use crate::diagnostic::{Diagnostic, Span};
use crate::lesson::expression::entry::Entry;
use crate::lesson::expression::finding::{bad, hinted};
use crate::lesson::expression::parser::Parser;
use crate::lesson::expression::resolve::{Outcome, Scope};
use crate::lesson::expression::value::Content;

/// The name after `argmax(…) =`, unless another `argmax` stands there.
pub(super) fn label(parser: &Parser<'_>) -> Result<Option<Entry>, Diagnostic> {
    let (rest, start) = parser.rest();
    if ["argmax", "argmin", "shape"].iter().any(|word| rest.trim_start().starts_with(word)) {
        return Ok(None);
    }
    let shift = |span: Span| Span { start: span.start + start, end: span.end + start };
    match Entry::parse(rest) {
        Ok(entry) => Ok(Some(entry.shifted(start))),
        Err(finding) => Err(finding.moved(shift)),
    }
}

/// The label that an entry stands for along the line that is searched.
pub(super) fn expected_label(left: &Operand, entry: &Entry, scope: &Scope<'_>) -> Outcome<String> {
    let Operand::Name(name) = left else { return Ok(String::new()) };
    let (of, along) = match name.content() {
        Content::Shape { .. } => return expected_shape(entry),
        Content::Extreme { of, along, .. } => (of, along),
        Content::Number(_) => return Ok(String::new()),
    };
    let node = scope.graph.node(of.node);
    match entry.find(node, *along) {
        Ok(index) => Ok(node.shape.axis(*along).unique_label(index)),
        Err(finding) => Err(vec![finding]),
    }
}

/// The shape that is written as `8×2`, `8 x 2` or `8 * 2`.
fn expected_shape(entry: &Entry) -> Outcome<String> {
    let numbers: Vec<&str> = entry.text().split(['×', 'x', '*', '·']).map(str::trim).collect();
    match numbers[..] {
        [rows, columns] if is_count(rows) && is_count(columns) => Ok(format!("{rows}×{columns}")),
        _ => {
            let text = entry.text();
            let message = both!("`{text}` is no shape", "`{text}` 不是形状");
            let hint = both!("write rows and columns: `8×2` or `8 x 2`", "请写行数和列数：`8×2` 或 `8 x 2`");
            Err(vec![hinted(bad(entry.span(), message), hint)])
        }
    }
}

fn is_count(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
