//! Braces in a text that are no number, and may be meant as braces.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Localised;
use crate::lesson::expression::with_hint;
use crate::lesson::expression::{self, Scope};

/// A finding in braces, some of which were meant as braces: `{1, 2}`.
pub(super) fn about_braces(inside: &str, finding: Diagnostic, scope: &Scope<'_>) -> Diagnostic {
    const QUOTED: usize = 40;
    let Some(Localised { en, zh }) = finding.hint.clone().filter(|_| finding.code == Code::BadExpression)
    else {
        return finding;
    };
    let is_short = inside.chars().count() <= QUOTED && !inside.contains(['`', '\n']);
    if is_short && inside.contains(',') && !inside.contains(char::is_alphabetic) {
        let message = both!("these braces hold no cell of a matrix", "这对花括号里不是矩阵的单元格");
        let (number, number_zh) = match expression::first_cell(scope) {
            Some(cell) => {
                (format!("; for a number write `{{{cell}}}`"), format!("；要显示一个数，请写 `{{{cell}}}`"))
            }
            None => Default::default(),
        };
        let hint = both!(
            "to show the braces themselves write `{{{{{inside}}}}}`{number}",
            "要显示花括号本身，请写 `{{{{{inside}}}}}`{number_zh}"
        );
        return with_hint(Diagnostic { message, ..finding }, hint);
    }
    if is_short {
        with_hint(
            finding,
            both!(
                "{en}; for the braces themselves write `{{{{{inside}}}}}`",
                "{zh}；如果要把花括号显示出来，请写 `{{{{{inside}}}}}`"
            ),
        )
    } else {
        with_hint(
            finding,
            both!(
                "{en}; braces themselves are written `{{{{` and `}}}}`",
                "{zh}；花括号本身写作 `{{{{` 和 `}}}}`"
            ),
        )
    }
}
