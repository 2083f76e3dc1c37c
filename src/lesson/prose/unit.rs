//! Words behind a number that stand in its braces: `{count(X[1]) tokens}`.

use crate::both;
use crate::diagnostic::{Diagnostic, Span};
use crate::lesson::expression::{bad, with_hint};

/// What is said of braces that hold words behind what `reads`.
pub(super) fn word_inside(inner: &str, reads: impl Fn(&str) -> bool) -> Option<Diagnostic> {
    let trimmed = inner.trim_end();
    let is_of_words = |c: char| c.is_alphabetic() || c == ' ';
    let words = trimmed.len() - trimmed.trim_end_matches(is_of_words).len();
    let starts = trimmed[trimmed.len() - words..].char_indices().map(|(at, _)| trimmed.len() - words + at);
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = starts
        .filter(|at| !(trimmed[..*at].ends_with(in_word) && trimmed[*at..].starts_with(in_word)))
        .map(|at| trimmed[..at].trim_end().len())
        .find(|end| reads(&trimmed[..*end]))?;
    let (number, behind) = trimmed.split_at(end);
    let (number, word) = (number.trim_start(), behind.trim());
    let place = Span::new(trimmed.len() - word.len(), trimmed.len());
    let message = both!("`{word}` is no part of the number", "`{word}` 不是数的一部分");
    let hint = both!(
        "write it behind the braces: `{{{number}}}{behind}`",
        "请写在花括号后面：`{{{number}}}{behind}`"
    );
    // The brace that closes stands behind all of it.
    let finding = with_hint(bad(place, message), hint);
    Some(finding.with_fix(Span::new(end, inner.len() + 1), format!("}}{behind}")))
}
