//! Formulas in LaTeX, which are words like all others here.

use super::{braces, is_han, is_inside};
use crate::diagnostic::Span;

/// A longer text between two `$` is none.
const LONGEST: usize = 100;

/// The first formula of a text: `$x_1$` or `\(x\)`. A price, `$5`, is none.
pub(in crate::lesson) fn formula(text: &str) -> Option<Span> {
    let computed = braces(text);
    let found = [between_dollars(text), between_backslashes(text)].into_iter().flatten();
    found.filter(|span| !is_inside(&computed, span.start)).min()
}

fn between_dollars(text: &str) -> Option<Span> {
    let signs: Vec<usize> = text.match_indices('$').map(|(at, _)| at).collect();
    signs.windows(2).find_map(|ends| {
        let (start, end) = (ends[0], ends[1] + 1);
        let inner = &text[start + 1..end - 1];
        let begins = inner.starts_with(|c: char| !c.is_whitespace() && !c.is_ascii_digit());
        let is_one =
            !inner.ends_with(char::is_whitespace) && !inner.contains('\n') && !inner.contains(is_han);
        (begins && is_one && inner.len() <= LONGEST).then(|| Span::new(start, end))
    })
}

/// `\(` and what follows up to `\)`. Any other backslash may be that of a folder.
fn between_backslashes(text: &str) -> Option<Span> {
    let start = text.find(r"\(")?;
    let end = start + text[start..].find(r"\)")? + 2;
    Some(Span::new(start, end))
}
