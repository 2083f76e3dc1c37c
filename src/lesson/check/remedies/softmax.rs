//! A softmax that is written where only its result can stand: the line that makes it, and what is written instead.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, lines_at};
use crate::lesson::check::Checker;
use crate::yaml::Tree;

impl Checker<'_> {
    /// The finding about `softmax(X[1, 2])` in a text, with the line of the lesson below which the matrix is made.
    pub(in crate::lesson::check) fn with_softmax_made(&self, tree: &Tree, finding: Diagnostic) -> Diagnostic {
        let made = || {
            let text = tree.as_text().filter(|_| finding.code == Code::UnknownName)?;
            let written = text.get(finding.span.range())?;
            let inside = written.strip_prefix("softmax(")?.strip_suffix(')')?.trim();
            let (of, cell) = inside.split_at(inside.find('[').unwrap_or(inside.len()));
            let end = self.item(of)?.1.span.end;
            let (line, new) = (lines_at([Span::new(end.saturating_sub(1), end)]), self.free_name("P"));
            // In a sentence only the pair of braces is written again.
            let (before, behind) = (&text[..finding.span.start], &text[finding.span.end..]);
            let (before, behind) = match (before.rfind('{'), behind.find('}')) {
                (Some(open), Some(close)) => (&before[open..], &behind[..=close]),
                (_, _) => (before, behind),
            };
            Some(both!(
                "below {line} add the line `- {new}: {{softmax: {of}}}`, just as far in as `- {of}`, and write `{before}{new}{cell}{behind}` here",
                "请在{line}下面加一行 `- {new}: {{softmax: {of}}}`，与 `- {of}` 对齐，再把这里改成 `{before}{new}{cell}{behind}`"
            ))
        };
        match made() {
            Some(hint) => finding.with_hint(hint),
            None => finding,
        }
    }
}
